//! A scribe on a real core.

use std::thread;

use enhance_documents::Edit;
use enhance_model::{
    DocumentId,
    change_project::{ProjectEdit, Section},
};

use super::*;
use crate::{
    DraftField, LearningCore, Scribe,
    testing::{Phone, asha},
    writing::{
        edits::{self, EditsOf},
        target::Target,
    },
};

fn problem() -> DraftField {
    DraftField::Section(Section::Problem)
}

/// A phone with a project, and a person about to type in it.
struct Desk {
    phone: Phone,
    core: LearningCore,
    id: DocumentId,
    scribe: Scribe,
}

impl Desk {
    fn new() -> Self {
        let phone = Phone::new();
        let core = phone.enrolled(&asha());
        let id = core.create_project("Falls", "", "").unwrap();
        let base = core.project(id).unwrap().version;
        let scribe = core.typing(id, problem(), base, PAUSES);
        Self { phone, core, id, scribe }
    }

    fn typed(&self, text: &str, at: u64) {
        assert!(self.scribe.typed(text.to_owned(), ms(at)));
    }

    fn text(&self) -> String {
        let sections = self.core.project(self.id).unwrap().project.sections;
        sections.get(&Section::Problem).cloned().unwrap_or_default()
    }

    fn write_elsewhere(&self, text: &str) {
        let edit = ProjectEdit::Section { section: Section::Problem, text: text.to_owned() };
        self.core.edit_project(self.id, None, &[edit]).unwrap();
        self.scribe.on(TypingEvent::Changed);
    }

    /// As if another device had written this on `base`: a draft here is not touched.
    fn arrive(&self, base: &Version, text: &str) {
        let edit = ProjectEdit::Section { section: Section::Problem, text: text.to_owned() };
        let groups = [EditsOf { base: Some(base), edits: &[Edit::ChangeProject(edit)] }];
        let written = self.core.with(|state| {
            let target = Target::of(state, self.id)?;
            let prepared = edits::prepare_edits(state, &target, &groups)?;
            let (_, pending) = prepared.expect("it is a change");
            state.write(|write| pending.write(write))
        });
        written.unwrap();
        self.scribe.on(TypingEvent::Changed);
    }

    fn unsettled(&self) -> usize {
        self.core.unsettled().unwrap().len()
    }
}

#[test]
fn what_is_typed_is_durable_at_once_and_settled_after_a_pause() {
    let desk = Desk::new();
    desk.typed("She fell.", 1);
    desk.scribe.work(ms(2));
    assert_eq!((desk.text().as_str(), desk.unsettled()), ("She fell.", 1));
    assert_eq!(desk.scribe.state().due, Some(ms(1_001)));
    desk.scribe.work(ms(1_001));
    assert_eq!((desk.text().as_str(), desk.unsettled()), ("She fell.", 0));
    let rest = TypingState { failure: None, due: None, newer: false, rests: true, closed: false };
    assert_eq!(desk.scribe.state(), rest);
}

#[test]
fn what_arrived_is_kept_and_offered_when_everything_typed_is_settled() {
    let desk = Desk::new();
    desk.typed("She fell.", 1);
    let shown = desk.scribe.settle(ms(2)).unwrap();
    desk.typed("She fell. Twice.", 3);
    desk.scribe.flush(ms(4)).unwrap();
    desk.arrive(&shown, "Mrs B fell.");
    desk.scribe.work(ms(7));
    assert_eq!(desk.scribe.refresh(), None, "nothing takes the place of what is typed");
    desk.typed("She fell. Twice.!", 8);
    desk.scribe.settle(ms(9)).unwrap();
    assert!(desk.scribe.state().newer);
    assert_eq!(desk.scribe.refresh(), Some(desk.text()));
    assert!(desk.text().starts_with("Mrs B fell."), "{}", desk.text());
    assert!(desk.text().ends_with("Twice.!"), "{}", desk.text());
}

#[test]
fn a_field_that_is_not_refreshed_takes_nothing_away_that_it_does_not_show() {
    let desk = Desk::new();
    desk.typed("She fell.", 1);
    desk.scribe.settle(ms(2)).unwrap();
    desk.write_elsewhere("She fell. Nobody asked.");
    desk.scribe.work(ms(3));
    assert!(desk.scribe.state().newer);
    desk.typed("She fell at night.", 4);
    desk.scribe.settle(ms(5)).unwrap();
    assert_eq!(desk.text(), "She fell at night. Nobody asked.");
}

#[test]
fn a_draft_that_is_kept_from_earlier_is_not_replaced() {
    let desk = Desk::new();
    desk.typed("She fell.", 1);
    desk.scribe.flush(ms(2)).unwrap();
    let base = desk.core.project(desk.id).unwrap().drafts[0].base.clone();
    let again = desk.core.typing(desk.id, problem(), base, PAUSES);
    again.on(TypingEvent::Changed);
    again.work(ms(3));
    assert_eq!(again.refresh(), None);
}

#[test]
fn suspending_keeps_what_was_typed_and_resuming_settles_it() {
    let desk = Desk::new();
    desk.typed("She fell.", 1);
    desk.scribe.on(TypingEvent::Suspend);
    desk.scribe.work(ms(5_000));
    desk.core.suspend();
    desk.typed("She fell at night.", 5_001);
    assert_eq!(desk.scribe.flush(ms(5_002)), Err(Error::Suspended));
    assert_eq!(desk.scribe.settle(ms(5_002)), Err(Error::Suspended));
    assert_eq!(desk.scribe.state().failure, Some(Error::Suspended));
    desk.core.resume().unwrap();
    assert_eq!((desk.text().as_str(), desk.unsettled()), ("She fell.", 1));
    desk.scribe.on(TypingEvent::Resume);
    desk.scribe.work(ms(5_003));
    assert_eq!((desk.text().as_str(), desk.unsettled()), ("She fell at night.", 0));
    assert_eq!(desk.scribe.state().failure, None);
}

#[test]
fn a_text_that_is_too_long_is_kept_and_settled_when_it_fits() {
    let desk = Desk::new();
    let long = "x".repeat(262_145);
    desk.typed(&long, 1);
    desk.scribe.flush(ms(2)).unwrap();
    assert!(matches!(desk.scribe.state().failure, Some(Error::TextTooLong { .. })));
    assert!(matches!(desk.scribe.settle(ms(3)), Err(Error::TextTooLong { .. })));
    assert_eq!(desk.core.project(desk.id).unwrap().drafts[0].text, long);
    desk.typed("short", 4);
    desk.scribe.settle(ms(5)).unwrap();
    assert_eq!(desk.scribe.state().failure, None);
    assert_eq!(desk.text(), "short");
}

#[test]
fn what_can_never_be_kept_is_said_when_the_field_is_closed() {
    let desk = Desk::new();
    desk.core.delete(desk.id).unwrap();
    desk.typed("She fell.", 1);
    desk.scribe.on(TypingEvent::Close);
    desk.scribe.work(ms(2));
    let state = desk.scribe.state();
    assert!(state.closed);
    assert!(matches!(state.failure, Some(Error::Gone { .. })), "{:?}", state.failure);
    assert!(!desk.scribe.typed("more".to_owned(), ms(3)));
}

#[test]
fn threads_that_type_work_and_flush_at_once_lose_nothing() {
    let desk = Desk::new();
    let scribe = &desk.scribe;
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..200_u64 {
                assert!(scribe.typed(format!("text {number}"), ms(number * 10)));
            }
        });
        scope.spawn(|| (0..100).for_each(|round| scribe.work(ms(round * 100))));
        scope.spawn(|| (0..50).for_each(|round| scribe.flush(ms(round)).unwrap()));
    });
    scribe.settle(ms(10_000)).unwrap();
    assert_eq!((desk.text().as_str(), desk.unsettled()), ("text 199", 0));
    drop(desk.core);
    drop(desk.scribe);
    let sections = desk.phone.open().project(desk.id).unwrap().project.sections;
    assert_eq!(sections[&Section::Problem], "text 199");
}

#[test]
fn a_text_longer_than_one_change_is_pasted_replaced_and_emptied() {
    let desk = Desk::new();
    for (at, text) in ["Minutes. ".repeat(6_000), "A summary. ".repeat(5_000), String::new()]
        .into_iter()
        .enumerate()
    {
        let at = 10 * at as u64;
        desk.typed(&text, at);
        desk.scribe.settle(ms(at + 1)).unwrap();
        assert_eq!((desk.text(), desk.unsettled()), (text, 0));
    }
}

#[test]
fn a_text_longer_than_any_is_kept_and_the_field_says_why_it_does_not_settle() {
    let desk = Desk::new();
    let text = "x".repeat(262_145);
    desk.typed(&text, 0);
    assert!(matches!(desk.scribe.settle(ms(1)), Err(Error::TextTooLong { .. })));
    assert!(matches!(desk.scribe.state().failure, Some(Error::TextTooLong { .. })));
    let drafts = desk.core.project(desk.id).unwrap().drafts;
    assert_eq!(drafts.first().map(|draft| &draft.text), Some(&text));
}
