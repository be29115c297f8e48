//! Change projects: several people write each, and its history says who wrote what.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::{Content, Edit, HistoryChange, NewDocument, TextField};
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, ItemId, Noun, Person, PersonId, Right, Timestamp, Version,
    change_project::{ChangeProject, EditFault, ProjectEdit, TallyEdit, Value},
    folding,
    record::{Count, Disagreement, SetValue},
};
use enhance_store::{DocumentRow, StoreReader};
use serde::Serialize;

use super::{
    comments::said::{self, CommentView},
    handover::{self, HandoverView},
    keys_of_programme,
    members::{self, Member},
    programme,
    status::{self, DocumentStatus},
};
use crate::{
    error::{Error, InputField},
    state::{State, documents, facts::Facts, rows, screens::Screen},
    writing::{
        create, doubles,
        drafts::{self, DraftView},
        edits,
        target::{self, Target},
    },
};

/// A project as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectView {
    pub id: DocumentId,
    /// What it says, with what was typed here and is not settled.
    pub project: ChangeProject,
    /// What was typed here and is not settled.
    pub drafts: Vec<DraftView>,
    /// The observations and tally sheets of groups so small that their numbers could tell of single
    /// people, and those that would give them away. Their numbers are shown to nobody.
    pub hidden_numbers: Vec<ItemId>,
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// What this person may do with it.
    pub my_right: Right,
    /// Who takes part, its owner first.
    pub members: Vec<Member>,
    /// Whom its owner offers it to, who has not accepted it.
    pub offered_to: Option<Person>,
    /// That it is offered to somebody, or was declined last, and what its owner keeps.
    pub handover: Option<HandoverView>,
    /// What people said about it, oldest first.
    pub comments: Vec<CommentView>,
    /// How far it has come.
    pub status: DocumentStatus,
    /// What two people set differently at once and nobody has settled yet.
    pub disagreements: Vec<DisagreementView>,
}

/// One change in the history of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryView {
    /// The project with this change and all before it.
    pub version: Version,
    /// Who made it, if this device has heard of them.
    pub by: Option<Person>,
    /// The device it was made on.
    pub device: Option<DeviceId>,
    /// When, by that device's clock.
    pub at: Timestamp,
}

/// A field that two people set differently at once, and who set what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisagreementView {
    /// Where it is: `status`, `aim/to`, `measures/{id}/unit`.
    pub path: String,
    /// The values, the one that shows meanwhile last.
    pub values: Vec<SetBy>,
}

/// A value that somebody set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetBy {
    /// As people write it.
    pub text: String,
    /// Who set it, if this device has heard of them.
    pub by: Option<Person>,
}

/// Who has which device.
pub(super) struct Authors(BTreeMap<DeviceId, Person>);

impl Authors {
    fn known(store: &StoreReader, facts: &Facts) -> Result<Self, Error> {
        let people = store.people()?.into_iter();
        let mut authors: BTreeMap<DeviceId, Person> = people
            .flat_map(|person| {
                person.devices.clone().into_iter().map(move |device| (device, person.clone()))
            })
            .collect();
        // The server may not have told of this device yet.
        authors.insert(facts.device, facts.person.clone());
        Ok(Self(authors))
    }

    fn devices_of(&self, person: PersonId) -> BTreeSet<DeviceId> {
        let theirs = self.0.iter().filter(|(_, one)| one.id == person);
        theirs.map(|(device, _)| *device).collect()
    }

    pub(super) fn of(&self, device: Option<DeviceId>) -> Option<Person> {
        self.0.get(&device?).cloned()
    }
}

/// Begins a project of this person, with some edits of it in the same change.
pub(crate) fn begin(
    state: &mut State,
    title: &str,
    topic: &str,
    setting: &str,
    edits: &[ProjectEdit],
) -> Result<DocumentId, Error> {
    if folding::is_blank(title) {
        let why = "a plan needs one, so that others can find it";
        return Err(Error::invalid(InputField::Title, why));
    }
    keys_of_programme::check_topic(state, topic)?;
    check_keys(state, edits)?;
    ChangeProject::default().check_typed(edits, state.now()).map_err(fault)?;
    let facts = state.facts()?;
    let edits: Vec<Edit> = edits.iter().cloned().map(Edit::ChangeProject).collect();
    [title, topic, setting].iter().try_for_each(|text| facts.limits().check_string(text))?;
    let [title, topic, setting] = [title, topic, setting].map(str::to_owned);
    let owner = facts.person.id;
    let new = NewDocument::ChangeProject { owner, title, topic, setting };
    create::write_with(state, &facts, &new, &edits)
}

/// Refuses topics and tags that the programme does not have.
fn check_keys(state: &mut State, edits: &[ProjectEdit]) -> Result<(), Error> {
    for edit in edits {
        if let ProjectEdit::Topic { topic } = edit {
            keys_of_programme::check_topic(state, topic)?;
        }
    }
    let tags = edits.iter().filter_map(|edit| match edit {
        ProjectEdit::AddTag { tag } => Some(tag),
        _ => None,
    });
    keys_of_programme::check_tags(state, tags)
}

/// A project as it is settled, with what was typed into it here beside.
pub(crate) fn settled(screen: &mut Screen<'_>, id: DocumentId) -> Result<ProjectView, Error> {
    let (store, facts) = (screen.store(), screen.facts()?);
    let row = documents::row_of(store, id, DocumentKind::ChangeProject)?;
    let (summary, project) = rows::shown::<ChangeProject>(store, id)?;
    // Most plans have no groups, and need no programme to be shown.
    let hidden_numbers = if project.has_groups() {
        project.hidden_numbers(programme::suppression(screen)).into_iter().collect()
    } else {
        Vec::new()
    };
    let disagreements = disagreements(store, &facts, &project)?;
    let offered_to = store.offered_to(id)?.map(|person| store.person(person)).transpose()?;
    Ok(ProjectView {
        id,
        project,
        drafts: drafts::of(store, id)?,
        hidden_numbers,
        version: summary.version,
        my_right: target::right(store, &facts, &row)?,
        members: members::of(store, &row)?,
        offered_to: offered_to.flatten(),
        handover: handover::view(store, &row)?,
        comments: said::on(store, &facts, id)?,
        status: status::of(store, &row)?,
        disagreements,
    })
}

/// What two people set differently at once, by their names.
fn disagreements(
    store: &StoreReader,
    facts: &Facts,
    project: &ChangeProject,
) -> Result<Vec<DisagreementView>, Error> {
    if project.disagreements.is_empty() {
        return Ok(Vec::new());
    }
    let authors = Authors::known(store, facts)?;
    let set = |set: &SetValue| SetBy { text: set.text.clone(), by: authors.of(set.by) };
    let view = |disagreement: &Disagreement| DisagreementView {
        path: disagreement.path.clone(),
        values: disagreement.values.iter().map(set).collect(),
    };
    Ok(project.disagreements.iter().map(view).collect())
}

/// A project with what was typed into it here.
pub(crate) fn view(state: &mut State, id: DocumentId) -> Result<ProjectView, Error> {
    let row = state.row_of(id, DocumentKind::ChangeProject)?;
    state.bring_up_to_date(&row)?;
    let mut view = settled(&mut state.screen(), id)?;
    if view.project.decisions.is_doubled && view.my_right >= Right::Edit {
        doubles::remove(state, id)?;
        view = settled(&mut state.screen(), id)?;
    }
    if let Some(Content::ChangeProject(typed)) = drafts::content_with(state, &row, &view.drafts)? {
        view.project = *typed;
    }
    Ok(view)
}

/// Edits a project that this person may change.
pub(crate) fn edit(
    state: &mut State,
    id: DocumentId,
    base: Option<&Version>,
    edits: &[ProjectEdit],
) -> Result<Version, Error> {
    check_keys(state, edits)?;
    let target = Target::writable(state, id, DocumentKind::ChangeProject)?;
    let now = state.now();
    // Let go before the edit, which then changes it in its place.
    let standing = state.document(&target.row)?.standing()?;
    let project = project_in(&standing, id)?;
    project.check(edits).and_then(|()| project.check_typed(edits, now)).map_err(fault)?;
    drop(standing);
    let edits: Vec<Edit> = edits.iter().cloned().map(Edit::ChangeProject).collect();
    edits::edit(state, &target, base, &edits)
}

/// Ticks on a tally sheet: what this device counted is read, raised and written in one step.
/// Answers what it has counted now.
pub(crate) fn tick(
    state: &mut State,
    id: DocumentId,
    tally: ItemId,
    numerator: i32,
    denominator: i32,
) -> Result<Value, Error> {
    let target = Target::writable(state, id, DocumentKind::ChangeProject)?;
    let device = target.facts.device;
    let standing = state.document(&target.row)?.standing()?;
    let sheet = project_in(&standing, id)?.tallies.get(&tally);
    let sheet = sheet.ok_or_else(|| Error::not_found(Noun::Tally, tally))?;
    let value = sheet.ticked(device, numerator, denominator).map_err(fault)?;
    let ticks = TallyEdit::Ticks(Count { device, value: value.clone() });
    edit(state, id, None, &[ProjectEdit::Tally { id: tally, edit: ticks }])?;
    Ok(value)
}

/// Every change of a project, oldest first.
pub(crate) fn history(state: &mut State, id: DocumentId) -> Result<Vec<HistoryView>, Error> {
    let row = row(state, id)?;
    let authors = authors(state)?;
    let view = |change: HistoryChange| HistoryView {
        version: change.version,
        by: authors.of(change.author),
        device: change.author,
        at: change.at,
    };
    Ok(state.document(&row)?.history().into_iter().map(view).collect())
}

/// A project as it was at an earlier version.
pub(crate) fn at(
    state: &mut State,
    id: DocumentId,
    version: &Version,
) -> Result<ChangeProject, Error> {
    let row = row(state, id)?;
    match state.document(&row)?.content_at(version)? {
        Content::ChangeProject(project) => Ok(*project),
        _ => Err(Error::not_found(Noun::Project, id)),
    }
}

/// Who wrote which part of a text.
pub(crate) fn text_authors(
    state: &mut State,
    id: DocumentId,
    field: &TextField,
) -> Result<Vec<(Option<Person>, String)>, Error> {
    let row = row(state, id)?;
    let authors = authors(state)?;
    let spans = state.document(&row)?.text_authors(field)?.into_iter();
    Ok(spans.map(|span| (authors.of(span.author), span.text)).collect())
}

/// Who wrote each field last, by its path.
pub(crate) fn field_authors(
    state: &mut State,
    id: DocumentId,
) -> Result<BTreeMap<String, Option<Person>>, Error> {
    let row = row(state, id)?;
    let authors = authors(state)?;
    let fields = state.document(&row)?.field_authors().into_iter();
    Ok(fields.map(|(path, device)| (path, authors.of(Some(device)))).collect())
}

fn project_in(content: &Content, id: DocumentId) -> Result<&ChangeProject, Error> {
    match content {
        Content::ChangeProject(project) => Ok(project),
        _ => Err(Error::not_found(Noun::Project, id)),
    }
}

/// When this person wrote in a project last, by the clock of the device it was on; none if they
/// never did. Its row says when anybody did.
pub(super) fn written_at(
    state: &mut State,
    row: &DocumentRow,
    changed_at: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let me = state.facts()?.person.id;
    let mine = authors(state)?.devices_of(me);
    let history = state.document(row)?.history();
    let is_mine = |change: &&HistoryChange| change.author.is_some_and(|one| mine.contains(&one));
    let last = history.iter().filter(is_mine).map(|change| change.at).max();
    // A change knows its moment to the second; the row knows that of the newest one better.
    let newest = history.last().filter(is_mine).map(|change| change.at);
    let is_newest = newest == last && last.is_some_and(|at| changed_at.millis_since(at) < 1_000);
    Ok(if is_newest { last.max(Some(changed_at)) } else { last })
}

fn fault(fault: EditFault) -> Error {
    Error::invalid(InputField::Edit, fault)
}

fn row(state: &State, id: DocumentId) -> Result<DocumentRow, Error> {
    state.row_of(id, DocumentKind::ChangeProject)
}

pub(super) fn authors(state: &mut State) -> Result<Authors, Error> {
    let facts = state.facts()?;
    Authors::known(state.store(), &facts)
}
