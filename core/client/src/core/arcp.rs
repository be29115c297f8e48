//! The page for an annual review.

use enhance_model::{arcp::ArcpPage, learning_log::Period};

use super::LearningCore;
use crate::{
    asked::arcp::{self, ArcpVerdict},
    error::Error,
};

impl LearningCore {
    /// The page for an annual review of a period: placements, hours against the rule, modules,
    /// evidence, goals, certificates, projects, and what is missing. No server is asked.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::learning_log::Period};
    ///
    /// # fn example(core: &LearningCore, year: Period) -> Result<(), Error> {
    /// let page = core.arcp_page(year)?;
    /// for field in page.form_fields() {
    ///     println!("{}\n{}", field.field, field.text);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn arcp_page(&self, period: Period) -> Result<ArcpPage, Error> {
        self.state.with(|state| arcp::page(state, period))
    }

    /// The page for an annual review as one page of HTML, fit for printing on A4. It needs nothing
    /// else, and has the same bytes wherever it is made of the same record on the same day.
    pub fn arcp_html(&self, period: Period) -> Result<String, Error> {
        self.state.with(|state| arcp::html(state, period))
    }

    /// The page for an annual review as JSON, with days as 2026-08-05.
    pub fn arcp_json(&self, period: Period) -> Result<String, Error> {
        let page = self.arcp_page(period)?;
        serde_json::to_string_pretty(&page)
            .map_err(|error| Error::internal("writing the page").because(error))
    }

    /// Whether such a page still agrees with the record it was made of. On a device of somebody
    /// else only its digest can be checked.
    pub fn verify_arcp(&self, html: &str) -> Result<ArcpVerdict, Error> {
        self.state.with(|state| arcp::verify(state, html))
    }
}
