//! Posts in training, sessions and experiences, as the model declares them, and the edit of one
//! field of each.

use enhance_client::model::{
    change_project::Value,
    personal_record::{
        Absence, AbsenceEdit, AbsenceKind, BreakKind, CareerBreak, CareerBreakEdit, Course,
        Experience, ExperienceEdit, OrganisationKind, Placement, PlacementEdit, SessionEdit,
        SessionKind, Split, SplitPart, Subject, Supervisor, SupervisorEdit, SupervisorRole,
        WteChange, WteChangeEdit,
    },
};

use crate::{
    CoreError,
    amounts::ObservedValue,
    ids::{ItemId, PersonId},
    values::{CalendarDate, Minutes, Tags, Timestamp, UtcOffset},
};

/// One part of a placement.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PlacementPart {
    /// Where it is spent, in a few words.
    pub setting: String,
    /// How much of the whole. All parts together are one.
    pub share: ObservedValue,
}

uniffi::custom_type!(Split, Vec<PlacementPart>, {
    remote,
    lower: |split| {
        let part = |part: &SplitPart| PlacementPart {
            setting: part.setting.clone(),
            share: part.share.clone().into(),
        };
        split.parts().iter().map(part).collect()
    },
    try_lift: |parts| {
        let part = |part: PlacementPart| SplitPart {
            setting: part.setting,
            share: part.share.into(),
        };
        Split::new(parts.into_iter().map(part).collect())
            .map_err(|fault| CoreError::invalid(enhance_client::InputField::Value, &fault).into())
    },
});

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum SessionEdit {
    /// What it was, in a line.
    Title(String),
    /// The activity it was spent on, by key.
    Activity(Option<String>),
    /// The module it counts towards, by key.
    Module(Option<String>),
    /// When it began, by the device's clock.
    Start(Timestamp),
    /// How long it took; never zero.
    Minutes(Minutes),
    /// How the learning log counts it.
    Kind(SessionKind),
    /// Whether it is for every doctor or for one specialty.
    Subject(Subject),
    /// How much of it was online; these minutes count as e-learning, whatever its kind is.
    Online(Option<Minutes>),
    /// The place where it was held.
    Place(String),
    /// The person or body that gave it.
    Provider(String),
    /// The themes it is about.
    Themes(Tags),
    /// The part of the activity that it was, by key. It says how the minutes count.
    Part(String),
    /// How far the clocks were ahead of UTC where it was noted, as `+01:00`.
    Offset(Option<UtcOffset>),
}

/// A post in training, for a time at a place.
#[uniffi::remote(Record)]
#[uniffi(name = "TrainingPlacement")]
pub struct Placement {
    /// The trust, practice or body.
    pub organisation: String,
    /// What kind of body it is.
    pub kind: Option<OrganisationKind>,
    /// Its code in the directory of the NHS, if it has one.
    pub ods: String,
    /// The specialty, as people say it.
    pub specialty: String,
    /// The grade: F1, F2, CT1, ST3.
    pub grade: String,
    /// The foundation school or deanery, by whose figures the log is counted.
    pub school: String,
    /// The first day of it.
    pub start: CalendarDate,
    /// The last day of it.
    pub end: CalendarDate,
    /// Whole-time equivalent, from 0.2 to 1. None: full time.
    pub wte: Option<Value>,
    /// How its time is divided between settings.
    pub split: Option<Split>,
    /// Whether it runs alongside others.
    pub course: Course,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "TrainingPlacementEdit")]
pub enum PlacementEdit {
    /// The trust, practice or body.
    Organisation(String),
    /// What kind of body it is.
    Kind(Option<OrganisationKind>),
    /// Its code in the directory of the NHS, if it has one.
    Ods(String),
    /// The specialty, as people say it.
    Specialty(String),
    /// The grade: F1, F2, CT1, ST3.
    Grade(String),
    /// The foundation school or deanery, by whose figures the log is counted.
    School(String),
    /// The first day of it.
    Start(CalendarDate),
    /// The last day of it.
    End(CalendarDate),
    /// Whole-time equivalent, from 0.2 to 1. None: full time.
    Wte(Option<Value>),
    /// How its time is divided between settings.
    Split(Option<Split>),
    /// Whether it runs alongside others.
    Course(Course),
}

/// Somebody who supervises a trainee in a placement, with an account or without.
#[uniffi::remote(Record)]
#[uniffi(name = "PlacementSupervisor")]
pub struct Supervisor {
    /// The placement it is for.
    pub placement: ItemId,
    /// What they are called, if they have no account.
    pub name: String,
    /// Who it is, if they have an account.
    pub person: Option<PersonId>,
    /// What they are to the trainee.
    pub role: SupervisorRole,
    /// The part of the placement, if it is one part only.
    pub part: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "PlacementSupervisorEdit")]
pub enum SupervisorEdit {
    /// The placement it is for.
    Placement(ItemId),
    /// What they are called, if they have no account.
    Name(String),
    /// Who it is, if they have an account.
    Person(Option<PersonId>),
    /// What they are to the trainee.
    Role(SupervisorRole),
    /// The part of the placement, if it is one part only.
    Part(String),
}

/// Other hours in a placement, from a day on.
#[uniffi::remote(Record)]
pub struct WteChange {
    /// The placement it is of.
    pub placement: ItemId,
    /// The first day of it.
    pub from: CalendarDate,
    /// Whole-time equivalent from then on, from 0.2 to 1.
    pub wte: Value,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum WteChangeEdit {
    /// The placement it is of.
    Placement(ItemId),
    /// The first day of it.
    From(CalendarDate),
    /// Whole-time equivalent from then on, from 0.2 to 1.
    Wte(Value),
}

/// Time out of training. Its days count as nothing.
#[uniffi::remote(Record)]
pub struct CareerBreak {
    /// Why, in a word.
    pub kind: BreakKind,
    /// The first day of it.
    pub from: CalendarDate,
    /// The last day of it. None: nobody knows yet.
    pub to: Option<CalendarDate>,
    /// What else there is to say.
    pub note: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum CareerBreakEdit {
    /// Why, in a word.
    Kind(BreakKind),
    /// The first day of it.
    From(CalendarDate),
    /// The last day of it. None: nobody knows yet.
    To(Option<CalendarDate>),
    /// What else there is to say.
    Note(String),
}

/// Days that were rostered and not worked.
#[uniffi::remote(Record)]
pub struct Absence {
    /// Why, in a word.
    pub kind: AbsenceKind,
    /// The first day of it.
    pub from: CalendarDate,
    /// The last day of it. None: it was that day.
    pub to: Option<CalendarDate>,
    /// How many rostered days were not worked; half days count.
    pub days: Value,
    /// What else there is to say.
    pub note: String,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum AbsenceEdit {
    /// Why, in a word.
    Kind(AbsenceKind),
    /// The first day of it.
    From(CalendarDate),
    /// The last day of it. None: it was that day.
    To(Option<CalendarDate>),
    /// How many rostered days were not worked; half days count.
    Days(Value),
    /// What else there is to say.
    Note(String),
}

/// A short visit that somebody arranged for themselves.
#[uniffi::remote(Record)]
#[uniffi(name = "LearningExperience")]
pub struct Experience {
    /// Who was visited: "community pharmacy", "food bank".
    pub host: String,
    /// What kind of body the host is.
    pub kind: Option<OrganisationKind>,
    /// The day of it.
    pub at: CalendarDate,
    /// How long it took.
    pub minutes: Option<Minutes>,
    /// What it was for.
    pub purpose: String,
    /// What one learned from it.
    pub learning: String,
    /// The placement it belongs to.
    pub placement: Option<ItemId>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
#[uniffi(name = "LearningExperienceEdit")]
pub enum ExperienceEdit {
    /// Who was visited: "community pharmacy", "food bank".
    Host(String),
    /// What kind of body the host is.
    Kind(Option<OrganisationKind>),
    /// The day of it.
    At(CalendarDate),
    /// How long it took.
    Minutes(Option<Minutes>),
    /// What it was for.
    Purpose(String),
    /// What one learned from it.
    Learning(String),
    /// The placement it belongs to.
    Placement(Option<ItemId>),
}
