//! Films, sound and pictures: shown with their size, and fetched when a person asks for them.

use std::{fs, path::PathBuf};

use enhance_model::{
    Noun, Sha256,
    pack::{PackFile, PackManifest},
    programme::{PausePoint, Resource, ResourceKind},
};
use enhance_store::PackStage;
use serde::Serialize;

use super::{fetch::Download, manifest_of};
use crate::{Cancellation, Error, LearningCore, core::State, progress::OnProgress};

/// Something an activity uses, and whether it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MediaView {
    pub key: String,
    pub title: String,
    pub kind: ResourceKind,
    /// Its size in bytes. Nothing for an address on the web.
    pub bytes: u64,
    /// The media type of its file.
    pub media_type: Option<String>,
    /// Its file, once it is here.
    pub path: Option<PathBuf>,
    /// Where it is on the web, if it is.
    pub url: Option<String>,
    /// Its captions or transcript.
    pub transcript: Option<String>,
    /// Places where one stops and thinks.
    pub pause_points: Vec<PausePoint>,
}

impl LearningCore {
    /// Something an activity uses: how large it is, and where, if it is here.
    pub fn media(&self, resource: &str) -> Result<MediaView, Error> {
        self.with(|state| {
            let resource = state.resource(resource)?;
            state.media_view(resource)
        })
    }

    /// Fetches the file of something an activity uses, and says where it is then. Goes on where an
    /// earlier attempt stopped.
    pub async fn fetch_media(
        &self,
        resource: &str,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<PathBuf, Error> {
        let file = self.with(|state| {
            let resource = state.resource(resource)?;
            state.media_file(&resource)
        })?;
        let file = file.ok_or_else(|| Error::not_found(Noun::File, resource))?;
        let _turn = cancel.race(self.traffic().downloading()).await?;
        let mut download = Download::new(self, cancel, progress)?;
        download.total = file.bytes;
        self.traffic().while_awake(download.file(&file)).await
    }
}

impl State {
    fn resource(&mut self, key: &str) -> Result<Resource, Error> {
        let pack = self.installed()?;
        let resource = pack.programme.resource(key).cloned();
        resource.ok_or_else(|| Error::not_found(Noun::Resource, key))
    }

    fn media_file(&self, resource: &Resource) -> Result<Option<PackFile>, Error> {
        match resource.file {
            Some(sha256) => self.file_in_use(sha256),
            None => Ok(None),
        }
    }

    /// What the packs in use say of a file.
    fn file_in_use(&self, sha256: Sha256) -> Result<Option<PackFile>, Error> {
        for pack in self.store.packs()?.iter().filter(|pack| pack.state == PackStage::Ready) {
            let manifest: PackManifest = manifest_of(pack)?;
            if let Some(file) = manifest.file(sha256) {
                return Ok(Some(file.clone()));
            }
        }
        Ok(None)
    }

    fn media_view(&self, resource: Resource) -> Result<MediaView, Error> {
        let file = self.media_file(&resource)?;
        let path = resource.file.map(|file| self.whole_file(file)).transpose()?.flatten();
        let transcript = resource.transcript.map(|file| self.whole_file(file)).transpose()?;
        let read = |path: PathBuf| {
            let damaged = |error| {
                Error::damaged(format_args!("transcript of {:?}", resource.key)).because(error)
            };
            fs::read_to_string(path).map_err(damaged)
        };
        let transcript = transcript.flatten().map(read).transpose()?;
        Ok(MediaView {
            key: resource.key,
            title: resource.title,
            kind: resource.kind,
            bytes: file.as_ref().map_or(0, |file| file.bytes),
            media_type: file.map(|file| file.media_type),
            path,
            url: resource.url,
            transcript,
            pause_points: resource.pause_points,
        })
    }

    /// Where a file is, if it is here.
    fn whole_file(&self, sha256: Sha256) -> Result<Option<PathBuf>, Error> {
        let here = self.store.pack_file(sha256)?.is_some_and(|row| row.have);
        Ok(Some(self.file(sha256)).filter(|path| here && path.exists()))
    }
}
