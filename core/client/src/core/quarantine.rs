//! Work the server refused.

use enhance_model::Version;

use super::LearningCore;
use crate::{
    arriving::again,
    asked::quarantine::{self, QuarantineSummary, QuarantineView},
    error::Error,
};

impl LearningCore {
    /// Refused work that the person has not dealt with, last first.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore};
    ///
    /// # fn example(core: &LearningCore) -> Result<(), Error> {
    /// for refused in core.quarantined()? {
    ///     println!("{}: {}", refused.title, refused.explanation);
    ///     core.replay(refused.id)?; // writes it once more; `dismiss` lets it rest
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn quarantined(&self) -> Result<Vec<QuarantineSummary>, Error> {
        self.state.with(|state| quarantine::open(state))
    }

    /// Refused work to be read, whether or not it was dealt with.
    pub fn quarantined_item(&self, id: i64) -> Result<QuarantineView, Error> {
        self.state.with(|state| quarantine::view(state, id))
    }

    /// Does refused work once more, as a fresh edit of the document as it is now. Texts are merged by
    /// character with what was written since.
    pub fn replay(&self, id: i64) -> Result<Version, Error> {
        self.state.with(|state| again::replay(state, id))
    }

    /// Notes that the person has dealt with refused work. It stays readable and exportable; files
    /// that are kept with it are destroyed.
    pub fn dismiss(&self, id: i64) -> Result<(), Error> {
        self.state.with(|state| quarantine::dismiss(state, id))
    }
}
