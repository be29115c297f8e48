//! Opening what came while the account key was missing.

use enhance_model::{DocumentKind, Timestamp};
use enhance_store::DocumentRow;

use super::judge::{Intake, judge, unreadable, wrapped_key};
use crate::{
    error::Error,
    keys::AccountKey,
    state::{
        State,
        facts::{self, Facts},
        projection::DocumentProjection,
    },
};

/// Opens everything private that came while the account key was missing, and keeps the key.
pub(crate) fn private_documents(
    state: &mut State,
    facts: &Facts,
    account_key: &AccountKey,
) -> Result<(), Error> {
    let now = state.now();
    let mut opened = Vec::new();
    for kind in DocumentKind::ALL.into_iter().filter(|kind| kind.is_sealed()) {
        for row in state.store().documents(kind)? {
            if state.store().document_key(row.id)?.is_none() {
                opened.extend(unlock(state, facts, row, account_key, now)?);
            }
        }
    }
    state.write(|write| {
        facts::write_account_key(write, account_key)?;
        opened.iter().try_for_each(|intake| intake.write(write))
    })
}

fn unlock(
    state: &State,
    facts: &Facts,
    row: DocumentRow,
    account_key: &AccountKey,
    now: Timestamp,
) -> Result<Option<Intake>, Error> {
    let store = state.store();
    let wrapped = wrapped_key(store, row.id)?;
    let Some(key) = wrapped.and_then(|wrapped| account_key.unwrap(&wrapped, row.id)) else {
        tracing::warn!(document = %row.id, "the account key does not open this document's key");
        return Ok(None);
    };
    let newest = store.links(row.id)?.iter().filter_map(|link| link.received_at).max();
    let entries = store.tail(row.id)?.entries;
    let judgement = judge(facts, &row, Some(&key), entries, None);
    let shown = match judgement.document {
        None => None,
        Some(mut document) => {
            let (version, content) = (document.version(), document.content()?);
            let updated_at = newest.unwrap_or(row.created_at);
            Some(DocumentProjection::new(&row, &content, version, updated_at, facts)?)
        }
    };
    let refused = judgement.refused.into_iter();
    let quarantined = refused.map(|(entry, code)| (unreadable(&row, code, now), entry)).collect();
    Ok(Some(Intake {
        row,
        key: Some(key),
        accepted: Vec::new(),
        shown,
        catalogue: None,
        quarantined,
        folded: Vec::new(),
    }))
}
