//! What a person takes with them.

use super::LearningCore;
use crate::{
    asked::export::{self, Export},
    error::Error,
};

impl LearningCore {
    /// Everything this person can read on this device, with versions, for a file of theirs.
    pub fn export(&self) -> Result<Export, Error> {
        self.state.with(export::export)
    }
}
