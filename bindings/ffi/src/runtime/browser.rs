//! In a browser there is one thread, and the browser itself wakes what waits.

use std::future::Future;

use enhance_client::Error;

use crate::CoreError;

/// What the work came to.
pub(crate) async fn done<T, W>(work: W) -> Result<T, CoreError>
where
    W: Future<Output = Result<T, Error>>,
{
    Ok(work.await?)
}

/// Does what begins work by itself.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there may be no threads")]
pub(crate) fn within<T>(begin: impl FnOnce() -> T) -> Result<T, CoreError> {
    Ok(begin())
}

/// Does what takes long and waits for nothing.
pub(crate) fn blocking<T>(work: impl FnOnce() -> T) -> T {
    work()
}
