use encoding_rs::{KOI8_R, WINDOWS_1251};
use rstest::rstest;

use super::*;

fn detected(bytes: &[u8]) -> &'static str {
    detect(&Scan::of(bytes)).unwrap().name()
}

/// Little text, and little of it Russian: that is where a general detector guesses.
#[rstest]
#[case("id;kind;text\n1;complaint;Очередь на кассе\n")]
#[case("Не работает терминал")]
#[case("id,text\n1,УЖАСНОЕ ОБСЛУЖИВАНИЕ В ОТДЕЛЕНИИ\n")]
#[case("<b>№ 5</b>; «Ёлка» — Щёлково, съезд; объём 100 %")]
fn the_russian_encodings_are_told_apart(#[case] text: &str) {
    assert_eq!(detected(&WINDOWS_1251.encode(text).0), "windows-1251");
    if !text.contains('№') {
        assert_eq!(detected(&KOI8_R.encode(text).0), "KOI8-R");
    }
    assert_eq!(detected(text.as_bytes()), "UTF-8");
}

#[test]
fn other_alphabets_are_not_taken_for_russian() {
    let greek = encoding_rs::WINDOWS_1253.encode("Η εφαρμογή δεν ανοίγει εδώ και τρεις ημέρες").0;
    assert_eq!(detected(&greek), "windows-1253");
    let german = encoding_rs::WINDOWS_1252.encode("Größe falsch, Gerät beschädigt, Rückgabe schwierig").0;
    assert_eq!(detected(&german), "windows-1252");
}

#[test]
fn a_few_wrong_bytes_do_not_make_utf8_something_else() {
    let mut bytes = "Приложение не открывается".repeat(3).into_bytes();
    bytes.push(0xE9);
    assert_eq!(detected(&bytes), "UTF-8");
}

#[test]
fn a_character_across_two_chunks_is_whole() {
    let text = format!("{}я", "a".repeat(64 * 1024 - 1));
    let scan = Scan::of(text.as_bytes());
    assert_eq!((scan.utf8.letters, scan.utf8.broken), (1, 0));
}

#[test]
fn a_transcoder_gives_everything_in_any_portions() {
    let text = "Съешь ещё этих мягких французских булок. ".repeat(3000);
    let bytes = WINDOWS_1251.encode(&text).0.into_owned();
    let charset = Charset { encoding: WINDOWS_1251, bom: 0 };
    let mut all = Vec::new();
    charset.reader(std::io::Cursor::new(bytes)).read_to_end(&mut all).unwrap();
    assert_eq!(String::from_utf8(all).unwrap(), text);
}
