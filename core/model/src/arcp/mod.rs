//! The page for an annual review of competence progression (ARCP): a training year, or any other
//! period, on paper.
//!
//! It is made of the personal record and of what that cites, by nothing but what is on the device,
//! and is the same on every machine. [`ArcpSources::page`] gathers it as tables ([`Part`]);
//! [`ArcpPage::html`] prints them, [`ArcpPage::csv`] and JSON have all of their rows, and
//! [`ArcpPage::form_fields`] are texts to paste into the form of a portfolio. What a printed page
//! is of stands in itself ([`ArcpStamp`]), so that it can be made again and compared.

mod csv;
mod evidence;
mod form;
mod html;
mod missing;
mod part;
mod progress;
mod stamp;
mod style;
mod training;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use self::{
    evidence::{DELETED, EvidenceLine, document_in_words, item_in_words},
    form::FormField,
    part::{Cell, Column, Part},
    stamp::ArcpStamp,
};
use crate::{
    CalendarDate, DocumentId, DocumentKind, PersonId,
    change_project::ChangeProject,
    learning_log::{LogRule, Period},
    personal_record::{EvidenceSource, EvidenceStanding, PersonalRecord},
    programme::Programme,
    time::day_in_words,
};

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct ArcpSources<'a> {
    pub trainee: PersonId,
    pub period: Period,
    /// The day on which it is made: by it something has run out or is due.
    pub made_on: CalendarDate,
    pub record: &'a PersonalRecord,
    /// What the programme asks for; none before a pack is here.
    pub programme: Option<&'a Programme>,
    /// By what the learning log is counted.
    pub rule: &'a LogRule,
    /// The documents that are given as evidence, of those that can be read.
    pub cited: &'a BTreeMap<DocumentId, CitedDocument>,
    /// What is known of what is given as evidence: what was deleted, and what supervisors signed.
    pub standing: &'a EvidenceStanding,
    /// The change projects in which the trainee takes part.
    pub projects: &'a BTreeMap<DocumentId, ChangeProject>,
    pub sign_offs: &'a [SignOffLine],
    /// What those on the page are called, the trainee among them.
    pub names: &'a BTreeMap<PersonId, String>,
}

/// A document that is given as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedDocument {
    pub kind: DocumentKind,
    pub title: String,
    /// When it was begun.
    pub from: CalendarDate,
    /// The last day of something that goes on; none if nobody has said one.
    pub to: Option<CalendarDate>,
}

/// A sign-off, as one line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffLine {
    /// What was to be signed.
    pub what: String,
    /// Who was asked or signed, with their role.
    pub who: String,
    pub when: CalendarDate,
    /// Signed, returned, or asked for.
    pub decision: String,
    /// What became of it since: "as it was then", "changed since".
    pub state: String,
}

/// A training year, or any other period, as a panel reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArcpPage {
    /// The name of the person whose year it is.
    pub trainee: String,
    pub period: Period,
    /// The day on which it was made.
    pub made_on: CalendarDate,
    /// The title of the programme.
    pub programme: String,
    /// What is not there, a sentence each.
    pub missing: Vec<String>,
    pub parts: Vec<Part>,
}

impl ArcpSources<'_> {
    /// Gathers the page.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use enhance_model::{
    ///     PersonId,
    ///     arcp::ArcpSources,
    ///     learning_log::{LogRule, Period},
    ///     personal_record::{EvidenceStanding, PersonalRecord},
    /// };
    ///
    /// let trainee = PersonId::from_bytes([7; 16]);
    /// let page = ArcpSources {
    ///     trainee,
    ///     period: Period::year_from(jiff::civil::date(2026, 8, 5)),
    ///     made_on: jiff::civil::date(2027, 5, 28),
    ///     record: &PersonalRecord::default(),
    ///     programme: None,
    ///     rule: &LogRule::default(),
    ///     cited: &BTreeMap::new(),
    ///     standing: &EvidenceStanding::default(),
    ///     projects: &BTreeMap::new(),
    ///     sign_offs: &[],
    ///     names: &[(trainee, "Priya Nair".to_owned())].into(),
    /// }
    /// .page();
    /// assert_eq!(page.trainee, "Priya Nair");
    /// assert!(page.missing.contains(&"No placement is noted in this period.".to_owned()));
    /// ```
    pub fn page(&self) -> ArcpPage {
        let years = self.record.log(self.rule, self.period, self.made_on);
        let mut parts = vec![self.placements(), self.time_out(), self.hours(&years)];
        parts.extend([
            Self::reasons(&years),
            Self::absence(&years),
            self.modules(),
            self.debriefs(),
        ]);
        parts.extend(self.evidence());
        parts.extend([self.goals(), self.certificates(), self.deadlines()]);
        parts.extend([self.projects(), self.sign_offs()]);
        ArcpPage {
            trainee: self.name(self.trainee),
            period: self.period,
            made_on: self.made_on,
            programme: self.programme.map(|one| one.title.clone()).unwrap_or_default(),
            missing: self.missing(&years),
            parts,
        }
    }

    /// Those whose names are on the page, if they have an account.
    pub fn people(&self) -> BTreeSet<PersonId> {
        let placements = self.placements_in_period();
        let supervisors = self
            .record
            .supervisors
            .values()
            .filter(|of| placements.iter().any(|(id, _)| *id == of.placement));
        let links = self.links();
        let agreed = links.iter().filter_map(|(_, link)| link.agreed_by);
        let people = supervisors.filter_map(|one| one.person).chain(agreed);
        people.chain([self.trainee]).collect()
    }

    /// The projects on the page.
    pub fn projects_on_page(&self) -> BTreeSet<DocumentId> {
        self.projects_in_period().into_iter().map(|(id, _)| id).collect()
    }

    /// What somebody is called.
    fn name(&self, person: PersonId) -> String {
        self.names.get(&person).cloned().unwrap_or_else(|| "somebody not known here".to_owned())
    }

    /// Whether something that went on from one day to another was in the period.
    fn is_in_period(&self, from: CalendarDate, to: Option<CalendarDate>) -> bool {
        from <= self.period.to() && to.is_none_or(|to| to >= self.period.from())
    }

    /// How many days are left from the day of the page; less than none once one is over.
    fn days_until(&self, day: CalendarDate) -> i32 {
        self.made_on.until(day).map_or(i32::MAX, |span| span.get_days())
    }
}

/// The documents that a record gives as evidence.
pub fn documents_cited(record: &PersonalRecord) -> BTreeSet<DocumentId> {
    let modules = record.modules_completed.values().filter_map(|fact| fact.evidence);
    let debriefs = record.debriefs.values().filter_map(|debrief| debrief.evidence);
    let activities = record.activities_completed.values().filter_map(|fact| fact.evidence);
    let links = record.evidence.values().map(|link| link.evidence);
    let sources = links.chain(modules).chain(debriefs).chain(activities);
    let documents = sources.filter_map(|source| match source {
        EvidenceSource::Document(id) => Some(id),
        EvidenceSource::Item(_) => None,
    });
    documents.collect()
}
