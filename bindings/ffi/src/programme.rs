//! The programme as its people publish it.

use std::time;

use enhance_client::model::programme::{
    self, Activity, ActivityKind, ActivityPart, DebriefGuide, Domain, Evidence, Module, Outcome,
    OutcomeSource, Page, ResourceKind, Theme,
};

use crate::{
    ids::Sha256,
    values::{Count, Duration, Minutes, TemplateVersion},
};

/// A programme in one version.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Programme {
    /// Its key, the same in every version: `enhance`.
    pub key: String,
    pub title: String,
    /// How many years it takes.
    pub years: Count,
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
}

impl From<programme::Programme> for Programme {
    fn from(programme: programme::Programme) -> Self {
        let programme::Programme {
            key,
            title,
            years,
            source_url,
            domains,
            themes,
            modules,
            resources,
            handbook,
            templates,
            // They are asked for by themselves.
            recipes: _,
            // What it hides is hidden before it crosses.
            suppression: _,
            // What it asks for comes with each log.
            log_rule: _,
            // They come with what covers them.
            frameworks: _,
        } = programme;
        Self {
            key,
            title,
            years: years.into(),
            source_url,
            domains,
            themes,
            modules,
            resources: resources.into_iter().map(Resource::from).collect(),
            handbook,
            templates: templates.into_iter().map(Template::from).collect(),
        }
    }
}

/// One of the subject areas.
#[uniffi::remote(Record)]
pub struct Domain {
    /// Its key: `pcp`, `cmm`, `sys`, `pop`, `sje`, `env` in Enhance.
    pub key: String,
    pub title: String,
    /// What it is for, in a sentence.
    pub purpose: String,
}

/// A thread that runs through all modules.
#[uniffi::remote(Record)]
pub struct Theme {
    pub key: String,
    pub title: String,
    /// What it is, in a sentence.
    pub purpose: String,
}

/// A unit of learning.
#[uniffi::remote(Record)]
#[uniffi(name = "ProgrammeModule")]
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
#[uniffi::remote(Record)]
pub struct Outcome {
    pub key: String,
    /// The domain it belongs to.
    pub domain: String,
    pub text: String,
    /// Whose sentence it is: the handbook's, or this project's own where that is not known.
    pub source: OutcomeSource,
}

/// Whose sentence an outcome is.
#[uniffi::remote(Enum)]
pub enum OutcomeSource {
    /// It says what the programme's handbook says, in our words.
    Handbook,
    /// The handbook's sentence is not known; this one is ours.
    Ours,
}

/// Something a learner can do.
#[uniffi::remote(Record)]
#[uniffi(name = "LearningActivity")]
pub struct Activity {
    /// Its key, unique in the programme.
    pub key: String,
    pub title: String,
    pub kind: ActivityKind,
    /// How long it takes.
    pub minutes: Minutes,
    /// Whether the module can be completed without it.
    pub required: bool,
    /// The outcomes it serves, by key.
    pub outcomes: Vec<String>,
    /// What it uses, by key.
    pub resources: Vec<String>,
    /// What shows that it was done.
    pub evidence: Evidence,
    /// The page to read. Its text may be empty.
    pub page: Page,
    /// What it consists of, where some of it is online and some is not.
    #[uniffi(default = [])]
    pub parts: Vec<ActivityPart>,
    /// How it is talked over afterwards, if it is.
    #[uniffi(default = None)]
    pub debrief: Option<DebriefGuide>,
}

/// What one does in an activity.
#[uniffi::remote(Enum)]
pub enum ActivityKind {
    Read,
    Watch,
    /// Look around in a 360-degree film.
    Vr,
    Attend,
    /// Visit a place or a service.
    Visit,
    Discuss,
    Teach,
    /// Take part in a simulation.
    Simulate,
    Write,
}

/// What shows that an activity was done.
#[uniffi::remote(Enum)]
pub enum Evidence {
    /// Nothing; saying so is enough.
    None,
    Reflection,
    /// A sign-off by a supervisor.
    Signoff,
}

/// A text to read, with the file it is in.
#[uniffi::remote(Record)]
#[uniffi(name = "ProgrammePage")]
pub struct Page {
    /// Its key, unique in the programme.
    pub key: String,
    pub title: String,
    /// The Markdown file in the pack.
    pub file: Sha256,
}

/// Something an activity uses.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
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

impl From<programme::Resource> for Resource {
    fn from(resource: programme::Resource) -> Self {
        let programme::Resource {
            key,
            title,
            kind,
            licence,
            minutes,
            file,
            url,
            transcript,
            pause_points,
        } = resource;
        let pause_points = pause_points.into_iter().map(PausePoint::from).collect();
        Self { key, title, kind, licence, minutes, file, url, transcript, pause_points }
    }
}

/// What a resource is.
#[uniffi::remote(Enum)]
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

/// A place in a film where one stops and thinks.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PausePoint {
    /// Its key, unique in the programme.
    pub key: String,
    /// How far it is from the beginning.
    pub at: Duration,
    /// The scene it belongs to.
    pub scene: String,
    /// What to think about.
    pub prompt: String,
}

impl From<programme::PausePoint> for PausePoint {
    fn from(point: programme::PausePoint) -> Self {
        let programme::PausePoint { key, at_seconds, scene, prompt } = point;
        let at = time::Duration::from_secs(at_seconds.into()).into();
        Self { key, at, scene, prompt }
    }
}

/// A way to reflect: prompts in their order.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Template {
    pub key: String,
    /// Its version; a reflection stays with the one it was started from.
    pub version: TemplateVersion,
    pub title: String,
    /// What it is good for, in a sentence.
    pub purpose: String,
    pub prompts: Vec<Prompt>,
}

impl From<programme::Template> for Template {
    fn from(template: programme::Template) -> Self {
        let programme::Template { key, version, title, purpose, prompts } = template;
        let prompts = prompts.into_iter().map(Prompt::from).collect();
        Self { key, version: version.into(), title, purpose, prompts }
    }
}

/// One question of a template.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Prompt {
    /// Its key, unique in the template.
    pub key: String,
    pub label: String,
    /// Help in answering. May be empty.
    pub help: String,
    /// Words at most, if it says so.
    pub max_words: Option<Count>,
}

impl From<programme::Prompt> for Prompt {
    fn from(prompt: programme::Prompt) -> Self {
        let programme::Prompt { key, label, help, max_words } = prompt;
        Self { key, label, help, max_words: max_words.map(Count::from) }
    }
}
