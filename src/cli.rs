//! The commands. Each reads its words, calls one function of the product, and prints.

mod accounts;
mod log;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;
use crate::digest;
use crate::error::{Error, Result};
use crate::feedback::import;
use crate::i18n::Lang;
use crate::inbound::{self, command::MailCommand};
use crate::mail::dkim::command::{self as dkim, DkimArgs};
use crate::ops::{self, BackupArgs, DoctorArgs, RestoreArgs};
use crate::people;
use crate::schedule::{self, Running};
use crate::server;
use crate::web::page::field_message;
use accounts::{TokenCommand, UserCommand};
use actix_web::web::Data;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Heard closes the loop on employee and customer voice.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    /// A TOML file with settings that differ from the built-in ones.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and API, and do the background work.
    Serve(ServeArgs),
    /// Do only the background work: send mail, tidy up.
    Work,
    /// Bring the schema up to date; a server does the same when it starts.
    Migrate(ops::MigrateArgs),
    /// Read feedback from a CSV, JSON or XLSX file. Imported history sends no mail.
    Import(import::ImportArgs),
    /// Write the "we heard you" digest of a period, look at it, send it.
    Digest(digest::command::DigestArgs),
    /// Write a checked copy of the database, also while it is being served.
    Backup(BackupArgs),
    /// Put a copy in place of the database; refuses while it is being served.
    Restore(RestoreArgs),
    /// Accounts.
    #[command(subcommand)]
    User(UserCommand),
    /// Conversation by mail.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Make keys that mails are signed with, and say what to publish in the DNS.
    Dkim(DkimArgs),
    /// Tokens for the API.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Look at everything that can be wrong, and say what is.
    Doctor(DoctorArgs),
    /// Look at the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Args)]
struct ServeArgs {
    /// Fill a fresh database with a lifelike sample.
    #[arg(long)]
    demo: bool,
    /// Leave the background work to other processes.
    #[arg(long)]
    no_workers: bool,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Print the settings in force, without secrets.
    Show,
    /// Say whether they can be used.
    Check,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    log::to_stderr();
    let cli = Cli::parse();
    let settings = Config::load(cli.config.as_deref());
    match actix_web::rt::System::new().block_on(run(cli.command, settings)) {
        Ok(code) => code,
        Err(e) => {
            eprintln!("heard: {}", in_words(&e));
            ExitCode::FAILURE
        }
    }
}

/// What went wrong, for whoever typed the command.
fn in_words(error: &Error) -> String {
    match error {
        Error::Invalid(fields) => {
            let said: Vec<String> =
                fields.iter().map(|field| format!("{}: {}", field.field, field_message(Lang::En, field))).collect();
            said.join("; ")
        }
        other => other.to_string(),
    }
}

async fn run(command: Command, settings: Result<Config>) -> Result<ExitCode> {
    let (out, now) = (&mut std::io::stdout(), Clock::System.now());
    if let Command::Doctor(args) = command {
        // Settings that cannot be read are what the doctor is asked about.
        let well = ops::doctor(settings, &args, now, out).await?;
        return Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    if let Command::Mail(command) = command {
        return Ok(inbound::command::command(settings, command, out).await);
    }
    let config = settings?;
    match command {
        Command::Serve(args) => serve(config, &args).await?,
        Command::Work => work(config).await?,
        Command::Migrate(args) => ops::migrate(&config, &args, out).await?,
        Command::Import(args) => return import::command(&*build(config).await?, args, out).await,
        Command::Digest(args) => digest::command::command(&*build(config).await?, args, out).await?,
        Command::Backup(args) => ops::backup(&config, &args, now, out).await?,
        Command::Restore(args) => ops::restore(&config, &args, now, out).await?,
        Command::Dkim(args) => dkim::command(&config, &args, out)?,
        Command::User(command) => accounts::user(&*build(config).await?, command).await?,
        Command::Token(command) => accounts::token(&*build(config).await?, command).await?,
        Command::Config(ConfigCommand::Show) => print!("{}", config.shown()?),
        Command::Config(ConfigCommand::Check) => println!("The settings can be used."),
        Command::Doctor(_) | Command::Mail(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn build(config: Config) -> Result<Data<App>> {
    Ok(Data::new(App::build(config, Clock::System).await?))
}

async fn serve(config: Config, args: &ServeArgs) -> Result<()> {
    let listener = server::listen(&config.http.bind)?;
    let app = build(config).await?;
    if args.demo && demo::fill(&app).await?.is_none() && demo::sign_ins(&app).await?.is_empty() {
        println!("This database is in use already: the sample was not added.");
    }
    let mut running = schedule::announce(app.clone()).await?;
    if !args.no_workers {
        running.work().await?;
    }
    greet(&app).await?;
    server::serve(app, listener).await?;
    leave(running).await
}

/// Ends the process. What still runs on other threads, a query or a copy, would be waited for without end.
async fn leave(running: Running) -> Result<()> {
    running.end().await;
    tracing::info!("stopped");
    std::process::exit(0)
}

/// Says where everything is, and how to get in.
async fn greet(app: &App) -> Result<()> {
    println!("Heard is at {}", app.config.http.public_url);
    println!(
        "Mail goes {}",
        if app.mailer.is_local() { "to the local mailbox at /outbox" } else { "to the mail server" }
    );
    for person in demo::sign_ins(app).await? {
        println!("  {:<9} {:<20} {:<28} {}", person.role.as_str(), person.name, person.email, person.password);
    }
    if let Some(code) = demo::receipt_code(app).await? {
        println!("  receipt code of an anonymous voice: {code}");
    }
    let now = app.clock.now();
    if let Some(token) = app.db.write(move |c| people::actions::setup_link(c, now)).await? {
        println!("Create the first administrator: {}", app.config.http.url(&format!("/setup/{token}")));
    }
    Ok(())
}

async fn work(config: Config) -> Result<()> {
    let app = build(config).await?;
    let mut running = schedule::announce(app.clone()).await?;
    running.work().await?;
    println!("Working. Ctrl-C ends it.");
    actix_web::rt::spawn(server::stop_when_told(app.clone()));
    app.stopped().await;
    leave(running).await
}
