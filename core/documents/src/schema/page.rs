//! `SCHEMA.md`: the declarations as a page for people.

use std::fmt::Write;

use enhance_model::{
    DocumentKind,
    field::{Field, Rule, Shape},
};

use super::fields;

const HEAD: &str = "\
# What is in a document

Schema 2, as `core/documents/src/schema` declares it. This page is written from the declarations by
`ENHANCE_BLESS=1 cargo test -p enhance-documents page`, and the tests fail when it is out of date.

- A *text* merges by character. All else is replaced as a whole, and so are texts that say one
  thing: `text` and `success` of a goal, `purpose` of an experience, `note` of a break or an
  absence. What two devices set there at once is read one after the other.
- *fixed*: written by the change that creates the document, and never again.
- *needed*: without it the item is not shown, and a document is none.
- *optional*: can be taken away again.
- *once*: written where there is nothing yet; of several, the smallest counts.
- What is not listed here belongs to a newer version; it is kept and not looked at.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for kind in DocumentKind::ALL {
        let _ = writeln!(page, "\n## `{kind}`\n\n| where | what | rule |\n|---|---|---|");
        rows(fields(kind), "", &mut page);
    }
    page
}

fn rows(fields: &[Field], above: &str, page: &mut String) {
    for field in fields {
        let path = format!("{above}{}", field.key);
        let (path, below): (String, &[Field]) = match field.shape {
            Shape::Map(fields) => (path, fields),
            Shape::Items(_, fields) | Shape::FlatItems(_, fields) => {
                (format!("{path}/{{id}}"), fields)
            }
            Shape::Flat(fields) => (format!("{path}/{{key}}"), fields),
            Shape::Texts | Shape::Strings => (format!("{path}/{{key}}"), &[]),
            Shape::Tags => (format!("{path}/{{tag}}"), &[]),
            Shape::Ids | Shape::Moments => (format!("{path}/{{id}}"), &[]),
            Shape::Counts => (format!("{path}/{{device}}"), &[]),
            _ => (path, &[]),
        };
        let _ = writeln!(page, "| `{path}` | {} | {} |", what(field.shape), rule(field));
        rows(below, &format!("{path}/"), page);
    }
}

fn what(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::String => "string".to_owned(),
        Shape::Passage => "long string".to_owned(),
        Shape::Word(words) => format!("one of `{}`", words.join("` `")),
        Shape::Id => "id".to_owned(),
        Shape::Place => "place in the other document".to_owned(),
        Shape::Mark => "position in a text of the other document".to_owned(),
        Shape::Date => "day".to_owned(),
        Shape::Number => "whole number, not negative".to_owned(),
        Shape::Moment => "moment".to_owned(),
        Shape::Amount => "thousandths, or a share such as `4/10`".to_owned(),
        Shape::Map(_) => "map".to_owned(),
        Shape::Items(noun, _) => format!("map of each {noun}"),
        Shape::FlatItems(noun, _) => format!("map of each {noun}, at the root"),
        Shape::Flat(_) => "no map; its fields are at the root".to_owned(),
        Shape::Texts => "text under each key".to_owned(),
        Shape::Strings => "string under each key".to_owned(),
        Shape::Tags => "`true` under each tag".to_owned(),
        Shape::Ids => "`true` under each id".to_owned(),
        Shape::Counts => "amount under each device".to_owned(),
        Shape::Moments => "moment under each id".to_owned(),
    }
}

fn rule(field: &Field) -> String {
    let written = match field.rule {
        Rule::Free => None,
        Rule::Optional => Some("optional"),
        Rule::Once => Some("once"),
        Rule::Fixed => Some("fixed"),
    };
    let needed = field.is_needed.then_some("needed");
    written.into_iter().chain(needed).collect::<Vec<_>>().join(", ")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads the page, and writes it when asked to")]
fn the_page_says_what_is_declared() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/SCHEMA.md");
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        std::fs::write(file, page()).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(kept, page(), "ENHANCE_BLESS=1 cargo test -p enhance-documents page writes it anew");
}
