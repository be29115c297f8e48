#!/bin/sh
# Generates src/bindings.rs from the header of the sqlite3mc-src in Cargo.lock, by the build script
# of the libsqlite3-sys whose place this crate takes, so that rusqlite finds what it expects.
set -eu
cd "$(dirname "$0")"
sys=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
source=$(cargo metadata --format-version 1 --locked |
  grep -o '"manifest_path":"[^"]*sqlite3mc-src[^"]*/Cargo.toml"' | cut -d '"' -f 4 | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/include" "$work/src"
cp "$(dirname "$source")/sqlite3mc/sqlite3mc_amalgamation.h" "$work/include/sqlite3.h"
: >"$work/src/lib.rs"
cat >"$work/Cargo.toml" <<MANIFEST
[package]
name = "bindings"
edition = "2024"
[dependencies]
libsqlite3-sys = { version = "=$sys", default-features = false, features = ["buildtime_bindgen"] }
MANIFEST
cd "$work"
SQLITE3_INCLUDE_DIR="$work/include" SQLITE3_LIB_DIR="$work/include" LIBSQLITE3_SYS_BUNDLING=1 \
  CARGO_TARGET_DIR="$work/target" cargo check --quiet
cp "$(find "$work/target" -name bindgen.rs)" "$OLDPWD/src/bindings.rs"
