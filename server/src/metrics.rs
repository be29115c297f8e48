//! What the server counts, in the words of Prometheus.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use enhance_protocol::{Outcome, Verdict};

use crate::{space::Space, storage::Batches};

/// Upper ends of the latency histogram's buckets, in microseconds.
const LATENCY_US: [u64; 8] = [500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 2_000_000];

/// Counters since the server started.
#[derive(Debug, Default)]
pub struct Metrics {
    exchanges: AtomicU64,
    quiet: AtomicU64,
    items: AtomicU64,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
    trials: AtomicU64,
    frozen: AtomicU64,
    folds: AtomicU64,
    blobs: AtomicU64,
    blob_bytes: AtomicU64,
    latency: [AtomicU64; LATENCY_US.len()],
    latency_us: AtomicU64,
    space: Mutex<Option<Space>>,
    answers: Mutex<BTreeMap<&'static str, u64>>,
    verdicts: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
}

impl Metrics {
    /// Counts an exchange that was answered, and what went over the wire.
    pub fn count_exchange(&self, took: Duration, bytes_in: usize, bytes_out: usize) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.exchanges.fetch_add(1, Ordering::Relaxed);
        self.latency_us.fetch_add(micros, Ordering::Relaxed);
        for (bucket, _) in self.latency.iter().zip(LATENCY_US).filter(|(_, end)| micros <= *end) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.bytes_in.fetch_add(bytes_in as u64, Ordering::Relaxed);
        self.bytes_out.fetch_add(bytes_out as u64, Ordering::Relaxed);
    }

    /// Counts an exchange that was answered from memory.
    pub fn count_quiet(&self) {
        self.quiet.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a trial of a whole document.
    pub fn count_trial(&self) {
        self.trials.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a fold that was put in the place of changes.
    pub fn count_fold(&self) {
        self.folds.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts bytes of a file that came, and the file if it is whole with them.
    pub fn count_blob(&self, bytes: u64, is_whole: bool) {
        self.blob_bytes.fetch_add(bytes, Ordering::Relaxed);
        self.blobs.fetch_add(u64::from(is_whole), Ordering::Relaxed);
    }

    /// Notes how much room there is.
    pub fn note_space(&self, space: Space) {
        *self.space.lock().unwrap_or_else(PoisonError::into_inner) = Some(space);
    }

    /// Counts a document that failed its trial.
    pub fn count_frozen(&self) {
        self.frozen.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts items that went out in answers.
    pub fn count_items(&self, items: usize) {
        self.items.fetch_add(items as u64, Ordering::Relaxed);
    }

    /// Counts a request refused as a whole.
    pub fn count_refusal(&self, code: &'static str) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry(code).or_default() += 1;
    }

    /// Counts verdicts by their outcome and code.
    pub fn count_verdicts(&self, verdicts: &[Verdict]) {
        let mut counts = self.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        for verdict in verdicts {
            let key = match &verdict.outcome {
                Outcome::Stored { .. } => ("stored", ""),
                Outcome::Duplicate => ("duplicate", ""),
                Outcome::MissingDependencies(_) => ("missing_dependencies", ""),
                Outcome::Rejected { code, .. } => ("rejected", code.as_str()),
            };
            *counts.entry(key).or_default() += 1;
        }
    }

    /// Everything in the text format of Prometheus.
    pub fn render(&self, batches: &Batches, listeners: usize) -> String {
        let mut text = String::new();
        kind(&mut text, "doorbell_listeners", "gauge");
        line(&mut text, "doorbell_listeners", listeners as u64);
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        for (name, value) in [
            ("exchanges_total", load(&self.exchanges)),
            ("exchanges_quiet_total", load(&self.quiet)),
            ("items_sent_total", load(&self.items)),
            ("bytes_received_total", load(&self.bytes_in)),
            ("bytes_sent_total", load(&self.bytes_out)),
            ("trials_total", load(&self.trials)),
            ("documents_frozen_total", load(&self.frozen)),
            ("folds_total", load(&self.folds)),
            ("attachments_stored_total", load(&self.blobs)),
            ("attachment_bytes_received_total", load(&self.blob_bytes)),
            ("write_transactions_total", batches.transactions()),
            ("write_jobs_total", batches.jobs()),
        ] {
            kind(&mut text, name, "counter");
            line(&mut text, name, value);
        }
        kind(&mut text, "verdicts_total", "counter");
        for ((outcome, code), count) in
            self.verdicts.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            let name = format!("verdicts_total{{outcome=\"{outcome}\",code=\"{code}\"}}");
            line(&mut text, &name, *count);
        }
        kind(&mut text, "refusals_total", "counter");
        for (code, count) in self.answers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            line(&mut text, &format!("refusals_total{{code=\"{code}\"}}"), *count);
        }
        self.render_space(&mut text);
        self.render_latency(&mut text);
        text
    }

    fn render_space(&self, text: &mut String) {
        let space = *self.space.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Space { free, disk, database }) = space else { return };
        for (name, value) in
            [("disk_free_bytes", free), ("disk_bytes", disk), ("database_bytes", database)]
        {
            kind(text, name, "gauge");
            line(text, name, value);
        }
    }

    fn render_latency(&self, text: &mut String) {
        kind(text, "exchange_microseconds", "histogram");
        for (bucket, end) in self.latency.iter().zip(LATENCY_US) {
            let name = format!("exchange_microseconds_bucket{{le=\"{end}\"}}");
            line(text, &name, bucket.load(Ordering::Relaxed));
        }
        let count = self.exchanges.load(Ordering::Relaxed);
        line(text, "exchange_microseconds_bucket{le=\"+Inf\"}", count);
        line(text, "exchange_microseconds_sum", self.latency_us.load(Ordering::Relaxed));
        line(text, "exchange_microseconds_count", count);
    }
}

fn kind(text: &mut String, name: &str, kind: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "# TYPE enhance_{name} {kind}");
}

fn line(text: &mut String, name: &str, value: u64) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "enhance_{name} {value}");
}
