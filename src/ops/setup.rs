//! What the doctor looks at outside the database.

use super::doctor::Check;
use super::size;
use crate::config::Config;
use crate::db::Location;
use crate::i18n::{self, Lang};
use crate::mail::Mailer;
use crate::mail::dns::Verdict;
use crate::mail::sending;
use crate::templates::Templates;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use url::{Host, Url};

/// A start with less room on the disk than this is asking for trouble…
const TIGHT: u64 = 1_000_000_000;
/// …and with less than this, writes are about to fail.
const FULL: u64 = 100_000_000;

/// The settings that parse and still are not right.
pub fn settings(config: &Config) -> Check {
    const NAME: &str = "settings";
    if config.app.lang.parse::<Lang>().is_err() {
        return Check::fail(NAME, format!("app.lang: {:?} is none of {:?}", config.app.lang, Lang::ALL));
    }
    if !config.limits.enabled {
        return Check::warn(NAME, "limits.enabled is off: nothing slows down who tries passwords or floods forms");
    }
    Check::ok(NAME, "readable")
}

/// The address that stands in every mail.
pub fn public_url(config: &Config) -> Check {
    const NAME: &str = "public_url";
    let shown = &config.http.public_url;
    let url = match Url::parse(shown) {
        Ok(url) if url.has_host() => url,
        Ok(_) => return Check::fail(NAME, format!("{shown}: names no host")),
        Err(e) => return Check::fail(NAME, format!("{shown}: {e}")),
    };
    match (is_here(&url), config.http.secure()) {
        (true, _) if !listens_here_only(&config.http.bind) => {
            Check::warn(NAME, format!("{shown}: links in mails lead to this machine, though others can reach it"))
        }
        (false, false) => Check::warn(NAME, format!("{shown}: without https, passwords can be read on their way")),
        _ => Check::ok(NAME, shown),
    }
}

/// Room for the database to grow, and for a backup of it.
pub fn disk(location: &Location) -> Check {
    const NAME: &str = "disk";
    let Location::Sqlite(database) = location else { return Check::ok(NAME, "the database server's own matter") };
    let folder = database.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let free = match rustix::fs::statvfs(folder) {
        Ok(disk) => disk.f_bavail * disk.f_frsize,
        Err(e) => return Check::fail(NAME, format!("{}: {e}", folder.display())),
    };
    let says = format!("{} free in {}", size(free), folder.display());
    let taken = database.metadata().map_or(0, |file| file.len());
    match free {
        ..FULL => Check::fail(NAME, says),
        free if free < TIGHT.max(taken) => Check::warn(NAME, format!("{says}: too little for comfort and a backup")),
        _ => Check::ok(NAME, says),
    }
}

/// Whether mail can leave, as far as can be seen without sending one.
pub async fn mail(config: &Config, templates: Arc<Templates>) -> Check {
    const NAME: &str = "mail";
    let mailer = match Mailer::new(config, templates) {
        Ok(mailer) => mailer,
        Err(e) => return Check::fail(NAME, e),
    };
    let public = Url::parse(&config.http.public_url).is_ok_and(|url| !is_here(&url));
    match mailer.check().await {
        Err(e) => Check::fail(NAME, e),
        Ok(says) if mailer.is_local() && public => Check::warn(NAME, format!("{says}: nobody gets any mail")),
        Ok(says) => Check::ok(NAME, says),
    }
}

/// Whether other servers can believe our mail, as far as the DNS says.
pub async fn sending(config: &Config, templates: Arc<Templates>) -> Check {
    const NAME: &str = "sending";
    // Settings that are wrong were named already.
    let Ok(mailer) = Mailer::new(config, templates) else { return Check::ok(NAME, "not looked at") };
    let identity = mailer.identity();
    if identity.relay.is_none() {
        return Check::ok(NAME, "mail goes to no server");
    }
    let findings = sending::look(config, &identity).await;
    let off = findings.iter().filter(|finding| finding.verdict != Verdict::Good);
    let mut off: Vec<String> = off.map(|f| format!("{} at {}: {}", f.subject, f.name, f.verdict)).collect();
    if identity.keys.is_empty() {
        off.push("mails are not signed: heard dkim makes keys".into());
    }
    match off.is_empty() {
        true => Check::ok(NAME, "the DNS says what it should"),
        false => Check::warn(NAME, format!("{} (see /admin/sending)", off.join("; "))),
    }
}

/// Whether every language can say everything.
pub fn messages() -> Check {
    let mut gaps = i18n::gaps();
    gaps.truncate(5);
    Check::none_of("messages", &gaps, "complete in every language")
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn listens_here_only(bind: &str) -> bool {
    let ip: Option<IpAddr> = bind.parse().map(|address: SocketAddr| address.ip()).ok();
    ip.map_or_else(|| bind.starts_with("localhost:"), |ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::doctor::Verdict as Health;
    use rstest::rstest;

    #[rstest]
    #[case("http://127.0.0.1:8080", "127.0.0.1:8080", Health::Ok)]
    #[case("http://[::1]:8080", "[::1]:8080", Health::Ok)]
    #[case("https://heard.example", "0.0.0.0:8080", Health::Ok)]
    #[case("http://heard.example", "0.0.0.0:8080", Health::Warn)]
    #[case("http://localhost:8080", "0.0.0.0:8080", Health::Warn)]
    #[case("https://", "127.0.0.1:8080", Health::Fail)]
    fn addresses(#[case] url: &str, #[case] bind: &str, #[case] verdict: Health) -> crate::error::Result<()> {
        let mut config = Config::from_parts(None, [])?;
        (config.http.public_url, config.http.bind) = (url.to_owned(), bind.to_owned());
        let check = public_url(&config);
        assert_eq!(check.verdict, verdict, "{}", check.says);
        Ok(())
    }
}
