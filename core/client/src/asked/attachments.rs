//! Attachments: a photograph or a PDF that belongs to a reflection or to a thing in the personal
//! record.

use std::path::Path;

use enhance_documents::Edit;
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Items, Noun, Quoted, Timestamp,
    attachment::{
        self, Attachment, AttachmentEdit, AttachmentFault, MOST_OF_ONE, MediaType, Removed,
        Stripped,
    },
    personal_record::{EvidenceSource, PersonalRecord},
    reflection::{Reflection, SharedReflection},
};
use enhance_store::{AttachmentRow, free_bytes, fs};
use serde::{Serialize, Serializer};

use super::{
    checking::{self, PlacedFinding},
    record,
};
use crate::{
    arriving::kept::{self, KeptFile},
    cancellation::Cancellation,
    error::{Error, InputField},
    keys::DocumentKey,
    progress::OnProgress,
    state::{
        State, attachments as files, facts::Facts, lock::StateLock, place::file_length, projection,
    },
    sync::attachments::fetch,
    writing::{
        edits::{self, EditsOf},
        pending::PendingWrite,
        target::Target,
    },
};

/// Bytes of the disk that are left for words: an attachment is refused that would take them.
const RESERVE_BYTES: u64 = 64 << 20;

/// What would be kept of a file, and what was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentCheck {
    /// What it is called, as far as every system can have such a name.
    pub name: String,
    pub media_type: MediaType,
    /// Bytes of the file that was chosen.
    pub bytes_before: u64,
    /// Bytes of what is kept.
    pub bytes: u64,
    /// What is taken out of it, and what cannot be.
    pub removed: Vec<Removed>,
    /// What in its name may tell who somebody is. It is asked about before the file is shared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<PlacedFinding>,
}

/// A file that belongs to a reflection or to a thing in the record, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    pub id: ItemId,
    /// What it belongs to.
    pub of: EvidenceSource,
    #[serde(flatten, serialize_with = "of_nothing")]
    pub attachment: Attachment,
    /// Whether it is on this device. If not, it can be fetched.
    pub here: bool,
    /// Whether the server is known to have it.
    pub stored: bool,
    /// Why the server does not take it, if it refused it when it was last offered.
    pub refusal: Option<AttachmentRefusal>,
}

/// What the view says it belongs to is not said again in the words of a record.
fn of_nothing<S: Serializer>(attachment: &Attachment, serializer: S) -> Result<S::Ok, S::Error> {
    Attachment { of: None, ..attachment.clone() }.serialize(serializer)
}

/// Why the server does not take a file. It stays here, and is offered again within the hour, and at
/// once when another file of this person was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentRefusal {
    /// The code of the refusal: `quota_exceeded` if there is no room.
    pub code: String,
    /// What a person reads.
    pub reason: String,
}

impl AttachmentView {
    /// Bytes of the file, opened.
    pub const fn bytes(&self) -> u64 {
        self.attachment.bytes
    }
}

/// What there is to be said of a file before it is attached.
pub(crate) fn check(lock: &StateLock, name: &str, bytes: &[u8]) -> Result<AttachmentCheck, Error> {
    Ok(prepared(lock, name, bytes)?.0)
}

fn prepared(
    lock: &StateLock,
    name: &str,
    bytes: &[u8],
) -> Result<(AttachmentCheck, Vec<u8>), Error> {
    let Stripped { media_type, bytes: kept, removed } =
        attachment::strip(bytes).map_err(refused)?;
    let name = attachment::file_name(name, media_type).map_err(refused)?;
    let (bytes_before, bytes) = (bytes.len() as u64, kept.len() as u64);
    let removed = removed.into_iter().collect();
    let found = lock.with(|state| checking::in_name(state, &name))?;
    Ok((AttachmentCheck { name, media_type, bytes_before, bytes, removed, found }, kept))
}

fn refused(fault: AttachmentFault) -> Error {
    Error::invalid(InputField::Attachment, fault)
}

/// The attached file that has the same in it as this one would, if there is one here. Only files of
/// the same length are opened.
pub(crate) fn same(
    state: &mut State,
    of: &EvidenceSource,
    bytes: &[u8],
) -> Result<Option<AttachmentView>, Error> {
    let kept = attachment::strip(bytes).map_err(refused)?.bytes;
    let there = self::of(state, of)?.into_iter();
    for one in there.filter(|one| one.here && one.bytes() == kept.len() as u64) {
        if open(state, of, one.id).is_ok_and(|opened| opened == kept) {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

/// A file that is to be attached.
pub(crate) struct NewFile<'a> {
    pub(crate) id: ItemId,
    /// Device clock when it was attached.
    pub(crate) added_at: Timestamp,
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
}

/// Attaches a file: stripped, sealed and durable when this returns.
pub(crate) fn attach(
    lock: &StateLock,
    of: &EvidenceSource,
    name: &str,
    bytes: &[u8],
) -> Result<(ItemId, AttachmentCheck), Error> {
    let environment = lock.environment();
    let (id, added_at) = (environment.item_id(), environment.clock.now());
    Ok((id, attach_as(lock, of, &NewFile { id, added_at, name, bytes })?))
}

/// The same under an id and a moment that are known.
pub(crate) fn attach_as(
    lock: &StateLock,
    of: &EvidenceSource,
    new: &NewFile<'_>,
) -> Result<AttachmentCheck, Error> {
    let NewFile { id, added_at, name, bytes } = *new;
    let (check, kept) = prepared(lock, name, bytes)?;
    let (document, key) = lock.with(|state| {
        let target = target(state, of)?;
        let named = of_document(state, &target)?;
        if named.values().filter(|one| one.of == item(of)).count() >= MOST_OF_ONE {
            return Err(refused(AttachmentFault::TooMany { limit: MOST_OF_ONE }));
        }
        check_quota(state, &target.facts, check.bytes)?;
        Ok((target.row.id, state.key_of(target.row.id)?))
    })?;
    check_disk(lock.folder(), check.bytes)?;
    // What two devices read back of one export is one file, whichever of them sealed it.
    let prefix = key.attachment_prefix(id, &files::hash(&kept));
    let sealed = files::seal(&key, (document, id), *prefix, &kept)?;
    let sha256 = files::hash(&sealed);
    files::keep(lock.folder(), sha256, &sealed)?;
    let attachment = Attachment {
        name: check.name.clone(),
        media_type: check.media_type,
        bytes: check.bytes,
        sealed_bytes: sealed.len() as u64,
        sha256,
        of: item(of),
        added_at,
    };
    let written = lock.with(|state| add(state, of, id, attachment));
    if written.is_err() {
        files::destroy(lock.folder(), sha256)?;
    }
    written.map(|()| check)
}

/// Refuses what this person's space on the server has no room for, as far as this device knows.
pub(crate) fn check_quota(state: &State, facts: &Facts, bytes: u64) -> Result<(), Error> {
    let taken = state.store().attachment_counts()?.bytes.saturating_add(bytes);
    Ok(facts.limits().check_person(taken)?)
}

/// Words come first: what a photograph would leave no room for is never lost to it.
pub(crate) fn check_disk(folder: &Path, bytes: u64) -> Result<(), Error> {
    let wanted = bytes.saturating_add(RESERVE_BYTES);
    if free_bytes(folder).is_some_and(|free| free < wanted) {
        return Err(Error::StorageFull);
    }
    Ok(())
}

/// Says in the document that the file belongs to it, and beside it that the file is here.
fn add(
    state: &mut State,
    of: &EvidenceSource,
    id: ItemId,
    attachment: Attachment,
) -> Result<(), Error> {
    let target = target(state, of)?;
    let edit = Edit::Attachment(target.row.kind, AttachmentEdit::Add { id, attachment });
    let (edited, document) = (edited(state, &target, edit)?, target.row.id);
    state.write(|write| {
        edited.iter().try_for_each(|pending| pending.write(write))?;
        Ok(write.set_attachment_here(document, id, true)?)
    })
}

/// Takes a file away: here at once, on the server and on other devices when they hear of it.
pub(crate) fn remove(state: &mut State, of: &EvidenceSource, id: ItemId) -> Result<(), Error> {
    let target = target(state, of)?;
    one(state, &target, of, id)?;
    let edit = Edit::Attachment(target.row.kind, AttachmentEdit::Remove { id });
    let edited = edited(state, &target, edit)?;
    // On a full disk it makes room.
    state.write_to_make_room(|write| edited.iter().try_for_each(|pending| pending.write(write)))?;
    files::sweep(state)
}

fn edited(state: &mut State, target: &Target, edit: Edit) -> Result<Option<PendingWrite>, Error> {
    let edits = [edit];
    let prepared = edits::prepare_edits(state, target, &[EditsOf { base: None, edits: &edits }])?;
    Ok(prepared.map(|(_, pending)| pending))
}

/// The files of a reflection, a shared copy or a thing in the record, first added first.
pub(crate) fn of(state: &mut State, of: &EvidenceSource) -> Result<Vec<AttachmentView>, Error> {
    let target = readable(state, of)?;
    let rows = rows(state, &target)?;
    let named = of_document(state, &target)?.into_iter();
    let mut views: Vec<AttachmentView> = named
        .filter(|(_, one)| one.of == item(of))
        .map(|(id, attachment)| {
            let row = rows.iter().find(|row| row.id == id);
            let (here, stored) = row.map_or((false, false), |row| (row.here, row.stored));
            let refusal = row.and_then(|row| row.refusal.clone());
            let refusal = refusal.map(|it| AttachmentRefusal { code: it.code, reason: it.reason });
            AttachmentView { id, of: *of, attachment, here, stored, refusal }
        })
        .collect();
    views.sort_by_key(|view| (view.attachment.added_at, view.id));
    Ok(views)
}

/// What is in a file that is here, attached or kept with refused work.
pub(crate) fn open(state: &mut State, of: &EvidenceSource, id: ItemId) -> Result<Vec<u8>, Error> {
    let attached = open_attached(state, of, id);
    let Err(error @ (Error::Gone { .. } | Error::NotFound { .. })) = attached else {
        return attached;
    };
    let document = match of {
        EvidenceSource::Document(document) => *document,
        EvidenceSource::Item(_) => record::record_of(state.facts()?.person.id),
    };
    let kept = kept::find(state.store(), document, id)?;
    let KeptFile { attachment, key, .. } = kept.ok_or(error)?;
    opened(state, (document, id), &attachment, &key)
}

fn open_attached(state: &mut State, of: &EvidenceSource, id: ItemId) -> Result<Vec<u8>, Error> {
    let target = readable(state, of)?;
    let attachment = one(state, &target, of, id)?;
    let key = match target.row.kind {
        DocumentKind::SharedReflection => DocumentKey::of_copy(target.row.id),
        _ => state.key_of(target.row.id)?,
    };
    opened(state, (target.row.id, id), &attachment, &key.attachment_key(id))
}

/// What is in a file of a document that is here.
fn opened(
    state: &State,
    place: (DocumentId, ItemId),
    attachment: &Attachment,
    key: &[u8; 32],
) -> Result<Vec<u8>, Error> {
    let path = files::file_in(state.folder(), attachment.sha256);
    let is_file = file_length(&path).map(|length| length.is_some());
    let sealed = match is_file.and_then(|it| it.then(|| fs::read(&path)).transpose()) {
        Ok(Some(sealed)) => sealed,
        // Nothing, or something else in its place.
        Ok(None) => return Err(Error::not_found(Noun::File, &attachment.name)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::not_found(Noun::File, &attachment.name));
        }
        Err(error) => return Err(files::on_disk(error)),
    };
    let opened = files::open(key, place, &sealed, attachment.bytes);
    opened.ok_or_else(|| Error::damaged(format_args!("attachment {}", Quoted(&attachment.name))))
}

/// Makes sure that a file is here, and says what is in it.
pub(crate) async fn fetch(
    lock: &StateLock,
    of: EvidenceSource,
    id: ItemId,
    cancel: &Cancellation,
    progress: OnProgress<'_>,
) -> Result<Vec<u8>, Error> {
    let opened = lock.with(|state| open(state, &of, id));
    if !matches!(opened, Err(Error::NotFound { what: Noun::File, .. } | Error::Damaged { .. })) {
        return opened;
    }
    let row = lock.with(|state| {
        let target = readable(state, &of)?;
        let mut rows = rows(state, &target)?.into_iter();
        rows.find(|row| row.id == id).ok_or_else(|| Error::not_found(Noun::Attachment, id))
    })?;
    fetch::fetch(lock, &row, cancel, progress).await?;
    lock.with(|state| open(state, &of, id))
}

/// The document in which it says what belongs to this, also if it is a copy that never changes.
fn readable(state: &mut State, of: &EvidenceSource) -> Result<Target, Error> {
    if let EvidenceSource::Document(id) = of {
        let row = state.row(*id)?;
        if row.kind == DocumentKind::SharedReflection {
            state.bring_up_to_date(&row)?;
            return Ok(Target { facts: state.facts()?, row });
        }
    }
    target(state, of)
}

/// The document in which it says what belongs to this, and in which that can be changed.
fn target(state: &mut State, of: &EvidenceSource) -> Result<Target, Error> {
    match of {
        EvidenceSource::Document(id) => Target::writable(state, *id, DocumentKind::Reflection),
        EvidenceSource::Item(item) => {
            let facts = state.facts()?;
            facts.account_key()?;
            let record = record::read(state)?;
            if record.noun_of(*item).is_none() && !record.taken_back.contains_key(item) {
                return Err(Error::not_found(Noun::PersonalRecord, item));
            }
            let row = state.row(record::record_of(facts.person.id))?;
            state.bring_up_to_date(&row)?;
            Ok(Target { facts, row })
        }
    }
}

const fn item(of: &EvidenceSource) -> Option<ItemId> {
    match of {
        EvidenceSource::Item(item) => Some(*item),
        EvidenceSource::Document(_) => None,
    }
}

fn of_document(state: &mut State, target: &Target) -> Result<Items<Attachment>, Error> {
    let document = target.row.id;
    Ok(match target.row.kind {
        DocumentKind::Reflection => state.shown::<Reflection>(document)?.1.attachments,
        DocumentKind::SharedReflection => state.shown::<SharedReflection>(document)?.1.attachments,
        _ => state.shown::<PersonalRecord>(document)?.1.attachments,
    })
}

fn one(
    state: &mut State,
    target: &Target,
    of: &EvidenceSource,
    id: ItemId,
) -> Result<Attachment, Error> {
    let found = of_document(state, target)?.remove(&id).filter(|one| one.of == item(of));
    found.ok_or_else(|| Error::not_found(Noun::Attachment, id))
}

/// Where the files of a document are. What came in an archive is not noted before it is asked for.
fn rows(state: &mut State, target: &Target) -> Result<Vec<AttachmentRow>, Error> {
    let named = projection::named(&of_document(state, target)?);
    let document = target.row.id;
    let rows = state.store().attachments(document)?;
    if named.len() == rows.len() {
        return Ok(rows);
    }
    let is_mine = target.facts.is_me(target.row.creator);
    state.write(|write| Ok(write.put_attachments(document, &named, is_mine)?))?;
    Ok(state.store().attachments(document)?)
}
