//! Who wrote what, and when.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ObjId, ReadDoc, ScalarValueRef, ValueRef};
use enhance_model::{ChangeHash, DeviceId, Timestamp, Version};

use super::Document;
use crate::{
    DocumentError, TextField,
    engine::{device_of, outer_hash},
    schema::{
        self,
        view::{BETWEEN_TEXTS, View},
    },
};

/// One change in the history of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryChange {
    pub hash: ChangeHash,
    /// The device that made it; none only in documents that no gate has seen.
    pub author: Option<DeviceId>,
    /// When, by that device's clock, to the second.
    pub at: Timestamp,
    /// The changes it was made after.
    pub deps: Vec<ChangeHash>,
    /// The document with this change and all those listed before it.
    pub version: Version,
}

/// A piece of a text and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthoredSpan {
    /// The device it was written on; none only in documents that no gate has seen.
    pub author: Option<DeviceId>,
    pub text: String,
}

impl Document {
    /// Every change, oldest first, in the same order on every device.
    pub fn history(&mut self) -> Vec<HistoryChange> {
        let mut changes: Vec<_> = self
            .doc
            .get_changes_meta(&[])
            .into_iter()
            .map(automerge::ChangeMetadata::into_owned)
            .collect();
        // Operations are numbered so that a change's are higher than those of all it depends on.
        changes.sort_by_key(|change| (change.start_op, change.max_op, change.hash));
        let mut heads = BTreeSet::new();
        changes
            .into_iter()
            .map(|change| {
                let deps: Vec<_> = change.deps.iter().copied().map(outer_hash).collect();
                heads.retain(|head| !deps.contains(head));
                let hash = outer_hash(change.hash);
                heads.insert(hash);
                HistoryChange {
                    hash,
                    author: device_of(&self.doc, &change.actor),
                    at: Timestamp::from_unix_millis(change.timestamp.saturating_mul(1_000)),
                    deps,
                    version: Version::new(heads.iter().copied().collect()),
                }
            })
            .collect()
    }

    /// Who wrote which part of a text. The parts together are the text.
    pub fn text_authors(&self, field: &TextField) -> Result<Vec<AuthoredSpan>, DocumentError> {
        let mut spans: Vec<AuthoredSpan> = Vec::new();
        for object in self.text_objects(field) {
            if self.doc.length(&object) == 0 {
                continue;
            }
            if let Some(last) = spans.last_mut() {
                last.text.push_str(BETWEEN_TEXTS);
            }
            self.collect_spans(&object, &mut spans);
        }
        Ok(spans)
    }

    fn collect_spans(&self, object: &ObjId, spans: &mut Vec<AuthoredSpan>) {
        let view = View::now(&self.doc);
        for item in self.doc.list_range(object, ..) {
            let author = view.author(&item.id());
            let piece = match &item.value {
                ValueRef::Scalar(ScalarValueRef::Str(text)) => text.as_ref(),
                _ => "\u{fffc}",
            };
            match spans.last_mut() {
                Some(last) if last.author == author => last.text.push_str(piece),
                _ => spans.push(AuthoredSpan { author, text: piece.to_owned() }),
            }
        }
    }

    /// Who wrote each field last, by its path such as `aim/direction`. Texts that are written
    /// together have no last writer; see [`Document::text_authors`].
    pub fn field_authors(&self) -> BTreeMap<String, DeviceId> {
        let view = View::now(&self.doc).by_maps();
        let scalars = schema::scalars(&view, self.kind()).into_iter();
        scalars.filter_map(|(path, id)| Some((path, view.author(&id)?))).collect()
    }
}
