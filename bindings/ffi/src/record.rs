//! The learning log: its sessions, what they amount to, and what is asked for.

use enhance_client::{
    self as client, NewSession,
    model::{
        chart::Exact,
        learning_log::{self, LogTerms},
        personal_record::{self, RecordWarning, SessionKind, Subject},
        record::Disagreement,
    },
};

use crate::{
    ids::ItemId,
    values::{CalendarDate, Count, Minutes, Tag, Timestamp, UtcOffset},
};

/// A stretch of time somebody spent learning.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
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
    /// Whether it is for one specialty; of this less counts.
    #[uniffi(default = false)]
    pub is_specialty: bool,
    /// How much of it was online, which counts as e-learning.
    #[uniffi(default = None)]
    pub online: Option<Minutes>,
    /// The place where it was held.
    #[uniffi(default = "")]
    pub place: String,
    /// The person or body that gave it.
    #[uniffi(default = "")]
    pub provider: String,
    /// The themes it is about.
    #[uniffi(default = [])]
    pub themes: Vec<Tag>,
    /// The part of the activity that it was, by key. Empty for one without parts.
    #[uniffi(default = "")]
    pub part: String,
    /// How far the clocks were ahead of UTC where it was noted, as `+01:00`, if that is known.
    #[uniffi(default = None)]
    pub offset: Option<UtcOffset>,
}

impl From<personal_record::LearningSession> for LearningSession {
    fn from(session: personal_record::LearningSession) -> Self {
        let personal_record::LearningSession {
            title,
            activity,
            module,
            start,
            offset,
            minutes,
            kind,
            subject,
            online,
            place,
            provider,
            themes,
            part,
        } = session;
        Self {
            title,
            activity,
            module,
            start,
            minutes,
            kind,
            is_specialty: subject == Subject::Specialty,
            online,
            place,
            provider,
            themes: themes.into_iter().collect(),
            part,
            offset,
        }
    }
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
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogRule {
    /// Minutes to reach; none if nothing is asked.
    pub target: Minutes,
    /// Of these, minutes of core teaching.
    pub core: Minutes,
    /// Minutes of e-learning that count at most.
    pub elearning_cap: Minutes,
}

impl From<&LogTerms> for LogRule {
    fn from(terms: &LogTerms) -> Self {
        let asked = |asked: &Option<Exact>, otherwise| asked.as_ref().map_or(otherwise, whole);
        Self {
            target: asked(&terms.target, Minutes(0)),
            core: asked(&terms.core_min, Minutes(0)),
            elearning_cap: terms
                .elearning_cap
                .as_ref()
                .map_or(Minutes(u32::MAX), |cap| Minutes(cap.whole_down())),
        }
    }
}

/// What a learning log amounts to. Minutes are whole here; what is reached is decided by exact ones.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogCount {
    pub counted: Minutes,
    /// Minutes of core teaching.
    pub core: Minutes,
    /// Minutes of e-learning before the cap.
    pub elearning: Minutes,
    /// Minutes that do not count.
    pub excluded: Minutes,
    /// Whether the target is reached; none where nothing is asked, so that nothing is met or unmet.
    pub target_met: Option<bool>,
    /// Whether the core target is reached; none likewise.
    pub core_met: Option<bool>,
    /// Minutes that are still to be done.
    #[uniffi(default = None)]
    pub left: Option<Minutes>,
    /// Minutes of core teaching that are still to be done.
    #[uniffi(default = None)]
    pub core_left: Option<Minutes>,
    /// Minutes of other teaching, before anything limits them.
    #[uniffi(default = None)]
    pub non_core: Option<Minutes>,
    /// Minutes of teaching and e-learning beyond what the limits let in.
    #[uniffi(default = None)]
    pub above_limits: Option<Minutes>,
}

impl From<&learning_log::LogCount> for LogCount {
    fn from(count: &learning_log::LogCount) -> Self {
        Self {
            counted: Minutes(count.counted.whole_down()),
            core: count.core,
            elearning: count.elearning,
            excluded: count.excluded,
            target_met: count.target_met,
            core_met: count.core_met,
            left: Some(whole(&count.left)),
            core_left: Some(whole(&count.core_left)),
            non_core: Some(count.non_core),
            above_limits: Some(count.above_limits),
        }
    }
}

/// A training year in a log, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogYear {
    /// The first day that is counted.
    pub from: CalendarDate,
    /// The last day that is counted.
    pub to: CalendarDate,
    /// The part of a full-time year that is worked on these days, to four places.
    pub factor: String,
    /// Whether full time was taken for granted, since no placement says how much was worked.
    pub is_full_time_assumed: bool,
    pub rule: LogRule,
    pub count: LogCount,
    /// The day by which what is left has to be done.
    pub by: CalendarDate,
    /// Rostered days, among these, that were not worked. Days to come are not among them.
    pub absent_days: String,
    /// More than this in a training year ask for a review of the end of training.
    pub absence_limit: Option<Count>,
    /// Whether the days of the training year are more.
    pub absence_asks_for_review: bool,
    /// How much of a full-time year these days are, for people:
    /// "60 % of a full-time year (219 of 365 days)".
    #[uniffi(default = "")]
    pub factor_in_words: String,
    /// The days absent against what asks for a review, for people; empty if there are none.
    #[uniffi(default = "")]
    pub absence_in_words: String,
    /// What has to be known of how it was counted, a sentence each: a grade that is not noted or
    /// that the rule does not name, and sessions that are set aside.
    #[uniffi(default = [])]
    pub notes: Vec<String>,
    /// Why so much is asked for, a sentence each: what makes it less than a full-time year, with
    /// its days, and figures of the rule that change within it.
    #[uniffi(default = [])]
    pub reasons: Vec<String>,
}

impl From<learning_log::LogYear> for LogYear {
    fn from(year: learning_log::LogYear) -> Self {
        let factor_in_words = year.factor_in_words();
        let learning_log::LogYear {
            days,
            year: _,
            factor,
            is_full_time_assumed,
            terms,
            count,
            by,
            absence,
            notes,
            reasons,
        } = year;
        Self {
            from: days.from(),
            to: days.to(),
            factor: factor.to_fixed(4),
            is_full_time_assumed,
            rule: (&terms).into(),
            count: (&count).into(),
            by,
            absent_days: absence.days.to_fixed(1),
            absence_limit: absence.limit.map(Count::from),
            absence_asks_for_review: absence.asks_for_review,
            factor_in_words,
            absence_in_words: absence.in_words().unwrap_or_default(),
            notes,
            reasons,
        }
    }
}

/// Whole minutes of what is asked for or is left: rounded up, so that what is left
/// is never nothing before it is.
fn whole(minutes: &Exact) -> Minutes {
    Minutes(minutes.whole_up())
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
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LearningLog {
    /// Every session of the period, newest first.
    pub sessions: Vec<SessionView>,
    /// What they amount to.
    pub count: LogCount,
    /// What is asked for.
    pub rule: LogRule,
    /// The same, training year by training year.
    #[uniffi(default = [])]
    pub years: Vec<LogYear>,
    /// Sessions, absences and breaks that may be noted twice, or that went on while another did.
    #[uniffi(default = [])]
    pub doubtful: Vec<ItemId>,
}

impl From<client::LearningLog> for LearningLog {
    fn from(log: client::LearningLog) -> Self {
        let client::LearningLog {
            period: _,
            sessions,
            count,
            terms,
            years,
            warnings,
            elsewhere: _,
            rule: _,
        } = log;
        let doubtful = warnings.into_iter().filter_map(|warning| match warning {
            RecordWarning::SessionTwice { other, .. }
            | RecordWarning::SessionsOverlap { other, .. }
            | RecordWarning::AbsencesOverlap { other, .. }
            | RecordWarning::BreaksOverlap { other, .. }
            | RecordWarning::HoursTwice { other, .. }
            | RecordWarning::AbsenceInBreak { absence: other, .. } => Some(other),
            RecordWarning::AboveFullTime { .. }
            | RecordWarning::SameSetting { .. }
            | RecordWarning::StepsAtOnce { .. }
            | RecordWarning::EvidenceTwice { .. }
            | RecordWarning::AbsenceInTwoYears { .. }
            | RecordWarning::AbsenceOutsidePlacements { .. }
            | RecordWarning::OwnWord { .. }
            | RecordWarning::DayIsOver { .. }
            | RecordWarning::SetApart { .. } => None,
        });
        Self {
            sessions: sessions.into_iter().map(SessionView::from).collect(),
            count: (&count).into(),
            rule: (&terms).into(),
            years: years.into_iter().map(LogYear::from).collect(),
            doubtful: doubtful.collect(),
        }
    }
}

/// A session as the learning log shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SessionView {
    pub id: ItemId,
    pub session: LearningSession,
    /// What two devices set differently at once in it and nobody has settled yet.
    #[uniffi(default = [])]
    pub disagreements: Vec<Disagreement>,
}

impl From<client::SessionView> for SessionView {
    fn from(view: client::SessionView) -> Self {
        let client::SessionView { id, session, disagreements } = view;
        Self { id, session: session.into(), disagreements }
    }
}
