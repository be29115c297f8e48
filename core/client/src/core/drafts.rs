//! Drafts: what a person is typing, kept before it is part of a document.

use enhance_model::{DocumentId, Limits, Version};

use super::LearningCore;
use crate::{asked::drafts, error::Error, writing::drafts::DraftField};

impl LearningCore {
    /// Keeps what a person is typing. Durable when this returns, and not yet in any history.
    ///
    /// `base` is the version the screen showed and `text` the whole text of the field. A text that
    /// is too long is kept as well; the error says so while the person can still shorten it.
    ///
    /// ```no_run
    /// use enhance_client::{DraftField, Error, LearningCore, model::{DocumentId, Version}};
    ///
    /// # fn example(core: &LearningCore, reflection: DocumentId, shown: &Version) -> Result<(), Error> {
    /// let field = DraftField::Answer("what".to_owned());
    /// core.autosave(reflection, &field, shown, "The ward was f")?; // at every pause
    /// core.autosave(reflection, &field, shown, "The ward was full.")?;
    /// core.settle(reflection)?; // when the person leaves the field
    /// # Ok(())
    /// # }
    /// ```
    pub fn autosave(
        &self,
        document: DocumentId,
        field: &DraftField,
        base: &Version,
        text: &str,
    ) -> Result<(), Error> {
        self.state.with(|state| drafts::autosave(state, document, field, base, text))
    }

    /// Makes what was typed part of the document: one change, merged by character with what
    /// arrived since. Without drafts nothing is written. A draft that is too long stays one, and is
    /// found by a search: all others are settled, and [`Error::TextTooLong`] names its field. If
    /// another limit is in the way, all drafts stay.
    pub fn settle(&self, document: DocumentId) -> Result<Version, Error> {
        self.state.with(|state| drafts::settle(state, document))
    }

    /// What the server has set of how much is too much, as it was heard of last: the length of a text
    /// among it. See [`DraftView::over`](crate::DraftView::over).
    pub fn limits(&self) -> Result<Limits, Error> {
        self.state.read(|screen| Ok(screen.facts()?.limits().clone()))
    }

    /// Documents in which something was typed and is not settled.
    pub fn unsettled(&self) -> Result<Vec<DocumentId>, Error> {
        self.state.read(|screen| Ok(screen.store().unsettled()?))
    }
}
