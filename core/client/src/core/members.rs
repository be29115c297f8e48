//! Who takes part in a project.

use enhance_model::{DocumentId, PersonId, Right, Sha256};

use super::LearningCore;
use crate::{
    asked::{handover, inviting, members},
    error::Error,
};

impl LearningCore {
    /// Invites a person to a project with a right, or gives a member another one than they have.
    /// Who is invited takes part once they accept. Only its owner can.
    ///
    /// Who begins to read a plan reads all of it. With probable identifiers in it nobody new is
    /// invited, and [`Error::Unacknowledged`] says how many
    /// of which kind: see [`check_before_sharing`](Self::check_before_sharing).
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::{DocumentId, PersonId, Right}};
    ///
    /// # fn example(core: &LearningCore, project: DocumentId, supervisor: PersonId) -> Result<(), Error> {
    /// core.add_member(project, supervisor, Right::Edit)?;
    /// let members = core.project(project)?.members;
    /// assert!(members.iter().any(|member| member.person.id == supervisor && !member.confirmed));
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_member(
        &self,
        project: DocumentId,
        person: PersonId,
        right: Right,
    ) -> Result<(), Error> {
        self.state.with(|state| inviting::add(state, project, (person, right), None))
    }

    /// Invites a person to a project in which probable identifiers were found and acknowledged.
    pub fn add_member_acknowledged(
        &self,
        project: DocumentId,
        person: PersonId,
        right: Right,
        acknowledged: Sha256,
    ) -> Result<(), Error> {
        self.state.with(|state| inviting::add(state, project, (person, right), Some(acknowledged)))
    }

    /// Takes every right to a project away from a person, or an invitation to it back. Only its owner
    /// can.
    pub fn remove_member(&self, project: DocumentId, person: PersonId) -> Result<(), Error> {
        self.state.with(|state| members::remove(state, project, person))
    }

    /// Offers a project to a member. Nothing changes until they accept it; until then another
    /// offer, or any other right given to them, takes this one back. Only its owner can, who may
    /// read it after that.
    pub fn offer_ownership(&self, project: DocumentId, person: PersonId) -> Result<(), Error> {
        self.offer_ownership_keeping(project, person, Right::Read)
    }

    /// The same, with what its owner may do once it is somebody else's: read it, comment on it or
    /// edit it. Whom it is offered to sees that before they accept, and may change it after.
    pub fn offer_ownership_keeping(
        &self,
        project: DocumentId,
        person: PersonId,
        keeps: Right,
    ) -> Result<(), Error> {
        self.state.with(|state| handover::offer_ownership(state, project, person, keeps))
    }

    /// Takes the offer of a project back that nobody has answered. Only its owner can.
    pub fn withdraw_offer(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| handover::withdraw_offer(state, project))
    }

    /// Accepts a project that its owner offers to this person, who owns it then. Who owned it keeps
    /// what they offered it with: [`HandoverView::keeps`](crate::HandoverView::keeps).
    pub fn accept_ownership(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| handover::accept_ownership(state, project))
    }

    /// Declines a project that its owner offers to this person. Its owner keeps it
    /// and sees that it was declined.
    pub fn decline_ownership(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| handover::decline_ownership(state, project))
    }

    /// Leaves another person's project. It goes from this person's devices with their next syncs,
    /// and nobody else loses anything.
    pub fn leave_project(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| members::leave(state, project))
    }
}
