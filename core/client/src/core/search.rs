//! Search over everything that is on this device.

use super::LearningCore;
use crate::{
    asked::{
        portion::Portion,
        search::{self, Hit, Index, SearchPage},
    },
    error::Error,
};

impl LearningCore {
    /// Finds words in any text a person types; the last one may be unfinished.
    ///
    /// What was saved is found at once; what was typed and is not settled is not. Of thousands of
    /// texts that arrive together, those changed longest ago are found some moments later. Where
    /// nothing can be written, as on a full disk, the newest five hundred that are not indexed are
    /// looked through one by one.
    ///
    /// ```
    /// # let temporary = tempfile::tempdir()?;
    /// # let (folder, environment) = (temporary.path().to_owned(), enhance_client::Environment::real());
    /// # let options = enhance_client::OpenOptions { folder, key: None, environment };
    /// # let core = enhance_client::LearningCore::open(options)?;
    /// use enhance_client::SearchPage;
    ///
    /// for hit in core.search("night shift", SearchPage::default())? {
    ///     println!("{}: {}", hit.title, hit.snippet);
    /// }
    /// assert!(core.search("night shift", SearchPage::default())?.is_empty(), "nothing is written yet");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(&self, query: &str, page: SearchPage) -> Result<Portion<Hit>, Error> {
        let is_due = self.state.read(|screen| Ok(screen.store().is_indexing_due()?))?;
        let index = if is_due { self.state.with(search::index_newest)? } else { Index::Follows };
        self.state.read(|screen| search::search(screen.store(), (query, page), index))
    }
}
