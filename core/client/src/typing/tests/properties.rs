//! Whatever happens in whatever order: nothing typed is lost or overwritten, and the field comes to
//! rest.
//!
//! A text is a set of words, each used once, so that a merge can be told from a loss: what a person
//! took away is gone, what they or others wrote is there.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*};

use super::*;

type Words = BTreeSet<u16>;

fn text_of(words: &Words) -> String {
    words.iter().map(u16::to_string).collect::<Vec<_>>().join(" ")
}

fn words_of(text: &str) -> Words {
    text.split_whitespace().map(|word| word.parse().unwrap()).collect()
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    Full,
    /// Nothing that comes by itself mends it, but the person may try again.
    Refused,
    TooLong,
}

#[derive(Debug, Clone)]
enum Turn {
    /// The person writes a word of their own.
    Write,
    /// The person takes away one of the words on the screen, at this share of them.
    TakeAway(u8),
    /// Another person's word is in the document.
    Arrive,
    /// A step begins, if one is due.
    Begin,
    /// The step under way ends.
    End(Option<Fault>),
    /// The field shows what is newer.
    Refresh,
    Pass(u16),
    Suspend,
    Resume,
    Happen(TypingEvent),
}

fn turns() -> impl Strategy<Value = Turn> {
    let fault = prop_oneof![Just(Fault::Full), Just(Fault::Refused), Just(Fault::TooLong)];
    let event = prop_oneof![
        2 => Just(TypingEvent::Flush),
        3 => Just(TypingEvent::Leave),
        1 => any::<bool>().prop_map(|present| TypingEvent::Others { present }),
        1 => Just(TypingEvent::Changed),
    ];
    prop_oneof![
        6 => Just(Turn::Write),
        2 => any::<u8>().prop_map(Turn::TakeAway),
        3 => Just(Turn::Arrive),
        8 => Just(Turn::Begin),
        8 => proptest::option::weighted(0.3, fault).prop_map(Turn::End),
        4 => Just(Turn::Refresh),
        4 => (0..3_000_u16).prop_map(Turn::Pass),
        1 => Just(Turn::Suspend),
        2 => Just(Turn::Resume),
        3 => event.prop_map(Turn::Happen),
    ]
}

/// A field, its document and its draft, as a core would keep them.
struct World {
    typing: Typing,
    now: Duration,
    under_way: Option<Step>,
    /// What a screen shows at each version, by its name. The first is empty.
    versions: BTreeMap<String, Words>,
    document: Words,
    version: Version,
    draft: Option<Words>,
    awake: bool,
    screen: Words,
    /// Of the person: written and not taken away, and taken away.
    written: Words,
    taken_away: Words,
    arrived: Words,
    next_word: u16,
}

impl World {
    fn new() -> Self {
        Self {
            typing: Typing::new(version(0), PAUSES),
            now: Duration::ZERO,
            under_way: None,
            versions: BTreeMap::from([(version(0).to_string(), Words::new())]),
            document: Words::new(),
            version: version(0),
            draft: None,
            awake: true,
            screen: Words::new(),
            written: Words::new(),
            taken_away: Words::new(),
            arrived: Words::new(),
            next_word: 0,
        }
    }

    fn fresh_word(&mut self) -> u16 {
        self.next_word += 1;
        self.next_word
    }

    fn fresh_version(&mut self, shows: Words) -> Version {
        let number = u16::try_from(self.versions.len()).unwrap().to_be_bytes();
        let mut hash = [0; 32];
        hash[..2].copy_from_slice(&number);
        hash[31] = 1;
        let version = Version::new(vec![ChangeHash::from_bytes(hash)]);
        self.versions.insert(version.to_string(), shows);
        version
    }

    fn take(&mut self, turn: &Turn) {
        match turn {
            Turn::Write => {
                let word = self.fresh_word();
                self.screen.insert(word);
                self.written.insert(word);
                self.type_screen();
            }
            Turn::TakeAway(share) => {
                let at = usize::from(*share) * self.screen.len() / 256;
                if let Some(word) = self.screen.iter().nth(at).copied() {
                    self.screen.remove(&word);
                    self.written.remove(&word);
                    self.taken_away.insert(word);
                    self.type_screen();
                }
            }
            Turn::Arrive => {
                let word = self.fresh_word();
                self.arrived.insert(word);
                self.document.insert(word);
                self.version = self.fresh_version(self.document.clone());
                self.typing.on(TypingEvent::Changed);
            }
            Turn::Begin => self.begin(),
            Turn::End(fault) => self.end(*fault),
            Turn::Refresh => self.refresh(),
            Turn::Pass(millis) => self.now += ms(u64::from(*millis)),
            Turn::Suspend => self.typing.on(TypingEvent::Suspend),
            Turn::Resume => {
                self.awake = true;
                self.typing.on(TypingEvent::Resume);
            }
            Turn::Happen(event) => self.typing.on(*event),
        }
        // A core is suspended a moment after the field heard of it.
        if self.under_way.is_none() && !matches!(turn, Turn::Suspend) && self.typing.asleep {
            self.awake = false;
        }
    }

    fn type_screen(&mut self) {
        assert!(self.typing.typed(text_of(&self.screen), self.now), "the field is open");
    }

    fn begin(&mut self) {
        let begun = self.typing.begin(self.now);
        if let Some(step) = begun {
            assert_eq!(self.under_way.replace(step), None, "two steps at a time");
        }
    }

    fn end(&mut self, fault: Option<Fault>) {
        let Some(step) = self.under_way.take() else { return };
        let outcome = if self.awake { self.outcome(step, fault) } else { failed(Error::Suspended) };
        self.typing.done(outcome, self.now);
        self.check();
    }

    fn outcome(&mut self, step: Step, fault: Option<Fault>) -> Outcome {
        match (fault, step) {
            (Some(Fault::Full), _) => failed(Error::StorageFull),
            (Some(Fault::Refused), _) => failed(gone()),
            (Some(Fault::TooLong), Step::Save { text, .. }) => {
                self.draft = Some(words_of(&text));
                failed(too_long())
            }
            (Some(Fault::TooLong), Step::Settle { .. }) => failed(too_long()),
            (_, Step::Save { text, .. }) => {
                self.draft = Some(words_of(&text));
                Outcome::Saved
            }
            (_, Step::Settle { base, text }) => Outcome::Settled(self.settle(&base, &text)),
            (_, Step::Read) => {
                let (version, text) = (self.version.clone(), text_of(&self.document));
                let read = FieldText { version, text };
                Outcome::Read(self.draft.is_none().then_some(read))
            }
        }
    }

    /// Merges what was typed on `base` with what arrived since.
    fn settle(&mut self, base: &Version, text: &str) -> Version {
        let (shown, typed) = (self.versions[&base.to_string()].clone(), words_of(text));
        self.document.retain(|word| typed.contains(word) || !shown.contains(word));
        self.document.extend(typed.difference(&shown));
        self.draft = None;
        self.version = self.fresh_version(self.document.clone());
        self.fresh_version(typed)
    }

    fn refresh(&mut self) {
        if let Some(text) = self.typing.refresh() {
            let newer = words_of(&text);
            assert!(newer.is_superset(&self.written), "the screen showed something older");
            assert!(newer.is_disjoint(&self.taken_away), "the screen showed something older");
            self.screen = newer;
        }
    }

    /// What must be so whenever no step is under way.
    fn check(&self) {
        let newest = self.typing.newest();
        if self.typing.is_settled(newest) {
            self.check_document();
        } else if self.typing.is_durable(newest) {
            assert_eq!(self.draft.as_ref(), Some(&self.screen), "it was said to be durable");
        } else {
            let state = self.typing.state();
            let waits = state.failure.is_some();
            assert!(state.due.is_some() || waits, "what is not durable is due, or said to wait");
        }
    }

    fn check_document(&self) {
        assert!(self.document.is_superset(&self.written), "what was typed is lost");
        assert!(self.document.is_disjoint(&self.taken_away), "what was taken away is back");
        let arrived: Words = self.arrived.difference(&self.taken_away).copied().collect();
        assert!(self.document.is_superset(&arrived), "what arrived was taken away unseen");
    }

    /// Nothing happens any more, and nothing fails: the steps that are left are taken.
    fn come_to_rest(&mut self) {
        self.awake = true;
        self.end(None);
        self.typing.on(TypingEvent::Resume);
        for _ in 0..10 {
            let Some(due) = self.typing.state().due else { return };
            self.now = self.now.max(due);
            self.begin();
            self.end(None);
        }
        panic!("the field never comes to rest");
    }
}

fn failed(error: Error) -> Outcome {
    Outcome::Failed(error)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn whatever_happens_what_was_typed_last_is_in_the_document(turns in vec(turns(), 0..60)) {
        let mut world = World::new();
        for turn in &turns {
            world.take(turn);
        }
        world.come_to_rest();
        let newest = world.typing.newest();
        prop_assert!(world.typing.is_settled(newest));
        prop_assert_eq!(world.typing.state().failure, None);
        world.check_document();
        world.refresh();
        prop_assert_eq!(world.screen, world.document, "in the end the screen shows the document");
    }

    #[test]
    fn whenever_it_is_closed_nothing_is_lost_and_nothing_more_is_taken(
        before in vec(turns(), 0..40),
        after in vec(turns(), 0..20),
    ) {
        let mut world = World::new();
        for turn in &before {
            world.take(turn);
        }
        world.typing.on(TypingEvent::Close);
        for turn in &after {
            match turn {
                Turn::Write | Turn::TakeAway(_) => {
                    prop_assert!(!world.typing.typed("too late".to_owned(), world.now));
                }
                Turn::Refresh => prop_assert_eq!(world.typing.refresh(), None),
                other => world.take(other),
            }
            if world.typing.state().closed {
                let is_settled = world.typing.is_settled(world.typing.newest());
                prop_assert!(is_settled || world.typing.state().failure.is_some());
            }
        }
        world.come_to_rest();
        prop_assert!(world.typing.state().closed);
        world.check_document();
    }
}
