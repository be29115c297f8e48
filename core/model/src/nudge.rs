//! A nudge: that somebody waits for something in a plan, said once and not again for a week.
//!
//! It stands in the nudger's own comments on the plan, so that whoever reads those reads it. Its id
//! follows from the plan, the place and the day: what two devices send is one, and of two people who
//! nudge on one day it is known that they mean the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    CalendarDate, DocumentId, ItemId, Items, PersonId, Timestamp, learning_log::local_day,
    time::DAY_MS,
};

/// Milliseconds for which one person nudges once in a plan: a week.
pub const WAIT_MILLIS: u64 = 7 * DAY_MS.unsigned_abs();
/// Letters of the longest reason.
pub const WHY_CHARS: usize = 280;
/// So many nudges of a plan wait at most, the newest of them.
pub const MOST: usize = 5;

/// That somebody waits for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nudge {
    /// What of the plan it is about: a section's name or an item's id. Empty for the whole.
    pub anchor: String,
    /// What they wait for, in their words.
    pub why: String,
    /// Device clock when it was sent.
    pub at: Timestamp,
}

/// Nudges of one day about one thing, as its owner is shown them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingNudge {
    pub id: ItemId,
    /// Everybody who waits, the first to say so first.
    pub by: Vec<PersonId>,
    /// What they wait for, each in their words; the same words once.
    pub words: Vec<String>,
    /// The newest of them.
    pub nudge: Nudge,
}

/// The id of a nudge of a day about a part of a plan, whoever sends it.
///
/// ```
/// use enhance_model::{DocumentId, nudge};
///
/// let plan = DocumentId::from_bytes([7; 16]);
/// let monday = "2027-03-01".parse()?;
/// assert_eq!(nudge::id_of(plan, "", monday), nudge::id_of(plan, "", monday));
/// assert_ne!(nudge::id_of(plan, "", monday), nudge::id_of(plan, "aim", monday));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn id_of(project: DocumentId, anchor: &str, day: CalendarDate) -> ItemId {
    let mut hasher = Sha256::new();
    hasher.update(b"enhance nudge 1\0");
    hasher.update(project.as_bytes());
    hasher.update(day.to_string().as_bytes());
    hasher.update(b"\0");
    hasher.update(anchor.as_bytes());
    ItemId::from_hash(hasher.finalize().into())
}

/// The nudge of this person that still stands in the way of another at this moment, if one does.
pub fn in_the_way<'a>(
    own: impl IntoIterator<Item = (&'a ItemId, &'a Nudge)>,
    now: Timestamp,
) -> Option<(ItemId, &'a Nudge)> {
    let (id, newest) = own.into_iter().max_by_key(|(id, nudge)| (nudge.at, **id))?;
    // A clock that was ahead and was put right keeps nobody from nudging for ever.
    let is_near = now.millis_since(newest.at) < WAIT_MILLIS && is_today_or_before(newest.at, now);
    is_near.then_some((*id, newest))
}

fn is_today_or_before(at: Timestamp, now: Timestamp) -> bool {
    local_day(at) <= local_day(now)
}

/// The nudges of a plan that count: sent after its last change, of each person none that follows
/// another within a week, and the newest few. So nobody fills an inbox, whatever their phone sends.
pub fn standing<'a>(
    sent: impl IntoIterator<Item = (PersonId, &'a Items<Nudge>)>,
    changed_at: Timestamp,
) -> Vec<StandingNudge> {
    let mut by_person: BTreeMap<PersonId, BTreeSet<(Timestamp, ItemId)>> = BTreeMap::new();
    let mut all: BTreeMap<(PersonId, ItemId), &Nudge> = BTreeMap::new();
    for (person, nudges) in sent {
        for (id, nudge) in nudges.iter().filter(|(_, nudge)| nudge.at > changed_at) {
            by_person.entry(person).or_default().insert((nudge.at, *id));
            all.insert((person, *id), nudge);
        }
    }
    let mut standing: Items<StandingNudge> = Items::new();
    for (person, sent) in by_person {
        let mut last: Option<Timestamp> = None;
        for (at, id) in sent {
            if last.is_some_and(|last| at.millis_since(last) < WAIT_MILLIS) {
                continue;
            }
            last = Some(at);
            let Some(nudge) = all.get(&(person, id)) else { continue };
            let (newest, words) = ((*nudge).clone(), Vec::new());
            let new = || StandingNudge { id, by: Vec::new(), words, nudge: newest };
            let one = standing.get_or_insert_with(id, new);
            if one.nudge.at < at {
                one.nudge = (*nudge).clone();
            }
            one.by.push(person);
            if !one.words.contains(&nudge.why) {
                one.words.push(nudge.why.clone());
            }
        }
    }
    let mut standing: Vec<StandingNudge> = standing.into_values().collect();
    standing.sort_by_key(|one| std::cmp::Reverse((one.nudge.at, one.id)));
    standing.truncate(MOST);
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: DocumentId = DocumentId::from_bytes([7; 16]);

    fn at(day: i64) -> Timestamp {
        Timestamp::from_unix_millis(1_795_000_000_000 + day * DAY_MS)
    }

    fn person(number: u8) -> PersonId {
        PersonId::from_bytes([number; 16])
    }

    fn sent(days: &[i64]) -> Items<Nudge> {
        let nudge = |day: &i64| {
            let nudge = Nudge { anchor: String::new(), why: "How is it?".into(), at: at(*day) };
            (id_of(PLAN, "", local_day(nudge.at)), nudge)
        };
        days.iter().map(nudge).collect()
    }

    #[test]
    fn two_people_who_nudge_on_one_day_give_one_with_both_names() {
        let [one, other] = [sent(&[3]), sent(&[3])];
        let standing = standing([(person(1), &one), (person(2), &other)], at(0));
        assert_eq!(standing.len(), 1);
        assert_eq!(standing[0].by, [person(1), person(2)]);
        assert_eq!(standing[0].words, ["How is it?"], "what both say is said once");
    }

    #[test]
    fn what_each_of_two_says_is_kept() {
        let (one, mut other) = (sent(&[3]), sent(&[3]));
        other.values_mut().for_each(|nudge| nudge.why = "Any news of the lamps?".into());
        let standing = standing([(person(1), &one), (person(2), &other)], at(0));
        assert_eq!(standing[0].words, ["How is it?", "Any news of the lamps?"]);
    }

    #[test]
    fn two_devices_of_one_person_give_one() {
        let [phone, tablet] = [sent(&[3]), sent(&[3, 4])];
        let standing = standing([(person(1), &phone), (person(1), &tablet)], at(0));
        assert_eq!(standing.len(), 1, "and the one of the next day is too soon");
        assert_eq!(standing[0].by, [person(1)]);
    }

    #[test]
    fn nobody_fills_an_inbox() {
        let every_day: Vec<i64> = (1..365).collect();
        let standing = standing([(person(1), &sent(&every_day))], at(0));
        assert_eq!(standing.len(), MOST);
    }

    #[test]
    fn what_was_answered_by_writing_in_the_project_waits_no_more() {
        assert_eq!(standing([(person(1), &sent(&[3]))], at(4)), []);
    }

    #[test]
    fn one_nudges_again_after_a_week() {
        let own = sent(&[3]);
        assert!(in_the_way(&own, at(9)).is_some());
        assert!(in_the_way(&own, at(10)).is_none());
        assert!(in_the_way(&own, at(-20)).is_none(), "a clock that was ahead");
    }
}
