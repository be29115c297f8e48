//! What was decided about suggestions, in the plan that they are about.
//!
//! An acceptance is a map, the new words, and a moment, written one after the other by one actor:
//! between the first and the last are the names of the characters it put in. So when two accept at
//! once, and both put the words in, one knows which are whose, and all but one are taken out.
//! Taking a character out twice is taking it out once, so it does not matter who does it.

use std::collections::BTreeMap;

use automerge::ObjId;
use enhance_model::{
    ItemId, Noun,
    anchor::Place,
    change_project::{Decided, Decisions},
    comments::SuggestionEdit,
    field::Field,
    record::Fields,
};

use super::{pen::Pen, places, reader::Reader, scalar::of_moment, view::View, writer::Writer};
use crate::DocumentError;

/// What is declared of decisions in a plan.
pub const ACCEPTED: Field = Field::items("accepted", Noun::Suggestion, ACCEPTANCE).late();
pub const REJECTED: Field = Field::items("rejected", Noun::Suggestion, REJECTION).late();

const ACCEPTANCE: &[Field] = &[
    Field::id("document").optional(),
    Field::id("by").optional(),
    Field::place("anchor"),
    Field::moment("at"),
];
const REJECTION: &[Field] =
    &[Field::id("document").optional(), Field::id("by").optional(), Field::moment("at")];

/// Writes what was decided about a suggestion.
pub fn write(mut root: Writer<'_, '_>, edit: &SuggestionEdit) -> Result<(), DocumentError> {
    match edit {
        SuggestionEdit::Accept { id, decided, anchor, start, end, replacement } => {
            let mut item = root.item_or_new(ACCEPTED.key, id)?;
            write_who(&mut item, decided)?;
            item.put("anchor", anchor.to_string())?;
            let range = *start as usize..*end as usize;
            root.splice(&path_of(anchor)?, range, replacement)?;
            root.item(ACCEPTED.key, id)?.put("at", of_moment(decided.at))
        }
        SuggestionEdit::Reject { id, decided } => {
            let mut item = root.item_or_new(REJECTED.key, id)?;
            write_who(&mut item, decided)?;
            item.put("at", of_moment(decided.at))
        }
        SuggestionEdit::RemoveDoubles => {
            let (fields, pen) = (root.fields(), root.into_pen());
            let doubles = doubles(&Reader::root(&pen.view(), fields));
            pen.remove_characters(&doubles)
        }
    }
}

fn write_who(item: &mut Writer<'_, '_>, decided: &Decided) -> Result<(), DocumentError> {
    item.put_or_clear("document", decided.document.map(|id| id.to_string()))?;
    item.put_or_clear("by", decided.by.map(|id| id.to_string()))
}

/// The keys of a text in a plan.
pub fn path_of(place: &Place) -> Result<Vec<String>, DocumentError> {
    if !place.is_text() {
        return Err(DocumentError::Undeclared { key: place.to_string() });
    }
    let written = place.to_string();
    let keys = match place {
        Place::Section(_) => vec!["sections".to_owned(), written],
        _ => written.split('/').map(str::to_owned).collect(),
    };
    Ok(keys)
}

/// Reads all decisions of a plan.
pub fn read(root: &Reader<'_>) -> Decisions {
    let decided = |item: &Reader<'_>| {
        Some(Decided {
            document: item.word("document"),
            by: item.word("by"),
            at: item.moment("at").unwrap_or_default(),
        })
    };
    Decisions {
        accepted: root.items(ACCEPTED.key, decided),
        rejected: root.items(REJECTED.key, decided),
        is_doubled: !doubles(root).is_empty(),
    }
}

/// The characters that stand twice, in their texts.
fn doubles(root: &Reader<'_>) -> BTreeMap<String, (ObjId, Vec<ObjId>)> {
    let mut found = BTreeMap::new();
    for (id, item) in root.item_readers(&ACCEPTED) {
        if item.maps.len() < 2 || id.parse::<ItemId>().is_err() {
            continue;
        }
        let Some(Ok(path)) = item.word::<Place>("anchor").map(|place| path_of(&place)) else {
            continue;
        };
        for text in places::text_objects(root, &path) {
            let characters = root.view.characters(&text);
            let mut stands = false;
            let mut twice = Vec::new();
            // The standing one comes last; it stays, if anything of it is there.
            for map in item.maps.iter().rev() {
                let own = put_in_by(root.view, map, &characters);
                if stands {
                    twice.extend(own);
                } else {
                    stands = !own.is_empty();
                }
            }
            if !twice.is_empty() {
                let all = found.entry(text.to_string()).or_insert((text, Vec::new()));
                all.1.extend(twice);
            }
        }
    }
    found
}

/// Those of a text's characters that an acceptance put in.
fn put_in_by(view: &View<'_>, map: &ObjId, characters: &[ObjId]) -> Vec<ObjId> {
    let ObjId::Id(first, actor, _) = map else { return Vec::new() };
    let ends = view.all(map, "at").into_iter().filter_map(|(_, id)| match id {
        ObjId::Id(last, by, _) if by == *actor => Some(last),
        _ => None,
    });
    let Some(last) = ends.max() else { return Vec::new() };
    let is_own = |id: &&ObjId| match id {
        ObjId::Id(at, by, _) => by == actor && (*first..last).contains(at),
        ObjId::Root => false,
    };
    characters.iter().filter(is_own).cloned().collect()
}

impl Pen<'_> {
    fn remove_characters(
        &mut self,
        doubles: &BTreeMap<String, (ObjId, Vec<ObjId>)>,
    ) -> Result<(), DocumentError> {
        for (text, twice) in doubles.values() {
            let characters = self.view().characters(text);
            let at = characters.iter().enumerate().filter(|(_, id)| twice.contains(id));
            let at: Vec<usize> = at.map(|(at, _)| at).collect();
            at.into_iter().rev().try_for_each(|at| self.splice(text, at..at + 1, ""))?;
        }
        Ok(())
    }
}
