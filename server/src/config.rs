//! What the operator of the server can set.

use std::path::Path;

use enhance_model::Limits;
use serde::Deserialize;

use crate::storage::StorageError;

/// The configuration. Everything has a default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How much is too much. Phones are told, so that a person hears of a limit in time.
    pub limits: Limits,
    /// Bytes of one page of an answer, even if a device is willing to take more.
    pub page_bytes: u32,
    /// After so many new changes a document is tried as a whole, in the background.
    pub trial_every: u64,
    /// After so many new changes a document is folded although it does not rest.
    pub fold_every: u64,
    /// Minutes without a change after which a document rests and is folded.
    pub fold_after_minutes: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            page_bytes: 1 << 20,
            trial_every: 500,
            fold_every: 500,
            fold_after_minutes: 60,
        }
    }
}

impl Config {
    /// Reads the configuration in a TOML file.
    pub fn read(file: &Path) -> Result<Self, StorageError> {
        let text = std::fs::read_to_string(file)
            .map_err(StorageError::file(file.display().to_string()))?;
        toml::from_str(&text)
            .map_err(|error| StorageError::Broken(format!("{}: {error}", file.display())))
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
    }
}
