//! The files of attachments: sealed, in a folder beside the database, named by the hash of what is
//! sealed.
//!
//! A file is in its place, durable, before anything says that it belongs to a document. One that
//! belongs to nothing, since the power went in between, goes when the account is opened.

use std::{
    collections::BTreeSet,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use enhance_model::{DocumentId, ItemId, Sha256};
use enhance_store::{
    ATTACHMENTS,
    fs::{self, File},
};
use sha2::Digest;

use super::{State, place};
use crate::{error::Error, keys::DocumentKey};

/// How a sealed file begins: what it is, and in which form.
const MARK: [u8; 8] = *b"enhatt\0\x01";
/// Bytes of a file that no other under its key has, from which each of its pieces has its nonce.
const PREFIX_BYTES: usize = 16;
const HEADER_BYTES: usize = MARK.len() + PREFIX_BYTES;
/// Bytes of a piece, opened.
const PIECE_BYTES: usize = 64 << 10;
/// Bytes that sealing adds to a piece.
const TAG_BYTES: usize = 16;
/// Files grow in steps of this many bytes, so that their length tells less.
const BUCKET: usize = 4 << 10;
/// Files that are destroyed in one go.
const SWEPT_AT_ONCE: u32 = 500;

/// The folder in which the files of attachments are.
pub(crate) fn files_in(folder: &Path) -> PathBuf {
    folder.join(ATTACHMENTS)
}

/// Where the sealed file with this hash is, once it is here.
pub(crate) fn file_in(folder: &Path, sha256: Sha256) -> PathBuf {
    files_in(folder).join(sha256.to_string())
}

/// Seals a file of a document.
pub(crate) fn seal(
    key: &DocumentKey,
    (document, id): (DocumentId, ItemId),
    prefix: [u8; PREFIX_BYTES],
    bytes: &[u8],
) -> Result<Vec<u8>, Error> {
    let mut header = MARK.to_vec();
    header.extend(prefix);
    let about = about(&header, document, id);
    let mut padded = bytes.to_vec();
    padded.resize(bytes.len().max(1).next_multiple_of(BUCKET), 0);
    let cipher = XChaCha20Poly1305::new((&*key.attachment_key(id)).into());
    let mut sealed = header;
    let last = padded.len().div_ceil(PIECE_BYTES) - 1;
    for (number, piece) in padded.chunks(PIECE_BYTES).enumerate() {
        let payload = Payload { msg: piece, aad: &about };
        let nonce = nonce(prefix, number, number == last);
        let piece = cipher
            .encrypt(&nonce.into(), payload)
            .map_err(|error| Error::internal("sealing a file").because(error))?;
        sealed.extend(piece);
    }
    Ok(sealed)
}

/// Opens a sealed file of so many bytes by its key, which no other file has; none if it was sealed
/// for something else, or altered.
pub(crate) fn open(
    key: &[u8; 32],
    (document, id): (DocumentId, ItemId),
    sealed: &[u8],
    bytes: u64,
) -> Option<Vec<u8>> {
    let (header, pieces) = sealed.split_at_checked(HEADER_BYTES)?;
    let prefix = *header.strip_prefix(&MARK)?.first_chunk::<PREFIX_BYTES>()?;
    let about = about(header, document, id);
    let cipher = XChaCha20Poly1305::new(key.into());
    let pieces = pieces.chunks(PIECE_BYTES + TAG_BYTES);
    let last = pieces.len().checked_sub(1)?;
    let mut opened = Vec::with_capacity(sealed.len());
    for (number, piece) in pieces.enumerate() {
        let payload = Payload { msg: piece, aad: &about };
        let nonce = nonce(prefix, number, number == last);
        opened.extend(cipher.decrypt(&nonce.into(), payload).ok()?);
    }
    let bytes = usize::try_from(bytes).ok().filter(|bytes| *bytes <= opened.len())?;
    opened.truncate(bytes);
    Some(opened)
}

/// What a piece is authenticated with: the file's header, and where it belongs.
fn about(header: &[u8], document: DocumentId, id: ItemId) -> Vec<u8> {
    [header, document.as_bytes(), id.as_bytes()].concat()
}

/// The nonce of a piece: none other of the file has it, and the last one is known as such.
fn nonce(prefix: [u8; PREFIX_BYTES], number: usize, is_last: bool) -> [u8; 24] {
    let mut nonce = [0; 24];
    let number = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let parts = prefix.into_iter().chain(number).chain([u8::from(is_last)]);
    nonce.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
    nonce
}

/// The hash by which a sealed file is named.
pub(crate) fn hash(sealed: &[u8]) -> Sha256 {
    Sha256::from_bytes(sha2::Sha256::digest(sealed).into())
}

/// Puts a sealed file into its place. It is there after the power went, or not at all.
pub(crate) fn keep(folder: &Path, sha256: Sha256, sealed: &[u8]) -> Result<(), Error> {
    place::require_own(&files_in(folder))?;
    let whole = file_in(folder, sha256);
    let new = whole.with_extension("new");
    let kept = || -> io::Result<()> {
        place::make_folder(&files_in(folder))?;
        place::length_or_clear(&new)?;
        place::length_or_clear(&whole)?;
        let mut file = File::create(&new)?;
        file.write_all(sealed)?;
        file.sync_all()?;
        put(folder, &new, &whole)
    };
    kept().map_err(|error| {
        // What is left of it would only take room.
        let _ = fs::remove_file(&new);
        on_disk(error)
    })
}

/// Moves a file that was checked to its place.
pub(crate) fn put(folder: &Path, from: &Path, whole: &Path) -> io::Result<()> {
    fs::rename(from, whole)?;
    File::open(files_in(folder))?.sync_all()
}

/// Destroys a file, and what there may be of one that is being fetched.
pub(crate) fn destroy(folder: &Path, sha256: Sha256) -> Result<(), Error> {
    if place::is_elsewhere(&files_in(folder)) {
        return Ok(());
    }
    let whole = file_in(folder, sha256);
    for path in [whole.with_extension("part"), whole] {
        // What is none of ours stays.
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_dir()) {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(on_disk(error));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Destroys the files here of what belongs to nothing any more. The server hears of it when it can
/// be reached.
pub(crate) fn sweep(state: &mut State) -> Result<(), Error> {
    let gone = state.store().attachments_gone(SWEPT_AT_ONCE)?;
    let here: Vec<_> = gone.into_iter().filter(|row| row.here).collect();
    for row in &here {
        destroy(&state.folder, row.sha256)?;
    }
    if here.is_empty() {
        return Ok(());
    }
    state.write_to_make_room(|write| {
        here.iter()
            .try_for_each(|row| Ok(write.set_attachment_here(row.document, row.id, false)?))
    })
}

/// Destroys what belongs to nothing: what a kill left behind. Only to be done before anything is
/// attached.
pub(crate) fn sweep_folder(state: &mut State) -> Result<(), Error> {
    sweep(state)?;
    if place::is_elsewhere(&files_in(&state.folder)) {
        return Ok(());
    }
    let Ok(files) = fs::read_dir(files_in(&state.folder)) else { return Ok(()) };
    let named: BTreeSet<String> =
        state.store().attachment_files()?.iter().map(ToString::to_string).collect();
    for file in files.flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let is_of_something = named.contains(name.trim_end_matches(".part"));
        // A folder is somebody else's, and what cannot be destroyed keeps nothing else from it.
        let is_folder = file.file_type().is_ok_and(|it| it.is_dir());
        if !is_of_something
            && !is_folder
            && let Err(error) = fs::remove_file(file.path())
        {
            tracing::warn!(%error, "a file that belongs to nothing could not be destroyed");
        }
    }
    Ok(())
}

/// A file that could not be kept or read.
pub(crate) fn on_disk(error: io::Error) -> Error {
    Error::of_files("keeping the file of an attachment", error)
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    const OF: (DocumentId, ItemId) = (DocumentId::from_bytes([1; 16]), ItemId::from_bytes([2; 16]));

    fn key(byte: u8) -> DocumentKey {
        DocumentKey::from_bytes(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_file_of_any_length_opens_again_for_what_it_belongs_to_alone() {
        for length in [1, BUCKET, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 200_000] {
            let bytes = vec![7; length];
            let sealed = seal(&key(1), OF, [3; 16], &bytes).unwrap();
            let length = length as u64;
            assert_eq!(open(&key(1).attachment_key(OF.1), OF, &sealed, length), Some(bytes));
            assert_eq!(open(&key(2).attachment_key(OF.1), OF, &sealed, length), None);
            let other = (OF.0, ItemId::from_bytes([9; 16]));
            assert_eq!(open(&key(1).attachment_key(other.1), other, &sealed, length), None);
        }
    }

    #[test]
    fn a_piece_that_is_altered_left_out_or_in_another_place_is_noticed() {
        let bytes: Vec<u8> = (0..=250).cycle().take(3 * PIECE_BYTES).collect();
        let sealed = seal(&key(1), OF, [3; 16], &bytes).unwrap();
        let (piece, length) = (PIECE_BYTES + TAG_BYTES, bytes.len() as u64);
        for at in [0, 9, HEADER_BYTES, HEADER_BYTES + piece, sealed.len() - 1] {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(open(&key(1).attachment_key(OF.1), OF, &altered, length), None, "byte {at}");
        }
        let cut = &sealed[..HEADER_BYTES + 2 * piece];
        assert_eq!(open(&key(1).attachment_key(OF.1), OF, cut, 2 * PIECE_BYTES as u64), None);
        let (header, pieces) = sealed.split_at(HEADER_BYTES);
        let turned = [header, &pieces[piece..2 * piece], &pieces[..piece], &pieces[2 * piece..]];
        assert_eq!(open(&key(1).attachment_key(OF.1), OF, &turned.concat(), length), None);
    }
}
