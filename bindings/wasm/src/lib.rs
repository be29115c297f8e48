//! The core for a page in a browser. A worker loads this module, opens an account and calls the
//! core's methods by their names; arguments and answers cross as bytes, as [`enhance_ffi`] writes
//! them for Kotlin and Swift. What a page makes of that is in `js/`, what it gets in `api.d.ts`.
//!
//! | what | where |
//! |---|---|
//! | what is called, and what is held for whoever calls | [`Calls`] |
//! | how a line for a method becomes a call | `lines` |
//! | a line for each method | `methods` |
//! | the door of the module | `module`, in a browser alone |

mod calls;
mod lines;
mod methods;
#[cfg(target_family = "wasm")]
mod module;

pub use self::calls::{Answer, Calls, Ears, Opened};
