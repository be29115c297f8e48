//! One training year of a log, or the part of it that a period has: what was asked, what was done,
//! what is left and by when.

use std::fmt::Write;

use serde::Serialize;

use super::{
    FigureOf, LogCount, LogRule, LogTerms, Period, Standing, aside, json::number, rule::RuledDays,
    set_aside,
};
use crate::{
    CalendarDate,
    chart::Exact,
    personal_record::{DaysOff, PersonalRecord, YearPart, cut_at},
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
    /// What has to be known of how it was counted, a sentence each: a grade that is not noted or
    /// that the rule does not name, and sessions that are set aside.
    pub notes: Vec<String>,
    /// Why so much is asked for, a sentence each: what makes it less than a full-time year, with
    /// its days, and figures of the rule that change within it.
    pub reasons: Vec<String>,
}

/// The days of a training year in a row for which a rule says the same, and what it says.
struct Stretch<'r> {
    days: Period,
    figures: Vec<Option<u32>>,
    /// Its days, apart where a figure changes or another placement is the one.
    ruled: Vec<RuledDays<'r>>,
    /// What has to be said of the grades by which they are counted.
    said: Vec<String>,
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
    /// What a period of the learning log amounts to on a day, training year by training year, and
    /// within one by the grades in it, where the rule asks something else of each.
    pub fn log(&self, rule: &LogRule, period: Period, today: CalendarDate) -> Vec<LogYear> {
        let off = self.days_off();
        let mut years = Vec::new();
        for part in self.parts(period) {
            let is_assumed = self.is_full_time_assumed(part.year);
            for Stretch { days, ruled, said, .. } in self.stretches(rule, part, is_assumed) {
                let year = part.year;
                let part = YearPart { days, year };
                let factor = self.factor_of(&part, is_assumed);
                let terms = rule.terms_of(&ruled);
                let first = ruled.first().map(|one| one.standing);
                let limit = first.and_then(|first| rule.amount(FigureOf::AbsenceDays, &first));
                let (count, aside) = self.counted(&terms, days, today);
                let absence = AbsenceCount::of((days, year), &off, today, limit);
                let mut reasons = self.lessened(&part, is_assumed);
                if !reasons.is_empty() && !absence.days.is_zero() {
                    let days = days_in_words(&absence.days);
                    reasons
                        .push(format!("Days absent ({days}) take nothing off what is asked for."));
                }
                reasons.extend(rule.said_of_changes(&ruled));
                years.push(LogYear {
                    days,
                    year,
                    factor,
                    is_full_time_assumed: is_assumed,
                    terms,
                    count,
                    by: self.closes(days),
                    absence,
                    notes: said.into_iter().chain(aside).collect(),
                    reasons,
                });
            }
        }
        years
    }

    /// What the sessions of some days amount to. What nobody can have had does not count, and is
    /// named.
    fn counted(
        &self,
        terms: &LogTerms,
        days: Period,
        today: CalendarDate,
    ) -> (LogCount, Vec<String>) {
        let of_days = self.sessions.values().filter(|session| days.contains(session.day()));
        let judged = of_days.map(|session| (session, set_aside(session, today)));
        let (counting, aside): (Vec<_>, Vec<_>) = judged.partition(|(_, why)| why.is_none());
        let mut count = terms.count(counting.into_iter().map(|(session, _)| session));
        for (session, _) in &aside {
            count.leave_out(session);
        }
        let aside = aside.into_iter().filter_map(|(session, why)| Some((session, why?)));
        (count, aside::named(aside))
    }

    /// A part of a training year, taken apart where the rule says something else of another
    /// placement's grade or school.
    fn stretches<'r>(
        &'r self,
        rule: &LogRule,
        part: YearPart,
        is_assumed: bool,
    ) -> Vec<Stretch<'r>> {
        let mut stretches: Vec<Stretch<'r>> = Vec::new();
        let mut changes = self.placements_change_in(part.days);
        changes.extend(rule.changes());
        for days in cut_at(part.days, &changes) {
            let placement = self.placement_on(days.from()).map(|(_, placement)| placement);
            let (place, grade) =
                placement.map_or(("", ""), |one| (one.school.as_str(), one.grade.as_str()));
            let standing = Standing { day: days.from(), place, grade };
            // What another day changes is one year still; what another grade changes is not.
            let of_year = Standing { day: part.year.from(), ..standing };
            let figures: Vec<_> =
                FigureOf::ALL.iter().map(|of| rule.amount(*of, &of_year)).collect();
            let factor = self.factor_of(&YearPart { days, year: part.year }, is_assumed);
            let ruled = RuledDays { days, standing, factor };
            let said = rule.said_of_grade(grade, placement.map(|one| one.organisation.as_str()));
            let last = stretches.last_mut();
            if let Some(last) = last.filter(|last| last.figures == figures) {
                let said = said.filter(|said| !last.said.contains(said));
                last.said.extend(said);
                last.days = Period::new(last.days.from(), days.to()).unwrap_or(last.days);
                last.ruled.push(ruled);
                continue;
            }
            let (ruled, said) = (vec![ruled], said.into_iter().collect());
            stretches.push(Stretch { days, figures, ruled, said });
        }
        stretches
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
