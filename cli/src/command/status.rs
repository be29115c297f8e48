//! `enhance status`: how this home stands, or one document of it.

use enhance_client::{
    Account, DocumentStatus, Error, LearningCore, PackState, PrivateAccess, Reader, StageCounts,
    SyncState,
};
use enhance_model::{DocumentId, RefusalCode};
use serde::Serialize;

use super::pack;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    output::Sheet,
    when::when,
};

const EXAMPLES: &str = "\
Examples:
  enhance status
  enhance status 5d41c0e2
  enhance status --json | jq .counts";

/// What is saved, sent and stored; or who can see one document.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A document's id, or enough of it.
    document: Option<String>,
}

/// How this home stands.
#[derive(Serialize)]
struct HomeStatus {
    account: Account,
    sync: SyncState,
    /// Reflections, projects and copies by how far the newest of each has come.
    counts: StageCounts,
    /// Pieces of refused work not dealt with.
    quarantined: usize,
    packs: Vec<PackState>,
}

/// How one document stands.
#[derive(Serialize)]
struct OneStatus {
    document: DocumentId,
    status: DocumentStatus,
    readers: Vec<Reader>,
}

/// Says how the home stands, or one document.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    match &arguments.document {
        None => {
            let status = of_home(&core)?;
            context.output.answer(&status, |sheet| write_home(sheet, &status))?;
        }
        Some(typed) => {
            let document = documents::any(&core, typed)?;
            let (status, readers) = (core.status(document)?, core.readers(document)?);
            let status = OneStatus { document, status, readers };
            context.output.answer(&status, |sheet| write_one(sheet, &status))?;
        }
    }
    Ok(Exit::Done)
}

fn of_home(core: &LearningCore) -> Result<HomeStatus, Failure> {
    let account = core.account()?.ok_or(Error::NotEnrolled)?;
    Ok(HomeStatus {
        account,
        sync: core.sync_state()?,
        counts: core.stages()?,
        quarantined: core.quarantined()?.len(),
        packs: core.packs()?,
    })
}

fn write_home(sheet: &mut Sheet, status: &HomeStatus) {
    let HomeStatus { account, sync, counts, quarantined, packs } = status;
    sheet
        .field("You are", format!("{} ({})", account.person.name, account.person.roles_in_words()));
    sheet.field("Your id", account.person.id.to_string());
    sheet.field("Server", &account.server);
    let private = match account.private_access {
        PrivateAccess::Open => "open on this device",
        PrivateAccess::RecoveryKeyNeeded => "closed: enhance enrol --recovery-key -",
    };
    sheet.field("Private", private);
    let last = sync.last_success.map_or_else(|| "never".to_owned(), when);
    sheet.field("Last exchange", last);
    if let (Some(error), Some(at)) = (&sync.last_error, sync.failed_at) {
        sheet.field("Last failure", format!("{}: {error}", when(at)));
    }
    sheet.field("Waiting", waiting(sync));
    if sync.held_documents > 0 {
        let held = sync.held_documents;
        sheet.field("Held up", format!("{held} too large for the way; what else waits goes on"));
    }
    if sync.attachments > 0 {
        let (stored, all) = (sync.attachments_stored, sync.attachments);
        let refused = match sync.attachments_refused {
            0 => String::new(),
            refused => format!("; {refused} refused: enhance attachments ID says why"),
        };
        sheet.field("Attachments", format!("{stored} of {all} stored by the server{refused}"));
    }
    let StageCounts { saved, sent, stored } = counts;
    sheet.field("Documents", format!("{saved} saved here, {sent} sent, {stored} stored"));
    sheet.field("Quarantine", quarantined.to_string());
    for pack in packs {
        sheet.field("Pack", pack::line(pack));
    }
    if let Some((command, why)) = way_back(sync.last_error.as_ref()) {
        sheet.next(command, why);
    } else if *quarantined > 0 {
        sheet.next("enhance quarantine", "read what the server refused");
    } else if sync.waiting_entries > 0 || sync.last_success.is_none() {
        sheet.next("enhance sync", "exchange with the server");
    }
}

/// What leads on where syncing again leads nowhere.
const fn way_back(error: Option<&Error>) -> Option<(&'static str, &'static str)> {
    match error {
        Some(Error::SignInNeeded) => {
            Some(("enhance enrol CODE", "go on with a new invitation; ask for one"))
        }
        Some(Error::Refused { code: RefusalCode::HasLeft, .. }) => {
            Some(("enhance export --help", "take along what you wrote"))
        }
        _ => None,
    }
}

fn waiting(sync: &SyncState) -> String {
    let (entries, documents) = (sync.waiting_entries, sync.waiting_documents);
    let of =
        if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") };
    format!("{entries} to be stored by the server, of {of}")
}

fn write_one(sheet: &mut Sheet, status: &OneStatus) {
    documents::write_status(sheet, &status.status);
    sheet.heading("Who can see it");
    documents::write_readers(sheet, status.document, &status.readers);
}
