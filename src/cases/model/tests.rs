use super::*;
use crate::sla::calendar::Calendar;
use crate::sla::policy::{Ladder, Span, Targets};

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::hours(hours)
}

pub fn case() -> Case {
    Case {
        id: 1,
        status: Status::New,
        owner_id: None,
        team_id: None,
        primary_id: None,
        version: 1,
        respond_by: at(0).into(),
        resolve_by: at(0).into(),
        tell_by: at(0).into(),
        next_due: None,
        responded_at: None,
        resolved_at: None,
        outcome: None,
        resolution: None,
        told_at: None,
        told_how: None,
        helped: None,
        helped_at: None,
        reopened: 0,
        updated_at: at(0).into(),
        severity: Severity::Normal,
        topic_id: None,
        root_cause_id: None,
        first_contact: None,
        snoozed_until: None,
        policy_id: None,
        clock: Clock::start(at(0)),
        answer_by: None,
        alert_at: None,
        escalation: 0,
        apart: false,
    }
}

/// First answer in 24 hours, the next in 10, a solution in 240, the news of it in 288; no weekends.
fn due(case: &mut Case) -> Option<i64> {
    let always = Calendar::always();
    let hours = |n: u32| Span::Working(n * 60);
    let targets =
        Targets { first_response: hours(24), next_response: hours(10), resolution: hours(240), tell_back: hours(288) };
    let ladder = Ladder { lead: hours(4), head: hours(24) };
    case.derive(&Terms { targets, warn_percent: 80, ladder, calendar: &always, always: &always }, at(0));
    case.next_due.map(|due| (*due - DateTime::UNIX_EPOCH).num_hours())
}

#[test]
fn waiting_stops_the_clock_and_writing_back_moves_it() {
    let mut case = case();
    assert_eq!(due(&mut case), Some(24));
    case.respond(true, at(2));
    assert_eq!((case.status, due(&mut case)), (Status::Waiting, None));
    case.hear_back(at(50));
    assert_eq!((case.status, due(&mut case)), (Status::InReview, Some(60)), "their message is to be answered");
    case.respond(false, at(55));
    assert_eq!(due(&mut case), Some(240 + 48));
}

#[test]
fn what_is_put_off_has_nothing_due_until_it_wakes() -> Result<()> {
    let mut case = case();
    assert!(case.snooze(at(1), at(2)).is_err(), "not into the past");
    case.snooze(at(30), at(10))?;
    assert_eq!(due(&mut case), None);
    assert_eq!(case.alert_at, Some(at(30).into()), "the sweep wakes it");
    case.wake(at(30));
    assert_eq!((due(&mut case), case.snoozed_until), (Some(44), None));
    case.respond(true, at(31));
    case.snooze(at(40), at(32))?;
    case.wake(at(40));
    assert_eq!((case.status, due(&mut case)), (Status::Waiting, None), "it still waits for them");
    Ok(())
}

#[test]
fn closed_only_when_told() -> Result<()> {
    let mut case = case();
    case.told(ToldHow::Mail, at(1));
    assert_eq!(case.status, Status::New, "there was nothing to tell yet");
    case.resolve(Outcome::Solved, "Done", at(3))?;
    assert_eq!((case.status, due(&mut case)), (Status::Resolved, Some(288)));
    assert!(case.resolve(Outcome::Solved, "Again", at(3)).is_err());
    case.told(ToldHow::Mail, at(4));
    assert_eq!((case.status, due(&mut case), case.steps()), (Status::Closed, None, [true, true, true, true, false]));
    assert_eq!(case.alert_at, Some((at(4) + standing::ANSWER_WITHIN).into()), "then it is no answer");
    Ok(())
}

#[test]
fn no_reopens_with_the_time_that_was_left_and_yes_stands() -> Result<()> {
    let mut case = case();
    assert!(case.confirm(at(1)).is_err(), "nothing to confirm yet");
    case.assign(Some(7), None);
    case.resolve(Outcome::Solved, "Done", at(40))?;
    case.told(ToldHow::Mail, at(41));
    case.object(at(100))?;
    assert_eq!((case.status, case.reopened, due(&mut case)), (Status::InReview, 1, Some(110)));
    case.respond(false, at(101));
    assert_eq!(due(&mut case), Some(300), "40 of 240 hours were used");
    case.resolve(Outcome::Solved, "Really", at(110))?;
    assert!(!case.contradicts(true), "what they said was of the outcome before");
    case.confirm(at(111))?;
    assert_eq!((case.status, case.told_how), (Status::Closed, Some(ToldHow::Page)));
    assert!(case.contradicts(false));
    Ok(())
}

#[test]
fn whoever_said_no_may_still_say_yes() -> Result<()> {
    let mut case = case();
    case.resolve(Outcome::Solved, "Done", at(3))?;
    case.told(ToldHow::Mail, at(4));
    case.object(at(5))?;
    assert!(case.contradicts(true));
    case.confirm(at(6))?;
    assert_eq!((case.status, case.helped, case.outcome), (Status::Closed, Some(true), Some(Outcome::Solved)));
    Ok(())
}

#[test]
fn a_person_who_cannot_be_told_is_not_counted_as_told() -> Result<()> {
    let mut case = case();
    case.resolve(Outcome::NotPossible, "No", at(3))?;
    case.told(ToldHow::NoAddress, at(3));
    assert_eq!((case.status, case.steps()[3], due(&mut case)), (Status::Closed, false, None));
    assert_eq!(case.alert_at, None, "nobody is asked");
    Ok(())
}

#[test]
fn a_merged_case_stops_and_goes_on_where_it_stood() {
    let mut case = case();
    case.merge(9, at(10));
    assert_eq!(due(&mut case), None);
    case.unmerge(at(100));
    assert_eq!((due(&mut case), case.primary_id), (Some(114), None));
}

#[test]
fn a_case_waits_for_the_day_of_its_change() {
    let mut case = case();
    case.respond(false, at(1));
    case.follow_change(Status::Decided, Some(at(500)), at(10));
    assert_eq!((case.status, due(&mut case)), (Status::Decided, None));
    case.wake(at(500));
    assert_eq!(due(&mut case), Some(240 + 490), "then the promise runs again");
}

#[test]
fn whoever_waits_too_long_can_raise_it() -> Result<()> {
    let mut case = case();
    due(&mut case);
    assert!(case.escalate(at(24)).is_err(), "the promised date has not passed");
    case.escalate(at(25))?;
    assert_eq!(case.escalation, 2);
    case.escalate(at(26))?;
    assert!(case.escalate(at(27)).is_err(), "there is nobody above the head");
    Ok(())
}
