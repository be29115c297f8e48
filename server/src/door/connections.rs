//! How many are connected, in all and from one address, and who goes when there are too many.
//!
//! Whoever says nothing makes room: where all places are taken, a newcomer has that of the
//! connection which is kept for nobody for the longest time, of the address that has most of those.
//! An address that has as many itself makes no room by coming again. So neither connections that
//! never say what they want nor those that stay when they were answered keep anybody out. Kept are
//! connections with a request of a known device under way, or with an answer on its way.

use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::{
    addresses::network,
    seats::{Full, Seats},
};
use crate::config::DoorConfig;

tokio::task_local! {
    /// That of the connection which the running task serves.
    pub(super) static SEAT: Arc<Seat>;
}

/// Keeps the place of the connection that is served here until what is returned is dropped.
pub fn keep_place() -> Option<Kept> {
    SEAT.try_with(Seat::keep).ok()
}

/// The places there are.
#[derive(Debug)]
pub(super) struct Connections {
    in_all: usize,
    by_address: usize,
    proxies: Arc<Vec<IpAddr>>,
    seats: Mutex<Seats>,
    /// Told when a place may be had again.
    changed: Notify,
}

/// One connection that has a place.
pub(super) struct Seat {
    number: u64,
    /// Told when another takes its place.
    leaves: Arc<Notify>,
    connections: Arc<Connections>,
}

impl Connections {
    pub(super) fn new(config: &DoorConfig) -> Self {
        Self {
            in_all: config.connections.max(1),
            by_address: config.connections_by_address.max(1),
            proxies: Arc::clone(&config.proxies),
            seats: Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// A place for a connection from an address; none if that has enough of them. Where all places
    /// are kept for somebody, it waits. A proxy speaks for many.
    pub(super) async fn seat(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        loop {
            match self.try_seat(address) {
                Ok(seat) => return Some(Place(seat)),
                Err(Full::OfAddress) => return None,
                Err(Full::InAll) => self.changed.notified().await,
            }
        }
    }

    fn try_seat(self: &Arc<Self>, address: IpAddr) -> Result<Arc<Seat>, Full> {
        let mut seats = self.seats();
        let network = network(address);
        let is_proxy = self.proxies.contains(&address);
        if seats.of(network) >= self.by_address && !is_proxy {
            return Err(Full::OfAddress);
        }
        if seats.count() >= self.in_all {
            let goes = seats.first_to_go((!is_proxy).then_some(network))?;
            seats.send_away(goes);
        }
        let (number, leaves) = seats.take(network);
        Ok(Arc::new(Seat { number, leaves, connections: Arc::clone(self) }))
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seat").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Seat {
    fn keep(self: &Arc<Self>) -> Kept {
        self.connections.seats().keep(self.number);
        Kept(Arc::clone(self))
    }

    /// Waits until another takes this place.
    pub(super) async fn leaves(&self) {
        self.leaves.notified().await;
    }
}

/// The place of a connection, free again when it is dropped.
#[derive(Debug)]
pub(super) struct Place(Arc<Seat>);

impl Place {
    pub(super) fn seat(&self) -> Arc<Seat> {
        Arc::clone(&self.0)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Seat { number, connections, .. } = &*self.0;
        connections.seats().give_back(*number);
        connections.changed.notify_one();
    }
}

/// Keeps a place until it is dropped.
#[derive(Debug)]
pub struct Kept(Arc<Seat>);

impl Drop for Kept {
    fn drop(&mut self) {
        let Seat { number, connections, .. } = &*self.0;
        connections.seats().let_go(*number);
        connections.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn door(connections: usize, by_address: usize) -> (Arc<Connections>, IpAddr) {
        let proxy: IpAddr = [10, 0, 0, 9].into();
        let config = DoorConfig {
            connections,
            connections_by_address: by_address,
            proxies: Arc::new(vec![proxy]),
            ..DoorConfig::default()
        };
        (Arc::new(Connections::new(&config)), proxy)
    }

    fn address(number: u8) -> IpAddr {
        [10, 0, 0, number].into()
    }

    async fn is_sent_away(place: &Place) -> bool {
        let leaves = tokio::time::timeout(Duration::from_millis(20), place.0.leaves());
        leaves.await.is_ok()
    }

    #[tokio::test]
    async fn g4_who_says_nothing_makes_room_and_whoever_is_worked_for_stays() {
        let (door, _) = door(4, 4);
        let worked_for = door.seat(address(1)).await.unwrap();
        let kept = worked_for.seat().keep();
        let ward = door.seat(address(2)).await.unwrap();
        let (first, second) =
            (door.seat(address(3)).await.unwrap(), door.seat(address(3)).await.unwrap());
        // Who has most goes first, and of theirs what came first, although the ward came before.
        let newcomer = door.seat(address(4)).await.unwrap();
        assert!(is_sent_away(&first).await);
        for place in [&worked_for, &ward, &second, &newcomer] {
            assert!(!is_sent_away(place).await, "{place:?}");
        }
        assert_eq!(door.seats().count(), 4);
        drop(first);
        assert_eq!(door.seats().count(), 4, "it was counted out when it was sent away");
        // What was answered is the newest among those that say nothing.
        drop(kept);
        let _kept: Vec<Kept> = [&second, &newcomer].map(|place| place.seat().keep()).into();
        let _next = door.seat(address(5)).await.unwrap();
        assert!(is_sent_away(&ward).await && !is_sent_away(&worked_for).await);
    }

    #[tokio::test]
    async fn g4_whoever_has_most_that_say_nothing_makes_no_room_by_coming_again() {
        let (door, proxy) = door(30, 30);
        let (mut many, mut as_many) = (Vec::new(), Vec::new());
        for _ in 0..15 {
            many.push(door.seat(address(1)).await.unwrap());
            as_many.push(door.seat(address(2)).await.unwrap());
        }
        for again in [1, 2, 1] {
            assert!(door.seat(address(again)).await.is_none());
        }
        let ward = door.seat(address(3)).await.unwrap();
        let other = door.seat(proxy).await.unwrap();
        assert!(!is_sent_away(&ward).await && !is_sent_away(&other).await);
        assert_eq!(door.seats().count(), 30);
        let left = many.iter().chain(&as_many).filter(|place| door.seats().has(place.0.number));
        assert_eq!(left.count(), 28);
    }

    #[tokio::test]
    async fn an_address_has_its_share_of_the_places_and_a_proxy_may_have_them_all() {
        let (door, proxy) = door(4, 2);
        let places = [door.seat(address(1)).await.unwrap(), door.seat(address(1)).await.unwrap()];
        assert!(door.seat(address(1)).await.is_none());
        drop(places);
        let one = door.seat(address(1)).await.unwrap();
        let mut others = Vec::new();
        for _ in 0..4 {
            others.push(door.seat(proxy).await.unwrap());
        }
        assert_eq!(door.seats().count(), 4);
        drop((one, others));
        assert!(door.seats().is_empty(), "nobody is remembered");
    }

    #[tokio::test]
    async fn where_all_are_worked_for_the_next_waits_outside() {
        let (door, _) = door(1, 1);
        let only = door.seat(address(1)).await.unwrap();
        let kept = only.seat().keep();
        let waiting = tokio::time::timeout(Duration::from_millis(20), door.seat(address(2)));
        assert!(waiting.await.is_err());
        let (outside, ()) = tokio::join!(door.seat(address(2)), async { drop(kept) });
        assert!(outside.is_some() && is_sent_away(&only).await);
    }
}
