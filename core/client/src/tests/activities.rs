//! Activities in parts, how they are talked over, and the capabilities they are evidence for.

use enhance_model::{
    DocumentId, Minutes, Noun, Tag, Timestamp,
    learning_log::PartCap,
    personal_record::{
        ActivityCompletionEdit, Cover, EvidenceLink, EvidenceSource, PdpGoal, RecordEdit,
        RecordItem, SessionEdit, SessionKind, Statement,
    },
    programme::{
        ActivityKind, ActivityPart, Capability, DebriefGuide, Evidence, Framework, PartMode,
        Programme,
    },
    record::Whole,
    sign_off::{Decision, SupervisorRole},
};

use super::{
    answer,
    programme::{install, with_pack_of},
};
use crate::{
    ChangedSince, CompletionProof, DebriefAnswer, Error, LearningCore, NewSession, SignOffAnswer,
    SignOffSubject, WitnessedSigner,
    state::facts::Facts,
    testing::{Phone, asha, sam},
};

fn with_parts(programme: &mut Programme) {
    let part = |key: &str, mode, kind, minutes, cap: Option<u32>| ActivityPart {
        key: key.to_owned(),
        title: key.to_owned(),
        mode,
        kind,
        minutes: Minutes(minutes),
        cap: cap.map(Minutes),
    };
    programme.modules[0].activities[0].parts = vec![
        part("before", PartMode::Online, ActivityKind::Read, 10, Some(10)),
        part("room", PartMode::FaceToFace, ActivityKind::Discuss, 20, None),
    ];
    let cap = PartCap {
        activity: "pop-read".to_owned(),
        part: "before".to_owned(),
        minutes: Minutes(10),
    };
    programme.log_rule.part_caps = vec![cap];
}

fn with_debrief(programme: &mut Programme) {
    let activity = &mut programme.modules[0].activities[0];
    activity.evidence = Evidence::Reflection;
    let (template, confidence) = ("driscoll".to_owned(), "lead it".to_owned());
    activity.debrief = Some(DebriefGuide { template, confidence });
}

fn framework(version: &str, codes: &[&str]) -> Framework {
    let capability = |code: &&str| Capability {
        code: (*code).to_owned(),
        parent: code.starts_with("fpc").then(|| "hlo-1".to_owned()),
        text: format!("The text of {code}"),
        level: None,
    };
    Framework {
        key: "foundation".to_owned(),
        version: version.to_owned(),
        title: "Foundation".to_owned(),
        source: "remembered".to_owned(),
        levels: Vec::new(),
        capabilities: codes.iter().map(capability).collect(),
        crosswalk: Vec::new(),
    }
}

fn session(activity: &str, minutes: u32) -> NewSession {
    NewSession {
        title: format!("{minutes} minutes"),
        activity: Some(activity.to_owned()),
        module: None,
        start: "2026-11-20T09:00:00Z".parse().unwrap(),
        minutes: Minutes(minutes),
        kind: SessionKind::Core,
    }
}

/// A reflection with one answer, by the template of the pack.
fn reflection(core: &LearningCore, text: &str) -> DocumentId {
    let id = core.create_reflection("driscoll", "", None).unwrap();
    core.edit_reflection(id, None, &[answer("what", text)]).unwrap();
    id
}

fn reason(result: Result<(), Error>) -> String {
    match result {
        Err(Error::InvalidInput { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

fn link(core: &LearningCore, statement: &str) -> Result<(), Error> {
    let source = EvidenceSource::Document(reflection(core, "I led it."));
    let link = EvidenceLink::new(source, statement.parse().unwrap(), "I led it.");
    core.edit_record(&link.adding(core.new_item_id()))
}

#[test]
fn a_part_says_how_its_minutes_count_and_what_is_above_its_cap_does_not() {
    let (_phone, core) = with_pack_of(with_parts);
    let of_part = |id, part: &str| {
        let edit = SessionEdit::Part(part.to_owned());
        core.edit_record(&[RecordEdit::LearningSession { id, edit }])
    };
    let online = core.add_session(session("pop-read", 15)).unwrap();
    of_part(online, "before").unwrap();
    let room = core.add_session(session("pop-read", 20)).unwrap();
    of_part(room, "room").unwrap();
    let log = core.learning_log().unwrap();
    let kind = |id| core.record().unwrap().sessions[&id].kind;
    assert_eq!((kind(online), kind(room)), (SessionKind::Elearning, SessionKind::NonCore));
    assert_eq!((log.count.elearning, log.count.non_core), (Minutes(10), Minutes(20)));
    assert_eq!(log.count.excluded, Minutes(5));
    let said = reason(of_part(room, "after"));
    assert_eq!(said, "pop-read has no part \"after\"; its parts are before, room");
    let extra = core.add_session(session("pop-extra", 15)).unwrap();
    assert_eq!(reason(of_part(extra, "room")), "pop-extra has no parts");
}

#[test]
fn a_debrief_keeps_what_was_said_before_and_what_nobody_said_is_not_0() {
    let (phone, core) = with_pack_of(with_debrief);
    let said = |before: Option<u32>, after: Option<u32>| DebriefAnswer {
        before: before.map(Whole),
        after: after.map(Whole),
        reflection: None,
    };
    let first = core.answer_debrief("pop-read", said(Some(0), None)).unwrap();
    let views = || core.module("pop").unwrap().activities.remove(0).debriefs;
    let view = views().remove(0);
    assert_eq!(view.debrief.confidence_before, Some(Whole(0)));
    assert_eq!(view.debrief.confidence_after, None, "nobody has said it yet");
    phone.clock.advance(3_600_000);
    assert_eq!(core.answer_debrief("pop-read", said(None, Some(7))), Ok(first));
    let written = reflection(&core, "Slower than I thought.");
    let answer = DebriefAnswer { reflection: Some(written), ..DebriefAnswer::default() };
    assert_eq!(core.answer_debrief("pop-read", answer), Ok(first), "it is of the same one");
    phone.clock.advance(3_600_000);
    assert_ne!(core.answer_debrief("pop-read", said(Some(8), None)), Ok(first), "once more");
    assert_eq!(views().len(), 2);

    let outside = core.answer_debrief("pop-read", said(None, Some(11)));
    assert!(matches!(outside, Err(Error::InvalidInput { .. })), "{outside:?}");
    let nothing = core.answer_debrief("pop-read", DebriefAnswer::default());
    assert!(matches!(nothing, Err(Error::InvalidInput { .. })), "{nothing:?}");
    let none = core.answer_debrief("pop-extra", said(Some(1), None));
    assert!(reason(none.map(drop)).contains("nothing that is talked over"));
}

#[test]
fn what_was_written_of_a_debrief_shows_that_its_activity_was_done() {
    let (_phone, core) = with_pack_of(with_debrief);
    assert!(core.complete_activity("pop-read").is_err(), "it asks for a reflection");
    let written = reflection(&core, "Slower than I thought.");
    let answer = DebriefAnswer { reflection: Some(written), ..DebriefAnswer::default() };
    core.answer_debrief("pop-read", answer).unwrap();
    core.complete_activity("pop-read").unwrap();
    let record = core.record().unwrap();
    let fact = record.activities_completed.values().next().unwrap();
    assert_eq!(fact.evidence, Some(EvidenceSource::Document(written)));
}

#[test]
fn a_debrief_that_says_how_sure_one_was_before_alone_completes_nothing() {
    let (_phone, core) = with_pack_of(with_debrief);
    let reflection = Some(reflection(&core, "Slower than I thought."));
    let before = DebriefAnswer { before: Some(Whole(3)), after: None, reflection };
    core.answer_debrief("pop-read", before).unwrap();
    let evidence = reflection.map(EvidenceSource::Document);
    let proof = |reason: &str| CompletionProof { evidence, reason: reason.to_owned() };
    for result in
        [core.complete_activity("pop-read"), core.complete_activity_with("pop-read", proof(" "))]
    {
        let said = reason(result);
        assert!(said.contains("how sure you were after it"), "{said}");
    }
    assert!(core.record().unwrap().activities_completed.is_empty());
    let after = DebriefAnswer { after: Some(Whole(7)), ..DebriefAnswer::default() };
    core.answer_debrief("pop-read", after).unwrap();
    core.complete_activity("pop-read").unwrap();

    let (_phone, core) = with_pack_of(with_debrief);
    let after = DebriefAnswer { after: Some(Whole(7)), ..DebriefAnswer::default() };
    core.answer_debrief("pop-read", after).unwrap();
    let said = reason(core.complete_activity("pop-read"));
    assert!(said.contains("how sure you were before it"), "{said}");
    let why = CompletionProof { evidence: None, reason: "Nobody asked me before.".to_owned() };
    core.complete_activity_with("pop-read", why).unwrap();
}

#[test]
fn what_no_framework_has_is_refused_with_what_may_have_been_meant() {
    let codes = ["hlo-1", "fpc-1", "fpc-9"];
    let (_phone, core) = with_pack_of(|it| it.frameworks = vec![framework("2021", &codes)]);
    for (typed, words) in [
        ("capability:fpc-9", "write FRAMEWORK/CODE; did you mean foundation/fpc-9"),
        ("capability:fundation/fpc-9", "no framework here has the key \"fundation\"; did you mean"),
        ("capability:foundation/fcp-9", "has no \"fcp-9\"; did you mean foundation/fpc-9"),
        ("capability:foundation/nosuchthing", "the framework \"foundation\" has no"),
    ] {
        let said = reason(link(&core, typed));
        assert!(said.contains(words), "{said}");
    }
    let tag = Tag::Capability("foundation/fpc-8".to_owned());
    let text = "Lead a round".to_owned();
    let goal = PdpGoal { text, capabilities: [tag.clone()].into(), ..PdpGoal::default() };
    assert!(core.edit_record(&goal.adding(core.new_item_id())).is_err());
    let edit = enhance_model::reflection::ReflectionEdit::AddTag { tag };
    let id = reflection(&core, "It was dark.");
    assert!(core.edit_reflection(id, None, &[edit]).is_err());
    assert!(
        core.coverage().unwrap().frameworks[0]
            .capabilities
            .iter()
            .all(|one| { one.cover == Cover::Missing && one.links.is_empty() })
    );
}

#[test]
fn a_link_stays_readable_when_a_later_version_has_its_capability_no_more() {
    let (phone, core) = with_pack_of(|it| {
        it.frameworks = vec![framework("2021", &["hlo-1", "fpc-1", "fpc-9"])];
    });
    link(&core, "capability:foundation/fpc-9").unwrap();
    let coverage = core.coverage().unwrap();
    let covers: Vec<Cover> =
        coverage.frameworks[0].capabilities.iter().map(|one| one.cover).collect();
    assert_eq!(covers, [Cover::Thin, Cover::Missing, Cover::Thin], "a parent is all below it");
    let page = core.arcp_html("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    assert!(page.contains("FPC-9: The text of fpc-9"), "{page}");

    install(&phone, &core, 5, |it| it.frameworks = vec![framework("2027", &["hlo-1", "fpc-1"])]);
    let coverage = core.coverage().unwrap();
    let key = "foundation/fpc-9".to_owned();
    assert_eq!(coverage.capabilities[0].statement, Statement::Capability(key));
    let record = core.record().unwrap();
    let kept = record.evidence.values().next().unwrap();
    assert_eq!(kept.said, "FPC-9: The text of fpc-9");
    assert_eq!(kept.version, "2021");
    let page = core.arcp_html("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
    assert!(page.contains("FPC-9: The text of fpc-9"), "{page}");
    let export = core.export().unwrap().to_json().unwrap();
    let new = Phone::new();
    let other = new.enrolled(&sam());
    install(&new, &other, 5, |it| it.frameworks = vec![framework("2027", &["hlo-1"])]);
    assert_eq!(other.import(&export).unwrap().things, 1, "what was there once is read back");
}

#[test]
fn what_is_signed_of_a_module_is_what_completed_it_whatever_becomes_of_it() {
    let (phone, core) = with_pack_of(|_| {});
    core.complete_activity("pop-read").unwrap();
    let id = core.add_session(session("pop-read", 360)).unwrap();
    let subject = SignOffSubject::Module("pop".to_owned());
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let text = core.sign_off_request(request).unwrap().request.text;
    for line in [
        "Module Population health\n",
        "completed: 2026-11-22\n",
        "version of the content: 4\n",
        "time noted for it: 6 h\n",
        "\npop-read: 2026-11-22\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // One session less, another required activity, more minutes: nothing of it was signed.
    core.remove_session(id).unwrap();
    install(&phone, &core, 5, |programme| {
        programme.modules[0].activities[1].required = true;
        programme.modules[0].min_minutes = Minutes(600);
        programme.modules[0].title = "Populations".to_owned();
    });
    assert_eq!(core.changed_since_sign_off(request), Ok(ChangedSince::Unchanged));
    install(&phone, &core, 6, |programme| programme.modules.clear());
    assert_eq!(core.changed_since_sign_off(request), Ok(ChangedSince::Unchanged));
    assert!(core.request_sign_off(&subject, None, "").is_ok(), "it was completed all the same");
    let (fact, _) = core.record().unwrap().modules_completed.into_iter().next().unwrap();
    let (noun, at) = (Noun::ModuleCompletion, Timestamp::default());
    core.edit_record(&[RecordEdit::TakeBack { noun, id: fact, at }]).unwrap();
    assert_eq!(core.changed_since_sign_off(request), Ok(ChangedSince::Deleted));
}

/// A file of all that is here, read into a new account.
fn moved(core: &LearningCore, facts: &Facts) -> (Phone, LearningCore) {
    let new = Phone::new();
    let other = new.enrolled(facts);
    install(&new, &other, 4, |_| {});
    other.import(&core.export().unwrap().to_json().unwrap()).unwrap();
    (new, other)
}

#[test]
fn what_was_signed_of_a_module_is_unchanged_where_its_evidence_has_another_id() {
    let (_phone, core) = with_pack_of(|_| {});
    let evidence = Some(EvidenceSource::Document(reflection(&core, "I read it.")));
    let reason = String::new();
    core.complete_activity_with("pop-read", CompletionProof { evidence, reason }).unwrap();
    let subject = SignOffSubject::Module("pop".to_owned());
    let request = core.request_sign_off(&subject, None, "").unwrap();
    let [name, known_by] = ["Dr Lee", "works here"].map(str::to_owned);
    let (signer, statement) = (WitnessedSigner { name, person: None, known_by }, String::new());
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    core.sign_witnessed(request, &signer, &SignOffAnswer { decision, role, statement }).unwrap();

    let changed = |core: &LearningCore| core.kept_sign_offs().unwrap().remove(0).changed;
    let (_second_phone, second) = moved(&core, &sam());
    assert_eq!(changed(&second), ChangedSince::Unchanged);
    let (_third_phone, third) = moved(&second, &asha());
    assert_eq!(changed(&third), ChangedSince::Unchanged, "on to the next account");
    let (id, _) = second.record().unwrap().activities_completed.into_iter().next().unwrap();
    let other = Some(EvidenceSource::Document(reflection(&second, "I read another.")));
    let edit = ActivityCompletionEdit::Evidence(other);
    second.edit_record(&[RecordEdit::ActivityCompletion { id, edit }]).unwrap();
    assert!(matches!(changed(&second), ChangedSince::Changed { .. }), "{:?}", changed(&second));

    let (_phone, stranger) = moved(&core, &Facts { publisher_key: [9; 32], ..sam() });
    let certified = |core: &LearningCore| {
        let page = core.arcp_html("2026-08-05..2027-08-03".parse().unwrap()).unwrap();
        page.contains("certified by another organisation")
    };
    assert!(!certified(&second) && certified(&stranger), "a key of one's own certifies anybody");
}

#[test]
fn a_module_that_a_new_version_asks_less_of_is_completed_with_the_next_edit() {
    let (phone, core) = with_pack_of(|_| {});
    core.complete_activity("pop-read").unwrap();
    core.add_session(session("pop-read", 60)).unwrap();
    assert!(core.record().unwrap().modules_completed.is_empty());
    install(&phone, &core, 5, |programme| programme.modules[0].min_minutes = Minutes(60));
    core.start_activity("pop-extra").unwrap();
    let record = core.record().unwrap();
    let fact = record.modules_completed.values().next().unwrap();
    assert_eq!((fact.pack_version, fact.activities.as_str()), (Some(Whole(5)), "pop-read"));
}
