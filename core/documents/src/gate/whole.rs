//! The first look at a whole document from the network, before the engine sees it.
//!
//! The engine trusts the lengths in it: a run of a few bytes can say that it goes on for ever, and
//! a compressed column can be a thousand times as long. So what every column claims is counted
//! first. What the columns say, the engine checks when it makes the changes anew: each comes out
//! with its hash, and the last of them are those that were promised.

use enhance_model::{ChangeHash, RefusalCode, Version};
use sha2::{Digest, Sha256};

use super::bytes::Bytes;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const DOCUMENT: [u8; 1] = [0];
/// Columns that are compressed by themselves say so; a piece of ours never has one.
const DEFLATED: u64 = 8;

/// The column that says of each change which actor made it.
const ACTORS: u64 = 1;

/// What a column consists of, by the last three bits of its number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cells {
    Numbers,
    Signed,
    Flags,
    Texts,
    /// Bytes whose lengths another column says.
    Raw,
}

impl Cells {
    const fn of(column: u64) -> Self {
        match column & 7 {
            3 => Self::Signed,
            4 => Self::Flags,
            5 => Self::Texts,
            7 => Self::Raw,
            _ => Self::Numbers,
        }
    }
}

/// What a document chunk says of itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Claims {
    pub heads: Version,
    pub changes: u64,
}

/// Looks through one document chunk, which may claim no more than so many rows in any column, as
/// many as its changes and operations may come to. Says what else it claims.
pub fn look_through(bytes: &[u8], rows: u64) -> Result<Claims, RefusalCode> {
    let mut rest = Bytes::new(bytes);
    let checksum: [u8; 4] = match (rest.array()?, rest.array()?) {
        (MAGIC, checksum) => checksum,
        _ => return Err(RefusalCode::Malformed),
    };
    let hashed = bytes.get(8..).unwrap_or_default();
    let is_intact = Sha256::digest(hashed).starts_with(&checksum);
    let is_document = rest.array()? == DOCUMENT;
    let length = rest.unsigned()?;
    if !is_intact || !is_document || length != rest.len() {
        return Err(RefusalCode::Malformed);
    }
    for _ in 0..counted(&mut rest)? {
        let length = rest.unsigned()?;
        rest.take(length)?;
    }
    let mut heads = Vec::new();
    for _ in 0..counted(&mut rest)? {
        heads.push(ChangeHash::from_bytes(rest.array()?));
    }
    let (of_changes, of_operations) = (columns(&mut rest)?, columns(&mut rest)?);
    let of_changes = of_changes.into_iter().map(|column| (column, true));
    let of_operations = of_operations.into_iter().map(|column| (column, false));
    let mut changes = 0;
    for ((column, length), is_of_changes) in of_changes.chain(of_operations) {
        let cells = Bytes::new(rest.take(length)?);
        let found =
            if column & DEFLATED == 0 { count(cells, Cells::of(column), rows)? } else { None };
        let found = found.ok_or(RefusalCode::Bomb)?;
        if is_of_changes && column == ACTORS {
            changes = found;
        }
    }
    Ok(Claims { heads: Version::new(heads), changes })
}

/// How many things follow, each of which takes at least a byte.
fn counted(rest: &mut Bytes<'_>) -> Result<u64, RefusalCode> {
    let count = rest.unsigned()?;
    if count <= rest.len() { Ok(count) } else { Err(RefusalCode::Malformed) }
}

/// The numbers and lengths of columns.
fn columns(rest: &mut Bytes<'_>) -> Result<Vec<(u64, u64)>, RefusalCode> {
    (0..counted(rest)?).map(|_| Ok((rest.unsigned()?, rest.unsigned()?))).collect()
}

/// How many rows a column has, if it has no more than that; those of raw bytes are not told.
fn count(mut rest: Bytes<'_>, cells: Cells, most: u64) -> Result<Option<u64>, RefusalCode> {
    let mut rows = 0_u64;
    while !rest.is_empty() && rows <= most {
        let run = match cells {
            Cells::Raw => return Ok(Some(0)),
            Cells::Flags => rest.unsigned()?,
            _ => match rest.signed()? {
                0 => rest.unsigned()?,
                run if run > 0 => {
                    skip(&mut rest, cells)?;
                    run.unsigned_abs()
                }
                run => {
                    let run = run.unsigned_abs();
                    // Each of them takes a byte at least.
                    if run > rest.len() {
                        return Err(RefusalCode::Malformed);
                    }
                    for _ in 0..run {
                        skip(&mut rest, cells)?;
                    }
                    run
                }
            },
        };
        rows = rows.saturating_add(run);
    }
    Ok((rows <= most).then_some(rows))
}

fn skip(rest: &mut Bytes<'_>, cells: Cells) -> Result<(), RefusalCode> {
    match cells {
        Cells::Signed => rest.signed().map(drop),
        Cells::Texts => {
            let length = rest.unsigned()?;
            rest.take(length).map(drop)
        }
        _ => rest.unsigned().map(drop),
    }
}
