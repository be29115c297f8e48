//! What is asked of a document of any kind.

use enhance_model::DocumentId;
use enhance_store::StageCounts;

use super::LearningCore;
use crate::{
    asked::{
        deletion,
        status::{self, DocumentStatus, Reader},
    },
    error::{Error, Obstacle},
    state::documents,
};

impl LearningCore {
    /// How far a document has come: saved here, sent, stored by the server, seen by others.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, Stage, model::DocumentId};
    ///
    /// # fn example(core: &LearningCore, document: DocumentId) -> Result<(), Error> {
    /// let status = core.status(document)?;
    /// if status.stage == Stage::Stored && status.seen_by.is_empty() {
    ///     println!("on the server, and not read yet");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn status(&self, document: DocumentId) -> Result<DocumentStatus, Error> {
        self.state.read(|screen| {
            let store = screen.store();
            status::of(store, &documents::row(store, document)?)
        })
    }

    /// What is in the way of a document of which something is too large for it, if it is held.
    pub fn held_by(&self, document: DocumentId) -> Result<Option<Obstacle>, Error> {
        self.state.read(|screen| status::held_by(screen.store(), document))
    }

    /// How many of the documents that lists show have come how far: reflections, projects, and
    /// copies that others have shared with this person.
    pub fn stages(&self) -> Result<StageCounts, Error> {
        self.state.read(|screen| Ok(screen.store().stages(screen.facts()?.person.id)?))
    }

    /// Who can see a document: everybody with a right to it or to a copy of it, its owner first.
    pub fn readers(&self, document: DocumentId) -> Result<Vec<Reader>, Error> {
        self.state.read(|screen| {
            let store = screen.store();
            status::readers(store, &documents::row(store, document)?)
        })
    }

    /// Lets the owner of a document know that this person has seen it as it is now.
    pub fn mark_seen(&self, document: DocumentId) -> Result<(), Error> {
        self.state.with(|state| status::mark_seen(state, document))
    }

    /// Deletes a document for ever: its key is destroyed, and nothing but its id is kept.
    ///
    /// Only its owner can. Copies of a reflection that were shared stay until they are deleted. A
    /// project that others can read is not deleted: the error says who they are.
    pub fn delete(&self, id: DocumentId) -> Result<(), Error> {
        self.state.with(|state| deletion::delete(state, id))
    }

    /// Deletes a project for ever, also from everybody who can read it. Only its owner can.
    pub fn delete_for_everybody(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| deletion::delete_for_everybody(state, project))
    }
}
