//! A programme as its people publish it: domains, themes, modules and everything in them.
//!
//! This is the structure file (`programme.json`) of a content pack. It is written once, by the
//! publisher, and read on every device.

mod activity;
mod framework;
mod published;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::{
    activity::{
        Activity, ActivityKind, ActivityPart, DebriefGuide, Evidence, PartMode, UnknownActivityKind,
    },
    framework::{Capability, CrosswalkLink, Framework, NoCapability, Strength, find_capability},
    published::Published,
};
use crate::{
    Minutes, Sha256, change_project::Recipe, learning_log::LogRule, suppression::Suppression,
};

/// Stands for a file that is none.
const NO_FILE: Sha256 = Sha256::from_bytes([0; 32]);

/// A programme in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Its key, the same in every version: `enhance`.
    pub key: String,
    pub title: String,
    /// How many years it takes.
    pub years: u8,
    /// Where its facts come from.
    pub source_url: String,
    /// The subject areas, in their order.
    pub domains: Vec<Domain>,
    pub themes: Vec<Theme>,
    /// The units of learning, in the order to show them.
    pub modules: Vec<Module>,
    pub resources: Vec<Resource>,
    /// The handbook's pages, in their order.
    pub handbook: Vec<Page>,
    pub templates: Vec<Template>,
    /// Plans to start a change project from.
    #[serde(default)]
    pub recipes: Vec<Recipe>,
    /// Which numbers of groups are hidden, since they could tell of single people.
    #[serde(default)]
    pub suppression: Suppression,
    /// By what a learning log is counted.
    #[serde(default)]
    pub log_rule: LogRule,
    /// What evidence can be given for beside the programme's own outcomes.
    #[serde(default)]
    pub frameworks: Vec<Framework>,
}

/// One of the subject areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its key: `pcp`, `cmm`, `sys`, `pop`, `sje`, `env` in Enhance.
    pub key: String,
    pub title: String,
    /// What it is for, in a sentence.
    pub purpose: String,
}

/// A thread that runs through all domains, such as digital health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    pub key: String,
    pub title: String,
    /// What it is, in a sentence.
    pub purpose: String,
}

/// A unit of learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    pub key: String,
    pub title: String,
    /// The domains it covers; at least one.
    pub domains: Vec<String>,
    /// The themes it touches.
    pub themes: Vec<String>,
    /// Minutes to spend on it at least.
    pub min_minutes: Minutes,
    /// When it is meant to be done, as people say it: `F1`, `F2`, `ST1`.
    pub suggested_stage: String,
    /// The page that introduces it.
    pub page: Page,
    /// What one will be able to do.
    pub outcomes: Vec<Outcome>,
    /// What there is to do.
    pub activities: Vec<Activity>,
}

/// A sentence that completes "you will be able to".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub key: String,
    /// The domain it belongs to.
    pub domain: String,
    pub text: String,
    /// Whose sentence it is: the handbook's, or this project's own where that is not known.
    pub source: OutcomeSource,
}

/// Whose sentence an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeSource {
    /// It says what the programme's handbook says, in our words.
    Handbook,
    /// The handbook's sentence is not known; this one is ours.
    Ours,
}

/// A text to read, with the file it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its key, unique in the programme.
    pub key: String,
    pub title: String,
    /// The Markdown file in the pack.
    pub file: Sha256,
}

/// Something an activity uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    pub key: String,
    pub title: String,
    pub kind: ResourceKind,
    /// Under what licence it may be used.
    pub licence: String,
    /// How long it takes, where that can be said.
    pub minutes: Minutes,
    /// Its file in the pack, fetched on request. A link has none.
    pub file: Option<Sha256>,
    /// Where it is on the web, if it is.
    pub url: Option<String>,
    /// The file with its captions or transcript. Everything that sounds has one.
    pub transcript: Option<Sha256>,
    /// Places in a film where one stops and thinks.
    pub pause_points: Vec<PausePoint>,
}

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    Text,
    Pdf,
    Audio,
    Video,
    Video360,
    Image,
    /// An address on the web.
    Link,
    Simulation,
    Case,
}

impl ResourceKind {
    /// Whether it needs captions or a transcript (WCAG 2.2, success criteria 1.2.1 and 1.2.2).
    pub const fn needs_transcript(self) -> bool {
        matches!(self, Self::Audio | Self::Video | Self::Video360)
    }
}

/// A place in a film where one stops and thinks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausePoint {
    /// Its key, unique in the programme.
    pub key: String,
    /// Seconds from the beginning.
    pub at_seconds: u32,
    /// The scene it belongs to.
    pub scene: String,
    /// What to think about.
    pub prompt: String,
}

/// A way to reflect: prompts in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub key: String,
    /// Its version; a reflection stays with the one it was started from.
    pub version: u32,
    pub title: String,
    /// What it is good for, in a sentence.
    pub purpose: String,
    pub prompts: Vec<Prompt>,
}

/// One question of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Its key, unique in the template.
    pub key: String,
    pub label: String,
    /// Help in answering. May be empty.
    pub help: String,
    /// Words at most, if it says so.
    pub max_words: Option<u32>,
}

impl Programme {
    /// The module with this key.
    pub fn module(&self, key: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.key == key)
    }

    /// The activity with this key and the module it belongs to.
    pub fn activity(&self, key: &str) -> Option<(&Module, &Activity)> {
        self.modules.iter().find_map(|module| {
            module.activities.iter().find(|each| each.key == key).map(|activity| (module, activity))
        })
    }

    /// The template with this key.
    pub fn template(&self, key: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.key == key)
    }

    /// The resource with this key.
    pub fn resource(&self, key: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.key == key)
    }

    /// Adds what another programme has beside: of what both have under one key, this one's stays. So
    /// do its title, its years and its rules.
    pub fn add(&mut self, other: Self) {
        add(&mut self.domains, other.domains, |one| &one.key);
        add(&mut self.themes, other.themes, |one| &one.key);
        add(&mut self.modules, other.modules, |one| &one.key);
        add(&mut self.resources, other.resources, |one| &one.key);
        add(&mut self.handbook, other.handbook, |one| &one.key);
        add(&mut self.templates, other.templates, |one| &one.key);
        add(&mut self.recipes, other.recipes, |one| &one.key);
        add(&mut self.frameworks, other.frameworks, |one| &one.key);
    }

    /// What of it stands on paper: titles, outcomes, frameworks, the rule of the log, and the
    /// titles of activities that are talked over, or belong to modules of which somebody signed how
    /// far they are. A page keeps it, and is checked against it when another version is in use.
    #[must_use]
    pub fn on_paper(&self, signed: &BTreeSet<&str>) -> Self {
        let no_page = || Page { key: String::new(), title: String::new(), file: NO_FILE };
        let module = |module: &Module| {
            let is_signed = signed.contains(module.key.as_str());
            let activities = module.activities.iter();
            let activities = activities.filter(|one| is_signed || one.debrief.is_some());
            let activities = activities.map(|one| Activity {
                outcomes: Vec::new(),
                resources: Vec::new(),
                page: no_page(),
                parts: Vec::new(),
                ..one.clone()
            });
            let activities = activities.collect();
            Module { page: no_page(), activities, ..module.clone() }
        };
        Self {
            themes: Vec::new(),
            modules: self.modules.iter().map(module).collect(),
            resources: Vec::new(),
            handbook: Vec::new(),
            templates: Vec::new(),
            recipes: Vec::new(),
            ..self.clone()
        }
    }

    /// Every page: those of the handbook, of modules and of activities.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        let of_modules = self.modules.iter().flat_map(|module| {
            std::iter::once(&module.page)
                .chain(module.activities.iter().map(|activity| &activity.page))
        });
        self.handbook.iter().chain(of_modules)
    }
}

/// Adds what is not there yet, in its order.
fn add<T>(here: &mut Vec<T>, others: Vec<T>, key: impl Fn(&T) -> &String) {
    let known: BTreeSet<String> = here.iter().map(|one| key(one).clone()).collect();
    here.extend(others.into_iter().filter(|one| !known.contains(key(one))));
}
