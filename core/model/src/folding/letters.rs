//! What single signs are: tables of what Unicode's decomposition does not say.

/// How the letters of a part are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Word,
    /// Of a script that puts no spaces between its words, such as Chinese or Thai.
    Run,
    /// One picture, such as an emoji.
    Picture,
}

/// What stands between two parts; what parts them more is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing but a change of script.
    Nothing,
    /// An apostrophe, a full stop, or a step up or down: "O'Brien", "i.v.", "CO₂".
    Mark,
    Dash,
    /// Any other sign: "and/or".
    Sign,
    /// A space, or the end of a line.
    Space,
}

/// The class of the marks that voice a kana, which make another letter of it.
pub(super) const VOICING: u8 = 8;

/// Whether this is a mark that voices a kana.
pub(super) fn is_voicing(sign: char) -> bool {
    matches!(sign, '\u{3099}' | '\u{309a}')
}

/// Whether a sign is seen nowhere, or only frames another: format characters and what Unicode lets
/// a screen leave out, the stretching of Arabic letters, the frames of key caps.
pub(super) fn is_unseen(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20dd}'..='\u{20e4}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a sign steers the direction of the text after it, and is itself seen nowhere.
pub(super) const fn is_direction(sign: char) -> bool {
    matches!(
        sign,
        '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// What a sign that is no letter puts between two parts, read before it is decomposed.
pub(super) fn gap(sign: char) -> Option<Gap> {
    Some(match sign {
        '\''
        | '.'
        | '`'
        | '\u{b4}'
        | '\u{b7}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bf}'
        | '\u{2c8}'
        | '\u{387}'
        | '\u{55a}'
        | '\u{5f3}'
        | '\u{5f4}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2024}'
        | '\u{2027}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{a78b}'..='\u{a78c}'
        | '\u{ff07}'
        | '\u{ff0e}'
        | '\u{ff40}' => Gap::Mark,
        '-'
        | '\u{58a}'
        | '\u{5be}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => Gap::Dash,
        sign if sign.is_whitespace() || sign.is_control() => Gap::Space,
        sign if sign.is_ascii() && !sign.is_ascii_alphanumeric() => Gap::Sign,
        _ => return None,
    })
}

/// Whether a sign stands higher or lower than the line: "m²", "CO₂", "Brand™".
pub(super) fn is_raised(sign: char) -> bool {
    matches!(sign,
        '\u{aa}' | '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{ba}' | '\u{2b0}'..='\u{2b8}'
        | '\u{2e0}'..='\u{2e4}' | '\u{1d2c}'..='\u{1d6a}' | '\u{1d78}' | '\u{1d9b}'..='\u{1dbf}'
        | '\u{2070}'..='\u{209c}' | '\u{2120}' | '\u{2122}' | '\u{2c7c}' | '\u{2c7d}')
}

/// How a folded letter is written; nothing for what is no letter, digit or picture.
pub(super) fn kind(letter: char) -> Option<PartKind> {
    if is_unspaced(letter) {
        Some(PartKind::Run)
    } else if letter.is_alphanumeric() {
        Some(PartKind::Word)
    } else if is_picture(letter) {
        Some(PartKind::Picture)
    } else {
        None
    }
}

/// Letters of scripts that put no spaces between words, or glue particles to them: Thai, Lao,
/// Tibetan, Burmese, Khmer and their neighbours, Chinese, Japanese, Korean.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e80}'..='\u{ecf}'
        | '\u{edc}'..='\u{edf}' | '\u{f40}'..='\u{fbc}' | '\u{1000}'..='\u{103f}'
        | '\u{1050}'..='\u{109d}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17d3}'
        | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aad}' | '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}'
        | '\u{3041}'..='\u{309a}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}' | '\u{a960}'..='\u{a97c}'
        | '\u{aa60}'..='\u{aadf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{1b000}'..='\u{1b2ff}' | '\u{20000}'..='\u{3fffd}')
}

/// Signs that people send as pictures.
fn is_picture(sign: char) -> bool {
    matches!(sign,
        '\u{203c}' | '\u{2049}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2934}' | '\u{2935}' | '\u{2b00}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{1f000}'..='\u{1faff}')
}

/// The zeros of scripts with digits of their own; nine digits follow each.
const ZEROS: [u32; 59] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0,
    0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
    0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1e140,
    0x1e2f0, 0x1e950, 0x1fbf0,
];

/// A digit of another script as one of ours.
pub(super) fn digit(sign: char) -> Option<char> {
    let sign = u32::from(sign);
    let next = ZEROS.partition_point(|zero| *zero <= sign);
    let zero = ZEROS.get(next.checked_sub(1)?)?;
    char::from_digit(sign - zero, 10)
}

/// What a person types for a small letter that does not decompose, or that has several shapes.
pub(super) fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' | 'ɶ' => "oe",
        'þ' => "th",
        'ŋ' => "ng",
        'ƕ' => "hv",
        'ð' | 'đ' | 'ɖ' | 'ɗ' | 'ƌ' => "d",
        'ø' | 'ɔ' | 'ɵ' => "o",
        'ł' | 'ƚ' | 'ɫ' | 'ɬ' => "l",
        'ı' | 'ɨ' | 'ɩ' | 'ɪ' => "i",
        'ħ' | 'ɦ' => "h",
        'ĸ' | 'ƙ' => "k",
        'ŧ' | 'ƫ' | 'ƭ' | 'ʈ' | 'ⱦ' => "t",
        'ƀ' | 'ƃ' | 'ɓ' => "b",
        'ƈ' | 'ȼ' | 'ɕ' => "c",
        'ƒ' => "f",
        'ǥ' | 'ɠ' | 'ɡ' | 'ɣ' => "g",
        'ȷ' | 'ɉ' | 'ʝ' => "j",
        'ɱ' => "m",
        'ƞ' | 'ɲ' | 'ɳ' => "n",
        'ƥ' => "p",
        'ɋ' | 'ʠ' => "q",
        'ɍ' | 'ɽ' => "r",
        'ȿ' | 'ʂ' => "s",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' | 'ɏ' => "y",
        'ƶ' | 'ȥ' | 'ɀ' | 'ʐ' => "z",
        'ɑ' | 'ⱥ' => "a",
        'ə' | 'ǝ' | 'ɛ' | 'ɇ' => "e",
        // The sigma at the end of a word, and the last shapes of Hebrew letters.
        'ς' => "σ",
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        // Letters that are written for one another from Morocco to India.
        '\u{671}' => "\u{627}",
        '\u{649}' | '\u{6cc}' | '\u{6d2}' => "\u{64a}",
        '\u{629}' | '\u{6c1}' | '\u{6be}' | '\u{6d5}' => "\u{647}",
        '\u{6a9}' | '\u{6aa}' => "\u{643}",
        'ґ' => "г",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zeros_are_in_order() {
        assert!(ZEROS.is_sorted());
        assert_eq!(
            (digit('٣'), digit('९'), digit('a'), digit('5')),
            (Some('3'), Some('9'), None, None)
        );
    }
}
