//! Parts what somebody wrote from what their mail program put around it: quotes of earlier mails, and signatures. Pure;
//! nothing is thrown away, and a mail that would be left with nothing new is left as it is.

/// An attribution ("On … wrote:") may be wrapped over so many lines.
const LONGEST_ATTRIBUTION: usize = 4;
/// "From:", "Sent:" and so on stand within so many lines.
const HEADER_BLOCK: usize = 8;
const LONGEST_SIGNATURE: usize = 20;

/// The new text, and what was quoted.
pub fn fold(body: &str) -> (String, Option<String>) {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let (kept, quoted) = split(&lines);
    let end = signature(&kept);
    let new = join(&kept[..end]);
    if new.is_empty() {
        return (join(&lines), None);
    }
    let folded = join(&[&kept[end..], &quoted].concat());
    (new, Some(folded).filter(|folded| !folded.is_empty()))
}

fn join(lines: &[&str]) -> String {
    lines.join("\n").trim_matches(['\n', '\r', ' ', '\t', '\u{a0}']).to_owned()
}

/// The lines of the mail itself and those of the mails it answers.
fn split<'a>(lines: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    for at in 0..lines.len() {
        if let Some(length) = attribution(&lines[at..]) {
            return around(lines, at, at + length);
        }
        if is_separator(lines[at]) || is_header_block(&lines[at..]) {
            return cut(lines, at);
        }
    }
    let tail = lines.iter().rev().take_while(|line| is_quote(line) || is_blank(line)).count();
    let start = lines.len() - tail;
    if lines[start..].iter().any(|line| is_quote(line)) { cut(lines, start) } else { (lines.to_vec(), Vec::new()) }
}

/// A quote that is announced: below the answer, above it, or with the answers written between its lines.
fn around<'a>(lines: &[&'a str], start: usize, announced: usize) -> (Vec<&'a str>, Vec<&'a str>) {
    let length = lines[announced..].iter().take_while(|line| is_quote(line) || is_blank(line)).count();
    let end = announced + length;
    let marked = lines[announced..end].iter().any(|line| is_quote(line));
    if !marked || lines[end..].iter().all(|line| is_blank(line)) {
        return cut(lines, start);
    }
    if lines[..start].iter().all(|line| is_blank(line)) {
        let (kept, more) = split(&lines[end..]);
        // Answers between the lines make no sense without them.
        let between = kept.iter().any(|line| is_quote(line));
        return if between { (lines.to_vec(), Vec::new()) } else { (kept, [&lines[start..end], &more].concat()) };
    }
    (lines.to_vec(), Vec::new())
}

fn cut<'a>(lines: &[&'a str], at: usize) -> (Vec<&'a str>, Vec<&'a str>) {
    let rule = |line: &&&str| is_blank(line) || line.trim().chars().all(|c| matches!(c, '_' | '-' | '─' | '—'));
    let at = at - lines[..at].iter().rev().take_while(rule).count();
    (lines[..at].to_vec(), lines[at..].to_vec())
}

fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(['\u{a0}', ' ', '\t']).is_empty()
}

/// "On Mon, 23 Nov 2026 at 10:00, Ann <ann@acme.org> wrote:", "23.11.2026 10:00, Анна пишет:" and their like: how many
/// lines of it stand at the beginning.
fn attribution(lines: &[&str]) -> Option<usize> {
    if is_quote(lines[0]) || is_blank(lines[0]) {
        return None;
    }
    for length in 1..=LONGEST_ATTRIBUTION.min(lines.len()) {
        let wrapped = &lines[..length];
        if length > 1 && (!begins_attribution(lines[0]) || is_blank(wrapped[length - 1])) {
            return None;
        }
        let said = wrapped.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let next = lines[length..].iter().find(|line| !is_blank(line));
        if is_attribution(&said, next.is_some_and(|line| is_quote(line))) {
            return Some(length);
        }
    }
    None
}

fn is_attribution(said: &str, quote_follows: bool) -> bool {
    const VERBS: [&str; 12] = [
        "wrote:",
        "writes:",
        "пишет:",
        "писал:",
        "писала:",
        "писал(а):",
        "написал:",
        "написала:",
        "написал(а):",
        "wrote",
        "сообщил:",
        "schrieb:",
    ];
    let lower = said.to_lowercase();
    let verb = VERBS.iter().any(|verb| lower.ends_with(verb));
    let address = lower.ends_with(">:") || lower.ends_with(">,") || lower.ends_with("]:");
    let dated = lower.contains(|c: char| c.is_ascii_digit());
    if said.len() > 400 || !(verb || address) || !(lower.contains('@') || dated) {
        return false;
    }
    // Without a quote below it, it takes more than a sentence that ends in "wrote:".
    quote_follows || (dated && (lower.contains('@') || has_time(&lower)) && !lower.ends_with("wrote"))
}

fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}

fn begins_attribution(line: &str) -> bool {
    const STARTS: [&str; 10] = ["on ", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "понедельник", "в письме от"];
    let lower = line.trim_start().to_lowercase();
    lower.starts_with(|c: char| c.is_ascii_digit())
        || STARTS.iter().any(|start| lower.starts_with(start)) && lower.contains(|c: char| c.is_ascii_digit())
}

/// "-----Original Message-----" in either language. What is forwarded is no quote: it is what the mail is about.
fn is_separator(line: &str) -> bool {
    let plain = line.trim().trim_matches(['-', '_', '*', '=', ' ', '─', '—']).to_lowercase();
    let ruled = line.trim().starts_with("--") || line.trim().starts_with("__") || line.trim().starts_with("==");
    let named =
        ["original message", "исходное сообщение", "оригинальное сообщение", "original appointment", "исходное письмо"];
    ruled && named.contains(&plain.trim_end_matches(':'))
}

/// Outlook puts the headers of the mail it answers above it.
fn is_header_block(lines: &[&str]) -> bool {
    let named = |line: &str, names: &[&str]| {
        let line = line.trim_start().trim_start_matches('*').to_lowercase();
        names
            .iter()
            .any(|name| line.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches('*').starts_with(':')))
    };
    if !named(lines[0], &["from", "от", "от кого"]) {
        return false;
    }
    let rest = &lines[1..lines.len().min(HEADER_BLOCK)];
    let has = |names: &[&str]| rest.iter().any(|line| named(line, names)) as usize;
    let dated = has(&["sent", "date", "отправлено", "дата"]);
    dated == 1 && has(&["to", "кому"]) + has(&["subject", "тема"]) >= 1
}

/// Where a signature begins: the line "-- ", or what a phone adds by itself.
fn signature(lines: &[&str]) -> usize {
    const ADDED: [&str; 12] = [
        "sent from my ",
        "sent from mail for ",
        "sent from yahoo",
        "sent from outlook",
        "get outlook for ",
        "отправлено с ",
        "отправлено из ",
        "отправлено через ",
        "послано с ",
        "sent with ",
        "sent via ",
        "написано с ",
    ];
    let last = lines.iter().rposition(|line| !is_blank(line)).map_or(0, |at| at + 1);
    let dashes = lines[..last].iter().position(|line| *line == "--");
    if let Some(at) = dashes.filter(|at| *at > 0 && last - at <= LONGEST_SIGNATURE) {
        return at;
    }
    let added = lines[..last].iter().rposition(|line| {
        let lower = line.trim_start().to_lowercase();
        ADDED.iter().any(|start| lower.starts_with(start))
    });
    // On the last lines only: in the middle of a text it is part of it.
    added.filter(|at| last - at <= 2 && lines[*at].len() <= 120).unwrap_or(last)
}

#[cfg(test)]
mod tests;
