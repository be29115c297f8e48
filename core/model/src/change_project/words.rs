//! The words that fields of a project take, each with the name it has in documents and commands.

use crate::words::words;

words! {
    /// How far a project has come.
    Status {
        /// A thought that nothing has come of yet.
        Idea = "idea",
        /// It is being planned.
        Planning = "planning",
        /// Changes are being tested.
        Testing = "testing",
        /// A change that worked is being taken up.
        Implementing = "implementing",
        /// It goes on without the project.
        Sustaining = "sustaining",
        /// Others have taken it over.
        HandedOver = "handed_over",
        Completed = "completed",
        /// It was given up; everything is kept.
        Stopped = "stopped",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for Status {
    fn default() -> Self {
        Self::Idea
    }
}

words! {
    /// The co-edited texts of a plan.
    Section {
        /// What is wrong, for whom.
        Problem = "problem",
        /// Why it matters here, with local data.
        WhyHere = "why_here",
        Team = "team",
        /// What will be done.
        Plan = "plan",
        /// What the next person needs to carry on.
        Handover = "handover",
        /// Audit or improvement and not research, approvals, and that no patient can be told.
        Governance = "governance",
        /// Who may be left out, and who gains least.
        Equity = "equity",
        /// Patients, carers and partners it is made with.
        CoProducedWith = "co_produced_with",
        /// What goes on without the project, and who sees to it.
        Sustained = "sustained",
        /// What came of it; a completed plan has one.
        Outcome = "outcome",
    }
}

impl Section {
    /// What people read above it.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Problem => "Problem",
            Self::WhyHere => "Why here",
            Self::Team => "Team",
            Self::Plan => "Plan",
            Self::Handover => "Handover",
            Self::Governance => "Information governance",
            Self::Equity => "Equity",
            Self::CoProducedWith => "Co-produced with",
            Self::Sustained => "What is sustained",
            Self::Outcome => "Outcome",
        }
    }
}

words! {
    /// Where a value is meant to go.
    Direction {
        Increase = "increase",
        Decrease = "decrease",
        /// Nowhere: it must stay.
        Maintain = "maintain",
    }
}

words! {
    /// What a measure tells.
    MeasureKind {
        /// Whether things got better for people.
        Outcome = "outcome",
        /// Whether what was planned is being done.
        Process = "process",
        /// Whether something else got worse.
        Balancing = "balancing",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for MeasureKind {
    fn default() -> Self {
        Self::Outcome
    }
}

words! {
    /// How a measure is drawn.
    MeasureChart {
        /// Around the median, as a run chart.
        Run = "run",
        /// With the limits that the values themselves set.
        Xmr = "xmr",
        /// Of something rare: the days from one to the next.
        DaysBetween = "days_between",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for MeasureChart {
    fn default() -> Self {
        Self::Run
    }
}

words! {
    /// By which rules the signals of a run chart are found.
    RunRules {
        /// Longest run and crossings, with limits that follow the number of points.
        Anhoej = "anhoej",
        /// Six on one side, five in a row, too few or too many runs.
        Taught = "taught",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for RunRules {
    fn default() -> Self {
        Self::Anhoej
    }
}

words! {
    /// How far a change idea has come.
    IdeaState {
        /// It waits to be tested.
        ToTest = "to_test",
        Testing = "testing",
        Adopted = "adopted",
        Abandoned = "abandoned",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for IdeaState {
    fn default() -> Self {
        Self::ToTest
    }
}

words! {
    /// What to do with an idea, by its effort and its gain.
    Pick {
        /// Little effort, little gain.
        Possible = "possible",
        /// Little effort, much gain.
        Implement = "implement",
        /// Much effort, much gain.
        Challenge = "challenge",
        /// Much effort, little gain.
        KickOut = "kick_out",
    }
}

words! {
    /// How a stakeholder sees the project.
    Stance {
        Supports = "supports",
        Undecided = "undecided",
        Opposes = "opposes",
    }
}

words! {
    /// What came out of a project for others to see.
    OutputKind {
        Poster = "poster",
        Presentation = "presentation",
        Paper = "paper",
        Guideline = "guideline",
        Teaching = "teaching",
        Other = "other",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for OutputKind {
    fn default() -> Self {
        Self::Other
    }
}

words! {
    /// On what an improvement has an effect: the sum of value of sustainable quality improvement.
    ImpactKind {
        /// What it does for patients and populations.
        Patients = "patients",
        /// In kilograms of carbon dioxide and what warms as much.
        Environment = "environment",
        /// What it does for staff, carers and communities.
        Social = "social",
        /// Money that is saved or spent, in pence.
        Money = "money",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for ImpactKind {
    fn default() -> Self {
        Self::Patients
    }
}

words! {
    /// Which way an effect goes.
    Effect {
        Better = "better",
        Unchanged = "unchanged",
        Worse = "worse",
    }
}

words! {
    /// On how much a change is tested.
    Scale {
        OnePatient = "one_patient",
        Few = "few",
        OneTeam = "one_team",
        OneUnit = "one_unit",
        Whole = "whole",
    }
}

words! {
    /// What follows from a cycle.
    Decision {
        Undecided = "undecided",
        /// Change it and test again.
        Adapt = "adapt",
        Adopt = "adopt",
        Abandon = "abandon",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro writes the derives")]
impl Default for Decision {
    fn default() -> Self {
        Self::Undecided
    }
}

words! {
    /// The texts of a cycle.
    CycleText {
        ChangeIdea = "change_idea",
        Prediction = "prediction",
        Plan = "plan",
        Done = "done",
        Data = "data",
        Studied = "studied",
        Learned = "learned",
    }
}
