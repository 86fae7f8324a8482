//! Pictures are drawn anew: what comes out holds pixels and nothing else, no camera, no place, no hidden script. The
//! size is read from the header before anything is unpacked, so that a small file cannot ask for much memory.

use super::kind::Kind;
use crate::web::upload::MAX_FILE;
use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits};
use std::io::Cursor;

/// Enough for what telephones take; the largest picture needs some 200 MB while it is drawn.
pub const MAX_PIXELS: u64 = 25_000_000;
/// All frames of an animation together…
const MAX_FRAMES_PIXELS: u64 = 2 * MAX_PIXELS;
/// …and each of them, because several are in memory at once.
const MAX_FRAME_PIXELS: u64 = MAX_PIXELS / 4;
const MAX_BYTES: u64 = 4 * MAX_PIXELS;
/// Beside the picture itself, for a decoder's own tables.
const DECODER_BYTES: u64 = 16 * 1024 * 1024;
/// A photo that came out larger than it may be is drawn once more with less detail.
const QUALITIES: [u8; 3] = [90, 80, 65];

/// The picture without anything beside its pixels, or the message key that says why not.
pub fn redraw(kind: Kind, bytes: &[u8]) -> Result<(Kind, Vec<u8>), &'static str> {
    let drawn = match kind {
        Kind::Gif => redraw_frames(bytes).map(|bytes| (Kind::Gif, bytes)),
        Kind::Png => redraw_still(bytes, ImageFormat::Png),
        Kind::WebP => redraw_still(bytes, ImageFormat::WebP),
        _ => redraw_still(bytes, ImageFormat::Jpeg),
    };
    match drawn {
        Ok((_, bytes)) if bytes.len() > 2 * MAX_FILE => Err("error-file-too-many-pixels"),
        Ok(drawn) => Ok(drawn),
        Err(ImageError::Limits(_)) => Err("error-file-too-many-pixels"),
        Err(_) => Err("error-file-broken"),
    }
}

fn redraw_still(bytes: &[u8], format: ImageFormat) -> ImageResult<(Kind, Vec<u8>)> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder()?;
    refuse_more_than(MAX_PIXELS, decoder.dimensions())?;
    if decoder.total_bytes() > MAX_BYTES {
        return Err(too_many());
    }
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    match format {
        ImageFormat::Png => Ok((Kind::Png, as_png(&picture)?)),
        // We can write WebP only without loss, which makes photos huge.
        ImageFormat::WebP if picture.color().has_alpha() => Ok((Kind::WebP, as_webp(&picture)?)),
        _ => Ok((Kind::Jpeg, as_jpeg(picture)?)),
    }
}

fn redraw_frames(bytes: &[u8]) -> ImageResult<Vec<u8>> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes))?;
    decoder.set_limits(limits())?;
    let (width, height) = decoder.dimensions();
    refuse_more_than(MAX_FRAME_PIXELS, (width, height))?;
    let (mut drawn, mut pixels) = (Vec::new(), 0);
    let mut encoder = GifEncoder::new_with_speed(&mut drawn, 30);
    encoder.set_repeat(Repeat::Infinite)?;
    for frame in decoder.into_frames() {
        pixels += u64::from(width) * u64::from(height);
        if pixels > MAX_FRAMES_PIXELS {
            return Err(too_many());
        }
        encoder.encode_frame(frame?)?;
    }
    drop(encoder);
    Ok(drawn)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES + DECODER_BYTES);
    limits
}

fn refuse_more_than(most: u64, (width, height): (u32, u32)) -> ImageResult<()> {
    if u64::from(width) * u64::from(height) > most { Err(too_many()) } else { Ok(()) }
}

fn too_many() -> ImageError {
    ImageError::Limits(image::error::LimitError::from_kind(image::error::LimitErrorKind::DimensionError))
}

fn as_png(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut drawn = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut drawn))?;
    Ok(drawn)
}

fn as_webp(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut drawn = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut drawn))?;
    Ok(drawn)
}

fn as_jpeg(picture: DynamicImage) -> ImageResult<Vec<u8>> {
    let picture = match picture {
        plain @ (DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_)) => plain,
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    };
    let mut drawn = Vec::new();
    for quality in QUALITIES {
        drawn.clear();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut drawn, quality))?;
        if drawn.len() <= MAX_FILE {
            break;
        }
    }
    Ok(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(12, 9, |x, y| image::Rgb([x as u8 * 20, y as u8 * 20, 9]));
        DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).expect("draws");
        bytes.into_inner()
    }

    const FORMATS: [(Kind, ImageFormat); 4] = [
        (Kind::Png, ImageFormat::Png),
        (Kind::Jpeg, ImageFormat::Jpeg),
        (Kind::Gif, ImageFormat::Gif),
        (Kind::WebP, ImageFormat::WebP),
    ];

    #[test]
    fn pictures_stay_what_they_show() {
        for (kind, format) in FORMATS {
            let (_, bytes) = redraw(kind, &drawn(format)).expect("draws");
            let again = image::load_from_memory(&bytes).expect("can be read");
            assert_eq!((again.width(), again.height()), (12, 9));
            assert!(again.to_rgb8().get_pixel(11, 8).0[0] > 190, "{kind:?}");
        }
        // What has nothing to shine through needs no WebP.
        assert_eq!(redraw(Kind::WebP, &drawn(ImageFormat::WebP)).expect("draws").0, Kind::Jpeg);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn damaged_pictures_take_nobody_with_them(
            which in 0usize..4,
            places in proptest::collection::vec((0usize..400, any::<u8>()), 1..8),
            end in 0usize..400,
        ) {
            let (kind, format) = FORMATS[which];
            let mut bytes = drawn(format);
            for (place, byte) in places {
                let len = bytes.len();
                bytes[place % len] = byte;
            }
            bytes.truncate(end.max(20));
            if let Ok((_, drawn)) = redraw(kind, &bytes) {
                prop_assert!(drawn.len() <= 2 * MAX_FILE);
            }
        }
    }
}
