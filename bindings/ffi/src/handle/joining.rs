//! Invitations to plans, and copies of documents.

use enhance_client::{
    PresentView,
    model::{DocumentId, PersonId, anchor::Place},
};

use crate::{
    CopyView, DeletionPreview, InvitationView,
    handle::{CoreHandle, Result, all},
};

#[uniffi::export]
impl CoreHandle {
    /// Invitations to plans: those that wait, those accepted whose plan is not here yet, and those
    /// declined for good, newest first. What waits is in the inbox as well.
    pub fn invitations(&self) -> Result<Vec<InvitationView>> {
        Ok(all(self.core.invitations()?))
    }

    /// Accepts an invitation to a plan, also without a connection. The plan comes with the next
    /// exchange, and its owner sees this person as invited until then.
    pub fn accept_invitation(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.accept_invitation(project)?)
    }

    /// Declines an invitation to a plan. `for_good` also asks the server to take nothing more for
    /// this person from who sent it, until `welcome_sender`.
    pub fn decline_invitation(&self, project: DocumentId, for_good: bool) -> Result<()> {
        Ok(self.core.decline_invitation(project, for_good)?)
    }

    /// Lets somebody send to this person again whose invitation to a plan was declined for good.
    pub fn welcome_sender(&self, project: DocumentId) -> Result<()> {
        Ok(self.core.welcome_sender(project)?)
    }

    /// Says that this person has a plan open and where in it they are, so that the others who have it
    /// open see it. Places are named as comments name them. Told while syncing goes by itself and the app is on
    /// the screen, and kept nowhere. With company what is written is sent sooner.
    pub fn enter(&self, project: DocumentId, place: Place) -> Result<()> {
        Ok(self.core.enter(project, place)?)
    }

    /// Says that this person has no plan open any more.
    pub fn step_out(&self) {
        self.core.step_out();
    }

    /// Who else has a plan open in which this person is, and where in it, by their names.
    pub fn company(&self, project: DocumentId) -> Result<Vec<PresentView>> {
        Ok(self.core.company(project)?)
    }

    /// Puts away a copy or a request for a sign-off that somebody shared with this person. It goes
    /// from this person's devices with their next syncs, and its owner sees that it was put away.
    pub fn put_away(&self, document: DocumentId) -> Result<()> {
        Ok(self.core.put_away(document)?)
    }

    /// The copies of one of this person's documents that others can read, newest first: shared
    /// reflections and requests for a sign-off, each with its reader, and when they saw it. One is
    /// taken back with `delete`.
    pub fn copies(&self, id: DocumentId) -> Result<Vec<CopyView>> {
        Ok(all(self.core.copies(id)?))
    }

    /// The copy that a person has of a reflection already, if it says what the reflection says now:
    /// to be asked before they are given the same again.
    pub fn same_copy(&self, reflection: DocumentId, with: PersonId) -> Result<Option<CopyView>> {
        Ok(self.core.same_copy(reflection, with)?.map(Into::into))
    }

    /// Takes all copies of a document back, but for what was signed, which is evidence. Returns
    /// those that were taken back; they go from their readers' devices with their next syncs.
    pub fn take_back_copies(&self, id: DocumentId) -> Result<Vec<DocumentId>> {
        Ok(self.core.take_back_copies(id)?)
    }

    /// What deleting a document of this person would do: who loses it, and which copies remain.
    pub fn deletion_preview(&self, id: DocumentId) -> Result<DeletionPreview> {
        Ok(self.core.deletion_preview(id)?.into())
    }

    /// Deletes a document for ever and takes its copies back. Returns those that remain, since
    /// somebody has signed them.
    pub fn delete_with_copies(&self, id: DocumentId) -> Result<Vec<CopyView>> {
        Ok(all(self.core.delete_with_copies(id)?))
    }
}
