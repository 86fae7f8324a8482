//! Accounts, teams, topics, signing in, and API tokens.

pub mod absence;
pub mod actions;
mod agent;
mod begun;
pub mod mails;
pub mod model;
mod pages;
pub mod password;
mod sign_in;
pub mod store;
pub mod teams;
pub mod token;
pub mod tokens;
pub mod topics;

use actix_web::web::{ServiceConfig, get, post};
use pages::{absence as absences, entry, mails as choices, me, members, passwords, setup};

/// The way in, one's own things, and what administrators arrange.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/sign-in", get().to(entry::form))
        .route("/sign-in", post().to(entry::sign_in))
        .route("/sign-out", post().to(entry::sign_out))
        .route("/lang", post().to(entry::language))
        .route("/setup/{token}", get().to(setup::form))
        .route("/setup/{token}", post().to(setup::set_up))
        .route("/password", get().to(passwords::forgotten))
        .route("/password", post().to(passwords::ask))
        .route("/password/{token}", get().to(passwords::form))
        .route("/password/{token}", post().to(passwords::choose))
        .route("/me/sessions", get().to(me::show))
        .route("/me/sessions", post().to(me::end_sessions))
        .route("/me/profile", post().to(me::save_profile))
        .route("/me/password", post().to(me::save_password))
        .route("/me/mails", get().to(choices::mine))
        .route("/me/mails", post().to(choices::save_mine))
        .route("/mail/{token}", get().to(choices::by_link))
        .route("/mail/{token}", post().to(choices::save_by_link))
        .route("/unsubscribe/{token}", get().to(choices::ask))
        .route("/unsubscribe/{token}", post().to(choices::unsubscribe))
        .route("/me/absence", get().to(absences::mine))
        .route("/me/absence", post().to(absences::save_mine))
        .route("/admin/people", get().to(members::list))
        .route("/admin/people", post().to(members::invite))
        .route("/admin/people/{id}", get().to(members::show))
        .route("/admin/people/{id}", post().to(members::change))
        .route("/admin/people/{id}/absence", get().to(absences::theirs))
        .route("/admin/people/{id}/absence", post().to(absences::save_theirs))
        .route("/admin/people/{id}/access", post().to(members::set_access))
        .route("/admin/people/{id}/invitation", post().to(members::invite_again))
        .route("/admin/teams", get().to(pages::teams::list))
        .route("/admin/teams", post().to(pages::teams::add))
        .route("/admin/teams/{id}", get().to(pages::teams::show))
        .route("/admin/teams/{id}", post().to(pages::teams::change))
        .route("/admin/topics", get().to(pages::topics::list))
        .route("/admin/topics", post().to(pages::topics::add))
        .route("/admin/topics/{id}", get().to(pages::topics::show))
        .route("/admin/topics/{id}", post().to(pages::topics::change))
        .route("/admin/tokens", get().to(pages::tokens::list))
        .route("/admin/tokens", post().to(pages::tokens::create))
        .route("/admin/tokens/{id}/revocation", post().to(pages::tokens::revoke));
}
