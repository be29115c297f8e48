//! What can be signed off, and the text in which it is.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::{Content, Document};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, PersonId, Version,
    arcp::{DELETED, document_in_words, item_in_words},
    personal_record::{EvidenceSource, LearningSession, PersonalRecord},
    programme::Module,
    sign_off::{
        EvidenceNames, ModuleNames, SignedReflection, Subject, SubjectKind, activities_in,
        module_text, names_evidence_by_id, project_text, project_text_as_before, sessions_text,
        sessions_text_as_before, sessions_title,
    },
};
use enhance_store::DocumentState;

use crate::{
    asked::record,
    error::{Error, InputField},
    state::{State, documents::has_content},
    writing::{drafts, edits, target::Target},
};

/// What is to be signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignOffSubject {
    /// A reflection as it stands, what was typed included.
    Reflection(DocumentId),
    /// A copy of a reflection that this person shared.
    SharedReflection(DocumentId),
    /// A project as it stands, what was typed included.
    Project(DocumentId),
    /// A module, by its key.
    Module(String),
    /// Learning sessions, by their ids.
    Sessions(BTreeSet<ItemId>),
}

/// A subject in the words that are signed.
pub(super) struct Rendered {
    pub(super) subject: Subject,
    pub(super) title: String,
    pub(super) text: String,
}

/// The subject as it stands now.
pub(super) fn render(state: &mut State, subject: &SignOffSubject) -> Result<Rendered, Error> {
    match subject {
        SignOffSubject::Reflection(id) => {
            let target = Target::writable(state, *id, DocumentKind::Reflection)?;
            of_document(state, &target, SubjectKind::Reflection)
        }
        SignOffSubject::SharedReflection(id) => {
            let target = Target::writable(state, *id, DocumentKind::SharedReflection)?;
            of_document(state, &target, SubjectKind::SharedReflection)
        }
        SignOffSubject::Project(id) => {
            let target = Target::writable(state, *id, DocumentKind::ChangeProject)?;
            of_document(state, &target, SubjectKind::Project)
        }
        SignOffSubject::Module(key) => of_module(state, key),
        SignOffSubject::Sessions(ids) => of_sessions(state, ids),
    }
}

fn of_document(state: &mut State, target: &Target, kind: SubjectKind) -> Result<Rendered, Error> {
    let id = target.row.id;
    let typed = drafts::of(state.store(), id)?;
    edits::settle(state, target, typed)?;
    let row = state.row(id)?;
    let names = names(state)?;
    let document = state.document(&row)?;
    let version = document.version();
    let (mut title, text) = text_at(document, &version, &names)?;
    if title.trim().is_empty() {
        title = document_in_words(target.row.kind, "");
    }
    let subject =
        Subject { kind, document: Some(id), key: String::new(), items: BTreeSet::new(), version };
    Ok(Rendered { subject, title, text })
}

/// What the people are called of whom this device has heard.
pub(in crate::asked) fn names(state: &State) -> Result<BTreeMap<PersonId, String>, Error> {
    let people = state.store().people()?.into_iter();
    Ok(people.map(|person| (person.id, person.name)).collect())
}

/// The title and the text of a document as it stood, with people by their names.
fn text_at(
    document: &Document,
    version: &Version,
    names: &BTreeMap<PersonId, String>,
) -> Result<(String, String), Error> {
    text_of(&document.content_at(version)?, names)
}

fn text_of(
    content: &Content,
    names: &BTreeMap<PersonId, String>,
) -> Result<(String, String), Error> {
    Ok(match content {
        Content::Reflection(one) => (one.title.clone(), SignedReflection::from(one).text()),
        Content::SharedReflection(one) => (one.title.clone(), SignedReflection::from(one).text()),
        Content::ChangeProject(project) => {
            let text = project_text(project, &|person| names.get(&person).cloned());
            (project.title.clone(), text)
        }
        _ => return Err(Error::invalid(InputField::SignOff, "this is nothing that is signed")),
    })
}

/// The text of what a document says now, in the way of a text of it that was signed elsewhere:
/// people of whom nobody has heard here are called what they were called there.
pub(in crate::asked) fn text_as_before(
    then: &str,
    content: &Content,
    names: &BTreeMap<PersonId, String>,
) -> Result<String, Error> {
    match content {
        Content::ChangeProject(project) => {
            Ok(project_text_as_before(then, project, &|person| names.get(&person).cloned()))
        }
        Content::Reflection(one) => Ok(SignedReflection::from(one).text_as_before(then)),
        Content::SharedReflection(one) => Ok(SignedReflection::from(one).text_as_before(then)),
        other => text_of(other, names).map(|(_, text)| text),
    }
}

/// The text of a document as it stood, in the form of a text of it that was signed here: what that
/// did not say yet is no change of it.
pub(in crate::asked) fn text_like(
    then: &str,
    (document, version): (&Document, &Version),
    names: &BTreeMap<PersonId, String>,
) -> Result<String, Error> {
    match &document.content_at(version)? {
        Content::Reflection(one) => Ok(SignedReflection::from(one).text_like(then)),
        Content::SharedReflection(one) => Ok(SignedReflection::from(one).text_like(then)),
        other => text_of(other, names).map(|(_, text)| text),
    }
}

fn of_module(state: &mut State, key: &str) -> Result<Rendered, Error> {
    let record = record::read(state)?;
    let pack = state.programme()?;
    let module = pack.as_ref().and_then(|pack| pack.programme.module(key));
    // What was completed stays so when a later version of the programme has it no more.
    let is_known = module.is_some() || record.module_completed(key).is_some();
    if !is_known {
        return Err(Error::not_found(Noun::Module, key));
    }
    let title = module.map_or_else(|| key.to_owned(), |module| module.title.clone());
    let subject = Subject {
        kind: SubjectKind::Module,
        document: None,
        key: key.to_owned(),
        items: BTreeSet::new(),
        version: Version::default(),
    };
    let activities = activities_of(module);
    let text = module_text(&record, key, &activities, Some(&module_names(state, &record)?));
    Ok(Rendered { subject, title, text })
}

/// The keys of a module's activities, as the programme lists them.
fn activities_of(module: Option<&Module>) -> Vec<String> {
    let all = module.map_or(&[][..], |module| &module.activities);
    all.iter().map(|activity| activity.key.clone()).collect()
}

fn of_sessions(state: &mut State, ids: &BTreeSet<ItemId>) -> Result<Rendered, Error> {
    if ids.is_empty() {
        return Err(Error::invalid(InputField::SignOff, "name the sessions that are to be signed"));
    }
    let record = record::read(state)?;
    if let Some(missing) = ids.iter().find(|id| !record.sessions.contains_key(id)) {
        return Err(Error::not_found(Noun::LearningSession, missing));
    }
    let subject = Subject {
        kind: SubjectKind::Sessions,
        document: None,
        key: String::new(),
        items: ids.clone(),
        version: Version::default(),
    };
    let (sessions, names) = (sessions_of(&record, ids), titles(state)?);
    let title = sessions_title(&sessions);
    Ok(Rendered { subject, title, text: sessions_text(&sessions, &names) })
}

/// What modules and their activities are called here.
pub(super) fn titles(state: &mut State) -> Result<ModuleNames, Error> {
    let pack = state.programme()?;
    Ok(ModuleNames::of(pack.as_ref().map(|pack| &pack.programme)))
}

/// What sessions say now, in the way of a text of before; those that were taken out are not in it.
pub(in crate::asked) fn sessions_now(
    record: &PersonalRecord,
    ids: &BTreeSet<ItemId>,
    (then, names): (&str, &ModuleNames),
) -> String {
    sessions_text_as_before(then, &sessions_of(record, ids), names)
}

fn sessions_of(record: &PersonalRecord, ids: &BTreeSet<ItemId>) -> Vec<LearningSession> {
    ids.iter().filter_map(|id| record.sessions.get(id)).cloned().collect()
}

/// What the record says of a module now, in the way of a text of before.
pub(super) fn module_now(
    state: &mut State,
    (key, names): (&str, &ModuleNames),
    then: &str,
) -> Result<String, Error> {
    let record = record::read(state)?;
    let pack = state.programme()?;
    let module = pack.as_ref().and_then(|pack| pack.programme.module(key));
    // Those of before in their order, whatever the programme of today has.
    let before = activities_in(then).map(|called| names.activity(called).unwrap_or(called));
    let mut activities: Vec<String> = before.map(str::to_owned).collect();
    let others = activities_of(module).into_iter().filter(|key| !activities.contains(key));
    let others: Vec<String> = others.collect();
    activities.extend(others);
    let names = (!names_evidence_by_id(then)).then_some(names);
    Ok(module_text(&record, key, &activities, names))
}

/// What modules, their activities and what shows them are called here.
pub(super) fn module_names(
    state: &mut State,
    record: &PersonalRecord,
) -> Result<ModuleNames, Error> {
    let mut names = titles(state)?;
    names.evidence = evidence_names(state, record)?;
    names.call_completions(record);
    Ok(names)
}

/// What shows the completions of a record is called here.
fn evidence_names(state: &mut State, record: &PersonalRecord) -> Result<EvidenceNames, Error> {
    let mut names = EvidenceNames::new();
    for source in record.shows_completions() {
        let name = match source {
            EvidenceSource::Item(id) => item_in_words(record, id),
            EvidenceSource::Document(id) => document_name(state, id)?,
        };
        names.extend(name.map(|name| (source, name)));
    }
    Ok(names)
}

fn document_name(state: &mut State, id: DocumentId) -> Result<Option<String>, Error> {
    if state.store().state(id)? == Some(DocumentState::Deleted) {
        return Ok(Some(DELETED.to_owned()));
    }
    let Some(row) = state.active(id)?.filter(has_content) else { return Ok(None) };
    if row.kind == DocumentKind::SignOff {
        return Ok(Some(document_in_words(row.kind, "")));
    }
    state.bring_up_to_date(&row)?;
    let shown = state.store().projection(id)?;
    Ok(shown.map(|shown| document_in_words(row.kind, &shown.summary.title)))
}
