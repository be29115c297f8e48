//! The page of a plan: one sheet of A4 that a panel would want, the same bytes on every machine.
//!
//! It needs nothing but itself: no script, no font, no picture from elsewhere. It is meant to be
//! printed and to be read on a screen; charts have their table beside them there. A sheet has an
//! end, so each part has its share of it: long texts are cut and long lists end, both say so, and
//! the plan has them whole.

mod context;
mod fit;
mod names;
mod parts;
mod style;

use std::fmt::Write;

pub use self::{context::PageContext, names::PageNames};
use self::{context::writers, fit::listed, parts::section, style::STYLE};
use super::{ChangeProject, Check, Section};
use crate::{
    markup::escaped,
    printed::{BEGINNING, DIGEST, cut, meta},
    time::day_in_words,
};

/// Characters of a title, and of a name in a line.
const TITLE: usize = 110;
const NAME: usize = 60;

/// Under these names a page says which plan it is of, and of which version.
pub const PAGE_OF: &str = "enhance-plan";
/// What stands before the version of the project on its page, as [`PAGE_OF`] before its id.
pub const PAGE_VERSION: &str = "enhance-version";

impl ChangeProject {
    /// The page of the plan, with [`DIGEST`] where its digest belongs.
    pub fn page(&self, context: &PageContext<'_>) -> String {
        let mut html = String::with_capacity(64 << 10);
        html.push_str(BEGINNING);
        meta(&mut html, PAGE_OF, &context.id.to_string());
        meta(&mut html, PAGE_VERSION, &context.version.to_string());
        context.names.write(&mut html);
        let title = escaped(&cut(&self.title, TITLE));
        let _ = write!(
            html,
            "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        );
        self.head(&title, context, &mut html);
        self.aim_and_why(&mut html);
        self.diagram(&mut html);
        self.charts(context, &mut html);
        self.cycles(&mut html);
        self.value(&mut html);
        self.people(context, &mut html);
        let _ = write!(
            html,
            "<footer>Plan {} at version {}. SHA-256 of this page: <span>{DIGEST}</span>. Whether \
             it still agrees with the plan: <code>enhance verify FILE</code>.</footer>\n\
             </main>\n</body>\n</html>\n",
            context.id,
            cut(&context.version.to_string(), 260)
        );
        html
    }

    fn head(&self, title: &str, context: &PageContext<'_>, html: &mut String) {
        let _ = write!(html, "<header>\n<h1>{title}</h1>\n<p>");
        let mut facts = vec![format!("Begun by {}", escaped(&cut(&context.names.creator, NAME)))];
        if !self.setting.trim().is_empty() {
            facts.push(escaped(&cut(&self.setting, NAME)));
        }
        facts.push(format!("Status: {}", self.status.as_str().replace('_', " ")));
        if let Some(score) = self.progress {
            facts.push(format!("Progress {score}: {}", score.meaning()));
        }
        match (self.start, self.end) {
            (Some(start), Some(end)) => {
                facts.push(format!("{} to {}", day_in_words(start), day_in_words(end)));
            }
            (Some(start), None) => facts.push(format!("Since {}", day_in_words(start))),
            _ => {}
        }
        let _ = writeln!(html, "{}</p>\n</header>", facts.join(" · "));
    }

    fn people(&self, context: &PageContext<'_>, html: &mut String) {
        html.push_str("<div class=\"two\">\n");
        let member = |member: &super::TeamMember| {
            let name = member.person.and_then(|person| context.names.people.get(&person));
            match (name, member.role.trim()) {
                (Some(name), "") => name.clone(),
                (Some(name), role) => format!("{name}, {role}"),
                (None, role) => role.to_owned(),
            }
        };
        section(html, "Team", &listed(self.team.values().map(member), parts::TEXT));
        section(html, "Who wrote in it", &listed(writers(context), parts::TEXT));
        section(html, "Information governance", self.section(Section::Governance));
        let is_missing = |check: &&Check| !self.meets(**check);
        let missing = Check::ALL.iter().filter(is_missing).map(|check| check.sentence().to_owned());
        section(html, "Not there yet", &listed(missing, parts::TEXT));
        html.push_str("</div>\n");
    }

    fn section(&self, section: Section) -> &str {
        self.sections.get(&section).map(String::as_str).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
