//! `leaver`: a person leaves the programme, and what they leave behind finds its way.

mod export;
mod holdings;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;
use enhance_model::{ItemId, Person, Timestamp, counted};
use rusqlite::Connection;
use serde_json::json;

use self::{
    export::WouldExport,
    holdings::{Holdings, OwnedProject},
};
use super::{
    arguments::{DataFolder, require_outside},
    error::CommandError,
    json::write_json,
    people::in_bytes,
    who,
};
use crate::{
    exchange::offer_for_organisation,
    storage::{
        Write, audit,
        audit::{Action, Event},
        documents, invitations, people, write_beside,
    },
    surroundings::{Surroundings, random},
};

/// Say goodbye to a person: their devices are signed out, their roles end, their plans are offered
/// to whom you name, and their own work is exported for them first. Without --yes it says what it
/// would do, and does nothing. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server leaver --data /srv/enhance 'Asha Rao' --plans-to 'Dr Lee'
  enhance-server leaver --data /srv/enhance 'Asha Rao' --plans-to 'Dr Lee' \\
    --export-to /srv/leavers/asha --dry-run
  enhance-server leaver --data /srv/enhance 'Asha Rao' --plans-to 'Dr Lee' \\
    --export-to /srv/leavers/asha --yes

A plan is its new owner's once they accept it in the app; until then it stays as it is. Copies that
the person shared stay with whom they were shared with. Copies that were shared with the person are
named with their owners: only those can share them with somebody else. What is sealed cannot be
read by the server: the person exports it on their own phone, before they leave.
Said again of somebody who left, with another --plans-to, it offers the plans anew.
`enhance-server role give` takes a person back.")]
pub struct Leaver {
    #[command(flatten)]
    folder: DataFolder,
    /// The person: an id, or the whole name of one person.
    #[arg(value_name = "PERSON")]
    who: String,
    /// Whom their plans are offered to.
    #[arg(long = "plans-to", value_name = "PERSON")]
    projects_to: Option<String>,
    /// A folder for what they wrote; must be empty or not be there yet.
    #[arg(long, value_name = "DIR")]
    export_to: Option<PathBuf>,
    /// Do it, and do not only say what would be done.
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,
    /// Go through all of it as --yes would, list each document that would be exported and each plan
    /// with whom it would be offered to, and change nothing. --export-to may be left out.
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    json: bool,
}

impl Leaver {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let (folder, mut db) = self.folder.open()?;
        self.export_to.as_deref().map_or(Ok(()), |to| require_outside(to, &folder))?;
        let leaving = who::overview(&db, &self.who)?;
        let (person, is_gone) = (leaving.person, leaving.left_at.is_some());
        let heir = self.heir(&db, &person)?;
        if is_gone && heir.is_none() {
            let sentence = format!(
                "{} has left already; with --plans-to what they own is offered to another",
                person.name
            );
            return Err(CommandError::advice(sentence));
        }
        let holdings = Holdings::of(&db, &person)?;
        if !self.yes && !self.dry_run {
            return self.say(&person, heir.as_ref(), (&holdings, None), out);
        }
        if heir.is_none() && holdings.projects.iter().any(OwnedProject::is_shared) {
            let sentence = format!(
                "{} owns plans that others work on: say with --plans-to who is to have them; \
                 nothing was done",
                person.name
            );
            return Err(CommandError::advice(sentence));
        }
        if self.dry_run {
            let exported = export::would_write(&db, &holdings, self.export_to.as_deref())?;
            return self.say(&person, heir.as_ref(), (&holdings, Some(exported)), out);
        }
        let exported = match &self.export_to {
            Some(to) => Some(export::write(&db, &person, &holdings, to)?),
            None if is_gone => None,
            None => {
                let sentence = "say with --export-to where what they wrote is to be kept for \
                                them; nothing was done";
                return Err(CommandError::advice(sentence));
            }
        };
        let now = surroundings.now();
        write_beside(&mut db, |write| {
            if let Some(exported) = exported {
                let event = Event::of_server(Action::Export, counted(exported, "document"));
                audit::add(write.db, Event { subject: Some(person.id), ..event }, now)?;
            }
            if let Some(heir) = &heir {
                hand_on(write, &holdings, heir, (surroundings, now))?;
            }
            if is_gone { Ok(()) } else { end(write, &person, now) }
        })?;
        folder.tell_server()?;
        self.say_done(&person, heir.as_ref(), (&holdings, exported), out)
    }

    /// Whom the plans are offered to.
    fn heir(&self, db: &Connection, person: &Person) -> Result<Option<Person>, CommandError> {
        let Some(typed) = &self.projects_to else { return Ok(None) };
        let heir = who::overview(db, typed)?;
        if heir.left_at.is_some() || heir.person.id == person.id {
            let sentence = format!("{} cannot take plans over", heir.person.name);
            return Err(CommandError::advice(sentence));
        }
        Ok(Some(heir.person))
    }

    /// What would be done.
    fn say(
        &self,
        person: &Person,
        heir: Option<&Person>,
        (holdings, exported): (&Holdings, Option<Vec<WouldExport>>),
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        if self.json {
            let mut said = holdings.as_json(person, heir, false);
            if let (Some(exported), Some(said)) = (exported, said.as_object_mut()) {
                said.insert("would_export".to_owned(), json!(exported));
            }
            return write_json(out, &said);
        }
        writeln!(out, "{} ({}) would leave:", person.name, person.roles_in_words())?;
        holdings.say(heir, out)?;
        if let Some(exported) = exported {
            say_exported(&exported, self.export_to.as_deref(), out)?;
        }
        writeln!(out, "Nothing was done. With --yes and --export-to DIR it is.")?;
        Ok(())
    }

    fn say_done(
        &self,
        person: &Person,
        heir: Option<&Person>,
        (holdings, exported): (&Holdings, Option<usize>),
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        if self.json {
            return write_json(out, &holdings.as_json(person, heir, true));
        }
        writeln!(out, "{} has left:", person.name)?;
        holdings.say(heir, out)?;
        if let (Some(to), Some(exported)) = (&self.export_to, exported) {
            let size = in_bytes(size_of(to));
            writeln!(
                out,
                "{} ({size}), in {}: give it to them.",
                counted(exported, "document"),
                to.display()
            )?;
        }
        if let Some(heir) = heir.filter(|_| !holdings.projects.is_empty()) {
            writeln!(out, "Next: {} syncs and accepts what is offered.", heir.name)?;
        }
        Ok(())
    }
}

/// Each document that would be exported.
fn say_exported(
    exported: &[WouldExport],
    to: Option<&Path>,
    out: &mut dyn io::Write,
) -> Result<(), CommandError> {
    let to = to.map_or_else(String::new, |to| format!(" to {}", to.display()));
    let readable = exported.iter().filter(|one| one.readable).count();
    writeln!(out, "  documents exported{to}: {readable}")?;
    for WouldExport { document, kind, title, readable } in exported {
        let unread = if *readable { "" } else { " (cannot be opened; the server keeps it)" };
        writeln!(out, "    {kind}-{document}  {title}{unread}")?;
    }
    Ok(())
}

/// Offers the plans to another.
fn hand_on(
    write: &mut Write<'_>,
    holdings: &Holdings,
    heir: &Person,
    (surroundings, now): (&dyn Surroundings, Timestamp),
) -> Result<(), CommandError> {
    for project in &holdings.projects {
        let Some(document) = documents::find(write.db, project.document)? else { continue };
        let id = ItemId::new(now, random(surroundings));
        offer_for_organisation(write, &document, (heir.id, id), now)?;
    }
    Ok(())
}

/// Ends what a person is and has here: their devices, what they could join with, their roles.
fn end(write: &mut Write<'_>, person: &Person, now: Timestamp) -> Result<(), CommandError> {
    let subject = Some(person.id);
    for device in &person.devices {
        if people::sign_out(write.db, *device, now)? {
            let event = Event::of_server(Action::SignOut, device.to_string());
            audit::add(write.db, Event { subject, ..event }, now)?;
        }
    }
    invitations::withdraw_of(write.db, person.id, now)?;
    people::leave(write, person.id, now)?;
    let event = Event { subject, ..Event::of_server(Action::Leave, "") };
    Ok(audit::add(write.db, event, now)?)
}

/// Bytes of the files in a folder.
fn size_of(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|it| it.len()).sum()
}
