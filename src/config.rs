//! Settings: built-in defaults < `--config` file < `HEARD__SECTION__KEY` environment; `…_FILE` names a file that holds
//! the value, for secrets.

use crate::error::{Error, Result};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

const DEFAULTS: &str = include_str!("../config/default.toml");
const PREFIX: &str = "HEARD__";
/// Supervisors kill after 30 seconds or more what does not stop: the rest is for what is under way.
const LONGEST_GRACE: u64 = 20;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub app: App,
    pub http: Http,
    pub database: Database,
    pub mail: Mail,
    pub inbound: Inbound,
    pub limits: Limits,
    pub cases: Cases,
    pub priority: Weights,
    pub backup: Backup,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    pub name: String,
    pub lang: String,
    pub time_zone: Tz,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    pub bind: String,
    pub public_url: String,
    pub workers: usize,
    pub trusted_proxies: Vec<IpAddr>,
    pub metrics_token: String,
    /// How long requests are still taken after the process was told to stop.
    pub stop_grace_seconds: u64,
}

impl Http {
    /// Whether people reach the product over HTTPS, which decides about cookies and headers.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The public address of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.trim_end_matches('/'))
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: String,
    pub connections: u32,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub url: String,
    pub from: String,
    pub from_name: String,
    /// Mails to one domain in a minute; 0 for no limit.
    pub domain_per_minute: u32,
    /// The same in a day.
    pub domain_per_day: u32,
    /// Under which name the DNS holds the keys that mails are signed with.
    pub dkim_selector: String,
    /// Files in PEM; empty: no such signature.
    pub dkim_rsa_key: String,
    pub dkim_ed25519_key: String,
    /// Server that is asked about the DNS; empty: as the system is set up.
    pub resolver: String,
}

impl Mail {
    fn check(&self) -> std::result::Result<(), String> {
        let is_label = |label: &str| {
            let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            plain && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
        };
        // With "-ed25519" behind it, it is still one label of the DNS.
        if self.dkim_selector.len() > 50 || !self.dkim_selector.split('.').all(is_label) {
            return Err("mail.dkim_selector: letters, digits and hyphens, at most 50".into());
        }
        if !self.resolver.is_empty() && self.resolver.parse::<SocketAddr>().is_err() {
            return Err("mail.resolver: expected an address with a port, such as 127.0.0.1:53".into());
        }
        Ok(())
    }
}

/// Conversation by mail.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// Where people write to; empty switches conversation by mail off.
    pub address: String,
    /// What `POST /hooks/inbound-mail` asks for; empty switches it off.
    pub secret: String,
    /// A mailbox to be read; empty for none.
    pub imap_url: String,
    pub poll_seconds: u64,
    /// How our own mail server calls itself in Authentication-Results; empty if it writes none.
    pub authserv_id: String,
    /// What a new mail is taken for until somebody has read it.
    pub kind: String,
    pub most_per_thread_hour: i64,
    pub most_per_sender_day: i64,
}

impl Inbound {
    fn check(&self) -> std::result::Result<(), String> {
        if let Some((local, domain)) = self.address.split_once('@') {
            // RFC 5321 allows 64 characters before the @; "+" and a token take 40.
            if local.is_empty() || local.len() > 24 || local.contains('+') || domain.is_empty() {
                return Err("inbound.address: at most 24 characters before the @, none of them a +".into());
            }
        } else if !self.address.is_empty() {
            return Err("inbound.address: expected an address such as feedback@example.org".into());
        }
        if !["complaint", "idea", "problem", "question", "praise"].contains(&self.kind.as_str()) {
            return Err("inbound.kind: expected complaint, idea, problem, question or praise".into());
        }
        let imap = &self.imap_url;
        if !imap.is_empty() && !imap.starts_with("imaps://") && !imap.starts_with("imap://") {
            return Err("inbound.imap_url: expected imaps://user:password@host/INBOX".into());
        }
        if self.poll_seconds == 0 || self.most_per_thread_hour < 1 || self.most_per_sender_day < 1 {
            return Err("inbound: poll_seconds and the most_… settings count from 1".into());
        }
        Ok(())
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Off only for load tests.
    pub enabled: bool,
}

/// How cases are worked.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    pub currency: String,
    pub link_days: u16,
    pub reply_to_closed: ReplyToClosed,
}

/// What becomes of a message about a case that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyToClosed {
    /// The case goes on.
    Reopen,
    /// A new case is opened that names the old one.
    FollowUp,
}

/// What a point of impact weighs in the priority score.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub ex: f64,
    pub cx: f64,
}

/// Copies of the database that are made by themselves.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    pub enabled: bool,
    /// Where they go; empty for `backups` beside the database.
    pub folder: String,
    /// The hour of the day of the first, in `app.time_zone`.
    pub at_hour: u32,
    pub every_hours: u32,
    /// How many are kept.
    pub keep: u32,
}

impl Backup {
    fn check(&self) -> std::result::Result<(), String> {
        if self.at_hour > 23 {
            return Err("backup.at_hour: expected an hour from 0 to 23".into());
        }
        if self.every_hours == 0 || 24 % self.every_hours != 0 {
            return Err("backup.every_hours: expected 1, 2, 3, 4, 6, 8, 12 or 24".into());
        }
        if self.keep == 0 {
            return Err("backup.keep counts from 1; to make none, set backup.enabled = false".into());
        }
        Ok(())
    }
}

impl Config {
    /// Reads the settings of this process.
    pub fn load(file: Option<&Path>) -> Result<Config> {
        Config::from_parts(file, std::env::vars())
    }

    /// The same from a given environment.
    pub fn from_parts(file: Option<&Path>, env: impl IntoIterator<Item = (String, String)>) -> Result<Config> {
        let mut settings =
            config::Config::builder().add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml));
        if let Some(file) = file {
            settings = settings.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        for (name, value) in env {
            if let Some(key) = name.strip_prefix(PREFIX) {
                let (key, value) = from_env(key, value)?;
                settings = settings.set_override(key, value).map_err(wrong)?;
            }
        }
        let settings: Config = settings.build().map_err(wrong)?.try_deserialize().map_err(wrong)?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<()> {
        if !self.http.public_url.starts_with("http://") && !self.http.public_url.starts_with("https://") {
            return Err(wrong("http.public_url begins with http:// or https://"));
        }
        self.mail.check().map_err(wrong)?;
        if self.http.stop_grace_seconds > LONGEST_GRACE {
            return Err(wrong(format!("http.stop_grace_seconds: at most {LONGEST_GRACE}")));
        }
        self.inbound.check().map_err(wrong)?;
        self.backup.check().map_err(wrong)?;
        if self.cases.link_days == 0 {
            return Err(wrong("cases.link_days counts from 1"));
        }
        if self.database.connections == 0 {
            return Err(wrong("database.connections counts from 1"));
        }
        crate::db::Location::parse(&self.database.url).map(|_| ())
    }

    /// The settings as TOML, secrets left out, for `heard config show`.
    pub fn shown(&self) -> Result<String> {
        let mut shown = self.clone();
        shown.database.url = without_password(&shown.database.url);
        shown.mail.url = without_password(&shown.mail.url);
        shown.inbound.imap_url = without_password(&shown.inbound.imap_url);
        for secret in [&mut shown.http.metrics_token, &mut shown.inbound.secret] {
            if !secret.is_empty() {
                *secret = "***".into();
            }
        }
        toml::to_string(&shown).map_err(Error::internal)
    }
}

fn from_env(key: &str, value: String) -> Result<(String, String)> {
    let key = key.to_lowercase().replace("__", ".");
    match key.strip_suffix("_file") {
        Some(key) => {
            let text = std::fs::read_to_string(&value).map_err(|e| wrong(format!("{key}: {value}: {e}")))?;
            Ok((key.to_owned(), text.trim_end().to_owned()))
        }
        None => Ok((key, value)),
    }
}

/// A URL that can be shown and logged.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}:***@{host}")
        }
        None => url.to_owned(),
    }
}

fn wrong(e: impl std::fmt::Display) -> Error {
    Error::internal(format!("settings: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config> {
        Config::from_parts(None, pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn defaults_stand_and_the_environment_wins() -> Result<()> {
        assert_eq!(with(&[])?.http.bind, "127.0.0.1:8080");
        let config = with(&[("HEARD__HTTP__BIND", "0.0.0.0:80"), ("HEARD__LIMITS__ENABLED", "false")])?;
        assert_eq!((config.http.bind.as_str(), config.limits.enabled), ("0.0.0.0:80", false));
        Ok(())
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (pair, said) in [
            (("HEARD__HTTP__BLIND", "x"), "blind"),
            (("HEARD__APP__TIME_ZONE", "Mars/Base"), "time_zone"),
            (("HEARD__DATABASE__URL", "mysql://x"), "database.url"),
            (("HEARD__DATABASE__URL_FILE", "/nowhere/at/all"), "/nowhere/at/all"),
            (("HEARD__MAIL__DKIM_SELECTOR", "a_b"), "mail.dkim_selector"),
            (("HEARD__MAIL__RESOLVER", "dns.acme.org"), "mail.resolver"),
            (("HEARD__INBOUND__ADDRESS", "feedback"), "inbound.address"),
            (("HEARD__INBOUND__ADDRESS", "feed+back@acme.org"), "inbound.address"),
            (("HEARD__INBOUND__IMAP_URL", "pop3://acme.org"), "inbound.imap_url"),
            (("HEARD__INBOUND__KIND", "rumour"), "inbound.kind"),
            (("HEARD__CASES__LINK_DAYS", "0"), "cases.link_days"),
            (("HEARD__BACKUP__EVERY_HOURS", "5"), "backup.every_hours"),
            (("HEARD__BACKUP__KEEP", "0"), "backup.keep"),
            (("HEARD__HTTP__STOP_GRACE_SECONDS", "21"), "http.stop_grace_seconds"),
        ] {
            let error = with(&[pair]).expect_err("refused").to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn passwords_are_not_shown() -> Result<()> {
        let config = with(&[
            ("HEARD__DATABASE__URL", "postgres://heard:hush@db/heard"),
            ("HEARD__INBOUND__SECRET", "hush"),
            ("HEARD__INBOUND__IMAP_URL", "imaps://heard:hush@acme.org/INBOX"),
        ])?;
        assert!(!config.shown()?.contains("hush"));
        Ok(())
    }
}
