//! Whether a change harms a document, found out by trying everything that devices do with it.

use std::{
    fmt::Write,
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::{AutoCommit, Change, ROOT, ReadDoc, transaction::Transactable};

/// What a change does to a document that a device has, if it does harm.
pub fn harm(before: &[Vec<u8>], mutant: &[u8]) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| try_all(before, mutant)))
        .unwrap_or_else(|_| Err("the engine panics".to_owned()))
        .err()
}

fn try_all(before: &[Vec<u8>], mutant: &[u8]) -> Result<(), String> {
    let change = Change::try_from(mutant).map_err(|error| format!("unreadable: {error}"))?;
    let (hash, deps) = (change.hash(), change.deps().to_vec());
    let mut doc = open(before)?;
    doc.apply_changes([change.clone()]).map_err(|error| format!("not applied: {error}"))?;
    refuse_if(doc.get_change_by_hash(&hash).is_none(), "it waits for ever")?;
    // Saved and loaded again, it is the same document.
    let again = AutoCommit::load(&doc.save()).map_err(|error| format!("not loaded: {error}"))?;
    same(&mut doc, &mut again.clone(), "saved and loaded")?;
    // Opened from all changes at once.
    let mut all = before.to_vec();
    all.push(mutant.to_vec());
    same(&mut doc, &mut open(&all)?, "opened from its changes")?;
    // A device that has only its past takes it in, and then the rest.
    let mut past = doc.fork_at(&deps).map_err(|error| format!("no past: {error}"))?;
    past.apply_changes([change]).map_err(|error| format!("not applied to its past: {error}"))?;
    past.merge(&mut doc.clone()).map_err(|error| format!("not merged: {error}"))?;
    same(&mut doc, &mut past, "merged into its past")?;
    // Honest work goes on, on two devices, and they meet.
    let (mut one, mut other) = (doc.fork(), doc.fork());
    edit(&mut one, "one")?;
    edit(&mut other, "other")?;
    one.merge(&mut other).map_err(|error| format!("not merged after: {error}"))?;
    other.merge(&mut one).map_err(|error| format!("not merged after: {error}"))?;
    same(&mut one, &mut other, "two who went on")?;
    let mut again =
        AutoCommit::load(&one.save()).map_err(|error| format!("not loaded after: {error}"))?;
    same(&mut one, &mut again, "saved after")
}

fn open(changes: &[Vec<u8>]) -> Result<AutoCommit, String> {
    AutoCommit::load(&changes.concat()).map_err(|error| format!("not opened: {error}"))
}

fn edit(doc: &mut AutoCommit, word: &str) -> Result<(), String> {
    let failed = |error| format!("no edit is possible: {error}");
    doc.put(ROOT, "title", word).map_err(failed)?;
    let containers: Vec<_> = doc
        .keys(ROOT)
        .filter_map(|key| doc.get(ROOT, &key).ok().flatten())
        .map(|(value, id)| (value.to_objtype(), id))
        .collect();
    for (value, id) in containers {
        match value {
            Some(automerge::ObjType::Text) => {
                let middle = doc.length(&id) / 2;
                let removed = isize::from(middle > 0);
                doc.splice_text(&id, middle, removed, word).map_err(failed)?;
            }
            Some(automerge::ObjType::List) => doc.insert(&id, 0, word).map_err(failed)?,
            Some(_) => {
                for key in doc.keys(&id).collect::<Vec<_>>() {
                    doc.put(&id, key, word).map_err(failed)?;
                }
            }
            None => {}
        }
    }
    doc.commit();
    Ok(())
}

/// Both have the same heads, the same changes to the byte, and say the same, conflicts included.
fn same(one: &mut AutoCommit, other: &mut AutoCommit, what: &str) -> Result<(), String> {
    refuse_if(one.get_heads() != other.get_heads(), &format!("other heads: {what}"))?;
    let bytes = |doc: &mut AutoCommit| -> Vec<Vec<u8>> {
        let mut all: Vec<_> =
            doc.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect();
        all.sort();
        all
    };
    refuse_if(bytes(one) != bytes(other), &format!("other changes: {what}"))?;
    refuse_if(values(one) != values(other), &format!("says something else: {what}"))
}

fn values(doc: &AutoCommit) -> String {
    fn walk(doc: &AutoCommit, id: &automerge::ObjId, out: &mut String, depth: u8) {
        if depth > 12 {
            return;
        }
        let kind = doc.object_type(id).unwrap();
        let places: Vec<automerge::Prop> = if kind.is_sequence() {
            (0..doc.length(id)).map(automerge::Prop::Seq).collect()
        } else {
            doc.keys(id).map(automerge::Prop::Map).collect()
        };
        for place in places {
            for (value, id) in doc.get_all(id, place.clone()).unwrap() {
                write!(out, "{place:?}={value:?}@{id};").unwrap();
                if value.is_object() {
                    walk(doc, &id, out, depth + 1);
                }
            }
        }
    }
    let mut out = String::new();
    walk(doc, &ROOT, &mut out, 0);
    out
}

fn refuse_if(bad: bool, what: &str) -> Result<(), String> {
    if bad { Err(what.to_owned()) } else { Ok(()) }
}
