//! Charts of measures, and what is verified of a plan on paper.

use enhance_client::{
    OtherName,
    model::chart::{self, Exact, Meaning, Picture, PointState, Quantity},
};

use crate::{
    ids::DocumentId,
    values::{CalendarDate, Count},
};

/// A chart of a measure: as numbers to be drawn, as a picture, and in words.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ChartView {
    pub title: String,
    /// In the order of time. Gaps are points too, without a value.
    pub points: Vec<ChartPoint>,
    /// Parts with lines of their own; at least one if there is a point.
    pub phases: Vec<ChartPhase>,
    /// What is more than chance.
    pub signals: Vec<ChartSignal>,
    /// What happened, each at its place.
    pub notes: Vec<ChartNote>,
    /// What a reader must know before believing the chart.
    pub notices: Vec<String>,
    /// The chart in sentences, for a person who does not see it.
    pub summary: Vec<String>,
    /// The picture, a document of SVG.
    pub svg: String,
    /// The numbers as a table of HTML, to stand beside the picture.
    pub table: String,
}

/// One period, and what is said of it. Numbers are for drawing: what is compared was
/// compared without any rounding.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ChartPoint {
    /// The first day of the period.
    pub period: CalendarDate,
    /// What the period is called: `May 2026`.
    pub label: String,
    /// The number of its phase, counted from 1.
    pub phase: Count,
    pub state: ChartPointState,
    /// What it is worth, if it counts.
    pub value: Option<f64>,
    /// The target in force.
    pub target: Option<f64>,
    pub meaning: Meaning,
}

/// Whether a period has a value that counts, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ChartPointState {
    /// It has one value, which counts.
    Counted,
    /// Somebody excluded what there was.
    Excluded,
    Gap,
    /// Its number is small and could tell of single people.
    Hidden,
    /// Several values are recorded, which somebody has to choose from. None counts until then.
    Conflict,
    /// What is recorded is no value.
    Invalid,
}

/// What a signal means for those concerned.
#[uniffi::remote(Enum)]
#[uniffi(name = "ChartMeaning")]
pub enum Meaning {
    /// Nothing but chance: not a signal.
    Common,
    Improvement,
    /// A change for the worse.
    Concern,
    /// A change that is neither better nor worse.
    Neutral,
}

/// A part of a chart with its own lines.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ChartPhase {
    /// What a person called it; empty for a first phase that nobody marked.
    pub label: String,
    /// The number of its first point, counted from 1.
    pub first: Count,
    /// The number of its last point.
    pub last: Count,
    /// Median or mean; none without a point that counts.
    pub centre: Option<f64>,
    /// The lower limit, on a chart that has one and where a value can be as low.
    pub lower: Option<f64>,
    /// The upper limit, likewise.
    pub upper: Option<f64>,
}

/// Something that chance alone rarely does.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChartSignal {
    /// The numbers of the points it marks; none for a rule about the whole phase.
    pub points: Vec<Count>,
    pub meaning: Meaning,
    /// What is seen: "9 points in a row above the middle line (22 to 30)".
    pub words: String,
}

/// Something that happened, at its place in a chart.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChartNote {
    /// What it is called in the picture: `A`.
    pub letter: String,
    pub text: String,
    /// The number of the point it stands at.
    pub point: Count,
}

impl ChartView {
    /// The chart with a picture so many pixels wide.
    pub(crate) fn of(view: &chart::ChartView, width: Count) -> Self {
        let width = u16::try_from(u32::from(width)).unwrap_or(u16::MAX);
        Self {
            title: view.title.clone(),
            points: view.points.iter().map(ChartPoint::from).collect(),
            phases: view.phases.iter().map(ChartPhase::from).collect(),
            signals: view.signals.iter().map(ChartSignal::from).collect(),
            notes: view.annotations.iter().map(ChartNote::from).collect(),
            notices: view.notices.iter().map(ToString::to_string).collect(),
            summary: view.summary.clone(),
            svg: chart::svg(view, &Picture::new(width, "chart")),
            table: chart::table(view),
        }
    }
}

impl From<&chart::ChartPoint> for ChartPoint {
    fn from(point: &chart::ChartPoint) -> Self {
        Self {
            period: point.period,
            label: point.label.clone(),
            phase: count(point.phase),
            state: match point.state {
                PointState::Counted => ChartPointState::Counted,
                PointState::Excluded => ChartPointState::Excluded,
                PointState::Gap => ChartPointState::Gap,
                PointState::Hidden => ChartPointState::Hidden,
                PointState::Conflict { .. } => ChartPointState::Conflict,
                PointState::Invalid { .. } => ChartPointState::Invalid,
            },
            value: point.value.map(drawn),
            target: point.target.map(drawn),
            meaning: point.meaning,
        }
    }
}

impl From<&chart::Phase> for ChartPhase {
    fn from(phase: &chart::Phase) -> Self {
        let limits = phase.limits.as_ref();
        let lower = limits.filter(|limits| limits.lower_is_possible).map(|limits| &limits.lower);
        let upper = limits.filter(|limits| limits.upper_is_possible).map(|limits| &limits.upper);
        Self {
            label: phase.label.clone(),
            first: count(phase.first),
            last: count(phase.last),
            centre: phase.centre.as_ref().map(Exact::to_f64),
            lower: lower.map(Exact::to_f64),
            upper: upper.map(Exact::to_f64),
        }
    }
}

impl From<&chart::Signal> for ChartSignal {
    fn from(signal: &chart::Signal) -> Self {
        Self {
            points: signal.points.iter().copied().map(count).collect(),
            meaning: signal.meaning,
            words: signal.words.clone(),
        }
    }
}

impl From<&chart::PlacedNote> for ChartNote {
    fn from(note: &chart::PlacedNote) -> Self {
        Self { letter: note.letter(), text: note.text.clone(), point: count(note.point) }
    }
}

fn drawn(quantity: Quantity) -> f64 {
    Exact::from(quantity).to_f64()
}

fn count(number: usize) -> Count {
    Count::from(u64::try_from(number).unwrap_or(u64::MAX))
}

/// The chart of a group by which a measure is looked at.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct GroupChart {
    pub group: String,
    pub chart: ChartView,
}

impl GroupChart {
    /// The chart with a picture so many pixels wide.
    pub(crate) fn of(of_group: enhance_client::GroupChart, width: Count) -> Self {
        let enhance_client::GroupChart { group, chart } = of_group;
        Self { group, chart: ChartView::of(&chart, width) }
    }
}

/// The answer to "should a new phase begin?".
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PhaseSuggestion {
    /// Where it would begin: the first point of a shift that lasts to the end. None without one.
    pub at: Option<CalendarDate>,
    /// The four conditions, all of which a person should be able to say yes to.
    pub conditions: Vec<PhaseCondition>,
    /// What to ask; or why there is nothing to ask.
    pub question: String,
}

/// One of the four, with what the chart can say of it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PhaseCondition {
    pub sentence: String,
    /// Whether it holds; none where only a person can tell.
    pub holds: Option<bool>,
    /// What the chart shows of it.
    pub seen: String,
}

impl From<chart::PhaseSuggestion> for PhaseSuggestion {
    fn from(suggestion: chart::PhaseSuggestion) -> Self {
        let chart::PhaseSuggestion { at, conditions, question } = suggestion;
        Self { at, conditions: conditions.into_iter().map(Into::into).collect(), question }
    }
}

impl From<chart::Condition> for PhaseCondition {
    fn from(condition: chart::Condition) -> Self {
        let chart::Condition { sentence, holds, seen } = condition;
        Self { sentence: sentence.to_owned(), holds, seen }
    }
}

/// Somebody whom a page calls by another name than this device knows.
#[uniffi::remote(Record)]
pub struct OtherName {
    pub on_page: String,
    /// None of whom this device has not heard.
    pub here: Option<String>,
}

/// Whether a page still agrees with its plan.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PageVerdict {
    /// It says what the plan says now.
    Agrees { project: DocumentId },
    /// It says what the plan said, which has changed since.
    Outdated {
        project: DocumentId,
        /// How many changes the plan has had since.
        changes: Count,
    },
    /// Somebody altered the page after it was made, or made it by other means.
    Altered { project: DocumentId },
    /// Its digest is right, and another version of the app made it, whose words may be others: it
    /// cannot be compared.
    OtherVersion {
        project: DocumentId,
        /// The version that made it.
        made_by: String,
    },
}

impl From<enhance_client::PageVerdict> for PageVerdict {
    fn from(verdict: enhance_client::PageVerdict) -> Self {
        match verdict {
            enhance_client::PageVerdict::Agrees { project } => Self::Agrees { project },
            enhance_client::PageVerdict::Outdated { project, changes } => {
                Self::Outdated { project, changes: count(changes) }
            }
            enhance_client::PageVerdict::Altered { project } => Self::Altered { project },
            enhance_client::PageVerdict::OtherVersion { project, made_by } => {
                Self::OtherVersion { project, made_by }
            }
        }
    }
}
