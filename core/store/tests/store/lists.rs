//! Lists and screens: read from projections, which can be dropped and made again.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind, Tag};
use enhance_store::{DocumentRow, List, Search};

use crate::shelf::*;

fn numbered(number: u32) -> DocumentRow {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    let kind = if number.is_multiple_of(2) {
        DocumentKind::Reflection
    } else {
        DocumentKind::ChangeProject
    };
    DocumentRow { id: DocumentId::from_bytes(id), ..row(1, kind) }
}

/// A shelf with this many documents, three changed at each moment.
fn many(documents: u32) -> Shelf {
    let mut shelf = shelf();
    shelf.write(|write| {
        for number in 0..documents {
            let row = numbered(number);
            write.put_document(&row)?;
            let title = format!("entry {number}");
            write.put_projection(&projection(&row, &title, i64::from(number / 3)))?;
        }
        Ok(())
    });
    shelf
}

#[test]
fn a_projection_reads_as_it_was_written() {
    let row = reflection(1);
    let mut shelf = shelf().with(&row);
    let first = projection(&row, "A night on call", 5);
    let second = projection(&row, "A night", 6);
    shelf.write(|write| write.put_projection(&first));
    shelf.write(|write| write.put_projection(&second));
    assert_eq!(shelf.store.projection(row.id).unwrap(), Some(second.clone()));
    assert_eq!(shelf.store.list(&List::default()).unwrap(), [second.summary]);
}

#[test]
fn pages_show_five_thousand_documents_once_each_newest_first() {
    let shelf = many(5_000);
    let mut list = List { limit: 170, ..List::default() };
    let mut seen = Vec::new();
    loop {
        let page = shelf.store.list(&list).unwrap();
        let Some(end) = page.last() else { break };
        list.after = Some(end.place());
        seen.extend(page);
    }
    assert_eq!(seen.len(), 5_000);
    assert_eq!(seen.iter().map(|each| each.document).collect::<BTreeSet<_>>().len(), 5_000);
    assert!(seen.is_sorted_by(|a, b| a.updated_at >= b.updated_at));
}

#[test]
fn lists_can_be_of_one_kind_or_tag() {
    let mut shelf = many(10);
    let kind = Some(DocumentKind::Reflection);
    let reflections = shelf.store.list(&List { kind, ..List::default() }).unwrap();
    assert_eq!(reflections.len(), 5);
    assert!(reflections.iter().all(|each| each.kind == DocumentKind::Reflection));

    let mut tagged = projection(&numbered(4), "tagged", 99);
    tagged.summary.tags = [Tag::Theme("digital".to_owned())].into();
    shelf.write(|write| write.put_projection(&tagged));
    let tag = Some(Tag::Theme("digital".to_owned()));
    assert_eq!(shelf.store.list(&List { tag, ..List::default() }).unwrap(), [tagged.summary]);
    let tag = Some(Tag::Domain("env".to_owned()));
    assert_eq!(shelf.store.list(&List { tag, kind, ..List::default() }).unwrap().len(), 4);
}

#[test]
fn what_is_derived_can_be_dropped_and_is_known_to_be_missing() {
    let mut shelf = many(4);
    let row = numbered(1);
    shelf.write(|write| write.mark_dirty(&text(&row, "entry", "words", 1)));
    assert_eq!(shelf.store.search(&Search::new("words")).unwrap().len(), 1);
    assert_eq!(shelf.store.stale_projections(10).unwrap(), []);
    shelf.write(|write| write.set_version(row.id, &version(200)));
    assert_eq!(shelf.store.stale_projections(10).unwrap(), [row.id]);

    shelf.write(|write| {
        write.clear_derived()?;
        write.set_meta("revision", b"2")
    });
    assert_eq!(shelf.store.list(&List::default()).unwrap(), []);
    assert_eq!(shelf.store.search(&Search::new("words")).unwrap(), []);
    assert_eq!(shelf.store.stale_projections(3).unwrap().len(), 3);
    assert_eq!(shelf.store.counts().unwrap().documents[&DocumentKind::Reflection], 2);
}
