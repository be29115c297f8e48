//! One training year of a log, or the part of it that a period has: what was asked, what was done,
//! what is left and by when.

use std::fmt::Write;

use serde::Serialize;

use super::{FigureOf, LogCount, LogRule, LogTerms, Period, Standing, json::number};
use crate::{
    CalendarDate,
    chart::Exact,
    personal_record::{DaysOff, LearningSession, PersonalRecord},
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

/// Days absent, against what asks for a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AbsenceCount {
    /// Rostered days, among those that are counted, that were not worked.
    #[serde(serialize_with = "number")]
    pub days: Exact,
    /// Those that are noted for days to come: they are not taken yet.
    #[serde(serialize_with = "number")]
    pub ahead: Exact,
    /// Rostered days of the training year that were not worked, which are what the limit is for.
    #[serde(serialize_with = "number")]
    pub of_year: Exact,
    /// More than this ask for a review of the end of training; none: nothing does.
    pub limit: Option<u32>,
    /// Whether the days of the training year are more.
    pub asks_for_review: bool,
}

impl AbsenceCount {
    fn of(
        (days, year): (Period, Period),
        off: &DaysOff,
        today: CalendarDate,
        limit: Option<u32>,
    ) -> Self {
        let taken = |period: Period| {
            let until = Period::new(period.from(), period.to().min(today));
            until.map_or_else(|_| Exact::sum([]), |until| off.within(until))
        };
        let (of_days, of_year) = (taken(days), taken(year));
        Self {
            ahead: off.within(days).minus(&of_days),
            days: of_days,
            asks_for_review: limit.is_some_and(|limit| of_year > Exact::sum([(limit.into(), 1)])),
            of_year,
            limit,
        }
    }
}

impl AbsenceCount {
    /// As people read it: "21 days; more than 20 in a training year ask for a review of the end of
    /// training, and this is more". Nothing if there are none.
    pub fn in_words(&self) -> Option<String> {
        let all = [&self.days, &self.ahead, &self.of_year];
        if all.into_iter().all(Exact::is_zero) {
            return None;
        }
        let days = |days: &Exact| {
            let number = days_in_words(days);
            format!("{number} {}", if number == "1" { "day" } else { "days" })
        };
        let mut words = days(&self.days);
        if !self.ahead.is_zero() {
            let _ = write!(words, ", and {} noted for days to come", days(&self.ahead));
        }
        if self.of_year != self.days {
            let _ = write!(words, "; {} in the whole training year", days(&self.of_year));
        }
        if let Some(limit) = self.limit {
            let is_more = if self.asks_for_review { ", and this is more" } else { "" };
            let _ = write!(
                words,
                "; more than {limit} in a training year ask for a review of the end of \
                 training{is_more}"
            );
        }
        Some(words)
    }
}

/// Days, of which half ones are counted: 20.5.
pub(crate) fn days_in_words(days: &Exact) -> String {
    let text = days.to_fixed(1);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

impl LogYear {
    /// Why it is known how much was worked where no placement says so. Empty where one does.
    pub fn assumed_in_words(&self) -> &'static str {
        match (self.is_full_time_assumed, self.factor > Exact::sum([])) {
            (false, _) => "",
            (true, true) => "taken for granted since no placement is noted",
            (true, false) => "since all of it is a break",
        }
    }

    /// How much of a full-time year was worked: "73 % of a full-time year (266 of 365 days)". It is
    /// whole only if all of it was.
    pub fn factor_in_words(&self) -> String {
        let of = |whole: u32| {
            let part = self.factor.times(whole, 1);
            let is_between = !self.factor.is_zero() && part < Exact::sum([(whole.into(), 1)]);
            let nearest: u32 = part.to_fixed(0).parse().unwrap_or_default();
            if is_between { nearest.clamp(1, whole - 1) } else { nearest }
        };
        let days = self.year.days();
        format!("{} % of a full-time year ({} of {days} days)", of(100), of(days))
    }
}

impl PersonalRecord {
    /// What a period of the learning log amounts to on a day, training year by training year.
    pub fn log(&self, rule: &LogRule, period: Period, today: CalendarDate) -> Vec<LogYear> {
        let off = self.days_off();
        let of = |part| {
            let crate::personal_record::YearPart { days, year } = part;
            let factor = self.factor(&part);
            let placement = self.placement_on(year.from()).map(|(_, placement)| placement);
            let (place, grade) =
                placement.map_or(("", ""), |one| (one.school.as_str(), one.grade.as_str()));
            let standing = Standing { day: year.from(), place, grade };
            let terms = rule.terms(&standing, &factor);
            let limit = rule.amount(FigureOf::AbsenceDays, &standing);
            let is_in = |session: &&LearningSession| days.contains(session.day());
            LogYear {
                days,
                year,
                count: terms.count(self.sessions.values().filter(is_in)),
                terms,
                factor,
                is_full_time_assumed: self.is_full_time_assumed(days),
                by: self.closes(days),
                absence: AbsenceCount::of((days, year), &off, today, limit),
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
}
