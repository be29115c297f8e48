//! What an edit of a personal record must not say, asked before anything is written.
//!
//! Refused is what cannot be: an end before its beginning, shares that are no whole, and, where it
//! is typed now, what lies in the future and is said to have been (`typed.rs`). What may be a slip is
//! only warned of (`warnings.rs`).

use std::{collections::BTreeSet, ops::RangeInclusive};

use self::names::name_of;
use super::{EvidenceSource, LearningSession, PersonalRecord, RecordEdit, SplitFault, exact};
use crate::{
    CalendarDate, ItemId, Minutes, Noun, Timestamp,
    change_project::Value,
    chart::Exact,
    learning_log::Period,
    record::{TakenBack, Whole},
    years::OtherYear,
};

mod names;
mod typed;

pub(crate) use self::typed::STRETCH;

const CONFIDENCE: RangeInclusive<u32> = 0..=10;

/// Why an edit of a personal record is refused, in words for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// A personal record has no such things.
    #[error("a personal record has no {noun} to add")]
    NotOfRecord { noun: Noun },
    /// It lacks what it needs.
    #[error("{} {noun} needs {needs} too", article(*noun))]
    Incomplete {
        noun: Noun,
        /// The fields it needs, in a row.
        needs: String,
    },
    /// It says nothing where it has to.
    #[error("say {field}")]
    Blank { noun: Noun, field: &'static str },
    /// It ends before it begins.
    #[error("it cannot end on {end}, before it begins on {start}")]
    EndsBeforeStart { start: CalendarDate, end: CalendarDate },
    /// Hours are outside of what a post has.
    #[error("whole-time equivalents go from 0.2 to 1, and {wte} is outside")]
    Wte { wte: Value },
    /// Hours change while the placement does not run.
    #[error("the hours change on {from}, and the placement runs from {start} to {end}")]
    OutsidePlacement { from: CalendarDate, start: CalendarDate, end: CalendarDate },
    /// What the edit names is not there.
    #[error("{of} names a {noun} {id} that is not in this record")]
    Unknown {
        /// The field that names it.
        of: &'static str,
        noun: Noun,
        id: ItemId,
    },
    /// It cannot have been yet.
    #[error("{at} lies in the future, and {} {noun} is noted once it was", article(*noun))]
    Future {
        noun: Noun,
        /// When it would have been.
        at: String,
    },
    /// It took no time.
    #[error("it took at least a minute")]
    NoMinutes,
    /// A part is more than the whole.
    #[error("{online} of it online are more than the {minutes} it took")]
    OnlineLonger { online: Minutes, minutes: Minutes },
    /// Days absent are none, or more than there were.
    #[error("{days} days are not between half a day and the {most} from its first day to its last")]
    Days {
        days: Value,
        /// How many days there are from the first to the last.
        most: u32,
    },
    /// A number is outside of its range.
    #[error("{field} goes from {lowest} to {highest}, not {number}")]
    Range { field: &'static str, lowest: u32, highest: u32, number: u32 },
    /// A part of a placement is no part of it.
    #[error(transparent)]
    Split(SplitFault),
    /// Nobody means this year.
    #[error(transparent)]
    Year(#[from] OtherYear),
}

impl PersonalRecord {
    /// Refuses edits that make no sense in this record, whenever they were written.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId,
    ///     personal_record::{PersonalRecord, Placement, RecordItem},
    /// };
    ///
    /// let (start, end) = (jiff::civil::date(2027, 2, 1), jiff::civil::date(2026, 8, 5));
    /// let organisation = "Bedford Hospital".to_owned();
    /// let placement = Placement { organisation, start, end, ..Placement::default() };
    /// let edits = placement.adding(ItemId::from_bytes([7; 16]));
    /// let fault = PersonalRecord::default().check(&edits).unwrap_err();
    /// assert_eq!(
    ///     fault.to_string(),
    ///     "it cannot end on 2026-08-05, before it begins on 2027-02-01"
    /// );
    /// ```
    pub fn check(&self, edits: &[RecordEdit]) -> Result<(), RecordFault> {
        let after = self.with(edits);
        let touched = after.touched(edits)?;
        touched.into_iter().try_for_each(|(noun, id)| after.check_thing(noun, id))
    }

    /// The same of what was in a record before and is read back: what it names may have been taken
    /// back there, and did not come along.
    pub fn check_as_it_was(&self, edits: &[RecordEdit]) -> Result<(), RecordFault> {
        let mut after = self.with(edits);
        for (noun, id) in after.touched(edits)? {
            // Each pass takes one thing that it names for taken back, and it names but a few.
            while let Err(fault) = after.check_thing(noun, id) {
                let RecordFault::Unknown { noun, id: lost, .. } = fault else { return Err(fault) };
                if after.noun_of(lost).is_some() || after.taken_back.contains_key(&lost) {
                    return Err(fault);
                }
                let (label, at) = (String::new(), Timestamp::default());
                after.taken_back.insert(lost, TakenBack { noun, label, at });
            }
        }
        Ok(())
    }

    /// The things that edits are of and that stand after them.
    fn touched(&self, edits: &[RecordEdit]) -> Result<BTreeSet<(Noun, ItemId)>, RecordFault> {
        let mut touched = BTreeSet::new();
        for edit in edits {
            match edit {
                RecordEdit::Add { noun, .. }
                | RecordEdit::TakeBack { noun, .. }
                | RecordEdit::PutBack { noun, .. }
                    if Self::key_of(*noun).is_none() =>
                {
                    return Err(RecordFault::NotOfRecord { noun: *noun });
                }
                RecordEdit::Add { noun, id } => drop(touched.insert((*noun, *id))),
                edit => touched.extend(edit.record().map(|record| (record.noun, record.id))),
            }
        }
        touched.retain(|(_, id)| !self.taken_back.contains_key(id));
        Ok(touched)
    }

    fn check_thing(&self, noun: Noun, id: ItemId) -> Result<(), RecordFault> {
        let is_there = self.noun_of(id) == Some(noun);
        if !is_there {
            let needed = Self::fields_of(noun).iter().filter(|field| field.is_needed);
            let needs: Vec<&str> = needed.map(|field| field.key).collect();
            return if needs.is_empty() {
                Ok(())
            } else {
                Err(RecordFault::Incomplete { noun, needs: needs.join(" and ") })
            };
        }
        match noun {
            Noun::Placement => self.check_placement(id),
            Noun::Supervisor => self.supervisors.get(&id).map_or(Ok(()), |one| {
                self.known(Noun::Placement, "placement", one.placement)?;
                said(noun, Some(&one.name).filter(|_| one.person.is_none()))
            }),
            Noun::WteChange => self.check_hours(id),
            Noun::CareerBreak => self
                .breaks
                .get(&id)
                .map_or(Ok(()), |one| in_order(one.from, one.to.unwrap_or(one.from))),
            Noun::Absence => self.check_absence(id),
            Noun::LearningSession => self.sessions.get(&id).map_or(Ok(()), check_session),
            Noun::Experience => self.check_experience(id),
            Noun::JourneyStep => self
                .steps
                .get(&id)
                .map_or(Ok(()), |step| self.known(Noun::PatientJourney, "journey", step.journey)),
            Noun::PdpGoal => said(noun, self.goals.get(&id).map(|one| &one.text)),
            Noun::Certificate => self.certificates.get(&id).map_or(Ok(()), |one| {
                said(noun, Some(&one.title))?;
                let (issued, expires) = (one.issued, one.expires);
                issued.zip(expires).map_or(Ok(()), |(start, end)| in_order(start, end))
            }),
            Noun::EvidenceLink => self.check_evidence(id),
            Noun::EvidenceDeadline => said(noun, self.deadlines.get(&id).map(|one| &one.name)),
            Noun::Debrief => self.check_debrief(id),
            _ => Ok(()),
        }
    }

    fn check_debrief(&self, id: ItemId) -> Result<(), RecordFault> {
        let Some(debrief) = self.debriefs.get(&id) else { return Ok(()) };
        in_range("confidence_before", &CONFIDENCE, debrief.confidence_before)?;
        in_range("confidence_after", &CONFIDENCE, debrief.confidence_after)
    }

    fn check_placement(&self, id: ItemId) -> Result<(), RecordFault> {
        let Some(placement) = self.placements.get(&id) else { return Ok(()) };
        said(Noun::Placement, Some(&placement.organisation))?;
        in_order(placement.start, placement.end)?;
        placement.wte.as_ref().map_or(Ok(()), check_wte)
    }

    fn check_hours(&self, id: ItemId) -> Result<(), RecordFault> {
        let Some(change) = self.wte_changes.get(&id) else { return Ok(()) };
        self.known(Noun::Placement, "placement", change.placement)?;
        check_wte(&change.wte)?;
        let from = change.from;
        match self.placements.get(&change.placement) {
            Some(one) if from < one.start || from > one.end => {
                Err(RecordFault::OutsidePlacement { from, start: one.start, end: one.end })
            }
            _ => Ok(()),
        }
    }

    fn check_absence(&self, id: ItemId) -> Result<(), RecordFault> {
        let Some(absence) = self.absences.get(&id) else { return Ok(()) };
        in_order(absence.from, absence.last_day())?;
        let most = Period::new(absence.from, absence.last_day()).map_or(1, Period::days);
        let days = exact(&absence.days);
        let is_within = days >= Exact::sum([(1, 2)]) && days <= Exact::sum([(most.into(), 1)]);
        if !is_within || absence.days.fault().is_some() {
            return Err(RecordFault::Days { days: absence.days.clone(), most });
        }
        Ok(())
    }

    fn check_experience(&self, id: ItemId) -> Result<(), RecordFault> {
        let Some(experience) = self.experiences.get(&id) else { return Ok(()) };
        said(Noun::Experience, Some(&experience.host))?;
        let placement = experience.placement;
        placement.map_or(Ok(()), |one| self.known(Noun::Placement, "placement", one))
    }

    fn check_evidence(&self, id: ItemId) -> Result<(), RecordFault> {
        let Some(link) = self.evidence.get(&id) else { return Ok(()) };
        said(Noun::EvidenceLink, Some(&link.justification))?;
        match link.evidence {
            EvidenceSource::Item(item) if self.noun_of(item).is_none() => {
                self.known(Noun::LearningSession, "evidence", item)
            }
            _ => Ok(()),
        }
    }

    /// A thing that an edit names must be there; what was taken back still is.
    fn known(&self, noun: Noun, of: &'static str, id: ItemId) -> Result<(), RecordFault> {
        let is_there = self.noun_of(id) == Some(noun);
        let is_taken_back = self.taken_back.contains_key(&id);
        if is_there || is_taken_back { Ok(()) } else { Err(RecordFault::Unknown { of, noun, id }) }
    }
}

fn check_session(session: &LearningSession) -> Result<(), RecordFault> {
    said(Noun::LearningSession, Some(&session.title))?;
    if session.minutes == Minutes(0) {
        return Err(RecordFault::NoMinutes);
    }
    if let Some(online) = session.online.filter(|online| *online > session.minutes) {
        return Err(RecordFault::OnlineLonger { online, minutes: session.minutes });
    }
    Ok(())
}

fn check_wte(wte: &Value) -> Result<(), RecordFault> {
    let number = exact(wte);
    let is_within = number >= Exact::sum([(1, 5)]) && number <= Exact::sum([(1, 1)]);
    if is_within && wte.fault().is_none() {
        Ok(())
    } else {
        Err(RecordFault::Wte { wte: wte.clone() })
    }
}

fn said(noun: Noun, text: Option<&String>) -> Result<(), RecordFault> {
    match name_of(noun) {
        Some((_, field)) if text.is_some_and(|text| text.trim().is_empty()) => {
            Err(RecordFault::Blank { noun, field })
        }
        _ => Ok(()),
    }
}

fn in_order(start: CalendarDate, end: CalendarDate) -> Result<(), RecordFault> {
    if end < start { Err(RecordFault::EndsBeforeStart { start, end }) } else { Ok(()) }
}

fn in_range(
    field: &'static str,
    range: &RangeInclusive<u32>,
    number: Option<Whole>,
) -> Result<(), RecordFault> {
    match number {
        Some(Whole(number)) if !range.contains(&number) => {
            let (lowest, highest) = (*range.start(), *range.end());
            Err(RecordFault::Range { field, lowest, highest, number })
        }
        _ => Ok(()),
    }
}

/// What stands before a kind of thing in a sentence.
fn article(noun: Noun) -> &'static str {
    if noun.as_str().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests;
