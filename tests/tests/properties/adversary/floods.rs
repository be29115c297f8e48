//! As much of a plan as one person is given: changes, bytes, or operations without an end.

use automerge::{
    Author, AutoCommit, ROOT, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use enhance_documents::{Change, gate};
use enhance_model::{ChangeHash, RefusalCode, room::own_room};
use enhance_protocol::Offer;
use enhance_tests::bare::offers::{AT, change};

use super::Besieged;

/// What a document may come to, as the server of these stories sets it.
const OPERATIONS: u64 = 60_000;
const BYTES: u64 = 900_000;
const CHANGES: u64 = 2_560;

const OF_ALL_OPERATIONS: &str = "SELECT sum(operations) FROM part WHERE document = ?1";

/// Offers in one request.
const AT_ONCE: usize = 40;

/// What somebody uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Operations,
    Bytes,
    Changes,
}

/// What was used up in the end.
#[derive(Debug)]
pub struct Flooded {
    /// Of all that is in the plan.
    pub reached: u64,
    /// Where that has to end, so that others can go on.
    pub end: u64,
    /// What a single change used of it.
    pub piece: u64,
    /// Why nothing more was let in.
    pub codes: Vec<RefusalCode>,
}

/// How far one member alone gets: to the half of a bound that is for everybody, and the room of their
/// own.
const fn in_reach(bound: u64) -> u64 {
    bound / 2 + own_room(bound)
}

impl Bound {
    pub const ALL: [Self; 3] = [Self::Operations, Self::Bytes, Self::Changes];

    fn settings(self) -> String {
        let operations = if self == Self::Operations { OPERATIONS } else { 1 << 21 };
        // What is in a document has to fit into it.
        let limits = match self {
            Self::Operations => format!("text_chars = {OPERATIONS}\n"),
            Self::Bytes => format!("document_bytes = {BYTES}\nchange_bytes = {BYTES}\n"),
            Self::Changes => format!("document_changes = {CHANGES}\n"),
        };
        format!("document_operations = {operations}\nfold_every = 50\n[limits]\n{limits}")
    }
}

impl Besieged {
    /// A plan at a server on which one bound is near.
    pub async fn near(seed: u64, bound: Bound) -> Self {
        Box::pin(Self::begin_with(seed, &bound.settings())).await
    }

    /// Uses up what there is, in changes of one size after the other: the smaller ones fill what
    /// the larger ones left.
    pub fn flood(&mut self, bound: Bound) -> Flooded {
        let mut piece = 1;
        let sizes: &[usize] = match bound {
            Bound::Operations => &[4_000, 700, 60],
            Bound::Bytes => &[60_000, 9_000, 300],
            Bound::Changes => &[1],
        };
        for size in sizes {
            loop {
                let before = self.let_in;
                let offers = self.chain(bound, *size);
                piece = offers.iter().map(|offer| uses(bound, offer)).max().unwrap_or(1);
                self.refused.clear();
                self.send(&offers);
                if !self.refused.is_empty() || self.let_in == before {
                    break;
                }
            }
        }
        let codes = self.refused.keys().copied().collect();
        let (reached, end) = match bound {
            Bound::Operations => (self.used(OF_ALL_OPERATIONS), in_reach(OPERATIONS)),
            Bound::Bytes => {
                (self.used("SELECT bytes FROM document WHERE id = ?1"), in_reach(BYTES))
            }
            Bound::Changes => {
                (self.used("SELECT changes FROM document WHERE id = ?1"), in_reach(CHANGES))
            }
        };
        Flooded { reached, end, piece, codes }
    }

    /// Changes one after the other, made by the engine on all that was read.
    fn chain(&self, bound: Bound, size: usize) -> Vec<Offer> {
        let known = self.changes.iter();
        let all = known.filter_map(|one| automerge::Change::from_bytes(one.bytes.clone()).ok());
        let mut document = AutoCommit::new();
        document.apply_changes(all.collect::<Vec<_>>()).unwrap();
        document.set_author(Some(Author::from(self.adversary.id.as_bytes().to_vec())));
        let count = if bound == Bound::Changes { AT_ONCE } else { 3 };
        (0..count).map(|_| self.made(&mut document, bound, size)).collect()
    }

    fn made(&self, document: &mut AutoCommit, bound: Bound, size: usize) -> Offer {
        match bound {
            Bound::Operations | Bound::Changes => {
                let (_, sections) = document.get(ROOT, "sections").unwrap().unwrap();
                let (_, text) = document.get(&sections, "plan").unwrap().unwrap();
                document.splice_text(&text, 0, 0, &"y".repeat(size)).unwrap();
                if bound == Bound::Operations {
                    document.splice_text(&text, 0, isize::try_from(size).unwrap(), "").unwrap();
                }
            }
            Bound::Bytes => {
                let letter =
                    || char::from(b' ' + u8::try_from(self.world.chance.below(94)).unwrap());
                let text: String = (0..size).map(|_| letter()).collect();
                document.put(ROOT, "n", text).unwrap();
            }
        }
        let options = CommitOptions::default().with_time(AT.as_millis() / 1_000);
        let hash = document.commit_with(options).unwrap();
        let made = document.get_change_by_hash(&hash).unwrap();
        let deps = made.deps().iter().map(|hash| ChangeHash::from_bytes(hash.0)).collect();
        let (hash, bytes) = (ChangeHash::from_bytes(made.hash().0), made.raw_bytes().to_vec());
        change(self.project, &Change { hash, deps, bytes })
    }

    /// How much of something is in the plan, as the server counts it.
    fn used(&self, sql: &str) -> u64 {
        let db = rusqlite::Connection::open(self.world.server.database()).unwrap();
        let key = [self.project.as_bytes()];
        let found: i64 = db.query_row(sql, key, |row| row.get(0)).unwrap();
        u64::try_from(found).unwrap()
    }
}

/// What a change uses of it.
fn uses(bound: Bound, offer: &Offer) -> u64 {
    match bound {
        Bound::Operations => {
            gate::scan(&offer.body, gate::MAX_CHANGE_BYTES).map_or(0, |change| change.operations)
        }
        Bound::Bytes => offer.body.len() as u64,
        Bound::Changes => 1,
    }
}
