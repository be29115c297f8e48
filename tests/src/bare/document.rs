//! Plain documents, as a bare device makes them.

use enhance_documents::{Document, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind,
    change_project::{ProjectEdit, Section},
};
use enhance_protocol::Offer;

use super::{
    BareDevice,
    offers::{AT, change, create},
};

/// A plain document as a device has it, with the entries that made it.
pub struct BareDocument {
    pub id: DocumentId,
    pub create: Offer,
    pub first: Offer,
    pub document: Document,
}

impl BareDevice {
    /// A project of this device's owner.
    #[track_caller]
    pub fn project(&self, title: &str) -> BareDocument {
        let new = NewDocument::ChangeProject {
            owner: self.person.id,
            title: title.to_owned(),
            topic: String::new(),
            setting: String::new(),
        };
        self.document(&new, DocumentKind::ChangeProject, None)
    }

    /// What this device's owner says about a document.
    #[track_caller]
    pub fn comments(&self, about: DocumentId) -> BareDocument {
        let new = NewDocument::Comments { owner: self.person.id, about };
        self.document(&new, DocumentKind::Comments, Some(about))
    }

    /// A document of any kind.
    #[track_caller]
    pub fn document(
        &self,
        new: &NewDocument,
        kind: DocumentKind,
        about: Option<DocumentId>,
    ) -> BareDocument {
        let (document, first) = Document::create(new, self.id, AT).expect("a document");
        let id = first.hash.as_bytes()[..16].try_into().expect("sixteen bytes");
        let id = DocumentId::from_bytes(id);
        let create = create(id, kind, about, None);
        BareDocument { id, create, first: change(id, &first), document }
    }
}

impl BareDocument {
    /// The entries that made it.
    pub fn offers(&self) -> Vec<Offer> {
        vec![self.create.clone(), self.first.clone()]
    }

    /// The same document on another device.
    #[must_use]
    #[track_caller]
    pub fn on(&self, device: &BareDevice, changes: &[&Offer]) -> Self {
        let bodies: Vec<&[u8]> = changes.iter().map(|offer| offer.body.as_slice()).collect();
        let document = Document::open(&bodies, device.id).expect("the document");
        Self { id: self.id, create: self.create.clone(), first: self.first.clone(), document }
    }

    /// Writes the first section of a project.
    #[track_caller]
    pub fn write(&mut self, text: &str) -> Offer {
        let text = text.to_owned();
        self.edit(&Edit::ChangeProject(ProjectEdit::Section { section: Section::Problem, text }))
    }

    /// Makes one change of any kind.
    #[track_caller]
    pub fn edit(&mut self, edit: &Edit) -> Offer {
        let made = self.document.edit(None, std::slice::from_ref(edit), AT).expect("an edit");
        change(self.id, &made.expect("a change"))
    }
}
