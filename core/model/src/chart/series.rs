//! Readings in the order of time, one point for each period: what counts, what does not and why.

use std::collections::BTreeMap;

use super::{
    Amount, ChartError, ChartPoint, ChartRequest, Every, Excluded, Meaning, Notice, PhaseMark,
    PlacedNote, PointState, Quantity, Reading, Series, Target, Unit,
};
use crate::CalendarDate;

/// Points of a chart, gaps with them.
const MOST_POINTS: usize = 10_000;
const MOST_PHASES: usize = 200;
const MOST_TARGETS: usize = 1_000;
const MOST_NOTES: usize = 1_000;

/// The points of a request, in no phase yet and with nothing said of them.
pub(super) fn points(request: &ChartRequest) -> Result<Vec<ChartPoint>, ChartError> {
    match &request.series {
        Series::Readings { every, readings } => {
            at_most(MOST_POINTS, "points", readings.len())?;
            periods(*every, readings, request.unit)
        }
        Series::Events { days } => {
            at_most(MOST_POINTS, "points", days.len())?;
            Ok(between(days))
        }
    }
}

fn at_most(most: usize, what: &'static str, count: usize) -> Result<(), ChartError> {
    if count > most { Err(ChartError::TooMany { what, count, most }) } else { Ok(()) }
}

/// One point for each period from the first to the last.
fn periods(
    every: Option<Every>,
    readings: &[Reading],
    unit: Unit,
) -> Result<Vec<ChartPoint>, ChartError> {
    let mut by_period = BTreeMap::<CalendarDate, Vec<&Reading>>::new();
    for reading in readings {
        let start = every.map_or(reading.at, |every| every.start(reading.at));
        by_period.entry(start).or_default().push(reading);
    }
    let mut points: Vec<ChartPoint> = Vec::with_capacity(by_period.len());
    for (period, readings) in by_period {
        if let (Some(every), Some(before)) = (every, points.last().map(|point| point.period)) {
            let mut next = every.next(before);
            while let Some(missing) = next.filter(|next| *next < period) {
                at_most(MOST_POINTS, "points", points.len() + 2)?;
                points.push(empty(points.len() + 1, missing, every));
                next = every.next(missing);
            }
        }
        let point = empty(points.len() + 1, period, every.unwrap_or(Every::Day));
        points.push(known(point, readings, unit));
    }
    Ok(points)
}

/// A period of which nothing is known.
fn empty(number: usize, period: CalendarDate, every: Every) -> ChartPoint {
    ChartPoint {
        number,
        period,
        label: every.label(period),
        phase: 0,
        state: PointState::Gap,
        value: None,
        counted: None,
        excluded: Vec::new(),
        side: None,
        reach: None,
        rules: Vec::new(),
        meaning: Meaning::Common,
        target: None,
        meets_target: None,
    }
}

/// A period with what is known of it. Several values are a conflict, and never a mean.
fn known(mut point: ChartPoint, readings: Vec<&Reading>, unit: Unit) -> ChartPoint {
    let mut values = Vec::new();
    for reading in readings {
        let value = quantity(reading.value, unit);
        match (&reading.excluded, reading.value) {
            (Some(reason), _) => {
                let value = value.unwrap_or_default();
                point.excluded.push(Excluded { value, reason: reason.clone() });
            }
            (None, Amount::Gap) => {}
            (None, amount) => values.push((amount, value)),
        }
    }
    point.excluded.sort();
    values.sort();
    point.state = match values.as_slice() {
        [] if point.excluded.is_empty() => PointState::Gap,
        [] => PointState::Excluded,
        [(Amount::Hidden, _)] => PointState::Hidden,
        [(_, Err(why))] => PointState::Invalid { why },
        [(_, Ok(None))] => PointState::Gap,
        [(amount, Ok(value))] => {
            point.value = *value;
            if let Amount::Ratio { numerator, denominator } = amount {
                point.counted = Some((*numerator, *denominator));
            }
            PointState::Counted
        }
        several => {
            let mut values: Vec<Option<Quantity>> =
                several.iter().map(|(_, value)| value.unwrap_or_default()).collect();
            values.sort();
            PointState::Conflict { values }
        }
    };
    point
}

/// What an amount is worth in a unit; nothing if there is nothing to see, or why it is no value.
fn quantity(amount: Amount, unit: Unit) -> Result<Option<Quantity>, &'static str> {
    match amount {
        Amount::Number(number) => Ok(Some(Quantity::from(number))),
        Amount::Ratio { numerator: 0, denominator: 0 } | Amount::Hidden | Amount::Gap => Ok(None),
        Amount::Ratio { denominator: 0, .. } => Err("it is a share of nothing"),
        Amount::Ratio { numerator, denominator } => match unit {
            Unit::Percent if numerator > denominator => {
                Err("the numerator is larger than the denominator")
            }
            Unit::Percent => Ok(Quantity::percentage(numerator, denominator)),
            _ => Ok(Quantity::quotient(numerator, denominator)),
        },
    }
}

/// The days from each event to the next; the first has none before it.
fn between(days: &[CalendarDate]) -> Vec<ChartPoint> {
    let mut days = days.to_vec();
    days.sort_unstable();
    let pairs = days.windows(2).enumerate();
    let point = |(place, pair): (usize, &[CalendarDate])| {
        let (before, day) = (pair[0], pair[1]);
        let mut point = empty(place + 1, day, Every::Day);
        let apart = day.duration_since(before).as_hours() / 24;
        point.value = Some(Quantity::from(apart));
        point.state = PointState::Counted;
        point
    };
    pairs.map(point).collect()
}

/// Gives each point its phase. The marks that are used come back, the unmarked beginning with them.
pub(super) fn divide(
    request: &ChartRequest,
    points: &mut [ChartPoint],
    notices: &mut Vec<Notice>,
) -> Result<Vec<PhaseMark>, ChartError> {
    at_most(MOST_PHASES, "phases", request.phases.len())?;
    let mut marks: Vec<&PhaseMark> = request.phases.iter().collect();
    marks.sort();
    let mut begun: Vec<(usize, PhaseMark)> = Vec::new();
    for mark in marks {
        let first = points.partition_point(|point| is_before(request, point, mark.start));
        let same = begun.last().filter(|(begins, _)| *begins == first);
        if first == points.len() {
            notices.push(Notice::PhaseWithoutPoints { label: mark.label.clone() });
        } else if let Some((_, other)) = same {
            let (label, other) = (other.label.clone(), mark.label.clone());
            notices.push(Notice::PhasesAtOnce { label, other });
        } else {
            begun.push((first, mark.clone()));
        }
    }
    if let (true, Some(first)) = (begun.first().is_none_or(|begun| begun.0 > 0), points.first()) {
        let (label, reason) = (String::new(), String::new());
        begun.insert(
            0,
            (0, PhaseMark { start: first.period, label, reason, baseline_points: None }),
        );
    }
    for (place, point) in points.iter_mut().enumerate() {
        point.phase = begun.partition_point(|(first, _)| *first <= place);
    }
    Ok(begun.into_iter().map(|(_, mark)| mark).collect())
}

/// Whether a point lies before a day, or before the period in which the day falls.
fn is_before(request: &ChartRequest, point: &ChartPoint, day: CalendarDate) -> bool {
    let start = match &request.series {
        Series::Readings { every: Some(every), .. } => every.start(day),
        Series::Readings { every: None, .. } | Series::Events { .. } => day,
    };
    point.period < start
}

/// Says of each point which target is in force. Two on one day are none, until somebody chooses.
pub(super) fn aim(
    request: &ChartRequest,
    points: &mut [ChartPoint],
    notices: &mut Vec<Notice>,
) -> Result<(), ChartError> {
    at_most(MOST_TARGETS, "targets", request.targets.len())?;
    let mut targets: Vec<&Target> = request.targets.iter().collect();
    targets.sort_by_key(|target| (target.from, target.value));
    targets.dedup();
    for pair in targets.windows(2).filter(|pair| pair[0].from == pair[1].from) {
        let notice = Notice::TargetsAtOnce { from: pair[0].from };
        if notices.last() != Some(&notice) {
            notices.push(notice);
        }
    }
    for point in points {
        let in_force = targets.partition_point(|target| !is_before(request, point, target.from));
        point.target = match targets.get(..in_force).unwrap_or_default() {
            [.., before, last] if before.from == last.from => None,
            [.., last] => last.value.map(Quantity::from),
            [] => None,
        };
    }
    Ok(())
}

/// Puts each note at the point of its day.
pub(super) fn place(
    request: &ChartRequest,
    points: &[ChartPoint],
) -> Result<Vec<PlacedNote>, ChartError> {
    at_most(MOST_NOTES, "notes", request.annotations.len())?;
    let mut notes = request.annotations.clone();
    notes.sort();
    let placed = notes.into_iter().zip(1..).map(|(note, number)| {
        let before = points.partition_point(|point| is_before(request, point, note.at));
        let point = (before + 1).min(points.len());
        PlacedNote { number, at: note.at, text: note.text, cycle: note.cycle, point }
    });
    Ok(placed.collect())
}
