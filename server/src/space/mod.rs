//! How much room is left on the disk, and warnings before there is none.

pub(crate) mod work;

use std::path::Path;

use enhance_model::size;

use crate::{
    config::SpaceConfig,
    storage::{Folder, StorageError},
};

/// Room on the disk of a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Space {
    /// Bytes that are free for this user.
    pub free: u64,
    /// Bytes of the whole disk.
    pub disk: u64,
    /// Bytes of the database with its log.
    pub database: u64,
}

/// Whether there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Enough,
    Low,
    /// Soon nothing can be stored any more.
    Urgent,
}

impl Space {
    /// The room there is now.
    pub fn of(folder: &Folder) -> Result<Self, StorageError> {
        let (free, disk) = room(folder.root())?;
        let mut log = folder.database().into_os_string();
        log.push("-wal");
        let bytes = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
        Ok(Self { free, disk, database: bytes(&folder.database()) + bytes(Path::new(&log)) })
    }

    /// Whether that is enough.
    pub const fn level(&self, config: &SpaceConfig) -> Level {
        if self.free < config.urgent_bytes {
            Level::Urgent
        } else if self.free < config.low_bytes {
            Level::Low
        } else {
            Level::Enough
        }
    }

    /// What to say to the operator, if there is something.
    pub fn warning(&self, config: &SpaceConfig) -> Option<String> {
        let left = format!("{} are free on the disk", size(self.free));
        match self.level(config) {
            Level::Enough => None,
            Level::Low => Some(format!("{left}: make room, or move to a larger one")),
            Level::Urgent => {
                Some(format!("{left}: soon nothing can be stored; phones keep what waits"))
            }
        }
    }
}

#[cfg(unix)]
fn room(root: &Path) -> Result<(u64, u64), StorageError> {
    let what = || StorageError::file(root.display().to_string());
    let disk = rustix::fs::statvfs(root).map_err(|error| what()(error.into()))?;
    Ok((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
}

#[cfg(not(unix))]
fn room(_: &Path) -> Result<(u64, u64), StorageError> {
    Ok((u64::MAX, u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g15_warnings_come_before_the_room_ends() {
        let config = SpaceConfig { low_bytes: 200, urgent_bytes: 100, ..SpaceConfig::default() };
        let level = |free| Space { free, ..Space::default() }.level(&config);
        assert_eq!([level(200), level(199), level(99)], [Level::Enough, Level::Low, Level::Urgent]);
        assert!(Space { free: 200, ..Space::default() }.warning(&config).is_none());
        let folder = tempfile::tempdir().unwrap();
        let space = Space::of(&Folder::make(folder.path()).unwrap()).unwrap();
        assert!(space.disk >= space.free && space.disk > 0);
    }
}
