//! The rule by which learning time is counted: figures with their dates and places, from the pack.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{
    Period,
    grade::{is_grade, is_same_grade},
    json::{whole_down_if_any, whole_up_if_any},
};
use crate::{
    CalendarDate, Minutes, chart::Exact, folding::label, personal_record::SessionKind,
    time::day_in_words, words::words,
};

/// What a year of training asks of a learning log, as a pack says it.
///
/// ```
/// use enhance_model::learning_log::{Figure, FigureOf, LogRule, Standing};
///
/// let everywhere = Figure { amount: Some(360), ..Figure::of(FigureOf::ElearningCap) };
/// let lifted = Figure {
///     amount: None,
///     from: Some(jiff::civil::date(2020, 8, 5)),
///     until: Some(jiff::civil::date(2021, 8, 3)),
///     ..everywhere.clone()
/// };
/// let rule = LogRule { figures: vec![everywhere, lifted], ..LogRule::default() };
/// let cap = |year| {
///     let day = jiff::civil::date(year, 9, 1);
///     rule.amount(FigureOf::ElearningCap, &Standing { day, place: "", grade: "F1" })
/// };
/// assert_eq!((cap(2019), cap(2020), cap(2021)), (Some(360), None, Some(360)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogRule {
    /// What it is called, for people: "Personal learning log of the foundation programme".
    pub title: String,
    /// Where it can be read.
    pub source_url: String,
    pub figures: Vec<Figure>,
    /// The kinds of sessions that do not count.
    #[serde(default = "not_counted")]
    pub excluded: Vec<SessionKind>,
    /// How much counts at most of parts of activities. A pack has them from its activities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub part_caps: Vec<PartCap>,
}

/// How much of one part of an activity counts in a training year, whatever was worked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartCap {
    /// The activity, by key.
    pub activity: String,
    /// The part of it, by key.
    pub part: String,
    /// Minutes that count at most.
    pub minutes: Minutes,
}

/// One number of a rule, and when, where and for whom it is the one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Which number of the rule it is.
    pub of: FigureOf,
    /// Minutes of a full-time year, or days. None: nothing is asked, and nothing limits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
    /// The first day of it; none: it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<CalendarDate>,
    /// The last day of it; none: it still is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<CalendarDate>,
    /// The school or deanery it is for; empty: everywhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The grades it is for: F1, or ST for ST1 to ST8; none: for all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<String>,
    /// Where it was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

words! {
    /// What a number of a rule is.
    FigureOf {
        /// Minutes to reach in a full-time year.
        Target = "target",
        /// Of these, minutes of core teaching.
        CoreMin = "core_min",
        /// Minutes that count at most of all that is not core, e-learning included.
        NonCoreCap = "non_core_cap",
        /// Minutes for one specialty that count at most.
        SpecialtyCap = "specialty_cap",
        /// Minutes of e-learning that count at most.
        ElearningCap = "elearning_cap",
        /// More days absent than this ask for a review of the end of training.
        AbsenceDays = "absence_days",
    }
}

/// When, where and as what somebody trains: what decides which figures are theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The first of the days that are looked at: no figure changes within them.
    pub day: CalendarDate,
    /// The school or deanery.
    pub place: &'a str,
    /// The grade: F1, ST3. Empty if it is not known: then it is taken for the first that the rule
    /// names.
    pub grade: &'a str,
}

/// What one year, or a part of it, asks of one trainee: a rule, pro rata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogTerms {
    /// Minutes to reach; none if nothing is asked.
    #[serde(serialize_with = "whole_up_if_any")]
    pub target: Option<Exact>,
    /// Of these, minutes of core teaching.
    #[serde(serialize_with = "whole_up_if_any")]
    pub core_min: Option<Exact>,
    /// Minutes that count at most of all that is not core.
    #[serde(serialize_with = "whole_down_if_any")]
    pub non_core_cap: Option<Exact>,
    /// Minutes for one specialty that count at most.
    #[serde(serialize_with = "whole_down_if_any")]
    pub specialty_cap: Option<Exact>,
    /// Minutes of e-learning that count at most.
    #[serde(serialize_with = "whole_down_if_any")]
    pub elearning_cap: Option<Exact>,
    /// The kinds of sessions that do not count.
    pub excluded: Vec<SessionKind>,
    /// How much counts at most of parts of activities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub part_caps: Vec<PartCap>,
    /// Days on which one of the limits does not hold that hold on others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lifted: Vec<Lifted>,
}

/// Days on which nothing limits what is limited on other days of the same year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lifted {
    /// Which limit it is.
    pub of: FigureOf,
    pub days: Period,
}

/// Days in a row for which a rule says one thing of one trainee.
#[derive(Debug, Clone)]
pub(super) struct RuledDays<'a> {
    pub days: Period,
    pub standing: Standing<'a>,
    /// The part of a full-time year that was worked on them.
    pub factor: Exact,
}

impl Default for LogRule {
    /// Asks for nothing and limits nothing: before a pack is here.
    fn default() -> Self {
        let [title, source_url] = [const { String::new() }; 2];
        let (figures, part_caps) = (Vec::new(), Vec::new());
        Self { title, source_url, figures, excluded: not_counted(), part_caps }
    }
}

fn not_counted() -> Vec<SessionKind> {
    use SessionKind::{Induction, LifeSupport, Other, Statutory};
    vec![Statutory, Induction, LifeSupport, Other]
}

impl Figure {
    /// A figure without an amount, at any time, everywhere, for everybody.
    pub fn of(of: FigureOf) -> Self {
        let (amount, from, until) = (None, None, None);
        let (place, grades, source) = (String::new(), Vec::new(), String::new());
        Self { of, amount, from, until, place, grades, source }
    }

    fn is_for(&self, standing: &Standing<'_>) -> bool {
        let Standing { day, place, grade } = standing;
        let is_place = self.place.is_empty() || label(&self.place) == label(place);
        let is_grade =
            self.grades.is_empty() || self.grades.iter().any(|named| is_grade(named, grade));
        let is_begun = self.from.is_none_or(|from| from <= *day);
        is_place && is_grade && is_begun && self.until.is_none_or(|until| *day <= until)
    }

    /// How particular it is: a place before a grade, and what came later before what was there.
    fn rank(&self) -> (bool, bool, Option<CalendarDate>) {
        (!self.place.is_empty(), !self.grades.is_empty(), self.from)
    }
}

impl LogRule {
    /// The figure that is somebody's; of several the most particular one.
    pub fn figure(&self, of: FigureOf, standing: &Standing<'_>) -> Option<&Figure> {
        let is_noted = !standing.grade.trim().is_empty();
        let grade = if is_noted { standing.grade } else { self.assumed_grade() };
        let standing = Standing { grade, ..*standing };
        let figures = self.figures.iter().filter(|figure| figure.of == of);
        figures.filter(|figure| figure.is_for(&standing)).max_by_key(|figure| figure.rank())
    }

    /// Its amount; none if nothing is asked or limited.
    pub fn amount(&self, of: FigureOf, standing: &Standing<'_>) -> Option<u32> {
        self.figure(of, standing)?.amount
    }

    /// What is asked of somebody who worked this part of a full-time year.
    pub fn terms(&self, standing: &Standing<'_>, factor: &Exact) -> LogTerms {
        let days = Period::year_from(standing.day);
        self.terms_of(&[RuledDays { days, standing: *standing, factor: factor.clone() }])
    }

    /// What is asked of a year in which figures change: each for the days for which it is the one. A
    /// limit that does not hold on all of them limits what was done on those on which it does.
    pub(super) fn terms_of(&self, ruled: &[RuledDays<'_>]) -> LogTerms {
        let mut lifted = Vec::new();
        let mut part = |of| {
            let mut sum: Option<Exact> = None;
            let mut free = Vec::new();
            for RuledDays { days, standing, factor } in ruled {
                match self.amount(of, standing).map(|amount| factor.times(amount, 1)) {
                    Some(more) => sum = Some(sum.map_or(more.clone(), |sum| sum.plus(&more))),
                    None => free.push(Lifted { of, days: *days }),
                }
            }
            lifted.extend(free.into_iter().filter(|_| sum.is_some()));
            sum
        };
        LogTerms {
            target: part(FigureOf::Target),
            core_min: part(FigureOf::CoreMin),
            non_core_cap: part(FigureOf::NonCoreCap),
            specialty_cap: part(FigureOf::SpecialtyCap),
            elearning_cap: part(FigureOf::ElearningCap),
            excluded: self.excluded.clone(),
            part_caps: self.part_caps.clone(),
            lifted,
        }
    }

    /// The days on which a figure begins to hold, or holds no more.
    pub(super) fn changes(&self) -> impl Iterator<Item = CalendarDate> {
        let ends = |figure: &Figure| figure.until.and_then(|until| until.tomorrow().ok());
        self.figures.iter().flat_map(move |figure| [figure.from, ends(figure)]).flatten()
    }

    /// A sentence for each figure that changes within a year.
    pub(super) fn said_of_changes(&self, ruled: &[RuledDays<'_>]) -> Vec<String> {
        let said = |of: FigureOf| {
            let amounts = ruled.iter().map(|one| (one.days, self.amount(of, &one.standing)));
            let mut amounts: Vec<_> = amounts.collect();
            amounts.dedup_by_key(|(_, amount)| *amount);
            let (first, later) = amounts.split_first().filter(|(_, later)| !later.is_empty())?;
            let name = of.in_a_sentence()?;
            let amount = |amount: Option<u32>| {
                amount.map_or_else(|| "none".to_owned(), |amount| Minutes(amount).to_string())
            };
            let mut sentence = format!("{name} of a full-time year is {}", amount(first.1));
            for (days, next) in later {
                let from = day_in_words(days.from());
                let _ = write!(sentence, ", from {from} {}", amount(*next));
            }
            Some(format!("{sentence}: each counts for its days."))
        };
        FigureOf::ALL.iter().filter_map(|of| said(*of)).collect()
    }
}

impl FigureOf {
    /// What it is called in a sentence; nothing of what is not pro rata.
    const fn in_a_sentence(self) -> Option<&'static str> {
        Some(match self {
            Self::Target => "The target",
            Self::CoreMin => "The target of core teaching",
            Self::NonCoreCap => "The limit of other learning",
            Self::SpecialtyCap => "The limit for one specialty",
            Self::ElearningCap => "The limit of e-learning",
            Self::AbsenceDays => return None,
        })
    }
}

impl LogRule {
    /// The grades that it names, each once, in its order.
    fn grades(&self) -> Vec<&str> {
        let mut grades: Vec<&str> = Vec::new();
        for grade in self.figures.iter().flat_map(|figure| &figure.grades) {
            if !grades.iter().any(|known| is_same_grade(known, grade)) {
                grades.push(grade);
            }
        }
        grades
    }

    /// The grade by which somebody is counted who has noted none: the first that the rule names.
    pub(super) fn assumed_grade(&self) -> &str {
        self.grades().first().copied().unwrap_or_default()
    }

    /// What has to be said of a grade by which days are counted, and of the placement that it was
    /// noted for; nothing of one that the rule names.
    pub(super) fn said_of_grade(&self, noted: &str, placement: Option<&str>) -> Option<String> {
        let grades = self.grades();
        let is_known = || grades.iter().any(|named| is_grade(named, noted));
        let assumed = grades.first()?;
        let place = placement.map(str::trim).filter(|name| !name.is_empty());
        if noted.trim().is_empty() {
            let of = match (placement, place) {
                (None, _) => String::new(),
                (_, None) => " for the placement".to_owned(),
                (_, Some(name)) => format!(" for the placement at {name}"),
            };
            return Some(format!("No grade is noted{of}: counted as {assumed}."));
        }
        let at = place.map(|name| format!(" ({name})")).unwrap_or_default();
        let named = grades.join(", ");
        (!is_known()).then(|| {
            format!(
                "“{}”{at} is no grade that the rule names ({named}): counted by what it says of \
                 every grade.",
                noted.trim()
            )
        })
    }
}
