//! Suspending in the middle of what uses the network.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Instant,
};

use futures_util::{StreamExt, stream};
use tempfile::TempDir;
use tokio::{task::JoinHandle, time};

use super::*;
use crate::{
    Conditions, Environment, Error, LearningCore, OpenOptions, Stage,
    sync::{Answer, HttpTransport, Pending, Request, SyncReport, Transport, Unreachable},
};

/// How long an operating system waits for an app that it suspends.
const AT_ONCE: Duration = Duration::from_secs(2);

/// A network that may be slow: chance says how slow, and whether it says nothing any more.
struct SlowNetwork {
    real: HttpTransport,
    is_slow: AtomicBool,
    chance: Mutex<Chance>,
}

impl SlowNetwork {
    fn new(seed: u64) -> Self {
        let chance = Mutex::new(Chance(seed));
        Self { real: HttpTransport::new(), is_slow: AtomicBool::new(false), chance }
    }

    fn pause(&self) -> Duration {
        Duration::from_millis(self.chance.lock().unwrap().below(3))
    }

    fn goes_silent(&self) -> bool {
        self.chance.lock().unwrap().below(8) == 0
    }

    async fn slowly(&self, request: Request) -> Result<Answer, Unreachable> {
        time::sleep(self.pause()).await;
        if self.goes_silent() {
            std::future::pending::<()>().await;
        }
        let answer = self.real.send(request).await?;
        let (pause, goes_silent) = (self.pause(), self.goes_silent());
        let body = answer.body.flat_map(|chunk| {
            let bytes = chunk.unwrap();
            let middle = bytes.len() / 2;
            stream::iter([Ok(bytes[..middle].to_vec()), Ok(bytes[middle..].to_vec())])
        });
        let body = body.then(move |piece| async move {
            time::sleep(pause).await;
            piece
        });
        let silence = stream::pending().take(usize::from(goes_silent));
        Ok(Answer { body: Box::pin(body.take(1).chain(silence).chain(stream::empty())), ..answer })
    }
}

impl Transport for SlowNetwork {
    fn send(&self, request: Request) -> Pending<'_, Result<Answer, Unreachable>> {
        if self.is_slow.load(Ordering::SeqCst) {
            Box::pin(self.slowly(request))
        } else {
            self.real.send(request)
        }
    }
}
