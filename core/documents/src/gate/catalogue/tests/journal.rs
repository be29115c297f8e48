//! A catalogue that was made again from its journal is the one it was.

use std::{collections::BTreeSet, fmt::Debug};

use enhance_model::PersonId;

use super::{Chance, honest::Story, projects, *};

/// All that a catalogue knows, in an order of its own.
fn contents(catalogue: &Catalogue) -> Vec<String> {
    fn sorted<T: Debug>(all: impl IntoIterator<Item = T>) -> String {
        let all: BTreeSet<String> = all.into_iter().map(|one| format!("{one:?}")).collect();
        format!("{all:?}")
    }
    let records = &catalogue.records;
    vec![
        format!("{:?} {:?} {}", catalogue.identity, catalogue.about, records.operations),
        format!("{:?}", records.history.changes),
        format!("{:?}", records.history.actors),
        format!("{:?} {}", records.history.heads, records.history.last_op),
        sorted(&records.objects),
        sorted(records.standing.iter().filter(|(_, values)| !values.is_empty())),
        sorted(&records.root_keys),
        format!("{:?}", records.schemas),
        sorted(&records.gaps),
        records.unsorted(sorted),
    ]
}

impl Records {
    /// What has no order of its own, and what has.
    fn unsorted(&self, sorted: fn(Vec<String>) -> String) -> String {
        format!("{:?} {}", self.runs(), sorted(self.lengths.told()))
    }
}

fn journaled(identity: Identity, changes: &[Vec<u8>]) -> (Catalogue, Journal) {
    let mut catalogue = Catalogue::new(Some(identity)).journaling();
    for change in changes {
        catalogue.take(change).unwrap();
    }
    let journal = catalogue.take_journal().unwrap();
    (catalogue, journal)
}

fn histories() -> Vec<(Identity, Vec<Vec<u8>>)> {
    let (mut story, mut chance) = (Story::begin(), Chance(11));
    (0..300).for_each(|_| story.step(&mut chance));
    let comments = Identity { kind: DocumentKind::Comments, owner: PersonId::from_bytes([5; 16]) };
    let project =
        Identity { kind: DocumentKind::ChangeProject, owner: PersonId::from_bytes([9; 16]) };
    vec![(comments, story.changes()), (project, projects::changes())]
}

#[test]
fn a_catalogue_made_from_its_journal_is_the_one_it_was() {
    for (identity, changes) in histories() {
        let (whole, journal) = journaled(identity, &changes);
        assert_eq!((journal.first, journal.changes), (0, changes.len()));
        let (first, later) = changes.split_at(changes.len() / 2);
        let (_, half) = journaled(identity, first);
        for (journals, rest) in [(vec![journal.bytes], &[][..]), (vec![half.bytes], later)] {
            let kind = (identity.kind, identity.owner);
            let mut again = Catalogue::empty(kind).resume(&journals, rest).unwrap();
            assert_eq!(contents(&again), contents(&whole));
            // What is new since is noted where the old journal ends.
            let noted = again.take_journal().unwrap();
            assert_eq!(noted.first + noted.changes, changes.len());
            assert_eq!(noted.changes, rest.len());
        }
    }
}

#[test]
fn a_journal_that_was_altered_is_an_error_or_another_catalogue() {
    for (identity, changes) in histories() {
        let (whole, journal) = journaled(identity, &changes);
        let kind = (identity.kind, identity.owner);
        let none: &[Vec<u8>] = &[];
        let mut chance = Chance(3);
        let (mut errors, mut others) = (0, 0);
        for _ in 0..500 {
            let mut bytes = journal.bytes.clone();
            let (at, bit) = (chance.below(bytes.len()), chance.below(8));
            bytes[at] ^= 1 << bit;
            match Catalogue::empty(kind).resume(&[bytes], none) {
                Err(_) => errors += 1,
                Ok(other) => others += usize::from(contents(&other) != contents(&whole)),
            }
        }
        // Of a flag only one bit is read, so that flips of the others are none.
        assert!(errors >= 50 && errors + others >= 475, "{errors} errors, {others} others");
    }
}

#[test]
fn a_journal_that_was_cut_in_its_last_change_is_an_error() {
    for (identity, changes) in histories() {
        let (_, journal) = journaled(identity, &changes);
        let kind = (identity.kind, identity.owner);
        let none: &[Vec<u8>] = &[];
        // Each change begins with its hash.
        for cut in 1..=32 {
            let bytes = journal.bytes[..journal.bytes.len() - cut].to_vec();
            let resumed = Catalogue::empty(kind).resume(&[bytes], none);
            assert!(resumed.is_err(), "{cut} bytes are missing");
        }
    }
}

#[test]
fn a_change_of_a_few_words_takes_little_of_a_journal() {
    let (identity, changes) = histories().remove(0);
    let (_, journal) = journaled(identity, &changes);
    assert!(journal.bytes.len() <= 64 * changes.len(), "{} bytes", journal.bytes.len());
}

#[test]
fn a_catalogue_comes_back_from_its_bytes_and_judges_as_it_did() {
    for (identity, changes) in histories() {
        let kind = (identity.kind, identity.owner);
        for cut in [1, changes.len() / 2, changes.len() - 1, changes.len()] {
            let (folded, later) = changes.split_at(cut);
            let whole = Catalogue::of(identity.kind, identity.owner, folded).unwrap();
            let bytes = Catalogue::bytes_of(kind, folded).unwrap();
            let mut again = Catalogue::from_bytes(kind, &bytes).unwrap();
            assert_eq!(sorted_heads(&again), sorted_heads(&whole));
            let all: Vec<_> =
                whole.records.history.changes.iter().filter_map(|row| row.hash).collect();
            again.learn(&all);
            assert_eq!(contents(&again), contents(&whole));
            // What comes after it is entered as ever.
            let mut again = again.journaling();
            for change in later {
                again.take(change).unwrap();
            }
            let all = Catalogue::of(identity.kind, identity.owner, &changes).unwrap();
            assert_eq!(contents(&again), contents(&all));
        }
    }
}

fn sorted_heads(catalogue: &Catalogue) -> BTreeSet<ChangeHash> {
    catalogue.heads().into_iter().collect()
}

#[test]
fn a_catalogue_from_bytes_says_what_it_lacks_and_goes_on_once_it_was_told() {
    let (identity, changes) = histories().remove(0);
    let kind = (identity.kind, identity.owner);
    for cut in 100..changes.len() - 1 {
        let (folded, later) = changes.split_at(cut);
        let whole = Catalogue::of(identity.kind, identity.owner, folded).unwrap();
        let bytes = Catalogue::bytes_of(kind, folded).unwrap();
        let mut again = Catalogue::from_bytes(kind, &bytes).unwrap();
        let (expected, found) =
            (enter(&mut whole.clone(), &later[0]), enter(&mut again, &later[0]));
        if let Err(Refusal::Missing(missing)) = &found {
            assert!(missing.iter().all(|hash| whole.contains(hash)));
            let all: Vec<_> =
                whole.records.history.changes.iter().filter_map(|row| row.hash).collect();
            again.learn(&all);
            assert_eq!(enter(&mut again, &later[0]), expected);
        } else {
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn bytes_that_are_no_catalogue_are_an_error_or_another_catalogue_and_no_more() {
    for (identity, changes) in histories() {
        let kind = (identity.kind, identity.owner);
        let bytes = Catalogue::bytes_of(kind, &changes).unwrap();
        for end in 0..bytes.len().min(600) {
            assert!(Catalogue::from_bytes(kind, &bytes[..end]).is_err(), "cut at {end}");
        }
        assert!(Catalogue::from_bytes(kind, &[&bytes[..], &[0]].concat()).is_err());
        let mut chance = Chance(3);
        for _ in 0..500 {
            let mut spoilt = bytes.clone();
            let at = chance.below(spoilt.len());
            spoilt[at] ^= 1 << chance.below(8);
            drop(Catalogue::from_bytes(kind, &spoilt));
        }
    }
}
