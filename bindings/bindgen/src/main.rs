//! `enhance-bindgen LIBRARY OUT`: reads what a library of `bindings/ffi` exports and writes
//!
//! - `OUT/kotlin` and `OUT/swift`: the generated sides of the library, made anew by every build, and
//!   beside each what is declared of a plan and of a personal record;
//! - `OUT/typescript`: how values cross to a page in a browser;
//! - `OUT/api.d.ts` and `OUT/methods.rs`: what such a page can call and be given, and a line for each
//!   method of it, to be compared with those in the repository;
//! - `OUT/api.txt`: a list of all that is exported, to be compared with the one in the repository.

mod finish;
mod listing;
mod names;
mod project;
mod typescript;

use std::{env, fs};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::{
    BindgenLoader, BindgenPaths, BindgenPathsLayer, ComponentInterface, GlobalConfig,
    bindings::{GenerateOptions, TargetLanguage, generate_with_bindgen_paths},
};

use self::project::{PersonalRecord, Project};

/// The crate that exports, as Rust names it.
const CRATE: &str = "enhance_ffi";

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1).map(Utf8PathBuf::from);
    let usage = "usage: enhance-bindgen LIBRARY OUT";
    let (library, out) = (arguments.next().context(usage)?, arguments.next().context(usage)?);
    generate(TargetLanguage::Kotlin, &library, out.join("kotlin"))?;
    generate(TargetLanguage::Swift, &library, out.join("swift"))?;
    let interface = interface(&library)?;
    let kotlin = out.join("kotlin/org/enhance/core/enhance.kt");
    let (swift, project) = (out.join("swift/EnhanceCore.swift"), Project::of(&interface)?);
    let record = PersonalRecord::of(&interface)?;
    finish(&kotlin, |code| {
        let code = finish::kotlin(code, &interface)?;
        record.finish_kotlin(&project.finish_kotlin(&code)?)
    })?;
    finish(&swift, |code| {
        let code = finish::swift(code, &interface)?;
        record.finish_swift(&project.finish_swift(&code)?)
    })?;
    write(&kotlin.with_file_name("project.kt"), &project.kotlin())?;
    write(&kotlin.with_file_name("record.kt"), &record.kotlin())?;
    write(&swift.with_file_name("Project.swift"), &project.swift()?)?;
    write(&swift.with_file_name("Record.swift"), &record.swift()?)?;
    let typescript = out.join("typescript");
    fs::create_dir_all(&typescript).with_context(|| format!("making {typescript}"))?;
    write(&typescript.join("schema.ts"), &typescript::schema(&interface)?)?;
    write(&out.join("methods.rs"), &typescript::lines(&interface)?)?;
    write(&out.join("api.d.ts"), &typescript::api(&interface)?)?;
    write(&out.join("api.txt"), &listing::of(&interface))
}

fn generate(language: TargetLanguage, library: &Utf8Path, out_dir: Utf8PathBuf) -> Result<()> {
    let options = GenerateOptions {
        languages: vec![language],
        source: library.to_owned(),
        out_dir,
        crate_filter: Some(CRATE.to_owned()),
        format: false,
        ..GenerateOptions::default()
    };
    generate_with_bindgen_paths(options, paths()?)
}

fn finish(file: &Utf8Path, finished: impl FnOnce(&str) -> Result<String>) -> Result<()> {
    let code = fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
    write(file, &finished(&code)?)
}

fn write(file: &Utf8Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("writing {file}"))
}

fn interface(library: &Utf8Path) -> Result<ComponentInterface> {
    let loader = BindgenLoader::new(paths()?, GlobalConfig::default());
    let interfaces = loader.load_cis(loader.load_metadata(library)?)?;
    let ours = interfaces.into_iter().find(|interface| interface.crate_name() == CRATE);
    ours.with_context(|| format!("{library} exports nothing of {CRATE}"))
}

/// Where the settings of the generated code are: in the folder of the crate that exports.
fn paths() -> Result<BindgenPaths> {
    let here = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.parent().context("this crate is in no folder")?.join("ffi");
    let mut paths = BindgenPaths::default();
    paths.add_layer(ExportingCrate { root });
    Ok(paths)
}

struct ExportingCrate {
    root: Utf8PathBuf,
}

impl BindgenPathsLayer for ExportingCrate {
    fn get_crate_root(&self, crate_name: &str) -> Option<Utf8PathBuf> {
        (crate_name == CRATE).then(|| self.root.clone())
    }
}
