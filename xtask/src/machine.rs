//! What the machine must have before anything is built, and getting it where that can be done.

use std::process::{Command, Stdio};

use crate::steps::Outcome;

struct Need {
    what: &'static str,
    why: &'static str,
    probe: &'static [&'static str],
    package: &'static str,
}

const NEEDS: [Need; 1] = [Need {
    what: "a C compiler",
    why: "SQLite and zstd are built from source",
    probe: &["cc", "--version"],
    package: "gcc",
}];

const JAVA: [Need; 2] = [
    Need {
        what: "a Java development kit, 17 or later",
        why: "the Kotlin libraries are compiled for it and tested on it",
        probe: &["javac", "--release", "17", "--version"],
        package: "openjdk-17-jdk-headless",
    },
    Need {
        what: "Maven",
        why: "it builds the Kotlin libraries",
        probe: &["mvn", "--version"],
        package: "maven",
    },
];

const NPM: Need = Need {
    what: "npm",
    why: "it fetches what the desk is built with, each version as the lock file has it",
    probe: &["npm", "--version"],
    package: "npm",
};

const NODE: Need = Need {
    what: "Node.js, 20.19 or later",
    why: "the desk's pages are built and tested with it",
    probe: &[
        "node",
        "--eval",
        "const [major, minor] = process.versions.node.split('.'); \
        process.exit(major > 20 || major == 20 && minor >= 19 ? 0 : 1)",
    ],
    package: "nodejs",
};

const DESK: [Need; 4] = [
    NODE,
    NPM,
    Need {
        what: "Chromium",
        why: "the desk's stories are told in it",
        probe: &["chromium", "--version"],
        package: "chromium",
    },
    Need {
        what: "the letters of DejaVu",
        why: "its pictures of pages are drawn with them, wherever they are drawn",
        probe: &["test", "-e", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"],
        package: "fonts-dejavu-core",
    },
];

const WEB: [Need; 3] = [
    Need {
        what: "a C compiler for WebAssembly",
        why: "SQLite and zstd are built from source",
        probe: &["clang", "--version"],
        package: "clang",
    },
    Need {
        what: "an archiver of what it compiles",
        why: "the same",
        probe: &["llvm-ar", "--version"],
        package: "llvm",
    },
    NPM,
];

/// What [`prepare`] would install, each with its reason.
pub fn to_install() -> Vec<String> {
    missing(&NEEDS)
}

/// What [`java`] would install, each with its reason.
pub fn to_install_for_java() -> Vec<String> {
    missing(&JAVA)
}

/// What [`web`] and [`desk`] would install, each with its reason.
pub fn to_install_for_desk() -> Vec<String> {
    let (mut all, desk) = (missing(&WEB), missing(&DESK));
    all.extend(desk.into_iter().filter(|one| !all.contains(one)).collect::<Vec<_>>());
    all
}

fn missing(needs: &[Need]) -> Vec<String> {
    let missing = needs.iter().filter(|need| !works(need.probe));
    missing.map(|need| format!("{} (package {}): {}", need.what, need.package, need.why)).collect()
}

/// Makes sure that everything can be built, installing what is missing where it may.
pub fn prepare() -> Outcome {
    provide(&NEEDS)?;
    println!("a C compiler is here");
    Ok(())
}

fn provide(needs: &[Need]) -> Outcome {
    let missing: Vec<&Need> = needs.iter().filter(|need| !works(need.probe)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("missing: {} ({})", need.what, need.why);
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if install(&packages) && missing.iter().all(|need| works(need.probe)) {
        return Ok(());
    }
    Err(format!(
        "this machine lacks {}.\nOn Debian or Ubuntu: sudo apt-get install {}",
        missing.iter().map(|need| need.what).collect::<Vec<_>>().join(", "),
        packages.join(" ")
    ))
}

/// Makes sure that the core can be compiled to WebAssembly.
pub fn web() -> Outcome {
    provide(&WEB)
}

/// Makes sure that the desk's pages can be built.
pub fn pages() -> Outcome {
    provide(&[NODE, NPM])
}

/// Makes sure that Java and Maven are there.
pub fn java() -> Outcome {
    provide(&JAVA)
}

/// Makes sure that Node.js and a browser are there.
pub fn desk() -> Outcome {
    provide(&DESK)?;
    println!("Node.js, npm and Chromium are here");
    Ok(())
}

/// Makes sure that a component of the Rust toolchain is there.
pub fn component(name: &'static str, probe: &'static [&'static str]) -> Outcome {
    if works(probe) || works(&["rustup", "component", "add", name]) && works(probe) {
        return Ok(());
    }
    Err(format!("Rust's component {name} is missing; with rustup: rustup component add {name}"))
}

/// Whether a command can be run and succeeds.
pub fn works(command: &[&str]) -> bool {
    let Some((program, arguments)) = command.split_first() else { return false };
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn install(packages: &[&str]) -> bool {
    if !works(&["apt-get", "--version"]) {
        return false;
    }
    println!("installing {} with apt-get", packages.join(", "));
    works(&["apt-get", "update", "-q"])
        && works(
            &[&["apt-get", "install", "-y", "-q", "--no-install-recommends"], packages].concat(),
        )
}
