//! A nudge: that somebody waits for something in a plan, said once and not again for a week.
//!
//! It stands in the nudger's own comments on the plan, so that whoever reads those reads it. Its id
//! follows from the plan, the place and the day: what two devices send is one, and of two people who
//! nudge on one day it is known that they mean the same. What two devices said in different words,
//! because neither knew of the other, is read one after the other.

use std::collections::BTreeMap;

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
/// So many nudges of one person about a plan wait at most, the newest of them: a quarter of a year
/// in which nobody looked. Nobody pushes out what others said.
pub const MOST: usize = 12;
/// So many different words of one person are read in one nudge at most, the first of them. More are
/// said only by more devices that knew nothing of each other, or by one that keeps to no rule.
pub const MOST_WORDS: usize = 5;

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

/// Nudges of one day about one thing, as who is waited for is shown them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingNudge {
    pub id: ItemId,
    /// What each of them said, the first to say so first. Whoever said different things on devices
    /// that knew nothing of each other is there with each.
    pub said: Vec<(PersonId, Nudge)>,
}

impl StandingNudge {
    /// The newest of them, which says since when it waits.
    pub fn newest(&self) -> Option<&Nudge> {
        self.said.iter().map(|(_, nudge)| nudge).max_by_key(|nudge| nudge.at)
    }
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

/// The id under which other words are read that a person's other device sent under one id at once.
pub fn id_of_other_words(id: ItemId, why: &str) -> ItemId {
    let mut hasher = Sha256::new();
    hasher.update(b"enhance nudge words 1\0");
    hasher.update(id.as_bytes());
    hasher.update(why.as_bytes());
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

/// The nudges that stand, the newest first: those that were sent after who is waited for wrote in
/// the plan herself, if she did. What anybody else writes answers nothing. Of each person none
/// counts that follows another within a week: its words are read with that one. The newest few
/// count, so that nobody fills an inbox, whatever their phone sends.
pub fn standing<'a>(
    sent: impl IntoIterator<Item = (PersonId, &'a Items<Nudge>)>,
    answered_at: Option<Timestamp>,
) -> Vec<StandingNudge> {
    let mut by_person: BTreeMap<PersonId, Vec<(&Nudge, ItemId)>> = BTreeMap::new();
    for (person, nudges) in sent {
        let open = nudges.iter().filter(|(_, one)| answered_at.is_none_or(|at| one.at > at));
        by_person.entry(person).or_default().extend(open.map(|(id, one)| (one, *id)));
    }
    let mut standing: Items<StandingNudge> = Items::new();
    for (person, sent) in by_person {
        let mut counting = counting(sent);
        for (id, words) in counting.split_off(counting.len().saturating_sub(MOST)) {
            let new = || StandingNudge { id, said: Vec::new() };
            let said = words.into_iter().map(|nudge| (person, nudge.clone()));
            standing.get_or_insert_with(id, new).said.extend(said);
        }
    }
    let mut standing: Vec<StandingNudge> = standing.into_values().collect();
    for one in &mut standing {
        one.said.sort_by_key(|(person, nudge)| (nudge.at, *person));
    }
    standing.sort_by_key(|one| std::cmp::Reverse((one.newest().map(|one| one.at), one.id)));
    standing
}

/// Those of one person's nudges that count, the oldest first, each with those that were sent within
/// a week of it in other words.
fn counting(mut sent: Vec<(&Nudge, ItemId)>) -> Vec<(ItemId, Vec<&Nudge>)> {
    sent.sort_by_key(|(nudge, id)| (nudge.at, *id));
    let mut counting: Vec<(ItemId, Vec<&Nudge>)> = Vec::new();
    for (nudge, id) in sent {
        match counting.last_mut() {
            Some((_, words)) if nudge.at.millis_since(words[0].at) < WAIT_MILLIS => {
                let is_new = words.iter().all(|said| said.why != nudge.why);
                if is_new && words.len() < MOST_WORDS {
                    words.push(nudge);
                }
            }
            _ => counting.push((id, vec![nudge])),
        }
    }
    counting
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

    fn by(standing: &StandingNudge) -> Vec<PersonId> {
        standing.said.iter().map(|(person, _)| *person).collect()
    }

    #[test]
    fn two_people_who_nudge_on_one_day_give_one_with_both_names() {
        let [one, other] = [sent(&[3]), sent(&[3])];
        let standing = standing([(person(1), &one), (person(2), &other)], None);
        assert_eq!(standing.len(), 1);
        assert_eq!(by(&standing[0]), [person(1), person(2)]);
    }

    #[test]
    fn what_each_of_two_says_is_kept_with_who_said_it() {
        let (one, mut other) = (sent(&[3]), sent(&[3]));
        other.values_mut().for_each(|nudge| nudge.why = "Any news of the lamps?".into());
        let standing = standing([(person(1), &one), (person(2), &other)], None);
        let said = standing[0].said.iter().map(|(person, nudge)| (*person, nudge.why.as_str()));
        let expected = [(person(1), "How is it?"), (person(2), "Any news of the lamps?")];
        assert_eq!(said.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn two_devices_of_one_person_give_one() {
        let [phone, tablet] = [sent(&[3]), sent(&[3, 4])];
        let standing = standing([(person(1), &phone), (person(1), &tablet)], None);
        assert_eq!(standing.len(), 1, "and the one of the next day is too soon");
        assert_eq!(by(&standing[0]), [person(1)]);
    }

    #[test]
    fn what_two_devices_of_one_person_say_within_a_week_is_read_with_the_first() {
        let (phone, mut tablet) = (sent(&[3]), sent(&[4]));
        tablet.values_mut().for_each(|nudge| nudge.why = "Any news of the lamps?".into());
        let standing = standing([(person(1), &tablet), (person(1), &phone)], None);
        assert_eq!(standing.len(), 1, "it is one nudge");
        let words = standing[0].said.iter().map(|(_, nudge)| nudge.why.as_str());
        assert_eq!(words.collect::<Vec<_>>(), ["How is it?", "Any news of the lamps?"]);
    }

    #[test]
    fn nobody_fills_a_nudge_with_words() {
        let said = |number: i64| {
            let nudge = Nudge { why: format!("And {number}?"), anchor: String::new(), at: at(3) };
            (id_of_other_words(id_of(PLAN, "", local_day(at(3))), &nudge.why), nudge)
        };
        let loud: Items<Nudge> = (0..100).map(said).collect();
        let standing = standing([(person(1), &loud)], None);
        assert_eq!((standing.len(), standing[0].said.len()), (1, MOST_WORDS));
    }

    #[test]
    fn nobody_fills_an_inbox_and_nobody_pushes_out_what_others_said() {
        let every_day: Vec<i64> = (1..365).collect();
        let [loud, quiet] = [sent(&every_day), sent(&[2])];
        let standing = standing([(person(1), &loud), (person(2), &quiet)], None);
        let of = |person| standing.iter().filter(|one| by(one).contains(&person)).count();
        assert_eq!((of(person(1)), of(person(2))), (MOST, 1));
    }

    #[test]
    fn what_was_answered_by_writing_in_the_project_waits_no_more() {
        let own = sent(&[3]);
        assert_eq!(standing([(person(1), &own)], Some(at(4))), []);
        assert_eq!(standing([(person(1), &own)], Some(at(2))).len(), 1, "written before it");
        assert_eq!(standing([(person(1), &own)], None).len(), 1, "and not at all");
    }

    #[test]
    fn one_nudges_again_after_a_week() {
        let own = sent(&[3]);
        assert!(in_the_way(&own, at(9)).is_some());
        assert!(in_the_way(&own, at(10)).is_none());
        assert!(in_the_way(&own, at(-20)).is_none(), "a clock that was ahead");
    }
}
