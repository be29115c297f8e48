use proptest::prelude::*;

use super::*;
use crate::anchor::Place;

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn at(number: u8) -> CommentRef {
    CommentRef { document: DocumentId::from_bytes([number % 3; 16]), id: id(number) }
}

fn id(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn moment(millis: u8) -> Timestamp {
    Timestamp::from_unix_millis(i64::from(millis))
}

/// The comments of three people: of each its number, what it answers, when, and whether it was
/// deleted.
fn documents(
    said: &[(u8, Option<u8>, u8, bool)],
    marks: &[(u8, u8, bool)],
) -> Vec<(DocumentId, PersonId, Comments)> {
    let empty = || Comments::about(DocumentId::from_bytes([9; 16]));
    let document = |number| (DocumentId::from_bytes([number; 16]), person(number), empty());
    let mut documents: Vec<_> = (0..3).map(document).collect();
    for (number, answers, millis, is_deleted) in said {
        let comment = Comment {
            body: format!("number {number}"),
            anchor: Place::Whole,
            span: None,
            answers: answers.map(at),
            at: moment(*millis),
            edited_at: None,
            resolved_at: None,
        };
        let (_, _, comments) = &mut documents[usize::from(number % 3)];
        let map = if *is_deleted { &mut comments.taken_back } else { &mut comments.comments };
        map.insert(id(*number), comment);
    }
    for (number, millis, settles) in marks {
        let (_, _, comments) = &mut documents[usize::from(millis % 3)];
        let map = if *settles { &mut comments.resolved } else { &mut comments.reopened };
        map.insert(id(*number), moment(*millis));
    }
    documents
}

fn said(documents: &[(DocumentId, PersonId, Comments)]) -> Vec<Said<'_>> {
    documents
        .iter()
        .map(|(document, by, comments)| Said { document: *document, by: *by, comments })
        .collect()
}

#[test]
fn answers_stand_under_what_they_answer_on_two_floors() {
    let documents = documents(
        &[(3, None, 1, false), (4, Some(3), 3, false), (5, Some(4), 2, false), (6, None, 0, false)],
        &[],
    );
    let threads = threads(&said(&documents));
    let bodies = |thread: &Thread| -> Vec<String> {
        let all = thread.first.iter().chain(&thread.answers);
        all.map(|remark| remark.comment.body.clone()).collect()
    };
    assert_eq!(bodies(&threads[0]), ["number 6"]);
    assert_eq!(bodies(&threads[1]), ["number 3", "number 5", "number 4"]);
    assert_eq!(threads[1].last_word(), Some(person(1)));
    assert!(threads[1].waits_for(person(0)) && !threads[1].waits_for(person(1)));
}

#[test]
fn an_answer_stays_readable_when_what_it_answers_is_deleted_or_not_here() {
    let deleted = documents(&[(3, None, 1, true), (4, Some(3), 2, false), (6, None, 3, true)], &[]);
    let deleted = threads(&said(&deleted));
    assert_eq!(deleted.len(), 1, "a deleted one without answers is shown to nobody");
    let first = deleted[0].first.as_ref().unwrap();
    assert!(first.is_deleted && first.comment.body.is_empty());
    assert_eq!(deleted[0].answers[0].comment.body, "number 4");

    let missing = documents(&[(4, Some(3), 2, false)], &[]);
    let missing = threads(&said(&missing));
    assert_eq!((missing.len(), missing[0].place, &missing[0].first), (1, at(3), &None));
    assert_eq!(missing[0].answers.len(), 1);
}

#[test]
fn who_settled_or_opened_last_decides_and_a_clock_behind_is_heard() {
    let comment = [(3, None, 1, false)];
    let of = |marks: &[(u8, u8, bool)]| {
        let documents = documents(&comment, marks);
        threads(&said(&documents))[0].resolved
    };
    assert_eq!(of(&[(3, 5, true)]), Some((person(2), moment(5))));
    assert_eq!(of(&[(3, 5, true), (3, 6, false)]), None);
    assert_eq!(of(&[(3, 7, true), (3, 6, false)]), Some((person(1), moment(7))));
    let documents = documents(&comment, &[(3, 50, true)]);
    assert_eq!(next_moment(&said(&documents), id(3), moment(2)), moment(51));
}

proptest! {
    #[test]
    fn threads_are_the_same_in_whatever_order_documents_came(
        all in proptest::collection::vec(
            (0..12u8, proptest::option::of(0..14u8), 0..6u8, any::<bool>()), 0..16),
        marks in proptest::collection::vec((0..12u8, 0..9u8, any::<bool>()), 0..6),
    ) {
        let all: BTreeMap<u8, _> = all.into_iter().map(|one| (one.0, one)).collect();
        let all: Vec<_> = all.into_values().collect();
        let mut documents = documents(&all, &marks);
        let once = threads(&said(&documents));
        documents.reverse();
        prop_assert_eq!(&threads(&said(&documents)), &once);
        // Every comment that is not deleted is in one thread.
        let shown = once.iter().flat_map(|thread| thread.first.iter().chain(&thread.answers));
        let shown: Vec<_> = shown.filter(|one| !one.is_deleted).map(|one| one.place).collect();
        let unique: BTreeSet<_> = shown.iter().collect();
        prop_assert_eq!(shown.len(), unique.len());
        prop_assert_eq!(shown.len(), all.iter().filter(|one| !one.3).count());
    }
}
