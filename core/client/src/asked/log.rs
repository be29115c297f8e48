//! The learning log of a period, and the posts it is counted by.

use std::cmp::Reverse;

use enhance_model::{
    CalendarDate, ItemId,
    learning_log::{LogCount, LogRule, LogTerms, LogYear, Period, local_day},
    personal_record::{LearningSession, Placement, RecordWarning, Supervisor, WteChange},
    record::Disagreement,
    years::in_our_years,
};
use serde::Serialize;

use super::record;
use crate::{
    error::{Error, InputField},
    state::State,
};

/// The learning log of a period: the sessions and what they amount to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LearningLog {
    /// The days it is of.
    pub period: Period,
    /// Every session of these days, newest first.
    pub sessions: Vec<SessionView>,
    /// What they amount to in all.
    pub count: LogCount,
    /// What is asked for in all.
    pub terms: LogTerms,
    /// The same, training year by training year, with what each asks for.
    pub years: Vec<LogYear>,
    /// What may be a slip.
    pub warnings: Vec<RecordWarning>,
    /// How many sessions there are on other days.
    pub elsewhere: usize,
    /// The rule they were counted by.
    pub rule: LogRule,
}

/// A session as the learning log shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionView {
    pub id: ItemId,
    pub session: LearningSession,
    /// What two devices set differently at once in it and nobody has settled yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
}

/// A placement as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacementView {
    pub id: ItemId,
    pub placement: Placement,
    /// Who supervises there, each under the id of their line.
    pub supervisors: Vec<(ItemId, Supervisor)>,
    /// Other hours, from a day on, in their order.
    pub hours: Vec<(ItemId, WteChange)>,
    /// Whether it is on today.
    pub is_current: bool,
}

/// The training year of today.
pub(crate) fn this_year(state: &mut State) -> Result<Period, Error> {
    state.facts()?.account_key()?;
    let today = local_day(state.now());
    Ok(record::read(state)?.training_year(today))
}

/// The training year in which a day falls.
pub(crate) fn year_of(state: &mut State, day: CalendarDate) -> Result<Period, Error> {
    let day = in_our_years(day).map_err(|fault| Error::invalid(InputField::Date, fault))?;
    state.facts()?.account_key()?;
    Ok(record::read(state)?.training_year(day))
}

/// A period that a host asks for, unless it has more years than are counted: a sum of a part of it
/// would be taken for that of all.
pub(super) fn countable(period: Period) -> Result<Period, Error> {
    period.countable().map_err(|fault| Error::invalid(InputField::Date, fault))
}

/// The learning log of a period, newest session first.
pub(crate) fn of_period(state: &mut State, period: Period) -> Result<LearningLog, Error> {
    let period = countable(period)?;
    state.facts()?.account_key()?;
    let rule = state.programme()?.map(|pack| pack.programme.log_rule.clone()).unwrap_or_default();
    let record = record::read(state)?;
    let years = record.log(&rule, period, local_day(state.now()));
    let warnings = record.warnings(period);
    let all = record.sessions.len();
    let sessions = record.sessions.into_iter();
    let mut sessions: Vec<SessionView> = sessions
        .filter(|(_, session)| period.contains(session.day()))
        .map(|(id, session)| {
            let apart = record.disagreements.iter();
            let apart = apart.filter(|one| one.of_item().is_some_and(|(of, _)| of == id));
            SessionView { id, session, disagreements: apart.cloned().collect() }
        })
        .collect();
    sessions.sort_by_key(|view| Reverse((view.session.start, view.id)));
    Ok(LearningLog {
        period,
        elsewhere: all - sessions.len(),
        sessions,
        count: LogCount::sum(years.iter().map(|year| &year.count)),
        terms: LogTerms::sum(years.iter().map(|year| &year.terms)),
        years,
        warnings,
        rule,
    })
}

/// The placements, the one that began last first.
pub(crate) fn placements(state: &mut State) -> Result<Vec<PlacementView>, Error> {
    let today = local_day(state.now());
    let record = record::read(state)?;
    let view = |(id, placement): (&ItemId, &Placement)| {
        let hours = record.wte_changes.iter().filter(|(_, change)| change.placement == *id);
        let mut hours: Vec<_> = hours.map(|(id, change)| (*id, change.clone())).collect();
        hours.sort_by_key(|(id, change)| (change.from, *id));
        let supervisors = record.supervisors.iter().filter(|(_, one)| one.placement == *id);
        PlacementView {
            id: *id,
            is_current: placement.start <= today && today <= placement.end,
            placement: placement.clone(),
            supervisors: supervisors.map(|(id, one)| (*id, one.clone())).collect(),
            hours,
        }
    };
    let mut placements: Vec<_> = record.placements.iter().map(view).collect();
    placements.sort_by_key(|view| Reverse((view.placement.start, view.id)));
    Ok(placements)
}
