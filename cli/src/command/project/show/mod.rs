//! Listing and reading projects.

mod diagram;
mod measures;
mod names;
mod outline;
mod periods;
mod settle;
mod small_numbers;
mod work;

use enhance_client::{HandoverView, ListPage, Member, ProjectView};
use enhance_model::{
    DocumentId, Noun, Right,
    change_project::{ChangeProject, Section},
    field::find,
};
use serde::Serialize;

use self::outline::Outline;
pub use self::{
    names::Names,
    periods::{Standing, periods},
    small_numbers::{HIDDEN, Hidden, left_out},
};
use super::{arguments::ProjectArguments, comment, fields::word, handover, version};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::{field_in_words, when},
};

/// The sections that stand before the parts of a plan, and those after them.
const BEFORE: [Section; 4] =
    [Section::Problem, Section::WhyHere, Section::Equity, Section::CoProducedWith];
const AFTER: [Section; 4] =
    [Section::Outcome, Section::Sustained, Section::Handover, Section::Governance];

/// What has a place of its own on the page. The rest is listed field by field.
const PLACED: [Noun; 15] = [
    Noun::Driver,
    Noun::ChangeIdea,
    Noun::Stakeholder,
    Noun::TeamMember,
    Noun::Measure,
    Noun::Target,
    Noun::Observation,
    Noun::Tally,
    Noun::Phase,
    Noun::Annotation,
    Noun::Cycle,
    Noun::Action,
    Noun::Impact,
    Noun::Output,
    Noun::StatusMove,
];

/// What `enhance project show` answers: the plan, and what is read out of it.
#[derive(Serialize)]
struct ShowAnswer<'a> {
    #[serde(flatten)]
    view: &'a ProjectView,
    outline: Outline,
    /// How many characters a text has at most.
    #[serde(skip)]
    text_chars: u64,
}

/// Lists the projects one can read.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let list = core.projects(ListPage::ALL)?.items;
    context.output.answer(&list, |sheet| {
        documents::write_list(sheet, &list, "No plans yet.");
        if list.is_empty() {
            sheet.next("enhance project new --title \"...\"", "start one");
        }
    })?;
    Ok(Exit::Done)
}

/// Shows a project; its owner is told that it was seen.
pub fn show(context: &Context, arguments: &ProjectArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::project(&core, &arguments.id)?;
    let (view, names) = (core.project(id)?, Names::known(&core)?);
    let hidden: Hidden = view.hidden_numbers.iter().copied().collect();
    let outline = Outline::of(id, &view.project, &names, &hidden);
    let text_chars = core.limits()?.text_chars;
    let answer = ShowAnswer { view: &view, outline, text_chars };
    let told = left_out(&answer, "/project", &hidden)?;
    context.output.answer(&told, |sheet| write_view(sheet, &answer, &names, &hidden))?;
    if view.my_right < Right::Own {
        documents::mark_seen(&core, id);
    }
    Ok(Exit::Done)
}

fn write_view(
    sheet: &mut Sheet,
    ShowAnswer { view, outline, text_chars }: &ShowAnswer<'_>,
    names: &Names,
    hidden: &Hidden,
) {
    sheet.line(format!("{}  [{}]", view.project.title, short(view.id)));
    sheet.field("Version", version::brief(&view.version));
    sheet.field("You may", view.my_right.to_string());
    documents::write_status(sheet, &view.status);
    let drafted: Vec<String> = view.drafts.iter().map(|draft| draft.field.to_string()).collect();
    sheet.field("Draft", drafted.join(", "));
    write_project(sheet, view.id, &view.project, names, hidden);
    documents::write_too_long(sheet, &view.drafts, *text_chars);
    settle::write_to_settle(sheet, &outline.to_settle);
    settle::write_taken_back(sheet, &outline.taken_back);
    sheet.heading("Members");
    write_members(sheet, &view.members);
    if let Some(offer) = &view.handover {
        write_handover(sheet, offer);
    }
    if !view.comments.is_empty() {
        sheet.heading("Comments");
        comment::write(sheet, &view.comments);
    }
}

fn write_handover(sheet: &mut Sheet, offer: &HandoverView) {
    let (to, from) = (&offer.to.name, &offer.from.name);
    if offer.declined {
        sheet.line(format!("Offered to {to}, who declined it: it stays with {from}."));
        return;
    }
    if offer.by_organisation {
        sheet.line(format!("{from} has left; it is offered to {to}, who has not accepted it yet."));
        return;
    }
    sheet.line(format!("Offered to {to}, who has not accepted it yet."));
    sheet.line(format!("Once they do, {from} {}.", handover::may(offer.keeps)));
}

/// Writes a project as it stands or stood, in the order a team would tell it.
pub fn write_project(
    sheet: &mut Sheet,
    id: DocumentId,
    project: &ChangeProject,
    names: &Names,
    hidden: &Hidden,
) {
    write_head(sheet, project);
    work::write_log(sheet, project);
    for section in BEFORE {
        write_section(sheet, project, section);
    }
    diagram::write(sheet, project);
    diagram::write_stakeholders(sheet, project);
    write_section(sheet, project, Section::Team);
    diagram::write_team(sheet, project, names);
    write_section(sheet, project, Section::Plan);
    measures::write(sheet, id, project, hidden);
    work::write_cycles(sheet, project);
    work::write_actions(sheet, project, names);
    work::write_impacts(sheet, project);
    work::write_outputs(sheet, project);
    write_others(sheet, project);
    for section in AFTER {
        write_section(sheet, project, section);
    }
}

fn write_head(sheet: &mut Sheet, project: &ChangeProject) {
    sheet.field("Aim", project.aim_in_words());
    let measure = project.aim.measure.and_then(|id| Some((id, project.measures.get(&id)?)));
    let measured = measure.map(|(id, measure)| format!("{} [{}]", measure.name, short(id)));
    sheet.field("Told by", measured.unwrap_or_default());
    sheet.field("Status", project.status.to_string());
    let progress = project.progress.map(|score| format!("{score} of 5: {}", score.meaning()));
    sheet.field("Progress", progress.unwrap_or_default());
    let day = |words: &str, day: Option<enhance_model::CalendarDate>| {
        day.map(|day| format!("{words} {day}"))
    };
    let days = [day("from", project.start), day("until", project.end)];
    sheet.field("When", days.into_iter().flatten().collect::<Vec<_>>().join(" "));
    sheet.field("Domain", &project.topic);
    sheet.field("Setting", &project.setting);
    let tags: Vec<String> = project.tags.iter().map(ToString::to_string).collect();
    sheet.field("Tags", tags.join(", "));
}

fn write_section(sheet: &mut Sheet, project: &ChangeProject, section: Section) {
    let text = project.sections.get(&section).map(String::as_str).unwrap_or_default();
    if !text.is_empty() {
        sheet.heading(format!("{} [{section}]", section.heading())).prose(text);
    }
}

/// Writes what has no place of its own on the page yet, with all it says.
fn write_others(sheet: &mut Sheet, project: &ChangeProject) {
    for noun in ChangeProject::ITEMS.iter().filter(|noun| !PLACED.contains(noun)) {
        let items = project.fields_in_words(*noun);
        if items.is_empty() {
            continue;
        }
        sheet.heading(format!("Of kind {}", word(*noun)));
        for (id, fields) in items {
            let declared = ChangeProject::fields_of(*noun);
            let said = fields.iter().map(|(key, said)| {
                let field = find(declared, key);
                let said = field.map_or_else(|| said.clone(), |field| field_in_words(field, said));
                format!("{key}: {said}")
            });
            sheet.item(0, format!("[{}] {}", short(id), said.collect::<Vec<_>>().join(", ")));
        }
    }
}

fn standing(member: &Member) -> String {
    match member.expires_at {
        _ if !member.confirmed => "not sent yet".to_owned(),
        Some(at) => format!("invited until {}", when(at)),
        None if member.takes_part() => String::new(),
        None => member.standing.to_string(),
    }
}

/// Writes who takes part.
fn write_members(sheet: &mut Sheet, members: &[Member]) {
    let row = |member: &Member| {
        vec![
            member.person.name.clone(),
            member.person.roles_in_words(),
            member.right.to_string(),
            standing(member),
        ]
    };
    sheet.table(&["who", "role", "right", ""], members.iter().map(row).collect(), "Nobody.");
}

#[cfg(test)]
mod tests;
