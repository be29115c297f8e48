//! Content packs and their media.

use enhance_client::{
    MediaView, PackState, PackUpdate,
    model::programme::{PausePoint, ResourceKind},
};

/// A content pack as far as this device knows it.
#[uniffi::remote(Record)]
pub struct PackState {
    pub key: String,
    /// The version in use.
    pub installed: Option<u64>,
    /// The newest version the server offers.
    pub available: Option<u64>,
    /// Bytes of the newest version this device has the manifest of, without what is fetched on
    /// request.
    pub bytes: Option<u64>,
    /// Those of them that are not here yet.
    pub bytes_missing: Option<u64>,
}

/// What became of an update of a pack.
#[uniffi::remote(Record)]
pub struct PackUpdate {
    pub key: String,
    /// The version that was in use before.
    pub before: Option<u64>,
    /// The version in use now.
    pub version: u64,
    /// Bytes that were fetched.
    pub bytes: u64,
}

/// Something an activity uses, and whether it is here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Media {
    pub key: String,
    pub title: String,
    pub kind: ResourceKind,
    /// Its size in bytes. Nothing for an address on the web.
    pub bytes: u64,
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

impl From<MediaView> for Media {
    fn from(view: MediaView) -> Self {
        let MediaView { key, title, kind, bytes, media_type, path, url, transcript, pause_points } =
            view;
        // The host named the folder in UTF-8, and the rest of the path is ours.
        let path = path.map(|path| path.to_string_lossy().into_owned());
        Self { key, title, kind, bytes, media_type, path, url, transcript, pause_points }
    }
}
