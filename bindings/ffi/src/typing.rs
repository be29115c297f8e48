//! What a person types into a text field.
#![allow(clippy::needless_pass_by_value, reason = "texts and fields cross by value")]

use enhance_client::{self as client, DraftField, Scribe, TypingEvent};

use crate::{
    CoreError, CoreHandle,
    handle::Result,
    ids::{DocumentId, Version},
    values::Duration,
};

/// How long a person pauses before what they typed becomes part of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct TypingPauses {
    pub alone: Duration,
    /// While another person is in the same document.
    pub together: Duration,
}

impl From<client::TypingPauses> for TypingPauses {
    fn from(pauses: client::TypingPauses) -> Self {
        let client::TypingPauses { alone, together } = pauses;
        Self { alone: alone.into(), together: together.into() }
    }
}

impl From<TypingPauses> for client::TypingPauses {
    fn from(pauses: TypingPauses) -> Self {
        let TypingPauses { alone, together } = pauses;
        Self { alone: alone.into(), together: together.into() }
    }
}

/// What happened to a text field, besides typing.
#[uniffi::remote(Enum)]
pub enum TypingEvent {
    /// The document changed on this device, here or because something arrived.
    Changed,
    /// Whether another person is in the same document.
    Others { present: bool },
    /// The text must be durable at once.
    Flush,
    /// The person left the field, or the text must be part of the document at once.
    Leave,
    /// The field goes away. What was typed is settled, and nothing more is taken.
    Close,
    /// The core is about to be suspended: drafts can still be saved, and nothing else is begun.
    Suspend,
    /// The core is open again.
    Resume,
}

/// What an app shows of a text field, and when its driver has to work again.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TypingState {
    /// Why the newest text is not durable or not settled; none if it is or will be.
    pub failure: Option<CoreError>,
    /// When the next step is due. None: only something that happens makes one due.
    pub due: Option<Duration>,
    /// Whether a newer text waits to be shown.
    pub newer: bool,
    /// Whether everything that can be done for its text by now is done: it is settled, or what
    /// failed would fail again.
    pub rests: bool,
    /// Whether it was closed and rests: its driver is not needed any more.
    pub closed: bool,
}

impl From<client::TypingState> for TypingState {
    fn from(state: client::TypingState) -> Self {
        let client::TypingState { failure, due, newer, rests, closed } = state;
        let due = due.map(Duration::from);
        Self { failure: failure.map(CoreError::from), due, newer, rests, closed }
    }
}

/// What `Typing` of the Kotlin and Swift libraries drives; see there how it is used.
///
/// Moments are counted from any fixed start, by a clock that never goes back.
#[derive(uniffi::Object)]
pub struct TypingHandle(Scribe);

/// The pauses of a field that names none of its own.
#[uniffi::export]
pub fn usual_pauses() -> TypingPauses {
    client::TypingPauses::default().into()
}

#[uniffi::export]
impl CoreHandle {
    /// Begins to take in what a person types into a field. `base` is the version whose text the
    /// field shows, or on which the draft that it shows was typed.
    pub fn typing(
        &self,
        id: DocumentId,
        field: DraftField,
        base: Version,
        pauses: TypingPauses,
    ) -> Result<TypingHandle> {
        // A function that cannot fail would panic at an id or a length that is none.
        Ok(TypingHandle(self.core.typing(id, field, base, pauses.into())))
    }
}

#[uniffi::export]
impl TypingHandle {
    /// Takes in what the field says now, the whole text; returns at once. False once the field was
    /// closed: then the text is not taken and nothing changes.
    pub fn typed(&self, text: String, now: Duration) -> bool {
        self.0.typed(text, now.into())
    }

    /// Takes in what happened; returns at once.
    pub fn on(&self, event: TypingEvent) {
        self.0.on(event);
    }

    /// Does what is due. Blocks, as everything below does that is not said to return at once.
    pub fn work(&self, now: Duration) {
        self.0.work(now.into());
    }

    /// Makes what was typed by now durable, and does what else is due.
    pub fn flush(&self, now: Duration) -> Result<()> {
        Ok(self.0.flush(now.into())?)
    }

    /// Makes what was typed by now part of the document and returns the version that the field
    /// shows with it.
    pub fn settle(&self, now: Duration) -> Result<Version> {
        Ok(self.0.settle(now.into())?)
    }

    /// The newer text that waits, if one does; returns at once. What is typed from now on is typed
    /// on it, so the field must show it before the next key.
    pub fn refresh(&self) -> Option<String> {
        self.0.refresh()
    }

    /// How it stands; returns at once.
    pub fn state(&self) -> TypingState {
        self.0.state().into()
    }
}
