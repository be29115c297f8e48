//! Reflections: begun from a template, written in private, found again.

use enhance_model::{DocumentId, DocumentKind, Version, reflection::ReflectionEdit};

use super::LearningCore;
use crate::{
    asked::{
        lists::{self, DocumentSummary, ListPage},
        portion::Portion,
        reflections::{self, ReflectionView},
    },
    error::Error,
};

impl LearningCore {
    /// Begins a reflection from a template, in the version that is in use now.
    ///
    /// It is private. On a device that has no content pack yet any template can be named, so that
    /// a person need not wait with what is on their mind.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::reflection::ReflectionEdit};
    ///
    /// # fn example(core: &LearningCore) -> Result<(), Error> {
    /// let id = core.create_reflection("quick-capture", "A night on call", None)?;
    /// let shown = core.reflection(id)?;
    /// let (prompt, text) = ("what".to_owned(), "The ward was full.".to_owned());
    /// core.edit_reflection(id, Some(&shown.version), &[ReflectionEdit::Answer { prompt, text }])?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_reflection(
        &self,
        template: &str,
        title: &str,
        prompted_by: Option<&str>,
    ) -> Result<DocumentId, Error> {
        self.create_reflection_with(template, title, prompted_by, &[])
    }

    /// The same with some edits of it. If one of them is refused, nothing was begun.
    pub fn create_reflection_with(
        &self,
        template: &str,
        title: &str,
        prompted_by: Option<&str>,
        edits: &[ReflectionEdit],
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| reflections::begin(state, template, title, prompted_by, edits))
    }

    /// This person's reflections, changed last first.
    pub fn reflections(&self, page: ListPage) -> Result<Portion<DocumentSummary>, Error> {
        self.state.read(|screen| lists::of_kind(screen.store(), DocumentKind::Reflection, page))
    }

    /// A reflection as its screen shows it, with what was typed and is not settled.
    pub fn reflection(&self, id: DocumentId) -> Result<ReflectionView, Error> {
        match self.state.read(|screen| reflections::settled(screen, id)) {
            // What was typed is shown as it will be in the document, which is opened for that; and
            // a row that is not there yet is made.
            Ok(view) if !view.drafts.is_empty() => {
                self.state.with(|state| reflections::view(state, id))
            }
            Err(Error::Damaged { .. }) => self.state.with(|state| reflections::view(state, id)),
            read => read,
        }
    }

    /// Edits a reflection. `base` is the version the screen showed; none means as it stands.
    ///
    /// What is returned is to be handed back by a screen that goes on showing what it showed and
    /// what was typed into it; one that reads it again hands back that version.
    pub fn edit_reflection(
        &self,
        id: DocumentId,
        base: Option<&Version>,
        edits: &[ReflectionEdit],
    ) -> Result<Version, Error> {
        self.state.with(|state| reflections::edit(state, id, base, edits))
    }
}
