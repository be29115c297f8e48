//! The programme as the installed content pack has it, with this person's progress in it.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use enhance_model::{
    DocumentKind, Minutes, Noun, Sha256,
    pack::PackManifest,
    personal_record::{ActivityProgress, PersonalRecord},
    programme::{Activity, Module, Outcome, Page, Programme, Resource, Template},
};
use enhance_protocol::codec;
use enhance_store::PackStage;
use serde::Serialize;

use crate::{Error, LearningCore, core::State};

/// The content pack in use, read into memory.
#[derive(Debug)]
pub(crate) struct InstalledPack {
    pub(crate) version: u64,
    pub(crate) programme: Programme,
}

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
    /// Whether it is complete: enough minutes, and every required activity.
    pub complete: bool,
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
}

/// A page to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    pub key: String,
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
}

impl State {
    /// The content pack in use; none before the first is here.
    pub(crate) fn programme(&mut self) -> Result<Option<Arc<InstalledPack>>, Error> {
        if let Some(pack) = &self.programme {
            return Ok(Some(Arc::clone(pack)));
        }
        let mut packs = self.store.packs()?.into_iter();
        let Some(pack) = packs.find(|pack| pack.state == PackStage::Ready) else {
            return Ok(None);
        };
        let damaged = || Error::damaged(format_args!("content pack {:?}", pack.key));
        let manifest: PackManifest = codec::from_cbor(&pack.manifest).map_err(|_| damaged())?;
        let structure = fs::read(self.file(manifest.structure)).map_err(|_| damaged())?;
        let programme = serde_json::from_slice(&structure).map_err(|_| damaged())?;
        let installed = Arc::new(InstalledPack { version: pack.version, programme });
        self.programme = Some(Arc::clone(&installed));
        Ok(Some(installed))
    }

    /// Where a file of a content pack is, once it is here.
    pub(crate) fn file(&self, sha256: Sha256) -> PathBuf {
        self.folder.join("files").join(sha256.to_string())
    }

    /// The content pack in use, or the news that there is none.
    pub(crate) fn installed(&mut self) -> Result<Arc<InstalledPack>, Error> {
        self.programme()?.ok_or_else(|| Error::not_found(Noun::Pack, "of the programme"))
    }

    /// A template, if this device has it in this version.
    pub(crate) fn template_in(
        &mut self,
        key: &str,
        version: u32,
    ) -> Result<Option<Template>, Error> {
        let pack = self.programme()?;
        let template = pack.as_ref().and_then(|pack| pack.programme.template(key));
        Ok(template.filter(|template| template.version == version).cloned())
    }

    /// This person's record, empty where there is none or it cannot be read here.
    pub(crate) fn record(&mut self) -> Result<PersonalRecord, Error> {
        let Ok(facts) = self.facts() else { return Ok(PersonalRecord::default()) };
        let records = self.store.documents(DocumentKind::PersonalRecord)?;
        let mine = records.into_iter().find(|row| facts.is_me(row.owner));
        match mine {
            Some(row) if self.store.projection(row.id)?.is_some() => Ok(self.shown(row.id)?.1),
            _ => Ok(PersonalRecord::default()),
        }
    }

    fn page(&self, page: &Page) -> Result<PageView, Error> {
        let damaged = |error| Error::damaged(format_args!("page {:?}", page.key)).because(error);
        let text = fs::read_to_string(self.file(page.file)).map_err(damaged)?;
        Ok(PageView { key: page.key.clone(), title: page.title.clone(), text })
    }

    fn module(&mut self, key: &str) -> Result<ModuleView, Error> {
        let pack = self.installed()?;
        let missing = || Error::not_found(Noun::Module, key);
        let module = pack.programme.module(key).ok_or_else(missing)?;
        let record = self.record()?;
        let resource = |key: &String| pack.programme.resource(key).cloned();
        let activities = module.activities.iter().map(|activity| ActivityView {
            activity: activity.clone(),
            progress: record.activities.get(&activity.key).cloned().unwrap_or_default(),
            resources: activity.resources.iter().filter_map(resource).collect(),
        });
        Ok(ModuleView {
            summary: summary(module, &record),
            page: self.page(&module.page)?,
            outcomes: module.outcomes.clone(),
            activities: activities.collect(),
        })
    }
}

fn summary(module: &Module, record: &PersonalRecord) -> ModuleSummary {
    let sessions = record.sessions.values();
    let minutes_done: Minutes = sessions
        .filter(|session| session.module.as_deref() == Some(module.key.as_str()))
        .map(|session| session.minutes)
        .sum();
    let is_done = |activity: &Activity| is_done(&record.activities, &activity.key);
    let required_done = module.activities.iter().filter(|activity| activity.required).all(is_done);
    ModuleSummary {
        key: module.key.clone(),
        title: module.title.clone(),
        domains: module.domains.clone(),
        themes: module.themes.clone(),
        suggested_stage: module.suggested_stage.clone(),
        min_minutes: module.min_minutes,
        minutes_done,
        activities: count(module.activities.iter()),
        activities_done: count(module.activities.iter().filter(|activity| is_done(activity))),
        complete: required_done && minutes_done >= module.min_minutes,
    }
}

fn count<'a>(activities: impl Iterator<Item = &'a Activity>) -> u32 {
    u32::try_from(activities.count()).unwrap_or(u32::MAX)
}

fn is_done(progress: &BTreeMap<String, ActivityProgress>, activity: &str) -> bool {
    progress.get(activity).is_some_and(|progress| progress.completed_at.is_some())
}

impl LearningCore {
    /// The programme; none before a content pack is here.
    pub fn programme(&self) -> Result<Option<Programme>, Error> {
        self.with(|state| Ok(state.programme()?.map(|pack| pack.programme.clone())))
    }

    /// The modules with this person's progress, in the programme's order.
    pub fn modules(&self) -> Result<Vec<ModuleSummary>, Error> {
        self.with(|state| {
            let Some(pack) = state.programme()? else { return Ok(Vec::new()) };
            let record = state.record()?;
            Ok(pack.programme.modules.iter().map(|module| summary(module, &record)).collect())
        })
    }

    /// A module with its page, its outcomes and its activities.
    pub fn module(&self, key: &str) -> Result<ModuleView, Error> {
        self.with(|state| state.module(key))
    }

    /// A page of the handbook, a module or an activity.
    pub fn page(&self, key: &str) -> Result<PageView, Error> {
        self.with(|state| {
            let pack = state.installed()?;
            let page = pack.programme.pages().find(|page| page.key == key);
            state.page(page.ok_or_else(|| Error::not_found(Noun::Page, key))?)
        })
    }

    /// The ways to reflect, in the programme's order.
    pub fn templates(&self) -> Result<Vec<Template>, Error> {
        self.with(|state| {
            Ok(state.programme()?.map(|pack| pack.programme.templates.clone()).unwrap_or_default())
        })
    }
}
