//! Parts of activities, and how activities are talked over.

use enhance_client::{
    DebriefAnswer, DebriefView,
    model::{
        personal_record::{Debrief, DebriefEdit, EvidenceSource},
        programme::{ActivityKind, ActivityPart, DebriefGuide, PartMode},
        record::Whole,
    },
};

use crate::{
    ids::{DocumentId, ItemId},
    values::{Minutes, Timestamp},
};

/// A part of an activity: read beforehand in the app, say, and then talked over in a room.
#[uniffi::remote(Record)]
pub struct ActivityPart {
    /// Its key, unique in the activity.
    pub key: String,
    pub title: String,
    pub mode: PartMode,
    pub kind: ActivityKind,
    /// How long it takes.
    pub minutes: Minutes,
    /// How many minutes of it count at most in a training year. None: all that are noted.
    pub cap: Option<Minutes>,
}

/// Where a part of an activity is done.
#[uniffi::remote(Enum)]
pub enum PartMode {
    /// In the app, or anywhere else on a screen. It counts as e-learning.
    Online,
    /// In a room, with others.
    FaceToFace,
}

/// How an activity is talked over: what is asked, and what one says how sure one is of, from 0 to
/// 10, before it and after it.
#[uniffi::remote(Record)]
pub struct DebriefGuide {
    /// The template whose prompts are asked, by key.
    pub template: String,
    /// Completes "how sure are you that you can".
    pub confidence: String,
}

/// How an activity was talked over: how sure one was before it and after it, and what one wrote.
#[uniffi::remote(Record)]
pub struct Debrief {
    /// The activity, by key.
    pub activity: String,
    /// Device clock when it was begun.
    pub at: Timestamp,
    /// How sure one was before, from 0 to 10. None: one did not say.
    pub confidence_before: Option<Whole>,
    /// How sure one was after it, from 0 to 10. None: one did not say.
    pub confidence_after: Option<Whole>,
    /// The reflection in which its prompts are answered.
    pub evidence: Option<EvidenceSource>,
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum DebriefEdit {
    /// The activity, by key.
    Activity(String),
    /// Device clock when it was begun.
    At(Timestamp),
    /// How sure one was before, from 0 to 10. None: one did not say.
    ConfidenceBefore(Option<Whole>),
    /// How sure one was after it, from 0 to 10. None: one did not say.
    ConfidenceAfter(Option<Whole>),
    /// The reflection in which its prompts are answered.
    Evidence(Option<EvidenceSource>),
}

/// A debrief as its screen shows it.
#[uniffi::remote(Record)]
pub struct DebriefView {
    pub id: ItemId,
    pub debrief: Debrief,
}

/// What somebody says of an activity that is talked over. What they leave out stays as it is.
#[uniffi::remote(Record)]
pub struct DebriefAnswer {
    /// How sure they were before, from 0 to 10.
    pub before: Option<Whole>,
    /// How sure they were after it, from 0 to 10.
    pub after: Option<Whole>,
    /// The reflection in which they answered its prompts.
    pub reflection: Option<DocumentId>,
}
