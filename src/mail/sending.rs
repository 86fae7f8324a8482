//! `/admin/sending`: how our mails say who they are, and whether the DNS agrees.

use super::Identity;
use super::dkim::Record;
use super::dns::{self, Finding, Questions, Verdict};
use crate::config::Config;
use crate::error::Result;
use crate::web::Page;
use crate::web::viewer::Role;
use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, get, resource};
use serde_json::{Value, json};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/admin/sending").route(get().to(show)));
}

/// Looks up what the DNS should say about our mail.
pub async fn look(config: &Config, identity: &Identity) -> Vec<Finding> {
    let questions = Questions {
        domain: identity.domain.clone(),
        relay: identity.relay.clone(),
        keys: identity.keys.clone(),
        intake: config.inbound.address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()),
    };
    dns::look(&questions, config.mail.resolver.parse().ok()).await
}

/// GET /admin/sending
async fn show(page: Page) -> Result<HttpResponse> {
    page.viewer()?.require(Role::Admin)?;
    let identity = page.app.mailer.identity();
    let findings = look(&page.app.config, &identity).await;
    page.render(
        "sending/page",
        json!({
            "from": page.app.config.mail.from,
            "domain": identity.domain,
            "relay": identity.relay,
            "return_path": identity.return_path,
            "reply_to": identity.reply_to,
            "intake": page.app.config.inbound.address,
            "keys": identity.keys,
            "findings": findings.iter().map(|finding| shown(&page, finding)).collect::<Vec<_>>(),
            "publish": records(&identity.domain, &identity.keys, &findings),
        }),
    )
}

fn shown(page: &Page, finding: &Finding) -> Value {
    json!({
        "subject": finding.subject,
        "verdict": finding.verdict,
        "name": finding.name,
        "found": finding.found,
        "error": finding.error,
        "says": page.t(&format!("sending-{}-{}", finding.subject, finding.verdict), &[]),
    })
}

/// What is still to be published. Which servers may send only the admin knows, so SPF is theirs to write.
fn records(domain: &str, keys: &[Record], findings: &[Finding]) -> Vec<Record> {
    let lacks =
        |name: &str| findings.iter().any(|f| f.name == name && matches!(f.verdict, Verdict::Missing | Verdict::Wrong));
    let mut publish: Vec<Record> = keys.iter().filter(|key| lacks(&key.name)).cloned().collect();
    let missing = |f: &Finding| f.subject == dns::Subject::Dmarc && f.verdict == Verdict::Missing;
    if findings.iter().any(missing) {
        let value = format!("v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}");
        publish.push(Record { name: format!("_dmarc.{domain}"), value });
    }
    publish
}
