//! What is declared of a plan and of a personal record, written out for the hosts.
//!
//! The model declares each thing in them once, with its fields. Hosts get of that what would be
//! long to write by hand and wrong when a field is added: the edits that add a thing with all it
//! says, its texts by name, and what a document says after some edits, which the cores in memory of
//! the two libraries for tests stand on. A further noun costs nothing here.

mod blanks;
mod kotlin;
mod read;
mod swift;

use uniffi_bindgen::interface::Type;

use crate::names::{self, snake};

/// The edits of a plan that are of no thing in it. The cores in memory know each of them by name: a
/// further one stops the build until they do.
const OF_THE_PROJECT: [&str; 14] = [
    "Title",
    "Topic",
    "Setting",
    "Move",
    "Progress",
    "Start",
    "End",
    "Section",
    "Aim",
    "Add",
    "TakeBack",
    "PutBack",
    "AddTag",
    "RemoveTag",
];

/// The edits of a personal record that are of no thing in it, as [`OF_THE_PROJECT`].
const OF_THE_RECORD: [&str; 6] = ["Start", "See", "Forget", "Add", "TakeBack", "PutBack"];

/// What is declared of a personal record, by the names that hosts have for it.
pub struct PersonalRecord {
    items: Vec<Item>,
    /// Each field of a record and its type, in order.
    fields: Vec<(String, Type)>,
}

/// What is declared of a plan, by the names that hosts have for it.
pub struct Project {
    aim: Declared,
    items: Vec<Item>,
    /// Each field of a plan and its type, in order.
    fields: Vec<(String, Type)>,
    checks: Vec<Checked>,
}

/// A check of a plan, what would satisfy it and where, by the names that hosts have for them.
struct Checked {
    check: String,
    sentence: &'static str,
    part: String,
}

/// A thing of which a document has several.
struct Item {
    /// In the model, and as a variant of `Noun` and of the edit of its document.
    noun: String,
    /// The key of their map, with which paths begin.
    key: String,
    /// The field of the document that lists them: as a rule the same.
    list: String,
    /// What stands in that list: the id, and the thing itself under this name.
    of: String,
    name: String,
    declared: Declared,
}

/// A record and the edit of one of its fields.
struct Declared {
    record: String,
    edit: String,
    fields: Vec<Field>,
}

struct Field {
    /// As the exported record writes it: `change_idea`.
    key: String,
    /// The edit that writes it: `ChangeIdea`.
    variant: String,
    kind: Kind,
}

/// What a field takes and what it says while nobody wrote in it.
enum Kind {
    /// A text that people write together.
    Text,
    /// A text that is replaced as a whole.
    String {
        /// Whether it stands in lists, and has to be short: a name, a title, a unit.
        is_short: bool,
    },
    /// A word of a list, and the one that stands for none.
    Choice {
        list: String,
        default: String,
    },
    /// Without it there is no record.
    Needed,
    Optional,
    /// A list that is replaced as a whole.
    Ids,
    /// One word of a list of two, which a record says as `is_specialty`.
    Flag {
        /// As documents write it: `subject`.
        key: String,
        list: String,
        word: String,
        /// The other word, which stands for none.
        otherwise: String,
    },
    /// What each device counted. An edit writes that of one of them.
    Counts,
}

impl Field {
    /// As documents and paths write it.
    fn path(&self) -> &str {
        match &self.kind {
            Kind::Flag { key, .. } => key,
            _ => &self.key,
        }
    }
}

impl Kind {
    const fn is_words(&self) -> bool {
        matches!(self, Self::Text | Self::String { .. })
    }

    const fn is_short(&self) -> bool {
        matches!(self, Self::String { is_short: true })
    }
}

impl Declared {
    fn is_needing(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, Kind::Needed))
    }

    fn texts(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| matches!(field.kind, Kind::Text))
    }

    /// The variants of its edit that write a field of such a kind.
    fn variants(&self, is_such: fn(&Kind) -> bool) -> Vec<&str> {
        let such = self.fields.iter().filter(|field| is_such(&field.kind));
        such.map(|field| field.variant.as_str()).collect()
    }
}

impl Project {
    /// The edits that put something in the place of what a field of the plan says.
    fn replacing(&self) -> impl Iterator<Item = (&'static str, String)> {
        let by_field = OF_THE_PROJECT.into_iter().map(|edit| (edit, snake(edit)));
        by_field.filter(|(edit, key)| {
            *edit != "Aim" && self.fields.iter().any(|(field, _)| field == key)
        })
    }
}
