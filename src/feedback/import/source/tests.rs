mod files;

use encoding_rs::{Encoding, KOI8_R, UTF_8, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use files::{TempFile, utf16, workbook};

const RUSSIAN: &str =
    "номер;текст\r\n1;Приложение не открывается уже третий день, помогите\r\n2;Спасибо, всё хорошо\r\n";

fn open(bytes: &[u8]) -> Source {
    Source::open(TempFile::with(bytes).path()).unwrap()
}

fn refused(bytes: &[u8]) -> SourceError {
    Source::open(TempFile::with(bytes).path()).unwrap_err()
}

/// Every row as "line: value|value" or "line: ! error".
fn rows(source: Source) -> Vec<String> {
    let columns = source.columns().len();
    let show = |row: Row| match row.fields {
        Ok(fields) => {
            format!("{}: {}", row.line, (0..columns).map(|i| fields.get(i)).collect::<Vec<_>>().join("|"))
        }
        Err(e) => format!("{}: ! {e}", row.line),
    };
    source.map(|row| show(row.unwrap())).collect()
}

#[rstest]
#[case::comma(b"a,b\n1,2\n", b',')]
#[case::semicolon_with_commas_in_texts(b"a;b\n1;x, y, z\n2;x, y\n", b';')]
#[case::tab(b"a\tb\n1\t2\n", b'\t')]
#[case::bar(b"a|b\n1|2\n", b'|')]
#[case::delimiters_inside_quotes(b"\"a;b;c\",d\n\"1;2;3\",4\n", b',')]
#[case::header_without_rows(b"a;b;c", b';')]
#[case::single_bracket_column(b"[id],text\n1,x\n", b',')]
fn delimiters_are_found_outside_quotes(#[case] bytes: &[u8], #[case] delimiter: u8) {
    assert_eq!(open(bytes).format(), Format::Csv(delimiter));
}

#[test]
fn a_file_of_one_column_is_read_line_by_line() {
    let source = open("text\nslow, and rude\n\"two\nlines\"\n".as_bytes());
    assert_eq!(rows(source), ["2: slow, and rude", "3: two\nlines"]);
}

#[rstest]
#[case::windows_1251(WINDOWS_1251)]
#[case::koi8_r(KOI8_R)]
#[case::utf_8(UTF_8)]
fn russian_is_read_in_its_encodings(#[case] encoding: &'static Encoding) {
    let source = open(&encoding.encode(RUSSIAN).0);
    assert_eq!((source.encoding(), source.format()), (encoding.name(), Format::Csv(b';')));
    assert_eq!(source.columns(), ["номер", "текст"]);
    let expected = ["2: 1|Приложение не открывается уже третий день, помогите", "3: 2|Спасибо, всё хорошо"];
    assert_eq!(rows(source), expected);
}

#[rstest]
fn utf16_is_read_with_and_without_its_mark(
    #[values(true, false)] little: bool,
    #[values(true, false)] mark: bool,
    #[values(RUSSIAN, "id,text\n1,caf\u{e9} 😀\n")] text: &str,
) {
    let marked = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    let source = open(&utf16(&marked, little));
    assert_eq!(source.encoding(), if little { "UTF-16LE" } else { "UTF-16BE" });
    assert_eq!(rows(source), rows(open(text.as_bytes())));
}

#[test]
fn western_text_is_read_in_windows_1252() {
    let source = open(&WINDOWS_1252.encode("id;text\n1;Le café était “très” mauvais – à éviter\n").0);
    assert_eq!(rows(source), ["2: 1|Le café était “très” mauvais – à éviter"]);
}

#[test]
fn json_is_read_in_other_encodings_too() {
    let json = "[{\"текст\": \"Карта не пришла, жду вторую неделю\"}]";
    assert_eq!(rows(open(&WINDOWS_1251.encode(json).0)), ["1: Карта не пришла, жду вторую неделю"]);
    assert_eq!(rows(open(&utf16(json, true))), ["1: Карта не пришла, жду вторую неделю"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name() {
    let source = open("\u{feff}id,text\r\n1,x\r\n".as_bytes());
    assert_eq!(source.columns(), ["id", "text"]);
    assert_eq!(open("\u{feff}[{\"a\":1}]".as_bytes()).format(), Format::JsonArray);
}

#[test]
fn letters_far_down_the_file_still_tell_its_encoding() {
    let mut text = String::from("id;text\n");
    (0..40_000).for_each(|i| text.push_str(&format!("{i};ok\n")));
    text.push_str("1;Приложение не открывается\n");
    let source = open(&WINDOWS_1251.encode(&text).0);
    assert_eq!(rows(source).last().unwrap(), "40002: 1|Приложение не открывается");
}

#[rstest]
#[case::unix("\n")]
#[case::windows("\r\n")]
#[case::old_mac("\r")]
fn lines_are_counted_through_quotes_and_blank_lines(#[case] end: &str) {
    let text = "id,text\n1,one\n\n\n2,\"two\nlines\"\n,\n3,three\n4\n5,five,more\n6,six,,\n7,seven".replace('\n', end);
    assert_eq!(
        rows(open(text.as_bytes())),
        [
            "2: 1|one",
            "5: 2|two\nlines",
            "8: 3|three",
            "9: ! has 1 fields where the header has 2",
            "10: ! has 3 fields where the header has 2",
            "11: 6|six",
            "12: 7|seven",
        ]
    );
}

#[test]
fn a_quote_that_is_never_closed_is_said_where_it_opens() {
    let source = open(b"id,text\n1,one\n2,\"two\n3,three\n");
    assert_eq!(rows(source), ["2: 1|one", "3: ! a quote is opened here and never closed"]);
}

#[test]
fn bytes_that_are_not_utf8_are_an_error_of_their_row() {
    let mut bytes = "id,text\n1,это строка\n2,".as_bytes().to_vec();
    bytes.extend_from_slice(b"\xff\xfe");
    bytes.extend_from_slice("\n3,и это\n".as_bytes());
    assert_eq!(rows(open(&bytes)), ["2: 1|это строка", "3: ! bytes that are not UTF-8 in column 'text'", "4: 3|и это"]);
}

#[test]
fn names_are_made_for_nameless_and_repeated_columns() {
    assert_eq!(open(b" id ,,text,text\n1,2,3,4\n").columns(), ["id", "column 2", "text", "text (2)"]);
}

#[test]
fn an_array_is_flattened() {
    let json = r#"[
        {"id": 1, "contact": {"email": "ann@example.org", "age": 4.5}, "tags": ["a", "b"], "x": null},
        {"id": 12345678901234567890, "ok": true, "deep": [{"k": 1}], "brackets": "]},{[\"\\"}
    ]"#;
    let source = open(json.as_bytes());
    assert_eq!(source.format(), Format::JsonArray);
    assert_eq!(source.columns(), ["contact.age", "contact.email", "id", "tags", "x", "brackets", "deep", "ok"]);
    assert_eq!(
        rows(source),
        ["2: 4.5|ann@example.org|1|a, b||||", "3: ||12345678901234567890|||]},{[\"\\|[{\"k\":1}]|true"]
    );
}

#[test]
fn an_element_that_is_no_object_is_only_that_elements_error() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let json = format!("[{{\"a\": 1}},\n 5,\n {{\"a\": \"\\ud83d\"}}, {{\"a\": {deep}}},\n{{\"a\": 2}}]");
    let rows = rows(open(json.as_bytes()));
    assert_eq!((rows[0].as_str(), rows[1].as_str(), rows[4].as_str()), ("1: 1", "2: ! not a JSON object", "4: 2"));
    assert!(rows[2].starts_with("3: ! not valid JSON") && rows[3].starts_with("3: ! not valid JSON"), "{rows:?}");
}

#[rstest]
#[case::cut_off("[{\"a\": 1},\n{\"a\": ", 2)]
#[case::no_comma("[{\"a\": 1}\n{\"a\": 2}]", 2)]
#[case::comma_too_many("[{\"a\": 1},\n]", 2)]
#[case::wrong_inside("[{\"a\": 1},\n{\"a\":\n nope}]", 3)]
#[case::wrong_bracket("[{\"a\": 1]]", 1)]
#[case::more_behind("[{\"a\": 1}]\n\n[]", 3)]
#[case::nothing_between_commas("[{\"a\": 1},,{}]", 1)]
#[case::open_string("[{\"a\": \"x}]", 1)]
#[case::spread_object("{\n \"a\": 1\n}", 1)]
fn broken_json_is_refused_with_its_line(#[case] json: &str, #[case] expected: u64) {
    let error = refused(json.as_bytes());
    assert!(matches!(error, SourceError::Json { line, .. } if line == expected), "{error}");
}

#[test]
fn a_broken_line_is_only_that_lines_error() {
    let mut bytes = "{\"a\":\"раз, два\"}\n\n{\"a\":\n[1]\r\n{\"b\":\"".as_bytes().to_vec();
    bytes.extend_from_slice(b"\xff\"}\n{\"a\":4}");
    let source = open(&bytes);
    assert_eq!((source.format(), source.columns().join("|").as_str()), (Format::JsonLines, "a"));
    let rows = rows(source);
    assert_eq!(rows[0], "1: раз, два");
    assert!(rows[1].starts_with("3: ! not valid JSON: EOF"), "{}", rows[1]);
    assert_eq!(rows[2..], ["4: ! not a JSON object", "5: ! bytes that are not UTF-8", "6: 4"]);
}

#[test]
fn an_empty_array_has_no_rows() {
    assert!(rows(open(b" [ ] \n")).is_empty());
}

#[test]
fn the_first_sheet_of_a_workbook_is_read() {
    let source = open(&workbook(
        r#"<row r="2"><c r="A2" t="inlineStr"><is><t>id</t></is></c><c r="B2" t="inlineStr"><is><t>text</t></is></c>
             <c r="D2" t="inlineStr"><is><t>date</t></is></c></row>
           <row r="3"><c r="A3"><v>7</v></c><c r="B3" t="inlineStr"><is><t>Плохо &amp; дорого</t></is></c>
             <c r="D3" s="1"><v>45000</v></c></row>
           <row r="4"><c r="A4"><v> </v></c></row>
           <row r="5"><c r="A5"><v>7.5</v></c><c r="B5" t="b"><v>1</v></c><c r="D5" s="1"><v>45000.5</v></c></row>
           <row r="6"><c r="B6" t="inlineStr"><is><t>x</t></is></c><c r="E6"><v>1</v></c></row>"#,
    ));
    assert_eq!((source.format(), source.columns().join("|").as_str()), (Format::Xlsx, "id|text|column 3|date"));
    assert_eq!(
        rows(source),
        [
            "3: 7|Плохо & дорого||2023-03-15",
            "5: 7.5|true||2023-03-15T12:00:00",
            "6: ! has 5 fields where the header has 4",
        ]
    );
}

#[test]
fn what_is_not_a_table_is_refused() {
    assert!(matches!(refused(b""), SourceError::Empty));
    assert!(matches!(refused(b"\xef\xbb\xbf \n"), SourceError::Empty));
    assert!(matches!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), SourceError::Binary("a picture")));
    assert!(matches!(refused(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"), SourceError::Binary("not text")));
    assert!(matches!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1"), SourceError::Binary(_)));
    assert!(matches!(refused(b"PK\x03\x04 but no more"), SourceError::Workbook(_)));
    assert!(matches!(refused("a,".repeat(5000).as_bytes()), SourceError::TooManyColumns(5001)));
    assert!(matches!(Source::open(Path::new("/no/such/file")), Err(SourceError::Missing)));
    assert!(matches!(Source::open(&std::env::temp_dir()), Err(SourceError::Directory)));
}

#[test]
fn the_hash_is_that_of_the_bytes_and_progress_ends_at_the_total() {
    let mut source = open(b"a,b\n1,2\n");
    assert_eq!(source.sha256(), "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470");
    assert_eq!((source.bytes_read() <= source.total(), source.by_ref().count()), (true, 1));
    assert_eq!((source.bytes_read(), source.total()), (8, 8));

    let mut marked = open(&utf16("\u{feff}a,b\n1,2\n", true));
    assert_eq!((marked.by_ref().count(), marked.bytes_read()), (1, marked.total()));
}

proptest! {
    /// Whatever the texts are, what was written is read, in each format and encoding that can say it.
    #[test]
    fn what_was_written_is_read(texts in prop::collection::vec("[a-zа-я,;\"\\\\\n ]{0,30}[а-я]", 1..8)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["номер обращения", "текст обращения клиента"]).unwrap();
        texts.iter().for_each(|text| writer.write_record(["1", text]).unwrap());
        let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let lines: String = texts.iter().map(|text| format!("{}\n", serde_json::json!({"t": text}))).collect();
        let read = |bytes: &[u8], column: usize| -> Vec<String> {
            open(bytes).map(|row| row.unwrap().fields.unwrap().get(column).to_owned()).collect()
        };
        prop_assert_eq!(&read(table.as_bytes(), 1), &texts);
        prop_assert_eq!(&read(&utf16(&table, true), 1), &texts);
        prop_assert_eq!(&read(lines.as_bytes(), 0), &texts);
        let array = format!("[{}]", lines.trim_end().replace('\n', ","));
        prop_assert_eq!(&read(array.as_bytes(), 0), &texts);
    }

    /// No bytes make it panic or run forever.
    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200), start in "(\\[\\{|\\{\"|a;b\n|PK\x03\x04|)") {
        let all = [start.as_bytes(), &bytes].concat();
        if let Ok(source) = Source::open(TempFile::with(&all).path()) {
            prop_assert!(source.count() <= all.len());
        }
    }
}
