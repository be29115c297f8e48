//! A training year to make pages of: two placements, one of them less than full time.

use std::collections::BTreeMap;

use enhance_model::{
    CalendarDate, DocumentId, DocumentKind, ItemId, Minutes, PersonId, Sha256,
    arcp::{ArcpPage, ArcpSources, CitedDocument, SignOffLine},
    change_project::{ChangeProject, Section},
    learning_log::{Figure, FigureOf, LogRule, Period},
    personal_record::{
        Certificate, EvidenceDeadline, EvidenceLink, EvidenceSource, EvidenceStanding,
        LearningSession, ModuleCompletion, OrganisationKind, PdpGoal, PersonalRecord, Placement,
        SessionKind, Supervisor, SupervisorRole,
    },
    programme::{Domain, Module, Outcome, OutcomeSource, Page, Programme},
};

pub(crate) struct Year {
    pub(crate) trainee: PersonId,
    pub(crate) period: Period,
    pub(crate) made_on: CalendarDate,
    pub(crate) record: PersonalRecord,
    pub(crate) names: BTreeMap<PersonId, String>,
    programme: Programme,
    pub(crate) rule: LogRule,
    cited: BTreeMap<DocumentId, CitedDocument>,
    pub(crate) standing: EvidenceStanding,
    projects: BTreeMap<DocumentId, ChangeProject>,
    sign_offs: Vec<SignOffLine>,
}

pub(crate) fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

pub(crate) fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

impl Year {
    pub(crate) fn new() -> Self {
        let trainee = PersonId::from_bytes([1; 16]);
        let reflection = CitedDocument {
            kind: DocumentKind::Reflection,
            title: "A home visit".to_owned(),
            from: day("2026-11-02"),
            to: Some(day("2026-11-02")),
        };
        let sign_off = SignOffLine {
            what: "Population health".to_owned(),
            who: "Dr Sam Okafor, educational supervisor".to_owned(),
            when: day("2027-01-20"),
            decision: "signed".to_owned(),
            state: "as it was then".to_owned(),
        };
        Self {
            trainee,
            period: "2026-08-05..2027-08-03".parse().unwrap(),
            made_on: day("2027-05-10"),
            record: record(),
            names: [(trainee, "Priya Nair".to_owned())].into(),
            programme: programme(),
            rule: rule(),
            cited: [(DocumentId::from_bytes([9; 16]), reflection)].into(),
            standing: EvidenceStanding::default(),
            projects: [(DocumentId::from_bytes([8; 16]), project())].into(),
            sign_offs: vec![sign_off],
        }
    }

    pub(crate) fn rule(&self) -> &LogRule {
        &self.rule
    }

    pub(crate) fn page(&self) -> ArcpPage {
        let sources = ArcpSources {
            trainee: self.trainee,
            period: self.period,
            made_on: self.made_on,
            record: &self.record,
            programme: Some(&self.programme),
            rule: &self.rule,
            cited: &self.cited,
            standing: &self.standing,
            projects: &self.projects,
            sign_offs: &self.sign_offs,
            names: &self.names,
        };
        sources.page()
    }
}

fn record() -> PersonalRecord {
    let placement = |organisation: &str, kind, specialty: &str, days: &str| {
        let days: Period = days.parse().unwrap();
        Placement {
            organisation: organisation.to_owned(),
            kind: Some(kind),
            specialty: specialty.to_owned(),
            grade: "F1".to_owned(),
            start: days.from(),
            end: days.to(),
            ..Placement::default()
        }
    };
    let ward = OrganisationKind::NhsAcute;
    let mut surgery = placement(
        "Willow Surgery",
        OrganisationKind::PrimaryCare,
        "general practice",
        "2026-12-02..2027-08-03",
    );
    surgery.wte = Some("0.6".parse().unwrap());
    let mut record = PersonalRecord::default();
    let acute = placement("Royal Infirmary", ward, "acute medicine", "2026-08-05..2026-12-01");
    record.placements.extend([(item(1), acute), (item(2), surgery)]);
    let supervisor = Supervisor::named(item(1), "Dr Sam Okafor", SupervisorRole::Educational);
    record.supervisors.insert(item(3), supervisor);
    let session = |title: &str, kind, minutes, start: &str| LearningSession {
        title: title.to_owned(),
        kind,
        minutes: Minutes(minutes),
        start: start.parse().unwrap(),
        ..LearningSession::default()
    };
    let core = session("Teaching week", SessionKind::Core, 1_200, "2026-10-05T08:00:00Z");
    let online = session("Sepsis", SessionKind::Elearning, 60, "2027-02-01T12:00:00Z");
    record.sessions.extend([(item(20), core), (item(21), online)]);
    evidence(&mut record);
    record
}

fn evidence(record: &mut PersonalRecord) {
    let why = "I asked who did not come, and why.";
    let outcome = "outcome:pop-1".parse().unwrap();
    let link = EvidenceLink::new(EvidenceSource::Item(item(20)), outcome, why);
    record.evidence.insert(item(30), link);
    let visit = EvidenceSource::Document(DocumentId::from_bytes([9; 16]));
    let capability = EvidenceLink::new(visit, "capability:fpc-9".parse().unwrap(), "");
    record.evidence.insert(item(31), capability);
    record.modules_completed.insert(
        item(32),
        ModuleCompletion {
            module: "pop".to_owned(),
            at: "2027-01-15T10:00:00Z".parse().unwrap(),
            evidence: Some(visit),
            ..ModuleCompletion::default()
        },
    );
    let text = "Lead a board round".to_owned();
    let due = Some(day("2027-02-01"));
    record.goals.insert(item(33), PdpGoal { text, due, ..PdpGoal::default() });
    record.certificates.insert(
        item(34),
        Certificate {
            title: "Advanced life support".to_owned(),
            expires: Some(day("2027-03-01")),
            ..Certificate::default()
        },
    );
    record.deadlines.insert(
        item(35),
        EvidenceDeadline {
            name: "The portfolio closes".to_owned(),
            at: day("2027-05-28"),
            scope: String::new(),
        },
    );
}

fn rule() -> LogRule {
    let figure = |of, amount| Figure { amount: Some(amount), ..Figure::of(of) };
    LogRule {
        title: "Personal learning log".to_owned(),
        figures: vec![
            figure(FigureOf::Target, 3_600),
            figure(FigureOf::CoreMin, 1_800),
            figure(FigureOf::ElearningCap, 360),
            figure(FigureOf::AbsenceDays, 20),
        ],
        ..LogRule::default()
    }
}

fn project() -> ChangeProject {
    let mut project = ChangeProject {
        title: "Falls at night".to_owned(),
        start: Some(day("2026-09-01")),
        ..ChangeProject::default()
    };
    "Fewer falls on Ward 7 by March.".clone_into(&mut project.aim.sentence);
    project.sections.insert(Section::Outcome, "From 6 falls a month to 3.".to_owned());
    project
}

fn programme() -> Programme {
    let page = |key: &str| Page {
        key: key.to_owned(),
        title: String::new(),
        file: Sha256::from_bytes([0; 32]),
    };
    let outcome = |key: &str, domain: &str, text: &str| Outcome {
        key: key.to_owned(),
        domain: domain.to_owned(),
        text: text.to_owned(),
        source: OutcomeSource::Ours,
    };
    let module = |key: &str, title: &str, outcomes| Module {
        key: key.to_owned(),
        title: title.to_owned(),
        domains: vec![key.to_owned()],
        themes: Vec::new(),
        min_minutes: Minutes(60),
        suggested_stage: "F1".to_owned(),
        page: page(key),
        outcomes,
        activities: Vec::new(),
    };
    let domain = |key: &str, title: &str| Domain {
        key: key.to_owned(),
        title: title.to_owned(),
        purpose: String::new(),
    };
    let population = vec![
        outcome("pop-1", "pop", "describe whom a service does not reach"),
        outcome("pop-2", "pop", "use local data"),
    ];
    let json = serde_json::json!({
        "key": "enhance", "title": "Enhance", "years": 5, "source_url": "", "domains": [],
        "themes": [], "modules": [], "resources": [], "handbook": [], "templates": [],
    });
    let programme: Programme = serde_json::from_value(json).unwrap();
    Programme {
        domains: vec![domain("pop", "Population health"), domain("env", "Sustainability")],
        modules: vec![
            module("pop", "Population health", population),
            module("env", "Environmental sustainability", Vec::new()),
        ],
        ..programme
    }
}
