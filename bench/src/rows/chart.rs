//! A chart of a measure: what is computed and what is drawn of it.

use anyhow::Result;
use enhance_model::chart::{
    Amount, ChartRequest, Every, Improvement, Picture, Reading, Rules, Series, Unit, svg,
};

use crate::{
    bench::Bench,
    frame::{case::Case, cost::Processor, goal::Goal},
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let rounds = bench.either(5, 51);
    for points in [30_u32, 1_000, 10_000] {
        let mut computed: Vec<Case> = [Rules::Anhoej, Rules::TAUGHT, Rules::MDC_2023]
            .iter()
            .map(|rules| Case::new(format!("a chart computed, rules {}", rules.name())))
            .map(|case| case.at(u64::from(points), "percentages"))
            // The goal is said for a thousand; the other sizes show how the cost grows.
            .map(|case| if points == 1_000 { case.goal(Goal::AtMost(2.0)) } else { case })
            .collect();
        let mut drawn = Case::new("a chart drawn as SVG").at(u64::from(points), "percentages");
        for _ in 0..rounds {
            for (rules, case) in
                [Rules::Anhoej, Rules::TAUGHT, Rules::MDC_2023].iter().zip(&mut computed)
            {
                let request = request(*rules, points);
                let (view, cost) = Processor::Thread.cost(|| request.compute())?;
                let view = view?;
                case.ours(cost);
                if *rules == Rules::MDC_2023 {
                    let picture = Picture::new(Picture::SLIDE, "chart");
                    let (_, cost) = Processor::Thread.cost(|| svg(&view, &picture))?;
                    drawn.ours(cost);
                }
            }
        }
        computed.iter().chain([&drawn]).for_each(|case| bench.report(case));
    }
    Ok(())
}

/// Percentages of ever other numbers of people, day by day, so that nothing cancels.
fn request(rules: Rules, points: u32) -> ChartRequest {
    let mut at = jiff::civil::date(2000, 1, 1);
    let mut readings = Vec::new();
    for number in 0..points {
        let denominator = 10 + number.wrapping_mul(2_654_435_761) % 490;
        let numerator = denominator * (40 + number.wrapping_mul(40_503) % 35) / 100;
        readings.push(Reading::of(at, Amount::Ratio { numerator, denominator }));
        at = Every::Day.next(at).unwrap_or(at);
    }
    let series = Series::Readings { every: Some(Every::Day), readings };
    let improvement = Improvement::Up;
    ChartRequest {
        series,
        improvement,
        ..ChartRequest::of("A measure", rules, Unit::Percent, Vec::new())
    }
}
