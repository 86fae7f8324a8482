//! Files the browser fetches, under addresses that change with their content, so that they can be kept for ever.

use std::borrow::Cow;
use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Files;

const FOLDER: &str = "assets/";

/// A file of `templates/assets/`.
pub struct Asset {
    /// "/assets/heard.1a2b3c4d5e.css".
    pub url: String,
    pub bytes: Cow<'static, [u8]>,
    pub mime: &'static str,
    /// The quoted value of an `ETag` header.
    pub etag: String,
}

/// All files of `templates/assets/`.
#[derive(Default)]
pub struct Assets {
    assets: Vec<Asset>,
    by_name: HashMap<String, usize>,
    by_url: HashMap<String, usize>,
}

impl Assets {
    pub(super) fn load() -> Assets {
        let mut all = Assets::default();
        for path in Files::iter() {
            if let (Some(name), Some(file)) = (path.strip_prefix(FOLDER), Files::get(&path)) {
                all.add(name, file.data);
            }
        }
        all
    }

    pub(super) fn add(&mut self, name: &str, bytes: Cow<'static, [u8]>) {
        let hash = &HEXLOWER.encode(&Sha256::digest(&bytes))[..10];
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let asset = Asset {
            url: format!("/assets/{stem}.{hash}.{extension}"),
            mime: mime(extension),
            etag: format!("\"{hash}\""),
            bytes,
        };
        self.by_name.insert(name.to_owned(), self.assets.len());
        self.by_url.insert(asset.url.clone(), self.assets.len());
        self.assets.push(asset);
    }

    /// By the name it has in `templates/assets/`: "heard.css".
    pub fn named(&self, name: &str) -> Option<&Asset> {
        self.by_name.get(name).map(|i| &self.assets[*i])
    }

    /// By the whole path a browser asks for: "/assets/heard.1a2b3c4d5e.css".
    pub fn at(&self, url: &str) -> Option<&Asset> {
        self.by_url.get(url).map(|i| &self.assets[*i])
    }

    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.assets.iter()
    }
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
