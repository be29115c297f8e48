//! Each writer's part of a plan: no member fills it up for the others ([`enhance_model::room`]).

use enhance_model::{DocumentKind, RefusalCode, room::Room};

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    Write,
    documents::DocumentRow,
    parts::{self, Part},
};

/// Refuses what is more than there is room for its sender, who does not own the plan.
pub(super) fn check(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    change: Part,
) -> Result<(), Objection> {
    let person = terms.sender.person;
    let is_shared_out = document.kind == DocumentKind::ChangeProject;
    if terms.proven || !is_shared_out || person == document.owner {
        return Ok(());
    }
    let (all, own) =
        (parts::of_all(write.db, document.id)?, parts::of(write.db, document.id, person)?);
    let room = |bound, used, part, more| Room { bound, used: used + more, part: part + more };
    let limits = &terms.limits;
    let rooms = [
        room(limits.document_changes, document.changes, own.changes, change.changes),
        room(limits.document_bytes, document.bytes, own.bytes, change.bytes),
        room(terms.operations, all.operations, own.operations, change.operations),
    ];
    if rooms.into_iter().all(Room::fits_member) {
        Ok(())
    } else {
        Err(RefusalCode::PartFull.into())
    }
}
