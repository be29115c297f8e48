//! From a request to a chart: phase by phase, then what is said of the whole.

use std::cmp::Ordering;

use super::{
    Assurance, ChartError, ChartPoint, ChartRequest, ChartView, Exact, Figures, Improvement,
    Notice, Percentages, Phase, PhaseMark, PointState, Quantity, Rules, Side, Unit,
    number::Level,
    run, series,
    signal::{Counted, Found, mark},
    summary, xmr,
};

/// Below this many points a chart misses most real changes.
const FEWEST_TO_SEE: usize = 20;

impl ChartRequest {
    /// The chart. The same request gives the same chart, in whatever order its lists are.
    pub fn compute(&self) -> Result<ChartView, ChartError> {
        self.check()?;
        let mut notices = Vec::new();
        let mut points = series::points(self)?;
        let marks = series::divide(self, &mut points, &mut notices)?;
        series::aim(self, &mut points, &mut notices)?;
        let mut phases = Vec::with_capacity(marks.len());
        let mut found = Vec::new();
        let mut rest = points.as_mut_slice();
        for (mark, number) in marks.into_iter().zip(1..) {
            let length = rest.partition_point(|point| point.phase <= number);
            let (of_phase, after) = rest.split_at_mut(length);
            let (phase, signals) = self.judge(number, mark, of_phase);
            found.extend(signals.into_iter().map(|signal| (number, signal)));
            phases.push(phase);
            rest = after;
        }
        let signals = mark(found, &mut points, &phases, self.improvement);
        for point in &mut points {
            point.meets_target = point
                .value
                .zip(point.target)
                .and_then(|(value, target)| xmr::meets(value, target, self.improvement));
        }
        notices.extend(cautions(self, &points, &phases));
        let mut view = ChartView {
            title: self.title.clone(),
            kind: self.rules.kind(),
            rules: self.rules,
            unit: self.unit,
            improvement: self.improvement,
            assurance: assurance(&points, &phases, self.improvement),
            annotations: series::place(self, &points)?,
            points,
            phases,
            signals,
            notices,
            summary: Vec::new(),
        };
        view.summary = summary::of(&view);
        Ok(view)
    }

    fn check(&self) -> Result<(), ChartError> {
        let least = |what, given| {
            if given < 2 { Err(ChartError::Threshold { what, given }) } else { Ok(()) }
        };
        match self.rules {
            Rules::Taught { shift, trend } | Rules::MakingDataCount { shift, trend, .. } => {
                least("shift", shift)?;
                least("trend", trend)?;
            }
            Rules::Anhoej => {}
        }
        let of_phases = self.phases.iter().filter_map(|phase| phase.baseline_points);
        match self.baseline_points.into_iter().chain(of_phases).find(|given| *given < 2) {
            Some(given) => Err(ChartError::Baseline { given }),
            None => Ok(()),
        }
    }

    /// The lines of a phase, and what its rules find.
    fn judge(
        &self,
        number: usize,
        mark: PhaseMark,
        points: &mut [ChartPoint],
    ) -> (Phase, Vec<Found>) {
        let mut counted = counted(points);
        let first = mark.baseline_points.or(self.baseline_points);
        let baseline = counted.len().min(first.unwrap_or(usize::MAX));
        let centre = self.centre(&counted[..baseline]);
        if let Some(centre) = &centre {
            let level = Level::new(centre);
            for point in &mut counted {
                point.side = level.compare(point.value);
            }
        }
        let (figures, limits, found) = match self.rules {
            Rules::MakingDataCount { shift, trend, screen } => {
                let figures = xmr::figures(&counted[..baseline], screen);
                let range = figures.mean_range.as_ref();
                let limits = xmr::limits(centre.as_ref(), range, &counted, self.unit);
                if let Some(limits) = &limits {
                    xmr::reach(limits, &mut counted);
                }
                (Figures::Xmr(figures), limits, xmr::judge(&counted, shift, trend))
            }
            Rules::Anhoej | Rules::Taught { .. } => {
                let (figures, found) = run::judge(&counted, self.rules);
                (Figures::Run(figures), None, found)
            }
        };
        let percentages = if self.unit == Unit::Percent { percentages(points) } else { None };
        let first = points.first().map_or(1, |point| point.number);
        say_where(points, &counted, limits.is_some());
        let PhaseMark { label, reason, .. } = mark;
        let last = points.last().map_or(first, |point| point.number);
        let is_given = self.centre.is_some() && matches!(figures, Figures::Run(_));
        let phase = Phase {
            number,
            label,
            reason,
            first,
            last,
            counted: counted.len(),
            baseline: if is_given { 0 } else { baseline },
            centre,
            limits,
            figures,
            percentages,
        };
        (phase, found)
    }

    fn centre(&self, baseline: &[Counted]) -> Option<Exact> {
        let given = self.centre.map(|centre| Exact::from(Quantity::from(centre)));
        given.or_else(|| match self.rules {
            Rules::MakingDataCount { .. } => xmr::mean(baseline),
            Rules::Anhoej | Rules::Taught { .. } => run::median(baseline),
        })
    }
}

/// Says of the points of a phase where they lie.
fn say_where(points: &mut [ChartPoint], counted: &[Counted], has_limits: bool) {
    let first = points.first().map_or(1, |point| point.number);
    for point in counted {
        let said = &mut points[point.place + 1 - first];
        said.side = Some(match point.side {
            Ordering::Greater => Side::Above,
            Ordering::Equal => Side::On,
            Ordering::Less => Side::Below,
        });
        said.reach = has_limits.then(|| point.reach());
    }
}

/// The points of a phase that count.
fn counted(points: &[ChartPoint]) -> Vec<Counted> {
    let values = points.iter().filter_map(|point| Some((point.number - 1, point.value?)));
    let counted = values.map(|(place, value)| Counted {
        place,
        value,
        side: Ordering::Equal,
        is_near: false,
        is_beyond: false,
    });
    counted.collect()
}

/// Both percentages of a phase of which every value was counted.
fn percentages(points: &[ChartPoint]) -> Option<Percentages> {
    let values: Vec<Quantity> = points.iter().filter_map(|point| point.value).collect();
    let counts: Vec<(u32, u32)> = points
        .iter()
        .filter(|point| point.value.is_some())
        .map_while(|point| point.counted)
        .collect();
    if counts.len() < values.len() {
        return None;
    }
    let of_all = counts.iter().map(|(_, denominator)| u64::from(*denominator)).sum::<u64>();
    let counted = counts.iter().map(|(numerator, _)| i128::from(*numerator)).sum::<i128>();
    Some(Percentages {
        mean_of_percentages: Exact::mean(values.iter().map(|value| value.parts()))?,
        overall: (of_all > 0).then(|| Exact::sum([(counted * 100, of_all)]))?,
    })
}

/// Whether the target in force at the last point is met reliably in the last phase.
fn assurance(
    points: &[ChartPoint],
    phases: &[Phase],
    improvement: Improvement,
) -> Option<Assurance> {
    let phase = phases.iter().rev().find(|phase| phase.counted > 0)?;
    let target = points.last()?.target?;
    let counted = counted(points.get(phase.first - 1..phase.last)?);
    xmr::assurance(phase.limits.as_ref()?, &counted, target, improvement)
}

/// What a reader must know, of the whole chart and of each phase.
fn cautions(request: &ChartRequest, points: &[ChartPoint], phases: &[Phase]) -> Vec<Notice> {
    let mut notices: Vec<Notice> =
        phases.iter().flat_map(|phase| cautions_of(request, phase)).collect();
    let mut some = |count: usize, notice: fn(usize) -> Notice| {
        if count > 0 {
            notices.push(notice(count));
        }
    };
    let count =
        |is: fn(&PointState) -> bool| points.iter().filter(|point| is(&point.state)).count();
    some(count(|state| *state == PointState::Hidden), |points| Notice::SomeHidden { points });
    let excluded = points.iter().map(|point| point.excluded.len()).sum();
    some(excluded, |points| Notice::SomeExcluded { points });
    some(count(|state| *state == PointState::Gap), |points| Notice::SomeGaps { points });
    let conflicts = count(|state| matches!(state, PointState::Conflict { .. }));
    some(conflicts, |points| Notice::Conflicts { points });
    let invalid = count(|state| matches!(state, PointState::Invalid { .. }));
    some(invalid, |points| Notice::Invalid { points });
    notices
}

fn cautions_of(request: &ChartRequest, phase: &Phase) -> Vec<Notice> {
    let number = phase.number;
    let counted = phase.counted;
    let mut notices = Vec::new();
    match &phase.figures {
        _ if counted == 0 => {}
        Figures::Run(_) if matches!(request.rules, Rules::Taught { .. }) => {
            notices.push(Notice::FalseAlarms { phase: number, points: counted });
        }
        Figures::Run(figures) if figures.anhoej.is_none() => {
            notices.push(Notice::TooFew { phase: number, useful: figures.useful });
        }
        Figures::Run(_) if counted < FEWEST_TO_SEE => {
            notices.push(Notice::NearlyBlind { phase: number, points: counted });
        }
        Figures::Xmr(figures) => {
            let points = phase.baseline;
            if phase.limits.is_none() {
                notices.push(Notice::NoLimits { phase: number, points });
            } else if figures.are_trial {
                notices.push(Notice::TrialLimits { phase: number, points });
            }
            if figures.mean_range.as_ref().is_some_and(Exact::is_zero) {
                notices.push(Notice::NoVariation { phase: number });
            }
            let limits = phase.limits.as_ref();
            if limits.is_some_and(|limits| !limits.lower_is_possible || !limits.upper_is_possible) {
                notices.push(Notice::UnreachableLimit { phase: number });
            }
        }
        Figures::Run(_) => {}
    }
    if let Some(both) = &phase.percentages {
        let said = |value| summary::said(value, request.unit);
        let (mean, overall) = (said(&both.mean_of_percentages), said(&both.overall));
        if mean != overall {
            notices.push(Notice::TwoPercentages { phase: number, mean, overall });
        }
    }
    notices
}
