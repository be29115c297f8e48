//! Content packs and the films, sound and pictures in them.

use std::path::PathBuf;

use super::LearningCore;
use crate::{
    cancellation::Cancellation,
    error::Error,
    packs::{
        install::{self, PackUpdate},
        media::{self, MediaView},
        states::{self, PackState},
    },
    progress::OnProgress,
};

impl LearningCore {
    /// The content packs that are here or that the server offers, by key.
    pub fn packs(&self) -> Result<Vec<PackState>, Error> {
        self.state.with(states::all)
    }

    /// Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
    /// attempt stopped. The version in use stays in use until the new one is here, whole and
    /// checked; what is lost or damaged of it is fetched again if it is the newest.
    ///
    /// ```no_run
    /// use enhance_client::{Cancellation, Error, LearningCore, Progress};
    ///
    /// # async fn example(core: &LearningCore) -> Result<(), Error> {
    /// let shows = |progress| {
    ///     if let Progress::Downloaded { bytes, total } = progress {
    ///         println!("{bytes} of {total} bytes");
    ///     }
    /// };
    /// let update = core.update_pack("enhance", &Cancellation::new(), &shows).await?;
    /// println!("version {} is in use", update.version);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update_pack(
        &self,
        key: &str,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<PackUpdate, Error> {
        let (lock, downloads) = (&self.state, &self.downloads);
        lock.while_awake(install::update(lock, downloads, key, cancel, progress)).await
    }

    /// Something an activity uses: how large it is, and where, if it is here.
    pub fn media(&self, resource: &str) -> Result<MediaView, Error> {
        media::view(&self.state, &self.downloads, resource)
    }

    /// The file of something an activity uses, for a host that has no files: none if it is not here,
    /// or has more than 32 MiB.
    pub fn media_bytes(&self, resource: &str) -> Result<Option<Vec<u8>>, Error> {
        self.state.with(|state| media::bytes(state, resource))
    }

    /// Fetches the file of something an activity uses, and says where it is then. Goes on where an
    /// earlier attempt stopped.
    pub async fn fetch_media(
        &self,
        resource: &str,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<PathBuf, Error> {
        media::fetch(&self.state, &self.downloads, resource, cancel, progress).await
    }
}
