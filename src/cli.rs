//! The commands. Each reads its words, calls one function of the product, and prints.

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Result;
use crate::{schedule, server};
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
    log_to_stderr();
    let cli = Cli::parse();
    let done = Config::load(cli.config.as_deref())
        .and_then(|config| actix_web::rt::System::new().block_on(run(cli.command, config)));
    match done {
        Ok(code) => code,
        Err(e) => {
            eprintln!("heard: {e}");
            ExitCode::FAILURE
        }
    }
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("HEARD_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}

async fn run(command: Command, config: Config) -> Result<ExitCode> {
    match command {
        Command::Serve(args) => serve(config, &args).await?,
        Command::Work => work(config).await?,
        Command::Config(ConfigCommand::Show) => print!("{}", config.shown()?),
        Command::Config(ConfigCommand::Check) => println!("The settings can be used."),
    }
    Ok(ExitCode::SUCCESS)
}

async fn build(config: Config) -> Result<Data<App>> {
    Ok(Data::new(App::build(config, Clock::System).await?))
}

async fn serve(config: Config, args: &ServeArgs) -> Result<()> {
    let listener = server::listen(&config.http.bind)?;
    let app = build(config).await?;
    if !args.no_workers {
        schedule::start(app.clone()).await?;
    }
    println!("Heard is at {}", app.config.http.public_url);
    server::serve(app, listener).await
}

async fn work(config: Config) -> Result<()> {
    let app = build(config).await?;
    schedule::start(app.clone()).await?;
    println!("Working. Ctrl-C ends it.");
    server::wait_for_signal().await;
    app.stop();
    Ok(())
}
