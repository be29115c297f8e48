//! The words that fields of a personal record take, each with the name it has in documents and
//! commands.

use crate::words::words;

words! {
    /// How the learning log counts a session.
    SessionKind {
        Core = "core",
        /// Other teaching and learning that counts.
        NonCore = "non_core",
        /// E-learning, counted up to a cap.
        Elearning = "elearning",
        /// Statutory and mandatory training; does not count.
        Statutory = "statutory",
        /// Induction; does not count.
        Induction = "induction",
        /// Life-support courses; do not count.
        LifeSupport = "life_support",
        /// Anything else; does not count.
        Other = "other",
    }
}

impl Default for SessionKind {
    /// A kind that only a newer app knows counts for nothing here.
    fn default() -> Self {
        Self::Other
    }
}

words! {
    /// For whom a session is.
    Subject {
        /// What every doctor needs, whatever they become.
        General = "general",
        /// What one specialty needs; of this less counts.
        Specialty = "specialty",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for Subject {
    fn default() -> Self {
        Self::General
    }
}

words! {
    /// What kind of body a place of work belongs to.
    OrganisationKind {
        /// A hospital for acute care.
        NhsAcute = "nhs_acute",
        PrimaryCare = "primary_care",
        Community = "community",
        MentalHealth = "mental_health",
        LocalAuthority = "local_authority",
        /// A charity or a group of volunteers.
        Voluntary = "voluntary",
        /// An integrated care system or board.
        Ics = "ics",
        Other = "other",
    }
}

words! {
    /// How a placement runs.
    Course {
        /// One block after another.
        Rotation = "rotation",
        /// Alongside others, for longer than each of them.
        Longitudinal = "longitudinal",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for Course {
    fn default() -> Self {
        Self::Rotation
    }
}

words! {
    /// What somebody is to a trainee: in a placement, and where they sign something off.
    SupervisorRole {
        Clinical = "clinical",
        Educational = "educational",
        /// Named by the programme, for its own part.
        Named = "named",
        Fellow = "fellow",
        /// Somebody outside of the NHS who takes part.
        Partner = "partner",
        ProgrammeDirector = "programme_director",
        Administrator = "administrator",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for SupervisorRole {
    fn default() -> Self {
        Self::Clinical
    }
}

impl SupervisorRole {
    /// Whether who has it supervises: what others say of evidence is no supervisor's word.
    pub const fn supervises(self) -> bool {
        !matches!(self, Self::Partner | Self::Administrator)
    }
}

words! {
    /// Why somebody is out of training for a time.
    BreakKind {
        Parental = "parental",
        Sickness = "sickness",
        /// Out of programme, for experience, research or a pause.
        OutOfProgramme = "out_of_programme",
        Other = "other",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for BreakKind {
    fn default() -> Self {
        Self::Other
    }
}

words! {
    /// Why days that were rostered were not worked.
    AbsenceKind {
        Sickness = "sickness",
        Parental = "parental",
        Compassionate = "compassionate",
        /// Jury service, and what else the law asks for.
        Duty = "duty",
        Other = "other",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for AbsenceKind {
    fn default() -> Self {
        Self::Other
    }
}

words! {
    /// How far a goal has come.
    GoalStatus {
        Open = "open",
        Achieved = "achieved",
        /// It goes on in the next year.
        CarriedOver = "carried_over",
        /// It was given up; what it says is kept.
        Dropped = "dropped",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for GoalStatus {
    fn default() -> Self {
        Self::Open
    }
}

words! {
    /// What a supervisor says of what is given as evidence. In a record it is the trainee's word of
    /// it; in a sign-off it is the supervisor's own.
    Agreement {
        Agreed = "agreed",
        NotAgreed = "not_agreed",
    }
}

/// What people call each of them.
macro_rules! called {
    ($($name:ident { $($variant:ident => $words:literal,)+ })+) => {
        $(impl $name {
            /// What people call it.
            pub const fn in_words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        })+

        /// A word of a document as people say it; of any other text, itself.
        pub(crate) fn spoken(word: &str) -> &str {
            $(if let Ok(known) = word.parse::<$name>() {
                return known.in_words();
            })+
            word
        }
    };
}

called! {
    SessionKind {
        Core => "core teaching",
        NonCore => "other teaching",
        Elearning => "e-learning",
        Statutory => "statutory and mandatory training",
        Induction => "induction",
        LifeSupport => "life support",
        Other => "other",
    }
    OrganisationKind {
        NhsAcute => "NHS acute",
        PrimaryCare => "primary care",
        Community => "community",
        MentalHealth => "mental health",
        LocalAuthority => "local authority",
        Voluntary => "voluntary sector",
        Ics => "integrated care system",
        Other => "other",
    }
    BreakKind {
        Parental => "parental leave",
        Sickness => "sickness",
        OutOfProgramme => "out of programme",
        Other => "other",
    }
    AbsenceKind {
        Sickness => "sickness",
        Parental => "parental leave",
        Compassionate => "compassionate leave",
        Duty => "jury service or another legal duty",
        Other => "other",
    }
    GoalStatus {
        Open => "open",
        Achieved => "achieved",
        CarriedOver => "carried over",
        Dropped => "dropped",
    }
}
