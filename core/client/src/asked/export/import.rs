//! Reading an export back, also into the account of somebody who is on another programme now.
//!
//! The file is looked through whole before anything is written, and each document goes in whole or
//! not at all. Reading the same file again adds nothing: a document has an id that follows from the
//! one it had and from whose it is now.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use enhance_model::{
    DocumentId, Right, Timestamp,
    arcp::item_in_words,
    counted,
    personal_record::{ActivityCompletion, EvidenceSource, PersonalRecord, RecordEdit, RecordItem},
    record::Whole,
};

use super::{
    super::record,
    documents::{self, NewCopy, copies_in, project, reflection},
    evidence::LeftBehind,
    parsed::{self, ExportFile},
    read_back::{self, FileOfExport, FilesRead, Owner, Reading},
    report::{ImportCheck, ImportReport, ImportStop},
    signed::Signed,
};
use crate::{
    cancellation::Cancellation,
    error::{Error, InputField},
    progress::OnProgress,
    state::{State, facts::Facts, lock::StateLock},
};

/// Edits that go into one change of the record.
const EDITS: usize = 4_000;
/// So many things are named that came as they were.
const MOST_NAMED: usize = 20;

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
    let ImportReport { already_here, different, comments, suggestions, .. } = new.report;
    let (sign_offs_left_out, evidence_left_out) =
        (new.report.sign_offs_left_out, new.report.evidence_left_out);
    let as_they_were = new.report.as_they_were;
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
        different,
        comments,
        suggestions,
        sign_offs,
        sign_offs_left_out,
        evidence_left_out,
        as_they_were,
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
    // What things give as evidence comes before them.
    let written = write_documents(state, &facts, documents, &mut report)
        .and_then(|()| write_signed(state, signed, &mut report))
        .and_then(|()| write_all_things(state, things, &mut report));
    match written.err() {
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
    let left_behind = LeftBehind::of(&file);
    let sign_offs = std::mem::take(&mut file.sign_offs);
    let publisher_key = file.publisher_key;
    let exported_at = file.exported_at;
    let since = std::mem::take(&mut file.since_sign_off);
    let mut report = ImportReport {
        shared_copies: file.shared_reflections.len(),
        comments: file.projects.iter().map(|project| project.comments.len()).sum(),
        suggestions: file.suggestions.values().map(Vec::len).sum(),
        ..ImportReport::default()
    };
    let is_same = file.account.is_some_and(|account| facts.is_me(account.person.id));
    let mut renamed = BTreeMap::new();
    let mut documents = Vec::new();
    let copies = copies_in(&file.reflections);
    let most = file.text_chars;
    let reflections = file.reflections.into_iter();
    let reflections = reflections.map(|one| (one.id, reflection(facts, one, most)));
    let (own, others): (Vec<_>, Vec<_>) =
        file.projects.into_iter().partition(|one| one.my_right == Right::Own);
    report.projects_of_others = others.len();
    let projects = own.into_iter().map(|one| (one.id, Ok(project(facts, one, most))));
    for (before, document) in reflections.chain(projects) {
        let mut document = document?;
        document.created_at = document.created_at.min(state.now());
        let is_here = state.store().document(before)?.is_some();
        let was_read = state.store().document(document.id)?.is_some();
        if !is_here {
            renamed.insert(before, document.id);
        }
        if is_here || was_read {
            report.already_here += 1;
            let id = if is_here { before } else { document.id };
            report.different.extend(document.called_if_different(state, id)?);
        } else {
            documents::check(facts, &document)?;
            documents.push(document);
        }
    }
    let mut sources: BTreeMap<DocumentId, EvidenceSource> =
        renamed.iter().map(|(before, here)| (*before, EvidenceSource::Document(*here))).collect();
    // A copy says what its reflection said when it was shared, and that comes along.
    let of_copies = copies.iter().filter_map(|(copy, of)| Some((*copy, *sources.get(of)?)));
    sources.extend(of_copies.collect::<Vec<_>>());
    let signed = Signed { sign_offs, publisher_key, exported_at, since };
    let record = signed.keep(state, facts, file.personal_record, (&mut report, &mut sources))?;
    let mut record = record.with_sources(&sources);
    let standing = record::read(state)?;
    let coming = renamed.values().copied().collect();
    report.evidence_left_out = left_behind.named(state, (&record, &standing), &coming)?;
    let kept = std::mem::take(&mut record.kept_sign_offs);
    let signed: Vec<_> = kept.iter().map(|(id, one)| one.adding(*id)).collect();
    let things = things(state, (&record, &standing), &signed)?;
    report.as_they_were = as_they_were(&record, &things, state.now());
    let owner = Owner { here: facts.person.id, is_same, renamed };
    Ok(Incoming { documents, things, signed, owner, report })
}

/// Writes document after document, counting each once it is saved.
fn write_documents(
    state: &mut State,
    facts: &Arc<Facts>,
    wanted: Vec<NewCopy>,
    imported: &mut ImportReport,
) -> Result<(), Error> {
    for document in wanted {
        let is_project = document.is_project();
        documents::write(state, facts, document)?;
        imported.projects += usize::from(is_project);
        imported.reflections += usize::from(!is_project);
        imported.left -= 1;
    }
    Ok(())
}

/// Writes the things, counting each once it is saved.
fn write_all_things(
    state: &mut State,
    things: Vec<Vec<RecordEdit>>,
    imported: &mut ImportReport,
) -> Result<(), Error> {
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

/// What the record here lacks, thing by thing, beside the sign-offs that are kept in it.
fn things(
    state: &State,
    (file, standing): (&PersonalRecord, &PersonalRecord),
    signed: &[Vec<RecordEdit>],
) -> Result<Vec<Vec<RecordEdit>>, Error> {
    let mut things = file.adding_to(standing);
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
    let all: Vec<RecordEdit> = signed.iter().chain(&things).flatten().cloned().collect();
    let checked = standing.check_as_it_was(&all);
    checked.map_err(|fault| Error::invalid(InputField::Export, fault))?;
    Ok(things)
}

/// A sentence for each thing that nobody could note now: its time is out of range or lies ahead.
fn as_they_were(
    record: &PersonalRecord,
    things: &[Vec<RecordEdit>],
    now: Timestamp,
) -> Vec<String> {
    let said = things.iter().filter_map(|edits| {
        let fault = PersonalRecord::check_typed(edits, now).err()?;
        let id = edits.iter().find_map(|edit| match edit {
            RecordEdit::Add { id, .. } => Some(*id),
            _ => None,
        });
        let named = id.and_then(|id| item_in_words(record, id));
        let named = named.unwrap_or_else(|| "Something in the record".to_owned());
        Some(format!("{named}: {fault}"))
    });
    let mut said: Vec<String> = said.collect();
    let more = said.len().saturating_sub(MOST_NAMED);
    said.truncate(MOST_NAMED);
    if more > 0 {
        said.push(format!("and {} more", counted(more, "thing")));
    }
    said
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
