//! What stands above one another: title, plot, key, and the sentences below.

use super::{
    super::{
        super::{ChartView, summary},
        Mark, centre_words, cut, lines, subtitle, wrapped,
    },
    pen::{BOLD_LETTER, INDENT, LETTER, LINE, MARGIN, Pen, letters_in},
    plot,
};

/// Draws everything and says how high it is.
pub(super) fn draw(pen: &mut Pen, view: &ChartView, width: i64, is_brief: bool) -> i64 {
    let inner = width - 2 * MARGIN;
    let mut y = 60;
    let title = wrapped(&view.title, letters_in(inner, BOLD_LETTER));
    for line in title.iter().take(if is_brief { 2 } else { 3 }) {
        y += 190;
        pen.text("title", (MARGIN, y), line);
    }
    for line in wrapped(&subtitle(view), letters_in(inner, LETTER)).iter().take(2) {
        y += if line.is_empty() { 0 } else { LINE + 20 };
        pen.text("soft", (MARGIN, y), line);
    }
    y = plot::draw(pen, view, width, y + 60, is_brief);
    y = key(pen, view, inner, y + 60);
    if is_brief {
        return y + LINE / 2;
    }
    y += 50;
    let mut was_caution = false;
    for line in lines(view) {
        let indent = if line.lead.is_empty() { 0 } else { INDENT };
        let words = wrapped(&line.text, letters_in(inner - indent, LETTER));
        // Cautions stand apart from what is seen.
        y += if line.is_caution && !was_caution { 120 } else { 40 };
        was_caution = line.is_caution;
        let class = if line.is_caution { "soft" } else { "" };
        for (place, words) in words.iter().take(6).enumerate() {
            y += LINE;
            if place == 0 && indent > 0 {
                pen.text("name", (MARGIN, y), &line.lead);
            }
            pen.text(class, (MARGIN + indent, y), words);
        }
    }
    y + MARGIN
}

/// A thing of the key: how it is drawn, and what it says.
enum Sample {
    Mark(Mark),
    /// A line, by its class.
    Line(&'static str),
}

/// What the marks and lines mean, side by side as far as they fit.
fn key(pen: &mut Pen, view: &ChartView, inner: i64, top: i64) -> i64 {
    let marks = Mark::used(view).into_iter();
    let mut samples: Vec<(Sample, String)> =
        marks.map(|mark| (Sample::Mark(mark), mark.words().to_owned())).collect();
    samples.extend(line_samples(view));
    let (mut x, mut y) = (MARGIN, top + LINE);
    for (sample, words) in samples {
        let words = cut(&words, letters_in(inner - 360, LETTER));
        let wide = 340 + i64::try_from(words.chars().count()).unwrap_or_default() * LETTER;
        if x > MARGIN && x + wide > MARGIN + inner {
            (x, y) = (MARGIN, y + LINE + 20);
        }
        let middle = (x + 100, y - 42);
        match sample {
            Sample::Mark(mark) => plot::mark(pen, mark, middle, 45),
            Sample::Line(class) => pen.line(class, (x, y - 42), (x + 240, y - 42)),
        }
        let after = if matches!(sample, Sample::Line(_)) { 290 } else { 200 };
        pen.text("soft", (x + after, y), &words);
        x += wide + after - 200;
    }
    y
}

/// The lines of the last phase that has any, with their values.
fn line_samples(view: &ChartView) -> Vec<(Sample, String)> {
    let mut samples = Vec::new();
    let Some(phase) = view.phases.iter().rev().find(|phase| phase.counted > 0) else {
        return samples;
    };
    let said = |value| summary::said(value, view.unit);
    if let Some(centre) = &phase.centre {
        let words = format!("{}: {}", centre_words(view), said(centre));
        samples.push((Sample::Line("centre"), words));
    }
    if let Some(limits) = &phase.limits {
        let between = summary::between(limits, view.unit);
        samples.push((Sample::Line("limit"), format!("limits: {between}")));
        samples.push((Sample::Line("near"), "two thirds of the way to a limit".to_owned()));
    }
    if let Some(target) = view.points.last().and_then(|point| point.target) {
        samples.push((Sample::Line("target"), format!("target: {}", said(&target.into()))));
    }
    samples
}
