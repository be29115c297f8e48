//! Fields that were written one by one, as a document would have them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use super::{
    value::Value,
    values::{Count, FieldValue, FieldWrite, Fields, Whole},
};
use crate::{DeviceId, ItemId, Tag, Timestamp};

/// Fields that were written one by one.
#[derive(Debug, Default)]
pub(super) struct WrittenFields {
    strings: BTreeMap<&'static str, String>,
    numbers: BTreeMap<&'static str, Whole>,
    moments: BTreeMap<&'static str, Timestamp>,
    amounts: BTreeMap<&'static str, Value>,
    ids: BTreeMap<&'static str, BTreeSet<ItemId>>,
    tags: BTreeMap<&'static str, BTreeSet<Tag>>,
    counts: BTreeMap<&'static str, BTreeMap<DeviceId, Value>>,
}

impl WrittenFields {
    pub(super) fn write(&mut self, edit: &impl FieldWrite) {
        let key = edit.field();
        match edit.value() {
            FieldValue::Text(text) => put(&mut self.strings, key, Some(text.to_owned())),
            FieldValue::String(string) => {
                put(&mut self.strings, key, string.map(Cow::into_owned));
            }
            FieldValue::Day(day) => {
                put(&mut self.strings, key, day.map(|day| day.to_string()));
            }
            FieldValue::Number(number) => put(&mut self.numbers, key, number),
            FieldValue::Moment(moment) => put(&mut self.moments, key, moment),
            FieldValue::Amount(amount) => put(&mut self.amounts, key, amount.cloned()),
            FieldValue::Ids(ids) => put(&mut self.ids, key, Some(ids.clone())),
            FieldValue::Tags(tags) => put(&mut self.tags, key, Some(tags.clone())),
            FieldValue::Count(Count { device, value }) => {
                self.counts.entry(key).or_default().insert(*device, value.clone());
            }
        }
    }
}

fn put<T>(values: &mut BTreeMap<&'static str, T>, key: &'static str, value: Option<T>) {
    match value {
        Some(value) => values.insert(key, value),
        None => values.remove(key),
    };
}

impl Fields for WrittenFields {
    fn text(&self, key: &str) -> String {
        self.string(key)
    }

    fn string(&self, key: &str) -> String {
        self.strings.get(key).cloned().unwrap_or_default()
    }

    fn word<T: FromStr>(&self, key: &str) -> Option<T> {
        self.strings.get(key)?.parse().ok()
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.numbers.get(key).map(|number| number.0.into())
    }

    fn moment(&self, key: &str) -> Option<Timestamp> {
        self.moments.get(key).copied()
    }

    fn amount(&self, key: &str) -> Option<Value> {
        self.amounts.get(key).cloned()
    }

    fn ids(&self, key: &str) -> BTreeSet<ItemId> {
        self.ids.get(key).cloned().unwrap_or_default()
    }

    fn tags(&self, key: &str) -> BTreeSet<Tag> {
        self.tags.get(key).cloned().unwrap_or_default()
    }

    fn counts(&self, key: &str) -> BTreeMap<DeviceId, Value> {
        self.counts.get(key).cloned().unwrap_or_default()
    }
}
