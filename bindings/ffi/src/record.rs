//! How far this person has come with the programme: modules, activities, the learning log.

use enhance_client::{
    self as client, LearningLog, NewSession, PageView, SessionView,
    model::{
        learning_log::{LogCount, LogRule},
        personal_record::{self, LearningSession, SessionKind},
        programme::{Activity, Outcome},
    },
};

use crate::{
    ids::ItemId,
    programme::Resource,
    values::{Count, Minutes, PackVersion, Timestamp},
};

/// A module as the list of modules shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
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
    pub activities: Count,
    pub activities_done: Count,
    /// Whether it is complete: enough minutes, and every required activity.
    pub complete: bool,
}

impl From<client::ModuleSummary> for ModuleSummary {
    fn from(summary: client::ModuleSummary) -> Self {
        let client::ModuleSummary {
            key,
            title,
            domains,
            themes,
            suggested_stage,
            min_minutes,
            minutes_done,
            activities,
            activities_done,
            complete,
        } = summary;
        Self {
            key,
            title,
            domains,
            themes,
            suggested_stage,
            min_minutes,
            minutes_done,
            activities: activities.into(),
            activities_done: activities_done.into(),
            complete,
        }
    }
}

/// A module as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
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

impl From<client::ModuleView> for ModuleView {
    fn from(view: client::ModuleView) -> Self {
        let client::ModuleView { summary, page, outcomes, activities } = view;
        let activities = activities.into_iter().map(ActivityView::from).collect();
        Self { summary: summary.into(), page, outcomes, activities }
    }
}

/// An activity with what it uses, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActivityView {
    pub activity: Activity,
    /// How far it has come.
    pub progress: ActivityProgress,
    pub resources: Vec<Resource>,
}

impl From<client::ActivityView> for ActivityView {
    fn from(view: client::ActivityView) -> Self {
        let client::ActivityView { activity, progress, resources } = view;
        let resources = resources.into_iter().map(Resource::from).collect();
        Self { activity, progress: progress.into(), resources }
    }
}

/// A page to read.
#[uniffi::remote(Record)]
pub struct PageView {
    pub key: String,
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// How far one activity has come. A fact once written; a new version of a module never undoes it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActivityProgress {
    /// Device clock when it was first started.
    pub started_at: Option<Timestamp>,
    /// Device clock when it was completed.
    pub completed_at: Option<Timestamp>,
    /// The version of the pack in which it was completed.
    pub pack_version: Option<PackVersion>,
}

impl From<personal_record::ActivityProgress> for ActivityProgress {
    fn from(progress: personal_record::ActivityProgress) -> Self {
        let personal_record::ActivityProgress { started_at, completed_at, pack_version } = progress;
        Self { started_at, completed_at, pack_version: pack_version.map(PackVersion::from) }
    }
}

/// A stretch of time somebody spent learning.
#[uniffi::remote(Record)]
pub struct LearningSession {
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
    pub title: String,
    /// The activity it was spent on, by key.
    pub activity: Option<String>,
    /// The module it counts towards, by key. If an activity is named, its module is known.
    pub module: Option<String>,
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
    pub id: ItemId,
    pub session: LearningSession,
}
