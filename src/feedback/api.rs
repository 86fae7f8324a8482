//! Feedback as machines send and read it. The handlers stand in `crate::api`, beside what they share with the others.

use super::actions::Receipt;
use super::model::{Kind, Originator, Scores, Submission, Voice};
use super::store::Feedback;
use crate::error::{Error, FieldError, Result};
use crate::i18n::Lang;
use crate::people::model::checked_segment;
use crate::web::forms::given;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One piece of feedback. Without `contact` it is anonymous, and the answer waits behind a receipt code.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitDto {
    pub voice: Voice,
    pub kind: Kind,
    /// Where it was said.
    #[serde(default = "api_channel")]
    #[schema(min_length = 1, max_length = 40, default = "api")]
    pub channel: String,
    /// Word for word; control characters are left out.
    #[schema(min_length = 1, max_length = 20000, example = "The app logs me out every ten minutes.")]
    pub text: String,
    /// Made of the first sentence if there is none.
    #[schema(max_length = 200)]
    pub title: Option<String>,
    /// The slug of a topic.
    #[schema(max_length = 100)]
    pub topic: Option<String>,
    /// Where it happens, whom it affects.
    #[schema(max_length = 200)]
    pub affected: Option<String>,
    pub scores: Option<Scores>,
    pub contact: Option<ContactDto>,
    /// What follows from `contact` can also be said: anonymous with a contact, or the reverse, is refused.
    pub anonymous: Option<bool>,
    /// What the sender calls it; the same one from the same channel is taken once. Needs a token.
    #[schema(max_length = 200)]
    pub external_id: Option<String>,
    /// A bot spoke for a customer: it is answered like everybody, and never counted among people. Needs a token.
    #[serde(default)]
    pub machine: bool,
    /// When it was said, if that was earlier. Needs a token.
    pub received_at: Option<DateTime<Utc>>,
}

/// Whom to answer.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactDto {
    #[schema(format = Email, max_length = 254)]
    pub email: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    pub name: String,
    /// The language to answer in, such as `en` or `ru-RU`; that of the text if there is none we speak.
    #[schema(max_length = 35)]
    pub locale: Option<String>,
    /// Which customers or employees they are one of, for rules; replaces what was said before. Needs a token.
    #[schema(max_length = 60, example = "business")]
    pub segment: Option<String>,
}

fn api_channel() -> String {
    "api".to_owned()
}

impl SubmitDto {
    /// The feedback, checked. Only who is trusted may name it, say when it was and who they are: others could take the names
    /// of others, make up a past, or move people to where rules treat them better.
    pub fn submission(self, trusted: bool, now: DateTime<Utc>) -> Result<Submission> {
        let mut wrong = Vec::new();
        let needing_trust = [
            ("external_id", self.external_id.is_some()),
            ("machine", self.machine),
            ("received_at", self.received_at.is_some()),
            ("contact.segment", self.contact.as_ref().is_some_and(|contact| contact.segment.is_some())),
        ];
        for (field, given) in needing_trust {
            if given && !trusted {
                wrong.push(FieldError::new(field, "error-needs-token"));
            }
        }
        match (self.anonymous, &self.contact) {
            (Some(true), Some(_)) => wrong.push(FieldError::new("contact", "error-anonymous-contact")),
            (Some(false), None) => wrong.push(FieldError::new("contact", "error-required")),
            _ => {}
        }
        let submission = Submission {
            originator: originator(self.contact, &self.text),
            voice: self.voice,
            kind: self.kind,
            channel: self.channel,
            topic: self.topic.as_deref().and_then(given).map(str::to_owned),
            title: self.title,
            text: self.text,
            affected: self.affected,
            scores: self.scores.unwrap_or_default(),
            external_id: self.external_id,
            received_at: self.received_at,
            machine: self.machine,
        };
        match submission.checked(now) {
            Ok(submission) if wrong.is_empty() => Ok(submission),
            Ok(_) => Err(Error::Invalid(wrong)),
            Err(Error::Invalid(more)) => {
                Err(Error::Invalid([wrong, more.into_iter().map(in_contact).collect()].concat()))
            }
            Err(other) => Err(other),
        }
    }
}

impl SubmitDto {
    /// The segment of the contact, as it is stored.
    pub fn segment(&self) -> Result<Option<String>> {
        let segment = self.contact.as_ref().and_then(|contact| contact.segment.as_deref());
        segment.map_or(Ok(None), |segment| checked_segment("contact.segment", segment))
    }
}

fn originator(contact: Option<ContactDto>, text: &str) -> Originator {
    let Some(contact) = contact else { return Originator::Anonymous };
    let lang = contact.locale.as_deref().and_then(Lang::from_accept_language).unwrap_or_else(|| Lang::of_text(text));
    Originator::Contact { email: contact.email, name: contact.name, lang }
}

/// The model does not know that address and name come in an object of their own.
fn in_contact(mut wrong: FieldError) -> FieldError {
    if matches!(wrong.field.as_str(), "email" | "name") {
        wrong.field = format!("contact.{}", wrong.field);
    }
    wrong
}

/// What the sender gets for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct ReceiptDto {
    #[schema(example = "7301234567890")]
    pub id: String,
    #[schema(example = "F-7QK3M9X")]
    pub reference: String,
    /// Where its originator follows it; for anonymous feedback the receipt code is asked for there.
    pub tracking_url: String,
    /// Opens anonymous feedback. Shown here and never again: only its hash is stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_code: Option<String>,
    /// By when it is answered.
    pub promised_by: DateTime<Utc>,
}

impl From<Receipt> for ReceiptDto {
    fn from(receipt: Receipt) -> ReceiptDto {
        ReceiptDto {
            id: receipt.id.to_string(),
            reference: receipt.reference,
            tracking_url: receipt.tracking_url,
            receipt_code: receipt.code,
            promised_by: receipt.promised_by,
        }
    }
}

/// What was said, as it is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeedbackDto {
    pub id: String,
    pub reference: String,
    pub voice: Voice,
    pub kind: Kind,
    pub channel: String,
    /// The slug of its topic.
    pub topic: Option<String>,
    pub title: String,
    pub text: String,
    pub affected: Option<String>,
    pub lang: Lang,
    pub scores: Scores,
    /// Of anonymous feedback times are kept to the day.
    pub anonymous: bool,
    pub contact: Option<OriginatorDto>,
    pub external_id: Option<String>,
    /// A bot spoke for a customer.
    pub machine: bool,
    pub received_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// Who said it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OriginatorDto {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub locale: Lang,
}

impl FeedbackDto {
    pub fn new(said: Feedback, topic: Option<String>, contact: Option<OriginatorDto>) -> FeedbackDto {
        FeedbackDto {
            id: said.id.to_string(),
            reference: said.reference,
            voice: said.voice,
            kind: said.kind,
            channel: said.channel,
            topic,
            title: said.title,
            text: said.text,
            affected: said.affected,
            lang: said.lang,
            scores: Scores { nps: said.nps, enps: said.enps, csat: said.csat, ces: said.ces },
            anonymous: said.anonymous,
            contact,
            external_id: said.external_id,
            machine: said.machine,
            received_at: *said.received_at,
            created_at: *said.created_at,
        }
    }
}
