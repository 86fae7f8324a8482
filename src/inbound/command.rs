//! `heard mail ingest`: a mail server hands a mail over by a pipe and keeps it unless we say that it is on disk.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::hook::keep;
use super::message::LARGEST;
use super::store::Source;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};

/// What mail servers take for "try again later", and for "this mail will never do" (sysexits.h).
const EX_TEMPFAIL: u8 = 75;
const EX_DATAERR: u8 = 65;

#[derive(Subcommand, Debug)]
pub enum MailCommand {
    /// Take mails from standard input or files, for a mail server's pipe. Ends with 0 only when they are on disk; the server
    /// that runs beside it reads them.
    Ingest(IngestArgs),
}

#[derive(Args, Debug)]
pub struct IngestArgs {
    /// Files with one mail each; without any the mail is read from standard input.
    files: Vec<PathBuf>,
    /// Whom the mail is delivered to, where the mail itself does not say.
    #[arg(long, value_name = "ADDRESS")]
    recipient: Option<String>,
}

/// Runs the command. Whatever is in the way, settings included, is ours: the mail server is asked to try again.
pub async fn command(settings: Result<Config>, command: MailCommand, out: &mut dyn Write) -> ExitCode {
    let MailCommand::Ingest(args) = command;
    match ingest(settings, args, out).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("heard: {e}");
            ExitCode::from(match e {
                Error::TooLarge | Error::BadRequest(_) => EX_DATAERR,
                _ => EX_TEMPFAIL,
            })
        }
    }
}

async fn ingest(settings: Result<Config>, args: IngestArgs, out: &mut dyn Write) -> Result<()> {
    let app = App::build(settings?, Clock::System).await?;
    let mut mails = Vec::new();
    if args.files.is_empty() {
        mails.push(("-".to_owned(), read(&mut std::io::stdin().lock())?));
    }
    for file in &args.files {
        let name = file.display().to_string();
        let mut opened = std::fs::File::open(file).map_err(|e| Error::internal(format!("{name}: {e}")))?;
        mails.push((name, read(&mut opened)?));
    }
    for (name, raw) in mails {
        let stored = keep(&app, Source::Command, raw, args.recipient.as_deref()).await?;
        let known = if stored.fresh { "" } else { " (known already)" };
        writeln!(out, "{name}: {}{known}", stored.id).map_err(Error::internal)?;
    }
    Ok(())
}

/// One byte more than we take shows that there is too much.
fn read(from: &mut dyn Read) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    from.take(LARGEST as u64 + 1).read_to_end(&mut raw).map_err(Error::internal)?;
    Ok(raw)
}
