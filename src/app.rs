//! The product as one value: what `main`, the tests and every request share, and the routes as a table of contents.

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;
use crate::mail::replies::Replies;
use crate::mail::ways::Ways;
use crate::mail::{self, Mailer};
use crate::rules::Rules;
use crate::secret::Secret;
use crate::templates::Templates;
use crate::web::limits::Limits;
use crate::{api, backlog, cases, digest, feedback, inbound, people, policies, search, sla, web};
use actix_web::web::ServiceConfig;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    stopping: AtomicBool,
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
            stopping: AtomicBool::new(false),
        })
    }

    /// From now on `/readyz` sends load balancers elsewhere.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// The routes, in reading order.
pub fn mount(cfg: &mut ServiceConfig) {
    cfg.configure(web::health::routes)
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
        .configure(search::routes)
        .configure(digest::routes)
        .configure(inbound::routes)
        .configure(api::routes);
}
