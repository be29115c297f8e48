//! The page for an annual review: made offline, and compared with what it was made of.

use enhance_model::{
    ItemId, Minutes, PersonId,
    arcp::ArcpStamp,
    learning_log::Period,
    personal_record::{
        Certificate, EvidenceLink, EvidenceSource, LearningSession, Placement, RecordItem,
        Supervisor, SupervisorRole,
    },
    printed::MADE_BY,
};
use sha2::{Digest, Sha256};

use super::{
    programme::{install, with_pack},
    *,
};
use crate::{
    ArcpVerdict, Error, InputField, NotCompared, OtherName,
    testing::{Phone, sam},
    verify_arcp_digest,
};

fn year() -> Period {
    "2026-08-05..2027-08-04".parse().unwrap()
}

fn add(core: &LearningCore, thing: &impl RecordItem) -> ItemId {
    let id = core.new_item_id();
    core.edit_record(&thing.adding(id)).unwrap();
    id
}

/// A placement with its supervisor, and a reflection that is given as evidence.
fn begin(core: &LearningCore) -> DocumentId {
    let placement = Placement {
        organisation: "Royal Infirmary".to_owned(),
        start: year().from(),
        end: year().to(),
        ..Placement::default()
    };
    let placement = add(core, &placement);
    let supervisor = Supervisor::named(placement, "", SupervisorRole::Educational);
    add(core, &Supervisor { person: Some(sam().person.id), ..supervisor });
    let reflection = core.create_reflection("driscoll", "A home visit", None).unwrap();
    core.edit_reflection(reflection, None, &[answer("what", "Stairs and no rail.")]).unwrap();
    let source = EvidenceSource::Document(reflection);
    let capability = "capability:fpc-9".parse().unwrap();
    add(core, &EvidenceLink::new(source, capability, "I asked what mattered."));
    reflection
}

#[test]
fn a_page_agrees_with_the_record_until_either_changes() {
    let (_phone, core) = with_pack();
    begin(&core);
    let page = core.arcp_html(year()).unwrap();
    assert!(
        page.contains("Royal Infirmary") && page.contains("Sam (educational supervisor)"),
        "{page}"
    );
    assert!(page.contains("Reflection: A home visit") && !page.contains("Stairs"), "{page}");
    assert_eq!(core.arcp_html(year()).unwrap(), page, "the same bytes");
    assert_eq!(core.verify_arcp(&page), Ok(ArcpVerdict::Agrees { renamed: vec![] }));

    let altered = page.replace("Royal Infirmary", "Royal Hospital");
    assert_eq!(core.verify_arcp(&altered), Ok(ArcpVerdict::Altered));
    assert_eq!(core.verify_arcp(&with_its_digest(&altered)), Ok(ArcpVerdict::Altered));

    add(
        &core,
        &Certificate { title: "Advanced life support".to_owned(), ..Certificate::default() },
    );
    let outdated = ArcpVerdict::Outdated { changes: 1, renamed: vec![] };
    assert_eq!(core.verify_arcp(&page), Ok(outdated));
    for text in ["", "<html>", "<meta name=\"enhance-arcp\" content=\"x\">"] {
        let error = core.verify_arcp(text).unwrap_err();
        assert!(matches!(error, Error::InvalidInput { field: InputField::Page, .. }), "{error:?}");
    }
}

/// A page that somebody altered and gave the digest it has then.
pub(super) fn with_its_digest(html: &str) -> String {
    let before = "SHA-256 of this page: <span>";
    let (start, rest) = html.rsplit_once(before).unwrap();
    let (_, end) = rest.split_once("</span>").unwrap();
    let without = format!("{start}{before}<!--digest--></span>{end}");
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(without.as_bytes()));
    without.replace("<!--digest-->", &digest)
}

#[test]
fn a_page_that_was_kept_with_other_line_ends_is_the_same_page() {
    let (_phone, core) = with_pack();
    begin(&core);
    let page = core.arcp_html(year()).unwrap();
    for end in ["\r\n", "\r"] {
        let mailed = page.replace('\n', end);
        assert_eq!(core.verify_arcp(&mailed), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
        let whole = verify_arcp_digest(&mailed).unwrap();
        assert!(matches!(whole, ArcpVerdict::Unaltered { .. }), "{whole:?}");
        for altered in [mailed.replace("Royal Infirmary", "Royal Hospital"), mailed.clone() + " "] {
            assert_eq!(core.verify_arcp(&altered), Ok(ArcpVerdict::Altered));
        }
    }
}

#[test]
fn a_page_in_the_words_of_another_version_is_not_said_to_be_altered() {
    let (_phone, core) = with_pack();
    begin(&core);
    let page = core.arcp_html(year()).unwrap();
    let ours = format!("<meta name=\"enhance-made-by\" content=\"{MADE_BY}\">\n");
    assert!(page.contains(&ours), "{page}");
    let by = |version: &str| page.replace(&ours, &ours.replace(MADE_BY, version));
    let same_words = with_its_digest(&by("0.0.1"));
    assert_eq!(core.verify_arcp(&same_words), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
    let reworded = |page: &str| page.replace("Annual review", "Yearly review");
    let other = reworded(&by("0.0.1"));
    let not_compared = ArcpVerdict::Unaltered { why: NotCompared::OtherVersion };
    assert_eq!(core.verify_arcp(&with_its_digest(&other)), Ok(not_compared));
    assert_eq!(core.verify_arcp(&other), Ok(ArcpVerdict::Altered), "its digest is another");
    assert_eq!(core.verify_arcp(&with_its_digest(&reworded(&page))), Ok(ArcpVerdict::Altered));
    // One of before names no version, and is made again without one.
    let before = with_its_digest(&page.replace(&ours, ""));
    assert_eq!(core.verify_arcp(&before), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
}

#[test]
fn what_comes_later_is_said_to_be_later_and_a_new_name_is_no_fault() {
    let (phone, core) = with_pack();
    let reflection = begin(&core);
    let page = core.arcp_html(year()).unwrap();
    phone.clock.advance(3 * 86_400_000);
    let title = ReflectionEdit::Title { title: "A visit at home".to_owned() };
    core.edit_reflection(reflection, None, &[title]).unwrap();
    let mut person = sam().person;
    person.name = "Samuel".to_owned();
    core.with(|state| state.write(|write| Ok(write.put_person(&person)?))).unwrap();
    let renamed = vec![OtherName { on_page: "Sam".to_owned(), here: Some("Samuel".to_owned()) }];
    let outdated = ArcpVerdict::Outdated { changes: 1, renamed };
    assert_eq!(core.verify_arcp(&page), Ok(outdated));
}

#[test]
fn where_the_record_is_not_only_the_digest_is_checked() {
    let (_phone, core) = with_pack();
    begin(&core);
    let page = core.arcp_html(year()).unwrap();
    let (_phone, other) = Phone::of(&sam());
    let unaltered = |why| Ok(ArcpVerdict::Unaltered { why });
    assert_eq!(other.verify_arcp(&page), unaltered(NotCompared::OfSomebodyElse));
    let altered = page.replace("Royal Infirmary", "Royal Hospital");
    assert_eq!(other.verify_arcp(&altered), Ok(ArcpVerdict::Altered));

    let second = Phone::new();
    let new = second.enrolled(&asha());
    install(&second, &new, 4, |_| {});
    assert_eq!(new.verify_arcp(&page), unaltered(NotCompared::NotHere));
}

#[test]
fn a_page_is_checked_against_the_content_it_was_made_by_when_another_is_in_use() {
    let (phone, core) = with_pack();
    begin(&core);
    let page = core.arcp_html(year()).unwrap();
    install(&phone, &core, 5, |programme| {
        programme.modules[0].title = "Populations".to_owned();
    });
    let other =
        |changes| Ok(ArcpVerdict::OtherPack { made_with: Some(4), changes, renamed: vec![] });
    assert_eq!(core.verify_arcp(&page), other(0));
    let altered = page.replace("Royal Infirmary", "Royal Hospital");
    assert_eq!(core.verify_arcp(&with_its_digest(&altered)), Ok(ArcpVerdict::Altered));
    add(
        &core,
        &Certificate { title: "Advanced life support".to_owned(), ..Certificate::default() },
    );
    assert_eq!(core.verify_arcp(&page), other(1));
    // Of a version that is here nobody makes up what it says.
    let now = core.arcp_html(year()).unwrap();
    let made_up = now.replace("Populations", "Popularity");
    assert_eq!(core.verify_arcp(&with_its_digest(&made_up)), Ok(ArcpVerdict::Altered));
    assert_eq!(core.verify_arcp(&now), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
}

#[test]
fn a_page_of_five_years_opens_no_document_and_names_those_concerned_alone() {
    let (_phone, core) = with_pack();
    begin(&core);
    let mut edits = Vec::new();
    for number in 0..500_i64 {
        let start = asha_starts().plus_millis(-number * 3 * 86_400_000);
        let session = LearningSession {
            title: format!("Teaching {number}"),
            start,
            minutes: Minutes(60),
            ..LearningSession::default()
        };
        edits.extend(session.adding(core.new_item_id()));
    }
    core.edit_record(&edits).unwrap();
    let documents = core.with(|state| {
        let reflections = state.store().documents(enhance_model::DocumentKind::Reflection)?;
        let records = state.store().documents(enhance_model::DocumentKind::PersonalRecord)?;
        Ok([reflections, records].concat())
    });
    let documents: Vec<DocumentId> = documents.unwrap().into_iter().map(|row| row.id).collect();
    core.with(|state| {
        for id in &documents {
            state.forget(*id);
        }
        Ok(())
    })
    .unwrap();
    let page = core.arcp_html("2022-08-05..2027-08-04".parse().unwrap()).unwrap();
    let opened = core.with(|state| Ok(documents.iter().any(|id| state.if_open(*id).is_some())));
    assert_eq!(opened, Ok(false), "rows are enough");
    let stamp = ArcpStamp::read(&page).unwrap();
    assert_eq!(stamp.documents.len(), 2);
    let named: Vec<PersonId> = stamp.names.into_keys().collect();
    assert_eq!(named, [asha().person.id, sam().person.id]);
}

fn asha_starts() -> enhance_model::Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}
