//! Work beside the caller's, on the one thread there is.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
};

use wasm_bindgen_futures::spawn_local;

/// Work ended in a panic.
#[derive(Debug, thiserror::Error)]
#[error("it panicked")]
pub(crate) struct Panicked;

/// Goes on with a future by itself.
pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    spawn_local(work);
}

/// The outcome of work that may take long. Nobody else can do anything meanwhile, as on a thread
/// that holds the lock.
#[allow(clippy::unused_async, reason = "elsewhere it is waited for")]
pub(crate) async fn blocking<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panicked)
}

/// Work between the others'.
pub(crate) struct Background;

impl Background {
    /// Begins what goes on in the background until it ends by itself.
    #[allow(clippy::unnecessary_wraps, reason = "a thread may fail to start")]
    pub(crate) fn begin<F: Future<Output = ()> + 'static>(
        _: &str,
        work: impl FnOnce() -> F + 'static,
    ) -> io::Result<Self> {
        spawn_local(work());
        Ok(Self)
    }

    /// It is between two steps whenever this can be asked.
    #[allow(clippy::unused_self, reason = "a thread is asked")]
    pub(crate) const fn ended(self) -> bool {
        true
    }
}
