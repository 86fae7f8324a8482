//! What the filters and the bar offer to choose from.

use super::super::filter::{Filter, Holder, Sort};
use crate::cases::later::Until;
use crate::cases::model::{Severity, Status};
use crate::cases::pages::channel;
use crate::cases::store::{Candidate, candidates, team_names};
use crate::db::Conn;
use crate::feedback::model::{Kind, Voice};
use crate::feedback::store::{Topic, topics};
use crate::web::Page;
use diesel::QueryResult;
use serde_json::{Value, json};

/// The channels we have a word for; others come by a tag, a search or the address.
const CHANNELS: [&str; 8] = ["web", "email", "phone", "chat", "store", "survey", "import", "api"];

/// What stands in the database.
pub struct Choices {
    people: Vec<Candidate>,
    topics: Vec<Topic>,
    teams: Vec<(i64, String)>,
}

pub fn read(c: &mut Conn) -> QueryResult<Choices> {
    Ok(Choices { people: candidates(c)?, topics: topics(c)?, teams: team_names(c)? })
}

impl Choices {
    pub fn context(&self, page: &Page, filter: &Filter) -> Value {
        let holder = |holder: Holder, label: String| option(&holder, label, filter.owner == Some(holder));
        let people = || self.people.iter().map(|person| (Holder::Person(person.id), person.name.clone()));
        let others = [(Holder::Me, page.t("queue-me", &[])), (Holder::Nobody, page.t("nobody", &[]))];
        json!({
            "voices": words(page, "voice", Voice::ALL, filter.voice),
            "kinds": words(page, "kind", Kind::ALL, filter.kind),
            "severities": words(page, "queue-severity", Severity::ALL, filter.severity),
            "statuses": words(page, "status", Status::ALL, filter.status),
            "sorts": words(page, "queue-sort", Sort::ALL, Some(filter.sort())),
            "channels": self.channels(page, filter),
            "topics": self.topics.iter().map(|topic| {
                option(&topic.id, topic.name(page.lang).to_owned(), filter.topic == Some(topic.id))
            }).collect::<Vec<_>>(),
            "teams": self.teams.iter().map(|(id, name)| {
                option(id, name.clone(), filter.team == Some(*id))
            }).collect::<Vec<_>>(),
            "owners": others.into_iter().chain(people()).map(|(h, label)| holder(h, label)).collect::<Vec<_>>(),
            "people": self.people.iter().map(|person| {
                option(&person.id, person.name.clone(), false)
            }).collect::<Vec<_>>(),
            "laters": words(page, "later", Until::ALL, None),
            "tag": filter.tag,
        })
    }

    /// A channel of somebody's own is offered as long as it is what was asked for.
    fn channels(&self, page: &Page, filter: &Filter) -> Vec<Value> {
        let asked = filter.channel.as_deref();
        let own = asked.filter(|asked| !CHANNELS.contains(asked));
        CHANNELS
            .into_iter()
            .chain(own)
            .map(|word| option(&word, channel(page.lang, word), asked == Some(word)))
            .collect()
    }
}

fn words<T: Copy + PartialEq + ToString>(page: &Page, of: &str, all: &[T], chosen: Option<T>) -> Vec<Value> {
    let label = |word: &T| page.t(&format!("{of}-{}", word.to_string()), &[]);
    all.iter().map(|word| option(&word.to_string(), label(word), chosen == Some(*word))).collect()
}

fn option(value: &impl ToString, label: String, chosen: bool) -> Value {
    json!({"value": value.to_string(), "label": label, "chosen": chosen})
}
