//! Keys, references and secrets.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Crockford's alphabet: no I, L, O, U, so that a reference can be read out over the phone.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const EPOCH_MICROS: i64 = 1_577_836_800_000_000; // 2020-01-01

static LAST: AtomicI64 = AtomicI64::new(0);
/// Tells processes apart that make an id in the same microsecond.
static PROCESS: LazyLock<i64> = LazyLock::new(|| i64::from(rand::random::<u16>() & 0x0fff));

/// A key that grows with time: 51 bits of microseconds, never the same twice in a process, and 12 bits of process.
pub fn new_id() -> i64 {
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros() as i64) - EPOCH_MICROS;
    let mut last = LAST.load(Ordering::Relaxed);
    loop {
        let next = micros.max(last + 1);
        match LAST.compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return (next << 12) | *PROCESS,
            Err(seen) => last = seen,
        }
    }
}

/// A key that says nothing about when it was made: for anonymous feedback and everything that hangs off it.
pub fn random_id() -> i64 {
    (rand::random::<u64>() >> 1) as i64
}

/// What people read and say: a letter and seven Crockford characters, such as `F-7QK3M9X`.
pub fn reference(letter: char) -> String {
    format!("{letter}-{}", crockford(7))
}

/// The reference a person typed, however they typed it: lower case, without the dash, O for 0.
pub fn parse_reference(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase();
    let (letter, rest) = plain.split_at_checked(1)?;
    let rest = unambiguous(rest);
    (rest.len() == 7 && matches!(letter, "F" | "C")).then(|| format!("{letter}-{rest}"))
}

/// 130 random bits in 26 Crockford characters: receipt codes, session and link tokens.
pub fn secret() -> String {
    crockford(26)
}

/// A secret as somebody typed it: spaces and dashes left out, look-alikes put right.
pub fn parse_secret(typed: &str) -> String {
    unambiguous(&typed.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase())
}

fn unambiguous(typed: &str) -> String {
    typed.replace('O', "0").replace(['I', 'L'], "1")
}

fn crockford(n: usize) -> String {
    (0..n).map(|_| CROCKFORD[usize::from(rand::random::<u8>() & 31)] as char).collect()
}

/// How secrets are stored. They are random, so a plain hash cannot be guessed back.
pub fn hash(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}

/// Ids are 64-bit numbers, which JavaScript cannot hold: on the wire they are strings.
pub mod as_string {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(id: &i64, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(id)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<i64, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_are_never_the_same() {
        let ids: Vec<i64> = (0..10_000).map(|_| new_id()).collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]) && ids[0] > 0);
    }

    #[test]
    fn references_survive_being_read_out() {
        let reference = reference('F');
        assert_eq!(parse_reference(&reference.to_lowercase().replace('-', " ")), Some(reference));
        assert_eq!(parse_reference("f-oil0000"), Some("F-0110000".into()));
        assert_eq!(parse_reference("X-1234567"), None);
        assert_eq!(parse_reference("ж"), None);
    }

    #[test]
    fn secrets_hold_more_than_128_bits() {
        let code = secret();
        assert_eq!(code.len() * 5, 130);
        assert_eq!(parse_secret(&format!("{} {}", &code[..13].to_lowercase(), &code[13..])), code);
        assert_ne!(secret(), secret());
    }
}
