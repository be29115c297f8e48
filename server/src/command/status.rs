//! `status`: how the server is, and what the operator should see to.

use std::{io, path::PathBuf};

use clap::Args;
use enhance_model::{Timestamp, counted, time::DAY_MS};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::{
    arguments::DataFolder,
    error::CommandError,
    json::{moment_if, write_json},
    people::{day, in_bytes},
};
use crate::{
    config::Config,
    space::Space,
    storage::{Folder, StorageError, invitations, people, schema},
    surroundings::Surroundings,
};

/// Days after the last backup from which it is said that there is none.
const BACKUP_DAYS: i64 = 7;
/// People whose space is nearly full that are named.
const NAMED: usize = 10;

/// Show how many people, devices and documents there are, how much room is left, and what to see to.
/// Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server status --data /srv/enhance
  enhance-server status --data /srv/enhance --config server.toml --json | jq -r '.warnings[]'")]
pub struct Status {
    #[command(flatten)]
    folder: DataFolder,
    /// The configuration of the server, whose limits are compared.
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

/// How a server is, as scripts read it.
#[derive(Debug, Serialize)]
struct Standing {
    people: usize,
    left: usize,
    devices: u64,
    open_invitations: usize,
    documents: u64,
    database_bytes: u64,
    free_bytes: u64,
    disk_bytes: u64,
    #[serde(serialize_with = "moment_if")]
    last_backup: Option<Timestamp>,
    /// What the operator should see to.
    warnings: Vec<String>,
}

impl Status {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        let config = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let db = schema::open_to_read(&folder.database())?;
        let standing = Standing::of(&db, &folder, (&config, surroundings.now()))?;
        if self.json {
            return write_json(out, &standing);
        }
        standing.say(out)
    }
}

impl Standing {
    fn of(
        db: &Connection,
        folder: &Folder,
        (config, now): (&Config, Timestamp),
    ) -> Result<Self, StorageError> {
        let everybody = people::overview(db)?;
        let here = everybody.iter().filter(|one| one.left_at.is_none());
        let space = Space::of(folder)?;
        let open = invitations::all(db)?.iter().filter(|it| it.invitation.is_open(now)).count();
        let sql = "SELECT count(*) FROM document WHERE deleted_at = 0";
        let documents: i64 = db.query_row(sql, [], |each| each.get(0))?;
        let last_backup = last_backup(db)?;
        let people = here.clone().count();
        Ok(Self {
            people,
            left: everybody.len() - people,
            devices: here.clone().map(|one| one.devices).sum(),
            open_invitations: open,
            documents: u64::try_from(documents).unwrap_or(0),
            database_bytes: space.database,
            free_bytes: space.free,
            disk_bytes: space.disk,
            last_backup,
            warnings: warnings(
                &space,
                &everybody,
                backed_up_since(db, last_backup)?,
                (config, now),
            ),
        })
    }

    fn say(&self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let Self { people, left, devices, open_invitations, documents, .. } = self;
        let devices = counted(*devices, "device");
        writeln!(out, "People: {people} here, {left} left, on {devices}")?;
        writeln!(out, "Open invitations: {open_invitations}")?;
        writeln!(out, "Documents: {documents}")?;
        let [database, free, disk] =
            [self.database_bytes, self.free_bytes, self.disk_bytes].map(in_bytes);
        writeln!(out, "Database: {database}; free: {free} of {disk}")?;
        let backup = self.last_backup.map_or_else(|| "never".to_owned(), day);
        writeln!(out, "Last backup: {backup}")?;
        for warning in &self.warnings {
            writeln!(out, "Warning: {warning}")?;
        }
        Ok(())
    }
}

fn last_backup(db: &Connection) -> Result<Option<Timestamp>, StorageError> {
    let sql = "SELECT at FROM audit WHERE action = 'backup' ORDER BY number DESC LIMIT 1";
    let at: Option<i64> = db.query_row(sql, [], |each| each.get(0)).optional()?;
    Ok(at.map(Timestamp::from_unix_millis))
}

/// From when on the days without a backup count: before the first one from when the server was
/// made.
fn backed_up_since(
    db: &Connection,
    last_backup: Option<Timestamp>,
) -> Result<Option<Timestamp>, StorageError> {
    if last_backup.is_some() {
        return Ok(last_backup);
    }
    let sql = "SELECT min(at) FROM epoch";
    let made_at: Option<i64> = db.query_row(sql, [], |each| each.get(0))?;
    Ok(made_at.map(Timestamp::from_unix_millis))
}

/// What the operator should see to.
fn warnings(
    space: &Space,
    everybody: &[people::Overview],
    backed_up_since: Option<Timestamp>,
    (config, now): (&Config, Timestamp),
) -> Vec<String> {
    let mut warnings: Vec<String> = space.warning(&config.space).into_iter().collect();
    let is_old = |at: Timestamp| at.plus_millis(BACKUP_DAYS * DAY_MS) < now;
    if !everybody.is_empty() && backed_up_since.is_none_or(is_old) {
        warnings.push(format!(
            "no backup was made for {BACKUP_DAYS} days: enhance-server backup --data DIR --to DIR"
        ));
    }
    let most = config.limits.person_bytes / 100 * u64::from(config.space.person_percent.min(100));
    let full: Vec<&str> = everybody
        .iter()
        .filter(|one| one.bytes >= most)
        .map(|one| one.person.name.as_str())
        .collect();
    if !full.is_empty() {
        let named = full.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = if full.len() > NAMED { ", ..." } else { "" };
        let (percent, count) = (config.space.person_percent, full.len());
        let people =
            if count == 1 { "1 person uses".to_owned() } else { format!("{count} people use") };
        warnings.push(format!("{people} {percent} % of their space: {named}{more}"));
    }
    warnings
}
