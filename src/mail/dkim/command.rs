//! `heard dkim`: makes keys, and says what to publish in the DNS and to write into the settings.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Signer;
use super::keys::{new_ed25519, new_rsa};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::mail::message;

#[derive(Args, Clone, Debug)]
pub struct DkimArgs {
    /// Where new keys are put.
    #[arg(long, value_name = "FOLDER", default_value = "data/dkim")]
    pub folder: PathBuf,
}

/// Prints what to publish for the keys in use; where there are none it makes them first. Nothing is overwritten.
pub fn command(config: &Config, args: &DkimArgs, out: &mut dyn Write) -> Result<()> {
    let from = message::address(&config.mail.from).map_err(|e| wrong(format!("mail.from: {e}")))?;
    let mut settings = config.mail.clone();
    let made = settings.dkim_rsa_key.is_empty() && settings.dkim_ed25519_key.is_empty();
    if made {
        settings.dkim_rsa_key = make(&args.folder, "rsa.pem", || new_rsa().map_err(wrong))?;
        settings.dkim_ed25519_key = make(&args.folder, "ed25519.pem", || Ok(new_ed25519()))?;
    }
    let mut text = String::from("Publish in the DNS:\n\n");
    for record in Signer::new(&settings, from.domain())?.records() {
        text += &format!("{}\n\n", record.zone_line());
    }
    if made {
        text += &format!(
            "Then write into the settings, and start the server anew:\n\n[mail]\ndkim_selector = \"{}\"\n\
             dkim_rsa_key = \"{}\"\ndkim_ed25519_key = \"{}\"\n",
            settings.dkim_selector, settings.dkim_rsa_key, settings.dkim_ed25519_key
        );
    }
    out.write_all(text.as_bytes()).map_err(Error::internal)
}

/// Only whoever runs the server may read it.
fn make(folder: &Path, name: &str, pem: impl Fn() -> Result<String>) -> Result<String> {
    let file = std::path::absolute(folder.join(name)).map_err(wrong)?;
    let said = |e: std::io::Error| wrong(format!("{}: {e}", file.display()));
    std::fs::create_dir_all(folder).map_err(said)?;
    let mut key = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file).map_err(said)?;
    key.write_all(pem()?.as_bytes()).and_then(|()| key.sync_all()).map_err(said)?;
    Ok(file.display().to_string())
}

fn wrong(e: impl std::fmt::Display) -> Error {
    Error::internal(e)
}
