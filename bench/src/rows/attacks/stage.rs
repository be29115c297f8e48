//! Where an attack is played: a server with people in it, and whoever attacks.

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use enhance_documents::Change;
use enhance_model::{DocumentId, PersonId, Right, Role};
use enhance_protocol::{ExchangeRequest, Offer, encode, path};
use enhance_tests::{
    bare::{BareDevice, offers::grant},
    world::World,
};

use crate::{
    fixtures::{
        wire,
        writer::{Kind, Writer},
    },
    frame::cost::Processor,
};

/// Honest people, each with a phone.
const PEOPLE: usize = 12;
/// Changes in the plan of each before anything happens.
const PLAN: usize = 200;
/// How long the server may take to come to rest, and what it takes at rest.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(300);
const IDLE: Duration = Duration::from_millis(10);

/// A server, honest people, and an attacker who may edit the plan of one of them.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) address: SocketAddr,
    pub(super) attacker: BareDevice,
    /// The honest people, until they are called to sync.
    pub(super) people: RefCell<Vec<Writer>>,
    pub(super) persons: Vec<PersonId>,
    /// The plan that the attacker may edit, and its last change before anything happens.
    pub(super) plan: DocumentId,
    pub(super) last: Change,
    numbers: Cell<u64>,
}

impl Stage {
    /// A new server with everybody in it, from a fixed seed.
    pub(super) fn set(folder: &Path) -> Result<Self> {
        let world = World::builder().seed(11).settings("").folder(folder).process().begin();
        let mut people = Vec::new();
        for _ in 0..PEOPLE {
            people.push(Writer::of_plan(&world, PLAN)?);
        }
        let mut attacker = world.bare_device(Role::Trainee, "Mallory");
        let persons: Vec<PersonId> = people.iter_mut().map(|one| one.device().person.id).collect();
        let first = people.first_mut().context("somebody")?;
        let plan = first.plan().context("a plan")?;
        let (plan, last) = (plan.id, plan.changes.last().cloned().context("a change")?);
        first.device().store(vec![grant(plan, attacker.person.id, Right::Edit, 1)]);
        // Each reads the plan of the one before, so that there is something to pull.
        for place in 1..people.len() {
            let reader = persons.get(place).copied().context("a reader")?;
            let owner = people.get_mut(place - 1).context("an owner")?;
            let document = owner.plan().context("a plan")?.id;
            owner.device().store(vec![grant(document, reader, Right::Read, 2)]);
        }
        for one in &mut people {
            one.device().pull();
        }
        attacker.pull();
        let address = world.server.url().trim_start_matches("http://").parse()?;
        let people = RefCell::new(people);
        let numbers = Cell::new(1);
        Ok(Self { world, address, attacker, people, persons, plan, last, numbers })
    }

    /// A number that was not given before.
    pub(super) fn number(&self) -> u64 {
        self.numbers.replace(self.numbers.get() + 1)
    }

    /// The attacker's request with these offers, as bytes.
    pub(super) fn request(&self, offers: Vec<Offer>) -> Result<Vec<u8>> {
        self.asks(&self.attacker.request(offers))
    }

    /// A request of the attacker as bytes.
    pub(super) fn asks(&self, request: &ExchangeRequest) -> Result<Vec<u8>> {
        Ok(wire::post(path::EXCHANGE, Some(&self.attacker.token), &encode(request)?))
    }

    /// The processor time that the server has used.
    pub(super) fn processor(&self) -> Result<Duration> {
        let process = self.world.server.process_id().context("the server's process")?;
        Processor::Other(process).used()
    }

    /// Waits until the server has done what followed from setting the stage.
    pub(super) fn rest(&self) -> Result<()> {
        let since = Instant::now();
        loop {
            let before = self.processor()?;
            std::thread::sleep(LOOK_EVERY);
            if self.processor()?.saturating_sub(before) <= IDLE {
                return Ok(());
            }
            ensure!(since.elapsed() < PATIENCE, "the server does not come to rest");
        }
    }
}

/// What the phones of honest people do, one after the other.
pub(super) const ROUND: [Kind; 4] = [Kind::Plan, Kind::Pull, Kind::Sealed, Kind::Pull];
