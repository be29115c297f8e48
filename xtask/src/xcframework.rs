//! `cargo xtask xcframework`: the library for iPhones, their simulator and Macs, as the Swift package
//! takes it in. It needs a Mac with Xcode, and has not been run on one by those who wrote it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    bindings,
    steps::{Outcome, Steps, cargo, root, run},
};

/// The oldest iOS that the Swift package runs on.
const OLDEST_IOS: &str = "17.0";

/// What one library of the framework runs on, and the targets it is made of.
const SLICES: [(&str, &[&str]); 3] = [
    ("ios", &["aarch64-apple-ios"]),
    ("simulator", &["aarch64-apple-ios-sim", "x86_64-apple-ios"]),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

/// The command: builds for devices and simulators, and packs both.
pub fn make() -> Outcome {
    if !cfg!(target_os = "macos") {
        return Err("an XCFramework is made on a Mac with Xcode; this is none".to_owned());
    }
    let mut steps = Steps::new(3);
    steps.step("generated code", bindings::run_all)?;
    let libraries = steps.step("the library for each kind of device", build)?;
    let framework = root().join("ios/EnhanceFFI.xcframework");
    steps.step("the framework", || assemble(&libraries, &framework))?;
    println!("\n{}", steps.summary());
    println!("\nNext: in Xcode add the package in the folder ios to your app; see ios/GUIDE.md.");
    Ok(())
}

fn build() -> Outcome<Vec<PathBuf>> {
    SLICES.iter().map(|(slice, targets)| build_slice(slice, targets)).collect()
}

fn build_slice(slice: &str, targets: &[&str]) -> Outcome<PathBuf> {
    let mut archives = Vec::new();
    for target in targets {
        run(Command::new("rustup").args(["target", "add", target]))?;
        let mut build =
            cargo(["rustc", "--locked", "--profile", "phone", "-p", "enhance-ffi", "--lib"]);
        build.args(["--crate-type", "staticlib", "--target", target]);
        run(build.env("IPHONEOS_DEPLOYMENT_TARGET", OLDEST_IOS))?;
        archives.push(root().join(format!("target/{target}/phone/libenhance_ffi.a")));
    }
    let folder = root().join("target/xcframework").join(slice);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let library = folder.join("libenhance_ffi.a");
    run(Command::new("lipo").arg("-create").args(&archives).arg("-output").arg(&library))?;
    Ok(library)
}

fn assemble(libraries: &[PathBuf], framework: &Path) -> Outcome {
    if framework.exists() {
        fs::remove_dir_all(framework)
            .map_err(|error| format!("{}: {error}", framework.display()))?;
    }
    let mut assemble = Command::new("xcodebuild");
    assemble.arg("-create-xcframework");
    for library in libraries {
        assemble.arg("-library").arg(library);
        assemble.arg("-headers").arg(root().join("ios/Sources/enhance_ffiFFI"));
    }
    run(assemble.arg("-output").arg(framework))
}
