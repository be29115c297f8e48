//! The plot: axes, lines of each phase, notes, and the points with their marks.

use std::fmt::Write;

use super::{
    super::{
        super::{
            ChartPoint, ChartView, Exact, Heading, Phase, PlacedNote, PointState, Quantity, summary,
        },
        Mark,
        axis::Axis,
        cut, heading,
    },
    pen::{MARGIN, Pen, letters_in, width_of},
};

/// Where the plot is, and where its points are.
struct Plot<'a> {
    view: &'a ChartView,
    axis: Axis,
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
    /// Half of the size of a mark.
    radius: i64,
}

impl<'a> Plot<'a> {
    fn new(view: &'a ChartView, width: i64, top: i64, is_brief: bool) -> Self {
        let height = if is_brief { 1_300 } else { (width * 2 / 5).clamp(2_000, 3_800) };
        let axis = Axis::of(view, if height < 2_500 { 4 } else { 6 });
        let labels = axis.ticks(height).into_iter().map(|(_, label)| width_of(&label));
        let left = MARGIN + labels.max().unwrap_or_default() + 60;
        let values = ends(view).into_iter().map(|(_, label)| width_of(&label));
        let right = width - MARGIN - values.max().unwrap_or_default() - 60;
        let mut plot = Self { view, axis, left, right, top, bottom: top + height, radius: 45 };
        plot.radius = (plot.apart() / 3).clamp(12, 45);
        plot
    }

    /// From one point to the next.
    fn apart(&self) -> i64 {
        let gaps = i64::try_from(self.view.points.len()).unwrap_or(1) - 1;
        (self.right - self.left - 160) / gaps.max(1)
    }

    /// Where a point is, counted from 1.
    fn x(&self, number: usize) -> i64 {
        let (first, last) = (self.left + 80, self.right - 80);
        let number = i64::try_from(number).unwrap_or(1);
        match i64::try_from(self.view.points.len()).unwrap_or(1) - 1 {
            0 => i64::midpoint(first, last),
            gaps => first + (last - first) * (number - 1) / gaps,
        }
    }

    /// The line between a point and the one before it.
    fn before(&self, number: usize) -> i64 {
        match number {
            1 => self.left,
            _ => i64::midpoint(self.x(number - 1), self.x(number)),
        }
    }

    /// The line between a point and the one after it.
    fn after(&self, number: usize) -> i64 {
        if number == self.view.points.len() { self.right } else { self.before(number + 1) }
    }

    fn y(&self, value: &Exact) -> Option<i64> {
        self.axis.at(value, self.bottom - self.top).map(|up| self.bottom - up)
    }

    fn at(&self, point: &ChartPoint, value: Quantity) -> Option<(i64, i64)> {
        Some((self.x(point.number), self.y(&value.into())?))
    }
}

/// Draws the plot below a line and says where it ends.
pub(super) fn draw(pen: &mut Pen, view: &ChartView, width: i64, top: i64, is_brief: bool) -> i64 {
    // Above the plot: the unit, the names of the phases, the letters of the notes.
    let rows = [
        !heading(view.unit).is_empty(),
        view.phases.iter().any(|phase| !phase.label.is_empty()),
        !view.annotations.is_empty(),
    ];
    let mut y = top;
    let [unit, phases, notes] = rows.map(|is_there| {
        y += if is_there { 170 } else { 0 };
        y
    });
    let plot = Plot::new(view, width, y + 100, is_brief);
    if rows[0] {
        pen.text("soft", (MARGIN, unit), heading(view.unit));
    }
    if view.points.is_empty() {
        let place = (width / 2, i64::midpoint(plot.top, plot.bottom));
        pen.line("", (plot.left, plot.bottom), (plot.right, plot.bottom));
        pen.text("soft middle", place, "No values yet");
        return plot.bottom;
    }
    axes(pen, &plot);
    for phase in &view.phases {
        phase_lines(pen, &plot, phase);
        if phase.number > 1 {
            let x = plot.before(phase.first);
            pen.line("phase", (x, phases - 120), (x, plot.bottom));
        }
        let x = plot.before(phase.first) + 40;
        let room = letters_in(plot.after(phase.last) - x, 72);
        if !phase.label.is_empty() && room > 2 {
            pen.text("name", (x, phases), &cut(&phase.label, room));
        }
    }
    targets(pen, &plot);
    draw_notes(pen, &plot, notes);
    series(pen, &plot);
    numbers(pen, &plot);
    plot.bottom + 210
}

fn axes(pen: &mut Pen, plot: &Plot<'_>) {
    for (up, label) in plot.axis.ticks(plot.bottom - plot.top) {
        let y = plot.bottom - up;
        pen.line("grid", (plot.left, y), (plot.right, y));
        pen.text("soft end", (plot.left - 50, y + 42), &label);
    }
    pen.line("", (plot.left, plot.bottom), (plot.right, plot.bottom));
    let widest = plot.view.points.iter().map(|point| width_of(&point.label)).max();
    let fit = ((plot.right - plot.left) / (widest.unwrap_or_default() + 150)).max(1);
    let fit = usize::try_from(fit).unwrap_or(1);
    let every = plot.view.points.len().div_ceil(fit).max(1);
    for point in plot.view.points.iter().step_by(every) {
        let x = plot.x(point.number);
        pen.line("", (x, plot.bottom), (x, plot.bottom + 50));
        let half = width_of(&point.label) / 2;
        // At the edges a label stands inwards.
        let (class, x) = if x - half < MARGIN {
            ("soft", MARGIN)
        } else if x + half > plot.right + 100 {
            ("soft end", plot.right + 100)
        } else {
            ("soft middle", x)
        };
        pen.text(class, (x, plot.bottom + 180), &point.label);
    }
}

fn phase_lines(pen: &mut Pen, plot: &Plot<'_>, phase: &Phase) {
    let (from, to) = (plot.before(phase.first), plot.after(phase.last));
    let mut line = |class, value: &Exact| {
        if let Some(y) = plot.y(value) {
            pen.line(class, (from, y), (to, y));
        }
    };
    if let Some(limits) = &phase.limits {
        line("near", &limits.near_lower);
        line("near", &limits.near_upper);
        line("limit", &limits.lower);
        line("limit", &limits.upper);
    }
    if let Some(centre) = &phase.centre {
        line("centre", centre);
    }
    // The values of the last phase at the end of its lines; where two are close, one moves aside.
    if phase.number == plot.view.phases.len() {
        let ends = ends(plot.view);
        let mut ends: Vec<(i64, String)> =
            ends.into_iter().filter_map(|(value, label)| Some((plot.y(&value)?, label))).collect();
        ends.sort();
        let mut free = plot.top - 60;
        for (y, label) in ends {
            let y = (y + 42).max(free);
            pen.text("", (plot.right + 50, y), &label);
            free = y + 130;
        }
    }
}

/// What lines of the last phase are at, to be written at their ends.
fn ends(view: &ChartView) -> Vec<(Exact, String)> {
    let phase = view.phases.last();
    let limits = phase.and_then(|phase| phase.limits.as_ref());
    let limits = limits.into_iter().flat_map(|limits| {
        let lower = limits.lower_is_possible.then_some(&limits.lower);
        lower.into_iter().chain(limits.upper_is_possible.then_some(&limits.upper))
    });
    let target = view.points.last().and_then(|point| point.target).map(Exact::from);
    let lines = phase.and_then(|phase| phase.centre.as_ref()).into_iter().chain(limits).cloned();
    let number = |value: Exact| {
        let label = summary::number(&value, view.unit);
        (value, label)
    };
    let mut ends: Vec<(Exact, String)> = lines.chain(target).map(number).collect();
    ends.sort();
    ends.dedup();
    ends
}

/// The target, as far as the same one is in force.
fn targets(pen: &mut Pen, plot: &Plot<'_>) {
    for same in plot.view.points.chunk_by(|a, b| a.target == b.target) {
        let [first, ..] = same else { continue };
        let last = same.last().unwrap_or(first);
        if let Some(y) = first.target.and_then(|target| plot.y(&target.into())) {
            pen.line("target", (plot.before(first.number), y), (plot.after(last.number), y));
        }
    }
}

fn draw_notes(pen: &mut Pen, plot: &Plot<'_>, y: i64) {
    for notes in plot.view.annotations.chunk_by(|a, b| a.point == b.point) {
        let Some(first) = notes.first() else { continue };
        let x = plot.x(first.point.max(1));
        let letters: Vec<String> = notes.iter().map(PlacedNote::letter).collect();
        pen.text("tag middle", (x, y), &cut(&letters.join(","), 8));
        pen.line("note", (x, y + 30), (x, plot.bottom));
    }
}

/// The values with the line between them, which breaks wherever one is missing.
fn series(pen: &mut Pen, plot: &Plot<'_>) {
    let mut path = String::new();
    let mut before: Option<&ChartPoint> = None;
    for point in &plot.view.points {
        let at = point.value.and_then(|value| plot.at(point, value));
        if let Some((x, y)) = at {
            let goes_on =
                before.is_some_and(|before| before.phase == point.phase && before.value.is_some());
            let _ = write!(path, "{}{x} {y}", if goes_on { "L" } else { "M" });
        }
        before = Some(point);
    }
    if !path.is_empty() {
        pen.path("series", &path);
    }
    for point in &plot.view.points {
        let here = Mark::of(plot.view, point);
        let x = plot.x(point.number);
        match (&point.state, point.value.and_then(|value| plot.at(point, value))) {
            (PointState::Conflict { values }, _) => {
                let values = values.iter().flatten().filter_map(|value| plot.at(point, *value));
                let places: Vec<(i64, i64)> = values.collect();
                if let [first, .., last] = places.as_slice() {
                    pen.line("note", *first, *last);
                }
                for place in places {
                    pen.circle("hollow", place, plot.radius);
                }
            }
            (_, Some(place)) => mark(pen, here, place, plot.radius),
            (PointState::Gap | PointState::Hidden | PointState::Invalid { .. }, None) => {
                mark(pen, here, (x, plot.bottom - 60), plot.radius);
            }
            (PointState::Excluded | PointState::Counted, None) => {}
        }
        for value in point.excluded.iter().filter_map(|excluded| excluded.value) {
            if let Some(place) = plot.at(point, value) {
                mark(pen, Mark::Excluded, place, plot.radius);
            }
        }
    }
}

/// The numbers of the signals at their first points, on the side to which they go.
fn numbers(pen: &mut Pen, plot: &Plot<'_>) {
    let mut places: Vec<(usize, bool, String)> = Vec::new();
    for signal in &plot.view.signals {
        let Some(first) = signal.points.first() else { continue };
        let is_up = signal.heading != Some(Heading::Down);
        let same = places.iter_mut().find(|(point, up, _)| point == first && *up == is_up);
        match same {
            Some((_, _, label)) => {
                let _ = write!(label, ",{}", signal.number);
            }
            None => places.push((*first, is_up, signal.number.to_string())),
        }
    }
    for (number, is_up, label) in places {
        let point = plot.view.points.get(number - 1);
        let place = point.and_then(|point| plot.at(point, point.value?));
        if let Some((x, y)) = place {
            let (above, below) = (y - plot.radius - 50, y + plot.radius + 130);
            // At the edges of the plot there is no room above or below, so it stands beside.
            let (class, place) = match (is_up, above - 100 < plot.top - 60, below > plot.bottom) {
                (true, false, _) => ("tag middle", (x, above)),
                (false, _, false) => ("tag middle", (x, below)),
                _ => ("tag", (x + plot.radius + 50, y + 42)),
            };
            pen.text(class, place, &cut(&label, 8));
        }
    }
}

/// One mark, about its middle.
pub(super) fn mark(pen: &mut Pen, mark: Mark, (x, y): (i64, i64), r: i64) {
    // Shapes with corners look smaller than a circle of the same width.
    let (square, wide) = (r, r * 3 / 2);
    match mark {
        Mark::Common => pen.circle("common", (x, y), r),
        Mark::OnLine => pen.circle("hollow", (x, y), r),
        Mark::Improvement => {
            let side = 2 * square;
            let path = format!("M{} {}h{side}v{side}h-{side}z", x - square, y - square);
            pen.path("improvement", &path);
        }
        Mark::Concern => {
            let path = format!("M{x} {}l{wide} {wide}l-{wide} {wide}l-{wide} -{wide}z", y - wide);
            pen.path("concern", &path);
        }
        Mark::Change => {
            let (top, base) = (y - wide, 2 * wide);
            pen.path("change", &format!("M{x} {top}l{wide} {base}h-{base}z"));
        }
        Mark::Excluded => {
            let (arm, back) = (2 * r, y - r);
            let path = format!("M{} {back}l{arm} {arm}m0 -{arm}l-{arm} {arm}", x - r);
            pen.path("", &path);
        }
        Mark::Conflict => {
            pen.line("note", (x, y - r), (x, y + r));
            pen.circle("hollow", (x, y - r), r * 2 / 3);
            pen.circle("hollow", (x, y + r), r * 2 / 3);
        }
        Mark::Gap => pen.line("", (x - r, y), (x + r, y)),
        Mark::Hidden => pen.text("soft middle", (x, y + 42), "h"),
        Mark::Invalid => pen.text("soft middle", (x, y + 42), "!"),
    }
}
