//! The Kotlin library on the JVM and the Android library under Robolectric, with Maven.

use std::{fmt, fs, path::Path, process::Command};

use crate::{
    programs::{SERVER, library_folder, program},
    steps::{Outcome, root, run_reading},
};

/// What the two libraries' tests reported.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Count {
    /// On the plain JVM.
    pub jvm: u64,
    pub robolectric: u64,
    pub skipped: u64,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Kotlin/JVM   {} passed", self.jvm)?;
        write!(f, "Robolectric  {} passed, {} skipped of both", self.robolectric, self.skipped)
    }
}

/// Compiles and tests both over the library that was built last.
pub fn test() -> Outcome<Count> {
    let out = root().join("target/maven");
    forget_classes(&out)?;
    let mut count = Count::default();
    run_reading(maven(&out, &library_folder()?)?.arg("test"), |line| count.add(line))?;
    Ok(count)
}

/// Maven over the reactor of both libraries, with the core's library of a folder; quiet but for what
/// tests say.
pub fn maven(out: &Path, library: &Path) -> Outcome<Command> {
    let folder = |name: &str, path: &Path| format!("-Denhance.{name}={}", path.display());
    let mut maven = Command::new("mvn");
    maven
        .current_dir(root())
        .args(["--batch-mode", "--no-transfer-progress", "--file", "bindings/pom.xml"])
        .arg(folder("target", out))
        .arg(folder("generated", &root().join("target/bindings/kotlin")))
        .arg(folder("guide", &root().join("target/guide/kotlin")))
        .arg(folder("library", library))
        .arg("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
        .arg("-Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire.SurefireMojo=info")
        .env(SERVER, program("enhance-server")?)
        .env("ENHANCE_CONTENT", root().join("content/enhance"));
    Ok(maven)
}

/// Classes of sources that are gone would be tested for ever.
fn forget_classes(out: &Path) -> Outcome {
    let Ok(modules) = fs::read_dir(out) else { return Ok(()) };
    for module in modules.filter_map(|entry| Some(entry.ok()?.path())) {
        for classes in ["classes", "test-classes"].map(|name| module.join(name)) {
            if classes.exists() {
                fs::remove_dir_all(&classes)
                    .map_err(|error| format!("{}: {error}", classes.display()))?;
            }
        }
    }
    Ok(())
}

impl Count {
    /// Adds a line such as `Tests run: 4, Failures: 0, ..., Time elapsed: 1 s -- in org.enhance.X`.
    fn add(&mut self, line: &str) {
        let Some((_, result)) = line.split_once("Tests run: ") else { return };
        let Some((numbers, class)) = result.split_once(" -- in ") else { return };
        let mut numbers = numbers.split(", ");
        let run: u64 = numbers.next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let skipped = numbers.find_map(|part| part.strip_prefix("Skipped: "));
        let skipped: u64 = skipped.and_then(|number| number.parse().ok()).unwrap_or(0);
        let of = if class.contains("android") { &mut self.robolectric } else { &mut self.jvm };
        *of += run - skipped.min(run);
        self.skipped += skipped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_both_libraries_are_told_apart_and_add_up() {
        let mut count = Count::default();
        let of = |class| {
            format!(
                "[INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 1 s -- in {class}"
            )
        };
        count.add(&of("org.enhance.core.SyncTest"));
        count.add(&of("org.enhance.core.TypingTest"));
        count.add(&of("org.enhance.android.SyncJobTest"));
        count.add("[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 3");
        assert_eq!(count, Count { jvm: 6, robolectric: 3, skipped: 3 });
    }
}
