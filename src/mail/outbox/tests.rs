use chrono::Duration;
use rstest::rstest;
use serde_json::json;

use super::super::transport::Outcome;
use super::after::{self, After};
use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn mail(attempts: i32, reply: Option<&str>) -> Mail {
    Mail {
        id: 7,
        message_id: "ob-7".into(),
        person_id: 1,
        template: "received".into(),
        event_id: 1,
        case_id: None,
        lang: Lang::En,
        address: "ann@example.com".into(),
        name: "Ann".into(),
        data: Doc(json!({})),
        status: Status::Leased,
        attempts,
        next_at: now().into(),
        reply: reply.map(str::to_owned),
        sent_at: None,
        created_at: now().into(),
    }
}

fn after(attempts: i32, reply: Option<&str>, outcome: Outcome) -> After {
    after::after(&mail(attempts, reply), &outcome, now(), 0.0)
}

#[test]
fn retries_go_on_for_more_than_three_days() {
    let mut waited = Duration::zero();
    for attempt in 1..MOST_ATTEMPTS {
        let next = after(attempt, None, Outcome::Retry("450".into()));
        assert_eq!(next.status, Status::Retry, "attempt {attempt}");
        waited += next.next_at - now();
    }
    assert!(waited >= Duration::hours(72), "{waited}");
    assert_eq!(after(MOST_ATTEMPTS, None, Outcome::Retry("450".into())).status, Status::Failed);
    let late = after::after(&mail(1, None), &Outcome::Retry("450".into()), now(), 1.0);
    assert_eq!(late.next_at - now(), Duration::seconds(72));
}

#[rstest]
#[case(Outcome::Sent("250".into()), Status::Sent)]
#[case(Outcome::Refused("550".into()), Status::Suppressed)]
#[case(Outcome::Suppressed("unsubscribed".into()), Status::Suppressed)]
#[case(Outcome::Failed("554".into()), Status::Failed)]
fn the_end(#[case] outcome: Outcome, #[case] status: Status) {
    assert_eq!(after(1, None, outcome).status, status);
}

#[test]
fn what_may_have_arrived_rests_and_is_tried_once_more() {
    let first = after(1, None, Outcome::Unknown("lost".into()));
    assert_eq!((first.status, first.next_at - now()), (Status::Unknown, Duration::minutes(15)));
    let second = after(2, Some(&first.reply), Outcome::Unknown("lost".into()));
    assert_eq!(second.status, Status::Failed);
    // A stopped sender in between does not make it forget.
    let stopped = after(2, Some(&first.reply), Outcome::Unreachable("down".into()));
    assert_eq!(
        (stopped.status, stopped.attempts, stopped.reply),
        (Status::Retry, 1, "may have been sent already: down".into())
    );
    // Nor does a server that is not ready: what is lost after that may have arrived before.
    let later = after(2, Some(&first.reply), Outcome::Retry("451".into()));
    assert_eq!(after(3, Some(&later.reply), Outcome::Unknown("lost".into())).status, Status::Failed);
}

#[test]
fn a_mail_that_cannot_be_rendered_is_given_up_after_five_tries() {
    let broken = || Outcome::Unrenderable("no such variable".into());
    assert_eq!(after(MOST_RENDERINGS - 1, None, broken()).status, Status::Retry);
    assert_eq!(after(MOST_RENDERINGS, None, broken()).status, Status::Failed);
}

#[test]
fn a_stopped_sender_is_not_held_against_the_mail() {
    let stopped = after(3, None, Outcome::SenderStopped("535".into()));
    assert_eq!((stopped.status, stopped.attempts, stopped.next_at), (Status::Retry, 2, now()));
}
