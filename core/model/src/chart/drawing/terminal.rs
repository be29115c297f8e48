//! A chart as lines of a terminal.

use std::fmt::Write;

use super::{
    super::{ChartPoint, ChartView, Exact, Phase, PointState, Quantity, summary},
    Mark,
    axis::Axis,
    centre_words, heading, lines, plain, subtitle, wrapped,
};

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Lines and shapes of Unicode.
    Unicode,
    /// What every terminal has.
    Ascii,
}

/// Rows from the top of the plot to its bottom.
const HEIGHT: usize = 15;

/// The chart on lines of at most so many columns, at least 40; each ends with a line break.
///
/// Where there are more points than columns the latest are drawn, and it says so.
pub fn text(view: &ChartView, width: usize, glyphs: Glyphs) -> String {
    let width = width.clamp(40, 400);
    let mut page: Vec<String> = wrapped(&plain(&view.title), width);
    page.extend(wrapped(&subtitle(view), width));
    page.push(String::new());
    let screen = Screen::new(view, width, glyphs);
    if screen.first > 1 {
        let shown = view.points.len() + 1 - screen.first;
        page.push(format!("The latest {shown} of {} points:", view.points.len()));
    }
    page.extend(screen.rows());
    page.push(String::new());
    page.extend(key(view, glyphs).into_iter().flat_map(|items| packed(items, width)));
    for line in lines(view) {
        let indent = if line.lead.is_empty() { 0 } else { 3 };
        let words = wrapped(&plain(&line.text), width - indent);
        page.extend(words.into_iter().enumerate().map(|(place, words)| {
            let lead = if place == 0 { line.lead.as_str() } else { "" };
            format!("{lead:<indent$}{words}")
        }));
    }
    let mut text = String::new();
    for line in page {
        let _ = writeln!(text, "{}", glyphs.only(line.trim_end()));
    }
    text
}

impl Glyphs {
    const fn mark(self, mark: Mark) -> char {
        match (self, mark) {
            (Self::Unicode, Mark::Common) => '●',
            (Self::Unicode, Mark::OnLine) => '○',
            (Self::Unicode, Mark::Improvement) => '■',
            (Self::Unicode, Mark::Concern) => '◆',
            (Self::Unicode, Mark::Change) => '▲',
            (Self::Unicode, Mark::Excluded) => '×',
            (Self::Unicode, Mark::Conflict) => '◊',
            (Self::Ascii, Mark::Common) => 'o',
            (Self::Ascii, Mark::OnLine) => '+',
            (Self::Ascii, Mark::Improvement) => '#',
            (Self::Ascii, Mark::Concern) => '*',
            (Self::Ascii, Mark::Change) => '^',
            (Self::Ascii, Mark::Excluded) => 'x',
            (Self::Ascii, Mark::Conflict) => '?',
            (_, Mark::Gap) => ' ',
            (_, Mark::Hidden) => 'h',
            (_, Mark::Invalid) => '!',
        }
    }

    /// Centre, limit and target.
    const fn lines(self) -> [char; 3] {
        match self {
            Self::Unicode => ['─', '┄', '═'],
            Self::Ascii => ['-', '.', '='],
        }
    }

    /// Side, corner, bottom, the tick at the bottom, and where a phase begins.
    const fn frame(self) -> [char; 5] {
        match self {
            Self::Unicode => ['│', '└', '─', '┴', '┊'],
            Self::Ascii => ['|', '+', '-', '+', ':'],
        }
    }

    /// A line with nothing that the terminal may not have.
    fn only(self, line: &str) -> String {
        let one = |c: char| match (self, c) {
            (Self::Ascii, '£') => "GBP ".to_owned(),
            (Self::Ascii, '…') => "~".to_owned(),
            (Self::Ascii, _) if !c.is_ascii() => "?".to_owned(),
            _ => c.to_string(),
        };
        line.chars().map(one).collect()
    }
}

/// The plot as a grid of letters.
struct Screen<'a> {
    view: &'a ChartView,
    glyphs: Glyphs,
    axis: Axis,
    /// The number of the first point that is drawn.
    first: usize,
    /// Columns from one point to the next.
    apart: usize,
    /// Columns for the labels at the left.
    margin: usize,
    columns: usize,
}

impl<'a> Screen<'a> {
    fn new(view: &'a ChartView, width: usize, glyphs: Glyphs) -> Self {
        let axis = Axis::of(view, 5);
        let labels = axis.ticks(0);
        let margin = labels.iter().map(|(_, label)| glyphs.only(label).chars().count()).max();
        let margin = margin.unwrap_or_default().max(heading(view.unit).len());
        let room = width - margin - 2;
        let count = view.points.len().max(1);
        let apart = (room / count).clamp(1, 4);
        let drawn = count.min(room);
        let columns = drawn * apart;
        Self { view, glyphs, axis, first: count - drawn + 1, apart, margin, columns }
    }

    /// The column of a point, if it is drawn.
    fn column(&self, number: usize) -> Option<usize> {
        Some(number.checked_sub(self.first)? * self.apart + self.apart / 2)
    }

    /// The row of a value, counted from the top.
    fn row(&self, value: &Exact) -> Option<usize> {
        let top = i64::try_from(HEIGHT).ok()? - 1;
        usize::try_from(top - self.axis.at(value, top)?).ok()
    }

    fn rows(&self) -> Vec<String> {
        let mut grid = vec![vec![' '; self.columns]; HEIGHT];
        for phase in &self.view.phases {
            self.phase(&mut grid, phase);
        }
        for point in &self.view.points {
            self.target(&mut grid, point);
        }
        for point in &self.view.points {
            self.point(&mut grid, point);
        }
        let [side, corner, bottom, tick, _] = self.glyphs.frame();
        let top = i64::try_from(HEIGHT).unwrap_or(1) - 1;
        let ticks = self.axis.ticks(top);
        let mut rows = Vec::new();
        let unit = heading(self.view.unit);
        if !unit.is_empty() {
            rows.push(format!("{unit:>width$}", width = self.margin));
        }
        rows.extend(self.above());
        for (row, cells) in grid.into_iter().enumerate() {
            let at = top - i64::try_from(row).unwrap_or_default();
            let label = ticks.iter().find(|(up, _)| *up == at);
            let label = label.map_or("", |(_, label)| label);
            let label = self.glyphs.only(label);
            let cells: String = cells.into_iter().collect();
            rows.push(format!("{label:>width$} {side}{cells}", width = self.margin));
        }
        let mut line = vec![bottom; self.columns];
        let labels = self.labels(&mut line, tick);
        let line: String = line.into_iter().collect();
        rows.push(format!("{:>width$} {corner}{line}", "", width = self.margin));
        rows.push(labels);
        rows
    }

    fn put(&self, grid: &mut [Vec<char>], value: &Exact, columns: (usize, usize), glyph: char) {
        let Some(row) = self.row(value) else { return };
        let (from, to) = (columns.0.min(self.columns), columns.1.min(self.columns));
        grid[row][from..to].fill(glyph);
    }

    /// From the first column of a point to the first of the one after another.
    fn span(&self, first: usize, last: usize) -> (usize, usize) {
        let start = |number: usize| number.saturating_sub(self.first) * self.apart;
        (start(first), start(last + 1))
    }

    fn phase(&self, grid: &mut [Vec<char>], phase: &Phase) {
        if phase.last < self.first {
            return;
        }
        let columns = self.span(phase.first, phase.last);
        let [centre, limit, _] = self.glyphs.lines();
        if phase.first > self.first.max(1) {
            for row in grid.iter_mut() {
                row[columns.0] = self.glyphs.frame()[4];
            }
        }
        if let Some(limits) = &phase.limits {
            self.put(grid, &limits.lower, columns, limit);
            self.put(grid, &limits.upper, columns, limit);
        }
        if let Some(value) = &phase.centre {
            self.put(grid, value, columns, centre);
        }
    }

    fn target(&self, grid: &mut [Vec<char>], point: &ChartPoint) {
        if let (Some(target), true) = (point.target, point.number >= self.first) {
            let columns = self.span(point.number, point.number);
            self.put(grid, &target.into(), columns, self.glyphs.lines()[2]);
        }
    }

    fn point(&self, grid: &mut [Vec<char>], point: &ChartPoint) {
        let Some(column) = self.column(point.number) else { return };
        let here = Mark::of(self.view, point);
        let mut put = |value: Quantity, mark: Mark| {
            if let Some(row) = self.row(&value.into()) {
                grid[row][column] = self.glyphs.mark(mark);
            }
        };
        for excluded in point.excluded.iter().filter_map(|excluded| excluded.value) {
            put(excluded, Mark::Excluded);
        }
        if let Some(value) = point.value {
            put(value, here);
        }
        match &point.state {
            PointState::Conflict { values } => {
                values.iter().flatten().for_each(|value| put(*value, here));
            }
            PointState::Hidden | PointState::Invalid { .. } => {
                grid[HEIGHT - 1][column] = self.glyphs.mark(here);
            }
            PointState::Counted | PointState::Excluded | PointState::Gap => {}
        }
    }

    /// The letters of the notes, if there are any.
    fn above(&self) -> Option<String> {
        let mut cells = vec![' '; self.columns];
        for note in &self.view.annotations {
            let first = note.letter().chars().next();
            if let (Some(column), Some(first)) = (self.column(note.point), first) {
                cells[column] = first;
            }
        }
        let is_empty = cells.iter().all(|cell| *cell == ' ');
        let cells: String = cells.into_iter().collect();
        (!is_empty).then(|| format!("{:width$}  {cells}", "", width = self.margin))
    }

    /// The names of periods below the plot, as many as fit, and their ticks.
    fn labels(&self, line: &mut [char], tick: char) -> String {
        let mut row = " ".repeat(self.margin + 2);
        for point in self.view.points.iter().skip(self.first - 1) {
            let Some(column) = self.column(point.number) else { continue };
            let at = self.margin + 2 + column;
            let free = row.chars().count();
            let is_first = point.number == self.first;
            let fits = column + point.label.chars().count() <= self.columns.max(12);
            if fits && (is_first || free + 2 <= at) {
                row.push_str(&" ".repeat(at.saturating_sub(free)));
                row.push_str(&point.label);
                line[column] = tick;
            }
        }
        row
    }
}

/// What the marks and lines mean.
fn key(view: &ChartView, glyphs: Glyphs) -> [Vec<String>; 2] {
    let marks = Mark::used(view).into_iter().filter(|mark| *mark != Mark::Gap);
    let marks: Vec<String> =
        marks.map(|mark| format!("{} {}", glyphs.mark(mark), mark.words())).collect();
    let mut lines = Vec::new();
    let said = |value: &Exact| summary::said(value, view.unit);
    let [centre, limit, target] = glyphs.lines();
    let phase = view.phases.iter().rev().find(|phase| phase.counted > 0);
    if let Some(value) = phase.and_then(|phase| phase.centre.as_ref()) {
        lines.push(format!("{centre} {}: {}", centre_words(view), said(value)));
    }
    if let Some(limits) = phase.and_then(|phase| phase.limits.as_ref()) {
        lines.push(format!("{limit} limits: {}", summary::between(limits, view.unit)));
    }
    if let Some(value) = view.points.last().and_then(|point| point.target) {
        lines.push(format!("{target} target: {}", said(&value.into())));
    }
    [marks, lines]
}

/// Items side by side as far as they fit; none is broken.
fn packed(items: Vec<String>, width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for item in items {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 3 + item.chars().count() <= width => {
                row.push_str("   ");
                row.push_str(&item);
            }
            _ => rows.extend(wrapped(&item, width)),
        }
    }
    rows
}
