//! Files of the project: finding them, writing them, and where what can be shared is kept.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::steps::Outcome;

/// The files below a folder with one of these endings, in order; neither what is built or hidden
/// nor what npm fetched.
pub fn files_below(folder: &Path, endings: &[&str]) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let children =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for path in children.filter_map(|child| Some(child.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_ours = name != "target" && name != "node_modules" && !name.starts_with('.');
            if path.is_dir() && is_ours {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| endings.iter().any(|each| ending == *each))
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a file unless it says that already: what is not newer is not compiled again.
pub fn write(path: &Path, text: &str) -> Outcome {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written: io::Result<()> = folder.and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

/// Where things are kept that several clones of the project can share.
pub fn cache() -> Outcome<PathBuf> {
    let folder = env::var_os("ENHANCE_CACHE").map(PathBuf::from);
    let folder =
        folder.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache/enhance")));
    folder.ok_or_else(|| "neither ENHANCE_CACHE nor HOME says where to keep things".to_owned())
}
