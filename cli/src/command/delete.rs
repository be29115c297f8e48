//! Deleting a document for good, whatever its kind.

use enhance_model::DocumentId;
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
};

/// Arguments of `delete`.
#[derive(Debug, clap::Args)]
pub struct DeleteArguments {
    /// The entry's id, or enough of it.
    pub id: String,
    /// Yes, for good: nobody can bring it back.
    #[arg(long, required = true)]
    yes: bool,
}

#[derive(Serialize)]
struct Deleted {
    deleted: DocumentId,
}

/// Deletes an entry for good.
pub fn delete(context: &Context, arguments: &DeleteArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let deleted = documents::any(&core, &arguments.id)?;
    core.delete(deleted)?;
    context.output.answer(&Deleted { deleted }, |sheet| {
        sheet.line(format!("Entry {} is deleted here.", short(deleted)));
        sheet.next("enhance sync", "delete it on the server and your other devices");
    })?;
    Ok(Exit::Done)
}
