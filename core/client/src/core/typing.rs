//! Taking the steps of [`Typing`] on a core: the half that all hosts share.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use enhance_model::{DocumentId, Version};

use super::LearningCore;
use crate::{
    asked::typing,
    error::Error,
    typing::{Outcome, Step, TextNumber, Typing, TypingEvent, TypingPauses, TypingState},
    writing::drafts::DraftField,
};

/// Writes down what a person types into one field of a document.
///
/// A host tells it what happens, as it happens and on any thread. What it does on the core it does
/// in [`work`](Scribe::work), [`flush`](Scribe::flush) and [`settle`](Scribe::settle), which block as
/// every local call does; of several threads that call these, one works and the others wait. `now`
/// is counted from any fixed start, by a clock that never goes back.
#[derive(Debug)]
pub struct Scribe {
    core: LearningCore,
    document: DocumentId,
    field: DraftField,
    typing: Mutex<Typing>,
    /// Whether the host says that somebody else is in the document.
    is_told_of_others: AtomicBool,
    /// Held while steps are taken, so that no step meets another.
    turn: Mutex<()>,
}

impl LearningCore {
    /// Begins to take in what a person types into a field. `base` is the version whose text the
    /// field shows, or on which the draft that it shows was typed.
    pub fn typing(
        &self,
        document: DocumentId,
        field: DraftField,
        base: Version,
        pauses: TypingPauses,
    ) -> Scribe {
        let typing = Mutex::new(Typing::new(base, pauses));
        let (core, turn) = (self.clone(), Mutex::default());
        let is_told_of_others = AtomicBool::default();
        Scribe { core, document, field, typing, is_told_of_others, turn }
    }
}

impl Scribe {
    /// Takes in what the field says now, the whole text; returns at once. False once the field was
    /// closed: then the text is not taken and nothing changes.
    pub fn typed(&self, text: String, now: Duration) -> bool {
        self.look_for_others();
        self.typing().typed(text, now)
    }

    /// Takes in what happened; returns at once.
    pub fn on(&self, event: TypingEvent) {
        if let TypingEvent::Others { present } = event {
            self.is_told_of_others.store(present, Ordering::Relaxed);
            self.look_for_others();
        } else {
            self.typing().on(event);
        }
    }

    /// With others there pauses are short: those whom the host knows of, and
    /// those of whom the doorbell told.
    fn look_for_others(&self) {
        let is_told = self.is_told_of_others.load(Ordering::Relaxed);
        let present = is_told || !self.core.traffic.company_in(self.document).is_empty();
        self.typing().on(TypingEvent::Others { present });
    }

    /// Does what is due, one step after the other.
    pub fn work(&self, now: Duration) {
        let _turn = lock(&self.turn);
        while let Some(step) = self.begin(now) {
            let outcome = self.take(step);
            self.typing().done(outcome, now);
        }
    }

    /// Makes what was typed by now durable, and does what else is due.
    pub fn flush(&self, now: Duration) -> Result<(), Error> {
        let newest = self.ask(TypingEvent::Flush);
        self.work(now);
        let typing = self.typing();
        if typing.is_durable(newest) { Ok(()) } else { Err(typing.obstacle()) }
    }

    /// Makes what was typed by now part of the document and returns the version that the field
    /// shows with it. If that cannot be done, the text stays a draft if it was one.
    pub fn settle(&self, now: Duration) -> Result<Version, Error> {
        let newest = self.ask(TypingEvent::Leave);
        self.work(now);
        let typing = self.typing();
        if typing.is_settled(newest) { Ok(typing.base().clone()) } else { Err(typing.obstacle()) }
    }

    /// The newer text that waits, if one does. What is typed from now on is typed on it, so the
    /// field must show it before the next key: to be called on the thread that takes the keys.
    pub fn refresh(&self) -> Option<String> {
        self.typing().refresh()
    }

    /// How the field stands at this moment.
    pub fn state(&self) -> TypingState {
        self.typing().state()
    }

    /// Tells the machine of what is wanted, and says of which text it is wanted.
    fn ask(&self, event: TypingEvent) -> TextNumber {
        let mut typing = self.typing();
        typing.on(event);
        typing.newest()
    }

    fn begin(&self, now: Duration) -> Option<Step> {
        self.typing().begin(now)
    }

    fn take(&self, step: Step) -> Outcome {
        let Self { core, document, field, .. } = self;
        let done = match step {
            Step::Save { base, text } => {
                core.autosave(*document, field, &base, &text).map(|()| Outcome::Saved)
            }
            Step::Settle { base, text } => core
                .state
                .with(|state| typing::write_field(state, *document, field, &base, text))
                .map(Outcome::Settled),
            Step::Read => core
                .state
                .with(|state| typing::read_field(state, *document, field))
                .map(Outcome::Read),
        };
        done.unwrap_or_else(Outcome::Failed)
    }

    fn typing(&self) -> MutexGuard<'_, Typing> {
        lock(&self.typing)
    }
}

/// The machine is never left half told, so a poisoned lock is as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
