//! Who has a plan open at the same time.

use enhance_model::{DocumentId, anchor::Place};

use super::LearningCore;
use crate::{
    asked::presence::{self, PresentView},
    error::Error,
};

impl LearningCore {
    /// Says that this person has a plan open and where in it they are, so that the others who have it
    /// open see it. Told while [`LearningCore::keep_in_sync`] runs and the app is on the screen, and
    /// kept nowhere. Where several have a plan open, what they write is sent sooner.
    pub fn enter(&self, project: DocumentId, place: Place) -> Result<(), Error> {
        presence::enter(&self.state, &self.traffic, project, place)
    }

    /// Says that this person has no plan open any more.
    pub fn step_out(&self) {
        self.traffic.go(None);
    }

    /// Who else has a plan open in which this person is, and where in it, by their names. Observers
    /// hear of a change as [`Topic::Company`](crate::Topic::Company).
    pub fn company(&self, project: DocumentId) -> Result<Vec<PresentView>, Error> {
        presence::company(&self.state, &self.traffic, project)
    }
}
