//! Nothing of a person is in the log: a whole story is told to the real program, every kind of error in it, and what it
//! wrote is searched for addresses, names, words, passwords and tokens.

use crate::process::{FORM, Server, folder, heard, until};
use crate::support::fresh_postgres;
use diesel::prelude::*;
use heard::db::Location;
use heard::db::conn::Use;
use heard::db::inspect::Attached;
use heard::db::schema::outbox;
use heard::mail::outbox::Status;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

const PASSWORD: &str = "quagga-quagga-quagga-7";
const SECRET: &str = "okapi-hook-secret";
/// Planted wherever somebody could type something.
const WORDS: [&str; 7] = ["ZEBRAWORDS", "zebra@example.org", "Zebra Person", PASSWORD, SECRET, "ZEBRATOKEN", "@"];

/// A mail server that names everybody it speaks of, as real ones do, and refuses one of them.
fn talkative_server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        listener.incoming().flatten().for_each(|stream| drop(std::thread::spawn(|| talk(stream))))
    });
    port
}

fn talk(stream: TcpStream) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    out.write_all(b"220 talkative\r\n").ok()?;
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.to_ascii_uppercase() {
            l if l.starts_with("RCPT") && l.contains("REFUSED") => format!("550 5.1.1 {line}: no such user ZEBRAWORDS"),
            l if l.starts_with("RCPT") && l.contains("LATER") => format!("450 4.2.1 {line}: come back ZEBRAWORDS"),
            l if l.starts_with("DATA") => {
                out.write_all(b"354 go on\r\n").ok()?;
                while lines.next()?.ok()? != "." {}
                "250 taken for zebra@example.org".into()
            }
            _ => format!("250 {line}"),
        };
        out.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
    Some(())
}

fn command(database: &str, args: &[&str], typed: &str) -> String {
    let mut command = heard(database);
    let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{typed}").unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

fn feedback(server: &Server, email: &str) -> String {
    let said = format!(
        "text=ZEBRAWORDS+about+the+lift&kind=problem&voice=customer&answer=email&name=Zebra+Person&email={email}%40example.org"
    );
    server.post("/feedback", FORM, &said)
}

/// Everything that is typed, sent and done, rightly and wrongly.
fn story(server: &Server, database: &str, api_token: &str) {
    for email in ["zebra", "refused", "later"] {
        assert!(feedback(server, email).contains(" 200 "), "{email}");
    }
    assert!(feedback(server, "not an address").contains(" 422 "));
    let anonymous =
        server.post("/feedback", FORM, "text=ZEBRAWORDS+in+secret&kind=problem&voice=employee&answer=anonymous");
    assert!(anonymous.contains(" 200 "));
    server.post("/feedback", FORM, "ZEBRAWORDS=%ff");

    let sign_in =
        |password: &str| server.post("/sign-in", FORM, &format!("email=ada%40example.org&password={password}&next="));
    assert!(sign_in("ZEBRAWORDS").contains(" 422 "));
    let answer = sign_in(PASSWORD);
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: heard=")).expect("signed in");
    let session = cookie.split(';').next().unwrap();
    let signed_in = format!("{FORM}Cookie: heard={session}\r\nSec-Fetch-Site: same-origin\r\n");
    let cases = Attached::open(&Location::parse(database).unwrap(), Use::Read).unwrap().conn;
    let reference = reference(cases);
    let reply =
        server.post(&format!("/cases/{reference}/replies"), &signed_in, "text=ZEBRAWORDS+to+zebra%40example.org");
    assert!(reply.contains(" 303 "), "{reply}");
    server.post(&format!("/cases/{reference}/notes"), &signed_in, "text=ZEBRAWORDS");
    server.post(&format!("/cases/{reference}/notes"), &signed_in, "wrong=ZEBRAWORDS");
    server.post("/admin/people", &signed_in, "email=zebra%40example.org&name=Zebra+Person&role=owner&lang=en&team=");
    server.post("/password", FORM, "email=ada%40example.org");

    for path in [
        "/t/ZEBRATOKEN",
        "/setup/ZEBRATOKEN",
        "/password/ZEBRATOKEN",
        "/unsubscribe/ZEBRATOKEN",
        "/search?q=zebra@example.org",
    ] {
        server.get(path);
    }
    server.post("/track", FORM, "code=ZEBRATOKEN");
    let machine = format!("Content-Type: application/json\r\nAuthorization: Bearer {api_token}\r\n");
    let said = r#"{"voice":"customer","kind":"idea","channel":"api","text":"ZEBRAWORDS","contact":{"email":"zebra@example.org","name":"Zebra Person"}}"#;
    assert!(server.post("/api/v1/feedback", &machine, said).contains(" 201 "));
    for wrong in [r#"{"voice":"ZEBRAWORDS"}"#, r#"{"ZEBRAWORDS":"zebra@example.org"}"#, "{ZEBRAWORDS"] {
        server.post("/api/v1/feedback", &machine, wrong);
    }
    server.post("/api/v1/feedback", "Content-Type: application/json\r\nAuthorization: Bearer ZEBRATOKEN\r\n", said);

    let hook = format!("Content-Type: message/rfc822\r\nAuthorization: Bearer {SECRET}\r\n");
    let mail = "From: Zebra Person <zebra@example.org>\r\nTo: feedback@acme.org\r\nSubject: ZEBRAWORDS\r\nMessage-ID: <zebra@example.org>\r\n\r\nZEBRAWORDS\r\n";
    assert!(server.post("/hooks/inbound-mail", &hook, mail).contains(" 200 "));
    server.post("/hooks/inbound-mail", &hook, "ZEBRAWORDS zebra@example.org");
    server.post("/hooks/inbound-mail", "Authorization: Bearer ZEBRATOKEN\r\n", mail);
    let log = std::fs::read_to_string(&server.log).unwrap();
    assert!(!log.contains(session), "the session is in the log");
}

fn reference(mut c: heard::db::Conn) -> String {
    use heard::db::schema::feedback;
    let named = feedback::table.filter(feedback::person_id.is_not_null());
    named.select(feedback::reference).first(&mut c).unwrap()
}

fn nothing_leaks(database: &str) {
    let mail = format!("smtp://127.0.0.1:{}", talkative_server());
    let token = {
        let added = ["user", "add", "ada@example.org", "--name", "Zebra Person", "--role", "admin", "--stdin"];
        command(database, &added, PASSWORD);
        let token = ["token", "create", "--email", "ada@example.org", "--name", "test", "--scope", "feedback:write"];
        command(database, &token, "").split_whitespace().last().expect("a token").to_owned()
    };
    let backups = folder().display().to_string();
    let server = Server::start(
        database,
        &[
            ("HEARD_LOG", "debug"),
            ("HEARD__MAIL__URL", &mail),
            ("HEARD__MAIL__FROM", "heard@acme.org"),
            ("HEARD__INBOUND__ADDRESS", "feedback@acme.org"),
            ("HEARD__INBOUND__SECRET", SECRET),
            ("HEARD__BACKUP__FOLDER", &backups),
        ],
    );
    story(&server, database, &token);
    let location = Location::parse(database).unwrap();
    let mut look = Attached::open(&location, Use::Read).unwrap();
    until("every mail was tried", || {
        let untried = outbox::table.filter(outbox::status.eq_any([Status::Queued, Status::Leased]));
        let untried: i64 = untried.count().get_result(&mut look.conn).unwrap();
        let tried: i64 = outbox::table.filter(outbox::attempts.gt(0)).count().get_result(&mut look.conn).unwrap();
        (untried == 0 && tried >= 5).then_some(())
    });
    server.tell("-TERM");
    let mut server = server;
    assert!(server.ended().success());

    let log = std::fs::read_to_string(&server.log).unwrap();
    assert!(log.lines().count() > 20, "something was logged: {log}");
    for word in WORDS.iter().chain([&token.as_str()]) {
        let found: Vec<&str> = log.lines().filter(|line| line.contains(word)).collect();
        assert!(found.is_empty(), "{word} is in the log:\n{}", found.join("\n"));
    }
}

#[test]
fn nothing_of_a_person_is_logged_on_sqlite() {
    nothing_leaks(&format!("sqlite://{}/heard.db", folder().display()));
}

#[test]
fn nothing_of_a_person_is_logged_on_postgres() {
    let Some(database) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    nothing_leaks(&database);
}
