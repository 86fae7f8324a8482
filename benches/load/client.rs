//! A client that keeps its connections and asks as fast as it is answered.

use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(Clone)]
pub struct Load {
    pub port: u16,
    pub request: String,
    pub connections: usize,
    pub time: Duration,
}

/// Answers a second, and milliseconds.
#[derive(Default)]
pub struct Answers {
    pub rate: f64,
    pub p50: f64,
    pub p99: f64,
    pub failed: usize,
    pub first_failure: String,
}

pub fn get(path: &str, cookie: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: heard={cookie}\r\n\r\n")
}

pub fn post_json(path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Runs on a thread of its own, beside the server's.
pub async fn run(load: Load) -> Answers {
    let (done, ended) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let answers = runtime.map(|runtime| runtime.block_on(all(&load))).unwrap_or_default();
        done.send(answers).ok();
    });
    ended.await.unwrap_or_default()
}

async fn all(load: &Load) -> Answers {
    let until = Instant::now() + load.time;
    let tasks = (0..load.connections).map(|_| one(load.port, &load.request, until));
    let ended = futures_util::future::join_all(tasks).await;
    let mut times: Vec<Duration> = ended.iter().flat_map(|(times, _)| times.iter().copied()).collect();
    times.sort();
    let at = |share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times.get(index).map_or(0.0, |t| t.as_secs_f64() * 1000.0)
    };
    let failures: Vec<&String> = ended.iter().flat_map(|(_, failures)| failures).collect();
    Answers {
        rate: times.len() as f64 / load.time.as_secs_f64(),
        p50: at(0.5),
        p99: at(0.99),
        failed: failures.len(),
        first_failure: failures.first().map(ToString::to_string).unwrap_or_default(),
    }
}

async fn one(port: u16, request: &str, until: Instant) -> (Vec<Duration>, Vec<String>) {
    let (mut times, mut failures) = (Vec::new(), Vec::new());
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else {
        return (times, vec!["no connection".into()]);
    };
    let mut buffer = Vec::with_capacity(64 * 1024);
    while Instant::now() < until {
        let asked = Instant::now();
        match exchange(&mut stream, request, &mut buffer).await {
            Ok(status) if status.starts_with('2') => times.push(asked.elapsed()),
            Ok(status) => failures.push(format!("{status}: {}", String::from_utf8_lossy(&buffer))),
            Err(e) => {
                failures.push(e.to_string());
                break;
            }
        }
    }
    (times, failures)
}

/// One request and its whole answer; the status. Our answers always say their length, or come in chunks.
async fn exchange(stream: &mut TcpStream, request: &str, buffer: &mut Vec<u8>) -> std::io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let Some(head) = buffer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let headers = String::from_utf8_lossy(&buffer[..head]).to_lowercase();
        let length = headers.split("content-length: ").nth(1).and_then(|l| l.lines().next()?.parse::<usize>().ok());
        let whole = match length {
            Some(length) => buffer.len() >= head + 4 + length,
            None => buffer.ends_with(b"\r\n0\r\n\r\n"),
        };
        if whole {
            return Ok(headers.split(' ').nth(1).unwrap_or_default().to_owned());
        }
    }
}
