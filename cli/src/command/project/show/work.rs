//! What is done and what comes of it: cycles, actions, impacts, outputs and the status log.

use enhance_model::{
    ItemId,
    change_project::{Action, ChangeProject, CycleText, Impact, ImpactKind, PdsaCycle, Value},
};

use super::names::Names;
use crate::{ids::short, output::Sheet, when::when};

/// The number of a cycle on screen: its place among those there are.
pub fn number(project: &ChangeProject, cycle: ItemId) -> Option<usize> {
    project.cycles.keys().position(|id| *id == cycle).map(|place| place + 1)
}

/// The actions, what is still to be done first and of that what is due first.
pub fn actions(project: &ChangeProject) -> Vec<(ItemId, &Action)> {
    let mut actions: Vec<_> = project.actions.iter().map(|(id, action)| (*id, action)).collect();
    let undated = enhance_model::CalendarDate::MAX;
    actions.sort_by_key(|(id, action)| (action.done_at, action.due.unwrap_or(undated), *id));
    actions
}

/// Writes each cycle, with the number it has now.
pub fn write_cycles(sheet: &mut Sheet, project: &ChangeProject) {
    for (number, (id, cycle)) in (1..).zip(&project.cycles) {
        sheet.heading(format!("Cycle {number} [{}]: {}", short(id), cycle.decision));
        write_cycle(sheet, project, cycle);
    }
}

fn write_cycle(sheet: &mut Sheet, project: &ChangeProject, cycle: &PdsaCycle) {
    let before = cycle.previous.map(|id| match number(project, id) {
        Some(number) => format!("cycle {number}"),
        None => "a cycle that was taken back".to_owned(),
    });
    sheet.field("Goes on from", before.unwrap_or_default());
    let idea = cycle.idea.and_then(|id| Some((id, project.ideas.get(&id)?)));
    let idea = idea.map(|(id, idea)| format!("{} [{}]", idea.text, short(id)));
    sheet.field("Idea", idea.unwrap_or_default());
    sheet.field("Scale", cycle.scale.map(|scale| scale.to_string()).unwrap_or_default());
    sheet.field("Done at", cycle.did_at.map(|day| day.to_string()).unwrap_or_default());
    for which in CycleText::ALL {
        let text = cycle.text(*which);
        if !text.is_empty() {
            sheet.line(format!("{which}:")).prose(text);
        }
    }
}

/// Writes what has to be done, by whom and until when.
pub fn write_actions(sheet: &mut Sheet, project: &ChangeProject, names: &Names) {
    if project.actions.is_empty() {
        return;
    }
    sheet.heading("Actions");
    let row = |(id, action): (ItemId, &Action)| {
        vec![
            short(id),
            action.text.clone(),
            action.owner.map(|owner| names.person(owner)).unwrap_or_default(),
            action.due.map(|due| due.to_string()).unwrap_or_default(),
            action.done_at.map_or_else(|| "open".to_owned(), when),
        ]
    };
    let rows = actions(project).into_iter().map(row).collect();
    sheet.table(&["id", "action", "who", "due", "done"], rows, "");
}

/// Writes the sum of value.
pub fn write_impacts(sheet: &mut Sheet, project: &ChangeProject) {
    if project.impacts.is_empty() {
        return;
    }
    sheet.heading("Sum of value (SusQI)");
    for (id, impact) in &project.impacts {
        let effect = impact.effect.map(|effect| format!(" {effect}")).unwrap_or_default();
        let amount =
            impact.amount.as_ref().map(|amount| format!(", {}", amount_of(impact, amount)));
        let amount = amount.unwrap_or_default();
        sheet.item(0, format!("{}{effect}{amount} [{}]", impact.kind, short(id)));
        if !impact.text.is_empty() {
            sheet.item(1, &impact.text);
        }
        if !impact.method.is_empty() {
            sheet.item(1, format!("found by: {}", impact.method));
        }
        let year = impact.factor_year.map(|year| year.to_string());
        let factor = [Some(impact.factor.clone()), Some(impact.factor_source.clone()), year];
        let factor: Vec<String> =
            factor.into_iter().flatten().filter(|it| !it.is_empty()).collect();
        if !factor.is_empty() {
            sheet.item(1, format!("factor: {}", factor.join(", ")));
        }
    }
}

/// How much it is in a year, with its unit.
fn amount_of(impact: &Impact, amount: &Value) -> String {
    match (impact.kind, amount) {
        (ImpactKind::Environment, amount) => format!("{amount} kgCO2e a year"),
        (ImpactKind::Money, Value::Number { thousandths }) if thousandths % 1_000 == 0 => {
            let (sign, pence) =
                (if *thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs() / 1_000);
            format!("{sign}£{}.{:02} a year", pence / 100, pence % 100)
        }
        (ImpactKind::Money, amount) => format!("{amount} pence a year"),
        (_, amount) => format!("{amount} a year"),
    }
}

/// Writes what others were shown.
pub fn write_outputs(sheet: &mut Sheet, project: &ChangeProject) {
    if project.outputs.is_empty() {
        return;
    }
    sheet.heading("Outputs");
    for (id, output) in &project.outputs {
        let at = output.at.map(|at| format!(", {at}")).unwrap_or_default();
        let link = if output.link.is_empty() { "" } else { &format!(", {}", output.link) };
        sheet.item(0, format!("{}: {}{at}{link} [{}]", output.kind, output.title, short(id)));
    }
}

/// Writes how the plan moved on, oldest first.
pub fn write_log(sheet: &mut Sheet, project: &ChangeProject) {
    if project.moves.is_empty() {
        return;
    }
    sheet.heading("Status log");
    let mut moves: Vec<_> = project.moves.iter().collect();
    moves.sort_by_key(|(id, step)| (step.at, **id));
    for (id, step) in moves {
        let at = step.at.map(when).unwrap_or_default();
        let note = if step.note.is_empty() { "" } else { &format!(": {}", step.note) };
        sheet.item(0, format!("{at} {}{note} [{}]", step.to, short(id)));
    }
}
