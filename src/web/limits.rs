//! How often one address may try, so that nobody is flooded and no password is guessed.

use super::viewer::app_of;
use crate::app::App;
use crate::error::{Error, Result};
use actix_web::HttpRequest;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

/// The limiters of this node, each keyed by what is being protected.
pub struct Limits {
    enabled: bool,
    submissions: DefaultKeyedRateLimiter<String>,
    sign_ins: DefaultKeyedRateLimiter<String>,
    accounts: DefaultKeyedRateLimiter<String>,
}

/// What is limited.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// Public forms: 30 at once, then one every six seconds.
    Submission,
    /// Passwords, codes and one-time links: 10 at once, then one every 30 seconds.
    SignIn,
    /// One account from all addresses: 30 at once, then one every six seconds, so that whoever guesses from one address
    /// does not keep its owner out.
    Account,
}

impl Limits {
    pub fn new(enabled: bool) -> Limits {
        Limits {
            enabled,
            submissions: DefaultKeyedRateLimiter::dashmap(every(6, 30)),
            sign_ins: DefaultKeyedRateLimiter::dashmap(every(30, 10)),
            accounts: DefaultKeyedRateLimiter::dashmap(every(6, 30)),
        }
    }

    /// Counts one try of `key`; refuses when there were too many.
    pub fn check(&self, limit: Limit, key: &str) -> Result<()> {
        if !self.enabled {
            return Ok(());
        }
        let limiter = match limit {
            Limit::Submission => &self.submissions,
            Limit::SignIn => &self.sign_ins,
            Limit::Account => &self.accounts,
        };
        limiter
            .check_key(&key.to_owned())
            .map_err(|until| Error::TooMany(until.wait_time_from(DefaultClock::default().now()).as_secs().max(1)))
    }

    /// Forgets addresses that have not been seen lately.
    pub fn forget_idle(&self) {
        self.submissions.retain_recent();
        self.sign_ins.retain_recent();
        self.accounts.retain_recent();
    }
}

fn every(seconds: u64, burst: u32) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(Duration::from_secs(seconds)).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst)
}

/// Counts a try from the address of this request.
pub fn check_address(req: &HttpRequest, limit: Limit) -> Result<()> {
    let app = app_of(req)?;
    app.limits.check(limit, &address_key(&app, req))
}

/// The network a request comes from: one IPv4 address, or the /56 that one household gets of IPv6.
fn address_key(app: &App, req: &HttpRequest) -> String {
    match client_address(app, req) {
        Some(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => Ipv6Addr::from(u128::from(v6) >> 72 << 72).to_string(),
        },
        Some(IpAddr::V4(v4)) => v4.to_string(),
        None => "unknown".into(),
    }
}

/// The right-most hop that is not one of our own proxies.
fn client_address(app: &App, req: &HttpRequest) -> Option<IpAddr> {
    let peer = req.peer_addr()?.ip();
    let ours = |ip: &IpAddr| app.config.http.trusted_proxies.contains(ip);
    if !ours(&peer) {
        return Some(peer);
    }
    let forwarded = req.headers().get_all("x-forwarded-for").filter_map(|h| h.to_str().ok());
    let hops: Vec<IpAddr> = forwarded.flat_map(|h| h.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !ours(hop)).or(Some(peer))
}
