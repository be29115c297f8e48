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

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use super::*;

    #[test]
    fn work_that_nobody_waits_for_any_more_is_told_to_stop() {
        let cancellation = Cancellation::new();
        let (stop, work) = (cancellation.clone(), pending::<Result<(), Error>>());
        runtime().unwrap().block_on(async {
            let nobody_waits = tokio::time::timeout(Duration::from_millis(10), run(stop, work));
            assert!(nobody_waits.await.is_err(), "work that never ends ended");
        });
        assert!(cancellation.is_cancelled());
    }

    #[test]
    fn a_panic_in_the_background_is_an_error() {
        let work = async { if true { panic!("on purpose") } else { Ok(()) } };
        let outcome = runtime().unwrap().block_on(run(Cancellation::new(), work));
        assert!(matches!(outcome, Err(CoreError::Unexpected { .. })), "{outcome:?}");
    }
}
