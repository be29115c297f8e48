//! A change project that was typed in many small changes, as its entries.

use automerge::{
    Author, AutoCommit, ObjId, ROOT, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use enhance_documents::{Document, NewDocument};
use enhance_model::{DeviceId, DocumentId, DocumentKind, EntryHash, Timestamp};
use enhance_protocol::{Create, EntryBody, EntryKind, Offer};
use enhance_tests::chance::Chance;

use super::server::InMemoryServer;

/// Changes that are made in one sitting, in one section.
const SITTING: u64 = 50;

const SECTIONS: [&str; 5] = ["problem", "why_here", "team", "plan", "handover"];

/// What is written last, to see whether it arrived.
pub const MARK: &str = "ARRIVED";

const AT: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

/// The project on the device that wrote it.
pub struct Project {
    pub id: DocumentId,
    doc: AutoCommit,
    texts: Vec<ObjId>,
    offers: Vec<Offer>,
    chance: Chance,
}

impl Project {
    /// A project of the person at this server, typed on another device in so many edits of four
    /// letters; of one letter, if they are very many.
    pub fn typed(chance: &Chance, edits: usize) -> Self {
        let device = DeviceId::from_bytes([9; 16]);
        let new = NewDocument::ChangeProject {
            owner: InMemoryServer::person().id,
            title: "Falls on ward 7".to_owned(),
            topic: String::new(),
            setting: String::new(),
        };
        let (_, created) = Document::create(&new, device, AT).unwrap();
        let author = Author::from(device.as_bytes().to_vec());
        let mut doc = AutoCommit::load(&created.bytes).unwrap().with_author(Some(author));
        doc.get_heads();
        let id = DocumentId::from_bytes(chance.bytes());
        let kind = DocumentKind::ChangeProject;
        let create = Create { kind, about: None, created_at: AT, wrapped_key: None };
        let (_, sections) = doc.get(ROOT, "sections").unwrap().unwrap();
        let texts = SECTIONS.map(|key| doc.get(&sections, key).unwrap().unwrap().1).to_vec();
        let offers =
            vec![create.offer(id).unwrap(), change(id, created.hash.into(), created.bytes)];
        let mut project = Self { id, doc, texts, offers, chance: chance.clone() };
        let letters = if edits > 50_000 { 1 } else { 4 };
        project.type_in(edits, letters);
        project
    }

    /// The entries that were not asked for yet.
    pub fn offers(&mut self) -> Vec<Offer> {
        std::mem::take(&mut self.offers)
    }

    /// The next edits, as entries and as changes.
    pub fn more(&mut self, count: usize) -> (Vec<Offer>, Vec<Vec<u8>>) {
        self.type_in(count.saturating_sub(1), 4);
        self.write(0, 0, MARK);
        let offers = self.offers();
        let changes = offers.iter().map(|offer| offer.body.clone()).collect();
        (offers, changes)
    }

    pub fn saved(&mut self) -> Vec<u8> {
        self.doc.save()
    }

    pub fn chars(&self) -> usize {
        self.texts.iter().map(|text| self.doc.length(text)).sum()
    }

    fn type_in(&mut self, edits: usize, letters: usize) {
        let (mut section, mut at, mut left) = (0, 0, 0);
        for _ in 0..edits {
            if left == 0 {
                section = usize::try_from(self.chance.below(5)).unwrap();
                let length = self.doc.length(&self.texts[section]);
                at = usize::try_from(self.chance.below(length as u64 + 1)).unwrap();
                left = SITTING;
            }
            let word: String = self.chance.word().chars().take(letters.max(2) - 1).collect();
            let text = if letters == 1 { word } else { format!("{word} ") };
            self.write(section, at, &text);
            at += text.chars().count();
            left -= 1;
        }
    }

    fn write(&mut self, section: usize, at: usize, text: &str) {
        self.doc.splice_text(&self.texts[section], at, 0, text).unwrap();
        let seconds = AT.as_millis() / 1_000;
        let hash = self.doc.commit_with(CommitOptions::default().with_time(seconds)).unwrap();
        let bytes = self.doc.get_change_by_hash(&hash).unwrap().bytes().into_owned();
        self.offers.push(change(self.id, EntryHash::from_bytes(hash.0), bytes));
    }
}

fn change(document: DocumentId, hash: EntryHash, body: Vec<u8>) -> Offer {
    Offer { kind: EntryKind::Change, document, hash, body }
}

/// Sentences of so many characters, at least.
pub fn prose(chance: &Chance, chars: usize) -> String {
    let mut text = String::new();
    while text.len() < chars {
        text.push_str(&chance.sentence());
        text.push(' ');
    }
    text
}
