//! Ordinary courses of typing, and what is due after each.

mod properties;
mod scribe;

use enhance_model::{ChangeHash, Noun};

use super::*;

const PAUSES: TypingPauses = TypingPauses { alone: ms(1_000), together: ms(250) };

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn version(number: u8) -> Version {
    Version::new(vec![ChangeHash::from_bytes([number; 32])])
}

fn gone() -> Error {
    Error::not_found(Noun::Project, "7")
}

fn too_long() -> Error {
    let (field, called) = ("section/problem".to_owned(), "Problem".to_owned());
    Error::TextTooLong { field, called, over: 1, limit: 9 }
}

/// What happens in a course. A step is begun and done at once, unless it is begun by itself.
#[derive(Debug, Clone, Copy)]
enum Act {
    Type(&'static str),
    On(TypingEvent),
    Begin(Task),
    Saved,
    Settled,
    /// The document says this in a newer version.
    Read(&'static str),
    Fail(fn() -> Error),
    /// The field shows what was read.
    Refresh(&'static str),
}

struct Course {
    typing: Typing,
    version: u8,
}

impl Course {
    fn act(&mut self, act: Act, now: Duration) {
        let newer = version(self.version + 1);
        let outcome = match act {
            Act::Type(text) => {
                assert!(self.typing.typed(text.to_owned(), now), "{text:?} was refused");
                return;
            }
            Act::On(event) => return self.typing.on(event),
            Act::Refresh(text) => {
                assert_eq!(self.typing.refresh().as_deref(), Some(text));
                return;
            }
            Act::Begin(task) => return self.begin(task, now),
            Act::Saved => (Some(Task::Save), Outcome::Saved),
            Act::Settled => (Some(Task::Settle), Outcome::Settled(newer)),
            Act::Read(text) => {
                let read = FieldText { version: newer, text: text.to_owned() };
                (Some(Task::Read), Outcome::Read(Some(read)))
            }
            Act::Fail(error) => (None, Outcome::Failed(error())),
        };
        let (task, outcome) = outcome;
        if self.typing.under_way.is_none() {
            let (_, due) = self.typing.next().expect("a step is due");
            self.begin(task.unwrap_or(due), now);
        }
        self.version += 1;
        self.typing.done(outcome, now);
    }

    fn begin(&mut self, task: Task, now: Duration) {
        let step = self.typing.begin(now);
        let begun = match step {
            Some(Step::Save { .. }) => Some(Task::Save),
            Some(Step::Settle { .. }) => Some(Task::Settle),
            Some(Step::Read) => Some(Task::Read),
            None => None,
        };
        assert_eq!(begun, Some(task), "at {now:?}");
        assert_eq!(self.typing.begin(now), None, "one step at a time");
    }
}

/// A field after these acts, each at its moment.
fn after(acts: &[(u64, Act)]) -> Typing {
    let mut course = Course { typing: Typing::new(version(0), PAUSES), version: 0 };
    for (at, act) in acts {
        course.act(*act, ms(*at));
    }
    course.typing
}

/// A course, and the step that is due after it.
type Row = (&'static str, &'static [(u64, Act)], Option<(u64, Task)>);

const TYPED: (u64, Act) = (1, Act::Type("a"));
const FULL: Act = Act::Fail(|| Error::StorageFull);
const SUSPENDED: Act = Act::Fail(|| Error::Suspended);
const GONE: Act = Act::Fail(gone);
const TOO_LONG: Act = Act::Fail(too_long);
const SUSPEND: Act = Act::On(TypingEvent::Suspend);
const RESUME: Act = Act::On(TypingEvent::Resume);
const LEAVE: Act = Act::On(TypingEvent::Leave);
const CLOSE: Act = Act::On(TypingEvent::Close);
const FLUSH: Act = Act::On(TypingEvent::Flush);
const CHANGED: Act = Act::On(TypingEvent::Changed);
const OTHERS: Act = Act::On(TypingEvent::Others { present: true });

const TABLE: &[Row] = {
    use Act::{Begin, Read, Refresh, Saved, Settled, Type};
    &[
        ("nothing before the first key", &[], None),
        ("a text is saved at once", &[(5, Type("a"))], Some((0, Task::Save))),
        ("and settled after a pause", &[(5, Type("a")), (6, Saved)], Some((1_005, Task::Settle))),
        (
            "the pause begins anew with each key",
            &[(5, Type("a")), (6, Saved), (900, Type("ab")), (901, Saved)],
            Some((1_900, Task::Settle)),
        ),
        (
            "the pause is short while another person is there",
            &[(0, OTHERS), (5, Type("a")), (6, Saved)],
            Some((255, Task::Settle)),
        ),
        (
            "the same text again is no new text",
            &[(5, Type("a")), (6, Saved), (900, Type("a"))],
            Some((1_005, Task::Settle)),
        ),
        (
            "what was typed during a save is saved next",
            &[(5, Type("a")), (6, Begin(Task::Save)), (7, Type("ab")), (8, Saved)],
            Some((0, Task::Save)),
        ),
        (
            "what was typed during settling is saved next",
            &[
                (5, Type("a")),
                (6, Saved),
                (1_005, Begin(Task::Settle)),
                (1_006, Type("ab")),
                (1_007, Settled),
            ],
            Some((0, Task::Save)),
        ),
        (
            "no second step while one is under way",
            &[(5, Type("a")), (6, Begin(Task::Save)), (7, CLOSE)],
            None,
        ),
        (
            "after settling the document is read",
            &[(5, Type("a")), (6, Saved), (7, LEAVE), (8, Settled)],
            Some((0, Task::Read)),
        ),
        (
            "and then the field rests",
            &[(5, Type("a")), (6, Saved), (7, LEAVE), (8, Settled), (9, Read("a"))],
            None,
        ),
        (
            "leaving settles at once",
            &[(5, Type("a")), (6, Saved), (7, LEAVE)],
            Some((0, Task::Settle)),
        ),
        (
            "nothing is read while something is unsettled",
            &[(5, Type("a")), (6, Saved), (7, CHANGED)],
            Some((1_005, Task::Settle)),
        ),
        ("a full phone is tried again", &[(5, Type("a")), (6, FULL)], Some((1_006, Task::Save))),
        (
            "more and more seldom",
            &[(5, Type("a")), (6, FULL), (1_006, FULL), (3_006, FULL)],
            Some((7_006, Task::Save)),
        ),
        (
            "but at once when something else is typed",
            &[(5, Type("a")), (6, FULL), (1_006, FULL), (1_500, Type("ab"))],
            Some((0, Task::Save)),
        ),
        (
            "or when it must be durable",
            &[(5, Type("a")), (6, FULL), (7, FLUSH)],
            Some((0, Task::Save)),
        ),
        (
            "settling is tried again too",
            &[(5, Type("a")), (6, Saved), (1_005, FULL)],
            Some((2_005, Task::Settle)),
        ),
        ("what is gone is not tried again", &[(5, Type("a")), (6, GONE)], None),
        ("what is too long is not settled", &[(5, Type("a")), (6, TOO_LONG)], None),
        (
            "until it was shortened",
            &[(5, Type("ab")), (6, TOO_LONG), (9, Type("a")), (10, Saved)],
            Some((1_009, Task::Settle)),
        ),
        (
            "suspending saves at once, whatever failed before",
            &[(5, Type("a")), (6, FULL), (7, SUSPEND)],
            Some((0, Task::Save)),
        ),
        ("and begins nothing else", &[(5, Type("a")), (6, Saved), (7, SUSPEND)], None),
        ("what a suspended core did not take waits", &[(5, Type("a")), (6, SUSPENDED)], None),
        (
            "and is saved after resuming",
            &[(5, Type("a")), (6, SUSPENDED), (7, RESUME)],
            Some((0, Task::Save)),
        ),
        (
            "a field that was closed meanwhile is settled after resuming",
            &[(5, SUSPEND), (6, Type("a")), (7, SUSPENDED), (8, CLOSE), (9, RESUME), (9, Saved)],
            Some((0, Task::Settle)),
        ),
        (
            "what may have come while the core was suspended is read",
            &[(5, SUSPEND), (6, RESUME)],
            Some((0, Task::Read)),
        ),
        (
            "what is typed on a newer text is settled on it",
            &[(5, CHANGED), (6, Read("x")), (7, Refresh("x")), (8, Type("xa")), (9, Saved)],
            Some((1_008, Task::Settle)),
        ),
        (
            "a document that cannot be read is read after the next change",
            &[(5, CHANGED), (6, GONE)],
            None,
        ),
        ("closing what nobody typed into is done", &[(5, CLOSE)], None),
        (
            "closing settles without a pause",
            &[(5, Type("a")), (6, Saved), (7, CLOSE)],
            Some((0, Task::Settle)),
        ),
        ("and reads nothing more", &[(5, Type("a")), (6, Saved), (7, CLOSE), (8, Settled)], None),
    ]
};

#[test]
fn the_next_step_is_the_one_that_should_be() {
    for (what, acts, expected) in TABLE {
        let due = after(acts).next();
        assert_eq!(due, expected.map(|(at, task)| (ms(at), task)), "{what}");
    }
}

#[test]
fn a_step_has_the_newest_text_and_the_version_it_was_typed_on() {
    let mut typing = after(&[(1, Act::Type("a")), (2, Act::Saved), (3, LEAVE), (4, Act::Settled)]);
    assert!(typing.typed("ab".to_owned(), ms(5)));
    let (base, text) = (version(2), "ab".to_owned());
    assert_eq!(typing.begin(ms(6)), Some(Step::Save { base, text }));
}

#[test]
fn a_text_that_arrived_waits_until_the_field_asks_for_it() {
    let mut typing = after(&[(1, Act::Type("a")), (2, Act::Saved), (3, LEAVE), (4, Act::Settled)]);
    assert_eq!(typing.begin(ms(5)), Some(Step::Read));
    let read = FieldText { version: version(9), text: "a b".to_owned() };
    typing.done(Outcome::Read(Some(read)), ms(6));
    assert!(typing.state().newer);
    assert_eq!(*typing.base(), version(2), "the field does not show it yet");
    assert_eq!(typing.refresh().as_deref(), Some("a b"));
    assert_eq!(*typing.base(), version(9));
    assert!(!typing.state().newer);
    assert_eq!(typing.refresh(), None);
}

#[test]
fn what_is_typed_is_never_replaced_by_what_arrived() {
    let read = || Outcome::Read(Some(FieldText { version: version(9), text: "b".to_owned() }));
    let mut during = after(&[(1, CHANGED), (2, Act::Begin(Task::Read)), (3, Act::Type("a"))]);
    during.done(read(), ms(4));
    let mut between = after(&[(1, CHANGED), (2, Act::Begin(Task::Read))]);
    between.done(read(), ms(3));
    assert!(between.typed("a".to_owned(), ms(4)));
    for mut typing in [during, between] {
        assert!(!typing.state().newer);
        assert_eq!(typing.refresh(), None);
        assert_eq!(*typing.base(), version(0));
    }
}

#[test]
fn a_failure_is_told_until_the_text_is_safe_again() {
    let told = |acts| after(acts).state().failure;
    assert_eq!(told(&[(1, Act::Type("a")), (2, FULL)]), Some(Error::StorageFull));
    assert_eq!(told(&[(1, Act::Type("a")), (2, FULL), (1_002, Act::Saved)]), None);
    assert_eq!(told(&[(1, Act::Type("a")), (2, GONE)]), Some(gone()));
    assert_eq!(told(&[(1, CHANGED), (2, GONE)]), None, "nothing the person did failed");
}

#[test]
fn a_closed_field_takes_nothing_more() {
    let mut typing = after(&[(1, Act::Type("a")), (2, CLOSE)]);
    assert!(!typing.typed("ab".to_owned(), ms(3)));
    assert_eq!(typing.begin(ms(4)), Some(Step::Save { base: version(0), text: "a".to_owned() }));
    typing.done(Outcome::Saved, ms(5));
    assert!(!typing.typed("ab".to_owned(), ms(6)));
}

#[test]
fn closing_ends_when_the_text_is_settled_or_can_never_be() {
    let closed = |acts| after(acts).state().closed;
    assert!(closed(&[(1, CLOSE)]));
    assert!(!closed(&[TYPED, (2, CLOSE)]));
    assert!(!closed(&[TYPED, (2, CLOSE), (3, Act::Begin(Task::Save))]));
    assert!(!closed(&[TYPED, (2, CLOSE), (3, Act::Saved)]));
    assert!(closed(&[TYPED, (2, CLOSE), (3, Act::Saved), (4, Act::Settled)]));
    assert!(!closed(&[TYPED, (2, CLOSE), (3, FULL)]), "there may be room later");
    assert!(!closed(&[TYPED, (2, CLOSE), (3, SUSPENDED)]), "it will be resumed");
    assert!(closed(&[TYPED, (2, CLOSE), (3, GONE)]));
    assert!(!closed(&[TYPED, (2, TOO_LONG), (3, CLOSE)]));
    assert!(closed(&[TYPED, (2, TOO_LONG), (3, CLOSE), (4, TOO_LONG)]));
    assert_eq!(after(&[TYPED, (2, CLOSE), (3, GONE)]).state().failure, Some(gone()));
}

#[test]
fn waiting_grows_to_half_a_minute() {
    let waits: Vec<_> = (1..=7).map(|failures| retry_after(failures).as_secs()).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
    assert_eq!(retry_after(u32::MAX), LAST_RETRY);
}
