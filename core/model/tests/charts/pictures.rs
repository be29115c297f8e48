//! Charts as they are drawn, kept in `tests/golden`: `ENHANCE_BLESS=1 cargo test -p enhance-model
//! pictures` writes them anew. Look at them before you commit them.

use enhance_model::chart::{
    Amount, Annotation, ChartKind, ChartRequest, ChartView, Every, Glyphs, Improvement, PhaseMark,
    Picture, Reading, Rules, Series, Target, Unit, svg, table, text,
};
use jiff::civil::date;

use crate::vocabulary::{day, number, of};

/// Compares with a file of `tests/golden`, or writes it when asked to.
#[expect(clippy::disallowed_methods, reason = "reads golden files, and writes them when asked to")]
fn golden(name: &str, drawn: &str) {
    let file = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        std::fs::write(&file, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(drawn, kept, "{name}");
}

/// Every drawing of a chart, as wide as a page and as a phone.
fn all_drawings(name: &str, view: &ChartView) {
    for (width, suffix) in [(Picture::PAGE, ""), (Picture::PHONE, "-phone")] {
        golden(&format!("{name}{suffix}.svg"), &svg(view, &Picture::new(width, name)));
    }
    golden(&format!("{name}.txt"), &text(view, 80, Glyphs::Unicode));
    golden(&format!("{name}-ascii.txt"), &text(view, 40, Glyphs::Ascii));
    golden(&format!("{name}.html"), &table(view));
}

fn titled(rules: Rules, values: &str, title: &str) -> ChartRequest {
    let mut request = of(rules, values);
    title.clone_into(&mut request.title);
    request
}

/// What V1, V2 and V3 are drawn from; the last of them with a direction.
#[test]
fn the_worked_examples_are_drawn_as_they_were() {
    let mut request = titled(Rules::Anhoej, crate::worked::V1, "Systolic blood pressure");
    all_drawings("v1-run", &request.compute().unwrap());
    request.rules = Rules::MDC_2023;
    all_drawings("v1-limits", &request.compute().unwrap());
    let mut request = titled(Rules::MDC_2023, crate::worked::V2, "Delayed discharges a day");
    (request.unit, request.improvement) = (Unit::Count, Improvement::Down);
    all_drawings("v2", &request.compute().unwrap());
    let mut request = titled(Rules::Anhoej, crate::worked::V3, "Calls answered a day");
    (request.unit, request.improvement) = (Unit::Count, Improvement::Up);
    all_drawings("v3", &request.compute().unwrap());
}

/// How many of how many, week by week.
const WEEKS: &str = "11/20 9/18 12/22 10/19 8/17 12/21 11/20 9/19 13/22 10/18 11/21 12/23 9/16 14/20 \
    15/21 13/19 16/22 14/19 15/20 17/22 16/21 15/19 18/22 17/20 16/19 19/22 18/20 17/20 \
    20/22 18/20";

/// Half a year of a ward, with everything that a chart can hold.
pub fn everything() -> ChartRequest {
    let mut start = date(2026, 1, 5);
    let mut readings = Vec::new();
    for (week, ratio) in WEEKS.split_whitespace().enumerate() {
        let (numerator, denominator) = ratio.split_once('/').unwrap();
        let value = match week {
            7 => Amount::Hidden,
            19 => Amount::Gap,
            _ => Amount::Ratio {
                numerator: numerator.parse().unwrap(),
                denominator: denominator.parse().unwrap(),
            },
        };
        readings.push(Reading::of(start, value));
        start = Every::Week.next(start).unwrap();
    }
    readings[4].excluded = Some("the ward was closed for two days".to_owned());
    let twice = Amount::Ratio { numerator: 12, denominator: 20 };
    readings.push(Reading::of(readings[23].at, twice));
    let annotation = |at, text: &str, cycle| Annotation { at, text: text.to_owned(), cycle };
    let title = "Patients with a documented frailty score within 24 hours, ward 7 & 8 <acute>";
    ChartRequest {
        improvement: Improvement::Up,
        series: Series::Readings { every: Some(Every::Week), readings },
        phases: vec![PhaseMark {
            start: date(2026, 4, 6),
            label: "Score on the front sheet".to_owned(),
            reason: "the new sheet is in use on both wards".to_owned(),
            baseline_points: None,
        }],
        targets: vec![
            Target { from: date(2026, 1, 1), value: Some(70.into()) },
            Target { from: date(2026, 6, 1), value: Some(85.into()) },
        ],
        annotations: vec![
            annotation(date(2026, 2, 18), "Huddle begun", Some(1)),
            annotation(date(2026, 4, 8), "New front sheet on both wards", Some(2)),
            annotation(date(2026, 6, 10), "Pharmacist joins the round", Some(3)),
        ],
        ..ChartRequest::of(title, ChartKind::Xmr.rules(), Unit::Percent, Vec::new())
    }
}

#[test]
fn a_chart_with_everything_is_drawn_as_it_was() {
    let mut request = everything();
    all_drawings("everything", &request.compute().unwrap());
    request.rules = Rules::Anhoej;
    golden("everything-run.svg", &svg(&request.compute().unwrap(), &Picture::new(1_000, "run")));
}

#[test]
fn a_chart_of_nothing_and_of_one_point_are_drawn_too() {
    let empty = ChartRequest::of("Falls a week", Rules::Anhoej, Unit::Count, Vec::new());
    all_drawings("empty", &empty.compute().unwrap());
    let mut one = of(Rules::MDC_2023, "4");
    one.title = "Falls a week".to_owned();
    all_drawings("one-point", &one.compute().unwrap());
}

#[test]
fn no_text_breaks_out_of_a_picture_a_table_or_a_terminal() {
    let bad = "</title><script>alert(1)</script>\u{1b}[2J\u{202e}&\"'\0";
    let mut request = of(Rules::Anhoej, "1 2 3");
    request.title = bad.to_owned();
    let (label, reason) = (bad.to_owned(), bad.to_owned());
    request.phases = vec![PhaseMark { start: day(2), label, reason, baseline_points: None }];
    request.annotations = vec![Annotation { at: day(2), text: bad.to_owned(), cycle: None }];
    let Series::Readings { readings, .. } = &mut request.series else { panic!() };
    readings.push(Reading { at: day(2), value: number("7"), excluded: Some(bad.to_owned()) });
    let view = request.compute().unwrap();
    let id = "x\" onload=\"alert(1)";
    let drawn =
        [svg(&view, &Picture::new(320, id)), table(&view), text(&view, 80, Glyphs::Unicode)];
    for (drawn, is_markup) in drawn.iter().zip([true, true, false]) {
        assert!(!drawn.contains(['\u{1b}', '\u{202e}', '\0']), "{drawn}");
        assert!(!is_markup || !drawn.contains("<script>"), "{drawn}");
        assert!(!drawn.contains("onload=\""), "{drawn}");
    }
    assert!(text(&view, 80, Glyphs::Ascii).is_ascii());
}
