//! What a person may want to look at again: it is said, and stops nobody.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{EvidenceStanding, GoalStatus, LearningSession, PersonalRecord};
use crate::{CalendarDate, ItemId, Noun, chart::Exact, folding::label, learning_log::Period};

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
    /// Two absences share days, which count once.
    AbsencesOverlap { one: ItemId, other: ItemId },
    /// An absence goes on in the next training year, and which of its days were rostered in which
    /// year is a guess.
    AbsenceInTwoYears {
        absence: ItemId,
        /// The last day of the training year in which it began.
        until: CalendarDate,
    },
    /// Two breaks share days, which count once.
    BreaksOverlap { one: ItemId, other: ItemId },
    /// An absence has days in a break, which are no absence.
    AbsenceInBreak { absence: ItemId, career_break: ItemId },
    /// An absence has days on which no placement is on, when nobody is rostered.
    AbsenceOutsidePlacements { absence: ItemId },
    /// Two changes of hours of one placement begin on one day, and one of them counts.
    HoursTwice {
        one: ItemId,
        other: ItemId,
        /// The day on which both begin.
        from: CalendarDate,
    },
    /// One piece of evidence is linked twice to the same statement, and counts once.
    EvidenceTwice { one: ItemId, other: ItemId },
    /// What a supervisor is said to say of evidence is the trainee's own word.
    OwnWord { link: ItemId },
    /// A step of a journey is in the same setting as the one before it.
    SameSetting { one: ItemId, other: ItemId },
    /// Two steps of a journey have one place in its order.
    StepsAtOnce { one: ItemId, other: ItemId },
    /// The day of an open goal, a deadline or a certificate is over already.
    DayIsOver { thing: ItemId, day: CalendarDate },
    /// Two devices set a field differently at once, and one of the values shows.
    SetApart {
        thing: ItemId,
        field: String,
        /// As they are typed, the one that shows meanwhile last.
        values: Vec<String>,
    },
}

impl PersonalRecord {
    /// What may be a slip among the sessions, placements and absences of a period.
    pub fn warnings(&self, period: Period) -> Vec<RecordWarning> {
        let in_period = |session: &LearningSession| period.contains(session.day());
        let sessions = self.sessions.iter().filter(|(_, session)| in_period(session));
        let sessions: Vec<_> = sessions.map(|(id, session)| (*id, session)).collect();
        let mut warnings = twice(&sessions);
        let known: BTreeSet<_> = warnings.iter().filter_map(RecordWarning::pair).collect();
        let apart = |warning: &RecordWarning| warning.pair().is_none_or(|it| !known.contains(&it));
        warnings.extend(overlapping(sessions).into_iter().filter(apart));
        warnings.extend(self.above_full_time(period));
        warnings.extend(self.days_away_overlapping(period));
        warnings.extend(self.absences_in_two_years(period));
        warnings.extend(self.absences_outside_placements(period));
        warnings.extend(self.hours_twice(period));
        warnings.extend(self.set_apart(|id| self.is_counted_in(id, period)));
        warnings.truncate(MOST);
        warnings
    }

    /// What may be a slip about one thing, as it is on a day.
    pub fn warnings_about(
        &self,
        id: ItemId,
        today: CalendarDate,
        standing: &EvidenceStanding,
    ) -> Vec<RecordWarning> {
        let year_of = |day| Some(self.training_year(day));
        let period = match self.noun_of(id) {
            Some(Noun::LearningSession) => {
                self.sessions.get(&id).and_then(|one| year_of(one.day()))
            }
            Some(Noun::Placement) => self.placements.get(&id).and_then(|one| year_of(one.start)),
            Some(Noun::WteChange) => self.wte_changes.get(&id).and_then(|one| year_of(one.from)),
            Some(Noun::Absence | Noun::CareerBreak) => self.days_away_of(id),
            Some(Noun::JourneyStep) => return self.same_places(id),
            _ => None,
        };
        let of_year = period.map(|period| self.warnings(period)).unwrap_or_default();
        let is_apart = |warning: &RecordWarning| matches!(warning, RecordWarning::SetApart { .. });
        let mut warnings: Vec<_> = of_year
            .into_iter()
            .filter(|warning| warning.things().contains(&id) && !is_apart(warning))
            .collect();
        warnings.extend(self.set_apart(|thing| thing == id));
        warnings.extend(self.evidence_twice(id, standing));
        let is_said = self.evidence.get(&id).is_some_and(|link| link.agreement.is_some());
        warnings.extend(is_said.then_some(RecordWarning::OwnWord { link: id }));
        let over = self.last_day_of(id).filter(|day| *day < today);
        warnings.extend(over.map(|day| RecordWarning::DayIsOver { thing: id, day }));
        warnings
    }

    /// What two devices set differently at once in some things.
    fn set_apart(&self, is_of: impl Fn(ItemId) -> bool) -> Vec<RecordWarning> {
        let apart = self.disagreements.iter().filter_map(|one| {
            let (thing, field) = one.of_item()?;
            let values = one.values.iter().map(|value| value.text.clone()).collect();
            is_of(thing).then(|| RecordWarning::SetApart { thing, field: field.to_owned(), values })
        });
        apart.take(MOST).collect()
    }

    /// Whether the learning log of a period may be another by what a thing says.
    fn is_counted_in(&self, id: ItemId, period: Period) -> bool {
        match self.noun_of(id) {
            Some(Noun::LearningSession) => {
                self.sessions.get(&id).is_some_and(|one| period.contains(one.day()))
            }
            Some(Noun::Placement | Noun::WteChange | Noun::CareerBreak | Noun::Absence) => true,
            _ => false,
        }
    }

    /// By when a goal that is open is due, a deadline closes or a certificate runs out.
    fn last_day_of(&self, id: ItemId) -> Option<CalendarDate> {
        let goal = self.goals.get(&id).filter(|goal| goal.status == GoalStatus::Open);
        let goal = goal.and_then(|goal| goal.due);
        let deadline = self.deadlines.get(&id).map(|one| one.at);
        goal.or(deadline).or(self.certificates.get(&id).and_then(|one| one.expires))
    }

    /// Another link from the same piece of evidence to the same statement.
    fn evidence_twice(&self, id: ItemId, standing: &EvidenceStanding) -> Option<RecordWarning> {
        let link = self.evidence.get(&id)?;
        let is_same = |(other, one): &(&ItemId, &super::EvidenceLink)| {
            **other != id
                && one.statement == link.statement
                && standing.is_one_piece(one.evidence, link.evidence)
        };
        let (other, _) = self.evidence.iter().find(is_same)?;
        Some(RecordWarning::EvidenceTwice { one: *other, other: id })
    }

    /// Absences and breaks that share days of a period.
    fn days_away_overlapping(&self, period: Period) -> Vec<RecordWarning> {
        let is_here =
            |(_, days): &(ItemId, Period)| days.from() <= period.to() && days.to() >= period.from();
        let all = self.absences.keys().chain(self.breaks.keys());
        let all = all.filter_map(|id| Some((*id, self.days_away_of(*id)?)));
        let mut away: Vec<_> = all.filter(is_here).collect();
        away.sort_by_key(|(id, days)| (days.from(), *id));
        let mut found = Vec::new();
        for (index, (one, days)) in away.iter().enumerate() {
            let later = away.iter().skip(index + 1);
            let shared = later.take_while(|(_, other)| other.from() <= days.to());
            let is_here = |(_, other): &&(ItemId, Period)| {
                other.from() <= period.to() && days.to().min(other.to()) >= period.from()
            };
            found.extend(shared.filter(is_here).map(|(other, _)| self.overlap(*one, *other)));
            if found.len() > MOST {
                break;
            }
        }
        found
    }

    fn overlap(&self, one: ItemId, other: ItemId) -> RecordWarning {
        match (self.breaks.contains_key(&one), self.breaks.contains_key(&other)) {
            (false, false) => RecordWarning::AbsencesOverlap { one, other },
            (true, true) => RecordWarning::BreaksOverlap { one, other },
            (true, false) => RecordWarning::AbsenceInBreak { absence: other, career_break: one },
            (false, true) => RecordWarning::AbsenceInBreak { absence: one, career_break: other },
        }
    }

    /// The days of an absence or a break; a break without an end goes on.
    fn days_away_of(&self, id: ItemId) -> Option<Period> {
        let absence = self.absences.get(&id).map(|one| (one.from, one.last_day()));
        let career_break = self.breaks.get(&id);
        let career_break = career_break.map(|one| (one.from, one.to.unwrap_or(CalendarDate::MAX)));
        let (from, to) = absence.or(career_break)?;
        Period::new(from, to).ok()
    }

    fn absences_in_two_years(&self, period: Period) -> Vec<RecordWarning> {
        let is_here = |from, last| from <= period.to() && last >= period.from();
        let absences = self.absences.iter().filter(|(_, one)| is_here(one.from, one.last_day()));
        let goes_on = absences.take(MOST).filter_map(|(id, one)| {
            let until = self.training_year(one.from).to();
            let warning = RecordWarning::AbsenceInTwoYears { absence: *id, until };
            (until < one.last_day()).then_some(warning)
        });
        goes_on.collect()
    }

    /// Absences with days on which no placement is on. Where none is noted at all full time is taken
    /// for granted, and every day with it.
    fn absences_outside_placements(&self, period: Period) -> Vec<RecordWarning> {
        if self.placements.is_empty() {
            return Vec::new();
        }
        let is_here = |from, last| from <= period.to() && last >= period.from();
        let absences = self.absences.iter().filter(|(_, one)| is_here(one.from, one.last_day()));
        let outside = absences.filter(|(_, one)| !self.is_placed(one.from, one.last_day()));
        let warning =
            |(id, _): (&ItemId, _)| RecordWarning::AbsenceOutsidePlacements { absence: *id };
        outside.map(warning).take(MOST).collect()
    }

    /// Whether a placement is on all the days from one to another.
    fn is_placed(&self, from: CalendarDate, to: CalendarDate) -> bool {
        let mut day = from;
        // Each placement carries on at most once.
        for _ in 0..self.placements.len() {
            let on = self.placements.values().filter(|one| one.start <= day && day <= one.end);
            let Some(end) = on.map(|one| one.end).max() else { return false };
            match end.tomorrow() {
                Ok(next) if end < to => day = next,
                _ => return true,
            }
        }
        false
    }

    /// Changes of hours of one placement that begin on one day of a period.
    fn hours_twice(&self, period: Period) -> Vec<RecordWarning> {
        let mut by_day: BTreeMap<(ItemId, CalendarDate), ItemId> = BTreeMap::new();
        let here = self.wte_changes.iter().filter(|(_, one)| period.contains(one.from));
        let twice = here.filter_map(|(id, change)| {
            let one = by_day.insert((change.placement, change.from), *id)?;
            Some(RecordWarning::HoursTwice { one, other: *id, from: change.from })
        });
        twice.take(MOST).collect()
    }

    /// Where a step is in the same place as one beside it.
    fn same_places(&self, id: ItemId) -> Vec<RecordWarning> {
        let steps = self.steps.get(&id).map(|step| self.steps_of(step.journey));
        let steps = steps.unwrap_or_default();
        let pairs = steps.iter().zip(steps.iter().skip(1));
        let beside = pairs.filter(|((one, _), (other, _))| *one == id || *other == id);
        let found = beside.flat_map(|((one, before), (other, after))| {
            let (one, other) = (*one, *other);
            let is_said = !before.setting.trim().is_empty();
            let is_setting = is_said && label(&before.setting) == label(&after.setting);
            let is_place = before.place.is_some() && before.place == after.place;
            let at_once = is_place.then_some(RecordWarning::StepsAtOnce { one, other });
            at_once
                .into_iter()
                .chain(is_setting.then_some(RecordWarning::SameSetting { one, other }))
        });
        found.collect()
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
            _ => None,
        }
    }

    /// The things it is about.
    pub fn things(&self) -> Vec<ItemId> {
        match self {
            Self::SessionTwice { one, other }
            | Self::SessionsOverlap { one, other }
            | Self::AbsencesOverlap { one, other }
            | Self::BreaksOverlap { one, other }
            | Self::AbsenceInBreak { absence: one, career_break: other }
            | Self::SameSetting { one, other }
            | Self::StepsAtOnce { one, other }
            | Self::HoursTwice { one, other, .. }
            | Self::EvidenceTwice { one, other } => vec![*one, *other],
            Self::AboveFullTime { placements, .. } => placements.clone(),
            Self::OwnWord { link: thing }
            | Self::DayIsOver { thing, .. }
            | Self::SetApart { thing, .. }
            | Self::AbsenceOutsidePlacements { absence: thing }
            | Self::AbsenceInTwoYears { absence: thing, .. } => vec![*thing],
        }
    }
}

/// Sessions of one day with one name, however it is written.
fn twice(sessions: &[(ItemId, &LearningSession)]) -> Vec<RecordWarning> {
    let mut by_name: BTreeMap<(CalendarDate, String), ItemId> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, session) in sessions {
        let name = (session.day(), label(&session.title));
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
mod tests;
