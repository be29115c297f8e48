//! What an edit of a plan must not say, asked before anything is written.
//!
//! Words are never refused for what they say. What is refused is what cannot be: a value that its
//! unit does not have, an aim that goes the wrong way, a decision before anything was studied.

use super::{
    Aim, ChangeProject, Decision, Direction, Measure, ProjectEdit, Section, Status, TallyEdit,
    Unit, Value, names,
};
use crate::{
    CalendarDate, ItemId, Noun, Quoted, Timestamp,
    ahead::{day_is_ahead, value_is_ahead},
    learning_log::local_day,
    record::{FieldValue, FieldWrite, RecordRef},
    years::{OtherYear, in_our_years, value_in_our_years},
};

/// Limits of the first points that a phase keeps: with fewer they are only for trial (`mdc_2023`).
const FEWEST_FIXED: u32 = 12;
const SCALE: std::ops::RangeInclusive<u32> = 1..=5;
const FACTOR_YEARS: std::ops::RangeInclusive<u32> = 1990..=2200;

/// What is said to have been, by the thing and its field. A target, a phase, an output or the end of
/// a plan may lie ahead.
const FACTS: [(Noun, &str); 3] =
    [(Noun::Annotation, "at"), (Noun::Cycle, "did_at"), (Noun::Action, "done_at")];
/// The day on which something was seen.
const SEEN: (Noun, &str) = (Noun::Observation, "at");

/// Why an edit of a plan is refused, in words for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// What it is called by shows nothing.
    #[error("the {called} of the {noun} shows nothing; write it in letters that can be seen")]
    Blank { noun: Noun, called: &'static str },
    /// The aim does not go where it says.
    #[error("an aim to {direction} does not go from {from} to {to}")]
    AimDirection { direction: Direction, from: Value, to: Value },
    /// An end of the aim is no number.
    #[error(
        "the aim goes {which} {text}, which is neither a number nor a share such as 4/10",
        text = Quoted(.text)
    )]
    AimValue {
        /// Which end it is: `from` or `to`.
        which: &'static str,
        text: String,
    },
    /// The aim ends before it can be reached.
    #[error("the aim ends on {by}, which is not after {after}")]
    AimPast { by: CalendarDate, after: CalendarDate },
    /// The project ends before it begins.
    #[error("the plan cannot end on {end}, before it begins on {start}")]
    EndsBeforeStart { start: CalendarDate, end: CalendarDate },
    /// What the edit names is not in the plan.
    #[error("{of} names a {noun} {id} that is not in this plan")]
    Unknown {
        /// The field that names it.
        of: &'static str,
        noun: Noun,
        id: ItemId,
    },
    /// A plan has no such things.
    #[error("a plan has no {noun} to add")]
    NotOfPlan { noun: Noun },
    /// It would have to be above and below itself.
    #[error(
        "a driver under this one cannot be above it: a tree has an aim, primary drivers, and secondary drivers under these"
    )]
    DriverTooDeep,
    /// The unit has no such value.
    #[error("{value} is no value in {unit}: {why}")]
    ValueOfUnit { value: Value, unit: Unit, why: &'static str },
    /// The value is none.
    #[error("{value} is no value: {why}")]
    NoValue { value: Value, why: &'static str },
    /// No sheet can say that a device ticked this.
    #[error("this device would have ticked {numerator} of {denominator}, which no sheet can say")]
    Ticks { numerator: i64, denominator: i64 },
    /// Nobody can have seen it yet.
    #[error("{at} has not come yet, so nothing can have been seen")]
    ObservedInFuture { at: CalendarDate },
    /// It cannot have been yet.
    #[error("{at} lies in the future, and {field} of the {noun} says when it was")]
    Future {
        noun: Noun,
        field: &'static str,
        /// When it would have been.
        at: String,
    },
    /// A number is outside of its range.
    #[error("{field} goes from {lowest} to {highest}, not {number}")]
    Range { field: &'static str, lowest: u32, highest: u32, number: u32 },
    /// A decision follows from what was studied.
    #[error("say what was studied before saying what follows: a cycle is decided after its study")]
    DecidedBeforeStudy,
    /// Nobody means this year.
    #[error(transparent)]
    Year(#[from] OtherYear),
    /// A completed project says what came of it.
    #[error("say what came of it: a completed plan needs an outcome, in the note or the section")]
    CompletedWithoutOutcome,
}

impl ChangeProject {
    /// Refuses edits that make no sense in this plan, whenever they were written.
    ///
    /// ```
    /// use enhance_model::change_project::{AimEdit, ChangeProject, Direction, ProjectEdit};
    ///
    /// let edits = [
    ///     AimEdit::Direction(Some(Direction::Increase)),
    ///     AimEdit::From("60".to_owned()),
    ///     AimEdit::To("10".to_owned()),
    /// ]
    /// .map(|edit| ProjectEdit::Aim { edit });
    /// let fault = ChangeProject::default().check(&edits);
    /// let words = fault.unwrap_err().to_string();
    /// assert_eq!(words, "an aim to increase does not go from 60 to 10");
    /// ```
    pub fn check(&self, edits: &[ProjectEdit]) -> Result<(), EditFault> {
        let after = self.with(edits);
        if edits.iter().any(|edit| matches!(edit, ProjectEdit::Aim { .. })) {
            after.check_aim(&self.aim)?;
        }
        edits.iter().try_for_each(|edit| after.check_edit(edit))
    }

    /// Refuses, in what somebody types now, days and moments of another calendar, those ahead of
    /// what is said to have been, an aim whose day is over, and names that show nothing. What was
    /// written before, or is read back from an export, is taken as it is.
    ///
    /// ```
    /// use enhance_model::{
    ///     Timestamp,
    ///     change_project::{AimEdit, ChangeProject, ProjectEdit},
    /// };
    ///
    /// let by = Some(jiff::civil::date(2569, 12, 1));
    /// let edits = [ProjectEdit::Start { on: by }, ProjectEdit::Aim { edit: AimEdit::ByDate(by) }];
    /// for edit in edits {
    ///     assert!(ChangeProject::default().check_typed(&[edit], Timestamp::default()).is_err());
    /// }
    /// ```
    pub fn check_typed(&self, edits: &[ProjectEdit], now: Timestamp) -> Result<(), EditFault> {
        edits.iter().try_for_each(check_years)?;
        if let Some((noun, called)) = edits.iter().find_map(names::blank) {
            return Err(EditFault::Blank { noun, called });
        }
        let mut written = edits.iter().filter_map(ProjectEdit::record);
        written.try_for_each(|written| check_has_been(&written, now))?;
        let asks_the_plan = |edit: &ProjectEdit| {
            matches!(edit, ProjectEdit::Aim { .. } | ProjectEdit::Tally { .. })
        };
        if !edits.iter().any(asks_the_plan) {
            return Ok(());
        }
        let after = self.with(edits);
        after.check_aim_is_ahead(&self.aim, local_day(now))?;
        edits.iter().try_for_each(|edit| after.check_ticked(edit, now))
    }

    /// A sheet may be made ready before its day, and nobody can have ticked on it then.
    fn check_ticked(&self, edit: &ProjectEdit, now: Timestamp) -> Result<(), EditFault> {
        let ProjectEdit::Tally { id, edit: TallyEdit::Ticks(_) } = edit else { return Ok(()) };
        match self.tallies.get(id).map(|sheet| sheet.at) {
            Some(at) if day_is_ahead(at, now) => Err(EditFault::ObservedInFuture { at }),
            _ => Ok(()),
        }
    }

    fn check_edit(&self, edit: &ProjectEdit) -> Result<(), EditFault> {
        match edit {
            ProjectEdit::Add { noun, .. }
            | ProjectEdit::TakeBack { noun, .. }
            | ProjectEdit::PutBack { noun, .. } => match Self::key_of(*noun) {
                Some(_) => Ok(()),
                None => Err(EditFault::NotOfPlan { noun: *noun }),
            },
            ProjectEdit::Start { .. } | ProjectEdit::End { .. } => match (self.start, self.end) {
                (Some(start), Some(end)) if end < start => {
                    Err(EditFault::EndsBeforeStart { start, end })
                }
                _ => Ok(()),
            },
            ProjectEdit::Move { to: Status::Completed, note, .. } if note.trim().is_empty() => {
                let outcome = self.sections.get(&Section::Outcome);
                let is_told = outcome.is_some_and(|outcome| !outcome.trim().is_empty());
                if is_told { Ok(()) } else { Err(EditFault::CompletedWithoutOutcome) }
            }
            edit => edit.record().map_or(Ok(()), |record| self.check_record(&record)),
        }
    }

    fn check_record(
        &self,
        RecordRef { noun, id, field, .. }: &RecordRef<'_>,
    ) -> Result<(), EditFault> {
        match (noun, *field) {
            (Noun::Driver, "parent") => self.check_parent(*id),
            (Noun::ChangeIdea, "drivers") => {
                let drivers = self.ideas.get(id).map(|idea| idea.drivers.clone());
                let mut drivers = drivers.unwrap_or_default().into_iter();
                drivers.try_for_each(|driver| self.known(Noun::Driver, "drivers", driver))
            }
            (Noun::Stakeholder, "power" | "interest") => {
                let one = self.stakeholders.get(id);
                let number = |field| match field {
                    "power" => one?.power,
                    _ => one?.interest,
                };
                number(*field).map_or(Ok(()), |number| in_range(field, &SCALE, number.0))
            }
            (Noun::Observation, "measure" | "value") => {
                self.observations.get(id).map_or(Ok(()), |observation| {
                    self.check_value(observation.measure, &observation.value)
                })
            }
            (Noun::Target, "measure" | "value") => self
                .targets
                .get(id)
                .map_or(Ok(()), |target| self.check_value(target.measure, &target.value)),
            (Noun::Tally, "measure" | "ticks") => self.check_tally(*id),
            (Noun::Phase, "measure") => self
                .phases
                .get(id)
                .map_or(Ok(()), |phase| self.known(Noun::Measure, "measure", phase.measure)),
            (Noun::Phase, "fixed_after") => {
                let number = self.phases.get(id).and_then(|phase| phase.fixed_after);
                let range = FEWEST_FIXED..=10_000;
                number.map_or(Ok(()), |number| in_range(field, &range, number.0))
            }
            (Noun::Cycle, "decision") => match self.cycles.get(id) {
                Some(cycle)
                    if cycle.decision != Decision::Undecided && cycle.studied.trim().is_empty() =>
                {
                    Err(EditFault::DecidedBeforeStudy)
                }
                _ => Ok(()),
            },
            (Noun::Cycle, "previous" | "idea") => self.check_cycle_links(*id),
            (Noun::Impact, "factor_year") => {
                let year = self.impacts.get(id).and_then(|impact| impact.factor_year);
                year.map_or(Ok(()), |year| in_range(field, &FACTOR_YEARS, year.0))
            }
            _ => Ok(()),
        }
    }

    fn check_aim(&self, before: &Aim) -> Result<(), EditFault> {
        let aim = &self.aim;
        let ends = [("from", &aim.from, &before.from), ("to", &aim.to, &before.to)];
        for (which, text, before) in ends {
            if !text.is_empty() && text != before && text.parse::<Value>().is_err() {
                return Err(EditFault::AimValue { which, text: text.clone() });
            }
        }
        if let (Some(direction), Some(from), Some(to)) =
            (aim.direction, aim.from_value(), aim.to_value())
            && !direction.leads(&from, &to)
        {
            return Err(EditFault::AimDirection { direction, from, to });
        }
        aim.measure.map_or(Ok(()), |measure| self.known(Noun::Measure, "measure", measure))
    }

    /// An aim is set for a day to come; whoever changes something else of it is not asked.
    fn check_aim_is_ahead(&self, before: &Aim, today: CalendarDate) -> Result<(), EditFault> {
        let aim = &self.aim;
        let Some(by) = aim.by_date.filter(|by| before.by_date != Some(*by)) else { return Ok(()) };
        let after = self.start.map_or(today, |start| start.max(today));
        if by > after { Ok(()) } else { Err(EditFault::AimPast { by, after }) }
    }

    /// A tree of two levels: the one above must be a primary driver, and nothing may be below.
    fn check_parent(&self, id: ItemId) -> Result<(), EditFault> {
        let Some(parent) = self.drivers.get(&id).and_then(|driver| driver.parent) else {
            return Ok(());
        };
        self.known(Noun::Driver, "parent", parent)?;
        let is_secondary = self.drivers.get(&parent).is_some_and(|one| one.parent.is_some());
        let has_some_below = self.drivers.values().any(|one| one.parent == Some(id));
        if parent == id || is_secondary || has_some_below {
            return Err(EditFault::DriverTooDeep);
        }
        Ok(())
    }

    fn check_cycle_links(&self, id: ItemId) -> Result<(), EditFault> {
        let Some(cycle) = self.cycles.get(&id) else { return Ok(()) };
        if let Some(idea) = cycle.idea {
            self.known(Noun::ChangeIdea, "idea", idea)?;
        }
        match cycle.previous {
            Some(previous) if previous == id => {
                Err(EditFault::Unknown { of: "previous", noun: Noun::Cycle, id })
            }
            Some(previous) => self.known(Noun::Cycle, "previous", previous),
            None => Ok(()),
        }
    }

    fn check_tally(&self, id: ItemId) -> Result<(), EditFault> {
        let Some(tally) = self.tallies.get(&id) else { return Ok(()) };
        self.known(Noun::Measure, "measure", tally.measure)?;
        tally.ticks.values().try_for_each(|value| self.check_value(tally.measure, value))
    }

    /// A thing that an edit names must be there; what was taken back still is.
    fn known(&self, noun: Noun, of: &'static str, id: ItemId) -> Result<(), EditFault> {
        let is_there = match noun {
            Noun::Driver => self.drivers.contains_key(&id),
            Noun::ChangeIdea => self.ideas.contains_key(&id),
            Noun::Measure => self.measures.contains_key(&id),
            Noun::Cycle => self.cycles.contains_key(&id),
            _ => false,
        };
        let is_taken_back = self.taken_back.get(&id).is_some_and(|thing| thing.noun == noun);
        if is_there || is_taken_back { Ok(()) } else { Err(EditFault::Unknown { of, noun, id }) }
    }

    fn check_value(&self, measure: ItemId, value: &Value) -> Result<(), EditFault> {
        self.known(Noun::Measure, "measure", measure)?;
        if let Some(why) = value.fault() {
            return Err(EditFault::NoValue { value: value.clone(), why });
        }
        let unit = self.measures.get(&measure).and_then(|measure: &Measure| measure.unit);
        let Some(unit) = unit else { return Ok(()) };
        let fault = |why| Err(EditFault::ValueOfUnit { value: value.clone(), unit, why });
        match (unit, value) {
            (Unit::Percent, Value::Number { thousandths }) if *thousandths > 100_000 => {
                fault("there are not more than 100")
            }
            (Unit::Percent | Unit::Count | Unit::Minutes | Unit::Days, value)
                if value.is_negative() =>
            {
                fault("it is less than nothing")
            }
            (Unit::Percent, _) | (_, Value::Number { .. }) => Ok(()),
            (_, Value::Ratio { .. }) => fault("a share is a value in percent"),
        }
    }
}

fn check_has_been(written: &RecordRef<'_>, now: Timestamp) -> Result<(), EditFault> {
    let RecordRef { noun, field, value, .. } = written;
    match value {
        FieldValue::Day(Some(at)) if (*noun, *field) == SEEN && day_is_ahead(*at, now) => {
            Err(EditFault::ObservedInFuture { at: *at })
        }
        value if FACTS.contains(&(*noun, *field)) && value_is_ahead(value, now) => {
            Err(EditFault::Future { noun: *noun, field, at: value.in_words() })
        }
        _ => Ok(()),
    }
}

fn check_years(edit: &ProjectEdit) -> Result<(), EditFault> {
    let checked = match edit {
        ProjectEdit::Start { on: Some(day) } | ProjectEdit::End { on: Some(day) } => {
            in_our_years(*day).map(drop)
        }
        ProjectEdit::Aim { edit } => value_in_our_years(&edit.value()),
        edit => edit.record().map_or(Ok(()), |record| value_in_our_years(&record.value)),
    };
    checked.map_err(EditFault::Year)
}

fn in_range(
    field: &'static str,
    range: &std::ops::RangeInclusive<u32>,
    number: u32,
) -> Result<(), EditFault> {
    if range.contains(&number) {
        return Ok(());
    }
    let (lowest, highest) = (*range.start(), *range.end());
    Err(EditFault::Range { field, lowest, highest, number })
}
