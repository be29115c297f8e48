//! Admission keeps the future open: somebody who may edit a plan sends whatever the gate lets in,
//! at the ends of every range, and afterwards everybody edits, syncs, folds and opens it anew.

use std::collections::BTreeMap;

use automerge::{
    Author, AutoCommit, ObjType, ROOT, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use enhance_documents::Change;
use enhance_model::{
    ChangeHash, DocumentId, ItemId, RefusalCode, Right, Role, Timestamp,
    change_project::{Action, Item, ProjectEdit, Section},
};
use enhance_protocol::{EntryKind, FoldBody, Offer, Outcome, Revoke, codec};
use enhance_tests::{
    bare::{
        BareDevice,
        crafted::{Crafted, signed, unsigned},
        offers::{AT, change, grant, raw, revoke},
    },
    device::Device,
    world::{World, quarantine_holds},
};

use crate::blows::Blow;

mod floods;

pub use floods::{Bound, Flooded};

/// A plan of two honest people, and somebody else who may edit it.
pub struct Besieged {
    world: World,
    honest: Vec<Device>,
    project: DocumentId,
    adversary: BareDevice,
    /// What the adversary has read of the plan, and sent to it.
    changes: Vec<Change>,
    actors: u8,
    /// What the gate let in of the adversary's, and how often it said no to what for which reason.
    let_in: usize,
    refused: BTreeMap<RefusalCode, usize>,
    /// Words that honest people were told are safe.
    words: Vec<String>,
}

impl Besieged {
    /// A plan with something in it, written by both.
    pub async fn begin(seed: u64) -> Self {
        let every = 2 + seed % 5;
        let settings = format!("fold_every = {every}\ntrial_every = 3\n[limits]\n");
        Box::pin(Self::begin_with(seed, &settings)).await
    }

    /// The same at a server with these settings, of which limits come last.
    async fn begin_with(seed: u64, settings: &str) -> Self {
        let settings = format!("{settings}requests_per_minute = 1000000\n");
        let world = World::builder().seed(seed).settings(&settings).process().begin();
        let owner = world.trainee().await;
        let member = world.supervisor().await;
        let adversary = world.bare_device(Role::Supervisor, "Mallory");
        let project = world.shared_project(&owner, &[&member]).await;
        world.let_edit(&owner, project, adversary.person.id);
        owner.sync().await;
        adversary.join(project, Right::Edit, 1);
        let honest = vec![owner, member];
        let mut besieged = Self {
            world,
            honest,
            project,
            adversary,
            changes: Vec::new(),
            actors: 0,
            let_in: 0,
            refused: BTreeMap::new(),
            words: Vec::new(),
        };
        besieged.work(0).await;
        besieged.work(1).await;
        besieged.read();
        besieged
    }

    /// Reads what is new of the plan.
    fn read(&mut self) {
        for item in self.adversary.pull() {
            match item {
                enhance_protocol::Item::Entry(pulled) if pulled.offer.document == self.project => {
                    self.keep(&pulled.offer);
                }
                enhance_protocol::Item::Fold(fold) if fold.document() == self.project => {
                    // What was folded before it was read is begun from as one piece.
                    if let Ok(body) = FoldBody::unpack(&fold.body, 64 << 20) {
                        self.unfold(&body.snapshot);
                    }
                }
                _ => {}
            }
        }
    }

    fn unfold(&mut self, snapshot: &[u8]) {
        let Ok(mut document) = AutoCommit::load(snapshot) else { return };
        for one in document.get_changes(&[]) {
            self.keep_change(&one);
        }
    }

    fn keep(&mut self, offer: &Offer) {
        if offer.kind != EntryKind::Change {
            return;
        }
        if let Ok(one) = automerge::Change::from_bytes(offer.body.clone()) {
            self.keep_change(&one);
        }
    }

    fn keep_change(&mut self, one: &automerge::Change) {
        let hash = ChangeHash::from_bytes(one.hash().0);
        if self.changes.iter().any(|known| known.hash == hash) {
            return;
        }
        let deps = one.deps().iter().map(|hash| ChangeHash::from_bytes(hash.0)).collect();
        self.changes.push(Change { hash, deps, bytes: one.raw_bytes().to_vec() });
    }

    /// Sends something, and keeps what of it was let in.
    fn send(&mut self, offers: &[Offer]) {
        let outcomes = self.adversary.offer(offers.to_vec());
        for (offer, outcome) in offers.iter().zip(outcomes) {
            match outcome {
                Outcome::Stored { .. } => {
                    self.let_in += 1;
                    self.keep(offer);
                }
                Outcome::Rejected { code, .. } => *self.refused.entry(code).or_default() += 1,
                Outcome::Duplicate | Outcome::MissingDependencies(_) => {}
            }
        }
    }

    fn known(&self, at: usize) -> &Change {
        &self.changes[at % self.changes.len()]
    }

    fn crafted(&mut self, after: usize, key: &str, count: u32) -> Crafted {
        self.actors = self.actors.wrapping_add(1);
        let after = self.known(after).clone();
        Crafted::nulls(&[&after], self.adversary.id, key, count).of(self.actors)
    }

    /// Lets one thing happen.
    pub fn play(&mut self, blow: &Blow) {
        let last = self.changes.len() - 1;
        let offers = match blow {
            Blow::Beside(at, count) => {
                (0..*count).map(|_| self.crafted(*at, "n", 1).offer(self.project)).collect()
            }
            Blow::Nulls(key, count) => vec![self.crafted(last, key, *count).offer(self.project)],
            Blow::Ahead(far) => {
                let mut ahead = self.crafted(last, "n", 1);
                ahead.start += far;
                vec![ahead.offer(self.project)]
            }
            Blow::At(time) => {
                let crafted = Crafted { time: *time, ..self.crafted(last, "n", 1) };
                vec![crafted.offer(self.project)]
            }
            Blow::Column(column, bytes) => {
                let bytes = if bytes.is_empty() {
                    [signed(-1), unsigned(9)].concat()
                } else {
                    bytes.clone()
                };
                vec![self.crafted(last, "n", 1).column(*column, bytes).offer(self.project)]
            }
            Blow::Keys(count) => (0..*count)
                .map(|number| self.crafted(last, &format!("new{number}"), 1).offer(self.project))
                .take(8)
                .collect(),
            Blow::Mutant(at, bits) => self.mutant(*at, *bits),
            Blow::Rights(round, gives) => self.rights(*round, *gives),
            Blow::Repeat(at) => vec![change(self.project, self.known(*at))],
            Blow::Put(at, ..) | Blow::Delete(at, _) | Blow::Make(at, ..) | Blow::Type(at, _) => {
                self.engine(*at, blow).into_iter().collect()
            }
        };
        if !offers.is_empty() {
            self.send(&offers);
        }
    }

    /// A change that the engine itself makes, on the document as it was after one of its changes.
    fn engine(&self, at: usize, blow: &Blow) -> Option<Offer> {
        let all: Vec<_> = self
            .changes
            .iter()
            .filter_map(|one| automerge::Change::from_bytes(one.bytes.clone()).ok())
            .collect();
        let mut document = AutoCommit::new();
        document.apply_changes(all).ok()?;
        let head = automerge::ChangeHash(*self.known(at).hash.as_bytes());
        let mut fork = document.fork_at(&[head]).ok()?;
        fork.set_author(Some(Author::from(self.adversary.id.as_bytes().to_vec())));
        act(&mut fork, blow)?;
        let options = CommitOptions::default().with_time(AT.as_millis() / 1_000);
        let hash = fork.commit_with(options)?;
        let made = fork.get_change_by_hash(&hash)?;
        let deps = made.deps().iter().map(|hash| ChangeHash::from_bytes(hash.0)).collect();
        let hash = ChangeHash::from_bytes(made.hash().0);
        Some(change(self.project, &Change { hash, deps, bytes: made.raw_bytes().to_vec() }))
    }

    /// A change of the adversary's own with a bit turned.
    fn mutant(&mut self, at: usize, bits: u8) -> Vec<Offer> {
        let mut mutant = self.crafted(at, "n", 1);
        let place = usize::from(bits) % mutant.columns.len();
        let (_, column) = &mut mutant.columns[place];
        let byte = usize::from(bits) / 8 % column.len();
        column[byte] ^= 1 << (bits % 8);
        vec![mutant.offer(self.project)]
    }

    fn rights(&self, round: u32, gives: bool) -> Vec<Offer> {
        let person = self.honest[1].person();
        let number = u8::try_from(round % 250).unwrap();
        if gives {
            return vec![grant(self.project, person, Right::Own, number)];
        }
        let id = ItemId::from_bytes([number; 16]);
        let far = Revoke { id, from: person, round, at: AT, for_good: false };
        let body = codec::to_cbor(&far).unwrap();
        vec![revoke(self.project, person, number), raw(EntryKind::Revoke, self.project, body)]
    }

    /// Somebody honest writes a word in two places and syncs.
    pub async fn work(&mut self, who: usize) {
        let device = &self.honest[who % self.honest.len()];
        let word = self.world.chance.word();
        let view = device.project(self.project).unwrap();
        let before = view.project.sections.get(&Section::Problem).cloned().unwrap_or_default();
        // What the adversary has written without an end leaves no room for more in that section.
        let before: String = before.chars().take(100_000).collect();
        device.try_write(self.project, Section::Problem, &format!("{before}{word} ")).unwrap();
        let id = ItemId::new(Timestamp::default(), self.world.chance.bytes());
        let action = Action { text: word.clone(), owner: None, due: None, done_at: None };
        device.edit_project(self.project, None, &action.adding(id)).unwrap();
        let title = ProjectEdit::Title { title: format!("After {word}") };
        device.edit_project(self.project, None, &[title]).unwrap();
        device.sync().await;
        self.words.push(word);
    }

    /// Everybody works on, folds and opens the plan anew, and says what does not hold then.
    pub async fn end(&mut self) -> Result<(), String> {
        for round in 0..2 {
            for who in 0..self.honest.len() {
                self.work(who).await;
            }
            self.settle().await;
            self.world.clock.jump_days(8);
            for device in &mut self.honest {
                device.restart();
            }
            if round == 0 {
                self.world.server.kill();
                self.world.server.start_again();
            }
        }
        self.settle().await;
        let late = self.world.trusted_device(&self.honest[0], "a new phone").await;
        late.sync().await;
        self.honest.push(late);
        self.work(2).await;
        self.settle().await;
        let shown = self.honest[0].project(self.project).map_err(|error| error.to_string())?;
        for device in &self.honest {
            let view = device.project(self.project).map_err(|error| error.to_string())?;
            if view.project != shown.project || view.version != shown.version {
                return Err(format!("{} shows another plan", device.name()));
            }
            if let Some(item) = device.quarantined().ok().and_then(|all| all.first().cloned()) {
                return Err(format!("{} could not write: {item:?}", device.name()));
            }
        }
        let text = serde_json::to_string(&shown.project).unwrap();
        let lost =
            |word: &&String| !text.contains(*word) && !quarantine_holds(&self.honest[0], word);
        if let Some(word) = self.words.iter().find(lost) {
            return Err(format!("{word:?} was said to be safe; it is gone"));
        }
        let trail = self.world.server.command(&["audit"]).unwrap();
        if trail.contains("freeze") {
            return Err(format!("the plan is frozen: {trail}"));
        }
        Ok(())
    }

    /// How much of the adversary's was let in, and how often what was refused.
    pub fn heard(self) -> (usize, BTreeMap<RefusalCode, usize>) {
        (self.let_in, self.refused)
    }

    async fn settle(&self) {
        let devices: Vec<&Device> = self.honest.iter().collect();
        self.world.settle(&devices).await;
    }
}

/// Does one thing anywhere in a document. None if there is nothing to do it to.
fn act(document: &mut AutoCommit, blow: &Blow) -> Option<()> {
    let places = places(document);
    let choose = |what: usize| places.get(what % places.len().max(1)).cloned();
    match blow {
        Blow::Put(_, what, scalar) => {
            let (object, key) = choose(*what)?;
            document.put(object, key, scalar.value()).ok()
        }
        Blow::Delete(_, what) => {
            let (object, key) = choose(*what)?;
            document.delete(object, key).ok()
        }
        Blow::Make(_, what, kind) => {
            let (object, key) = choose(*what)?;
            let made = document.put_object(object, key, *kind).ok()?;
            if *kind == ObjType::Map {
                document.put(&made, "in", 1).ok()?;
            }
            Some(())
        }
        Blow::Type(_, count) => {
            let (_, sections) = document.get(ROOT, "sections").ok()??;
            let (_, text) = document.get(&sections, "problem").ok()??;
            let count = usize::try_from(*count).ok()?;
            document.splice_text(&text, 0, 0, &"y".repeat(count)).ok()?;
            let taken = isize::try_from(count).ok()?;
            document.splice_text(&text, 0, taken, "").ok()
        }
        _ => None,
    }
}

/// Every key of every map in a document.
fn places(document: &AutoCommit) -> Vec<(automerge::ObjId, String)> {
    let (mut found, mut next) = (Vec::new(), vec![ROOT]);
    while let Some(object) = next.pop() {
        for key in document.keys(&object) {
            if let Ok(Some((automerge::Value::Object(ObjType::Map), id))) =
                document.get(&object, key.as_str())
            {
                next.push(id);
            }
            found.push((object.clone(), key));
        }
    }
    found
}
