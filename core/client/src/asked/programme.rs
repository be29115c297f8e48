//! The programme as the installed content pack has it, with this person's progress in it.

use std::sync::Arc;

use enhance_model::{
    CalendarDate, Minutes, Noun, Timestamp,
    learning_log::local_day,
    personal_record::{ActivityProgress, PersonalRecord},
    programme::{Activity, Module, Outcome, Page, Programme, Resource, Template},
    suppression::Suppression,
};
use serde::Serialize;

use super::{
    completions,
    debriefed::{self, DebriefView},
    record,
};
use crate::{
    error::Error,
    state::{State, pack::InstalledPack, screens::Screen},
};

/// A module as the list of modules shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleSummary {
    pub key: String,
    pub title: String,
    /// The domains it covers, by key.
    pub domains: Vec<String>,
    /// The themes it touches, by key.
    pub themes: Vec<String>,
    /// When it is meant to be done.
    pub suggested_stage: String,
    /// Minutes to spend on it at least.
    pub min_minutes: Minutes,
    /// Minutes of learning sessions that count towards it.
    pub minutes_done: Minutes,
    pub activities: u32,
    pub activities_done: u32,
    /// Whether it is complete: enough minutes, and every required activity, now or once, unless
    /// that was taken back.
    pub complete: bool,
    /// Device clock when it was completed. Nothing that comes later makes that undone.
    pub completed_at: Option<Timestamp>,
}

/// A module as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleView {
    /// What the list shows.
    pub summary: ModuleSummary,
    /// The page that introduces it.
    pub page: PageView,
    /// What one will be able to do.
    pub outcomes: Vec<Outcome>,
    /// What there is to do.
    pub activities: Vec<ActivityView>,
}

/// An activity with what it uses, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActivityView {
    pub activity: Activity,
    /// How far it has come.
    pub progress: ActivityProgress,
    pub resources: Vec<Resource>,
    /// How it was talked over, the first time first.
    pub debriefs: Vec<DebriefView>,
}

/// A page to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    pub key: String,
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
    /// Whether its file is not here as its publisher signed it. There is no text then, and the next
    /// sync or update of the pack fetches it.
    pub is_missing: bool,
}

/// The programme; none before a content pack is here.
pub(crate) fn whole(state: &mut State) -> Result<Option<Programme>, Error> {
    Ok(in_use(state)?.map(|pack| pack.programme.clone()))
}

/// The programme, or the news that it is not whole here; none before a content pack is here.
fn in_use(state: &mut State) -> Result<Option<Arc<InstalledPack>>, Error> {
    match state.programme()? {
        Some(pack) => Ok(Some(pack)),
        None => state.why_no_programme()?.map_or(Ok(None), Err),
    }
}

/// The modules with this person's progress, in the programme's order.
pub(crate) fn modules(state: &mut State) -> Result<Vec<ModuleSummary>, Error> {
    let Some(pack) = in_use(state)? else { return Ok(Vec::new()) };
    let (record, today) = (record::read(state)?, local_day(state.now()));
    Ok(pack.programme.modules.iter().map(|module| summary(module, &record, today)).collect())
}

/// A module with its page, its outcomes and its activities.
pub(crate) fn module(state: &mut State, key: &str) -> Result<ModuleView, Error> {
    let pack = state.installed()?;
    let missing = || Error::not_found(Noun::Module, key);
    let module = pack.programme.module(key).ok_or_else(missing)?;
    let record = record::read(state)?;
    let resource = |key: &String| pack.programme.resource(key).cloned();
    let activities = module.activities.iter().map(|activity| ActivityView {
        activity: activity.clone(),
        progress: record.progress(&activity.key),
        resources: activity.resources.iter().filter_map(resource).collect(),
        debriefs: debriefed::of_activity(&record, &activity.key),
    });
    Ok(ModuleView {
        summary: summary(module, &record, local_day(state.now())),
        page: read(state, &module.page)?,
        outcomes: module.outcomes.clone(),
        activities: activities.collect(),
    })
}

/// A page of the handbook, a module or an activity.
pub(crate) fn page(state: &mut State, key: &str) -> Result<PageView, Error> {
    let pack = state.installed()?;
    let page = pack.programme.pages().find(|page| page.key == key);
    let read = read(state, page.ok_or_else(|| Error::not_found(Noun::Page, key))?)?;
    if read.is_missing { Err(Error::not_fetched(Noun::Page, key)) } else { Ok(read) }
}

/// The ways to reflect, in the programme's order.
pub(crate) fn templates(state: &mut State) -> Result<Vec<Template>, Error> {
    Ok(state.programme()?.map(|pack| pack.programme.templates.clone()).unwrap_or_default())
}

/// Which numbers of groups are hidden. A pack that cannot be read keeps no plan from being shown:
/// the usual rule holds then.
pub(crate) fn suppression(screen: &mut Screen<'_>) -> Suppression {
    let pack = screen.programme().ok().flatten();
    pack.map(|pack| pack.programme.suppression).unwrap_or_default()
}

fn read(state: &mut State, page: &Page) -> Result<PageView, Error> {
    let text =
        match state.intact_file(page.file)? {
            Some(bytes) => Some(String::from_utf8(bytes).map_err(|error| {
                Error::damaged(format_args!("page {:?}", page.key)).because(error)
            })?),
            None => None,
        };
    let (key, title, is_missing) = (page.key.clone(), page.title.clone(), text.is_none());
    Ok(PageView { key, title, text: text.unwrap_or_default(), is_missing })
}

fn summary(module: &Module, record: &PersonalRecord, today: CalendarDate) -> ModuleSummary {
    let is_done = |activity: &&Activity| record.progress(&activity.key).completed_at.is_some();
    let completed_at = record.module_completed(&module.key).map(|(at, _)| at);
    ModuleSummary {
        key: module.key.clone(),
        title: module.title.clone(),
        domains: module.domains.clone(),
        themes: module.themes.clone(),
        suggested_stage: module.suggested_stage.clone(),
        min_minutes: module.min_minutes,
        minutes_done: completions::minutes_on(module, record, today),
        activities: count(module.activities.iter()),
        activities_done: count(module.activities.iter().filter(is_done)),
        complete: completions::is_complete(module, record, today),
        completed_at,
    }
}

fn count<'a>(activities: impl Iterator<Item = &'a Activity>) -> u32 {
    u32::try_from(activities.count()).unwrap_or(u32::MAX)
}
