//! What staff write, as plain text.

use super::harmless;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, NodeValue};
use comrak::{Arena, Node, Options, parse_document};

/// Deeper than this nothing is set in any further.
const DEEPEST: usize = 8;

pub(super) fn text(source: &str) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let mut text = Writer::default();
    for edge in parse_document(&arena, source, &options).traverse() {
        match edge {
            NodeEdge::Start(node) => text.open(node),
            NodeEdge::End(node) => text.close(node),
        }
    }
    text.out.trim_end().to_owned()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What every line begins with: of quotes and lists we are inside of.
    marks: Vec<&'static str>,
    /// The number or bullet that the next line begins with instead.
    bullet: Option<String>,
    /// The next numbers of the lists we are inside of; none for bullets.
    numbers: Vec<Option<usize>>,
    /// Where the words of the links we are inside of begin.
    links: Vec<usize>,
}

impl Writer {
    fn open(&mut self, node: Node<'_>) {
        match &node.data.borrow().value {
            NodeValue::Text(text) => self.say(text),
            NodeValue::Code(code) => self.say(&code.literal),
            NodeValue::HtmlInline(typed) => self.say(typed),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.line(),
            NodeValue::ThematicBreak => self.block("* * *"),
            NodeValue::CodeBlock(code) => self.block(code.literal.trim_end()),
            NodeValue::HtmlBlock(html) => self.block(html.literal.trim_end()),
            NodeValue::BlockQuote => self.marks.push("> "),
            NodeValue::List(list) => {
                self.numbers.push((list.list_type == ListType::Ordered).then_some(list.start));
            }
            NodeValue::Item(_) => self.item(),
            NodeValue::Link(_) | NodeValue::Image(_) => self.links.push(self.out.len()),
            _ => {}
        }
    }

    fn close(&mut self, node: Node<'_>) {
        match &node.data.borrow().value {
            NodeValue::Paragraph if super::is_in_tight_list(node) => self.line(),
            NodeValue::Paragraph | NodeValue::Heading(_) => self.gap(),
            NodeValue::BlockQuote => {
                self.marks.pop();
            }
            NodeValue::Item(_) => {
                self.marks.pop();
            }
            NodeValue::List(_) => {
                self.numbers.pop();
                if self.numbers.is_empty() {
                    self.gap();
                }
            }
            NodeValue::Link(link) | NodeValue::Image(link) => self.close_link(&link.url),
            _ => {}
        }
    }

    fn item(&mut self) {
        let bullet = match self.numbers.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.bullet = Some(bullet);
        self.marks.push("  ");
    }

    fn close_link(&mut self, address: &str) {
        let words = self.links.pop().and_then(|start| self.out.get(start..)).unwrap_or_default();
        let Some(address) = harmless(address).filter(|_| self.links.is_empty()) else { return };
        let said = words.trim().trim_start_matches("mailto:");
        if !address.trim_end_matches('/').ends_with(said.trim_end_matches('/')) {
            self.say(&format!(" ({address})"));
        } else if said.is_empty() {
            self.say(&address);
        }
    }

    fn block(&mut self, text: &str) {
        for line in text.lines() {
            self.say(line);
            self.line();
        }
        self.gap();
    }

    fn say(&mut self, words: &str) {
        if self.out.is_empty() || self.out.ends_with('\n') {
            let set_in = self.marks.len() - usize::from(self.bullet.is_some()).min(self.marks.len());
            self.out.extend(self.marks.iter().take(set_in.min(DEEPEST)).copied());
            self.out.extend(self.bullet.take());
        }
        self.out.push_str(words);
    }

    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// An empty line, which inside a quote is a part of it.
    fn gap(&mut self) {
        self.line();
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_can_be_read() {
        assert_eq!(text("**Bold**, *soft* and `code`"), "Bold, soft and code");
        assert_eq!(text("one\ntwo\n\n# Big\nthree"), "one\ntwo\n\nBig\n\nthree");
        assert_eq!(text("We did:\n\n- a\n- b\n\nMore."), "We did:\n\n- a\n- b\n\nMore.");
        assert_eq!(text("3. a\n4. b\n   - c"), "3. a\n4. b\n  - c");
        assert_eq!(text("> said\n\nyes"), "> said\n\nyes");
        assert_eq!(text("```\na\n  b\n```"), "a\n  b");
        assert_eq!(text("a <b>c</b>"), "a <b>c</b>");
    }

    #[test]
    fn links_say_where_they_lead() {
        assert_eq!(text("[here](https://a.example/x)"), "here (https://a.example/x)");
        assert_eq!(text("See https://a.example."), "See https://a.example.");
        assert_eq!(
            text("<mailto:a@b.example> or a@b.example"),
            "a@b.example or a@b.example".replace("a@b.example or", "mailto:a@b.example or")
        );
        assert_eq!(text("![](https://a.example/cat.png)"), "https://a.example/cat.png");
        assert_eq!(text("[a](javascript:alert(1))"), "a");
    }

    proptest! {
        #[test]
        fn every_text_can_be_read(source in "([a-z<>\"'&;:/!\\[\\]()*_`#>\\- \n\t=0-9.]|https://){0,60}") {
            text(&source);
        }
    }
}
