//! The personal record: posts in training, time spent learning, evidence, and how far a trainee has
//! come.
//!
//! What is in it is declared as records ([`crate::record`]) and edited field by field. What was
//! taken back is kept with all it says.

mod absences;
mod copy;
mod evidence;
mod inbox_seen;
mod items;
mod journeys;
mod lessened;
mod records;
mod rules;
mod training;
mod values;
mod warnings;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use self::rules::STRETCH;
pub use self::{
    evidence::{Cover, CoverOf, DeadlineWarning, EvidenceStanding, SupervisorAnswer, WARNING_DAYS},
    items::RecordItem,
    records::{
        Absence, AbsenceEdit, ActivityCompletion, ActivityCompletionEdit, CareerBreak,
        CareerBreakEdit, Certificate, CertificateEdit, DeadlineEdit, Debrief, DebriefEdit,
        EvidenceDeadline, EvidenceLink, EvidenceLinkEdit, Experience, ExperienceEdit, GoalEdit,
        JourneyEdit, JourneyStep, JourneyStepEdit, KeptSignOff, KeptSignOffEdit, LearningSession,
        ModuleCompletion, ModuleCompletionEdit, PatientJourney, PdpGoal, Placement, PlacementEdit,
        SessionEdit, Supervisor, SupervisorEdit, WteChange, WteChangeEdit,
    },
    rules::RecordFault,
    training::YearPart,
    values::{EvidenceSource, NoEvidence, NoStatement, Split, SplitFault, SplitPart, Statement},
    warnings::RecordWarning,
    words::{
        AbsenceKind, Agreement, BreakKind, Course, GoalStatus, OrganisationKind, SessionKind,
        Subject, SupervisorRole,
    },
};
pub(crate) use absences::DaysOff;
pub(crate) use training::cut_at;
pub(crate) use values::exact;
pub(crate) use words::spoken;

use crate::{
    ItemId, Items, Noun, Timestamp,
    attachment::Attachment,
    record::{Disagreement, TakenBack},
};

/// Everything in a trainee's personal record. One document, readable by its owner alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonalRecord {
    /// Progress by the key of the activity, as devices noted it first; see
    /// [`PersonalRecord::progress`].
    pub activities: BTreeMap<String, ActivityProgress>,
    pub placements: Items<Placement>,
    pub supervisors: Items<Supervisor>,
    pub wte_changes: Items<WteChange>,
    pub breaks: Items<CareerBreak>,
    pub absences: Items<Absence>,
    pub sessions: Items<LearningSession>,
    pub experiences: Items<Experience>,
    pub journeys: Items<PatientJourney>,
    pub steps: Items<JourneyStep>,
    pub goals: Items<PdpGoal>,
    pub certificates: Items<Certificate>,
    /// What is given as evidence, and for what.
    pub evidence: Items<EvidenceLink>,
    pub deadlines: Items<EvidenceDeadline>,
    pub modules_completed: Items<ModuleCompletion>,
    pub activities_completed: Items<ActivityCompletion>,
    /// How activities were talked over.
    pub debriefs: Items<Debrief>,
    /// Sign-offs that were read back from an export.
    pub kept_sign_offs: Items<KeptSignOff>,
    /// What of the inbox was seen, and when; see [`PersonalRecord::seeing`].
    pub inbox_seen: Items<Timestamp>,
    /// Files that belong to things in it, each to the one it names.
    pub attachments: Items<Attachment>,
    /// What was taken back, and can be put back.
    pub taken_back: Items<TakenBack>,
    /// What two devices set differently at once and nobody has settled yet.
    pub disagreements: Vec<Disagreement>,
}

/// How far one activity has come. A fact once written; a new version of a module never undoes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityProgress {
    /// Device clock when it was first started.
    pub started_at: Option<Timestamp>,
    /// Device clock when it was completed.
    pub completed_at: Option<Timestamp>,
    /// The version of the pack in which it was completed.
    pub pack_version: Option<u64>,
}

/// An edit of the personal record.
///
/// ```
/// use enhance_model::{ItemId, Noun, personal_record::RecordEdit};
///
/// let id = ItemId::from_bytes([7; 16]);
/// let error = RecordEdit::parse(Noun::Placement, id, "split", "1/3").unwrap_err();
/// let words = "split takes shares that add up to 1, as acute 2/3, community 1/3";
/// assert_eq!(error.to_string(), format!("{words}, not \"1/3\""));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
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
