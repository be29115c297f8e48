//! What the page of a plan says beyond its fields, for scripts: the same that people read.

use enhance_model::{
    DocumentId, ItemId, Items,
    change_project::{ChangeProject, ProgressScore},
};
use serde::Serialize;

use super::{
    names::Names,
    periods::{Period, periods},
    settle::{self, PutBack, ToSettle},
    small_numbers::Hidden,
    work,
};

/// What is read out of a plan.
#[derive(Debug, Serialize)]
pub struct Outline {
    /// The aim in one sentence, written or derived.
    aim_in_words: String,
    /// What the progress score says.
    progress_means: Option<&'static str>,
    drivers: Vec<Primary>,
    cycles: Vec<Numbered>,
    /// What is still to be done first.
    actions: Vec<ItemId>,
    /// The rows of each measure.
    periods: Items<Vec<Period>>,
    /// What all devices counted on each tally sheet, where that may be shown.
    tallies: Items<Counted>,
    pub to_settle: Vec<ToSettle>,
    pub taken_back: Vec<PutBack>,
}

/// A primary driver with the secondary ones under it.
#[derive(Debug, Serialize)]
struct Primary {
    driver: ItemId,
    secondary: Vec<ItemId>,
}

/// A cycle with its number on screen.
#[derive(Debug, Serialize)]
struct Numbered {
    number: usize,
    cycle: ItemId,
    /// The number of the cycle it goes on from.
    goes_on_from: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Counted {
    numerator: u64,
    denominator: u64,
}

impl Outline {
    /// The outline of a plan.
    pub fn of(id: DocumentId, project: &ChangeProject, names: &Names, hidden: &Hidden) -> Self {
        let branches = project.driver_tree().into_iter();
        let sheets = project.tallies.iter().filter(|(id, _)| !hidden.contains(id));
        Self {
            aim_in_words: project.aim_in_words(),
            progress_means: project.progress.map(ProgressScore::meaning),
            drivers: branches
                .map(|branch| Primary { driver: branch.id, secondary: branch.secondary })
                .collect(),
            cycles: (1..)
                .zip(&project.cycles)
                .map(|(number, (cycle, says))| {
                    let goes_on_from = says.previous.and_then(|id| work::number(project, id));
                    Numbered { number, cycle: *cycle, goes_on_from }
                })
                .collect(),
            actions: work::actions(project).into_iter().map(|(id, _)| id).collect(),
            periods: project.measures.keys().map(|id| (*id, periods(project, *id))).collect(),
            tallies: sheets
                .filter_map(|(id, sheet)| {
                    let (numerator, denominator) = sheet.counted()?;
                    Some((*id, Counted { numerator, denominator }))
                })
                .collect(),
            to_settle: settle::to_settle(id, project, names),
            taken_back: settle::taken_back(id, project),
        }
    }
}
