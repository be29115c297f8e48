//! Padding: what is sealed grows in steps, so that its length tells little.

/// What is padded grows in steps of this many bytes.
const BUCKET: usize = 256;
/// Ends what is padded in its bucket; zeros follow.
const END: u8 = 0x80;

/// The bytes with their end marked, up to the end of a bucket.
pub(crate) fn pad(bytes: &[u8]) -> Vec<u8> {
    let mut padded = Vec::with_capacity((bytes.len() + 1).next_multiple_of(BUCKET));
    padded.extend_from_slice(bytes);
    padded.push(END);
    padded.resize(padded.len().next_multiple_of(BUCKET), 0);
    padded
}

/// The bytes that [`pad`] took; nothing where their end is not marked.
pub(crate) fn unpad(mut padded: Vec<u8>) -> Option<Vec<u8>> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    if padded.get(end) != Some(&END) {
        return None;
    }
    padded.truncate(end);
    Some(padded)
}
