//! What was completed, planned, certified, improved and signed.

use super::{
    ArcpSources,
    part::{Cell, Part, columns},
};
use crate::{
    CalendarDate, DocumentId,
    change_project::{ChangeProject, Section},
    learning_log::local_day,
    personal_record::{
        Certificate, Debrief, EvidenceSource, GoalStatus, ModuleCompletion, PdpGoal,
    },
};

impl ArcpSources<'_> {
    pub(super) fn modules(&self) -> Part {
        let columns = columns!(
            "module" "Module",
            "completed" "Completed",
            "shown_by" "Shown by",
        );
        let mut part = Part::new("modules", "Modules completed", columns);
        part.if_empty = "No module was completed in this period.";
        let facts = self.record.modules_completed.values();
        let mut first: Vec<(CalendarDate, &ModuleCompletion)> = Vec::new();
        for fact in facts {
            let at = self.record.module_completed(&fact.module).map(|(at, _)| at);
            let day = local_day(fact.at);
            let is_known = first.iter().any(|(_, one)| one.module == fact.module);
            if at == Some(fact.at) && self.period.contains(day) && !is_known {
                first.push((day, fact));
            }
        }
        first.sort_by(|(day, one), (other, two)| (day, &one.module).cmp(&(other, &two.module)));
        let row = |(day, fact): (CalendarDate, &ModuleCompletion)| {
            let shown = self.shown_by(fact.evidence, &fact.reason);
            vec![Cell::text(self.module_title(&fact.module)), Cell::Day(day), Cell::text(shown)]
        };
        part.rows = first.into_iter().map(row).collect();
        part
    }

    /// Simulations and immersive films that were talked over, with how sure one was.
    pub(super) fn debriefs(&self) -> Part {
        let columns = columns!(
            "activity" "Activity",
            "day" "On",
            "before" "How sure before (0 to 10)",
            "after" "How sure after",
            "shown_by" "Written",
        );
        let mut part = Part::new("debriefs", "Simulations and their debriefs", columns);
        let all = self.record.debriefs.iter();
        let mut all: Vec<_> =
            all.filter(|(_, one)| self.period.contains(local_day(one.at))).collect();
        all.sort_by_key(|(id, one)| (one.at, **id));
        // What nobody said stays empty: it is not a nought.
        let sure = |number: Option<crate::record::Whole>| {
            Cell::text(number.map(|number| number.0.to_string()).unwrap_or_default())
        };
        let row = |(_, one): (&crate::ItemId, &Debrief)| {
            let activity = self.programme.and_then(|programme| programme.activity(&one.activity));
            let title = activity.map_or(one.activity.as_str(), |(_, known)| known.title.as_str());
            vec![
                Cell::text(title),
                Cell::Day(local_day(one.at)),
                sure(one.confidence_before),
                sure(one.confidence_after),
                Cell::text(self.shown_by(one.evidence, "")),
            ]
        };
        part.rows = all.into_iter().map(row).collect();
        part
    }

    fn shown_by(&self, evidence: Option<EvidenceSource>, reason: &str) -> String {
        evidence.map_or_else(|| reason.to_owned(), |source| self.source_in_words(source))
    }

    /// The title of a module; its key if the programme in use has it no more.
    pub(super) fn module_title(&self, key: &str) -> String {
        let module = self.programme.and_then(|programme| programme.module(key));
        module.map_or_else(|| key.to_owned(), |module| module.title.clone())
    }

    /// The goals that are open, or were due in the period.
    pub(super) fn goals_of_period(&self) -> Vec<&PdpGoal> {
        let is_of_period = |goal: &&PdpGoal| match goal.due {
            Some(due) if due < self.period.from() => goal.status == GoalStatus::Open,
            _ => true,
        };
        let mut goals: Vec<_> =
            self.record.goals.iter().filter(|(_, goal)| is_of_period(goal)).collect();
        goals.sort_by_key(|(id, goal)| (goal.due.is_none(), goal.due, **id));
        goals.into_iter().map(|(_, goal)| goal).collect()
    }

    pub(super) fn goals(&self) -> Part {
        let columns = columns!(
            "goal" "Goal",
            "due" "Due",
            "status" "Status",
            "success" "How it will show",
            "actions" "What to do",
        );
        let mut part = Part::new("goals", "Personal development plan", columns);
        part.if_empty = "No goal is noted.";
        let row = |goal: &PdpGoal| {
            let status = Cell::text(goal.status.in_words());
            let due = Cell::day(goal.due);
            vec![
                Cell::text(&goal.text),
                due,
                status,
                Cell::text(&goal.success),
                Cell::text(&goal.actions),
            ]
        };
        part.rows = self.goals_of_period().into_iter().map(row).collect();
        part
    }

    pub(super) fn certificates(&self) -> Part {
        let columns = columns!(
            "certificate" "Certificate",
            "issuer" "Given by",
            "issued" "Given",
            "expires" "Expires",
            "standing" "On the day of this page",
        );
        let mut part = Part::new("certificates", "Certificates", columns);
        part.if_empty = "No certificate is noted.";
        let is_of_period = |one: &Certificate| {
            one.expires.is_none_or(|expires| expires >= self.period.from())
                && one.issued.is_none_or(|issued| issued <= self.period.to())
        };
        let all = self.record.certificates.iter();
        let mut all: Vec<_> = all.filter(|(_, one)| is_of_period(one)).collect();
        all.sort_by_key(|(id, one)| (one.expires.is_none(), one.expires, **id));
        let rows = all.into_iter().map(|(_, one)| {
            let standing = one.expires.map(|day| match self.days_until(day) {
                left if left < 0 => "has run out".to_owned(),
                0 => "runs out today".to_owned(),
                1 => "1 day left".to_owned(),
                left => format!("{left} days left"),
            });
            vec![
                Cell::text(&one.title),
                Cell::text(&one.issuer),
                Cell::day(one.issued),
                Cell::day(one.expires),
                Cell::text(standing.unwrap_or_else(|| "does not run out".to_owned())),
            ]
        });
        part.rows = rows.collect();
        part
    }

    pub(super) fn deadlines(&self) -> Part {
        let columns = columns!("deadline" "What closes", "at" "On", "scope" "What has to be there");
        let mut part = Part::new("deadlines", "Deadlines", columns);
        let all = self.record.deadlines.iter();
        let mut all: Vec<_> = all.filter(|(_, one)| self.period.contains(one.at)).collect();
        all.sort_by_key(|(id, one)| (one.at, **id));
        let rows = all
            .into_iter()
            .map(|(_, one)| vec![Cell::text(&one.name), Cell::Day(one.at), Cell::text(&one.scope)]);
        part.rows = rows.collect();
        part
    }

    /// The projects that went on in the period, in the order in which they were begun.
    pub(super) fn projects_in_period(&self) -> Vec<(DocumentId, &ChangeProject)> {
        let begun = |one: &ChangeProject| one.start.unwrap_or_else(|| local_day(one.created_at));
        let all = self.projects.iter();
        let mut projects: Vec<_> = all
            .filter(|(_, one)| self.is_in_period(begun(one), one.end))
            .map(|(id, one)| (*id, one))
            .collect();
        projects.sort_by_key(|(id, one)| (begun(one), *id));
        projects
    }

    pub(super) fn projects(&self) -> Part {
        let columns = columns!(
            "project" "Project",
            "aim" "Aim",
            "status" "Status",
            "cycles" "Cycles",
            "result" "What came of it",
            "sustained" "What is sustained",
        );
        let mut part = Part::new("projects", "Change projects", columns);
        part.if_empty = "No change project went on in this period.";
        part.most = 4;
        let row = |(_, project): (DocumentId, &ChangeProject)| {
            let said = |section| project.sections.get(&section).map_or("", String::as_str);
            vec![
                Cell::text(&project.title),
                Cell::text(project.aim_in_words()),
                Cell::text(project.status.as_str().replace('_', " ")),
                Cell::Text(project.cycles.len().to_string()),
                Cell::text(said(Section::Outcome)),
                Cell::text(said(Section::Sustained)),
            ]
        };
        part.rows = self.projects_in_period().into_iter().map(row).collect();
        part
    }

    pub(super) fn sign_offs(&self) -> Part {
        let columns = columns!(
            "what" "What",
            "who" "Who",
            "when" "When",
            "decision" "Decision",
            "state" "Since then",
        );
        let mut part = Part::new("sign_offs", "Sign-offs", columns);
        part.if_empty = "Nothing is signed off in this period.";
        let mut all: Vec<_> =
            self.sign_offs.iter().filter(|one| self.period.contains(one.when)).collect();
        all.sort_by_key(|one| one.when);
        let rows = all.into_iter().map(|one| {
            let day = Cell::Day(one.when);
            let (decision, state) = (Cell::text(&one.decision), Cell::text(&one.state));
            vec![Cell::text(&one.what), Cell::text(&one.who), day, decision, state]
        });
        part.rows = rows.collect();
        part
    }
}
