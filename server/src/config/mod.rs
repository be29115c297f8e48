//! What the operator of the server can set.
//!
//! Every setting stands in one table with the least and the most that it can be and why
//! ([`table`]); what `serve --help` and `SETTINGS.md` say comes from there, and what is refused
//! when a configuration is read ([`Config::read`]).

mod page;
mod reading;
pub mod table;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use enhance_model::Limits;
use serde::{Deserialize, Deserializer, Serialize};

pub(crate) use page::help;

/// The configuration. Everything has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How much is too much. Phones are told, so that a person hears of a limit in time.
    pub limits: Limits,
    /// Bytes of one page of an answer, even if a device is willing to take more.
    pub page_bytes: u32,
    /// Operations of one document at most, each a character or a value: what opening it costs.
    pub document_operations: u64,
    /// After so many new changes a document is tried as a whole, in the background.
    pub trial_every: u64,
    /// After so many new changes a document is folded although it does not rest.
    pub fold_every: u64,
    /// Minutes without a change after which a document rests and is folded.
    pub fold_after_minutes: u32,
    /// Where monitoring asks whether the server is ready and what it counted; nowhere if it is not
    /// set. Not for the network: nobody is asked who they are there.
    pub watch: Option<SocketAddr>,
    /// The folder of the page that is served at `/`; without one there is none.
    pub web: Option<PathBuf>,
    /// Who comes in, how many, and at which pace.
    pub door: DoorConfig,
    /// When the operator is warned.
    pub space: SpaceConfig,
}

/// When the operator is warned that room gets scarce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpaceConfig {
    /// With fewer bytes free on the disk than this it is getting full.
    pub low_bytes: u64,
    /// With fewer than this soon nothing can be stored.
    pub urgent_bytes: u64,
    /// Hundredths of their space from which a person is named as nearly full.
    pub person_percent: u8,
}

impl Default for SpaceConfig {
    fn default() -> Self {
        Self { low_bytes: 4 << 30, urgent_bytes: 512 << 20, person_percent: 90 }
    }
}

/// Who comes in, how many, and at which pace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DoorConfig {
    /// Connections at once. Each takes a file of those that the process may open.
    pub connections: usize,
    /// Connections at once from one address that is no proxy's.
    pub connections_by_address: usize,
    /// Seconds until the head of the next request must have come, the wait for it included.
    pub head_seconds: u32,
    /// Seconds in which something more of a body must have come; in three times as many something
    /// of an answer must have been taken.
    pub pause_seconds: u32,
    /// Milliseconds after which somebody hears that they ask too often or are not known. Who asks
    /// again at once would otherwise take a processor for what is refused.
    pub refusal_ms: u32,
    /// Bytes a second that a body has to come with on the whole, after a first pause.
    pub slowest_bytes: u32,
    /// Bytes of requests that are held at once, unpacked ones included.
    pub held_bytes: u64,
    /// Attempts to enrol in a minute from one address, and in all.
    pub enrolments_by_address: u32,
    pub enrolments: u32,
    /// Requests of one person that may be under way or wait for their turn.
    pub requests_of_person: usize,
    /// Files that one person may ask for in a minute, and that may be on their way to them at
    /// once. Each takes a file of those that the process may open.
    pub files_of_person_per_minute: u32,
    pub files_of_person: usize,
    /// Devices that may listen at the doorbell at once. Each takes one of the connections.
    pub listeners: usize,
    /// Addresses whose word is taken for whom they ask (`X-Forwarded-For`).
    #[serde(deserialize_with = "addresses", skip_serializing)]
    pub proxies: Arc<Vec<IpAddr>>,
}

impl Default for DoorConfig {
    fn default() -> Self {
        Self {
            connections: 768,
            connections_by_address: 256,
            head_seconds: 30,
            pause_seconds: 20,
            refusal_ms: 250,
            slowest_bytes: 2 << 10,
            held_bytes: 256 << 20,
            enrolments_by_address: 240,
            enrolments: 2_400,
            requests_of_person: 8,
            files_of_person_per_minute: 6_000,
            files_of_person: 16,
            listeners: 512,
            proxies: Arc::new(vec![[127, 0, 0, 1].into(), std::net::Ipv6Addr::LOCALHOST.into()]),
        }
    }
}

impl DoorConfig {
    /// Until when the head of the next request must have come.
    pub fn head_time(&self) -> Duration {
        Duration::from_secs(self.head_seconds.max(1).into())
    }

    /// How long nothing more of a body may come.
    pub fn pause(&self) -> Duration {
        Duration::from_secs(self.pause_seconds.max(1).into())
    }

    /// How long a refusal waits that comes before anything is read.
    pub fn refusal_pause(&self) -> Duration {
        Duration::from_millis(self.refusal_ms.into())
    }

    /// How long nothing of an answer may be taken: longer, since what was sent of it was paid for.
    pub fn answer_time(&self) -> Duration {
        self.pause() * 3
    }

    /// How long a body may take of which so many bytes have come.
    pub fn body_time(&self, bytes: usize) -> Duration {
        let seconds = bytes as u64 / u64::from(self.slowest_bytes.max(1));
        self.pause() + Duration::from_secs(seconds)
    }
}

fn addresses<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Vec<IpAddr>>, D::Error> {
    Ok(Arc::new(Vec::deserialize(from)?))
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            page_bytes: 1 << 20,
            document_operations: 1 << 21,
            trial_every: 500,
            fold_every: 500,
            fold_after_minutes: 60,
            watch: None,
            web: None,
            door: DoorConfig::default(),
            space: SpaceConfig::default(),
        }
    }
}
