//! One connection to an IMAP server: TLS as for outgoing mail, a time limit on everything, and IDLE where it is offered.

use super::super::message::LARGEST;
use crate::error::{Error, Result};
use crate::mail::Connector;
use async_imap::types::Fetch;
use async_imap::{Client, Session};
use futures_util::{Stream, TryStreamExt};
use percent_encoding::percent_decode_str;
use std::fmt::{Debug, Display};
use std::future::Future;
use std::net::IpAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

/// Connecting, encrypting and signing in.
const GREET: Duration = Duration::from_secs(60);
/// One command; a large mail over a slow line is one.
const COMMAND: Duration = Duration::from_secs(180);

/// Where the mailbox is and how to get in.
#[derive(Clone)]
pub(super) struct Place {
    host: String,
    port: u16,
    encrypted: bool,
    authority: Option<Vec<u8>>,
    user: String,
    password: String,
    folder: String,
}

impl Place {
    /// Reads `imaps://user:password@host:port/folder?ca=file.pem`; `imap://` only on this machine.
    pub(super) fn from_url(text: &str) -> std::result::Result<Place, String> {
        let url = Url::parse(text).map_err(|e| e.to_string())?;
        let host = url.host_str().ok_or("no host")?.trim_matches(['[', ']']).to_owned();
        let is_here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        let encrypted = url.scheme() == "imaps";
        if !encrypted && !is_here {
            return Err("a password is not sent without TLS: use imaps://".into());
        }
        let ca = url.query_pairs().find(|(key, _)| key == "ca").map(|(_, file)| file.into_owned());
        let authority = ca.map(|file| std::fs::read(&file).map_err(|e| format!("{file}: {e}"))).transpose()?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let folder = decoded(url.path().trim_start_matches('/'));
        Ok(Place {
            port: url.port().unwrap_or(if encrypted { 993 } else { 143 }),
            encrypted,
            authority,
            user: decoded(url.username()),
            password: decoded(url.password().unwrap_or_default()),
            folder: if folder.is_empty() { "INBOX".to_owned() } else { folder },
            host,
        })
    }
}

/// A stream of either kind.
pub(super) trait Line: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Line for T {}

/// An open mailbox.
pub(super) struct Mailbox {
    session: Session<Box<dyn Line>>,
    /// The server tells us by itself when something arrives.
    tells: bool,
}

/// What there was under a number.
pub(super) enum Fetched {
    Mail(Vec<u8>),
    /// Larger than we take: only its headers.
    TooLarge(Vec<u8>),
    /// Somebody else removed it meanwhile.
    Gone,
}

impl Mailbox {
    pub(super) async fn open(place: &Place) -> Result<Mailbox> {
        within(GREET, Mailbox::enter(place)).await
    }

    async fn enter(place: &Place) -> Result<Mailbox> {
        let tcp = TcpStream::connect((place.host.as_str(), place.port)).await.map_err(failed)?;
        let line: Box<dyn Line> = match place.encrypted {
            true => {
                let connector = Connector::new(&place.host, place.authority.as_deref()).map_err(Error::internal)?;
                Box::new(connector.connect(tcp).await.map_err(failed)?)
            }
            false => Box::new(tcp),
        };
        let mut client = Client::new(line);
        client.read_response().await.map_err(failed)?.ok_or_else(|| failed("no greeting"))?;
        let mut session = client.login(&place.user, &place.password).await.map_err(|(e, _)| failed(e))?;
        let tells = session.capabilities().await.map_err(failed)?.has_str("IDLE");
        session.select(&place.folder).await.map_err(failed)?;
        Ok(Mailbox { session, tells })
    }

    /// The numbers of the mails nobody has read, oldest first.
    pub(super) async fn unread(&mut self) -> Result<Vec<u32>> {
        // A search alone does not show what has arrived since the last command.
        within(COMMAND, async { self.session.noop().await.map_err(failed) }).await?;
        let found = within(COMMAND, async { self.session.uid_search("UNSEEN").await.map_err(failed) }).await?;
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        Ok(found)
    }

    /// One mail, left unread.
    pub(super) async fn fetch(&mut self, uid: u32) -> Result<Fetched> {
        let number = uid.to_string();
        let size = within(COMMAND, async {
            one(self.session.uid_fetch(&number, "(UID RFC822.SIZE)").await.map_err(failed)?).await
        });
        let Some(size) = size.await?.and_then(|answer| answer.size) else { return Ok(Fetched::Gone) };
        let large = size as usize > LARGEST;
        let what = if large { "(UID BODY.PEEK[HEADER])" } else { "(UID BODY.PEEK[])" };
        let answer = within(COMMAND, async { one(self.session.uid_fetch(&number, what).await.map_err(failed)?).await });
        let Some(answer) = answer.await? else { return Ok(Fetched::Gone) };
        let bytes = if large { answer.header() } else { answer.body() };
        let bytes = bytes.ok_or_else(|| failed(format!("the server gave nothing of mail {uid}")))?.to_vec();
        Ok(if large { Fetched::TooLarge(bytes) } else { Fetched::Mail(bytes) })
    }

    /// Only now may it be forgotten there.
    pub(super) async fn mark_read(&mut self, uid: u32) -> Result<()> {
        within(COMMAND, async {
            let answers = self.session.uid_store(uid.to_string(), "+FLAGS (\\Seen)").await.map_err(failed)?;
            answers.try_collect::<Vec<_>>().await.map_err(failed).map(|_| ())
        })
        .await
    }

    /// Waits until something arrives, at most so long: by listening where the server tells us, else by letting time pass.
    pub(super) async fn wait(self, poll: Duration, listen: Duration) -> Result<Mailbox> {
        let Mailbox { session, tells } = self;
        if !tells {
            tokio::time::sleep(poll).await;
            return Ok(Mailbox { session, tells });
        }
        let mut idle = session.idle();
        within(COMMAND, async { idle.init().await.map_err(failed) }).await?;
        let (told, _interrupt) = idle.wait_with_timeout(listen);
        // The server's own "still here" begins its time limit anew; ours ends all the same.
        if let Ok(told) = timeout(listen, told).await {
            told.map_err(failed)?;
        }
        let session = within(COMMAND, async { idle.done().await.map_err(failed) }).await?;
        Ok(Mailbox { session, tells })
    }

    pub(super) async fn close(mut self) -> Result<()> {
        within(COMMAND, async { self.session.logout().await.map_err(failed) }).await
    }
}

/// The one answer that is for us: a server may add news of other mails.
async fn one(answers: impl Stream<Item = async_imap::error::Result<Fetch>>) -> Result<Option<Fetch>> {
    let all: Vec<Fetch> = answers.try_collect().await.map_err(failed)?;
    Ok(all.into_iter().find(|answer| answer.uid.is_some()))
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(limit, work).await.map_err(|_| failed(format!("no answer in {} s", limit.as_secs())))?
}

fn failed(e: impl Display) -> Error {
    Error::Unavailable(format!("the mailbox: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_named_by_a_url() {
        let place = Place::from_url("imaps://feed%40acme.org:p%3Aw@mx.acme.org/Feedback%20in").map_err(failed);
        let place = place.expect("reads");
        assert_eq!((place.user.as_str(), place.password.as_str(), place.port), ("feed@acme.org", "p:w", 993));
        assert_eq!((place.folder.as_str(), place.encrypted), ("Feedback in", true));
        let here = Place::from_url("imap://a:b@127.0.0.1:1143").map_err(failed).expect("reads");
        assert_eq!((here.port, here.folder.as_str()), (1143, "INBOX"));
        assert!(Place::from_url("imap://a:b@mx.acme.org/INBOX").is_err(), "a password in the clear");
        assert!(Place::from_url("imaps://").is_err());
    }
}
