//! The programme as one person goes through it, year by year.

use std::collections::BTreeSet;

use enhance_model::{
    CalendarDate, Minutes, Timestamp,
    learning_log::{Period, local_day, set_aside},
    personal_record::{CoverOf, EvidenceStanding, LearningSession, PersonalRecord, Statement},
    programme::Module,
};
use serde::Serialize;

use super::{arcp, record};
use crate::{error::Error, state::State};

/// The programme as one person goes through it, by module and training year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgrammeMap {
    /// The training years in which there is something, and this one.
    pub years: Vec<Period>,
    /// The modules, in the programme's order.
    pub modules: Vec<ModuleRow>,
}

/// One module in the map of the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleRow {
    pub key: String,
    pub title: String,
    /// Minutes to spend on it at least.
    pub min_minutes: Minutes,
    /// Device clock when it was completed.
    pub completed_at: Option<Timestamp>,
    /// What was done for it in each of the years of the map.
    pub years: Vec<ModuleYear>,
    /// How well there is evidence for each of its outcomes.
    pub outcomes: Vec<CoverOf>,
}

/// What was done for a module in a training year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleYear {
    pub minutes: Minutes,
    /// Activities that were completed in it.
    pub activities_done: u32,
    /// Whether the module was completed in it.
    pub completed: bool,
}

/// The programme by module and training year.
pub(crate) fn of(state: &mut State) -> Result<ProgrammeMap, Error> {
    let today = local_day(state.now());
    let pack = state.programme()?;
    let (record, standing) = (record::read(state)?, arcp::evidence_standing(state)?);
    let years = years(&record, today);
    let modules = pack.iter().flat_map(|pack| &pack.programme.modules);
    let row = |module| row(module, (&record, &standing), (&years, today));
    let modules = modules.map(row).collect();
    Ok(ProgrammeMap { years, modules })
}

/// The training years in which something happened, and that of today.
fn years(record: &PersonalRecord, today: CalendarDate) -> Vec<Period> {
    let sessions = record.sessions.values().map(LearningSession::day);
    let facts = record.activities_completed.values().map(|fact| local_day(fact.at));
    let modules = record.modules_completed.values().map(|fact| local_day(fact.at));
    let posts = record.placements.values().map(|one| one.start).filter(|start| *start <= today);
    let mut years: Vec<Period> = Vec::new();
    let days: BTreeSet<_> =
        sessions.chain(facts).chain(modules).chain(posts).chain([today]).collect();
    for day in days {
        // Days come in their order, so a year that is there already is the last one.
        if years.last().is_none_or(|year| !year.contains(day)) {
            years.push(record.training_year(day));
        }
    }
    years
}

fn row(
    module: &Module,
    (record, standing): (&PersonalRecord, &EvidenceStanding),
    (years, today): (&[Period], CalendarDate),
) -> ModuleRow {
    let completed_at = record.module_completed(&module.key).map(|(at, _)| at);
    let done = |activity: &str| record.progress(activity).completed_at;
    let of_year = |year: &Period| {
        let sessions = record.sessions.values();
        let is_of_module = |one: &&LearningSession| {
            one.module.as_ref() == Some(&module.key) && set_aside(one, today).is_none()
        };
        let sessions = sessions.filter(is_of_module);
        let in_year = |at: Timestamp| year.contains(local_day(at));
        let activities = module.activities.iter().filter_map(|activity| done(&activity.key));
        let activities = activities.filter(|at| in_year(*at)).count();
        ModuleYear {
            minutes: sessions.filter(|one| year.contains(one.day())).map(|one| one.minutes).sum(),
            activities_done: u32::try_from(activities).unwrap_or(u32::MAX),
            completed: completed_at.is_some_and(in_year),
        }
    };
    let outcomes = module.outcomes.iter().map(|one| Statement::Outcome(one.key.clone()));
    ModuleRow {
        key: module.key.clone(),
        title: module.title.clone(),
        min_minutes: module.min_minutes,
        completed_at,
        years: years.iter().map(of_year).collect(),
        outcomes: record.coverage(outcomes, standing),
    }
}
