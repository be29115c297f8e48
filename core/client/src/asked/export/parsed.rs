//! An export as a file that somebody hands over: looked through whole before anything is written.

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, Limits, PersonId, Right, Timestamp, change_project::ChangeProject,
    markup::without_mark, personal_record::PersonalRecord, reflection::Reflection,
    sign_off::PublicKey,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use super::{
    FORMAT, VERSION, moments,
    read_back::FileOfExport,
    signed::{self, SignOffOfFile},
};
use crate::{
    asked::sign_offs::paper::SinceThen,
    error::{Error, InputField},
};

/// Bytes of the largest file that is read.
const MOST_BYTES: usize = 256 << 20;
/// Documents in one file.
const MOST_DOCUMENTS: usize = 20_000;
/// Files that one file names.
const MOST_FILES: usize = 50_000;

/// What is read of an export; the rest of it is for people.
#[derive(Deserialize)]
pub(super) struct ExportFile {
    format: String,
    version: u32,
    /// Beyond how many characters a text is a draft alone; an older export does not say so.
    #[serde(default = "most_chars")]
    pub(super) text_chars: u64,
    #[serde(default)]
    pub(super) account: Option<AccountOfFile>,
    #[serde(default)]
    pub(super) files: Vec<FileOfExport>,
    pub(super) personal_record: PersonalRecord,
    pub(super) reflections: Vec<ReflectionOfFile>,
    pub(super) projects: Vec<ProjectOfFile>,
    #[serde(default)]
    pub(super) suggestions: BTreeMap<DocumentId, Vec<IgnoredAny>>,
    #[serde(default)]
    pub(super) shared_reflections: Vec<CopyOfFile>,
    #[serde(default)]
    pub(super) sign_offs: Vec<SignOffOfFile>,
    /// By which they are checked; none in an export that has none.
    #[serde(default)]
    pub(super) publisher_key: Option<PublicKey>,
    #[serde(default)]
    pub(super) exported_at: Timestamp,
    /// None in an export of version 1.
    #[serde(default)]
    pub(super) since_sign_off: BTreeMap<DocumentId, SinceThen>,
}

fn most_chars() -> u64 {
    Limits::default().text_chars
}

#[derive(Deserialize)]
pub(super) struct AccountOfFile {
    pub(super) person: PersonOfFile,
}

#[derive(Deserialize)]
pub(super) struct PersonOfFile {
    pub(super) id: PersonId,
}

#[derive(Deserialize)]
pub(super) struct ReflectionOfFile {
    pub(super) id: DocumentId,
    pub(super) reflection: Reflection,
    #[serde(default)]
    pub(super) drafts: Vec<Value>,
}

#[derive(Deserialize)]
pub(super) struct CopyOfFile {
    pub(super) id: DocumentId,
}

#[derive(Deserialize)]
pub(super) struct ProjectOfFile {
    pub(super) id: DocumentId,
    pub(super) my_right: Right,
    pub(super) project: ChangeProject,
    #[serde(default)]
    pub(super) drafts: Vec<Value>,
    #[serde(default)]
    pub(super) comments: Vec<IgnoredAny>,
}

/// Reads it, of a bounded size and with a bounded number of things.
pub(super) fn parse(json: &str) -> Result<ExportFile, Error> {
    let refuse = |why: String| Error::invalid(InputField::Export, why);
    if json.len() > MOST_BYTES {
        return Err(refuse(format!("an export has at most {} MiB", MOST_BYTES >> 20)));
    }
    // What the reader of JSON says is for programmers; where it stopped is for anybody.
    let altered = |place: String| {
        refuse(format!("this is no export of Enhance, or it was altered{place}; export it again"))
    };
    let mut value: Value = serde_json::from_slice(without_mark(json).as_bytes())
        .map_err(|error| altered(format!(" in line {}", error.line())))?;
    if value.get("format").and_then(|format| format.as_str()) != Some(FORMAT) {
        return Err(refuse("this is no export of Enhance".to_owned()));
    }
    if value.get("version").and_then(Value::as_u64) > Some(VERSION.into()) {
        return Err(refuse("a newer version of the app wrote this export".to_owned()));
    }
    moments::in_millis(&mut value);
    signed::close(&mut value);
    let file: ExportFile =
        serde_json::from_slice(value.to_string().as_bytes()).map_err(|_| altered(String::new()))?;
    debug_assert!(file.format == FORMAT && file.version <= VERSION);
    if file.reflections.len() + file.projects.len() + file.sign_offs.len() > MOST_DOCUMENTS {
        return Err(refuse(format!("an export has at most {MOST_DOCUMENTS} documents")));
    }
    if file.files.len() > MOST_FILES {
        return Err(refuse(format!("an export has at most {MOST_FILES} files")));
    }
    Ok(file)
}
