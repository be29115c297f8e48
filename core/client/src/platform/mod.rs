//! What differs between a system with threads, files and sockets and a browser, behind one name:
//! time, tasks, files that come piece by piece, an export's folder, addresses, HTTP. Everything
//! above names this and neither of the two. What they have in common of files is
//! `enhance_store::fs`.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod native;

#[cfg(target_family = "wasm")]
pub use self::browser::opfs;
#[cfg(target_family = "wasm")]
pub(crate) use self::browser::{address, beside, http, part, task, time};
#[cfg(not(target_family = "wasm"))]
pub(crate) use self::native::*;
