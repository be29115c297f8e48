//! What the gate asks of a document: that what is declared has the type it is declared with.
//!
//! What is not declared may come from a newer version and is not looked at.

use automerge::{ObjId, ObjType, ScalarValue, Value};
use enhance_model::{
    ItemId,
    field::{Field, Shape},
};

use super::{reader::Reader, scalar::Scalars, view::View};

/// Whether a map has what is declared for it, and all that it needs.
pub fn fits(map: &Reader<'_>) -> bool {
    map.fields.iter().all(|field| {
        if field.is_needed { says(map, field) == Some(true) } else { field_fits(map, field) }
    })
}

/// An item that lacks what it needs is not shown, so nothing else in it can mislead.
fn item_fits(item: &Reader<'_>) -> bool {
    for field in item.fields.iter().filter(|field| field.is_needed) {
        match says(item, field) {
            None => return false,
            Some(false) => return true,
            Some(true) => {}
        }
    }
    item.fields.iter().filter(|field| !field.is_needed).all(|field| field_fits(item, field))
}

/// Whether the single value that stands says something to this version; none if one that is there
/// is not of its type.
fn says(map: &Reader<'_>, field: &Field) -> Option<bool> {
    let Some(of) = map.maps.last() else { return Some(false) };
    let values = scalars(map.view, of, &map.place(field.key), field.shape)?;
    Some(values.last().is_some_and(|value| field.shape.reads(value)))
}

/// Whether what is at a field of the root stayed as a fixed one must. Of a late map none that was
/// there may go; the first one may come.
#[cfg(test)]
pub fn is_kept(before: &View<'_>, after: &View<'_>, field: &Field) -> bool {
    if !field.is_fixed() && !field.shape.is_map() {
        return true;
    }
    let (before, after) = (shown(before, field.key), shown(after, field.key));
    if field.is_fixed() { before == after } else { before.is_subset(&after) }
}

/// All that is at a root key: values by what they are, so that two devices may both create a
/// personal record, and objects by which they are, so that none is replaced by an empty one.
#[cfg(test)]
fn shown(view: &View<'_>, key: &str) -> std::collections::BTreeSet<String> {
    let shown = |(value, id): (Value<'_>, _)| match value {
        Value::Scalar(scalar) => format!("{scalar:?}"),
        Value::Object(kind) => format!("{kind} {id}"),
    };
    view.all(&automerge::ROOT, key).into_iter().map(shown).collect()
}

fn field_fits(map: &Reader<'_>, field: &Field) -> bool {
    let is_text = |of: &ObjId, key: &str| map.view.only(of, key, ObjType::Text).is_some();
    match field.shape {
        Shape::Text => map.maps.iter().all(|of| is_text(of, field.key)),
        Shape::Map(_) => container_fits(map, field) && fits(&map.map(field.key)),
        Shape::Items(_, fields) => container_fits(map, field) && items_fit(map, field, fields),
        Shape::FlatItems(_, fields) => items_fit(map, field, fields),
        Shape::Flat(fields) => {
            let things = map.flat_readers(field);
            things.iter().all(|(_, thing)| fields.iter().all(|field| field_fits(thing, field)))
        }
        Shape::Texts => entries_fit(map, field, is_text),
        Shape::Strings | Shape::Tags | Shape::Ids | Shape::Counts | Shape::Moments => {
            entries_fit(map, field, |of, key| scalars(map.view, of, key, field.shape).is_some())
        }
        _ => says(map, field).is_some(),
    }
}

/// A fixed map must be there; a late one may be missing.
fn container_fits(map: &Reader<'_>, field: &Field) -> bool {
    map.maps.iter().all(|of| map.view.only(of, field.key, ObjType::Map).is_some())
        && !(field.is_fixed() && map.containers(field).is_empty())
}

fn entries_fit(map: &Reader<'_>, field: &Field, fits: impl Fn(&ObjId, &str) -> bool) -> bool {
    let maps = map.containers(field);
    container_fits(map, field)
        && maps.iter().all(|of| map.view.keys(of).iter().all(|key| fits(of, key)))
}

/// Each item must be a map, under the id of an item. Beside a flat item stand keys of other things.
fn items_fit(map: &Reader<'_>, field: &Field, fields: &'static [Field]) -> bool {
    let is_flat = matches!(field.shape, Shape::FlatItems(..));
    let (containers, keys) = map.item_keys(field);
    keys.iter().all(|(id, key)| {
        if id.parse::<ItemId>().is_err() {
            return is_flat;
        }
        let maps = containers.iter().map(|of| map.view.only(of, key, ObjType::Map));
        let maps: Option<Vec<_>> = maps.collect();
        maps.is_some_and(|maps| item_fits(&Reader::of(map.view, fields, maps.concat())))
    })
}

/// Every single value at a key that says something; none if anything there is not of this type.
fn scalars(view: &View<'_>, of: &ObjId, key: &str, shape: Shape) -> Option<Vec<ScalarValue>> {
    let mut values = Vec::new();
    for (value, _) in view.all(of, key) {
        match value {
            Value::Scalar(scalar) if *scalar == ScalarValue::Null => {}
            Value::Scalar(scalar) if shape.takes(&scalar) => values.push(scalar.into_owned()),
            Value::Scalar(_) | Value::Object(_) => return None,
        }
    }
    Some(values)
}
