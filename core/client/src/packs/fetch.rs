//! Fetching: signed manifests, and files that go on where a broken download stopped.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
    time::SystemTime,
};

use enhance_model::{
    Noun, RefusalCode, Sha256,
    pack::{PackFile, PackManifest},
};
use enhance_protocol::{Nonce, SignedManifest, decode, path};
use enhance_store::{PackFileRow, fs};
use futures_util::StreamExt;

use super::room;
use crate::{
    cancellation::Cancellation,
    environment::transport::{Answer, Request, Resume},
    error::Error,
    network::{
        answer::{NoAnswer, get, read_ours, refusal},
        tag,
    },
    platform::{part::Part, task},
    progress::{OnProgress, Progress},
    state::{
        State,
        facts::Facts,
        lock::StateLock,
        pack::{file_in, files_in, is_intact},
        place,
    },
};

/// Bytes a manifest may have; a pack with ten thousand files stays below.
const MANIFEST_BYTES: usize = 4 << 20;

/// What the clones of a core share about downloads.
#[derive(Default)]
pub(crate) struct Downloads {
    /// Held for the length of a download: two of the same file would mix their parts.
    turn: tokio::sync::Mutex<()>,
    /// Whether every file that comes with a pack was compared with its hash since the time
    /// when the core was opened.
    pub(super) looked_through: AtomicBool,
    /// Films and the like that were compared since then, with how long they were and when
    /// they were written to.
    compared: Mutex<BTreeMap<Sha256, (u64, Option<SystemTime>)>>,
}

impl Downloads {
    /// Waits for one's turn to download.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Whether a file is as its publisher signed it. It is read when it is asked for first, and
    /// again once it was written to.
    pub(super) fn is_intact(&self, path: &Path, file: &PackFile) -> bool {
        let Ok(found) = fs::symlink_metadata(path) else { return false };
        let seen = (found.len(), found.modified().ok());
        let mut compared = self.compared.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.1.is_some() && compared.get(&file.sha256) == Some(&seen) {
            return true;
        }
        compared.remove(&file.sha256);
        drop(compared);
        let intact = is_intact(path, file.sha256, file.bytes);
        if intact {
            let mut compared = self.compared.lock().unwrap_or_else(PoisonError::into_inner);
            compared.insert(file.sha256, seen);
        }
        intact
    }
}

/// A download with everything that its parts share.
pub(super) struct Download<'a> {
    lock: &'a StateLock,
    facts: Arc<Facts>,
    cancel: &'a Cancellation,
    progress: OnProgress<'a>,
    /// Bytes of all files of this download.
    pub(super) total: u64,
    /// Bytes of those that are here.
    here: u64,
    /// Bytes that came over the network.
    pub(super) fetched: u64,
}

/// A file under its way from the network to its place.
struct Place {
    whole: PathBuf,
    part: PathBuf,
}

impl Place {
    fn of(folder: &Path, sha256: Sha256) -> Self {
        let whole = file_in(folder, sha256);
        let part = whole.with_extension("part");
        Self { whole, part }
    }
}

impl<'a> Download<'a> {
    pub(super) fn new(
        lock: &'a StateLock,
        cancel: &'a Cancellation,
        progress: OnProgress<'a>,
    ) -> Result<Self, Error> {
        let facts = lock.with(State::facts)?;
        Ok(Self { lock, facts, cancel, progress, total: 0, here: 0, fetched: 0 })
    }

    /// The newest manifest of a pack, if its publisher signed it.
    pub(super) async fn manifest(
        &self,
        key: &str,
    ) -> Result<(SignedManifest, PackManifest), Error> {
        let nonce = self.lock.environment().nonce();
        let answer = self.send(self.get(&format!("{}/{key}", path::PACKS), nonce)).await?;
        if answer.status != 200 {
            let error = Error::from(refusal(answer, &nonce).await);
            let is_unknown = matches!(&error, Error::Refused { code: RefusalCode::NotFound, .. })
                && self.lock.with(|state| Ok(state.store().pack_in_use(key)?.is_none()))?;
            return Err(if is_unknown { Error::not_found(Noun::Pack, key) } else { error });
        }
        let body = self.cancel.race(read_ours(answer, MANIFEST_BYTES)).await??;
        let signed: SignedManifest =
            decode(&body, MANIFEST_BYTES).map_err(|error| Error::from(NoAnswer::foreign(error)))?;
        let manifest =
            signed.verify(&self.facts.publisher_key).map_err(|error| broken(key, error))?;
        if manifest.key != key {
            return Err(broken(key, format_args!("the manifest is that of {:?}", manifest.key)));
        }
        Ok((signed, manifest))
    }

    /// Makes sure that a file is here, whole and checked.
    pub(super) async fn file(&mut self, file: &PackFile) -> Result<PathBuf, Error> {
        let place = Place::of(self.lock.folder(), file.sha256);
        let here_before = self.here;
        if !self.is_here(file, &place).await? {
            place::require_own(&files_in(self.lock.folder()))?;
            place::make_folder(&files_in(self.lock.folder())).map_err(on_disk)?;
            room::leave_for_words(self.lock.folder(), file.bytes)?;
            // What was left of an earlier attempt may be spoilt; what comes whole is not, unless
            // the server's copy is.
            if !self.attempt(file, &place).await? {
                self.here = here_before;
                if !self.attempt(file, &place).await? {
                    return Err(Error::damaged(format_args!("file {} of a pack", file.sha256)));
                }
            }
            self.keep(file, &place)?;
        }
        self.here = here_before.saturating_add(file.bytes);
        self.tell();
        Ok(place.whole)
    }

    /// Whether a file is here. What is noted of it may be wrong: the power may have gone before it
    /// was noted, and a disk may have changed the file since.
    async fn is_here(&self, file: &PackFile, place: &Place) -> Result<bool, Error> {
        let intact = matches(&place.whole, file).await?;
        let known = self.lock.with(|state| Ok(state.store().pack_file(file.sha256)?))?;
        if known.is_some_and(|row| row.have) != intact {
            self.note(file, intact)?;
        }
        Ok(intact)
    }

    /// Fetches what is missing of a file. False if the whole is not what it should be; then nothing
    /// of it is left.
    async fn attempt(&mut self, file: &PackFile, place: &Place) -> Result<bool, Error> {
        let mut from = place::length_or_clear(&place.part).map_err(on_disk)?;
        if from > file.bytes {
            fs::remove_file(&place.part).map_err(on_disk)?;
            from = 0;
        }
        let mut is_of_server = true;
        if from < file.bytes || from == 0 {
            is_of_server = self.fetch(file, place, from).await?;
        }
        let intact = matches(&place.part, file).await?;
        if !intact {
            fs::remove_file(&place.part).map_err(on_disk)?;
        }
        if !intact && !is_of_server {
            return Err(NoAnswer::foreign("this is not the file that was asked for").into());
        }
        Ok(intact)
    }

    /// Fetches a file from some byte on, and says whether the answer bears the tag of the server.
    ///
    /// A proxy may weaken the tag (`W/"..."`) or take it away, so that it refuses nothing: the hash
    /// of the whole decides. A page in the place of a file is told by its media type before it is
    /// written over a part that is good.
    async fn fetch(&mut self, file: &PackFile, place: &Place, from: u64) -> Result<bool, Error> {
        let resume = (from > 0).then(|| Resume { from, etag: tag::of_file(file.sha256) });
        let nonce = self.lock.environment().nonce();
        let request = self.get(&format!("{}/{}", path::FILES, file.sha256), nonce);
        let answer = self.send(Request { resume, ..request }).await?;
        let begins_at = match (answer.status, answer.begins_at) {
            (200, _) => 0,
            (206, Some(begins_at)) if begins_at == from => from,
            _ => return Err(refusal(answer, &nonce).await.into()),
        };
        let is_of_server = tag::is_of_file(answer.etag.as_deref(), file.sha256);
        let type_of = |text: &str| text.split(';').next().map(|one| one.trim().to_lowercase());
        let is_of_its_type = answer.media_type.is_none()
            || answer.media_type.as_deref().and_then(type_of) == type_of(&file.media_type);
        if !is_of_server && !is_of_its_type {
            return Err(NoAnswer::foreign("this is not the file that was asked for").into());
        }
        self.take(file, place, begins_at, answer).await?;
        Ok(is_of_server)
    }

    /// Writes what comes behind what is there. What arrived stays, even if the rest does not come.
    async fn take(
        &mut self,
        file: &PackFile,
        place: &Place,
        begins_at: u64,
        answer: Answer,
    ) -> Result<(), Error> {
        let mut part = Part::open(&place.part, begins_at > 0).await.map_err(on_disk)?;
        let before = self.here;
        let mut here = begins_at;
        let mut chunks = answer.body;
        let taken = loop {
            let chunk = match self.cancel.race(chunks.next()).await {
                Ok(None) => break Ok(()),
                Ok(Some(Ok(chunk))) => chunk,
                Ok(Some(Err(error))) => break Err(NoAnswer::from(error).into()),
                Err(cancelled) => break Err(cancelled),
            };
            here = here.saturating_add(chunk.len() as u64);
            self.fetched = self.fetched.saturating_add(chunk.len() as u64);
            if here > file.bytes {
                // Checked as a whole, it is refused; there is no need to take in more of it.
                part.write(&chunk).await.map_err(on_disk)?;
                break Ok(());
            }
            part.write(&chunk).await.map_err(on_disk)?;
            self.here = before.saturating_add(here);
            self.tell();
        };
        part.flush().await.map_err(on_disk)?;
        taken?;
        if here < file.bytes {
            return Err(NoAnswer::cut("the file ended too early").into());
        }
        part.keep().await.map_err(on_disk)
    }

    /// Puts a file that was checked into its place, and only then says that it is here.
    fn keep(&self, file: &PackFile, place: &Place) -> Result<(), Error> {
        place::length_or_clear(&place.whole).map_err(on_disk)?;
        fs::rename(&place.part, &place.whole).map_err(on_disk)?;
        let folder = fs::File::open(files_in(self.lock.folder())).map_err(on_disk)?;
        folder.sync_all().map_err(on_disk)?;
        self.note(file, true)
    }

    fn note(&self, file: &PackFile, have: bool) -> Result<(), Error> {
        let row = PackFileRow { sha256: file.sha256, bytes: file.bytes, have };
        self.lock.with(|state| state.write(|write| Ok(write.put_pack_file(row)?)))
    }

    fn tell(&self) {
        (self.progress)(Progress::Downloaded { bytes: self.here, total: self.total });
    }

    fn get(&self, path: &str, nonce: Nonce) -> Request {
        get(&self.facts.server, path, self.facts.token(), nonce)
    }

    async fn send(&self, request: Request) -> Result<Answer, Error> {
        let transport = &*self.lock.environment().transport;
        let answer = self.cancel.race(transport.send(request)).await?;
        answer.map_err(|error| NoAnswer::from(error).into())
    }
}

/// Whether a file on the disk is the one it should be.
async fn matches(path: &Path, file: &PackFile) -> Result<bool, Error> {
    let (path, sha256, bytes) = (path.to_owned(), file.sha256, file.bytes);
    let hashed = task::blocking(move || is_intact(&path, sha256, bytes)).await;
    hashed.map_err(|error| Error::internal("checking a file").because(error))
}

/// A file that could not be kept.
pub(super) fn on_disk(error: io::Error) -> Error {
    Error::of_files("keeping a file of a content pack", error)
}

/// A pack that is not in order as the server has it, and why: nothing of this device is damaged.
pub(super) fn broken(key: &str, why: impl std::fmt::Display) -> Error {
    let message = format!(
        "content pack {key:?} is not in order as it was published ({why}). What is here stays in \
         use; whoever runs the server has to publish it once more, as a next version"
    );
    Error::Refused { code: RefusalCode::DamagedOnServer, message }
}
