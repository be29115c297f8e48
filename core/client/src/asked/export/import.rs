//! Reading an export back, also into the account of somebody who is on another programme now.
//!
//! The file is looked through whole before anything is written, and each document goes in whole or
//! not at all. Reading the same file again adds nothing: a document has an id that follows from the
//! one it had and from whose it is now.

use std::{collections::BTreeMap, sync::Arc};

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, ItemId, Right, Timestamp,
    change_project::{ChangeProject, ProjectEdit},
    personal_record::{ActivityCompletion, PersonalRecord, RecordEdit, RecordItem},
    record::Whole,
    reflection::Reflection,
};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use sha2::{Digest, Sha256};

use super::{super::record, FORMAT, VERSION, moments};
use crate::{
    error::{Error, InputField},
    state::{State, facts::Facts},
    writing::{
        create::{self, Identity},
        edits::{self, EditsOf},
        target::Target,
    },
};

/// Bytes of the largest file that is read.
const MOST_BYTES: usize = 256 << 20;
/// Documents in one file.
const MOST_DOCUMENTS: usize = 20_000;
/// Edits that go into one change of the record.
const EDITS: usize = 4_000;

/// What became of an export that was read back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub reflections: usize,
    /// Projects of which the person was the owner.
    pub projects: usize,
    /// Things in the personal record.
    pub things: usize,
    /// Documents that were here already, or were deleted here.
    pub already_here: usize,
    /// Projects of others: their owner has to invite this account.
    pub projects_of_others: usize,
    /// Copies of reflections that were shared: each is between two people and is shared anew.
    pub shared_copies: usize,
    /// Comments on projects: what others said is theirs.
    pub comments: usize,
    /// Documents and things that are still to be read; none unless it stopped.
    pub left: usize,
    /// Why it stopped before the end. What was read is saved; reading the same file again goes on.
    pub stopped: Option<ImportStop>,
}

/// Why an import stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportStop {
    /// The code of the error.
    pub code: String,
    /// What a person reads.
    pub reason: String,
}

/// What is read of an export; the rest of it is for people.
#[derive(Deserialize)]
struct ExportFile {
    format: String,
    version: u32,
    personal_record: PersonalRecord,
    reflections: Vec<ReflectionOfFile>,
    projects: Vec<ProjectOfFile>,
    #[serde(default)]
    shared_reflections: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct ReflectionOfFile {
    id: DocumentId,
    reflection: Reflection,
}

#[derive(Deserialize)]
struct ProjectOfFile {
    id: DocumentId,
    my_right: Right,
    project: ChangeProject,
    #[serde(default)]
    comments: Vec<IgnoredAny>,
}

/// A document that is to be made.
struct NewCopy {
    id: DocumentId,
    new: NewDocument,
    edits: Vec<Edit>,
    created_at: Timestamp,
}

/// Reads an export back.
pub(crate) fn import(state: &mut State, json: &str) -> Result<ImportReport, Error> {
    let facts = state.facts()?;
    facts.account_key()?;
    let file = read(json)?;
    let mut imported = ImportReport {
        shared_copies: file.shared_reflections.len(),
        comments: file.projects.iter().map(|project| project.comments.len()).sum(),
        ..ImportReport::default()
    };
    let mut renamed = BTreeMap::new();
    let mut wanted = Vec::new();
    let reflections = file.reflections.into_iter().map(|one| (one.id, reflection(&facts, one)));
    let (own, others): (Vec<_>, Vec<_>) =
        file.projects.into_iter().partition(|one| one.my_right == Right::Own);
    imported.projects_of_others = others.len();
    let projects = own.into_iter().map(|one| (one.id, project(&facts, one)));
    for (before, mut document) in reflections.chain(projects) {
        document.created_at = document.created_at.min(state.now());
        let is_here = state.store().document(before)?.is_some();
        let was_read = state.store().document(document.id)?.is_some();
        if !is_here {
            renamed.insert(before, document.id);
        }
        if is_here || was_read {
            imported.already_here += 1;
        } else {
            check(state, &facts, &document)?;
            wanted.push(document);
        }
    }
    let things = things(state, &file.personal_record.with_documents(&renamed))?;
    imported.left = wanted.len() + things.len();
    let stopped = write_all(state, &facts, (wanted, things), &mut imported).err();
    match stopped {
        // Nothing was read of it, so that there is nothing to go on with.
        Some(error) if !imported.has_any() => return Err(error),
        Some(error) => {
            let (code, reason) = (error.code().to_owned(), error.to_string());
            imported.stopped = Some(ImportStop { code, reason });
        }
        None => {}
    }
    Ok(imported)
}

impl ImportReport {
    /// Whether anything was read.
    const fn has_any(&self) -> bool {
        self.reflections + self.projects + self.things > 0
    }
}

/// Writes document after document, and then the things, counting each once it is saved.
fn write_all(
    state: &mut State,
    facts: &Arc<Facts>,
    (wanted, things): (Vec<NewCopy>, Vec<Vec<RecordEdit>>),
    imported: &mut ImportReport,
) -> Result<(), Error> {
    for document in wanted {
        let is_project = matches!(document.new, NewDocument::ChangeProject { .. });
        write(state, facts, document)?;
        imported.projects += usize::from(is_project);
        imported.reflections += usize::from(!is_project);
        imported.left -= 1;
    }
    let mut some: Vec<Vec<RecordEdit>> = Vec::new();
    let mut edits = 0;
    for thing in things {
        if edits + thing.len() > EDITS {
            write_things(state, std::mem::take(&mut some), imported)?;
            edits = 0;
        }
        edits += thing.len();
        some.push(thing);
    }
    write_things(state, some, imported)
}

fn read(json: &str) -> Result<ExportFile, Error> {
    let refuse = |why: String| Error::invalid(InputField::Export, why);
    if json.len() > MOST_BYTES {
        return Err(refuse(format!("an export has at most {} MiB", MOST_BYTES >> 20)));
    }
    let unreadable = |error: serde_json::Error| {
        refuse(format!("this is no export of Enhance, or it is damaged: {error}"))
    };
    let mut value: serde_json::Value = serde_json::from_str(json).map_err(unreadable)?;
    if value.get("format").and_then(|format| format.as_str()) != Some(FORMAT) {
        return Err(refuse("this is no export of Enhance".to_owned()));
    }
    if value.get("version").and_then(serde_json::Value::as_u64) > Some(VERSION.into()) {
        return Err(refuse("a newer version of the app wrote this export".to_owned()));
    }
    moments::in_millis(&mut value);
    let file: ExportFile = serde_json::from_value(value).map_err(unreadable)?;
    debug_assert!(file.format == FORMAT && file.version <= VERSION);
    if file.reflections.len() + file.projects.len() > MOST_DOCUMENTS {
        return Err(refuse(format!("an export has at most {MOST_DOCUMENTS} documents")));
    }
    Ok(file)
}

fn reflection(facts: &Facts, one: ReflectionOfFile) -> NewCopy {
    let ReflectionOfFile { id, reflection } = one;
    let created_at = reflection.created_at;
    // A copy was shared by another account.
    // The bytes of its files are in no export, so that nobody could open what would be named.
    let (copies, attachments) = (BTreeMap::new(), BTreeMap::new());
    let reflection = Reflection { copies, attachments, ..reflection };
    let new = NewDocument::Reflection { owner: facts.person.id, reflection };
    NewCopy { id: id_here(facts, id), new, edits: Vec::new(), created_at }
}

fn project(facts: &Facts, one: ProjectOfFile) -> NewCopy {
    let ProjectOfFile { id, project, .. } = one;
    let moved = ItemId::from_bytes(hashed(facts, b"enhance imported move 1\0", id));
    let edits = project.edits(moved).into_iter().map(Edit::ChangeProject).collect();
    let ChangeProject { title, topic, setting, created_at, .. } = project;
    let new = NewDocument::ChangeProject { owner: facts.person.id, title, topic, setting };
    NewCopy { id: id_here(facts, id), new, edits, created_at }
}

/// The id of a document in this account.
fn id_here(facts: &Facts, before: DocumentId) -> DocumentId {
    DocumentId::from_bytes(hashed(facts, b"enhance import 1\0", before))
}

fn hashed(facts: &Facts, of: &[u8], before: DocumentId) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(of);
    hasher.update(facts.person.id.as_bytes());
    hasher.update(before.as_bytes());
    let hash: [u8; 32] = hasher.finalize().into();
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    id
}

/// Refuses what would be refused if it were typed.
fn check(state: &State, facts: &Facts, document: &NewCopy) -> Result<(), Error> {
    let limits = facts.limits();
    match &document.new {
        NewDocument::Reflection { reflection, .. } => {
            limits.check_string(&reflection.title)?;
            reflection.answers.values().try_for_each(|text| limits.check_text(text))?;
        }
        NewDocument::ChangeProject { title, topic, setting, .. } => {
            [title, topic, setting].into_iter().try_for_each(|text| limits.check_string(text))?;
            let edits: Vec<ProjectEdit> = document.edits.iter().filter_map(project_edit).collect();
            let today = state.now().date();
            let checked = ChangeProject::default().check(&edits, today);
            checked.map_err(|fault| {
                let title: String = title.chars().take(60).collect();
                Error::invalid(InputField::Export, format_args!("project {title:?}: {fault}"))
            })?;
        }
        _ => {}
    }
    Ok(())
}

fn project_edit(edit: &Edit) -> Option<ProjectEdit> {
    match edit {
        Edit::ChangeProject(edit) => Some(edit.clone()),
        _ => None,
    }
}

/// Makes a document with all it says, in one write.
fn write(state: &mut State, facts: &Arc<Facts>, document: NewCopy) -> Result<(), Error> {
    let NewCopy { id, new, edits, created_at } = document;
    let key = create::fresh_key(state, facts, &new, id)?;
    let identity = Identity { id, key, created_at };
    let created = create::prepare_at(state, facts, &new, (identity, created_at))?;
    let edited = match created.new_row().filter(|_| !edits.is_empty()) {
        Some(row) => {
            let target = Target { facts: Arc::clone(facts), row: row.clone() };
            edits::prepare_edits(state, &target, &[EditsOf { base: None, edits: &edits }])?
        }
        None => None,
    };
    let written = state.write(|write| {
        created.write(write)?;
        edited.iter().try_for_each(|(_, edited)| edited.write(write))
    });
    if written.is_err() {
        state.forget(id);
    }
    written
}

/// What the record here lacks, thing by thing.
fn things(state: &mut State, file: &PersonalRecord) -> Result<Vec<Vec<RecordEdit>>, Error> {
    let standing = record::read(state)?;
    let mut things = file.adding_to(&standing);
    for (activity, progress) in &file.activities {
        let Some(at) = progress.completed_at else { continue };
        if file.progress(activity) != *progress
            || standing.progress(activity).completed_at.is_some()
        {
            continue;
        }
        let fact = ActivityCompletion {
            activity: activity.clone(),
            at,
            pack_version: progress.pack_version.and_then(|it| u32::try_from(it).ok()).map(Whole),
            ..ActivityCompletion::default()
        };
        things.push(fact.adding(state.environment().item_id()));
    }
    let all: Vec<RecordEdit> = things.iter().flatten().cloned().collect();
    let checked = standing.check(&all, state.now());
    checked.map_err(|fault| Error::invalid(InputField::Export, fault))?;
    Ok(things)
}

/// Writes things of the record in one change.
fn write_things(
    state: &mut State,
    things: Vec<Vec<RecordEdit>>,
    imported: &mut ImportReport,
) -> Result<(), Error> {
    let count = things.len();
    let edits: Vec<RecordEdit> = things.into_iter().flatten().collect();
    if !edits.is_empty() {
        record::edit_as_it_was(state, &edits)?;
    }
    imported.things += count;
    imported.left -= count;
    Ok(())
}
