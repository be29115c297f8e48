//! What two devices set differently at once: the engine keeps all of it, and so does the screen
//! until somebody settles it by setting the field again.

use automerge::{ObjType, Value};
use enhance_model::{
    ItemId,
    field::{Rule, Shape, find},
    record::{Disagreement, SetValue},
};

use super::{places, reader::Reader, scalar};

/// Every field with values that differ, in the order of the declaration.
pub fn all(root: &Reader<'_>) -> Vec<Disagreement> {
    below(root, String::new())
}

/// Those of a map and of all that is in it. `path` is where the map is.
pub fn below(map: &Reader<'_>, mut path: String) -> Vec<Disagreement> {
    let mut found = Vec::new();
    places::each_scalar(map, &mut path, &mut |path, field, values| {
        // Of what is written once the smallest counts, and what two took back is taken back: nobody
        // has to choose.
        let is_settled = field.rule == Rule::Once || field.shape == Shape::Moments;
        if values.len() < 2 || is_settled {
            return;
        }
        let set = values.iter().filter_map(|(value, id)| {
            let Value::Scalar(scalar) = value else { return None };
            Some(SetValue { text: scalar::in_words(scalar)?, by: map.view.author(id) })
        });
        let values: Vec<SetValue> = set.collect();
        if values.windows(2).any(|pair| pair[0].text != pair[1].text) {
            found.push(Disagreement { path: path.to_owned(), values });
        }
    });
    found
}

/// What two devices set at once in a text of the items of a kind that says one thing: it is read
/// one after the other until somebody sets it again.
pub fn of_texts(root: &Reader<'_>, key: &str, text: &str) -> Vec<Disagreement> {
    let Some(field) = find(root.fields, key) else { return Vec::new() };
    let mut found = Vec::new();
    for (id, item) in root.item_readers(field) {
        let objects = root.view.objects_in(&item.maps, text, ObjType::Text).into_iter();
        let set =
            objects.map(|id| SetValue { text: root.view.text_of(&id), by: root.view.author(&id) });
        let values: Vec<SetValue> = set.filter(|set| !set.text.is_empty()).collect();
        if values.windows(2).any(|pair| pair[0].text != pair[1].text) {
            found.push(Disagreement { path: format!("{key}/{id}/{text}"), values });
        }
    }
    found
}

/// The item of this id, if nobody set anything in it differently from somebody else, neither as it
/// stands nor by what was known of it.
pub fn agreed_item<'a>(
    root: &Reader<'a>,
    (key, id): (&str, ItemId),
    known: &[Disagreement],
) -> Option<Reader<'a>> {
    let place = format!("{key}/{id}/");
    let item = root.item(key, &id.to_string())?;
    let was_agreed = !known.iter().any(|one| one.path.starts_with(&place));
    (was_agreed && below(&item, place).is_empty()).then_some(item)
}
