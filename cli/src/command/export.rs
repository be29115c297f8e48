//! `enhance export`: everything one can read, as JSON.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::{Format, Output},
};

const EXAMPLES: &str = "\
Examples:
  enhance export --out my-learning.json
  enhance export | jq \".reflections | length\"

The file holds your private documents in plain text; it is readable by you alone when it is made.";

/// Everything you can read, as JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Write to this file instead of stdout; it is replaced whole or not at all.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Serialize)]
struct ExportAnswer<'a> {
    file: &'a Path,
    bytes: u64,
}

/// Prints the export, or writes it to a file.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let export = context.core()?.export()?;
    let Some(file) = &arguments.out else {
        Output::new(Format::Json).answer(&export, |_| {})?;
        return Ok(Exit::Done);
    };
    let written = write_whole(file, &export);
    let bytes = written.map_err(|source| Failure::File { path: file.clone(), source })?;
    context.output.answer(&ExportAnswer { file, bytes }, |sheet| {
        sheet.line(format!("Everything you can read is in {} ({bytes} bytes).", file.display()));
    })?;
    Ok(Exit::Done)
}

/// Writes beside the file and renames, so that a full disk leaves an older export as it was.
fn write_whole(file: &Path, value: &impl Serialize) -> io::Result<u64> {
    let mut name = file.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
    name.push(".part");
    let unfinished = file.with_file_name(name);
    let written = write_to(&unfinished, value).and_then(|bytes| {
        fs::rename(&unfinished, file)?;
        Ok(bytes)
    });
    if written.is_err() {
        // The first error says what is wrong; a second about the leftover would hide it.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn write_to(file: &Path, value: &impl Serialize) -> io::Result<u64> {
    let file: File =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    let mut writer = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut writer, value)?;
    writer.write_all(b"\n")?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn an_export_is_whole_replaces_the_last_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.json");
        for value in [vec![1, 2], vec![3]] {
            write_whole(&file, &value).unwrap();
            assert_eq!(
                serde_json::from_slice::<Vec<i32>>(&fs::read(&file).unwrap()).unwrap(),
                value
            );
        }
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_export_leaves_the_last_one_and_nothing_else() {
        struct Unserialisable;
        impl Serialize for Unserialisable {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("no"))
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.json");
        write_whole(&file, &1).unwrap();
        assert!(write_whole(&file, &Unserialisable).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "1\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
