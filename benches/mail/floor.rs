//! The mail library's own connections, with Nagle's algorithm off, sending one finished mail again and again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use lettre::Address;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

use super::sink::Sink;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Mails a second.
pub async fn run(sink: &Sink, mail: Vec<u8>, mails: usize, connections: usize) -> f64 {
    let (before, began) = (sink.taken(), Instant::now());
    let (mail, left) = (Arc::new(mail), Arc::new(AtomicUsize::new(mails)));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(connections);
    let mut ends = Vec::new();
    for thread in 0..threads {
        let (done, ended) = tokio::sync::oneshot::channel();
        let (port, mail, left) = (sink.port, Arc::clone(&mail), Arc::clone(&left));
        let share = connections / threads + usize::from(thread < connections % threads);
        std::thread::spawn(move || {
            let sent = tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| {
                runtime.block_on(futures_util::future::join_all((0..share).map(|_| send(port, &mail, &left))))
            });
            for failed in sent.into_iter().flatten().filter_map(Result::err) {
                println!("  floor: {failed}");
            }
            done.send(()).ok();
        });
        ends.push(ended);
    }
    futures_util::future::join_all(ends).await;
    (sink.taken() - before) as f64 / began.elapsed().as_secs_f64()
}

async fn send(port: u16, mail: &[u8], left: &AtomicUsize) -> Result<(), Failed> {
    let tcp = TcpStream::connect(("127.0.0.1", port)).await?;
    tcp.set_nodelay(true)?;
    let hello = ClientId::Domain("heard.example".into());
    let mut server = AsyncSmtpConnection::connect_with_transport(Box::new(tcp), &hello).await?;
    let (from, to): (Address, Address) = ("heard@heard.example".parse()?, "ann@example.com".parse()?);
    while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
        server.command(Mail::new(Some(from.clone()), vec![])).await?;
        server.command(Rcpt::new(to.clone(), vec![])).await?;
        server.command(Data).await?;
        server.message(mail).await?;
    }
    server.quit().await?;
    Ok(())
}
