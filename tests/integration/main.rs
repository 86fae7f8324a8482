//! Behaviour tests, each on SQLite and, when `HEARD_TEST_POSTGRES` names a server, on PostgreSQL too.

mod support;

mod api;
mod architecture;
mod assignment;
mod authority;
mod backlog;
mod backups;
mod bounces;
mod cases;
mod conversation;
mod council;
mod demo;
mod digest;
mod feedback;
mod files;
mod import;
mod inbound;
mod mail;
mod log;
mod mails;
mod meeting;
mod ops;
mod outage;
mod outbox;
mod people;
mod process;
mod queue;
mod policies;
mod promises;
mod schema;
mod search;
mod sending;
mod sla;
mod status;
mod upgrade;
