//! Attachments.
#![allow(clippy::needless_pass_by_value, reason = "bytes and enums cross by value")]

use std::sync::Arc;

use enhance_client::model::{ItemId, personal_record::EvidenceSource};

use crate::{
    AttachedFile, AttachmentCheck, AttachmentView, Cancellation, ProgressListener,
    handle::{CoreHandle, Result, all, tell},
    runtime::run,
};

#[uniffi::export]
impl CoreHandle {
    /// What would be kept of a file and what is taken out of it, before anything is written: its
    /// size, its type, place and camera, and what in its name may tell who somebody is.
    pub fn check_attachment(&self, name: &str, bytes: Vec<u8>) -> Result<AttachmentCheck> {
        Ok(self.core.check_attachment(name, &bytes)?.into())
    }

    /// Attaches a photograph (JPEG, PNG) or a PDF to a reflection or to a thing in the record, and
    /// says what was kept. Place and camera are taken out; it is sealed and durable here when this
    /// returns, and goes to the server after the words.
    pub fn attach(&self, of: EvidenceSource, name: &str, bytes: Vec<u8>) -> Result<AttachedFile> {
        let (id, kept) = self.core.attach(&of, name, &bytes)?;
        Ok(AttachedFile { id, kept: kept.into() })
    }

    /// The attached file that has the same in it as this one would, if there is one on this device:
    /// to be asked before the same is attached again.
    pub fn same_attachment(
        &self,
        of: EvidenceSource,
        bytes: Vec<u8>,
    ) -> Result<Option<AttachmentView>> {
        Ok(self.core.same_attachment(&of, &bytes)?.map(Into::into))
    }

    /// The files of a reflection or of a thing in the record: how large each is, whether it is on
    /// this device and whether the server has it.
    pub fn attachments(&self, of: EvidenceSource) -> Result<Vec<AttachmentView>> {
        Ok(all(self.core.attachments(&of)?))
    }

    /// What is in a file that is on this device.
    pub fn open_attachment(&self, of: EvidenceSource, id: ItemId) -> Result<Vec<u8>> {
        Ok(self.core.open_attachment(&of, id)?)
    }

    /// What is in a file, which is fetched if it is not on this device. Goes
    /// on where an earlier attempt stopped.
    pub async fn fetch_attachment(
        &self,
        of: EvidenceSource,
        id: ItemId,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<Vec<u8>> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(
            cancel.clone(),
            async move { core.fetch_attachment(of, id, &cancel, &tell(listener)).await },
        )
        .await
    }

    /// Takes a file away for ever: here at once, on the server and on other devices of this person
    /// when they hear of it.
    pub fn remove_attachment(&self, of: EvidenceSource, id: ItemId) -> Result<()> {
        Ok(self.core.remove_attachment(&of, id)?)
    }
}
