//! Sharing: a copy of the text as it stands, and who can see it.

use std::collections::BTreeMap;

use enhance_model::{
    Right, Tag,
    change_project::Section,
    identifiers::{FindingKind, Severity},
    personal_record::{EvidenceSource, Placement, RecordItem},
};

use super::*;
use crate::{
    DraftField, Error, PlacedFinding, SearchPage, TextPlace,
    testing::{Phone, asha, holds, sam},
};

const PHOTOGRAPH: &[u8] = include_bytes!("../../../model/tests/golden/attachments/photograph.jpg");

#[test]
fn a_copy_has_the_text_as_it_stands_and_nothing_of_its_history() {
    let (_phone, core) = Phone::of(&asha());
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
    let (_phone, core) = Phone::of(&asha());
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
    expected.extend([first, second].map(|copy| (other, Right::Comment, copy)));
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
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "unmistakable");
    let copy = core.share_reflection(id, sam().person.id).unwrap();
    assert_eq!(core.search("unmistakable", SearchPage::ALL).unwrap().len(), 1);
    assert_eq!(core.shared_with_me(), Ok(Vec::new()), "it is one's own");
    let edited = core.edit_reflection(copy, None, &[answer("what", "y")]);
    assert!(matches!(edited, Err(Error::NotFound { .. })));
}

#[test]
fn one_cannot_share_with_oneself_or_with_nobody() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "x");
    let me = asha().person.id;
    assert!(matches!(core.share_reflection(id, me), Err(Error::InvalidInput { .. })));
    let nobody = enhance_model::PersonId::from_bytes([77; 16]);
    assert!(matches!(core.share_reflection(id, nobody), Err(Error::NotFound { .. })));
    assert!(core.reflection(id).unwrap().reflection.copies.is_empty());
}

#[test]
fn a_probable_identifier_is_asked_about_once_and_again_after_an_edit() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "Mrs Okafor, 943 476 5919, was 93 years old.");
    let with = sam().person.id;
    let Err(Error::Unacknowledged { probable }) = core.share_reflection(id, with) else {
        panic!("shared")
    };
    assert_eq!(
        probable,
        BTreeMap::from([(FindingKind::NhsNumber, 1), (FindingKind::TitleName, 1)])
    );
    let told = Error::Unacknowledged { probable }.to_string();
    assert!(told.contains("1 NHS number, 1 name") && !told.contains("Okafor"), "{told}");
    assert_eq!(core.shared_by_me(), Ok(Vec::new()));

    let check = core.check_before_sharing(id).unwrap();
    let severities: Vec<_> = check.findings.iter().map(|one| one.finding.severity).collect();
    let probable = Severity::ProbableIdentifier;
    assert_eq!(severities, [probable, probable, Severity::Possible]);
    core.edit_reflection(id, None, &[answer("what", "Mrs Okafor was old.")]).unwrap();
    let stale = core.share_reflection_acknowledged(id, with, check.acknowledgement);
    assert!(matches!(stale, Err(Error::Unacknowledged { .. })), "it is another text");

    let check = core.check_before_sharing(id).unwrap();
    let copy = core.share_reflection_acknowledged(id, with, check.acknowledgement).unwrap();
    assert_eq!(core.shared_reflection(copy).unwrap().copy.answers["what"], "Mrs Okafor was old.");
}

#[test]
fn what_is_only_possible_is_told_and_shared() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "She was 93 years old, on ward 7.");
    let found = core.check_before_sharing(id).unwrap().findings;
    let severities: Vec<_> = found.iter().map(|one| one.finding.severity).collect();
    assert_eq!(severities, [Severity::Possible, Severity::Possible, Severity::Combination]);
    assert!(core.share_reflection(id, sam().person.id).is_ok());
}

#[test]
fn the_places_of_ones_own_placements_are_found() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "The night at Saint Elsewhere.");
    let found = || core.check_before_sharing(id).unwrap().findings;
    assert!(found().is_empty());
    let placement = Placement {
        organisation: "Saint Elsewhere".to_owned(),
        start: "2026-08-05".parse().unwrap(),
        end: "2027-08-03".parse().unwrap(),
        ..Placement::default()
    };
    core.edit_record(&placement.adding(core.new_item_id())).unwrap();
    let [own] = &found()[..] else { panic!("not found") };
    assert_eq!((own.finding.kind, &*own.finding.text), (FindingKind::OwnPlace, "Saint Elsewhere"));
}

#[test]
fn title_tags_and_what_is_typed_are_looked_through_and_a_project_is_too() {
    let (_phone, core) = Phone::of(&asha());
    let id = core.create_reflection("quick-capture", "Mr Smith", None).unwrap();
    let tag = Tag::Domain("dr-jo@nhs.uk".to_owned());
    core.edit_reflection(id, None, &[ReflectionEdit::AddTag { tag: tag.clone() }]).unwrap();
    let typed = DraftField::Answer("what".to_owned());
    core.autosave(id, &typed, &version(&core, id), "\u{e9}\u{1f600} Mrs Jones").unwrap();
    let check = core.check_before_sharing(id).unwrap();
    let places: Vec<_> = check.findings.iter().map(|one| one.place.clone()).collect();
    let answer = TextPlace::Answer("what".to_owned());
    assert_eq!(places, [TextPlace::Title, answer, TextPlace::Tagged(tag)]);
    assert_eq!(check.findings[1].finding.utf16, 4..13);
    assert_eq!(core.unsettled().unwrap().len(), 1, "looking settles nothing");
    assert!(core.share_reflection_acknowledged(id, sam().person.id, check.acknowledgement).is_ok());

    let project = core.create_project("Fewer falls", "", "").unwrap();
    let text = "Mrs Jones fell, as Dr Lee says.";
    core.edit_project(project, None, &[section(Section::Problem, text)]).unwrap();
    let check = core.check_before_sharing(project).unwrap();
    let section = TextPlace::Section(Section::Problem);
    assert!(check.findings.iter().all(|one| one.place == section) && check.findings.len() == 2);
}

#[test]
fn of_a_project_that_others_read_it_is_said_at_once_what_it_tells() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Fewer falls", "", "").unwrap();
    let write = |text: &str| {
        core.edit_project(project, None, &[section(Section::Problem, text)]).unwrap();
    };
    write("Mrs Jones fell.");
    assert_eq!(core.findings_of(project), Ok(Vec::new()), "nobody else reads it");
    write("A patient fell.");
    core.add_member(project, sam().person.id, Right::Edit).unwrap();
    assert_eq!(core.findings_of(project), Ok(Vec::new()));
    write("Mrs Jones fell.");
    let found = core.findings_of(project).unwrap();
    assert_eq!(found, core.check_before_sharing(project).unwrap().findings);
    assert_eq!(found[0].place, TextPlace::Section(Section::Problem));
    let typed = DraftField::Section(Section::Plan);
    let version = core.project(project).unwrap().version;
    core.autosave(project, &typed, &version, "Dr Lee looks in.").unwrap();
    assert_eq!(core.findings_of(project).unwrap().len(), 2, "with what is being typed");
    let reflection = reflection(&core, "Mrs Jones fell.");
    assert!(matches!(core.findings_of(reflection), Err(Error::NotFound { .. })));
}

#[test]
fn the_name_of_a_file_is_looked_through_before_it_is_attached_and_before_it_is_shared() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "A board.");
    let (of, bytes) = (EvidenceSource::Document(id), PHOTOGRAPH);
    let texts = |found: &[PlacedFinding]| -> Vec<String> {
        found.iter().map(|one| one.finding.text.clone()).collect()
    };
    assert!(core.check_attachment("board.jpg", bytes).unwrap().found.is_empty());
    let name = "Mrs Okafor 943 476 5919.jpg";
    let checked = core.check_attachment(name, bytes).unwrap();
    assert_eq!(texts(&checked.found), ["Mrs Okafor", "943 476 5919"]);
    assert_eq!(checked.found[0].place, TextPlace::FileName(name.to_owned()));
    let (file, kept) = core.attach(&of, name, bytes).unwrap();
    assert_eq!(kept, checked, "one's own file is kept whatever it is called");
    let (plain, _) = core.attach(&of, "board.jpg", bytes).unwrap();

    let check = core.check_before_sharing_with_files(id, &[plain]).unwrap();
    assert!(check.findings.is_empty(), "of what stays nothing is said");
    let check = core.check_before_sharing_with_files(id, &[file]).unwrap();
    assert_eq!(texts(&check.findings), ["Mrs Okafor", "943 476 5919"]);
    assert_eq!(
        check.probable,
        [FindingKind::NhsNumber, FindingKind::TitleName, FindingKind::UnseenFile]
            .map(|kind| (kind, 1))
            .into()
    );
    let sam = sam().person.id;
    core.share_reflection_with_files(id, sam, &[file], check.acknowledgement).unwrap();
}

#[test]
fn what_is_a_day_of_birth_follows_from_the_clock() {
    let (phone, core) = Phone::of(&asha());
    let id = reflection(&core, "Seen 03/04/1937.");
    let count = || core.check_before_sharing(id).unwrap().findings.len();
    let before = count();
    phone.clock.advance(2 * 365 * 24 * 60 * 60 * 1000);
    assert_eq!((before, count()), (0, 1));
}
