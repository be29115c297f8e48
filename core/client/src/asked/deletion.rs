//! Deleting a document for ever.

use enhance_model::{DocumentId, DocumentKind, Person};
use enhance_store::{DocumentRow, Origin, StoreReader};

use super::{members, sharing, sign_offs::keeping};
use crate::{
    error::Error,
    state::{State, attachments},
    writing::{entries, target::Target},
};

/// Deletes a document for ever, unless it is a project that others can read.
pub(crate) fn delete(state: &mut State, id: DocumentId) -> Result<(), Error> {
    let target = check(state, id)?;
    destroy(state, &target, false)
}

/// The same where its copies were taken back before, which this person's other devices are told.
pub(super) fn delete_after_copies(state: &mut State, id: DocumentId) -> Result<(), Error> {
    let target = check(state, id)?;
    destroy(state, &target, true)
}

/// Refuses to delete a project that others can read.
pub(super) fn check(state: &mut State, id: DocumentId) -> Result<Target, Error> {
    let target = Target::of(state, id)?;
    if target.facts.is_me(target.row.owner) && target.row.kind == DocumentKind::ChangeProject {
        let readers = others(state.store(), &target.row)?;
        if !readers.is_empty() {
            return Err(Error::StillRead { readers });
        }
    }
    Ok(target)
}

/// Who can read a document beside its owner.
pub(super) fn others(store: &StoreReader, row: &DocumentRow) -> Result<Vec<Person>, Error> {
    let members = members::of(store, row)?.into_iter();
    let others = members.filter(|one| one.takes_part() && one.person.id != row.owner);
    Ok(others.map(|member| member.person).collect())
}

/// Deletes a project for ever, whoever can read it.
pub(crate) fn delete_for_everybody(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    destroy(state, &target, false)
}

/// Deletes a document for ever, and tells the server.
fn destroy(state: &mut State, target: &Target, with_copies: bool) -> Result<(), Error> {
    let id = target.row.id;
    if !target.facts.is_me(target.row.owner) {
        return Err(Error::not_allowed("only its owner can delete a document"));
    }
    if target.row.kind == DocumentKind::PersonalRecord {
        return Err(Error::not_allowed("the personal record goes with the account"));
    }
    if target.row.kind == DocumentKind::SignOff {
        let why = "what was signed stays as it is; sign again, and the new one takes its place";
        return Err(Error::not_allowed(why));
    }
    if target.row.kind == DocumentKind::SignOffRequest {
        keeping::keep_answers(state, &target.row)?;
    }
    let at = state.now();
    // Offered even if the server is not known to have it: an answer may have been lost.
    let deletion = entries::deletion(state, target, with_copies)?;
    let note = match target.row.kind {
        DocumentKind::SharedReflection => sharing::without_copy(state, id)?,
        _ => None,
    };
    let comments = state.store().documents_about(id)?;
    state.write_to_make_room(|write| {
        write.delete_document(id)?;
        for document in comments {
            write.purge_document(document.id)?;
        }
        write.put_entry(&deletion, Origin::Here { at })?;
        note.iter().try_for_each(|note| note.write(write))
    })?;
    state.forget(id);
    match attachments::sweep(state) {
        // They are found again at the next opening.
        Err(Error::StorageFull) => Ok(()),
        swept => swept,
    }
}
