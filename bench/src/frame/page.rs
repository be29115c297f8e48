//! The report as a table: in the terminal, and in the README between two marks.

use std::fmt::Write;

use super::{
    goal::Verdict,
    report::{Line, Report, ReportRow},
    samples::Spread,
};

const BEGIN: &str = "<!-- bench: made by cargo xtask bench -->";
const END: &str = "<!-- bench: end -->";

/// A row for the terminal: a line for each figure.
pub fn terminal(row: &ReportRow) -> String {
    let lines = row.lines.iter().map(|line| {
        let ours = line.ours.map_or_else(|| "-".to_owned(), figure_and_spread);
        let beside = beside(line);
        let at = if line.at.is_empty() { String::new() } else { format!(", {}", line.at) };
        format!("    {}{at}: {ours} {}{beside}{}", line.what, line.unit, verdict(line))
    });
    let not_run = row.not_run.iter().map(|why| format!("    not run: {why}"));
    lines.chain(not_run).collect::<Vec<_>>().join("\n")
}

/// All rows as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut text = String::from("| work | ours | limit, peers | goal | |\n|---|---|---|---|---|\n");
    for row in &report.rows {
        let is_quick = row.run.as_ref().is_some_and(|run| run.quick);
        let quick = if is_quick { " (a quick run)" } else { "" };
        for line in &row.lines {
            let at = if line.at.is_empty() { String::new() } else { format!(", {}", line.at) };
            let ours = line.ours.map_or_else(String::new, |ours| figure(ours.median));
            let beside: Vec<String> = line
                .beside
                .iter()
                .map(|beside| format!("{} {}", beside.name, figure(beside.spread.median)))
                .collect();
            let word = match line.verdict {
                Some(Verdict::Met) => "met",
                Some(Verdict::Missed) => "**missed**",
                Some(Verdict::Unknown) => "no limit measured",
                Some(Verdict::Shown) | None => "",
            };
            let cells = [
                format!("{}{at}{quick}", line.what),
                format!("{ours} {}", line.unit),
                beside.join("; "),
                line.goal.clone(),
                word.to_owned(),
            ];
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        for why in &row.not_run {
            let _ = writeln!(text, "| {}: not run | | | | {why} |", row.name);
        }
    }
    text
}

/// A page in which what is between the marks is this table now; none if it has no marks.
pub fn replaced(page: &str, report: &Report) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}{END}{after}", markdown(report)))
}

fn beside(line: &Line) -> String {
    let each = |beside: &super::report::Beside| {
        format!("; {} {}", beside.name, figure_and_spread(beside.spread))
    };
    line.beside.iter().map(each).collect()
}

fn verdict(line: &Line) -> String {
    let ratio = line.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}x, "));
    match line.verdict {
        Some(Verdict::Met) => format!("  [{ratio}{}: met]", line.goal),
        Some(Verdict::Missed) => format!("  [{ratio}{}: MISSED]", line.goal),
        _ => String::new(),
    }
}

fn figure_and_spread(spread: Spread) -> String {
    if spread.n == 1 {
        return figure(spread.median);
    }
    format!("{} ({} to {})", figure(spread.median), figure(spread.p10), figure(spread.p90))
}

/// Three digits that say something.
pub fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 10_000.0 => super::case::thousands(whole(value)),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.2}"),
        0.0 => "0".to_owned(),
        _ => format!("{value:.4}"),
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a figure that is shown is positive and far below what a float holds exactly"
)]
fn whole(value: f64) -> u64 {
    value.max(0.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_changes_between_its_marks_only() {
        let page = format!("before\n{BEGIN}\nold\n{END}\nafter");
        let page = replaced(&page, &Report::default()).unwrap();
        assert!(page.starts_with("before\n") && page.ends_with("\nafter") && !page.contains("old"));
        assert_eq!(replaced(&page, &Report::default()), Some(page));
        assert_eq!(replaced("no marks", &Report::default()), None);
    }

    #[test]
    fn figures_have_three_digits() {
        let shown = [0.003_4, 0.456, 12.34, 345.6, 123_456.0].map(figure);
        assert_eq!(shown, ["0.0034", "0.46", "12.3", "346", "123,456"]);
    }
}
