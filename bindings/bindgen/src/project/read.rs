//! Reads what is declared of a plan and of a personal record: from the model what each field takes, and from the library's
//! interface the names that hosts have for it.

use anyhow::{Context, Result, bail, ensure};
use enhance_model::{
    ItemId, Noun,
    change_project::{Aim, ChangeProject, Check, ProjectEdit},
    field::{self, Shape},
    personal_record::{self, RecordEdit},
    record::{FieldValue, Record as _},
};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{AsType, Enum, Record, Type, Variant},
};

use super::{
    Checked, Declared, Field, Item, Kind, OF_THE_PROJECT, OF_THE_RECORD, PersonalRecord, Project,
    names::snake,
};

/// How a document of the model declares the things in it, and how it is exported.
struct Document {
    record: &'static str,
    edit: &'static str,
    items: &'static [Noun],
    /// Things that a host sees by a method of their own and never edits.
    by_themselves: &'static [Noun],
    /// The edits that are of no thing in it.
    other_edits: &'static [&'static str],
    key_of: fn(Noun) -> Option<&'static str>,
    fields_of: fn(Noun) -> &'static [field::Field],
    /// The word that a field says as long as nobody chose one.
    default_word: fn(Noun, &str) -> Result<String>,
}

const PROJECT: Document = Document {
    record: "ChangeProject",
    edit: "ProjectEdit",
    items: ChangeProject::ITEMS,
    by_themselves: &[],
    other_edits: &OF_THE_PROJECT,
    key_of: ChangeProject::key_of,
    fields_of: ChangeProject::fields_of,
    default_word: |noun, key| {
        let edit = ProjectEdit::parse(noun, NOBODYS, key, "")?;
        word_in(key, edit.record().map(|record| record.value))
    },
};

const RECORD: Document = Document {
    record: "PersonalRecord",
    edit: "RecordEdit",
    items: personal_record::PersonalRecord::ITEMS,
    by_themselves: &[Noun::KeptSignOff],
    other_edits: &OF_THE_RECORD,
    key_of: personal_record::PersonalRecord::key_of,
    fields_of: personal_record::PersonalRecord::fields_of,
    default_word: |noun, key| {
        let edit = RecordEdit::parse(noun, NOBODYS, key, "")?;
        word_in(key, edit.record().map(|record| record.value))
    },
};

/// An id that is asked for and says nothing.
const NOBODYS: ItemId = ItemId::from_bytes([0; 16]);

impl Project {
    /// What is declared of a plan in a library that exports it.
    pub fn of(interface: &ComponentInterface) -> Result<Self> {
        let aim = declared(interface, "Aim", "AimEdit", Aim::FIELDS, |_| {
            bail!("an aim has no field that is never without a word")
        })?;
        let (items, fields) = (PROJECT.items(interface)?, PROJECT.fields(interface)?);
        Ok(Self { aim, items, fields, checks: checks(interface)? })
    }
}

impl PersonalRecord {
    /// What is declared of a personal record in a library that exports it.
    pub fn of(interface: &ComponentInterface) -> Result<Self> {
        Ok(Self { items: RECORD.items(interface)?, fields: RECORD.fields(interface)? })
    }
}

impl Document {
    fn items(&self, interface: &ComponentInterface) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        for noun in self.items.iter().filter(|noun| !self.by_themselves.contains(noun)) {
            let item = self.item(interface, *noun);
            items.push(item.with_context(|| format!("what is exported of a {noun}"))?);
        }
        for edit in choice(interface, self.edit)?.variants().iter().map(Variant::name) {
            let is_known = self.other_edits.contains(&edit)
                || self.by_themselves.iter().any(|noun| format!("{noun:?}") == edit)
                || items.iter().any(|item| item.noun == edit);
            ensure!(is_known, "the cores in memory do not know the edit {edit}");
        }
        Ok(items)
    }

    fn fields(&self, interface: &ComponentInterface) -> Result<Vec<(String, Type)>> {
        let fields = record(interface, self.record)?.fields().iter();
        Ok(fields.map(|field| (field.name().to_owned(), field.as_type())).collect())
    }

    fn item(&self, interface: &ComponentInterface, noun: Noun) -> Result<Item> {
        let (key, name) = ((self.key_of)(noun).context("no key")?, format!("{noun:?}"));
        let lists = record(interface, self.record)?.fields().iter().filter_map(|field| {
            let of = listed(&field.as_type())?;
            // What else stands beside it has a default.
            let [_, thing, ..] = interface.get_record_definition(&of)?.fields() else {
                return None;
            };
            let is_of = of == format!("{name}Item") || named(&thing.as_type()).ok()? == name;
            is_of.then(|| (field.name().to_owned(), of, thing))
        });
        let [(list, of, thing)] = &*lists.collect::<Vec<_>>() else {
            bail!("there is not one list of them in {}", self.record);
        };
        let edits = choice(interface, self.edit)?;
        let edit = edits.variants().iter().find(|variant| variant.name() == name);
        let [_, edit] = edit.with_context(|| format!("there is no edit {name}"))?.fields() else {
            bail!("the edit {name} is no id and an edit");
        };
        let default = |key: &str| (self.default_word)(noun, key);
        let (record, edit) = (named(&thing.as_type())?, named(&edit.as_type())?);
        let declared = declared(interface, &record, &edit, (self.fields_of)(noun), default)?;
        let (key, thing) = (key.to_owned(), thing.name().to_owned());
        Ok(Item { noun: name, key, list: list.clone(), of: of.clone(), name: thing, declared })
    }
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
        let (key, written) = (field.name(), snake(variant.name()));
        let declared =
            field::find(fields, &written).with_context(|| format!("{written} is undeclared"))?;
        let of_two = key.strip_prefix("is_").filter(|_| field.as_type() == Type::Boolean);
        ensure!(written == key || of_two.is_some(), "{edit} has {} for {key}", variant.name());
        let kind = match (&declared.shape, field.as_type()) {
            (Shape::Word(_), Type::Boolean) => {
                let [word] = variant.fields() else { bail!("{written} is no word") };
                let list = named(&word.as_type())?;
                let of = |word: &str| variant_of(choice(interface, &list)?, word);
                let (word, otherwise) = (of(of_two.unwrap_or(key))?, of(&default(&written)?)?);
                Kind::Flag { key: written, list, word, otherwise }
            }
            _ if declared.is_needed => Kind::Needed,
            (_, Type::Optional { .. }) => Kind::Optional,
            (Shape::Text, _) => Kind::Text,
            (Shape::String, _) => Kind::String { is_short: true },
            (Shape::Passage, _) => Kind::String { is_short: false },
            (Shape::Ids | Shape::Tags, _) => Kind::Ids,
            (Shape::Counts, _) => Kind::Counts,
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

fn word_in(key: &str, value: Option<FieldValue<'_>>) -> Result<String> {
    match value {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_stands_for_none_is_the_models() {
        assert_eq!((PROJECT.default_word)(Noun::Output, "kind").unwrap(), "other");
        assert!((PROJECT.default_word)(Noun::Output, "at").is_err());
        assert_eq!((RECORD.default_word)(Noun::PdpGoal, "status").unwrap(), "open");
    }
}
