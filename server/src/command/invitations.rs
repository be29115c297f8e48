//! `invitations`: which were made and what became of them, and taking some back.

use std::{collections::BTreeMap, io};

use clap::Args;
use data_encoding::HEXLOWER;
use enhance_model::{DeviceId, PersonId, PersonRole, Timestamp, folding::folded};
use rusqlite::Connection;
use serde::Serialize;

use super::{
    arguments::DataFolder,
    error::CommandError,
    json::{moment, write_json},
    people::day,
    roles::in_words,
    table,
};
use crate::{
    storage::{
        Folder, audit,
        audit::{Action, Event},
        invitations::{self, InvitationCode, InvitationId, Invitee, KnownInvitation},
        people, schema,
    },
    surroundings::Surroundings,
};

/// Show the invitations that can still be used, or take some back. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server invitations --data /srv/enhance
  enhance-server invitations --data /srv/enhance --all --json
  enhance-server invitations --data /srv/enhance --withdraw 5d0c1fa27b6e9844
  enhance-server invitations --data /srv/enhance --withdraw-for 'Asha Rao'

Codes are not kept: an invitation is spoken of by its id, or withdrawn by its code.")]
pub struct Invitations {
    #[command(flatten)]
    folder: DataFolder,
    /// Show those as well that were used, withdrawn, or are too old.
    #[arg(long)]
    all: bool,
    /// Take this one back. May be given several times; nothing is done unless all can be.
    #[arg(long, value_name = "ID or CODE", conflicts_with_all = ["all", "json"])]
    withdraw: Vec<String>,
    /// Take all back that were made for somebody new of this name.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["all", "json", "withdraw"])]
    withdraw_for: Option<String>,
    #[arg(long)]
    json: bool,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Open,
    Used,
    Withdrawn,
    Expired,
}

/// An invitation as scripts read it.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    state: State,
    /// Of whom it is for.
    name: String,
    /// Whose other device it is for; none for somebody new.
    person: Option<PersonId>,
    roles: Vec<PersonRole>,
    #[serde(serialize_with = "moment")]
    created_at: Timestamp,
    #[serde(serialize_with = "moment")]
    expires_at: Timestamp,
    used_by: Option<DeviceId>,
}

impl Invitations {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        let now = surroundings.now();
        if !self.withdraw.is_empty() || self.withdraw_for.is_some() {
            return self.withdraw(&folder, now, out);
        }
        let mut rows = rows(&schema::open_to_read(&folder.database())?, now)?;
        rows.retain(|row| self.all || row.state == State::Open);
        if self.json {
            return write_json(out, &rows);
        }
        let cells: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let headings = ["id", "for", "roles", "made", "until", "state"];
        table::write(out, &headings, &cells, "No invitation is open.")
    }

    fn withdraw(
        &self,
        folder: &Folder,
        now: Timestamp,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let mut db = schema::open(&folder.database())?;
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let rows = rows(&transaction, now)?;
        let ids = match &self.withdraw_for {
            Some(name) => named(&rows, name)?,
            None => {
                self.withdraw.iter().map(|typed| found(&rows, typed)).collect::<Result<_, _>>()?
            }
        };
        let mut names = Vec::new();
        for (id, name) in ids {
            if invitations::withdraw(&transaction, id, now)? {
                let event = Event::of_server(Action::Withdraw, HEXLOWER.encode(&id));
                audit::add(&transaction, event, now)?;
                names.push(name);
            }
        }
        transaction.commit()?;
        writeln!(out, "Withdrawn: {}. Nobody joins with it any more.", names.join(", "))?;
        writeln!(out, "`enhance-server invite` makes another one.")?;
        Ok(())
    }
}

fn rows(db: &Connection, now: Timestamp) -> Result<Vec<Row>, CommandError> {
    let names: BTreeMap<PersonId, String> =
        people::overview(db)?.into_iter().map(|one| (one.person.id, one.person.name)).collect();
    Ok(invitations::all(db)?.into_iter().map(|listed| Row::of(listed, &names, now)).collect())
}

impl Row {
    fn of(listed: KnownInvitation, names: &BTreeMap<PersonId, String>, now: Timestamp) -> Self {
        let KnownInvitation { id, invitation, created_at } = listed;
        let state = match (invitation.used_by, invitation.is_withdrawn) {
            (Some(_), _) => State::Used,
            (None, true) => State::Withdrawn,
            (None, false) if invitation.is_open(now) => State::Open,
            (None, false) => State::Expired,
        };
        let (name, person, roles) = match invitation.invitee {
            Invitee::Newcomer { name, roles } => (name, None, roles),
            Invitee::Device(person) => {
                (names.get(&person).cloned().unwrap_or_default(), Some(person), Vec::new())
            }
        };
        let (expires_at, used_by) = (invitation.expires_at, invitation.used_by);
        let id = HEXLOWER.encode(&id);
        Self { id, state, name, person, roles, created_at, expires_at, used_by }
    }
}

fn cells(row: &Row) -> Vec<String> {
    let what =
        if row.person.is_some() { "another device".to_owned() } else { in_words(&row.roles) };
    let state = match row.state {
        State::Open => "open",
        State::Used => "used",
        State::Withdrawn => "withdrawn",
        State::Expired => "too old",
    };
    let (made, until) = (day(row.created_at), day(row.expires_at));
    vec![row.id.clone(), row.name.clone(), what, made, until, state.to_owned()]
}

/// The open invitation that a word means, with whom it is for.
fn found(rows: &[Row], typed: &str) -> Result<(InvitationId, String), CommandError> {
    let typed = typed.trim();
    let by_code = typed.parse::<InvitationCode>().map(|code| HEXLOWER.encode(&code.id()));
    let wanted = typed.to_lowercase();
    let row = rows.iter().find(|row| row.id == wanted || by_code.as_ref() == Ok(&row.id));
    let row = row.ok_or_else(|| {
        let sentence = "there is no invitation with that id or code; `enhance-server invitations \
                        --all` lists them; nothing was withdrawn";
        CommandError::advice(sentence)
    })?;
    let why = match row.state {
        State::Open | State::Expired => return Ok((bytes(row), row.name.clone())),
        State::Used => "was used already; `enhance-server devices --sign-out` signs a device out",
        State::Withdrawn => "is withdrawn already",
    };
    Err(CommandError::advice(format!(
        "the invitation of {} {why}; nothing was withdrawn",
        row.name
    )))
}

/// The open invitations for somebody new of this name.
fn named(rows: &[Row], name: &str) -> Result<Vec<(InvitationId, String)>, CommandError> {
    let wanted = folded(name);
    let is_theirs = |row: &&Row| {
        row.state == State::Open && row.person.is_none() && folded(&row.name) == wanted
    };
    let found: Vec<_> =
        rows.iter().filter(is_theirs).map(|row| (bytes(row), row.name.clone())).collect();
    if found.is_empty() {
        let sentence =
            format!("no invitation is open for {:?}; nothing was withdrawn", name.trim());
        return Err(CommandError::advice(sentence));
    }
    Ok(found)
}

fn bytes(row: &Row) -> InvitationId {
    let bytes = HEXLOWER.decode(row.id.as_bytes()).unwrap_or_default();
    bytes.try_into().unwrap_or_default()
}
