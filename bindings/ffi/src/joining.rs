//! Taking part in a plan: invitations, and how people stand to what was shared with them.

use enhance_client::{
    self as client, HandoverView, InvitationStanding, PresentView, Stage,
    model::{DocumentKind, Person, Right, Standing, anchor::Place},
};

use crate::{
    ids::{DocumentId, ItemId},
    values::{Amount, Timestamp},
};

/// How a person stands to a document that was shared with them.
#[uniffi::remote(Enum)]
pub enum Standing {
    /// They were asked to take part and have not answered: they read nothing yet.
    Invited,
    /// They take part. Who was shown a copy has it from the beginning.
    Member,
    /// They did not want to take part.
    Declined,
    /// They took part, and left or put it away.
    Left,
}

/// What became of an invitation.
#[uniffi::remote(Enum)]
pub enum InvitationStanding {
    /// It waits for an answer.
    Waiting,
    /// The plan comes with the next exchange.
    Accepted,
    /// It was declined, and who sent it can send nothing more until this is taken back.
    DeclinedForGood,
}

/// A plan that is offered to somebody.
#[uniffi::remote(Record)]
pub struct HandoverView {
    /// Whom it is offered to; theirs once they accept.
    pub to: Person,
    /// Who owns it until then.
    pub from: Person,
    /// Whether the organisation offers it, because its owner has left.
    pub by_organisation: bool,
    /// What who owns it now may do with it once it is somebody else's.
    pub keeps: Right,
    /// Whether it was declined, and its owner has it still.
    pub declined: bool,
}

/// An invitation to take part in a plan, with what there is to decide by.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvitationView {
    pub project: DocumentId,
    /// What the plan is called, as who invites says; cut where it is long. May be empty.
    pub title: String,
    /// Who invites, if this device has heard of them.
    pub inviter: Option<Person>,
    /// What this person may do once they accept.
    pub right: Right,
    /// How many bytes come with it, about, as who invites says.
    pub bytes: Amount,
    /// When it came to the server.
    pub came_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    pub standing: InvitationStanding,
}

impl From<client::InvitationView> for InvitationView {
    fn from(view: client::InvitationView) -> Self {
        let client::InvitationView { project, title, inviter, right, bytes, .. } = view;
        let client::InvitationView { came_at, expires_at, standing, .. } = view;
        let bytes = bytes.into();
        Self { project, title, inviter, right, bytes, came_at, expires_at, standing }
    }
}

/// A copy of one of this person's documents that somebody can read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CopyView {
    /// The copy, which is a document of its own.
    pub document: DocumentId,
    /// A shared reflection, or a request for a sign-off.
    pub kind: DocumentKind,
    pub title: String,
    /// Who can read it, if this device has heard of them.
    pub reader: Option<Person>,
    /// Whether they still have it, or put it away.
    pub standing: Standing,
    /// Device clock when it was shared.
    pub shared_at: Timestamp,
    /// When they said that they saw it, by their clock.
    pub seen_at: Option<Timestamp>,
    /// Whether the server has it: before that nobody can read it.
    pub stage: Stage,
    /// How many sign-offs answer it, or a request about it: without it they show nothing.
    pub sign_offs: Amount,
}

/// What deleting a document does and does not do.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeletionPreview {
    pub document: DocumentId,
    pub kind: DocumentKind,
    pub title: String,
    /// Who reads the document itself and loses it.
    pub readers: Vec<Person>,
    /// Copies that remain, unless they are taken back. What was signed always remains.
    pub copies: Vec<CopyView>,
    /// What in the personal record it shows, and will show no more: evidence, completions, debriefs.
    #[uniffi(default = [])]
    pub evidence: Vec<ItemId>,
}

impl From<client::CopyView> for CopyView {
    fn from(view: client::CopyView) -> Self {
        Self {
            document: view.document,
            kind: view.kind,
            title: view.title,
            reader: view.reader,
            standing: view.standing,
            shared_at: view.shared_at,
            seen_at: view.seen_at,
            stage: view.stage,
            sign_offs: view.sign_offs.into(),
        }
    }
}

impl From<client::DeletionPreview> for DeletionPreview {
    fn from(preview: client::DeletionPreview) -> Self {
        let client::DeletionPreview { document, kind, title, readers, copies, evidence } = preview;
        let copies = copies.into_iter().map(CopyView::from).collect();
        Self { document, kind, title, readers, copies, evidence }
    }
}

/// Somebody who has a plan open at the moment.
#[uniffi::remote(Record)]
pub struct PresentView {
    pub person: Person,
    /// The section or the thing in the plan where they are, as comments name places.
    pub place: Place,
}
