//! The programme: what there is to learn, and how far this person has come with it.

use enhance_client::{
    ActivityView, LearningLog, MediaView, ModuleSummary, ModuleView, NewSession, PackState,
    PackUpdate, PageView, SessionView,
    model::{
        learning_log::{LogCount, LogRule},
        personal_record::{ActivityProgress, LearningSession, SessionKind},
        programme::{
            Activity, ActivityKind, Domain, Evidence, Module, Outcome, OutcomeSource, Page,
            PausePoint, Programme, Prompt, Resource, ResourceKind, Template, Theme,
        },
    },
};

use crate::ids::{ItemId, Minutes, Sha256, Timestamp};

/// A programme in one version.
#[uniffi::remote(Record)]
pub struct Programme {
    /// Its key, the same in every version: `enhance`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many years it takes.
    pub years: u8,
    /// Where its facts come from.
    pub source_url: String,
    /// The subject areas, in their order.
    pub domains: Vec<Domain>,
    /// The cross-cutting threads.
    pub themes: Vec<Theme>,
    /// The units of learning, in the order to show them.
    pub modules: Vec<Module>,
    /// What activities use.
    pub resources: Vec<Resource>,
    /// The handbook's pages, in their order.
    pub handbook: Vec<Page>,
    /// Ways to reflect.
    pub templates: Vec<Template>,
}

/// One of the subject areas.
#[uniffi::remote(Record)]
pub struct Domain {
    /// Its key: `pcp`, `cmm`, `sys`, `pop`, `sje`, `env` in Enhance.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is for, in a sentence.
    pub purpose: String,
}

/// A cross-cutting thread.
#[uniffi::remote(Record)]
pub struct Theme {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub purpose: String,
}

/// A unit of learning.
#[uniffi::remote(Record)]
#[uniffi(name = "ProgrammeModule")]
pub struct Module {
    /// Its key.
    pub key: String,
    /// Its title.
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
    /// Its key.
    pub key: String,
    /// The domain it belongs to.
    pub domain: String,
    /// The sentence.
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
pub struct Activity {
    /// Its key, unique in the programme.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What one does.
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
}

/// What one does in an activity.
#[uniffi::remote(Enum)]
pub enum ActivityKind {
    /// Read.
    Read,
    /// Watch a film.
    Watch,
    /// Look around in a 360-degree film.
    Vr,
    /// Attend an event.
    Attend,
    /// Visit a place or a service.
    Visit,
    /// Discuss.
    Discuss,
    /// Teach.
    Teach,
    /// Take part in a simulation.
    Simulate,
    /// Write.
    Write,
}

/// What shows that an activity was done.
#[uniffi::remote(Enum)]
pub enum Evidence {
    /// Nothing; saying so is enough.
    None,
    /// A reflection.
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
    /// Its title.
    pub title: String,
    /// The Markdown file in the pack.
    pub file: Sha256,
}

/// Something an activity uses.
#[uniffi::remote(Record)]
pub struct Resource {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is.
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
#[uniffi::remote(Enum)]
pub enum ResourceKind {
    /// Text.
    Text,
    /// A PDF file.
    Pdf,
    /// Sound.
    Audio,
    /// A film.
    Video,
    /// A 360-degree film.
    Video360,
    /// A picture.
    Image,
    /// An address on the web.
    Link,
    /// A simulation.
    Simulation,
    /// A case.
    Case,
}

/// A place in a film where one stops and thinks.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct Template {
    /// Its key.
    pub key: String,
    /// Its version; a reflection stays with the one it was started from.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// What it is good for, in a sentence.
    pub purpose: String,
    /// What it asks.
    pub prompts: Vec<Prompt>,
}

/// One question of a template.
#[uniffi::remote(Record)]
pub struct Prompt {
    /// Its key, unique in the template.
    pub key: String,
    /// The question.
    pub label: String,
    /// Help in answering. May be empty.
    pub help: String,
    /// Words at most, if it says so.
    pub max_words: Option<u32>,
}

/// A module as the list of modules shows it.
#[uniffi::remote(Record)]
pub struct ModuleSummary {
    /// Its key.
    pub key: String,
    /// Its title.
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
    /// Activities in it.
    pub activities: u32,
    /// Activities completed.
    pub activities_done: u32,
    /// Whether it is complete: enough minutes, and every required activity.
    pub complete: bool,
}

/// A module as its screen shows it.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct ActivityView {
    /// The activity.
    pub activity: Activity,
    /// How far it has come.
    pub progress: ActivityProgress,
    /// What it uses.
    pub resources: Vec<Resource>,
}

/// A page to read.
#[uniffi::remote(Record)]
pub struct PageView {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// How far one activity has come. A fact once written; a new version of a module never undoes it.
#[uniffi::remote(Record)]
pub struct ActivityProgress {
    /// Device clock when it was first started.
    pub started_at: Option<Timestamp>,
    /// Device clock when it was completed.
    pub completed_at: Option<Timestamp>,
    /// The version of the pack in which it was completed.
    pub pack_version: Option<u64>,
}

/// A stretch of time somebody spent learning.
#[uniffi::remote(Record)]
pub struct LearningSession {
    /// What it was.
    pub title: String,
    /// The activity it was spent on, by key.
    pub activity: Option<String>,
    /// The module it counts towards, by key.
    pub module: Option<String>,
    /// When it began, by the device's clock.
    pub start: Timestamp,
    /// How long it took; never zero.
    pub minutes: Minutes,
    /// How the learning log counts it.
    pub kind: SessionKind,
}

/// How the learning log counts a session.
#[uniffi::remote(Enum)]
pub enum SessionKind {
    /// Core teaching.
    Core,
    /// Other teaching and learning that counts.
    NonCore,
    /// E-learning, counted up to a cap.
    Elearning,
    /// Statutory and mandatory training; does not count.
    Statutory,
    /// Induction; does not count.
    Induction,
    /// Life-support courses; do not count.
    LifeSupport,
    /// Anything else; does not count.
    Other,
}

/// What a period of training asks of a learning log.
#[uniffi::remote(Record)]
pub struct LogRule {
    /// Minutes to reach in a full-time year.
    pub target: Minutes,
    /// Of these, minutes of core teaching.
    pub core: Minutes,
    /// Minutes of e-learning that count at most.
    pub elearning_cap: Minutes,
}

/// What a learning log amounts to.
#[uniffi::remote(Record)]
pub struct LogCount {
    /// Minutes that count.
    pub counted: Minutes,
    /// Minutes of core teaching.
    pub core: Minutes,
    /// Minutes of e-learning before the cap.
    pub elearning: Minutes,
    /// Minutes that do not count.
    pub excluded: Minutes,
    /// Whether the target is reached.
    pub target_met: bool,
    /// Whether the core target is reached.
    pub core_met: bool,
}

/// Time spent learning that is to be noted.
#[uniffi::remote(Record)]
pub struct NewSession {
    /// What it was.
    pub title: String,
    /// The activity it was spent on, by key.
    pub activity: Option<String>,
    /// The module it counts towards, by key. If an activity is named, its module is known.
    pub module: Option<String>,
    /// When it began.
    pub start: Timestamp,
    /// How long it took.
    pub minutes: Minutes,
    /// How the learning log counts it.
    pub kind: SessionKind,
}

/// The learning log: the sessions and what they amount to.
#[uniffi::remote(Record)]
pub struct LearningLog {
    /// Every session, newest first.
    pub sessions: Vec<SessionView>,
    /// What they amount to.
    pub count: LogCount,
    /// The rule they were counted by.
    pub rule: LogRule,
}

/// A session as the learning log shows it.
#[uniffi::remote(Record)]
pub struct SessionView {
    /// The session.
    pub id: ItemId,
    /// What it was.
    pub session: LearningSession,
}

/// A content pack as far as this device knows it.
#[uniffi::remote(Record)]
pub struct PackState {
    /// Its key.
    pub key: String,
    /// The version in use.
    pub installed: Option<u64>,
    /// The newest version the server offers.
    pub available: Option<u64>,
    /// Bytes of the newest version this device has the manifest of, without what is fetched on
    /// request.
    pub bytes: Option<u64>,
    /// Those of them that are not here yet.
    pub bytes_missing: Option<u64>,
}

/// What became of an update of a pack.
#[uniffi::remote(Record)]
pub struct PackUpdate {
    /// The pack's key.
    pub key: String,
    /// The version that was in use before.
    pub before: Option<u64>,
    /// The version in use now.
    pub version: u64,
    /// Bytes that were fetched.
    pub bytes: u64,
}

/// Something an activity uses, and whether it is here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Media {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Its size in bytes. Nothing for an address on the web.
    pub bytes: u64,
    /// The media type of its file.
    pub media_type: Option<String>,
    /// Its file, once it is here.
    pub path: Option<String>,
    /// Where it is on the web, if it is.
    pub url: Option<String>,
    /// Its captions or transcript.
    pub transcript: Option<String>,
    /// Places where one stops and thinks.
    pub pause_points: Vec<PausePoint>,
}

impl From<MediaView> for Media {
    fn from(view: MediaView) -> Self {
        let MediaView { key, title, kind, bytes, media_type, path, url, transcript, pause_points } =
            view;
        // The host named the folder in UTF-8, and the rest of the path is ours.
        let path = path.map(|path| path.to_string_lossy().into_owned());
        Self { key, title, kind, bytes, media_type, path, url, transcript, pause_points }
    }
}
