//! The page as its template wants it.

use super::{Ask, Shown};
use crate::cases::actions::{Pending, Seen, first_name};
use crate::cases::answers::{self, Facts, SavedAnswer};
use crate::cases::badge::Deadline;
use crate::cases::files::hand_out;
use crate::cases::later::Until;
use crate::cases::model::Severity;
use crate::cases::pages::clocks::clocks;
use crate::cases::pages::marks::MarksForm;
use crate::cases::pages::merging::{Merged, similar_context};
use crate::cases::pages::{self, person};
use crate::cases::store::Candidate;
use crate::cases::timeline::{self, Reader};
use crate::feedback::store::{Addressee, Topic};
use crate::files::ACCEPT;
use crate::i18n::{self, Lang};
use crate::rules::Rulebook;
use crate::web::Page;
use serde_json::{Value, json};
use std::sync::Arc;

/// What was read, and for whom it is shown.
pub struct View<'a> {
    pub page: &'a Page,
    pub me: i64,
    pub viewer: &'a str,
    pub rules: Arc<Rulebook>,
    pub shown: Shown,
    pub ask: Ask,
}

impl View<'_> {
    pub fn context(mut self) -> Value {
        let timeline = self.timeline();
        let (case, said, lang, now) = (&self.shown.case, &self.shown.said, self.page.lang, self.page.now);
        let deadline = Deadline {
            status: case.status,
            due: case.next_due.map(|due| *due),
            snoozed_until: case.snoozed_until.map(|until| *until),
        };
        let mut context = json!({
            "reference": said.reference,
            "title_of_case": said.title,
            "voice": said.voice,
            "kind": said.kind,
            "channel": pages::channel(lang, &said.channel),
            "words": said.text,
            "words_lang": said.lang,
            "affected": said.affected,
            "scores": person::scores_of(said),
            "received_at": said.received_at,
            "anonymous": said.anonymous,
            "status": case.status,
            "is_open": case.status.is_open(),
            "apart": case.apart,
            "severity": case.severity,
            "due": deadline.badge(lang, self.page.app.config.app.time_zone, now),
            "clocks": clocks(&self.rules, case, lang, now),
            "snooze": self.snooze(),
            "outcome": case.outcome,
            "helped": case.helped,
            "reopened": case.reopened,
            "conflict": null,
            "form": self.form(),
        });
        let parts = [timeline, self.people(), self.marks(), self.merging(), self.links()];
        for part in parts {
            pages::merge(&mut context, part);
        }
        context
    }

    fn timeline(&mut self) -> Value {
        let rows = std::mem::take(&mut self.shown.timeline);
        let originator = self.originator();
        let seen = Seen {
            event: rows.last().map_or(0, |row| row.seq),
            pending: self.shown.pending.last().map_or(0, |(pending, _)| pending.id),
        };
        let reader = Reader::Staff { originator: &originator };
        let mut entries = timeline::entries(rows, reader, self.shown.said.anonymous, self.page.lang);
        if let Some(seen) = self.ask.seen {
            timeline::mark_fresh(&mut entries, seen, self.me);
        }
        let waiting = self.pending();
        let kept = std::mem::take(&mut self.shown.files);
        let files = hand_out(kept, &format!("/cases/{}", self.shown.said.reference), &mut entries);
        json!({
            "seen": seen,
            "entries": timeline::fold(entries),
            "pending": waiting,
            "files": files,
            "accept": ACCEPT,
        })
    }

    fn pending(&self) -> Vec<Value> {
        let row = |(pending, author): &(Pending, String)| {
            let left = (*pending.send_at - self.page.now).num_seconds().max(0);
            json!({
                "id": pending.id.to_string(),
                "who": author,
                "text": pending.body,
                "files": self.shown.files.iter().filter(|file| file.pending_id == Some(pending.id)).count(),
                "wait": pending.wait,
                "mine": pending.author_id == self.me,
                "seconds": left,
            })
        };
        self.shown.pending.iter().map(row).collect()
    }

    fn people(&self) -> Value {
        let Shown { case, candidates, watchers, present, .. } = &self.shown;
        let owner = candidates.iter().find(|person| Some(person.id) == case.owner_id);
        let choice = |person: &Candidate| json!({"id": person.id.to_string(), "name": person.name, "current": Some(person.id) == case.owner_id});
        json!({
            "owner": owner.map(|person| &person.name),
            "mine": case.owner_id == Some(self.me),
            "team": self.shown.team,
            "candidates": candidates.iter().map(choice).collect::<Vec<_>>(),
            "watchers": watchers.iter().map(|person| &person.name).collect::<Vec<_>>(),
            "watching": watchers.iter().any(|person| person.id == self.me),
            "present": present,
            "news": false,
            "originator": {
                "name": self.originator(),
                "email": self.shown.originator.as_ref().and_then(|person| person.email.as_deref()),
                "unreached": self.shown.unreached.as_ref().map(|known| json!({
                    "said": known.said,
                    "stopped": known.stopped_at.is_some(),
                })),
            },
            "history": person::history(&self.shown.history),
            "earlier_scores": person::earlier_scores(&self.shown.history),
        })
    }

    /// What can be said about the case, with what is said of it now.
    fn marks(&self) -> Value {
        let (Shown { case, topics, retired_topic, root_causes, tags, .. }, lang) = (&self.shown, self.page.lang);
        let offered: Vec<&Topic> = topics.iter().chain(retired_topic).collect();
        let current = offered.iter().find(|topic| Some(topic.id) == case.topic_id);
        let choice = |id: i64, name: &str| json!({"id": id.to_string(), "name": name});
        json!({
            "topic": current.map(|topic| topic.name(lang)),
            "topics": offered.iter().map(|topic| choice(topic.id, topic.name(lang))).collect::<Vec<_>>(),
            "root_causes": root_causes.iter().map(|cause| choice(cause.id, cause.name(lang))).collect::<Vec<_>>(),
            "severities": Severity::ALL,
            "tags": tags,
        })
    }

    fn merging(&self) -> Value {
        let Merged { primary, others, people } = &self.shown.merged;
        let similar = self.shown.similar.as_deref().map(similar_context);
        json!({"primary": primary, "merged": others, "people_behind": people, "similar": similar})
    }

    fn links(&self) -> Value {
        let change = |(reference, title): &(String, String)| json!({"reference": reference, "title": title});
        let answer = |(id, name): &(i64, String)| json!({"id": id.to_string(), "name": name});
        json!({
            "mails": self.shown.mails,
            "changes": self.shown.changes,
            "open_changes": self.shown.open_changes.iter().map(change).collect::<Vec<_>>(),
            "answers": self.shown.answers.iter().map(answer).collect::<Vec<_>>(),
        })
    }

    /// When each of the mornings is on which the case may be taken up again.
    fn snooze(&self) -> Vec<Value> {
        let (now, zone) = (self.page.now, self.page.app.config.app.time_zone);
        let morning = |until: &Until| Some(json!({"until": until, "at": until.morning(now, zone)?}));
        Until::ALL.iter().filter_map(morning).collect()
    }

    /// The forms as they stand before anybody types.
    fn form(&self) -> Value {
        let inserted = self.shown.answer.as_ref().map(|answer| self.filled(answer));
        let mut form = json!({
            "text": self.ask.text.clone().or(inserted).unwrap_or_default(),
            "wait": self.ask.wait,
            "note": "",
            "email": "",
            "into": "",
            "date": "",
            "time": "",
            "snoozing": false,
        });
        pages::merge(&mut form, json!(MarksForm::of(&self.shown.case, &self.shown.tags)));
        form
    }

    /// A saved answer in the originator's language, with what we know of this case.
    fn filled(&self, answer: &SavedAnswer) -> String {
        let Shown { case, said, originator, .. } = &self.shown;
        let lang = originator.as_ref().map_or(said.lang, |person| person.lang);
        let somebody = || i18n::t(lang, &format!("answer-to-{}", said.voice), &[]);
        let name = originator.as_ref().map(|person| person.name.as_str()).filter(|name| !name.is_empty());
        let owner = self.shown.candidates.iter().find(|person| Some(person.id) == case.owner_id);
        let facts = Facts {
            first_name: name.map_or_else(somebody, |name| first_name(name).to_owned()),
            name: name.map_or_else(somebody, str::to_owned),
            reference: said.reference.clone(),
            title: said.title.clone(),
            owner: owner.map_or(self.viewer, |person| &person.name).to_owned(),
            promised: self.promised(lang),
        };
        answers::fill(answer.body(lang), &facts)
    }

    /// The date that the originator was promised next: an answer, then the news of what was done.
    fn promised(&self, lang: Lang) -> String {
        let case = &self.shown.case;
        let at = if case.responded_at.is_none() { case.respond_by } else { case.tell_by };
        i18n::date(lang, self.page.app.config.app.time_zone, *at)
    }

    /// How the originator is called among staff.
    fn originator(&self) -> String {
        match &self.shown.originator {
            Some(Addressee { name, .. }) if !name.is_empty() => name.clone(),
            Some(Addressee { email: Some(email), .. }) => email.clone(),
            _ if self.shown.said.anonymous => self.page.t("anonymous", &[]),
            _ => self.page.t("somebody", &[]),
        }
    }
}
