//! Documents as evidence: what they are called on a page.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, Version,
    arcp::{CitedDocument, DELETED, document_in_words, item_in_words},
    learning_log::local_day,
    personal_record::{EvidenceSource, PersonalRecord},
    sign_off::EvidenceNames,
};

/// A document as evidence. A private text is never its name: a page is for others to read.
pub(super) fn cited_of(content: &Content) -> Option<CitedDocument> {
    let on_a_day = |kind, title: &str, at| {
        let day = local_day(at);
        CitedDocument { kind, title: title.to_owned(), from: day, to: Some(day) }
    };
    match content {
        Content::Reflection(one) => {
            Some(on_a_day(DocumentKind::Reflection, &one.title, one.created_at))
        }
        Content::SharedReflection(one) => {
            Some(on_a_day(DocumentKind::SharedReflection, &one.title, one.shared_at))
        }
        Content::ChangeProject(one) => Some(CitedDocument {
            kind: DocumentKind::ChangeProject,
            title: one.title.clone(),
            from: one.start.unwrap_or_else(|| local_day(one.created_at)),
            to: one.end,
        }),
        Content::SignOffRequest(one) => {
            Some(on_a_day(DocumentKind::SignOffRequest, &one.title, one.at))
        }
        Content::SignOff(one) => Some(on_a_day(DocumentKind::SignOff, one.signer.how(), one.at)),
        Content::PersonalRecord(_) | Content::Comments(_) => None,
    }
}

/// What shows completions of a record is called, by these documents.
pub(super) fn names(
    record: &PersonalRecord,
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    deleted: &BTreeSet<DocumentId>,
) -> EvidenceNames {
    let name = |source| match source {
        EvidenceSource::Item(id) => item_in_words(record, id),
        EvidenceSource::Document(id) if deleted.contains(&id) => Some(DELETED.to_owned()),
        EvidenceSource::Document(id) => {
            let (_, content) = documents.get(&id)?;
            let cited = cited_of(content)?;
            // Texts that were signed before say no more of a sign-off than that it is one.
            let is_sign_off = cited.kind == DocumentKind::SignOff;
            let title = if is_sign_off { "" } else { cited.title.as_str() };
            Some(document_in_words(cited.kind, title))
        }
    };
    let named = record.shows_completions().into_iter();
    named.filter_map(|source| Some((source, name(source)?))).collect()
}
