//! Deleting a document for good, of every kind.

use enhance_model::DocumentId;
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
};

/// What `delete` takes, for every kind of document.
#[derive(Debug, clap::Args)]
pub struct DeleteArguments {
    /// The document's id, or enough of it.
    pub id: String,
    /// Yes, for good: nobody can bring it back.
    #[arg(long, required = true)]
    yes: bool,
}

#[derive(Serialize)]
struct DeleteAnswer {
    deleted: DocumentId,
}

/// Deletes a document for good and says what is still to be done.
pub fn delete(context: &Context, arguments: &DeleteArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let deleted = documents::any(&core, &arguments.id)?;
    core.delete(deleted)?;
    answer(context, deleted)
}

/// Says that a document is deleted here, and what is still to be done.
pub fn answer(context: &Context, deleted: DocumentId) -> Result<Exit, Failure> {
    context.output.answer(&DeleteAnswer { deleted }, |sheet| {
        sheet.line(format!("Document {} is deleted here.", short(deleted)));
        sheet.next("enhance sync", "delete it on the server and your other devices");
    })?;
    Ok(Exit::Done)
}
