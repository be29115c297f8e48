//! What a record says while nobody wrote in it, so that hosts need not say it when they make one.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use uniffi_bindgen::interface::Type;

use super::{Declared, Kind, Project, names::camel};

/// What something says while nobody wrote in it.
pub(super) enum Blank {
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
    pub(super) fn blank(&self) -> Option<Blank> {
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

impl Project {
    /// By record, what its fields say while nobody wrote in them: what hosts need not say when they
    /// make one. What has no such value has to be said.
    pub(super) fn blanks(&self) -> BTreeMap<&str, BTreeMap<String, Blank>> {
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
            match name.and_then(|name| value_of(name.trim_matches('`'))) {
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
