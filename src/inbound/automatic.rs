//! Mail that no person wrote: it never opens a case, never reopens one, and is never answered. Pure.

use super::message::Incoming;
use super::message::delivery::Delivery;
use crate::mail::replies::Replies;

crate::text_enum! {
    /// What sort of machine wrote.
    pub enum Automatic {
        /// Our own mail came back to us.
        Own = "own",
        /// A mail could not be delivered.
        Bounce = "bounce",
        /// A report that a mail could not be delivered which we never sent.
        ForgedBounce = "forged_bounce",
        /// Delayed, delivered, read: no failure.
        Notice = "notice",
        /// Somebody called our mail spam.
        SpamReport = "spam_report",
        AutoReply = "auto_reply",
        /// Written by a program.
        Generated = "generated",
        List = "list",
        Bulk = "bulk",
    }
}

/// Senders behind whom there is nobody.
const DAEMONS: [&str; 6] =
    ["mailer-daemon", "mailer_daemon", "mailerdaemon", "postmaster", "mail-daemon", "maildaemon"];
/// With these a subject begins that an absent person's program wrote.
const ABSENCES: [&str; 24] = [
    "automatic reply",
    "automated reply",
    "auto-reply",
    "auto reply",
    "autoreply",
    "auto:",
    "autoresponse",
    "auto-response",
    "out of office",
    "out of the office",
    "vacation reply",
    "on vacation:",
    "автоответ",
    "автоматический ответ",
    "автоматическое уведомление",
    "я в отпуске",
    "нет на месте",
    "automatische antwort",
    "abwesenheit",
    "réponse automatique",
    "respuesta automática",
    "risposta automatica",
    "automatyczna odpowiedź",
    "מענה 'אני לא נמצא'",
];

/// What sort of machine wrote this mail; none if it seems to come from a person.
pub fn recognise(mail: &Incoming, replies: &Replies) -> Option<Automatic> {
    let from = mail.from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
    if replies.is_ours(from) || mail.message_id.as_deref().is_some_and(|id| replies.our_mail(id).is_some()) {
        return Some(Automatic::Own);
    }
    report(mail)
        .or_else(|| returned(mail))
        .or_else(|| submitted(mail))
        .or_else(|| sent_to_many(mail))
        .or_else(|| away(mail))
}

/// multipart/report (RFC 6522): of a delivery, of a reader, of a complaint.
fn report(mail: &Incoming) -> Option<Automatic> {
    if mail.report.as_deref() == Some("feedback-report") {
        return Some(Automatic::SpamReport);
    }
    let no_failure = |one: &Delivery| matches!(one.action.as_str(), "delayed" | "delivered" | "relayed" | "expanded");
    match (mail.deliveries.as_slice(), mail.report.as_deref()) {
        ([], Some("disposition-notification")) => Some(Automatic::Notice),
        ([], Some("delivery-status")) => Some(Automatic::Bounce),
        ([], Some(_)) => returned(mail).or(Some(Automatic::Notice)),
        ([], None) => None,
        (all, _) if all.iter().all(no_failure) => Some(Automatic::Notice),
        _ => Some(Automatic::Bounce),
    }
}

/// Mail that nobody is to answer, or that a mail server wrote.
fn returned(mail: &Incoming) -> Option<Automatic> {
    let from = mail.from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default();
    let name = mail.from.as_ref().map(|from| from.name.to_lowercase()).unwrap_or_default();
    let daemon = DAEMONS.iter().any(|daemon| local.starts_with(daemon) || name.contains(daemon))
        || name.starts_with("mail delivery s");
    if daemon || mail.headers.has("x-failed-recipients") {
        return Some(Automatic::Bounce);
    }
    let null = mail.headers.all("return-path").any(|path| path.trim().is_empty() || path.trim() == "<>");
    null.then_some(Automatic::AutoReply)
}

/// RFC 3834, and what programs wrote before it.
fn submitted(mail: &Incoming) -> Option<Automatic> {
    let said = mail.headers.all("auto-submitted").map(str::to_lowercase).find(|said| !is_no(said));
    if let Some(said) = said {
        let replied = said.trim_start().starts_with("auto-replied");
        return Some(if replied { Automatic::AutoReply } else { Automatic::Generated });
    }
    let marked = |(name, value): (&str, &str)| {
        (name.starts_with("x-auto") || name == "x-mail-autoreply" || name == "x-vacation") && !is_no(value)
    };
    mail.headers.iter().any(marked).then_some(Automatic::AutoReply)
}

/// "no", perhaps with parameters or a comment.
fn is_no(said: &str) -> bool {
    said.split([';', ' ', '(']).next().is_some_and(|word| word.eq_ignore_ascii_case("no"))
}

fn sent_to_many(mail: &Incoming) -> Option<Automatic> {
    if mail.headers.iter().any(|(name, _)| name.starts_with("list-") || name == "mailing-list") {
        return Some(Automatic::List);
    }
    let precedence = mail.headers.first("precedence").unwrap_or_default().trim().to_lowercase();
    match precedence.as_str() {
        "auto_reply" => Some(Automatic::AutoReply),
        "list" => Some(Automatic::List),
        "bulk" | "junk" => Some(Automatic::Bulk),
        _ => None,
    }
}

/// The last hint: programs that say so nowhere but in the subject.
fn away(mail: &Incoming) -> Option<Automatic> {
    let subject = mail.subject.trim().to_lowercase();
    let subject = subject.strip_prefix("re:").unwrap_or(&subject).trim_start();
    ABSENCES.iter().any(|start| subject.starts_with(start)).then_some(Automatic::AutoReply)
}

#[cfg(test)]
mod tests;
