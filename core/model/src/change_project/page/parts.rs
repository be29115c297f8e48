//! The parts of a page, each with its share of the sheet.

use std::{collections::BTreeSet, fmt::Write};

use super::{
    context::PageContext,
    fit::{listed, more},
};
use crate::{
    ItemId,
    change_project::{
        Branch, ChangeProject, Decision, ImpactKind, MeasureKind, Output, PdsaCycle, Section,
    },
    chart::{self, ChartView, Picture},
    markup::escaped,
    printed::cut,
    time::day_in_words,
};

/// Characters of a text: three lines of half the width.
pub(super) const TEXT: usize = 165;
/// Characters of a driver or an idea, of a part of a cycle, and of what is below a chart.
const DRIVER: usize = 38;
const CYCLE: usize = 48;
const CAPTION: usize = 70;
/// Charts that fit side by side, cycles of two lines each, and drivers of one.
const CHARTS: usize = 3;
const CYCLES: usize = 4;
const DRIVERS: usize = 7;

impl ChangeProject {
    pub(super) fn aim_and_why(&self, html: &mut String) {
        html.push_str("<div class=\"two\">\n");
        section(html, "Aim", &self.aim_in_words());
        section(html, "Problem", self.section(Section::Problem));
        section(html, "Why here", self.section(Section::WhyHere));
        section(html, "Equity", self.section(Section::Equity));
        section(html, "Co-produced with", self.section(Section::CoProducedWith));
        section(html, "Shown to others", &self.outputs_in_words());
        html.push_str("</div>\n");
    }

    fn outputs_in_words(&self) -> String {
        let output = |output: &Output| format!("{} ({})", output.title, output.kind);
        listed(self.outputs.values().map(output), TEXT)
    }

    pub(super) fn diagram(&self, html: &mut String) {
        let tree = self.driver_tree();
        if tree.is_empty() {
            return;
        }
        html.push_str("<section>\n<h2>Drivers and ideas</h2>\n<ul class=\"drivers\">\n");
        let mut room = DRIVERS;
        for Branch { id, secondary } in &tree {
            let Some(left) = room.checked_sub(1) else { break };
            let _ = write!(html, "<li>{}", self.driver(*id));
            let shown = secondary.len().min(left);
            room = left - shown;
            if shown > 0 {
                html.push_str("\n<ul>\n");
                for below in secondary.iter().take(shown) {
                    let _ = writeln!(html, "<li>{}</li>", self.driver(*below));
                }
                html.push_str("</ul>\n");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ul>\n");
        let all: usize = tree.iter().map(|branch| 1 + branch.secondary.len()).sum();
        more(html, all.saturating_sub(DRIVERS), "driver");
        html.push_str("</section>\n");
    }

    /// A driver with the first idea under it.
    fn driver(&self, id: ItemId) -> String {
        let name = self.drivers.get(&id).map(|driver| driver.name.as_str());
        let name = escaped(&cut(name.unwrap_or_default(), DRIVER));
        let mut under = self.ideas.values().filter(|idea| idea.drivers.contains(&id));
        let Some(idea) = under.next() else { return name };
        let state = idea.state.as_str().replace('_', " ");
        let others = match under.count() {
            0 => String::new(),
            1 => " and 1 more idea".to_owned(),
            count => format!(" and {count} more ideas"),
        };
        format!("{name} — <em>{}</em> ({state}){others}", escaped(&cut(&idea.text, DRIVER)))
    }

    pub(super) fn charts(&self, context: &PageContext<'_>, html: &mut String) {
        if self.measures.is_empty() {
            return;
        }
        html.push_str("<section>\n<h2>Measures</h2>\n<div class=\"charts\">\n");
        let mut drawn = 0;
        let mut others = Vec::new();
        for id in self.measures_to_show() {
            let Some(measure) = self.measures.get(&id) else { continue };
            let kind = measure.kind.as_str();
            let request = self.chart(id, context.names.suppression);
            let request = request.filter(|_| drawn < CHARTS);
            let view = request.and_then(|request| request.compute().ok());
            match view.filter(|view| !view.points.is_empty()) {
                Some(view) => {
                    drawn += 1;
                    figure(html, &view, kind, drawn);
                }
                None => others.push(format!("{} ({kind})", cut(&measure.name, DRIVER))),
            }
        }
        html.push_str("</div>\n");
        if !others.is_empty() {
            let others = escaped(&listed(others, TEXT));
            let _ = writeln!(html, "<p class=\"more\">Also measured: {others}.</p>");
        }
        html.push_str("</section>\n");
    }

    /// The measures in the order in which a panel asks for them: that of the aim, then the first of
    /// each kind that has values, then the others.
    fn measures_to_show(&self) -> Vec<ItemId> {
        let has_values = |id: &ItemId| !self.days_observed(*id).is_empty();
        let kinds = [MeasureKind::Outcome, MeasureKind::Process, MeasureKind::Balancing];
        let first_of = |kind: MeasureKind| {
            let of_kind = self.measures.iter().filter(move |(_, measure)| measure.kind == kind);
            of_kind.map(|(id, _)| *id).find(has_values)
        };
        let first = self.aim.measure.into_iter().chain(kinds.into_iter().filter_map(first_of));
        let mut seen = BTreeSet::new();
        first.chain(self.measures.keys().copied()).filter(|id| seen.insert(*id)).collect()
    }

    pub(super) fn cycles(&self, html: &mut String) {
        if self.cycles.is_empty() {
            return;
        }
        html.push_str("<section>\n<h2>Plan-do-study-act cycles</h2>\n<ol class=\"cycles\">\n");
        let numbers = self.cycle_numbers();
        let skipped = self.cycles.len().saturating_sub(CYCLES);
        for (id, cycle) in self.cycles.iter().skip(skipped) {
            let number = numbers.get(id).copied().unwrap_or_default();
            let _ = writeln!(html, "<li value=\"{number}\">{}</li>", cycle_in_words(cycle));
        }
        html.push_str("</ol>\n");
        more(html, skipped, "earlier cycle");
        html.push_str("</section>\n");
    }

    pub(super) fn value(&self, html: &mut String) {
        html.push_str("<div class=\"two\">\n");
        section(html, "What came of it", self.section(Section::Outcome));
        section(html, "What is sustained", self.section(Section::Sustained));
        let social = self.impacts.values().filter(|impact| impact.kind == ImpactKind::Social);
        let social = social.map(|impact| impact.text.trim()).filter(|text| !text.is_empty());
        let value: Vec<String> =
            std::iter::once(self.sum_of_value()).chain(social.map(str::to_owned)).collect();
        section(html, "Sustainable value", &value.join(" "));
        section(html, "Handed over", self.section(Section::Handover));
        html.push_str("</div>\n");
    }
}

/// A text under its heading; nothing if it says nothing.
pub(super) fn section(html: &mut String, title: &str, text: &str) {
    let text = cut(text, TEXT + 25);
    if !text.is_empty() {
        let text = escaped(&text);
        let _ = writeln!(html, "<section>\n<h2>{title}</h2>\n<p>{text}</p>\n</section>");
    }
}

fn figure(html: &mut String, view: &ChartView, kind: &str, number: usize) {
    let picture = Picture::brief(320, &format!("measure-{number}"));
    let drawing = chart::svg(view, &picture);
    let summary = view.signals.first().map(|signal| signal.words.as_str());
    let summary = summary.or(view.summary.first().map(String::as_str)).unwrap_or_default();
    let _ = write!(
        html,
        "<figure>\n{drawing}<figcaption>{kind} measure: {}</figcaption>\n\
         <details>\n<summary>The values as a table</summary>\n{}</details>\n</figure>\n",
        escaped(&cut(summary, CAPTION)),
        chart::table(view)
    );
}

fn cycle_in_words(cycle: &PdsaCycle) -> String {
    let idea = cut(&cycle.change_idea, CYCLE);
    let mut parts = vec![format!("<strong>{}</strong>", escaped(&idea))];
    if let Some(scale) = cycle.scale {
        parts.push(format!("with {}", scale.as_str().replace('_', " ")));
    }
    if let Some(done) = cycle.did_at {
        parts.push(format!("on {}", day_in_words(done)));
    }
    for (before, text) in [("expected", &cycle.prediction), ("learned", &cycle.learned)] {
        if !text.trim().is_empty() {
            parts.push(format!("{before}: {}", escaped(&cut(text, CYCLE))));
        }
    }
    if cycle.decision != Decision::Undecided {
        parts.push(format!("<strong>{}</strong>", cycle.decision));
    }
    parts.join("; ")
}
