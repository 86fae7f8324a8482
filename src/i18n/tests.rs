use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use rstest::rstest;

use super::*;

#[rstest]
#[case("The app is slow", Lang::En)]
#[case("Приложение тормозит", Lang::Ru)]
#[case("Не открывается Outlook Web App", Lang::Ru)]
#[case("The word «дом» is shown wrong on every single page", Lang::En)]
#[case("12345 !!!", Lang::En)]
fn language_of_a_text(#[case] text: &str, #[case] lang: Lang) {
    assert_eq!(Lang::of_text(text), lang);
}

#[rstest]
#[case("ru-RU,ru;q=0.9,en;q=0.8", Some(Lang::Ru))]
#[case("de-DE, en-GB;q=0.7, ru;q=0.3", Some(Lang::En))]
#[case("ru;q=0, de", None)]
#[case("EN;q=oops", None)]
#[case("*", None)]
#[case("", None)]
fn language_of_a_browser(#[case] header: &str, #[case] lang: Option<Lang>) {
    assert_eq!(Lang::from_accept_language(header), lang);
}

#[test]
fn a_missing_message_or_variable_is_told() {
    assert!(lookup(Lang::En, "no-such-message", &[]).is_err());
    assert!(lookup(Lang::En, "mail-greeting", &[]).is_err());
    assert!(has(Lang::Ru, "mail-greeting") && !has(Lang::Ru, "no-such-message"));
}

#[test]
fn text_comes_without_isolating_marks() {
    assert_eq!(t(Lang::En, "mail-greeting", &[("name", "Ann".into())]), "Hello, Ann!");
}

/// What a message is made of, as far as both languages must agree.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape {
    variables: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

#[test]
fn both_languages_say_the_same_things() {
    let english = files("en");
    assert_eq!(english, files("ru"), "the same files in both languages");
    for file in english {
        assert_eq!(messages("en", &file), messages("ru", &file), "{}", file.display());
    }
}

#[test]
fn every_message_stands_in_one_file_only() {
    let mut seen = BTreeMap::new();
    for file in files("en") {
        for id in messages("en", &file).into_keys() {
            if let Some(other) = seen.insert(id.clone(), file.clone()) {
                panic!("{id} stands in {} and {}", file.display(), other.display());
            }
        }
    }
}

#[test]
fn russian_plurals_have_all_their_forms() {
    for file in files("ru") {
        visit(&resource("ru", &file), |id, expression| {
            let Expression::Select { variants, .. } = expression else { return };
            let keys: BTreeSet<&str> = variants
                .iter()
                .filter_map(|v| match &v.key {
                    VariantKey::Identifier { name } => Some(*name),
                    VariantKey::NumberLiteral { .. } => None,
                })
                .collect();
            if keys.iter().any(|k| ["one", "few", "many"].contains(k)) {
                assert!(["one", "few", "many"].iter().all(|k| keys.contains(k)), "{}: {id}: {keys:?}", file.display());
            }
        });
    }
}

fn folder(lang: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config/locales").join(lang)
}

fn files(lang: &str) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(folder(lang)).unwrap().map(|entry| entry.unwrap().file_name().into()).collect();
    names.sort();
    names
}

fn resource(lang: &str, file: &Path) -> FluentResource {
    let text = std::fs::read_to_string(folder(lang).join(file)).unwrap();
    FluentResource::try_new(text).unwrap_or_else(|(_, errors)| panic!("{lang}/{}: {errors:?}", file.display()))
}

fn messages(lang: &str, file: &Path) -> BTreeMap<String, Shape> {
    let resource = resource(lang, file);
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            let shape = Shape {
                attributes: message.attributes.iter().map(|a| a.id.name.to_owned()).collect(),
                ..Shape::default()
            };
            assert!(shapes.insert(message.id.name.to_owned(), shape).is_none(), "{} twice", message.id.name);
        }
    }
    visit(&resource, |id, expression| {
        if let (Some(name), Some(shape)) = (variable(expression), shapes.get_mut(id)) {
            shape.variables.insert(name.to_owned());
        }
    });
    shapes
}

fn variable<'a>(expression: &Expression<&'a str>) -> Option<&'a str> {
    let (Expression::Inline(inline) | Expression::Select { selector: inline, .. }) = expression;
    match inline {
        InlineExpression::VariableReference { id } => Some(id.name),
        InlineExpression::FunctionReference { arguments, .. } => arguments.positional.iter().find_map(|a| match a {
            InlineExpression::VariableReference { id } => Some(id.name),
            _ => None,
        }),
        _ => None,
    }
}

/// Calls `see` with every expression of every message and the message's id.
fn visit(resource: &FluentResource, mut see: impl FnMut(&str, &Expression<&str>)) {
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            let attributes = message.attributes.iter().map(|a| &a.value);
            for pattern in message.value.iter().chain(attributes) {
                visit_pattern(pattern, &mut |expression| see(message.id.name, expression));
            }
        }
    }
}

fn visit_pattern(pattern: &Pattern<&str>, see: &mut dyn FnMut(&Expression<&str>)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            see(expression);
            if let Expression::Select { variants, .. } = expression {
                for variant in variants {
                    visit_pattern(&variant.value, see);
                }
            }
        }
    }
}
