//! A transport in memory that counts what passes.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use futures::{
    StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    future::BoxFuture,
};
use samod::{AcceptorHandle, DialError, Dialer, Transport};
use url::Url;

/// Bytes and messages that passed, either way.
#[derive(Default)]
pub struct Traffic {
    up: AtomicU64,
    down: AtomicU64,
    messages: AtomicU64,
}

/// Dials an acceptor in this process.
pub struct Counted {
    pub acceptor: AcceptorHandle,
    pub traffic: Arc<Traffic>,
}

type Way = (UnboundedSender<Vec<u8>>, UnboundedReceiver<Vec<u8>>);

impl Traffic {
    /// Bytes up, bytes down, and messages both ways.
    pub fn counted(&self) -> (u64, u64, u64) {
        let each = [&self.up, &self.down, &self.messages];
        let [up, down, messages] = each.map(|count| count.load(Ordering::SeqCst));
        (up, down, messages)
    }
}

impl Dialer for Counted {
    type Error = Infallible;

    fn url(&self) -> Url {
        Url::parse("bench://server").unwrap_or_else(|_| unreachable!("it is an address"))
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Self::Error>>> {
        let (acceptor, traffic) = (self.acceptor.clone(), Arc::clone(&self.traffic));
        Box::pin(async move {
            let (to_server, at_server): Way = unbounded();
            let (to_client, at_client): Way = unbounded();
            let (up, down) = (Arc::clone(&traffic), traffic);
            let at_server = at_server.map(move |message| {
                up.up.fetch_add(message.len() as u64, Ordering::SeqCst);
                up.messages.fetch_add(1, Ordering::SeqCst);
                Ok::<_, Infallible>(message)
            });
            let at_client = at_client.map(move |message| {
                down.down.fetch_add(message.len() as u64, Ordering::SeqCst);
                down.messages.fetch_add(1, Ordering::SeqCst);
                Ok::<_, Infallible>(message)
            });
            acceptor
                .accept(Transport::new(at_server, to_client))
                .map_err(DialError::transient)?;
            Ok(Transport::new(at_client, to_server))
        })
    }
}
