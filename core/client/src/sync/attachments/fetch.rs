//! Fetching the file of an attachment that was added on another device, when a person asks for it.

use std::path::Path;

use enhance_model::Sha256;
use enhance_protocol::path;
use enhance_store::{AttachmentRow, fs};
use futures_util::StreamExt;

use crate::{
    cancellation::Cancellation,
    environment::transport::{Answer, Request, Resume},
    error::{Errand, Error},
    network::{
        answer::{NoAnswer, get, refusal},
        tag,
    },
    platform::part::Part,
    progress::{OnProgress, Progress},
    state::{State, attachments, lock::StateLock, place},
};

/// The media type of a file that nobody can read on its way.
const SEALED_TYPE: &str = "application/octet-stream";

/// Makes sure that a file is here, whole and checked. Goes on where an earlier attempt stopped.
pub(crate) async fn fetch(
    lock: &StateLock,
    row: &AttachmentRow,
    cancel: &Cancellation,
    progress: OnProgress<'_>,
) -> Result<(), Error> {
    let folder = lock.folder();
    place::require_own(&attachments::files_in(folder))?;
    place::make_folder(&attachments::files_in(folder)).map_err(attachments::on_disk)?;
    let whole = attachments::file_in(folder, row.sha256);
    let part = whole.with_extension("part");
    for path in [&whole, &part] {
        place::length_or_clear(path).map_err(attachments::on_disk)?;
    }
    // What was left of an earlier attempt may be spoilt; what comes whole is not.
    for _ in 0..2 {
        let taken = take(lock, row, &part, (cancel, progress)).await;
        let is_of_server = taken.map_err(|error| error.during(Errand::FetchingFile))?;
        if is_intact(&part, row.sha256)? {
            attachments::put(folder, &part, &whole).map_err(attachments::on_disk)?;
            let (document, id) = (row.document, row.id);
            let note = move |state: &mut State| {
                state.write(|write| {
                    write.set_attachment_here(document, id, true)?;
                    Ok(write.attachment_is_stored(document, id)?)
                })
            };
            return lock.work(note).await;
        }
        fs::remove_file(&part).map_err(attachments::on_disk)?;
        if !is_of_server {
            return Err(foreign().during(Errand::FetchingFile));
        }
    }
    Err(Error::damaged("the server's copy of this attachment"))
}

fn foreign() -> Error {
    NoAnswer::foreign("this is not the file that was asked for").into()
}

/// Takes what is missing of a file. What arrived stays, even if the rest does not come. Says whether
/// it bears the tag of the server: a proxy may take that away, and then the hash of the whole
/// decides. A page in the place of a file is told by its media type.
async fn take(
    lock: &StateLock,
    row: &AttachmentRow,
    part: &Path,
    (cancel, progress): (&Cancellation, OnProgress<'_>),
) -> Result<bool, Error> {
    let here = fs::metadata(part).map_or(0, |part| part.len());
    if here == row.bytes {
        return Ok(true);
    }
    let here = if here > row.bytes { 0 } else { here };
    let facts = lock.with(State::facts)?;
    let nonce = lock.environment().nonce();
    let place = format!("{}/{}", path::BLOBS, row.sha256);
    let resume = (here > 0).then(|| Resume { from: here, etag: tag::of_file(row.sha256) });
    let request = Request { resume, ..get(&facts.server, &place, facts.token(), nonce) };
    let sent = cancel.race(lock.environment().transport.send(request)).await?;
    let answer = sent.map_err(|error| Error::from(NoAnswer::from(error)))?;
    let begins_at = match (answer.status, answer.begins_at) {
        (200, _) => 0,
        (206, Some(begins_at)) if begins_at == here => here,
        _ => return Err(refusal(answer, &nonce).await.into()),
    };
    let is_of_server = tag::is_of_file(answer.etag.as_deref(), row.sha256);
    if !is_of_server && answer.media_type.as_deref().is_some_and(|found| found != SEALED_TYPE) {
        return Err(foreign());
    }
    keep(answer, row, (part, begins_at), (cancel, progress)).await?;
    Ok(is_of_server)
}

/// Writes what comes behind what is there.
async fn keep(
    answer: Answer,
    row: &AttachmentRow,
    (part, begins_at): (&Path, u64),
    (cancel, progress): (&Cancellation, OnProgress<'_>),
) -> Result<(), Error> {
    let mut file = Part::open(part, begins_at > 0).await.map_err(attachments::on_disk)?;
    let (mut here, mut chunks) = (begins_at, answer.body);
    let taken = loop {
        let chunk = match cancel.race(chunks.next()).await {
            Ok(None) => break Ok(()),
            Ok(Some(Ok(chunk))) => chunk,
            Ok(Some(Err(error))) => break Err(NoAnswer::from(error).into()),
            Err(cancelled) => break Err(cancelled),
        };
        here = here.saturating_add(chunk.len() as u64);
        file.write(&chunk).await.map_err(attachments::on_disk)?;
        if here > row.bytes {
            // Checked as a whole, it is refused; there is no need to take in more of it.
            break Ok(());
        }
        progress(Progress::Downloaded { bytes: here, total: row.bytes });
    };
    file.flush().await.map_err(attachments::on_disk)?;
    taken?;
    if here < row.bytes {
        return Err(NoAnswer::cut("the file ended too early").into());
    }
    file.keep().await.map_err(attachments::on_disk)
}

fn is_intact(part: &Path, sha256: Sha256) -> Result<bool, Error> {
    let bytes = fs::read(part).map_err(attachments::on_disk)?;
    Ok(attachments::hash(&bytes) == sha256)
}
