//! What an attachment is called: the name of the file, as far as every system can have it.

use super::{AttachmentFault, MediaType};

/// Characters of a name.
const MOST_CHARS: usize = 100;

/// The name of a file that somebody chose, without the folders before it, without what no system
/// has in a name, and with the ending of its type.
///
/// ```
/// use enhance_model::attachment::{MediaType, file_name};
///
/// let name = file_name("/sdcard/DCIM/IMG:1.JPEG", MediaType::Jpeg).unwrap();
/// assert_eq!(name, "IMG-1.JPEG");
/// assert_eq!(file_name("ALS certificate", MediaType::Pdf).unwrap(), "ALS certificate.pdf");
/// ```
pub fn file_name(chosen: &str, media_type: MediaType) -> Result<String, AttachmentFault> {
    let last = chosen.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let is_odd = |letter: char| letter.is_control() || ":*?\"<>|".contains(letter);
    let plain: String = last
        .chars()
        .filter(|letter| !is_unseen(*letter))
        .map(|letter| if is_odd(letter) { '-' } else { letter })
        .collect();
    let plain = plain.trim_matches(|letter: char| letter.is_whitespace() || letter == '.');
    if plain.is_empty() {
        return Err(AttachmentFault::NoName);
    }
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending, media_type) => (stem, ending),
        _ => (plain, media_type.extension()),
    };
    let room = MOST_CHARS.saturating_sub(ending.len() + 1);
    let stem: String = stem.chars().take(room).collect();
    Ok(format!("{}.{ending}", stem.trim_end()))
}

/// Letters that nobody sees, and that turn the rest of a name around.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

fn is_ending(ending: &str, media_type: MediaType) -> bool {
    let ending = ending.to_ascii_lowercase();
    ending == media_type.extension() || (media_type == MediaType::Jpeg && ending == "jpeg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_every_system_can_have() {
        let name = |chosen| file_name(chosen, MediaType::Png).unwrap();
        assert_eq!(name("..\\..\\boot.ini"), "boot.ini.png");
        assert_eq!(name("a\u{202e}gnp.exe"), "agnp.exe.png");
        assert_eq!(name("line\nbreak.PNG"), "line-break.PNG");
        assert_eq!(name(&"ä".repeat(300)).chars().count(), MOST_CHARS);
        for none in ["", "/", "...", " \t", "a/.."] {
            assert_eq!(file_name(none, MediaType::Pdf), Err(AttachmentFault::NoName), "{none:?}");
        }
    }
}
