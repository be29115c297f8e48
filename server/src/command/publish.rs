//! `publish`: checks a folder of content, signs it and makes it available to devices.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use ed25519_dalek::SigningKey;
use enhance_content::{CompiledPack, FileSource, check_and_compile};
use enhance_model::{Sha256, counted};
use enhance_protocol::{PackVersion, SignedManifest, encode};

use super::{arguments::DataFolder, error::CommandError};
use crate::{
    storage::{
        Folder, StorageError, audit,
        audit::{Action, Event},
        folder::{make_folder, private},
        hashed_file, keys, packs, schema,
    },
    surroundings::{Surroundings, random},
};

/// Check a folder of content, sign it and make it available. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  enhance-server publish --data /srv/enhance content/enhance

Everything that is wrong is said with its file and line, and nothing is published then.
Raise `version` in pack.toml before you publish again.")]
pub struct Publish {
    #[command(flatten)]
    folder: DataFolder,
    /// The folder of the pack.
    content: PathBuf,
}

impl Publish {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let now = surroundings.now();
        let pack = check_and_compile(&self.content, now).map_err(|faults| {
            let folder = self.content.display().to_string();
            CommandError::Faults { folder, faults }
        })?;
        let folder = Folder::of_server(&self.folder.data)?;
        let manifest = &pack.manifest;
        let version = PackVersion { key: manifest.key.clone(), version: manifest.version };
        let mut db = schema::open(&folder.database())?;
        let key = keys::publisher(&folder, &db, random(surroundings))?;
        let published = packs::newest(&db)?;
        check_alone(&published, &version)?;
        check_rises(&published, &version)?;
        for (sha256, source) in &pack.files {
            store_file(&folder, *sha256, source)?;
        }
        let frame = signed(&pack, &key)?;
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Again, since another one may have been published meanwhile.
        let published = packs::newest(&transaction)?;
        check_alone(&published, &version)?;
        check_rises(&published, &version)?;
        packs::add(&transaction, &version, &frame, now)?;
        for file in &manifest.files {
            packs::add_file(&transaction, file)?;
        }
        let detail = format!("{} {}", version.key, version.version);
        audit::add(&transaction, Event::of_server(Action::Publish, detail), now)?;
        transaction.commit()?;
        folder.tell_server()?;
        let total = manifest.files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.bytes));
        let (key, version, title) = (&manifest.key, manifest.version, &manifest.title);
        writeln!(out, "Published {title} ({key}), version {version}.")?;
        writeln!(
            out,
            "{}, {}; of that {} with the pack, the rest on request.",
            counted(manifest.files.len(), "file"),
            counted(total, "byte"),
            counted(manifest.bytes_with_pack(), "byte")
        )?;
        writeln!(out, "Devices fetch it with their next exchange; there is nothing else to do.")?;
        Ok(())
    }
}

/// A server has one programme: two cannot be put together yet, and a phone that shows one of them as
/// the programme would hide what people learned in the other.
fn check_alone(newest: &[PackVersion], next: &PackVersion) -> Result<(), CommandError> {
    match newest.iter().find(|pack| pack.key != next.key) {
        Some(pack) => Err(CommandError::advice(format!(
            "{} is published here already, and a server has one programme until packs can be put \
             together; add what is in {} to {}, or publish it on a server of its own",
            pack.key, next.key, pack.key
        ))),
        None => Ok(()),
    }
}

fn check_rises(newest: &[PackVersion], next: &PackVersion) -> Result<(), CommandError> {
    match newest.iter().find(|pack| pack.key == next.key) {
        Some(pack) if pack.version >= next.version => Err(CommandError::advice(format!(
            "version {} of {} is published already; raise `version` in pack.toml from {} to {}",
            pack.version,
            pack.key,
            next.version,
            pack.version + 1
        ))),
        _ => Ok(()),
    }
}

fn signed(pack: &CompiledPack, key: &SigningKey) -> Result<Vec<u8>, CommandError> {
    let broken = |error: &dyn std::fmt::Display| CommandError::advice(format!("signing: {error}"));
    let manifest = SignedManifest::sign(&pack.manifest, key).map_err(|error| broken(&error))?;
    encode(&manifest).map_err(|error| broken(&error))
}

/// Stores a file under its hash, which is checked once more on the way: the folder may have changed
/// since it was compiled.
fn store_file(folder: &Folder, sha256: Sha256, source: &FileSource) -> Result<(), CommandError> {
    let path = folder.file(sha256);
    let what = || StorageError::file(path.display().to_string());
    // A disk may have changed what was whole when an earlier version was published.
    if let Ok(found) = fs::metadata(&path) {
        if hashed_file::fault_of(&path, sha256).is_none() {
            return Ok(());
        }
        if found.is_dir() {
            // Nobody knows whose it is, so it is put aside.
            fs::rename(&path, path.with_extension("aside")).map_err(what())?;
        }
    }
    let parent = path.parent().unwrap_or_else(|| Path::new("."));
    make_folder(parent)?;
    let part = path.with_extension(format!("part-{}", std::process::id()));
    let mut from = source.open().map_err(what())?;
    let copied = copy(&mut from, &part).map_err(what())?;
    if copied != sha256 {
        fs::remove_file(&part).map_err(what())?;
        return Err(CommandError::advice("a file changed while it was read; publish again"));
    }
    fs::rename(&part, &path).map_err(what())?;
    File::open(parent).and_then(|parent| parent.sync_all()).map_err(what())?;
    Ok(())
}

fn copy(from: &mut dyn Read, to: &Path) -> io::Result<Sha256> {
    let mut file = private().write(true).create(true).truncate(true).open(to)?;
    let copied = hashed_file::hash(from, &mut file)?;
    file.sync_all()?;
    Ok(copied)
}
