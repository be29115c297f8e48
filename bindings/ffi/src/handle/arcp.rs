//! The page for an annual review, and what a person takes with them and reads back.

use enhance_client::{
    InputField,
    model::{CalendarDate, learning_log::Period},
};

use crate::{
    ArcpVerdict, CoreError, FormField, ImportReport,
    handle::{CoreHandle, Result, all},
};

fn period(from: CalendarDate, to: CalendarDate) -> Result<Period> {
    Period::new(from, to).map_err(|fault| CoreError::invalid(InputField::Date, &fault))
}

/// The page for an annual review, and what a person takes with them and reads back.
#[uniffi::export]
impl CoreHandle {
    /// The page for an annual review as one page of HTML, fit for printing on A4.
    pub fn arcp_html(&self, from: CalendarDate, to: CalendarDate) -> Result<String> {
        Ok(self.core.arcp_html(period(from, to)?)?)
    }

    /// The page for an annual review as CSV.
    pub fn arcp_csv(&self, from: CalendarDate, to: CalendarDate) -> Result<String> {
        Ok(self.core.arcp_page(period(from, to)?)?.csv())
    }

    /// The page for an annual review as JSON, with days as 2026-08-05.
    pub fn arcp_json(&self, from: CalendarDate, to: CalendarDate) -> Result<String> {
        Ok(self.core.arcp_json(period(from, to)?)?)
    }

    /// The same as texts to paste into the form of a portfolio.
    pub fn arcp_form(&self, from: CalendarDate, to: CalendarDate) -> Result<Vec<FormField>> {
        Ok(all(self.core.arcp_page(period(from, to)?)?.form_fields()))
    }

    /// Whether such a page still agrees with the record it was made of.
    pub fn verify_arcp(&self, html: &str) -> Result<ArcpVerdict> {
        Ok(self.core.verify_arcp(html)?.into())
    }

    /// The personal record as CSV.
    pub fn export_csv(&self) -> Result<String> {
        Ok(self.core.export()?.to_csv())
    }

    /// The reflections as one page of HTML.
    pub fn export_reflections(&self) -> Result<String> {
        Ok(self.core.export()?.reflections_html())
    }

    /// Reads an export back, also that of another account. What is here already stays as it is; a
    /// file that is damaged changes nothing.
    pub fn import_export(&self, json: &str) -> Result<ImportReport> {
        Ok(self.core.import(json)?.into())
    }
}
