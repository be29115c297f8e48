//! What the operator of the server can set.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use enhance_model::Limits;
use serde::{Deserialize, Deserializer};

use crate::storage::StorageError;

/// The configuration. Everything has a default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    #[serde(deserialize_with = "addresses")]
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

impl Config {
    /// Reads the configuration in a TOML file.
    pub fn read(file: &Path) -> Result<Self, StorageError> {
        let text = std::fs::read_to_string(file)
            .map_err(StorageError::file(file.display().to_string()))?;
        let no = |reason: String| StorageError::Configuration {
            file: file.display().to_string(),
            reason,
        };
        let read: Self =
            toml::from_str(&text).map_err(|error| no(error.to_string().trim_end().to_owned()))?;
        read.check(&text).map_err(no)?;
        Ok(read)
    }

    /// Refuses what is no limit, which a phone may be told of and a configuration may not have, and
    /// numbers with which nobody could do anything.
    fn check(&self, text: &str) -> Result<(), String> {
        let set: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let limits = toml::Table::try_from(Limits::default()).map_err(|error| error.to_string())?;
        let set = set.get("limits").and_then(toml::Value::as_table);
        let mut names = set.into_iter().flat_map(toml::Table::keys);
        if let Some(name) = names.find(|name| !limits.contains_key(*name)) {
            let known: Vec<&str> = limits.keys().map(String::as_str).collect();
            return Err(format!("there is no limit {name}; there are {}", known.join(", ")));
        }
        let Self { limits, door, .. } = self;
        let needed = [
            ("page_bytes", u64::from(self.page_bytes)),
            ("document_operations", self.document_operations),
            ("limits.request_bytes", limits.request_bytes),
            ("limits.change_bytes", limits.change_bytes),
            ("limits.text_chars", limits.text_chars),
            ("limits.document_bytes", limits.document_bytes),
            ("limits.document_changes", limits.document_changes),
            ("limits.person_bytes", limits.person_bytes),
            ("limits.requests_per_minute", limits.requests_per_minute.into()),
            ("door.connections", door.connections as u64),
            ("door.connections_by_address", door.connections_by_address as u64),
            ("door.held_bytes", door.held_bytes),
            ("door.requests_of_person", door.requests_of_person as u64),
        ];
        match needed.into_iter().find(|(_, number)| *number == 0) {
            None => Ok(()),
            Some((name, _)) => Err(format!("with {name} = 0 nobody could do anything")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_has_its_default_and_a_slip_of_the_pen_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.toml");
        std::fs::write(&file, "page_bytes = 5\n[limits]\nchange_bytes = 7\n").unwrap();
        let config = Config::read(&file).unwrap();
        assert_eq!((config.page_bytes, config.limits.change_bytes), (5, 7));
        assert_eq!(config.limits.text_chars, Limits::default().text_chars);
        std::fs::write(&file, "page_byte = 5\n").unwrap();
        assert!(Config::read(&file).unwrap_err().to_string().contains("page_byte"));
        for (text, said) in [
            ("[limits]\nperson_byte = 5\n", "there is no limit person_byte; there are "),
            ("[limits]\nrequest_bytes = 0\n", "with limits.request_bytes = 0"),
            ("[door]\nconnections = 0\n", "with door.connections = 0"),
        ] {
            std::fs::write(&file, text).unwrap();
            let refused = Config::read(&file).unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
    }
}
