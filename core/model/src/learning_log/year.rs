//! One training year of a log, or the part of it that a period has: what was asked, what was done,
//! what is left and by when.

use serde::Serialize;

use super::{FigureOf, LogCount, LogRule, LogTerms, Period, Standing, json::number};
use crate::{
    CalendarDate,
    chart::Exact,
    personal_record::{LearningSession, PersonalRecord},
};

/// A training year in a log, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogYear {
    /// The days that are counted.
    pub days: Period,
    /// The training year they are in.
    pub year: Period,
    /// The part of a full-time year that was, or will be, worked on these days.
    #[serde(serialize_with = "number")]
    pub factor: Exact,
    /// Whether full time was taken for granted, since no placement says how much was worked.
    pub is_full_time_assumed: bool,
    /// What is asked for.
    pub terms: LogTerms,
    /// What the sessions in it amount to.
    pub count: LogCount,
    /// The day by which what is left has to be done.
    pub by: CalendarDate,
    pub absence: AbsenceCount,
}

/// Days absent in a training year, against what asks for a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AbsenceCount {
    /// Rostered days that were not worked.
    #[serde(serialize_with = "number")]
    pub days: Exact,
    /// More than this ask for a review of the end of training; none: nothing does.
    pub limit: Option<u32>,
    /// Whether it is more.
    pub asks_for_review: bool,
}

impl LogYear {
    /// The part of a full-time year, to four places.
    pub fn factor_in_words(&self) -> String {
        self.factor.to_fixed(4)
    }
}

impl PersonalRecord {
    /// What a period of the learning log amounts to, training year by training year.
    pub fn log(&self, rule: &LogRule, period: Period) -> Vec<LogYear> {
        let of = |part| {
            let crate::personal_record::YearPart { days, year } = part;
            let factor = self.factor(&part);
            let placement = self.placement_on(year.from()).map(|(_, placement)| placement);
            let (place, grade) =
                placement.map_or(("", ""), |one| (one.school.as_str(), one.grade.as_str()));
            let standing = Standing { day: year.from(), place, grade };
            let terms = rule.terms(&standing, &factor);
            let is_in = |session: &&LearningSession| days.contains(session.day());
            LogYear {
                days,
                year,
                count: terms.count(self.sessions.values().filter(is_in)),
                terms,
                factor,
                is_full_time_assumed: self.is_full_time_assumed(days),
                by: self.closes(days),
                absence: self.absence_against(rule, &standing, year),
            }
        };
        self.parts(period).into_iter().map(of).collect()
    }

    /// The last day for what a period asks: that of a portfolio that closes in its last quarter, or
    /// its own.
    fn closes(&self, period: Period) -> CalendarDate {
        let late = |day: &CalendarDate| {
            let left = Period::new(*day, period.to()).map_or(0, Period::days);
            period.contains(*day) && left * 4 <= period.days()
        };
        self.deadlines.values().map(|one| one.at).filter(late).min().unwrap_or(period.to())
    }

    fn absence_against(
        &self,
        rule: &LogRule,
        standing: &Standing<'_>,
        year: Period,
    ) -> AbsenceCount {
        let days = self.absence(year);
        let limit = rule.amount(FigureOf::AbsenceDays, standing);
        let asks_for_review = limit.is_some_and(|limit| days > Exact::sum([(limit.into(), 1)]));
        AbsenceCount { days, limit, asks_for_review }
    }
}
