//! The code in the guides for app developers, taken out so that it is compiled and run: a guide
//! cannot say what does not work.
//!
//! A block that begins with ```` ```kotlin Name.kt ```` or ```` ```swift Name.swift ```` belongs to
//! that file; blocks of one file follow each other in it. Others are for reading only.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    files::write,
    steps::{Outcome, root},
};

/// Guide, the language of its code, and the folder it is compiled in.
const GUIDES: [(&str, &str, &str); 2] =
    [("android/GUIDE.md", "kotlin", "target/guide/kotlin"), ("ios/GUIDE.md", "swift", "ios/Guide")];

/// Takes the code out of every guide.
pub fn extract() -> Outcome {
    for (guide, language, folder) in GUIDES {
        let page =
            fs::read_to_string(root().join(guide)).map_err(|error| format!("{guide}: {error}"))?;
        let files = files(&page, language);
        if files.is_empty() {
            return Err(format!("{guide} has no code in {language} that could be compiled"));
        }
        let folder = root().join(folder);
        remove_others(&folder, &files)?;
        for (name, text) in &files {
            write(&folder.join(name), text)?;
        }
    }
    Ok(())
}

fn files(page: &str, language: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut within: Option<&str> = None;
    for line in page.lines() {
        match (within, line.strip_prefix("```")) {
            (Some(_), Some(_)) => within = None,
            (None, Some(fence)) => {
                within = fence.strip_prefix(language).map(str::trim).filter(|n| !n.is_empty());
            }
            (Some(name), None) => {
                let text = files.entry(name.to_owned()).or_default();
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    files
}

/// What an older guide said is not to be compiled any more.
fn remove_others(folder: &Path, files: &BTreeMap<String, String>) -> Outcome {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && !files.contains_key(&name) {
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_one_file_follow_each_other_and_the_rest_is_left_out() {
        let page = "text\n```kotlin A.kt\none\n```\n```xml\n<no/>\n```\n```kotlin\nno\n```\n\
                    ```kotlin B.kt\ntwo\n```\n```kotlin A.kt\nthree\n```\n";
        let files = files(page, "kotlin");
        assert_eq!(files.len(), 2);
        assert_eq!(files["A.kt"], "one\nthree\n");
        assert_eq!(files["B.kt"], "two\n");
    }
}
