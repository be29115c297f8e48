//! How a kind of document declares what is in it: a table of fields, each with its type and rule.
//!
//! Creating, reading, writing, the gate's checks, the listings of authors and `SCHEMA.md` all
//! follow from these tables. A record of the model brings its table with it (`record.rs`).

use crate::Noun;

/// Characters that a [`Shape::String`] may have.
pub const STRING_CHARS: usize = 500;

/// One thing that documents of a kind have, under its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub key: &'static str,
    pub shape: Shape,
    pub rule: Rule,
    /// Without it, or when it cannot be read, the item it belongs to is not shown, and a document
    /// is none.
    pub is_needed: bool,
    /// What an id in it is of, if that is nothing in the same document: a person.
    pub names: Option<Noun>,
}

/// What stands under a field's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text that several devices write together; it merges by character.
    Text,
    /// A name, a title, a unit: at most [`STRING_CHARS`] characters, since it stands in lists. It
    /// is replaced as a whole, as all that follows up to [`Shape::Map`].
    String,
    /// A string that may be as long as a text.
    Passage,
    /// One of these words. A word that only a newer version knows reads as none and is kept.
    Word(&'static [&'static str]),
    /// The id of a person, a document or an item.
    Id,
    /// What a comment is about; see [`Place`](crate::anchor::Place).
    Place,
    /// A position in a text; see [`Mark`](crate::anchor::Mark).
    Mark,
    /// A calendar day, as `2026-11-22`.
    Date,
    /// A whole number that is not negative.
    Number,
    Moment,
    /// An integer in thousandths or a share such as `4/10`. It is one value, so that two devices
    /// cannot mix the numerator of one share with the denominator of another.
    Amount,
    /// A map with fields of its own.
    Map(&'static [Field]),
    /// A map of maps: each of these things under its id.
    Items(Noun, &'static [Field]),
    /// The same as [`Shape::Items`] without a map of their own: `key/{id}` stands beside the field.
    /// Two devices that create one document apart would each make the map, and one would be hidden.
    FlatItems(Noun, &'static [Field]),
    /// Fields of things that have a key of their own, without any map: `key/{key}/{field}`.
    Flat(&'static [Field]),
    /// A map of texts that merge by character, under keys that people's content decides.
    Texts,
    /// A map of strings that are replaced as a whole.
    Strings,
    /// A map with `true` under each tag.
    Tags,
    /// A map with `true` under the id of each item.
    Ids,
    /// A map with an amount under the id of each device, of which each device writes its own.
    Counts,
    /// A map with a moment under the id of each item.
    Moments,
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// At any time. A map under this rule is made by the first device that needs it: documents of
    /// an older version lack it, two devices may make it at once, and what is in both is read.
    Free,
    /// At any time, and it can be taken away again.
    Optional,
    /// When it is not there yet. Of several that were written at once, the smallest counts.
    Once,
    /// By the change that creates the document, and never again.
    Fixed,
}

impl Field {
    const fn new(key: &'static str, shape: Shape) -> Self {
        Self { key, shape, rule: Rule::Free, is_needed: false, names: None }
    }

    /// A text that merges by character.
    pub const fn text(key: &'static str) -> Self {
        Self::new(key, Shape::Text)
    }

    /// A short string that is replaced as a whole.
    pub const fn string(key: &'static str) -> Self {
        Self::new(key, Shape::String)
    }

    /// A string that may be as long as a text, and is replaced as a whole.
    pub const fn passage(key: &'static str) -> Self {
        Self::new(key, Shape::Passage)
    }

    /// A field that takes one of these words.
    pub const fn word(key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(key, Shape::Word(words))
    }

    /// The id of a person, a document or an item.
    pub const fn id(key: &'static str) -> Self {
        Self::new(key, Shape::Id)
    }

    /// A place in another document.
    pub const fn place(key: &'static str) -> Self {
        Self::new(key, Shape::Place)
    }

    /// A position in a text of another document.
    pub const fn mark(key: &'static str) -> Self {
        Self::new(key, Shape::Mark)
    }

    /// A calendar day without a time.
    pub const fn date(key: &'static str) -> Self {
        Self::new(key, Shape::Date)
    }

    /// A whole number that is not negative.
    pub const fn number(key: &'static str) -> Self {
        Self::new(key, Shape::Number)
    }

    /// A moment, in milliseconds of Unix time.
    pub const fn moment(key: &'static str) -> Self {
        Self::new(key, Shape::Moment)
    }

    /// A number in thousandths, or a share.
    pub const fn amount(key: &'static str) -> Self {
        Self::new(key, Shape::Amount)
    }

    /// A map with fields of its own, made with its document.
    pub const fn map(key: &'static str, fields: &'static [Self]) -> Self {
        Self::new(key, Shape::Map(fields)).fixed()
    }

    /// A map of things of a kind, each under its id, made with its document.
    pub const fn items(key: &'static str, noun: Noun, fields: &'static [Self]) -> Self {
        Self::new(key, Shape::Items(noun, fields)).fixed()
    }

    /// Things of a kind that stand beside one another at the root.
    pub const fn flat_items(key: &'static str, noun: Noun, fields: &'static [Self]) -> Self {
        Self::new(key, Shape::FlatItems(noun, fields))
    }

    /// Fields of things that have a key and no map.
    pub const fn flat(key: &'static str, fields: &'static [Self]) -> Self {
        Self::new(key, Shape::Flat(fields))
    }

    /// A map of texts that merge by character, made with its document.
    pub const fn texts(key: &'static str) -> Self {
        Self::new(key, Shape::Texts).fixed()
    }

    /// A map of strings that are replaced as a whole, made with its document.
    pub const fn strings(key: &'static str) -> Self {
        Self::new(key, Shape::Strings).fixed()
    }

    /// A map of tags, made with its document.
    pub const fn tags(key: &'static str) -> Self {
        Self::new(key, Shape::Tags).fixed()
    }

    /// A set of ids of items.
    pub const fn ids(key: &'static str) -> Self {
        Self::new(key, Shape::Ids)
    }

    /// A map of what each device counted.
    pub const fn counts(key: &'static str) -> Self {
        Self::new(key, Shape::Counts)
    }

    /// A map of moments under the ids of items, made with its document.
    pub const fn moments(key: &'static str) -> Self {
        Self::new(key, Shape::Moments).fixed()
    }

    /// The field under [`Rule::Fixed`]. Maps are, unless they are [`Field::late`].
    #[must_use]
    pub const fn fixed(self) -> Self {
        Self { rule: Rule::Fixed, ..self }
    }

    /// The map as one that documents made before it was declared do not have.
    #[must_use]
    pub const fn late(self) -> Self {
        Self { rule: Rule::Free, ..self }
    }

    /// The field as one that can be taken away again.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { rule: Rule::Optional, ..self }
    }

    /// The field as one that is written where there is nothing yet.
    #[must_use]
    pub const fn once(self) -> Self {
        Self { rule: Rule::Once, ..self }
    }

    /// The field as one that must say something.
    ///
    /// # Panics
    ///
    /// While the declaration is compiled, if it is no single value.
    #[must_use]
    pub const fn needed(self) -> Self {
        assert!(self.shape.is_scalar(), "only a single value can be needed");
        Self { is_needed: true, ..self }
    }

    /// The field as one whose ids are of these.
    #[must_use]
    pub const fn naming(self, names: Option<Noun>) -> Self {
        Self { names, ..self }
    }

    /// Whether it is created once and never replaced.
    pub const fn is_fixed(&self) -> bool {
        matches!(self.rule, Rule::Fixed)
    }
}

impl Shape {
    /// Whether it is a map, whatever is in it.
    pub const fn is_map(&self) -> bool {
        matches!(
            self,
            Self::Map(_)
                | Self::Items(..)
                | Self::Texts
                | Self::Strings
                | Self::Tags
                | Self::Ids
                | Self::Counts
                | Self::Moments
        )
    }

    /// Whether it is a single value that is replaced as a whole.
    pub const fn is_scalar(&self) -> bool {
        matches!(
            self,
            Self::String
                | Self::Passage
                | Self::Word(_)
                | Self::Id
                | Self::Place
                | Self::Mark
                | Self::Date
                | Self::Number
                | Self::Moment
                | Self::Amount
        )
    }
}

/// The field with this key.
pub fn find(fields: &'static [Field], key: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.key == key)
}
