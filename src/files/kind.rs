//! The types of files that are taken, each known by the end of its name and by its content.

use infer::{image, odf, text};

/// What file fields of forms offer to choose from. Phones turn their own picture formats into one of these.
pub const ACCEPT: &str = ".png,.jpg,.jpeg,.gif,.webp,.pdf,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods,.odp,.eml,\
    image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain,text/csv";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    Gif,
    WebP,
    Pdf,
    Text,
    Csv,
    Mail,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
}

impl Kind {
    /// What a file claims to be by the end of its name.
    pub fn of_extension(extension: &str) -> Option<Kind> {
        Some(match extension {
            "png" => Kind::Png,
            "jpg" | "jpeg" => Kind::Jpeg,
            "gif" => Kind::Gif,
            "webp" => Kind::WebP,
            "pdf" => Kind::Pdf,
            "txt" | "log" => Kind::Text,
            "csv" => Kind::Csv,
            "eml" => Kind::Mail,
            "docx" => Kind::Docx,
            "xlsx" => Kind::Xlsx,
            "pptx" => Kind::Pptx,
            "odt" => Kind::Odt,
            "ods" => Kind::Ods,
            "odp" => Kind::Odp,
            _ => return None,
        })
    }

    /// Whether the content is what the name claims.
    pub fn agrees_with(self, bytes: &[u8]) -> bool {
        match self {
            Kind::Png => image::is_png(bytes),
            Kind::Jpeg => image::is_jpeg(bytes),
            Kind::Gif => bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
            Kind::WebP => image::is_webp(bytes),
            Kind::Pdf => bytes.starts_with(b"%PDF-"),
            Kind::Text | Kind::Csv => is_plain_text(bytes),
            Kind::Mail => is_plain_text(bytes) && begins_with_a_header(bytes),
            Kind::Docx => is_office(bytes, b"word/"),
            Kind::Xlsx => is_office(bytes, b"xl/"),
            Kind::Pptx => is_office(bytes, b"ppt/"),
            Kind::Odt => odf::is_odt(bytes),
            Kind::Ods => odf::is_ods(bytes),
            Kind::Odp => odf::is_odp(bytes),
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Gif => "image/gif",
            Kind::WebP => "image/webp",
            Kind::Pdf => "application/pdf",
            Kind::Text => "text/plain",
            Kind::Csv => "text/csv",
            Kind::Mail => "message/rfc822",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Kind::Odt => "application/vnd.oasis.opendocument.text",
            Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }

    /// How names of pictures end when we choose.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Gif => "gif",
            Kind::WebP => "webp",
            _ => "bin",
        }
    }

    pub fn is_picture(self) -> bool {
        matches!(self, Kind::Png | Kind::Jpeg | Kind::Gif | Kind::WebP)
    }

    /// Whether it may name its author in places we cannot clean.
    pub fn names_its_author(self) -> bool {
        !self.is_picture() && !matches!(self, Kind::Text | Kind::Csv)
    }
}

/// Text in any encoding that has no zero bytes and no control characters, and is not a document of another kind that
/// happens to be written in text. Old spreadsheets still write Windows-1251, so it need not be UTF-8.
fn is_plain_text(bytes: &[u8]) -> bool {
    let control = |b: &u8| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c);
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = marked.trim_ascii_start();
    let other: [&[u8]; 6] = [b"GIF8", b"<svg", b"<?php", b"#!", b"%PDF", b"{\\rtf"];
    !bytes.iter().any(control)
        && (std::str::from_utf8(bytes).is_ok() || infer::get(bytes).is_none())
        && !text::is_html(marked)
        && !text::is_xml(marked)
        && !other.iter().any(|other| start.get(..other.len()).is_some_and(|s| s.eq_ignore_ascii_case(other)))
}

/// "Received: from …": letters and dashes, then a colon.
fn begins_with_a_header(bytes: &[u8]) -> bool {
    let name = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    (2..=70).contains(&name) && bytes.get(name) == Some(&b':')
}

/// A zip file that holds what office documents hold, by the names in its table of contents: nothing is unpacked. With
/// programs inside (macros) it is not what its name says.
fn is_office(bytes: &[u8], folder: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && holds(bytes, b"[Content_Types].xml")
        && holds(bytes, folder)
        && !holds(bytes, b"vbaProject.bin")
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_in_any_encoding() {
        assert!(is_plain_text("a;b\r\n\tж\n".as_bytes()));
        assert!(is_plain_text(b"\xef\xf0\xe8\xe2\xe5\xf2;1"), "Windows-1251");
        assert!(is_plain_text(b"BMW is late <3"), "which begins like a bitmap");
        for not in
            ["<html><body>", " \n<SVG onload=x>", "<?xml ?>", "<script>x</script>", "#!/bin/sh", "a\0b", "\u{1b}[2J"]
        {
            assert!(!is_plain_text(not.as_bytes()), "{not}");
        }
        assert!(!is_plain_text(b"\xef\xbb\xbf<svg/>"));
    }

    #[test]
    fn office_documents_are_known_by_their_contents() {
        let docx = b"PK\x03\x04....[Content_Types].xml....word/document.xml";
        assert!(Kind::Docx.agrees_with(docx) && !Kind::Xlsx.agrees_with(docx));
        assert!(!Kind::Docx.agrees_with(b"PK\x03\x04....evil.exe"));
        assert!(!Kind::Docx.agrees_with(b"PK\x03\x04[Content_Types].xml word/vbaProject.bin"));
        let mut odt = vec![0; 30];
        odt[..4].copy_from_slice(b"PK\x03\x04");
        odt.extend(b"mimetypeapplication/vnd.oasis.opendocument.text");
        assert!(Kind::Odt.agrees_with(&odt) && !Kind::Ods.agrees_with(&odt));
    }

    #[test]
    fn mails_begin_with_a_header() {
        assert!(Kind::Mail.agrees_with(b"Received: from a\r\n\r\nHello"));
        assert!(!Kind::Mail.agrees_with(b"Hello, here I am"));
    }

    #[test]
    fn what_is_taken_is_offered() {
        for extension in ACCEPT.split(',').filter_map(|each| each.strip_prefix('.')) {
            assert!(Kind::of_extension(extension).is_some(), "{extension}");
        }
    }
}
