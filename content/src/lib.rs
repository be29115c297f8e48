//! From a folder that educators edit to a pack that devices can trust.
//!
//! ```
//! use std::path::Path;
//!
//! use enhance_content::check_and_compile;
//! use enhance_model::Timestamp;
//!
//! let pack = check_and_compile(Path::new("enhance"), Timestamp::default())?;
//! assert_eq!(pack.manifest.title, pack.programme.title);
//! # Ok::<(), enhance_content::PackFaults>(())
//! ```
//!
//! People write Markdown and TOML (see `content/README.md`). [`check_and_compile`] reads such a
//! folder, reports everything that is wrong with it at once, each fault with its file and line, and
//! otherwise returns the programme with the files it consists of. It neither signs nor sends.

mod fault;
mod files;
mod folder;
mod framework;
mod log_rule;
mod manifest;
mod module;
mod names;
mod pack;
mod programme;
mod reading;
mod recipe;
mod references;
mod resource;
mod template;
mod time;
mod wording;

use std::path::Path;

use enhance_model::{Timestamp, pack::PackManifest};

use fault::{Faults, Place};
use reading::Reading;

pub use fault::{Fault, PackFaults};
pub use folder::{MEDIA_BYTES, TEXT_BYTES};
pub use pack::{CompiledPack, FileSource};

/// What faults of the compiled programme are reported against; no author writes this file.
const STRUCTURE: &str = "programme.json";

/// Checks the pack in `folder` and compiles it, or says everything that is wrong with it.
///
/// The same folder gives the same bytes every time; only `published_at` goes into the manifest from
/// outside.
pub fn check_and_compile(
    folder: &Path,
    published_at: Timestamp,
) -> Result<CompiledPack, PackFaults> {
    let faults = Faults::default();
    let compiled = compile(folder, published_at, &faults);
    faults.into_result()?;
    // Without a pack there is a fault, so this is never reached with an empty list.
    compiled.ok_or(PackFaults(Vec::new()))
}

fn compile(folder: &Path, published_at: Timestamp, faults: &Faults) -> Option<CompiledPack> {
    let mut reading = Reading::new(folder, faults);
    let manuscript = programme::read(&mut reading)?;
    let Reading { folder, mut files, names, sources, .. } = reading;
    names.check(faults);
    time::check(&manuscript.programme, &files, &sources, faults);
    if faults.is_empty() {
        // A broken manifest would make every page it names look unused.
        folder.report_unused();
    }
    let programme = manuscript.programme;
    let structure = serde_json::to_string(&programme)
        .map_err(|error| faults.add(&Place::file(STRUCTURE), error.to_string()))
        .ok()?;
    let structure = files.add_text(structure, "application/json");
    let (list, files) = files.into_parts();
    let manifest = PackManifest {
        key: programme.key.clone(),
        version: manuscript.version,
        title: programme.title.clone(),
        published_at,
        structure,
        files: list,
    };
    Some(CompiledPack { manifest, files, programme })
}
