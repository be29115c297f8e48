//! The individuals and moving range chart, with the rules of NHS Making Data Count.

use std::cmp::Ordering;

use super::{
    Assurance, Exact, Heading, Improvement, Limits, Quantity, Reach, Rule, Unit, XmrFigures,
    number::Level,
    signal::{Counted, Found, stretches},
};

/// Fewer points than this give limits to try out, not to rely on.
const FEWEST_FOR_LIMITS: usize = 12;

/// Limits are the mean and this many hundredths of the mean moving range: 3 / 1.128, rounded as
/// the field rounds it.
const LIMIT: u32 = 266;

/// Ranges of this many thousandths of the mean moving range are signals themselves.
const RANGE_LIMIT: u32 = 3_267;

/// The mean of the points; nothing if there are none.
pub(super) fn mean(points: &[Counted]) -> Option<Exact> {
    Exact::mean(points.iter().map(|point| point.value.parts()))
}

/// What limits come from, of the points of a baseline.
pub(super) fn figures(baseline: &[Counted], screen: bool) -> XmrFigures {
    // Neighbours in the row and in time: whatever stands between two of them is a gap.
    let neighbours = baseline.windows(2).filter(|pair| pair[0].place + 1 == pair[1].place);
    let ranges: Vec<(i128, u64)> =
        neighbours.map(|pair| pair[0].value.distance(pair[1].value)).collect();
    let (mean_range, screened) = mean_range(ranges, screen);
    XmrFigures { mean_range, screened, are_trial: baseline.len() < FEWEST_FOR_LIMITS }
}

/// Limits about the mean of points in a unit; none without two neighbours.
pub(super) fn limits(
    centre: Option<&Exact>,
    mean_range: Option<&Exact>,
    points: &[Counted],
    unit: Unit,
) -> Option<Limits> {
    let (centre, range) = centre.zip(mean_range)?;
    let (reach, near) = (range.times(LIMIT, 100), range.times(2 * LIMIT, 300));
    let (lower, upper) = (centre.minus(&reach), centre.plus(&reach));
    let (zero, hundred) = (Quantity::from(0), Quantity::from(100));
    let is_below = unit.is_never_negative()
        && lower.is_negative()
        && points.iter().all(|point| point.value >= zero);
    let is_above = unit == Unit::Percent
        && upper > Exact::from(hundred)
        && points.iter().all(|point| point.value <= hundred);
    Some(Limits {
        lower,
        near_lower: centre.minus(&near),
        near_upper: centre.plus(&near),
        upper,
        lower_is_possible: !is_below,
        upper_is_possible: !is_above,
    })
}

/// The mean moving range, and how many ranges were left out of it (Nelson 1982), once.
fn mean_range(mut ranges: Vec<(i128, u64)>, screen: bool) -> (Option<Exact>, usize) {
    let Some(all) = Exact::mean(ranges.iter().copied()) else { return (None, 0) };
    if screen && !all.is_zero() {
        let before = ranges.len();
        let limit = all.times(RANGE_LIMIT, 1_000);
        let level = Level::new(&limit);
        ranges.retain(|range| level.compare_fraction(*range) == Ordering::Less);
        // Where nothing varies but what would be left out, there is nothing to screen by.
        let kept = Exact::mean(ranges.iter().copied()).filter(|kept| !kept.is_zero());
        if let Some(kept) = kept {
            return (Some(kept), before - ranges.len());
        }
    }
    (Some(all), 0)
}

/// Says of each point where it lies among the limits.
pub(super) fn reach(limits: &Limits, points: &mut [Counted]) {
    let level = |line| Level::new(line);
    let (lower, upper) = (level(&limits.lower), level(&limits.upper));
    let (near_lower, near_upper) = (level(&limits.near_lower), level(&limits.near_upper));
    for point in points {
        let is_outside = |lower: &Level<'_>, upper: &Level<'_>| {
            lower.compare(point.value) == Ordering::Less
                || upper.compare(point.value) == Ordering::Greater
        };
        (point.is_near, point.is_beyond) =
            (is_outside(&near_lower, &near_upper), is_outside(&lower, &upper));
    }
}

impl Counted {
    /// Where it lies among the limits of its phase.
    pub(super) const fn reach(&self) -> Reach {
        match (self.is_beyond, self.is_near) {
            (true, _) => Reach::Beyond,
            (false, true) => Reach::Near,
            (false, false) => Reach::Ordinary,
        }
    }
}

/// What the four rules find in a phase.
pub(super) fn judge(points: &[Counted], shift: usize, trend: usize) -> Vec<Found> {
    let mut found = outside(points);
    // A point on the mean breaks the row, unlike on a run chart.
    for row in points.chunk_by(|a, b| a.side == b.side).filter(|row| row.len() >= shift) {
        if let Some(heading) = row.first().and_then(|point| Heading::of(point.side)) {
            let places = row.iter().map(|point| point.place).collect();
            found.push(Found { rule: Rule::Shift, heading: Some(heading), places });
        }
    }
    let all: Vec<&Counted> = points.iter().collect();
    for (heading, places) in stretches(&all, trend) {
        found.push(Found { rule: Rule::Trend, heading: Some(heading), places });
    }
    found.extend(two_of_three(points));
    found
}

/// Points beyond a limit; all on one side are one signal.
fn outside(points: &[Counted]) -> Vec<Found> {
    let found = [Ordering::Less, Ordering::Greater].into_iter().map(|side| {
        let beyond = points.iter().filter(|point| point.is_beyond && point.side == side);
        let places = beyond.map(|point| point.place).collect();
        Found { rule: Rule::Outside, heading: Heading::of(side), places }
    });
    found.filter(|found| !found.places.is_empty()).collect()
}

/// Two of three in a row near a limit or beyond it, all three on one side of the mean. Of the three
/// only those that lie there are marked; what overlaps is one signal.
fn two_of_three(points: &[Counted]) -> Vec<Found> {
    let mut found: Vec<(usize, Found)> = Vec::new();
    for (first, three) in points.windows(3).enumerate() {
        let near = three.iter().filter(|point| point.is_near);
        let is_one_side = three.iter().all(|point| point.side == three[0].side);
        let Some(heading) = Heading::of(three[0].side) else { continue };
        if near.clone().count() < 2 || !is_one_side {
            continue;
        }
        let places = near.map(|point| point.place);
        match found.last_mut() {
            Some((last, before)) if first <= *last && before.heading == Some(heading) => {
                before.places.extend(places);
                before.places.sort_unstable();
                before.places.dedup();
                *last = first + 2;
            }
            _ => {
                let (rule, heading) = (Rule::TwoOfThree, Some(heading));
                found.push((first + 2, Found { rule, heading, places: places.collect() }));
            }
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// Whether a target will be met by a process as it is.
pub(super) fn assurance(
    limits: &Limits,
    points: &[Counted],
    target: Quantity,
    improvement: Improvement,
) -> Option<Assurance> {
    let meets = |point: &Counted| meets(point.value, target, improvement);
    if limits.lower == limits.upper {
        // Where nothing varies, every point tells what the next one will be.
        let met = points.iter().filter(|point| meets(point) == Some(true)).count();
        return match improvement {
            Improvement::Neutral => None,
            _ if met == points.len() => Some(Assurance::ConsistentlyPasses),
            _ if met == 0 => Some(Assurance::ConsistentlyFails),
            _ => Some(Assurance::Inconsistent),
        };
    }
    // A target exactly on a limit is neither passed nor failed.
    let is_above = Level::new(&limits.upper).compare(target) == Ordering::Greater;
    let is_below = Level::new(&limits.lower).compare(target) == Ordering::Less;
    match (improvement, is_above, is_below) {
        (Improvement::Neutral, _, _) => None,
        (Improvement::Up, true, _) | (Improvement::Down, _, true) => {
            Some(Assurance::ConsistentlyFails)
        }
        (Improvement::Up, _, true) | (Improvement::Down, true, _) => {
            Some(Assurance::ConsistentlyPasses)
        }
        _ => Some(Assurance::Inconsistent),
    }
}

/// Whether a value is as good as a target, where one way is better.
pub(super) fn meets(value: Quantity, target: Quantity, improvement: Improvement) -> Option<bool> {
    match improvement {
        Improvement::Up => Some(value >= target),
        Improvement::Down => Some(value <= target),
        Improvement::Neutral => None,
    }
}
