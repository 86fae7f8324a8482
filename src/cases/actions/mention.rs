//! "@Elena, what do you think?": a name in a note tells its bearer, who watches the case from then on.

use super::super::model::Case;
use super::super::store::{self, Candidate};
use super::super::{staff, store::Scope};
use super::notify::{item, send};
use super::{Desk, Why};
use crate::db::Conn;
use crate::error::{Error, FieldError, Result};
use crate::feedback::store::Feedback;
use crate::journal::By;
use crate::mail::letters::Notice;

/// The colleagues a note names; the error says who cannot be named, and why.
pub fn mentioned(c: &mut Conn, case: &Case, note: &str) -> Result<Vec<i64>> {
    if !note.contains('@') {
        return Ok(Vec::new());
    }
    find(&store::candidates(c)?, case, note)
}

fn find(staff: &[Candidate], case: &Case, note: &str) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for (at, _) in note.match_indices('@') {
        // In "anna@example.org" nobody is called.
        if note[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        if let Some(id) = called(staff, case, &note[at + 1..])?
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    Ok(found)
}

/// Who is called by the words after an @: the longest full name, else a first name that only one of those has who may
/// see the case. Words that are nobody's name are just words.
fn called(staff: &[Candidate], case: &Case, words: &str) -> Result<Option<i64>> {
    let full: Vec<&Candidate> = staff.iter().filter(|person| begins_with(words, &person.name)).collect();
    let longest = full.iter().map(|person| person.name.len()).max();
    let named: Vec<&Candidate> = match longest {
        Some(longest) => full.into_iter().filter(|person| person.name.len() == longest).collect(),
        None => staff.iter().filter(|person| begins_with(words, first_name(&person.name))).collect(),
    };
    let Some(name) =
        named.first().map(|person| if longest.is_some() { &person.name } else { first_name(&person.name) })
    else {
        return Ok(None);
    };
    let wrong = |key| Err(Error::Invalid(vec![FieldError::new("text", key).with("name", name)]));
    match named.iter().filter(|person| person.may_see(case)).collect::<Vec<_>>()[..] {
        [] => wrong("error-mention-unseen"),
        [person] => Ok(Some(person.id)),
        _ => wrong("error-mention-several"),
    }
}

/// Whether a text begins with a name, in whichever case, and the name ends there.
fn begins_with(text: &str, name: &str) -> bool {
    let mut rest = text.chars();
    let mut same = || name.chars().all(|n| rest.next().is_some_and(|t| t.to_lowercase().eq(n.to_lowercase())));
    !name.is_empty() && same() && !rest.next().is_some_and(char::is_alphanumeric)
}

pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

/// Tells those whom a note names, and lets them watch the case. Whoever wrote it knows.
pub fn tell(
    c: &mut Conn,
    desk: &Desk,
    by: By,
    said: &Feedback,
    event_id: i64,
    named: Vec<i64>,
    note: &str,
) -> Result<()> {
    let letter = Notice { why: Why::Mentioned.to_string(), items: vec![item(desk, said, note)] };
    for reader in named.into_iter().filter(|id| Some(*id) != by.id) {
        staff::watch(c, said.id, reader, desk.now)?;
        send(c, desk, event_id, Some(said.id), reader, &letter)?;
    }
    Ok(())
}

/// Starts or ends to watch a case.
pub fn watch(c: &mut Conn, desk: &Desk, scope: Scope, by: By, reference: &str, on: bool) -> Result<()> {
    let (case, _) = store::find(c, scope, reference)?;
    let me = by.id.ok_or(Error::Forbidden)?;
    match on {
        true => staff::watch(c, case.id, me, desk.now)?,
        false => staff::unwatch(c, case.id, me)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::model::tests::case;
    use super::*;
    use crate::web::viewer::Role;

    fn staff() -> Vec<Candidate> {
        let person = |id, name: &str, team, role| Candidate { id, name: name.into(), team_id: Some(team), role };
        vec![
            person(1, "Elena Orlova", 1, Role::Owner),
            person(2, "Elena Orlova-Stein", 1, Role::Owner),
            person(3, "Petr Sokol", 2, Role::Owner),
            person(4, "Cora Lind", 3, Role::Council),
            person(5, "Petr Anders", 1, Role::Owner),
        ]
    }

    fn find_in(note: &str) -> std::result::Result<Vec<i64>, String> {
        let case = Case { team_id: Some(1), ..case() };
        find(&staff(), &case, note).map_err(|e| e.to_string())
    }

    #[test]
    fn names_are_found_in_whichever_case() {
        assert_eq!(find_in("@elena orlova, look. @Cora?"), Ok(vec![1, 4]));
        assert_eq!(find_in("(@Elena Orlova-Stein) and again @Elena Orlova-Stein"), Ok(vec![2]));
        assert_eq!(find_in("@Petr please"), Ok(vec![5]), "the other Petr may not see it");
    }

    #[test]
    fn words_that_are_no_names_are_words() {
        assert_eq!(find_in("mail cora@example.org, @home, @Corals, @"), Ok(vec![]));
    }

    #[test]
    fn who_cannot_be_called_is_named() {
        assert!(find_in("@Elena").is_err_and(|e| e.contains("several")));
        assert!(find_in("@Petr Sokol").is_err_and(|e| e.contains("unseen")));
    }
}
