//! The product as one value: what `main`, the tests and every request share, and the routes as a table of contents.

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;
use crate::mail::replies::Replies;
use crate::mail::ways::Ways;
use crate::mail::{self, Mailer};
use crate::node::Node;
use crate::rules::Rules;
use crate::secret::Secret;
use crate::templates::Templates;
use crate::web::limits::Limits;
use crate::{
    api, backlog, cases, council, digest, feedback, inbound, people, policies, search, sla, status, thanks, web,
};
use actix_web::web::ServiceConfig;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Everything a request needs. Shared by all workers of a node; whatever must be shared by nodes is in the database.
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub config: Config,
    pub templates: Arc<Templates>,
    pub mailer: Arc<Mailer>,
    pub secret: Secret,
    pub replies: Replies,
    pub ways: Ways,
    pub limits: Limits,
    /// Promises and assignment, as this node knows them.
    pub rules: Rules,
    /// This process, as others see it.
    pub node: Node,
    /// When it was told to stop.
    stopping: watch::Sender<Option<Instant>>,
}

impl App {
    /// Opens the database, compiles the templates, sets up mail.
    pub async fn build(config: Config, clock: Clock) -> Result<App> {
        let templates = Arc::new(Templates::load(config.app.time_zone)?);
        let db = Db::open(&config.database)?;
        let secret = db.write(Secret::load_or_create).await?;
        let replies = Replies::new(&config, secret.clone());
        let ways = Ways::new(config.http.clone(), secret.clone());
        let mailer = Mailer::new(&config, Arc::clone(&templates))?.answered_at(replies.clone()).chosen_at(ways.clone());
        let limits = Limits::new(config.limits.enabled);
        let rules = Rules::load(&db).await?;
        Ok(App {
            node: Node::new(&clock),
            db,
            clock,
            config,
            templates,
            mailer: Arc::new(mailer),
            secret,
            replies,
            ways,
            limits,
            rules,
            stopping: watch::Sender::new(None),
        })
    }

    /// From now on `/readyz` sends load balancers elsewhere, and no mail and no job is begun.
    pub fn stop(&self) {
        self.stopping.send_if_modified(|since| {
            let first = since.is_none();
            *since = since.or(Some(Instant::now()));
            first
        });
    }

    pub fn stopping(&self) -> bool {
        self.stopping.borrow().is_some()
    }

    /// Resolves when the process is told to stop.
    pub async fn stopped(&self) {
        // The sender lives as long as we do, so there is an answer.
        if let Err(e) = self.stopping.subscribe().wait_for(Option::is_some).await {
            tracing::debug!(error = %e, "nobody can stop this any more");
        }
    }

    /// What is left of a time that began when the process was told to stop.
    pub fn left_of(&self, whole: Duration) -> Duration {
        let since = *self.stopping.borrow();
        since.map_or(whole, |since| whole.saturating_sub(since.elapsed()))
    }
}

/// The routes, in reading order.
pub fn mount(cfg: &mut ServiceConfig) {
    cfg.configure(status::routes)
        .configure(web::assets::routes)
        .configure(mail::pages::routes)
        .configure(mail::sending::routes)
        .configure(mail::gallery::routes)
        .configure(people::routes)
        .configure(sla::routes)
        .configure(feedback::routes)
        .configure(cases::routes)
        .configure(policies::routes)
        .configure(backlog::routes)
        .configure(council::routes)
        .configure(search::routes)
        .configure(digest::routes)
        .configure(thanks::routes)
        .configure(inbound::routes)
        .configure(api::routes);
}
