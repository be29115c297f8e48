//! Counting refusals that are equal.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use enhance_model::{DocumentId, Timestamp};

use crate::storage::{
    audit::{Action, Event},
    people::Sender,
};

/// Milliseconds within which equal refusals are counted together.
const TOGETHER_MS: i64 = 60 * 60 * 1000;
/// Refusals that are equal: by whom, if that is known, and of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    by: Option<Sender>,
    /// A kind of request or entry and a code.
    what: String,
}

#[derive(Debug)]
struct Tally {
    since: Timestamp,
    /// How many there were after the first row.
    more: u64,
}

/// Refusals that are counted and not written yet.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<BTreeMap<Key, Tally>>);

impl Refusals {
    /// Counts refusals. What is returned is to be written.
    pub(super) fn count(
        &self,
        by: Option<Sender>,
        what: String,
        (document, count): (Option<DocumentId>, u64),
        now: Timestamp,
    ) -> Option<Event> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = Key { by, what };
        if let Some(tally) = counted.get_mut(&key) {
            tally.more = tally.more.saturating_add(count);
            return None;
        }
        let event = Event { document, ..row(&key, count) };
        counted.insert(key, Tally { since: now, more: 0 });
        Some(event)
    }

    /// Takes the counts whose hour is over, or all of them.
    pub(super) fn over(&self, now: Option<Timestamp>) -> Vec<Event> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over =
            |tally: &Tally| now.is_none_or(|now| tally.since.plus_millis(TOGETHER_MS) <= now);
        let mut rows = Vec::new();
        counted.retain(|key, tally| {
            if !is_over(tally) {
                return true;
            }
            rows.extend((tally.more > 0).then(|| row(key, tally.more)));
            false
        });
        rows
    }
}

fn row(key: &Key, count: u64) -> Event {
    let detail = match count {
        1 => key.what.clone(),
        _ => format!("{} x{count}", key.what),
    };
    Event { by: key.by, ..Event::of_server(Action::Refuse, detail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(refusals: &Refusals, count: u64, minute: i64) -> Option<String> {
        let now = Timestamp::from_unix_millis(minute * 60_000);
        let row = refusals.count(None, "change bomb".into(), (None, count), now);
        row.map(|event| event.detail)
    }

    #[test]
    fn equal_refusals_of_an_hour_are_two_rows() {
        let refusals = Refusals::default();
        assert_eq!(counted(&refusals, 3, 0).as_deref(), Some("change bomb x3"));
        for minute in 1..60 {
            assert_eq!(counted(&refusals, 1_000, minute), None);
        }
        let at = |minute: i64| Some(Timestamp::from_unix_millis(minute * 60_000));
        assert!(refusals.over(at(59)).is_empty());
        let rows: Vec<_> = refusals.over(at(60)).into_iter().map(|row| row.detail).collect();
        assert_eq!(rows, ["change bomb x59000"]);
        assert_eq!(counted(&refusals, 1, 61).as_deref(), Some("change bomb"));
        assert!(refusals.over(None).is_empty(), "what is written is not counted again");
    }
}
