//! Sharing: a copy of the text as it stands, and who can see it.

use enhance_model::Right;

use super::*;
use crate::{
    DraftField, Error, SearchPage,
    testing::{Phone, asha, holds, sam},
};

#[test]
fn a_copy_has_the_text_as_it_stands_and_nothing_of_its_history() {
    let core = Phone::new().enrolled(&asha());
    let id = reflection(&core, "canary draft of the text");
    core.edit_reflection(id, None, &[answer("what", "The text.")]).unwrap();
    let typed = DraftField::Answer("what".to_owned());
    core.autosave(id, &typed, &version(&core, id), "The text. Settled.").unwrap();
    let copy = core.share_reflection(id, sam().person.id).unwrap();
    let view = core.shared_reflection(copy).unwrap();
    assert_eq!(view.copy.answers["what"], "The text. Settled.");
    assert_eq!(core.unsettled(), Ok(Vec::new()));
    let entries = core.with(|state| {
        let links = state.store().links(copy)?;
        let hashes: Vec<_> = links.iter().map(|link| link.hash).collect();
        Ok(state.store().entries(&hashes)?)
    });
    let entries = entries.unwrap();
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["create", "change", "grant"], "one change, whatever the history was");
    let bytes = core.with(|state| Ok(state.document(&state.row(copy)?)?.snapshot()?)).unwrap();
    assert!(entries.iter().all(|entry| !holds(&entry.body, "canary")) && !holds(&bytes, "canary"));
}

#[test]
fn who_can_see_a_reflection_is_told_with_its_copies() {
    let core = Phone::new().enrolled(&asha());
    let id = reflection(&core, "x");
    let (me, other) = (asha().person.id, sam().person.id);
    let readers = |core: &LearningCore| -> Vec<_> {
        let readers = core.readers(id).unwrap().into_iter();
        readers.map(|one| (one.person.id, one.right, one.via)).collect()
    };
    assert_eq!(readers(&core), [(me, Right::Own, id)], "private by default");
    let first = core.share_reflection(id, other).unwrap();
    let second = core.share_reflection(id, other).unwrap();
    assert_ne!(first, second, "sharing again makes another copy");
    let mut expected = vec![(me, Right::Own, id)];
    expected.extend([first, second].map(|copy| (other, Right::Read, copy)));
    let mut seen = readers(&core);
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
    core.delete(first).unwrap();
    assert_eq!(readers(&core).len(), 2);
    let copies = core.reflection(id).unwrap().reflection.copies;
    assert_eq!(copies.keys().collect::<Vec<_>>(), [&second]);
    core.delete(id).unwrap();
    let left: Vec<_> = core.shared_by_me().unwrap().iter().map(|one| one.id).collect();
    assert_eq!(left, [second], "a copy outlives the reflection until it is deleted itself");
}

#[test]
fn a_copy_is_found_once_and_never_changes() {
    let core = Phone::new().enrolled(&asha());
    let id = reflection(&core, "unmistakable");
    let copy = core.share_reflection(id, sam().person.id).unwrap();
    assert_eq!(core.search("unmistakable", SearchPage::ALL).unwrap().len(), 1);
    assert_eq!(core.shared_with_me(), Ok(Vec::new()), "it is one's own");
    let edited = core.edit_reflection(copy, None, &[answer("what", "y")]);
    assert!(matches!(edited, Err(Error::NotFound { .. })));
}

#[test]
fn one_cannot_share_with_oneself_or_with_nobody() {
    let core = Phone::new().enrolled(&asha());
    let id = reflection(&core, "x");
    let me = asha().person.id;
    assert!(matches!(core.share_reflection(id, me), Err(Error::InvalidInput { .. })));
    let nobody = enhance_model::PersonId::from_bytes([77; 16]);
    assert!(matches!(core.share_reflection(id, nobody), Err(Error::NotFound { .. })));
    assert!(core.reflection(id).unwrap().reflection.copies.is_empty());
}
