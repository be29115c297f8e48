//! Where work that waits for the network is done: on threads of our own, so that neither a host's
//! main thread nor its coroutines ever wait for it, and on one runtime, which outlives every core.

use std::{future::Future, sync::OnceLock};

use enhance_client::{Cancellation, Error};
use tokio::runtime::{Builder, Runtime};

use crate::CoreError;

/// Threads that take turns in waiting. Work on the database is done on others.
const WORKERS: usize = 2;

pub(crate) fn runtime() -> Result<&'static Runtime, CoreError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let made = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("enhance")
        .enable_all()
        .build()
        .map_err(|_| CoreError::internal("starting its threads"))?;
    Ok(RUNTIME.get_or_init(|| made))
}

/// Does `work` on the runtime. If the host drops what it waits for, the work is told to stop and
/// ends at its next step: what it was doing is never cut in half.
pub(crate) async fn run<T, W>(cancellation: Cancellation, work: W) -> Result<T, CoreError>
where
    T: Send + 'static,
    W: Future<Output = Result<T, Error>> + Send + 'static,
{
    let _stop = CancelOnDrop(cancellation);
    let done = runtime()?.spawn(work).await;
    let outcome = done.map_err(|_| CoreError::internal("working in the background"))?;
    Ok(outcome?)
}

struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
