//! What documents have in common: whose they are, who can read them, how far they have come, what
//! was typed and not settled, what was refused.

use enhance_client::{
    self as client, Account, DocumentStatus, DocumentSummary, DraftField, DraftView, EditView,
    ListPosition, PrivateAccess, ReadReceipt, Reader, Stage, TextField, Topic,
    model::{
        DocumentKind, Person, PersonRole, Right, Role, Tag,
        change_project::{ItemText, Section},
    },
};

use crate::{
    attachments::AttachmentView,
    ids::{DeviceId, DocumentId, ItemId, PersonId, QuarantineId, Version},
    values::{Tags, Timestamp},
};

/// A person as everybody on the programme may know them.
#[uniffi::remote(Record)]
pub struct Person {
    /// Who it is, for ever.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
    /// What they are on the programme, the role they had first first.
    pub roles: Vec<PersonRole>,
    /// Their devices: the authors that changes name.
    pub devices: Vec<DeviceId>,
}

/// What a person is on the programme, within one organisation.
#[uniffi::remote(Record)]
pub struct PersonRole {
    pub role: Role,
    /// The trust, practice or body, as people call it; empty for the programme as a whole.
    pub organisation: String,
}

/// What a person is on the programme.
#[uniffi::remote(Enum)]
pub enum Role {
    /// A doctor (or other professional) in training.
    Trainee,
    /// A clinical or educational supervisor.
    Supervisor,
    /// An educational fellow of the programme.
    Fellow,
    /// A patient or community partner in a change project.
    Partner,
    /// An administrator of the programme. Reads nobody's documents by role.
    Admin,
}

/// What a person may do with a document shared with them. Each right includes those before it.
#[uniffi::remote(Enum)]
pub enum Right {
    Read,
    /// Read it and comment on it.
    Comment,
    /// Read it, comment on it and change it.
    Edit,
    /// All that, and say who else may. The author of a document has it, and nobody else.
    Own,
}

/// The kinds of document and, by that, who can read them.
#[uniffi::remote(Enum)]
pub enum DocumentKind {
    /// A reflection of one author, drafts included. Sealed.
    Reflection,
    /// Progress and learning sessions of one trainee. Sealed.
    PersonalRecord,
    /// A reflection as it stood when it was shared, without its history. Plain, never changed.
    SharedReflection,
    /// A change-project plan that several people write. Plain.
    ChangeProject,
    /// What one person says about a plan. Plain; readable by those who can read the plan.
    Comments,
    /// What a trainee asks to have signed, as it stood then. Plain, never changed.
    SignOffRequest,
    /// That somebody signed or returned it. Plain, never changed; for who can read the request.
    SignOff,
}

/// What a document is about: a domain, a theme or a capability of the programme, by its key.
#[uniffi::remote(Enum)]
#[uniffi(name = "ProgrammeTag")]
pub enum Tag {
    /// One of the six domains.
    Domain(String),
    /// One of the four cross-cutting themes.
    Theme(String),
    /// A statement of a capability framework.
    Capability(String),
}

/// Whose device this is.
#[uniffi::remote(Record)]
pub struct Account {
    pub person: Person,
    pub device: DeviceId,
    /// The server they are enrolled at.
    pub server: String,
    /// Whether private documents can be read and written.
    pub private_access: PrivateAccess,
}

/// Whether private documents can be read and written on this device.
#[uniffi::remote(Enum)]
pub enum PrivateAccess {
    Open,
    /// The recovery key of the person's first device has to be typed first.
    RecoveryKeyNeeded,
}

/// How far a document has come.
#[uniffi::remote(Record)]
pub struct DocumentStatus {
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Who has seen it; of a reflection, who has seen a copy.
    pub seen_by: Vec<ReadReceipt>,
    /// Whether the server refused something of it that the person has not dealt with.
    pub quarantined: bool,
    /// Whether something of it is too large for the way to the server by itself. It is tried again
    /// later; `held_by` says what is in its way.
    #[uniffi(default = false)]
    pub held: bool,
}

/// How far the newest of a document has come.
#[uniffi::remote(Enum)]
pub enum Stage {
    /// It is on this device.
    Saved,
    /// It was sent, and the server has not confirmed it.
    Sent,
    /// The server has it.
    Stored,
}

/// That somebody has seen a document.
#[uniffi::remote(Record)]
pub struct ReadReceipt {
    pub person: Person,
    /// When, by their clock.
    pub at: Timestamp,
    /// Whether it still says what they saw.
    pub current: bool,
}

/// Somebody who can read a document.
#[uniffi::remote(Record)]
pub struct Reader {
    pub person: Person,
    /// What they may do.
    pub right: Right,
    /// The document they read: the document itself, or a copy of it.
    pub via: DocumentId,
    /// When they saw it, by their clock.
    pub seen: Option<Timestamp>,
}

/// A text field that is saved while a person types.
#[uniffi::remote(Enum)]
pub enum DraftField {
    /// A reflection's answer to the prompt with this key.
    Answer(String),
    Section(Section),
    /// A text of a thing in a plan: a cycle, a driver.
    Item(ItemText),
}

/// What was typed into a field and is not settled yet.
#[uniffi::remote(Record)]
pub struct DraftView {
    pub field: DraftField,
    /// The version the person saw when they typed.
    pub base: Version,
    /// The whole text of the field.
    pub text: String,
    pub saved_at: Timestamp,
}

/// Refused work as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuarantineSummary {
    pub id: QuarantineId,
    /// The document it was meant for.
    pub document: DocumentId,
    pub kind: DocumentKind,
    /// Its title at the time.
    pub title: String,
    /// The code of the refusal.
    pub code: String,
    /// What the server said, which may be in the words of its operators.
    pub explanation: String,
    /// Device clock when it was refused.
    pub at: Timestamp,
    /// Device clock when the person dealt with it.
    pub resolved_at: Option<Timestamp>,
    /// What the code means, in sentences for the person whose work it is.
    #[uniffi(default = "")]
    pub words: String,
}

impl From<client::QuarantineSummary> for QuarantineSummary {
    fn from(summary: client::QuarantineSummary) -> Self {
        let client::QuarantineSummary {
            id,
            document,
            kind,
            title,
            code,
            words,
            explanation,
            at,
            resolved_at,
            attachments: _,
        } = summary;
        let (id, words) = (QuarantineId(id), words.to_owned());
        Self { id, document, kind, title, code, explanation, at, resolved_at, words }
    }
}

/// Refused work to be read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuarantineView {
    /// What the list shows.
    pub summary: QuarantineSummary,
    pub edits: Vec<EditView>,
    /// The version it was done on.
    pub base: Version,
    /// Whether `replay` can do it once more as things stand.
    #[uniffi(default = true)]
    pub can_replay: bool,
    /// Files that were attached in it and never sent: kept until the person has dealt with it, and
    /// opened as what is attached.
    #[uniffi(default = [])]
    pub attachments: Vec<AttachmentView>,
}

impl From<client::QuarantineView> for QuarantineView {
    fn from(view: client::QuarantineView) -> Self {
        let client::QuarantineView { summary, edits, base, can_replay, attachments } = view;
        let attachments = attachments.into_iter().map(Into::into).collect();
        Self { summary: summary.into(), edits, base, can_replay, attachments }
    }
}

/// What refused work did to one field.
#[uniffi::remote(Record)]
pub struct EditView {
    /// Where it is, for example `sections/problem`.
    pub path: String,
    /// What it said before; empty if nothing.
    pub before: String,
    /// What it said after; empty if nothing.
    pub after: String,
}

/// A document as a list shows it.
#[uniffi::remote(Record)]
pub struct DocumentSummary {
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// Its title; the beginning of its text if it was given none.
    pub title: String,
    pub preview: String,
    /// A plan's status; empty for everything else.
    pub status: String,
    /// What it is about.
    pub tags: Tags,
    /// Whose it is, if this device has heard of them.
    pub owner: Option<Person>,
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Whether the server refused something of it that the person has not dealt with.
    pub quarantined: bool,
    /// Whether something was typed into it and is not settled.
    pub unsettled: bool,
    /// Device clock when it was created.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// The version all this is of.
    pub version: Version,
}

/// A place in a list: where the next page goes on, whatever becomes of the document there.
#[uniffi::remote(Record)]
pub struct ListPosition {
    /// When the document had been changed last.
    pub updated_at: Timestamp,
    pub document: DocumentId,
}

/// What kind of thing changed.
#[uniffi::remote(Enum)]
pub enum Topic {
    /// Documents and what screens show of them.
    Documents,
    /// What is typed and not yet in a document.
    Drafts,
    /// How far entries have come on their way to the server and to others.
    Status,
    /// Who may do what with a document.
    Members,
    /// Work the server refused.
    Quarantine,
    /// People on the programme.
    People,
    /// Content packs and their files.
    Packs,
    /// How this device stands with the server.
    Sync,
    /// Facts about the account.
    Account,
    /// Who else has a plan open.
    Company,
}

/// A text that several devices write together.
#[uniffi::remote(Enum)]
pub enum TextField {
    /// A reflection's answer to the prompt with this key.
    Answer(String),
    Section(Section),
    AimSentence,
    /// A text of a thing in a plan: a cycle, a driver.
    Item(ItemText),
    /// The body of a comment.
    Comment(ItemId),
}

/// What changed: enough to know which screens to read again.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Changes {
    /// Each topic that changed.
    pub topics: Vec<TopicChange>,
}

/// That something of a topic changed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TopicChange {
    /// What kind of thing.
    pub topic: Topic,
    /// The documents concerned. Not every topic has documents.
    pub documents: Vec<DocumentId>,
}

/// A part of a text, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TextPart {
    /// Who, if this device has heard of them.
    pub by: Option<Person>,
    pub text: String,
}

impl From<&client::Changes> for Changes {
    fn from(changes: &client::Changes) -> Self {
        let topics = changes.topics().map(|(topic, documents)| TopicChange {
            topic,
            documents: documents.iter().copied().collect(),
        });
        Self { topics: topics.collect() }
    }
}

impl From<(Option<Person>, String)> for TextPart {
    fn from((by, text): (Option<Person>, String)) -> Self {
        Self { by, text }
    }
}
