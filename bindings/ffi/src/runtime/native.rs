//! On threads of our own, so that neither a host's main thread nor its coroutines ever wait for the
//! network, and on one runtime, which outlives every core.

use std::{future::Future, sync::OnceLock};

use enhance_client::Error;
use tokio::{
    runtime::{Builder, Runtime},
    task::block_in_place,
};

use crate::CoreError;

/// Threads that take turns in waiting. Work on the database is done on others.
const WORKERS: usize = 2;

fn runtime() -> Result<&'static Runtime, CoreError> {
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

/// What the work came to, which is done even if nobody waits for it any more.
pub(crate) async fn done<T, W>(work: W) -> Result<T, CoreError>
where
    T: Send + 'static,
    W: Future<Output = Result<T, Error>> + Send + 'static,
{
    let done = runtime()?.spawn(work).await;
    let outcome = done.map_err(|_| CoreError::internal("working in the background"))?;
    Ok(outcome?)
}

/// Does what begins work by itself, so that it is done on these threads.
pub(crate) fn within<T>(begin: impl FnOnce() -> T) -> Result<T, CoreError> {
    let _runtime = runtime()?.enter();
    Ok(begin())
}

/// Does what takes long and waits for nothing, while other work goes on.
pub(crate) fn blocking<T>(work: impl FnOnce() -> T) -> T {
    block_in_place(work)
}

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use enhance_client::Cancellation;

    use super::*;
    use crate::runtime::run;

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
