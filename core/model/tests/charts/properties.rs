//! What holds of any chart.

use enhance_model::{
    CalendarDate,
    chart::{
        Amount, Annotation, ChartError, ChartRequest, ChartView, Decimal, Every, Figures, Glyphs,
        Improvement, Meaning, PhaseMark, Picture, PointState, Reading, Rule, Rules, Series, Target,
        Unit, suggest_phase, svg, table, text,
    },
    suppression::{Cell, Suppression},
};
use proptest::prelude::*;

use crate::vocabulary::{chart, day, number, of, request, signals};

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => (-50_i64..50).prop_map(|tenths| Amount::Number(Decimal::from_thousandths(tenths * 500))),
        4 => (0_u32..30, 0_u32..30).prop_map(|(numerator, denominator)| {
            Amount::Ratio { numerator, denominator }
        }),
        1 => Just(Amount::Hidden),
        1 => Just(Amount::Gap),
    ]
}

fn reading() -> impl Strategy<Value = Reading> {
    let reason = prop_oneof![9 => Just(None), 1 => Just(Some("spoilt".to_owned()))];
    (1_usize..80, amount(), reason).prop_map(|(at, value, excluded)| Reading {
        at: day(at),
        value,
        excluded,
    })
}

fn rules() -> impl Strategy<Value = Rules> {
    let numbers = (2_usize..9, 2_usize..9, any::<bool>());
    prop_oneof![
        Just(Rules::Anhoej),
        numbers.clone().prop_map(|(shift, trend, _)| Rules::Taught { shift, trend }),
        numbers.prop_map(|(shift, trend, screen)| Rules::MakingDataCount { shift, trend, screen }),
    ]
}

fn any_request() -> impl Strategy<Value = ChartRequest> {
    let readings = proptest::collection::vec(reading(), 0..70);
    let every = prop_oneof![Just(None), Just(Some(Every::Day)), Just(Some(Every::Week))];
    let phases = proptest::collection::vec((1_usize..90, 0_u8..4), 0..4);
    let targets = proptest::collection::vec((1_usize..90, -20_i64..60), 0..4);
    let unit = prop_oneof![Just(Unit::Score), Just(Unit::Percent), Just(Unit::Count)];
    let improvement =
        prop_oneof![Just(Improvement::Up), Just(Improvement::Down), Just(Improvement::Neutral)];
    let baseline = prop_oneof![Just(None), (2_usize..20).prop_map(Some)];
    let parts = (readings, every, rules(), phases, targets, unit, improvement, baseline);
    parts.prop_map(|(readings, every, rules, phases, targets, unit, improvement, baseline)| {
        let mark = |(at, name): (usize, u8)| PhaseMark {
            start: day(at),
            label: name.to_string(),
            reason: String::new(),
            baseline_points: None,
        };
        let note = |at| Annotation { at: day(at), text: format!("note {at}"), cycle: None };
        let target = |(at, value): (usize, i64)| Target {
            from: day(at),
            value: (value > 0).then(|| value.into()),
        };
        ChartRequest {
            series: Series::Readings { every, readings },
            annotations: phases.iter().map(|(at, _)| note(*at)).collect(),
            phases: phases.into_iter().map(mark).collect(),
            targets: targets.into_iter().map(target).collect(),
            baseline_points: baseline,
            improvement,
            ..ChartRequest::of("Anything", rules, unit, Vec::new())
        }
    })
}

/// What is said twice in a chart says the same.
fn check(view: &ChartView) {
    let numbers: Vec<usize> = view.points.iter().map(|point| point.number).collect();
    assert_eq!(numbers, (1..=view.points.len()).collect::<Vec<_>>());
    assert!(view.points.is_sorted_by_key(|point| point.period));
    let divided: usize = view.phases.iter().map(|phase| view.points_of(phase).len()).sum();
    assert_eq!(divided, view.points.len());
    for point in &view.points {
        assert_eq!(point.value.is_some(), point.state == PointState::Counted);
        assert_eq!(point.side.is_some(), point.value.is_some());
        let of_signals = |rule: &Rule| {
            let mut marking = view.signals.iter().filter(|signal| signal.rule == *rule);
            marking.any(|signal| signal.points.contains(&point.number))
        };
        assert!(point.rules.iter().all(of_signals));
        assert_eq!(point.rules.is_empty(), point.meaning == Meaning::Common);
        assert!(point.rules.is_sorted());
    }
    for signal in &view.signals {
        assert!(!signal.words.is_empty());
        for number in &signal.points {
            let point = &view.points[number - 1];
            assert!(point.value.is_some() && point.rules.contains(&signal.rule));
            assert_eq!(point.phase, signal.phase);
        }
    }
    for phase in &view.phases {
        assert!(!view.points_of(phase).is_empty());
        if let Some(limits) = &phase.limits {
            let centre = phase.centre.as_ref().unwrap();
            assert!(limits.lower <= limits.near_lower && limits.near_lower <= *centre);
            assert!(*centre <= limits.near_upper && limits.near_upper <= limits.upper);
        }
        if let Figures::Run(figures) = &phase.figures {
            assert_eq!(figures.above + figures.below, figures.useful);
            assert_eq!(figures.crossings, figures.runs.saturating_sub(1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_order_of_what_was_recorded_does_not_matter(
        request in any_request(),
        seed in any::<u64>(),
    ) {
        let view = request.compute().unwrap();
        check(&view);
        let mut shuffled = request.clone();
        let Series::Readings { readings, .. } = &mut shuffled.series else { panic!() };
        shuffle(readings, seed);
        shuffle(&mut shuffled.phases, seed);
        shuffle(&mut shuffled.targets, seed);
        shuffle(&mut shuffled.annotations, seed);
        prop_assert_eq!(&shuffled.compute().unwrap(), &view);
    }

    #[test]
    fn a_point_on_the_median_changes_no_run(
        values in proptest::collection::vec(-9_i64..9, 1..60),
        at in 0_usize..60,
    ) {
        let request = |values: &[i64]| {
            let mut request =
                request(Rules::Anhoej, values.iter().map(|value| Amount::Number((*value).into())));
            request.centre = Some(0.into());
            request
        };
        let before = request(&values).compute().unwrap();
        let mut more = values;
        more.insert(at.min(more.len()), 0);
        let after = request(&more).compute().unwrap();
        prop_assert_eq!(&before.phases[0].figures, &after.phases[0].figures);
        let count = |view: &ChartView| signals(view, Rule::LongRun).len();
        prop_assert_eq!(count(&before), count(&after));
    }

    #[test]
    fn turned_upside_down_a_chart_says_the_opposite(
        values in proptest::collection::vec(-9_i64..9, 2..60),
        rules in rules(),
    ) {
        let turned = |sign: i64, improvement| {
            let values = values.iter().map(|value| Amount::Number((value * sign).into()));
            let mut request = request(rules, values);
            request.improvement = improvement;
            request.compute().unwrap()
        };
        let up = turned(1, Improvement::Up);
        let down = turned(-1, Improvement::Down);
        let said = |view: &ChartView| {
            let points = view.points.iter().map(|point| (point.rules.clone(), point.meaning));
            points.collect::<Vec<_>>()
        };
        prop_assert_eq!(said(&up), said(&down));
    }

    #[test]
    fn points_after_a_fixed_baseline_do_not_move_its_limits(
        values in proptest::collection::vec(-99_i64..99, 12..40),
        more in proptest::collection::vec(-99_i64..99, 0..20),
    ) {
        let limits = |values: &[i64]| {
            let numbers = values.iter().map(|value| Amount::Number((*value).into()));
            let mut request = request(Rules::MDC_2023, numbers);
            request.baseline_points = Some(12);
            let view = request.compute().unwrap();
            (view.phases[0].limits.clone(), view.phases[0].centre.clone())
        };
        let before = limits(&values);
        let all: Vec<i64> = values.into_iter().chain(more).collect();
        prop_assert_eq!(before, limits(&all));
    }

    #[test]
    fn anything_can_be_drawn(request in any_request(), width in 0_u16..1_200) {
        let view = request.compute().unwrap();
        let drawn = svg(&view, &Picture::new(width, "a"));
        prop_assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>\n"));
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let lines = text(&view, usize::from(width), glyphs);
            let most = usize::from(width).max(40);
            prop_assert!(lines.lines().all(|line| line.chars().count() <= most), "{}", lines);
        }
        let rows = table(&view).matches("<tr>").count();
        prop_assert_eq!(rows, view.points.len() + 1);
        let _ = suggest_phase(&view);
    }

    #[test]
    fn nobody_works_a_hidden_count_out(counts in proptest::collection::vec(0_u64..12, 1..6)) {
        let seen = Suppression::default().groups(&counts, true);
        for (count, cell) in counts.iter().zip(&seen.counts) {
            prop_assert!(*cell == Cell::Hidden || !(1..=5).contains(count));
            prop_assert!(*count > 0 || *cell == Cell::Number(0), "nothing is shown");
        }
        let Some(Cell::Number(total)) = seen.total else { return Ok(()) };
        // All ways in which somebody could fill in what is hidden, if all of it is small.
        let shown = seen.counts.iter().map(|cell| if let Cell::Number(count) = cell { *count } else { 0 });
        let rest = total - shown.sum::<u64>();
        let hidden: Vec<u64> = counts.iter().zip(&seen.counts)
            .filter(|(_, cell)| cell.is_hidden()).map(|(count, _)| *count).collect();
        let most = if hidden.iter().all(|count| *count <= 5) { 5 } else { rest };
        let ways = ways(hidden.len(), rest, most);
        for place in 0..hidden.len() {
            let first = ways[0][place];
            prop_assert!(ways.iter().any(|way| way[place] != first), "{:?}", seen);
        }
    }
}

/// Every list of so many counts from 1 to `most` that has this sum.
fn ways(count: usize, sum: u64, most: u64) -> Vec<Vec<u64>> {
    if count == 0 {
        return if sum == 0 { vec![Vec::new()] } else { Vec::new() };
    }
    let firsts = 1..=most.min(sum);
    let all = firsts.flat_map(|first| {
        ways(count - 1, sum - first, most).into_iter().map(move |mut rest| {
            rest.push(first);
            rest
        })
    });
    all.collect()
}

/// Another order, the same for the same seed.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for place in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let other = usize::try_from(state >> 33).unwrap() % (place + 1);
        items.swap(place, other);
    }
}

#[test]
fn periods_without_a_reading_are_gaps_and_days_of_one_period_meet() {
    let date = |text: &str| text.parse().unwrap();
    let reading = |at, value: &str| Reading::of(date(at), number(value));
    let mut request = ChartRequest::of("", Rules::Anhoej, Unit::Count, Vec::new());
    request.series = Series::Readings {
        every: Some(Every::Month),
        readings: vec![
            reading("2026-03-31", "3"),
            reading("2025-12-15", "1"),
            reading("2026-03-01", "4"),
        ],
    };
    let view = request.compute().unwrap();
    let labels: Vec<&str> = view.points.iter().map(|point| point.label.as_str()).collect();
    assert_eq!(labels, ["Dec 2025", "Jan 2026", "Feb 2026", "Mar 2026"]);
    assert_eq!(view.points[1].state, PointState::Gap);
    let values = vec![Some(3.into()), Some(4.into())];
    assert_eq!(view.points[3].state, PointState::Conflict { values });
    assert_eq!(view.phases[0].counted, 1, "a conflict is never a mean");
}

#[test]
fn rare_events_are_drawn_as_the_days_between_them() {
    let events = ["2026-03-01", "2026-01-01", "2026-01-11", "2026-01-11"];
    let mut request = ChartRequest::of("", Rules::MDC_2023, Unit::Days, Vec::new());
    request.series = Series::Events { days: events.map(|day| day.parse().unwrap()).to_vec() };
    let view = request.compute().unwrap();
    let days: Vec<_> = view.points.iter().map(|point| point.value.unwrap()).collect();
    assert_eq!(days, [10.into(), 0.into(), 49.into()]);
    request.series = Series::Events { days: vec![day(1)] };
    assert!(request.compute().unwrap().points.is_empty(), "nothing lies between one event");
}

#[test]
fn two_of_one_kind_on_one_day_are_named_and_not_guessed() {
    let mut request = of(Rules::Anhoej, "1 2 3 4");
    let mark = |label: &str| PhaseMark {
        start: day(3),
        label: label.to_owned(),
        reason: String::new(),
        baseline_points: None,
    };
    request.phases = vec![mark("b"), mark("a")];
    let target = |value: i64| Target { from: day(2), value: Some(value.into()) };
    request.targets = vec![target(2), target(1)];
    let view = request.compute().unwrap();
    assert_eq!(view.phases.len(), 2);
    assert_eq!(view.phases[1].label, "a");
    assert!(view.points.iter().all(|point| point.target.is_none()));
    let notices: Vec<String> = view.notices.iter().map(ToString::to_string).collect();
    assert!(notices.iter().any(|notice| notice.contains("\"a\" and \"b\"")), "{notices:?}");
    assert!(notices.iter().any(|notice| notice.contains("targets begin on 2026-01-02")));
}

#[test]
fn a_phase_is_suggested_with_its_conditions_and_never_made() {
    let mut request = of(Rules::Anhoej, crate::worked::V3);
    request.improvement = Improvement::Up;
    let text = "Second line opened".to_owned();
    request.annotations = vec![Annotation { at: day(20), text, cycle: Some(2) }];
    let view = request.compute().unwrap();
    let suggestion = suggest_phase(&view);
    assert_eq!(suggestion.at, Some(day(22)));
    assert_eq!(suggestion.question, "Mark a phase here, at 22 Jan 2026?");
    let holds: Vec<Option<bool>> =
        suggestion.conditions.iter().map(|condition| condition.holds).collect();
    assert_eq!(holds, [Some(true), None, Some(true), None]);
    assert!(suggestion.conditions[1].seen.contains("Second line opened"));
    assert_eq!(view.phases.len(), 1);
    let nothing = suggest_phase(&chart(Rules::Anhoej, crate::worked::V1));
    assert_eq!((nothing.at, nothing.conditions[0].holds), (None, Some(false)));
}

#[test]
fn too_much_is_an_error_that_says_what() {
    let many = (0..10_001).map(|_| number("1"));
    let error = request(Rules::Anhoej, many).compute().unwrap_err();
    assert_eq!(error, ChartError::TooMany { what: "points", count: 10_001, most: 10_000 });
    // Two readings a long time apart would be more gaps than a chart holds.
    let mut far = of(Rules::Anhoej, "1");
    let ends = [CalendarDate::MIN, CalendarDate::MAX];
    let readings = ends.map(|at| Reading::of(at, number("1")));
    far.series = Series::Readings { every: Some(Every::Day), readings: readings.to_vec() };
    assert!(matches!(far.compute(), Err(ChartError::TooMany { .. })));
    let short = of(Rules::Taught { shift: 1, trend: 5 }, "1 2").compute().unwrap_err();
    assert_eq!(short, ChartError::Threshold { what: "shift", given: 1 });
    let mut request = of(Rules::MDC_2023, "1 2");
    request.baseline_points = Some(0);
    assert_eq!(request.compute(), Err(ChartError::Baseline { given: 0 }));
}

#[test]
fn where_only_an_outlier_varies_it_is_not_screened_away() {
    let view = chart(Rules::MDC_2023, "0 0 0 0 0 0 9 0 0 0 0 0 0");
    assert_eq!(signals(&view, Rule::Outside).len(), 1, "the outlier, and not all the others");
}

#[test]
fn numbers_as_large_as_they_come_are_exact() {
    let mut request = of(Rules::MDC_2023, "999999999999999 -999999999999999 0.001 999999999999998");
    let view = request.compute().unwrap();
    assert_eq!(view.phases[0].centre.as_ref().unwrap().to_fixed(5), "249999999999999.50025");
    let largest = Amount::Ratio { numerator: u32::MAX, denominator: u32::MAX - 1 };
    let readings = (1..=60).map(|at| Reading::of(day(at), largest)).collect();
    request.series = Series::Readings { every: None, readings };
    let view = request.compute().unwrap();
    assert!(view.points.iter().all(|point| point.rules.is_empty()), "all are the mean");
}

#[test]
fn a_phase_may_have_a_baseline_of_its_own() {
    let mut request = of(Rules::MDC_2023, "1 2 1 2 1 2 1 2 5 6 5 6 50 60");
    let (label, reason) = ("after".to_owned(), String::new());
    request.phases = vec![PhaseMark { start: day(9), label, reason, baseline_points: Some(4) }];
    let view = request.compute().unwrap();
    let baselines: Vec<usize> = view.phases.iter().map(|phase| phase.baseline).collect();
    assert_eq!(baselines, [8, 4]);
    assert_eq!(view.phases[1].centre.as_ref().unwrap().to_fixed(1), "5.5");
    request.phases[0].baseline_points = Some(1);
    assert_eq!(request.compute(), Err(ChartError::Baseline { given: 1 }));
}
