//! Reflections that were shared, by this person and with them.

use enhance_model::{DocumentId, ItemId, PersonId, Sha256};

use super::LearningCore;
use crate::{
    asked::{
        checking::{self, SharingCheck},
        lists::DocumentSummary,
        sharing::{self, SharedView},
        texts,
    },
    error::Error,
};

impl LearningCore {
    /// Shares a reflection with a person: what was typed is settled, and they get a copy of the
    /// text as it stands. It never changes; sharing again makes another one.
    ///
    /// The text is looked through on this device first. If it has probable identifiers, such as a
    /// name or an NHS number, nothing is shared and [`Error::Unacknowledged`] says how many of
    /// which kind: see [`check_before_sharing`](Self::check_before_sharing).
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
        self.state.with(|state| sharing::share(state, id, with, None))
    }

    /// Looks through a reflection or a project for what may tell who somebody is. Texts, title and
    /// tags are read, with what was typed and is not settled, and of a project that nobody else reads
    /// what was said about it; nothing leaves the device for it.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::{DocumentId, PersonId}};
    ///
    /// # fn example(core: &LearningCore, reflection: DocumentId, supervisor: PersonId) -> Result<(), Error> {
    /// let check = core.check_before_sharing(reflection)?;
    /// for found in &check.findings {
    ///     println!("{}: {}", found.finding.text, found.finding.reason);
    /// }
    /// // The person has seen them, and shares it all the same.
    /// core.share_reflection_acknowledged(reflection, supervisor, check.acknowledgement)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// That nothing was found does not mean that nobody can be told: a text may say who somebody is
    /// in ways that only a reader knows.
    pub fn check_before_sharing(&self, id: DocumentId) -> Result<SharingCheck, Error> {
        let (texts, writer) =
            self.state.with(|state| Ok((texts::to_share(state, id)?, checking::writer(state)?)))?;
        Ok(SharingCheck::of(Some(id), &texts, &writer))
    }

    /// Looks through words that this person is about to say about a document: of a comment or an
    /// answer its text, of a suggestion the new words and why, of a sign-off the statement.
    /// Several edits at once are looked through together, the words of all of them in their order.
    ///
    /// With probable identifiers in them they are refused with [`Error::Unacknowledged`] until what
    /// was found is acknowledged. About a project that nobody else reads nothing is found: what was
    /// said about it is looked through with the project before somebody does.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::DocumentId};
    ///
    /// # fn example(core: &LearningCore, project: DocumentId, words: &str) -> Result<(), Error> {
    /// let check = core.check_before_saying(project, &[words])?;
    /// // The person has seen what was found, and says it all the same.
    /// core.acknowledge(check.acknowledgement)?;
    /// core.comment(project, "problem", words)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn check_before_saying(
        &self,
        about: DocumentId,
        words: &[&str],
    ) -> Result<SharingCheck, Error> {
        self.state.with(|state| {
            state.row(about)?;
            checking::said(state, about, words)
        })
    }

    /// Says that this person has seen what was found in the words of a check. It holds for those
    /// words alone, as long as the core is open and no others are acknowledged.
    pub fn acknowledge(&self, words: Sha256) -> Result<(), Error> {
        self.state.with(|state| {
            state.acknowledge(words);
            Ok(())
        })
    }

    /// Shares a reflection in which probable identifiers were found and acknowledged.
    ///
    /// `acknowledged` comes with the check. After an edit it is the answer to another question, and
    /// this fails as [`share_reflection`](Self::share_reflection) does.
    pub fn share_reflection_acknowledged(
        &self,
        id: DocumentId,
        with: PersonId,
        acknowledged: Sha256,
    ) -> Result<DocumentId, Error> {
        self.state.with(|state| sharing::share(state, id, with, Some(acknowledged)))
    }

    /// Looks through a reflection that is to be shared with some of its files. Nobody looks through
    /// a picture, so that each file is counted among what is asked about; their names are looked
    /// through with the texts. How large they are [`attachments`](Self::attachments) says.
    pub fn check_before_sharing_with_files(
        &self,
        id: DocumentId,
        files: &[ItemId],
    ) -> Result<SharingCheck, Error> {
        let (texts, writer) = self.state.with(|state| {
            Ok((sharing::texts_with_names(state, id, files)?, checking::writer(state)?))
        })?;
        Ok(SharingCheck::with_files(Some(id), &texts, files, &writer))
    }

    /// Shares a reflection with some of its files, which must be on this device. They are sealed
    /// anew for the copy; its reader fetches them as they fetch their own, under the id of the
    /// copy, and they are destroyed with it.
    ///
    /// `acknowledged` comes with
    /// [`check_before_sharing_with_files`](Self::check_before_sharing_with_files) of the same files.
    pub fn share_reflection_with_files(
        &self,
        id: DocumentId,
        with: PersonId,
        files: &[ItemId],
        acknowledged: Sha256,
    ) -> Result<DocumentId, Error> {
        sharing::share_with_files(&self.state, id, with, files, Some(acknowledged))
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
