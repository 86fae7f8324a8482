//! `heard user` and `heard token`: accounts without a browser.

use crate::app::App;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::journal::By;
use crate::people::model::{NewPerson, Purpose, clean_email};
use crate::people::store::{self, Person};
use crate::people::token::Scope;
use crate::people::{actions, teams, tokens};
use crate::web::viewer::Role;
use chrono::Duration;
use clap::{Args, Subcommand};
use std::io::BufRead;

#[derive(Subcommand)]
pub enum UserCommand {
    /// Add somebody; prints the link with which they choose their password.
    Add(AddArgs),
    /// Everybody who can sign in.
    List,
    /// Print a link with which somebody chooses a new password.
    Password {
        email: String,
        /// Read the new password from standard input instead.
        #[arg(long)]
        stdin: bool,
    },
    /// Sign somebody out everywhere and keep them out.
    Disable { email: String },
    /// Let somebody in again.
    Enable { email: String },
}

#[derive(Args)]
pub struct AddArgs {
    email: String,
    #[arg(long)]
    name: String,
    /// employee, owner, council or admin
    #[arg(long, default_value = "employee")]
    role: Role,
    /// The name of their team.
    #[arg(long)]
    team: Option<String>,
    /// en or ru
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// Read their password from standard input.
    #[arg(long)]
    stdin: bool,
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make an API token; it is printed once.
    Create {
        /// Whom it acts for.
        #[arg(long)]
        email: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// feedback:write feedback:read cases:read cases:write changes:read changes:write
        #[arg(long = "scope", required = true)]
        scopes: Vec<Scope>,
        /// Days until it ends.
        #[arg(long)]
        days: Option<i64>,
    },
    /// Every token that is in force.
    List,
    /// Take a token back by its number in the list.
    Revoke { id: i64 },
}

/// `heard user …`
pub async fn user(app: &App, command: UserCommand) -> Result<()> {
    let now = app.clock.now();
    match command {
        UserCommand::Add(args) => return add(app, args).await,
        UserCommand::List => {
            for (person, team) in app.db.read(actions::list).await? {
                let state = if person.disabled_at.is_some() { "disabled" } else { "" };
                let (email, team) = (person.email.unwrap_or_default(), team.unwrap_or_default());
                println!("{:<10} {email:<36} {:<28} {team:<24} {state}", person.role.as_str(), person.name);
            }
        }
        UserCommand::Password { email, stdin: false } => print_link(app, email, Purpose::Reset).await?,
        UserCommand::Password { email, stdin: true } => {
            let (password, http) = (typed()?, app.config.http.clone());
            app.db
                .write(move |c| {
                    let person = staff(c, &email)?;
                    actions::set_password(c, &http, By::SYSTEM, person.id, &password, now)
                })
                .await?;
            println!("The password is set; every session of theirs has ended.");
        }
        UserCommand::Disable { email } => {
            app.db
                .write(move |c| {
                    let person = staff(c, &email)?;
                    actions::disable(c, By::SYSTEM, person.id, now)
                })
                .await?;
        }
        UserCommand::Enable { email } => {
            app.db
                .write(move |c| {
                    let person = staff(c, &email)?;
                    actions::enable(c, By::SYSTEM, person.id, now)
                })
                .await?;
        }
    }
    Ok(())
}

async fn add(app: &App, args: AddArgs) -> Result<()> {
    let now = app.clock.now();
    let password = if args.stdin { Some(typed()?) } else { None };
    let (email, has_password) = (args.email.clone(), password.is_some());
    app.db
        .write(move |c| {
            let team_id = match &args.team {
                Some(name) => Some(team(c, name)?),
                None => None,
            };
            let AddArgs { email, name, role, lang, .. } = args;
            actions::create_person(
                c,
                By::SYSTEM,
                NewPerson { name, email, role, team_id, lang },
                password.as_deref(),
                now,
            )
        })
        .await?;
    if has_password {
        println!("{email} can sign in.");
        return Ok(());
    }
    print_link(app, email, Purpose::Invitation).await
}

async fn print_link(app: &App, email: String, purpose: Purpose) -> Result<()> {
    let now = app.clock.now();
    let token = app
        .db
        .write(move |c| {
            let person = staff(c, &email)?;
            Ok(store::insert_link(c, purpose, Some(person.id), now)?)
        })
        .await?;
    println!("{}", app.config.http.url(&format!("/password/{token}")));
    Ok(())
}

/// `heard token …`
pub async fn token(app: &App, command: TokenCommand) -> Result<()> {
    let now = app.clock.now();
    match command {
        TokenCommand::Create { email, name, scopes, days } => {
            let expires = days.map(|days| now + Duration::days(days));
            let token = app
                .db
                .write(move |c| {
                    let person = staff(c, &email)?;
                    tokens::create_token(c, By::SYSTEM, person.id, &name, &scopes, expires, now)
                })
                .await?;
            println!("{token}");
        }
        TokenCommand::List => {
            for token in app.db.read(move |c| Ok(tokens::list(c)?)).await? {
                println!("{:<20} {:<24} {:<24} {}", token.id, token.person, token.name, token.scopes);
            }
        }
        TokenCommand::Revoke { id } => app.db.write(move |c| tokens::revoke_token(c, By::SYSTEM, id, now)).await?,
    }
    Ok(())
}

fn staff(c: &mut Conn, email: &str) -> Result<Person> {
    match store::by_email(c, &clean_email(email))? {
        Some(person) if person.role > Role::Contact => Ok(person),
        _ => Err(Error::internal(format!("nobody signs in as {email}; see heard user list"))),
    }
}

fn team(c: &mut Conn, name: &str) -> Result<i64> {
    let teams = teams::list(c)?;
    let known: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    let wrong = || Error::internal(format!("there is no team {name:?}; there are: {}", known.join(", ")));
    teams.iter().find(|team| team.name == name).map(|team| team.id).ok_or_else(wrong)
}

fn typed() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Error::internal)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
