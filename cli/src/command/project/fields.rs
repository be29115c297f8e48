//! What is in a plan as people type it: words for kinds of things, and `FIELD=VALUE` for each field
//! that is declared. Nothing here names a kind or a field of its own, so that a further one costs
//! nothing.

use std::collections::BTreeSet;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use enhance_model::{
    ItemId, Noun, Person, Timestamp,
    change_project::{Aim, AimEdit, ChangeProject, ProjectEdit},
    field::{Field, Shape, find},
    record::{FieldFault, FieldWrite, Record},
};

use crate::{
    exit::Failure,
    ids,
    text::{NamedText, read_named},
    words::{day, moment, value, whole_number},
};

/// A thing whose fields can be set.
#[derive(Debug, Clone, Copy)]
pub enum Thing {
    Aim,
    Item(Noun, ItemId),
}

/// What a value is read against.
pub struct Setting<'a> {
    pub project: &'a ChangeProject,
    pub people: &'a [Person],
    /// The moment it is `now`.
    pub now: Timestamp,
}

/// The word by which commands name a kind of thing: the one of its name that its key begins like.
pub fn word(noun: Noun) -> &'static str {
    let key = ChangeProject::key_of(noun).unwrap_or_default();
    let like = |word: &&str| word.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
    noun.as_str().split(' ').max_by_key(like).unwrap_or_default()
}

/// The kinds of things that can be added. The status log is written by moving the plan on.
pub fn addable() -> impl Iterator<Item = Noun> {
    ChangeProject::ITEMS.iter().copied().filter(|noun| *noun != Noun::StatusMove)
}

/// A parser for the word of a kind of thing; its key in documents is understood too.
pub fn noun_parser() -> impl TypedValueParser<Value = Noun> {
    let key = |noun| ChangeProject::key_of(noun).unwrap_or_default();
    let choices = addable().map(|noun| PossibleValue::new(word(noun)).alias(key(noun)));
    PossibleValuesParser::new(choices).try_map(move |typed| {
        let meant = addable().find(|noun| word(*noun) == typed || key(*noun) == typed);
        meant.ok_or("nothing of this kind can be added")
    })
}

/// Every kind of thing with its fields and what they take, for the help.
pub fn help(examples: &str) -> String {
    let of = |noun: Noun| {
        let fields = fields_of(noun).iter().map(|field| {
            let mark = if field.is_needed { "*" } else { "" };
            format!("    {}{mark}: {}", field.key, takes(noun, field))
        });
        format!("  {}\n{}", word_of(noun), fields.collect::<Vec<_>>().join("\n"))
    };
    let kinds: Vec<String> = [Noun::Aim].into_iter().chain(addable()).map(of).collect();
    format!(
        "{examples}\n\nVALUE is a text, @FILE, or - for standard input; @@ begins a text that begins \
         with @.\nAn empty one takes the value away. Fields of each (* is needed):\n{}",
        kinds.join("\n")
    )
}

impl Thing {
    pub const fn noun(self) -> Noun {
        match self {
            Self::Aim => Noun::Aim,
            Self::Item(noun, _) => noun,
        }
    }

    pub const fn item(self) -> Option<ItemId> {
        match self {
            Self::Aim => None,
            Self::Item(_, id) => Some(id),
        }
    }

    fn edit(self, field: &str, text: &str) -> Result<ProjectEdit, FieldFault> {
        match self {
            Self::Aim => AimEdit::parse(field, text).map(|edit| ProjectEdit::Aim { edit }),
            Self::Item(noun, id) => ProjectEdit::parse(noun, id, field, text),
        }
    }
}

impl Setting<'_> {
    /// The edits of a thing that were typed as `FIELD=VALUE`.
    pub fn edits(&self, thing: Thing, typed: &[NamedText]) -> Result<Vec<ProjectEdit>, Failure> {
        let mut seen = BTreeSet::new();
        if let Some(twice) = typed.iter().find(|field| !seen.insert(&field.name)) {
            return Err(Failure::Usage(format!("{} is typed twice", twice.name)));
        }
        let typed = read_named(typed)?.into_iter();
        typed.map(|(field, text)| self.edit(thing, &field, &text)).collect()
    }

    fn edit(&self, thing: Thing, key: &str, text: &str) -> Result<ProjectEdit, Failure> {
        let noun = thing.noun();
        let fault = |fault: FieldFault| Failure::Usage(with_fields(noun, &fault));
        let text = match find(fields_of(noun), key) {
            Some(field) if !text.is_empty() => self.whole(noun, field, text)?,
            _ => text.to_owned(),
        };
        thing.edit(key, &text).map_err(fault)
    }

    /// A value with its ids whole and its days and moments as documents write them.
    fn whole(&self, noun: Noun, field: &Field, text: &str) -> Result<String, Failure> {
        let wrong = |why: String| {
            let known = listed(noun);
            Failure::Usage(format!("{}: {why}; {} has {known}", field.key, with_article(noun)))
        };
        match field.shape {
            Shape::Id => self.id(noun, field, text.trim()),
            Shape::Ids => {
                let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
                let whole = ids.map(|id| self.id(noun, field, id)).collect::<Result<Vec<_>, _>>();
                Ok(whole?.join(","))
            }
            Shape::Date => day(text).map(|day| day.to_string()).map_err(wrong),
            Shape::Moment if text.trim() == "now" => Ok(self.now.to_string()),
            Shape::Moment => moment(text).map(|moment| moment.to_string()).map_err(wrong),
            Shape::Amount => value(text).map(|value| value.to_string()).map_err(wrong),
            Shape::Number => {
                whole_number::<u32>(0..=u32::MAX.into())(text).map(|n| n.to_string()).map_err(wrong)
            }
            Shape::Word(_) => Ok(text.trim().to_owned()),
            Shape::Counts => Err(Failure::Usage(format!(
                "{} are counted one by one: enhance project tick PLAN SHEET --yes",
                field.key
            ))),
            _ => Ok(text.to_owned()),
        }
    }

    fn id(&self, noun: Noun, field: &Field, typed: &str) -> Result<String, Failure> {
        if field.names == Some(Noun::Person) {
            return Ok(ids::person(typed, self.people)?.id.to_string());
        }
        let named = named_by(noun, field);
        let ids = self.project.ids_of(named).into_iter();
        let choices: Vec<_> = ids.map(|id| (id, self.project.label(named, id))).collect();
        Ok(ids::resolve(named.as_str(), typed, &choices)?.to_string())
    }
}

/// What the ids in a field are of: what the field is called like, or else another of its own kind.
fn named_by(noun: Noun, field: &Field) -> Noun {
    let is_called = |noun: &&Noun| {
        field.key == word(**noun) || ChangeProject::key_of(**noun) == Some(field.key)
    };
    ChangeProject::ITEMS.iter().find(is_called).copied().unwrap_or(noun)
}

/// The fields that a new thing needs and that were not typed.
pub fn missing(noun: Noun, typed: &[NamedText]) -> Vec<&'static str> {
    let is_typed = |key: &str| typed.iter().any(|field| field.name == key);
    // Apps make a thing first and name it while somebody types; here all is said at once.
    let name = ChangeProject::name_of(noun);
    let is_needed = |field: &&Field| field.is_needed || name == Some(field.key);
    let needed = fields_of(noun).iter().filter(is_needed);
    needed.map(|field| field.key).filter(|key| !is_typed(key)).collect()
}

fn fields_of(noun: Noun) -> &'static [Field] {
    if noun == Noun::Aim { Aim::FIELDS } else { ChangeProject::fields_of(noun) }
}

fn word_of(noun: Noun) -> &'static str {
    if noun == Noun::Aim { noun.as_str() } else { word(noun) }
}

fn listed(noun: Noun) -> String {
    let keys: Vec<&str> = fields_of(noun).iter().map(|field| field.key).collect();
    keys.join(", ")
}

fn with_fields(noun: Noun, fault: &FieldFault) -> String {
    match fault {
        FieldFault::Unknown { .. } => fault.to_string(),
        FieldFault::Value { .. } => {
            format!("{fault}; {} has {}", with_article(noun), listed(noun))
        }
    }
}

/// What a field takes, in a word or two.
fn takes(noun: Noun, field: &Field) -> String {
    match field.shape {
        Shape::Word(words) => words.join("|"),
        Shape::Id if field.names == Some(Noun::Person) => "a person: name or id".to_owned(),
        Shape::Id => format!("the id of {}", with_article(named_by(noun, field))),
        Shape::Ids => format!("ids of {}s, between commas", named_by(noun, field)),
        Shape::Date => "a day as 2026-11-20".to_owned(),
        Shape::Moment => "a moment as 2026-11-20T08:30, or now".to_owned(),
        Shape::Amount => "a number, or a share as 4/10".to_owned(),
        Shape::Number => "a whole number".to_owned(),
        Shape::Counts => "counted with enhance project tick".to_owned(),
        _ => "a text".to_owned(),
    }
}

/// A kind of thing in a sentence: `a measure`, `an idea`.
pub fn with_article(noun: Noun) -> String {
    let name = noun.as_str();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_thing_has_a_word_of_its_own() {
        let words: Vec<&str> = ChangeProject::ITEMS.iter().map(|noun| word(*noun)).collect();
        let expected = "driver idea stakeholder team measure target observation tally phase \
            annotation cycle action impact output move";
        let mut sorted: Vec<&str> = expected.split_whitespace().collect();
        sorted.sort_unstable();
        let mut found = words.clone();
        found.sort_unstable();
        assert_eq!(found, sorted);
    }

    #[test]
    fn what_a_field_names_follows_from_what_it_is_called() {
        let names = |noun, key| named_by(noun, find(fields_of(noun), key).unwrap());
        assert_eq!(names(Noun::Aim, "measure"), Noun::Measure);
        assert_eq!(names(Noun::Driver, "parent"), Noun::Driver);
        assert_eq!(names(Noun::ChangeIdea, "drivers"), Noun::Driver);
        assert_eq!(names(Noun::Cycle, "idea"), Noun::ChangeIdea);
        assert_eq!(names(Noun::Cycle, "previous"), Noun::Cycle);
        assert_eq!(names(Noun::Annotation, "cycle"), Noun::Cycle);
        // Every field with ids is called like something or names its own kind, and says so.
        for noun in ChangeProject::ITEMS {
            for field in fields_of(*noun).iter().filter(|field| field.shape == Shape::Id) {
                assert!(takes(*noun, field).contains("id"), "{noun} {}", field.key);
            }
        }
    }

    #[test]
    fn the_help_lists_every_field_of_every_kind() {
        let help = help("");
        for noun in addable() {
            for field in fields_of(noun) {
                assert!(help.contains(&format!("    {}", field.key)), "{noun} {}", field.key);
            }
        }
    }
}
