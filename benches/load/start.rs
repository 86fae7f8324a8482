//! From the start of the process to the first answer, and what it holds when nobody asks anything.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub fn measure(folder: &Path, database: &str) {
    match start(folder, database) {
        Ok((first, memory)) => {
            println!(
                "start to first 200 on this database: {} ms; idle memory: {} MB",
                first.as_millis(),
                memory / 1024
            );
        }
        Err(e) => println!("the binary could not be started: {e}"),
    }
}

fn start(folder: &Path, database: &str) -> std::io::Result<(Duration, u64)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let began = Instant::now();
    let mut server = Command::new(env!("CARGO_BIN_EXE_heard"))
        .arg("serve")
        .env("HEARD__HTTP__BIND", format!("127.0.0.1:{port}"))
        .env("HEARD__DATABASE__URL", database)
        .env("HEARD__MAIL__URL", format!("local:{}", folder.join("mail").display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let first = loop {
        if ready(port).unwrap_or(false) {
            break began.elapsed();
        }
        if began.elapsed() > Duration::from_secs(20) {
            server.kill()?;
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    std::thread::sleep(Duration::from_secs(3));
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id()))?;
    let memory = status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse().ok());
    server.kill()?;
    server.wait()?;
    Ok((first, memory.unwrap_or(0)))
}

fn ready(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}
