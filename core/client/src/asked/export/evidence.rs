//! What a record in an export gives as evidence: what that is in the account that it is read into,
//! and what did not come along.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{
    DocumentId,
    arcp::{documents_cited, item_in_words},
    personal_record::{EvidenceSource, PersonalRecord},
};

use super::{parsed::ExportFile, report::EvidenceLeftOut, signed::SignOffOfFile};
use crate::{error::Error, state::State};

/// Why documents of an export do not come along, as far as it says what they are.
#[derive(Default)]
pub(super) struct LeftBehind {
    why: BTreeMap<DocumentId, &'static str>,
}

impl LeftBehind {
    pub(super) fn of(file: &ExportFile) -> Self {
        let copies = file.shared_reflections.iter();
        let copies = copies.map(|copy| (copy.id, "it is a shared copy, which is shared anew"));
        let others = file.projects.iter();
        let others =
            others.map(|one| (one.id, "its owner has to invite this account to that plan"));
        let signed = file.sign_offs.iter().flat_map(SignOffOfFile::documents);
        let signed = signed.map(|id| (id, "that sign-off was not kept"));
        Self { why: copies.chain(others).chain(signed).collect() }
    }

    /// What a record gives as evidence, and the record here lacks, of which nothing is here or comes.
    pub(super) fn named(
        &self,
        state: &State,
        (record, standing): (&PersonalRecord, &PersonalRecord),
        coming: &BTreeSet<DocumentId>,
    ) -> Result<Vec<EvidenceLeftOut>, Error> {
        let mut named = Vec::new();
        for document in documents_cited(record) {
            if coming.contains(&document) || state.store().document(document)?.is_some() {
                continue;
            }
            let reason = self.why.get(&document).copied().unwrap_or("it is not in the export");
            for id in record.shown_by(EvidenceSource::Document(document)) {
                let is_here =
                    standing.noun_of(id).is_some() || standing.taken_back.contains_key(&id);
                let title = item_in_words(record, id).filter(|_| !is_here);
                named.extend(
                    title.map(|title| EvidenceLeftOut { title, reason: reason.to_owned() }),
                );
            }
        }
        for (id, link) in &record.evidence {
            let EvidenceSource::Item(item) = link.evidence else { continue };
            let is_lost = [record, standing].iter().all(|one| one.noun_of(item).is_none());
            let is_here = standing.noun_of(*id).is_some() || standing.taken_back.contains_key(id);
            let title = item_in_words(record, *id).filter(|_| is_lost && !is_here);
            let reason = "it was taken back before the export was made".to_owned();
            named.extend(title.map(|title| EvidenceLeftOut { title, reason }));
        }
        Ok(named)
    }
}

impl SignOffOfFile {
    /// The request and its answers.
    fn documents(&self) -> impl Iterator<Item = DocumentId> {
        [self.id].into_iter().chain(self.answers.iter().map(|answer| answer.id))
    }
}
