//! Evidence: what there is, and what it covers.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{
    ItemId, Minutes, Noun,
    arcp::EvidenceLine,
    learning_log::local_day,
    personal_record::{
        Cover, CoverOf, EvidenceLink, EvidenceStanding, OrganisationKind, PersonalRecord, Statement,
    },
    programme::{Capability, Framework, Programme},
};
use serde::Serialize;

use super::{arcp, record};
use crate::{error::Error, state::State};

/// What the evidence of a person covers, and what it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The domains of the programme with their outcomes, in its order.
    pub domains: Vec<DomainCover>,
    /// Outcomes that the programme in use does not have.
    pub other_outcomes: Vec<CoverOf>,
    /// The frameworks of the programme with all their capabilities.
    pub frameworks: Vec<FrameworkCover>,
    /// Capabilities there is evidence for that no framework in use has.
    pub capabilities: Vec<CoverOf>,
    /// Which kinds of organisations were visited.
    pub experiences: BTreeMap<OrganisationKind, Visits>,
}

/// A domain of the programme, and how well there is evidence for its outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DomainCover {
    pub key: String,
    pub title: String,
    /// How well it is covered as a whole.
    pub cover: Cover,
    pub outcomes: Vec<CoverOf>,
}

/// A framework, and how well there is evidence for its capabilities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrameworkCover {
    pub key: String,
    pub title: String,
    /// The version that its publisher gives it.
    pub version: String,
    /// Where it was found, and how sure that is.
    pub source: String,
    /// In its order, a parent before its children.
    pub capabilities: Vec<CapabilityCover>,
}

/// A capability of a framework, and how well there is evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CapabilityCover {
    pub code: String,
    /// The code of what it belongs to.
    pub parent: Option<String>,
    pub text: String,
    /// What its level is called, if it has one.
    pub level: Option<String>,
    /// How well it is covered; what others belong to, as a whole.
    pub cover: Cover,
    /// Whether it is signed by witnessed sign-offs alone, and by none with a signer's own key.
    pub is_witnessed: bool,
    /// What a link to it names.
    pub statement: Statement,
    /// The links that give evidence for it, oldest first.
    pub links: Vec<ItemId>,
}

/// Something that is given as evidence, as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    pub id: ItemId,
    pub link: EvidenceLink,
    /// What is given, by its kind and title.
    pub shown: String,
    /// Whether it was deleted or taken back, or is not here, so that it shows nothing.
    pub is_gone: bool,
    /// What a supervisor says of it by a sign-off, or the trainee's word of it. May be empty.
    pub agreement: String,
}

/// Visits to organisations of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Visits {
    pub count: u32,
    pub minutes: Minutes,
}

/// What the evidence covers.
pub(crate) fn coverage(state: &mut State) -> Result<Coverage, Error> {
    let pack = state.programme()?;
    let (record, standing) = (record::read(state)?, arcp::evidence_standing(state)?);
    let known = (&record, &standing);
    let domains = pack.as_ref().map(|pack| domains(&pack.programme, known)).unwrap_or_default();
    let frameworks = pack.iter().flat_map(|pack| &pack.programme.frameworks);
    let frameworks: Vec<_> = frameworks.map(|one| framework(one, known)).collect();
    let of_domains = domains.iter().flat_map(|domain| &domain.outcomes);
    let capabilities = frameworks.iter().flat_map(|one| &one.capabilities);
    let of_programme: BTreeSet<&Statement> = of_domains
        .map(|one| &one.statement)
        .chain(capabilities.map(|one| &one.statement))
        .collect();
    let linked = record.links_by_statement(&standing);
    let linked = linked.into_keys().filter(|one| !of_programme.contains(one));
    let (capabilities, other): (Vec<Statement>, Vec<Statement>) =
        linked.cloned().partition(|one| matches!(one, Statement::Capability(_)));
    Ok(Coverage {
        other_outcomes: record.coverage(other, &standing),
        capabilities: record.coverage(capabilities, &standing),
        experiences: visits(&record),
        frameworks,
        domains,
    })
}

/// The record, and what is known of its evidence beside it.
type Known<'k> = (&'k PersonalRecord, &'k EvidenceStanding);

/// Everything that is given as evidence, oldest first.
pub(crate) fn all(state: &mut State) -> Result<Vec<EvidenceView>, Error> {
    let mut record = record::read(state)?;
    if record.evidence.is_empty() {
        return Ok(Vec::new());
    }
    let lines = arcp::evidence_lines(state)?.into_iter();
    let views = lines.filter_map(|line| {
        let link = record.evidence.remove(&line.link)?;
        let EvidenceLine { link: id, shown, is_gone, agreement } = line;
        Some(EvidenceView { id, link, shown, is_gone, agreement })
    });
    Ok(views.collect())
}

/// What may be a slip about one thing in the record, a sentence each.
pub(crate) fn warnings_about(state: &mut State, id: ItemId) -> Result<Vec<String>, Error> {
    let today = local_day(state.now());
    let record = record::read(state)?;
    let standing = match record.noun_of(id) {
        Some(Noun::EvidenceLink) => arcp::evidence_standing(state)?,
        _ => EvidenceStanding::default(),
    };
    let warnings = record.warnings_about(id, today, &standing).into_iter();
    Ok(warnings.map(|warning| warning.in_words(&record)).collect())
}

fn framework(framework: &Framework, (record, standing): Known<'_>) -> FrameworkCover {
    let statements = framework.capabilities.iter();
    let statements = statements.map(|one| Statement::Capability(framework.key_of(one)));
    let covers = record.coverage(statements, standing);
    let below = |code: &String| {
        let all = framework.capabilities.iter().zip(&covers);
        let below = all.filter(|(one, _)| one.parent.as_ref() == Some(code));
        Cover::of_group(below.map(|(_, cover)| cover.cover))
    };
    let capability = |(one, own): (&Capability, &CoverOf)| CapabilityCover {
        code: one.code.clone(),
        parent: one.parent.clone(),
        text: one.text.clone(),
        level: one
            .level
            .and_then(|level| framework.levels.get(usize::from(level).checked_sub(1)?))
            .cloned(),
        cover: if framework.has_below(one) { below(&one.code) } else { own.cover },
        is_witnessed: own.is_witnessed,
        statement: own.statement.clone(),
        links: own.links.clone(),
    };
    FrameworkCover {
        key: framework.key.clone(),
        title: framework.title.clone(),
        version: framework.version.clone(),
        source: framework.source.clone(),
        capabilities: framework.capabilities.iter().zip(&covers).map(capability).collect(),
    }
}

fn domains(programme: &Programme, (record, standing): Known<'_>) -> Vec<DomainCover> {
    let outcomes = |key: &str| {
        let outcomes = programme.modules.iter().flat_map(|module| &module.outcomes);
        let mut seen = BTreeSet::new();
        let of_domain = outcomes.filter(|outcome| outcome.domain == key);
        let keys =
            of_domain.map(|outcome| outcome.key.clone()).filter(|key| seen.insert(key.clone()));
        record.coverage(keys.map(Statement::Outcome).collect::<Vec<_>>(), standing)
    };
    let domain = |domain: &enhance_model::programme::Domain| {
        let outcomes = outcomes(&domain.key);
        let cover = Cover::of_group(outcomes.iter().map(|one| one.cover));
        DomainCover { key: domain.key.clone(), title: domain.title.clone(), cover, outcomes }
    };
    programme.domains.iter().map(domain).collect()
}

fn visits(record: &PersonalRecord) -> BTreeMap<OrganisationKind, Visits> {
    let mut by_kind: BTreeMap<_, Visits> = BTreeMap::new();
    for experience in record.experiences.values() {
        let visits = by_kind.entry(experience.kind.unwrap_or(OrganisationKind::Other)).or_default();
        visits.count += 1;
        let minutes = experience.minutes.unwrap_or_default();
        visits.minutes = [visits.minutes, minutes].into_iter().sum();
    }
    by_kind
}
