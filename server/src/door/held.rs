//! Bytes of requests that are held at once, whoever sent them.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// How many bytes of requests are held.
#[derive(Debug, Clone)]
pub struct Held {
    bytes: Arc<AtomicU64>,
    most: u64,
}

impl Held {
    /// Room for so many bytes.
    pub fn new(most: u64) -> Self {
        Self { bytes: Arc::default(), most }
    }

    /// A share of nothing, which grows.
    pub fn share(&self) -> Share {
        Share { held: self.clone(), bytes: 0 }
    }

    /// Bytes that are held now.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

/// The share of one request, given back when it is dropped.
#[derive(Debug)]
pub struct Share {
    held: Held,
    bytes: u64,
}

impl Share {
    /// Takes so many bytes more. False if there is no room for them.
    #[must_use]
    pub fn grow(&mut self, bytes: usize) -> bool {
        let bytes = bytes as u64;
        let before = self.held.bytes.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.held.most {
            self.held.bytes.fetch_sub(bytes, Ordering::Relaxed);
            return false;
        }
        self.bytes += bytes;
        true
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.held.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_given_back_and_never_more_than_there_is_room_for() {
        let held = Held::new(10);
        let (mut one, mut two) = (held.share(), held.share());
        assert!(one.grow(6) && two.grow(4));
        assert!(!two.grow(1));
        assert_eq!(held.bytes(), 10);
        drop(one);
        assert!(two.grow(6));
        drop(two);
        assert_eq!(held.bytes(), 0);
    }
}
