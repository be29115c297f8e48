//! What arrives from a server, good and bad, without a network.

use enhance_model::{DocumentKind, Right, Standing, Timestamp};
use enhance_protocol::{Create, EntryBody, Offer, Pulled};
use enhance_store::{DocumentRow, Entry, EntryKind, GrantRow, Origin};

use super::*;
use crate::{
    Error, ListPage, SearchPage,
    arriving::{case, judge::Arrival},
    state::facts::Facts,
    testing::{Phone, asha, asha_on_second_device, recovery_key, sam},
};

/// Everything of a document as a server would pass it on.
fn passed_on(from: &LearningCore, document: DocumentId, facts: &Facts) -> Vec<Pulled> {
    let entries = from
        .with(|state| {
            let links = state.store().links(document)?;
            let hashes: Vec<_> = links.iter().map(|link| link.hash).collect();
            Ok(state.store().entries(&hashes)?)
        })
        .unwrap();
    let pulled = |(sequence, entry): (u64, Entry)| Pulled {
        offer: Offer { kind: entry.kind, document, hash: entry.hash, body: entry.body },
        sequence,
        person: facts.person.id,
        device: facts.device,
        received_at: "2026-11-22T09:00:00Z".parse().unwrap(),
    };
    (1..).zip(entries).map(pulled).collect()
}

/// Takes in what was passed on, in one transaction, as a page of an answer is.
fn receive(to: &LearningCore, kind: DocumentKind, pulled: &[Pulled]) -> Result<(), Error> {
    to.with(|state| {
        let create = pulled.iter().find(|one| one.offer.kind == EntryKind::Create);
        let first = &pulled[0];
        let new = DocumentRow {
            id: first.offer.document,
            kind,
            creator: first.person,
            owner: first.person,
            about: None,
            created_at: Timestamp::default(),
            version: Version::default(),
        };
        let row = state.active(new.id)?.unwrap_or(new);
        let content = pulled.iter().filter(|one| one.offer.kind.is_content()).collect();
        let create_offer = create.map(|one| &one.offer);
        let arrival = Arrival { row: row.clone(), create: create_offer, pulled: content };
        let facts = state.facts()?;
        let taken = case::take_in(state, &facts, arrival)?;
        state.write(|write| {
            if let Some(create) = create {
                write.put_document(&row)?;
                let entry = Entry {
                    hash: create.offer.hash,
                    document: row.id,
                    kind: EntryKind::Create,
                    body: create.offer.body.clone(),
                    deps: Vec::new(),
                    device: Some(create.device),
                    by: Some(create.person),
                };
                let (sequence, received_at) = (create.sequence, create.received_at);
                write.put_entry(&entry, Origin::Server { sequence, received_at })?;
            }
            taken.iter().try_for_each(|taken| taken.write(write))
        })
    })
}

#[test]
fn a_second_device_keeps_private_documents_and_opens_them_with_the_recovery_key() {
    let (_phone, first) = Phone::of(&asha());
    let id = reflection(&first, "written on the first device");
    let phone = Phone::new();
    let second = phone.enrolled(&asha_on_second_device());
    receive(&second, DocumentKind::Reflection, &passed_on(&first, id, &asha())).unwrap();
    assert_eq!(second.reflections(ListPage::ALL).unwrap().items, []);
    assert_eq!(second.reflection(id), Err(Error::RecoveryKeyNeeded));
    drop(second);
    let second = phone.open();
    second.use_recovery_key(&recovery_key().to_string()).unwrap();
    assert_eq!(answered(&second, id), "written on the first device");
    assert_eq!(second.search("written", SearchPage::ALL).unwrap().len(), 1);
    second.edit_reflection(id, None, &[answer("what", "and on the second")]).unwrap();
    assert_eq!(answered(&second, id), "and on the second");

    let back = passed_on(&second, id, &asha_on_second_device());
    receive(&first, DocumentKind::Reflection, &back[back.len() - 1..]).unwrap();
    assert_eq!(answered(&first, id), "and on the second");
}

#[test]
fn a_project_that_comes_is_merged_with_what_was_written_here() {
    let (phone_a, phone_b) = (Phone::new(), Phone::new());
    let (of_asha, of_sam) = (phone_a.enrolled(&asha()), phone_b.enrolled(&sam()));
    let project = of_asha.create_project("Falls", "", "").unwrap();
    of_asha.edit_project(project, None, &[section(Section::Problem, "Patients fall.")]).unwrap();
    let pulled = passed_on(&of_asha, project, &asha());
    receive(&of_sam, DocumentKind::ChangeProject, &pulled).unwrap();
    receive(&of_sam, DocumentKind::ChangeProject, &pulled).unwrap();
    assert_eq!(problem(&of_sam, project), "Patients fall.", "twice is the same as once");

    let denied = of_sam.edit_project(project, None, &[section(Section::Problem, "x")]);
    assert!(matches!(denied, Err(Error::NotAllowed { .. })), "a reader does not write");
    let (document, person) = (project, sam().person.id);
    let since = Timestamp::default();
    let (right, standing) = (Right::Edit, Standing::Member);
    let grant = GrantRow { document, person, right, standing, since, confirmed: true };
    of_sam.with(|state| state.write(|write| Ok(write.put_grant(&grant)?))).unwrap();
    of_sam
        .edit_project(project, None, &[section(Section::Problem, "Patients fall at night.")])
        .unwrap();
    of_asha
        .edit_project(project, None, &[section(Section::Problem, "Old patients fall.")])
        .unwrap();
    let theirs = passed_on(&of_sam, project, &sam());
    let theirs = &theirs[theirs.len() - 1..];
    receive(&of_asha, DocumentKind::ChangeProject, theirs).unwrap();
    assert_eq!(problem(&of_asha, project), "Old patients fall at night.");
    let by: Vec<_> =
        of_asha.history(project).unwrap().into_iter().map(|one| one.by.unwrap().name).collect();
    assert_eq!(by.iter().filter(|name| *name == "Sam").count(), 1);
}

#[test]
fn every_flipped_byte_of_an_envelope_stays_out_and_is_told() {
    let (_phone, first) = Phone::of(&asha());
    let id = reflection(&first, "x");
    let mut pulled = passed_on(&first, id, &asha());
    let facts = Facts { account_key: asha().account_key, ..asha_on_second_device() };
    let (_other_phone, second) = Phone::of(&facts);
    let last = pulled.len() - 1;
    let middle = pulled[last].offer.body.len() / 2;
    pulled[last].offer.body[middle] ^= 1;
    receive(&second, DocumentKind::Reflection, &pulled).unwrap();
    assert_eq!(answered(&second, id), "", "what came before it is there");
    let refused = second.quarantined().unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].document, refused[0].code.as_str()), (id, "wrong_hash"));
}

#[test]
fn a_change_that_is_none_never_reaches_the_document() {
    let (phone_a, phone_b) = (Phone::new(), Phone::new());
    let (of_asha, of_sam) = (phone_a.enrolled(&asha()), phone_b.enrolled(&sam()));
    let project = of_asha.create_project("Falls", "", "").unwrap();
    let mut pulled = passed_on(&of_asha, project, &asha());
    let mut bomb = pulled[1].clone();
    bomb.offer.body = b"\x85\x6f\x4a\x83 not a change at all".to_vec();
    bomb.offer.hash = enhance_model::EntryHash::from_bytes([9; 32]);
    pulled.push(bomb);
    receive(&of_sam, DocumentKind::ChangeProject, &pulled).unwrap();
    assert_eq!(of_sam.project(project).unwrap().project.title, "Falls");
    assert_eq!(of_sam.quarantined(), Ok(Vec::new()), "it is nobody's work");
}

#[test]
fn a_reader_says_once_for_each_version_that_they_have_seen_it() {
    let (phone_a, phone_b) = (Phone::new(), Phone::new());
    let (of_asha, of_sam) = (phone_a.enrolled(&asha()), phone_b.enrolled(&sam()));
    let project = of_asha.create_project("Falls", "", "").unwrap();
    receive(&of_sam, DocumentKind::ChangeProject, &passed_on(&of_asha, project, &asha())).unwrap();
    of_sam.mark_seen(project).unwrap();
    of_sam.mark_seen(project).unwrap();
    of_asha.mark_seen(project).unwrap();
    let seen = |core: &LearningCore| {
        let links = core.with(|state| Ok(state.store().links(project)?)).unwrap();
        links.iter().filter(|link| link.kind == EntryKind::Seen).count()
    };
    assert_eq!((seen(&of_sam), seen(&of_asha)), (1, 0));
    let status = of_sam.status(project).unwrap();
    assert!(status.seen_by[0].current && status.seen_by[0].person.name == "Sam");
    assert_eq!(status.stage, crate::Stage::Stored, "to read is not to write");
}

#[test]
fn a_create_entry_reads_back_as_what_it_made() {
    let (_phone, core) = Phone::of(&asha());
    let id = reflection(&core, "x");
    let create = &passed_on(&core, id, &asha())[0].offer;
    let read = Create::read(&create.body).unwrap();
    assert_eq!((read.kind, read.about), (DocumentKind::Reflection, None));
    assert!(read.wrapped_key.is_some_and(|key| key.len() == 24 + 32 + 16));
}

#[test]
fn a_record_is_written_in_before_what_another_device_wrote_has_come() {
    let (_phone, first) = Phone::of(&asha());
    let session = |title: &str| crate::NewSession {
        title: title.to_owned(),
        activity: None,
        module: None,
        start: "2026-11-21T14:00:00Z".parse().unwrap(),
        minutes: enhance_model::Minutes(30),
        kind: enhance_model::personal_record::SessionKind::Core,
    };
    first.add_session(session("on the first")).unwrap();
    let record = first.with(|state| Ok(state.store().documents(DocumentKind::PersonalRecord)?));
    let pulled = passed_on(&first, record.unwrap()[0].id, &asha());
    let facts = Facts { account_key: asha().account_key, ..asha_on_second_device() };
    let (_phone, second) = Phone::of(&facts);
    receive(&second, DocumentKind::PersonalRecord, &pulled[..1]).unwrap();
    second.add_session(session("on the second")).unwrap();
    receive(&second, DocumentKind::PersonalRecord, &pulled[1..]).unwrap();
    assert_eq!(second.learning_log().unwrap().sessions.len(), 2);
}
