//! Content packs: which versions there are, which one is in use, which files are here.

use enhance_model::Sha256;
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer},
};

/// One version of a content pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    pub key: String,
    pub version: u64,
    /// What it is being used for.
    pub state: PackStage,
    /// The manifest, byte for byte as it was signed.
    pub manifest: Vec<u8>,
    pub signature: Vec<u8>,
}

/// What a version of a pack is being used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackStage {
    /// Its files are being fetched.
    Downloading,
    /// It is in use.
    Ready,
    /// A newer one is in use.
    Superseded,
}

impl PackStage {
    const ALL: [Self; 3] = [Self::Downloading, Self::Ready, Self::Superseded];

    /// The name in tables and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Downloading => "downloading",
            Self::Ready => "ready",
            Self::Superseded => "superseded",
        }
    }
}

impl sql::Column for PackStage {
    type Raw = String;

    fn from_raw(raw: String) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == raw)
    }
}

/// A file of one or more packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackFileRow {
    pub sha256: Sha256,
    pub bytes: u64,
    /// Whether it is here, whole and checked.
    pub have: bool,
}

const READING: &str = "reading content packs";
const SAVING: &str = "saving a content pack";

impl StoreReader {
    /// Every version of every pack, by key and version.
    pub fn packs(&self) -> Result<Vec<Pack>, StoreError> {
        let sql = "SELECT * FROM pack ORDER BY key, version";
        sql::all(&self.connection, READING, sql, [], pack)
    }

    /// One version of a pack.
    pub fn pack(&self, key: &str, version: u64) -> Result<Option<Pack>, StoreError> {
        let sql = "SELECT * FROM pack WHERE key = ?1 AND version = ?2";
        sql::first(&self.connection, READING, sql, params![key, integer(version)], pack)
    }

    /// The version of a pack that is in use.
    pub fn pack_in_use(&self, key: &str) -> Result<Option<Pack>, StoreError> {
        let sql = "SELECT * FROM pack WHERE key = ?1 AND state = 'ready'";
        sql::first(&self.connection, READING, sql, [key], pack)
    }

    /// A file of a pack.
    pub fn pack_file(&self, sha256: Sha256) -> Result<Option<PackFileRow>, StoreError> {
        let sql = "SELECT * FROM pack_file WHERE sha256 = ?1";
        sql::first(&self.connection, READING, sql, [sha256.as_bytes()], pack_file)
    }

    /// Every file of every pack, by hash.
    pub fn pack_files(&self) -> Result<Vec<PackFileRow>, StoreError> {
        sql::all(
            &self.connection,
            READING,
            "SELECT * FROM pack_file ORDER BY sha256",
            [],
            pack_file,
        )
    }
}

impl Write<'_> {
    /// Adds a version of a pack that is to be fetched. Of one that is here already the manifest is
    /// written anew, and what it is used for stays.
    pub fn put_pack(
        &mut self,
        key: &str,
        version: u64,
        manifest: &[u8],
        signature: &[u8],
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO pack (key, version, state, manifest, signature)
            VALUES (?1, ?2, 'downloading', ?3, ?4) ON CONFLICT (key, version)
            DO UPDATE SET manifest = excluded.manifest, signature = excluded.signature";
        self.run(SAVING, sql, params![key, integer(version), manifest, signature])?;
        self.changes.touch(Topic::Packs);
        Ok(())
    }

    /// Notes a file of a pack and whether it is here.
    pub fn put_pack_file(&mut self, file: PackFileRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO pack_file (sha256, bytes, have) VALUES (?1, ?2, ?3)
            ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes, have = excluded.have";
        self.run(SAVING, sql, params![file.sha256.as_bytes(), integer(file.bytes), file.have])?;
        self.changes.touch(Topic::Packs);
        Ok(())
    }

    /// Forgets a file that no pack needs any more.
    pub fn remove_pack_file(&mut self, sha256: Sha256) -> Result<(), StoreError> {
        self.run(SAVING, "DELETE FROM pack_file WHERE sha256 = ?1", [sha256.as_bytes()])?;
        self.changes.touch(Topic::Packs);
        Ok(())
    }

    /// Puts a version of a pack to use in place of the one in use. Never goes back.
    pub fn switch_pack(&mut self, key: &str, version: u64) -> Result<(), StoreError> {
        if let Some(Pack { version: in_use, .. }) = self.pack_in_use(key)?
            && in_use > version
        {
            return Err(StoreError::OlderPack { key: key.to_owned(), version, in_use });
        }
        let sql = "UPDATE pack SET state = 'superseded' WHERE key = ?1 AND version < ?2";
        self.run(SAVING, sql, params![key, integer(version)])?;
        let sql = "UPDATE pack SET state = 'ready' WHERE key = ?1 AND version = ?2";
        if self.run(SAVING, sql, params![key, integer(version)])? == 0 {
            return Err(StoreError::UnknownPack { key: key.to_owned(), version });
        }
        self.changes.touch(Topic::Packs);
        Ok(())
    }

    /// Forgets a version of a pack that is not in use.
    pub fn remove_pack(&mut self, key: &str, version: u64) -> Result<(), StoreError> {
        let sql = "DELETE FROM pack WHERE key = ?1 AND version = ?2 AND state <> 'ready'";
        self.run(SAVING, sql, params![key, integer(version)])?;
        self.changes.touch(Topic::Packs);
        Ok(())
    }
}

fn pack(row: &Row<'_>) -> Result<Pack, StoreError> {
    Ok(Pack {
        key: column(row, "key")?,
        version: column(row, "version")?,
        state: column(row, "state")?,
        manifest: column(row, "manifest")?,
        signature: column(row, "signature")?,
    })
}

fn pack_file(row: &Row<'_>) -> Result<PackFileRow, StoreError> {
    Ok(PackFileRow {
        sha256: column(row, "sha256")?,
        bytes: column(row, "bytes")?,
        have: column(row, "have")?,
    })
}
