//! Somebody who reads a page fifty times a second and notes how long each took.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(20);
const REQUEST: &[u8] = b"GET /track HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";

pub struct Reader {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Vec<Duration>>,
}

impl Reader {
    pub fn start(port: u16) -> Reader {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut times = Vec::new();
            match read(port, &stopped, &mut times) {
                Ok(()) => times,
                Err(e) => {
                    println!("  a page was not answered: {e}");
                    times
                }
            }
        });
        Reader { stop, thread }
    }

    /// How long each page took.
    pub fn end(self) -> Vec<Duration> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap_or_default()
    }
}

fn read(port: u16, stop: &AtomicBool, times: &mut Vec<Duration>) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 256 * 1024];
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        stream.write_all(REQUEST)?;
        let mut have = 0;
        loop {
            let n = stream.read(&mut buffer[have..])?;
            if n == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            have += n;
            if is_whole(&buffer[..have]) {
                break;
            }
        }
        times.push(began.elapsed());
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|w| w == b"\r\n\r\n") else { return false };
    let headers = String::from_utf8_lossy(&answer[..head]).to_lowercase();
    let length = headers.split("content-length: ").nth(1).and_then(|l| l.lines().next()?.parse::<usize>().ok());
    match length {
        Some(length) => answer.len() >= head + 4 + length,
        None => answer.ends_with(b"\r\n0\r\n\r\n"),
    }
}
