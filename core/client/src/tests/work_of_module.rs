//! What shows that something of a module was done is about that module, and not about another.

use enhance_model::{
    DocumentId, ItemId, Minutes, Noun, Tag, Timestamp,
    change_project::ProjectEdit,
    personal_record::{
        EvidenceLink, EvidenceSource, LearningSession, ModuleCompletion, RecordEdit, RecordItem,
        Statement,
    },
    programme::{DebriefGuide, Domain, Evidence, Outcome, OutcomeSource, Programme},
    reflection::ReflectionEdit,
    sign_off::{Decision, SupervisorRole},
};

use super::{
    answer,
    programme::{install, with_pack_of},
};
use crate::{
    CompletionProof, Error, LearningCore, SignOffAnswer, SignOffSubject, WitnessedSigner,
    testing::{Phone, sam},
};

/// Beside the module of population health one of the environment, and two activities that ask.
fn two_modules(programme: &mut Programme) {
    let mut env = programme.modules[0].clone();
    env.key = "env".to_owned();
    env.title = "Environment".to_owned();
    env.domains = vec!["env".to_owned()];
    for activity in &mut env.activities {
        activity.key = activity.key.replace("pop", "env");
    }
    let domain =
        |key: &str| Domain { key: key.to_owned(), title: key.to_owned(), purpose: String::new() };
    programme.domains = vec![domain("pop"), domain("env")];
    let pop = &mut programme.modules[0];
    pop.activities[0].evidence = Evidence::Signoff;
    pop.activities[1].evidence = Evidence::Reflection;
    pop.outcomes.push(Outcome {
        key: "pop-causes".to_owned(),
        domain: "pop".to_owned(),
        text: "name the causes".to_owned(),
        source: OutcomeSource::Ours,
    });
    programme.modules.push(env);
}

fn add(core: &LearningCore, thing: &impl RecordItem) -> ItemId {
    let id = core.new_item_id();
    core.edit_record(&thing.adding(id)).unwrap();
    id
}

fn session(core: &LearningCore, module: Option<&str>, activity: Option<&str>) -> ItemId {
    let session = LearningSession {
        title: "Teaching".to_owned(),
        module: module.map(str::to_owned),
        activity: activity.map(str::to_owned),
        start: "2026-11-20T09:00:00Z".parse().unwrap(),
        minutes: Minutes(30),
        ..LearningSession::default()
    };
    add(core, &session)
}

fn reflection(core: &LearningCore, prompted_by: Option<&str>) -> DocumentId {
    let id = core.create_reflection("driscoll", "A night", prompted_by).unwrap();
    core.edit_reflection(id, None, &[answer("what", "It was dark.")]).unwrap();
    id
}

fn signed(core: &LearningCore, subject: &SignOffSubject) -> DocumentId {
    let request = core.request_sign_off(subject, None, "").unwrap();
    let (statement, role) = ("Present throughout.".to_owned(), SupervisorRole::Clinical);
    let (name, known_by) = ("Dr Lee".to_owned(), "works on this ward".to_owned());
    let signer = WitnessedSigner { name, person: None, known_by };
    let answer = SignOffAnswer { decision: Decision::Signed, role, statement };
    core.sign_witnessed(request, &signer, &answer).unwrap();
    request
}

/// What becomes of completing an activity with this; taken back again where it went well.
fn completing(core: &LearningCore, activity: &str, evidence: EvidenceSource) -> Result<(), Error> {
    let (evidence, reason) = (Some(evidence), String::new());
    core.complete_activity_with(activity, CompletionProof { evidence, reason })?;
    let record = core.record().unwrap();
    let (noun, at) = (Noun::ActivityCompletion, Timestamp::default());
    let id = *record.activities_completed.keys().next().unwrap();
    core.edit_record(&[RecordEdit::TakeBack { noun, id, at }])
}

fn refusal(result: Result<(), Error>) -> String {
    match result {
        Err(Error::InvalidInput { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sign_off_about_another_modules_work_completes_nothing_of_this_one() {
    let (_phone, core) = with_pack_of(two_modules);
    let sessions = |ids: &[ItemId]| SignOffSubject::Sessions(ids.iter().copied().collect());
    let [pop, of_activity, env, of_none] = [
        session(&core, Some("pop"), None),
        session(&core, None, Some("pop-extra")),
        session(&core, Some("env"), Some("env-read")),
        session(&core, None, None),
    ];
    let module = |key: &str| SignOffSubject::Module(key.to_owned());
    let project = |topic: &str| core.create_project("Less waste", topic, "ward 7").unwrap();
    let [untagged, tagged] = [project("env"), project("env")];
    let tag = Tag::Domain("pop".to_owned());
    core.edit_project(tagged, None, &[ProjectEdit::AddTag { tag }]).unwrap();
    let written = |key: &str| SignOffSubject::Reflection(reflection(&core, Some(key)));
    for (subject, is_about) in [
        (sessions(&[pop]), true),
        (sessions(&[of_activity]), true),
        (sessions(&[env, pop]), true),
        (sessions(&[env]), false),
        (sessions(&[of_none]), false),
        (module("pop"), true),
        (module("env"), false),
        (SignOffSubject::Project(project("pop")), true),
        (SignOffSubject::Project(tagged), true),
        (SignOffSubject::Project(untagged), false),
        (written("pop-extra"), true),
        (written("env-read"), false),
        (SignOffSubject::Reflection(reflection(&core, None)), false),
    ] {
        let request = EvidenceSource::Document(signed(&core, &subject));
        let result = completing(&core, "pop-read", request);
        let fact = ModuleCompletion {
            module: "pop".to_owned(),
            at: "2026-11-20T09:00:00Z".parse().unwrap(),
            evidence: Some(request),
            ..ModuleCompletion::default()
        };
        let of_module = core.edit_record(&fact.adding(core.new_item_id()));
        assert_eq!((result.is_ok(), of_module.is_ok()), (is_about, is_about), "{subject:?}");
        if !is_about {
            let why = refusal(result);
            assert!(why.contains("is not about the module \"Population health\""), "{why}");
            assert!(why.contains("\"Sign-off: ") && why.contains("or say why"), "{why}");
        }
    }
    // The reason is the way out, and so is saying what it is about.
    let request = EvidenceSource::Document(signed(&core, &sessions(&[env])));
    let outcome = Statement::Outcome("pop-causes".to_owned());
    add(&core, &EvidenceLink::new(request, outcome, "It was of both."));
    completing(&core, "pop-read", request).unwrap();
    let request = Some(EvidenceSource::Document(signed(&core, &sessions(&[of_none]))));
    let proof = CompletionProof { evidence: request, reason: "It was of both.".to_owned() };
    core.complete_activity_with("pop-read", proof).unwrap();
}

#[test]
fn a_reflection_about_another_modules_work_completes_nothing_of_this_one() {
    let (_phone, core) = with_pack_of(two_modules);
    let completing = |id| completing(&core, "pop-extra", EvidenceSource::Document(id));
    completing(reflection(&core, Some("pop-read"))).unwrap();
    completing(reflection(&core, None)).expect("nothing says that it is about something else");
    for prompted_by in [Some("env-read"), None] {
        let id = reflection(&core, prompted_by);
        let tag = Tag::Domain("env".to_owned());
        core.edit_reflection(id, None, &[ReflectionEdit::AddTag { tag }]).unwrap();
        let why = refusal(completing(id));
        assert!(why.contains("pop-extra, \"Reflection: A night\", is not about"), "{why}");
        let tag = Tag::Domain("pop".to_owned());
        core.edit_reflection(id, None, &[ReflectionEdit::AddTag { tag }]).unwrap();
        completing(id).unwrap();
    }
    let (_phone, core) = with_pack_of(|programme| {
        two_modules(programme);
        let (template, confidence) = ("driscoll".to_owned(), "lead it".to_owned());
        programme.modules[0].activities[0].debrief = Some(DebriefGuide { template, confidence });
    });
    let tagged = |prompted_by| {
        let id = reflection(&core, prompted_by);
        let tag = Tag::Domain("env".to_owned());
        core.edit_reflection(id, None, &[ReflectionEdit::AddTag { tag }]).unwrap();
        EvidenceSource::Document(id)
    };
    self::completing(&core, "pop-extra", tagged(None)).expect("its prompts are the module's");
    self::completing(&core, "pop-extra", tagged(Some("env-read"))).unwrap_err();
}

#[test]
fn a_sign_off_that_was_read_back_is_asked_what_one_that_was_given_here_is() {
    let (_phone, core) = with_pack_of(two_modules);
    let [pop, env] = ["pop", "env"].map(|key| session(&core, Some(key), None));
    for id in [pop, env] {
        signed(&core, &SignOffSubject::Sessions([id].into()));
    }
    let new = Phone::new();
    let other = new.enrolled(&sam());
    install(&new, &other, 4, two_modules);
    other.import(&core.export().unwrap().to_json().unwrap()).unwrap();
    let kept = other.kept_sign_offs().unwrap();
    assert_eq!(kept.len(), 2);
    for one in kept {
        let is_about = one.paper.sign_off.subject.items.contains(&pop);
        let result = completing(&other, "pop-read", EvidenceSource::Item(one.id));
        assert_eq!(result.is_ok(), is_about, "{result:?}");
    }
}
