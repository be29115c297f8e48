//! The report as one picture: how each cost grows with what is already there.
//!
//! A panel for each curve, both axes logarithmic, so that a cost that does not grow is a level line
//! and one that follows the size rises by one step for each step to the right.

use std::fmt::Write;

use super::{
    page::figure,
    report::{Line, Report},
};

const COLUMNS: usize = 3;
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 210.0;
/// Around the drawing of a panel: left, top, right, bottom.
const MARGIN: [f64; 4] = [52.0, 34.0, 14.0, 40.0];
const STYLE: &str = "text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.axis{stroke:#bbb}\
.ours{stroke:#0b6e4f;fill:#0b6e4f}.limit{stroke:#c0392b;fill:#c0392b}path{fill:none!important;\
stroke-width:2}.spread{fill:#0b6e4f!important;opacity:.15;stroke:none}";

/// Points of one curve: size, median, and the tenths around it.
type Points = Vec<(f64, f64, f64, f64)>;

struct Panel<'a> {
    title: &'a str,
    unit: &'a str,
    of: &'a str,
    ours: Points,
    limit: Points,
    limit_name: Option<&'a str>,
}

/// The picture, as SVG.
pub fn curves(report: &Report) -> String {
    let panels = panels(report);
    let rows = panels.len().div_ceil(COLUMNS);
    let (width, height) = (WIDTH * float(COLUMNS), HEIGHT.mul_add(float(rows), 24.0));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>How each cost grows with what is already there</title>\n<style>{STYLE}</style>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"12\" y=\"16\"><tspan class=\"ours\">ours</tspan>, with nine tenths of its \
         figures shaded, and the <tspan class=\"limit\">bare limit</tspan></text>\n"
    );
    for (number, panel) in panels.iter().enumerate() {
        let (x, y) = (float(number % COLUMNS) * WIDTH, float(number / COLUMNS) * HEIGHT + 24.0);
        let _ = writeln!(svg, "<g transform=\"translate({x},{y})\">{}</g>", draw(panel));
    }
    svg + "</svg>\n"
}

/// What was measured at more than one size.
fn panels(report: &Report) -> Vec<Panel<'_>> {
    let mut panels: Vec<Panel<'_>> = Vec::new();
    for line in report.rows.iter().flat_map(|row| &row.lines) {
        let (Some(size), Some(ours)) = (line.size, line.ours) else { continue };
        let size = float(usize::try_from(size).unwrap_or(usize::MAX));
        let known = panels.iter().position(|panel| panel.title == line.what);
        let place = known.unwrap_or_else(|| {
            panels.push(empty(line));
            panels.len() - 1
        });
        let Some(panel) = panels.get_mut(place) else { continue };
        panel.ours.push((size, ours.median, ours.p10, ours.p90));
        if let Some(limit) = line.beside.first() {
            let spread = limit.spread;
            panel.limit.push((size, spread.median, spread.p10, spread.p90));
            panel.limit_name = Some(&limit.name);
        }
    }
    panels.retain(|panel| panel.ours.len() > 1);
    for panel in &mut panels {
        panel.ours.sort_by(|one, other| one.0.total_cmp(&other.0));
        panel.limit.sort_by(|one, other| one.0.total_cmp(&other.0));
    }
    panels
}

fn empty(line: &Line) -> Panel<'_> {
    let of = line.at.split_once(' ').map_or("", |(_, of)| of);
    let (ours, limit) = (Points::new(), Points::new());
    Panel { title: &line.what, unit: &line.unit, of, ours, limit, limit_name: None }
}

/// Where a point of the curves is in its panel.
struct Scale {
    left: f64,
    right: f64,
    bottom: f64,
    top: f64,
}

impl Scale {
    fn of(panel: &Panel<'_>) -> Self {
        let points = || panel.ours.iter().chain(&panel.limit);
        let (smallest, largest) = bounds(points().map(|point| point.0));
        let (lowest, highest) = bounds(points().flat_map(|point| [point.1, point.2, point.3]));
        Self {
            left: smallest.log10(),
            right: largest.log10().max(smallest.log10() + 0.1),
            bottom: lowest.log10().floor(),
            top: highest.log10().ceil().max(lowest.log10().floor() + 1.0),
        }
    }

    fn x(&self, size: f64) -> f64 {
        let part = (size.max(1.0).log10() - self.left) / (self.right - self.left);
        part.mul_add(WIDTH - MARGIN[0] - MARGIN[2], MARGIN[0])
    }

    fn y(&self, value: f64) -> f64 {
        let part = (value.max(1e-6).log10() - self.bottom) / (self.top - self.bottom);
        HEIGHT - MARGIN[3] - part * (HEIGHT - MARGIN[1] - MARGIN[3])
    }
}

fn draw(panel: &Panel<'_>) -> String {
    let scale = Scale::of(panel);
    let mut text = format!("<text class=\"title\" x=\"12\" y=\"20\">{}</text>", panel.title);
    let (left, right) = (MARGIN[0], WIDTH - MARGIN[2]);
    let mut power = scale.bottom;
    while power <= scale.top {
        let (value, y) = (10_f64.powf(power), scale.y(10_f64.powf(power)));
        let _ = write!(
            text,
            "<path class=\"axis\" d=\"M{left:.1} {y:.1}H{right:.1}\" style=\"stroke-width:1\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            left - 4.0,
            y + 4.0,
            figure(value)
        );
        power += 1.0;
    }
    for (size, ..) in &panel.ours {
        let (x, y) = (scale.x(*size), HEIGHT - MARGIN[3] + 14.0);
        let _ = write!(
            text,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>",
            short(*size)
        );
    }
    let legend = panel.limit_name.map_or_else(String::new, |name| format!(", beside {name}"));
    let y = HEIGHT - 10.0;
    let _ =
        write!(text, "<text x=\"12\" y=\"{y:.1}\">{} by {}{legend}</text>", panel.unit, panel.of);
    text + &line(&panel.limit, "limit", &scale)
        + &shade(&panel.ours, &scale)
        + &line(&panel.ours, "ours", &scale)
}

fn line(points: &Points, class: &str, scale: &Scale) -> String {
    let path: Vec<String> = points
        .iter()
        .map(|(size, median, ..)| format!("{:.1} {:.1}", scale.x(*size), scale.y(*median)))
        .collect();
    let mut dots = String::new();
    for (size, median, ..) in points {
        let (x, y) = (scale.x(*size), scale.y(*median));
        let _ = write!(dots, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>");
    }
    format!("<path class=\"{class}\" d=\"M{}\"/>{dots}", path.join("L"))
}

fn shade(points: &Points, scale: &Scale) -> String {
    let above = points.iter().map(|(size, _, _, high)| (scale.x(*size), scale.y(*high)));
    let below = points.iter().rev().map(|(size, _, low, _)| (scale.x(*size), scale.y(*low)));
    let path: Vec<String> = above.chain(below).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    format!("<polygon class=\"spread\" points=\"{}\"/>", path.join(" "))
}

fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let positive = values.filter(|value| *value > 0.0);
    positive.fold((f64::INFINITY, 1e-6), |(low, high), value| (low.min(value), high.max(value)))
}

fn short(size: f64) -> String {
    if size >= 1_000.0 { format!("{}k", figure(size / 1_000.0)) } else { figure(size) }
        .replace(".00", "")
        .replace(".0k", "k")
}

#[allow(clippy::cast_precision_loss, reason = "sizes and places of panels are small")]
const fn float(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{case::Case, report::ReportRow};

    #[test]
    fn what_has_two_sizes_is_a_curve_and_what_has_one_is_none() {
        let mut lines = Vec::new();
        for (what, size) in [("grows", 100), ("grows", 1_000), ("stays", 5)] {
            let mut case = Case::new(what).at(size, "changes");
            case.ours_is(1.5);
            case.beside_is("bare", 1.0);
            lines.push(case.line());
        }
        let (name, about, run, not_run) = ("row".into(), String::new(), None, Vec::new());
        let report = Report { rows: vec![ReportRow { name, about, run, lines, not_run }] };
        let svg = curves(&report);
        assert!(svg.contains(">grows<") && !svg.contains(">stays<"), "{svg}");
        assert!(svg.contains("ms CPU by changes, beside bare"));
    }
}
