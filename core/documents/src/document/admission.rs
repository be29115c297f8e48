//! Letting changes from the network into a document, through the gate.

use std::sync::Arc;

use automerge::{ActorId, AutoCommit, Change, ObjId};
use enhance_model::{ChangeHash, DeviceId, DocumentKind, PersonId, RefusalCode, Version};

use super::Document;
use crate::{
    DocumentError,
    engine::{guarded, inner_hash, load},
    gate::{Admission, AdmissionRules, Catalogue, MAX_CHANGE_BYTES, Piece, Ruling, scan},
    schema::{self, Identity, view::View},
};

impl Document {
    /// Admits changes from the network to this document. Should the engine not take what the gate
    /// let in, the document stays as it was, which costs a copy; see [`Document::taking_in`].
    pub fn admit(&mut self, changes: &[impl AsRef<[u8]>], rules: &AdmissionRules<'_>) -> Admission {
        let (document, admission) = self.lend().taking_in(changes, rules);
        if let Some(document) = document {
            *self = document;
        }
        admission
    }

    /// The document once more, to be judged on elsewhere while this one stays in use. What is known
    /// of its operations goes along, since it takes long to make anew and only an arrival asks for
    /// it.
    #[must_use]
    pub fn lend(&mut self) -> Self {
        let catalogue = self.catalogue.take();
        Self { catalogue, ..self.clone() }
    }

    /// The document with those of the changes from the network that are admitted; none if the
    /// engine did not take what the gate let in. Then it is to be opened again.
    pub fn taking_in(
        mut self,
        changes: &[impl AsRef<[u8]>],
        rules: &AdmissionRules<'_>,
    ) -> (Option<Self>, Admission) {
        let mut catalogue = match self.catalogue() {
            Ok(catalogue) => catalogue,
            Err(code) => return (Some(self), Admission::refused(changes.len(), code)),
        };
        self.tell_hashes(&mut catalogue, changes);
        let mut admission = Arc::make_mut(&mut catalogue).admit(changes, rules);
        if self.is_recalled && !admission.admitted_all() {
            // What was kept is not believed against anybody.
            self.is_recalled = false;
            catalogue = match self.catalogue() {
                Ok(catalogue) => catalogue,
                Err(code) => return (Some(self), Admission::refused(changes.len(), code)),
            };
            admission = Arc::make_mut(&mut catalogue).admit(changes, rules);
        }
        if apply(&mut self.doc, changes, &admission).is_err() {
            unload(&mut admission);
            return (None, admission);
        }
        self.catalogue = Some(catalogue);
        self.standing = self.standing.filter(|_| !admission.admitted_any());
        for (counter, actor) in &admission.written {
            let actor = ActorId::from(&actor[..]);
            self.texts.forget(&ObjId::Id(u64::from(*counter), actor, 0));
        }
        (Some(self), admission)
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
        let mut catalogue = Catalogue::kept(Identity { kind, owner });
        let mut admission = catalogue.admit(changes, rules);
        if !admission.admitted_any() {
            return (None, admission);
        }
        let mut doc = AutoCommit::new();
        let made = apply(&mut doc, changes, &admission).and_then(|()| Self::around(doc, author));
        if made.is_err() {
            unload(&mut admission);
        }
        let catalogue = Some(Arc::new(catalogue));
        (made.ok().map(|document| Self { catalogue, ..document }), admission)
    }

    /// Opens a whole document from the network, as one piece: what of this kind and owner has these
    /// heads and so many changes. It is looked through before the engine sees it, and must be
    /// what its kind declares.
    pub fn open_piece(
        (kind, owner): (DocumentKind, PersonId),
        piece: Piece<'_>,
        heads: &Version,
        author: DeviceId,
    ) -> Result<Self, DocumentError> {
        piece.check(heads)?;
        let mut document = Self::around(load(piece.snapshot)?, author)?;
        let is_promised = guarded(|| {
            document.identity == Identity { kind, owner }
                && document.version() == *heads
                && document.doc.get_changes_meta(&[]).len() == piece.changes
                && schema::fits(&View::now(&document.doc).by_maps(), kind)
        })?;
        if is_promised { Ok(document) } else { Err(DocumentError::UnfaithfulSnapshot) }
    }

    /// Of how many changes it is known what their operations made.
    pub fn catalogued(&self) -> usize {
        self.catalogue.as_ref().map_or(0, |catalogue| catalogue.changes())
    }

    /// What its operations made as bytes, to be kept beside it: making that anew takes longer than
    /// opening it. None where nothing is known of them.
    pub fn catalogue_bytes(&self) -> Option<Vec<u8>> {
        self.catalogue.as_ref()?.to_bytes()
    }

    /// Takes what [`Document::catalogue_bytes`] once wrote of it, unless more is known already. It
    /// must end at changes that are here; what was written since is added when it is needed. Says
    /// whether it is of use.
    pub fn recall(&mut self, bytes: &[u8]) -> bool {
        let Ok(catalogue) = Catalogue::kept_in(self.identity, bytes) else { return false };
        let heads = catalogue.heads();
        let is_of_this = !heads.is_empty() && heads.iter().all(|head| self.contains(*head));
        if is_of_this && catalogue.changes() > self.catalogued() {
            self.catalogue = Some(Arc::new(catalogue));
            self.is_recalled = true;
        }
        is_of_this
    }

    /// A catalogue that was kept knows the newest changes by their hashes and the others by who
    /// made them: tells it those that these changes speak of.
    fn tell_hashes(&mut self, catalogue: &mut Arc<Catalogue>, changes: &[impl AsRef<[u8]>]) {
        if catalogue.knows_all_hashes() {
            return;
        }
        for bytes in changes {
            let Ok(change) = scan(bytes.as_ref(), MAX_CHANGE_BYTES) else { continue };
            for hash in change.deps.into_iter().chain([change.hash]) {
                self.tell_hash(catalogue, hash);
            }
        }
    }

    fn tell_hash(&mut self, catalogue: &mut Arc<Catalogue>, hash: ChangeHash) {
        if catalogue.contains(&hash) || !self.contains(hash) {
            return;
        }
        let Some(meta) = self.doc.get_change_meta_by_hash(&inner_hash(hash)) else { return };
        if let Ok(actor) = meta.actor.to_bytes().try_into() {
            Arc::make_mut(catalogue).learn_one(actor, meta.seq, hash);
        }
    }

    /// What its operations made, as far as it stands now.
    fn catalogue(&mut self) -> Result<Arc<Catalogue>, RefusalCode> {
        let mut catalogue =
            self.catalogue.take().unwrap_or_else(|| Arc::new(Catalogue::kept(self.identity)));
        let known: Vec<_> = catalogue.heads().into_iter().map(inner_hash).collect();
        let made_since = self.doc.get_changes(&known);
        for change in made_since {
            if !catalogue.knows_all_hashes() {
                // Such as one that somebody wrote on what was long ago, and that came late.
                for dep in change.deps() {
                    self.tell_hash(&mut catalogue, ChangeHash::from_bytes(dep.0));
                }
            }
            Arc::make_mut(&mut catalogue).take(change.raw_bytes())?;
        }
        Ok(catalogue)
    }
}

/// Applies the changes that were admitted, all at once. The gate has judged them, so that the
/// engine takes them; should it not, the document is of no use any more.
fn apply(
    doc: &mut AutoCommit,
    changes: &[impl AsRef<[u8]>],
    admission: &Admission,
) -> Result<(), DocumentError> {
    let findings = admission.findings.iter().zip(changes);
    let admitted = findings.filter(|(finding, _)| finding.ruling == Ruling::Admitted);
    let admitted: Vec<&[u8]> = admitted.map(|(_, bytes)| bytes.as_ref()).collect();
    if admitted.is_empty() {
        return Ok(());
    }
    let unreadable = |reason: String| DocumentError::Unreadable { reason };
    guarded(|| {
        let changes = admitted.into_iter().map(Change::try_from).collect::<Result<Vec<_>, _>>();
        let changes = changes.map_err(|error| unreadable(error.to_string()))?;
        doc.apply_changes(changes).map_err(|error| unreadable(error.to_string()))
    })?
}

fn unload(admission: &mut Admission) {
    for finding in &mut admission.findings {
        if finding.ruling == Ruling::Admitted {
            finding.ruling = Ruling::Rejected(RefusalCode::Unloadable);
        }
    }
}
