use super::*;
use crate::inbound::message::read;
use rstest::rstest;

const ANN: &str = "ann@example.org";

fn mail(headers: &str) -> Incoming {
    read(format!("{headers}\n\nIt is still slow.\n").replace('\n', "\r\n").as_bytes()).unwrap()
}

/// A case of Ann's.
fn thread() -> Thread {
    Thread { case_id: 7, originator: Some(ANN.into()) }
}

fn to_us() -> Facts {
    Facts { to_us: true, ..Facts::default() }
}

fn by_token() -> Facts {
    Facts { by_token: vec![thread()], ..to_us() }
}

fn by_reference() -> Facts {
    Facts { by_reference: vec![thread()], answers_us: true, ..to_us() }
}

const JOIN: Decision = Decision::Join { case_id: 7 };
const UNVERIFIED: Decision = Decision::Unverified { case_id: 7 };
const OPEN: Decision = Decision::Open { answered: true };
const OPEN_QUIETLY: Decision = Decision::Open { answered: false };

fn apart(why: Apart) -> Decision {
    Decision::Quarantine(why)
}

fn ignored(case_id: Option<i64>) -> Decision {
    Decision::Ignore { what: Automatic::AutoReply, case_id }
}

#[rstest]
#[case::new_mail("From: ann@example.org", to_us(), OPEN)]
#[case::token_and_originator("From: Ann <Ann@Example.org>", by_token(), JOIN)]
#[case::reference_and_originator("From: ann@example.org", by_reference(), JOIN)]
#[case::reference_to_an_address_that_is_not_the_intake("From: ann@example.org", Facts { to_us: false, ..by_reference() }, JOIN)]
#[case::outsider_in_copy_answers_all(
    "From: eve@example.net\nTo: ann@example.org\nCc: feedback@acme.org",
    by_reference(),
    OPEN_QUIETLY
)]
#[case::forwarded_token("From: eve@example.net", by_token(), UNVERIFIED)]
#[case::forged_from_fails_dmarc("From: ann@example.org", Facts { forged: true, ..by_token() }, UNVERIFIED)]
#[case::forged_from_by_reference("From: ann@example.org", Facts { forged: true, ..by_reference() }, UNVERIFIED)]
#[case::forged_from_opens_nothing("From: ann@example.org", Facts { forged: true, ..to_us() }, apart(Apart::Forged))]
#[case::number_in_the_subject("From: eve@example.net\nSubject: Re: [F-7QK3M9X] [#7]", to_us(), OPEN)]
#[case::number_in_the_subject_of_the_originator("From: ann@example.org\nSubject: Re: [F-7QK3M9X]", to_us(), OPEN)]
#[case::guessed_token("From: eve@example.net\nTo: feedback+0000@acme.org", to_us(), OPEN)]
#[case::address_in_the_name("From: \"ann@example.org\" <eve@example.net>", by_token(), UNVERIFIED)]
#[case::sender_header("From: eve@example.net\nSender: ann@example.org", by_token(), UNVERIFIED)]
#[case::reply_to_header("From: eve@example.net\nReply-To: ann@example.org", by_token(), UNVERIFIED)]
#[case::two_authors("From: eve@example.net, ann@example.org", by_token(), UNVERIFIED)]
#[case::two_from_headers("From: ann@example.org\nFrom: eve@example.net", by_token(), UNVERIFIED)]
#[case::two_from_headers_by_reference(
    "From: ann@example.org\nFrom: eve@example.net",
    by_reference(),
    apart(Apart::NoSender)
)]
#[case::look_alike("From: ann@example.org.evil.example", by_token(), UNVERIFIED)]
#[case::look_alike_letter("From: \"Ann\" <аnn@example.org>", by_token(), UNVERIFIED)]
#[case::plus_address("From: ann+x@example.org", by_token(), UNVERIFIED)]
#[case::nobody("Subject: hi", to_us(), apart(Apart::NoSender))]
#[case::not_for_us("From: ann@example.org\nTo: other@acme.org", Facts::default(), apart(Apart::NotForUs))]
#[case::token_of_an_anonymous_case("From: eve@example.net", Facts { by_token: vec![Thread { case_id: 7, originator: None }], ..to_us() }, UNVERIFIED)]
#[case::reference_of_an_anonymous_case("From: eve@example.net", Facts { by_reference: vec![Thread { case_id: 7, originator: None }], ..to_us() }, OPEN)]
#[case::somebody_elses_token_and_the_own_reference("From: eve@example.net", Facts { by_reference: vec![Thread { case_id: 8, originator: Some("eve@example.net".into()) }], ..by_token() }, UNVERIFIED)]
#[case::two_tokens_one_their_own("From: ann@example.org", Facts { by_token: vec![Thread { case_id: 8, originator: Some("eve@example.net".into()) }, thread()], ..to_us() }, JOIN)]
#[case::auto_reply_with_token("From: ann@example.org", Facts { automatic: Some(Automatic::AutoReply), ..by_token() }, ignored(Some(7)))]
#[case::auto_reply_of_a_stranger("From: eve@example.net", Facts { automatic: Some(Automatic::AutoReply), ..by_reference() }, ignored(None))]
#[case::auto_reply_to_nothing("From: eve@example.net", Facts { automatic: Some(Automatic::AutoReply), ..to_us() }, ignored(None))]
fn threads_cannot_be_hijacked(#[case] headers: &str, #[case] facts: Facts, #[case] decision: Decision) {
    assert_eq!(decide(&mail(headers), &facts), decision);
}

#[test]
fn a_mail_without_words_waits() {
    let empty = read(b"From: ann@example.org\r\n\r\n").unwrap();
    assert_eq!(decide(&empty, &to_us()), apart(Apart::Empty));
}

#[rstest]
#[case::failed("Authentication-Results: mx.acme.org; spf=pass; dmarc=fail (p=none) header.from=example.org", true)]
#[case::passed("Authentication-Results: mx.acme.org; dmarc=pass header.from=example.org", false)]
#[case::only_the_topmost(
    "Authentication-Results: mx.acme.org; dmarc=fail\nAuthentication-Results: mx.acme.org; dmarc=pass",
    true
)]
#[case::planted_below(
    "Authentication-Results: mx.acme.org; dmarc=pass\nAuthentication-Results: mx.acme.org; dmarc=fail",
    false
)]
#[case::somebody_elses(
    "Authentication-Results: mx.evil.example; dmarc=fail\nAuthentication-Results: mx.acme.org; dmarc=pass",
    false
)]
#[case::planted_by_another(
    "Authentication-Results: mx.evil.example; dmarc=pass\nAuthentication-Results: mx.acme.org; dmarc=fail",
    true
)]
#[case::in_a_comment("Authentication-Results: mx.acme.org (dmarc=fail); spf=pass (x; dmarc=fail)", false)]
#[case::none("Subject: hi", false)]
fn only_our_own_server_is_believed(#[case] header: &str, #[case] forged: bool) {
    let mail = mail(&format!("{header}\nFrom: ann@example.org"));
    assert_eq!(is_forged(&mail, "mx.acme.org"), forged);
    assert!(!is_forged(&mail, ""), "where our server writes none, nothing can be said");
}
