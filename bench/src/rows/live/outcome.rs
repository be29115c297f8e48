//! What it came to that people typed.

use std::time::Duration;

use crate::frame::samples::Samples;

/// What turns of typing came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// From the last key of each word to each other's screen, in milliseconds.
    pub letters: Samples,
    /// From the last key until the word was part of the plan where it was typed, in milliseconds;
    /// nothing where each key is at once.
    pub settled: Samples,
    /// Processor time of the server, and of all six clients.
    pub server: Duration,
    pub clients: Duration,
    pub wall: Duration,
}

impl Outcome {
    /// Takes in what another turn came to.
    pub fn join(&mut self, other: Self) {
        self.letters.join(other.letters);
        self.settled.join(other.settled);
        self.server += other.server;
        self.clients += other.clients;
        self.wall += other.wall;
    }

    /// Milliseconds of processor time that the server took in a second.
    pub fn server_in_a_second(&self) -> f64 {
        self.in_a_second(self.server)
    }

    /// Milliseconds of processor time that the six clients took in a second.
    pub fn clients_in_a_second(&self) -> f64 {
        self.in_a_second(self.clients)
    }

    fn in_a_second(&self, used: Duration) -> f64 {
        used.as_secs_f64() * 1_000.0 / self.wall.as_secs_f64()
    }
}
