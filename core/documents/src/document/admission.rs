//! Letting changes from the network into a document, through the gate.

use automerge::AutoCommit;
use enhance_model::{DeviceId, DocumentKind, PersonId};

use super::Document;
use crate::{
    gate::{self, Admission, AdmissionRules},
    schema::Identity,
};

impl Document {
    /// Admits changes from the network to this document.
    pub fn admit(&mut self, changes: &[impl AsRef<[u8]>], rules: &AdmissionRules<'_>) -> Admission {
        let (doc, admission) = gate::judge(&self.doc, changes, rules, None);
        if admission.admitted_any() {
            self.doc = doc;
        }
        admission
    }

    /// Admits the changes of a document that is not here yet. There is a document afterwards if the
    /// change that creates one of this kind and owner was among them.
    pub fn admit_new(
        kind: DocumentKind,
        owner: PersonId,
        changes: &[impl AsRef<[u8]>],
        author: DeviceId,
        rules: &AdmissionRules<'_>,
    ) -> (Option<Self>, Admission) {
        let nothing = AutoCommit::new();
        let expected = Identity { kind, owner };
        let (doc, admission) = gate::judge(&nothing, changes, rules, Some(expected));
        let document = admission.admitted_any().then(|| Self::around(doc, author).ok()).flatten();
        (document, admission)
    }
}
