//! What is not there, in plain sentences: a panel asks for it, and a trainee had better know first.

use std::collections::{BTreeMap, BTreeSet};

use super::{ArcpSources, day_in_words};
use crate::{
    CalendarDate,
    change_project::Section,
    chart::Exact,
    folding::label,
    learning_log::{LogYear, days_in_words, time_left},
    personal_record::{Certificate, EvidenceLink, GoalStatus, SupervisorRole},
};

impl ArcpSources<'_> {
    pub(super) fn missing(&self, years: &[LogYear]) -> Vec<String> {
        let mut missing = self.missing_of_placements();
        missing.extend(years.iter().flat_map(|year| self.missing_of_year(year)));
        missing.extend(self.missing_of_modules());
        missing.extend(self.missing_of_evidence());
        missing.extend(self.missing_of_progress());
        missing
    }

    fn missing_of_placements(&self) -> Vec<String> {
        let placements = self.placements_in_period();
        if placements.is_empty() {
            return vec!["No placement is noted in this period.".to_owned()];
        }
        let mut missing = Vec::new();
        for (id, one) in placements {
            let place = named(&one.organisation, "A placement without a name");
            let begun = day_in_words(one.start);
            let mut of_this = self.record.supervisors.values().filter(|of| of.placement == id);
            if !of_this.any(|of| of.role != SupervisorRole::Partner) {
                missing.push(format!("{place}, from {begun}: no supervisor is named."));
            }
        }
        missing
    }

    fn missing_of_year(&self, year: &LogYear) -> Vec<String> {
        let mut missing = Vec::new();
        let (of, by) = (year.days.in_words(), day_in_words(year.by));
        let by = if year.by < self.made_on {
            format!("were not done by {by}")
        } else {
            format!("are still to do by {by}")
        };
        let count = &year.count;
        if year.is_full_time_assumed && year.factor > Exact::sum([]) {
            missing.push(format!(
                "{of}: no placement says how much was worked, so full time is assumed."
            ));
        }
        missing.extend(year.notes.iter().map(|note| format!("{of}: {note}")));
        if count.target_met == Some(false) {
            let left = time_left(&count.left);
            missing.push(format!("{of}: {left} of learning time {by}."));
        }
        if count.core_met == Some(false) {
            let left = time_left(&count.core_left);
            missing.push(format!("{of}: {left} of core teaching {by}."));
        }
        if let Some(limit) = year.absence.limit.filter(|_| year.absence.asks_for_review) {
            let absent = days_in_words(&year.absence.of_year);
            let year = year.year.in_words();
            missing.push(format!(
            "{year}: {absent} days absent, more than the {limit} after which the end of training \
             is reviewed."
        ));
        }
        missing
    }

    fn missing_of_modules(&self) -> Vec<String> {
        let modules = self.programme.iter().flat_map(|programme| &programme.modules);
        let is_open = |key: &str| self.record.module_completed(key).is_none();
        let titles: Vec<&str> =
            modules.filter(|one| is_open(&one.key)).map(|one| one.title.as_str()).collect();
        match titles.as_slice() {
            [] => Vec::new(),
            titles => vec![format!("Modules of the programme still to do: {}.", titles.join("; "))],
        }
    }

    fn missing_of_evidence(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for group in self.covers() {
            let all = group.covered + group.thin + group.missing;
            if group.missing > 0 {
                let (title, none) = (&group.title, group.missing);
                missing.push(format!("{title}: no evidence for {none} of {all} outcomes."));
            }
            if group.thin > 0 {
                let (title, thin) = (&group.title, group.thin);
                missing.push(format!("{title}: thin evidence for {thin} of {all} outcomes."));
            }
        }
        let links = self.links();
        let unjustified = links.iter().filter(|(_, link)| link.justification.trim().is_empty());
        let answer = |link: &EvidenceLink| self.standing.answers.get(&link.evidence);
        let is_open = |link: &EvidenceLink| answer(link).is_none_or(|answer| !answer.is_named);
        let open = links.iter().filter(|(_, link)| is_open(link));
        // What two devices linked to the same is one piece.
        let open: BTreeSet<_> = open.map(|(_, link)| (link.evidence, &link.statement)).collect();
        for (count, what) in [
            (unjustified.count(), "does not say why it shows what it is for"),
            (open.len(), "has not been signed by a supervisor"),
            (self.links_to_deleted(), "was deleted, and counts for nothing"),
            (
                self.links_to_nowhere(),
                "points at something that is not here, and counts for nothing",
            ),
        ] {
            match count {
                0 => {}
                1 => missing.push(format!("One piece of evidence {what}.")),
                count => {
                    let what = plural(what);
                    missing.push(format!("{count} pieces of evidence {what}."));
                }
            }
        }
        missing
    }

    fn missing_of_progress(&self) -> Vec<String> {
        let mut missing = Vec::new();
        let goals = self.goals_of_period();
        if goals.is_empty() {
            missing.push("No goal of personal development is noted.".to_owned());
        }
        for goal in goals {
            let overdue = goal.due.filter(|due| *due < self.made_on);
            if let (Some(due), GoalStatus::Open) = (overdue, goal.status) {
                let text = named(&goal.text, "a goal without words").trim_end_matches('.');
                missing.push(format!("Goal still open, due {}: {text}.", day_in_words(due)));
            }
        }
        missing.extend(self.certificates_that_run_out());
        for (_, project) in self.projects_in_period() {
            let title = named(&project.title, "A project without a title");
            if project.aim_in_words().is_empty() {
                missing.push(format!("{title}: the project has no aim yet."));
            }
            if project.sections.get(&Section::Outcome).is_none_or(|text| text.trim().is_empty()) {
                missing.push(format!("{title}: the project does not say what came of it."));
            }
        }
        missing
    }
}

impl ArcpSources<'_> {
    /// Certificates that run out by the end of the period, or ran out before it, and in the place of
    /// which no later one of the same name is noted.
    fn certificates_that_run_out(&self) -> Vec<String> {
        let last = |one: &Certificate| one.expires.unwrap_or(CalendarDate::MAX);
        let mut latest: BTreeMap<String, CalendarDate> = BTreeMap::new();
        for one in self.record.certificates.values() {
            let day = latest.entry(label(&one.title)).or_insert_with(|| last(one));
            *day = last(one).max(*day);
        }
        let is_renewed = |one: &&Certificate| latest.get(&label(&one.title)) > Some(&last(one));
        let standing = self.record.certificates.values().filter(|one| !is_renewed(one));
        let mut gone: Vec<(CalendarDate, &Certificate)> = standing
            .filter_map(|one| Some((one.expires.filter(|day| *day <= self.period.to())?, one)))
            .collect();
        gone.sort_by_key(|(day, one)| (*day, &one.title));
        let said = gone.into_iter().map(|(expires, one)| {
            let title = named(&one.title, "A certificate without a name");
            let day = day_in_words(expires);
            if self.days_until(expires) < 0 {
                format!("{title}: ran out on {day}.")
            } else {
                format!("{title}: runs out on {day}, before the period ends.")
            }
        });
        said.collect()
    }
}

/// What something is called, or what is said of something without a name.
fn named<'t>(name: &'t str, without: &'t str) -> &'t str {
    let name = name.trim();
    if name.is_empty() { without } else { name }
}

fn plural(what: &str) -> String {
    let one = ["does not", "has not", "was deleted", "points", "counts", "it shows what it is"];
    let several =
        ["do not", "have not", "were deleted", "point", "count", "they show what they are"];
    let pairs = one.into_iter().zip(several);
    pairs.fold(what.to_owned(), |what, (one, several)| what.replacen(one, several, 1))
}
