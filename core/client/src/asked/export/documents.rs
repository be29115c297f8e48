//! The documents of an export, made anew in the account that it is read into: each whole, with what
//! was typed into it.

use std::{collections::BTreeMap, sync::Arc};

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Items, Limits, Noun, Quoted, Sha256, Timestamp,
    change_project::{ChangeProject, ItemText, ProjectEdit, Section},
    reflection::Reflection,
};
use enhance_store::{Draft, Write};
use serde::Deserialize;

use super::{
    super::{projects, reflections},
    id::{self, derived},
    parsed::{ProjectOfFile, ReflectionOfFile},
};
use crate::{
    error::{Error, InputField},
    state::{State, attachments as files, documents::has_content, facts::Facts},
    writing::{
        create::{self, Identity},
        drafts::DraftField,
        edits::{self, EditsOf},
        target::Target,
    },
};

const MOVED: &[u8] = b"enhance imported move 1\0";

/// A draft in an export.
#[derive(Deserialize)]
struct DraftOfFile {
    field: FieldOfFile,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FieldOfFile {
    Answer(String),
    Section(Section),
    Item { noun: Noun, id: ItemId, field: String },
}

impl DraftOfFile {
    /// Of the drafts of a document those that were too long for it. The others are in what it says.
    fn too_long(drafts: Vec<serde_json::Value>, text_chars: u64) -> Vec<Self> {
        let limits = Limits { text_chars, ..Limits::default() };
        let read = drafts.into_iter().filter_map(|draft| serde_json::from_value(draft).ok());
        read.filter(|draft: &Self| limits.check_text(&draft.text).is_err()).collect()
    }

    fn write(
        self,
        write: &mut Write<'_>,
        (document, saved_at): (DocumentId, Timestamp),
    ) -> Result<(), Error> {
        let field = match self.field {
            FieldOfFile::Answer(prompt) => Some(DraftField::Answer(prompt)),
            FieldOfFile::Section(section) => Some(DraftField::Section(section)),
            FieldOfFile::Item { noun, id, field } => {
                ItemText::new(noun, id, &field).map(DraftField::Item)
            }
        };
        let Some(field) = field.map(|field| field.to_string()) else { return Ok(()) };
        // It was typed on a version of before: on what the document says here.
        let base = write.document(document)?.map(|(row, _)| row.version).unwrap_or_default();
        Ok(write.put_draft(&Draft { document, field, base, text: self.text, saved_at })?)
    }
}

/// A document that is to be made.
pub(super) struct NewCopy {
    pub(super) id: DocumentId,
    new: NewDocument,
    edits: Vec<Edit>,
    pub(super) created_at: Timestamp,
    /// What was typed into it and is too long to be part of it.
    drafts: Vec<DraftOfFile>,
    /// What it is called, and all that can be read in it.
    words: (String, String),
    /// The hash of what a private one says in the export, which its key follows from.
    said: Option<Sha256>,
}

/// The copies that were shared of reflections, each with what it is a copy of.
pub(super) fn copies_in(reflections: &[ReflectionOfFile]) -> Vec<(DocumentId, DocumentId)> {
    let copies = |one: &ReflectionOfFile| {
        let id = one.id;
        one.reflection.copies.keys().map(move |copy| (*copy, id)).collect::<Vec<_>>()
    };
    reflections.iter().flat_map(copies).collect()
}

impl NewCopy {
    /// What it is called, if it is here under this id and says something else.
    pub(super) fn called_if_different(
        &self,
        state: &mut State,
        id: DocumentId,
    ) -> Result<Option<String>, Error> {
        let Some(row) = state.active(id)?.filter(has_content) else { return Ok(None) };
        let here = match row.kind {
            DocumentKind::Reflection => {
                let reflection = reflections::view(state, id)?.reflection;
                (reflection.title.clone(), reflection.text())
            }
            DocumentKind::ChangeProject => {
                let project = projects::view(state, id)?.project;
                (project.title.clone(), project.text())
            }
            _ => return Ok(None),
        };
        Ok((here != self.words).then(|| self.words.0.clone()))
    }

    pub(super) const fn is_project(&self) -> bool {
        matches!(self.new, NewDocument::ChangeProject { .. })
    }
}

/// A reflection of a file in which a text had so many characters at most.
pub(super) fn reflection(
    facts: &Facts,
    one: ReflectionOfFile,
    text_chars: u64,
) -> Result<NewCopy, Error> {
    let ReflectionOfFile { id, reflection, drafts } = one;
    let words = (reflection.title.clone(), reflection.text());
    let created_at = reflection.created_at;
    // A copy was shared by another account.
    // Its files come after it, each once it was checked.
    let (copies, attachments) = (BTreeMap::new(), Items::new());
    let reflection = Reflection { copies, attachments, ..reflection };
    let unwritable = |error| Error::internal("reading an export back").because(error);
    let said = serde_json::to_vec(&reflection).map_err(unwritable)?;
    let said = Some(files::hash(&said));
    let new = NewDocument::Reflection { owner: facts.person.id, reflection };
    let (id, drafts) = (id_here(facts, id), DraftOfFile::too_long(drafts, text_chars));
    Ok(NewCopy { id, new, edits: Vec::new(), created_at, drafts, words, said })
}

pub(super) fn project(facts: &Facts, one: ProjectOfFile, text_chars: u64) -> NewCopy {
    let ProjectOfFile { id, project, drafts, .. } = one;
    let words = (project.title.clone(), project.text());
    let moved = ItemId::from_bytes(derived(MOVED, facts.person.id, id.as_bytes()));
    let edits = project.edits(moved).into_iter().map(Edit::ChangeProject).collect();
    let ChangeProject { title, topic, setting, created_at, .. } = project;
    let new = NewDocument::ChangeProject { owner: facts.person.id, title, topic, setting };
    let (id, drafts) = (id_here(facts, id), DraftOfFile::too_long(drafts, text_chars));
    NewCopy { id, new, edits, created_at, drafts, words, said: None }
}

/// What the first change of a document follows from that is read back, beside what it says.
fn seed_of(id: DocumentId) -> Sha256 {
    files::hash(id.as_bytes())
}

/// The id of a document in this account.
fn id_here(facts: &Facts, before: DocumentId) -> DocumentId {
    id::of_document(facts.person.id, before)
}

/// Refuses what would be refused if it were typed.
pub(super) fn check(facts: &Facts, document: &NewCopy) -> Result<(), Error> {
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
pub(super) fn write(state: &mut State, facts: &Arc<Facts>, document: NewCopy) -> Result<(), Error> {
    let NewCopy { id, new, edits, created_at, drafts, said, .. } = document;
    let account_key = facts.account_key()?;
    let key = said.map(|said| account_key.imported_key(id, &said)).transpose()?;
    let identity = Identity { id, key, created_at };
    let seed = said.map(|_| seed_of(id));
    let created = create::prepare_at(state, facts, &new, (identity, created_at, seed))?;
    let edited = match created.new_row().filter(|_| !edits.is_empty()) {
        Some(row) => {
            let target = Target { facts: Arc::clone(facts), row: row.clone() };
            edits::prepare_edits(state, &target, &[EditsOf { base: None, edits: &edits }])?
        }
        None => None,
    };
    let saved_at = state.now();
    let written = state.write(|write| {
        created.write(write)?;
        edited.iter().try_for_each(|(_, edited)| edited.write(write))?;
        drafts.into_iter().try_for_each(|draft| draft.write(write, (id, saved_at)))
    });
    if written.is_err() {
        state.forget(id);
    }
    written
}
