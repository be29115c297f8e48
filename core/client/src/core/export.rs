//! What a person takes with them.

use super::LearningCore;
use crate::{
    asked::export::{self, Export, ImportReport},
    error::Error,
};

impl LearningCore {
    /// Everything this person can read on this device, with versions, for a file of theirs.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore};
    ///
    /// # fn example(core: &LearningCore) -> Result<(), Error> {
    /// let json = core.export()?.to_json()?;
    /// println!("{} bytes", json.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn export(&self) -> Result<Export, Error> {
        self.state.with(export::export)
    }

    /// Reads an export back, also that of another account: reflections, own projects and the
    /// personal record. What is here already stays as it is, so doing it twice is doing it once.
    /// A file that is damaged, or no export, changes nothing.
    pub fn import(&self, json: &str) -> Result<ImportReport, Error> {
        self.state.with(|state| export::import(state, json))
    }
}
