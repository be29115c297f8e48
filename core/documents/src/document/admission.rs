//! Letting changes from the network into a document, through the gate.

use std::sync::Arc;

use automerge::{AutoCommit, Change};
use enhance_model::{DeviceId, DocumentKind, PersonId, RefusalCode};

use super::Document;
use crate::{
    DocumentError,
    engine::{guarded, inner_hash},
    gate::{Admission, AdmissionRules, Catalogue, Ruling},
    schema::Identity,
};

impl Document {
    /// Admits changes from the network to this document.
    pub fn admit(&mut self, changes: &[impl AsRef<[u8]>], rules: &AdmissionRules<'_>) -> Admission {
        let mut catalogue = match self.catalogue() {
            Ok(catalogue) => catalogue,
            Err(code) => return Admission::refused(changes.len(), code),
        };
        let mut admission = Arc::make_mut(&mut catalogue).admit(changes, rules);
        match with_admitted(&self.doc, changes, &admission) {
            Ok(Some(doc)) => (self.doc, self.catalogue) = (doc, Some(catalogue)),
            Ok(None) => self.catalogue = Some(catalogue),
            Err(_) => unload(&mut admission),
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
        let mut catalogue = Catalogue::new(Some(Identity { kind, owner }));
        let mut admission = catalogue.admit(changes, rules);
        let made = with_admitted(&AutoCommit::new(), changes, &admission);
        let document = made.and_then(|doc| doc.map(|doc| Self::around(doc, author)).transpose());
        let document = document.unwrap_or_else(|_| {
            unload(&mut admission);
            None
        });
        let catalogue = Some(Arc::new(catalogue));
        (document.map(|document| Self { catalogue, ..document }), admission)
    }

    /// What its operations made, as far as it stands now.
    fn catalogue(&mut self) -> Result<Arc<Catalogue>, RefusalCode> {
        let mut catalogue =
            self.catalogue.take().unwrap_or_else(|| Arc::new(Catalogue::new(Some(self.identity))));
        let known: Vec<_> = catalogue.heads().into_iter().map(inner_hash).collect();
        let made_since = self.doc.get_changes(&known);
        if !made_since.is_empty() {
            let catalogue = Arc::make_mut(&mut catalogue);
            for change in made_since {
                catalogue.take(change.raw_bytes())?;
            }
        }
        Ok(catalogue)
    }
}

/// A document with the changes that were admitted; none if there are none.
///
/// The gate has judged them, so that the engine takes them; should it not, the document that they
/// were to become part of stays as it was.
fn with_admitted(
    doc: &AutoCommit,
    changes: &[impl AsRef<[u8]>],
    admission: &Admission,
) -> Result<Option<AutoCommit>, DocumentError> {
    let findings = admission.findings.iter().zip(changes);
    let admitted = findings.filter(|(finding, _)| finding.ruling == Ruling::Admitted);
    let admitted: Vec<&[u8]> = admitted.map(|(_, bytes)| bytes.as_ref()).collect();
    if admitted.is_empty() {
        return Ok(None);
    }
    let unreadable = |reason: String| DocumentError::Unreadable { reason };
    let mut copy = doc.clone();
    guarded(|| {
        let changes = admitted.into_iter().map(Change::try_from).collect::<Result<Vec<_>, _>>();
        let changes = changes.map_err(|error| unreadable(error.to_string()))?;
        copy.apply_changes(changes).map_err(|error| unreadable(error.to_string()))
    })??;
    Ok(Some(copy))
}

fn unload(admission: &mut Admission) {
    for finding in &mut admission.findings {
        if finding.ruling == Ruling::Admitted {
            finding.ruling = Ruling::Rejected(RefusalCode::Unloadable);
        }
    }
}
