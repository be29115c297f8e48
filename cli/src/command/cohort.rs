//! `enhance cohort`: your trainees, by what they shared with you.

use enhance_model::cohort::{Cohort, CohortProject};

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
};

const EXAMPLES: &str = "\
Examples:
  enhance cohort
  enhance cohort --csv > cohort.csv";

/// Your trainees, by the plans you are a member of and the copies they shared with you.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// As CSV: a line for each plan.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

/// Shows what each trainee shared.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let cohort = context.core()?.cohort()?;
    if arguments.csv {
        context.output.file(cohort.csv().as_bytes())?;
        return Ok(Exit::Done);
    }
    context.output.answer(&cohort, |sheet| write(sheet, &cohort))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, cohort: &Cohort) {
    if cohort.trainees.is_empty() {
        sheet.line("Nobody has shared a plan or a copy with you.");
    }
    for trainee in &cohort.trainees {
        sheet.heading(&trainee.name);
        let row = |one: &CohortProject| {
            let lacking: Vec<&str> = one.without_value.values().map(String::as_str).collect();
            vec![
                short(one.id),
                one.title.clone(),
                one.status.to_string(),
                one.progress.map(|score| score.to_string()).unwrap_or_default(),
                when(one.last_change),
                one.silent_days.to_string(),
                format!("{} ({} overdue)", one.open_actions, one.overdue_actions),
                lacking.join(", "),
            ]
        };
        let headings = [
            "id",
            "plan",
            "status",
            "score",
            "last change",
            "days silent",
            "open actions",
            "without a value",
        ];
        let rows = trainee.projects.iter().map(row).collect();
        sheet.table(&headings, rows, "No plan of theirs is shared with you.");
        if !trainee.copies.is_empty() {
            let row = |copy: &enhance_model::cohort::CohortCopy| {
                let seen = copy.seen_at.map(when).unwrap_or_default();
                vec![short(copy.id), copy.title.clone(), when(copy.shared_at), seen]
            };
            let rows = trainee.copies.iter().map(row).collect();
            sheet.table(&["id", "copy", "shared", "you saw it"], rows, "");
        }
    }
}
