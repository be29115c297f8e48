//! What a person has on the server: what they own, and what others shared with them.

use std::io;

use enhance_model::{Claim, DeviceId, DocumentId, DocumentKind, Person, PersonId};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::{Value, json};

use super::super::error::CommandError;
use crate::storage::{StorageError, claims, documents, people};

/// Lines of each kind that are said to a person; all of them are in the JSON.
const SAID: usize = 20;

/// A plan that the person owns.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OwnedProject {
    pub(super) document: DocumentId,
    /// The others who may read it.
    members: Vec<String>,
    /// Whom it is offered to already, who has not answered.
    offered_to: Option<String>,
    /// Whom it was offered to last, if they did not want it.
    declined_by: Option<String>,
}

impl OwnedProject {
    /// Whether somebody else works on it.
    pub(super) const fn is_shared(&self) -> bool {
        !self.members.is_empty()
    }

    /// Who else works on it, and what became of offering it.
    fn in_words(&self) -> String {
        let mut words = match self.members.as_slice() {
            [] => "read by nobody else".to_owned(),
            members => format!("with {}", members.join(", ")),
        };
        if let Some(name) = &self.offered_to {
            words = format!("{words}; offered to {name}, who has not answered");
        }
        if let Some(name) = &self.declined_by {
            words = format!("{words}; {name} declined it");
        }
        words
    }
}

/// Something that was shared with the person, whose owner alone can share it with somebody else.
#[derive(Debug, Clone, Serialize)]
struct Held {
    document: DocumentId,
    kind: DocumentKind,
    owner: PersonId,
    owner_name: String,
}

/// What a person has here.
#[derive(Debug, Clone)]
pub(super) struct Holdings {
    /// Devices that are not signed out.
    devices: Vec<DeviceId>,
    pub(super) projects: Vec<OwnedProject>,
    /// What else they own that the server can read, by kind: copies, comments, sign-offs.
    pub(super) plain: Vec<(DocumentId, DocumentKind)>,
    /// What they own that only their own devices can read.
    sealed: u64,
    held: Vec<Held>,
}

impl Holdings {
    pub(super) fn of(db: &Connection, person: &Person) -> Result<Self, StorageError> {
        let mut holdings = Self {
            devices: Vec::new(),
            projects: Vec::new(),
            plain: Vec::new(),
            sealed: 0,
            held: held(db, person.id)?,
        };
        for device in &person.devices {
            let known = people::device(db, *device)?;
            holdings.devices.extend(known.filter(|it| !it.is_signed_out).map(|_| *device));
        }
        for (document, kind) in owned(db, person.id)? {
            match kind {
                DocumentKind::ChangeProject => {
                    holdings.projects.push(owned_project(db, document, person.id)?);
                }
                kind if kind.is_sealed() => holdings.sealed += 1,
                kind => holdings.plain.push((document, kind)),
            }
        }
        Ok(holdings)
    }

    /// How many documents of theirs only their own devices can read.
    pub(super) const fn sealed(&self) -> u64 {
        self.sealed
    }

    /// All of it in words, as it is or would be dealt with.
    pub(super) fn say(
        &self,
        heir: Option<&Person>,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        writeln!(out, "  devices signed out: {}", self.devices.len())?;
        let to = heir.map_or("nobody yet", |heir| heir.name.as_str());
        writeln!(out, "  plans offered to {to}: {}", self.projects.len())?;
        for project in self.projects.iter().take(SAID) {
            writeln!(out, "    {}  {}", project.document, project.in_words())?;
        }
        let plain = self.plain.len();
        writeln!(
            out,
            "  copies, comments and sign-offs of theirs, which stay with their readers: {plain}"
        )?;
        writeln!(
            out,
            "  sealed documents, which only their own devices can read and export: {}",
            self.sealed
        )?;
        writeln!(
            out,
            "  shared with them, which only the owners can share anew: {}",
            self.held.len()
        )?;
        for held in self.held.iter().take(SAID) {
            writeln!(out, "    {}  {}  of {}", held.document, held.kind, held.owner_name)?;
        }
        Ok(())
    }

    /// All of it for scripts.
    pub(super) fn as_json(&self, person: &Person, heir: Option<&Person>, done: bool) -> Value {
        json!({
            "done": done,
            "person": person.id,
            "name": person.name,
            "plans_to": heir.map(|heir| heir.id),
            "devices": self.devices,
            "plans": self.projects,
            "plain": self.plain.len(),
            "sealed": self.sealed,
            "held": self.held,
        })
    }
}

fn owned_project(
    db: &Connection,
    document: DocumentId,
    owner: PersonId,
) -> Result<OwnedProject, StorageError> {
    let row = documents::find(db, document)?;
    let now = row.map(|row| claims::ownership(db, &row)).transpose()?;
    let name = |claim: Option<Claim>| -> Result<Option<String>, StorageError> {
        let person = claim.map(|claim| people::person(db, claim.to)).transpose()?.flatten();
        Ok(person.map(|person| person.name))
    };
    Ok(OwnedProject {
        document,
        members: members(db, document, owner)?,
        offered_to: name(now.as_ref().and_then(|now| now.offer))?,
        declined_by: name(now.as_ref().and_then(|now| now.declined))?,
    })
}

fn owned(
    db: &Connection,
    person: PersonId,
) -> Result<Vec<(DocumentId, DocumentKind)>, StorageError> {
    let sql = "SELECT id, kind FROM document WHERE owner = ?1 AND deleted_at = 0 ORDER BY id";
    rows(db, sql, person)
}

fn rows(
    db: &Connection,
    sql: &str,
    person: PersonId,
) -> Result<Vec<(DocumentId, DocumentKind)>, StorageError> {
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query(params![person.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get("kind")?;
        let kind = word.parse().map_err(|_| StorageError::Broken(format!("a kind: {word}")))?;
        found.push((DocumentId::from_bytes(row.get("id")?), kind));
    }
    Ok(found)
}

fn members(
    db: &Connection,
    document: DocumentId,
    owner: PersonId,
) -> Result<Vec<String>, StorageError> {
    let mut statement = db.prepare(
        "SELECT name FROM grant_row JOIN person ON person.id = grant_row.person
         WHERE document = ?1 AND person <> ?2 ORDER BY name",
    )?;
    let names = statement
        .query_map(params![document.as_bytes(), owner.as_bytes()], |each| each.get("name"))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn held(db: &Connection, person: PersonId) -> Result<Vec<Held>, StorageError> {
    let sql = "SELECT document.id, document.kind FROM grant_row
               JOIN document ON document.id = grant_row.document
               WHERE grant_row.person = ?1 AND document.owner <> ?1 AND document.deleted_at = 0
               ORDER BY document.owner, document.id";
    let mut held = Vec::new();
    for (document, kind) in rows(db, sql, person)? {
        let sql = "SELECT person.id, person.name FROM document
                   JOIN person ON person.id = document.owner WHERE document.id = ?1";
        let (owner, owner_name) = db.query_row(sql, [document.as_bytes()], |each| {
            Ok((PersonId::from_bytes(each.get("id")?), each.get("name")?))
        })?;
        held.push(Held { document, kind, owner, owner_name });
    }
    Ok(held)
}
