//! Worked examples of the domain research, V1 to V5, and cases on the edge of a rule.

use enhance_model::chart::{
    Amount, Assurance, Figures, Heading, Improvement, PointState, Reading, Rule, Rules, Series,
    Side, Target,
};

use crate::vocabulary::{chart, day, figures, number, of, range, shown, signals};

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
