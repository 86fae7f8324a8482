//! Where mail goes: to a server, or into a folder as `.eml` files when there is none.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::smtp::Smtp;
use crate::error::{Error, Result};

/// How one try to send a mail ended. Holds what the other side said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent(String),
    /// Not now; the mail waits its turn and is tried again.
    Retry(String),
    /// There is no such address: never again.
    Refused(String),
    /// The server will not take this mail, by content or policy; a person has to look.
    Failed(String),
    /// The connection was lost when the mail may already have been taken.
    Unknown(String),
    /// Our side of it is wrong, password or certificate: nothing can be sent until somebody repairs it.
    SenderStopped(String),
    /// The server cannot be reached or is closing: nothing can be sent for a while.
    Unreachable(String),
    /// Not sent, because the person does not want it or has left.
    Suppressed(String),
    /// A template or a library cannot make this mail.
    Unrenderable(String),
}

impl Outcome {
    /// The same in a word, for the history of a mail.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Sent(_) => "sent",
            Outcome::Retry(_) => "retry",
            Outcome::Refused(_) => "refused",
            Outcome::Failed(_) => "failed",
            Outcome::Unknown(_) => "unknown",
            Outcome::SenderStopped(_) => "stopped",
            Outcome::Unreachable(_) => "unreachable",
            Outcome::Suppressed(_) => "suppressed",
            Outcome::Unrenderable(_) => "unrenderable",
        }
    }

    /// What the other side said, or we about it.
    pub fn said(&self) -> &str {
        match self {
            Outcome::Sent(said)
            | Outcome::Retry(said)
            | Outcome::Refused(said)
            | Outcome::Failed(said)
            | Outcome::Unknown(said)
            | Outcome::SenderStopped(said)
            | Outcome::Unreachable(said)
            | Outcome::Suppressed(said)
            | Outcome::Unrenderable(said) => said,
        }
    }
}

/// The way out that `mail.url` names.
pub enum Transport {
    /// `local:` or `local:folder`: nothing leaves; mail is read at /outbox or as files.
    Local(PathBuf),
    /// `file://folder`: `.eml` files for something else to send.
    Files(PathBuf),
    /// `smtp://` and `smtps://`.
    Smtp(Box<Smtp>),
}

impl Transport {
    /// Reads `mail.url`. `local:` without a folder uses `mail` beside the database; `hello` is how we greet a server.
    pub fn from_url(url: &str, data: &Path, hello: &str) -> Result<Transport> {
        if let Some(folder) = url.strip_prefix("local:") {
            let folder = if folder.is_empty() { data.join("mail") } else { PathBuf::from(folder) };
            return Ok(Transport::Local(folder));
        }
        if let Some(folder) = url.strip_prefix("file://").filter(|folder| !folder.is_empty()) {
            return Ok(Transport::Files(PathBuf::from(folder)));
        }
        if url.starts_with("smtp://") || url.starts_with("smtps://") {
            return Smtp::from_url(url, hello).map(|smtp| Transport::Smtp(Box::new(smtp)));
        }
        Err(Error::internal("settings: mail.url: expected smtp://host, smtps://host, file://folder or local:"))
    }

    /// Whether nothing leaves this machine, which pages tell the admin.
    pub fn is_local(&self) -> bool {
        matches!(self, Transport::Local(_))
    }

    /// Whether mail goes to a server, which may be asked too much of.
    pub fn is_server(&self) -> bool {
        matches!(self, Transport::Smtp(_))
    }

    /// The server that mail is handed to, if there is one.
    pub fn host(&self) -> Option<&str> {
        match self {
            Transport::Smtp(server) => Some(server.host()),
            Transport::Local(_) | Transport::Files(_) => None,
        }
    }

    /// Tries the way out without sending anything; says where it leads, or what stands in it.
    pub async fn check(&self) -> std::result::Result<String, String> {
        match self {
            Transport::Smtp(server) => server.check().await.map_err(|outcome| outcome.said().to_owned()),
            Transport::Local(folder) => writable(folder).map(|()| format!("stays in {}", folder.display())),
            Transport::Files(folder) => writable(folder).map(|()| format!("goes to {}", folder.display())),
        }
    }

    /// Tries to send once. `id` is the Message-ID.
    pub async fn send(&self, id: &str, from: &str, to: &str, mail: Vec<u8>) -> Outcome {
        match self {
            Transport::Smtp(server) => server.send(from, to, &mail).await,
            Transport::Local(folder) | Transport::Files(folder) => {
                let (folder, id) = (folder.clone(), id.to_owned());
                match tokio::task::spawn_blocking(move || write_file(&folder, &id, &mail)).await {
                    Ok(Ok(file)) => Outcome::Sent(file.display().to_string()),
                    Ok(Err(e)) => Outcome::Unreachable(e.to_string()),
                    Err(e) => Outcome::Retry(e.to_string()),
                }
            }
        }
    }
}

fn writable(folder: &Path) -> std::result::Result<(), String> {
    let probe = folder.join(format!(".{}.part", crate::id::secret()));
    let tried = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, []))
        .and_then(|()| std::fs::remove_file(&probe));
    tried.map_err(|e| format!("{}: {e}", folder.display()))
}

/// A file is there whole or not at all: whoever watches the folder never reads half a mail.
fn write_file(folder: &Path, id: &str, mail: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let name: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || "@.-_".contains(*c)).collect();
    let (part, whole) = (folder.join(format!(".{name}.part")), folder.join(format!("{name}.eml")));
    let mut file = std::fs::File::create(&part)?;
    file.write_all(mail)?;
    file.sync_all()?;
    std::fs::rename(&part, &whole)?;
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_are_whole_and_named_after_the_mail() {
        let folder = std::env::temp_dir().join(format!("heard-mail-{}", crate::id::secret()));
        let transport = Transport::from_url("local:", &folder, "example.org").unwrap();
        assert!(transport.is_local());
        let sent = transport.send("<ob-7@example.org>", "a@example.org", "b@example.org", b"Hello\r\n".to_vec()).await;
        let file = folder.join("mail/ob-7@example.org.eml");
        assert_eq!(sent, Outcome::Sent(file.display().to_string()));
        assert_eq!(std::fs::read(file).unwrap(), b"Hello\r\n");
        assert_eq!(std::fs::read_dir(folder.join("mail")).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_stops_everything_for_a_while() {
        let transport = Transport::Files("/dev/null/mail".into());
        assert!(matches!(transport.send("<x@y>", "a@b", "c@d", vec![]).await, Outcome::Unreachable(_)));
    }

    #[test]
    fn other_addresses_are_refused() {
        for url in ["", "http://mail", "file://", "smtp://", "smtp://mail?tls=maybe", "smtp://me:secret@mail?tls=none"]
        {
            assert!(Transport::from_url(url, Path::new("data"), "example.org").is_err(), "{url}");
        }
    }
}
