//! What staff write, as HTML: bold, italic, lists, quotes, code and links, and nothing else. The tags are written here
//! and everything between them is escaped, so that no text can bring a tag of its own. Headings become bold lines,
//! pictures become links: nothing is fetched from elsewhere.

mod plain;

use comrak::nodes::{ListType, NodeList, NodeValue};
use comrak::{Arena, Node, Options, parse_document};
use handlebars::html_escape;
use url::Url;

/// The source as HTML that may stand in a page or a mail.
pub fn html(source: &str) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let mut html = Writer { out: String::with_capacity(source.len() * 2), links: 0 };
    for edge in parse_document(&arena, source, &options).traverse() {
        match edge {
            comrak::arena_tree::NodeEdge::Start(node) => html.open(node),
            comrak::arena_tree::NodeEdge::End(node) => html.close(node),
        }
    }
    html.out
}

/// The same to be read as plain text: lists and quotes keep their marks, a link is followed by where it leads.
pub fn text(source: &str) -> String {
    plain::text(source)
}

struct Writer {
    out: String,
    /// How many links we are inside of; only the outermost is one.
    links: usize,
}

impl Writer {
    fn open(&mut self, node: Node<'_>) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.tag("<br>"),
            NodeValue::ThematicBreak => self.tag("<hr>"),
            NodeValue::Code(code) => {
                self.tag("<code>");
                self.text(&code.literal);
                self.tag("</code>");
            }
            NodeValue::CodeBlock(code) => {
                self.tag("<pre><code>");
                self.text(&code.literal);
                self.tag("</code></pre>");
            }
            NodeValue::HtmlInline(typed) => self.text(typed),
            NodeValue::HtmlBlock(block) => {
                self.tag("<p>");
                self.out.push_str(&html_escape(block.literal.trim_end()).replace('\n', "<br>"));
                self.tag("</p>");
            }
            NodeValue::List(list) => self.list(list),
            NodeValue::Link(link) => self.open_link(&link.url),
            NodeValue::Image(link) => {
                self.open_link(&link.url);
                if node.first_child().is_none() {
                    self.text(&link.url);
                }
            }
            value => self.tag(tags(value, node).0),
        }
    }

    fn close(&mut self, node: Node<'_>) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::List(list) => self.tag(if list.list_type == ListType::Ordered { "</ol>" } else { "</ul>" }),
            NodeValue::Link(link) | NodeValue::Image(link) => self.close_link(&link.url),
            value => self.tag(tags(value, node).1),
        }
    }

    fn tag(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&html_escape(text));
    }

    fn list(&mut self, list: &NodeList) {
        match (list.list_type, list.start) {
            (ListType::Bullet, _) => self.tag("<ul>"),
            (ListType::Ordered, 1) => self.tag("<ol>"),
            (ListType::Ordered, start) => self.out.push_str(&format!("<ol start=\"{start}\">")),
        }
    }

    fn open_link(&mut self, address: &str) {
        let Some(address) = harmless(address) else { return };
        if self.links == 0 {
            let address = html_escape(&address);
            self.out.push_str(&format!("<a href=\"{address}\" rel=\"noopener noreferrer nofollow\">"));
        }
        self.links += 1;
    }

    fn close_link(&mut self, address: &str) {
        if harmless(address).is_none() {
            return;
        }
        self.links -= 1;
        if self.links == 0 {
            self.tag("</a>");
        }
    }
}

/// The tags around what a node holds.
fn tags(value: &NodeValue, node: Node<'_>) -> (&'static str, &'static str) {
    match value {
        NodeValue::Paragraph if is_in_tight_list(node) => ("", ""),
        NodeValue::Paragraph => ("<p>", "</p>"),
        NodeValue::Heading(_) => ("<p><strong>", "</strong></p>"),
        NodeValue::BlockQuote => ("<blockquote>", "</blockquote>"),
        NodeValue::Item(_) => ("<li>", "</li>"),
        NodeValue::Emph => ("<em>", "</em>"),
        NodeValue::Strong => ("<strong>", "</strong>"),
        NodeValue::Strikethrough => ("<del>", "</del>"),
        _ => ("", ""),
    }
}

/// Whether the points of a list follow each other without empty lines.
fn is_in_tight_list(node: Node<'_>) -> bool {
    let list = node.parent().and_then(|item| item.parent());
    list.is_some_and(|list| matches!(&list.data.borrow().value, NodeValue::List(list) if list.tight))
}

/// An address that leads to a page or a mail; anything else is no link.
fn harmless(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REL: &str = "rel=\"noopener noreferrer nofollow\"";

    #[test]
    fn words_can_be_set_off() {
        assert_eq!(
            html("**Bold**, *soft*, ~~gone~~ and `x<y`"),
            "<p><strong>Bold</strong>, <em>soft</em>, <del>gone</del> and <code>x&lt;y</code></p>"
        );
        assert_eq!(html("one\ntwo\n\nthree"), "<p>one<br>two</p><p>three</p>");
        assert_eq!(html("- a\n- b"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(html("3. a\n\n4. b"), "<ol start=\"3\"><li><p>a</p></li><li><p>b</p></li></ol>");
        assert_eq!(html("# Big\n> said"), "<p><strong>Big</strong></p><blockquote><p>said</p></blockquote>");
        assert_eq!(html("```js\na<b\n```"), "<pre><code>a&lt;b\n</code></pre>");
    }

    #[test]
    fn links_lead_to_pages_and_mails() {
        let link = |href: &str, text: &str| format!("<p><a href=\"{href}\" {REL}>{text}</a></p>");
        assert_eq!(html("[here](https://a.example/x)"), link("https://a.example/x", "here"));
        assert_eq!(html("https://a.example"), link("https://a.example/", "https://a.example"));
        assert_eq!(html("<mailto:a@b.example>"), link("mailto:a@b.example", "mailto:a@b.example"));
        assert_eq!(html("![a cat](https://a.example/cat.png)"), link("https://a.example/cat.png", "a cat"));
        assert_eq!(html("[![x](https://b.example)](https://a.example)"), link("https://a.example/", "x"));
        assert_eq!(html("[a](/sign-out)"), "<p>a</p>");
    }

    #[test]
    fn nothing_runs() {
        let vectors = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=alert(1)>b</b>",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](java\tscript:alert(1))",
            "[a](&#106;avascript:alert(1))",
            "[a](javascript&colon;alert(1))",
            "[a](data:text/html;base64,PHNjcmlwdD4=)",
            "[a](vbscript:x)",
            "[a](file:///etc/passwd)",
            "<javascript:alert(1)>",
            "![x](javascript:alert(1))",
            "![\" onerror=\"alert(1)](https://a.example)",
            "[x](https://a.example/\"onmouseover=\"alert(1))",
            "[x](<https://a.example/ \"onmouseover=alert(1) x=\">)",
            "https://a.example/\"onmouseover=alert(1)//",
            "https://a.example/<script>alert(1)</script>",
            "[x]: javascript:alert(1)\n\n[x]",
            "```\"><script>alert(1)</script>\n```",
            "`<script>`",
            "<!-- --><svg/onload=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<https://a.example/?x='><script>",
        ];
        for vector in vectors {
            assert_only_ours(vector);
            let shown = html(vector).to_lowercase();
            assert!(!shown.contains("href=\"java") && !shown.contains("href=\"data"), "{vector}: {shown}");
        }
    }

    /// Every tag of the output is one that we write, exactly as we write it, and a cleaner finds nothing to clean.
    fn assert_only_ours(source: &str) {
        const OURS: &[&str] =
            &["p", "strong", "em", "del", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "a"];
        let shown = html(source);
        for tag in shown.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
            assert!(OURS.contains(&name), "{source:?}: {shown}");
            let plain = tag.trim_start_matches('/') == name;
            let link =
                name == "a" && tag.starts_with("a href=\"") && tag.ends_with(REL) && tag.matches('"').count() == 4;
            let start = name == "ol" && tag.starts_with("ol start=\"") && tag.matches('"').count() == 2;
            assert!(plain || link || start, "{source:?}: {shown}");
        }
        let cleaner =
            ammonia::Builder::default().link_rel(Some("noopener noreferrer nofollow")).clean(&shown).to_string();
        let tags = |html: &str| html.matches('<').count();
        assert_eq!(tags(&cleaner), tags(&shown), "{source:?}: {shown} / {cleaner}");
    }

    #[test]
    fn deep_nesting_is_survived() {
        html(&">".repeat(10_000));
        html(&"[".repeat(10_000));
        html(&"*a ".repeat(3_000));
        html(&"- ".repeat(2_000));
    }

    proptest! {
        #[test]
        fn no_text_brings_its_own_tags(source in "([a-z<>\"'&;:/!\\[\\]()*_`#>\\- \n\t=]|javascript:|https://|<script|onerror=|\\x00){0,60}") {
            assert_only_ours(&source);
        }
    }
}
