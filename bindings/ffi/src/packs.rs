//! Content packs and their media.

use enhance_client::{self as client, model::programme::ResourceKind};

use crate::{
    programme::PausePoint,
    values::{Amount, PackVersion},
};

/// A content pack as far as this device knows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PackState {
    pub key: String,
    /// The version in use.
    pub installed: Option<PackVersion>,
    /// The newest version the server offers.
    pub available: Option<PackVersion>,
    /// Bytes of the newest version this device has the manifest of, without what is fetched on
    /// request.
    pub bytes: Option<Amount>,
    /// Those of them that are not here yet.
    pub bytes_missing: Option<Amount>,
}

impl From<client::PackState> for PackState {
    fn from(state: client::PackState) -> Self {
        let client::PackState { key, installed, available, bytes, bytes_missing } = state;
        Self {
            key,
            installed: installed.map(PackVersion::from),
            available: available.map(PackVersion::from),
            bytes: bytes.map(Amount::from),
            bytes_missing: bytes_missing.map(Amount::from),
        }
    }
}

/// What became of an update of a pack.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PackUpdate {
    pub key: String,
    /// The version that was in use before.
    pub before: Option<PackVersion>,
    /// The version in use now.
    pub version: PackVersion,
    /// Bytes that were fetched.
    pub bytes: Amount,
}

impl From<client::PackUpdate> for PackUpdate {
    fn from(update: client::PackUpdate) -> Self {
        let client::PackUpdate { key, before, version, bytes } = update;
        let before = before.map(PackVersion::from);
        Self { key, before, version: version.into(), bytes: bytes.into() }
    }
}

/// Something an activity uses, and whether it is here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MediaView {
    pub key: String,
    pub title: String,
    pub kind: ResourceKind,
    /// Nothing for an address on the web.
    pub bytes: Amount,
    /// The media type of its file.
    pub media_type: Option<String>,
    /// Its file, once it is here.
    pub path: Option<String>,
    /// Where it is on the web, if it is.
    pub url: Option<String>,
    /// Its captions or transcript.
    pub transcript: Option<String>,
    /// Places where one stops and thinks.
    pub pause_points: Vec<PausePoint>,
}

impl From<client::MediaView> for MediaView {
    fn from(view: client::MediaView) -> Self {
        let client::MediaView {
            key,
            title,
            kind,
            bytes,
            media_type,
            path,
            url,
            transcript,
            pause_points,
        } = view;
        // The host named the folder in UTF-8, and the rest of the path is ours.
        let path = path.map(|path| path.to_string_lossy().into_owned());
        let pause_points = pause_points.into_iter().map(PausePoint::from).collect();
        let bytes = bytes.into();
        Self { key, title, kind, bytes, media_type, path, url, transcript, pause_points }
    }
}
