//! A project on paper: its charts, and the one page that a panel would want.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::{Content, Document};
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, ItemId, Noun, Person, PersonId, Version,
    change_project::{ChangeProject, PAGE_OF, PAGE_VERSION, PageContext, PageNames},
    chart::{ChartRequest, ChartView, PhaseSuggestion, suggest_phase},
    markup::without_mark,
    printed::{MADE_BY, page_says, plain_line_ends, says_its_digest, with_digest},
};
use serde::Serialize;

use super::{checking, programme, projects, texts};
use crate::{
    error::{Error, InputField},
    state::{State, screens::Screen},
};

/// Bytes of the largest page that is verified.
pub(super) const MOST_BYTES: usize = 8 << 20;

/// Whether a page still agrees with its plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum PageVerdict {
    /// It says what the plan says now.
    Agrees { project: DocumentId },
    /// It says what the plan said, which has changed since.
    Outdated {
        project: DocumentId,
        /// How many changes the plan has had since.
        changes: usize,
    },
    /// Somebody altered the page after it was made, or made it by other means.
    Altered { project: DocumentId },
    /// Its digest is right, and another version of the app made it, whose words may be others: it
    /// cannot be compared.
    OtherVersion {
        project: DocumentId,
        /// The version that made it.
        made_by: String,
    },
}

/// Somebody whom a page calls by another name than this device knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OtherName {
    pub on_page: String,
    /// None of whom this device has not heard.
    pub here: Option<String>,
}

/// The chart of a group by which a measure is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupChart {
    pub group: String,
    pub chart: ChartView,
}

/// The chart of a measure.
pub(crate) fn chart(
    screen: &mut Screen<'_>,
    id: DocumentId,
    measure: ItemId,
) -> Result<ChartView, Error> {
    let suppression = programme::suppression(screen);
    let request = projects::settled(screen, id)?.project.chart(measure, suppression);
    computed(&request.ok_or_else(|| Error::not_found(Noun::Measure, measure))?)
}

/// The charts of the groups by which a measure is looked at; small numbers are hidden.
pub(crate) fn charts_by_group(
    screen: &mut Screen<'_>,
    id: DocumentId,
    measure: ItemId,
) -> Result<Vec<GroupChart>, Error> {
    let suppression = programme::suppression(screen);
    let project = projects::settled(screen, id)?.project;
    if !project.measures.contains_key(&measure) {
        return Err(Error::not_found(Noun::Measure, measure));
    }
    let charts = project.charts_by_group(measure, suppression).into_iter();
    charts.map(|(group, request)| Ok(GroupChart { group, chart: computed(&request)? })).collect()
}

/// Whether a new phase should be marked in the chart of a measure: asked, and never done.
pub(crate) fn phase_suggestion(
    screen: &mut Screen<'_>,
    id: DocumentId,
    measure: ItemId,
) -> Result<PhaseSuggestion, Error> {
    Ok(suggest_phase(&chart(screen, id, measure)?))
}

fn computed(request: &ChartRequest) -> Result<ChartView, Error> {
    request.compute().map_err(|error| Error::invalid(InputField::Value, error))
}

/// The page of a project as it stands.
fn page(state: &mut State, id: DocumentId) -> Result<String, Error> {
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    let version = state.document(&row)?.version();
    let standing = project_at(state, id, &version)?;
    let names = names(state, id, &standing)?;
    Ok(written(id, &version, &standing, &names))
}

/// The page of a project for somebody else to read, unless it may tell who somebody is and that was
/// not acknowledged.
pub(crate) fn page_to_share(
    state: &mut State,
    id: DocumentId,
    acknowledged: Option<enhance_model::Sha256>,
) -> Result<String, Error> {
    state.row_of(id, DocumentKind::ChangeProject)?;
    let texts = texts::to_share(state, id)?;
    checking::let_leave(state, Some(id), &texts, acknowledged)?;
    page(state, id)
}

/// Whether a page still agrees with the plan it is of, which must be here. Names are no part of a
/// plan: they are taken from the page; see [`other_names`].
pub(crate) fn verify(state: &mut State, html: &str) -> Result<PageVerdict, Error> {
    let html = &*plain_line_ends(without_mark(html));
    let (project, version) = page_of(html)?;
    let row = state.row_of(project, DocumentKind::ChangeProject)?;
    let document = state.document(&row)?;
    if !version.heads().iter().all(|head| document.contains(*head)) {
        return Ok(PageVerdict::Altered { project });
    }
    let since = document.changes_not_in(&version).len();
    let standing = project_at(state, project, &version)?;
    let names = PageNames::read(html);
    if plain_line_ends(&written(project, &version, &standing, &names)) != html {
        let other = names.made_by.filter(|version| version != MADE_BY && says_its_digest(html));
        return Ok(match other {
            Some(made_by) => PageVerdict::OtherVersion { project, made_by },
            None => PageVerdict::Altered { project },
        });
    }
    Ok(match since {
        0 => PageVerdict::Agrees { project },
        changes => PageVerdict::Outdated { project, changes },
    })
}

/// Whom a page calls by other names than this device knows them by.
pub(crate) fn other_names(state: &mut State, html: &str) -> Result<Vec<OtherName>, Error> {
    let (project, _) = page_of(html)?;
    let creator = state.row_of(project, DocumentKind::ChangeProject)?.creator;
    let people = people(state)?;
    let authors = projects::authors(state)?;
    let on_page = PageNames::read(html);
    let of_person = |id: &PersonId| people.get(id).map(|person| person.name.clone());
    let of_device = |id: &DeviceId| authors.of(Some(*id)).map(|person| person.name);
    let creator = (on_page.creator.clone(), of_person(&creator));
    let members = on_page.people.iter().map(|(id, name)| (name.clone(), of_person(id)));
    let writers = on_page.devices.iter().map(|(id, name)| (name.clone(), of_device(id)));
    let all = std::iter::once(creator).chain(members).chain(writers);
    let others = all.filter(|(on_page, here)| here.as_ref() != Some(on_page));
    let others: BTreeSet<OtherName> =
        others.map(|(on_page, here)| OtherName { on_page, here }).collect();
    Ok(others.into_iter().collect())
}

/// What is said of a file that is something else.
const NO_PAGE: &str = "this is no page that Enhance made, of a plan or for a yearly review";

/// The plan a page says it is of, and its version.
fn page_of(html: &str) -> Result<(DocumentId, Version), Error> {
    let no_page = || Error::invalid(InputField::Page, NO_PAGE);
    if html.len() > MOST_BYTES {
        return Err(no_page());
    }
    let said = |name| page_says(html, name).next();
    let project = said(PAGE_OF).and_then(|id| id.parse().ok()).ok_or_else(no_page)?;
    let version = said(PAGE_VERSION).and_then(|text| text.parse().ok()).ok_or_else(no_page)?;
    Ok((project, version))
}

/// A plan at a version, and how many changes were written on each device until then.
struct ProjectAt {
    project: ChangeProject,
    changes: BTreeMap<Option<DeviceId>, usize>,
}

fn project_at(state: &mut State, id: DocumentId, version: &Version) -> Result<ProjectAt, Error> {
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    let document = state.document(&row)?;
    let Content::ChangeProject(project) = document.content_at(version)? else {
        return Err(Error::not_found(Noun::Project, id));
    };
    Ok(ProjectAt { project: *project, changes: changes_at(document, version) })
}

fn changes_at(document: &mut Document, version: &Version) -> BTreeMap<Option<DeviceId>, usize> {
    let later = document.changes_not_in(version).into_iter();
    let later: BTreeSet<_> = later.map(|change| change.hash).collect();
    let mut changes = BTreeMap::new();
    for change in document.history().into_iter().filter(|change| !later.contains(&change.hash)) {
        *changes.entry(change.author).or_default() += 1;
    }
    changes
}

/// What those on a page are called here and now.
fn names(state: &mut State, id: DocumentId, standing: &ProjectAt) -> Result<PageNames, Error> {
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    let people = people(state)?;
    let authors = projects::authors(state)?;
    let of_person = |id: PersonId| Some((id, people.get(&id)?.name.clone()));
    let of_device = |id: DeviceId| Some((id, authors.of(Some(id))?.name));
    let team = standing.project.team.values().filter_map(|member| member.person);
    let devices = standing.changes.keys().filter_map(|device| *device);
    Ok(PageNames {
        made_by: Some(MADE_BY.to_owned()),
        creator: of_person(row.creator).map(|(_, name)| name).unwrap_or_default(),
        people: team.filter_map(of_person).collect(),
        devices: devices.filter_map(of_device).collect(),
        suppression: programme::suppression(&mut state.screen()),
    })
}

fn people(state: &mut State) -> Result<BTreeMap<PersonId, Person>, Error> {
    let people = state.store().people()?.into_iter();
    Ok(people.map(|person| (person.id, person)).collect())
}

/// The page as it is made of a plan at a version.
fn written(id: DocumentId, version: &Version, standing: &ProjectAt, names: &PageNames) -> String {
    let context = PageContext { id, version, names, changes: &standing.changes };
    with_digest(&standing.project.page(&context))
}
