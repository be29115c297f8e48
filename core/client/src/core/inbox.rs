//! What waits for this person, whom they help along, and who helps them.

use enhance_model::{DocumentId, ItemId, Sha256, cohort::Cohort, inbox::InboxCounts};

use super::LearningCore;
use crate::{
    asked::{
        checking::SharingCheck,
        cohort,
        inbox::{self, Inbox, InboxPage},
        nudges::{self, OwnNudge},
        supervisors::{self, SupervisorView},
    },
    error::Error,
};

impl LearningCore {
    /// What waits for this person now, the newest first, and how much there is of each kind.
    ///
    /// ```no_run
    /// use enhance_client::{Error, InboxPage, LearningCore, model::inbox::Leaves};
    ///
    /// # fn example(core: &LearningCore) -> Result<(), Error> {
    /// for waiting in core.inbox(InboxPage::default())?.items {
    ///     println!("{}: {}", waiting.item.title, waiting.item.words);
    ///     if waiting.leaves == Leaves::WhenSeen {
    ///         core.mark_inbox_seen(waiting.item.id)?;
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn inbox(&self, page: InboxPage) -> Result<Inbox, Error> {
        self.state.with(|state| inbox::page(state, page))
    }

    /// How much waits now, by kind: the number of a badge. To be asked again when an observer hears
    /// of documents, receipts or people, and as time goes by.
    pub fn inbox_counts(&self) -> Result<InboxCounts, Error> {
        self.state.with(inbox::counts)
    }

    /// Says that this person has seen something that waits. Of a copy, a request or a sign-off the
    /// other side is told; the rest is for this person's own devices. What has to be done is
    /// refused, with what makes it leave.
    pub fn mark_inbox_seen(&self, item: ItemId) -> Result<(), Error> {
        self.state.with(|state| inbox::mark_seen(state, item))
    }

    /// The trainees whose plans this person is a member of, or who shared copies with them.
    pub fn cohort(&self) -> Result<Cohort, Error> {
        let now = self.state.environment().clock.now();
        self.state.read(|screen| cohort::view(screen, now))
    }

    /// Lets the owner of a plan know that this person, a supervisor or a fellow, waits for
    /// something in it: once, and not again for a week. `anchor` is a section's name or an item's
    /// id; empty for the whole plan. Of a request for a sign-off that this person made it lets who
    /// is asked know, until they answer.
    ///
    /// With probable identifiers in `why` nothing is sent: [`Error::Unacknowledged`] says how many.
    pub fn nudge(&self, document: DocumentId, anchor: &str, why: &str) -> Result<ItemId, Error> {
        self.state.with(|state| nudges::nudge(state, document, (anchor, why), None))
    }

    /// What this person nudged about a plan or a request within the week, and whether it has still
    /// to go out. Where there is nothing they may nudge.
    pub fn own_nudge(&self, document: DocumentId) -> Result<Option<OwnNudge>, Error> {
        self.state.with(|state| nudges::own(state, document))
    }

    /// Looks through the words of a nudge for what may tell
    /// who somebody is. See [`check_before_sharing`](Self::check_before_sharing).
    pub fn check_before_nudge(
        &self,
        document: DocumentId,
        why: &str,
    ) -> Result<SharingCheck, Error> {
        self.state.with(|state| nudges::check(state, document, why))
    }

    /// Nudges in words in which probable identifiers were found and acknowledged.
    pub fn nudge_acknowledged(
        &self,
        document: DocumentId,
        anchor: &str,
        why: &str,
        acknowledged: Sha256,
    ) -> Result<ItemId, Error> {
        let words = (anchor, why);
        self.state.with(|state| nudges::nudge(state, document, words, Some(acknowledged)))
    }

    /// Who supervises this person as their placements say: whom to share with and to ask first.
    pub fn supervisors(&self) -> Result<Vec<SupervisorView>, Error> {
        self.state.with(supervisors::view)
    }
}
