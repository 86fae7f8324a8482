//! The text part as people like to read it: lines of a length that is easy on the eye, which programs that know
//! `format=flowed` (RFC 3676) join again to fit a small screen. Links stay whole.

/// In characters; RFC 3676 says 78 at most, and answers add "> " to it.
const WIDTH: usize = 72;
/// Before a signature: its space is no soft line end.
const SIGNATURE: &str = "-- ";

/// Wraps what is too long, ends soft line ends with a space, and leaves one empty line where there were more.
pub fn flowed(text: &str) -> String {
    let mut flowed = String::with_capacity(text.len() + text.len() / 32);
    let mut empty = true;
    for line in text.lines() {
        let line = if line == SIGNATURE { line } else { line.trim_end() };
        if !(line.is_empty() && empty) {
            wrap(line, &mut flowed);
        }
        empty = line.is_empty();
    }
    flowed.truncate(flowed.trim_end().len());
    flowed.push('\n');
    flowed
}

fn wrap(line: &str, into: &mut String) {
    let (mark, words) = if line == SIGNATURE { ("", line) } else { quote(line) };
    if mark.is_empty() && (words.starts_with(' ') || words.starts_with("From ")) {
        into.push(' ');
    }
    let mut room = WIDTH.saturating_sub(mark.len());
    into.push_str(mark);
    for word in words.split_inclusive(' ') {
        let length = word.trim_end().chars().count();
        if length > room && room < WIDTH - mark.len() {
            into.push('\n');
            into.push_str(mark);
            room = WIDTH - mark.len();
            // At the beginning of a line these mean something else.
            if mark.is_empty() && (word.starts_with('>') || word == "From ") {
                into.push(' ');
            }
        }
        into.push_str(word);
        room = room.saturating_sub(word.chars().count());
    }
    into.push('\n');
}

/// The "> " a line begins with, however often, and the rest.
fn quote(line: &str) -> (&str, &str) {
    let rest = line.trim_start_matches("> ");
    let rest = if rest == ">" { "" } else { rest };
    // Whoever quotes very deep is not quoted in lines of one word.
    if line.len() - rest.len() > WIDTH / 2 { ("", line) } else { line.split_at(line.len() - rest.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_end_softly() {
        let words = "word ".repeat(30);
        let flowed = flowed(&words);
        let lines: Vec<&str> = flowed.lines().collect();
        assert!(lines.len() == 3 && lines[0].ends_with("word ") && lines[2].ends_with("word"), "{lines:?}");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH + 1));
        assert_eq!(lines.concat(), words.trim_end(), "joined again it is what it was");
    }

    #[test]
    fn quotes_stay_quotes() {
        let flowed = flowed(&format!("> {}", "слово ".repeat(30)));
        assert!(flowed.lines().all(|line| line.starts_with("> слово")), "{flowed}");
        assert_eq!(super::flowed("a\n>\n> b"), "a\n>\n> b\n");
        let deep = super::flowed(&"> ".repeat(200));
        assert!(deep.lines().all(|line| line.chars().count() <= WIDTH + 2), "{deep}");
    }

    #[test]
    fn links_and_signatures_stay_whole() {
        let link = format!("https://heard.example.org/{}", "a".repeat(200));
        assert_eq!(flowed(&format!("Here:\n{link}\n\n\n\n-- \nHeard\n\n")), format!("Here:\n{link}\n\n-- \nHeard\n"));
    }

    #[test]
    fn nothing_reads_as_what_it_is_not() {
        assert_eq!(flowed("From here on"), " From here on\n");
        let broken = flowed(&format!("{} > not quoted", "x".repeat(72)));
        assert_eq!(broken.lines().nth(1), Some(" > not quoted"));
        assert_eq!(flowed(""), "\n");
    }
}
