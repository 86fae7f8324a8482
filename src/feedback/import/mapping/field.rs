//! The fields that an import can fill.

use std::str::FromStr;

use super::MappingError;

/// A field of the feedback to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Voice,
    Kind,
    Channel,
    Topic,
    Title,
    Text,
    Affected,
    Lang,
    ReceivedAt,
    ExternalId,
    ContactEmail,
    ContactName,
    ContactLocale,
    ContactSegment,
    Nps,
    Enps,
    Csat,
    Ces,
    Anonymous,
    Machine,
    Status,
}

impl Field {
    pub const ALL: [Self; 21] = [
        Self::Voice,
        Self::Kind,
        Self::Channel,
        Self::Topic,
        Self::Title,
        Self::Text,
        Self::Affected,
        Self::Lang,
        Self::ReceivedAt,
        Self::ExternalId,
        Self::ContactEmail,
        Self::ContactName,
        Self::ContactLocale,
        Self::ContactSegment,
        Self::Nps,
        Self::Enps,
        Self::Csat,
        Self::Ces,
        Self::Anonymous,
        Self::Machine,
        Self::Status,
    ];

    /// Without these there is no feedback.
    pub const REQUIRED: [Self; 2] = [Self::Voice, Self::Text];

    /// Its name in mappings and messages; the names of the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Kind => "kind",
            Self::Channel => "channel",
            Self::Topic => "topic",
            Self::Title => "title",
            Self::Text => "text",
            Self::Affected => "affected",
            Self::Lang => "lang",
            Self::ReceivedAt => "received_at",
            Self::ExternalId => "external_id",
            Self::ContactEmail => "contact.email",
            Self::ContactName => "contact.name",
            Self::ContactLocale => "contact.locale",
            Self::ContactSegment => "contact.segment",
            Self::Nps => "scores.nps",
            Self::Enps => "scores.enps",
            Self::Csat => "scores.csat",
            Self::Ces => "scores.ces",
            Self::Anonymous => "anonymous",
            Self::Machine => "machine",
            Self::Status => "status",
        }
    }
}

impl FromStr for Field {
    type Err = MappingError;

    fn from_str(name: &str) -> Result<Self, MappingError> {
        Self::ALL
            .into_iter()
            .find(|field| field.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| MappingError::UnknownField(name.to_owned()))
    }
}
