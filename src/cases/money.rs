//! Amounts as people type and read them: counted in cents, written "12.50" or «12,50».

use crate::i18n::{self, Lang};

/// The most anybody can give or be allowed to give: a million.
pub const MOST_CENTS: i64 = 100_000_000;

/// What was typed, in cents: "12,50", "12.5", "1 200". Nothing is none; what could be read in two ways is not read.
pub fn parse(typed: &str) -> Option<i64> {
    parse_up_to(typed, MOST_CENTS)
}

/// The same up to another limit.
pub fn parse_up_to(typed: &str, most: i64) -> Option<i64> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}' && *c != '\u{202f}').collect();
    if plain.is_empty() {
        return Some(0);
    }
    let (whole, part) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    // "1,200" may be a thousand and more, or one and a bit.
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let cents: i64 = format!("{part:0<2}").parse().ok()?;
    let amount = whole.parse::<i64>().ok()? * 100 + cents;
    (amount <= most).then_some(amount)
}

/// "1,200.50 EUR" or «1 200,50 EUR».
pub fn shown(lang: Lang, cents: i64, currency: &str) -> String {
    format!("{}\u{a0}{currency}", number(lang, cents))
}

/// The amount alone, as it can be typed again: "1200.50" or «1200,50»; nothing for none.
pub fn typed(lang: Lang, cents: i64) -> String {
    if cents == 0 { String::new() } else { format!("{}{}{:02}", cents / 100, point(lang), cents % 100) }
}

fn number(lang: Lang, cents: i64) -> String {
    format!("{}{}{:02}", i18n::number(lang, (cents / 100) as f64), point(lang), cents % 100)
}

fn point(lang: Lang) -> char {
    match lang {
        Lang::En => '.',
        Lang::Ru => ',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_either_language_writes_them() {
        for (text, cents) in [("12,50", 1250), ("12.5", 1250), ("1 200", 120_000), (" ", 0), ("0.05", 5), ("7,", 700)] {
            assert_eq!(parse(text), Some(cents), "{text}");
        }
        for text in ["1,200", "-5", "12.345", ".5", "1e3", "1000000.01", "99999999999", "١٢", "12 EUR", "1.2.3"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("1000000"), Some(MOST_CENTS));
    }

    #[test]
    fn amounts_are_written_in_the_readers_way() {
        assert_eq!(shown(Lang::En, 120_050, "EUR"), "1,200.50\u{a0}EUR");
        assert_eq!(shown(Lang::Ru, 120_005, "RUB"), "1\u{a0}200,05\u{a0}RUB");
        assert_eq!((typed(Lang::En, 120_050).as_str(), typed(Lang::Ru, 5).as_str()), ("1200.50", "0,05"));
        for cents in [1, 99, 100, 120_050] {
            assert_eq!(parse(&typed(Lang::Ru, cents)), Some(cents));
        }
    }
}
