//! The numbers of a chart as a table of HTML, to stand beside the picture.

use std::fmt::Write;

use super::{
    super::{ChartView, Exact, summary},
    centre_words, plain,
};
use crate::{markup::escaped, sentence::capital};

/// Every point of a chart in a table, for who reads numbers rather than pictures.
///
/// A part of a page: it has classes and no style of its own.
pub fn table(view: &ChartView) -> String {
    let mut html = String::new();
    let title = escaped(&plain(&view.title));
    let _ = writeln!(html, "<table class=\"enhance-chart-table\">\n<caption>{title}</caption>");
    let counts = view.points.iter().any(|point| point.counted.is_some());
    let limits = view.phases.iter().any(|phase| phase.limits.is_some());
    let targets = view.points.iter().any(|point| point.target.is_some());
    let mut heads = vec!["Period".to_owned(), format!("Value ({})", view.unit)];
    if counts {
        heads.push("Counted".to_owned());
    }
    heads.push(capital(centre_words(view)));
    if limits {
        heads.push("Limits".to_owned());
    }
    if targets {
        heads.push("Target".to_owned());
    }
    heads.push("What is said of it".to_owned());
    let heads: Vec<String> =
        heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
    let _ = writeln!(html, "<thead><tr>{}</tr></thead>\n<tbody>", heads.join(""));
    let said = |value: &Exact| summary::said(value, view.unit);
    // Lines are the same for a whole phase, and long to write in decimal.
    let lines: Vec<(String, String)> = view
        .phases
        .iter()
        .map(|phase| {
            let centre = phase.centre.as_ref().map(said).unwrap_or_default();
            let limits = phase.limits.as_ref();
            let limits = limits.map(|limits| summary::between(limits, view.unit));
            (centre, limits.unwrap_or_default())
        })
        .collect();
    for point in &view.points {
        let (centre, range) = lines.get(point.phase.wrapping_sub(1)).cloned().unwrap_or_default();
        let value = point.value.map(|value| said(&value.into())).unwrap_or_default();
        let mut cells = vec![value];
        if counts {
            let counted = point.counted.map(|(above, below)| format!("{above} of {below}"));
            cells.push(counted.unwrap_or_default());
        }
        cells.push(centre);
        if limits {
            cells.push(range);
        }
        if targets {
            cells.push(point.target.map(|target| said(&target.into())).unwrap_or_default());
        }
        cells.push(plain(&view.words(point)));
        let cells: Vec<String> =
            cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        let label = escaped(&plain(&point.label));
        let _ = writeln!(html, "<tr><th scope=\"row\">{label}</th>{}</tr>", cells.join(""));
    }
    html.push_str("</tbody>\n</table>\n");
    html
}
