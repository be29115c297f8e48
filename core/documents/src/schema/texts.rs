//! Texts as they stand, each read once: the engine walks every character of a text to read it,
//! which for a long project takes longer than everything else an edit does.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use automerge::{AutoCommit, ObjId, ReadDoc};

/// The texts of one document that were read, by their objects. What is not in it is read anew, so
/// that to forget a text is always right.
#[derive(Debug, Default)]
pub struct Texts(Mutex<HashMap<ObjId, String>>);

impl Clone for Texts {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.known().clone()))
    }
}

impl Texts {
    /// What is written in a text object of the document as it stands.
    pub fn read(&self, doc: &AutoCommit, id: &ObjId) -> String {
        let mut known = self.known();
        if let Some(text) = known.get(id) {
            return text.clone();
        }
        let text = doc.text(id).unwrap_or_default();
        known.insert(id.clone(), text.clone());
        text
    }

    /// Notes what was written into a text object.
    pub fn put(&self, id: &ObjId, text: &str) {
        self.known().insert(id.clone(), text.to_owned());
    }

    /// Forgets a text that says something else now.
    pub fn forget(&self, id: &ObjId) {
        self.known().remove(id);
    }

    /// Forgets all of them.
    pub fn clear(&self) {
        self.known().clear();
    }

    fn known(&self) -> MutexGuard<'_, HashMap<ObjId, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
