//! Where the log goes: a line that cannot be written is lost, and nothing else.

use std::io::{self, Write};

/// Writes to standard error, and says that it did even if it could not: whoever logs from the
/// middle of something must not be ended by a full disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = io::stderr().write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = io::stderr().flush();
        Ok(())
    }
}
