//! What the gate asks of a document: that what is declared has the type it is declared with.
//!
//! What is not declared may come from a newer version and is not looked at.

use std::collections::BTreeSet;

use automerge::{ObjId, ObjType, ROOT, ScalarValue, Value};
use enhance_model::ItemId;

use super::{
    field::{Field, Shape},
    reader::Reader,
    view::View,
};

/// Whether a map has what is declared for it, and all that it needs.
pub fn fits(map: &Reader<'_>) -> bool {
    map.fields.iter().all(|field| field_fits(map, field) && (!field.is_needed || says(map, field)))
}

/// An item that lacks what it needs is not shown, so nothing else in it can mislead.
fn item_fits(item: &Reader<'_>) -> bool {
    for field in item.fields.iter().filter(|field| field.is_needed) {
        if !field_fits(item, field) {
            return false;
        }
        if !says(item, field) {
            return true;
        }
    }
    item.fields.iter().filter(|field| !field.is_needed).all(|field| field_fits(item, field))
}

/// Whether the value that stands says something to this version.
fn says(map: &Reader<'_>, field: &Field) -> bool {
    let values = map.maps.last().map(|of| map.view.scalars(of, &map.place(field.key)));
    values.is_some_and(|values| values.last().is_some_and(|value| field.shape.reads(value)))
}

/// Whether what is at a field of the root stayed as a fixed one must. Of a late map none that was
/// there may go; the first one may come.
pub fn is_kept(before: &View<'_>, after: &View<'_>, field: &Field) -> bool {
    let (before, after) = (shown(before, field.key), shown(after, field.key));
    match field.shape {
        _ if field.is_fixed() => before == after,
        Shape::Map(_) | Shape::Items(..) | Shape::Texts | Shape::Strings | Shape::Tags => {
            before.is_subset(&after)
        }
        _ => true,
    }
}

/// All that is at a root key: values by what they are, so that two devices may both create a
/// personal record, and objects by which they are, so that none is replaced by an empty one.
fn shown(view: &View<'_>, key: &str) -> BTreeSet<String> {
    let shown = |(value, id): (Value<'_>, _)| match value {
        Value::Scalar(scalar) => format!("{scalar:?}"),
        Value::Object(kind) => format!("{kind} {id}"),
    };
    view.all(&ROOT, key).into_iter().map(shown).collect()
}

fn field_fits(map: &Reader<'_>, field: &Field) -> bool {
    match field.shape {
        Shape::Text => map.maps.iter().all(|of| are(map, of, field.key, ObjType::Text)),
        Shape::Map(_) => container_fits(map, field) && fits(&map.map(field.key)),
        Shape::Items(..) => container_fits(map, field) && items_fit(map, field),
        Shape::FlatItems(..) => items_fit(map, field),
        Shape::Flat(fields) => {
            let things = map.flat_readers(field);
            things.iter().all(|(_, thing)| fields.iter().all(|field| field_fits(thing, field)))
        }
        Shape::Texts => entries_fit(map, field, |of, key| are(map, of, key, ObjType::Text)),
        Shape::Strings | Shape::Tags => {
            entries_fit(map, field, |of, key| takes_all(map, of, key, field.shape))
        }
        shape => map.maps.last().is_none_or(|of| takes_all(map, of, &map.place(field.key), shape)),
    }
}

/// A fixed map must be there; a late one may be missing.
fn container_fits(map: &Reader<'_>, field: &Field) -> bool {
    map.maps.iter().all(|of| are(map, of, field.key, ObjType::Map))
        && !(field.is_fixed() && map.containers(field).is_empty())
}

fn entries_fit(map: &Reader<'_>, field: &Field, fits: impl Fn(&ObjId, &str) -> bool) -> bool {
    let maps = map.containers(field);
    container_fits(map, field)
        && maps.iter().all(|of| map.view.keys(of).iter().all(|key| fits(of, key)))
}

/// Each item must be a map, under the id of an item. Beside a flat item stand keys of other things.
fn items_fit(map: &Reader<'_>, field: &Field) -> bool {
    let is_flat = matches!(field.shape, Shape::FlatItems(..));
    let is_id = |id: &str| id.parse::<ItemId>().is_ok();
    let are_maps = map.item_places(field).iter().all(|(id, (maps, key))| {
        if is_id(id) { maps.iter().all(|of| are(map, of, key, ObjType::Map)) } else { is_flat }
    });
    are_maps && map.item_readers(field).iter().all(|(id, item)| !is_id(id) || item_fits(item))
}

/// Whether all at a key are objects of a type.
fn are(map: &Reader<'_>, of: &ObjId, key: &str, wanted: ObjType) -> bool {
    map.view.all(of, key).iter().all(|(value, _)| *value == Value::Object(wanted))
}

/// Whether all at a key are values of a type, or nothing at all.
fn takes_all(map: &Reader<'_>, of: &ObjId, key: &str, shape: Shape) -> bool {
    map.view.all(of, key).iter().all(|(value, _)| match value {
        Value::Scalar(scalar) => **scalar == ScalarValue::Null || shape.takes(scalar),
        Value::Object(_) => false,
    })
}
