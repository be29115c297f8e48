//! Work beside the caller's: tasks of Tokio, and threads.

use std::{
    io,
    thread::{self, JoinHandle},
};

use tokio::{runtime, task};

/// Goes on with a future by itself.
///
/// # Panics
///
/// If it is not called within a Tokio runtime.
pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    task::spawn(work);
}

/// The outcome of work that may block, on a thread that may.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, task::JoinError> {
    task::spawn_blocking(work).await
}

/// Work on a thread of its own.
pub(crate) struct Background(JoinHandle<()>);

impl Background {
    /// Begins what goes on in the background until it ends by itself.
    pub(crate) fn begin<F: Future<Output = ()>>(
        name: &str,
        work: impl FnOnce() -> F + Send + 'static,
    ) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_time().build()?;
        let thread = thread::Builder::new().name(name.to_owned());
        thread.spawn(move || runtime.block_on(work())).map(Self)
    }

    /// Waits for its end, but not on its own thread. False if it panicked.
    pub(crate) fn ended(self) -> bool {
        self.0.thread().id() == thread::current().id() || self.0.join().is_ok()
    }
}
