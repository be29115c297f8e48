//! What a person may want to look at again: it is said, and stops nobody.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{LearningSession, PersonalRecord};
use crate::{CalendarDate, ItemId, chart::Exact, learning_log::Period};

/// More of them than this on one screen help nobody.
const MOST: usize = 100;

/// Something in a personal record that may be a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum RecordWarning {
    /// Two sessions say the same of the same day, and both count.
    SessionTwice { one: ItemId, other: ItemId },
    /// Two sessions went on at the same time, and both count.
    SessionsOverlap { one: ItemId, other: ItemId },
    /// Placements of one day add up to more than full time.
    AboveFullTime {
        /// The first such day.
        from: CalendarDate,
        placements: Vec<ItemId>,
    },
}

impl PersonalRecord {
    /// What may be a slip among the sessions and placements of a period.
    pub fn warnings(&self, period: Period) -> Vec<RecordWarning> {
        let in_period = |session: &LearningSession| period.contains(session.day());
        let sessions = self.sessions.iter().filter(|(_, session)| in_period(session));
        let sessions: Vec<_> = sessions.map(|(id, session)| (*id, session)).collect();
        let mut warnings = twice(&sessions);
        let known: BTreeSet<_> = warnings.iter().filter_map(RecordWarning::pair).collect();
        let apart = |warning: &RecordWarning| warning.pair().is_none_or(|it| !known.contains(&it));
        warnings.extend(overlapping(sessions).into_iter().filter(apart));
        warnings.extend(self.above_full_time(period));
        warnings.truncate(MOST);
        warnings
    }

    fn above_full_time(&self, period: Period) -> Option<RecordWarning> {
        let starts = self.placements.values().map(|one| one.start).chain([period.from()]);
        let days = starts.chain(self.wte_changes.values().map(|one| one.from));
        let days: BTreeSet<_> = days.filter(|day| period.contains(*day)).collect();
        let full = Exact::sum([(1, 1)]);
        days.into_iter().find_map(|day| {
            let on_day =
                self.placements.iter().filter(|(_, one)| one.start <= day && day <= one.end);
            let on_day: Vec<_> = on_day.collect();
            let wte = on_day.iter().map(|(id, one)| self.wte_of(**id, one, day));
            let sum = wte.fold(Exact::sum([]), |sum, wte| sum.plus(&wte));
            let placements = || on_day.iter().map(|(id, _)| **id).collect();
            (sum > full)
                .then(|| RecordWarning::AboveFullTime { from: day, placements: placements() })
        })
    }
}

impl RecordWarning {
    /// The two sessions it is about.
    fn pair(&self) -> Option<(ItemId, ItemId)> {
        match self {
            Self::SessionTwice { one, other } | Self::SessionsOverlap { one, other } => {
                Some((*one.min(other), *one.max(other)))
            }
            Self::AboveFullTime { .. } => None,
        }
    }
}

/// Sessions of one day with one name, however it is written.
fn twice(sessions: &[(ItemId, &LearningSession)]) -> Vec<RecordWarning> {
    let mut by_name: BTreeMap<(CalendarDate, String), ItemId> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, session) in sessions {
        let words: Vec<&str> = session.title.split_whitespace().collect();
        let name = (session.day(), words.join(" ").to_lowercase());
        if let Some(one) = by_name.insert(name, *id) {
            found.push(RecordWarning::SessionTwice { one, other: *id });
        }
    }
    found
}

fn overlapping(mut sessions: Vec<(ItemId, &LearningSession)>) -> Vec<RecordWarning> {
    sessions.sort_by_key(|(id, session)| (session.start, *id));
    let mut found = Vec::new();
    for (index, (one, session)) in sessions.iter().enumerate() {
        let later = sessions.iter().skip(index + 1);
        let at_once = later.take_while(|(_, other)| other.start < session.end());
        found.extend(
            at_once.map(|(other, _)| RecordWarning::SessionsOverlap { one: *one, other: *other }),
        );
        if found.len() > 2 * MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Minutes, personal_record::Placement};

    fn item(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn session(title: &str, start: &str, minutes: u32) -> LearningSession {
        LearningSession {
            title: title.to_owned(),
            start: start.parse().unwrap(),
            minutes: Minutes(minutes),
            ..LearningSession::default()
        }
    }

    #[test]
    fn overlaps_and_doubles_are_said_once_each() {
        let mut record = PersonalRecord::default();
        record.sessions.insert(item(1), session("Grand round", "2026-11-20T13:00:00Z", 60));
        record.sessions.insert(item(2), session("grand  Round", "2026-11-20T13:00:00Z", 60));
        record.sessions.insert(item(3), session("Audit", "2026-11-20T13:59:00Z", 30));
        record.sessions.insert(item(4), session("Audit", "2026-11-21T13:59:00Z", 30));
        record.sessions.insert(item(5), session("Clinic", "2026-11-20T14:29:00Z", 30));
        let warnings = record.warnings("2026-08-01..2027-07-31".parse().unwrap());
        let overlap =
            |one, other| RecordWarning::SessionsOverlap { one: item(one), other: item(other) };
        let twice = RecordWarning::SessionTwice { one: item(1), other: item(2) };
        assert_eq!(warnings, [twice, overlap(1, 3), overlap(2, 3)]);
        assert!(record.warnings("2027-08-01..2028-07-31".parse().unwrap()).is_empty());
    }

    #[test]
    fn placements_above_full_time_are_said_and_not_refused() {
        let of = |start: &str, wte: &str| Placement {
            start: start.parse().unwrap(),
            end: "2027-07-31".parse().unwrap(),
            wte: Some(wte.parse().unwrap()),
            ..Placement::default()
        };
        let mut record = PersonalRecord::default();
        record.placements.insert(item(1), of("2026-08-01", "2/3"));
        record.placements.insert(item(2), of("2026-10-01", "1/3"));
        let year = "2026-08-01..2027-07-31".parse().unwrap();
        assert_eq!(record.warnings(year), []);
        record.placements.insert(item(3), of("2026-12-01", "0.2"));
        let placements = vec![item(1), item(2), item(3)];
        let from = "2026-12-01".parse().unwrap();
        assert_eq!(record.warnings(year), [RecordWarning::AboveFullTime { from, placements }]);
    }
}
