//! Who somebody is and what may be changed about them; without database or HTTP.

use crate::error::{Error, FieldError, Result};
use crate::i18n::Lang;
use crate::web::forms::clean_line;
use crate::web::viewer::Role;
use chrono::Duration;
use chrono_tz::Tz;
use data_encoding::BASE64URL_NOPAD;

pub const MAX_NAME: usize = 120;
pub const MAX_EMAIL: usize = 254;

crate::text_enum! {
    /// What a one-time link is for.
    pub enum Purpose {
        /// Make the first administrator.
        Setup = "setup",
        /// Choose the first password.
        Invitation = "invitation",
        /// Choose another password.
        Reset = "reset",
    }
}

impl Purpose {
    /// How long a link of this kind can be used.
    pub fn life(self) -> Duration {
        match self {
            Purpose::Setup => Duration::days(1),
            Purpose::Invitation => Duration::days(7),
            Purpose::Reset => Duration::minutes(60),
        }
    }
}

/// The roles that can be given to somebody who signs in.
pub const STAFF: [Role; 4] = [Role::Employee, Role::Owner, Role::Council, Role::Admin];

/// Somebody to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub team_id: Option<i64>,
    pub lang: Lang,
}

impl NewPerson {
    /// Cleans what was typed and names every field that is wrong.
    pub fn checked(mut self) -> Result<NewPerson> {
        self.name = clean_line(&self.name);
        self.email = clean_email(&self.email);
        let mut wrong = Vec::new();
        wrong.extend(wrong_name("name", &self.name));
        wrong.extend(wrong_email("email", &self.email));
        if self.role == Role::Contact {
            wrong.push(FieldError::new("role", "error-choice"));
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }
}

/// What an administrator may change about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub name: String,
    pub role: Role,
    pub team_id: Option<i64>,
}

/// What people may change about themselves.
#[derive(Clone, Debug)]
pub struct Profile {
    pub name: String,
    pub lang: Lang,
}

/// An address as it is stored and looked up.
pub fn clean_email(typed: &str) -> String {
    clean_line(typed).to_lowercase()
}

/// A name that is given, cleaned and not too long.
pub fn checked_name(field: &str, typed: &str) -> Result<String> {
    let name = clean_line(typed);
    match wrong_name(field, &name) {
        Some(wrong) => Err(Error::Invalid(vec![wrong])),
        None => Ok(name),
    }
}

/// The longest name of a segment.
pub const MAX_SEGMENT: usize = 60;

/// A segment as it is stored and matched: "Night  shift" is "night shift". Nothing typed is none.
pub fn checked_segment(field: &str, typed: &str) -> Result<Option<String>> {
    let segment = clean_line(typed).to_lowercase();
    match segment.chars().count() {
        0 => Ok(None),
        n if n > MAX_SEGMENT => {
            Err(Error::Invalid(vec![FieldError::new(field, "error-too-long").with("max", MAX_SEGMENT)]))
        }
        _ => Ok(Some(segment)),
    }
}

/// A time zone as people write it: "europe/berlin" is Europe/Berlin. Nothing typed is none.
pub fn checked_zone(field: &str, typed: &str) -> Result<Option<Tz>> {
    let typed = clean_line(typed).replace(' ', "_");
    if typed.is_empty() {
        return Ok(None);
    }
    let found = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(&typed));
    found.copied().map(Some).ok_or_else(|| Error::field(field, "sla-zone-unknown"))
}

fn wrong_name(field: &str, name: &str) -> Option<FieldError> {
    match name.chars().count() {
        0 => Some(FieldError::new(field, "error-required")),
        n if n > MAX_NAME => Some(FieldError::new(field, "error-too-long").with("max", MAX_NAME)),
        _ => None,
    }
}

fn wrong_email(field: &str, email: &str) -> Option<FieldError> {
    let fine = validator::ValidateEmail::validate_email(&email) && email.len() <= MAX_EMAIL;
    match email {
        "" => Some(FieldError::new(field, "error-required")),
        _ if fine => None,
        _ => Some(FieldError::new(field, "error-email")),
    }
}

/// Where to go after signing in: a page of ours, never another site.
pub fn next_path(encoded: &str) -> Option<String> {
    let path = String::from_utf8(BASE64URL_NOPAD.decode(encoded.as_bytes()).ok()?).ok()?;
    is_local(&path).then_some(path)
}

/// Whether a browser reads this as a path on our own site: `//host` and `/\host` lead elsewhere.
pub fn is_local(path: &str) -> bool {
    let plain = path.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '\\');
    path.starts_with('/') && !path.starts_with("//") && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        let next = |path: &str| next_path(&BASE64URL_NOPAD.encode(path.as_bytes()));
        assert_eq!(next("/cases/F-7QK3M9X?tab=notes").as_deref(), Some("/cases/F-7QK3M9X?tab=notes"));
        for elsewhere in [
            "",
            "cases",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\\/evil",
            "/a\r\nset-cookie: x",
            " //evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(next(elsewhere), None, "{elsewhere:?}");
        }
        assert_eq!(next_path("not base64!"), None);
    }

    #[test]
    fn every_wrong_field_of_a_person_is_named() -> Result<()> {
        let person = NewPerson {
            name: " Anna\nKarlsson ".into(),
            email: " Anna@Example.ORG ".into(),
            role: Role::Owner,
            team_id: None,
            lang: Lang::En,
        };
        let bad = NewPerson { name: " ".into(), email: "anna".into(), role: Role::Contact, ..person.clone() };
        let Err(Error::Invalid(wrong)) = bad.checked() else { panic!("refused") };
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["name", "email", "role"]);
        let good = person.checked()?;
        assert_eq!((good.name.as_str(), good.email.as_str()), ("Anna Karlsson", "anna@example.org"));
        Ok(())
    }
}
