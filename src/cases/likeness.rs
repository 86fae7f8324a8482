//! How much two texts are about the same, told by the words they share.

use crate::db::search;
use std::collections::HashSet;
use std::sync::LazyLock;

/// More of a text does not tell better what it is about.
const LONGEST_TEXT: usize = 2000;
/// What shares less is about something else.
const LEAST_LIKENESS: f64 = 0.4;

/// Words that say nothing about what a text is about.
const EMPTY_WORDS: &str = "the and for with that this these you your our are was were have has had not but from when what \
    which all can could would should there they them their been will just very please need want more than also \
    что это этот эта эти как так для при или уже еще все всё мне нам вам вас нас его она они был была было были есть нет \
    очень когда чтобы только который которые можно нужно надо если тоже там тут где они меня";

static EMPTY_STEMS: LazyLock<HashSet<String>> = LazyLock::new(|| search::stems(EMPTY_WORDS).into_iter().collect());

/// The stems of a text that tell what it is about.
pub fn telling_stems(text: &str) -> Vec<String> {
    let start: String = text.chars().take(LONGEST_TEXT).collect();
    search::stems(&start).into_iter().filter(|s| s.chars().count() > 2 && !EMPTY_STEMS.contains(s)).collect()
}

/// How much a text is about the same: the share of its title that was typed, or the share of what was typed that it
/// holds. None if it is too little.
pub fn likeness(typed: &[String], title: &str, text: &str) -> Option<f64> {
    let title = telling_stems(title);
    let text = telling_stems(text);
    let in_title = typed.iter().filter(|stem| title.contains(stem)).count();
    let anywhere = typed.iter().filter(|stem| title.contains(stem) || text.contains(stem)).count();
    // One word in common is an accident, unless there is only one.
    if anywhere < 2.min(typed.len()).min(title.len().max(1)) {
        return None;
    }
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
    let strength = share(in_title, title.len()).max(share(anywhere, typed.len()));
    (strength >= LEAST_LIKENESS).then_some(strength)
}

/// The rows most about the same as `typed`, best first; `said` gives title and text of one.
pub fn closest<T>(typed: &[String], rows: Vec<T>, most: usize, said: impl Fn(&T) -> (&str, &str)) -> Vec<T> {
    let alike = |row: T| {
        let (title, text) = said(&row);
        likeness(typed, title, text).map(|strength| (strength, row))
    };
    let mut found: Vec<(f64, T)> = rows.into_iter().filter_map(alike).collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.truncate(most);
    found.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "Одно окно оператора";
    const TEXT: &str = "Собрать карточку клиента, заказы и базу знаний в одном окне, чтобы не искать по вкладкам.";

    fn like(typed: &str) -> Option<f64> {
        likeness(&telling_stems(typed), TITLE, TEXT)
    }

    #[test]
    fn the_same_thing_in_other_words_is_found() {
        assert!(like("Операторам нужно одно окно вместо пяти вкладок, устали переключаться").is_some());
        assert!(like("окно оператора") > like("карточка клиента и вкладки, ещё чай на кухню"));
    }

    #[test]
    fn one_common_word_is_an_accident() {
        assert!(like("Закройте окно, дует").is_none());
        assert!(like("Очень нужно, чтобы было можно").is_none(), "words that say nothing");
        assert!(like("the parcel is late again").is_none());
    }
}
