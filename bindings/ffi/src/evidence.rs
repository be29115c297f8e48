//! Journeys, goals, certificates, evidence and completions, as the model declares them, and the edit
//! of one field of each.

use enhance_client::{
    EvidenceView,
    model::{
        personal_record::{
            ActivityCompletion, ActivityCompletionEdit, Agreement, Certificate, CertificateEdit,
            DeadlineEdit, EvidenceDeadline, EvidenceLink, EvidenceLinkEdit, EvidenceSource,
            GoalEdit, GoalStatus, JourneyEdit, JourneyStep, JourneyStepEdit, ModuleCompletion,
            ModuleCompletionEdit, PatientJourney, PdpGoal, Statement,
        },
        record::Whole,
    },
};

use crate::{
    ids::{DocumentId, ItemId, PersonId},
    values::{CalendarDate, Minutes, Tags, Timestamp},
};

/// What is given as evidence.
#[uniffi::remote(Enum)]
pub enum EvidenceSource {
    /// A reflection, a project or a copy that was shared.
    Document(DocumentId),
    /// Something in the same personal record: a session, an experience, a certificate.
    Item(ItemId),
}

/// What evidence is given for.
#[uniffi::remote(Enum)]
#[uniffi(name = "EvidenceStatement")]
pub enum Statement {
    /// A capability of a framework, by its key.
    Capability(String),
    /// An outcome of the programme, by its key.
    Outcome(String),
}

/// The way of a patient through services, told without anything that says who it was.
#[uniffi::remote(Record)]
pub struct PatientJourney {
    /// What it is about: "from a fall to home again".
    pub title: String,
    /// What the whole of it taught.
    pub learned: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum JourneyEdit {
    /// What it is about: "from a fall to home again".
    Title(String),
    /// What the whole of it taught.
    Learned(String),
}

/// One step of a patient's journey. Only its place in the order and a gap in days say when.
#[uniffi::remote(Record)]
pub struct JourneyStep {
    /// Where: "at home", "emergency department".
    pub setting: String,
    /// The service that was there.
    pub service: String,
    /// The journey it is a step of.
    pub journey: ItemId,
    /// Its place among the steps, from 1.
    pub place: Option<Whole>,
    /// Days since the step before, roughly.
    pub gap: Option<Whole>,
    /// The role of whom one met: "district nurse".
    pub role_met: String,
    /// What was handed over, and what was not.
    pub handed_over: String,
    /// What was wasted: time, journeys, things.
    pub wasted: String,
    /// What one learned from it.
    pub learned: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum JourneyStepEdit {
    /// Where: "at home", "emergency department".
    Setting(String),
    /// The service that was there.
    Service(String),
    /// The journey it is a step of.
    Journey(ItemId),
    /// Its place among the steps, from 1.
    Place(Option<Whole>),
    /// Days since the step before, roughly.
    Gap(Option<Whole>),
    /// The role of whom one met: "district nurse".
    RoleMet(String),
    /// What was handed over, and what was not.
    HandedOver(String),
    /// What was wasted: time, journeys, things.
    Wasted(String),
    /// What one learned from it.
    Learned(String),
}

/// A goal of personal development.
#[uniffi::remote(Record)]
pub struct PdpGoal {
    /// What one wants to be able to do.
    pub text: String,
    /// The capabilities it belongs to.
    pub capabilities: Tags,
    /// By what one will know.
    pub success: String,
    /// What there is to do for it.
    pub actions: String,
    /// The last day for it.
    pub due: Option<CalendarDate>,
    /// How far it has come.
    pub status: GoalStatus,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum GoalEdit {
    /// What one wants to be able to do.
    Text(String),
    /// The capabilities it belongs to.
    Capabilities(Tags),
    /// By what one will know.
    Success(String),
    /// What there is to do for it.
    Actions(String),
    /// The last day for it.
    Due(Option<CalendarDate>),
    /// How far it has come.
    Status(GoalStatus),
}

/// A certificate, with the day it runs out.
#[uniffi::remote(Record)]
pub struct Certificate {
    /// What it is for: "Advanced life support".
    pub title: String,
    /// The person or body that gave it.
    pub issuer: String,
    /// When it was given.
    pub issued: Option<CalendarDate>,
    /// The last day it is good for. None: it does not run out.
    pub expires: Option<CalendarDate>,
    /// Its number, if it has one.
    pub number: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum CertificateEdit {
    /// What it is for: "Advanced life support".
    Title(String),
    /// The person or body that gave it.
    Issuer(String),
    /// When it was given.
    Issued(Option<CalendarDate>),
    /// The last day it is good for. None: it does not run out.
    Expires(Option<CalendarDate>),
    /// Its number, if it has one.
    Number(String),
}

/// Evidence for a capability or an outcome, and why it is.
#[uniffi::remote(Record)]
pub struct EvidenceLink {
    /// What is given as evidence.
    pub evidence: EvidenceSource,
    /// What it is evidence for.
    pub statement: Statement,
    /// Why it shows that.
    pub justification: String,
    /// What a supervisor says to it, by the word of the trainee: only a sign-off says it for them.
    pub agreement: Option<Agreement>,
    /// The supervisor who is said to have said so.
    pub agreed_by: Option<PersonId>,
    /// The words of the statement as they were when the link was made. The core writes them.
    #[uniffi(default = "")]
    pub said: String,
    /// The version of the framework they are from, or of the pack. The core writes it.
    #[uniffi(default = "")]
    pub version: String,
}

/// Something that is given as evidence, as its screen shows it.
#[uniffi::remote(Record)]
pub struct EvidenceView {
    pub id: ItemId,
    pub link: EvidenceLink,
    /// What is given, by its kind and title.
    pub shown: String,
    /// Whether it was deleted or taken back, or is not here, so that it shows nothing.
    pub is_gone: bool,
    /// What a supervisor says of it by a sign-off, or the trainee's word of it. May be empty.
    pub agreement: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum EvidenceLinkEdit {
    /// What is given as evidence.
    Evidence(EvidenceSource),
    /// What it is evidence for.
    Statement(Statement),
    /// Why it shows that.
    Justification(String),
    /// What a supervisor says to it, by the word of the trainee.
    Agreement(Option<Agreement>),
    /// The supervisor who is said to have said so.
    AgreedBy(Option<PersonId>),
    /// The words of the statement as they were when the link was made.
    Said(String),
    /// The version of the framework they are from, or of the pack.
    Version(String),
}

/// A day on which a portfolio closes. One is warned of it beforehand.
#[uniffi::remote(Record)]
pub struct EvidenceDeadline {
    /// What closes on that day.
    pub name: String,
    /// The last day on which evidence is taken.
    pub at: CalendarDate,
    /// What has to be there by then.
    pub scope: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum DeadlineEdit {
    /// What closes on that day.
    Name(String),
    /// The last day on which evidence is taken.
    At(CalendarDate),
    /// What has to be there by then.
    Scope(String),
}

/// That a module was completed: a fact, whatever becomes of the module.
#[uniffi::remote(Record)]
pub struct ModuleCompletion {
    /// The module, by key.
    pub module: String,
    /// Device clock when it was completed.
    pub at: Timestamp,
    /// The version of the pack in which it was completed.
    pub pack_version: Option<Whole>,
    /// What shows it, if there is something.
    pub evidence: Option<EvidenceSource>,
    /// Why there is nothing to show, if there is not.
    pub reason: String,
    /// The activities that were complete then: their keys, with spaces between them.
    #[uniffi(default = "")]
    pub activities: String,
    /// Minutes of learning that were noted for it then.
    #[uniffi(default = None)]
    pub minutes: Option<Minutes>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum ModuleCompletionEdit {
    /// The module, by key.
    Module(String),
    /// Device clock when it was completed.
    At(Timestamp),
    /// The version of the pack in which it was completed.
    PackVersion(Option<Whole>),
    /// What shows it, if there is something.
    Evidence(Option<EvidenceSource>),
    /// Why there is nothing to show, if there is not.
    Reason(String),
    /// The activities that were complete then: their keys, with spaces between them.
    Activities(String),
    /// Minutes of learning that were noted for it then.
    Minutes(Option<Minutes>),
}

/// That an activity was completed: a fact, whatever becomes of the activity.
#[uniffi::remote(Record)]
pub struct ActivityCompletion {
    /// The activity, by key.
    pub activity: String,
    /// Device clock when it was completed.
    pub at: Timestamp,
    /// The version of the pack in which it was completed.
    pub pack_version: Option<Whole>,
    /// What shows it, if there is something.
    pub evidence: Option<EvidenceSource>,
    /// Why there is nothing to show, if there is not.
    pub reason: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum ActivityCompletionEdit {
    /// The activity, by key.
    Activity(String),
    /// Device clock when it was completed.
    At(Timestamp),
    /// The version of the pack in which it was completed.
    PackVersion(Option<Whole>),
    /// What shows it, if there is something.
    Evidence(Option<EvidenceSource>),
    /// Why there is nothing to show, if there is not.
    Reason(String),
}
