//! Lists and screens: read from projections, which can be dropped and made again.

use std::collections::BTreeSet;

use enhance_model::{DeviceId, DocumentId, DocumentKind, Person, PersonRole, Role};
use enhance_store::{
    DocumentRow, Draft, Entry, EntryKind, ListPosition, ListRow, Projection, Stage, StageCounts,
    StoreError, StoreReader,
};

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
    assert_eq!(
        shelf.store.list(DocumentKind::Reflection, None, 10).unwrap()[0].summary,
        second.summary
    );
}

#[test]
fn pages_show_five_thousand_documents_of_a_kind_once_each_newest_first() {
    let shelf = many(10_000);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = shelf.store.list(DocumentKind::Reflection, after, 170).unwrap();
        let Some(ListRow { summary: last, .. }) = page.last() else { break };
        after = Some(ListPosition { updated_at: last.updated_at, document: last.document });
        seen.extend(page.into_iter().map(|listed| listed.summary));
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
    shelf.write(|write| note(write, &text(&row, "title", "words", 1)));
    assert_eq!(shelf.search(&looking_for("words")).unwrap().len(), 1);
    assert_eq!(shelf.store.stale_projections(1, None, 10).unwrap(), []);
    shelf.write(|write| write.set_version(row.id, &version(200)));
    assert_eq!(shelf.store.stale_projections(1, None, 10).unwrap(), [row.id]);

    shelf.write(|write| {
        write.clear_derived()?;
        write.set_meta("revision", b"2")
    });
    assert_eq!(shelf.store.list(DocumentKind::Reflection, None, 10).unwrap(), []);
    assert_eq!(shelf.search(&looking_for("words")).unwrap(), []);
    assert_eq!(shelf.store.stale_projections(1, None, 3).unwrap().len(), 3);
    assert_eq!(shelf.store.documents(DocumentKind::Reflection).unwrap().len(), 2);
}

#[test]
fn rows_of_another_revision_are_shown_until_they_are_made_again() {
    let mut shelf = many(6);
    let first = shelf.store.stale_projections(2, None, 4).unwrap();
    assert_eq!(first, [0, 1, 2, 3].map(|number| numbered(number).id));
    let rest = shelf.store.stale_projections(2, first.last().copied(), 4).unwrap();
    assert_eq!(rest, [4, 5].map(|number| numbered(number).id));
    assert_eq!(shelf.store.list(DocumentKind::Reflection, None, 10).unwrap().len(), 3);
    let made = Projection { revision: 2, ..projection(&numbered(1), "made again", 0) };
    shelf.write(|write| write.put_projection(&made));
    assert!(!shelf.store.stale_projections(2, None, 10).unwrap().contains(&numbered(1).id));
    let older = shelf.store.stale_projections(1, None, 10).unwrap();
    assert_eq!(older, [numbered(1).id], "an older app makes its own");
    let row = shelf.store.projection(numbered(1).id).unwrap();
    assert_eq!(row.map(|row| row.revision), Some(2));
}

#[test]
fn a_page_goes_on_where_it_ended_whatever_became_of_its_last_document() {
    let mut shelf = many(20);
    let page = shelf.store.list(DocumentKind::Reflection, None, 4).unwrap();
    let last = &page[3].summary;
    let after = ListPosition { updated_at: last.updated_at, document: last.document };
    let expected = shelf.store.list(DocumentKind::Reflection, Some(after), 4).unwrap();
    let deleted = last.document;
    shelf.write(|write| write.delete_document(deleted));
    assert_eq!(shelf.store.list(DocumentKind::Reflection, Some(after), 4).unwrap(), expected);
    assert_eq!(expected.len(), 4);
}

#[test]
fn a_list_says_whose_each_is_and_how_far_it_has_come() {
    let (row, other) = (reflection(1), reflection(2));
    let mut shelf = shelf().with(&row).with(&other);
    let asha = Person {
        id: row.owner,
        name: "Asha".to_owned(),
        roles: vec![PersonRole::of(Role::Trainee)],
        devices: vec![DeviceId::from_bytes([3; 16])],
    };
    shelf.write(|write| {
        write.put_person(&asha)?;
        write.put_projection(&projection(&row, "first", 2))?;
        write.put_projection(&projection(&other, "second", 1))?;
        write.put_entry(&change(1, 1, &[], "words"), HERE)?;
        write.put_entry(&Entry { kind: EntryKind::Seen, ..change(2, 2, &[], "seen") }, HERE)
    });
    let stages = |shelf: &Shelf| {
        let listed = shelf.store.list(DocumentKind::Reflection, None, 10).unwrap();
        assert!(listed.iter().all(|each| each.person.as_ref() == Some(&asha)));
        listed.into_iter().map(|each| each.stage).collect::<Vec<_>>()
    };
    assert_eq!(stages(&shelf), [Stage::Saved, Stage::Stored], "to have seen it is no change");
    let count = |shelf: &Shelf| shelf.store.stages(person(9)).unwrap();
    assert_eq!(count(&shelf), StageCounts { saved: 1, sent: 0, stored: 1 });
    shelf.write(|write| write.mark_sent(&[hash(1)], at(9)));
    assert_eq!(stages(&shelf), [Stage::Sent, Stage::Stored]);
    assert_eq!(count(&shelf), StageCounts { saved: 0, sent: 1, stored: 1 });
    let draft = Draft {
        document: other.id,
        field: "answer/what".to_owned(),
        base: other.version.clone(),
        text: "typing".to_owned(),
        saved_at: at(9),
    };
    shelf.write(|write| write.put_draft(&draft));
    assert_eq!(stages(&shelf), [Stage::Sent, Stage::Saved]);
    let listed = shelf.store.list(DocumentKind::Reflection, None, 10).unwrap();
    assert_eq!(listed.iter().map(|each| each.unsettled).collect::<Vec<_>>(), [false, true]);
    for each in &listed {
        let status = shelf.store.status(each.summary.document).unwrap();
        assert_eq!((status.stage, status.quarantined), (each.stage, each.quarantined));
    }
}

#[test]
fn a_reader_waits_for_no_write_sees_what_is_committed_and_can_write_nothing() {
    let mut shelf = many(4);
    let reader = shelf.store.reader(None).unwrap();
    let titles = |reader: &StoreReader| -> Vec<String> {
        let listed = reader.list(DocumentKind::Reflection, None, 10).unwrap().into_iter();
        listed.map(|each| each.summary.title).collect()
    };
    let before = titles(&reader);
    shelf.write(|write| {
        write.put_projection(&projection(&numbered(0), "written just now", 99))?;
        assert_eq!(titles(&reader), before, "what is being written is not seen and not waited for");
        Ok(())
    });
    assert_eq!(titles(&reader)[0], "written just now");
    let moment = reader.at_one_moment(|reader| -> Result<_, StoreError> {
        let first = titles(reader);
        shelf.write(|write| write.put_projection(&projection(&numbered(2), "meanwhile", 100)));
        assert_eq!(titles(reader), first, "one moment");
        Ok(first)
    });
    assert_ne!(moment.unwrap(), titles(&reader));
}
