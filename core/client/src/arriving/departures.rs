//! Documents that leave this device, because they were deleted or are no longer shared: with what
//! only this device has of them.

use enhance_model::{DocumentId, RefusalCode, Version};
use enhance_protocol::{Delete, EntryBody, EntryKind, Pulled, Revoke};
use enhance_store::{DocumentState, Write};

use super::{
    authority,
    copies::{self, TakenBack},
    rescue::{self, Reason, Rescue},
};
use crate::{
    error::Error,
    state::{State, facts::Facts},
    writing::rights,
};

/// Documents that are to leave this device.
#[derive(Default)]
pub(crate) struct Departures {
    gone: Vec<Departure>,
    /// Copies that go with what they are of.
    copies: Vec<TakenBack>,
}

/// A document that is to leave this device.
struct Departure {
    document: DocumentId,
    for_ever: bool,
    /// What must outlive it.
    rescued: Vec<Rescue>,
}

/// The documents that go with this entry, with what only this device has of them.
pub(super) fn with(state: &mut State, pulled: &Pulled, facts: &Facts) -> Result<Departures, Error> {
    let document = pulled.offer.document;
    let for_ever = pulled.offer.kind == EntryKind::Delete;
    if !authority::counts(state.store(), facts, pulled)? {
        return Ok(Departures::default());
    }
    if let Ok(revoke) = Revoke::read(&pulled.offer.body)
        && !for_ever
        && !rights::is_taken(state.store(), document, &revoke)?
    {
        return Ok(Departures::default());
    }
    if !matches!(state.store().state(document)?, Some(DocumentState::Active)) {
        return Ok(Departures::default());
    }
    let is_mine = facts.is_me(pulled.person);
    let reason = if for_ever && is_mine {
        reason(
            RefusalCode::DocumentDeleted,
            "you deleted this on another device; what you had written here and not sent is kept \
             on this one",
        )
    } else if for_ever {
        reason(RefusalCode::DocumentDeleted, "this was deleted for ever by its owner")
    } else {
        reason(RefusalCode::NotGranted, "this is no longer shared with you")
    };
    let deletion = Delete::read(&pulled.offer.body).ok().filter(|_| for_ever);
    let with_copies = is_mine && deletion.as_ref().is_some_and(|it| it.with_copies);
    // Who deletes what is their own is done with it, whichever device they wrote it on.
    let seen = deletion.and_then(|it| it.seen).filter(|_| !is_mine);
    let why = (for_ever, seen.as_ref(), &reason);
    let copies = match state.active(document)?.filter(|_| with_copies) {
        Some(row) => copies::take_back(state, &row)?,
        None => Vec::new(),
    };
    let mut gone = Vec::new();
    for copy in &copies {
        gone.extend(about(state, copy.document, (true, None, &reason))?);
    }
    gone.extend(about(state, document, why)?);
    gone.push(departure(state, document, why)?);
    Ok(Departures { gone, copies })
}

/// What is said about a document goes with it.
fn about(
    state: &mut State,
    document: DocumentId,
    why: (bool, Option<&Version>, &Reason),
) -> Result<Vec<Departure>, Error> {
    let about = state.store().documents_about(document)?.into_iter();
    about.map(|row| departure(state, row.id, why)).collect()
}

fn departure(
    state: &mut State,
    document: DocumentId,
    (for_ever, seen, reason): (bool, Option<&Version>, &Reason),
) -> Result<Departure, Error> {
    let mut rescued = Vec::new();
    // Who deletes a document on one device has not read what they wrote on another.
    if for_ever {
        rescued = rescue::refused_before(state.store(), document, reason)?;
    }
    rescued.extend(rescue::own_words(state, document, seen, reason)?);
    Ok(Departure { document, for_ever, rescued })
}

fn reason(code: RefusalCode, explanation: &str) -> Reason {
    Reason { code, explanation: explanation.to_owned() }
}

impl Departures {
    /// Writes that they are gone, and keeps what must outlive them.
    pub(super) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        self.gone.iter().try_for_each(|gone| gone.write(write))?;
        self.copies.iter().try_for_each(|copy| copy.write(write))
    }

    /// Entries that go into the quarantine with them.
    pub(crate) fn rescued(&self) -> u64 {
        self.gone.iter().flat_map(|gone| &gone.rescued).map(Rescue::count).sum()
    }

    /// The documents that are not here any more once this is written.
    pub(crate) fn documents(&self) -> impl Iterator<Item = DocumentId> {
        let copies = self.copies.iter().map(|copy| copy.document);
        self.gone.iter().map(|gone| gone.document).chain(copies)
    }
}

impl Departure {
    fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        if self.for_ever {
            write.delete_document(self.document)?;
        } else {
            write.purge_document(self.document)?;
        }
        self.rescued.iter().try_for_each(|rescued| rescued.write(write))
    }
}
