//! Sign-offs that were read back from an export, and evidence that was one of them.

use enhance_model::{
    Minutes, Noun,
    personal_record::{
        EvidenceLink, EvidenceSource, KeptSignOff, KeptSignOffEdit, ModuleCompletion,
        PersonalRecord, RecordEdit, RecordItem, SessionKind,
    },
    sign_off::Decision,
};

use super::{
    sign_offs::{answer, lee, project},
    *,
};
use crate::{
    ArcpVerdict, ChangedSince, Error, NewSession, SignOffSubject,
    testing::{Phone, sam},
};

#[test]
fn what_is_kept_of_a_sign_off_is_written_by_reading_an_export_alone() {
    let (_phone, core) = Phone::of(&asha());
    let (id, title) = (core.new_item_id(), "Superb.".to_owned());
    let forged = KeptSignOff { title: title.clone(), ..KeptSignOff::default() }.adding(id);
    let corrected = [RecordEdit::KeptSignOff { id, edit: KeptSignOffEdit::Title(title) }];
    for edits in [forged.as_slice(), &corrected] {
        let written = core.edit_record(edits);
        assert!(matches!(written, Err(Error::NotAllowed { .. })), "{written:?}");
    }
    assert_eq!(core.record().unwrap(), PersonalRecord::default());
}

/// What an export of hers says, read into another account.
pub(super) fn moved(
    core: &LearningCore,
    altered: impl FnOnce(&mut serde_json::Value),
) -> (Phone, LearningCore) {
    let json = core.export().unwrap().to_json().unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&json).unwrap();
    altered(&mut file);
    let (phone, other) = Phone::of(&sam());
    other.import(&file.to_string()).unwrap();
    (phone, other)
}

#[test]
fn of_answers_that_were_read_back_the_last_stands_and_each_says_what_has_to_be_known() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    core.sign_witnessed(request, &lee(), &answer(Decision::Returned, "Add data.")).unwrap();
    core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Now it is good.")).unwrap();
    let (_other_phone, other) = moved(&core, |_| {});
    let kept = other.kept_sign_offs().unwrap();
    assert_eq!(kept.len(), 2, "the first stays readable");
    for one in &kept {
        let is_first = one.paper.sign_off.decision == Decision::Returned;
        assert_eq!(one.superseded, is_first, "{}", one.in_words);
        assert_eq!(one.in_words.contains("superseded"), is_first, "{}", one.in_words);
        let account = "made under another account, for Asha";
        assert!(one.in_words.contains(account), "{}", one.in_words);
        assert!(one.in_words.contains(enhance_model::sign_off::WITNESSED), "{}", one.in_words);
        assert_eq!(one.changed, ChangedSince::Unchanged);
    }
    let year = "2026-08-05..2027-08-03".parse().unwrap();
    let page = other.arcp_page(year).unwrap().csv();
    let decided = |word: &str| page.lines().filter(|line| line.ends_with(word)).count();
    assert_eq!((decided(",signed"), decided(",returned")), (1, 0), "{page}");
}

#[test]
fn what_was_signed_and_is_not_here_is_unknown_and_said_not_to_have_changed() {
    let (_phone, core) = Phone::of(&asha());
    let session = |title: &str| {
        let (title, minutes, kind) = (title.to_owned(), Minutes(45), SessionKind::Core);
        let start = "2026-11-20T09:00:00Z".parse().unwrap();
        let (activity, module) = (None, None);
        core.add_session(NewSession { title, activity, module, start, minutes, kind }).unwrap()
    };
    let sessions = [session("Journal club"), session("Teaching")];
    let module = ModuleCompletion { module: "pop".to_owned(), ..ModuleCompletion::default() };
    core.edit_record(&module.adding(core.new_item_id())).unwrap();
    for subject in
        [SignOffSubject::Sessions(sessions.into()), SignOffSubject::Module("pop".to_owned())]
    {
        let request = core.request_sign_off(&subject, None, "").unwrap();
        core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Seen.")).unwrap();
    }
    let (_whole_phone, whole) = moved(&core, |_| {});
    let changed = |core: &LearningCore| {
        let kept = core.kept_sign_offs().unwrap().into_iter();
        kept.map(|one| (one.changed, one.in_words)).collect::<Vec<_>>()
    };
    for (changed, said) in changed(&whole) {
        assert_eq!(changed, ChangedSince::Unchanged, "{said}");
    }
    // One of two sessions did not come along, and neither did the module.
    let (_phone, partly) = moved(&core, |file| {
        let record = &mut file["personal_record"];
        record["modules_completed"] = serde_json::json!({});
        record["sessions"].as_object_mut().unwrap().remove(&sessions[1].to_string());
    });
    for (changed, said) in changed(&partly) {
        assert_eq!(changed, ChangedSince::Unknown, "{said}");
        assert!(said.contains("not here to be compared") && !said.contains("since"), "{said}");
    }
    // What was taken out here is known to be gone.
    let (noun, at) = (Noun::LearningSession, enhance_model::Timestamp::default());
    let back = sessions.map(|id| RecordEdit::TakeBack { noun, id, at });
    whole.edit_record(&back).unwrap();
    let gone = changed(&whole).into_iter().filter(|(one, _)| *one == ChangedSince::Deleted);
    assert_eq!(gone.count(), 1);
}

/// The links of a record that was read back, each with what it says and what it gives as evidence.
fn evidence(core: &LearningCore) -> Vec<(String, EvidenceSource)> {
    let mut links: Vec<_> = core
        .record()
        .unwrap()
        .evidence
        .values()
        .map(|link| (link.justification.clone(), link.evidence))
        .collect();
    links.sort_by(|one, other| one.0.cmp(&other.0));
    links
}

pub(super) fn give(core: &LearningCore, why: &str, document: DocumentId) {
    let source = EvidenceSource::Document(document);
    let link = EvidenceLink::new(source, format!("capability:{why}").parse().unwrap(), why);
    core.edit_record(&link.adding(core.new_item_id())).unwrap();
}

#[test]
fn evidence_that_was_a_sign_off_is_the_kept_one_after_an_import() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let sign = |decision| core.sign_witnessed(request, &lee(), &answer(decision, "Said.")).unwrap();
    let (returned, signed) = (sign(Decision::Returned), sign(Decision::Signed));
    let unanswered = core.request_sign_off(&subject, None, "").unwrap();
    for (why, document) in
        [("a-1", request), ("b-1", returned), ("c-1", signed), ("d-1", unanswered)]
    {
        give(&core, why, document);
    }
    let fact = ModuleCompletion {
        module: "pop".to_owned(),
        evidence: Some(EvidenceSource::Document(signed)),
        ..ModuleCompletion::default()
    };
    core.edit_record(&fact.adding(core.new_item_id())).unwrap();
    let covers = |core: &LearningCore| {
        let all = core.coverage().unwrap().capabilities.into_iter();
        all.map(|one| (one.statement, one.cover)).collect::<Vec<_>>()
    };
    let json = core.export().unwrap().to_json().unwrap();
    let (_other_phone, other) = Phone::of(&sam());
    let report = other.import(&json).unwrap();
    let kept = other.kept_sign_offs().unwrap();
    let of = |decision| {
        let one = kept.iter().find(|one| one.paper.sign_off.decision == decision).unwrap();
        EvidenceSource::Item(one.id)
    };
    let here = evidence(&other);
    let expected = [
        ("a-1".to_owned(), of(Decision::Signed)),
        ("b-1".to_owned(), of(Decision::Returned)),
        ("c-1".to_owned(), of(Decision::Signed)),
        ("d-1".to_owned(), EvidenceSource::Document(unanswered)),
    ];
    assert_eq!(here, expected);
    let completed = other.record().unwrap().modules_completed.into_iter().next().unwrap().1;
    assert_eq!(completed.evidence, Some(of(Decision::Signed)));
    let mut covered = covers(&core);
    assert_eq!(covered.pop().map(|(one, _)| one.key().to_owned()), Some("d-1".to_owned()));
    assert_eq!(covers(&other), covered, "what came along covers what it covered");
    let named: Vec<_> = report.evidence_left_out.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(named, ["that sign-off was not kept"]);
    for link in other.evidence().unwrap() {
        let is_kept = link.shown.contains("Falls at night");
        assert_eq!(is_kept, link.link.justification != "d-1", "{}", link.shown);
    }
    let again = other.import(&json).unwrap();
    assert_eq!((again.things, again.sign_offs, again.evidence_left_out), (0, 0, vec![]));
    assert_eq!(evidence(&other), here, "reading it twice is reading it once");
}

#[test]
fn evidence_of_what_did_not_come_along_is_named_and_a_copy_of_her_own_is_its_reflection() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let id = reflection(&core, "Slippers.");
    let copy = core.share_reflection(id, sam().person.id).unwrap();
    give(&core, "a-1", copy);
    give(&core, "b-1", DocumentId::from_bytes([77; 16]));
    let json = core.export().unwrap().to_json().unwrap();
    let (_other_phone, other) = Phone::of(&sam());
    let check =
        other.check_import(&json, phone.path(), &crate::Cancellation::new(), &|_| ()).unwrap();
    let report = other.import(&json).unwrap();
    assert_eq!(report.evidence_left_out, check.evidence_left_out, "it is said before");
    let [left] = report.evidence_left_out.as_slice() else { panic!("{report:?}") };
    assert!(left.title.starts_with("Evidence link: "), "{left:?}");
    assert_eq!(left.reason, "it is not in the export");
    let here = other.reflections(crate::ListPage::ALL).unwrap()[0].id;
    assert_eq!(evidence(&other)[0], ("a-1".to_owned(), EvidenceSource::Document(here)));
}

#[test]
fn evidence_that_points_at_nothing_here_is_named_counts_for_nothing_and_can_be_taken_back() {
    let (_phone, core) = Phone::of(&asha());
    // As an import of an earlier version left them: documents of the account before.
    give(&core, "a-1", DocumentId::from_bytes([7; 16]));
    give(&core, "b-1", DocumentId::from_bytes([8; 16]));
    let covered = core.coverage().unwrap().capabilities;
    assert_eq!(covered, [], "nothing that is here is given for them");
    let named = core.evidence().unwrap();
    let words: Vec<&str> = named.iter().map(|one| one.link.justification.as_str()).collect();
    assert!(words.contains(&"a-1") && words.contains(&"b-1"), "no word is lost: {words:?}");
    for one in &named {
        let expected = ("A document that is not on this device", true);
        assert_eq!((one.shown.as_str(), one.is_gone), expected);
    }
    let page = || core.arcp_html("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    let said = "2 pieces of evidence point at something that is not here, and count for nothing.";
    assert!(page().contains(said));
    assert_eq!(core.verify_arcp(&page()), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
    let json = core.export().unwrap().to_json().unwrap();
    assert!(named.iter().all(|one| json.contains(&one.id.to_string())), "the export has them");

    let (noun, at) = (Noun::EvidenceLink, enhance_model::Timestamp::default());
    let back: Vec<_> =
        named.iter().map(|one| RecordEdit::TakeBack { noun, id: one.id, at }).collect();
    core.edit_record(&back).unwrap();
    assert_eq!(core.evidence().unwrap(), []);
    assert!(!page().contains("that is not here"));
}

#[test]
fn a_request_and_its_answer_that_are_evidence_of_one_thing_keep_both_reasons_after_an_import() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let signed = answer(Decision::Signed, "Well done.");
    let sign_off = core.sign_witnessed(request, &lee(), &signed).unwrap();
    let reasons = [(request, "I asked for it."), (sign_off, "She agreed.")];
    for (document, why) in reasons {
        let (source, statement) = (EvidenceSource::Document(document), "capability:fpc-9");
        let link = EvidenceLink::new(source, statement.parse().unwrap(), why);
        core.edit_record(&link.adding(core.new_item_id())).unwrap();
    }
    let (_other_phone, other) = moved(&core, |_| {});
    let kept = EvidenceSource::Item(other.kept_sign_offs().unwrap()[0].id);
    let both = reasons.map(|(_, why)| (why.to_owned(), kept));
    assert_eq!(evidence(&other), both, "one piece of evidence, both reasons");
    let listed = other.evidence().unwrap();
    assert!(listed.iter().all(|one| !one.is_gone), "{listed:?}");
    let page = other.arcp_html("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    assert!(reasons.iter().all(|(_, why)| page.contains(why)), "and the page has both");
    let warnings = other.warnings_about(listed[1].id).unwrap();
    assert_eq!(warnings, ["This is given as evidence for fpc-9 already, and counts once."]);
}
