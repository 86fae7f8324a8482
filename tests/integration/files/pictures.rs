//! Pictures that can be drawn, and some that nobody should try to.

use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, RgbaImage};
use std::io::Cursor;

/// What a camera may have written into a picture: this must be nowhere afterwards.
pub const PLACE: &str = "GPS-55.7558N-37.6173E";

pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let drawn = RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, 128]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(drawn).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn size(bytes: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(bytes).unwrap();
    (picture.width(), picture.height())
}

/// A photo 16 wide and 8 high, taken with the telephone held upright, that says where.
pub fn photo() -> Vec<u8> {
    let plain = picture(16, 8, ImageFormat::Jpeg);
    let mut photo = plain[..2].to_vec();
    let exif = exif();
    photo.extend([0xff, 0xe1]);
    photo.extend(((exif.len() + 2) as u16).to_be_bytes());
    photo.extend(exif);
    photo.extend(&plain[2..]);
    photo
}

/// Two entries: "turn it by 90 degrees", and a description.
fn exif() -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend(b"\x0e\x01\x02\0");
    exif.extend((PLACE.len() as u32).to_le_bytes());
    exif.extend(38u32.to_le_bytes());
    exif.extend(0u32.to_le_bytes());
    exif.extend(PLACE.bytes());
    exif
}

/// A picture with a text of its own, as drawing programs write the name of their user.
pub fn signed_png(text: &str) -> Vec<u8> {
    let plain = picture(4, 4, ImageFormat::Png);
    // Behind the signature and the header, which is 25 bytes long.
    let mut signed = plain[..33].to_vec();
    signed.extend(chunk(b"tEXt", format!("Author\0{text}").as_bytes()));
    signed.extend(&plain[33..]);
    signed
}

/// A header that asks for this much, and hardly anything behind it.
pub fn huge_png(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(b"IHDR", &header));
    png.extend(chunk(b"IDAT", b"\x78\x9c\x63\0\0\0\x01\0\x01"));
    png.extend(chunk(b"IEND", b""));
    png
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(data);
    chunk.extend(crc(&[&kind[..], data].concat()).to_be_bytes());
    chunk
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

pub fn animation(frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for i in 0..frames {
        let frame = RgbaImage::from_pixel(8, 8, image::Rgba([i as u8 * 40, 0, 0, 255]));
        encoder.encode_frame(Frame::new(frame)).unwrap();
    }
    drop(encoder);
    bytes
}
