//! The door of the module: what a worker calls.

use std::{panic::AssertUnwindSafe, sync::Arc};

use enhance_ffi::answer;
use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::{Answer, Calls, Ears, Opened};

/// An account that a worker has opened. It is whole after a panic:
/// the core reads again what is stored.
#[wasm_bindgen]
pub struct Core(AssertUnwindSafe<Calls>);

/// How opening an account went.
#[wasm_bindgen]
pub struct Opening {
    bytes: Vec<u8>,
    core: Option<Core>,
}

#[wasm_bindgen]
impl Opening {
    /// The answer, which says why if nothing was opened.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// The core; none if it was taken already, or nothing was opened.
    pub fn core(&mut self) -> Option<Core> {
        self.core.take()
    }
}

/// Opens the account in a folder; `stays` says whether it outlives the page. `heard` is called with
/// the number of a listener and what it hears.
#[wasm_bindgen]
pub async fn open(folder: String, stays: bool, key: Option<Vec<u8>>, heard: Function) -> Opening {
    let ears = Arc::new(Heard(heard));
    let outcome = async {
        if stays {
            enhance_client::opfs::mount(&folder).await?;
        }
        Calls::open(format!("/{folder}"), key, ears)
    };
    match AssertUnwindSafe(outcome).await {
        Ok(Opened { calls, new_key }) => {
            Opening { bytes: answer(Ok(new_key)), core: Some(Core(AssertUnwindSafe(calls))) }
        }
        Err(error) => Opening { bytes: answer::<Option<Vec<u8>>>(Err(error)), core: None },
    }
}

#[wasm_bindgen]
extern "C" {
    /// Has the worker bring the rest of the module, and returns when it is there.
    #[wasm_bindgen(js_name = enhanceRest)]
    fn bring_rest();
}

/// Has the rest of the module there, which was cut off so that nobody waits for it. Whatever is
/// called in it does the same.
#[wasm_bindgen]
pub fn whole() {
    bring_rest();
}

#[wasm_bindgen]
impl Core {
    /// Calls a method: the answer, or a promise of it.
    pub fn call(&self, ask: u32, on: u32, method: &str, arguments: Vec<u8>) -> JsValue {
        match self.0.call(ask, on, method, arguments) {
            Answer::Now(bytes) => Uint8Array::from(&*bytes).into(),
            Answer::Later(answer) => {
                let bytes = async { Ok(Uint8Array::from(&*answer.await).into()) };
                future_to_promise(AssertUnwindSafe(bytes)).into()
            }
        }
    }

    /// Ends a call that was not answered yet.
    pub fn cancel(&self, ask: u32) {
        self.0.cancel(ask);
    }

    /// Lets go of an object that the page needs no more.
    pub fn release(&self, object: u32) {
        self.0.release(object);
    }
}

/// The worker's function, on the only thread there is.
struct Heard(Function);

impl Ears for Heard {
    fn heard(&self, by: u32, what: Vec<u8>) {
        let what = Uint8Array::from(&*what);
        // What hears of something has no say in it.
        drop(self.0.call2(&JsValue::NULL, &by.into(), &what));
    }
}
