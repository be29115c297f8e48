//! Reading an export back, also into the account of somebody who is on another programme now.
//!
//! The file is looked through whole before anything is written, and each document goes in whole or
//! not at all. Reading the same file again adds nothing: a document has an id that follows from the
//! one it had and from whose it is now.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::{
    super::record,
    id::{self, derived},
    parsed::{self, ExportFile, ProjectOfFile, ReflectionOfFile},
    read_back::{self, FileOfExport, FilesRead, Owner, Reading},
    report::{ImportCheck, ImportReport, ImportStop},
    signed::Signed,
};
use crate::{
    cancellation::Cancellation,
    error::{Error, InputField},
    progress::OnProgress,
    state::{State, facts::Facts, lock::StateLock},
    writing::{
        create::{self, Identity},
        edits::{self, EditsOf},
        target::Target,
    },
};
use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, ItemId, Items, Quoted, Right, Timestamp,
    change_project::{ChangeProject, ProjectEdit},
    personal_record::{ActivityCompletion, PersonalRecord, RecordEdit, RecordItem},
    record::Whole,
    reflection::Reflection,
};

/// Edits that go into one change of the record.
const EDITS: usize = 4_000;
const MOVED: &[u8] = b"enhance imported move 1\0";

/// A document that is to be made.
struct NewCopy {
    id: DocumentId,
    new: NewDocument,
    edits: Vec<Edit>,
    created_at: Timestamp,
}

/// What is to be written.
struct Incoming {
    documents: Vec<NewCopy>,
    /// The edits of each thing.
    things: Vec<Vec<RecordEdit>>,
    /// The edits of each sign-off that is kept.
    signed: Vec<Vec<RecordEdit>>,
    owner: Owner,
    report: ImportReport,
}

/// Reads an export back: words first, then the files beside it.
pub(crate) fn import(
    lock: &StateLock,
    json: &str,
    beside: Option<&Path>,
    (cancel, progress): (&Cancellation, OnProgress<'_>),
) -> Result<ImportReport, Error> {
    let (files, file) = read(lock, json)?;
    let (mut report, owner) = lock.with(|state| words(state, file))?;
    if report.stopped.is_some() {
        report.left += files.len();
        report.files_not_read = read_back::not_reached(&files).collect();
        return Ok(report);
    }
    let reading = Reading { lock, owner, beside, coming: None, cancel, progress };
    let FilesRead { read, already_here, not_read, left, stopped, .. } = reading.go(&files);
    report.files = read;
    report.files_already_here = already_here;
    report.files_not_read = not_read;
    report.left += left;
    report.stopped = stopped.as_ref().map(ImportStop::of);
    Ok(report)
}

/// What reading an export back would bring.
pub(crate) fn look(
    lock: &StateLock,
    json: &str,
    beside: Option<&Path>,
    (cancel, progress): (&Cancellation, OnProgress<'_>),
) -> Result<ImportCheck, Error> {
    let (files, file) = read(lock, json)?;
    let items = files.iter().filter_map(FileOfExport::item);
    let coming = items.filter(|id| file.personal_record.noun_of(*id).is_some()).collect();
    let (new, room) = lock.with(|state| {
        let facts = state.facts()?;
        let taken = state.store().attachment_counts()?.bytes;
        let room = facts.limits().person_bytes.saturating_sub(taken);
        Ok((incoming(state, &facts, file)?, room))
    })?;
    let projects = new.documents.iter().filter(|one| one.is_project()).count();
    let (reflections, things) = (new.documents.len() - projects, new.things.len());
    let ImportReport { already_here, sign_offs_left_out, .. } = new.report;
    let sign_offs = new.signed.len();
    let (owner, coming) = (new.owner, Some(coming));
    let reading = Reading { lock, owner, beside, coming, cancel, progress };
    let read = reading.go(&files);
    if let Some(error) = read.stopped {
        return Err(error);
    }
    let FilesRead { read: files, bytes, already_here: files_already_here, not_read, .. } = read;
    Ok(ImportCheck {
        reflections,
        projects,
        things,
        already_here,
        sign_offs,
        sign_offs_left_out,
        files,
        bytes,
        room,
        files_already_here,
        files_not_read: not_read,
    })
}

/// Writes what an export says, and says what its documents are called here.
fn words(state: &mut State, file: ExportFile) -> Result<(ImportReport, Owner), Error> {
    let facts = state.facts()?;
    let Incoming { documents, things, signed, owner, mut report } = incoming(state, &facts, file)?;
    report.left = documents.len() + things.len() + signed.len();
    let written = write_all(state, &facts, (documents, things), &mut report);
    let stopped = written.and_then(|()| write_signed(state, signed, &mut report)).err();
    match stopped {
        // Nothing was read of it, so that there is nothing to go on with.
        Some(error) if !report.has_any() => return Err(error),
        stopped => report.stopped = stopped.as_ref().map(ImportStop::of),
    }
    Ok((report, owner))
}

/// What is to be written, all of it checked.
fn incoming(
    state: &mut State,
    facts: &Arc<Facts>,
    mut file: ExportFile,
) -> Result<Incoming, Error> {
    let sign_offs = std::mem::take(&mut file.sign_offs);
    let publisher_key = file.publisher_key;
    let exported_at = file.exported_at;
    let mut report = ImportReport {
        shared_copies: file.shared_reflections.len(),
        comments: file.projects.iter().map(|project| project.comments.len()).sum(),
        ..ImportReport::default()
    };
    let is_same = file.account.is_some_and(|account| facts.is_me(account.person.id));
    let mut renamed = BTreeMap::new();
    let mut documents = Vec::new();
    let reflections = file.reflections.into_iter().map(|one| (one.id, reflection(facts, one)));
    let (own, others): (Vec<_>, Vec<_>) =
        file.projects.into_iter().partition(|one| one.my_right == Right::Own);
    report.projects_of_others = others.len();
    let projects = own.into_iter().map(|one| (one.id, project(facts, one)));
    for (before, mut document) in reflections.chain(projects) {
        document.created_at = document.created_at.min(state.now());
        let is_here = state.store().document(before)?.is_some();
        let was_read = state.store().document(document.id)?.is_some();
        if !is_here {
            renamed.insert(before, document.id);
        }
        if is_here || was_read {
            report.already_here += 1;
        } else {
            check(facts, &document)?;
            documents.push(document);
        }
    }
    let signed = Signed { sign_offs, publisher_key, exported_at };
    let record = signed.keep(state, facts, file.personal_record, &mut report)?;
    let mut record = record.with_documents(&renamed);
    let kept = std::mem::take(&mut record.kept_sign_offs);
    let things = things(state, &record)?;
    let signed = kept.iter().map(|(id, one)| one.adding(*id)).collect();
    let owner = Owner { here: facts.person.id, is_same, renamed };
    Ok(Incoming { documents, things, signed, owner, report })
}

impl NewCopy {
    const fn is_project(&self) -> bool {
        matches!(self.new, NewDocument::ChangeProject { .. })
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
        let is_project = document.is_project();
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

/// Writes sign-offs into the record, one at a time: a change of several could be too large to send.
fn write_signed(
    state: &mut State,
    signed: Vec<Vec<RecordEdit>>,
    imported: &mut ImportReport,
) -> Result<(), Error> {
    for one in signed {
        record::edit_as_it_was(state, &one)?;
        imported.sign_offs += 1;
        imported.left -= 1;
    }
    Ok(())
}

/// The files that an export names, and the rest of it.
fn read(lock: &StateLock, json: &str) -> Result<(Vec<FileOfExport>, ExportFile), Error> {
    lock.with(|state| state.facts()?.account_key().map(drop))?;
    let mut file = parsed::parse(json)?;
    Ok((std::mem::take(&mut file.files), file))
}

fn reflection(facts: &Facts, one: ReflectionOfFile) -> NewCopy {
    let ReflectionOfFile { id, reflection } = one;
    let created_at = reflection.created_at;
    // A copy was shared by another account.
    // Its files come after it, each once it was checked.
    let (copies, attachments) = (BTreeMap::new(), Items::new());
    let reflection = Reflection { copies, attachments, ..reflection };
    let new = NewDocument::Reflection { owner: facts.person.id, reflection };
    NewCopy { id: id_here(facts, id), new, edits: Vec::new(), created_at }
}

fn project(facts: &Facts, one: ProjectOfFile) -> NewCopy {
    let ProjectOfFile { id, project, .. } = one;
    let moved = ItemId::from_bytes(derived(MOVED, facts.person.id, id.as_bytes()));
    let edits = project.edits(moved).into_iter().map(Edit::ChangeProject).collect();
    let ChangeProject { title, topic, setting, created_at, .. } = project;
    let new = NewDocument::ChangeProject { owner: facts.person.id, title, topic, setting };
    NewCopy { id: id_here(facts, id), new, edits, created_at }
}

/// The id of a document in this account.
fn id_here(facts: &Facts, before: DocumentId) -> DocumentId {
    id::of_document(facts.person.id, before)
}

/// Refuses what would be refused if it were typed.
fn check(facts: &Facts, document: &NewCopy) -> Result<(), Error> {
    let limits = facts.limits();
    match &document.new {
        NewDocument::Reflection { reflection, .. } => {
            limits.check_string(&reflection.title)?;
            reflection.answers.values().try_for_each(|text| limits.check_text(text))?;
        }
        NewDocument::ChangeProject { title, topic, setting, .. } => {
            [title, topic, setting].into_iter().try_for_each(|text| limits.check_string(text))?;
            let edits: Vec<ProjectEdit> = document.edits.iter().filter_map(project_edit).collect();
            let checked = ChangeProject::default().check(&edits);
            checked.map_err(|fault| {
                let title: String = title.chars().take(60).collect();
                Error::invalid(
                    InputField::Export,
                    format_args!("project {}: {fault}", Quoted(&title)),
                )
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
    let checked = standing.check(&all);
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
