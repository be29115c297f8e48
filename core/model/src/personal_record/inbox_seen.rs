//! What of the inbox was seen, as a person's devices tell each other.

use super::{PersonalRecord, RecordEdit};
use crate::{ItemId, Timestamp};

impl PersonalRecord {
    /// So many things that were seen are remembered at most, the last of them.
    pub const MOST_SEEN: usize = 500;

    /// The edits that note that something in the inbox was seen, and forget the oldest of what was
    /// where it would be too much. None if it was seen before.
    pub fn seeing(&self, item: ItemId, at: Timestamp) -> Vec<RecordEdit> {
        if self.inbox_seen.contains_key(&item) {
            return Vec::new();
        }
        let mut oldest: Vec<(Timestamp, ItemId)> =
            self.inbox_seen.iter().map(|(item, at)| (*at, *item)).collect();
        oldest.sort_unstable();
        let too_many = (oldest.len() + 1).saturating_sub(Self::MOST_SEEN);
        let forgotten = oldest.into_iter().take(too_many);
        let mut edits = vec![RecordEdit::See { item, at }];
        edits.extend(forgotten.map(|(_, item)| RecordEdit::Forget { item }));
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(number: usize) -> ItemId {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
        ItemId::from_bytes(bytes)
    }

    #[test]
    fn what_was_seen_is_remembered_within_bounds() {
        let mut record = PersonalRecord::default();
        for number in 0..PersonalRecord::MOST_SEEN + 20 {
            let at = Timestamp::from_unix_millis(number as i64);
            for edit in record.seeing(item(number), at) {
                match edit {
                    RecordEdit::See { item, at } => drop(record.inbox_seen.insert(item, at)),
                    RecordEdit::Forget { item } => drop(record.inbox_seen.remove(&item)),
                    edit => panic!("{edit:?}"),
                }
            }
        }
        assert_eq!(record.inbox_seen.len(), PersonalRecord::MOST_SEEN);
        assert!(!record.inbox_seen.contains_key(&item(19)), "the oldest go");
        assert_eq!(record.seeing(item(30), Timestamp::default()), [], "it was seen before");
    }
}
