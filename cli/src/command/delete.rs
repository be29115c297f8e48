//! Deleting a document for good, of every kind.

use enhance_client::CopyView;
use enhance_model::{DocumentId, personal_record::EvidenceSource};
use serde::Serialize;

use super::record;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
};

/// What `delete` takes, for every kind of document.
#[derive(Debug, clap::Args)]
pub struct DeleteArguments {
    /// The document's id, or enough of it.
    pub id: String,
    /// Yes, for good: nobody can bring it back.
    #[arg(long, required = true)]
    yes: bool,
    /// Also take its copies back from those who can read them; what was signed stays.
    #[arg(long)]
    with_copies: bool,
}

#[derive(Serialize)]
struct DeleteAnswer {
    deleted: DocumentId,
    /// Copies that others can still read.
    remaining: Vec<CopyView>,
    /// What in one's record it showed, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    showed: Vec<String>,
}

/// Deletes a document for good and says what remains of it and what is still to be done.
pub fn delete(context: &Context, arguments: &DeleteArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let deleted = documents::any(&core, &arguments.id)?;
    let showed = record::hanging_on(&core.record()?, EvidenceSource::Document(deleted));
    let remaining = if arguments.with_copies {
        core.delete_with_copies(deleted)?
    } else {
        // Whose it is not has no copies to show, and deleting says so.
        let copies = core.copies(deleted).unwrap_or_default();
        core.delete(deleted)?;
        copies
    };
    answer(context, deleted, remaining, showed)
}

/// Says that a document is deleted here, what remains, and what is still to be done.
pub fn answer(
    context: &Context,
    deleted: DocumentId,
    remaining: Vec<CopyView>,
    showed: Vec<String>,
) -> Result<Exit, Failure> {
    let answer = DeleteAnswer { deleted, remaining, showed };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("Document {} is deleted here.", short(deleted)));
        for sentence in &answer.showed {
            sheet.line(sentence);
        }
        sheet.next("enhance sync", "delete it on the server and your other devices");
        write_remaining(sheet, &answer.remaining);
    })?;
    Ok(Exit::Done)
}

fn write_remaining(sheet: &mut Sheet, remaining: &[CopyView]) {
    if remaining.is_empty() {
        return;
    }
    sheet.line("Copies of it remain:");
    documents::write_copies(sheet, remaining);
    for copy in remaining {
        sheet.next(&documents::taking_back(copy), "take this one back");
    }
}
