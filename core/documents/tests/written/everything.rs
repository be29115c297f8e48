//! Something of everything that a document of each kind can say.

use enhance_documents::Edit;
use enhance_model::{
    CalendarDate, DocumentId, Noun, PersonId, Role, Tag, Version,
    anchor::Span,
    change_project::{
        Action, Aim, ChangeIdea, CycleEdit, CycleText, Decision, Direction, Driver, Item, Measure,
        Observation, PdsaCycle, ProjectEdit, Scale, Section, Status, Tally, Unit, Value,
    },
    comments::{Comment, CommentEdit, CommentRef, Suggestion},
    personal_record::{
        Absence, AbsenceKind, ActivityCompletion, Debrief, EvidenceLink, EvidenceSource,
        JourneyStep, ModuleCompletion, PatientJourney, PdpGoal, Placement, RecordEdit, RecordItem,
        Supervisor, SupervisorRole, WteChange,
    },
    record::{Record, Whole},
    reflection::{Reflection, ReflectionEdit},
    sign_off::{
        Certificate, PublicKey, SignOff, SignOffRequest, Signature, Signer, Subject, SubjectKind,
        text_hash,
    },
};

use super::{NOW, device, item, owner, session};

pub fn request() -> SignOffRequest {
    SignOffRequest {
        subject: Subject {
            kind: SubjectKind::Sessions,
            document: None,
            key: String::new(),
            items: [item(1), item(2)].into(),
            version: Version::default(),
        },
        title: "Teaching in November".into(),
        text: "2026-11-20 · 50 min · non core · Grand round 😴\n".into(),
        asked: Some(PersonId::from_bytes([3; 16])),
        message: "Before Friday, please.".into(),
        at: NOW,
    }
}

pub fn sign_off() -> SignOff {
    let SignOffRequest { subject, text, .. } = request();
    SignOff {
        request: DocumentId::from_bytes([4; 16]),
        trainee: PersonId::from_bytes([2; 16]),
        trainee_name: "Asha Rao".into(),
        subject,
        text_sha256: text_hash(&text),
        decision: enhance_model::sign_off::Decision::Signed,
        role: SupervisorRole::Educational,
        statement: "Seen.".into(),
        signer: Signer { person: Some(owner()), name: "Dr Ö.".into(), witnessed: None },
        at: NOW,
        supersedes: Some(DocumentId::from_bytes([8; 16])),
        certificate: Certificate {
            person: owner(),
            name: "Dr Ö.".into(),
            role: Role::Supervisor,
            device: device(1),
            key: PublicKey::from_bytes([7; 32]),
            from: NOW,
            signature: Signature::from_bytes([8; 64]),
        },
        signature: Signature::from_bytes([9; 64]),
    }
}

pub fn reflection() -> Reflection {
    let answers = [("what", "Dr Ö. fell asleep 😴."), ("so_what", "")];
    Reflection {
        title: "Night shift".into(),
        template: "what_so_what_now_what".into(),
        template_version: 2,
        answers: answers.map(|(prompt, text)| (prompt.to_owned(), text.to_owned())).into(),
        prompted_by: Some("visit/ward".into()),
        created_at: NOW,
        ..Reflection::default()
    }
}

pub fn reflection_edits() -> Vec<Edit> {
    let answer = |prompt: &str, text: &str| ReflectionEdit::Answer {
        prompt: prompt.into(),
        text: text.into(),
    };
    let copy = enhance_model::reflection::Copy { with: PersonId::from_bytes([3; 16]), at: NOW };
    [
        answer("so_what", "Rotas matter."),
        ReflectionEdit::AddTag { tag: Tag::Domain("quality".into()) },
        ReflectionEdit::AddTag { tag: Tag::Theme("wellbeing".into()) },
        answer("now_what", "Ask for a nap room."),
        ReflectionEdit::AddCopy { document: DocumentId::from_bytes([4; 16]), copy },
        ReflectionEdit::RemoveTag { tag: Tag::Theme("wellbeing".into()) },
    ]
    .map(Edit::Reflection)
    .into()
}

pub fn record_edits() -> Vec<Edit> {
    let session = session();
    let take_back = |noun, number| RecordEdit::TakeBack { noun, id: item(number), at: NOW };
    let edits = [
        vec![RecordEdit::Start { activity: "read/intro".into(), at: NOW }],
        session.adding(item(1)),
        session.adding(item(2)),
        vec![take_back(Noun::LearningSession, 2)],
        placement().adding(item(10)),
        Supervisor::named(item(10), "Dr Lee", SupervisorRole::Clinical).adding(item(11)),
        ActivityCompletion {
            activity: "read/intro".into(),
            at: NOW,
            pack_version: Some(Whole(3)),
            reason: "Talked over with my supervisor".into(),
            ..ActivityCompletion::default()
        }
        .adding(item(12)),
        ModuleCompletion { module: "pop".into(), at: NOW, ..ModuleCompletion::default() }
            .adding(item(13)),
        vec![take_back(Noun::ModuleCompletion, 13)],
        vec![RecordEdit::PutBack { noun: Noun::ModuleCompletion, id: item(13) }],
        WteChange { placement: item(10), from: day("2026-12-01"), wte: "3/5".parse().unwrap() }
            .adding(item(14)),
        Absence::new(AbsenceKind::Sickness, day("2026-11-02"), "2.5".parse().unwrap())
            .adding(item(15)),
        JourneyStep { learned: "Nobody told the nurse.".into(), ..JourneyStep::new(item(17), 1) }
            .adding(item(16)),
        PatientJourney { title: "From a fall to home".into(), ..PatientJourney::default() }
            .adding(item(17)),
        PdpGoal {
            text: "Lead a round".into(),
            capabilities: [Tag::Capability("fpc-2".into())].into(),
            ..PdpGoal::default()
        }
        .adding(item(18)),
        EvidenceLink::new(
            EvidenceSource::Item(item(1)),
            "outcome:pop-read".parse().unwrap(),
            "I counted.",
        )
        .adding(item(19)),
        Debrief {
            activity: "cmm-discharge".into(),
            at: NOW,
            confidence_before: Some(Whole(4)),
            ..Debrief::default()
        }
        .adding(item(20)),
    ];
    edits.into_iter().flatten().map(Edit::PersonalRecord).collect()
}

fn placement() -> Placement {
    Placement {
        organisation: "Bedford Hospital".into(),
        grade: "F2".into(),
        start: day("2026-08-05"),
        end: day("2027-08-03"),
        split: Some("acute 2/3, community 1/3".parse().unwrap()),
        ..Placement::default()
    }
}

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

pub fn comment_edits() -> Vec<Edit> {
    let comment = |body: &str, anchor: &str| Comment {
        body: body.into(),
        anchor: anchor.parse().unwrap(),
        span: None,
        answers: None,
        at: NOW,
        edited_at: None,
        resolved_at: None,
    };
    let (start, end) = ("7@0a".parse().unwrap(), "9@0a".parse().unwrap());
    let span = Span { start, end, quote: "dark".into() };
    let answers = CommentRef { document: DocumentId::from_bytes([6; 16]), id: item(9) };
    let on = (Some(span.clone()), Some(answers));
    let answer = Comment { span: on.0, answers: on.1, ..comment("Seven.", "why_here") };
    let suggestion = Suggestion {
        anchor: "problem".parse().unwrap(),
        span,
        original: "dark".into(),
        replacement: "dark at night".into(),
        why: "By day it is not.".into(),
        at: NOW,
        withdrawn_at: None,
    };
    [
        CommentEdit::Add { id: item(1), comment: comment("Which ward?", "problem") },
        CommentEdit::Add { id: item(2), comment: comment("Good.", "") },
        CommentEdit::Rewrite { id: item(1), body: "Which wards?".into(), at: NOW },
        CommentEdit::Resolve { id: item(1), at: NOW },
        // What came with schema 2.
        CommentEdit::Add { id: item(3), comment: comment("Not that.", "aim") },
        CommentEdit::TakeBack { id: item(3), at: NOW },
        CommentEdit::TakeBack { id: item(2), at: NOW },
        CommentEdit::PutBack { id: item(2) },
        // What came with schema 3.
        CommentEdit::Add { id: item(4), comment: answer },
        CommentEdit::Suggest { id: item(5), suggestion },
        CommentEdit::Resolve { id: item(9), at: NOW },
        CommentEdit::Reopen { id: item(2), at: NOW },
    ]
    .map(Edit::Comments)
    .into()
}

pub fn project_edits() -> Vec<Edit> {
    let text = |which: CycleText, text: &str| ProjectEdit::Cycle {
        id: item(4),
        edit: which.edit(text.into()),
    };
    let observe = |number, value| {
        Observation::new(item(1), "2026-11-22".parse().unwrap(), value).adding(item(number))
    };
    let aim = Aim {
        sentence: "Fewer falls by spring".into(),
        direction: Some(Direction::Decrease),
        from: "12".into(),
        to: "6".into(),
        by_date: Some("2027-03-31".parse().unwrap()),
        ..Aim::default()
    };
    let measure = Measure {
        name: "Falls".into(),
        definition: "Incident reports, weekly".into(),
        unit: Some(Unit::Count),
        ..Measure::default()
    };
    let action = Action {
        text: "Ask estates for lights".into(),
        owner: Some(owner()),
        due: Some("2026-12-01".parse().unwrap()),
        done_at: None,
    };
    let section =
        |text: &str| vec![ProjectEdit::Section { section: Section::Problem, text: text.into() }];
    let edits = [
        section("The ward is dark."),
        measure.adding(item(1)),
        observe(2, Value::Number { thousandths: -1_500 }),
        observe(3, Value::Ratio { numerator: 4, denominator: 10 }),
        PdsaCycle::default().adding(item(4)),
        vec![ProjectEdit::AddTag { tag: Tag::Capability("1.2".into()) }],
        vec![text(CycleText::Prediction, "Falls halve.")],
        vec![text(CycleText::Learned, "They did not.")],
        vec![ProjectEdit::Cycle { id: item(4), edit: CycleEdit::Scale(Some(Scale::OneTeam)) }],
        vec![ProjectEdit::Cycle { id: item(4), edit: CycleEdit::Decision(Decision::Adapt) }],
        section("The ward is dark at 3."),
        aim.edits().into_iter().map(|edit| ProjectEdit::Aim { edit }).collect(),
        action.adding(item(5)),
        later_edits(),
    ];
    edits.into_iter().flatten().map(Edit::ChangeProject).collect()
}

/// What came with schema 2.
fn later_edits() -> Vec<ProjectEdit> {
    let idea = ChangeIdea {
        text: "To test lamps".into(),
        drivers: [item(7)].into(),
        ..ChangeIdea::default()
    };
    let tally = Tally {
        measure: item(1),
        at: "2026-11-23".parse().unwrap(),
        group: String::new(),
        ticks: [(device(1), Value::Ratio { numerator: 1, denominator: 3 })].into(),
    };
    let moved = ProjectEdit::Move {
        id: item(9),
        to: Status::Testing,
        at: NOW,
        note: "The lamps came.".into(),
    };
    [
        vec![moved],
        Driver { name: "Light".into(), ..Driver::default() }.adding(item(7)),
        idea.adding(item(8)),
        tally.adding(item(10)),
        vec![ProjectEdit::TakeBack { noun: Noun::Observation, id: item(2), at: NOW }],
        vec![ProjectEdit::PutBack { noun: Noun::Observation, id: item(2) }],
    ]
    .concat()
}
