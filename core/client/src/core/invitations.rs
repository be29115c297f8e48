//! Plans this person is invited to.

use enhance_model::DocumentId;

use super::LearningCore;
use crate::{
    asked::{
        invitations::{self, InvitationView},
        members,
    },
    error::Error,
};

impl LearningCore {
    /// Invitations to plans: those that wait, those accepted whose plan is not here yet, and those
    /// declined for good, newest first. What waits is in the inbox as well.
    pub fn invitations(&self) -> Result<Vec<InvitationView>, Error> {
        self.state.read(|screen| invitations::all(screen, self.state.environment().clock.now()))
    }

    /// Accepts an invitation to a plan, also without a connection. The plan comes with the next
    /// exchange, and its owner sees this person as invited until then.
    pub fn accept_invitation(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| invitations::accept(state, project))
    }

    /// Declines an invitation to a plan. `for_good` also asks the server to take nothing more for
    /// this person from who sent it, until [`welcome_sender`](Self::welcome_sender).
    pub fn decline_invitation(&self, project: DocumentId, for_good: bool) -> Result<(), Error> {
        self.state.with(|state| invitations::decline(state, project, for_good))
    }

    /// Lets somebody send to this person again whose invitation to a plan was declined for good.
    pub fn welcome_sender(&self, project: DocumentId) -> Result<(), Error> {
        self.state.with(|state| invitations::welcome(state, project))
    }

    /// Puts away a copy or a request for a sign-off that somebody shared with this person. It goes
    /// from this person's devices with their next syncs, and its owner sees that it was put away.
    pub fn put_away(&self, document: DocumentId) -> Result<(), Error> {
        self.state.with(|state| members::put_away(state, document))
    }
}
