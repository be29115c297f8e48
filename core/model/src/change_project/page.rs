//! The page of a plan: one sheet of A4 that a panel would want, the same bytes on every machine.
//!
//! It needs nothing but itself: no script, no font, no picture from elsewhere. It is meant to be
//! printed and to be read on a screen; charts have their table beside them there. Long texts are
//! cut, since a sheet has an end; the plan has them whole.

use std::{collections::BTreeMap, fmt::Write};

use super::{Branch, ChangeProject, Check, Decision, ImpactKind, PdsaCycle, Section};
use crate::{
    CalendarDate, DocumentId, ItemId, PersonId, Version,
    chart::{self, ChartView, Picture},
    markup::escaped,
};

/// Characters of a text that fit.
const TEXT: usize = 420;
/// Characters of a line in a list.
const LINE: usize = 140;
/// Charts, cycles and things of one kind that fit.
const CHARTS: usize = 4;
const CYCLES: usize = 6;
const ITEMS: usize = 8;

/// Stands where the digest of the page is put.
pub const DIGEST: &str = "<!--digest-->";

/// What a page is made of beside the plan itself.
#[derive(Debug, Clone, Copy)]
pub struct PageContext<'a> {
    pub id: DocumentId,
    /// The version of the plan it shows.
    pub version: &'a Version,
    /// The names of the people in it.
    pub names: &'a BTreeMap<PersonId, String>,
    /// The name of who began it: an owner may change, and what a page says of a version may not.
    pub creator: &'a str,
    /// Who wrote in it, with how many changes each, most first.
    pub writers: &'a [(String, usize)],
}

impl ChangeProject {
    /// The page of the plan, with [`DIGEST`] where its digest belongs.
    pub fn page(&self, context: &PageContext<'_>) -> String {
        let mut html = String::with_capacity(64 << 10);
        let title = escaped(&self.title);
        let _ = write!(
            html,
            "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"enhance-plan\" content=\"{}\">\n\
             <meta name=\"enhance-version\" content=\"{}\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
            context.id, context.version
        );
        self.head(context, &mut html);
        self.aim_and_why(&mut html);
        self.diagram(&mut html);
        self.charts(&mut html);
        self.cycles(&mut html);
        self.value(&mut html);
        self.people(context, &mut html);
        let _ = write!(
            html,
            "<footer>Plan {} at version {}. SHA-256 of this page: <span>{DIGEST}</span>. Whether \
             it still agrees with the plan: <code>enhance verify FILE</code>.</footer>\n\
             </main>\n</body>\n</html>\n",
            context.id, context.version
        );
        html
    }

    fn head(&self, context: &PageContext<'_>, html: &mut String) {
        let _ = write!(html, "<header>\n<h1>{}</h1>\n<p>", escaped(&self.title));
        let mut facts = vec![format!("Begun by {}", escaped(context.creator))];
        if !self.setting.trim().is_empty() {
            facts.push(escaped(&self.setting));
        }
        facts.push(format!("Status: {}", self.status.as_str().replace('_', " ")));
        if let Some(score) = self.progress {
            facts.push(format!("Progress {score}: {}", score.meaning()));
        }
        match (self.start, self.end) {
            (Some(start), Some(end)) => facts.push(format!("{} to {}", day(start), day(end))),
            (Some(start), None) => facts.push(format!("Since {}", day(start))),
            _ => {}
        }
        let _ = writeln!(html, "{}</p>\n</header>", facts.join(" · "));
    }

    fn aim_and_why(&self, html: &mut String) {
        html.push_str("<div class=\"two\">\n");
        section(html, "Aim", &self.aim_in_words());
        section(html, "Problem", self.section(Section::Problem));
        section(html, "Why here", self.section(Section::WhyHere));
        section(html, "Equity", self.section(Section::Equity));
        section(html, "Co-produced with", self.section(Section::CoProducedWith));
        section(html, "Information governance", self.section(Section::Governance));
        html.push_str("</div>\n");
    }

    fn diagram(&self, html: &mut String) {
        let tree = self.driver_tree();
        if tree.is_empty() {
            return;
        }
        html.push_str("<section>\n<h2>Drivers and ideas</h2>\n<ul class=\"drivers\">\n");
        for Branch { id, secondary } in tree.iter().take(ITEMS) {
            let _ = write!(html, "<li>{}", self.driver(*id));
            self.ideas_under(*id, html);
            if !secondary.is_empty() {
                html.push_str("\n<ul>\n");
                for below in secondary.iter().take(ITEMS) {
                    let _ = write!(html, "<li>{}", self.driver(*below));
                    self.ideas_under(*below, html);
                    html.push_str("</li>\n");
                }
                html.push_str("</ul>\n");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ul>\n</section>\n");
    }

    fn driver(&self, id: ItemId) -> String {
        let name = self.drivers.get(&id).map(|driver| driver.name.as_str());
        escaped(&cut(name.unwrap_or_default(), LINE))
    }

    fn ideas_under(&self, driver: ItemId, html: &mut String) {
        let under = self.ideas.values().filter(|idea| idea.drivers.contains(&driver));
        let ideas: Vec<String> = under
            .take(ITEMS)
            .map(|idea| {
                let state = idea.state.as_str().replace('_', " ");
                format!("<em>{}</em> ({state})", escaped(&cut(&idea.text, LINE)))
            })
            .collect();
        if !ideas.is_empty() {
            let _ = write!(html, " — {}", ideas.join("; "));
        }
    }

    fn charts(&self, html: &mut String) {
        if self.measures.is_empty() {
            return;
        }
        html.push_str("<section>\n<h2>Measures</h2>\n<div class=\"charts\">\n");
        let mut drawn = 0;
        let mut others = Vec::new();
        for (id, measure) in &self.measures {
            let kind = measure.kind.as_str();
            let view = self.chart(*id).and_then(|request| request.compute().ok());
            match view.filter(|view| !view.points.is_empty() && drawn < CHARTS) {
                Some(view) => {
                    drawn += 1;
                    figure(html, &view, kind, drawn);
                }
                None => others.push(format!("{} ({kind})", escaped(&cut(&measure.name, LINE)))),
            }
        }
        html.push_str("</div>\n");
        if !others.is_empty() {
            let _ = writeln!(html, "<p>Also measured: {}.</p>", others.join("; "));
        }
        html.push_str("</section>\n");
    }

    fn cycles(&self, html: &mut String) {
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
        if skipped > 0 {
            let _ = writeln!(html, "<p>{skipped} earlier cycles are in the plan.</p>");
        }
        html.push_str("</section>\n");
    }

    fn value(&self, html: &mut String) {
        html.push_str("<div class=\"two\">\n");
        section(html, "What came of it", self.section(Section::Outcome));
        section(html, "What is sustained", self.section(Section::Sustained));
        let mut value = self.sum_of_value();
        let social = self.impacts.values().filter(|impact| impact.kind == ImpactKind::Social);
        for text in social.map(|impact| impact.text.trim()).filter(|text| !text.is_empty()) {
            value.push(' ');
            value.push_str(text);
        }
        section(html, "Sustainable value", &value);
        let outputs: Vec<String> = self
            .outputs
            .values()
            .map(|output| format!("{} ({})", output.title, output.kind))
            .collect();
        section(html, "Shown to others", &outputs.join("; "));
        html.push_str("</div>\n");
    }

    fn people(&self, context: &PageContext<'_>, html: &mut String) {
        html.push_str("<div class=\"two\">\n");
        let member = |member: &super::TeamMember| {
            let name = member.person.and_then(|person| context.names.get(&person));
            match (name, member.role.trim()) {
                (Some(name), "") => name.clone(),
                (Some(name), role) => format!("{name}, {role}"),
                (None, role) => role.to_owned(),
            }
        };
        let team: Vec<String> = self.team.values().map(member).collect();
        section(html, "Team", &team.join("; "));
        let wrote = context.writers.iter().map(|(name, changes)| match changes {
            1 => format!("{name} (1 change)"),
            changes => format!("{name} ({changes} changes)"),
        });
        section(html, "Who wrote in it", &wrote.collect::<Vec<_>>().join("; "));
        let missing: Vec<&str> = Check::ALL
            .iter()
            .filter(|check| !self.meets(**check))
            .map(|check| check.sentence())
            .collect();
        section(html, "Not there yet", &missing.join(" "));
        html.push_str("</div>\n");
    }

    fn section(&self, section: Section) -> &str {
        self.sections.get(&section).map(String::as_str).unwrap_or_default()
    }
}

fn section(html: &mut String, title: &str, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let _ = writeln!(html, "<section>\n<h2>{title}</h2>");
    for paragraph in cut(text, TEXT).split("\n\n") {
        let lines: Vec<String> = paragraph.lines().map(escaped).collect();
        let _ = writeln!(html, "<p>{}</p>", lines.join("<br>"));
    }
    html.push_str("</section>\n");
}

fn figure(html: &mut String, view: &ChartView, kind: &str, number: usize) {
    let picture = Picture::new(360, &format!("measure-{number}"));
    let drawing = chart::svg(view, &picture);
    // A document of its own says that it is one; inside a page it is an element.
    let drawing = drawing.split_once("?>").map_or(drawing.as_str(), |(_, rest)| rest.trim_start());
    let summary = view.summary.first().map(String::as_str).unwrap_or_default();
    let _ = write!(
        html,
        "<figure>\n{drawing}\n<figcaption>{kind} measure. {}</figcaption>\n\
         <details>\n<summary>The values as a table</summary>\n{}</details>\n</figure>\n",
        escaped(&cut(summary, LINE)),
        chart::table(view)
    );
}

fn cycle_in_words(cycle: &PdsaCycle) -> String {
    let mut parts = vec![format!("<strong>{}</strong>", escaped(&cut(&cycle.change_idea, LINE)))];
    if let Some(scale) = cycle.scale {
        parts.push(format!("with {}", scale.as_str().replace('_', " ")));
    }
    if let Some(done) = cycle.did_at {
        parts.push(format!("on {}", day(done)));
    }
    for (before, text) in [("expected", &cycle.prediction), ("learned", &cycle.learned)] {
        if !text.trim().is_empty() {
            parts.push(format!("{before}: {}", escaped(&cut(text, LINE))));
        }
    }
    if cycle.decision != Decision::Undecided {
        parts.push(format!("<strong>{}</strong>", cycle.decision));
    }
    parts.join("; ")
}

fn day(day: CalendarDate) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A text that is no longer than this, on whole words.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let begun: String = text.chars().take(most).collect();
    let whole = begun.rfind(char::is_whitespace).map_or(begun.as_str(), |end| &begun[..end]);
    format!("{} …", whole.trim_end())
}

const STYLE: &str = "\
@page { size: A4; margin: 11mm; }
:root { color-scheme: light dark; }
body { margin: 0; background: #fff; color: #212b32; font: 15px/1.4 Arial, Helvetica, sans-serif; }
main { max-width: 190mm; margin: 0 auto; padding: 12px; }
h1 { font-size: 1.5em; margin: 0 0 2px; line-height: 1.2; }
h2 { font-size: 0.95em; margin: 8px 0 2px; color: #004b8c; }
p, ul, ol { margin: 0 0 4px; }
ul, ol { padding-left: 1.3em; }
header { border-bottom: 3px solid #005eb8; padding-bottom: 4px; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 0 18px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 8px 18px; }
figure { margin: 0; break-inside: avoid; }
figure svg { width: 100%; height: auto; }
figcaption { font-size: 0.85em; }
details { font-size: 0.85em; overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #768692; padding: 2px 6px; text-align: left; }
footer { border-top: 1px solid #768692; margin-top: 8px; font-size: 0.75em; overflow-wrap: anywhere; }
@media print {
  body { font-size: 9.2pt; line-height: 1.25; background: #fff; color: #000; }
  main { padding: 0; max-width: none; }
  .two { grid-template-columns: 1fr 1fr; }
  .charts { grid-template-columns: 1fr 1fr; }
  details { display: none; }
}
@media screen and (prefers-color-scheme: dark) {
  body { background: #14191d; color: #f0f4f5; }
  h2 { color: #9cc9f5; }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_ends_with_a_whole_word() {
        assert_eq!(cut("one two three", 9), "one two …");
        assert_eq!(cut("one", 9), "one");
        assert_eq!(cut("unbreakable", 4), "unbr …");
    }

    #[test]
    fn no_text_breaks_out_of_the_page() {
        let hostile = "<script>alert(1)</script>\" onload='x' \u{0} --><!--digest-->";
        let mut project = ChangeProject { title: hostile.to_owned(), ..Default::default() };
        project.setting = hostile.to_owned();
        for section in Section::ALL {
            project.sections.insert(*section, hostile.to_owned());
        }
        let names = BTreeMap::new();
        let context = PageContext {
            id: DocumentId::from_bytes([1; 16]),
            version: &Version::default(),
            names: &names,
            creator: hostile,
            writers: &[(hostile.to_owned(), 2)],
        };
        let page = project.page(&context);
        assert!(!page.contains("<script"));
        assert_eq!(page.matches(DIGEST).count(), 1);
        assert_eq!(page, project.page(&context));
    }
}
