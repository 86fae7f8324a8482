//! The part of a text in which the words were found. Pieces are data; the template escapes and marks them.

use crate::db::search::stems;
use serde::Serialize;

/// How much of a text is shown, and how much of that before the first hit; in characters.
const LENGTH: usize = 240;
const BEFORE: usize = 60;

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}

/// A whole text with the words marked.
pub fn marked(text: &str, words: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for token in tokens(text) {
        let hit = is_hit(token, words);
        match pieces.last_mut() {
            Some(last) if last.hit == hit => last.text.push_str(token),
            _ => pieces.push(Piece { text: token.to_owned(), hit }),
        }
    }
    pieces
}

/// The text around the first of the words, or its beginning, with the words marked.
pub fn around(text: &str, words: &[String]) -> Vec<Piece> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = tokens(&line);
    let first = all.iter().position(|token| is_hit(token, words)).unwrap_or(0);
    let start = all[..first].iter().rev().scan(0, |length, token| grown(length, token, BEFORE)).count();
    let start = first - start;
    let shown = all[start..].iter().scan(0, |length, token| grown(length, token, LENGTH)).count();
    let mut cut = all[start..start + shown].concat();
    if shown == 0 {
        // A single word longer than all of this is no word.
        cut.extend(all.first().map(|token| token.chars().take(LENGTH).collect::<String>()));
    }
    if start > 0 {
        cut.insert(0, '…');
    }
    if start + shown < all.len() {
        cut.push('…');
    }
    marked(&cut, words)
}

/// Goes on while the length stays within the limit.
fn grown(length: &mut usize, token: &str, limit: usize) -> Option<()> {
    *length += token.chars().count();
    (*length <= limit).then_some(())
}

/// Words and what stands between them, in turn; together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = first.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != word).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// A word is found by any beginning of its stem, as the databases find it.
fn is_hit(token: &str, words: &[String]) -> bool {
    token.starts_with(char::is_alphanumeric)
        && stems(token).iter().any(|stem| words.iter().any(|word| stem.starts_with(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn forms_of_the_words_are_marked_in_both_languages() {
        assert_eq!(drawn(&marked("Отчёты и отчётов, <b>нет</b>", &stems("отчет"))), "[Отчёты] и [отчётов], <b>нет</b>");
        assert_eq!(drawn(&marked("She searched; OAuth2.0", &stems("searches oauth"))), "She [searched]; [OAuth2].0");
        assert_eq!(marked("", &stems("x")), []);
    }

    #[test]
    fn an_excerpt_stands_around_the_first_hit() {
        let text = format!("{}the parcel\n\nwas late {}", "before ".repeat(40), "after ".repeat(80));
        let shown = drawn(&around(&text, &stems("parcels")));
        assert!(shown.starts_with("…") && shown.contains("the [parcel] was late") && shown.ends_with("…"), "{shown}");
        assert!(shown.chars().count() <= LENGTH + 4, "{shown}");
        assert_eq!(drawn(&around("short", &stems("elsewhere"))), "short");
    }

    #[test]
    fn an_endless_word_is_cut() {
        assert_eq!(drawn(&around(&"x".repeat(1000), &stems("y"))), format!("{}…", "x".repeat(LENGTH)));
        assert_eq!(around("", &stems("y")), []);
    }
}
