//! A chart in sentences: numbers, and no word of the trade without a plain one.

use super::{
    Assurance, ChartPoint, ChartView, Exact, Figures, Limits, Meaning, Phase, PlacedNote, Rules,
    RunFigures, Unit, XmrFigures, notice::some, signal::times,
};
use crate::sentence::capital;

/// More phases, signals or notes than this are counted and not told one by one.
const MOST_TOLD: usize = 8;

/// A number as a person writes it: few decimal places, no zeros that say nothing, commas.
pub(super) fn number(value: &Exact, unit: Unit) -> String {
    let hundredth = value.to_fixed(2);
    let is_tiny = matches!(hundredth.trim_start_matches('-').get(..3), Some("0.0"));
    let text = match unit {
        Unit::Percent => value.to_fixed(1),
        Unit::Pounds => hundredth,
        // Rates can be a few in a thousand.
        _ if is_tiny => value.to_fixed(4),
        _ => hundredth,
    };
    let text = match text.split_once('.') {
        // Pence are written whole or not at all.
        Some((_, part)) if unit == Unit::Pounds && part != "00" => text,
        _ => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
    };
    grouped(&text)
}

/// Digits with a comma at each thousand.
pub(super) fn grouped(text: &str) -> String {
    let (sign, size) = text.strip_prefix('-').map_or(("", text), |size| ("-", size));
    let (whole, part) = size.split_at(size.find('.').unwrap_or(size.len()));
    let mut grouped = String::with_capacity(text.len() + 4);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{part}")
}

/// A number with its unit.
pub(super) fn said(value: &Exact, unit: Unit) -> String {
    unit.said(&number(value, unit))
}

/// The sentences, the most telling ones first.
pub(super) fn of(view: &ChartView) -> Vec<String> {
    let counted: Vec<&ChartPoint> =
        view.points.iter().filter(|point| point.value.is_some()).collect();
    let (Some(first), Some(last)) = (counted.first(), counted.last()) else {
        return vec![if view.points.is_empty() {
            "There are no values yet.".to_owned()
        } else {
            "There is no value that counts yet.".to_owned()
        }];
    };
    let mut sentences = vec![if counted.len() == 1 {
        format!("One value, of {}.", first.label)
    } else {
        format!("{} values in order, {} to {}.", counted.len(), first.label, last.label)
    }];
    sentences.extend(latest(view, last));
    let with_lines = view.phases.iter().filter(|phase| phase.counted > 0);
    let lines = with_lines.clone().take(MOST_TOLD).map(|phase| capital(&lines(view, phase)));
    sentences.extend(lines);
    sentences.extend(more(with_lines.count(), "phase"));
    sentences.extend(signals(view));
    sentences.extend(target(view));
    sentences.extend(view.annotations.iter().take(MOST_TOLD).map(|placed| note(view, placed)));
    sentences.extend(more(view.annotations.len(), "note"));
    sentences
}

fn more(count: usize, what: &str) -> Option<String> {
    let rest = count.checked_sub(MOST_TOLD).filter(|rest| *rest > 0)?;
    Some(format!("There are {} more.", some(rest, what)))
}

fn latest(view: &ChartView, point: &ChartPoint) -> Option<String> {
    let value = said(&Exact::from(point.value?), view.unit);
    let against = match (point.target, point.meets_target) {
        (Some(target), Some(is_met)) => {
            let target = said(&Exact::from(target), view.unit);
            let word = if is_met { "meets" } else { "misses" };
            format!(", which {word} the target of {target}")
        }
        _ => String::new(),
    };
    Some(format!("The latest is {value}{against}."))
}

fn lines(view: &ChartView, phase: &Phase) -> String {
    let Some(centre) = &phase.centre else { return String::new() };
    let centre = said(centre, view.unit);
    let whose = match (view.phases.len(), phase.label.as_str()) {
        (0 | 1, "") => String::new(),
        (_, "") => format!("Phase {}: ", phase.number),
        (_, label) => format!("Phase {} ({label}): ", phase.number),
    };
    let from = if phase.baseline > 0 && phase.baseline < phase.counted {
        format!(" of the first {}", some(phase.baseline, "point"))
    } else {
        String::new()
    };
    match (&phase.figures, &phase.limits) {
        (Figures::Run(_), _) if phase.baseline == 0 => {
            format!("{whose}the middle line is given as {centre}.")
        }
        (Figures::Run(_), _) => {
            format!("{whose}the middle value (median){from} is {centre}.")
        }
        (Figures::Xmr(_), None) => format!("{whose}the average (mean){from} is {centre}."),
        (Figures::Xmr(XmrFigures { are_trial, .. }), Some(limits)) => {
            let between = between(limits, view.unit);
            let trial = if *are_trial { "trial limits" } else { "limits" };
            format!(
                "{whose}the average (mean){from} is {centre}; chance alone gives values {between} \
                 (the {trial})."
            )
        }
    }
}

/// Where values lie by chance, without a limit that no value can be at.
pub(super) fn between(limits: &Limits, unit: Unit) -> String {
    let (lower, upper) = (said(&limits.lower, unit), said(&limits.upper, unit));
    match (limits.lower_is_possible, limits.upper_is_possible) {
        (true, true) => format!("from {lower} to {upper}"),
        (false, true) => format!("up to {upper}"),
        (true, false) => format!("from {lower} up"),
        (false, false) => "of any size".to_owned(),
    }
}

fn signals(view: &ChartView) -> Vec<String> {
    if view.signals.is_empty() {
        return vec![nothing(view)];
    }
    let told = view.signals.iter().take(MOST_TOLD).map(|signal| {
        let meaning = match signal.meaning {
            Meaning::Improvement => "Improvement",
            Meaning::Concern => "Concern",
            Meaning::Neutral | Meaning::Common => "Change",
        };
        let phase = if view.phases.len() > 1 {
            format!(" in phase {}", signal.phase)
        } else {
            String::new()
        };
        format!("{meaning}{phase}: {}.", signal.words)
    });
    let mut told: Vec<String> = told.collect();
    told.extend(more(view.signals.len(), "signal"));
    told
}

/// That no rule found anything, and what it looked at.
pub(super) fn nothing(view: &ChartView) -> String {
    let last = view.phases.iter().rev().find(|phase| phase.counted > 0);
    let has_limits = last.is_some_and(|phase| phase.limits.is_some());
    match last.map(|phase| &phase.figures) {
        Some(Figures::Run(RunFigures { anhoej: None, .. })) => {
            "No signal: there are too few points to tell a change from chance.".to_owned()
        }
        Some(Figures::Run(figures)) => {
            let RunFigures { longest_run, crossings, runs, .. } = figures;
            let looked = match (view.rules, figures.anhoej, figures.exact_runs) {
                (Rules::Anhoej, Some(limits), _) => format!(
                    "the longest row on one side has {} (up to {} is ordinary), and the middle \
                     line is crossed {} ({} or more is ordinary)",
                    some(*longest_run, "point"),
                    limits.longest_run,
                    times(*crossings),
                    limits.crossings
                ),
                (_, _, Some(limits)) => format!(
                    "the longest row on one side has {}, and there are {runs} rows ({} to {} are \
                     ordinary)",
                    some(*longest_run, "point"),
                    limits.lower,
                    limits.upper
                ),
                _ => "no rule finds a change".to_owned(),
            };
            format!("No signal, only chance: {looked}.")
        }
        Some(Figures::Xmr(_)) if !has_limits => {
            "No signal: there are too few points for limits.".to_owned()
        }
        Some(Figures::Xmr(_)) | None => {
            "No signal, only chance: no point is beyond a limit, and none of the other rules finds \
             a change."
                .to_owned()
        }
    }
}

fn target(view: &ChartView) -> Option<String> {
    let target = view.points.last()?.target?;
    let target = said(&Exact::from(target), view.unit);
    Some(match view.assurance {
        None => format!("The target is {target}."),
        Some(Assurance::ConsistentlyPasses) => {
            format!("The target of {target} is met reliably as things are.")
        }
        Some(Assurance::ConsistentlyFails) => {
            format!("The target of {target} will be missed until something is changed.")
        }
        Some(Assurance::Inconsistent) => {
            format!("Whether the target of {target} is met is a matter of chance as things are.")
        }
    })
}

fn note(view: &ChartView, note: &PlacedNote) -> String {
    let label = view.points.get(note.point.wrapping_sub(1)).map(|point| point.label.as_str());
    let cycle = note.cycle.map(|cycle| format!(" (cycle {cycle})")).unwrap_or_default();
    let (letter, at) = (note.letter(), label.unwrap_or("the end"));
    let end = if note.text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("Note {letter} at {at}{cycle}: {}{end}", note.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Decimal, Quantity};

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let said = |text: &str, unit: Unit| {
            said(&Exact::from(Quantity::from(text.parse::<Decimal>().unwrap())), unit)
        };
        assert_eq!(said("1234567.5", Unit::Count), "1,234,567.5");
        assert_eq!(said("-1000", Unit::Score), "-1,000");
        assert_eq!(said("21.5909", Unit::Percent), "21.6%");
        assert_eq!(said("1200", Unit::Pounds), "£1,200");
        assert_eq!(said("-12.5", Unit::Pounds), "-£12.50");
        assert_eq!(said("1", Unit::Minutes), "1 minute");
        assert_eq!(said("0.004", Unit::Count), "0.004");
        assert_eq!(said("0.00001", Unit::Days), "0 days");
    }
}
