//! The linker of the module for browsers: that of the toolchain, which is not told what is exported
//! for Kotlin and Swift. So it leaves that out, and all code and data that only it needs.

use std::process::Command;

use crate::steps::{Outcome, run};

/// What the compiler begins with when it calls a linker of this kind.
pub const CALLED: &str = "-flavor";

/// How the exports for Kotlin and Swift begin.
const FOREIGN: [&str; 3] = ["uniffi_", "ffi_enhance_ffi_", "UNIFFI_META_"];

/// Links. The compiler has put its own linker where programs are looked for.
pub fn link(arguments: &[&str]) -> Outcome {
    run(Command::new("rust-lld").args(ours(arguments)))
}

/// What the linker is told, without the exports that are for others.
fn ours<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let mut ours = Vec::new();
    let mut rest = arguments.iter().copied();
    while let Some(argument) = rest.next() {
        let exported = if argument == "--export" { rest.next() } else { None };
        if !exported.is_some_and(|name| FOREIGN.iter().any(|begin| name.starts_with(begin))) {
            ours.push(argument);
            ours.extend(exported);
        }
    }
    ours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_exported_for_kotlin_and_swift_is_left_out_and_all_else_stays() {
        let given = "-flavor wasm --export open --export uniffi_enhance_ffi_fn_free_x a.o --export \
            UNIFFI_META_Y --export ffi_enhance_ffi_z -o uniffi_made.wasm --export core_call";
        let linked = "-flavor wasm --export open a.o -o uniffi_made.wasm --export core_call";
        let [given, linked] = [given, linked].map(|all| all.split(' ').collect::<Vec<_>>());
        assert_eq!(ours(&given), linked);
    }
}
