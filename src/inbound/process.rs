//! Reads the mails that were stored, one after the other: a mail that takes its reader down is tried a few times and then
//! kept apart; all others go on. May run on many nodes beside each other: leases keep them apart.

use super::automatic::recognise;
use super::carry_out::{Case, carry_out};
use super::decide::{Apart, Decision, DigestAnswer, Facts, decide, is_forged};
use super::message::{self, Incoming};
use super::store::{self, Claimed, Finished, Status};
use crate::app::App;
use crate::db::Conn;
use crate::digest::answers::by_mail;
use crate::error::{Error, Result};
use crate::mail::replies::Replies;
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;

/// Reads what is due, at most so many; returns how many were read.
pub async fn run(app: &App, most: usize) -> Result<usize> {
    let mut read = 0;
    while read < most && !app.stopping() {
        let now = app.clock.now();
        let Some(claimed) = app.db.write(move |c| Ok(store::claim(c, now)?)).await? else { break };
        if let Err(e) = one(app, claimed).await {
            // The mail is safe where it is: it is read again when whatever stands in the way is gone.
            tracing::warn!(mail = claimed.id, error = %e, "a mail could not be processed and will be tried again");
            app.db.write(move |c| Ok(store::put_back(c, &claimed, now)?)).await?;
        }
        read += 1;
    }
    Ok(read)
}

async fn one(app: &App, claimed: Claimed) -> Result<()> {
    if claimed.attempts > store::MOST_ATTEMPTS {
        return keep_apart(app, claimed, Finished::default(), "gave_up").await;
    }
    let mail = match opened(app, claimed.id).await? {
        Ok(mail) => Arc::new(mail),
        Err(why) => return keep_apart(app, claimed, Finished::default(), why.as_str()).await,
    };
    let decision = decided(app, &mail).await?;
    match carry_out(app, claimed, &mail, &decision).await {
        // What it says can never be taken; trying again would not change that.
        Err(Error::Invalid(wrong)) => {
            let said: Vec<String> = wrong.iter().map(|e| format!("{} {}", e.field, e.key)).collect();
            keep_apart(app, claimed, finished(&mail), &format!("refused: {}", said.join(", "))).await
        }
        carried_out => carried_out,
    }
}

/// The mail with this id, read on a thread where it holds nobody up.
pub async fn opened(app: &App, id: i64) -> Result<std::result::Result<Incoming, message::Unreadable>> {
    let raw = app.db.read(move |c| Ok(store::raw(c, id)?)).await?;
    tokio::task::spawn_blocking(move || message::read(&raw)).await.map_err(Error::internal)
}

/// What is written down about every mail that could be read.
pub(super) fn finished(mail: &Incoming) -> Finished {
    Finished {
        message_id: mail.message_id.clone(),
        sender: mail.from.as_ref().map(|from| from.address.clone()).unwrap_or_default(),
        subject: mail.subject.chars().take(300).collect(),
        ..Finished::default()
    }
}

async fn keep_apart(app: &App, claimed: Claimed, end: Finished, why: &str) -> Result<()> {
    let (now, end) = (app.clock.now(), Finished { reason: Some(why.to_owned()), ..end });
    app.db.write(move |c| Ok(store::finish(c, &claimed, Status::Quarantined, &end, now)?)).await.map(|_| ())
}

async fn decided(app: &App, mail: &Arc<Incoming>) -> Result<Decision> {
    let (mail, replies, settings) = (Arc::clone(mail), app.replies.clone(), app.config.inbound.clone());
    let now = app.clock.now();
    let work = move |c: &mut Conn| {
        let facts = facts(c, &mail, &replies, &settings.authserv_id)?;
        let decision = decide(&mail, &facts);
        let caps = (settings.most_per_thread_hour, settings.most_per_sender_day);
        let too_many = is_too_many(c, &mail, &decision, caps, now)?;
        Ok(if too_many { Decision::Quarantine(Apart::TooMany) } else { decision })
    };
    app.db.read(work).await
}

fn facts(c: &mut Conn, mail: &Incoming, replies: &Replies, authserv_id: &str) -> Result<Facts> {
    let mut facts = Facts {
        to_us: mail.recipients.iter().any(|address| replies.is_intake(address)),
        automatic: recognise(mail, replies),
        forged: is_forged(mail, authserv_id),
        ..Facts::default()
    };
    for case_id in mail.recipients.iter().filter_map(|address| replies.case_of(address)) {
        facts.by_token.extend(store::thread(c, case_id)?);
    }
    for address in mail.recipients.iter().filter(|address| replies.is_return_path(address)) {
        match replies.returned_mail(address) {
            Some(mail_id) => facts.returned.extend(store::sent_mail(c, mail_id)?),
            None => facts.forged_path = true,
        }
    }
    facts.digest = digest(c, mail, replies)?;
    facts.unsubscriber = mail.recipients.iter().find_map(|address| replies.unsubscriber(address));
    for local in mail.references.iter().rev().filter_map(|id| replies.our_mail(id)) {
        facts.answers_us = true;
        if let Some(case_id) = store::case_of_mail(c, local)? {
            facts.by_reference.extend(store::thread(c, case_id)?);
        }
    }
    Ok(facts)
}

/// The digest that a mail answers, if it went to the address of one.
fn digest(c: &mut Conn, mail: &Incoming, replies: &Replies) -> Result<Option<DigestAnswer>> {
    let Some(mail_id) = mail.recipients.iter().find_map(|address| replies.digest_mail(address)) else {
        return Ok(None);
    };
    let Some(got) = by_mail::got(c, mail_id)? else { return Ok(None) };
    let by_reader = mail.from.as_ref().is_some_and(|from| got.is_from(&from.address));
    Ok(Some(DigestAnswer { mail_id, by_reader }))
}

/// More than a person writes. Two machines that do not know each other as such would go on for ever.
fn is_too_many(
    c: &mut Conn,
    mail: &Incoming,
    decision: &Decision,
    (per_thread_hour, per_sender_day): (i64, i64),
    now: DateTime<Utc>,
) -> Result<bool> {
    let case_id = match decision {
        Decision::Open { .. } | Decision::AnswerDigest { .. } => None,
        Decision::Join { case_id } | Decision::Unverified { case_id } => Some(*case_id),
        Decision::Ignore { .. } | Decision::Bounced { .. } | Decision::Unsubscribe { .. } | Decision::Quarantine(_) => {
            return Ok(false);
        }
    };
    if let Some(case_id) = case_id
        && store::count_about(c, case_id, Status::Done, now - Duration::hours(1))? >= per_thread_hour
    {
        return Ok(true);
    }
    let Some(from) = &mail.from else { return Ok(false) };
    Ok(store::count_from(c, &from.address, now - Duration::days(1))? >= per_sender_day)
}

/// Carries out what an administrator decided about a mail that was kept apart.
pub async fn decide_by_hand(app: &App, id: i64, case: Option<Case>) -> Result<()> {
    let claimed = app.db.read(move |c| Ok(store::stored(c, id)?)).await?;
    if !matches!(claimed.status, Status::Quarantined | Status::Ignored) {
        return Err(Error::Conflict("inbound-decided-already"));
    }
    let mail = opened(app, id).await?.map_err(|_| Error::Conflict("inbound-unreadable"))?;
    let from = mail.from.as_ref().map(|from| from.address.as_str());
    let decision = match case {
        None if from.is_none() => return Err(Error::Conflict("inbound-no-sender")),
        None => Decision::Open { answered: true },
        Some(case) if case.originator.is_some() && case.originator.as_deref() == from => {
            Decision::Join { case_id: case.id }
        }
        Some(case) => Decision::Unverified { case_id: case.id },
    };
    carry_out(app, claimed, &Arc::new(mail), &decision).await
}
