//! A mail server on a socket that answers by a script, for tests.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// What it answers to a command ("RCPT"), at the start ("banner") or to the final dot ("."); "close" hangs up, with
/// an answer before it if there is one: "250 ok;close"; "hold" waits until the test lets go; "after 120 s" waits so long.
pub type Script = &'static [(&'static str, &'static str)];

/// What happened at the server.
#[derive(Default)]
pub struct Seen {
    pub connections: usize,
    pub commands: Vec<String>,
    pub mails: Vec<String>,
}

pub struct FakeServer {
    pub port: u16,
    /// The authority of its certificate, as PEM.
    pub authority: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    /// Somebody is being held.
    holding: Notify,
    let_go: Notify,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Secure {
    No,
    StartTls,
    FromTheStart,
}

impl FakeServer {
    pub async fn start(script: Script) -> FakeServer {
        FakeServer::start_secure(script, Secure::No).await
    }

    pub async fn start_secure(script: Script, secure: Secure) -> FakeServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, shared) = (listener.local_addr().unwrap().port(), Arc::new(Shared::default()));
        let (acceptor, authority) = certified();
        let server = FakeServer { port, authority, shared: Arc::clone(&shared) };
        tokio::spawn(async move {
            loop {
                let (tcp, _) = listener.accept().await.unwrap();
                shared.seen.lock().unwrap().connections += 1;
                let (acceptor, shared) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    if secure == Secure::FromTheStart {
                        let Ok(tls) = acceptor.accept(tcp).await else { return };
                        serve(tls, script, secure, &shared).await;
                    } else if let Some(tcp) = serve(tcp, script, secure, &shared).await {
                        let Ok(tls) = acceptor.accept(tcp).await else { return };
                        serve(tls, script, Secure::FromTheStart, &shared).await;
                    }
                });
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn seen<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.shared.seen.lock().unwrap())
    }

    /// Returns when a conversation is being held.
    pub async fn holding(&self) {
        self.shared.holding.notified().await;
    }

    pub fn let_go(&self) {
        self.shared.let_go.notify_one();
    }
}

/// Talks until the client leaves or the script hangs up; gives the stream back for the handshake after STARTTLS.
async fn serve<S>(stream: S, script: Script, secure: Secure, shared: &Shared) -> Option<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let after_start_tls = secure == Secure::FromTheStart && !shared.seen.lock().unwrap().commands.is_empty();
    if !after_start_tls && !answer(&mut stream, script, shared, "banner").await {
        return None;
    }
    loop {
        let line = read_line(&mut stream).await?;
        let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default().to_uppercase();
        shared.seen.lock().unwrap().commands.push(line.trim_end().to_owned());
        if verb == "EHLO" && secure == Secure::StartTls {
            stream.write_all(b"250-fake\r\n250 STARTTLS\r\n").await.ok()?;
            continue;
        }
        if !answer(&mut stream, script, shared, &verb).await || verb == "QUIT" {
            return None;
        }
        if verb == "STARTTLS" {
            return Some(stream.into_inner());
        }
        if verb == "DATA" && scripted(script, "DATA").is_none_or(|reply| reply.starts_with('3')) {
            let mail = read_mail(&mut stream, scripted(script, "body")).await?;
            if !answer(&mut stream, script, shared, ".").await {
                return None;
            }
            shared.seen.lock().unwrap().mails.push(mail);
        }
    }
}

async fn read_line<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut line = String::new();
    (stream.read_line(&mut line).await.ok()? > 0).then_some(line)
}

async fn read_mail<S: AsyncRead + Unpin>(stream: &mut BufReader<S>, body: Option<&str>) -> Option<String> {
    let mut mail = String::new();
    loop {
        let line = read_line(stream).await?;
        if body == Some("close") {
            return None;
        }
        if line == ".\r\n" {
            return Some(mail);
        }
        mail.push_str(&line);
    }
}

async fn answer<S>(stream: &mut BufReader<S>, script: Script, shared: &Shared, step: &str) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let reply = scripted(script, step).unwrap_or(match step {
        "banner" => "220 fake",
        "EHLO" => "250-fake\r\n250 AUTH PLAIN LOGIN",
        "AUTH" => "235 welcome",
        "STARTTLS" => "220 go ahead",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    });
    if reply == "hold" {
        shared.holding.notify_one();
        shared.let_go.notified().await;
        return stream.write_all(b"250 at last\r\n").await.is_ok();
    }
    if reply == "after 120 s" {
        tokio::time::sleep(Duration::from_secs(120)).await;
        return stream.write_all(b"250 at last\r\n").await.is_ok();
    }
    let (text, hang_up) = match reply.strip_suffix("close") {
        Some(text) => (text.trim_end_matches(';'), true),
        None => (reply, false),
    };
    if !text.is_empty() && stream.write_all(format!("{text}\r\n").as_bytes()).await.is_err() {
        return false;
    }
    stream.flush().await.is_ok() && !hang_up
}

fn scripted(script: Script, step: &str) -> Option<&'static str> {
    script.iter().find(|(name, _)| *name == step).map(|(_, reply)| *reply)
}

fn certified() -> (TlsAcceptor, String) {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), cert.pem())
}
