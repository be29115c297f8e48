//! What a person takes with them.

use std::path::Path;

use super::LearningCore;
use crate::{
    asked::export::{
        self, Export, ImportCheck, ImportReport,
        taking::{self, ExportSizes},
    },
    cancellation::Cancellation,
    error::Error,
    progress::OnProgress,
};

impl LearningCore {
    /// Everything this person can read on this device, with versions, for a file of theirs.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore};
    ///
    /// # fn example(core: &LearningCore) -> Result<(), Error> {
    /// let json = core.export()?.to_json()?;
    /// println!("{} bytes", json.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn export(&self) -> Result<Export, Error> {
        self.state.with(export::export)
    }

    /// How many photographs and PDFs there are to take along, before anything is written.
    pub fn export_sizes(&self) -> Result<ExportSizes, Error> {
        Ok(taking::sizes(&self.export()?))
    }

    /// Writes the attached files into a folder, one after the other, and answers the export that
    /// names them. It names each by its path from the folder that `folder` is in, where the JSON
    /// and the page belong; what did not go along is named with the reason. What is not on this
    /// device is fetched if `fetch` says so.
    ///
    /// ```no_run
    /// use std::{fs, path::Path};
    ///
    /// use enhance_client::{Cancellation, LearningCore};
    ///
    /// # async fn example(core: &LearningCore) -> Result<(), Box<dyn std::error::Error>> {
    /// let (files, cancel) = (Path::new("mine/my-files"), Cancellation::new());
    /// let export = core.export_with_files(files, true, &cancel, &|_| ()).await?;
    /// fs::write("mine/my-learning.json", export.to_json()?)?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn export_with_files(
        &self,
        folder: &Path,
        fetch: bool,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<Export, Error> {
        let exporting = taking::with_files(&self.state, folder, fetch, (cancel, progress));
        self.state.while_awake(exporting).await
    }

    /// Reads an export back, also that of another account: reflections, own projects and the
    /// personal record. What is here already stays as it is, so doing it twice is doing it once.
    /// Evidence that was a sign-off is the sign-off that is kept of it; evidence that did not come
    /// along is named in the report.
    /// A file that is damaged, or no export, changes nothing. Attached files are named as not read.
    pub fn import(&self, json: &str) -> Result<ImportReport, Error> {
        export::import(&self.state, json, None, (&Cancellation::new(), &|_| ()))
    }

    /// Reads an export back with its files, which are beside it in the folder `beside`. A file that
    /// is missing, was changed, is too large or is none is named with the reason, and everything
    /// else is read all the same. Done again it reads what is there by then.
    pub fn import_with_files(
        &self,
        json: &str,
        beside: &Path,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<ImportReport, Error> {
        export::import(&self.state, json, Some(beside), (cancel, progress))
    }

    /// What reading an export back would bring, with its files, which are beside it in the folder
    /// `beside`. Nothing is written.
    pub fn check_import(
        &self,
        json: &str,
        beside: &Path,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<ImportCheck, Error> {
        export::look(&self.state, json, Some(beside), (cancel, progress))
    }
}
