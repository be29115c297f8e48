//! Charts in few words.

use enhance_model::{
    CalendarDate,
    chart::{
        Amount, ChartRequest, ChartView, Decimal, Figures, Heading, Phase, Reading, Rule, Rules,
        RunFigures, Unit,
    },
};

/// The day of a point, counted from 1.
pub fn day(number: usize) -> CalendarDate {
    let days = jiff::Span::new().days(i64::try_from(number).unwrap() - 1);
    jiff::civil::date(2026, 1, 1).checked_add(days).unwrap()
}

pub fn number(text: &str) -> Amount {
    if text == "NA" { Amount::Gap } else { Amount::Number(text.parse::<Decimal>().unwrap()) }
}

/// A request with a reading a day.
pub fn request(rules: Rules, values: impl IntoIterator<Item = Amount>) -> ChartRequest {
    let readings = values.into_iter().zip(1..).map(|(value, at)| Reading::of(day(at), value));
    ChartRequest::of("Test", rules, Unit::Score, readings.collect())
}

/// A request from numbers with spaces in between; `NA` is a gap.
pub fn of(rules: Rules, values: &str) -> ChartRequest {
    request(rules, values.split_whitespace().map(number))
}

pub fn chart(rules: Rules, values: &str) -> ChartView {
    of(rules, values).compute().unwrap()
}

/// The points and headings of a rule's signals.
pub fn signals(view: &ChartView, rule: Rule) -> Vec<(Option<Heading>, Vec<usize>)> {
    let of_rule = view.signals.iter().filter(|signal| signal.rule == rule);
    of_rule.map(|signal| (signal.heading, signal.points.clone())).collect()
}

/// The numbers from one to another.
pub fn range(from: usize, to: usize) -> Vec<usize> {
    (from..=to).collect()
}

/// What a run chart counted in a phase.
pub fn figures(phase: &Phase) -> RunFigures {
    match phase.figures {
        Figures::Run(figures) => figures,
        Figures::Xmr(_) => panic!("a run chart was asked for"),
    }
}

/// The rule that each point is drawn by.
pub fn shown(view: &ChartView) -> Vec<&'static str> {
    let words = view.points.iter().map(|point| point.shown().map_or("common", Rule::as_str));
    words.collect()
}
