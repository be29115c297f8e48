//! The core for a page in a browser. A worker loads this module, opens an account and calls the
//! core's methods by their names; arguments and answers cross as bytes, as [`enhance_ffi`] writes
//! them for Kotlin and Swift. What a page makes of that is in `js/`, what it gets in `api.d.ts`.
//!
//! ```
//! use std::sync::Arc;
//!
//! use enhance_ffi::Arguments;
//! use enhance_wasm::{Answer, Calls, Ears, Opened};
//!
//! /// Whoever asks for nothing that is heard later.
//! struct Deaf;
//!
//! impl Ears for Deaf {
//!     fn heard(&self, _: u32, _: Vec<u8>) {}
//! }
//!
//! # let temporary = tempfile::tempdir()?;
//! # let folder = temporary.path().join("account").to_string_lossy().into_owned();
//! let Opened { calls, new_key } = Calls::open(folder, None, Arc::new(Deaf))?;
//! assert_eq!(new_key.map(|key| key.len()), Some(32), "it opens the account the next time");
//!
//! let (ask, core) = (1, 0);
//! let Answer::Now(bytes) = calls.call(ask, core, "new_item_id", Vec::new()) else {
//!     panic!("what is local is answered at once");
//! };
//! assert_eq!(bytes[0], 0, "it went well");
//! let id = Arguments::new(bytes[1..].to_vec()).text()?;
//! assert_eq!(id.len(), 36);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | what | where |
//! |---|---|
//! | what is called | [`Calls`] |
//! | one call, and what is held for whoever calls | `call` |
//! | how a line for a method becomes a call | `lines` |
//! | a line for each method | `methods` |
//! | the door of the module | `module`, in a browser alone |

mod call;
mod calls;
mod lines;
mod methods;
#[cfg(target_family = "wasm")]
mod module;

pub use self::{
    call::{Answer, Ears},
    calls::{Calls, Opened},
};
