//! Archives: private documents at rest, many of them in one sealed piece.
//!
//! A device that joins reads a few archives instead of every change ever made, and the server lets
//! go of the entries that one holds. What is in it only its owner's devices can read; the server
//! sees which documents it holds and how far: for each device that sealed envelopes of a document,
//! the last one that the archive holds.

use std::collections::BTreeSet;

use enhance_model::{DeviceId, DocumentId, EntryHash};

use crate::{
    array::array,
    codec::{CodecError, to_cbor},
};

/// Documents in one archive, at most.
pub const ARCHIVE_DOCUMENTS: usize = 256;
/// Devices that an archive speaks of, at most.
pub const ARCHIVE_DEVICES: usize = 64;

/// Private documents of one person in one sealed piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archive {
    /// The devices it speaks of; [`ChainEnd::device`] is a place in this list.
    pub devices: Vec<DeviceId>,
    /// What it holds, in the order in which it is sealed.
    pub held: Vec<Held>,
    /// The documents, sealed. Empty where the server tells a device that has them all that there is
    /// such an archive.
    pub sealed: serde_bytes::ByteBuf,
}

/// How far an archive holds a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub document: DocumentId,
    /// The last envelope of each device in it.
    pub ends: Vec<ChainEnd>,
}

/// The last envelope of a device that an archive holds of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainEnd {
    /// The place of the device in [`Archive::devices`].
    pub device: u8,
    /// Its place in the chain of that device, from 1.
    pub counter: u64,
    pub hash: EntryHash,
}

array!(Archive { devices, held, sealed });
array!(Held { document, ends });
array!(ChainEnd { device, counter, hash });

/// An archive as the server passes it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PulledArchive {
    /// Its number in the server's sequence.
    pub sequence: u64,
    pub archive: Archive,
}

array!(PulledArchive { sequence, archive });

/// What became of an archive that was offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archived {
    /// Its number in the server's sequence; 0 if nothing of it was stored.
    pub sequence: u64,
    /// Documents of it that the server did not take from it: it does not know them, or knows more
    /// of them than the device that made it.
    pub left_out: Vec<DocumentId>,
}

array!(Archived { sequence, left_out });

/// An archive that contradicts itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this archive contradicts itself")]
pub struct UnsoundArchive;

impl Archive {
    /// What is authenticated with the sealed part: everything else.
    pub fn about(&self) -> Result<Vec<u8>, CodecError> {
        let outside = Self { sealed: serde_bytes::ByteBuf::new(), ..self.clone() };
        to_cbor(&outside)
    }

    /// Whether it is within the bounds, names each document once, and of each document each device
    /// once and only devices it lists.
    pub fn check(&self) -> Result<(), UnsoundArchive> {
        let devices: BTreeSet<_> = self.devices.iter().collect();
        let documents: BTreeSet<_> = self.held.iter().map(|held| held.document).collect();
        let is_small = self.devices.len() <= ARCHIVE_DEVICES
            && (1..=ARCHIVE_DOCUMENTS).contains(&self.held.len());
        let is_sound = devices.len() == self.devices.len()
            && documents.len() == self.held.len()
            && self.held.iter().all(|held| held.is_sound(self.devices.len()));
        if is_small && is_sound { Ok(()) } else { Err(UnsoundArchive) }
    }

    /// The ends of the chains of one of its documents, with their devices.
    pub fn ends<'a>(&'a self, held: &'a Held) -> impl Iterator<Item = (DeviceId, &'a ChainEnd)> {
        held.ends.iter().filter_map(|end| {
            self.devices.get(usize::from(end.device)).map(|device| (*device, end))
        })
    }
}

impl Held {
    fn is_sound(&self, devices: usize) -> bool {
        let named: BTreeSet<u8> = self.ends.iter().map(|end| end.device).collect();
        !self.ends.is_empty()
            && named.len() == self.ends.len()
            && self.ends.iter().all(|end| usize::from(end.device) < devices && end.counter > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::from_cbor;

    fn archive() -> Archive {
        let end = ChainEnd { device: 0, counter: 3, hash: EntryHash::from_bytes([4; 32]) };
        Archive {
            devices: vec![DeviceId::from_bytes([1; 16])],
            held: vec![Held { document: DocumentId::from_bytes([2; 16]), ends: vec![end] }],
            sealed: serde_bytes::ByteBuf::from(vec![7; 40]),
        }
    }

    #[test]
    fn it_comes_back_and_is_sound() {
        let bytes = to_cbor(&archive()).unwrap();
        assert_eq!(from_cbor::<Archive>(&bytes).unwrap(), archive());
        assert_eq!(archive().check(), Ok(()));
    }

    #[test]
    fn one_that_contradicts_itself_is_noticed() {
        type Spoil = fn(&mut Archive);
        let spoils: [Spoil; 7] = [
            |archive| archive.devices.clear(),
            |archive| archive.devices = vec![archive.devices[0]; 2],
            |archive| archive.held.clear(),
            |archive| archive.held = vec![archive.held[0].clone(); 2],
            |archive| archive.held[0].ends.clear(),
            |archive| archive.held[0].ends = vec![archive.held[0].ends[0].clone(); 2],
            |archive| archive.held[0].ends[0].counter = 0,
        ];
        for spoil in spoils {
            let mut altered = archive();
            spoil(&mut altered);
            assert_eq!(altered.check(), Err(UnsoundArchive), "{altered:?}");
        }
    }

    #[test]
    fn what_is_outside_is_authenticated_and_what_is_sealed_is_not_repeated() {
        let other = Archive { sealed: serde_bytes::ByteBuf::new(), ..archive() };
        assert_eq!(archive().about().unwrap(), other.about().unwrap());
        let mut farther = archive();
        farther.held[0].ends[0].counter = 4;
        assert_ne!(farther.about().unwrap(), archive().about().unwrap());
    }
}
