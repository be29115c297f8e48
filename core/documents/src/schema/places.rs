//! Where things are in a document, by paths such as `aim/direction` or `cycles/{id}/plan`.

use automerge::{ObjId, ObjType, Value};

use super::{
    field::{Shape, find},
    reader::Reader,
};

/// The text objects in which the text at a path is written; none if no text is declared there.
pub fn text_objects(map: &Reader<'_>, path: &[String]) -> Vec<ObjId> {
    let Some((key, rest)) = path.split_first() else { return Vec::new() };
    let Some(field) = find(map.fields, key) else { return Vec::new() };
    let texts = |maps: &[ObjId], key: &str| map.view.objects_in(maps, key, ObjType::Text);
    match (field.shape, rest) {
        (Shape::Text, []) => texts(&map.maps, key),
        (Shape::Texts, [entry]) => texts(&map.containers(field), entry),
        (Shape::Map(_), rest) => text_objects(&map.map(key), rest),
        (Shape::Items(..) | Shape::FlatItems(..), [id, rest @ ..]) => {
            let items = map.item_readers(field).into_iter();
            items
                .filter(|(one, _)| one == id)
                .flat_map(|(_, item)| text_objects(&item, rest))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Every single value that stands in a declared field, by its path, with the operation that put it
/// there.
pub fn scalars(root: &Reader<'_>) -> Vec<(String, ObjId)> {
    let mut found = Vec::new();
    collect(root, "", &mut found);
    found
}

fn collect(map: &Reader<'_>, path: &str, found: &mut Vec<(String, ObjId)>) {
    for field in map.fields {
        let below = format!("{path}{}/", field.key);
        match field.shape {
            Shape::Text | Shape::Texts => {}
            Shape::Map(_) => collect(&map.map(field.key), &below, found),
            Shape::Items(..) | Shape::FlatItems(..) => {
                for (id, item) in map.item_readers(field) {
                    collect(&item, &format!("{below}{id}/"), found);
                }
            }
            Shape::Flat(_) => {
                for (_, thing) in map.flat_readers(field) {
                    collect(&thing, path, found);
                }
            }
            Shape::Strings | Shape::Tags => {
                for of in map.containers(field) {
                    let keys = map.view.keys(&of).into_iter();
                    found.extend(keys.filter_map(|key| {
                        Some((format!("{below}{key}"), standing(map, &of, &key)?))
                    }));
                }
            }
            _ => {
                let place = map.place(field.key);
                let id = map.maps.last().and_then(|of| standing(map, of, &place));
                found.extend(id.map(|id| (format!("{path}{place}"), id)));
            }
        }
    }
}

/// The operation that put the single value that stands at a key.
fn standing(map: &Reader<'_>, of: &ObjId, key: &str) -> Option<ObjId> {
    let mut values = map.view.all(of, key).into_iter();
    values.rfind(|(value, _)| matches!(value, Value::Scalar(_))).map(|(_, id)| id)
}
