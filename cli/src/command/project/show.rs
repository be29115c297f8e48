//! Listing and reading projects.

use std::collections::BTreeMap;

use enhance_client::{ListPage, Member, ProjectView};
use enhance_model::{
    ItemId, Right,
    change_project::{Aim, ChangeProject, CycleText, PdsaCycle, Section, Value},
};

use super::{arguments::ProjectArguments, comment, version};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
};

/// Lists the projects one can read.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let list = core.projects(ListPage::ALL)?;
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
    let view = core.project(id)?;
    context.output.answer(&view, |sheet| write_view(sheet, &view))?;
    if view.my_right < Right::Own {
        documents::mark_seen(&core, id);
    }
    Ok(Exit::Done)
}

fn write_view(sheet: &mut Sheet, view: &ProjectView) {
    sheet.line(format!("{}  [{}]", view.project.title, short(view.id)));
    sheet.field("Version", version::brief(&view.version));
    sheet.field("You may", view.my_right.to_string());
    documents::write_status(sheet, &view.status);
    let drafted: Vec<String> = view.drafts.iter().map(|draft| draft.field.to_string()).collect();
    sheet.field("Draft", drafted.join(", "));
    write_project(sheet, &view.project, &view.members);
    sheet.heading("Members");
    write_members(sheet, &view.members);
    if let Some(person) = &view.offered_to {
        sheet.line(format!("Offered to {}, who has not accepted it yet.", person.name));
    }
    if !view.comments.is_empty() {
        sheet.heading("Comments");
        comment::write(sheet, &view.comments);
    }
}

/// Writes a project as it stands or stood.
pub fn write_project(sheet: &mut Sheet, project: &ChangeProject, members: &[Member]) {
    sheet.field("Status", project.status.to_string());
    sheet.field("Domain", &project.topic);
    sheet.field("Setting", &project.setting);
    let tags: Vec<String> = project.tags.iter().map(ToString::to_string).collect();
    sheet.field("Tags", tags.join(", "));
    write_aim(sheet, &project.aim);
    for section in Section::ALL {
        let text = project.sections.get(section).map(String::as_str).unwrap_or_default();
        if !text.is_empty() {
            sheet.heading(format!("{} [{section}]", section_title(*section))).prose(text);
        }
    }
    write_measures(sheet, project);
    for (number, (id, cycle)) in (1..).zip(&project.cycles) {
        sheet.heading(format!("Cycle {number} [{}]: {}", short(id), cycle.decision));
        write_cycle(sheet, cycle);
    }
    write_actions(sheet, project, members);
}

/// Writes who takes part.
fn write_members(sheet: &mut Sheet, members: &[Member]) {
    let row = |member: &Member| {
        vec![
            member.person.name.clone(),
            member.person.role.to_string(),
            member.right.to_string(),
            if member.confirmed { "" } else { "not sent yet" }.to_owned(),
        ]
    };
    sheet.table(&["who", "role", "right", ""], members.iter().map(row).collect(), "Nobody.");
}

fn write_aim(sheet: &mut Sheet, aim: &Aim) {
    let direction = aim.direction.map(|direction| direction.to_string()).unwrap_or_default();
    let span = match (aim.from.as_str(), aim.to.as_str()) {
        ("", "") => String::new(),
        (from, "") => format!("from {from}"),
        ("", to) => format!("to {to}"),
        (from, to) => format!("from {from} to {to}"),
    };
    let by = aim.by_date.map(|date| format!("by {date}")).unwrap_or_default();
    sheet.field("Aim", &aim.sentence);
    sheet.field("Measured", [direction, span, by].join(" ").trim());
}

fn write_measures(sheet: &mut Sheet, project: &ChangeProject) {
    if project.measures.is_empty() {
        return;
    }
    sheet.heading("Measures");
    let row = |(id, measure): (&ItemId, &enhance_model::change_project::Measure)| {
        let seen = project.observations.values().filter(|seen| seen.measure == *id);
        let mut values: Vec<_> = seen.map(|seen| (seen.at, shown(&seen.value))).collect();
        values.sort();
        let values: Vec<_> = values.iter().map(|(at, value)| format!("{at}: {value}")).collect();
        vec![
            short(id),
            measure.name.clone(),
            measure.kind.to_string(),
            measure.unit.clone(),
            values.join(", "),
        ]
    };
    let header = ["id", "measure", "kind", "unit", "values"];
    sheet.table(&header, project.measures.iter().map(row).collect(), "");
}

fn write_cycle(sheet: &mut Sheet, cycle: &PdsaCycle) {
    sheet.field("Scale", cycle.scale.map(|scale| scale.to_string()).unwrap_or_default());
    for which in CycleText::ALL {
        let text = cycle.text(*which);
        if !text.is_empty() {
            sheet.line(format!("{which}:")).prose(text);
        }
    }
}

fn write_actions(sheet: &mut Sheet, project: &ChangeProject, members: &[Member]) {
    if project.actions.is_empty() {
        return;
    }
    sheet.heading("Actions");
    let names: BTreeMap<_, _> =
        members.iter().map(|member| (member.person.id, member.person.name.clone())).collect();
    let rows = project.actions.iter().map(|(id, action)| {
        let owner =
            action.owner.map(|owner| names.get(&owner).cloned().unwrap_or_else(|| short(owner)));
        vec![
            short(id),
            action.text.clone(),
            owner.unwrap_or_default(),
            action.due.map(|due| due.to_string()).unwrap_or_default(),
            action.done_at.map(when).unwrap_or_default(),
        ]
    });
    sheet.table(&["id", "action", "who", "due", "done"], rows.collect(), "");
}

const fn section_title(section: Section) -> &'static str {
    match section {
        Section::Problem => "Problem",
        Section::WhyHere => "Why here",
        Section::Team => "Team",
        Section::Plan => "Plan",
        Section::Handover => "Handover",
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Ratio { numerator, denominator } => format!("{numerator}/{denominator}"),
        Value::Number { thousandths } => {
            let (sign, size) =
                (if *thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs());
            let fraction = format!("{:03}", size % 1_000);
            let fraction = fraction.trim_end_matches('0');
            let point = if fraction.is_empty() { "" } else { "." };
            format!("{sign}{}{point}{fraction}", size / 1_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_as_they_were_typed() {
        let number = |thousandths| shown(&Value::Number { thousandths });
        assert_eq!(number(37_000), "37");
        assert_eq!(number(12_500), "12.5");
        assert_eq!(number(-125), "-0.125");
        assert_eq!(shown(&Value::Ratio { numerator: 12, denominator: 40 }), "12/40");
    }
}
