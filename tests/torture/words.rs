//! What people say here: ordinary words with what breaks out of mails, pages and log lines mixed in.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const PIECES: &[&str] = &[
    "The parcel was left with a neighbour I do not know.",
    "Посылку оставили у соседа, и никто не позвонил.",
    "\r\n.\r\nMAIL FROM:<forged@heard.example>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\nSubject: forged\r\n\r\nx\r\n.\r\n",
    "\n.\nMAIL FROM:<forged@heard.example>\nRCPT TO:<victim@example.org>\nDATA\nSubject: forged\n\nx\n.\n",
    "\r.\rRSET\r",
    "\n.\n.\n..\n",
    "<script>alert(1)</script> {{this}} {{{body}}} & \"quoted\"",
    "\u{202e}reversed\u{202c} 👩‍👩‍👧 e\u{301}\u{0}\u{1b}[31m",
    "=?utf-8?q?=0D=0ABcc:_victim@example.org?=",
    "a very long line without a single space: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];
const NAMES: &[&str] = &["Anna Berg", "Юлия Ёлкина", "O'Brien, \"Bob\" <x@y>", "=?utf-8?q?Ann?=", "王 \u{202e}nnA", ""];

/// A chance for whoever is called this, the same in every run with this seed.
pub fn chance(seed: u64, who: &str) -> StdRng {
    let mixed =
        who.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    StdRng::seed_from_u64(mixed)
}

/// Begins with `mark`, by which it is found again.
pub fn text(mark: &str, rng: &mut StdRng) -> String {
    let mut text = format!("{mark} says:");
    for _ in 0..rng.random_range(1..6) {
        text.push(' ');
        text.push_str(PIECES.choose(rng).copied().unwrap_or_default());
    }
    if rng.random_bool(0.05) {
        text.push_str(&"long ".repeat(3_000));
    }
    text
}

pub fn name(rng: &mut StdRng) -> &'static str {
    NAMES.choose(rng).copied().unwrap_or_default()
}
