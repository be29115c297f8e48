//! What a browser has in the place of threads, files and sockets. There is one thread, so what is
//! wrapped to be sent to another never is.

pub(crate) mod address;
pub(crate) mod beside;
pub(crate) mod http;
pub mod opfs;
pub(crate) mod part;
pub(crate) mod task;
pub(crate) mod time;

use js_sys::Promise;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The outcome of a promise.
fn outcome(promise: Promise) -> SendWrapper<JsFuture> {
    SendWrapper::new(JsFuture::from(promise))
}

/// What a failure says of itself.
fn words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| error.message().into())
}
