//! Making a document known.

use enhance_model::{DocumentId, DocumentKind, RefusalCode, Right};
use enhance_protocol::{Create, Offer};

use super::judge::{Judge, No};
use crate::storage::{
    Write, access,
    documents::{self, DocumentRow},
};

/// A wrapped document key is under a hundred bytes; this leaves room for other ways to wrap it.
const WRAPPED_KEY_BYTES: usize = 512;

pub(super) fn store(
    judge: &Judge,
    write: &mut Write<'_>,
    offer: &Offer,
    known: Option<DocumentRow>,
) -> Result<u64, No> {
    let create: Create = Judge::read(offer)?;
    let new = DocumentRow {
        id: offer.document,
        kind: create.kind,
        owner: judge.sender.person,
        about: create.about,
        creation: offer.hash,
        bytes: 0,
        changes: 0,
        deleted: false,
    };
    if let Some(known) = known {
        return Err(compared(&known, &new));
    }
    if create.kind.is_sealed() != create.wrapped_key.is_some() {
        return Err(RefusalCode::WrongSealing.into());
    }
    if create.wrapped_key.is_some_and(|key| key.len() > WRAPPED_KEY_BYTES) {
        return Err(RefusalCode::Malformed.into());
    }
    match (create.kind, create.about) {
        (DocumentKind::Comments, Some(plan)) => may_comment(judge, write, plan)?,
        (DocumentKind::Comments, None) | (_, Some(_)) => {
            return Err(RefusalCode::WrongSchema.into());
        }
        (_, None) => {}
    }
    judge.check_room(write, &new, offer)?;
    let sequence = write.next_sequence()?;
    documents::add(write.db, &new, judge.now)?;
    access::give(write.db, new.id, new.owner, Right::Own, sequence)?;
    documents::store(write, &new, &judge.entry(offer, &[], None), sequence)?;
    Ok(sequence)
}

/// A document that two devices of one person made, each without the other, is one document.
fn compared(known: &DocumentRow, new: &DocumentRow) -> No {
    let same = known.owner == new.owner && known.kind == new.kind && known.about == new.about;
    match (known.deleted, same) {
        (true, _) => RefusalCode::DocumentDeleted.into(),
        (false, true) => No::Duplicate,
        (false, false) => RefusalCode::DocumentExists.into(),
    }
}

fn may_comment(judge: &Judge, write: &Write<'_>, plan: DocumentId) -> Result<(), No> {
    let plan = documents::find(write.db, plan)?.ok_or(RefusalCode::UnknownDocument)?;
    if plan.deleted {
        return Err(RefusalCode::DocumentDeleted.into());
    }
    if plan.kind != DocumentKind::ChangeProject {
        return Err(RefusalCode::WrongSchema.into());
    }
    let access = access::find(write.db, plan.id, judge.sender.person)?;
    if access.is_some_and(|access| access.right >= Right::Comment) {
        Ok(())
    } else {
        Err(RefusalCode::NotGranted.into())
    }
}
