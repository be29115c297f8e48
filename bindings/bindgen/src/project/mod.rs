//! What is declared of a plan, written out for the hosts.
//!
//! The model declares each thing in a plan once, with its fields. Hosts get of that what would be
//! long to write by hand and wrong when a field is added: the edits that add a thing with all it
//! says, its texts by name, and what a plan says after some edits, which the cores in memory of the
//! two libraries for tests stand on. A further noun costs nothing here.

mod kotlin;
mod swift;

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use enhance_model::{
    ItemId, Noun,
    change_project::{Aim, ChangeProject, Check, ProjectEdit},
    field::{self, Shape},
    record::{FieldValue, Record as _},
};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{AsType, Enum, Record, Type, Variant},
};

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

/// A thing of which a plan has several.
struct Item {
    /// In the model, and as a variant of `Noun` and of `ProjectEdit`.
    noun: String,
    /// The field of a plan that lists them, which is the key of their map as well.
    key: String,
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
    /// As documents write it: `change_idea`.
    key: String,
    /// The edit that writes it: `ChangeIdea`.
    variant: String,
    kind: Kind,
}

/// What a field takes and what it says while nobody wrote in it.
enum Kind {
    /// A text that people write together.
    Text,
    String,
    /// A word of a list, and the one that stands for none.
    Choice {
        list: String,
        default: String,
    },
    /// Without it there is no record.
    Needed,
    Optional,
    Ids,
    /// What each device counted. An edit writes that of one of them.
    Counts,
}

/// What something says while nobody wrote in it.
enum Blank {
    Text,
    Nothing,
    List,
    Map,
    Word {
        list: String,
        word: String,
    },
    /// This record, of blanks.
    Record(String),
}

impl Kind {
    const fn is_words(&self) -> bool {
        matches!(self, Self::Text | Self::String)
    }

    fn blank(&self) -> Option<Blank> {
        Some(match self {
            Self::Text | Self::String => Blank::Text,
            Self::Choice { list, default } => {
                Blank::Word { list: list.clone(), word: default.clone() }
            }
            Self::Needed => return None,
            Self::Optional => Blank::Nothing,
            Self::Ids => Blank::List,
            Self::Counts => Blank::Map,
        })
    }
}

impl Declared {
    fn is_needing(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.kind, Kind::Needed))
    }

    fn texts(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| matches!(field.kind, Kind::Text))
    }
}

impl Project {
    pub fn of(interface: &ComponentInterface) -> Result<Self> {
        let project = record(interface, "ChangeProject")?;
        let edits = choice(interface, "ProjectEdit")?;
        let mut items = Vec::new();
        for noun in ChangeProject::ITEMS {
            let item = item(interface, project, edits, *noun);
            items.push(item.with_context(|| format!("what is exported of a {noun}"))?);
        }
        for edit in edits.variants().iter().map(Variant::name) {
            let is_known =
                OF_THE_PROJECT.contains(&edit) || items.iter().any(|item| item.noun == edit);
            ensure!(is_known, "the cores in memory do not know the edit {edit}");
        }
        let aim = declared(interface, "Aim", "AimEdit", Aim::FIELDS, |_| {
            bail!("an aim has no field that is never without a word")
        })?;
        let fields = project.fields().iter();
        let fields = fields.map(|field| (field.name().to_owned(), field.as_type())).collect();
        Ok(Self { aim, items, fields, checks: checks(interface)? })
    }

    fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// By record, what its fields say while nobody wrote in them: what hosts need not say when they
    /// make one. What has no such value has to be said.
    fn blanks(&self) -> BTreeMap<&str, BTreeMap<String, Blank>> {
        let records = [&self.aim].into_iter().chain(self.items.iter().map(|item| &item.declared));
        let mut blanks: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for Declared { record, fields, .. } in records {
            let of_fields = fields.iter();
            let of_fields =
                of_fields.filter_map(|field| Some((camel(&field.key), field.kind.blank()?)));
            blanks.insert(record.as_str(), of_fields.collect());
        }
        let of_project = self.fields.iter();
        let of_project = of_project.filter_map(|(name, of)| Some((camel(name), self.blank(of)?)));
        blanks.insert("ChangeProject", of_project.collect());
        blanks
    }

    fn blank(&self, of: &Type) -> Option<Blank> {
        match of {
            Type::String => Some(Blank::Text),
            Type::Optional { .. } => Some(Blank::Nothing),
            Type::Sequence { .. } => Some(Blank::List),
            Type::Map { .. } => Some(Blank::Map),
            Type::Record { name, .. } if *name == self.aim.record => {
                Some(Blank::Record(name.clone()))
            }
            Type::Custom { builtin, .. } if !matches!(**builtin, Type::String) => {
                self.blank(builtin)
            }
            _ => None,
        }
    }

    /// The edits that put something in the place of what a field of the plan says.
    fn replacing(&self) -> impl Iterator<Item = (&'static str, String)> {
        let by_field = OF_THE_PROJECT.into_iter().map(|edit| (edit, snake(edit)));
        by_field.filter(|(edit, key)| {
            *edit != "Aim" && self.fields.iter().any(|(field, _)| field == key)
        })
    }
}

fn item(
    interface: &ComponentInterface,
    project: &Record,
    edits: &Enum,
    noun: Noun,
) -> Result<Item> {
    let (key, name) = (ChangeProject::key_of(noun).context("no key")?, format!("{noun:?}"));
    let list = project.fields().iter().find(|field| field.name() == key);
    let list = list.with_context(|| format!("a plan has no field {key}"))?.as_type();
    let of = listed(&list).with_context(|| format!("{key} is no list of records"))?;
    let [_, thing] = record(interface, &of)?.fields() else { bail!("{of} is no id and a thing") };
    let edit = edits.variants().iter().find(|variant| variant.name() == name);
    let [_, edit] = edit.with_context(|| format!("there is no edit {name}"))?.fields() else {
        bail!("the edit {name} is no id and an edit");
    };
    let default = |key: &str| default_word(noun, key);
    let fields = ChangeProject::fields_of(noun);
    let (record, edit) = (named(&thing.as_type())?, named(&edit.as_type())?);
    let declared = declared(interface, &record, &edit, fields, default)?;
    Ok(Item { noun: name, key: key.to_owned(), of, name: thing.name().to_owned(), declared })
}

fn declared(
    interface: &ComponentInterface,
    name: &str,
    edit: &str,
    fields: &'static [field::Field],
    default: impl Fn(&str) -> Result<String>,
) -> Result<Declared> {
    let (exported, edits) = (record(interface, name)?, choice(interface, edit)?);
    let same = exported.fields().len() == edits.variants().len();
    ensure!(same, "{name} and {edit} have not the same number of fields");
    let mut read = Vec::new();
    for (field, variant) in exported.fields().iter().zip(edits.variants()) {
        let key = field.name();
        ensure!(snake(variant.name()) == key, "{edit} has {} for {key}", variant.name());
        let declared = field::find(fields, key).with_context(|| format!("{key} is undeclared"))?;
        let kind = match (&declared.shape, field.as_type()) {
            _ if declared.is_needed => Kind::Needed,
            (Shape::Text, _) => Kind::Text,
            (Shape::String, _) => Kind::String,
            (Shape::Ids, _) => Kind::Ids,
            (Shape::Counts, _) => Kind::Counts,
            (_, Type::Optional { .. }) => Kind::Optional,
            (Shape::Word(_), word) => {
                let list = named(&word)?;
                let default = variant_of(choice(interface, &list)?, &default(key)?)?;
                Kind::Choice { list, default }
            }
            (shape, _) => bail!("{name} has {key}, of a shape without a rule here: {shape:?}"),
        };
        let variant = variant.name().to_owned();
        read.push(Field { key: key.to_owned(), variant, kind });
    }
    Ok(Declared { record: name.to_owned(), edit: edit.to_owned(), fields: read })
}

fn checks(interface: &ComponentInterface) -> Result<Vec<Checked>> {
    let (checks, parts) = (choice(interface, "PlanCheckKind")?, choice(interface, "ProjectPart")?);
    let checked = Check::ALL.iter().map(|check| {
        Ok(Checked {
            check: variant_of(checks, check.as_str())?,
            sentence: check.sentence(),
            part: variant_of(parts, check.part().as_str())?,
        })
    });
    checked.collect()
}

/// The word that a field says as long as nobody chose one.
fn default_word(noun: Noun, key: &str) -> Result<String> {
    let edit = ProjectEdit::parse(noun, ItemId::from_bytes([0; 16]), key, "")?;
    match edit.record().map(|record| record.value) {
        Some(FieldValue::String(Some(word))) => Ok(word.into_owned()),
        other => bail!("{key} without a word is {other:?}"),
    }
}

/// The variant with this word: they are the same letters.
fn variant_of(list: &Enum, word: &str) -> Result<String> {
    let letters = word.replace('_', "");
    let mut names = list.variants().iter().map(Variant::name);
    let found = names.find(|name| name.eq_ignore_ascii_case(&letters));
    found.map(str::to_owned).with_context(|| format!("{} has no {word}", list.name()))
}

fn record<'i>(interface: &'i ComponentInterface, name: &str) -> Result<&'i Record> {
    interface.get_record_definition(name).with_context(|| format!("no record {name} is exported"))
}

fn choice<'i>(interface: &'i ComponentInterface, name: &str) -> Result<&'i Enum> {
    interface.get_enum_definition(name).with_context(|| format!("no enum {name} is exported"))
}

/// The head of a record with a value for each field that has one while nobody wrote in it.
fn with_blanks(
    code: &str,
    (begin, end): (&str, &str),
    value_of: impl Fn(&str) -> Option<String>,
) -> Result<String> {
    let place = code.find(begin).with_context(|| format!("nobody writes {begin:?}"))?;
    let (before, rest) = code.split_at(place + begin.len());
    let (head, after) = rest.split_once(end).with_context(|| format!("{begin:?} never ends"))?;
    let mut made = String::new();
    for (number, part) in head.split("/**").enumerate() {
        let (comment, parameters) = part.split_once("*/").unwrap_or(("", part));
        if number > 0 {
            made.extend(["/**", comment, "*/"]);
        }
        let parameters = parameters.split(',').map(|parameter| {
            let name = parameter.split(':').next().and_then(|name| name.split_whitespace().last());
            match name.and_then(|name| value_of(name.trim_matches('`'))) {
                Some(value) => format!("{} = {value}", parameter.trim_end()),
                None => parameter.to_owned(),
            }
        });
        made += &parameters.collect::<Vec<_>>().join(",");
    }
    Ok(format!("{before}{made}{end}{after}"))
}

/// The name of what a type is a list of.
fn listed(list: &Type) -> Option<String> {
    match list {
        Type::Custom { builtin, .. } => listed(builtin),
        Type::Sequence { inner_type } => named(inner_type).ok(),
        _ => None,
    }
}

fn named(of: &Type) -> Result<String> {
    match of {
        Type::Record { name, .. } | Type::Enum { name, .. } | Type::Custom { name, .. } => {
            Ok(name.clone())
        }
        other => bail!("{other:?} has no name"),
    }
}

/// `ChangeIdea` as documents write it: `change_idea`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `change_idea` or `ChangeIdea` as `changeIdea`.
fn camel(name: &str) -> String {
    let snake = snake(name);
    let mut words = snake.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (initial, rest) = word.split_at(1);
        camel + &initial.to_ascii_uppercase() + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_each_language_writes_them() {
        assert_eq!(snake("ChangeIdea"), "change_idea");
        assert_eq!(camel("ChangeIdea"), "changeIdea");
        assert_eq!(camel("did_at"), "didAt");
    }

    #[test]
    fn what_need_not_be_said_is_written_into_the_head_of_a_record() {
        let code =
            "x data class A (\n    /** B, c: d. */\n    val `b`: B\n    , \n    val `c`: C\n)y";
        let value = |name: &str| (name == "c").then(|| "null".to_owned());
        let made = with_blanks(code, ("data class A (", "\n)"), value).unwrap();
        assert_eq!(made, code.replace("`c`: C", "`c`: C = null"));
        assert!(with_blanks(code, ("data class B (", "\n)"), value).is_err());
    }

    #[test]
    fn a_word_that_stands_for_none_is_the_models() {
        assert_eq!(default_word(Noun::Output, "kind").unwrap(), "other");
        assert!(default_word(Noun::Output, "at").is_err());
    }
}
