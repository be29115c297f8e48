//! Fetching content on a device.

use std::path::PathBuf;

use enhance_client::{Cancellation, Error, PackUpdate};

use crate::{content, device::Device};

impl Device {
    /// Fetches the newest version of the programme, which must succeed.
    pub async fn fetch_pack(&self) -> PackUpdate {
        let fetched = self.try_fetch_pack().await;
        self.said("fetch the programme", fetched)
    }

    /// The same, for a story in which it may fail.
    pub async fn try_fetch_pack(&self) -> Result<PackUpdate, Error> {
        self.core().update_pack(content::PACK, &Cancellation::new(), &|_| {}).await
    }

    /// Fetches the file of a resource.
    pub async fn try_fetch_media(&self, resource: &str) -> Result<PathBuf, Error> {
        self.core().fetch_media(resource, &Cancellation::new(), &|_| {}).await
    }
}
