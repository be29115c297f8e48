//! What a person takes with them with its files, and what is read back.

use std::{path::PathBuf, sync::Arc};

use crate::{
    Cancellation, ExportSizes, ExportWithFiles, ImportCheck, ImportReport, ProgressListener,
    handle::{CoreHandle, Result, tell},
    runtime::{blocking, run},
};

/// What a person takes with them with its files, and what is read back.
#[uniffi::export]
impl CoreHandle {
    /// How many photographs and PDFs there are to take along, before anything is written.
    pub fn export_sizes(&self) -> Result<ExportSizes> {
        Ok(self.core.export_sizes()?.into())
    }

    /// Writes the attached files into a folder, one after the other, and answers the export that
    /// names them. JSON and page are then to be written into the folder that `folder` is in. What
    /// is not on this device is fetched if `fetch` says so, and named as not here otherwise.
    pub async fn export_with_files(
        &self,
        folder: String,
        fetch: bool,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<ExportWithFiles> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        let work = async move {
            let (folder, tell) = (PathBuf::from(folder), tell(listener));
            let export = core.export_with_files(&folder, fetch, &cancel, &tell).await?;
            ExportWithFiles::of(export)
        };
        run(cancellation.0.clone(), work).await
    }

    /// What reading an export back would bring, with its files, which are beside it in the folder
    /// `beside`. Nothing is written.
    pub async fn check_import(
        &self,
        json: String,
        beside: String,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<ImportCheck> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        let work = async move {
            let (beside, tell) = (PathBuf::from(beside), tell(listener));
            blocking(|| core.check_import(&json, &beside, &cancel, &tell))
        };
        Ok(run(cancellation.0.clone(), work).await?.into())
    }

    /// Reads an export back with its files, which are beside it in the folder `beside`. What is
    /// here already stays as it is; a file that is missing or was changed is named with the reason,
    /// and everything else is read.
    pub async fn import_with_files(
        &self,
        json: String,
        beside: String,
        cancellation: Arc<Cancellation>,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<ImportReport> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        let work = async move {
            let (beside, tell) = (PathBuf::from(beside), tell(listener));
            blocking(|| core.import_with_files(&json, &beside, &cancel, &tell))
        };
        Ok(run(cancellation.0.clone(), work).await?.into())
    }
}
