//! Answers that are kept in the record of who asked for them: those that were read back from an
//! export, and those whose request was taken back. What somebody answered stays readable.

use enhance_model::{
    DocumentId, DocumentKind, ItemId, PersonId,
    personal_record::{EvidenceSource, KeptSignOff, RecordItem},
    sign_off::{PublicKey, SignOff},
};
use enhance_store::DocumentRow;

use super::{
    paper::SignOffPaper,
    views::{self, SignOffView},
};
use crate::{
    asked::{export::id::derived, record},
    error::Error,
    state::State,
};

/// What ids of kept sign-offs follow from.
const KEPT: &[u8] = b"enhance kept sign-off 1\0";

/// What a sign-off is kept as in the record of a person, under the id it has there. None if that
/// would be larger than so many characters.
pub(in crate::asked) fn kept_in(
    here: PersonId,
    (title, paper): (&str, &SignOffPaper),
    most_chars: usize,
) -> Result<Option<(ItemId, KeptSignOff)>, Error> {
    let of = paper.sign_off.subject.document.map(EvidenceSource::Document);
    let id = ItemId::from_bytes(derived(KEPT, here, paper.id.as_bytes()));
    let paper = paper.to_record()?;
    let is_small = paper.chars().count() <= most_chars;
    Ok(is_small.then(|| (id, KeptSignOff { title: title.to_owned(), paper, of })))
}

/// Keeps the answers to a request that is about to go, in the record of who asked. Nothing if it was
/// somebody else who did, or if they are kept already.
pub(in crate::asked) fn keep_answers(state: &mut State, row: &DocumentRow) -> Result<(), Error> {
    let facts = state.facts()?;
    let about = state.store().documents_about(row.id)?;
    let is_answered = about.iter().any(|row| row.kind == DocumentKind::SignOff);
    if !is_answered || !facts.is_me(row.owner) {
        return Ok(());
    }
    let request = views::view(&mut state.screen(), row.id)?;
    let publisher_key = PublicKey::from_bytes(facts.publisher_key);
    let most_chars = usize::try_from(facts.limits().text_chars).unwrap_or(usize::MAX);
    let standing = record::read(state)?;
    let is_known = |id: &ItemId| {
        standing.kept_sign_offs.contains_key(id) || standing.taken_back.contains_key(id)
    };
    let mut keeping: Vec<(ItemId, KeptSignOff)> = Vec::new();
    for SignOffView { id, sign_off, signer_role, .. } in request.answers {
        let signed: (DocumentId, SignOff, String) = (id, sign_off, request.request.text.clone());
        let made = (state.now(), publisher_key);
        let paper = SignOffPaper::of(signed, signer_role.placements, made);
        let kept = kept_in(facts.person.id, (&request.request.title, &paper), most_chars)?;
        let too_large = "an answer to it is too large to be kept, and would be lost; export it, \
                         and leave the request as it is";
        let kept = kept.ok_or_else(|| Error::not_allowed(too_large))?;
        if !is_known(&kept.0) {
            keeping.push(kept);
        }
    }
    // One at a time: a change of several could be too large to send.
    for (id, kept) in keeping {
        record::edit_as_it_was(state, &kept.adding(id))?;
    }
    Ok(())
}
