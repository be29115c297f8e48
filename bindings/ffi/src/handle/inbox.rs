//! What waits, whom this person helps along, and who helps them.
#![allow(clippy::needless_pass_by_value, reason = "options and records cross by value")]

use enhance_client::{
    InboxPage, InboxPosition, SupervisorView,
    model::{DocumentId, ItemId, Sha256},
};

use crate::{
    CohortTrainee, Inbox, InboxCounts, OwnNudge, SharingCheck,
    handle::{CoreHandle, Result},
    values::Count,
};

#[uniffi::export]
impl CoreHandle {
    /// What waits for this person now, the newest first, and how much there is of each kind.
    pub fn inbox(&self, after: Option<InboxPosition>, limit: Count) -> Result<Inbox> {
        Ok(self.core.inbox(InboxPage { after, limit: limit.into() })?.into())
    }

    /// How much waits now, by kind: the number of a badge. To be asked again when an observer hears
    /// of documents, receipts or people, and as time goes by.
    pub fn inbox_counts(&self) -> Result<InboxCounts> {
        Ok(self.core.inbox_counts()?.into())
    }

    /// Says that this person has seen something that waits. What has to be done is refused, with
    /// what makes it leave.
    pub fn mark_inbox_seen(&self, item: ItemId) -> Result<()> {
        Ok(self.core.mark_inbox_seen(item)?)
    }

    /// The trainees whose plans this person is a member of, or who shared copies with them.
    pub fn cohort(&self) -> Result<Vec<CohortTrainee>> {
        Ok(self.core.cohort()?.trainees.into_iter().map(Into::into).collect())
    }

    /// The cohort as CSV: a line for each plan.
    pub fn cohort_csv(&self) -> Result<String> {
        Ok(self.core.cohort()?.csv())
    }

    /// Lets the owner of a plan know that this person, a supervisor or a fellow, waits for
    /// something in it: once, and not again for a week. `anchor` is a section's name or an item's
    /// id; empty for the whole plan.
    pub fn nudge(&self, project: DocumentId, anchor: &str, why: &str) -> Result<ItemId> {
        Ok(self.core.nudge(project, anchor, why)?)
    }

    /// What this person nudged about a plan or a request within the week, and whether it has still
    /// to go out. Where there is nothing they may nudge.
    pub fn own_nudge(&self, document: DocumentId) -> Result<Option<OwnNudge>> {
        Ok(self.core.own_nudge(document)?.map(Into::into))
    }

    /// Looks through the words of a nudge for what may tell who somebody is.
    pub fn check_before_nudge(&self, document: DocumentId, why: &str) -> Result<SharingCheck> {
        Ok(self.core.check_before_nudge(document, why)?.into())
    }

    /// Nudges in words in which probable identifiers were found and acknowledged.
    pub fn nudge_acknowledged(
        &self,
        document: DocumentId,
        anchor: &str,
        why: &str,
        acknowledged: Sha256,
    ) -> Result<ItemId> {
        Ok(self.core.nudge_acknowledged(document, anchor, why, acknowledged)?)
    }

    /// Who supervises this person as their placements say: whom to share with and to ask first.
    pub fn supervisors(&self) -> Result<Vec<SupervisorView>> {
        Ok(self.core.supervisors()?)
    }
}
