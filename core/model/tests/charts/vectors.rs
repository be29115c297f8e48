//! Cases with known answers: `tests/vectors/charts.json` is those of the domain research of
//! 25 November 2026 that concern charts, word for word; V1 to V5 are worked examples of the same.

use enhance_model::{
    CalendarDate,
    chart::{
        Amount, Assurance, ChartRequest, ChartView, Every, Exact, Figures, Heading, Improvement,
        Meaning, Notice, Phase, PhaseMark, Picture, PointState, Reading, Rule, Rules, RunFigures,
        Series, Side, Target, Unit, svg,
    },
    suppression::{Cell, Suppression},
};
use serde_json::Value;

use crate::common::{chart, day, number, of, range, request, signals};

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

fn figures(phase: &Phase) -> RunFigures {
    match phase.figures {
        Figures::Run(figures) => figures,
        Figures::Xmr(_) => panic!("a run chart was asked for"),
    }
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

fn shown(view: &ChartView) -> Vec<&'static str> {
    let words = view.points.iter().map(|point| point.shown().map_or("common", Rule::as_str));
    words.collect()
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

pub const V1: &str = "169 172 175 174 161 142 174 171 168 174 180 194 161 181 175 176 186 166 157 183 \
    177 171 185 176 181 174";

#[test]
fn v1_blood_pressures_show_chance_alone_on_a_run_chart() {
    for rules in [Rules::Anhoej, Rules::TAUGHT] {
        let view = chart(rules, V1);
        let phase = &view.phases[0];
        assert_eq!(phase.centre.as_ref().unwrap().to_fixed(1), "174.0");
        let on_line = view.points.iter().filter(|point| point.side == Some(Side::On));
        assert_eq!(on_line.map(|point| point.number).collect::<Vec<_>>(), [4, 7, 10, 26]);
        let counted = figures(phase);
        assert_eq!((counted.useful, counted.longest_run), (22, 4));
        assert_eq!((counted.crossings, counted.runs), (9, 10));
        let limits = counted.anhoej.unwrap();
        assert_eq!((limits.longest_run, limits.crossings), (7, 7));
        assert_eq!(view.signals, [], "{rules:?}");
    }
}

#[test]
fn v1_blood_pressures_have_one_point_below_the_limits() {
    let view = chart(Rules::MDC_2023, V1);
    let phase = &view.phases[0];
    let limits = phase.limits.as_ref().unwrap();
    assert_eq!(phase.centre.as_ref().unwrap().to_fixed(4), "173.1923");
    assert_eq!(limits.lower.to_fixed(4), "143.9323");
    assert_eq!(limits.upper.to_fixed(4), "202.4523");
    let Figures::Xmr(figures) = &phase.figures else { panic!() };
    assert_eq!(figures.mean_range.as_ref().unwrap().to_fixed(1), "11.0");
    assert_eq!(figures.screened, 0, "33 is less than 35.937");
    assert_eq!(view.signals.len(), 1);
    assert_eq!(signals(&view, Rule::Outside), [(Some(Heading::Down), vec![6])]);
}

pub const V2: &str = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1";

#[test]
fn v2_an_outlier_is_outside_with_and_without_screening() {
    for (screen, upper, lower) in [(true, "4.60", "-0.72"), (false, "6.95", "-3.06")] {
        let view = chart(Rules::MakingDataCount { shift: 7, trend: 7, screen }, V2);
        let limits = view.phases[0].limits.as_ref().unwrap();
        assert_eq!(limits.upper.to_fixed(2), upper);
        assert_eq!(limits.lower.to_fixed(2), lower);
        assert_eq!(signals(&view, Rule::Outside), [(Some(Heading::Up), vec![5])]);
    }
}

pub const V3: &str = "4 3 3 2 2 3 3 4 4 4 4 3 3 2 2 1 2 1 0 3 3 4 5 6 7 9 8 7 6 6";

#[test]
fn v3_both_sets_of_rules_find_the_change() {
    let view = chart(Rules::Anhoej, V3);
    let counted = figures(&view.phases[0]);
    assert_eq!(view.phases[0].centre.as_ref().unwrap().to_fixed(0), "3");
    assert_eq!((counted.useful, counted.above, counted.below), (22, 14, 8));
    assert_eq!((counted.runs, counted.crossings, counted.longest_run), (5, 4, 9));
    let limits = counted.exact_runs.unwrap();
    assert_eq!((limits.lower, limits.upper), (7, 16));
    assert_eq!(signals(&view, Rule::LongRun), [(Some(Heading::Up), range(22, 30))]);
    assert_eq!(signals(&view, Rule::FewCrossings).len(), 1);
    let view = chart(Rules::TAUGHT, V3);
    let shifts = [(Some(Heading::Down), range(14, 19)), (Some(Heading::Up), range(22, 30))];
    assert_eq!(signals(&view, Rule::Shift), shifts);
    let trend = vec![19, 20, 22, 23, 24, 25, 26];
    assert_eq!(signals(&view, Rule::Trend), [(Some(Heading::Up), trend)]);
    assert_eq!(signals(&view, Rule::FewRuns).len(), 1);
}

#[test]
fn v4_the_edges_of_a_shift() {
    let shifts = |values: &str| {
        let mut request = of(Rules::TAUGHT, values);
        request.centre = Some(0.into());
        let view = request.compute().unwrap();
        signals(&view, Rule::Shift).into_iter().map(|(_, points)| points).collect::<Vec<_>>()
    };
    assert!(shifts("1 2 3 4 5").is_empty());
    assert_eq!(shifts("1 2 3 4 5 6"), [range(1, 6)]);
    assert_eq!(shifts("1 1 1 1 1 0 0 1"), [[1, 2, 3, 4, 5, 8]]);
    assert_eq!(shifts("1 1 1 1 1 NA NA 1"), [[1, 2, 3, 4, 5, 8]]);
    assert!(shifts("1 -1 1 -1 1 -1 1").is_empty());
    assert_eq!(shifts("1 2 3 4 5 6 -1 1 2"), [range(1, 6)]);
}

#[test]
fn v4_the_edges_of_a_trend() {
    let trends = |values: &str| {
        let view = chart(Rules::TAUGHT, values);
        signals(&view, Rule::Trend).into_iter().map(|(_, points)| points).collect::<Vec<_>>()
    };
    assert!(trends("1 2 3 4").is_empty());
    assert_eq!(trends("1 2 3 4 5"), [range(1, 5)]);
    assert_eq!(trends("1 2 3 4 4 4 5"), [[1, 2, 3, 4, 7]]);
    assert_eq!(trends("1 2 3 4 NA NA 5"), [[1, 2, 3, 4, 7]]);
    assert_eq!(trends("1 2 3 4 5 6 7 8 9 8 7 6 5 4 3 2 1"), [range(1, 9), range(9, 17)]);
    assert_eq!(trends("5 6 6 5 5 6 7 8 9"), [[4, 6, 7, 8, 9]]);
    assert_eq!(trends("1 2 3 4 5 5"), [range(1, 5)], "a tie at the end is not marked");
}

#[test]
fn v5_the_edges_of_the_four_rules() {
    let trends = |values: &str| {
        let view = chart(Rules::MDC_2023, values);
        signals(&view, Rule::Trend).into_iter().map(|(_, points)| points).collect::<Vec<_>>()
    };
    assert!(trends("1 2 3 3 4 5 6").is_empty());
    assert_eq!(trends("1 2 3 4 5 6 7"), [range(1, 7)]);
    assert_eq!(trends("2 1 2 3 4 5 6 7 3"), [range(2, 8)]);
    let view = chart(Rules::MDC_2023, "1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 1 -1 5.5 -5.5");
    assert_eq!(shown(&view)[14..], ["common", "common"]);
}

#[test]
fn of_two_signals_at_one_point_the_first_by_precedence_is_shown_and_both_are_listed() {
    // Rising past the limit: outside, trend, two of three and shift all meet at the end.
    let mut request = of(Rules::MDC_2023, "0 1 0 1 0 1 0 1 0 1 0 1 0.6 0.7 0.8 0.9 1 2 2.5 9");
    request.baseline_points = Some(12);
    let view = request.compute().unwrap();
    let last = view.points.last().unwrap();
    assert_eq!(last.rules, [Rule::Outside, Rule::Trend, Rule::TwoOfThree, Rule::Shift]);
    assert_eq!(last.shown(), Some(Rule::Outside));
    let before = &view.points[17];
    assert_eq!(before.rules, [Rule::Trend, Rule::Shift]);
}

#[test]
fn a_target_exactly_on_a_limit_is_neither_passed_nor_failed() {
    let assurance = |target: &str, improvement| {
        let mut request = of(Rules::MDC_2023, "0 100 0 100 0 100 0 100 0 100 0 100");
        request.improvement = improvement;
        request.targets = vec![Target { from: day(1), value: Some(target.parse().unwrap()) }];
        request.compute().unwrap().assurance.unwrap()
    };
    // Limits are 50 and 266 on either side.
    let (up, down) = (Improvement::Up, Improvement::Down);
    assert_eq!(assurance("316", up), Assurance::Inconsistent);
    assert_eq!(assurance("316.000000001", up), Assurance::ConsistentlyFails);
    assert_eq!(assurance("316.000000001", down), Assurance::ConsistentlyPasses);
    assert_eq!(assurance("-216", up), Assurance::Inconsistent);
    assert_eq!(assurance("-216", down), Assurance::Inconsistent);
    assert_eq!(assurance("-216.000000001", up), Assurance::ConsistentlyPasses);
    assert_eq!(assurance("-216.000000001", down), Assurance::ConsistentlyFails);
}

#[test]
fn no_moving_range_crosses_a_gap_whatever_makes_it() {
    let ranges = |change: &dyn Fn(&mut Vec<Reading>)| {
        let mut request = of(Rules::MDC_2023, "1 2 50 1 2");
        let Series::Readings { readings, .. } = &mut request.series else { panic!() };
        change(readings);
        let view = request.compute().unwrap();
        let Figures::Xmr(figures) = &view.phases[0].figures else { panic!() };
        (figures.mean_range.as_ref().unwrap().to_fixed(2), view.points[2].state.clone())
    };
    let (range, state) = ranges(&|readings| readings[2].value = Amount::Gap);
    assert_eq!((range.as_str(), state), ("1.00", PointState::Gap));
    let (range, state) = ranges(&|readings| readings[2].value = Amount::Hidden);
    assert_eq!((range.as_str(), state), ("1.00", PointState::Hidden));
    let (range, state) = ranges(&|readings| readings[2].excluded = Some("a fire".to_owned()));
    assert_eq!((range.as_str(), state), ("1.00", PointState::Excluded));
    let (range, state) = ranges(&|readings| readings.push(Reading::of(day(3), number("2"))));
    assert_eq!(range, "1.00");
    assert_eq!(state, PointState::Conflict { values: vec![Some(2.into()), Some(50.into())] });
}
