//! The trainees of a fellow, by what they shared: never anything else of them.

use serde::Serialize;

use crate::{
    CalendarDate, DocumentId, Items, PersonId, Timestamp,
    change_project::{ChangeProject, ProgressScore, Status},
    comments::Said,
    csv, inbox,
    learning_log::local_day,
    time::DAY_MS,
};

/// Everybody who shared something with the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// Sorted by their names.
    pub trainees: Vec<CohortTrainee>,
}

/// One trainee, by what they shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortTrainee {
    pub person: PersonId,
    /// What they are called; empty if the device has not heard of them.
    pub name: String,
    /// Their plans of which the reader is a member, the one that is silent longest first.
    pub projects: Vec<CohortProject>,
    /// Copies they shared with the reader, the newest first.
    pub copies: Vec<CohortCopy>,
}

/// A plan at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortProject {
    pub id: DocumentId,
    pub title: String,
    pub status: Status,
    /// How far the team sees itself.
    pub progress: Option<ProgressScore>,
    /// When somebody wrote in it, or said something about it, last.
    pub last_change: Timestamp,
    /// Whole days since then.
    pub silent_days: u32,
    /// Measures that have no value in the period of today, by their names.
    pub without_value: Items<String>,
    pub open_actions: u32,
    pub overdue_actions: u32,
}

/// A copy at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortCopy {
    pub id: DocumentId,
    pub title: String,
    pub shared_at: Timestamp,
    /// When the reader said that they saw it.
    pub seen_at: Option<Timestamp>,
}

impl CohortProject {
    /// A plan with what was said about it, as it stands at a moment.
    pub fn new(
        id: DocumentId,
        project: &ChangeProject,
        (changed_at, said): (Timestamp, &[Said<'_>]),
        now: Timestamp,
    ) -> Self {
        let today = local_day(now);
        let last_change = inbox::last_words(changed_at, said);
        let open = project.actions.values().filter(|action| action.done_at.is_none());
        let is_over = |due: Option<CalendarDate>| due.is_some_and(|due| due < today);
        Self {
            id,
            title: project.title.clone(),
            status: project.status,
            progress: project.progress,
            last_change,
            silent_days: days_between(last_change, now),
            without_value: inbox::measures_without_value(project, today),
            open_actions: count(open.clone()),
            overdue_actions: count(open.filter(|action| is_over(action.due))),
        }
    }
}

impl Cohort {
    /// A line for each plan, and one for each trainee who shared copies and no plan.
    pub fn csv(&self) -> String {
        let mut csv = String::new();
        csv::line(&mut csv, &HEADINGS);
        for trainee in &self.trainees {
            let copies = trainee.copies.len().to_string();
            for project in &trainee.projects {
                csv::line(
                    &mut csv,
                    &line(&trainee.name, project, &copies).each_ref().map(|s| &**s),
                );
            }
            if trainee.projects.is_empty() {
                let mut cells = [""; HEADINGS.len()];
                let [first, .., last] = &mut cells;
                (*first, *last) = (&trainee.name, &copies);
                csv::line(&mut csv, &cells);
            }
        }
        csv
    }
}

const HEADINGS: [&str; 10] = [
    "trainee",
    "plan",
    "status",
    "last change",
    "silent days",
    "measures without a value",
    "open actions",
    "overdue actions",
    "progress score",
    "copies",
];

fn line(name: &str, project: &CohortProject, copies: &str) -> [String; 10] {
    let names: Vec<&str> = project.without_value.values().map(String::as_str).collect();
    [
        name.to_owned(),
        project.title.clone(),
        project.status.to_string(),
        local_day(project.last_change).to_string(),
        project.silent_days.to_string(),
        names.join("; "),
        project.open_actions.to_string(),
        project.overdue_actions.to_string(),
        project.progress.map(|score| score.to_string()).unwrap_or_default(),
        copies.to_owned(),
    ]
}

fn days_between(then: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(now.millis_since(then) / DAY_MS.unsigned_abs()).unwrap_or(u32::MAX)
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_was_shared_and_a_trainee_without_a_project_has_one() {
        let at = Timestamp::from_unix_millis(1_795_000_000_000);
        let project = ChangeProject { title: "=Falls".into(), ..ChangeProject::default() };
        let id = DocumentId::from_bytes([1; 16]);
        let now = at.plus_millis(31 * DAY_MS);
        let shared = CohortProject::new(id, &project, (at, &[]), now);
        assert_eq!(shared.silent_days, 31);
        let trainee = |name: &str, projects| CohortTrainee {
            person: PersonId::from_bytes([2; 16]),
            name: name.into(),
            projects,
            copies: Vec::new(),
        };
        let cohort =
            Cohort { trainees: vec![trainee("Asha", vec![shared]), trainee("Ben", vec![])] };
        let csv = cohort.csv();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[1], "Asha,'=Falls,idea,2026-11-18,31,,0,0,,0");
        assert_eq!(lines[2], "Ben,,,,,,,,,0");
    }
}
