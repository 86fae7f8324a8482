//! The judge is judged: whatever it is there to see is done to it on purpose, and it must say so.

use crate::evidence::{self, Rest};
use crate::fleet::Fleet;
use crate::http::Client;
use crate::judge::{Receipts, Verdict, judge};
use crate::ledger::Ledger;
use crate::place::Place;
use crate::sink::{Script, Sink, Step};
use crate::table::Report;
use crate::{Result, ledger, load};
use diesel::connection::SimpleConnection;
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

struct Court<'a> {
    place: &'a Place,
    fleet: Fleet,
    sink: Sink,
    ledger: Ledger,
    said: usize,
}

pub fn run(place: &Place) -> Result<Report> {
    let sink = Sink::start(&place.folder)?;
    let (fleet, ledger) = (Fleet::start(place, 1, sink.port)?, Ledger::open(&place.folder, 0)?);
    let mut court = Court { place, fleet, sink, ledger, said: 0 };
    let mut seen = Vec::new();
    court.say(3)?;
    let clean = court.verdict()?;
    seen.push(("nothing, where nothing is wrong", clean.broken.is_empty()));

    court.sink.follow(Script { swallows: true, ..Script::default() });
    court.say(1)?;
    seen.push(("a mail that nobody got", court.verdict()?.mails.lost == 1));

    // It takes the mail and says that it has not.
    court.sink.follow(Script { say: vec![(Step::Taken, "451 later")], ..Script::default() });
    court.say(1)?;
    court.sink.follow(Script::default());
    court.change("update outbox set next_at = created_at where status = 'retry'")?;
    seen.push(("a mail that came twice", court.verdict()?.mails.twice_otherwise == 1));

    let before = court.verdict()?.mails;
    court.forge()?;
    let after = court.verdict()?.mails;
    seen.push(("a mail of somebody else's", after.forged == before.forged + 1));
    seen.push(("a bare LF", after.bare == before.bare + 1));

    let first = "(select min(id) from feedback)";
    court.change(&format!("delete from outbox where case_id = {first}"))?;
    seen.push(("half of a submission", court.verdict()?.half_written == 1));
    court.change(&format!(
        "delete from journal where subject_id = {first}; delete from cases where id = {first}; \
         delete from feedback where id = {first}"
    ))?;
    seen.push(("a submission that was lost", court.verdict()?.lost.len() == 1));

    let title = format!("what the judge sees on {}", place.database.name());
    let lines = seen.iter().map(|(what, saw)| ((*what).to_owned(), if *saw { "seen" } else { "NOT SEEN" }.to_owned()));
    let broken = seen.iter().filter(|(_, saw)| !saw).map(|(what, _)| format!("the judge does not see {what}"));
    Ok(Report { title, lines: lines.collect(), broken: broken.collect() })
}

impl Court<'_> {
    /// Gives feedback so often and waits until its mails were tried.
    fn say(&mut self, times: usize) -> Result<()> {
        let mut http = Client::of(self.fleet.port(0));
        for _ in 0..times {
            self.said += 1;
            let mark = format!("plant-{}", self.said);
            let contact = json!({"email": format!("{mark}@example.org"), "name": "Anna Berg"});
            let body =
                json!({"voice": "customer", "kind": "idea", "text": format!("{mark} says: yes."), "contact": contact});
            let answer = load::post(&mut http, self.place, &mark, &body)?;
            self.ledger.note(&mark, &load::reference(&answer)?)?;
        }
        let c = &mut self.place.attach()?.conn;
        let untried = "select count(*) as n from outbox where status = 'leased' or attempts = 0";
        while evidence::count(c, untried)? > 0 {
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn verdict(&self) -> Result<Verdict> {
        evidence::settle(self.place, Rest::Full)?;
        let (ledger, evidence) = (ledger::read(&self.place.folder, 1)?, evidence::gather(self.place)?);
        Ok(judge(&ledger, Receipts::Feedback, &evidence, &self.sink.mails(), &self.fleet.deaths()))
    }

    /// Does to the database what no server would.
    fn change(&self, statements: &str) -> Result<()> {
        Ok(self.place.attach()?.conn.batch_execute(statements)?)
    }

    /// Hands the mail server a mail that is in no outbox, with a line that ends in LF alone.
    fn forge(&self) -> Result<()> {
        let before = self.sink.mails().len();
        let mut stream = TcpStream::connect(("127.0.0.1", self.sink.port))?;
        for line in ["RCPT TO:<victim@example.org>", "DATA", "Message-ID: <x@y>\r\n\r\none\ntwo\r\n.", "QUIT"] {
            stream.write_all(format!("{line}\r\n").as_bytes())?;
        }
        while self.sink.mails().len() == before {
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}
