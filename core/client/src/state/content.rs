//! What the state answers of the content packs in use, and what it notes of files that are not whole.

use enhance_model::{Noun, Sha256};
use enhance_store::{PackFileRow, PackStage};

use super::{
    State,
    pack::{InstalledPack, intact_bytes},
};
use crate::error::Error;

impl State {
    /// The content packs in use, or the news that there is none, or that it is not whole here.
    pub(crate) fn installed(&mut self) -> Result<std::sync::Arc<InstalledPack>, Error> {
        match self.programme()? {
            Some(pack) => Ok(pack),
            None => Err(self
                .why_no_programme()?
                .unwrap_or_else(|| Error::not_found(Noun::Pack, "of the programme"))),
        }
    }

    /// The news that a pack is in use and its structure is not here; nothing before the first pack.
    pub(crate) fn why_no_programme(&self) -> Result<Option<Error>, Error> {
        let mut packs = self.store().packs()?.into_iter();
        let in_use = packs.find(|pack| pack.state == PackStage::Ready);
        Ok(in_use.map(|pack| Error::not_fetched(Noun::Pack, pack.key)))
    }

    /// The bytes of a file of a pack, if it is here as its publisher signed it. That one is not is
    /// noted, so that the next sync fetches it.
    pub(crate) fn intact_file(&mut self, sha256: Sha256) -> Result<Option<Vec<u8>>, Error> {
        let bytes = intact_bytes(self.store(), self.folder(), sha256)?;
        if bytes.is_none() {
            self.note_missing(sha256)?;
        }
        Ok(bytes)
    }

    /// Notes that a file is not here after all. A disk that is full keeps nobody from reading.
    pub(crate) fn note_missing(&mut self, sha256: Sha256) -> Result<(), Error> {
        let Some(row) = self.store().pack_file(sha256)?.filter(|row| row.have) else {
            return Ok(());
        };
        let row = PackFileRow { have: false, ..row };
        if let Err(error) = self.write(|write| Ok(write.put_pack_file(row)?)) {
            tracing::warn!(%error, "a file that is not here could not be noted");
        }
        Ok(())
    }
}
