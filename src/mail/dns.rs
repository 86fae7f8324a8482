//! What the DNS says about our mail: who may send it (SPF), which keys sign it (DKIM), what to do with mail that fails
//! both (DMARC), and where mail to us goes (MX). It is only looked at, never waited for long.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::rr::RData;
use serde::Serialize;
use tokio::time::timeout;

use super::dkim::Record;

/// Of one question, and of all of them together.
const ONE: Duration = Duration::from_secs(2);
const ALL: Duration = Duration::from_secs(5);
/// More records of a kind than anybody publishes.
const MOST: usize = 20;
const LONGEST: usize = 1000;

crate::text_enum! {
    /// What is looked at.
    pub enum Subject {
        Spf = "spf",
        Dkim = "dkim",
        Dmarc = "dmarc",
        Mx = "mx",
    }
}

crate::text_enum! {
    /// How it stands.
    pub enum Verdict {
        Good = "good",
        /// It is there, and could say more.
        Weak = "weak",
        Missing = "missing",
        Wrong = "wrong",
        /// Nobody answered.
        Unknown = "unknown",
    }
}

/// What was found out about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub subject: Subject,
    pub verdict: Verdict,
    /// Where in the DNS.
    pub name: String,
    /// What stands there.
    pub found: Vec<String>,
    /// Why nobody knows.
    pub error: Option<String>,
}

/// What is to be looked at.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// Behind the @ of what mails come from.
    pub domain: String,
    /// The server that mails are handed to; none if none is.
    pub relay: Option<String>,
    pub keys: Vec<Record>,
    /// Behind the @ of what people write to, if they can.
    pub intake: Option<String>,
}

/// Asks all of it at once; `server` instead of those this machine is set up with.
pub async fn look(questions: &Questions, server: Option<SocketAddr>) -> Vec<Finding> {
    let resolver = match resolver(server) {
        Ok(resolver) => Ok(resolver),
        Err(e) => Err(e.to_string()),
    };
    let ask = Ask { resolver };
    let (spf, dmarc) = (spf(&ask, questions), dmarc(&ask, &questions.domain));
    let keys = join_all(questions.keys.iter().map(|key| dkim(&ask, key)));
    let intake = join_all(questions.intake.iter().map(|domain| mx(&ask, domain)));
    let (spf, keys, dmarc, intake) = futures_util::join!(spf, keys, dmarc, intake);
    [vec![spf], keys, vec![dmarc], intake].concat()
}

fn resolver(server: Option<SocketAddr>) -> Result<TokioResolver, NetError> {
    let mut builder = match server {
        None => TokioResolver::builder_tokio()?,
        Some(address) => {
            let with_port = |mut connection: ConnectionConfig| {
                connection.port = address.port();
                connection
            };
            let connections = vec![with_port(ConnectionConfig::udp()), with_port(ConnectionConfig::tcp())];
            let server = NameServerConfig::new(address.ip(), true, connections);
            let config = ResolverConfig::from_name_servers(vec![server]);
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
        }
    };
    let options = builder.options_mut();
    (options.timeout, options.attempts, options.edns0) = (ONE, 1, true);
    builder.build()
}

/// A question may fail in its own way without keeping the others from being answered.
struct Ask {
    resolver: Result<TokioResolver, String>,
}

/// Records, or why there is no telling.
type Answer = Result<Vec<String>, String>;

impl Ask {
    /// The texts at a name, each put together from its strings.
    async fn texts(&self, name: &str) -> Answer {
        let resolver = self.resolver.as_ref().map_err(Clone::clone)?;
        let text = |data: &RData| match data {
            RData::TXT(text) => Some(text.txt_data.iter().map(|piece| String::from_utf8_lossy(piece)).collect()),
            _ => None,
        };
        answered(resolver.txt_lookup(format!("{name}.")), text).await
    }

    /// The servers that take mail, the preferred one first.
    async fn mail_servers(&self, name: &str) -> Answer {
        let resolver = self.resolver.as_ref().map_err(Clone::clone)?;
        let server = |data: &RData| match data {
            RData::MX(mx) => Some(format!("{:05} {}", mx.preference, mx.exchange)),
            _ => None,
        };
        let mut servers = answered(resolver.mx_lookup(format!("{name}.")), server).await?;
        servers.sort();
        Ok(servers.into_iter().map(|server| server.trim_start_matches('0').trim_start().to_owned()).collect())
    }
}

async fn answered(
    question: impl Future<Output = Result<hickory_resolver::lookup::Lookup, NetError>>,
    read: impl Fn(&RData) -> Option<String>,
) -> Answer {
    match timeout(ALL, question).await {
        Ok(Ok(lookup)) => {
            let found = lookup.answers().iter().filter_map(|record| read(&record.data)).take(MOST);
            Ok(found.map(|text| shown(&text)).collect())
        }
        Ok(Err(NetError::Dns(DnsError::NoRecordsFound(_)))) => Ok(Vec::new()),
        Ok(Err(e)) => Err(shown(&e.to_string())),
        Err(_) => Err(format!("no answer in {} seconds", ALL.as_secs())),
    }
}

/// Strangers wrote it: on one line, without anything invisible.
fn shown(text: &str) -> String {
    super::message::one_line(text, LONGEST)
}

fn finding(subject: Subject, name: &str, answer: Answer, judge: impl Fn(&[String]) -> Verdict) -> Finding {
    let name = name.to_owned();
    match answer {
        Ok(found) => Finding { subject, verdict: judge(&found), name, found, error: None },
        Err(e) => Finding { subject, verdict: Verdict::Unknown, name, found: Vec::new(), error: Some(e) },
    }
}

async fn spf(ask: &Ask, questions: &Questions) -> Finding {
    let answer = ask.texts(&questions.domain).await.map(|texts| starting(texts, "v=spf1"));
    finding(Subject::Spf, &questions.domain, answer, |found| spf_verdict(found, questions.relay.as_deref()))
}

/// Whether the one record lets somebody send, not everybody, and names the server that we hand our mail to.
fn spf_verdict(found: &[String], relay: Option<&str>) -> Verdict {
    let [record] = found else {
        // RFC 7208 4.5: of two records neither counts.
        return if found.is_empty() { Verdict::Missing } else { Verdict::Wrong };
    };
    let record = record.to_lowercase();
    let words: Vec<&str> = record.split_whitespace().skip(1).collect();
    let all_may = words.iter().any(|word| matches!(*word, "all" | "+all"));
    let somebody = words.iter().any(|word| !word.ends_with("all") && !word.starts_with(['-', '~', '?']));
    let named = relay.is_none_or(|relay| {
        let owner: Vec<&str> = relay.rsplit('.').take(2).collect();
        let owner = format!("{}.{}", owner.get(1).unwrap_or(&""), owner[0]).to_lowercase();
        words.iter().any(|word| word.contains(&owner) || matches!(*word, "a" | "mx") || word.starts_with("ip"))
    });
    match (somebody, all_may, named) {
        (false, _, _) | (_, true, _) => Verdict::Wrong,
        (true, false, true) => Verdict::Good,
        (true, false, false) => Verdict::Weak,
    }
}

async fn dkim(ask: &Ask, key: &Record) -> Finding {
    let answer = ask.texts(&key.name).await;
    finding(Subject::Dkim, &key.name, answer, |found| match found {
        [] => Verdict::Missing,
        found if found.iter().any(|text| key.is_said_by(text)) => Verdict::Good,
        _ => Verdict::Wrong,
    })
}

/// The record of the domain, or of the one it belongs to (RFC 7489 6.6.3).
async fn dmarc(ask: &Ask, domain: &str) -> Finding {
    let mut at = domain;
    loop {
        let name = format!("_dmarc.{at}");
        let answer = ask.texts(&name).await.map(|texts| starting(texts, "v=DMARC1"));
        let above = at.split_once('.').map(|(_, above)| above).filter(|above| above.contains('.'));
        match (&answer, above) {
            (Ok(found), Some(above)) if found.is_empty() => at = above,
            _ => return finding(Subject::Dmarc, &name, answer, dmarc_verdict),
        }
    }
}

fn dmarc_verdict(found: &[String]) -> Verdict {
    let [record] = found else { return if found.is_empty() { Verdict::Missing } else { Verdict::Wrong } };
    let policy = record.split(';').filter_map(|part| part.split_once('=')).find(|(key, _)| key.trim() == "p");
    match policy.map(|(_, value)| value.trim().to_lowercase()).as_deref() {
        Some("quarantine" | "reject") => Verdict::Good,
        Some("none") => Verdict::Weak,
        _ => Verdict::Wrong,
    }
}

async fn mx(ask: &Ask, domain: &str) -> Finding {
    let answer = ask.mail_servers(domain).await;
    finding(Subject::Mx, domain, answer, |found| match found {
        [] => Verdict::Missing,
        // RFC 7505: takes no mail.
        [only] if only.ends_with(" .") || only == "." => Verdict::Wrong,
        _ => Verdict::Good,
    })
}

fn starting(texts: Vec<String>, with: &str) -> Vec<String> {
    let starts = |text: &String| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    texts.into_iter().filter(starts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], None, Verdict::Missing)]
    #[case(&["v=spf1 mx -all", "v=spf1 a -all"], None, Verdict::Wrong)]
    #[case(&["v=spf1 -all"], None, Verdict::Wrong)]
    #[case(&["v=spf1 mx +all"], None, Verdict::Wrong)]
    #[case(&["v=spf1 include:_spf.mailer.example ~all"], None, Verdict::Good)]
    #[case(&["v=spf1 include:_spf.mailer.example ~all"], Some("smtp.eu.mailer.example"), Verdict::Good)]
    #[case(&["v=spf1 include:_spf.mailer.example ~all"], Some("smtp.other.example"), Verdict::Weak)]
    #[case(&["v=spf1 ip4:192.0.2.0/24 -all"], Some("smtp.other.example"), Verdict::Good)]
    fn spf(#[case] found: &[&str], #[case] relay: Option<&str>, #[case] verdict: Verdict) {
        let found: Vec<String> = found.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(spf_verdict(&found, relay), verdict);
    }

    #[rstest]
    #[case(&[], Verdict::Missing)]
    #[case(&["v=DMARC1; p=reject"], Verdict::Good)]
    #[case(&["v=DMARC1;p=none; rua=mailto:a@b.c"], Verdict::Weak)]
    #[case(&["v=DMARC1; sp=reject"], Verdict::Wrong)]
    fn dmarc(#[case] found: &[&str], #[case] verdict: Verdict) {
        let found: Vec<String> = found.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(dmarc_verdict(&found), verdict);
    }
}
