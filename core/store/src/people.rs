//! People, what they may do with which document, and what they have seen.

use std::{fmt::Display, str::FromStr};

use enhance_model::{
    DeviceId, DocumentId, Person, PersonId, PersonRole, Right, Round, Standing, Timestamp, Version,
};
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, unreadable},
};

sql::word_columns!(Standing);

/// What a person may do with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    pub document: DocumentId,
    pub person: PersonId,
    /// What they may do; once they take part, if they are only invited.
    pub right: Right,
    /// How they stand to it.
    pub standing: Standing,
    pub since: Timestamp,
    /// Whether the server has said so. If not, it was granted here and the server does not know.
    pub confirmed: bool,
}

/// What a person has seen of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRow {
    pub document: DocumentId,
    pub person: PersonId,
    pub at: Timestamp,
    /// The version they saw.
    pub version: Version,
}

impl StoreReader {
    /// The person with this id, if the server has told of them.
    pub fn person(&self, person: PersonId) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT * FROM person WHERE id = ?1";
        sql::first(&self.connection, "reading people", sql, [person.as_bytes()], person_row)
    }

    /// Every person this device has heard of, by name.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        let sql = "SELECT * FROM person ORDER BY name, id";
        sql::all(&self.connection, "reading people", sql, [], person_row)
    }

    /// Who may do what with a document, who is invited to, and who did not want to or does not any
    /// more, longest first.
    pub fn members(&self, document: DocumentId) -> Result<Vec<GrantRow>, StoreError> {
        let sql = "SELECT * FROM access WHERE document = ?1 ORDER BY since, person";
        sql::all(&self.connection, "reading members", sql, [document.as_bytes()], grant)
    }

    /// What was noted of a person and a document.
    pub fn member(
        &self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<Option<GrantRow>, StoreError> {
        let sql = "SELECT * FROM access WHERE document = ?1 AND person = ?2";
        let key = params![document.as_bytes(), person.as_bytes()];
        sql::first(&self.connection, "reading members", sql, key, grant)
    }

    /// The greatest round there was of a person's rights to a document.
    pub fn round(
        &self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<Option<Round>, StoreError> {
        let sql = "SELECT rank FROM access_round WHERE document = ?1 AND person = ?2";
        let key = params![document.as_bytes(), person.as_bytes()];
        let read = |row: &Row<'_>| column(row, "rank");
        let rank = sql::first(&self.connection, "reading members", sql, key, read)?;
        Ok(rank.map(Round::from_rank))
    }

    /// Who has seen a document, last first.
    pub fn seen(&self, document: DocumentId) -> Result<Vec<SeenRow>, StoreError> {
        let sql = "SELECT * FROM seen WHERE document = ?1 ORDER BY at DESC, person";
        sql::all(&self.connection, "reading who has seen it", sql, [document.as_bytes()], seen)
    }
}

impl Write<'_> {
    /// Adds a person, or notes what is new about them.
    pub fn put_person(&mut self, person: &Person) -> Result<(), StoreError> {
        let sql = "INSERT INTO person (id, name, roles, devices) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, roles = excluded.roles, devices = excluded.devices";
        let devices = person.devices.iter().map(DeviceId::to_string).collect::<Value>().to_string();
        let roles = person.roles.iter().map(PersonRole::to_string).collect::<Value>().to_string();
        let values = params![person.id.as_bytes(), person.name, roles, devices];
        self.run("saving a person", sql, values)?;
        self.changes.touch(Topic::People);
        Ok(())
    }

    /// Notes what a person may do with a document.
    pub fn put_grant(&mut self, grant: &GrantRow) -> Result<(), StoreError> {
        self.require_active(grant.document)?;
        let sql = "INSERT INTO access (document, person, right, since, confirmed, standing)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (document, person) DO UPDATE SET
            right = excluded.right, since = excluded.since, confirmed = excluded.confirmed,
            standing = excluded.standing";
        let (right, since) = (grant.right.as_str(), grant.since.as_millis());
        let (document, person) = (grant.document.as_bytes(), grant.person.as_bytes());
        let standing = grant.standing.as_str();
        let values = params![document, person, right, since, grant.confirmed, standing];
        self.run("saving a member", sql, values)?;
        self.changes.touch_document(Topic::Members, grant.document);
        Ok(())
    }

    /// Notes that a person may do nothing with a document any more.
    pub fn remove_grant(
        &mut self,
        document: DocumentId,
        person: PersonId,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM access WHERE document = ?1 AND person = ?2";
        self.run("removing a member", sql, params![document.as_bytes(), person.as_bytes()])?;
        self.changes.touch_document(Topic::Members, document);
        Ok(())
    }

    /// Notes the round of a person's rights to a document, whatever was noted before.
    pub fn set_round(
        &mut self,
        document: DocumentId,
        person: PersonId,
        round: Option<Round>,
    ) -> Result<(), StoreError> {
        let (document, person) = (document.as_bytes(), person.as_bytes());
        let Some(round) = round else {
            let sql = "DELETE FROM access_round WHERE document = ?1 AND person = ?2";
            return self.run("noting a round", sql, params![document, person]).map(drop);
        };
        let sql = "INSERT INTO access_round (document, person, rank) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET rank = excluded.rank";
        let values = params![document, person, integer(round.rank())];
        self.run("noting a round", sql, values).map(drop)
    }

    /// Notes what a person has seen of a document. An older report never replaces a newer one.
    pub fn put_seen(&mut self, seen: &SeenRow) -> Result<(), StoreError> {
        self.require_active(seen.document)?;
        let sql = "INSERT INTO seen (document, person, at, version) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (document, person) DO UPDATE
            SET at = excluded.at, version = excluded.version WHERE excluded.at >= seen.at";
        let (document, person) = (seen.document.as_bytes(), seen.person.as_bytes());
        let values = params![document, person, seen.at.as_millis(), seen.version.to_string()];
        self.run("noting who has seen it", sql, values)?;
        self.changes.touch_document(Topic::Status, seen.document);
        Ok(())
    }
}

fn person_row(row: &Row<'_>) -> Result<Person, StoreError> {
    person(row, column(row, "id")?)
}

/// The person in a row that has their columns, whatever their id is called there.
pub(crate) fn person(row: &Row<'_>, id: PersonId) -> Result<Person, StoreError> {
    Ok(Person {
        id,
        name: column(row, "name")?,
        roles: parsed(row, "roles")?,
        devices: parsed(row, "devices")?,
    })
}

/// The values in a column that holds a JSON array of texts.
fn parsed<T: FromStr<Err: Display>>(
    row: &Row<'_>,
    name: &'static str,
) -> Result<Vec<T>, StoreError> {
    let json: String = column(row, name)?;
    let texts: Vec<String> =
        serde_json::from_slice(json.as_bytes()).map_err(|error| unreadable(name, error))?;
    texts.iter().map(|text| text.parse().map_err(|error| unreadable(name, error))).collect()
}

fn grant(row: &Row<'_>) -> Result<GrantRow, StoreError> {
    Ok(GrantRow {
        document: column(row, "document")?,
        person: column(row, "person")?,
        right: column(row, "right")?,
        standing: column(row, "standing")?,
        since: column(row, "since")?,
        confirmed: column(row, "confirmed")?,
    })
}

fn seen(row: &Row<'_>) -> Result<SeenRow, StoreError> {
    Ok(SeenRow {
        document: column(row, "document")?,
        person: column(row, "person")?,
        at: column(row, "at")?,
        version: column(row, "version")?,
    })
}
