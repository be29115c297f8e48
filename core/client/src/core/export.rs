//! What a person takes with them.

use super::LearningCore;
use crate::{
    asked::export::{self, Export},
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
}
