//! Search over everything that is on this device.

use super::LearningCore;
use crate::{
    asked::{
        lists::ListPage,
        search::{self, Hit},
    },
    error::Error,
};

impl LearningCore {
    /// Finds words in any text a person types; the last one may be unfinished. Best first.
    ///
    /// What was saved is found at once; what was typed and is not settled is not.
    ///
    /// ```
    /// # let temporary = tempfile::tempdir()?;
    /// # let (folder, environment) = (temporary.path().to_owned(), enhance_client::Environment::real());
    /// # let options = enhance_client::OpenOptions { folder, key: None, environment };
    /// # let core = enhance_client::LearningCore::open(options)?;
    /// use enhance_client::ListPage;
    ///
    /// for hit in core.search("night shift", ListPage::first(20))? {
    ///     println!("{}: {}", hit.title, hit.snippet);
    /// }
    /// assert_eq!(core.search("night shift", ListPage::first(20))?, [], "nothing is written here yet");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(&self, query: &str, page: ListPage) -> Result<Vec<Hit>, Error> {
        self.state.with(|state| search::search(state, query, page))
    }
}
