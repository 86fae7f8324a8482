//! A mail server on a socket that answers by a script, for tests.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// What it answers to a command ("RCPT"), at the start ("banner") or to the final dot ("."); "close" hangs up, with
/// an answer before it if there is one: "250 ok;close".
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
    seen: Arc<Mutex<Seen>>,
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
        let (port, seen) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Seen::default())));
        let (acceptor, authority) = certified();
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                let (tcp, _) = listener.accept().await.unwrap();
                shared.lock().unwrap().connections += 1;
                let (acceptor, seen) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    if secure == Secure::FromTheStart {
                        let Ok(tls) = acceptor.accept(tcp).await else { return };
                        serve(tls, script, secure, &seen).await;
                    } else if let Some(tcp) = serve(tcp, script, secure, &seen).await {
                        let Ok(tls) = acceptor.accept(tcp).await else { return };
                        serve(tls, script, Secure::FromTheStart, &seen).await;
                    }
                });
            }
        });
        FakeServer { port, authority, seen }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn seen<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.lock().unwrap())
    }
}

/// Talks until the client leaves or the script hangs up; gives the stream back for the handshake after STARTTLS.
async fn serve<S>(stream: S, script: Script, secure: Secure, seen: &Mutex<Seen>) -> Option<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let after_start_tls = secure == Secure::FromTheStart && !seen.lock().unwrap().commands.is_empty();
    if !after_start_tls && !answer(&mut stream, script, "banner").await {
        return None;
    }
    loop {
        let line = read_line(&mut stream).await?;
        let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default().to_uppercase();
        seen.lock().unwrap().commands.push(line.trim_end().to_owned());
        if verb == "EHLO" && secure == Secure::StartTls {
            stream.write_all(b"250-fake\r\n250 STARTTLS\r\n").await.ok()?;
            continue;
        }
        if !answer(&mut stream, script, &verb).await || verb == "QUIT" {
            return None;
        }
        if verb == "STARTTLS" {
            return Some(stream.into_inner());
        }
        if verb == "DATA" && scripted(script, "DATA").is_none_or(|reply| reply.starts_with('3')) {
            let mail = read_mail(&mut stream, scripted(script, "body")).await?;
            if !answer(&mut stream, script, ".").await {
                return None;
            }
            seen.lock().unwrap().mails.push(mail);
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

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, script: Script, step: &str) -> bool {
    let reply = scripted(script, step).unwrap_or(match step {
        "banner" => "220 fake",
        "EHLO" => "250-fake\r\n250 AUTH PLAIN LOGIN",
        "AUTH" => "235 welcome",
        "STARTTLS" => "220 go ahead",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    });
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
