//! What a person takes with them: the files that go along, and what is read back of them.

use enhance_client::{
    EvidenceLeftOut, FileFault, FileNotRead, FilePlace, LeftOut, SignOffLeftOut,
    model::{attachment::MediaType, personal_record::EvidenceSource},
};

use crate::{
    handle::all,
    ids::{ItemId, Sha256},
    values::{Amount, Count, Timestamp},
};

/// How many photographs and PDFs there are to take along and how large they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct ExportSizes {
    pub files: Count,
    pub bytes: Amount,
    /// Of these, what is on this device.
    pub files_here: Count,
    pub bytes_here: Amount,
}

/// An export whose files are in a folder.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ExportWithFiles {
    /// Everything as one JSON text, to be written beside the folder.
    pub json: String,
    /// The reflections as one page of HTML that shows the files, to be written beside the folder.
    pub reflections: String,
    /// The personal record as CSV.
    pub csv: String,
    pub files: Vec<ExportedFile>,
}

/// A file that belongs to something in an export.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ExportedFile {
    pub id: ItemId,
    /// The reflection or the thing in the record that it belongs to.
    pub of: EvidenceSource,
    /// What the person called it.
    pub name: String,
    pub media_type: MediaType,
    pub bytes: Amount,
    /// Device clock when it was attached.
    pub added_at: Timestamp,
    /// The path from the folder in which the export is; none if it did not go along.
    pub path: Option<String>,
    /// Of what is in the file, if it went along.
    pub sha256: Option<Sha256>,
    /// Why it did not go along, if it did not.
    pub left_out: Option<LeftOut>,
    /// The same in words for the person.
    pub left_out_in_words: Option<String>,
}

/// Why a file did not go along with an export.
#[uniffi::remote(Enum)]
#[uniffi(name = "LeftOutOfExport")]
pub enum LeftOut {
    WordsOnly,
    NotHere,
    NotFetched,
    Damaged,
}

/// What reading an export back would bring, before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ImportCheck {
    pub reflections: Count,
    /// Projects of which the person was the owner.
    pub projects: Count,
    /// Things in the personal record.
    pub things: Count,
    /// Documents that are here already, or were deleted here.
    pub already_here: Count,
    /// How many photographs and PDFs.
    pub files: Count,
    /// Bytes of these files.
    pub bytes: Amount,
    /// Bytes that fit into this person's space on the server, as far as this device knows.
    pub room: Amount,
    /// Files that are here already, or were taken away here.
    pub files_already_here: Count,
    /// Files that would not be read back, each with the reason.
    pub files_not_read: Vec<FileNotRead>,
    /// Sign-offs that would be kept.
    #[uniffi(default = 0)]
    pub sign_offs: Count,
    /// Sign-offs and requests for one that would not be kept, each with the reason.
    #[uniffi(default = [])]
    pub sign_offs_left_out: Vec<SignOffLeftOut>,
    /// What is given as evidence of something that would not come along, each with the reason.
    #[uniffi(default = [])]
    pub evidence_left_out: Vec<EvidenceLeftOut>,
    /// The titles of documents that are here already and say something else in the file than here.
    #[uniffi(default = [])]
    pub different: Vec<String>,
    /// Things that would come as they are and that nobody could note now, each with the reason.
    #[uniffi(default = [])]
    pub as_they_were: Vec<String>,
    /// Comments on projects, which stay in the file.
    #[uniffi(default = 0)]
    pub comments: Count,
    /// Suggestions for the texts of projects, which stay there too.
    #[uniffi(default = 0)]
    pub suggestions: Count,
}

/// A file of an export that was not read back. Everything else was.
#[uniffi::remote(Record)]
pub struct FileNotRead {
    /// What the person called it.
    pub name: String,
    /// Its path in the export, if it has one.
    pub path: Option<String>,
    pub fault: FileFault,
    /// What a person reads.
    pub reason: String,
}

/// Why a file of an export was not read back.
#[uniffi::remote(Enum)]
pub enum FileFault {
    LeftOut,
    WordsOnly,
    NoPath,
    Missing,
    NoFile,
    Unreadable,
    TooLarge,
    Changed,
    Foreign,
    OfNothing,
    NoRoom,
    Refused,
    NotReached,
}

impl From<enhance_client::ExportSizes> for ExportSizes {
    fn from(sizes: enhance_client::ExportSizes) -> Self {
        let enhance_client::ExportSizes { files, bytes, files_here, bytes_here } = sizes;
        Self {
            files: count(files),
            bytes: bytes.into(),
            files_here: count(files_here),
            bytes_here: bytes_here.into(),
        }
    }
}

impl ExportWithFiles {
    /// All forms of an export at once.
    pub(crate) fn of(export: enhance_client::Export) -> Result<Self, enhance_client::Error> {
        Ok(Self {
            json: export.to_json()?,
            reflections: export.reflections_html(),
            csv: export.to_csv(),
            files: all(export.files),
        })
    }
}

impl From<enhance_client::ExportedFile> for ExportedFile {
    fn from(file: enhance_client::ExportedFile) -> Self {
        let enhance_client::ExportedFile { id, of, name, media_type, bytes, added_at, place } =
            file;
        let (path, sha256, left_out) = match place {
            FilePlace::There { path, sha256 } => (Some(path), Some(sha256), None),
            FilePlace::LeftOut { left_out } => (None, None, Some(left_out)),
        };
        let left_out_in_words = left_out.map(|why| why.in_words().to_owned());
        let bytes = bytes.into();
        Self {
            id,
            of,
            name,
            media_type,
            bytes,
            added_at,
            path,
            sha256,
            left_out,
            left_out_in_words,
        }
    }
}

impl From<enhance_client::ImportCheck> for ImportCheck {
    fn from(check: enhance_client::ImportCheck) -> Self {
        let enhance_client::ImportCheck {
            reflections,
            projects,
            things,
            already_here,
            files,
            bytes,
            room,
            files_already_here,
            files_not_read,
            sign_offs,
            sign_offs_left_out,
            evidence_left_out,
            as_they_were,
            different,
            comments,
            suggestions,
        } = check;
        Self {
            reflections: count(reflections),
            projects: count(projects),
            things: count(things),
            already_here: count(already_here),
            files: count(files),
            bytes: bytes.into(),
            room: room.into(),
            files_already_here: count(files_already_here),
            files_not_read,
            sign_offs: count(sign_offs),
            sign_offs_left_out,
            evidence_left_out,
            different,
            as_they_were,
            comments: count(comments),
            suggestions: count(suggestions),
        }
    }
}

fn count(number: usize) -> Count {
    u64::try_from(number).unwrap_or(u64::MAX).into()
}
