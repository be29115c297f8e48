//! The bare loop: this program once more, as a server of one table, and who pushes to it.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::load::{Load, Writes};
use crate::servers::BARE;

/// Bytes of a push: a hash and an envelope.
const PUSH: usize = 32 + 404;

/// The bare server. It is killed when it is dropped.
pub struct BareServer {
    process: Child,
    address: SocketAddr,
}

/// Pushes bytes that nobody has pushed before.
pub struct BareWriter(StdRng);

impl BareServer {
    /// Starts it on a folder of its own.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(BARE)
            .arg(folder.join("bare.db"))
            .arg("127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let said = process.stdout.take().context("the bare server's words")?;
        BufReader::new(said).read_line(&mut line)?;
        let address = line.rsplit("//").next().unwrap_or_default().trim().parse();
        Ok(Self { process, address: address.context("the bare server did not come up")? })
    }

    /// So many who push to it.
    pub fn writers(count: usize) -> Vec<BareWriter> {
        (0..count as u64).map(|seed| BareWriter(StdRng::seed_from_u64(seed))).collect()
    }

    /// The same load as ours.
    pub fn load(&self, like: &Load) -> Load {
        Load { address: self.address, process: self.process.id(), lasts: like.lasts }
    }
}

impl Drop for BareServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Writes for BareWriter {
    fn request(&mut self) -> Result<Vec<u8>> {
        let head = format!("POST /push HTTP/1.1\r\nhost: bench\r\ncontent-length: {PUSH}\r\n\r\n");
        let mut request = head.into_bytes();
        let head = request.len();
        request.resize(head + PUSH, 0);
        self.0.fill_bytes(request.get_mut(head..).context("a body")?);
        Ok(request)
    }

    fn answered(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }
}
