//! Evidence: whose word it is, what becomes of it when what it shows is deleted, and what was signed.

use enhance_model::{
    ItemId, Minutes, Noun,
    learning_log::Period,
    personal_record::{
        Agreement, Cover, EvidenceLink, EvidenceSource, LearningSession, PdpGoal, Placement,
        RecordEdit, RecordItem, Supervisor,
    },
    programme::{Domain, Outcome, OutcomeSource},
    reflection::ReflectionEdit,
    sign_off::{Decision, SupervisorRole},
};

use super::{
    programme::{install, with_pack, with_pack_of},
    *,
};
use crate::{
    ArcpVerdict, ChangedSince, CompletionProof, Error, SignOffAnswer, SignOffSubject,
    WitnessedSigner,
    state::facts::Facts,
    testing::{Phone, sam},
};

fn year() -> Period {
    "2026-08-05..2027-08-04".parse().unwrap()
}

/// A reflection by a template that the pack has.
fn reflection(core: &LearningCore, text: &str) -> DocumentId {
    let id = core.create_reflection("driscoll", "A home visit", None).unwrap();
    core.edit_reflection(id, None, &[answer("what", text)]).unwrap();
    id
}

fn add(core: &LearningCore, thing: &impl RecordItem) -> ItemId {
    let id = core.new_item_id();
    core.edit_record(&thing.adding(id)).unwrap();
    id
}

fn link(source: EvidenceSource) -> EvidenceLink {
    EvidenceLink::new(source, "capability:fpc-9".parse().unwrap(), "I asked what mattered.")
}

/// How well it is covered; none if nothing is given for it.
fn cover(core: &LearningCore) -> Option<Cover> {
    core.coverage().unwrap().capabilities.first().map(|one| one.cover)
}

fn sign(core: &LearningCore, subject: &SignOffSubject, role: SupervisorRole, decision: Decision) {
    let request = core.request_sign_off(subject, None, "").unwrap();
    let statement = "Present throughout.".to_owned();
    let (name, known_by) = ("Dr Lee".to_owned(), "works on this ward".to_owned());
    let signer = WitnessedSigner { name, person: None, known_by };
    let answer = SignOffAnswer { decision, role, statement };
    core.sign_witnessed(request, &signer, &answer).unwrap();
}

/// A placement of the year in which Dr Lee supervises her.
fn name_supervisor(core: &LearningCore) -> ItemId {
    let organisation = "Bedford Hospital".to_owned();
    let (start, end) = (year().from(), year().to());
    let placement = add(core, &Placement { organisation, start, end, ..Placement::default() });
    add(core, &Supervisor::named(placement, "Dr Lee", SupervisorRole::Clinical))
}

/// What the page says became of the first thing that was signed.
fn signed_state(core: &LearningCore) -> String {
    let page = core.arcp_page(year()).unwrap();
    page.parts.iter().find(|part| part.key == "sign_offs").unwrap().rows[0][4].in_words()
}

/// The page, which agrees with the record as it was made.
fn page(core: &LearningCore) -> String {
    let page = core.arcp_html(year()).unwrap();
    assert_eq!(core.verify_arcp(&page), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
    page
}

#[test]
fn what_she_says_her_supervisor_agreed_to_is_her_word_until_a_sign_off_says_it() {
    let (_phone, core) = with_pack();
    let id = reflection(&core, "Stairs and no rail.");
    let own_word = EvidenceLink {
        agreement: Some(Agreement::Agreed),
        agreed_by: Some(sam().person.id),
        ..link(EvidenceSource::Document(id))
    };
    let added = add(&core, &own_word);
    assert_eq!(cover(&core), Some(Cover::Thin), "her word covers nothing");
    let warnings = core.warnings_about(added).unwrap();
    assert!(warnings[0].contains("noted as your word"), "{warnings:?}");
    assert!(page(&core).contains("the trainee says that Sam agreed; no sign-off says so"));

    let subject = SignOffSubject::Reflection(id);
    sign(&core, &subject, SupervisorRole::Partner, Decision::Signed);
    assert_eq!(cover(&core), Some(Cover::Thin), "a partner is no supervisor");
    sign(&core, &subject, SupervisorRole::Clinical, Decision::Signed);
    assert_eq!(cover(&core), Some(Cover::Thin), "no placement names Dr Lee");
    name_supervisor(&core);
    assert_eq!(cover(&core), Some(Cover::Covered));
    let signed = page(&core);
    let by = "signed by Dr Lee, clinical supervisor, as the placement names them, \
              witnessed by the trainee, ";
    assert!(signed.contains(by) && !signed.contains("the trainee says"), "{signed}");
    assert_eq!(core.evidence().unwrap()[0].agreement.find(by), Some(0));

    core.edit_reflection(id, None, &[answer("what", "Something else.")]).unwrap();
    assert_eq!(cover(&core), Some(Cover::Thin), "it is not what was signed");
    assert!(page(&core).contains("; changed since"));
    let outdated = ArcpVerdict::Outdated { changes: 1, renamed: vec![] };
    assert_eq!(core.verify_arcp(&signed), Ok(outdated));
}

#[test]
fn what_somebody_signed_whom_no_placement_names_is_thin_in_every_view_and_says_why() {
    let (domain, outcome) = ("pop".to_owned(), "pop-one".to_owned());
    let (_phone, core) = with_pack_of(|programme| {
        let (key, text, source) = (outcome.clone(), "count".to_owned(), OutcomeSource::Ours);
        programme.modules[0].outcomes = vec![Outcome { key, domain: domain.clone(), text, source }];
        let (title, purpose) = ("Population health".to_owned(), String::new());
        programme.domains = vec![Domain { key: domain, title, purpose }];
    });
    let id = reflection(&core, "Stairs and no rail.");
    let statements = [format!("outcome:{outcome}"), "capability:fpc-9".to_owned()];
    for statement in statements {
        let source = EvidenceSource::Document(id);
        let why = "I asked what mattered.";
        add(&core, &EvidenceLink::new(source, statement.parse().unwrap(), why));
    }
    let covers = |core: &LearningCore| {
        let coverage = core.coverage().unwrap();
        let outcomes = coverage.domains.iter().flat_map(|domain| &domain.outcomes);
        let of_outcome = outcomes.filter(|one| one.statement.key() == outcome);
        let mut covers: Vec<Cover> = of_outcome.map(|one| one.cover).collect();
        covers.extend(coverage.capabilities.iter().map(|one| one.cover));
        let map = core.programme_map().unwrap();
        let outcomes = map.modules.iter().flat_map(|module| &module.outcomes);
        covers.extend(outcomes.filter(|one| !one.links.is_empty()).map(|one| one.cover));
        covers
    };
    sign(&core, &SignOffSubject::Reflection(id), SupervisorRole::Educational, Decision::Signed);
    assert_eq!(covers(&core), [Cover::Thin; 3]);
    let why = "it covers nothing alone, since supervision follows from placements";
    assert!(page(&core).contains(why));
    assert!(core.evidence().unwrap().iter().all(|one| one.agreement.ends_with(why)));

    let named = name_supervisor(&core);
    assert_eq!(covers(&core), [Cover::Covered; 3], "she named him afterwards");
    assert!(!page(&core).contains(why));
    let (noun, at) = (Noun::Supervisor, enhance_model::Timestamp::default());
    core.edit_record(&[RecordEdit::TakeBack { noun, id: named, at }]).unwrap();
    assert_eq!(covers(&core), [Cover::Thin; 3], "and took that back");
}

#[test]
fn what_a_supervisor_returned_counts_for_nothing_as_it_stands() {
    let (_phone, core) = with_pack();
    let id = reflection(&core, "Stairs.");
    add(&core, &link(EvidenceSource::Document(id)));
    sign(&core, &SignOffSubject::Reflection(id), SupervisorRole::Educational, Decision::Returned);
    assert_eq!(cover(&core), Some(Cover::Missing));
    core.edit_reflection(id, None, &[answer("what", "Stairs, and what I did.")]).unwrap();
    assert_eq!(cover(&core), Some(Cover::Thin), "she wrote more");
}

#[test]
fn what_a_supervisor_said_under_another_account_covers_as_it_did_there() {
    for (decision, expected) in
        [(Decision::Signed, Cover::Covered), (Decision::Returned, Cover::Missing)]
    {
        let (_phone, core) = with_pack();
        name_supervisor(&core);
        let id = reflection(&core, "I asked what mattered.");
        add(&core, &link(EvidenceSource::Document(id)));
        sign(&core, &SignOffSubject::Reflection(id), SupervisorRole::Clinical, decision);
        assert_eq!(cover(&core), Some(expected));
        let json = core.export().unwrap().to_json().unwrap();
        let moved = |facts: &Facts| {
            let new = Phone::new();
            let other = new.enrolled(facts);
            install(&new, &other, 4, |_| {});
            other.import(&json).unwrap();
            (new, other)
        };
        let (_other_phone, other) = moved(&sam());
        assert_eq!(cover(&other), Some(expected), "{decision:?}");
        page(&other);
        let (_strange_phone, stranger) = moved(&Facts { publisher_key: [9; 32], ..sam() });
        assert_eq!(cover(&stranger), Some(Cover::Thin), "certified by nobody of this organisation");
        let (_, row) = other.record().unwrap().evidence.into_iter().next().unwrap();
        let EvidenceSource::Document(here) = row.evidence else { panic!("{row:?}") };
        other.edit_reflection(here, None, &[answer("what", "I asked nobody.")]).unwrap();
        let page = page(&other);
        assert!(page.contains("; changed since"), "what was signed is not what stands there");
    }
}

#[test]
fn a_deleted_document_is_no_evidence_and_deleting_says_what_hangs_on_it() {
    let (_phone, core) = with_pack();
    let id = reflection(&core, "Stairs.");
    let linked = add(&core, &link(EvidenceSource::Document(id)));
    sign(&core, &SignOffSubject::Reflection(id), SupervisorRole::Clinical, Decision::Signed);
    let before = page(&core);
    assert!(before.contains("as it was then"));
    assert_eq!(core.deletion_preview(id).unwrap().evidence, [linked]);
    core.delete(id).unwrap();
    assert_eq!(cover(&core), None, "nothing is given for it any more");
    let view = core.evidence().unwrap().remove(0);
    assert_eq!((view.is_gone, view.shown.as_str()), (true, "A document that was deleted"));
    let after = page(&core);
    assert!(after.contains("One piece of evidence was deleted, and counts for nothing."));
    assert!(after.contains("deleted since") && !after.contains("of that day"), "{after}");
    let again = link(EvidenceSource::Document(id)).adding(core.new_item_id());
    let refused = core.edit_record(&again).unwrap_err();
    assert!(matches!(refused, Error::Gone { .. }), "{refused}");
}

#[test]
fn one_piece_of_evidence_given_twice_counts_once_and_is_said_when_it_is_added() {
    let (_phone, core) = with_pack();
    let source = EvidenceSource::Document(reflection(&core, "Stairs."));
    let first = add(&core, &link(source));
    assert_eq!(core.warnings_about(first), Ok(vec![]));
    let capitals = "Capability:FPC-9".parse().unwrap();
    let second = add(&core, &EvidenceLink { statement: capitals, ..link(source) });
    assert_eq!(cover(&core), Some(Cover::Thin));
    assert_eq!(core.coverage().unwrap().capabilities[0].links, [first.min(second)]);
    let warnings = core.warnings_about(second).unwrap();
    assert_eq!(warnings, ["This is given as evidence for fpc-9 already, and counts once."]);
}

#[test]
fn a_page_says_of_signed_sessions_and_modules_what_became_of_them() {
    let (_phone, core) = with_pack();
    name_supervisor(&core);
    let session = |title: &str| LearningSession {
        title: title.to_owned(),
        start: "2026-11-20T09:00:00Z".parse().unwrap(),
        minutes: Minutes(60),
        ..LearningSession::default()
    };
    let ids = [session("Frailty"), session("Falls")].map(|one| add(&core, &one));
    let subject = SignOffSubject::Sessions(ids.into());
    sign(&core, &subject, SupervisorRole::Clinical, Decision::Signed);
    assert_eq!(signed_state(&core), "as it was then");
    add(&core, &link(EvidenceSource::Item(ids[0])));
    assert_eq!(cover(&core), Some(Cover::Covered), "signed among others");
    core.remove_session(ids[1]).unwrap();
    assert_eq!(signed_state(&core), "changed since");
    core.remove_session(ids[0]).unwrap();
    assert_eq!(signed_state(&core), "taken out of the record since");
    page(&core);
    let put_back = RecordEdit::PutBack { noun: Noun::LearningSession, id: ids[0] };
    core.edit_record(&[put_back]).unwrap();
    assert_eq!(signed_state(&core), "changed since");
}

#[test]
fn a_module_is_signed_by_the_names_of_what_shows_it_and_by_no_id() {
    let (_phone, core) = with_pack();
    let id = reflection(&core, "Stairs.");
    let evidence = Some(EvidenceSource::Document(id));
    let shown = CompletionProof { evidence, reason: String::new() };
    core.complete_activity_with("pop-read", shown).unwrap();
    let subject = SignOffSubject::Module("pop".to_owned());
    sign(&core, &subject, SupervisorRole::Clinical, Decision::Signed);
    let request = &core.sign_offs_asked_by_me().unwrap()[0];
    let text = &request.request.text;
    assert!(text.contains("\nshown by: Reflection: A home visit\n"), "{text}");
    assert!(!text.contains("document:") && !text.contains(&id.to_string()), "{text}");
    assert_eq!(core.changed_since_sign_off(request.id), Ok(ChangedSince::Unchanged));
    assert_eq!(signed_state(&core), "as it was then");
    page(&core);

    let title = "Two home visits".to_owned();
    core.edit_reflection(id, None, &[ReflectionEdit::Title { title }]).unwrap();
    let changed = core.changed_since_sign_off(request.id).unwrap();
    let ChangedSince::Changed { difference, .. } = changed else { panic!("{changed:?}") };
    assert_eq!(difference.new, ["shown by: Reflection: Two home visits"]);
    assert_eq!(signed_state(&core), "changed since");
    core.delete(id).unwrap();
    let changed = core.changed_since_sign_off(request.id).unwrap();
    let ChangedSince::Changed { difference, .. } = changed else { panic!("{changed:?}") };
    assert_eq!(difference.new, ["shown by: A document that was deleted"]);
}

#[test]
fn what_was_signed_of_a_module_and_a_project_covers_under_another_account() {
    let (_phone, core) = with_pack();
    name_supervisor(&core);
    core.complete_activity("pop-read").unwrap();
    let (title, minutes) = ("Population health".to_owned(), Minutes(360));
    let (module, start) = (Some("pop".to_owned()), "2026-11-20T09:00:00Z".parse().unwrap());
    add(&core, &LearningSession { title, module, start, minutes, ..LearningSession::default() });
    let fact = *core.record().unwrap().modules_completed.keys().next().unwrap();
    let project = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    let sources = [EvidenceSource::Item(fact), EvidenceSource::Document(project)];
    for (source, statement) in sources.into_iter().zip(["capability:one", "capability:two"]) {
        let statement = statement.parse().unwrap();
        add(&core, &EvidenceLink::new(source, statement, "It shows it."));
    }
    for subject in [SignOffSubject::Module("pop".to_owned()), SignOffSubject::Project(project)] {
        sign(&core, &subject, SupervisorRole::Clinical, Decision::Signed);
    }
    let covers = |core: &LearningCore| -> Vec<Cover> {
        core.coverage().unwrap().capabilities.iter().map(|one| one.cover).collect()
    };
    assert_eq!(covers(&core), [Cover::Covered; 2]);
    let json = core.export().unwrap().to_json().unwrap();
    let new = Phone::new();
    let other = new.enrolled(&sam());
    install(&new, &other, 4, |_| {});
    other.import(&json).unwrap();
    assert_eq!(covers(&other), [Cover::Covered; 2], "the signature names its text by its hash");
    page(&other);
    let away = Phone::new();
    let stranger = away.enrolled(&Facts { publisher_key: [9; 32], ..sam() });
    stranger.import(&json).unwrap();
    assert_eq!(covers(&stranger), [Cover::Thin; 2], "another organisation's are read back alone");
    assert!(stranger.arcp_html(year()).unwrap().contains("certified by another organisation"));
}

#[test]
fn a_page_says_that_more_of_a_module_was_done_since_somebody_signed_how_far_it_is() {
    let (_phone, core) = with_pack();
    core.complete_activity("pop-read").unwrap();
    let subject = SignOffSubject::Module("pop".to_owned());
    sign(&core, &subject, SupervisorRole::Clinical, Decision::Signed);
    assert_eq!(signed_state(&core), "as it was then");
    let second = core.module("pop").unwrap().activities[1].activity.key.clone();
    let reason = "Seen by all".to_owned();
    core.complete_activity_with(&second, CompletionProof { evidence: None, reason }).unwrap();
    assert_eq!(signed_state(&core), "changed since");
    page(&core);
}

#[test]
fn a_completion_that_was_taken_back_is_none_though_all_that_it_asks_for_is_there() {
    let (_phone, core) = with_pack();
    core.complete_activity("pop-read").unwrap();
    let module = Some("pop".to_owned());
    let start = "2026-11-20T09:00:00Z".parse().unwrap();
    let minutes = Minutes(360);
    let title = "Population health".to_owned();
    add(&core, &LearningSession { title, module, start, minutes, ..LearningSession::default() });
    assert!(core.modules().unwrap()[0].complete);
    let (fact, _) = core.record().unwrap().modules_completed.into_iter().next().unwrap();
    let (noun, at) = (Noun::ModuleCompletion, enhance_model::Timestamp::default());
    core.edit_record(&[RecordEdit::TakeBack { noun, id: fact, at }]).unwrap();
    let is_complete = |core: &LearningCore| {
        let summary = core.modules().unwrap().remove(0);
        (summary.complete, summary.completed_at.is_some())
    };
    assert_eq!(is_complete(&core), (false, false), "it was taken back as wrong");
    core.start_activity("pop-read").unwrap();
    assert_eq!(is_complete(&core), (false, false), "and no other edit brings it back");
    core.edit_record(&[RecordEdit::PutBack { noun, id: fact }]).unwrap();
    assert_eq!(is_complete(&core), (true, true));
}

#[test]
fn sharing_a_copy_of_what_was_signed_changes_no_word_of_it() {
    let (_phone, core) = with_pack();
    name_supervisor(&core);
    let id = reflection(&core, "Stairs.");
    add(&core, &link(EvidenceSource::Document(id)));
    sign(&core, &SignOffSubject::Reflection(id), SupervisorRole::Clinical, Decision::Signed);
    core.share_reflection(id, sam().person.id).unwrap();
    assert_eq!(cover(&core), Some(Cover::Covered));
    assert!(page(&core).contains("as it was then"));
}

#[test]
fn a_goal_that_was_due_is_said_when_it_is_added() {
    let (_phone, core) = with_pack();
    let text = "Lead a round".to_owned();
    let goal = PdpGoal { text, due: Some("2026-01-01".parse().unwrap()), ..PdpGoal::default() };
    let id = add(&core, &goal);
    let said = ["Look again: 1 January 2026 is over already."];
    assert_eq!(core.warnings_about(id).unwrap(), said);
}
