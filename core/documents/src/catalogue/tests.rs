//! Honest work is entered whatever its order; what is not honest is refused.

use super::*;
use crate::gate::{Chunk, MAX_CHANGE_BYTES};

/// Enters changes in their order and says what became of each.
pub fn enter_all(catalogue: &mut Catalogue, changes: &[Vec<u8>]) -> Vec<Result<(), Refusal>> {
    let enter = |bytes: &Vec<u8>| {
        let chunk = Chunk::new(bytes, MAX_CHANGE_BYTES)?;
        let (scanned, operations) = chunk.read()?;
        let owner = scanned.author.unwrap_or(DeviceId::from_bytes([0; 16]));
        catalogue.enter(&scanned, &operations, owner)
    };
    changes.iter().map(enter).collect()
}

#[test]
fn honest_work_of_several_devices_is_entered_whatever_screen_it_was_done_on() {
    use automerge::{AutoCommit, ObjType, ReadDoc, transaction::Transactable};
    let mut seed = 7_u64;
    let mut below = |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    let mut first = AutoCommit::new();
    let text = first.put_object(automerge::ROOT, "text", ObjType::Text).unwrap();
    let map = first.put_object(automerge::ROOT, "map", ObjType::Map).unwrap();
    let list = first.put_object(automerge::ROOT, "list", ObjType::List).unwrap();
    first.commit();
    let mut devices: Vec<AutoCommit> = (0..4).map(|_| first.fork()).collect();
    let mut made = 0;
    for _ in 0..400 {
        let at = usize::try_from(below(4)).unwrap();
        let doc = &mut devices[at];
        match below(7) {
            0 => {
                let other = usize::try_from(below(4)).unwrap();
                let mut other = devices[other].clone();
                devices[at].merge(&mut other).unwrap();
                continue;
            }
            1 => {
                doc.put(&map, format!("key{}", below(5)), i64::try_from(below(9)).unwrap()).unwrap()
            }
            2 => {
                let inner =
                    doc.put_object(&map, format!("item{}", below(3)), ObjType::Map).unwrap();
                doc.put(&inner, "name", "n").unwrap();
            }
            3 => {
                let length = doc.length(&list);
                doc.insert(&list, length / 2, true).unwrap();
                doc.put(&list, length / 2, 1.5).unwrap();
            }
            4 if doc.length(&text) > 3 => {
                doc.splice_text(&text, 1, 2, "").unwrap();
            }
            5 => {
                let _ = doc.delete(&map, format!("key{}", below(5)));
            }
            _ => {
                let length = doc.length(&text);
                let place = usize::try_from(below(length as u64 + 1)).unwrap();
                doc.splice_text(&text, place, 0, "änd more").unwrap();
            }
        }
        made += usize::from(doc.commit().is_some());
    }
    let (one, others) = devices.split_first_mut().unwrap();
    others.iter_mut().for_each(|other| {
        one.merge(other).unwrap();
    });
    let changes: Vec<Vec<u8>> =
        one.get_changes(&[]).into_iter().map(|change| change.raw_bytes().to_vec()).collect();
    assert!(changes.len() > made);
    let mut catalogue = Catalogue::new();
    for (place, entered) in enter_all(&mut catalogue, &changes).into_iter().enumerate() {
        assert_eq!(entered, Ok(()), "change {place}");
    }
}
