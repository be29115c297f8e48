//! The catalogue against the engine: honest work is entered, and what is entered never harms.

mod differential;
mod draft;
mod honest;
mod journal;
mod oracle;
mod projects;

use super::*;
use crate::gate::prescan::{Chunk, MAX_CHANGE_BYTES};

/// Numbers that are the same on every run.
#[derive(Clone)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % limit.max(1) as u64).unwrap()
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        let at = self.below(all.len());
        all.get(at).cloned()
    }
}

/// Enters one change.
fn enter(catalogue: &mut Catalogue, bytes: &[u8]) -> Result<(), Refusal> {
    let chunk = Chunk::new(bytes, MAX_CHANGE_BYTES)?;
    let (scanned, operations) = chunk.read()?;
    let device = scanned.author.unwrap_or(DeviceId::from_bytes([0; 16]));
    let is_of_same_person = &|other| other == device;
    let sender = Sender { device, is_of_same_person, bounds: None, published: None };
    catalogue.enter(&scanned, &operations, sender).map(drop)
}
