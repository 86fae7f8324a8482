//! What is taken, and in which shape. Pure: a name and bytes in, a file that may be kept out, or the reason why not.

use super::kind::Kind;
use super::{name, picture};
use crate::error::FieldError;

/// A file that may be kept and given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Why a file is not taken: a message key, and the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub key: &'static str,
    pub name: String,
}

impl Refused {
    pub(super) fn new(key: &'static str, given: &str) -> Refused {
        let (stem, extension) = name::clean(given);
        let name = if extension.is_empty() { stem } else { name::with_extension(&stem, &extension) };
        Refused { key, name: name.chars().take(100).collect() }
    }

    /// As it is said beside a field.
    pub fn in_field(self, field: &str) -> FieldError {
        FieldError::new(field, self.key).with("name", self.name).with("max", picture::MAX_PIXELS / 1_000_000)
    }
}

/// Checks one file, the `nth` of its message. From somebody anonymous nothing is taken that could say who they are:
/// not even the name they gave the file.
pub fn check(given: &str, bytes: Vec<u8>, nth: usize, anonymous: bool) -> Result<Checked, Refused> {
    let refused = |key| Refused::new(key, given);
    let (stem, extension) = name::clean(given);
    let claimed = Kind::of_extension(&extension).ok_or_else(|| refused(unknown(&extension)))?;
    if bytes.is_empty() {
        return Err(refused("error-file-empty"));
    }
    if !claimed.agrees_with(&bytes) {
        return Err(refused("error-file-disguised"));
    }
    if anonymous && claimed.names_its_author() {
        return Err(refused("error-file-anonymous"));
    }
    let (kind, bytes) = match claimed.is_picture() {
        true => picture::redraw(claimed, &bytes).map_err(refused)?,
        false => (claimed, bytes),
    };
    // A picture may have become one of another kind.
    let extension = if kind == claimed { extension.as_str() } else { kind.extension() };
    let stem = if anonymous { format!("file-{nth}") } else { stem };
    Ok(Checked { name: name::with_extension(&stem, extension), media_type: kind.media_type(), bytes })
}

fn unknown(extension: &str) -> &'static str {
    match extension {
        "heic" | "heif" | "avif" => "error-file-heic",
        _ => "error-file-type",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(given: &str, bytes: &[u8], anonymous: bool) -> &'static str {
        check(given, bytes.to_vec(), 1, anonymous).map_or_else(|refused| refused.key, |_| "taken")
    }

    #[test]
    fn name_and_content_have_to_agree() {
        assert_eq!(key("a.pdf", b"%PDF-1.7", false), "taken");
        assert_eq!(key("a.png", b"%PDF-1.7", false), "error-file-disguised");
        assert_eq!(key("a.png", b"<html><script>", false), "error-file-disguised");
        assert_eq!(key("a.txt", b"<html ><script>", false), "error-file-disguised");
        assert_eq!(key("a.svg", b"<svg/>", false), "error-file-type");
        assert_eq!(key("a.zip", b"PK\x03\x04", false), "error-file-type");
        assert_eq!(key("png", b"\x89PNG\r\n\x1a\n", false), "error-file-type");
        assert_eq!(key("IMG_1.HEIC", b"....ftypheic", false), "error-file-heic");
        assert_eq!(key("a.txt", b"", false), "error-file-empty");
    }

    /// The start of a file of each kind, as far as it is looked at.
    const STARTS: &[(&str, &[u8])] = &[
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("jpg", b"\xff\xd8\xff\xe0"),
        ("gif", b"GIF89a"),
        ("webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("pdf", b"%PDF-1.7"),
        ("docx", b"PK\x03\x04[Content_Types].xml word/"),
        ("xlsx", b"PK\x03\x04[Content_Types].xml xl/"),
        ("pptx", b"PK\x03\x04[Content_Types].xml ppt/"),
        ("odt", b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapplication/vnd.oasis.opendocument.text"),
        ("ods", b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        ("odp", b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapplication/vnd.oasis.opendocument.presentation"),
        ("exe", b"MZ\x90\0"),
        ("elf", b"\x7fELF\x02\x01\x01\0"),
        ("zip", b"PK\x03\x04evil.exe"),
        ("rar", b"Rar!\x1a\x07\0"),
        ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("swf", b"CWS\x0a\0\0\0\0"),
        ("html", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("svg", b"<svg onload=alert(1)>"),
        ("xml", b"<?xml version='1.0'?>"),
        ("php", b"<?php system('id');"),
        ("sh", b"#!/bin/sh\nid"),
        ("rtf", b"{\\rtf1"),
    ];

    #[test]
    fn nothing_passes_for_something_else() {
        for (kind, bytes) in STARTS {
            for extension in
                ["png", "jpg", "gif", "webp", "pdf", "txt", "csv", "eml", "docx", "xlsx", "pptx", "odt", "ods", "odp"]
            {
                if kind != &extension {
                    assert_eq!(
                        key(&format!("a.{extension}"), bytes, false),
                        "error-file-disguised",
                        "{kind} as {extension}"
                    );
                }
            }
        }
        let never = "svg html htm xml js css json exe com bat cmd ps1 vbs hta lnk jar apk sh php py doc xls ppt docm xlsm pptm \
            rtf zip rar 7z gz tar iso dmg swf wasm class psd bmp tif ico mp4 mov mp3 svgz eps ttf";
        for extension in never.split_whitespace() {
            assert_eq!(key(&format!("a.{extension}"), b"Hello", false), "error-file-type", "{extension}");
        }
    }

    #[test]
    fn anonymous_files_say_nothing_about_their_author() {
        assert_eq!(key("a.pdf", b"%PDF-1.7", true), "error-file-anonymous");
        let kept = check("Ann Lee.txt", b"Hello".to_vec(), 2, true).expect("taken");
        assert_eq!((kept.name.as_str(), kept.media_type), ("file-2.txt", "text/plain"));
    }
}
