//! The topics a file speaks of: found by slug or by either name; those nobody has heard of are made.

use std::collections::HashMap;

use crate::feedback::store::Topic;
use crate::id;

/// A file whose "topics" are texts would otherwise bury the real ones.
pub(super) const MAX_NEW: usize = 200;

/// A topic that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewTopic {
    pub id: i64,
    pub slug: String,
    pub name: String,
}

impl NewTopic {
    /// Called the same in both languages until somebody translates it.
    pub(super) fn as_topic(&self) -> Topic {
        Topic { id: self.id, slug: self.slug.clone(), name_en: self.name.clone(), name_ru: self.name.clone() }
    }
}

/// The topics that exist, and how many more may be made.
#[derive(Debug)]
pub(super) struct Topics {
    ids: HashMap<String, i64>,
    left: usize,
    made: Vec<NewTopic>,
}

impl Topics {
    pub(super) fn new(known: &[Topic], left: usize) -> Self {
        // The slug is entered last: where a name reads like another topic's slug, the slug is meant.
        let names = known.iter().flat_map(|t| [(slug(&t.name_en), t.id), (slug(&t.name_ru), t.id)]);
        let ids = names.chain(known.iter().map(|t| (t.slug.clone(), t.id))).collect();
        Self { ids, left, made: Vec::new() }
    }

    /// The id of a topic; a new one if nobody has heard of it.
    pub(super) fn id(&mut self, name: &str) -> Result<i64, String> {
        let slug = slug(name);
        if slug.is_empty() {
            return Err(format!("topic: '{name}' has neither letters nor digits"));
        }
        if let Some(id) = self.ids.get(&slug) {
            return Ok(*id);
        }
        self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| format!("topic: '{name}' is unknown, and one import makes {MAX_NEW} new topics at most"))?;
        let id = id::new_id();
        self.made.push(NewTopic { id, slug: slug.clone(), name: name.to_owned() });
        self.ids.insert(slug, id);
        Ok(id)
    }

    /// Those that must be stored, in the order in which the file names them.
    pub(super) fn made(self) -> Vec<NewTopic> {
        self.made
    }
}

/// A name as it stands in addresses: its letters and digits in lower case, what is between them a dash.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Topic> {
        vec![Topic { id: 7, slug: "pay".into(), name_en: "Pay & benefits".into(), name_ru: "Зарплата".into() }]
    }

    #[test]
    fn a_topic_is_known_by_slug_and_by_both_names() {
        let mut topics = Topics::new(&known(), 0);
        for name in ["pay", "PAY", "Pay, Benefits", "зарплата"] {
            assert_eq!(topics.id(name), Ok(7), "{name}");
        }
    }

    #[test]
    fn unknown_ones_are_made_once_and_not_without_end() {
        let mut topics = Topics::new(&known(), 1);
        let id = topics.id("Кредитные карты").unwrap();
        assert_eq!(topics.id("кредитные  карты!"), Ok(id));
        assert!(topics.id("Ипотека").unwrap_err().contains("200 new topics"));
        assert!(topics.id("?!").unwrap_err().contains("neither letters nor digits"));
        let made = topics.made();
        let slugs: Vec<&str> = made.iter().map(|t| t.slug.as_str()).collect();
        assert_eq!((slugs, made[0].id), (vec!["кредитные-карты"], id));
    }
}
