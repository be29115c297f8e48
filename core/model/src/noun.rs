//! What a sentence is about: the things of the field that can be looked for and not found.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::DocumentKind;

/// A thing that a person or an app can name. Errors say it, so that an app can match on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// A document whose kind is not known, because it is not here.
    Document,
    Reflection,
    SharedReflection,
    Project,
    Comments,
    PersonalRecord,
    Comment,
    Aim,
    Driver,
    ChangeIdea,
    Stakeholder,
    TeamMember,
    Measure,
    Target,
    Observation,
    Tally,
    Phase,
    Annotation,
    Cycle,
    Action,
    Impact,
    Output,
    StatusMove,
    LearningSession,
    Placement,
    Supervisor,
    WteChange,
    CareerBreak,
    Absence,
    Experience,
    PatientJourney,
    JourneyStep,
    PdpGoal,
    Certificate,
    EvidenceLink,
    EvidenceDeadline,
    ModuleCompletion,
    ActivityCompletion,
    Template,
    Activity,
    Module,
    Page,
    Resource,
    Recipe,
    /// The file of a resource, in the pack.
    File,
    Pack,
    Person,
    Member,
    SignOffRequest,
    SignOff,
    /// Work the server refused.
    Quarantined,
    Attachment,
    /// The database of an account's folder.
    Database,
}

impl Noun {
    pub const ALL: [Self; 53] = [
        Self::Document,
        Self::Reflection,
        Self::SharedReflection,
        Self::Project,
        Self::Comments,
        Self::PersonalRecord,
        Self::Comment,
        Self::Aim,
        Self::Driver,
        Self::ChangeIdea,
        Self::Stakeholder,
        Self::TeamMember,
        Self::Measure,
        Self::Target,
        Self::Observation,
        Self::Tally,
        Self::Phase,
        Self::Annotation,
        Self::Cycle,
        Self::Action,
        Self::Impact,
        Self::Output,
        Self::StatusMove,
        Self::LearningSession,
        Self::Placement,
        Self::Supervisor,
        Self::WteChange,
        Self::CareerBreak,
        Self::Absence,
        Self::Experience,
        Self::PatientJourney,
        Self::JourneyStep,
        Self::PdpGoal,
        Self::Certificate,
        Self::EvidenceLink,
        Self::EvidenceDeadline,
        Self::ModuleCompletion,
        Self::ActivityCompletion,
        Self::Template,
        Self::Activity,
        Self::Module,
        Self::Page,
        Self::Resource,
        Self::Recipe,
        Self::File,
        Self::Pack,
        Self::Person,
        Self::Member,
        Self::SignOffRequest,
        Self::SignOff,
        Self::Quarantined,
        Self::Attachment,
        Self::Database,
    ];

    /// The word in a sentence for a person.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Reflection => "reflection",
            Self::SharedReflection => "shared reflection",
            Self::Project => "plan",
            Self::Comments => "list of comments",
            Self::PersonalRecord => "personal record",
            Self::Comment => "comment",
            Self::Aim => "aim",
            Self::Driver => "driver",
            Self::ChangeIdea => "change idea",
            Self::Stakeholder => "stakeholder",
            Self::TeamMember => "team member",
            Self::Output => "output",
            Self::Target => "target",
            Self::Tally => "tally sheet",
            Self::Phase => "phase",
            Self::Annotation => "annotation",
            Self::Impact => "impact",
            Self::StatusMove => "status move",
            Self::Measure => "measure",
            Self::Observation => "observation",
            Self::Cycle => "cycle",
            Self::Action => "action",
            Self::LearningSession => "learning session",
            Self::Placement => "placement",
            Self::Supervisor => "supervisor",
            Self::WteChange => "change of hours",
            Self::CareerBreak => "break in training",
            Self::Absence => "absence",
            Self::Experience => "experience",
            Self::PatientJourney => "patient journey",
            Self::JourneyStep => "step of a journey",
            Self::PdpGoal => "goal",
            Self::Certificate => "certificate",
            Self::EvidenceLink => "evidence link",
            Self::EvidenceDeadline => "evidence deadline",
            Self::ModuleCompletion => "module completion",
            Self::ActivityCompletion => "activity completion",
            Self::Template => "template",
            Self::Activity => "activity",
            Self::Module => "module",
            Self::Page => "page",
            Self::Resource => "resource",
            Self::Recipe => "recipe",
            Self::File => "file",
            Self::Pack => "content pack",
            Self::Person => "person",
            Self::Member => "member",
            Self::SignOffRequest => "request for a sign-off",
            Self::SignOff => "sign-off",
            Self::Quarantined => "refused work",
            Self::Attachment => "attachment",
            Self::Database => "database",
        }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<DocumentKind> for Noun {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Reflection => Self::Reflection,
            DocumentKind::SharedReflection => Self::SharedReflection,
            DocumentKind::ChangeProject => Self::Project,
            DocumentKind::Comments => Self::Comments,
            DocumentKind::PersonalRecord => Self::PersonalRecord,
            DocumentKind::SignOffRequest => Self::SignOffRequest,
            DocumentKind::SignOff => Self::SignOff,
        }
    }
}
