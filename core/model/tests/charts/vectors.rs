//! Cases with known answers: `tests/vectors/charts.json` is those of the domain research of
//! 25 November 2026 that concern charts, word for word.

use enhance_model::{
    CalendarDate,
    chart::{
        Amount, Assurance, ChartRequest, ChartView, Every, Exact, Figures, Heading, Improvement,
        Meaning, Notice, PhaseMark, Picture, PointState, Reading, Rule, Rules, Side, Target, Unit,
        svg,
    },
    suppression::{Cell, Suppression},
};
use serde_json::Value;

use crate::vocabulary::{day, figures, number, request, shown, signals};

fn vector(id: &str) -> (Value, Value) {
    let all: Vec<Value> = serde_json::from_str(include_str!("../vectors/charts.json")).unwrap();
    let case = all.into_iter().find(|case| case["id"] == id).unwrap();
    (case["input"].clone(), case["want"].clone())
}

fn values(input: &Value) -> Vec<Amount> {
    let values = input["values"].as_array().unwrap();
    values
        .iter()
        .map(|value| if value.is_null() { Amount::Gap } else { number(&value.to_string()) })
        .collect()
}

fn numbers(list: &Value) -> Vec<usize> {
    list.as_array().unwrap().iter().map(integer).collect()
}

fn integer(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// A number of the vectors, which are rounded to six places.
fn close(exact: &Exact, want: &Value) {
    let want = want.as_f64().unwrap();
    let given: f64 = exact.to_fixed(6).parse().unwrap();
    assert!((given - want).abs() < 0.000_001, "{given} is not {want}");
}

/// Everything that a vector of a run chart may want.
fn check_run(id: &str) {
    let (input, want) = vector(id);
    let chart = |rules| {
        let mut request = request(rules, values(&input));
        request.centre = input["centre"].is_i64().then(|| input["centre"].as_i64().unwrap().into());
        request.compute().unwrap()
    };
    let (anhoej, taught) = (chart(Rules::Anhoej), chart(Rules::TAUGHT));
    let phase = &anhoej.phases[0];
    let counted = figures(phase);
    for (key, wanted) in want.as_object().unwrap() {
        let equals = |count: usize| assert_eq!(count, integer(wanted), "{id}: {key}");
        match key.as_str() {
            "median" => close(phase.centre.as_ref().unwrap(), wanted),
            "useful" => equals(counted.useful),
            "runs" => equals(counted.runs),
            "crossings" => equals(counted.crossings),
            "longest" => equals(counted.longest_run),
            "on_line" => {
                let on_line = anhoej.points.iter().filter(|point| point.side == Some(Side::On));
                let on_line: Vec<usize> = on_line.map(|point| point.number).collect();
                assert_eq!(on_line, numbers(wanted), "{id}: {key}");
            }
            "shifts" => check_headings(&taught, Rule::Shift, wanted),
            "trends" => check_headings(&taught, Rule::Trend, wanted),
            "runs_limits" => assert_eq!(counted.exact_runs, None, "{id}: {key}"),
            "anhoej" if wanted.is_null() => assert_eq!(counted.anhoej, None, "{id}: {key}"),
            "anhoej" => {
                let limits = counted.anhoej.unwrap();
                assert_eq!(limits.longest_run, integer(&wanted["longest_max"]));
                assert_eq!(limits.crossings, integer(&wanted["crossings_min"]));
                let has = |rule| !signals(&anhoej, rule).is_empty();
                assert_eq!(has(Rule::LongRun), wanted["long_run"].as_bool().unwrap());
                assert_eq!(has(Rule::FewCrossings), wanted["few_crossings"].as_bool().unwrap());
            }
            _ => panic!("{id}: nobody checks {key}"),
        }
    }
}

fn check_headings(view: &ChartView, rule: Rule, wanted: &Value) {
    let wanted = wanted.as_array().unwrap().iter().map(|signal| {
        let heading = signal.get("side").or_else(|| signal.get("dir")).unwrap();
        let is_up = ["above", "up"].contains(&heading.as_str().unwrap());
        let heading = if is_up { Heading::Up } else { Heading::Down };
        (Some(heading), numbers(&signal["points"]))
    });
    assert_eq!(signals(view, rule), wanted.collect::<Vec<_>>(), "{rule}");
}

#[test]
fn run_charts_say_what_the_vectors_say() {
    for id in ["R1", "R4", "R5", "R7", "R9", "R12a", "R13"] {
        check_run(id);
    }
}

#[test]
fn points_are_sorted_by_period_before_any_rule_looks() {
    let (input, want) = vector("R15");
    let readings = input["points"].as_array().unwrap().iter().map(|point| {
        Reading::of(point[0].as_str().unwrap().parse().unwrap(), number(&point[1].to_string()))
    });
    let view = ChartRequest::of("", Rules::TAUGHT, Unit::Count, readings.collect());
    let view = view.compute().unwrap();
    let order: Vec<String> = view.points.iter().map(|point| point.period.to_string()).collect();
    assert_eq!(serde_json::to_value(order).unwrap(), want["order"]);
    check_headings(&view, Rule::Trend, &want["trends"]);
}

/// A chart with limits as a vector asks for it.
fn xmr(input: &Value) -> ChartRequest {
    let screen = input["screen"].as_bool().unwrap_or(true);
    let mut request = request(Rules::MakingDataCount { shift: 7, trend: 7, screen }, values(input));
    request.baseline_points =
        input["baseline_points"].as_u64().map(|count| usize::try_from(count).unwrap());
    for start in input["phases"].as_array().into_iter().flatten() {
        let (label, reason) = (start.to_string(), String::new());
        request.phases.push(PhaseMark {
            start: day(integer(start)),
            label,
            reason,
            baseline_points: None,
        });
    }
    request
}

#[test]
fn points_near_and_beyond_a_limit_count_in_two_of_three() {
    for id in ["X2b", "X2d", "X2e"] {
        let (input, want) = vector(id);
        let view = xmr(&input).compute().unwrap();
        let phase = &view.phases[0];
        let limits = phase.limits.as_ref().unwrap();
        close(phase.centre.as_ref().unwrap(), &want["mean"]);
        close(&limits.upper, &want["upl"]);
        close(&limits.near_upper, &want["near"]);
        let last = &shown(&view)[12..];
        assert_eq!(serde_json::to_value(last).unwrap(), want["shown_beyond"], "{id}");
    }
}

#[test]
fn a_falling_row_is_a_trend_and_limits_of_eight_points_are_trial_limits() {
    let (input, want) = vector("X1");
    let view = xmr(&input).compute().unwrap();
    let trend = numbers(&want["trend"]);
    assert_eq!(signals(&view, Rule::Trend), [(Some(Heading::Down), trend)]);
    assert!(view.notices.contains(&Notice::TrialLimits { phase: 1, points: 8 }));
}

#[test]
fn without_variation_the_limits_are_the_mean_and_nothing_is_screened_away() {
    let (input, want) = vector("X4");
    let mut request = xmr(&input);
    request.improvement = Improvement::Up;
    request.targets = vec![Target { from: day(1), value: Some(100.into()) }];
    let view = request.compute().unwrap();
    let limits = view.phases[0].limits.as_ref().unwrap();
    close(&limits.lower, &want["lpl"]);
    close(&limits.upper, &want["upl"]);
    assert_eq!(serde_json::to_value(shown(&view)).unwrap(), want["shown"]);
    assert_eq!(view.assurance, Some(Assurance::ConsistentlyPasses));
    let Figures::Xmr(figures) = &view.phases[0].figures else { panic!() };
    assert!(figures.mean_range.as_ref().unwrap().is_zero());
    assert_eq!(figures.screened, 0);
}

#[test]
fn no_moving_range_crosses_from_one_phase_to_the_next() {
    let (input, want) = vector("X8");
    let view = xmr(&input).compute().unwrap();
    for (phase, key) in view.phases.iter().zip(["phase1", "phase2"]) {
        close(phase.centre.as_ref().unwrap(), &want[key]["mean"]);
        let Figures::Xmr(figures) = &phase.figures else { panic!() };
        close(figures.mean_range.as_ref().unwrap(), &want[key]["amr"]);
    }
}

#[test]
fn each_phase_keeps_the_limits_of_its_own_first_points() {
    let (input, want) = vector("X10");
    let view = xmr(&input).compute().unwrap();
    for (phase, key) in view.phases.iter().zip(["phase1", "phase2"]) {
        close(phase.centre.as_ref().unwrap(), &want[key]["mean"]);
        close(&phase.limits.as_ref().unwrap().upper, &want[key]["upl"]);
    }
    let outside: Vec<usize> =
        signals(&view, Rule::Outside).into_iter().flat_map(|(_, points)| points).collect();
    assert_eq!(outside, numbers(&want["outside"]));
}

/// Percentages of the numerators and denominators of a vector.
fn percentages(input: &Value, rules: Rules) -> ChartView {
    let pairs = numbers(&input["num"]).into_iter().zip(numbers(&input["den"]));
    let ratios = pairs.map(|(numerator, denominator)| Amount::Ratio {
        numerator: u32::try_from(numerator).unwrap(),
        denominator: u32::try_from(denominator).unwrap(),
    });
    let mut request = request(rules, ratios);
    request.unit = Unit::Percent;
    request.compute().unwrap()
}

/// A hundred times what a vector wants as a share of one.
fn percent(exact: &Exact, want: &Value) {
    let given: f64 = exact.to_fixed(4).parse().unwrap();
    assert!((given - 100.0 * want.as_f64().unwrap()).abs() < 0.000_1, "{given} is not {want}");
}

#[test]
fn the_mean_of_percentages_and_the_overall_percentage_are_both_named() {
    let (input, want) = vector("X13");
    let view = percentages(&input, Rules::MDC_2023);
    percent(view.phases[0].centre.as_ref().unwrap(), &want["xmr_mean_of_rates"]);
    let both = view.phases[0].percentages.as_ref().unwrap();
    percent(&both.mean_of_percentages, &want["xmr_mean_of_rates"]);
    percent(&both.overall, &want["pooled_p_bar"]);
    let (mean, overall) = ("21.6%".to_owned(), "20%".to_owned());
    assert!(view.notices.contains(&Notice::TwoPercentages { phase: 1, mean, overall }));
    let run = percentages(&input, Rules::Anhoej);
    percent(run.phases[0].centre.as_ref().unwrap(), &want["median"]);
}

#[test]
fn a_share_of_nothing_is_a_gap_and_more_than_all_is_invalid() {
    let (input, _) = vector("X15");
    let view = percentages(&input, Rules::Anhoej);
    assert_eq!(view.points[0].value, Some(30.into()));
    assert_eq!(view.points[1].state, PointState::Gap);
    let why = "the numerator is larger than the denominator";
    assert_eq!(view.points[2].state, PointState::Invalid { why });
    assert_eq!(view.phases[0].counted, 1);
}

/// The vector is of a p-chart, which is not drawn here; what it warns of holds for any percentage.
#[test]
fn no_percentage_has_a_lower_limit_below_nothing() {
    let (input, want) = vector("X14");
    let view = percentages(&input, Rules::MDC_2023);
    percent(&view.phases[0].percentages.as_ref().unwrap().overall, &want["centre"]);
    let limits = view.phases[0].limits.as_ref().unwrap();
    assert!(limits.lower.is_negative() && !limits.lower_is_possible);
    assert!(limits.upper_is_possible);
    assert!(view.notices.contains(&Notice::UnreachableLimit { phase: 1 }));
    let drawn = svg(&view, &Picture::new(320, "x14"));
    assert!(drawn.contains("up to ") && !drawn.contains(">-"), "no number below nothing");
}

#[test]
fn how_long_a_trend_is_is_data_and_a_tie_breaks_it() {
    let (input, want) = vector("X17");
    let points = |trend| {
        let rules = Rules::MakingDataCount { shift: 7, trend, screen: true };
        let view = request(rules, values(&input)).compute().unwrap();
        signals(&view, Rule::Trend).into_iter().flat_map(|(_, points)| points).collect::<Vec<_>>()
    };
    assert_eq!(points(7), numbers(&want["seven_rule"]));
    assert_eq!(points(6), numbers(&want["six_rule"]));
}

#[test]
fn a_turning_point_is_in_both_trends_and_shown_as_the_later() {
    let (input, want) = vector("X18");
    // The trend alone: both kinds of chart look for it in the same way.
    let rules = Rules::Taught { shift: 99, trend: 7 };
    let mut request = request(rules, values(&input));
    request.improvement = Improvement::Down;
    let view = request.compute().unwrap();
    let trends = signals(&view, Rule::Trend);
    assert_eq!(trends[0], (Some(Heading::Up), numbers(&want["up"])));
    assert_eq!(trends[1], (Some(Heading::Down), numbers(&want["down"])));
    assert_eq!(view.points[6].meaning, Meaning::Improvement, "falling, which is better");
}

#[test]
fn where_neither_way_is_better_a_signal_is_neutral_and_nothing_is_assured() {
    let (input, want) = vector("X20");
    let mut request = xmr(&input);
    request.targets = vec![Target { from: day(1), value: Some(22.into()) }];
    let view = request.compute().unwrap();
    let meanings: Vec<Meaning> = view.points[12..].iter().map(|point| point.meaning).collect();
    assert_eq!(serde_json::to_value(meanings).unwrap(), want["meaning"]);
    assert_eq!(view.assurance, None);
}

#[test]
fn one_point_has_a_mean_and_no_limits() {
    let (input, want) = vector("X22");
    let view = xmr(&input).compute().unwrap();
    close(view.phases[0].centre.as_ref().unwrap(), &want["mean"]);
    assert_eq!(view.phases[0].limits, None);
}

#[test]
fn fewer_than_twelve_points_give_trial_limits() {
    let (input, want) = vector("X23");
    for (count, wanted) in
        numbers(&input["n"]).into_iter().zip(want["trial_notice"].as_array().unwrap())
    {
        let values = (0..count).map(|place| number(&(place % 2).to_string()));
        let view = request(Rules::MDC_2023, values).compute().unwrap();
        let is_trial =
            view.notices.iter().any(|notice| matches!(notice, Notice::TrialLimits { .. }));
        assert_eq!(Some(is_trial), wanted.as_bool(), "{count} points");
    }
}

#[test]
fn weeks_are_those_of_iso_8601() {
    let (input, want) = vector("D1");
    let weeks = input["dates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|date| Every::Week.label(date.as_str().unwrap().parse().unwrap()));
    assert_eq!(serde_json::to_value(weeks.collect::<Vec<_>>()).unwrap(), want);
}

#[test]
fn three_in_a_row_are_three_with_none_missing_between() {
    let (input, want) = vector("P5");
    let months = input["observations"].as_array().unwrap().iter();
    let days = months.map(|month| format!("{}-01", month.as_str().unwrap()).parse().unwrap());
    let row = Every::Month.longest_row(days.collect::<Vec<CalendarDate>>());
    assert_eq!(Some(row >= 3), want["three_consecutive"].as_bool());
}

#[test]
fn small_numbers_and_what_would_give_them_away_are_hidden() {
    let json = |cell: &Cell| match cell {
        Cell::Number(count) => Value::from(*count),
        Cell::Hidden => Value::from("*"),
    };
    let rule = Suppression::default();
    for id in ["Q1", "Q4"] {
        let (input, want) = vector(id);
        let counts: Vec<u64> = input["counts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|count| count.as_u64().unwrap())
            .collect();
        let seen = rule.groups(&counts, true);
        assert_eq!(seen.counts.iter().map(json).collect::<Value>(), want["shown"], "{id}");
        assert_eq!(json(&seen.total.unwrap()), want["total"], "{id}");
    }
    let (input, want) = vector("Q5");
    let share = rule.share(input["num"].as_u64().unwrap(), input["den"].as_u64().unwrap());
    assert_eq!(json(&share.numerator), want["num"]);
    assert!(!share.has_percentage, "{}", want["percent"]);
}
