//! Many connections that push one after the other, and how the server bears it.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use tokio::task::JoinSet;

use crate::{
    fixtures::{wire::Wire, writer::Writer},
    frame::{cost::Processor, samples::Samples},
};

/// How often it is looked whether the server rests.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Processor time that a server at rest takes between two looks.
const IDLE: Duration = Duration::from_millis(20);
/// How long it may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(120);

/// Who pushes on one connection.
pub trait Writes: Send + 'static {
    /// The next request, with its head.
    fn request(&mut self) -> Result<Vec<u8>>;
    /// Takes in the body of an answer.
    fn answered(&mut self, body: &[u8]) -> Result<()>;
}

impl Writes for Writer {
    fn request(&mut self) -> Result<Vec<u8>> {
        Self::request(self)
    }

    fn answered(&mut self, body: &[u8]) -> Result<()> {
        Self::answered(self, body)
    }
}

/// Where to push, and for how long.
pub struct Load {
    pub address: SocketAddr,
    /// The process of the server, of which the CPU is read.
    pub process: u32,
    pub lasts: Duration,
}

/// How the server bore it.
pub struct Served {
    pub answered: u64,
    cpu: Duration,
    latencies: Samples,
}

impl Served {
    /// Pushes by second of the server's processor time.
    pub fn rate(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "far below what a float holds exactly")]
        let answered = self.answered as f64;
        answered / self.cpu.as_secs_f64().max(1e-6)
    }

    /// Below how many milliseconds this share of a hundred was answered.
    pub fn millis(&self, share: usize) -> Option<f64> {
        self.latencies.percentile(share)
    }
}

impl Load {
    /// Waits until the server has done in the background what followed from the fixture: that is
    /// not what the pushes cost. What follows from the pushes is counted with them.
    pub fn wait_until_idle(&self) -> Result<()> {
        let since = Instant::now();
        loop {
            let before = Processor::Other(self.process).used()?;
            std::thread::sleep(LOOK_EVERY);
            let used = Processor::Other(self.process).used()?.saturating_sub(before);
            if used <= IDLE {
                return Ok(());
            }
            ensure!(since.elapsed() < PATIENCE, "the server does not come to rest");
        }
    }

    /// Pushes on as many connections as there are writers, and gives the writers back.
    pub async fn run<W: Writes>(&self, writers: Vec<W>) -> Result<(Served, Vec<W>)> {
        let used = Processor::Other(self.process).used()?;
        let until = Instant::now() + self.lasts;
        let mut connections = JoinSet::new();
        for writer in writers {
            connections.spawn(push(self.address, writer, until));
        }
        let mut back = Vec::new();
        let mut latencies = Samples::default();
        let mut answered = 0;
        while let Some(done) = connections.join_next().await {
            let (writer, millis) = done??;
            answered += millis.len() as u64;
            latencies.extend(millis);
            back.push(writer);
        }
        let cpu = Processor::Other(self.process).used()?.saturating_sub(used);
        Ok((Served { answered, cpu, latencies }, back))
    }
}

async fn push<W: Writes>(
    address: SocketAddr,
    mut writer: W,
    until: Instant,
) -> Result<(W, Vec<f64>)> {
    let mut wire = Wire::to(address).await?;
    let mut millis = Vec::new();
    while Instant::now() < until {
        let request = writer.request()?;
        let began = Instant::now();
        let answer = wire.ask(&request).await?;
        ensure!(answer.status == 200, "the server said {}", answer.status);
        millis.push(began.elapsed().as_secs_f64() * 1_000.0);
        writer.answered(&answer.body)?;
    }
    Ok((writer, millis))
}
