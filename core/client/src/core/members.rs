//! Who takes part in a project.

use enhance_model::{DocumentId, PersonId, Right};

use super::LearningCore;
use crate::{asked::members, error::Error};

impl LearningCore {
    /// Gives somebody a right to a plan, or another one than they have. Only its owner can.
    pub fn add_member(
        &self,
        project: DocumentId,
        person: PersonId,
        right: Right,
    ) -> Result<(), Error> {
        self.state.with(|state| members::add(state, project, person, right))
    }

    /// Takes every right to a plan away from somebody. Only its owner can.
    pub fn remove_member(&self, project: DocumentId, person: PersonId) -> Result<(), Error> {
        self.state.with(|state| members::remove(state, project, person))
    }
}
