//! An HTML body as text: cleaned by `ammonia` down to a few tags, of which lines, quotes, lists and links are kept.

use std::collections::{HashMap, HashSet};

use ammonia::Builder;

/// More than this is not a letter; building its tree could take very long.
const MOST_TAGS: usize = 20_000;
const LARGEST: usize = 1024 * 1024;

const TAGS: [&str; 22] = [
    "a",
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "section",
    "article",
];

/// The readable text of an HTML body.
pub(super) fn text(html: &str) -> String {
    if html.len() > LARGEST || html.bytes().filter(|b| *b == b'<').count() > MOST_TAGS {
        return mail_parser::decoders::html::html_to_text(html);
    }
    let mut text = Text::default();
    let cleaned = clean(html);
    let mut rest = cleaned.as_str();
    while let Some(at) = rest.find('<') {
        text.say(&rest[..at]);
        // What ammonia writes is well formed: every < begins a tag.
        let Some((tag, after)) = rest[at + 1..].split_once('>') else { break };
        text.tag(tag);
        rest = after;
    }
    text.say(rest);
    text.finished()
}

/// The few tags that say something about how a text is laid out; no scripts, no styles, no images, no attributes but
/// where a link leads.
fn clean(html: &str) -> String {
    Builder::empty()
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style", "title", "svg", "math", "noscript", "template"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None)
        .clean(html)
        .to_string()
}

#[derive(Default)]
struct Text {
    out: String,
    line: String,
    depth: usize,
    /// Inside `pre` white space is as it is.
    verbatim: usize,
    link: Option<(String, usize)>,
}

impl Text {
    fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        match (name, closes) {
            ("br", _) => self.end_line(),
            ("a", false) => self.link = href(attributes).map(|href| (href, self.line.len())),
            ("a", true) => self.close_link(),
            ("blockquote", false) => {
                self.new_line();
                self.depth += 1;
            }
            ("blockquote", true) => {
                self.new_line();
                self.depth = self.depth.saturating_sub(1);
            }
            ("li", false) => {
                self.new_line();
                self.line.push_str("- ");
            }
            ("td" | "th", true) => self.line.push(' '),
            ("pre", false) => {
                self.new_line();
                self.verbatim += 1;
            }
            ("pre", true) => {
                self.new_line();
                self.verbatim = self.verbatim.saturating_sub(1);
            }
            ("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "table", true) => {
                self.new_line();
                self.end_line();
            }
            ("td" | "th", false) => {}
            _ => self.new_line(),
        }
    }

    fn say(&mut self, escaped: &str) {
        let said = unescaped(escaped);
        if self.verbatim > 0 {
            let mut lines = said.split('\n');
            self.line.push_str(lines.next().unwrap_or_default());
            for line in lines {
                self.end_line();
                self.line.push_str(line);
            }
            return;
        }
        for c in said.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c != ' ' || !(self.line.is_empty() || self.line.ends_with(' ')) {
                self.line.push(c);
            }
        }
    }

    /// A link is followed by where it leads, unless that is what it says.
    fn close_link(&mut self) {
        let Some((href, from)) = self.link.take() else { return };
        let said = self.line.get(from..).unwrap_or_default().trim();
        let plain = |link: &str| {
            let link = link.trim_end_matches('/').trim_start_matches("mailto:");
            link.trim_start_matches("https://").trim_start_matches("http://").to_lowercase()
        };
        if !said.is_empty() && plain(&href) != plain(said) {
            self.line.push_str(&format!(" ({href})"));
        }
    }

    fn new_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.end_line();
        }
        self.line.clear();
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        // At most one line is left empty.
        if line.is_empty() && (self.out.is_empty() || self.out.ends_with("\n\n") || self.out.ends_with("> \n")) {
            return;
        }
        self.out.push_str(&"> ".repeat(self.depth.min(20)));
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn finished(mut self) -> String {
        self.close_link();
        self.new_line();
        self.out.trim().to_owned()
    }
}

fn href(attributes: &str) -> Option<String> {
    let (_, rest) = attributes.split_once("href=\"")?;
    rest.split('"').next().map(unescaped).filter(|href| href.len() <= 500)
}

/// The five entities that ammonia writes.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_keeps_its_lines_quotes_lists_and_links() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><p>Hello,</p><p>it is <b>broken</b>:\n  again &amp; again.<br>See <a href=\"https://acme.org/a?b=1&amp;c=2\">here</a> or <a href=\"http://acme.org\">acme.org</a></p><ul><li>one<li>two</ul><blockquote>You wrote<blockquote>I wrote</blockquote></blockquote><script>alert(1)</script></body>";
        assert_eq!(
            text(html),
            "Hello,\n\nit is broken: again & again.\nSee here (https://acme.org/a?b=1&c=2) or acme.org\n\n- one\n- two\n\n> You wrote\n> > I wrote"
        );
    }

    #[test]
    fn nothing_of_a_hostile_body_is_left_but_words() {
        for html in [
            "<img src=x onerror=alert(1)>hi",
            "<svg><script>alert(1)</script></svg>hi",
            "<a href=\"javascript:alert(1)\">hi</a>",
            "<math><mtext></math><style>*{x:y}</style>hi",
        ] {
            assert_eq!(text(html), "hi", "{html}");
        }
        assert_eq!(text("&lt;script&gt;x"), "<script>x", "what was written as text stays text");
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for html in ["<p>a<div>b</p>", "<a href=https://x.y title=z>q</a>", "<b><i>x</b>y</i>", "a < b > c & d"] {
            assert_eq!(clean(&clean(html)), clean(html));
        }
    }

    #[test]
    fn a_deep_body_takes_no_time() {
        let html = format!("{}hi{}", "<div>".repeat(300_000), "<p>".repeat(300_000));
        assert!(text(&html).contains("hi"));
        let html = format!("{}{}hi", "<div>".repeat(9_000), "<p>".repeat(9_000));
        assert!(text(&html).contains("hi"));
    }
}
