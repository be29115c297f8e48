//! Comments in threads on plans and shared copies, and suggestions for plans.

use enhance_client::{
    self as client, CommentVersion, InputField, RemarkView,
    model::{
        Person,
        anchor::{Mark, Place, Span},
        change_project::{Decided, Decisions},
        comments::{CommentRef, Suggestion, SuggestionState},
    },
};

use crate::{
    ids::{DocumentId, ItemId, PersonId, read},
    values::{Count, Timestamp},
};

uniffi::custom_type!(Place, String, {
    remote,
    lower: |place| place.to_string(),
    try_lift: |text| read(&text, InputField::Comment),
});

uniffi::custom_type!(Mark, String, {
    remote,
    lower: |mark| mark.to_string(),
    try_lift: |text| read(&text, InputField::Comment),
});

/// A stretch of a text, with what it said when it was marked.
#[uniffi::remote(Record)]
#[uniffi(name = "TextSpan")]
pub struct Span {
    /// Its first character, by a name that it keeps.
    pub start: Mark,
    /// Its last character, by a name that it keeps.
    pub end: Mark,
    /// The beginning of what it said.
    pub quote: String,
}

/// Where a comment or a suggestion is.
#[uniffi::remote(Record)]
pub struct CommentRef {
    /// The document of its author's comments.
    pub document: DocumentId,
    pub id: ItemId,
}

/// The characters of a text from one to before another, counted from 0 in Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct TextRange {
    pub start: Count,
    /// The character after its last one.
    pub end: Count,
}

/// Where what a comment is about stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AnchorStanding {
    /// It is there, as a whole.
    Here,
    /// It is this stretch of a text.
    At { range: TextRange },
    /// Nothing of the text is left; the quote says what it was.
    DeletedText,
    /// It is of something in the plan that was taken back.
    TakenBack,
    /// It is of something that is not on this device.
    NotHere,
}

impl From<client::AnchorStanding> for AnchorStanding {
    fn from(standing: client::AnchorStanding) -> Self {
        match standing {
            client::AnchorStanding::Here => Self::Here,
            client::AnchorStanding::At { start, end } => {
                Self::At { range: TextRange { start: start.into(), end: end.into() } }
            }
            client::AnchorStanding::DeletedText => Self::DeletedText,
            client::AnchorStanding::TakenBack => Self::TakenBack,
            client::AnchorStanding::NotHere => Self::NotHere,
        }
    }
}

/// A comment in a thread.
#[uniffi::remote(Record)]
pub struct RemarkView {
    pub place: CommentRef,
    /// Who wrote it, if this device has heard of them.
    pub by: Option<Person>,
    /// Whether this person wrote it, and may change it.
    pub mine: bool,
    /// What it says; empty if its author deleted it.
    pub body: String,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Device clock when it was last said in other words.
    pub edited_at: Option<Timestamp>,
    /// Whether its author deleted it.
    pub deleted: bool,
}

/// A comment with all answers to it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ThreadView {
    /// The comment it begins with.
    pub place: CommentRef,
    /// None if that comment is not here: its answers are to a comment that is not here.
    pub first: Option<RemarkView>,
    pub answers: Vec<RemarkView>,
    /// The part it is about: `problem`, `measures/{id}/unit`. Empty for the whole.
    pub anchor: Place,
    /// What the stretch of text it is about said, if it is about one.
    pub quote: Option<String>,
    /// Where that stands now.
    pub standing: AnchorStanding,
    /// Who settled it, if this device has heard of them.
    pub resolved_by: Option<Person>,
    /// When it was settled; none while it is open.
    pub resolved_at: Option<Timestamp>,
    /// Whether it is open and somebody else had the last word.
    pub waits: bool,
}

impl From<client::ThreadView> for ThreadView {
    fn from(view: client::ThreadView) -> Self {
        let client::ThreadView {
            place,
            first,
            answers,
            anchor,
            quote,
            standing,
            resolved_by,
            resolved_at,
            waits,
        } = view;
        let standing = standing.into();
        Self { place, first, answers, anchor, quote, standing, resolved_by, resolved_at, waits }
    }
}

/// What a comment said at some time.
#[uniffi::remote(Record)]
pub struct CommentVersion {
    pub body: String,
    /// Since when, by its author's clock.
    pub at: Timestamp,
}

/// Other words for a stretch of a plan's text.
#[uniffi::remote(Record)]
pub struct Suggestion {
    /// Where the text is.
    pub anchor: Place,
    /// The stretch of it that would be replaced.
    pub span: Span,
    /// All that it said when this was suggested.
    pub original: String,
    /// What it would say. Empty: it would be taken out.
    pub replacement: String,
    /// Why. May be empty.
    pub why: String,
    /// Device clock when it was suggested.
    pub at: Timestamp,
    /// Device clock when its author took it back.
    pub withdrawn_at: Option<Timestamp>,
}

/// How far a suggestion has come.
#[uniffi::remote(Enum)]
pub enum SuggestionState {
    /// Nobody has decided about it yet.
    Open,
    Accepted,
    Rejected,
    /// Its author took it back before anybody decided.
    Withdrawn,
}

/// A suggestion as a plan's screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SuggestionView {
    pub place: CommentRef,
    /// Who made it, if this device has heard of them.
    pub by: Option<Person>,
    /// Whether this person made it, and may take it back.
    pub mine: bool,
    pub suggestion: Suggestion,
    pub state: SuggestionState,
    /// Who accepted or rejected it, if this device has heard of them.
    pub decided_by: Option<Person>,
    /// Device clock when it was accepted or rejected.
    pub decided_at: Option<Timestamp>,
    /// Where the stretch of text stands now.
    pub standing: AnchorStanding,
    /// What that stretch says now, if it is open and says something else than when it was made.
    pub reads_now: Option<String>,
}

impl From<client::SuggestionView> for SuggestionView {
    fn from(view: client::SuggestionView) -> Self {
        let client::SuggestionView {
            place,
            by,
            mine,
            suggestion,
            state,
            decided_by,
            decided_at,
            standing,
            reads_now,
        } = view;
        let standing = standing.into();
        Self { place, by, mine, suggestion, state, decided_by, decided_at, standing, reads_now }
    }
}

/// What of a document waits for this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct WaitingAnswers {
    /// Open threads in which somebody else had the last word.
    pub threads: Count,
    /// Suggestions of others that nobody has decided about.
    pub suggestions: Count,
}

impl From<client::WaitingAnswers> for WaitingAnswers {
    fn from(waiting: client::WaitingAnswers) -> Self {
        let client::WaitingAnswers { threads, suggestions } = waiting;
        Self { threads: threads.into(), suggestions: suggestions.into() }
    }
}

/// What was decided about a suggestion, as the plan says it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SuggestionDecision {
    /// The suggestion that it is about.
    pub id: ItemId,
    /// Whether it was accepted; if not it was rejected.
    pub accepted: bool,
    /// The suggester's document of comments.
    pub document: Option<DocumentId>,
    /// Who decided, if that is known here.
    pub by: Option<PersonId>,
    /// Device clock when it was decided.
    pub at: Timestamp,
}

uniffi::custom_type!(Decisions, Vec<SuggestionDecision>, {
    remote,
    lower: |decisions| {
        let crossed = |accepted: bool| move |(id, decided): (ItemId, Decided)| {
            let Decided { document, by, at } = decided;
            SuggestionDecision { id, accepted, document, by, at }
        };
        let accepted = decisions.accepted.into_iter().map(crossed(true));
        accepted.chain(decisions.rejected.into_iter().map(crossed(false))).collect()
    },
    try_lift: |crossed| {
        let mut decisions = Decisions::default();
        for SuggestionDecision { id, accepted, document, by, at } in crossed {
            let map = if accepted { &mut decisions.accepted } else { &mut decisions.rejected };
            map.insert(id, Decided { document, by, at });
        }
        Ok(decisions)
    },
});
