//! Who has a place, counted by network as they come and go: what one more connection costs does not
//! follow how many there are.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tokio::sync::Notify;

use super::addresses::Network;

/// Connections of one network that say nothing and are no reason yet to let no more of it in.
const FEW: usize = 8;

/// The places that are taken.
#[derive(Debug, Default)]
pub(super) struct Seats {
    /// By the order in which they came.
    taken: BTreeMap<u64, Occupant>,
    networks: BTreeMap<Network, OfNetwork>,
    /// The networks of connections that are kept for nobody, by how many of those they have.
    idle: BTreeSet<(usize, Network)>,
    /// Counts what happens, by which it is known what was longest ago.
    happened: u64,
}

#[derive(Debug)]
struct Occupant {
    network: Network,
    /// For how many requests and answers it is kept.
    kept: usize,
    /// Since when it is kept for nobody.
    since: u64,
    /// Told when another takes its place.
    leaves: Arc<Notify>,
}

#[derive(Debug, Default)]
struct OfNetwork {
    connections: usize,
    /// Those that are kept for nobody: since when, and their numbers.
    idle: BTreeSet<(u64, u64)>,
}

/// Why there is no place.
#[derive(Debug)]
pub(super) enum Full {
    OfAddress,
    InAll,
}

impl Seats {
    pub(super) fn count(&self) -> usize {
        self.taken.len()
    }

    pub(super) fn of(&self, network: Network) -> usize {
        self.networks.get(&network).map_or(0, |one| one.connections)
    }

    /// Takes a place: its number, and what is told when another takes it.
    pub(super) fn take(&mut self, network: Network) -> (u64, Arc<Notify>) {
        let (number, leaves) = (self.next(), Arc::new(Notify::new()));
        let taken = Occupant { network, kept: 0, since: number, leaves: Arc::clone(&leaves) };
        self.taken.insert(number, taken);
        self.networks.entry(network).or_default().connections += 1;
        self.changes_idle(network, |idle| idle.insert((number, number)));
        (number, leaves)
    }

    /// Gives a place back, if it was not taken away before.
    pub(super) fn give_back(&mut self, number: u64) {
        let Some(Occupant { network, since, .. }) = self.taken.remove(&number) else { return };
        self.changes_idle(network, |idle| idle.remove(&(since, number)));
        if let Some(one) = self.networks.get_mut(&network) {
            one.connections -= 1;
            if one.connections == 0 {
                self.networks.remove(&network);
            }
        }
    }

    /// Tells a connection that another takes its place.
    pub(super) fn send_away(&mut self, number: u64) {
        if let Some(taken) = self.taken.get(&number) {
            taken.leaves.notify_one();
        }
        self.give_back(number);
    }

    /// Keeps a place for one request or answer more.
    pub(super) fn keep(&mut self, number: u64) {
        let Some(taken) = self.taken.get_mut(&number) else { return };
        taken.kept += 1;
        let (network, since) = (taken.network, taken.since);
        self.changes_idle(network, |idle| idle.remove(&(since, number)));
    }

    /// One request or answer is done for which a place was kept.
    pub(super) fn let_go(&mut self, number: u64) {
        let now = self.next();
        let Some(taken) = self.taken.get_mut(&number) else { return };
        taken.kept = taken.kept.saturating_sub(1);
        if taken.kept == 0 {
            taken.since = now;
            let network = taken.network;
            self.changes_idle(network, |idle| idle.insert((now, number)));
        }
    }

    /// Who makes room for a newcomer, who is of this network unless a proxy speaks for them.
    pub(super) fn first_to_go(&self, newcomer: Option<Network>) -> Result<u64, Full> {
        let (most, network) = self.idle.last().ok_or(Full::InAll)?;
        let of_newcomer = newcomer.map_or(0, |newcomer| self.idle_of(newcomer));
        if of_newcomer > FEW && of_newcomer >= *most {
            return Err(Full::OfAddress);
        }
        let theirs = self.networks.get(network).and_then(|one| one.idle.first());
        theirs.map(|(_, number)| *number).ok_or(Full::InAll)
    }

    fn idle_of(&self, network: Network) -> usize {
        self.networks.get(&network).map_or(0, |one| one.idle.len())
    }

    fn changes_idle(
        &mut self,
        network: Network,
        change: impl FnOnce(&mut BTreeSet<(u64, u64)>) -> bool,
    ) {
        let Some(one) = self.networks.get_mut(&network) else { return };
        self.idle.remove(&(one.idle.len(), network));
        change(&mut one.idle);
        if !one.idle.is_empty() {
            self.idle.insert((one.idle.len(), network));
        }
    }

    fn next(&mut self) -> u64 {
        self.happened += 1;
        self.happened
    }
}

#[cfg(test)]
impl Seats {
    pub(super) fn has(&self, number: u64) -> bool {
        self.taken.contains_key(&number)
    }

    /// Whether nobody and nothing is remembered.
    pub(super) fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.networks.is_empty() && self.idle.is_empty()
    }
}
