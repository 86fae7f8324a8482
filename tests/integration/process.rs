//! The real program as a child process, over real sockets: how it starts beside others, how it ends, what it writes
//! into its log, and what it does to a restore.

use crate::support::fresh_postgres;
use diesel::prelude::*;
use heard::db::conn::Use;
use heard::db::inspect::{self, Attached};
use heard::db::schema::{nodes, outbox};
use heard::db::{Conn, Location, migrate};
use heard::mail::outbox::Status;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const LONG: Duration = Duration::from_secs(60);

pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join("heard-tests").join(heard::id::secret());
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Waits for something to be so, but not for ever.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < LONG, "in vain: {what}");
        // Leaves the machine to what is waited for.
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A program that runs, killed when dropped.
pub struct Server {
    pub child: Child,
    pub port: u16,
    pub log: PathBuf,
}

pub fn heard(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heard"));
    command.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default());
    command.env("HEARD__DATABASE__URL", database).env("HEARD__LIMITS__ENABLED", "false");
    command.current_dir(folder()).stdin(Stdio::null());
    command
}

impl Server {
    pub fn start(database: &str, settings: &[(&str, &str)]) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = folder().join("log");
        let bind = format!("127.0.0.1:{port}");
        let mut command = heard(database);
        command.env("HEARD__HTTP__BIND", &bind).env("HEARD__HTTP__PUBLIC_URL", format!("http://{bind}"));
        command.env("HEARD__HTTP__STOP_GRACE_SECONDS", "1").envs(settings.iter().copied());
        command.stdout(Stdio::null()).stderr(std::fs::File::create(&log).unwrap());
        let server = Server { child: command.arg("serve").spawn().unwrap(), port, log };
        until("it is ready", || server.try_get("/readyz").filter(|answer| answer.starts_with("HTTP/1.1 200")));
        server
    }

    pub fn connect(&self) -> Option<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(LONG)).unwrap();
        Some(stream)
    }

    fn try_get(&self, path: &str) -> Option<String> {
        let mut stream = self.connect()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    pub fn get(&self, path: &str) -> String {
        self.try_get(path).expect("an answer")
    }

    pub fn post(&self, path: &str, headers: &str, body: &str) -> String {
        let mut stream = self.connect().expect("it listens");
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub fn tell(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    pub fn ended(&mut self) -> ExitStatus {
        until("it ends", || self.child.try_wait().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const SAID: &str = "text=The+lift+is+stuck+again&kind=problem&voice=customer&answer=email&email=anna%40example.org";

/// One answer on a connection that stays open.
fn read_answer(stream: &mut TcpStream) -> String {
    let (mut answer, mut byte) = (Vec::new(), [0]);
    while !answer.ends_with(b"\r\n\r\n") {
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "it hung up: {}", String::from_utf8_lossy(&answer));
        answer.push(byte[0]);
    }
    let head = String::from_utf8(answer).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0").parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    head
}

/// A mail server that takes a connection and never says a word.
fn silent_server() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, met) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let count = met.clone();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            held.push(stream);
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    (port, met)
}

fn look<T>(database: &str, work: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    let mut attached = Attached::open(&Location::parse(database).unwrap(), Use::Write).unwrap();
    work(&mut attached.conn).unwrap()
}

fn databases() -> Vec<String> {
    let mut all = vec![format!("sqlite://{}/heard.db", folder().display())];
    all.extend(fresh_postgres());
    all
}

#[test]
fn it_ends_in_order_and_in_time() {
    for database in databases() {
        let (smtp, met) = silent_server();
        let mut server = Server::start(&database, &[("HEARD__MAIL__URL", &format!("smtp://127.0.0.1:{smtp}"))]);
        assert!(server.post("/feedback", FORM, SAID).starts_with("HTTP/1.1 200"));
        until("the mail is being sent", || (met.load(Ordering::Relaxed) > 0).then_some(()));
        let mut idle = server.connect().unwrap();
        write!(idle, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert!(!read_answer(&mut idle).contains("connection: close"));
        let mut slow = server.connect().unwrap();
        let (half, rest) = SAID.split_at(20);
        write!(slow, "POST /feedback HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{FORM}\r\n{half}", SAID.len())
            .unwrap();
        until("the half is under way", || server.get("/healthz").starts_with("HTTP/1.1 200").then_some(()));

        let told = Instant::now();
        server.tell("-TERM");
        let unready = until("it says that it stops", || Some(server.get("/readyz")).filter(|a| a.contains(" 503 ")));
        assert!(unready.contains(r#""cause":"stopping""#), "{unready}");
        assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
        let mut kept = server.connect().unwrap();
        write!(kept, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert!(read_answer(&mut kept).contains("connection: close"));
        until("it listens no more", || server.connect().is_none().then_some(()));
        assert!(told.elapsed() >= Duration::from_secs(1), "the grace of a second");
        write!(slow, "{rest}").unwrap();
        let answer = read_answer(&mut slow);
        assert!(answer.starts_with("http/1.1 200") && answer.contains("connection: close"), "{answer}");

        let code = server.ended();
        assert!(code.success() && told.elapsed() < Duration::from_secs(30), "{code} after {:?}", told.elapsed());
        let (leased, there): (i64, i64) = look(&database, |c| {
            let leased = outbox::table.filter(outbox::status.eq(Status::Leased)).count().get_result(c)?;
            Ok((leased, nodes::table.count().get_result(c)?))
        });
        assert_eq!((leased, there), (0, 0), "leases are given back, and it is no node any more");
        drop(idle);
    }
}

fn run(mut command: Command) -> Output {
    command.output().unwrap()
}

fn with(mut command: Command, args: &[&str]) -> Command {
    command.args(args);
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_restore_is_refused_while_a_server_runs_and_leaves_no_log_behind() {
    let home = folder();
    let database = format!("sqlite://{}/heard.db", home.display());
    let copy = home.join("copy").display().to_string();
    let mut server = Server::start(&database, &[]);
    assert!(server.post("/feedback", FORM, SAID).starts_with("HTTP/1.1 200"));
    let made = run(with(heard(&database), &["backup", &copy]));
    assert!(made.status.success(), "{}", said(&made));
    assert!(server.post("/feedback", FORM, SAID).starts_with("HTTP/1.1 200"));

    let refused = run(with(heard(&database), &["restore", "--yes", &copy]));
    assert!(!refused.status.success() && said(&refused).contains("in use"), "{}", said(&refused));
    assert!(server.post("/feedback", FORM, SAID).starts_with("HTTP/1.1 200"), "it was not disturbed");

    server.tell("-KILL");
    server.ended();
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", home.join("heard.db").display()));
    assert!(beside("-wal").exists(), "a killed server leaves its log");
    let restored = run(with(heard(&database), &["restore", "--yes", &copy]));
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(!beside("-wal").exists() && !beside("-shm").exists());
    let rows = look(&database, inspect::rows);
    assert_eq!(rows["feedback"], 1);
    let mut files = std::fs::read_dir(&home).unwrap().map(|entry| entry.unwrap().path());
    let is_kept = |path: &PathBuf| path.to_string_lossy().contains("before-restore") && !ends_as_log(path);
    let kept = files.find(is_kept).unwrap();
    assert_eq!(look(&format!("sqlite://{}", kept.display()), inspect::rows)["feedback"], 3, "what was there is kept");
    assert!(Server::start(&database, &[]).get("/healthz").starts_with("HTTP/1.1 200"));
}

fn ends_as_log(path: &Path) -> bool {
    let name = path.to_string_lossy();
    ["-wal", "-shm", ".lock"].iter().any(|end| name.ends_with(end))
}

#[test]
fn a_restore_is_refused_while_a_server_runs_on_postgres() {
    let Some(database) = fresh_postgres() else { return eprintln!("no PostgreSQL") };
    let copy = folder().join("copy").display().to_string();
    let server = Server::start(&database, &[]);
    let made = run(with(heard(&database), &["backup", &copy]));
    assert!(made.status.success(), "{}", said(&made));
    let refused = run(with(heard(&database), &["restore", "--yes", &copy]));
    assert!(!refused.status.success() && said(&refused).contains("in use"), "{}", said(&refused));
    drop(server);
}

#[test]
fn nodes_that_start_together_take_turns() {
    for database in databases() {
        let starting: Vec<Child> = (0..3)
            .map(|_| {
                let mut command = with(heard(&database), &["migrate", "--json"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let done: Vec<Output> = starting.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        assert!(done.iter().all(|output| output.status.success()), "{:?}", done.iter().map(said).collect::<Vec<_>>());
        let took_steps = done.iter().filter(|output| said(output).contains("_base")).count();
        assert_eq!(took_steps, 1, "one does it, the others wait");
    }
}

#[test]
fn a_migration_that_is_killed_is_taken_up_again() {
    for database in databases() {
        // Earlier and later each time, until one gets through.
        for milliseconds in (0..).map(|n| 5 + n * 10) {
            let mut child = with(heard(&database), &["migrate"]).stdout(Stdio::null()).spawn().unwrap();
            let began = Instant::now();
            until("its time has come", || (began.elapsed().as_millis() >= milliseconds).then_some(()));
            let through = child.try_wait().unwrap().is_some_and(|code| code.success());
            child.kill().unwrap();
            child.wait().unwrap();
            if through {
                break;
            }
        }
        let again = run(with(heard(&database), &["migrate"]));
        assert!(again.status.success(), "{}", said(&again));
        let location = Location::parse(&database).unwrap();
        let mut c = Conn::open(&location, Use::Write).unwrap();
        assert!(migrate::steps(&mut c).unwrap().missing.is_empty());
        let other = match location {
            Location::Sqlite(_) => Location::Sqlite(folder().join("fresh.db")),
            Location::Postgres(_) => Location::Postgres(fresh_postgres().unwrap()),
        };
        let mut fresh = Conn::open(&other, Use::Write).unwrap();
        migrate::up(&mut fresh).unwrap();
        assert_eq!(crate::schema::describe(&mut c), crate::schema::describe(&mut fresh));
    }
}
