//! The words of a personal record that are chosen from a list.

use enhance_client::model::personal_record::{
    AbsenceKind, Agreement, BreakKind, Course, Cover, GoalStatus, OrganisationKind, Subject,
    SupervisorRole,
};

/// For whom a session is.
#[uniffi::remote(Enum)]
#[uniffi(name = "SessionSubject")]
pub enum Subject {
    /// What every doctor needs, whatever they become.
    General,
    /// What one specialty needs; of this less counts.
    Specialty,
}

/// What kind of body a place of work belongs to.
#[uniffi::remote(Enum)]
pub enum OrganisationKind {
    /// A hospital for acute care.
    NhsAcute,
    PrimaryCare,
    Community,
    MentalHealth,
    LocalAuthority,
    /// A charity or a group of volunteers.
    Voluntary,
    /// An integrated care system or board.
    Ics,
    Other,
}

/// How a placement runs.
#[uniffi::remote(Enum)]
#[uniffi(name = "PlacementCourse")]
pub enum Course {
    /// One block after another.
    Rotation,
    /// Alongside others, for longer than each of them.
    Longitudinal,
}

/// What somebody is to a trainee in a placement.
#[uniffi::remote(Enum)]
pub enum SupervisorRole {
    Clinical,
    Educational,
    /// Named by the programme, for its own part.
    Named,
    Fellow,
    /// Somebody outside of the NHS who takes part.
    Partner,
    ProgrammeDirector,
    Administrator,
}

/// Why somebody is out of training for a time.
#[uniffi::remote(Enum)]
pub enum BreakKind {
    Parental,
    Sickness,
    /// Out of programme, for experience, research or a pause.
    OutOfProgramme,
    Other,
}

/// Why days that were rostered were not worked.
#[uniffi::remote(Enum)]
pub enum AbsenceKind {
    Sickness,
    Parental,
    Compassionate,
    /// Jury service, and what else the law asks for.
    Duty,
    Other,
}

/// How far a goal has come.
#[uniffi::remote(Enum)]
pub enum GoalStatus {
    Open,
    Achieved,
    /// It goes on in the next year.
    CarriedOver,
    /// It was given up; what it says is kept.
    Dropped,
}

/// What a supervisor says of what is given as evidence, by the word of the trainee.
#[uniffi::remote(Enum)]
#[uniffi(name = "EvidenceAgreement")]
pub enum Agreement {
    Agreed,
    NotAgreed,
}

/// How well there is evidence for something.
#[uniffi::remote(Enum)]
#[uniffi(name = "EvidenceCover")]
pub enum Cover {
    /// There is no evidence for it.
    Missing,
    /// There is one piece, and no supervisor signed it.
    Thin,
    /// There are several, or one that a supervisor signed as it stands.
    Covered,
}
