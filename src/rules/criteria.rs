//! Which cases a rule is for. Everything that is named must be so; nothing named means every case.

use serde::{Deserialize, Serialize};

/// The stored form of "which cases": the words of the domain, or nothing where it does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Criteria {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// A topic's slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The language the feedback is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The segment of the customer or employee who wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
}

/// What a case is like, for matching.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    pub voice: &'a str,
    pub kind: &'a str,
    pub severity: &'a str,
    pub channel: &'a str,
    pub topic: Option<&'a str>,
    pub lang: &'a str,
    pub segment: Option<&'a str>,
}

impl Criteria {
    pub fn matches(&self, facts: &Facts<'_>) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| wanted.as_deref().is_none_or(|w| found == Some(w));
        is(&self.voice, Some(facts.voice))
            && is(&self.kind, Some(facts.kind))
            && is(&self.severity, Some(facts.severity))
            && is(&self.channel, Some(facts.channel))
            && is(&self.topic, facts.topic)
            && is(&self.lang, Some(facts.lang))
            && is(&self.segment, facts.segment)
    }

    /// Whether every case that the other matches is matched by this one too: placed before it, it leaves it nothing.
    pub fn covers(&self, other: &Criteria) -> bool {
        self.named().iter().zip(other.named()).all(|(mine, theirs)| mine.is_none() || *mine == theirs)
    }

    fn named(&self) -> [Option<&str>; 7] {
        let Criteria { voice, kind, severity, channel, topic, lang, segment } = self;
        [voice, kind, severity, channel, topic, lang, segment].map(|word| word.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said() -> Facts<'static> {
        Facts {
            voice: "customer",
            kind: "complaint",
            severity: "normal",
            channel: "web",
            lang: "ru",
            ..Facts::default()
        }
    }

    #[test]
    fn everything_named_must_be_so() {
        let any = Criteria::default();
        let complaints = Criteria { kind: Some("complaint".into()), ..any.clone() };
        let about = Criteria { topic: Some("billing".into()), ..complaints.clone() };
        assert!(any.matches(&said()) && complaints.matches(&said()) && !about.matches(&said()));
        assert!(about.matches(&Facts { topic: Some("billing"), ..said() }));
        assert!(any.covers(&about) && complaints.covers(&about) && !about.covers(&complaints));
        assert!(complaints.covers(&complaints));
    }
}
