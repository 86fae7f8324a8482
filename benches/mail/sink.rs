//! A mail server that takes everything as fast as it comes, on a thread of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub struct Sink {
    pub port: u16,
    taken: Arc<AtomicUsize>,
    last: Arc<Mutex<Vec<u8>>>,
}

impl Sink {
    pub fn start() -> std::io::Result<Sink> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let sink = Sink { port: listener.local_addr()?.port(), taken: Arc::default(), last: Arc::default() };
        let (taken, last) = (Arc::clone(&sink.taken), Arc::clone(&sink.last));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            let local = tokio::task::LocalSet::new();
            local.block_on(&runtime, async move {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                while let Ok((tcp, _)) = listener.accept().await {
                    tokio::task::spawn_local(serve(tcp, Arc::clone(&taken), Arc::clone(&last)));
                }
            });
        });
        Ok(sink)
    }

    /// How many mails it has taken.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// The first mail that came, as it came: before the dots were doubled it was no longer.
    pub fn last(&self) -> Vec<u8> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(mut tcp: TcpStream, taken: Arc<AtomicUsize>, first: Arc<Mutex<Vec<u8>>>) -> Option<()> {
    tcp.set_nodelay(true).ok()?;
    tcp.write_all(b"220 sink\r\n").await.ok()?;
    let mut buffer = Vec::with_capacity(128 * 1024);
    loop {
        let line = until(&mut tcp, &mut buffer, b"\r\n").await?;
        let answer: &[u8] = match line.get(..4)?.to_ascii_uppercase().as_slice() {
            b"DATA" => {
                tcp.write_all(b"354 go on\r\n").await.ok()?;
                let mail = until(&mut tcp, &mut buffer, b"\r\n.\r\n").await?;
                if taken.fetch_add(1, Ordering::Relaxed) == 0 {
                    *first.lock().unwrap_or_else(PoisonError::into_inner) = mail;
                }
                b"250 taken\r\n"
            }
            b"QUIT" => return tcp.write_all(b"221 bye\r\n").await.ok(),
            _ => b"250 sink\r\n",
        };
        tcp.write_all(answer).await.ok()?;
    }
}

/// What came before this mark; the rest stays in the buffer.
async fn until(tcp: &mut TcpStream, buffer: &mut Vec<u8>, mark: &[u8]) -> Option<Vec<u8>> {
    let mut looked = 0;
    loop {
        if let Some(at) = buffer[looked..].windows(mark.len()).position(|w| w == mark) {
            let rest = buffer.split_off(looked + at + mark.len());
            return Some(std::mem::replace(buffer, rest));
        }
        looked = buffer.len().saturating_sub(mark.len());
        if tcp.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}
