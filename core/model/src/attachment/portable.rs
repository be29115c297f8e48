//! What an attachment is called where the app is not: in the folder beside an export.

use super::{Attachment, MediaType, file_name};
use crate::{ItemId, learning_log::local_day};

/// Bytes of the readable part of a name. With the day, the id and the ending it fits everywhere.
const MOST_BYTES: usize = 120;

/// The name of a file of its own: the day it was attached, what it is called, and the end of its
/// id, so that two of one name are two files. It is the same each time, and never a path.
///
/// ```
/// use enhance_model::{ItemId, Sha256, attachment::{Attachment, MediaType, portable_name}};
///
/// let attachment = Attachment {
///     name: "../../white board.jpg".to_owned(),
///     media_type: MediaType::Jpeg,
///     bytes: 4,
///     sealed_bytes: 4,
///     sha256: Sha256::from_bytes([0; 32]),
///     of: None,
///     added_at: "2026-11-22T08:00:00Z".parse()?,
/// };
/// let name = portable_name(ItemId::from_bytes([0xab; 16]), &attachment);
/// assert_eq!(name, "2026-11-22 white board abababab.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn portable_name(id: ItemId, attachment: &Attachment) -> String {
    let Attachment { name, media_type, added_at, .. } = attachment;
    let ending = media_type.extension();
    let name = file_name(name, *media_type).unwrap_or_else(|_| format!("file.{ending}"));
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let ends = stem.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends.take_while(|end| *end <= MOST_BYTES).last().unwrap_or_default();
    let stem = stem.get(..end).unwrap_or_default().trim();
    let id = id.to_string().replace('-', "");
    // An id begins with the time: things that were attached together differ in its end.
    let tail = id.get(id.len().saturating_sub(8)..).unwrap_or(&id);
    format!("{} {stem} {tail}.{ending}", local_day(*added_at))
}

/// The folder and the name in a path of an export; none if it is any other path.
///
/// ```
/// use enhance_model::attachment::portable_path;
///
/// assert_eq!(portable_path("my-files/a.jpg"), Some(("my-files", "a.jpg")));
/// for hostile in ["../a.jpg", "/etc/passwd", "a/../b", "a", "a/b/c", "a\\b/c", "./a.jpg"] {
///     assert_eq!(portable_path(hostile), None);
/// }
/// ```
pub fn portable_path(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.split_once('/')?;
    (is_plain(folder) && is_plain(name)).then_some((folder, name))
}

/// Whether this is the name of a file or a folder and nothing more, on every system.
pub fn is_plain(name: &str) -> bool {
    let is_odd = |letter: char| letter.is_control() || "/\\:".contains(letter);
    !matches!(name, "" | "." | "..") && name.len() <= 255 && !name.contains(is_odd)
}

impl MediaType {
    /// Whether a browser shows it in the middle of a page.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sha256;

    fn named(name: &str, number: u8) -> String {
        let attachment = Attachment {
            name: name.to_owned(),
            media_type: MediaType::Png,
            bytes: 1,
            sealed_bytes: 1,
            sha256: Sha256::from_bytes([0; 32]),
            of: None,
            added_at: "2026-12-31T23:59:00Z".parse().unwrap(),
        };
        portable_name(ItemId::from_bytes([number; 16]), &attachment)
    }

    #[test]
    fn two_files_of_one_name_are_two_and_no_name_leads_anywhere() {
        assert_ne!(named("board.png", 1), named("board.png", 2));
        let hostile = ["..", "/", "", "a\0b", "../../x", "c:\\con", ".hidden", "x/../..", "a\nb"];
        for name in hostile.into_iter().map(str::to_owned).chain(["\u{1f600}".repeat(100)]) {
            let portable = named(&name, 7);
            assert!(is_plain(&portable), "{name:?}: {portable:?}");
            assert!(portable.len() < 160, "{portable:?}");
            assert!(portable.starts_with("2026-12-31 ") && portable.ends_with(" 07070707.png"));
            assert_eq!(named(&name, 7), portable, "the same each time");
        }
    }
}
