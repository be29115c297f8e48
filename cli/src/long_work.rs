//! Work that takes a while: its threads, how far it has come, and how Ctrl-C ends it.

use enhance_client::{Cancellation, Progress};
use enhance_model::size;

use crate::exit::Failure;

/// The threads that work runs on.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(Failure::Start)?;
    #[cfg(unix)]
    outlive_limits(&runtime).map_err(Failure::Start)?;
    Ok(runtime)
}

/// A file that may grow no further is an error to whoever writes it. Unless somebody listens to its
/// signal, the system ends the program instead, before what is there can even be read.
#[cfg(unix)]
fn outlive_limits(runtime: &tokio::runtime::Runtime) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    /// SIGXFSZ, as Linux and macOS number it.
    const FILE_TOO_LARGE: i32 = 25;
    let _inside = runtime.enter();
    signal(SignalKind::from_raw(FILE_TOO_LARGE)).map(drop)
}

/// What stops when Ctrl-C is pressed.
pub fn until_interrupted() -> Cancellation {
    let cancel = Cancellation::new();
    let pressed = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            pressed.cancel();
        }
    });
    cancel
}

/// How far long work has come, in words.
pub fn progress(step: Progress) -> String {
    match step {
        Progress::Exchanged { pushed, pulled, .. } => {
            format!("sent {pushed}, fetched {pulled} ...")
        }
        Progress::Uploaded { bytes, total } => {
            format!("sent {} of {} of a file ...", size(bytes), size(total))
        }
        Progress::Copied { bytes, total } => {
            format!("files: {} of {} ...", size(bytes), size(total))
        }
        Progress::Downloaded { bytes, total } => format!("{} of {} ...", size(bytes), size(total)),
    }
}
