//! Names of files: what people send, made fit to be shown and to be written to anybody's disk.

use crate::web::forms::clean_line;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const LONGEST: usize = 100;

/// What RFC 8187 leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The name without folders and without what could mislead a reader or a file system, and its end in lower case.
pub fn clean(given: &str) -> (String, String) {
    // How browsers write what may not stand in a header.
    let given = given.replace("%22", "'").replace("%0D", " ").replace("%0A", " ");
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !misleads(*c)).collect();
    let line = clean_line(&shown).replace(['<', '>', ':', '"', '|', '?', '*'], "_");
    let line = line.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
    match line.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 10 => {
            (stem.trim().to_owned(), extension.to_lowercase())
        }
        _ => (line.to_owned(), String::new()),
    }
}

/// Puts a name together; a long one is cut before its end.
pub fn with_extension(stem: &str, extension: &str) -> String {
    let stem = if stem.is_empty() { "file" } else { stem };
    let room = LONGEST - extension.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    format!("{}.{extension}", stem.trim_end())
}

/// The header that makes a browser save a file instead of showing it (RFC 6266): once for old programs, once in full.
pub fn attachment(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' };
    let fallback: String = name.chars().map(plain).collect();
    format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

/// Invisible signs, and those that turn the direction of writing round: "annexe\u{202e}gpj.exe".
fn misleads(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(given: &str) -> String {
        let (stem, extension) = clean(given);
        with_extension(&stem, &extension)
    }

    #[test]
    fn names_lose_what_could_do_harm() {
        assert_eq!(cleaned("../../etc/passwd.txt"), "passwd.txt");
        assert_eq!(cleaned(r"C:\Users\Ann\Отчёт за май.PDF"), "Отчёт за май.pdf");
        assert_eq!(cleaned("a\r\nSet-Cookie: x=1.png"), "a Set-Cookie_ x=1.png");
        assert_eq!(cleaned("invoice\u{202e}gpj.png"), "invoicegpj.png");
        assert_eq!(cleaned("..png"), "png.");
        assert_eq!(cleaned("say %22hi%22.png"), "say 'hi'.png");
        assert_eq!(cleaned("\u{202e}.png"), "png.");
        assert_eq!(clean(""), (String::new(), String::new()));
    }

    #[test]
    fn long_names_keep_their_end() {
        let name = cleaned(&format!("{}.docx", "ж".repeat(300)));
        assert!(name.chars().count() == 100 && name.ends_with("ж.docx"), "{name}");
    }

    #[test]
    fn the_header_says_the_name_twice() {
        assert_eq!(
            attachment("Отчёт \"1\".pdf"),
            "attachment; filename=\"_____ _1_.pdf\"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%221%22.pdf"
        );
    }
}
