//! A project on paper: its charts, and the one page that a panel would want.

use std::collections::BTreeMap;

use enhance_documents::{Content, HistoryChange};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, PersonId, Version,
    change_project::{ChangeProject, DIGEST, PageContext},
    chart::ChartView,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::projects;
use crate::{
    error::{Error, InputField},
    state::{State, screens::Screen},
};

/// Bytes of the largest page that is verified.
const MOST_BYTES: usize = 8 << 20;

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
}

/// The chart of a measure.
pub(crate) fn chart(
    screen: &mut Screen<'_>,
    id: DocumentId,
    measure: ItemId,
) -> Result<ChartView, Error> {
    let view = projects::settled(screen, id)?;
    let request = view.project.chart(measure);
    let request = request.ok_or_else(|| Error::not_found(Noun::Measure, measure))?;
    request.compute().map_err(|error| Error::invalid(InputField::Value, error))
}

/// The page of a project as it stands.
pub(crate) fn page(state: &mut State, id: DocumentId) -> Result<String, Error> {
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    let version = state.document(&row)?.version();
    page_at(state, id, &version)
}

/// Whether a page still agrees with the plan it is of, which must be here.
pub(crate) fn verify(state: &mut State, html: &str) -> Result<PageVerdict, Error> {
    let no_page = || Error::invalid(InputField::Page, "this is no page of a plan");
    if html.len() > MOST_BYTES {
        return Err(no_page());
    }
    let project = meta(html, "enhance-plan").and_then(|id| id.parse().ok()).ok_or_else(no_page)?;
    let version: Version =
        meta(html, "enhance-version").and_then(|text| text.parse().ok()).ok_or_else(no_page)?;
    let row = state.row_of(project, DocumentKind::ChangeProject)?;
    let document = state.document(&row)?;
    if !version.heads().iter().all(|head| document.contains(*head)) {
        return Ok(PageVerdict::Altered { project });
    }
    let since = document.changes_not_in(&version).len();
    if page_at(state, project, &version)? != html {
        return Ok(PageVerdict::Altered { project });
    }
    Ok(match since {
        0 => PageVerdict::Agrees { project },
        changes => PageVerdict::Outdated { project, changes },
    })
}

fn meta<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let begins = format!("<meta name=\"{name}\" content=\"");
    let (_, rest) = html.split_once(&begins)?;
    rest.split_once('"').map(|(content, _)| content)
}

/// The page as it would have been made at a version.
fn page_at(state: &mut State, id: DocumentId, version: &Version) -> Result<String, Error> {
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    let names: BTreeMap<PersonId, String> =
        state.store().people()?.into_iter().map(|person| (person.id, person.name)).collect();
    let authors = projects::authors(state)?;
    let document = state.document(&row)?;
    let Content::ChangeProject(project) = document.content_at(version)? else {
        return Err(Error::not_found(Noun::Project, id));
    };
    let project: ChangeProject = *project;
    let later: Vec<_> =
        document.changes_not_in(version).into_iter().map(|change| change.hash).collect();
    let before = |change: &HistoryChange| !later.contains(&change.hash);
    let mut wrote: BTreeMap<String, usize> = BTreeMap::new();
    for change in document.history().into_iter().filter(before) {
        let by = authors.of(change.author).map(|person| person.name);
        *wrote.entry(by.unwrap_or_else(|| "somebody".to_owned())).or_default() += 1;
    }
    let mut writers: Vec<(String, usize)> = wrote.into_iter().collect();
    writers.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let creator = names.get(&row.creator).cloned().unwrap_or_default();
    let context = PageContext { id, version, names: &names, creator: &creator, writers: &writers };
    let page = project.page(&context);
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(page.as_bytes()));
    Ok(page.replace(DIGEST, &digest))
}
