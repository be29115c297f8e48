//! Reflections that were shared, by this person and with them.

use enhance_model::{DocumentId, PersonId};

use super::LearningCore;
use crate::{
    asked::{
        lists::DocumentSummary,
        sharing::{self, SharedView},
    },
    error::Error,
};

impl LearningCore {
    /// Shares a reflection with a person: what was typed is settled, and they get a copy of the
    /// text as it stands. It never changes; sharing again makes another one.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::{DocumentId, PersonId}};
    ///
    /// # fn example(core: &LearningCore, reflection: DocumentId, supervisor: PersonId) -> Result<(), Error> {
    /// let copy = core.share_reflection(reflection, supervisor)?;
    /// assert_eq!(core.shared_by_me()?[0].id, copy);
    /// core.delete(copy)?; // takes the copy back from them
    /// # Ok(())
    /// # }
    /// ```
    pub fn share_reflection(&self, id: DocumentId, with: PersonId) -> Result<DocumentId, Error> {
        self.state.with(|state| sharing::share(state, id, with))
    }

    /// Reflections that others have shared with this person, newest first.
    pub fn shared_with_me(&self) -> Result<Vec<DocumentSummary>, Error> {
        self.state.read(|screen| sharing::copies(screen, false))
    }

    /// Copies that this person has shared, newest first; also those whose reflection is deleted.
    pub fn shared_by_me(&self) -> Result<Vec<DocumentSummary>, Error> {
        self.state.read(|screen| sharing::copies(screen, true))
    }

    /// A copy of a reflection, shared with this person or by them.
    pub fn shared_reflection(&self, id: DocumentId) -> Result<SharedView, Error> {
        self.state.read(|screen| sharing::view(screen, id))
    }
}
