//! Sign-offs: what is asked and signed with no network, and what does not count.

use enhance_documents::NewDocument;
use enhance_model::{
    RefusalCode,
    change_project::Section,
    sign_off::{Certificate, Decision, SignOff, Signer, SupervisorRole, text_hash},
};
use enhance_protocol::{Revocation, SignOffFault};

use super::*;
use crate::{
    ChangedSince, Error, SignOffAnswer, SignOffStanding, SignOffSubject, WitnessedSigner,
    testing::{Phone, sam},
    verify_sign_off,
    writing::create,
};

pub(super) fn answer(decision: Decision, statement: &str) -> SignOffAnswer {
    SignOffAnswer { decision, role: SupervisorRole::Clinical, statement: statement.to_owned() }
}

pub(super) fn lee() -> WitnessedSigner {
    let (name, known_by) = ("Dr Lee".to_owned(), "works on this ward".to_owned());
    WitnessedSigner { name, person: None, known_by }
}

pub(super) fn project(core: &LearningCore) -> DocumentId {
    let id = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    core.edit_project(id, None, &[section(Section::Problem, "Too dark.")]).unwrap();
    id
}

/// Puts a sign-off there as somebody might who made one by other means.
fn forge(core: &LearningCore, sign_off: SignOff) -> DocumentId {
    let made = core.with(|state| {
        let facts = state.facts()?;
        let (owner, sign_off) = (facts.person.id, Box::new(sign_off));
        create::write(state, &facts, &NewDocument::SignOff { owner, sign_off })
    });
    made.unwrap()
}

#[test]
fn s1_other_line_ends_and_accents_written_otherwise_are_no_change_since() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "Zo\u{eb} came.\nWe listened.");
    let subject = SignOffSubject::Reflection(id);
    let request = core.request_sign_off(&subject, Some(sam().person.id), "").unwrap();
    for (text, is_same) in [
        ("Zoe\u{308} came.\r\nWe listened.", true),
        ("Zo\u{eb} came.\nWe listened.", true),
        ("Zoe came.\nWe listened.", false),
    ] {
        core.edit_reflection(id, None, &[super::answer("what", text)]).unwrap();
        let since = core.changed_since_sign_off(request).unwrap();
        assert_eq!(since == ChangedSince::Unchanged, is_same, "{text:?}: {since:?}");
    }
}

#[test]
fn what_is_asked_is_the_text_as_it_stands_with_what_was_typed() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "Typed, ");
    let field = crate::DraftField::Answer("what".to_owned());
    core.autosave(id, &field, &version(&core, id), "Typed, and not settled.").unwrap();
    let subject = SignOffSubject::Reflection(id);
    let request = core.request_sign_off(&subject, Some(sam().person.id), " Soon. ").unwrap();
    let view = core.sign_off_request(request).unwrap();
    assert!(view.request.text.contains("Typed, and not settled."));
    assert_eq!((view.standing, view.mine), (SignOffStanding::Asked, true));
    assert_eq!(view.request.message, "Soon.");
    assert_eq!(view.request.subject.version, version(&core, id));
    assert_eq!(core.changed_since_sign_off(request), Ok(ChangedSince::Unchanged));
    let readers = core.readers(request).unwrap();
    assert_eq!(readers.len(), 2, "who sees it is told");
}

#[test]
fn what_cannot_be_asked_or_signed_is_refused_and_nothing_is_made() {
    let (_phone, core) = Phone::of(&asha());
    let project = project(&core);
    let subject = SignOffSubject::Project(project);
    let me = asha().person.id;
    assert!(matches!(
        core.request_sign_off(&subject, Some(me), ""),
        Err(Error::InvalidInput { .. })
    ));
    let nobody = enhance_model::PersonId::from_bytes([77; 16]);
    let asked = core.request_sign_off(&subject, Some(nobody), "");
    assert!(matches!(asked, Err(Error::NotFound { .. })));
    let none = SignOffSubject::Sessions([].into());
    assert!(matches!(core.request_sign_off(&none, None, ""), Err(Error::InvalidInput { .. })));
    assert_eq!(core.sign_offs_asked_by_me().unwrap().items, []);

    let request = core.request_sign_off(&subject, None, "").unwrap();
    let signed = answer(Decision::Signed, "");
    assert!(matches!(core.sign(request, &signed), Err(Error::NotAllowed { .. })), "her own work");
    let unknown = WitnessedSigner { known_by: " ".to_owned(), ..lee() };
    let witnessed = core.sign_witnessed(request, &unknown, &signed);
    assert!(matches!(witnessed, Err(Error::InvalidInput { .. })));
    for own_name in ["Asha", " ASHA. "] {
        let herself = WitnessedSigner { name: own_name.to_owned(), ..lee() };
        let witnessed = core.sign_witnessed(request, &herself, &signed);
        assert!(
            matches!(witnessed, Err(Error::InvalidInput { .. })),
            "nobody witnesses themselves"
        );
    }
    let returned = core.sign_witnessed(request, &lee(), &answer(Decision::Returned, " "));
    assert!(matches!(returned, Err(Error::InvalidInput { .. })));
    assert_eq!(core.sign_off_request(request).unwrap().answers, []);
}

#[test]
fn what_is_witnessed_can_be_exported_superseded_and_not_deleted() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let returned = answer(Decision::Returned, "Add data.");
    let first = core.sign_witnessed(request, &lee(), &returned).unwrap();
    assert_eq!(core.sign_off_request(request).unwrap().standing, SignOffStanding::Returned);
    let signed = answer(Decision::Signed, "");
    let second = core.sign_witnessed(request, &lee(), &signed).unwrap();
    let view = core.sign_off_request(request).unwrap();
    assert_eq!(view.standing, SignOffStanding::Signed);
    let newest = view.answers.iter().find(|one| one.id == second).unwrap();
    assert_eq!((newest.sign_off.supersedes, newest.counts()), (Some(first), true));
    let before = view.answers.iter().find(|one| one.id == first).unwrap();
    assert_eq!(before.sign_off.statement, "Add data.", "the first stays readable");
    assert!(matches!(core.delete(second), Err(Error::NotAllowed { .. })));

    let paper = core.export_sign_off(second).unwrap();
    let json = paper.to_json().unwrap();
    let verdict = verify_sign_off(&json, Some(paper.publisher_key)).unwrap();
    assert_eq!((verdict.fault, verdict.publisher_known), (None, true));
    assert_eq!(verify_sign_off(&format!("\u{feff}{json}"), None).unwrap().fault, None, "a mark");
    let another_form = json.replacen("sign-off 2", "sign-off 3", 1);
    for other in ["", "{}", "[1, 2]", "no sign-off", &another_form] {
        assert!(matches!(verify_sign_off(other, None), Err(Error::InvalidInput { .. })));
    }
    assert!(altered(&json[..json.len() / 2]).contains("was cut off before its end"));
    assert!(altered(&json.replacen(',', ";", 1)).contains("this file is broken"));
    assert_eq!(core.export().unwrap().sign_offs, [core.sign_off_request(request).unwrap()]);
    core.delete(request).unwrap();
    assert!(core.export_sign_off(second).is_err(), "with the request its answers go");
}

/// What a file is refused with that is one of a sign-off, and not as it was made.
#[track_caller]
fn altered(json: &str) -> String {
    match verify_sign_off(json, None) {
        Err(Error::Refused { code: RefusalCode::NotSigned, message }) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_says_more_than_was_signed_is_refused_and_what_nobody_signed_is_named() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let signed = answer(Decision::Signed, "");
    let id = core.sign_witnessed(request, &lee(), &signed).unwrap();
    let paper = core.export_sign_off(id).unwrap();
    let json = paper.to_json().unwrap();
    let verdict = verify_sign_off(&json, None).unwrap();
    assert!(verdict.not_signed.contains(&"paper.id"), "{:?}", verdict.not_signed);
    assert!(verdict.not_signed.contains(&"paper.placements"), "{:?}", verdict.not_signed);
    assert_eq!(verdict.signed_role().placements, None);

    let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
    for (place, field) in [
        ("", "name"),
        ("", "signer"),
        ("/sign_off", "signed_by"),
        ("/sign_off/signer", "Name"),
        ("/sign_off/signer", "title"),
        ("/sign_off/subject", "title"),
        ("/sign_off/certificate", "full_name"),
    ] {
        let mut more = whole.clone();
        let there = more.pointer_mut(place).unwrap().as_object_mut().unwrap();
        there.insert(field.to_owned(), "Prof Smith".into());
        let said = altered(&more.to_string());
        let path = format!("{}.{field}", place.trim_start_matches('/').replace('/', "."));
        assert!(said.contains(path.trim_start_matches('.')), "{said}");
    }
    let signed_at = format!("\"signed_at\": \"{}\"", paper.signed_at);
    let earlier = json.replace(&signed_at, "\"signed_at\": \"2020-01-01T00:00:00.000Z\"");
    let said = altered(&earlier);
    assert!(said.contains("signed_at"), "{said}");
    let twice = json.replace("\"text\":", "\"text\": \"Another\", \"text\":");
    altered(&twice);
    for field in ["sign_off", "text", "id", "publisher_key"] {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().remove(field);
        altered(&less.to_string());
    }
    let mut cut = whole.clone();
    cut["sign_off"]["signature"] = "abc".into();
    altered(&cut.to_string());

    let mut before = whole.clone();
    before.as_object_mut().unwrap().remove("placements");
    assert_eq!(verify_sign_off(&before.to_string(), None).unwrap().fault, None, "files of before");
    let mut another = whole;
    another["publisher_key"] = "7".repeat(64).into();
    let checked = verify_sign_off(&another.to_string(), Some(paper.publisher_key)).unwrap();
    assert_eq!(checked.fault, Some(SignOffFault::NotCertified), "it names another organisation");
}

#[test]
fn a_sign_off_that_is_not_what_it_says_does_not_count_and_says_why() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let signed = answer(Decision::Signed, "");
    let honest = core.sign_witnessed(request, &lee(), &signed).unwrap();
    let good = core.sign_off_request(request).unwrap().answers[0].sign_off.clone();
    let own = asha().signing.unwrap().key;
    let as_sam = Signer { person: Some(sam().person.id), name: "Sam".into(), witnessed: None };
    let forged = [
        (SignOffFault::AnotherPerson, own.sign(SignOff { signer: as_sam, ..good.clone() })),
        (SignOffFault::BadSignature, SignOff { statement: "Superb.".into(), ..good.clone() }),
        (
            SignOffFault::NotCertified,
            SignOff { certificate: own_certificate(&good), ..good.clone() },
        ),
        (SignOffFault::AnotherText, {
            let text_sha256 = text_hash("Another plan");
            own.sign(SignOff { text_sha256, ..good.clone() })
        }),
    ];
    for (fault, forged) in forged {
        let id = forge(&core, forged);
        let answers = core.sign_off_request(request).unwrap().answers;
        let shown = answers.iter().find(|one| one.id == id).unwrap();
        assert_eq!(shown.fault, Some(fault));
    }
    let standing = core.sign_off_request(request).unwrap().standing;
    assert_eq!(standing, SignOffStanding::Signed, "by the one that is good");

    let (device, since) = (asha().device, good.at);
    let mut settings = asha().settings;
    settings.revoked = vec![Revocation { device, since }];
    core.with(|state| state.write(|write| facts::write_settings(write, &settings))).unwrap();
    let answers = core.sign_off_request(request).unwrap().answers;
    let shown = answers.iter().find(|one| one.id == honest).unwrap();
    assert_eq!(shown.fault, Some(SignOffFault::Revoked));
}

#[test]
fn a_device_that_was_reported_lost_signs_nothing_and_says_why() {
    let (_phone, core) = Phone::of(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let report = |since| {
        let mut settings = asha().settings;
        settings.revoked = vec![Revocation { device: asha().device, since }];
        core.with(|state| state.write(|write| facts::write_settings(write, &settings))).unwrap();
    };
    report(enhance_model::Timestamp::default());
    let refused =
        core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Good.")).unwrap_err();
    assert!(refused.to_string().contains("this device was reported lost"), "{refused}");
    assert_eq!(core.sign_off_request(request).unwrap().answers, []);
    report(enhance_model::Timestamp::from_unix_millis(i64::MAX));
    core.sign_witnessed(request, &lee(), &answer(Decision::Signed, "Good.")).unwrap();
}

/// A certificate that its holder gave herself.
fn own_certificate(good: &SignOff) -> Certificate {
    let key = asha().signing.unwrap().key;
    let name = "Prof Asha".to_owned();
    key.certify(Certificate { name, ..good.certificate.clone() })
}

#[test]
fn what_may_tell_who_somebody_is_is_asked_about_before_it_is_signed_or_made_a_page() {
    let (_phone, core) = Phone::of(&asha());
    let named = "Mrs Green fell again, NHS number 943 476 5919.";
    let project = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    core.edit_project(project, None, &[section(Section::Problem, named)]).unwrap();
    let subject = SignOffSubject::Project(project);
    let unacknowledged =
        |result: &Result<DocumentId, Error>| matches!(result, Err(Error::Unacknowledged { .. }));
    assert!(unacknowledged(&core.request_sign_off(&subject, None, "")));
    assert_eq!(core.sign_offs_asked_by_me().unwrap().items, [], "nothing was asked");
    let found = core.check_before_sign_off(&subject, "").unwrap();
    assert_eq!(found.document, Some(project));
    core.request_sign_off_acknowledged(&subject, None, "", found.acknowledgement).unwrap();

    assert!(matches!(core.project_page(project), Err(Error::Unacknowledged { .. })));
    let found = core.check_before_sharing(project).unwrap();
    let page = core.project_page_acknowledged(project, found.acknowledgement).unwrap();
    assert!(core.verify_page(&page).is_ok());
    // After an edit it is another question.
    core.edit_project(project, None, &[section(Section::WhyHere, "Dark.")]).unwrap();
    let again = core.project_page_acknowledged(project, found.acknowledgement);
    assert!(matches!(again, Err(Error::Unacknowledged { .. })));
    let clean = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    assert!(core.project_page(clean).is_ok());
    // What is said to who is asked leaves as well, and so does a title.
    let clean = SignOffSubject::Project(clean);
    assert!(unacknowledged(&core.request_sign_off(&clean, Some(sam().person.id), named)));
    assert!(core.request_sign_off(&clean, Some(sam().person.id), "Soon, please.").is_ok());
    let titled = core.create_reflection("quick-capture", named, None).unwrap();
    let titled = SignOffSubject::Reflection(titled);
    assert!(unacknowledged(&core.request_sign_off(&titled, None, "")));
}

#[test]
fn requests_come_page_by_page_and_each_once() {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    let subject = SignOffSubject::Project(project(&core));
    let mut asked: Vec<DocumentId> = (0..7)
        .map(|_| {
            phone.clock.advance(1_000);
            core.request_sign_off(&subject, None, "").unwrap()
        })
        .collect();
    asked.reverse();
    let (mut seen, mut goes_on, mut after) = (Vec::new(), Vec::new(), None);
    while goes_on.last() != Some(&false) {
        let page = core.sign_offs_page(true, after, 3).unwrap();
        after = page.last().map(|last| last.id);
        goes_on.push(page.more);
        seen.extend(page.iter().map(|view| view.id));
    }
    assert_eq!((seen, goes_on), (asked, vec![true, true, false]));
    let after_nothing = core.sign_offs_page(true, Some(DocumentId::from_bytes([9; 16])), 3);
    assert!(matches!(after_nothing, Err(Error::NotFound { .. })), "{after_nothing:?}");
    assert_eq!(core.sign_offs_page(false, None, 3).unwrap().items, []);
}
