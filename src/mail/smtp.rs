//! Talking to a mail server over a few connections of our own: lettre's pool leaves Nagle's algorithm on, which costs
//! 43 ms a mail, and does not say how far a conversation got.
//!
//! `smtps://` is TLS from the first byte, `smtp://` is STARTTLS. Without TLS only when the URL says `?tls=none`, or by
//! itself to a server on this machine; never "if offered", which whoever stands between could take away. `?ca=file.pem`
//! trusts a company's own authority besides the public ones.

mod reply;
pub mod stream;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use percent_encoding::percent_decode_str;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

use self::reply::{Stage, Trouble, verdict};
use super::message;
use super::transport::Outcome;
use crate::error::{Error, Result};

const CONNECT: Duration = Duration::from_secs(15);
/// Banner, EHLO, STARTTLS and AUTH together.
const GREET: Duration = Duration::from_secs(60);
/// Each of MAIL, RCPT and DATA.
const COMMAND: Duration = Duration::from_secs(60);
/// RFC 5321 4.5.3.2.6: a server may take ten minutes to answer the final dot, and giving up earlier mails twice.
const FINAL_DOT: Duration = Duration::from_secs(600);
/// No try takes longer: one MAIL on a connection that turns out dead, then all of it anew.
pub const LONGEST_TRY: Duration = Duration::from_secs(60 + 15 + 60 + 3 * 60 + 600 + 15);
/// Connections kept for the next mail.
const KEEP: usize = 8;

/// A mail server and the open connections to it.
pub struct Smtp {
    host: String,
    port: u16,
    tls: Tls,
    login: Option<Credentials>,
    hello: ClientId,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

enum Tls {
    None,
    Upgrade(TlsParameters),
    FromTheStart(stream::Connector),
}

/// The server hung up before it had seen anything of the mail.
struct Gone(String);

impl Smtp {
    /// Reads `smtp://user:password@host:port?tls=required|none&ca=file.pem`.
    pub fn from_url(text: &str, hello: &str) -> Result<Smtp> {
        let url = Url::parse(text).map_err(wrong)?;
        let (host, is_here) = match url.host() {
            Some(Host::Ipv4(ip)) => (ip.to_string(), ip.is_loopback()),
            Some(Host::Ipv6(ip)) => (ip.to_string(), ip.is_loopback()),
            // Of a scheme it does not know, the URL standard leaves addresses as names.
            Some(Host::Domain(name)) => {
                (name.to_owned(), name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()))
            }
            None => return Err(wrong("no host")),
        };
        let option = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let authority =
            option("ca").map(|file| std::fs::read(&file).map_err(|e| wrong(format!("{file}: {e}")))).transpose()?;
        let encrypted = match option("tls").as_deref() {
            Some("required") => true,
            Some("none") => false,
            Some(other) => return Err(wrong(format!("tls={other}: expected required or none"))),
            None => !is_here,
        };
        let tls = match (url.scheme(), encrypted) {
            ("smtps", _) => Tls::FromTheStart(stream::Connector::new(&host, authority.as_deref()).map_err(wrong)?),
            (_, true) => Tls::Upgrade(start_tls(&host, authority.as_deref())?),
            (_, false) => Tls::None,
        };
        let login = (!url.username().is_empty())
            .then(|| Credentials::new(decoded(url.username()), decoded(url.password().unwrap_or_default())));
        if login.is_some() && matches!(tls, Tls::None) && !is_here {
            return Err(wrong("a password is not sent without TLS"));
        }
        let standard_port = if url.scheme() == "smtps" { 465 } else { 587 };
        let port = url.port().unwrap_or(if is_here && login.is_none() && !encrypted { 25 } else { standard_port });
        let hello = ClientId::Domain(hello.to_owned());
        Ok(Smtp { host, port, tls, login, hello, idle: Mutex::default() })
    }

    /// Its name, as the settings have it.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Connects, encrypts and signs in as for a mail, and leaves without sending one.
    pub async fn check(&self) -> std::result::Result<String, Outcome> {
        let mut server = self.connect().await?;
        if let Err(e) = server.quit().await {
            tracing::debug!(error = %e, "the mail server did not say goodbye");
        }
        Ok(format!("{}:{} takes our mail", self.host, self.port))
    }

    /// Tries to send once.
    pub async fn send(&self, from: &str, to: &str, mail: &[u8]) -> Outcome {
        // An empty sender takes no bounces.
        let sender = if from.is_empty() { Ok(None) } else { message::address(from).map(Some) };
        let (from, to) = match (sender, message::address(to)) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(e), _) => return Outcome::SenderStopped(format!("mail.from: {e}")),
            (_, Err(e)) => return Outcome::Refused(e),
        };
        // The server may have closed a kept connection meanwhile; that is no failed try of this mail.
        if let Some(kept) = self.take()
            && let Ok(outcome) = self.converse(kept, &from, &to, mail).await
        {
            return outcome;
        }
        match self.connect().await {
            Ok(fresh) => match self.converse(fresh, &from, &to, mail).await {
                Ok(outcome) => outcome,
                Err(Gone(why)) => Outcome::Unreachable(why),
            },
            Err(outcome) => outcome,
        }
    }

    /// One mail on one connection, which is kept for the next if it is still good.
    async fn converse(
        &self,
        mut server: AsyncSmtpConnection,
        from: &Option<Address>,
        to: &Address,
        mail: &[u8],
    ) -> std::result::Result<Outcome, Gone> {
        match said(COMMAND, server.command(Mail::new(from.clone(), vec![]))).await {
            Ok(_) => {}
            Err(Trouble::Lost(why)) => return Err(Gone(why)),
            Err(Trouble::Reply(421, text)) => return Err(Gone(format!("421 {text}"))),
            Err(reply) => return Ok(self.after(server, Stage::Mail, reply).await),
        }
        if let Err(trouble) = said(COMMAND, server.command(Rcpt::new(to.clone(), vec![]))).await {
            return Ok(self.after(server, Stage::Rcpt, trouble).await);
        }
        match said(COMMAND, server.command(Data)).await {
            Ok(answer) if answer.has_code(354) => {}
            // lettre takes any positive answer for a yes; whoever talks like this is not left a mail.
            Ok(answer) => return Ok(Outcome::Retry(format!("{} to DATA", answer.code()))),
            Err(trouble) => return Ok(self.after(server, Stage::Data, trouble).await),
        }
        // lettre asks for the next piece once the one before has left, and for none before it sends the final dot.
        let left = Cell::new(0u8);
        let pieces = std::iter::once_with(|| mail).inspect(|_| left.set(1)).chain(std::iter::from_fn(|| {
            left.set(2);
            None
        }));
        match said(FINAL_DOT, server.message_iter(pieces)).await {
            Ok(answer) => {
                self.keep(server);
                Ok(Outcome::Sent(format!("{} {}", answer.code(), answer.first_line().unwrap_or_default())))
            }
            Err(Trouble::Lost(why)) if left.get() == 2 => Ok(Outcome::Unknown(why)),
            Err(trouble) => Ok(self.after(server, Stage::Data, trouble).await),
        }
    }

    /// After a "no" the connection serves the next mail. One that did not answer in time does not: its late answer
    /// would be taken for that to the next command.
    async fn after(&self, mut server: AsyncSmtpConnection, stage: Stage, trouble: Trouble) -> Outcome {
        let answered = matches!(trouble, Trouble::Reply(..));
        let outcome = verdict(stage, trouble);
        let goes_on = matches!(outcome, Outcome::Retry(_) | Outcome::Refused(_) | Outcome::Failed(_));
        if answered && goes_on && said(CONNECT, server.command(Rset)).await.is_ok() {
            self.keep(server);
        }
        outcome
    }

    async fn connect(&self) -> std::result::Result<AsyncSmtpConnection, Outcome> {
        let unreachable = |e: &dyn std::fmt::Display| Outcome::Unreachable(format!("{}:{}: {e}", self.host, self.port));
        let tcp = timeout(CONNECT, TcpStream::connect((self.host.as_str(), self.port)))
            .await
            .map_err(|_| unreachable(&"no answer"))?
            .map_err(|e| unreachable(&e))?;
        tcp.set_nodelay(true).map_err(|e| unreachable(&e))?;
        timeout(GREET, self.greet(tcp)).await.map_err(|_| unreachable(&"no greeting"))?
    }

    async fn greet(&self, tcp: TcpStream) -> std::result::Result<AsyncSmtpConnection, Outcome> {
        let stream: Box<dyn lettre::transport::smtp::client::AsyncTokioStream> = match &self.tls {
            Tls::FromTheStart(connector) => Box::new(connector.connect(tcp).await.map_err(|e| reply::handshake(&e))?),
            _ => Box::new(tcp),
        };
        let mut server =
            AsyncSmtpConnection::connect_with_transport(stream, &self.hello).await.map_err(reply::greeting)?;
        if let Tls::Upgrade(parameters) = &self.tls {
            if !server.can_starttls() {
                return Err(Outcome::SenderStopped(
                    "the server offers no STARTTLS; where the link is trusted, add ?tls=none to mail.url".into(),
                ));
            }
            server.starttls(parameters.clone(), &self.hello).await.map_err(|e| reply::start_tls(&e))?;
        }
        if let Some(login) = &self.login {
            server.auth(&[Mechanism::Plain, Mechanism::Login], login).await.map_err(reply::greeting)?;
        }
        Ok(server)
    }

    fn take(&self) -> Option<AsyncSmtpConnection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, server: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEEP {
            idle.push(server);
        }
    }
}

async fn said(
    limit: Duration,
    answer: impl Future<Output = std::result::Result<Response, lettre::transport::smtp::Error>>,
) -> std::result::Result<Response, Trouble> {
    match timeout(limit, answer).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(e)) => Err(Trouble::from(e)),
        Err(_) => Err(Trouble::Lost(format!("no answer in {} s", limit.as_secs()))),
    }
}

fn start_tls(host: &str, authority: Option<&[u8]>) -> Result<TlsParameters> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authority {
        tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    tls.build().map_err(wrong)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn wrong(e: impl std::fmt::Display) -> Error {
    Error::internal(format!("settings: mail.url: {e}"))
}
