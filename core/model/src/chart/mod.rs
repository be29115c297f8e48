//! Charts over time, computed once: the rules, the lines, the signals and the words.
//!
//! A [`ChartRequest`] is what people recorded; [`ChartRequest::compute`] makes a [`ChartView`] of
//! it, which phones, the terminal, the page and the paper draw as they can. Nothing here rounds
//! before it compares: a point on a line is on it.
//!
//! ```
//! use enhance_model::chart::{Amount, ChartKind, ChartRequest, Reading, Unit};
//!
//! let days = (1..=12).map(|day| jiff::civil::date(2026, 1, day));
//! let values = [4, 3, 5, 4, 6, 3, 9, 9, 8, 9, 8, 9].map(|value| Amount::Number(value.into()));
//! let readings = days.zip(values).map(|(day, value)| Reading::of(day, value)).collect();
//! let request =
//!     ChartRequest::of("Calls a day", ChartKind::Run.rules(), Unit::Count, readings);
//! let chart = request.compute()?;
//! assert_eq!(chart.phases[0].centre.as_ref().unwrap().to_fixed(1), "7.0");
//! assert_eq!(chart.signals[0].words, "the middle line is crossed once, and fewer than 3 is rare by chance");
//! # Ok::<(), enhance_model::chart::ChartError>(())
//! ```

mod chance;
mod compute;
mod drawing;
mod notice;
mod number;
mod period;
mod request;
mod run;
mod series;
mod signal;
mod suggestion;
mod summary;
mod view;
mod xmr;

pub use self::{
    chance::{AnhoejLimits, RunsLimits},
    drawing::{Glyphs, Picture, svg, table, text},
    notice::Notice,
    number::{Decimal, DecimalError, Exact, Quantity},
    period::{Every, Zone, ZoneError},
    request::{
        Amount, Annotation, ChartError, ChartKind, ChartRequest, Improvement, PhaseMark, Reading,
        Rules, Series, Target, Unit,
    },
    suggestion::{Condition, PhaseSuggestion, suggest_phase},
    view::{
        Assurance, ChartPoint, ChartView, Excluded, Figures, Heading, Limits, Meaning, Percentages,
        Phase, PlacedNote, PointState, Reach, Rule, RunFigures, Side, Signal, XmrFigures,
    },
};
