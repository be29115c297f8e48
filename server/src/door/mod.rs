//! The door: connections are counted and have to keep to a pace, before anything they say is
//! worked on.
//!
//! Whoever connects has so long to say what they want, so long to send it, and so long to take the
//! answer. Only so many may be connected, in all and from one address, and only so many bytes of
//! requests are held at once. What comes in by a proxy comes from the address that it names.

mod addresses;
mod answer_stream;
mod connections;
mod files;
mod held;
mod kept_body;
mod rate;
mod seats;

use std::{convert::Infallible, io, net::IpAddr, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use enhance_model::disk;
use hyper::{body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc, watch},
};

pub use addresses::{Caller, Network};
pub use connections::{Kept, keep_place};
pub use held::{Held, Share};
pub use rate::{Bucket, Rates};

use answer_stream::AnswerStream;
use connections::{Connections, Place, SEAT};
use kept_body::KeptBody;

use crate::config::DoorConfig;

/// Bytes of one head. What a phone says takes some hundred.
const HEAD_BYTES: usize = 32 << 10;
/// How long connections for which there is no place are open, as far as there are files for them.
const PARTS_AFTER: Duration = Duration::from_secs(1);
/// How long to wait where no connection can be taken: too many files are open.
const NO_FILES: Duration = Duration::from_millis(200);

/// Serves connections until told to stop, and then until those that are open have ended.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: &DoorConfig,
    mut stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let connections = Arc::new(Connections::new(config));
    let parting = Arc::new(Semaphore::new(files::spare(config.connections)));
    let service = TowerToHyperService::new(router);
    let (open, mut closed) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections, &parting) => accepted,
            () = told(&mut stopped) => break,
        };
        let Some((stream, from, place)) = accepted else { continue };
        let (service, config) = (service.clone(), config.clone());
        let (stopped, open) = (stopped.clone(), open.clone());
        tokio::spawn(async move {
            let _open = open;
            let seat = place.seat();
            let conversation = converse(stream, from, service, &config, stopped);
            tokio::select! {
                () = SEAT.scope(place.seat(), conversation) => {}
                () = seat.leaves() => tracing::debug!(%from, "a connection made room for another"),
            }
        });
    }
    drop((listener, open));
    // Says nothing; it ends once no connection holds the other end any more.
    let _ = closed.recv().await;
    Ok(())
}

/// The next connection, once there is a place for it; none if it is of an address that has too many
/// of them, which is closed.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Connections>,
    parting: &Arc<Semaphore>,
) -> Option<(TcpStream, IpAddr, Place)> {
    match listener.accept().await {
        Ok((stream, from)) => {
            let from = from.ip().to_canonical();
            let Some(place) = connections.seat(from).await else {
                close_later(stream, parting);
                return None;
            };
            Some((stream, from, place))
        }
        Err(error) => {
            let is_of_one = matches!(
                error.kind(),
                io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::ConnectionRefused
                    | io::ErrorKind::ConnectionReset
            );
            if !is_of_one {
                tracing::warn!(error = disk::in_words(&error), "no connection can be taken");
                tokio::time::sleep(NO_FILES).await;
            }
            None
        }
    }
}

/// Closes a connection for which there is no place, after a while: who comes again at once would
/// otherwise take a processor for being sent away. Of many at once some are closed at once.
fn close_later(stream: TcpStream, parting: &Arc<Semaphore>) {
    if let Ok(permit) = Arc::clone(parting).try_acquire_owned() {
        tokio::spawn(async move {
            tokio::time::sleep(PARTS_AFTER).await;
            drop((stream, permit));
        });
    }
}

/// Waits until the server is told to stop, or is no more.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Hears one connection out.
async fn converse(
    stream: TcpStream,
    from: IpAddr,
    service: TowerToHyperService<Router>,
    config: &DoorConfig,
    mut stopped: watch::Receiver<bool>,
) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(AnswerStream::new(stream, config.answer_time()));
    let proxies = Arc::clone(&config.proxies);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request;
        let caller = Caller::of(from, request.headers(), &proxies);
        request.extensions_mut().insert(caller);
        let answering = service.call(request);
        async move {
            let answer = answering.await?;
            // Until all of it went out. A refusal is not worth a place.
            let kept = answer.status().is_success().then(keep_place).flatten();
            Ok::<_, Infallible>(answer.map(|body| KeptBody::new(body, kept)))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(config.head_time())
        .max_buf_size(HEAD_BYTES)
        .serve_connection(stream, service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = told(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%from, %error, "a connection ended early");
    }
}
