//! One text field while a person types into it: a pure machine that is told what happens and asked
//! for the next step.
//!
//! Each text becomes a draft as soon as the core is free, and part of its document after a pause.
//! Text that others wrote meanwhile is offered when everything typed here is part of the document,
//! and never replaces what was typed. What fails is tried again; the text stays until then.
//!
//! Moments are counted from any fixed start; the machine asks neither clock nor chance, and one step
//! is under way at a time. [`crate::Scribe`] takes the steps on a core.

use std::time::Duration;

use enhance_model::Version;

use crate::error::Error;

/// How long a person pauses before what they typed becomes part of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypingPauses {
    pub alone: Duration,
    /// While another person is in the same document.
    pub together: Duration,
}

impl TypingPauses {
    /// Short enough that two people see each other write.
    const USUAL: Self =
        Self { alone: Duration::from_millis(1_500), together: Duration::from_millis(250) };

    fn with(self, others: bool) -> Duration {
        if others { self.together.min(self.alone) } else { self.alone }
    }
}

impl Default for TypingPauses {
    fn default() -> Self {
        Self::USUAL
    }
}

/// What happened, besides typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What an app shows of a field, and when its driver has to work again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypingState {
    /// Why the newest text is not durable or not settled; none if it is or will be.
    pub failure: Option<Error>,
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

/// What is to be done on the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Keep this whole text, typed on this version, as a draft.
    Save { base: Version, text: String },
    /// Make it part of the document.
    Settle { base: Version, text: String },
    /// Read what the field says in the document.
    Read,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Saved,
    /// It is in the document; the field shows this version.
    Settled(Version),
    /// None where a draft of the field is kept: the document's text is older than that.
    Read(Option<FieldText>),
    Failed(Error),
}

/// A field as the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldText {
    pub(crate) version: Version,
    pub(crate) text: String,
}

/// The texts typed into a field are numbered from one; zero is the text the field began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextNumber(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Save,
    Settle,
    Read,
}

/// Whether a failure keeps the next step back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    Free,
    Until(Duration),
    /// Trying again by itself changes nothing.
    UntilEvent,
}

const FIRST_RETRY: Duration = Duration::from_secs(1);
/// A person who made room on a full phone is not kept waiting for longer than this.
const LAST_RETRY: Duration = Duration::from_secs(30);

#[derive(Debug, Clone)]
pub(crate) struct Typing {
    pauses: TypingPauses,
    /// The one of them that holds at the moment.
    pause: Duration,
    /// The version that has what the field showed before the person typed the text.
    base: Version,
    /// The whole text of the field; none while only the host knows it.
    text: Option<String>,
    typed: TextNumber,
    typed_at: Duration,
    saved: TextNumber,
    settled: TextNumber,
    /// Texts up to this one are settled without a pause.
    hurried: TextNumber,
    under_way: Option<(Task, TextNumber)>,
    hold: Hold,
    failures: u32,
    failure: Option<Error>,
    /// The document may say something that the field does not show.
    stale: bool,
    newer: Option<FieldText>,
    asleep: bool,
    closing: bool,
}

impl Typing {
    /// A field that shows the text of this version, or a draft that was typed on it.
    pub(crate) const fn new(base: Version, pauses: TypingPauses) -> Self {
        let none = TextNumber(0);
        Self {
            pauses,
            pause: pauses.alone,
            base,
            text: None,
            typed: none,
            typed_at: Duration::ZERO,
            saved: none,
            settled: none,
            hurried: none,
            under_way: None,
            hold: Hold::Free,
            failures: 0,
            failure: None,
            stale: false,
            newer: None,
            asleep: false,
            closing: false,
        }
    }

    /// Takes in what the field says now, the whole text. False once the field was closed: then the
    /// text is not taken and nothing changes.
    pub(crate) fn typed(&mut self, text: String, now: Duration) -> bool {
        if self.closing {
            return false;
        }
        if self.text.as_ref() != Some(&text) {
            self.text = Some(text);
            self.typed = TextNumber(self.typed.0.saturating_add(1));
            self.typed_at = now;
            self.hold = Hold::Free;
            // It was read before this was typed. After settling it is read again.
            self.newer = None;
        }
        true
    }

    /// Takes in what happened.
    pub(crate) fn on(&mut self, event: TypingEvent) {
        match event {
            TypingEvent::Changed => self.stale = true,
            TypingEvent::Others { present } => self.pause = self.pauses.with(present),
            TypingEvent::Flush => self.save_at_once(),
            TypingEvent::Leave => self.settle_at_once(),
            TypingEvent::Close => {
                self.closing = true;
                self.newer = None;
                self.settle_at_once();
            }
            TypingEvent::Suspend => {
                self.asleep = true;
                self.save_at_once();
            }
            TypingEvent::Resume => {
                self.asleep = false;
                self.hold = Hold::Free;
                self.stale = true;
            }
        }
    }

    /// The step that is due, which is under way from now on.
    pub(crate) fn begin(&mut self, now: Duration) -> Option<Step> {
        let (_, task) = self.next().filter(|(at, _)| *at <= now)?;
        self.under_way = Some((task, self.typed));
        let (base, text) = (self.base.clone(), self.text.clone().unwrap_or_default());
        Some(match task {
            Task::Save => Step::Save { base, text },
            Task::Settle => Step::Settle { base, text },
            Task::Read => Step::Read,
        })
    }

    /// Takes in what became of the step under way.
    pub(crate) fn done(&mut self, outcome: Outcome, now: Duration) {
        let Some((task, number)) = self.under_way.take() else { return };
        match outcome {
            Outcome::Saved => {
                self.saved = number;
                self.succeed();
            }
            Outcome::Settled(version) => {
                self.base = version;
                self.saved = number;
                self.settled = number;
                // The document has it merged with what arrived; the field does not show that.
                self.stale = true;
                self.succeed();
            }
            Outcome::Read(read) => self.compare(read, number),
            Outcome::Failed(error) if task == Task::Read => self.fail_to_read(&error),
            Outcome::Failed(error) => self.fail(task, number, error, now),
        }
    }

    /// The newer text that waits, if one does. What is typed from now on is typed on it, so the
    /// field must show it before the next key.
    pub(crate) fn refresh(&mut self) -> Option<String> {
        let FieldText { version, text } = self.newer.take()?;
        self.base = version;
        self.text = Some(text.clone());
        Some(text)
    }

    pub(crate) fn state(&self) -> TypingState {
        TypingState {
            failure: self.failure.clone(),
            due: self.next().map(|(at, _)| at),
            newer: self.newer.is_some(),
            rests: self.rests(),
            closed: self.closing && self.rests(),
        }
    }

    /// The version that a screen goes on with.
    pub(crate) const fn base(&self) -> &Version {
        &self.base
    }

    pub(crate) const fn newest(&self) -> TextNumber {
        self.typed
    }

    /// Whether a text, or one typed after it, is on the disk.
    pub(crate) fn is_durable(&self, number: TextNumber) -> bool {
        self.saved >= number
    }

    /// Whether a text, or one typed after it, is part of the document.
    pub(crate) fn is_settled(&self, number: TextNumber) -> bool {
        self.settled >= number
    }

    /// Why what is not done was not done. What never failed waits for the core to be resumed.
    pub(crate) fn obstacle(&self) -> Error {
        self.failure.clone().unwrap_or(Error::Suspended)
    }

    /// The next step and when it is due; none while one is under way.
    fn next(&self) -> Option<(Duration, Task)> {
        let not_before = match self.hold {
            _ if self.under_way.is_some() => return None,
            Hold::Free => Duration::ZERO,
            Hold::Until(moment) => moment,
            Hold::UntilEvent => return None,
        };
        if !self.is_durable(self.typed) {
            Some((not_before, Task::Save))
        } else if self.asleep {
            None
        } else if !self.is_settled(self.typed) {
            Some((not_before.max(self.settle_at()), Task::Settle))
        } else {
            (self.stale && !self.closing).then_some((not_before, Task::Read))
        }
    }

    fn settle_at(&self) -> Duration {
        if self.settled < self.hurried {
            return Duration::ZERO;
        }
        self.typed_at.saturating_add(self.pause)
    }

    fn rests(&self) -> bool {
        let given_up = self.hold == Hold::UntilEvent && !self.asleep;
        self.is_settled(self.typed) || given_up
    }

    fn save_at_once(&mut self) {
        if !self.is_durable(self.typed) {
            self.hold = Hold::Free;
        }
    }

    fn settle_at_once(&mut self) {
        self.hurried = self.typed;
        self.hold = Hold::Free;
    }

    fn succeed(&mut self) {
        self.hold = Hold::Free;
        self.failures = 0;
        self.failure = None;
    }

    /// What the document says is news only if nothing was typed while it was read.
    fn compare(&mut self, read: Option<FieldText>, number: TextNumber) {
        self.stale = false;
        self.newer = None;
        let Some(read) = read.filter(|_| number == self.typed && !self.closing) else { return };
        if self.text.as_ref() == Some(&read.text) {
            self.base = read.version;
        } else if self.base != read.version {
            self.newer = Some(read);
        }
    }

    /// The person is not told: nothing they did failed. The next change is a reason to read again.
    fn fail_to_read(&mut self, error: &Error) {
        let suspended = *error == Error::Suspended;
        self.asleep |= suspended;
        self.stale = suspended;
    }

    fn fail(&mut self, task: Task, number: TextNumber, error: Error, now: Duration) {
        self.hold = match &error {
            Error::Suspended => {
                self.asleep = true;
                Hold::UntilEvent
            }
            Error::StorageFull | Error::InUse | Error::Internal { .. } => {
                self.failures = self.failures.saturating_add(1);
                Hold::Until(now.saturating_add(retry_after(self.failures)))
            }
            Error::TextTooLong { .. } if task == Task::Save => {
                // A draft is kept however long it is; it cannot be settled before it is shorter.
                self.saved = number;
                Hold::UntilEvent
            }
            _ => Hold::UntilEvent,
        };
        if self.typed > number {
            // What was typed meanwhile may fare better.
            self.hold = Hold::Free;
        }
        self.failure = Some(error);
    }
}

/// Twice as long after each failure.
fn retry_after(failures: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1).min(20));
    FIRST_RETRY.saturating_mul(doubled).min(LAST_RETRY)
}

#[cfg(test)]
mod tests;
