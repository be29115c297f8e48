//! Time as a browser tells it.

use std::{pin::pin, time::Duration};

use enhance_model::Timestamp;
use futures_util::future::{Either, select};
use js_sys::{Date, Function, Promise};
use wasm_bindgen::prelude::*;
pub(crate) use web_time::Instant;
use web_time::{SystemTime, UNIX_EPOCH};

use super::outcome;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, millis: i32) -> JsValue;
}

/// How long it is since 1970, by the device's own clock.
pub(crate) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// How far the clocks here are ahead of UTC at a moment, by what the browser is set to.
pub(crate) fn minutes_ahead_of_utc(at: Timestamp) -> Option<i32> {
    #[expect(clippy::cast_precision_loss, reason = "moments that a date can be are exact")]
    let date = Date::new(&(at.as_millis() as f64).into());
    let behind = date.get_timezone_offset();
    #[expect(clippy::cast_possible_truncation, reason = "it is within a day")]
    let ahead = -behind.round() as i32;
    behind.is_finite().then_some(ahead)
}

/// The time of a future is over.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Returns after a while.
pub(crate) async fn sleep(time: Duration) {
    if let Some(end) = Instant::now().checked_add(time) {
        sleep_until(end).await;
    } else {
        std::future::pending::<()>().await;
    }
}

/// Returns at a time.
pub(crate) async fn sleep_until(end: Instant) {
    loop {
        let left = end.saturating_duration_since(Instant::now());
        // Rounded up: what wakes too early would go round for nothing. A browser's longest wait is
        // three weeks.
        let millis = i32::try_from(left.as_micros().div_ceil(1_000)).unwrap_or(i32::MAX);
        let waiting = Promise::new(&mut |resolve, _| {
            set_timeout(&resolve, millis);
        });
        // A timer never fails.
        let _ = outcome(waiting).await;
        if Instant::now() >= end {
            return;
        }
    }
}

/// The outcome of `work`, unless the time is over before.
pub(crate) async fn timeout<T>(
    time: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    first(work, sleep(time)).await
}

/// The same up to a time.
pub(crate) async fn timeout_at<T>(
    end: Instant,
    work: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    first(work, sleep_until(end)).await
}

async fn first<T>(
    work: impl Future<Output = T>,
    end: impl Future<Output = ()>,
) -> Result<T, Elapsed> {
    match select(pin!(work), pin!(end)).await {
        Either::Left((done, _)) => Ok(done),
        Either::Right(_) => Err(Elapsed),
    }
}
