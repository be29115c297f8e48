//! Evidence: what is covered and what is not, and the days by which it has to be there.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::Serialize;

use super::{Agreement, EvidenceDeadline, EvidenceLink, EvidenceSource, PersonalRecord, Statement};
use crate::{CalendarDate, ItemId, Timestamp, words::words};

/// On how many days before a deadline one is warned of it.
pub const WARNING_DAYS: [i32; 3] = [28, 14, 7];

/// So many pieces of evidence are enough to call a statement covered.
const ENOUGH: usize = 2;

words! {
    /// How well there is evidence for something.
    Cover {
        /// There is no evidence for it.
        Missing = "missing",
        /// There is one piece, or a supervisor agreed to none.
        Thin = "thin",
        /// There are several, or one that a supervisor agreed to.
        Covered = "covered",
    }
}

/// How well there is evidence for one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverOf {
    pub statement: Statement,
    pub cover: Cover,
    /// The links that give it, oldest first.
    pub links: Vec<ItemId>,
}

/// A warning of a deadline, to be given on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineWarning {
    /// The deadline, by its id.
    pub deadline: ItemId,
    /// The day on which to warn.
    pub on: CalendarDate,
    /// How many days are left then.
    pub days_left: i32,
}

impl Cover {
    /// How well these links cover what they are for. Evidence to which a supervisor did not agree
    /// counts for nothing.
    pub fn of<'a>(links: impl IntoIterator<Item = &'a EvidenceLink>) -> Self {
        let counting = links.into_iter().filter(|one| one.agreement != Some(Agreement::NotAgreed));
        let (mut count, mut is_agreed) = (0, false);
        for link in counting {
            count += 1;
            is_agreed |= link.agreement == Some(Agreement::Agreed);
        }
        match count {
            0 => Self::Missing,
            _ if is_agreed || count >= ENOUGH => Self::Covered,
            _ => Self::Thin,
        }
    }

    /// How well a group is covered of which each is covered so: all of it, some of it, none.
    pub fn of_group(parts: impl IntoIterator<Item = Self>) -> Self {
        let parts: Vec<Self> = parts.into_iter().collect();
        if parts.iter().all(|cover| *cover == Self::Missing) {
            Self::Missing
        } else if parts.iter().all(|cover| *cover == Self::Covered) {
            Self::Covered
        } else {
            Self::Thin
        }
    }
}

impl PersonalRecord {
    /// The links for each statement that has any. What shows something that was taken back shows
    /// nothing.
    pub fn links_by_statement(&self) -> BTreeMap<&Statement, Vec<(ItemId, &EvidenceLink)>> {
        let mut by_statement: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let is_there = |link: &EvidenceLink| match link.evidence {
            EvidenceSource::Item(item) => !self.taken_back.contains_key(&item),
            EvidenceSource::Document(_) => true,
        };
        for (id, link) in self.evidence.iter().filter(|(_, link)| is_there(link)) {
            by_statement.entry(&link.statement).or_default().push((*id, link));
        }
        by_statement
    }

    /// How well each of these statements is covered, in their order.
    pub fn coverage(&self, statements: impl IntoIterator<Item = Statement>) -> Vec<CoverOf> {
        let links = self.links_by_statement();
        let of = |statement: Statement| {
            let found = links.get(&statement).map(Vec::as_slice).unwrap_or_default();
            let cover = Cover::of(found.iter().map(|(_, link)| *link));
            CoverOf { cover, links: found.iter().map(|(id, _)| *id).collect(), statement }
        };
        statements.into_iter().map(of).collect()
    }

    /// The warnings of deadlines that are to be given on a day or later, soonest first.
    pub fn warnings_from(&self, day: CalendarDate) -> Vec<DeadlineWarning> {
        let deadlines = self.deadlines.iter();
        let warnings = deadlines.flat_map(|(id, one)| {
            one.warnings().into_iter().map(|(on, days_left)| DeadlineWarning {
                deadline: *id,
                on,
                days_left,
            })
        });
        let mut warnings: Vec<_> = warnings.filter(|warning| warning.on >= day).collect();
        warnings.sort_by_key(|warning| (warning.on, warning.deadline));
        warnings
    }

    /// When a module was completed first, and in which version of the pack.
    pub fn module_completed(&self, module: &str) -> Option<(Timestamp, Option<u64>)> {
        let facts = self.modules_completed.values().filter(|fact| fact.module == module);
        let first = facts.min_by_key(|fact| fact.at)?;
        Some((first.at, first.pack_version.map(|version| version.0.into())))
    }

    /// How far an activity has come. Of several completions the first counts.
    pub fn progress(&self, activity: &str) -> super::ActivityProgress {
        let mut progress = self.activities.get(activity).cloned().unwrap_or_default();
        let facts = self.activities_completed.values().filter(|fact| fact.activity == activity);
        if let Some(first) = facts.min_by_key(|fact| fact.at)
            && progress.completed_at.is_none_or(|at| first.at < at)
        {
            progress.completed_at = Some(first.at);
            progress.pack_version = first.pack_version.map(|version| version.0.into());
        }
        progress
    }
}

impl EvidenceDeadline {
    /// The days on which to warn of it, with how many days are left then.
    pub fn warnings(&self) -> Vec<(CalendarDate, i32)> {
        let before = |days: i32| Some((self.at.checked_sub(days.days()).ok()?, days));
        WARNING_DAYS.into_iter().filter_map(before).collect()
    }

    /// How many days are left on a day; less than none once it is over.
    pub fn days_left(&self, day: CalendarDate) -> i32 {
        day.until(self.at).map_or(i32::MAX, |span| span.get_days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal_record::ModuleCompletion;

    fn item(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn link(statement: &str, agreement: Option<Agreement>) -> EvidenceLink {
        let source = EvidenceSource::Item(item(9));
        let link = EvidenceLink::new(source, statement.parse().unwrap(), "I led the round.");
        EvidenceLink { agreement, ..link }
    }

    #[test]
    fn one_piece_is_thin_two_cover_and_what_nobody_agreed_to_counts_for_nothing() {
        let mut record = PersonalRecord::default();
        record.evidence.insert(item(1), link("outcome:one", None));
        record.evidence.insert(item(2), link("outcome:two", None));
        record.evidence.insert(item(3), link("outcome:two", None));
        record.evidence.insert(item(4), link("outcome:three", Some(Agreement::Agreed)));
        record.evidence.insert(item(5), link("outcome:four", Some(Agreement::NotAgreed)));
        let keys = ["one", "two", "three", "four", "five"];
        let statements = keys.map(|key| Statement::Outcome(key.to_owned()));
        let covers: Vec<Cover> =
            record.coverage(statements).into_iter().map(|one| one.cover).collect();
        let expected =
            [Cover::Thin, Cover::Covered, Cover::Covered, Cover::Missing, Cover::Missing];
        assert_eq!(covers, expected);
        assert_eq!(Cover::of_group(covers), Cover::Thin);
        assert_eq!(Cover::of_group([]), Cover::Missing);
    }

    #[test]
    fn a_deadline_warns_28_14_and_7_days_before_it() {
        let at = "2027-05-28".parse().unwrap();
        let deadline = EvidenceDeadline { at, ..EvidenceDeadline::default() };
        let days: Vec<String> = deadline.warnings().iter().map(|(on, _)| on.to_string()).collect();
        assert_eq!(days, ["2027-04-30", "2027-05-14", "2027-05-21"]);
        let mut record = PersonalRecord::default();
        record.deadlines.insert(item(1), deadline.clone());
        let left = |day: &str| record.warnings_from(day.parse().unwrap()).len();
        assert_eq!(
            ["2027-04-30", "2027-05-01", "2027-05-21", "2027-05-22"].map(left),
            [3, 2, 1, 0]
        );
        assert_eq!(deadline.days_left("2027-05-30".parse().unwrap()), -2);
        assert_eq!(deadline.days_left("2026-11-26".parse().unwrap()), 183);
    }

    #[test]
    fn of_several_completions_the_first_counts() {
        let mut record = PersonalRecord::default();
        let fact = |at| ModuleCompletion {
            module: "pop".to_owned(),
            at: Timestamp::from_unix_millis(at),
            pack_version: Some(crate::record::Whole(4)),
            ..ModuleCompletion::default()
        };
        record.modules_completed.insert(item(1), fact(2_000));
        record.modules_completed.insert(item(2), fact(1_000));
        let first = Timestamp::from_unix_millis(1_000);
        assert_eq!(record.module_completed("pop"), Some((first, Some(4))));
        assert_eq!(record.module_completed("env"), None);
    }
}
