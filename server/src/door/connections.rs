//! How many are connected, in all and from one address.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::addresses::{Network, network};
use crate::config::DoorConfig;

/// The places there are.
#[derive(Debug)]
pub(super) struct Connections {
    in_all: Arc<Semaphore>,
    by_address: usize,
    proxies: Arc<Vec<IpAddr>>,
    taken: Mutex<BTreeMap<Network, usize>>,
}

impl Connections {
    pub(super) fn new(config: &DoorConfig) -> Self {
        Self {
            in_all: Arc::new(Semaphore::new(config.connections.max(1))),
            by_address: config.connections_by_address.max(1),
            proxies: Arc::clone(&config.proxies),
            taken: Mutex::default(),
        }
    }

    /// Waits until there is a place for one more connection.
    pub(super) async fn wait(self: &Arc<Self>) -> Option<Free> {
        let permit = Arc::clone(&self.in_all).acquire_owned().await.ok()?;
        Some(Free { connections: Arc::clone(self), permit })
    }
}

/// A place that nobody has taken yet.
#[derive(Debug)]
pub(super) struct Free {
    connections: Arc<Connections>,
    permit: OwnedSemaphorePermit,
}

impl Free {
    /// Takes the place for a connection from an address; none if that has enough of them. A proxy
    /// speaks for many.
    pub(super) fn of(self, address: IpAddr) -> Option<Place> {
        let Self { connections, permit } = self;
        if connections.proxies.contains(&address) {
            return Some(Place { counted: None, _permit: permit });
        }
        let network = network(address);
        {
            let mut taken = connections.taken.lock().unwrap_or_else(PoisonError::into_inner);
            let count = taken.entry(network).or_default();
            if *count >= connections.by_address {
                return None;
            }
            *count += 1;
        }
        Some(Place { counted: Some((connections, network)), _permit: permit })
    }
}

/// The place of a connection, free again when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    counted: Option<(Arc<Connections>, Network)>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((connections, network)) = &self.counted else { return };
        let mut taken = connections.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_has_its_share_of_the_places_and_a_proxy_may_have_them_all() {
        let proxy: IpAddr = [10, 0, 0, 9].into();
        let config = DoorConfig {
            connections: 4,
            connections_by_address: 2,
            proxies: Arc::new(vec![proxy]),
            ..DoorConfig::default()
        };
        let connections = Arc::new(Connections::new(&config));
        let ward: IpAddr = [10, 0, 0, 1].into();
        let one = connections.wait().await.unwrap().of(ward).unwrap();
        let two = connections.wait().await.unwrap().of(ward).unwrap();
        assert!(connections.wait().await.unwrap().of(ward).is_none());
        drop(one);
        let three = connections.wait().await.unwrap().of(ward).unwrap();
        let others = [
            connections.wait().await.unwrap().of(proxy).unwrap(),
            connections.wait().await.unwrap().of(proxy).unwrap(),
        ];
        assert_eq!(connections.in_all.available_permits(), 0);
        drop((two, three, others));
        assert_eq!(connections.in_all.available_permits(), 4);
        assert!(connections.taken.lock().unwrap().is_empty(), "nobody is remembered");
    }
}
