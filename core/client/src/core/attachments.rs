//! Files that belong to reflections and to things in the personal record.

use enhance_model::{ItemId, personal_record::EvidenceSource};

use super::LearningCore;
use crate::{
    asked::attachments::{self, AttachmentCheck, AttachmentView},
    cancellation::Cancellation,
    error::Error,
    progress::OnProgress,
};

impl LearningCore {
    /// What would be kept of a file and what is taken out of it, before anything is written: its
    /// size, its type, place and camera, and what in its name may tell who somebody is. Refuses what
    /// cannot be attached, with words.
    pub fn check_attachment(&self, name: &str, bytes: &[u8]) -> Result<AttachmentCheck, Error> {
        attachments::check(&self.state, name, bytes)
    }

    /// Attaches a photograph (JPEG, PNG) or a PDF to a reflection or to a thing in the record, and
    /// says what was kept. It is on this device, sealed and durable, when this returns; it goes to
    /// the server after the words.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::personal_record::EvidenceSource};
    ///
    /// # fn example(core: &LearningCore, of: EvidenceSource, photo: &[u8]) -> Result<(), Error> {
    /// let (id, kept) = core.attach(&of, "whiteboard.jpg", photo)?;
    /// println!("{} of {} bytes are kept", kept.bytes, kept.bytes_before);
    /// assert_eq!(core.open_attachment(&of, id)?.len() as u64, kept.bytes);
    /// # Ok(())
    /// # }
    /// ```
    pub fn attach(
        &self,
        of: &EvidenceSource,
        name: &str,
        bytes: &[u8],
    ) -> Result<(ItemId, AttachmentCheck), Error> {
        attachments::attach(&self.state, of, name, bytes)
    }

    /// The attached file that has the same in it as this one would, if there is one on this device:
    /// to be asked before the same is attached again.
    pub fn same_attachment(
        &self,
        of: &EvidenceSource,
        bytes: &[u8],
    ) -> Result<Option<AttachmentView>, Error> {
        self.state.with(|state| attachments::same(state, of, bytes))
    }

    /// The files of a reflection or of a thing in the record: how large each is, whether it is on
    /// this device and whether the server has it.
    pub fn attachments(&self, of: &EvidenceSource) -> Result<Vec<AttachmentView>, Error> {
        self.state.with(|state| attachments::of(state, of))
    }

    /// What is in a file that is on this device.
    pub fn open_attachment(&self, of: &EvidenceSource, id: ItemId) -> Result<Vec<u8>, Error> {
        self.state.with(|state| attachments::open(state, of, id))
    }

    /// What is in a file, which is fetched if it is not on this device. Goes on where an earlier
    /// attempt stopped; what does not have the hash that the document names is never shown.
    pub async fn fetch_attachment(
        &self,
        of: EvidenceSource,
        id: ItemId,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<Vec<u8>, Error> {
        let fetching = attachments::fetch(&self.state, of, id, cancel, progress);
        self.state.while_awake(fetching).await
    }

    /// Takes a file away for ever: here at once, on the server and on other devices of this person
    /// when they hear of it.
    pub fn remove_attachment(&self, of: &EvidenceSource, id: ItemId) -> Result<(), Error> {
        self.state.with(|state| attachments::remove(state, of, id))
    }
}
