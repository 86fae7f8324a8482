//! Passwords: which are taken, and how they are kept. Length is all that counts: no rules about digits or signs, but
//! none that everybody tries first and none made of the person's own name or address.

use crate::error::{Error, FieldError, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

pub const MIN: usize = 15;
pub const MAX: usize = 256;

/// What everybody tries first, from fifteen characters on; compared in lower case, without spaces and signs.
const COMMON: &str = include_str!("common_passwords.txt");
static COMMON_KEYS: LazyLock<Vec<String>> = LazyLock::new(|| COMMON.lines().map(letters).collect());

/// The hash of nobody's password: checking against it takes as long as checking a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IHNpZ25zIGluIQ$fi4/2DQ5tbWVrZjHlXsFf6yORlaSuQPO+Nx1UmPsaSQ";
/// How the parameters we use now stand at the head of a hash.
const CURRENT: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Each hash takes 19 MiB and a core: however many people sign in at once, two are worked on.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Refuses a password that is too short or easily guessed; `own` are words of this person and product.
pub fn check(field: &str, password: &str, own: &[&str]) -> Result<()> {
    let length = password.chars().count();
    let wrong = if password.is_empty() {
        FieldError::new(field, "error-required")
    } else if length < MIN {
        FieldError::new(field, "people-password-short").with("min", MIN)
    } else if length > MAX {
        FieldError::new(field, "error-too-long").with("max", MAX)
    } else if is_common(password) {
        FieldError::new(field, "people-password-common")
    } else if is_personal(password, own) {
        FieldError::new(field, "people-password-personal")
    } else {
        return Ok(());
    };
    Err(Error::Invalid(vec![wrong]))
}

fn is_common(password: &str) -> bool {
    let key = letters(password);
    (1..=4).any(|n| repeats_every(password, n) || repeats_every(&key, n)) || COMMON_KEYS.contains(&key)
}

/// "aaaaaaaaaaaaaaa", "abcabcabcabcabc".
fn repeats_every(key: &str, n: usize) -> bool {
    let chars: Vec<char> = key.chars().collect();
    chars.len() > n && chars.iter().skip(n).zip(&chars).all(|(a, b)| a == b)
}

/// Whether little is left of a password without what anybody can know about the person.
fn is_personal(password: &str, own: &[&str]) -> bool {
    let whole = letters(password);
    let mut rest = whole.clone();
    let mut words: Vec<String> = own.iter().flat_map(|text| parts(text)).collect();
    words.push("heard".into());
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(&word, "");
    }
    rest != whole && rest.trim_matches(|c: char| c.is_ascii_digit()).chars().count() < 6
}

/// A name or address as a whole and each of its words of more than two letters.
fn parts(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(letters);
    words.chain([letters(text)]).filter(|word| word.chars().count() > 2).collect()
}

fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The hash to keep, for tools and tests; pages use [`hash_soon`].
pub fn hash(password: &str) -> Result<String> {
    let hash: PasswordHash = argon()?.hash_password(normal(password).as_bytes()).map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// The hash to keep, made beside the requests of others.
pub async fn hash_soon(password: String) -> Result<String> {
    beside(move || hash(&password)).await
}

/// Whether this is the password; without a hash it is not, after the same work.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    beside(move || {
        let (known, stored) = (stored.is_some(), stored.unwrap_or_else(|| NOBODY.to_owned()));
        let stored = PasswordHash::new(&stored).map_err(Error::internal)?;
        Ok(argon()?.verify_password(normal(&password).as_bytes(), &stored).is_ok() && known)
    })
    .await
}

/// Whether a hash was made with weaker parameters than those we use now.
pub fn is_outdated(stored: &str) -> bool {
    !stored.starts_with(CURRENT)
}

/// The same characters are the same password, whichever keyboard put them together.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(format!("a password check stopped: {e}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> String {
        let own = ["Anna Karlsson", "anna.k@example.org", "Heard"];
        match check("password", password, &own) {
            Err(Error::Invalid(wrong)) => wrong[0].key.clone(),
            _ => "taken".into(),
        }
    }

    #[test]
    fn length_counts_and_nothing_else() {
        assert_eq!(refused("four words one after another"), "taken");
        assert_eq!(refused("семь синих слонов поют"), "taken");
        assert_eq!(refused("283746192837465"), "taken");
        assert_eq!(refused("}{[*_-+=)#?!;:<>"), "taken");
        assert_eq!(refused(&"long and winding ".repeat(15)), "taken");
        assert_eq!(refused(""), "error-required");
        assert_eq!(refused("Tr0ub4dor&3xyz"), "people-password-short");
        assert_eq!(refused(&"long and winding ".repeat(16)), "error-too-long");
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in [
            "aaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "123456789012345",
            "Password Password",
            "qwertyuiopasdfgh",
            "!!!!!!!!!!!!!!!!!",
        ] {
            assert_eq!(refused(common), "people-password-common", "{common}");
        }
    }

    #[test]
    fn what_is_known_about_the_person_is_refused() {
        for own in ["Anna Karlsson 2026", "heard-heard-anna-1", "anna.k@example.org", "karlssonannaheard"] {
            assert_eq!(refused(own), "people-password-personal", "{own}");
        }
        assert_eq!(refused("anna rides a grey horse"), "taken");
    }

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() -> Result<()> {
        let kept = hash("Ёлка й стоит в лесу")?;
        assert!(!is_outdated(&kept) && is_outdated("$argon2id$v=19$m=4096,t=3,p=1$x$y"));
        // The same letters put together from parts.
        assert!(verify("Е\u{308}лка и\u{306} стоит в лесу".into(), Some(kept.clone())).await?);
        assert!(!verify("ёлка й стоит в лесу".into(), Some(kept)).await?);
        assert!(!verify("nobody's own password".into(), None).await?);
        assert!(PasswordHash::new(NOBODY).is_ok() && !is_outdated(NOBODY));
        Ok(())
    }
}
