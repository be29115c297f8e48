//! A person's own record, as screens read it.

use enhance_model::{DocumentId, DocumentKind, personal_record::PersonalRecord};
use enhance_store::StoreReader;

use crate::{
    error::Error,
    state::{facts::Facts, rows},
};

/// The record as it was shown last; empty where there is none yet.
pub(super) fn of(store: &StoreReader, facts: &Facts) -> Result<PersonalRecord, Error> {
    let Some(id) = document_of(store, facts)? else { return Ok(PersonalRecord::default()) };
    Ok(rows::shown_if_any(store, id)?.map(|(_, record)| record).unwrap_or_default())
}

/// The document that this person's record is in.
pub(super) fn document_of(store: &StoreReader, facts: &Facts) -> Result<Option<DocumentId>, Error> {
    let records = store.documents(DocumentKind::PersonalRecord)?;
    Ok(records.into_iter().find(|row| facts.is_me(row.owner)).map(|row| row.id))
}
