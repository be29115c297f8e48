//! What is given as evidence in the period, and for what.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ArcpSources, day_in_words,
    part::{Cell, Column, Part, columns},
};
use crate::{
    CalendarDate, DocumentId, DocumentKind, ItemId, Noun,
    learning_log::local_day,
    personal_record::{
        Agreement, Cover, EvidenceLink, EvidenceSource, LearningSession, PersonalRecord, Statement,
        SupervisorAnswer,
    },
    programme::{Framework, Outcome},
    record::TakenBack,
    sign_off::WITNESSED,
};

/// Every table of evidence has these.
const COLUMNS: &[Column] = columns!(
    "statement" "What it is for",
    "cover" "So far",
    "evidence" "Evidence",
    "date" "Of",
    "justification" "Why it shows that",
    "agreed" "What a supervisor says",
);

/// What a document is called that was deleted.
pub const DELETED: &str = "A document that was deleted";

const NOT_IN_RECORD: &str = "Something that is not in the record";
/// What is said of a document that has not come to this device, or never will.
const NOT_HERE: &str = "A document that is not on this device";

/// What is said where somebody signed who is no supervisor by the placements.
const UNNAMED: &str = "; it covers nothing alone, since supervision follows from placements";

/// How well a group of statements is covered in the period.
pub(super) struct GroupCover {
    pub(super) title: String,
    pub(super) covered: usize,
    /// How many of the covered are signed by witnessed sign-offs alone.
    pub(super) witnessed: usize,
    pub(super) thin: usize,
    pub(super) missing: usize,
}

/// Something that is given as evidence, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    pub link: ItemId,
    /// What is given, by its kind and title.
    pub shown: String,
    /// Whether it was deleted or taken back, or is not here, so that it shows nothing.
    pub is_gone: bool,
    /// What a supervisor says of it, and by whose word. May be empty.
    pub agreement: String,
}

/// What is given as evidence: its name and its day, if that is known here.
struct EvidenceName {
    name: String,
    from: Option<CalendarDate>,
    to: Option<CalendarDate>,
}

impl ArcpSources<'_> {
    /// A part for each domain, one for capabilities, one for outcomes that the programme in use
    /// does not have.
    pub(super) fn evidence(&self) -> Vec<Part> {
        let links = self.links();
        let mut parts = Vec::new();
        let mut known = BTreeSet::new();
        for domain in self.programme.iter().flat_map(|programme| &programme.domains) {
            let outcomes = self.outcomes_of(&domain.key);
            known.extend(outcomes.iter().map(|outcome| outcome.key.as_str()));
            let statements = outcomes
                .into_iter()
                .map(|outcome| (Statement::Outcome(outcome.key.clone()), outcome.text.clone()));
            let key = format!("evidence_{}", domain.key);
            parts.push(self.group(&key, &domain.title, statements, &links));
        }
        let of_links: BTreeSet<&Statement> =
            links.iter().map(|(_, link)| &link.statement).collect();
        let mut capabilities = BTreeSet::new();
        for framework in self.frameworks() {
            let statements = statements_of(framework, &of_links);
            capabilities.extend(statements.iter().map(|(statement, _)| statement.clone()));
            let key = format!("evidence_{}", framework.key);
            parts.push(self.group(&key, &framework.title, statements.into_iter(), &links));
        }
        let is_known = |one: &&Statement| match one {
            Statement::Outcome(key) => known.contains(key.as_str()),
            Statement::Capability(_) => capabilities.contains(*one),
        };
        let others = of_links.iter().filter(|one| !is_known(one)).map(|one| (*one).clone());
        let (capabilities, outcomes): (Vec<Statement>, Vec<Statement>) =
            others.partition(|one| matches!(one, Statement::Capability(_)));
        for (key, title, statements) in [
            ("evidence_capabilities", "Capabilities of other frameworks", capabilities),
            ("evidence_other", "Outcomes of other programmes", outcomes),
        ] {
            // What it said when the link was made stays readable, whatever is in use now.
            let said = |one: &Statement| {
                let mut of_this = links.iter().filter(|(_, link)| link.statement == *one);
                of_this.find_map(|(_, link)| (!link.said.is_empty()).then(|| link.said.clone()))
            };
            let statements = statements.into_iter().map(|one| {
                let text = said(&one).unwrap_or_else(|| one.key().to_owned());
                (one, text)
            });
            let part = self.group(key, title, statements, &links);
            parts.extend((!part.rows.is_empty()).then_some(part));
        }
        parts
    }

    fn frameworks(&self) -> impl Iterator<Item = &Framework> {
        self.programme.into_iter().flat_map(|programme| &programme.frameworks)
    }

    /// How well each domain is covered.
    pub(super) fn covers(&self) -> Vec<GroupCover> {
        let links = self.links();
        let domains = self.programme.iter().flat_map(|programme| &programme.domains);
        let cover = |domain: &crate::programme::Domain| {
            let outcomes = self.outcomes_of(&domain.key).into_iter();
            let covers = outcomes.map(|outcome| {
                let statement = Statement::Outcome(outcome.key.clone());
                self.cover(of_statement(&links, &statement).map(|(_, link)| *link))
            });
            group_cover(&domain.title, covers)
        };
        domains.map(cover).collect()
    }

    /// How well some links cover what they are for, and whether witnessed sign-offs alone do.
    fn cover<'l>(&self, links: impl Iterator<Item = &'l EvidenceLink> + Clone) -> (Cover, bool) {
        (Cover::of(links.clone(), self.standing), self.standing.is_witnessed(links))
    }

    /// The links to evidence of the period, oldest first. What shows something that was taken back
    /// or deleted, or is not here, shows nothing.
    pub(super) fn links(&self) -> Vec<(Cell, &EvidenceLink)> {
        let by_statement = self.record.links_by_statement(self.standing);
        let links = by_statement.into_values().flatten();
        let mut dated: Vec<_> = links
            .filter_map(|(id, link)| {
                let shown = self.shown(link.evidence);
                let is_of_period = shown.from.is_none_or(|from| self.is_in_period(from, shown.to));
                is_of_period.then_some(((shown.from, id), shown.name, link))
            })
            .collect();
        dated.sort_by_key(|(order, ..)| *order);
        dated.into_iter().map(|(_, name, link)| (Cell::text(name), link)).collect()
    }

    /// Everything that is given as evidence, whenever it was, in the order of its ids.
    pub fn evidence_lines(&self) -> Vec<EvidenceLine> {
        let line = |(id, link): (&ItemId, &EvidenceLink)| EvidenceLine {
            link: *id,
            shown: self.source_in_words(link.evidence),
            is_gone: self.record.shows_nothing(link.evidence, self.standing),
            agreement: self.agreement(link),
        };
        self.record.evidence.iter().map(line).collect()
    }

    fn group(
        &self,
        key: &str,
        title: &str,
        statements: impl Iterator<Item = (Statement, String)>,
        links: &[(Cell, &EvidenceLink)],
    ) -> Part {
        let mut part = Part::new(key, &format!("Evidence: {title}"), COLUMNS);
        part.most = 16;
        let mut covers = Vec::new();
        for (statement, text) in statements {
            let of_this: Vec<_> = of_statement(links, &statement).collect();
            let (cover, is_witnessed) = self.cover(of_this.iter().map(|(_, link)| *link));
            covers.push((cover, is_witnessed));
            let witnessed = if is_witnessed { ", witnessed" } else { "" };
            let begun = [Cell::text(&text), Cell::text(format!("{cover}{witnessed}"))];
            if of_this.is_empty() {
                let nothing = std::iter::repeat_n(Cell::Nothing, 4);
                part.rows.push(begun.into_iter().chain(nothing).collect());
                continue;
            }
            for shown in self.linked(&of_this) {
                part.rows.push(begun.iter().cloned().chain(shown).collect());
            }
        }
        // What there is comes before what there is not, so that a short sheet shows it.
        part.rows.sort_by_key(|row| row.get(2) == Some(&Cell::Nothing));
        if !covers.is_empty() {
            let group = group_cover(title, covers.into_iter());
            let GroupCover { covered, witnessed, thin, missing, .. } = group;
            let how = match witnessed {
                0 => String::new(),
                count => format!(" ({count} of them {WITNESSED})"),
            };
            part.note = format!("Covered: {covered}{how}. Thin: {thin}. Missing: {missing}.");
        }
        part
    }

    /// What is linked to a statement, oldest first. Two devices may have linked the same to it: that
    /// is one piece of evidence, with all that was said of it.
    fn linked(&self, links: &[&(Cell, &EvidenceLink)]) -> Vec<[Cell; 4]> {
        let mut of_piece: BTreeMap<EvidenceSource, [Vec<String>; 2]> = BTreeMap::new();
        let mut pieces = Vec::new();
        for (name, link) in links {
            let said = of_piece.entry(link.evidence).or_insert_with(|| {
                pieces.push((name, link.evidence));
                Default::default()
            });
            for (all, one) in
                said.iter_mut().zip([link.justification.clone(), self.agreement(link)])
            {
                if !one.trim().is_empty() && !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        let cells = pieces.into_iter().map(|(name, evidence)| {
            let day = Cell::day(self.shown(evidence).from);
            let [why, agreed] = of_piece.remove(&evidence).unwrap_or_default();
            [name.clone(), day, Cell::text(why.join("; ")), Cell::text(agreed.join("; "))]
        });
        cells.collect()
    }

    /// What a supervisor says of it by a sign-off, or else what the trainee says that one says.
    fn agreement(&self, link: &EvidenceLink) -> String {
        if let Some(answer) = self.standing.answers.get(&link.evidence) {
            let SupervisorAnswer { agreement, by, on, is_named, is_as_signed, .. } = answer;
            let (said, worth) = match agreement {
                Agreement::Agreed if !is_named => ("signed", UNNAMED),
                Agreement::Agreed => ("signed", ""),
                Agreement::NotAgreed => ("returned", ""),
            };
            let since = if *is_as_signed { "" } else { "; changed since" };
            return format!("{said} by {by}, {}{since}{worth}", day_in_words(*on));
        }
        let Some(agreement) = link.agreement else { return String::new() };
        let who = link.agreed_by.map_or_else(|| "a supervisor".to_owned(), |one| self.name(one));
        let said = match agreement {
            Agreement::Agreed => "agreed",
            Agreement::NotAgreed => "did not agree",
        };
        format!("the trainee says that {who} {said}; no sign-off says so")
    }

    /// How many links of the record are to documents that were deleted.
    pub(super) fn links_to_deleted(&self) -> usize {
        let links = self.record.evidence.values();
        links.filter(|link| self.standing.is_deleted(link.evidence)).count()
    }

    /// How many links of the record are to what is not here.
    pub(super) fn links_to_nowhere(&self) -> usize {
        let links = self.record.evidence.values();
        links.filter(|link| self.record.leads_nowhere(link.evidence, self.standing)).count()
    }

    /// The outcomes of a domain, each once, in the order of the programme.
    fn outcomes_of(&self, domain: &str) -> Vec<&Outcome> {
        let modules = self.programme.iter().flat_map(|programme| &programme.modules);
        let mut seen = BTreeSet::new();
        let outcomes = modules.flat_map(|module| &module.outcomes);
        outcomes.filter(|one| one.domain == domain && seen.insert(one.key.as_str())).collect()
    }

    fn shown(&self, source: EvidenceSource) -> EvidenceName {
        match source {
            EvidenceSource::Document(id) => self.shown_document(id),
            EvidenceSource::Item(id) => self.shown_item(id),
        }
    }

    fn shown_document(&self, id: DocumentId) -> EvidenceName {
        let Some(cited) = self.cited.get(&id) else {
            let is_deleted = self.standing.deleted.contains(&id);
            return EvidenceName::undated(if is_deleted { DELETED } else { NOT_HERE });
        };
        let name = document_in_words(cited.kind, &cited.title);
        EvidenceName { name, from: Some(cited.from), to: cited.to }
    }

    fn shown_item(&self, id: ItemId) -> EvidenceName {
        let record = self.record;
        let Some(noun) = record.noun_of(id) else {
            let name = item_in_words(record, id);
            return EvidenceName::undated(&name.unwrap_or_else(|| NOT_IN_RECORD.to_owned()));
        };
        let day = match noun {
            Noun::LearningSession => record.sessions.get(&id).map(LearningSession::day),
            Noun::Experience => record.experiences.get(&id).map(|one| one.at),
            Noun::Certificate => record.certificates.get(&id).and_then(|one| one.issued),
            Noun::ModuleCompletion => {
                record.modules_completed.get(&id).map(|one| local_day(one.at))
            }
            Noun::ActivityCompletion => {
                record.activities_completed.get(&id).map(|one| local_day(one.at))
            }
            _ => None,
        };
        let name = item_in_words(record, id).unwrap_or_else(|| NOT_IN_RECORD.to_owned());
        EvidenceName { name, from: day, to: day }
    }

    /// What is given as evidence, in a few words.
    pub(super) fn source_in_words(&self, source: EvidenceSource) -> String {
        self.shown(source).name
    }
}

/// What a document is called that is given as evidence, by its kind and title.
pub fn document_in_words(kind: DocumentKind, title: &str) -> String {
    let kind = match kind {
        DocumentKind::Reflection => "Reflection",
        DocumentKind::SharedReflection => "Shared reflection",
        DocumentKind::ChangeProject => "Change project",
        DocumentKind::SignOffRequest | DocumentKind::SignOff => "Sign-off",
        _ => "Document",
    };
    let title = title.trim();
    if title.is_empty() { kind.to_owned() } else { format!("{kind}: {title}") }
}

/// What a thing in a record is called that is given as evidence, by its kind and what it says
/// first. None if the record never had it.
pub fn item_in_words(record: &PersonalRecord, id: ItemId) -> Option<String> {
    if let Some(noun) = record.noun_of(id) {
        return Some(format!("{}: {}", first_upper(noun.as_str()), record.label(noun, id)));
    }
    let TakenBack { noun, label, .. } = record.taken_back.get(&id)?;
    Some(format!("{}: {label}, taken back", first_upper(noun.as_str())))
}

impl EvidenceName {
    fn undated(name: &str) -> Self {
        Self { name: name.to_owned(), from: None, to: None }
    }
}

fn of_statement<'l, 'a>(
    links: &'l [(Cell, &'a EvidenceLink)],
    statement: &Statement,
) -> impl Iterator<Item = &'l (Cell, &'a EvidenceLink)> + Clone {
    links.iter().filter(move |(_, link)| link.statement == *statement)
}

/// The statements of a framework that are judged: those that have none below them, and others for
/// which there is evidence.
fn statements_of(framework: &Framework, linked: &BTreeSet<&Statement>) -> Vec<(Statement, String)> {
    let capabilities = framework.capabilities.iter();
    let judged = capabilities.filter_map(|one| {
        let statement = Statement::Capability(framework.key_of(one));
        let is_leaf = !framework.has_below(one);
        let text = format!("{}: {}", one.code.to_uppercase(), one.text);
        (is_leaf || linked.contains(&statement)).then_some((statement, text))
    });
    judged.collect()
}

fn group_cover(title: &str, covers: impl Iterator<Item = (Cover, bool)>) -> GroupCover {
    let title = title.to_owned();
    let mut group = GroupCover { title, covered: 0, witnessed: 0, thin: 0, missing: 0 };
    for (cover, is_witnessed) in covers {
        group.witnessed += usize::from(is_witnessed && cover == Cover::Covered);
        *match cover {
            Cover::Covered => &mut group.covered,
            Cover::Thin => &mut group.thin,
            Cover::Missing => &mut group.missing,
        } += 1;
    }
    group
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
