use super::*;
use serde_json::json;

fn with(name: &str, text: &str) -> Templates {
    let mut assets = Assets::default();
    assets.add("heard.css", Cow::Borrowed(b"body{}"));
    let mut templates = Templates::empty(Tz::UTC, Arc::new(assets));
    register(&mut templates.html, name, text).unwrap();
    register(&mut templates.text, name, text).unwrap();
    templates
}

fn html(text: &str, context: Value) -> String {
    with("page", text).html("page", &super::context(Lang::En, context).unwrap()).unwrap()
}

fn plain(text: &str, context: Value) -> String {
    with("page", text).text("page", &super::context(Lang::Ru, context).unwrap()).unwrap()
}

fn error(text: &str, context: Value) -> String {
    with("page", text).html("page", &super::context(Lang::En, context).unwrap()).unwrap_err().to_string()
}

#[test]
fn every_template_registers() {
    let templates = Templates::load(Tz::UTC).unwrap();
    assert!(templates.html.has_template("emails/received/html"));
    assert!(templates.text.has_template("emails/received/text"));
}

#[test]
fn messages_are_escaped_in_html_only() {
    let context = json!({"name": "<script>Ann & Bob</script>"});
    let escaped = "Hello, &lt;script&gt;Ann &amp; Bob&lt;/script&gt;!";
    assert_eq!(html("{{t 'mail-greeting' name=name}}", context.clone()), escaped);
    assert_eq!(html("{{concat (t 'mail-greeting' name=name) ''}}", context.clone()), escaped, "once, not twice");
    assert_eq!(plain("{{t 'mail-greeting' name=name}}", context), "Здравствуйте, <script>Ann & Bob</script>!");
}

#[test]
fn missing_is_an_error_and_null_is_nothing() {
    assert!(error("{{nobody}}", json!({})).contains("nobody"));
    assert!(error("{{#each nobody}}{{/each}}", json!({})).contains("nobody"));
    assert!(error("{{date nobody}}", json!({})).contains("nobody is missing"));
    assert!(error("{{t 'mail-greeting' name=nobody}}", json!({})).contains("name is missing"));
    assert!(error("{{t 'mail-greeting'}}", json!({})).contains("mail-greeting"));
    assert!(error("{{t 'no-such-key'}}", json!({})).contains("no-such-key"));
    assert!(error("{{asset 'no.css'}}", json!({})).contains("no.css"));
    let nothing = json!({"at": null, "items": []});
    assert_eq!(html("[{{at}}{{date at}}{{#if at}}x{{/if}}{{#each items}}x{{/each}}]", nothing), "[]");
}

#[test]
fn the_root_stays_the_root_inside_layouts_and_loops() {
    let mut templates = with("layout", "<b lang={{@root.lang}}>{{title}}: {{> @partial-block}}</b>{{date @root.at}}");
    let page = "{{#> layout title=(t 'mail-greeting' name='Ann')}}{{#each names}}{{t 'mail-greeting' name=this}} {{/each}}{{/layout}}";
    register(&mut templates.html, "page", page).unwrap();
    let said = templates
        .html("page", &super::context(Lang::En, json!({"names": ["A", "B"], "at": "2026-11-23T10:00:00Z"})).unwrap())
        .unwrap();
    assert_eq!(said, "<b lang=en>Hello, Ann!: Hello, A! Hello, B! </b>23 November 2026");
}

#[test]
fn times_and_numbers() {
    let context = json!({"at": "2026-11-23T14:05:00Z", "on": "2026-11-23", "page": {"now": "2026-11-21T10:05:00Z"}, "n": 12345.5});
    assert_eq!(
        html("{{date at}} | {{date on}} | {{day at}}", context.clone()),
        "23 November 2026 | 23 November 2026 | Monday, 23 November"
    );
    assert_eq!(
        html("{{datetime at}} | {{due at}} | {{number n}}", context.clone()),
        "23 November 2026, 14:05 | 2 d 4 h | 12,345.5"
    );
    assert_eq!(
        plain("{{datetime at}} | {{due at}} | {{duration 5100}}", context),
        "23 ноября 2026, 14:05 | 2 д 4 ч | 1 ч 25 мин"
    );
}

#[test]
fn texts() {
    let context = json!({"text": "One <b>\r\ntwo\n\n\n\nThree", "long": "Приложение тормозит, когда открываю отчёт"});
    assert_eq!(html("{{lines text}}", context.clone()), "<p>One &lt;b&gt;<br>two</p><p>Three</p>");
    assert_eq!(plain("{{lines text}}", context.clone()), "One <b>\r\ntwo\n\n\n\nThree");
    assert_eq!(html("{{excerpt long 22}}", context.clone()), "Приложение тормозит…");
    assert_eq!(
        html("{{excerpt long 4}}|{{excerpt long 400}}", context),
        "Прил…|Приложение тормозит, когда открываю отчёт"
    );
}

#[test]
fn assets_have_addresses_that_follow_their_content() {
    let templates = with("page", "{{asset 'heard.css'}}");
    let url = templates.html("page", &super::context(Lang::En, json!({})).unwrap()).unwrap();
    let asset = templates.assets().at(&url).unwrap();
    assert_eq!((asset.mime, &*asset.bytes), ("text/css; charset=utf-8", b"body{}".as_slice()));
    assert!(
        url.starts_with("/assets/heard.") && url.ends_with(".css") && url.len() == "/assets/heard.0123456789.css".len()
    );
    assert!(templates.assets().at("/assets/heard.css").is_none());
}
