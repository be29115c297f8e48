//! Counting learning time: in a period, by a rule that is data of the pack, pro rata by the days
//! that were worked.
//!
//! ```
//! use enhance_model::{
//!     Minutes,
//!     chart::Exact,
//!     learning_log::{Figure, FigureOf, LogRule, Standing},
//!     personal_record::{LearningSession, SessionKind},
//! };
//!
//! let figure = |of, amount| Figure { amount: Some(amount), ..Figure::of(of) };
//! let figures = vec![figure(FigureOf::Target, 3_600), figure(FigureOf::ElearningCap, 360)];
//! let rule = LogRule { figures, ..LogRule::default() };
//! let session = |kind, minutes| {
//!     LearningSession { kind, minutes: Minutes(minutes), ..LearningSession::default() }
//! };
//!
//! // Half of a full-time year.
//! let half: Exact = enhance_model::chart::Quantity::quotient(1, 2).unwrap().into();
//! let standing = Standing { day: jiff::civil::date(2026, 8, 5), place: "", grade: "F1" };
//! let terms = rule.terms(&standing, &half);
//! let count = terms.count(&[session(SessionKind::Core, 900), session(SessionKind::Elearning, 400)]);
//! assert_eq!(count.counted.to_fixed(0), "1080", "e-learning counts up to its cap");
//! assert_eq!(count.left.to_fixed(0), "720");
//! ```

mod aside;
mod count;
mod grade;
mod json;
mod period;
mod rule;
mod year;

#[cfg(test)]
mod tests;

pub use self::{
    aside::set_aside,
    count::{LogCount, time_against, time_done, time_left},
    period::{Period, PeriodFault, local_day},
    rule::{Figure, FigureOf, Lifted, LogRule, LogTerms, PartCap, Standing},
    year::{AbsenceCount, LogYear},
};
pub(crate) use self::{
    count::{NO_TARGET, NOTHING_ASKED},
    year::days_in_words,
};
