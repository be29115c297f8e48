//! Each writer's part of a plan: no member fills it up for the others ([`enhance_model::room`]).

use enhance_model::{DocumentKind, RefusalCode, room::Room};

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    Write,
    documents::DocumentRow,
    parts::{self, Part},
};

/// What of a change comes when half of the plan is used up already, of each bound by itself.
///
/// Refuses what is more than there is room for its sender, who does not own the plan.
pub(super) fn late(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    change: Part,
) -> Result<Part, Objection> {
    let person = terms.sender.person;
    if document.kind != DocumentKind::ChangeProject || person == document.owner {
        return Ok(Part::default());
    }
    let operations = parts::of_all(write.db, document.id)?.operations;
    let own = parts::late(write.db, document.id, person)?;
    let room = |bound, used, part, more| Room { bound, used: used + more, part: part + more };
    let limits = &terms.limits;
    let [changes, bytes, operations] = [
        room(limits.document_changes, document.changes, own.changes, change.changes),
        room(limits.document_bytes, document.bytes, own.bytes, change.bytes),
        room(terms.operations, operations, own.operations, change.operations),
    ];
    let fits = [changes, bytes, operations].into_iter().all(Room::fits_member);
    if !(fits || terms.proven) {
        return Err(RefusalCode::PartFull.into());
    }
    let late = |room: Room, more| if room.is_late() { more } else { 0 };
    Ok(Part {
        changes: late(changes, change.changes),
        bytes: late(bytes, change.bytes),
        operations: late(operations, change.operations),
    })
}
