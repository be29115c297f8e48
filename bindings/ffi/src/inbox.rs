//! The inbox, the cohort of a fellow, and who supervises.

use enhance_client::{
    self as client, InboxPosition, Supervision, SupervisorView,
    model::{
        DocumentKind, ItemId, Person,
        change_project::Status,
        cohort,
        inbox::{InboxKind, Leaves},
        nudge::Nudge,
        personal_record::SupervisorRole,
    },
};

use crate::{
    ids::{DocumentId, PersonId},
    values::{CalendarDate, Count, Timestamp},
};

/// What kind of thing waits.
#[uniffi::remote(Enum)]
pub enum InboxKind {
    /// Somebody invites this person to take part in a plan.
    ProjectInvited,
    /// Somebody offers this person a plan, to own it.
    HandoverOffered,
    /// Somebody does not want the plan that this person offered them.
    HandoverDeclined,
    /// Somebody asks this person to sign something.
    SignOffAsked,
    /// Somebody has shared a copy with this person.
    CopyShared,
    /// Somebody said something in a plan and nobody has answered or settled it.
    CommentUnanswered,
    /// Somebody would change the text of a plan, and nobody has decided.
    SuggestionOpen,
    /// Something in a plan was to be done by now.
    ActionOverdue,
    /// Nothing was written in a plan for a month.
    ProjectSilent,
    /// A measure has no value for a whole period.
    MeasureWithoutValue,
    /// Somebody answered what this person had said.
    CommentAnswered,
    /// Somebody signed what this person asked for, or returned it.
    SignOffAnswered,
    /// Somebody says that this person answered on their device what they had asked.
    SignOffWitnessed,
    /// What somebody signed for this person counts no more, or not for what it says now.
    SignOffEnded,
    /// Somebody waits for something in this person's plan.
    Nudge,
    /// The holder of a ticket said something about what it shows.
    TicketAnswered,
    /// Evidence has to be there soon.
    Deadline,
}

/// How something leaves the inbox.
#[uniffi::remote(Enum)]
pub enum Leaves {
    /// Once it was seen.
    WhenSeen,
    /// Once it was done; that it was seen changes nothing.
    WhenDone,
}

/// A place in the inbox: where the next page goes on, whatever becomes of the item there.
#[uniffi::remote(Record)]
pub struct InboxPosition {
    /// Since when it waited.
    pub since: Timestamp,
    pub item: ItemId,
}

/// A page of the inbox, and how much waits in all.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Inbox {
    /// The newest of them first.
    pub items: Vec<InboxView>,
    /// Whether there is more after them.
    pub more: bool,
    pub counts: InboxCounts,
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InboxView {
    /// The same on every device of a person.
    pub id: ItemId,
    pub kind: InboxKind,
    /// What to open: the plan, the copy, the request, the personal record.
    pub document: DocumentId,
    /// Of what kind that is, by which an app knows what to open; none where it is gone.
    pub document_kind: Option<DocumentKind>,
    /// Where in it: a section's name or an item's id. Empty for the whole.
    pub place: String,
    /// What the document is called.
    pub title: String,
    /// What it is about, in the first words of who wrote them; where several say different things,
    /// each with their name. May be empty.
    pub words: String,
    /// Who waits or answered, as far as this device has heard of them.
    pub people: Vec<Person>,
    /// Since when it waits.
    pub since: Timestamp,
    /// Whether seeing it is enough.
    pub leaves: Leaves,
    /// What makes it leave, in a sentence.
    pub how: String,
    /// Where the next page goes on after it.
    pub position: InboxPosition,
}

/// A nudge of this person that stands in the way of another.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OwnNudge {
    pub id: ItemId,
    /// What of the plan it is about: a section's name or an item's id. Empty for the whole.
    pub anchor: String,
    /// What they wait for, in their words.
    pub why: String,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Whether it has still to go out, with the next sync.
    pub waits: bool,
}

impl From<client::OwnNudge> for OwnNudge {
    fn from(own: client::OwnNudge) -> Self {
        let client::OwnNudge { id, nudge: Nudge { anchor, why, at }, waits } = own;
        Self { id, anchor, why, at, waits }
    }
}

/// How much waits, for badges.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InboxCounts {
    pub total: Count,
    /// Kinds of which nothing waits are not in it.
    pub by_kind: Vec<InboxCount>,
}

/// How much waits of one kind.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InboxCount {
    pub kind: InboxKind,
    pub count: Count,
}

/// One trainee, by what they shared with this person.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CohortTrainee {
    pub person: PersonId,
    /// What they are called; empty if the device has not heard of them.
    pub name: String,
    /// Their plans of which this person is a member, the one that is silent longest first.
    pub projects: Vec<CohortProject>,
    /// Copies they shared with this person, the newest first.
    pub copies: Vec<CohortCopy>,
}

/// A plan at a glance.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CohortProject {
    pub id: DocumentId,
    pub title: String,
    pub status: Status,
    /// How far the team sees itself, in halves from 1 to 10.
    pub progress_halves: Option<Count>,
    /// When somebody wrote in it, or said something about it, last.
    pub last_change: Timestamp,
    /// Whole days since then.
    pub silent_days: Count,
    /// Measures that have no value in the period of today.
    pub without_value: Vec<String>,
    pub open_actions: Count,
    pub overdue_actions: Count,
}

/// A copy at a glance.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CohortCopy {
    pub id: DocumentId,
    pub title: String,
    pub shared_at: Timestamp,
    /// When this person said that they saw it.
    pub seen_at: Option<Timestamp>,
}

/// When somebody supervises, seen from today.
#[uniffi::remote(Enum)]
pub enum Supervision {
    /// The placement is on.
    Present,
    /// It has not begun.
    Future,
    /// It is over by now.
    Past,
}

/// Somebody who supervises this person in a placement: whom to share with and to ask first.
#[uniffi::remote(Record)]
pub struct SupervisorView {
    /// The line of the record that names them.
    pub id: ItemId,
    /// Who it is, if they have an account that this device has heard of.
    pub person: Option<Person>,
    pub name: String,
    /// What they are to this person.
    pub role: SupervisorRole,
    /// The part of the placement, if it is one part only.
    pub part: String,
    pub placement: ItemId,
    /// Where: the trust, practice or body.
    pub organisation: String,
    /// The first and the last day of it.
    pub start: CalendarDate,
    pub end: CalendarDate,
    pub supervision: Supervision,
    /// That the placement is not on today, in a sentence.
    pub note: Option<String>,
}

impl From<client::Inbox> for Inbox {
    fn from(client::Inbox { items, more, counts }: client::Inbox) -> Self {
        Self { items: items.into_iter().map(Into::into).collect(), more, counts: counts.into() }
    }
}

impl From<client::InboxView> for InboxView {
    fn from(view: client::InboxView) -> Self {
        let position = view.position();
        let client::InboxView { item, document_kind, people, leaves, how, .. } = view;
        Self {
            id: item.id,
            kind: item.kind,
            document: item.document,
            document_kind,
            place: item.place,
            title: item.title,
            words: item.words,
            people,
            since: item.since,
            leaves,
            how: how.to_owned(),
            position,
        }
    }
}

impl From<client::model::inbox::InboxCounts> for InboxCounts {
    fn from(counts: client::model::inbox::InboxCounts) -> Self {
        let total = counted(counts.total());
        let by_kind = counts.by_kind.into_iter();
        let by_kind = by_kind.map(|(kind, count)| InboxCount { kind, count: counted(count) });
        Self { total, by_kind: by_kind.collect() }
    }
}

fn counted(count: u64) -> Count {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

impl From<cohort::CohortTrainee> for CohortTrainee {
    fn from(trainee: cohort::CohortTrainee) -> Self {
        let cohort::CohortTrainee { person, name, projects, copies } = trainee;
        let projects = projects.into_iter().map(Into::into).collect();
        Self { person, name, projects, copies: copies.into_iter().map(Into::into).collect() }
    }
}

impl From<cohort::CohortProject> for CohortProject {
    fn from(project: cohort::CohortProject) -> Self {
        Self {
            id: project.id,
            title: project.title,
            status: project.status,
            progress_halves: project.progress.map(|score| u32::from(score.halves()).into()),
            last_change: project.last_change,
            silent_days: project.silent_days.into(),
            without_value: project.without_value.into_values().collect(),
            open_actions: project.open_actions.into(),
            overdue_actions: project.overdue_actions.into(),
        }
    }
}

impl From<cohort::CohortCopy> for CohortCopy {
    fn from(cohort::CohortCopy { id, title, shared_at, seen_at }: cohort::CohortCopy) -> Self {
        Self { id, title, shared_at, seen_at }
    }
}
