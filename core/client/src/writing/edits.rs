//! Edits, and drafts that are settled, become changes of their document.

use enhance_documents::{Change, Edit, operations_within};
use enhance_model::{Timestamp, Version};

use super::{
    drafts::{self, DraftField, DraftView},
    entries,
    pending::PendingWrite,
    target::Target,
    too_long,
};
use crate::{
    error::Error,
    state::{State, open_document::size_of, parts, projection::DocumentProjection},
};

/// Edits of what a screen showed.
pub(crate) struct EditsOf<'a> {
    /// The version the screen showed; none for the document as it stands.
    pub(crate) base: Option<&'a Version>,
    pub(crate) edits: &'a [Edit],
}

/// Edits a document and writes it. Without any change nothing is written.
///
/// A draft of a field that is written here gives way to it. What is returned is the version of a
/// screen that goes on showing what was typed into it; one that reads the document again shows
/// that and everything that arrived.
pub(crate) fn edit(
    state: &mut State,
    target: &Target,
    base: Option<&Version>,
    edits: &[Edit],
) -> Result<Version, Error> {
    let change = prepare_edits(state, target, &[EditsOf { base, edits }])?;
    let (version, pending) = match (change, base) {
        (Some((version, pending)), _) => (version, Some(pending)),
        (None, Some(base)) => (base.clone(), None),
        (None, None) => (state.document(&target.row)?.version(), None),
    };
    let written: Vec<DraftField> = edits.iter().filter_map(DraftField::of).collect();
    let mut replaced = drafts::of(state.store(), target.row.id)?;
    replaced.retain(|draft| written.contains(&draft.field));
    if pending.is_some() || !replaced.is_empty() {
        write(state, target, pending.as_ref(), &replaced)?;
    }
    Ok(version)
}

/// Makes the drafts of a document part of it, each merged with what arrived since it was typed.
///
/// A draft of something that is not in the document, or not any more, stays a draft. So does one
/// that is too long: the others are settled, and the error that comes after that names its field.
pub(crate) fn settle(
    state: &mut State,
    target: &Target,
    mut drafts: Vec<DraftView>,
) -> Result<Version, Error> {
    if drafts.is_empty() {
        return Ok(target.row.version.clone());
    }
    let now = state.now();
    let too_long = too_long::take_out(state, target, &mut drafts)?;
    let document = state.document(&target.row)?;
    drafts::retain_fitting(document, &mut drafts, now);
    drafts::retain_asked(document, &mut drafts)?;
    let groups = drafts::groups(document, &drafts)?;
    let groups: Vec<EditsOf<'_>> = groups
        .iter()
        .map(|group| EditsOf { base: Some(&group.base), edits: &group.edits })
        .collect();
    let (version, pending) = match prepare_edits(state, target, &groups)? {
        Some((version, pending)) => (version, Some(pending)),
        None => (target.row.version.clone(), None),
    };
    if pending.is_some() || !drafts.is_empty() {
        write(state, target, pending.as_ref(), &drafts)?;
    }
    too_long.map_or(Ok(version), Err)
}

fn write(
    state: &mut State,
    target: &Target,
    pending: Option<&PendingWrite>,
    replaced: &[DraftView],
) -> Result<(), Error> {
    state.write(|write| {
        for draft in replaced {
            write.remove_draft(target.row.id, &draft.field.to_string())?;
        }
        pending.iter().try_for_each(|pending| pending.write(write))
    })?;
    Ok(())
}

/// Edits a document in memory and prepares what is to be written; nothing if nothing changed.
pub(crate) fn prepare_edits(
    state: &mut State,
    target: &Target,
    groups: &[EditsOf<'_>],
) -> Result<Option<(Version, PendingWrite)>, Error> {
    let mut edits = groups.iter().flat_map(|group| group.edits);
    edits.try_for_each(|edit| too_long::check(state, target, edit))?;
    let prepared = apply(state, target, groups);
    if prepared.is_err() {
        // The document in memory may have some of the edits, and the database never will.
        state.forget(target.row.id);
    }
    prepared
}

fn apply(
    state: &mut State,
    target: &Target,
    groups: &[EditsOf<'_>],
) -> Result<Option<(Version, PendingWrite)>, Error> {
    let now = state.now();
    let is_up_to_date = state.is_up_to_date(&target.row)?;
    let most = operations_within(target.facts.limits().change_bytes);
    let document = state.document(&target.row)?;
    let is_of_row = is_up_to_date && document.version() == target.row.version;
    let (mut changes, mut heads) = (Vec::new(), Vec::new());
    for group in groups {
        let made = document.edit_in_parts(group.base, group.edits, (now, most))?;
        heads.extend(made.last().map(|change| change.hash));
        changes.extend(made);
    }
    if changes.is_empty() {
        return Ok(None);
    }
    // What the screen showed and what was typed into it, and nothing that arrived meanwhile:
    // what is typed next must not take away what was never shown.
    let version = Version::new(heads);
    let edits = groups.iter().flat_map(|group| group.edits);
    let written = if is_of_row { edits.map(parts::written_by).collect() } else { None };
    let pending = prepare(state, target, changes, (now, written))?;
    Ok(Some((version, pending)))
}

/// Prepares changes that are in the document in memory already. The parts of its row that they
/// changed are named if the rest of it is known to be as it was.
pub(crate) fn prepare(
    state: &mut State,
    target: &Target,
    changes: Vec<Change>,
    (now, written): (Timestamp, Option<Vec<String>>),
) -> Result<PendingWrite, Error> {
    let randomness = state.environment().randomness.clone();
    let opened = state.opened(&target.row)?;
    let sealing = (&mut opened.chain, opened.key.as_ref());
    let made = entries::of_changes(target, changes, sealing, &*randomness)?;
    opened.grow(size_of(&made));
    target.facts.limits().check_document(opened.size.changes, opened.size.bytes)?;
    let (version, content) = (opened.document.version(), opened.document.standing()?);
    let (row, facts) = (&target.row, &target.facts);
    let shown = DocumentProjection::changed(row, &content, version, (now, written), facts)?;
    Ok(PendingWrite { new: None, entries: made, shown, at: now })
}
