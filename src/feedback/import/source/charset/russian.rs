//! Is it Russian, and in which of its encodings? Windows-1251 and KOI8-R use the same bytes for different letters; what
//! tells them apart is how often each letter is met, and that a capital does not follow a small letter inside a word.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, X_MAC_CYRILLIC};

/// Letters of Russian in a thousand, from а to я.
const PER_MILLE: [f32; 32] = [
    80.1, 15.9, 45.4, 17.0, 29.8, 84.5, 9.4, 16.5, 73.5, 12.1, 34.9, 44.0, 32.1, 67.0, 109.7, 28.1, 47.3, 54.7, 62.6,
    26.2, 2.6, 9.7, 4.8, 14.4, 7.3, 3.6, 0.4, 19.0, 17.4, 3.2, 6.4, 20.1,
];
/// A letter that Russian does not have, or no letter at all.
const FOREIGN: f32 = 0.05;
/// What a capital after a small letter is worth, as if it were that rare a letter.
const SHIFTED: f32 = 0.1;
/// Real Russian stands at 4.4 bits a letter, letters that were shuffled above 6.
const RUSSIAN_BITS: f32 = 5.0;

/// The Russian encoding of the sample, if it is Russian: because the general detector says so (it knows Cyrillic, but
/// mixes up its encodings), or because the letters do.
pub(super) fn encoding(sample: &[u8], guess: &'static Encoding) -> Option<&'static Encoding> {
    let (bits, best) = [WINDOWS_1251, KOI8_R, IBM866]
        .into_iter()
        .map(|encoding| (bits_per_letter(&encoding.decode_without_bom_handling(sample).0), encoding))
        .min_by(|a, b| a.0.total_cmp(&b.0))?;
    let cyrillic = [WINDOWS_1251, KOI8_R, KOI8_U, IBM866, ISO_8859_5, X_MAC_CYRILLIC].contains(&guess);
    if cyrillic && bits > RUSSIAN_BITS {
        return None;
    }
    (cyrillic || (bits <= RUSSIAN_BITS && in_words(sample))).then_some(best)
}

/// Letters beyond ASCII stand together, as in Cyrillic words, and not alone between Latin ones, as in French.
fn in_words(sample: &[u8]) -> bool {
    let (mut together, mut mixed) = (0_usize, 0_usize);
    for pair in sample.windows(2) {
        match (pair[0].is_ascii(), pair[1].is_ascii()) {
            (false, false) => together += 1,
            (true, false) if pair[0].is_ascii_alphabetic() => mixed += 1,
            (false, true) if pair[1].is_ascii_alphabetic() => mixed += 1,
            _ => {}
        }
    }
    together > mixed
}

/// How surprising the letters beyond ASCII are for Russian, on average.
fn bits_per_letter(text: &str) -> f32 {
    let (mut bits, mut letters) = (0.0, 0.0);
    let mut previous = ' ';
    for c in text.chars() {
        if !c.is_ascii() && !matches!(c, '«' | '»' | '—' | '–' | '…' | '№' | '“' | '”' | '„' | '\u{A0}')
        {
            bits -= (per_mille(c) / 1000.0).log2();
            if previous.is_lowercase() && c.is_uppercase() {
                bits -= (SHIFTED / 1000.0).log2();
            }
            letters += 1.0;
        }
        previous = c;
    }
    if letters > 0.0 { bits / letters } else { f32::INFINITY }
}

fn per_mille(c: char) -> f32 {
    let place = match c {
        'а'..='я' => u32::from(c) - u32::from('а'),
        'А'..='Я' => u32::from(c) - u32::from('А'),
        'ё' | 'Ё' => 5,
        _ => return FOREIGN,
    };
    PER_MILLE.get(place as usize).copied().unwrap_or(FOREIGN)
}
