//! What a record says while nobody wrote in it, so that hosts need not say it when they make one.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use uniffi_bindgen::interface::Type;

use super::{Declared, Item, Kind, PersonalRecord, Project, names::camel};

/// What something says while nobody wrote in it.
pub(super) enum Blank {
    Text,
    Nothing,
    List,
    Map,
    No,
    Word {
        list: String,
        word: String,
    },
    /// This record, of blanks.
    Record(String),
}

impl Kind {
    pub(super) fn blank(&self) -> Option<Blank> {
        Some(match self {
            Self::Text | Self::String { .. } => Blank::Text,
            Self::Choice { list, default } => {
                Blank::Word { list: list.clone(), word: default.clone() }
            }
            Self::Needed => return None,
            Self::Flag { .. } => Blank::No,
            Self::Optional => Blank::Nothing,
            Self::Ids => Blank::List,
            Self::Counts => Blank::Map,
        })
    }
}

impl Project {
    /// By record, what its fields say while nobody wrote in them: what hosts need not say when they
    /// make one. What has no such value has to be said.
    pub(super) fn blanks(&self) -> BTreeMap<&str, BTreeMap<String, Blank>> {
        let mut blanks = of_items(&self.items);
        blanks.insert(self.aim.record.as_str(), self.aim.blanks());
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
}

impl PersonalRecord {
    /// The same of a personal record, in which nothing has to be said.
    pub(super) fn blanks(&self) -> BTreeMap<&str, BTreeMap<String, Blank>> {
        let mut blanks = of_items(&self.items);
        let lists = self.fields.iter().map(|(name, _)| (camel(name), Blank::List));
        blanks.insert("PersonalRecord", lists.collect());
        blanks
    }
}

impl Declared {
    fn blanks(&self) -> BTreeMap<String, Blank> {
        let fields = self.fields.iter();
        fields.filter_map(|field| Some((camel(&field.key), field.kind.blank()?))).collect()
    }
}

fn of_items(items: &[Item]) -> BTreeMap<&str, BTreeMap<String, Blank>> {
    items.iter().map(|item| (item.declared.record.as_str(), item.declared.blanks())).collect()
}

/// The head of a record with a value for each field that has one while nobody wrote in it.
pub(super) fn with_blanks(
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
            // What the library itself gives a value has one already.
            match name
                .filter(|_| !parameter.contains('='))
                .and_then(|name| value_of(name.trim_matches('`')))
            {
                Some(value) => format!("{} = {value}", parameter.trim_end()),
                None => parameter.to_owned(),
            }
        });
        made += &parameters.collect::<Vec<_>>().join(",");
    }
    Ok(format!("{before}{made}{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_need_not_be_said_is_written_into_the_head_of_a_record() {
        let code =
            "x data class A (\n    /** B, c: d. */\n    val `b`: B\n    , \n    val `c`: C\n)y";
        let value = |name: &str| (name == "c").then(|| "null".to_owned());
        let made = with_blanks(code, ("data class A (", "\n)"), value).unwrap();
        assert_eq!(made, code.replace("`c`: C", "`c`: C = null"));
        assert!(with_blanks(code, ("data class B (", "\n)"), value).is_err());
    }
}
