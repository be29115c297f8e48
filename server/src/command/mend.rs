//! `mend`: a document that cannot be read as a whole any more is taken on from what can.

use std::io;

use clap::Args;
use enhance_documents::{Ends, Piece, ends_of, try_whole};
use enhance_model::{DocumentId, Epoch, counted};
use rusqlite::{Connection, TransactionBehavior};

use super::{arguments::DataFolder, error::CommandError};
use crate::{
    storage::{
        Folder, StorageError, audit,
        audit::{Action, Event},
        documents::{self, DocumentRow},
        folds::{self, WholeFold},
        mend::{self, Sorting, StoredChange},
        schema,
    },
    surroundings::{Surroundings, random},
};

/// Take a document on from what can be read of it. Stop the server first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server mend --data /srv/enhance
  enhance-server mend --data /srv/enhance 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c

Without a document it lists those that are frozen: a fault was found in them, and they take no
further change. Changes that spoil the document are set aside and kept in the database; all others
stay. Phones then compare what they have with what is here and offer again what is missing: what
cannot be taken stays readable on the phone of whoever wrote it.")]
pub struct Mend {
    #[command(flatten)]
    folder: DataFolder,
    /// The document, as `enhance-server audit` shows it.
    document: Option<DocumentId>,
}

impl Mend {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        let Some(document) = self.document else {
            return list(&schema::open_to_read(&folder.database())?, out);
        };
        let _lock = folder.lock()?;
        let mut db = schema::open(&folder.database())?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let row = documents::find(&transaction, document)?.filter(|row| !row.deleted);
        let row = row.filter(|row| !row.kind.is_sealed()).ok_or_else(|| {
            CommandError::advice(format!("there is no document {document} that can be read here"))
        })?;
        let fold = folds::whole(&transaction, document)?;
        let Mending { sorting, ends } =
            sorted(&row, fold.as_ref(), mend::changes(&transaction, document)?)?;
        if sorting.aside.is_empty() && row.frozen_at == 0 {
            writeln!(out, "{document} can be read as it is: there is nothing to mend.")?;
            return Ok(());
        }
        let (now, aside) = (surroundings.now(), sorting.aside.len());
        let epoch = Epoch::new(now, random(surroundings));
        mend::mend(&transaction, (&row, fold.as_ref()), (&sorting, &ends), (epoch, now))?;
        let all = row.folded + (sorting.good.len() + aside) as u64;
        let event = Event::of_server(Action::Mend, format!("{aside} of {all} changes set aside"));
        audit::add(&transaction, Event { document: Some(document), ..event }, now)?;
        transaction.commit()?;
        let good = all - aside as u64;
        let good = counted(good, "change");
        let were = if aside == 1 { "was" } else { "were" };
        writeln!(out, "{document} goes on with {good}; {aside} {were} set aside.")?;
        writeln!(out, "Start the server again.")?;
        Ok(())
    }
}

fn list(db: &Connection, out: &mut dyn io::Write) -> Result<(), CommandError> {
    let frozen = mend::frozen(db)?;
    if frozen.is_empty() {
        writeln!(out, "No document is frozen.")?;
    }
    for row in frozen {
        writeln!(out, "{}  {}  {}", row.id, row.kind, counted(row.changes, "change"))?;
    }
    Ok(())
}

/// What becomes of each change, and what the good ones end in.
struct Mending {
    sorting: Sorting,
    ends: Ends,
}

/// Finds the changes that are good together. Those that are not are found by halves, so that a few
/// among many cost a few openings each.
fn sorted(
    row: &DocumentRow,
    fold: Option<&WholeFold>,
    changes: Vec<StoredChange>,
) -> Result<Mending, StorageError> {
    let snapshot = fold.map(WholeFold::snapshot).transpose()?;
    let folded = usize::try_from(row.folded).unwrap_or(usize::MAX);
    let piece = snapshot.as_ref().map(|snapshot| Piece { snapshot, changes: folded });
    let mut sorting = Sorting::default();
    let mut waiting = vec![changes];
    while let Some(mut some) = waiting.pop() {
        let together: Vec<&[u8]> =
            sorting.good.iter().chain(&some).map(|change| change.body.as_slice()).collect();
        let is_good =
            together.is_empty() || try_whole(row.kind, row.creator, piece, &together).is_ok();
        if is_good {
            sorting.good.append(&mut some);
        } else if some.len() == 1 {
            sorting.aside.append(&mut some);
        } else {
            let later = some.split_off(some.len() / 2);
            waiting.push(later);
            waiting.push(some);
        }
    }
    let good: Vec<&[u8]> = sorting.good.iter().map(|change| change.body.as_slice()).collect();
    let ends = ends_of(piece, &good)
        .map_err(|error| StorageError::Broken(format!("what is good of {}: {error}", row.id)))?;
    Ok(Mending { sorting, ends })
}
