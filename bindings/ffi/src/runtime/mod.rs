//! Where work that waits for the network is done: on a phone on threads of our own, and in a
//! browser where it is waited for, since there is one thread.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod native;

use std::{future::Future, pin::Pin};

use enhance_client::{Cancellation, Error};

#[cfg(target_family = "wasm")]
pub(crate) use self::browser::{blocking, within};
#[cfg(not(target_family = "wasm"))]
pub(crate) use self::native::{blocking, within};

#[cfg(target_family = "wasm")]
use self::browser::done;
#[cfg(not(target_family = "wasm"))]
use self::native::done;

use crate::CoreError;

/// Does `work`. If the host drops what it waits for, the work is told to stop and ends at its next
/// step: what it was doing is never cut in half.
pub(crate) fn run<T, W>(cancellation: Cancellation, work: W) -> Running<T>
where
    T: Send + 'static,
    W: Future<Output = Result<T, Error>> + Send + 'static,
{
    // In a place of its own: what a trip needs is too large to be moved about.
    Box::pin(async move {
        let _stop = CancelOnDrop(cancellation);
        done(work).await
    })
}

/// Work that a host waits for.
pub(crate) type Running<T> = Pin<Box<dyn Future<Output = Result<T, CoreError>> + Send>>;

struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
