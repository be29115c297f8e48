//! Evidence: what is covered and what is not, and the days by which it has to be there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use serde::Serialize;

use super::{Agreement, EvidenceDeadline, EvidenceLink, EvidenceSource, PersonalRecord, Statement};
use crate::{CalendarDate, DocumentId, ItemId, Timestamp, words::words};

/// On how many days before a deadline one is warned of it.
pub const WARNING_DAYS: [i32; 3] = [28, 14, 7];

/// So many pieces of evidence are enough to call a statement covered.
const ENOUGH: usize = 2;

words! {
    /// How well there is evidence for something.
    Cover {
        /// There is no evidence for it.
        Missing = "missing",
        /// There is one piece, and nobody whom a placement names as a supervisor signed it.
        Thin = "thin",
        /// There are several, or one as it stands, signed by a supervisor of that day's placement:
        /// with their own key, or witnessed by the trainee, which is said wherever it counts.
        Covered = "covered",
    }
}

/// What is known of what is given as evidence beside the record, which is the trainee's own word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceStanding {
    /// Documents that were deleted and show nothing any more; none that is only not here.
    pub deleted: BTreeSet<DocumentId>,
    /// Documents of which nothing is here: they have not come to this device, or are of another
    /// account and never will. Either shows nothing until it is here.
    pub missing: BTreeSet<DocumentId>,
    /// Copies that were shared, each with what it is a copy of: together they are one piece.
    pub copies: BTreeMap<DocumentId, DocumentId>,
    /// What supervisors said of it, where they signed it off or returned it.
    pub answers: BTreeMap<EvidenceSource, SupervisorAnswer>,
}

/// What a supervisor said of something that is given as evidence, by a sign-off of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisorAnswer {
    /// Signed is agreed; returned is not.
    pub agreement: Agreement,
    /// Who it was, with their role, and whether the trainee witnessed it.
    pub by: String,
    pub on: CalendarDate,
    /// Whether a placement of that day names them as a supervisor of the trainee.
    pub is_named: bool,
    /// Whether it still is as it was signed.
    pub is_as_signed: bool,
    /// Whether it was given there and then on the trainee's own device. It counts as one with the
    /// signer's own key does, since a ward round has no time for two devices; whoever counts it
    /// says so.
    pub is_witnessed: bool,
}

impl SupervisorAnswer {
    /// What it says of the evidence. Who supervises follows from placements: the agreement of
    /// somebody whom none names is worth no more than the trainee's own word.
    pub const fn counted(&self) -> Option<Agreement> {
        match self.agreement {
            Agreement::Agreed if !self.is_named => None,
            _ if !self.is_as_signed => None,
            agreement => Some(agreement),
        }
    }
}

impl EvidenceStanding {
    /// What a supervisor says of a piece of evidence as it stands. Where no sign-off says it, the
    /// trainee may still say that somebody did not agree; that somebody did is not hers to say.
    pub fn agreement(&self, link: &EvidenceLink) -> Option<Agreement> {
        let answer = self.answers.get(&link.evidence).and_then(SupervisorAnswer::counted);
        let own_word = link.agreement.filter(|said| *said == Agreement::NotAgreed);
        answer.or(own_word)
    }

    /// Whether these links count as agreed to by witnessed sign-offs alone.
    pub fn is_witnessed<'a>(&self, links: impl IntoIterator<Item = &'a EvidenceLink>) -> bool {
        let agreed = |link: &&EvidenceLink| self.agreement(link) == Some(Agreement::Agreed);
        let mut agreed = links.into_iter().filter(agreed);
        let is_witnessed = |link: &EvidenceLink| {
            self.answers.get(&link.evidence).is_some_and(|answer| answer.is_witnessed)
        };
        agreed.next().is_some_and(is_witnessed) && agreed.all(is_witnessed)
    }

    /// Whether this is a document that was deleted.
    pub fn is_deleted(&self, source: EvidenceSource) -> bool {
        matches!(source, EvidenceSource::Document(id) if self.deleted.contains(&id))
    }

    /// Whether this is a document of which nothing is here.
    pub fn is_missing(&self, source: EvidenceSource) -> bool {
        matches!(source, EvidenceSource::Document(id) if self.missing.contains(&id))
    }

    /// Whether two are one piece of evidence: the same, or a document and its copy.
    pub fn is_one_piece(&self, one: EvidenceSource, other: EvidenceSource) -> bool {
        self.piece(one) == self.piece(other)
    }

    /// The piece of evidence that this is: of a copy, what it is a copy of.
    fn piece(&self, source: EvidenceSource) -> EvidenceSource {
        match source {
            EvidenceSource::Document(id) => {
                EvidenceSource::Document(self.copies.get(&id).copied().unwrap_or(id))
            }
            item @ EvidenceSource::Item(_) => item,
        }
    }
}

/// How well there is evidence for one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverOf {
    pub statement: Statement,
    pub cover: Cover,
    /// Whether it is signed by witnessed sign-offs alone, and by none with a signer's own key.
    pub is_witnessed: bool,
    /// The links that give it, oldest first: of several to one piece of evidence the first.
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
    /// counts for nothing, and one piece that is linked twice counts once.
    pub fn of<'a>(
        links: impl IntoIterator<Item = &'a EvidenceLink>,
        standing: &EvidenceStanding,
    ) -> Self {
        let (mut pieces, mut is_agreed) = (BTreeSet::new(), false);
        for link in links {
            let agreement = standing.agreement(link);
            if agreement != Some(Agreement::NotAgreed) {
                pieces.insert(standing.piece(link.evidence));
                is_agreed |= agreement == Some(Agreement::Agreed);
            }
        }
        match pieces.len() {
            0 => Self::Missing,
            count if is_agreed || count >= ENOUGH => Self::Covered,
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
    /// Whether this points at something that was never here or has not come.
    pub fn leads_nowhere(&self, source: EvidenceSource, standing: &EvidenceStanding) -> bool {
        match source {
            EvidenceSource::Item(item) => {
                self.noun_of(item).is_none() && !self.taken_back.contains_key(&item)
            }
            document @ EvidenceSource::Document(_) => standing.is_missing(document),
        }
    }

    /// Whether this shows nothing: it was taken back or deleted, or is not here.
    pub fn shows_nothing(&self, source: EvidenceSource, standing: &EvidenceStanding) -> bool {
        let is_gone = match source {
            EvidenceSource::Item(item) => self.taken_back.contains_key(&item),
            document @ EvidenceSource::Document(_) => standing.is_deleted(document),
        };
        is_gone || self.leads_nowhere(source, standing)
    }

    /// The links for each statement that has any. What shows something that was taken back or
    /// deleted, or is not here, shows nothing.
    pub fn links_by_statement(
        &self,
        standing: &EvidenceStanding,
    ) -> BTreeMap<&Statement, Vec<(ItemId, &EvidenceLink)>> {
        let mut by_statement: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let shows = |link: &EvidenceLink| !self.shows_nothing(link.evidence, standing);
        for (id, link) in self.evidence.iter().filter(|(_, link)| shows(link)) {
            by_statement.entry(&link.statement).or_default().push((*id, link));
        }
        by_statement
    }

    /// How well each of these statements is covered, in their order.
    pub fn coverage(
        &self,
        statements: impl IntoIterator<Item = Statement>,
        standing: &EvidenceStanding,
    ) -> Vec<CoverOf> {
        let links = self.links_by_statement(standing);
        let of = |statement: Statement| {
            let found = links.get(&statement).map(Vec::as_slice).unwrap_or_default();
            let cover = Cover::of(found.iter().map(|(_, link)| *link), standing);
            let is_witnessed = standing.is_witnessed(found.iter().map(|(_, link)| *link));
            let mut pieces = BTreeSet::new();
            let first =
                |(_, link): &&(ItemId, &EvidenceLink)| pieces.insert(standing.piece(link.evidence));
            let links = found.iter().filter(first).map(|(id, _)| *id).collect();
            CoverOf { statement, cover, is_witnessed, links }
        };
        statements.into_iter().map(of).collect()
    }

    /// What is shown by something: links, completions and debriefs.
    pub fn shown_by(&self, source: EvidenceSource) -> Vec<ItemId> {
        let links = self.evidence.iter().filter(|(_, one)| one.evidence == source);
        let is_shown = |evidence: Option<EvidenceSource>| evidence == Some(source);
        let modules = self.modules_completed.iter().filter(|(_, one)| is_shown(one.evidence));
        let activities = self.activities_completed.iter();
        let activities = activities.filter(|(_, one)| is_shown(one.evidence));
        let debriefs = self.debriefs.iter().filter(|(_, one)| is_shown(one.evidence));
        let ids = links.map(|(id, _)| *id).chain(modules.map(|(id, _)| *id));
        ids.chain(activities.map(|(id, _)| *id)).chain(debriefs.map(|(id, _)| *id)).collect()
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
mod tests;
