//! Plain changes, which passed the admission gate before they come here.

use std::collections::BTreeSet;

use enhance_documents::{ChangeHeader, Ruling};
use enhance_model::{
    DocumentId, DocumentKind, EntryHash, LimitExceeded, PersonId, RefusalCode, Right,
};
use rusqlite::Connection;

use super::judge::{Judge, No};
use crate::storage::{
    StorageError, Write, access,
    documents::{self, ActorRow, DocumentRow},
};

/// Whether somebody may change a plain document at all.
pub(super) fn may_change(
    db: &Connection,
    person: PersonId,
    document: &DocumentRow,
) -> Result<bool, StorageError> {
    let needed = match document.kind {
        DocumentKind::ChangeProject => Right::Edit,
        // One's own comments, for as long as one may comment on the plan.
        DocumentKind::Comments if document.owner == person => Right::Comment,
        DocumentKind::SharedReflection => Right::Own,
        _ => return Ok(false),
    };
    let access = access::find(db, document.scope(), person)?;
    Ok(access.is_some_and(|access| access.right >= needed))
}

/// Stores the change at this place of the request. `moved` are the documents of which changes of
/// the same request were stored already.
pub(super) fn store(
    judge: &Judge,
    write: &mut Write<'_>,
    place: usize,
    document: &DocumentRow,
    moved: &BTreeSet<DocumentId>,
) -> Result<u64, No> {
    let offer = judge.offers.get(place).ok_or(RefusalCode::Malformed)?;
    if document.kind.is_sealed() {
        return Err(RefusalCode::WrongSealing.into());
    }
    if !may_change(write.db, judge.sender.person, document)? {
        return Err(RefusalCode::NotGranted.into());
    }
    if document.kind == DocumentKind::SharedReflection && document.changes > 0 {
        return Err(RefusalCode::Immutable.into());
    }
    judge.check_room(write, document, offer)?;
    let report = judge.reports.get(&document.id).ok_or(No::Again)?;
    if !moved.contains(&document.id) && document.changes != report.changes {
        return Err(No::Again);
    }
    let finding = report.findings.get(&place).ok_or(No::Again)?;
    let Some(change) = &finding.change else {
        return Err(rejected(judge, &finding.ruling));
    };
    if EntryHash::from(change.hash) != offer.hash {
        return Err(RefusalCode::WrongHash.into());
    }
    if finding.ruling != Ruling::Admitted {
        return Err(rejected(judge, &finding.ruling));
    }
    let deps: Vec<EntryHash> = change.deps.iter().copied().map(EntryHash::from).collect();
    check_followers(write, document, change, &deps)?;
    let sequence = write.next_sequence()?;
    let actor = change.actor.to_vec();
    let row = ActorRow { actor, device: judge.sender.device, last: change.seq };
    documents::set_actor(write.db, document.id, &row)?;
    documents::store(write, document, &judge.entry(offer, &deps, None), sequence)?;
    Ok(sequence)
}

/// The gate let a change in behind another one of the same request. If that one was not stored
/// after all, this one has to wait for it.
fn check_followers(
    write: &Write<'_>,
    document: &DocumentRow,
    change: &ChangeHeader,
    deps: &[EntryHash],
) -> Result<(), No> {
    let missing = documents::missing(write.db, document.id, deps)?;
    let last = documents::actor_last(write.db, document.id, &change.actor)?;
    if missing.is_empty() && change.seq == last + 1 { Ok(()) } else { Err(No::Missing(missing)) }
}

fn rejected(judge: &Judge, ruling: &Ruling) -> No {
    match ruling {
        // In the words in which the phone would have said it.
        Ruling::Rejected(RefusalCode::TextTooLong) => {
            LimitExceeded::Text { limit: judge.limits.text_chars }.into()
        }
        Ruling::Rejected(code) => (*code).into(),
        Ruling::MissingDependencies(missing) => {
            No::Missing(missing.iter().copied().map(EntryHash::from).collect())
        }
        // The same change earlier in this request was not stored, so this one is not either.
        Ruling::Admitted | Ruling::Duplicate => No::Missing(Vec::new()),
    }
}
