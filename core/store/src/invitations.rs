//! Plans this person is invited to, whose documents are not here.

use enhance_model::{DocumentId, DocumentKind, EntryHash, PersonId, Right, Timestamp};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, nullable, unreadable},
};

/// An invitation to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    pub document: DocumentId,
    pub inviter: PersonId,
    /// What this person may do once they accept.
    pub right: Right,
    /// Its number among the rounds of this person's rights to the plan.
    pub round: u32,
    /// The entry it is, which an acceptance names.
    pub entry: EntryHash,
    /// What the plan is called, as the inviter's device says.
    pub title: String,
    /// How many bytes it has, as the inviter's device says.
    pub bytes: u64,
    /// Server clock when it came.
    pub came_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// What this person answered; none while it waits.
    pub answer: Option<InvitationAnswer>,
}

/// What a person answered to an invitation that is still kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationAnswer {
    /// The plan comes with the next exchange.
    Accepted,
    /// The inviter is to send nothing more.
    DeclinedForGood,
}

impl InvitationAnswer {
    const ALL: [Self; 2] = [Self::Accepted, Self::DeclinedForGood];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::DeclinedForGood => "declined_for_good",
        }
    }
}

impl sql::Column for InvitationAnswer {
    type Raw = String;

    fn from_raw(raw: String) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.as_str() == raw)
    }
}

const READING: &str = "reading invitations";
const SAVING: &str = "noting an invitation";

impl StoreReader {
    /// The invitations that are kept, newest first.
    pub fn invitations(&self) -> Result<Vec<InvitationRow>, StoreError> {
        let sql = "SELECT * FROM invitation ORDER BY came_at DESC, document DESC";
        sql::all(&self.connection, READING, sql, [], invitation)
    }

    /// The invitation to a document.
    pub fn invitation(&self, document: DocumentId) -> Result<Option<InvitationRow>, StoreError> {
        let sql = "SELECT * FROM invitation WHERE document = ?1";
        sql::first(&self.connection, READING, sql, [document.as_bytes()], invitation)
    }
}

impl Write<'_> {
    /// Notes an invitation, in the place of the one before to the same document.
    pub fn put_invitation(&mut self, invitation: &InvitationRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO invitation
            (document, inviter, right, round, title, bytes, came_at, expires_at, answer, entry)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (document) DO UPDATE SET inviter = excluded.inviter,
            right = excluded.right, round = excluded.round, title = excluded.title,
            bytes = excluded.bytes, came_at = excluded.came_at,
            expires_at = excluded.expires_at, answer = excluded.answer,
            entry = excluded.entry";
        let InvitationRow { document, inviter, right, round, title, bytes, .. } = invitation;
        let values = params![
            document.as_bytes(),
            inviter.as_bytes(),
            right.as_str(),
            round,
            title,
            integer(*bytes),
            invitation.came_at.as_millis(),
            invitation.expires_at.as_millis(),
            invitation.answer.map(InvitationAnswer::as_str),
            invitation.entry.as_bytes()
        ];
        self.run(SAVING, sql, values)?;
        self.changes.touch_document(Topic::Members, *document);
        Ok(())
    }

    /// Forgets an invitation, whether it was answered or not.
    pub fn remove_invitation(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let sql = "DELETE FROM invitation WHERE document = ?1";
        if self.run(SAVING, sql, [document.as_bytes()])? > 0 {
            self.changes.touch_document(Topic::Members, document);
        }
        Ok(())
    }

    /// Makes room for what this person says of a plan that is not here: the answer to an
    /// invitation belongs to it.
    pub fn put_absent_document(
        &mut self,
        document: DocumentId,
        kind: DocumentKind,
        owner: PersonId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO document
            (id, kind, owner, about, created_at, state, version, creator, shown)
            VALUES (?1, ?2, ?3, NULL, ?4, 'revoked', x'', ?3, -1)";
        let values = params![document.as_bytes(), kind.as_str(), owner.as_bytes(), at.as_millis()];
        self.run("saving a document", sql, values).map(drop)
    }
}

fn invitation(row: &Row<'_>) -> Result<InvitationRow, StoreError> {
    Ok(InvitationRow {
        document: column(row, "document")?,
        inviter: column(row, "inviter")?,
        right: column(row, "right")?,
        round: u32::try_from(column::<u64>(row, "round")?)
            .map_err(|error| unreadable("round", error))?,
        entry: column(row, "entry")?,
        title: column(row, "title")?,
        bytes: column(row, "bytes")?,
        came_at: column(row, "came_at")?,
        expires_at: column(row, "expires_at")?,
        answer: nullable(row, "answer")?,
    })
}
