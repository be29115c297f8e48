//! With what somebody attacks, and how it is sent.

use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use tokio::{io::AsyncWriteExt, task::JoinSet, time::timeout_at};

use crate::fixtures::wire::Wire;

/// Before one whose connection was closed tries again.
const PAUSE: Duration = Duration::from_millis(20);
/// Bytes that are sent at once of a body that goes on and on.
const PIECE: usize = 64 << 10;

/// With what somebody attacks.
pub(super) enum Force {
    /// Requests on so many connections, each with its own, again and again.
    Requests(Vec<Vec<Vec<u8>>>),
    /// The same from an address of the attacker's own, by somebody without a token.
    Strangers(Vec<Vec<Vec<u8>>>),
    /// So many connections that begin to say something and go no further.
    HalfOpen { connections: usize },
    /// So many connections, each with a body of so many bytes that follows one of these heads.
    Bodies { connections: usize, heads: Vec<String>, bytes: usize },
}

/// What an attacker was told.
#[derive(Debug, Default)]
pub(super) struct Struck {
    /// How often each status came back.
    statuses: BTreeMap<u16, u64>,
    closed: u64,
}

impl fmt::Display for Struck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (status, count) in &self.statuses {
            write!(f, "{status} {count} times, ")?;
        }
        write!(f, "and was hung up on {} times", self.closed)
    }
}

/// What one connection does, again and again.
enum Lane {
    Asks(Vec<Vec<u8>>),
    Waits,
    Sends(String, usize),
}

impl Force {
    /// Attacks until a moment, and says what it sent.
    pub(super) async fn strike(self, address: SocketAddr, until: Instant) -> Struck {
        let lanes: Vec<(IpAddr, Lane)> = match self {
            Self::Requests(lanes) => {
                lanes.into_iter().map(|lane| (own(1), Lane::Asks(lane))).collect()
            }
            Self::Strangers(lanes) => {
                lanes.into_iter().map(|lane| (own(2), Lane::Asks(lane))).collect()
            }
            Self::HalfOpen { connections } => {
                // From several addresses: each has its share only.
                let from = |number: usize| own(u8::try_from(2 + number % 4).unwrap_or(2));
                (0..connections).map(|number| (from(number), Lane::Waits)).collect()
            }
            Self::Bodies { connections, heads, bytes } => heads
                .into_iter()
                .cycle()
                .take(connections)
                .map(|head| (own(2), Lane::Sends(head, bytes)))
                .collect(),
        };
        let mut connections = JoinSet::new();
        for (from, lane) in lanes {
            connections.spawn(go(from, address, lane, until));
        }
        let mut struck = Struck::default();
        while let Some(one) = connections.join_next().await {
            let Ok(one) = one else { continue };
            struck.closed += one.closed;
            for (status, count) in one.statuses {
                *struck.statuses.entry(status).or_default() += count;
            }
        }
        struck
    }
}

/// An address of this machine's own: the first is that of the proxy.
fn own(number: u8) -> IpAddr {
    Ipv4Addr::new(127, 0, 0, number).into()
}

/// One connection after the other, until then.
async fn go(from: IpAddr, address: SocketAddr, lane: Lane, until: Instant) -> Struck {
    let mut struck = Struck::default();
    let mut place = 0;
    let attacking = async {
        loop {
            if let Ok(mut wire) = Wire::from(from, address).await {
                on(&mut wire, &lane, &mut place, &mut struck).await;
                struck.closed += 1;
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    // What is under way is left as it is: nobody waits for its answer any more.
    let _ = timeout_at(until.into(), attacking).await;
    struck
}

/// On one connection, until it is closed.
async fn on(wire: &mut Wire, lane: &Lane, place: &mut usize, struck: &mut Struck) {
    match lane {
        Lane::Asks(requests) => {
            while let Some(request) = requests.get(*place % requests.len().max(1)) {
                *place += 1;
                let Ok(answer) = wire.ask(request).await else { return };
                *struck.statuses.entry(answer.status).or_default() += 1;
            }
        }
        Lane::Waits => {
            if wire.stream.write_all(b"POST /v1/exchange HTTP/1.1\r\n").await.is_ok() {
                let mut nothing = Vec::new();
                let reading = tokio::io::AsyncReadExt::read_buf(&mut wire.stream, &mut nothing);
                let _ = reading.await;
            }
        }
        Lane::Sends(head, bytes) => {
            let mut sent = wire.stream.write_all(head.as_bytes()).await;
            let piece = vec![0x5a; PIECE];
            for _ in 0..bytes / PIECE {
                if sent.is_err() {
                    return;
                }
                sent = wire.stream.write_all(&piece).await;
            }
        }
    }
}
