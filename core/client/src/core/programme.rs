//! The programme that the content pack in use holds.

use enhance_model::{
    programme::{Programme, Template},
    suppression::Suppression,
};

use super::LearningCore;
use crate::{
    asked::programme::{self, ModuleSummary, ModuleView, PageView},
    error::Error,
};

impl LearningCore {
    /// The programme; none before a content pack is here.
    pub fn programme(&self) -> Result<Option<Programme>, Error> {
        self.state.with(programme::whole)
    }

    /// The modules with this person's progress, in the programme's order.
    ///
    /// ```
    /// # let temporary = tempfile::tempdir()?;
    /// # let (folder, environment) = (temporary.path().to_owned(), enhance_client::Environment::real());
    /// # let options = enhance_client::OpenOptions { folder, key: None, environment };
    /// # let core = enhance_client::LearningCore::open(options)?;
    /// for module in core.modules()? {
    ///     println!("{}: {} of {} done", module.title, module.activities_done, module.activities);
    /// }
    /// assert_eq!(core.programme()?, None, "no content pack is here yet");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn modules(&self) -> Result<Vec<ModuleSummary>, Error> {
        self.state.with(programme::modules)
    }

    /// A module with its page, its outcomes and its activities.
    pub fn module(&self, key: &str) -> Result<ModuleView, Error> {
        self.state.with(|state| programme::module(state, key))
    }

    /// A page of the handbook, a module or an activity.
    pub fn page(&self, key: &str) -> Result<PageView, Error> {
        self.state.with(|state| programme::page(state, key))
    }

    /// Which numbers of groups are hidden, as the programme has it; the usual rule before a content
    /// pack is here.
    pub fn suppression(&self) -> Result<Suppression, Error> {
        self.state.read(|screen| Ok(programme::suppression(screen)))
    }

    /// The ways to reflect, in the programme's order.
    pub fn templates(&self) -> Result<Vec<Template>, Error> {
        self.state.with(programme::templates)
    }
}
