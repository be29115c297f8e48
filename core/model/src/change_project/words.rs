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

words! {
    /// The texts of a cycle.
    CycleText {
        ChangeIdea = "change_idea",
        Prediction = "prediction",
        Plan = "plan",
        Done = "done",
        Studied = "studied",
        Learned = "learned",
    }
}
