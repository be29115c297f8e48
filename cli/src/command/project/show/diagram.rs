//! The driver diagram as a tree, and who it is done with.

use enhance_model::{
    ItemId,
    change_project::{ChangeIdea, ChangeProject},
};

use super::names::Names;
use crate::{ids::short, output::Sheet};

/// Writes the tree of drivers with the ideas under them, and ideas that hang nowhere.
pub fn write(sheet: &mut Sheet, project: &ChangeProject) {
    if project.drivers.is_empty() && project.ideas.is_empty() {
        return;
    }
    sheet.heading("Driver diagram");
    for branch in project.driver_tree() {
        write_driver(sheet, project, 0, branch.id);
        for secondary in branch.secondary {
            write_driver(sheet, project, 1, secondary);
        }
    }
    let is_under_one =
        |idea: &ChangeIdea| idea.drivers.iter().any(|driver| project.drivers.contains_key(driver));
    let mut loose = project.ideas.iter().filter(|(_, idea)| !is_under_one(idea)).peekable();
    if loose.peek().is_some() {
        sheet.item(0, "under no driver yet:");
        loose.for_each(|(id, idea)| write_idea(sheet, 1, *id, idea));
    }
}

fn write_driver(sheet: &mut Sheet, project: &ChangeProject, depth: usize, id: ItemId) {
    let name = project.drivers.get(&id).map(|driver| driver.name.as_str()).unwrap_or_default();
    sheet.item(depth, format!("{name} [{}]", short(id)));
    for (id, idea) in project.ideas.iter().filter(|(_, idea)| idea.drivers.contains(&id)) {
        write_idea(sheet, depth + 1, *id, idea);
    }
}

fn write_idea(sheet: &mut Sheet, depth: usize, id: ItemId, idea: &ChangeIdea) {
    let pick = idea.pick.map(|pick| format!(", {pick}")).unwrap_or_default();
    sheet.item(depth, format!("idea: {} [{}] ({}{pick})", idea.text, short(id), idea.state));
    if !idea.rationale.is_empty() {
        sheet.item(depth + 1, format!("because: {}", idea.rationale));
    }
}

/// Writes whom it touches.
pub fn write_stakeholders(sheet: &mut Sheet, project: &ChangeProject) {
    if project.stakeholders.is_empty() {
        return;
    }
    sheet.heading("Stakeholders (power and interest of 5)");
    for (id, one) in &project.stakeholders {
        let number = |name: &str, number: Option<enhance_model::record::Whole>| {
            number.map(|number| format!("{name} {number}"))
        };
        let parts = [
            some(&one.organisation),
            number("power", one.power),
            number("interest", one.interest),
            one.stance.map(|stance| stance.to_string()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let between = if parts.is_empty() { "" } else { ": " };
        sheet.item(0, format!("{} [{}]{between}{}", one.role, short(id), parts.join(", ")));
        if !one.approach.is_empty() {
            sheet.item(1, &one.approach);
        }
    }
}

/// Writes who does it, with an account or without.
pub fn write_team(sheet: &mut Sheet, project: &ChangeProject, names: &Names) {
    if project.team.is_empty() {
        return;
    }
    sheet.heading("Team members");
    for (id, one) in &project.team {
        let name = one.person.map(|person| format!(", {}", names.person(person)));
        let part = some(&one.part).map(|part| format!(": {part}"));
        let (name, part) = (name.unwrap_or_default(), part.unwrap_or_default());
        sheet.item(0, format!("{}{name} [{}]{part}", one.role, short(id)));
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
