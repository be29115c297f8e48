//! Where things are in a document, by paths such as `aim/direction` or `cycles/{id}/plan`.

use automerge::{ObjId, ObjType, Value};

use enhance_model::field::{Field, Shape, find};

use super::reader::Reader;

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

/// Goes through the places of texts in a map and in all that is in it: at each the text objects in
/// which it is written.
pub fn each_text(map: &Reader<'_>, visit: &mut dyn FnMut(Vec<ObjId>)) {
    let texts = |maps: &[ObjId], key: &str| map.view.objects_in(maps, key, ObjType::Text);
    for field in map.fields {
        match field.shape {
            Shape::Text => visit(texts(&map.maps, &map.place(field.key))),
            Shape::Texts => {
                let maps = map.containers(field);
                map.keys(&maps).iter().for_each(|key| visit(texts(&maps, key)));
            }
            Shape::Map(_) => each_text(&map.map(field.key), visit),
            Shape::Items(..) | Shape::FlatItems(..) => {
                map.item_readers(field).iter().for_each(|(_, item)| each_text(item, visit));
            }
            Shape::Flat(_) => {
                map.flat_readers(field).iter().for_each(|(_, thing)| each_text(thing, visit));
            }
            _ => {}
        }
    }
}

/// Every single value that stands in a declared field, by its path, with the operation that put it
/// there.
pub fn scalars(root: &Reader<'_>) -> Vec<(String, ObjId)> {
    let mut found = Vec::new();
    each_scalar(root, &mut String::new(), &mut |path, _, values| {
        found.extend(values.pop().map(|(_, id)| (path.to_owned(), id)));
    });
    found
}

/// What [`each_scalar`] hands over: the path, the field, and every single value there with the
/// operation that put it there, the standing one last.
pub type Visit<'v, 'a> = dyn FnMut(&str, &Field, &mut Vec<(Value<'a>, ObjId)>) + 'v;

/// Goes through the single values of a map and of all that is in it, in the order of the
/// declaration. `path` is where the map is.
pub fn each_scalar<'a>(map: &Reader<'a>, path: &mut String, visit: &mut Visit<'_, 'a>) {
    let above = path.len();
    for field in map.fields {
        match field.shape {
            Shape::Text | Shape::Texts => {}
            Shape::Map(_) => {
                path.push_str(field.key);
                path.push('/');
                each_scalar(&map.map(field.key), path, visit);
            }
            Shape::Items(..) | Shape::FlatItems(..) => {
                for (id, item) in map.item_readers(field) {
                    for part in [field.key, "/", &id, "/"] {
                        path.push_str(part);
                    }
                    each_scalar(&item, path, visit);
                    path.truncate(above);
                }
            }
            Shape::Flat(_) => {
                for (_, thing) in map.flat_readers(field) {
                    each_scalar(&thing, path, visit);
                }
            }
            shape if shape.is_map() => {
                for of in map.containers(field) {
                    for key in map.view.keys(&of) {
                        for part in [field.key, "/", &key] {
                            path.push_str(part);
                        }
                        visit(path, field, &mut values(map, &of, &key));
                        path.truncate(above);
                    }
                }
            }
            _ => {
                let place = map.place(field.key);
                path.push_str(&place);
                if let Some(of) = map.maps.last() {
                    visit(path, field, &mut values(map, of, &place));
                }
            }
        }
        path.truncate(above);
    }
}

/// The single values at a key with the operations that put them there.
fn values<'a>(map: &Reader<'a>, of: &ObjId, key: &str) -> Vec<(Value<'a>, ObjId)> {
    let mut values = map.view.all(of, key);
    values.retain(|(value, _)| matches!(value, Value::Scalar(_)));
    values
}
