//! What a declaration brings, on one that no kind of document has yet: a noun that was added after
//! documents had been made.

use std::collections::BTreeSet;

use automerge::{AutoCommit, ROOT, ReadDoc, transaction::Transactable};
use enhance_model::{
    DocumentKind, ItemId, Items, Noun,
    change_project::{CycleText, Section},
    field::{Field, Shape, find},
    record::Fields,
};

use super::{check, pen::Pen, places, project, reader::Reader, view::View, writer::Writer};
use crate::DocumentError;

const FIELDS: &[Field] =
    &[Field::string("title"), Field::items("drivers", Noun::Measure, DRIVER).late()];

const DRIVER: &[Field] = &[
    Field::string("title"),
    Field::date("due").optional(),
    Field::text("notes"),
    Field::items("ideas", Noun::Action, IDEA).late(),
];

const IDEA: &[Field] = &[Field::string("title").needed()];

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

/// A document made before drivers were declared.
fn older(actor: u8) -> AutoCommit {
    let mut doc = AutoCommit::new();
    doc.set_author(Some(vec![actor; 16].into()));
    Pen::new(&mut doc).put(&ROOT, "title", "Falls").unwrap();
    doc.commit();
    doc
}

/// The same document on another device.
fn other(doc: &mut AutoCommit, actor: u8) -> AutoCommit {
    let mut other = AutoCommit::load(&doc.save()).unwrap();
    other.set_author(Some(vec![actor; 16].into()));
    other
}

fn write(
    doc: &mut AutoCommit,
    write: impl FnOnce(&mut Writer<'_, '_>) -> Result<(), DocumentError>,
) {
    write(&mut Writer::root(&mut Pen::new(doc), FIELDS)).unwrap();
    doc.commit();
}

fn begin(doc: &mut AutoCommit, number: u8, title: &str) {
    write(doc, |root| {
        let mut driver = root.item_or_new("drivers", item(number))?;
        driver.put("title", title)?;
        driver.complete()
    });
}

#[derive(Debug, PartialEq)]
struct Driver {
    title: String,
    notes: String,
    ideas: Vec<String>,
}

fn driver(title: &str, notes: &str, ideas: &[&str]) -> Driver {
    let ideas = ideas.iter().map(|idea| (*idea).to_owned()).collect();
    Driver { title: title.to_owned(), notes: notes.to_owned(), ideas }
}

fn drivers(doc: &AutoCommit) -> Vec<(ItemId, Driver)> {
    let read = |driver: &Reader<'_>| {
        let ideas: Items<String> = driver.items("ideas", |idea| Some(idea.string("title")));
        let ideas = ideas.into_values().collect();
        Some(Driver { title: driver.string("title"), notes: driver.text("notes"), ideas })
    };
    Reader::root(&View::now(doc), FIELDS).items("drivers", read)
}

fn fits(doc: &AutoCommit) -> bool {
    check::fits(&Reader::root(&View::now(doc), FIELDS))
}

#[test]
fn what_two_devices_add_to_an_older_document_at_once_is_all_read_and_edited() {
    let mut mine = older(1);
    assert!(fits(&mine), "the document is older than the drivers");
    let mut theirs = other(&mut mine, 2);
    begin(&mut mine, 1, "Light");
    begin(&mut theirs, 2, "Staff");
    mine.merge(&mut theirs).unwrap();
    assert!(fits(&mine));
    for (number, notes) in [(1, "Lamps"), (2, "Nights")] {
        write(&mut mine, |root| root.item("drivers", item(number))?.text("notes", notes));
    }
    let both =
        [(item(1), driver("Light", "Lamps", &[])), (item(2), driver("Staff", "Nights", &[]))];
    assert_eq!(drivers(&mine), both);
    write(&mut mine, |root| root.remove_item("drivers", item(1)));
    assert_eq!(drivers(&mine), both[1..]);
}

#[test]
fn each_field_is_edited_by_itself() {
    let mut mine = older(1);
    begin(&mut mine, 1, "Light");
    let mut theirs = other(&mut mine, 2);
    write(&mut mine, |root| root.item("drivers", item(1))?.put("title", "Lights"));
    write(&mut theirs, |root| {
        let mut driver = root.item("drivers", item(1))?;
        driver.put_or_clear("due", Some("2026-12-01"))?;
        driver.item_or_new("ideas", item(7))?.put("title", "Lamps")
    });
    mine.merge(&mut theirs).unwrap();
    assert_eq!(drivers(&mine), [(item(1), driver("Lights", "", &["Lamps"]))]);
    let view = View::now(&mine);
    let paths = places::scalars(&Reader::root(&view, FIELDS)).into_iter().map(|(path, _)| path);
    let (driver, idea) = (item(1), item(7));
    let expected = [
        "title".to_owned(),
        format!("drivers/{driver}/title"),
        format!("drivers/{driver}/due"),
        format!("drivers/{driver}/ideas/{idea}/title"),
    ];
    assert_eq!(paths.collect::<Vec<_>>(), expected);
}

#[test]
fn an_item_that_is_not_there_is_named_and_nothing_is_made_in_passing() {
    let mut doc = older(1);
    let mut pen = Pen::new(&mut doc);
    let mut root = Writer::root(&mut pen, FIELDS);
    let missing = DocumentError::NoSuchItem { what: Noun::Measure, id: item(1).to_string() };
    assert_eq!(root.item("drivers", item(1)).err(), Some(missing));
    assert_eq!(root.remove_item("drivers", item(1)), Ok(()));
    assert_eq!(doc.pending_ops(), 0);
}

#[test]
fn what_is_not_declared_is_not_written() {
    let mut doc = older(1);
    let mut pen = Pen::new(&mut doc);
    let mut root = Writer::root(&mut pen, FIELDS);
    let undeclared = |key: &str| Err(DocumentError::Undeclared { key: key.to_owned() });
    assert_eq!(root.put("budget", 1_u64), undeclared("budget"));
    assert_eq!(root.put("title", 1_u64), undeclared("title"));
    assert_eq!(root.text("title", "Falls"), undeclared("title"));
    assert_eq!(root.put_or_clear("title", None::<&str>), undeclared("title"));
    let mut driver = root.item_or_new("drivers", item(1)).unwrap();
    assert_eq!(driver.put("due", "soon"), undeclared("due"));
}

#[test]
fn a_late_map_may_come_and_must_not_be_replaced() {
    let mut doc = older(1);
    let before = doc.get_heads();
    begin(&mut doc, 1, "Light");
    let with = doc.get_heads();
    doc.put_object(ROOT, "drivers", automerge::ObjType::Map).unwrap();
    doc.commit();
    let [drivers] = [&FIELDS[1]];
    let view = |heads: &[automerge::ChangeHash]| View::at(&doc, heads.to_vec());
    assert!(check::is_kept(&view(&before), &view(&with), drivers));
    assert!(!check::is_kept(&view(&with), &View::now(&doc), drivers));
}

#[test]
fn wrong_types_in_items_of_items_do_not_fit() {
    let mut doc = older(1);
    begin(&mut doc, 1, "Light");
    write(&mut doc, |root| {
        let mut driver = root.item("drivers", item(1))?;
        driver.item_or_new("ideas", item(7))?.put("title", "Lamps")
    });
    let container = doc.get(ROOT, "drivers").unwrap().unwrap().1;
    let driver = doc.get(&container, item(1).to_string()).unwrap().unwrap().1;
    let ideas = doc.get(&driver, "ideas").unwrap().unwrap().1;
    let idea = doc.get(&ideas, item(7).to_string()).unwrap().unwrap().1;
    assert!(fits(&doc));
    for (object, key) in [(&driver, "notes"), (&driver, "due"), (&idea, "title"), (&ideas, "x")] {
        let mut hostile = doc.clone();
        hostile.put(object, key, 7).unwrap();
        assert!(!fits(&hostile), "{key}");
    }
}

#[test]
fn every_text_that_the_model_names_is_declared() {
    let texts_of = |map: &str| match find(project::FIELDS, map).unwrap().shape {
        Shape::Map(fields) | Shape::Items(_, fields) => {
            let texts = fields.iter().filter(|field| matches!(field.shape, Shape::Text));
            texts.map(|field| field.key).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(texts_of("sections"), Section::WORDS);
    assert_eq!(texts_of("cycles"), CycleText::WORDS);
}

#[test]
fn a_key_is_declared_once() {
    fn distinct(fields: &[Field]) {
        let keys: BTreeSet<_> = fields.iter().map(|field| field.key).collect();
        assert_eq!(keys.len(), fields.len());
        for field in fields {
            if let Shape::Map(fields)
            | Shape::Items(_, fields)
            | Shape::FlatItems(_, fields)
            | Shape::Flat(fields) = field.shape
            {
                distinct(fields);
            }
        }
    }
    for kind in DocumentKind::ALL {
        distinct(super::fields(kind));
    }
}
