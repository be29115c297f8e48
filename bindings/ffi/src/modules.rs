//! Modules and activities of the programme, and how far this person has come with them.

use enhance_client::{
    self as client, DebriefView, PageView,
    model::{
        personal_record,
        programme::{Activity, Outcome},
    },
};

use crate::{
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
    /// Whether it is complete: enough minutes, and every required activity, now or once.
    pub complete: bool,
    /// Device clock when it was completed. Nothing that comes later makes that undone.
    #[uniffi(default = None)]
    pub completed_at: Option<Timestamp>,
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
            completed_at,
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
            completed_at,
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
    /// How it was talked over, the first time first.
    #[uniffi(default = [])]
    pub debriefs: Vec<DebriefView>,
}

impl From<client::ActivityView> for ActivityView {
    fn from(view: client::ActivityView) -> Self {
        let client::ActivityView { activity, progress, resources, debriefs } = view;
        let resources = resources.into_iter().map(Resource::from).collect();
        Self { activity, progress: progress.into(), resources, debriefs }
    }
}

/// A page to read.
#[uniffi::remote(Record)]
pub struct PageView {
    pub key: String,
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
    /// Whether its file is not here as its publisher signed it. There is no text then, and the next
    /// sync or update of the pack fetches it.
    #[uniffi(default = false)]
    pub is_missing: bool,
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
