//! The personal record as a whole: everything in it, edits, and what follows from it.

use enhance_client::{
    self as client, CertificateView, DeadlineView, DomainCover, FrameworkCover,
    model::{
        Noun,
        learning_log::Period,
        personal_record::{
            self, Absence, AbsenceEdit, ActivityCompletion, ActivityCompletionEdit, CareerBreak,
            CareerBreakEdit, Certificate, CertificateEdit, Cover, CoverOf, DeadlineEdit,
            DeadlineWarning, Debrief, DebriefEdit, EvidenceDeadline, EvidenceLink,
            EvidenceLinkEdit, Experience, ExperienceEdit, GoalEdit, JourneyEdit, JourneyStep,
            JourneyStepEdit, KeptSignOffEdit, ModuleCompletion, ModuleCompletionEdit,
            PatientJourney, PdpGoal, Placement, PlacementEdit, RecordEdit, SessionEdit, Statement,
            Supervisor, SupervisorEdit, WteChange, WteChangeEdit,
        },
        record::Disagreement,
    },
};

use crate::{
    ids::ItemId,
    projects::TakenBackItem,
    record::SessionView,
    values::{CalendarDate, Count, Minutes, Timestamp},
};

/// A thing with its id for each kind, and all of them in one record.
macro_rules! things {
    ($($(#[$doc:meta])+ $item:ident { $field:ident: $type:ty } in $map:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
            pub struct $item {
                pub id: ItemId,
                pub $field: $type,
            }
        )+

        /// Everything in a personal record. Readable by its owner alone.
        #[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
        pub struct PersonalRecord {
            pub sessions: Vec<SessionView>,
            $(pub $map: Vec<$item>,)+
            /// What was taken back, and can be put back.
            pub taken_back: Vec<TakenBackItem>,
            /// What two devices set differently at once and nobody has settled yet.
            pub disagreements: Vec<Disagreement>,
        }

        impl From<personal_record::PersonalRecord> for PersonalRecord {
            fn from(record: personal_record::PersonalRecord) -> Self {
                let personal_record::PersonalRecord {
                    // How far activities have come is on the screens of their modules.
                    activities: _,
                    // What of the inbox was seen is not in it.
                    inbox_seen: _,
                    sessions,
                    $($map,)+
                    // Asked for by themselves, with where each file is.
                    attachments: _,
                    // Asked for by themselves, each checked anew.
                    kept_sign_offs: _,
                    taken_back,
                    disagreements,
                } = record;
                let session = |(id, session): (ItemId, personal_record::LearningSession)| {
                    let apart = disagreements.iter();
                    let apart = apart.filter(|one| one.of_item().is_some_and(|(of, _)| of == id));
                    let disagreements = apart.cloned().collect();
                    SessionView { id, session: session.into(), disagreements }
                };
                Self {
                    sessions: sessions.into_iter().map(session).collect(),
                    $($map: $map.into_iter().map(|(id, $field)| $item { id, $field }).collect(),)+
                    taken_back: taken_back
                        .into_iter()
                        .map(|(id, thing)| TakenBackItem { id, thing })
                        .collect(),
                    disagreements,
                }
            }
        }
    };
}

things! {
    /// A post in training.
    PlacementItem { placement: Placement } in placements;
    /// Somebody who supervises in a placement.
    SupervisorItem { supervisor: Supervisor } in supervisors;
    /// Other hours in a placement.
    WteChangeItem { change: WteChange } in wte_changes;
    /// Time out of training.
    CareerBreakItem { career_break: CareerBreak } in breaks;
    /// Days that were not worked.
    AbsenceItem { absence: Absence } in absences;
    /// A short visit to another service, arranged by oneself.
    ExperienceItem { experience: Experience } in experiences;
    /// The way of a patient through services.
    PatientJourneyItem { journey: PatientJourney } in journeys;
    /// One step of a journey.
    JourneyStepItem { step: JourneyStep } in steps;
    /// A goal of personal development.
    PdpGoalItem { goal: PdpGoal } in goals;
    /// A certificate with the day on which it expires.
    CertificateItem { certificate: Certificate } in certificates;
    /// Evidence, and for what it is.
    EvidenceLinkItem { link: EvidenceLink } in evidence;
    /// A day on which a portfolio closes.
    EvidenceDeadlineItem { deadline: EvidenceDeadline } in deadlines;
    /// That a module was completed.
    ModuleCompletionItem { completion: ModuleCompletion } in modules_completed;
    /// That an activity was completed.
    ActivityCompletionItem { completion: ActivityCompletion } in activities_completed;
    /// How an activity was talked over.
    DebriefItem { debrief: Debrief } in debriefs;
}

/// An edit of the personal record.
#[uniffi::remote(Enum)]
pub enum RecordEdit {
    /// Notes that an activity was begun. The first time stands.
    Start {
        activity: String,
        at: Timestamp,
    },
    /// Notes that something in the inbox was seen.
    See {
        item: ItemId,
        at: Timestamp,
    },
    /// Forgets that something in the inbox was seen: it is long gone from there.
    Forget {
        item: ItemId,
    },
    /// Adds an empty thing of this kind; what it says follows.
    Add {
        noun: Noun,
        id: ItemId,
    },
    /// Takes a thing back. It is kept with all it says, and can be put back.
    TakeBack {
        noun: Noun,
        id: ItemId,
        /// The device's clock when it was done.
        at: Timestamp,
    },
    /// Puts back what was taken back.
    PutBack {
        noun: Noun,
        id: ItemId,
    },
    Placement {
        id: ItemId,
        edit: PlacementEdit,
    },
    Supervisor {
        id: ItemId,
        edit: SupervisorEdit,
    },
    WteChange {
        id: ItemId,
        edit: WteChangeEdit,
    },
    CareerBreak {
        id: ItemId,
        edit: CareerBreakEdit,
    },
    Absence {
        id: ItemId,
        edit: AbsenceEdit,
    },
    LearningSession {
        id: ItemId,
        edit: SessionEdit,
    },
    Experience {
        id: ItemId,
        edit: ExperienceEdit,
    },
    PatientJourney {
        id: ItemId,
        edit: JourneyEdit,
    },
    JourneyStep {
        id: ItemId,
        edit: JourneyStepEdit,
    },
    PdpGoal {
        id: ItemId,
        edit: GoalEdit,
    },
    Certificate {
        id: ItemId,
        edit: CertificateEdit,
    },
    EvidenceLink {
        id: ItemId,
        edit: EvidenceLinkEdit,
    },
    EvidenceDeadline {
        id: ItemId,
        edit: DeadlineEdit,
    },
    ModuleCompletion {
        id: ItemId,
        edit: ModuleCompletionEdit,
    },
    ActivityCompletion {
        id: ItemId,
        edit: ActivityCompletionEdit,
    },
    Debrief {
        id: ItemId,
        edit: DebriefEdit,
    },
    KeptSignOff {
        id: ItemId,
        edit: KeptSignOffEdit,
    },
}

/// A year of training, or other days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct DaysInARow {
    pub from: CalendarDate,
    /// The last of them.
    pub to: CalendarDate,
}

impl From<Period> for DaysInARow {
    fn from(period: Period) -> Self {
        Self { from: period.from(), to: period.to() }
    }
}

/// How well there is evidence for one statement.
#[uniffi::remote(Record)]
#[uniffi(name = "StatementCover")]
pub struct CoverOf {
    pub statement: Statement,
    pub cover: Cover,
    /// The links that give it, oldest first.
    pub links: Vec<ItemId>,
    /// Whether it is signed by witnessed sign-offs alone, and by none with a signer's own key.
    #[uniffi(default = false)]
    pub is_witnessed: bool,
}

/// A domain of the programme, and how well there is evidence for its outcomes.
#[uniffi::remote(Record)]
pub struct DomainCover {
    pub key: String,
    pub title: String,
    /// How well it is covered as a whole.
    pub cover: Cover,
    pub outcomes: Vec<CoverOf>,
}

/// What the evidence of a person covers, and what it does not.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Coverage {
    /// The domains of the programme with their outcomes, in its order.
    pub domains: Vec<DomainCover>,
    /// Outcomes that the programme in use does not have.
    pub other_outcomes: Vec<CoverOf>,
    /// Capabilities there is evidence for that no framework in use has.
    pub capabilities: Vec<CoverOf>,
    /// The frameworks of the programme with all their capabilities.
    #[uniffi(default = [])]
    pub frameworks: Vec<FrameworkCover>,
}

impl From<client::Coverage> for Coverage {
    fn from(coverage: client::Coverage) -> Self {
        // What was visited is in the record, experience by experience.
        let client::Coverage { domains, other_outcomes, frameworks, capabilities, experiences: _ } =
            coverage;
        Self { domains, other_outcomes, capabilities, frameworks }
    }
}

/// A warning of a deadline, to be given on a day.
#[uniffi::remote(Record)]
pub struct DeadlineWarning {
    /// The deadline, by its id.
    pub deadline: ItemId,
    /// The day on which to warn.
    pub on: CalendarDate,
    /// How many days are left then.
    pub days_left: i32,
}

/// A deadline as its screen shows it.
#[uniffi::remote(Record)]
pub struct DeadlineView {
    pub id: ItemId,
    pub deadline: EvidenceDeadline,
    /// How many days are left; less than none once it is over.
    pub days_left: i32,
}

/// A certificate as its screen shows it.
#[uniffi::remote(Record)]
pub struct CertificateView {
    pub id: ItemId,
    pub certificate: Certificate,
    /// How many days it is good for; less than none once it has run out, none if it does not.
    pub days_left: Option<i32>,
}

/// The programme as one person goes through it, by module and training year.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProgrammeMap {
    /// The training years in which there is something, and this one.
    pub years: Vec<DaysInARow>,
    /// The modules, in the programme's order.
    pub modules: Vec<ModuleRow>,
}

/// One module in the map of the programme.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ModuleRow {
    pub key: String,
    pub title: String,
    /// Minutes to spend on it at least.
    pub min_minutes: Minutes,
    /// Device clock when it was completed.
    pub completed_at: Option<Timestamp>,
    /// What was done for it in each of the years of the map.
    pub years: Vec<ModuleYear>,
    /// How well there is evidence for each of its outcomes.
    pub outcomes: Vec<CoverOf>,
}

/// What was done for a module in a training year.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ModuleYear {
    pub minutes: Minutes,
    /// Activities that were completed in it.
    pub activities_done: Count,
    /// Whether the module was completed in it.
    pub completed: bool,
}

impl From<client::ProgrammeMap> for ProgrammeMap {
    fn from(map: client::ProgrammeMap) -> Self {
        let client::ProgrammeMap { years, modules } = map;
        Self {
            years: years.into_iter().map(DaysInARow::from).collect(),
            modules: modules.into_iter().map(ModuleRow::from).collect(),
        }
    }
}

impl From<client::ModuleRow> for ModuleRow {
    fn from(row: client::ModuleRow) -> Self {
        let client::ModuleRow { key, title, min_minutes, completed_at, years, outcomes } = row;
        let year = |client::ModuleYear { minutes, activities_done, completed }| ModuleYear {
            minutes,
            activities_done: activities_done.into(),
            completed,
        };
        let years = years.into_iter().map(year).collect();
        Self { key, title, min_minutes, completed_at, years, outcomes }
    }
}
