//! What a comment or a suggestion is about: a typed place, and a stretch of the text there.
//!
//! A place is written in one spelling, which both sides of a sync read the same way; what is no
//! place is refused by both.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::{
    ItemId, Noun, Quoted,
    change_project::{Aim, ChangeProject, ItemText, Section},
    field::{Shape, find},
    record::Record,
};

/// So many characters of a text are kept beside a stretch of it.
pub const QUOTE_CHARS: usize = 200;
/// Bytes of the key of a prompt, which is the longest that a document takes.
const KEY_BYTES: usize = 512;
/// Hexadecimal digits of an actor at most.
const ACTOR_DIGITS: usize = 128;

/// A place in a plan or in a shared copy.
///
/// ```
/// use enhance_model::anchor::Place;
///
/// assert_eq!("why_here".parse::<Place>().unwrap().to_string(), "why_here");
/// for no_place in ["PROBLEM", "whyHere", "nonsense", "aim/nonsense", "answers/"] {
///     assert!(no_place.parse::<Place>().is_err(), "{no_place}");
/// }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The document as a whole, written as nothing.
    #[default]
    Whole,
    /// A field of a plan that is one value: `title`.
    Field(&'static str),
    /// A co-edited text of a plan: `problem`.
    Section(Section),
    /// The aim of a plan, or a field of it: `aim`, `aim/by_date`.
    Aim(Option<&'static str>),
    /// A thing in a plan, or a field of it: `measures/{id}`, `measures/{id}/unit`.
    Item(Noun, ItemId, Option<&'static str>),
    /// What a shared copy says to the prompt with this key: `answers/{key}`.
    Answer(String),
}

/// A text that names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no place in a plan or a shared copy", text = Quoted(.text))]
pub struct NoPlace {
    /// The beginning of what it says.
    pub text: String,
}

impl Place {
    /// The fields of a plan that are one value.
    pub const FIELDS: [&'static str; 7] =
        ["title", "topic", "setting", "status", "progress", "start", "end"];

    /// Whether a plan can have it.
    pub const fn is_of_project(&self) -> bool {
        !matches!(self, Self::Answer(_))
    }

    /// Whether a shared copy of a reflection can have it.
    pub fn is_of_copy(&self) -> bool {
        matches!(self, Self::Whole | Self::Answer(_)) || *self == Self::Field("title")
    }

    /// Whether people write a text together there.
    pub fn is_text(&self) -> bool {
        match self {
            Self::Section(_) => true,
            Self::Aim(field) => *field == Some("sentence"),
            Self::Item(noun, id, Some(field)) => ItemText::new(*noun, *id, field).is_some(),
            _ => false,
        }
    }

    /// Whether it stands in a plan: what was never there, or is not here yet, does not.
    pub fn is_in(&self, project: &ChangeProject) -> bool {
        match self {
            Self::Item(noun, id, _) => {
                project.ids_of(*noun).contains(id)
                    || project.taken_back.get(id).is_some_and(|back| back.noun == *noun)
            }
            place => place.is_of_project(),
        }
    }

    /// What a plan says there, where that is a text that people write together.
    pub fn text_in(&self, project: &ChangeProject) -> Option<String> {
        match self {
            Self::Section(section) => project.sections.get(section).cloned(),
            Self::Aim(Some("sentence")) => Some(project.aim.sentence.clone()),
            Self::Item(noun, id, Some(field)) => {
                project.item_text(ItemText::new(*noun, *id, field)?)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Field(key) => f.write_str(key),
            Self::Section(section) => section.fmt(f),
            Self::Aim(None) => f.write_str(Aim::KEY),
            Self::Aim(Some(field)) => write!(f, "{}/{field}", Aim::KEY),
            Self::Item(noun, id, field) => {
                let key = ChangeProject::key_of(*noun).unwrap_or_default();
                write!(f, "{key}/{id}")?;
                field.map_or(Ok(()), |field| write!(f, "/{field}"))
            }
            Self::Answer(prompt) => write!(f, "answers/{prompt}"),
        }
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let place = read(text).filter(|place| place.to_string() == text);
        place.ok_or_else(|| NoPlace { text: text.chars().take(80).collect() })
    }
}

fn read(text: &str) -> Option<Place> {
    if text.is_empty() {
        return Some(Place::Whole);
    }
    if let Some(key) = Place::FIELDS.iter().find(|key| **key == text) {
        return Some(Place::Field(key));
    }
    if let Ok(section) = text.parse() {
        return Some(Place::Section(section));
    }
    let (key, rest) = text.split_once('/').map_or((text, None), |(key, rest)| (key, Some(rest)));
    match (key, rest) {
        (Aim::KEY, None) => Some(Place::Aim(None)),
        (Aim::KEY, Some(field)) => Some(Place::Aim(Some(find(Aim::FIELDS, field)?.key))),
        ("answers", Some(prompt)) => {
            let is_key = !prompt.is_empty() && prompt.len() <= KEY_BYTES;
            is_key.then(|| Place::Answer(prompt.to_owned()))
        }
        (key, Some(rest)) => {
            let of_key = |noun: &&Noun| ChangeProject::key_of(**noun) == Some(key);
            let noun = *ChangeProject::ITEMS.iter().find(of_key)?;
            let (id, field) = match rest.split_once('/') {
                Some((id, field)) => (id, Some(find(ChangeProject::fields_of(noun), field)?.key)),
                None => (rest, None),
            };
            Some(Place::Item(noun, id.parse().ok()?, field))
        }
        _ => None,
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(Error::custom)
    }
}

/// A position in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Mark {
    /// So many characters from its beginning, in a text that never changes.
    Offset(u32),
    /// At a character that keeps its name while the text is edited: `12@0a1b`.
    Character(String),
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(offset) => offset.fmt(f),
            Self::Character(name) => f.write_str(name),
        }
    }
}

impl FromStr for Mark {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let no_place = || NoPlace { text: text.chars().take(80).collect() };
        let is_number = |part: &str| {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            digits && (part == "0" || !part.starts_with('0')) && part.parse::<u32>().is_ok()
        };
        let is_actor = |part: &str| {
            let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            !part.is_empty()
                && part.len() <= ACTOR_DIGITS
                && part.len().is_multiple_of(2)
                && part.bytes().all(is_digit)
        };
        match text.split_once('@') {
            Some((number, actor)) if is_number(number) && is_actor(actor) => {
                Ok(Self::Character(text.to_owned()))
            }
            None if is_number(text) => text.parse().map(Self::Offset).map_err(|_| no_place()),
            _ => Err(no_place()),
        }
    }
}

impl TryFrom<String> for Mark {
    type Error = NoPlace;

    fn try_from(text: String) -> Result<Self, NoPlace> {
        text.parse()
    }
}

impl From<Mark> for String {
    fn from(mark: Mark) -> Self {
        mark.to_string()
    }
}

/// A stretch of a text, with what it said when it was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Where its first character stands in the text.
    pub start: Mark,
    /// Its last character; an offset is of what follows it.
    pub end: Mark,
    /// The beginning of what it said; see [`QUOTE_CHARS`].
    pub quote: String,
}

impl Span {
    /// A stretch of a text that never changes, in characters; none if it is not one.
    ///
    /// ```
    /// use enhance_model::anchor::Span;
    ///
    /// let span = Span::of_fixed("A long night", 2, 6).unwrap();
    /// assert_eq!((span.quote.as_str(), span.in_fixed("A long night")), ("long", Some(2..6)));
    /// assert!(Span::of_fixed("A long night", 6, 60).is_none());
    /// ```
    pub fn of_fixed(text: &str, start: u32, end: u32) -> Option<Self> {
        let span =
            Self { start: Mark::Offset(start), end: Mark::Offset(end), quote: String::new() };
        let range = span.in_fixed(text)?;
        Some(Self { quote: quoted(&within(text, &range)), ..span })
    }

    /// Where it stands in a text that never changes; none if it is not in it.
    pub fn in_fixed(&self, text: &str) -> Option<std::ops::Range<u32>> {
        let (Mark::Offset(start), Mark::Offset(end)) = (&self.start, &self.end) else {
            return None;
        };
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        (start < end && *end <= length).then_some(*start..*end)
    }
}

/// What a text says in a range of characters.
pub fn within(text: &str, range: &std::ops::Range<u32>) -> String {
    let (start, end) = (range.start as usize, range.end as usize);
    text.chars().take(end).skip(start).collect()
}

/// The beginning of a text, as it is kept beside a stretch of it.
pub fn quoted(text: &str) -> String {
    text.chars().take(QUOTE_CHARS).collect()
}

/// Whether a field takes this text: what both sides of a sync ask.
pub fn fits(shape: Shape, text: &str) -> bool {
    match shape {
        Shape::Place => text.parse::<Place>().is_ok(),
        Shape::Mark => text.parse::<Mark>().is_ok(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_what_it_prints_and_nothing_else() {
        let id = ItemId::from_bytes([0xab; 16]);
        let mut places = vec![Place::Whole, Place::Answer("so/what".to_owned())];
        places.extend(Place::FIELDS.map(Place::Field));
        places.extend(Section::ALL.iter().map(|section| Place::Section(*section)));
        places.extend([None, Some("sentence"), Some("by_date")].map(Place::Aim));
        for noun in ChangeProject::ITEMS {
            let keys = ChangeProject::fields_of(*noun).iter().map(|field| Some(field.key));
            places.extend(keys.chain([None]).map(|field| Place::Item(*noun, id, field)));
        }
        for place in places {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        let shouted = format!("measures/{}", id.to_string().to_uppercase());
        let [other, nothing] = [format!("falls/{id}"), format!("measures/{id}/nothing")];
        let wrong = ["PROBLEM", "whyHere", "nonsense", " problem", "aim/", "sections/problem"];
        for text in wrong.into_iter().chain([shouted.as_str(), &other, &nothing]) {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_mark_reads_what_it_prints_and_nothing_else() {
        for text in ["0", "12", "3@0a", "4000000000@00ff"] {
            assert_eq!(text.parse::<Mark>().map(|mark| mark.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "-1", "+1", "01", "e", "@", "1@", "@0a", "1@0", "1@0A", "é@0a", "-1@0a"] {
            assert!(text.parse::<Mark>().is_err(), "{text}");
        }
    }
}
