//! Search over everything that is on this device.

use super::LearningCore;
use crate::{
    asked::{
        portion::Portion,
        search::{self, Hit, SearchPage},
    },
    error::Error,
};

impl LearningCore {
    /// Finds words in any text a person types; the last one may be unfinished.
    ///
    /// What was saved is found at once; what was typed and is not settled is not. Of thousands of
    /// texts that arrive together, those changed longest ago are found some moments later.
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
        if self.state.read(|screen| Ok(screen.store().is_indexing_due()?))? {
            match self.state.with(search::index_newest) {
                // What is indexed already is found on a full disk as well.
                Ok(()) | Err(Error::StorageFull) => {}
                Err(error) => return Err(error),
            }
        }
        self.state.read(|screen| search::search(screen.store(), query, page))
    }
}
