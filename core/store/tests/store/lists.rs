//! Lists and screens: read from projections, which can be dropped and made again.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind};
use enhance_store::DocumentRow;

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
            let title = format!("document {number}");
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
    assert_eq!(shelf.store.list(DocumentKind::Reflection, 0, 10).unwrap(), [second.summary]);
}

#[test]
fn pages_show_five_thousand_documents_of_a_kind_once_each_newest_first() {
    let shelf = many(10_000);
    let mut seen = Vec::new();
    for offset in (0..5_200).step_by(170) {
        seen.extend(shelf.store.list(DocumentKind::Reflection, offset, 170).unwrap());
    }
    assert_eq!(seen.len(), 5_000);
    assert_eq!(seen.iter().map(|each| each.document).collect::<BTreeSet<_>>().len(), 5_000);
    assert!(seen.iter().all(|each| each.kind == DocumentKind::Reflection));
    assert!(seen.is_sorted_by(|a, b| a.updated_at >= b.updated_at));
}

#[test]
fn what_is_derived_can_be_dropped_and_is_known_to_be_missing() {
    let mut shelf = many(4);
    let row = numbered(1);
    shelf.write(|write| write.mark_dirty(&text(&row, "title", "words", 1)));
    assert_eq!(shelf.store.search(&looking_for("words")).unwrap().len(), 1);
    assert_eq!(shelf.store.stale_projections(10).unwrap(), []);
    shelf.write(|write| write.set_version(row.id, &version(200)));
    assert_eq!(shelf.store.stale_projections(10).unwrap(), [row.id]);

    shelf.write(|write| {
        write.clear_derived()?;
        write.set_meta("revision", b"2")
    });
    assert_eq!(shelf.store.list(DocumentKind::Reflection, 0, 10).unwrap(), []);
    assert_eq!(shelf.store.search(&looking_for("words")).unwrap(), []);
    assert_eq!(shelf.store.stale_projections(3).unwrap().len(), 3);
    assert_eq!(shelf.store.counts().unwrap().documents[&DocumentKind::Reflection], 2);
}
