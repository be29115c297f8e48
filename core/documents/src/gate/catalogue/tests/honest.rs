//! Four devices that write on whatever screen they have.

use automerge::{
    Author, AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, transaction::Transactable,
};

use super::{Catalogue, Chance, enter};

fn author(at: usize) -> Author<'static> {
    Author::from(vec![u8::try_from(at).unwrap(); 16])
}

/// A document of maps, a text and a list, and what four devices made of it.
pub struct Story {
    pub devices: Vec<AutoCommit>,
    text: ObjId,
    map: ObjId,
    list: ObjId,
}

impl Story {
    pub fn begin() -> Self {
        let mut first = AutoCommit::new().with_author(Some(author(1)));
        // A document of a known kind; what the devices write in is declared nowhere.
        let id = enhance_model::PersonId::from_bytes([5; 16]).to_string();
        first.put(ROOT, "schema", 1_u64).unwrap();
        first.put(ROOT, "kind", "comments").unwrap();
        first.put(ROOT, "owner", id.as_str()).unwrap();
        first.put(ROOT, "created_at", ScalarValue::Timestamp(5)).unwrap();
        first.put(ROOT, "about", id.as_str()).unwrap();
        first.put_object(ROOT, "comments", ObjType::Map).unwrap();
        let text = first.put_object(ROOT, "text", ObjType::Text).unwrap();
        let map = first.put_object(ROOT, "map", ObjType::Map).unwrap();
        let list = first.put_object(ROOT, "list", ObjType::List).unwrap();
        first.commit();
        let devices = (0..4).map(|at| first.fork().with_author(Some(author(at)))).collect();
        Self { devices, text, map, list }
    }

    /// One device does something, or takes in what another has.
    pub fn step(&mut self, chance: &mut Chance) {
        let at = chance.below(4);
        let Self { devices, text, map, list } = self;
        if chance.below(6) == 0 {
            let mut other = devices[chance.below(4)].clone();
            devices[at].merge(&mut other).unwrap();
            return;
        }
        // A stale screen: the edit is made on what the device had a while ago.
        let heads = devices[at].get_heads();
        if chance.below(8) == 0 && heads.len() > 1 {
            let stale = devices[at].fork_at(&heads[..1]).unwrap();
            let mut stale = stale.with_author(Some(author(at)));
            edit(&mut stale, [text, map, list], chance);
            stale.commit();
            devices[at].merge(&mut stale).unwrap();
        } else {
            edit(&mut devices[at], [text, map, list], chance);
            devices[at].commit();
        }
    }

    /// All changes, in the order of one device that has them all.
    pub fn changes(&mut self) -> Vec<Vec<u8>> {
        let (one, others) = self.devices.split_first_mut().unwrap();
        for other in others {
            one.merge(other).unwrap();
        }
        one.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect()
    }
}

fn edit(doc: &mut AutoCommit, [text, map, list]: [&ObjId; 3], chance: &mut Chance) {
    match chance.below(6) {
        0 => doc
            .put(
                map,
                format!("key{}", chance.below(5)),
                i64::from(u8::try_from(chance.below(9)).unwrap()),
            )
            .unwrap(),
        1 => {
            let inner =
                doc.put_object(map, format!("item{}", chance.below(3)), ObjType::Map).unwrap();
            doc.put(&inner, "name", "n").unwrap();
        }
        2 => {
            let length = doc.length(list);
            doc.insert(list, length / 2, true).unwrap();
            doc.put(list, length / 2, 1.5).unwrap();
        }
        3 if doc.length(text) > 3 => doc.splice_text(text, 1, 2, "").unwrap(),
        4 => {
            let _ = doc.delete(map, format!("key{}", chance.below(5)));
        }
        _ => {
            let place = chance.below(doc.length(text) + 1);
            doc.splice_text(text, place, 0, "änd more").unwrap();
        }
    }
}

#[test]
fn honest_work_is_entered_whatever_screen_it_was_done_on() {
    for seed in 1..4 {
        let (mut story, mut chance) = (Story::begin(), Chance(seed));
        (0..300).for_each(|_| story.step(&mut chance));
        let changes = story.changes();
        assert!(changes.len() > 200);
        let mut catalogue = Catalogue::new(None);
        for (place, change) in changes.iter().enumerate() {
            assert_eq!(enter(&mut catalogue, change), Ok(()), "seed {seed}, change {place}");
        }
        assert_eq!(catalogue.changes(), changes.len());
    }
}
