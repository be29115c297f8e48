//! What a person is typing: kept at every pause, and part of the document once it is settled.

use enhance_model::{DocumentId, Right, Version};
use enhance_store::Draft;

use crate::{
    error::Error,
    state::State,
    writing::{
        drafts::{self, DraftField},
        edits,
        target::Target,
        too_long, typed_twice,
    },
};

/// Keeps what a person is typing.
pub(crate) fn autosave(
    state: &mut State,
    document: DocumentId,
    field: &DraftField,
    base: &Version,
    text: &str,
) -> Result<(), Error> {
    let target = Target::writable(state, document, field.kind())?;
    let draft = Draft {
        document,
        field: field.to_string(),
        base: base.clone(),
        text: text.to_owned(),
        saved_at: state.now(),
    };
    let checked = too_long::check_typed(state, &target, (field, text));
    state.write(|write| {
        write.put_draft(&draft)?;
        // It stays a draft for a while, and is to be found meanwhile.
        if checked.is_err() { Ok(write.mark_unindexed(document)?) } else { Ok(()) }
    })?;
    checked
}

/// Makes what was typed part of the document.
pub(crate) fn settle(state: &mut State, document: DocumentId) -> Result<Version, Error> {
    let target = Target::of(state, document)?;
    let drafts = drafts::of(state.store(), document)?;
    if !drafts.is_empty() {
        target.require(state, Right::Edit, "changing this document")?;
    }
    let settled = edits::settle(state, &target, drafts);
    if let Err(error) = typed_twice::remove(state, &[document]) {
        tracing::warn!(%document, %error, "what was only typed may stand twice");
    }
    settled
}
