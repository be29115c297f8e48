//! Uploading what the server lacks, and telling it what is to be destroyed.

use std::{
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use enhance_model::{Epoch, RefusalCode};
use enhance_protocol::{
    BlobResponse, BlobStep,
    blob::{BLOBS_AT_ONCE, PIECE_BYTES},
};
use enhance_store::{AttachmentRefusal, AttachmentRow, fs::File};

use super::{super::budget::Allowance, step};
use crate::{
    cancellation::Cancellation,
    error::{Error, Obstacle},
    progress::{OnProgress, Progress},
    state::{attachments, lock::StateLock},
};

/// Questions of one sync about files that wait.
const PAGES_AT_ONCE: usize = 8;
/// Milliseconds after which a file that was refused is offered again.
const OFFERED_AGAIN_MS: i64 = 60 * 60 * 1_000;

/// The uploads of one sync.
pub(in crate::sync) struct Uploads<'a> {
    pub(in crate::sync) lock: &'a StateLock,
    pub(in crate::sync) allowance: &'a mut Allowance,
    pub(in crate::sync) cancel: &'a Cancellation,
    pub(in crate::sync) progress: OnProgress<'a>,
    /// Files whose last piece went from here.
    pub(in crate::sync) sent: u64,
    /// Bytes of a piece: fewer once more did not get through.
    pub(in crate::sync) piece_bytes: u64,
}

/// Bytes of a piece to begin with.
pub(in crate::sync) const LARGEST_PIECE: u64 = PIECE_BYTES as u64;
/// Smaller pieces would cost more than they carry.
const SMALLEST_PIECE: u64 = 8 << 10;

impl Uploads<'_> {
    /// Goes through everything that waits, until it is done or the budget is spent.
    pub(in crate::sync) async fn go(&mut self) -> Result<(), Error> {
        self.destroy().await?;
        // Each byte costs there: words went, and a photograph can wait for a better line.
        if self.allowance.metered {
            return Ok(());
        }
        let mut after = None;
        for _ in 0..PAGES_AT_ONCE {
            let limit = u32::try_from(BLOBS_AT_ONCE).unwrap_or(u32::MAX);
            let read = move |state: &mut crate::state::State| {
                let now = state.now();
                let lately = (now.plus_millis(-OFFERED_AGAIN_MS), now);
                Ok(state.store().attachments_waiting(after, lately, limit)?)
            };
            let waiting = self.lock.work(read).await?;
            let Some(last) = waiting.last().map(|row| (row.document, row.id)) else {
                return Ok(());
            };
            after = Some(last);
            let blobs = waiting.iter().map(|row| row.sha256).collect();
            let answer = self.step(BlobStep::Ask { blobs }).await?;
            let told = (answer.epoch, answer.reached);
            for (row, there) in waiting.iter().zip(answer.stored) {
                if !self.allowance.allows_a_step() {
                    return Ok(());
                }
                match self.file(row, (there, told)).await {
                    Ok(()) => {}
                    // This one is not taken; others may be.
                    Err(Error::Refused { code, message }) if !is_for_all(code) => {
                        tracing::warn!(%code, %message, "an attachment was not taken");
                        self.note_refusal(row, code, message).await?;
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// Keeps why the server does not take a file, for the person.
    async fn note_refusal(
        &self,
        row: &AttachmentRow,
        code: RefusalCode,
        reason: String,
    ) -> Result<(), Error> {
        let key = (row.document, row.id);
        let refusal = AttachmentRefusal { code: code.as_str().to_owned(), reason };
        let note = move |state: &mut crate::state::State| {
            let now = state.now();
            state.write(|write| Ok(write.attachment_is_refused(key, &refusal, now)?))
        };
        self.lock.work(note).await
    }

    /// Tells the server what is to be destroyed. Then nothing here names it any more.
    async fn destroy(&mut self) -> Result<(), Error> {
        let limit = u32::try_from(BLOBS_AT_ONCE).unwrap_or(u32::MAX);
        let gone = self.lock.work(move |state| {
            attachments::sweep(state)?;
            Ok(state.store().attachments_gone(limit)?)
        });
        let mut gone = gone.await?;
        gone.retain(|row| !row.here);
        if gone.is_empty() || !self.allowance.allows_a_step() {
            return Ok(());
        }
        // Those of somebody else's copy are destroyed by whose they are.
        let blobs: Vec<_> = gone.iter().filter(|row| row.mine).map(|row| row.sha256).collect();
        if !blobs.is_empty() {
            self.step(BlobStep::Forget { blobs }).await?;
        }
        let forget = move |state: &mut crate::state::State| {
            state.write(|write| {
                write.offer_refused_attachments()?;
                gone.iter().try_for_each(|row| Ok(write.forget_attachment(row.document, row.id)?))
            })
        };
        self.lock.work(forget).await
    }

    /// Sends what the server lacks of a file, from where it has it.
    async fn file(
        &mut self,
        row: &AttachmentRow,
        (mut there, (mut epoch, mut reached)): (u64, (Epoch, u64)),
    ) -> Result<(), Error> {
        let path = attachments::file_in(self.lock.folder(), row.sha256);
        let mut attempts = row.bytes / SMALLEST_PIECE + 16;
        // Another device sent what is there already.
        let is_ours = there != row.bytes;
        while there != row.bytes {
            if !row.here || !self.allowance.allows_a_step() {
                return Ok(());
            }
            attempts = match attempts.checked_sub(1) {
                Some(left) => left,
                None => return Err(Error::internal("sending an attachment")),
            };
            let from = there.min(row.bytes);
            let Ok(piece) = piece(&path, from, self.piece_bytes) else {
                return self.is_lost(row, &path).await;
            };
            let (document, sha256, bytes) = (row.document, row.sha256, row.bytes);
            let part = BlobStep::Piece { document, sha256, bytes, from: there, piece };
            there = match self.step(part).await {
                Ok(answer) => {
                    (epoch, reached) = (answer.epoch, answer.reached);
                    answer.stored.first().copied().unwrap_or_default()
                }
                Err(error) if is_by_size(&error) && self.piece_bytes > SMALLEST_PIECE => {
                    self.piece_bytes /= 2;
                    continue;
                }
                Err(error) => return Err(error),
            };
            (self.progress)(Progress::Uploaded { bytes: there, total: row.bytes });
        }
        let (document, id) = (row.document, row.id);
        let note = move |state: &mut crate::state::State| {
            state.write(|write| {
                if write.reach(epoch, reached)? {
                    write.attachment_is_stored(document, id)?;
                }
                Ok(())
            })
        };
        self.lock.work(note).await?;
        self.sent += u64::from(is_ours);
        Ok(())
    }

    /// Notes of a file that cannot be read whether it is gone. Others go on without it.
    async fn is_lost(&self, row: &AttachmentRow, path: &Path) -> Result<(), Error> {
        let (document, id) = (row.document, row.id);
        tracing::warn!(%document, %id, "the file of an attachment cannot be read");
        if std::fs::exists(path).unwrap_or(true) {
            return Ok(());
        }
        let note = move |state: &mut crate::state::State| {
            state.write(|write| Ok(write.set_attachment_here(document, id, false)?))
        };
        self.lock.work(note).await
    }

    async fn step(&mut self, what: BlobStep) -> Result<BlobResponse, Error> {
        let stepping = self.allowance.in_time(step(self.lock, what));
        let done = self.cancel.race(stepping).await?;
        let (answer, bytes) = done.map_err(|_spent| Error::Cancelled)??;
        self.allowance.spend(bytes);
        Ok(answer)
    }
}

/// Whether a piece may have been too large for the way, whoever says so. If it was not, a few
/// more attempts fail like this one.
const fn is_by_size(error: &Error) -> bool {
    matches!(
        error,
        Error::Refused { code: RefusalCode::RequestTooLarge, .. }
            | Error::Offline {
                obstacle: Obstacle::CutOff
                    | Obstacle::NotEnhance { .. }
                    | Obstacle::Forbidden { .. }
                    | Obstacle::Stranger { status: 400 | 406 | 413 | 500 | 502 | 504, .. },
                ..
            }
    )
}

/// Whether a refusal of one file is one of every other as well.
const fn is_for_all(code: RefusalCode) -> bool {
    matches!(code, RefusalCode::UnsupportedProtocol)
}

/// The next bytes of a file.
fn piece(path: &Path, from: u64, bytes: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut piece = Vec::new();
    file.take(bytes).read_to_end(&mut piece)?;
    Ok(piece)
}
