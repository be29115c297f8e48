//! Nobody fills a project for all others.
//!
//! Half of what a project may hold is for whoever comes first. The other half is kept for its
//! members in equal parts: what is left of their parts nobody else may use. So each of them can
//! write on, whatever one of them sends.

use enhance_model::{DocumentKind, LimitExceeded, Limits, PersonId};
use rusqlite::Connection;

use super::objection::Objection;
use crate::storage::{
    documents::DocumentRow,
    shares::{self, Share},
};

/// Refuses a change of this many bytes if it would need what is kept for others.
pub(super) fn check(
    db: &Connection,
    (document, limits): (&DocumentRow, &Limits),
    person: PersonId,
    more: u64,
) -> Result<(), Objection> {
    let after = Share { bytes: document.bytes.saturating_add(more), changes: document.changes + 1 };
    let most = Share { bytes: limits.document_bytes, changes: limits.document_changes };
    let is_half = after.bytes > most.bytes / 2 || after.changes > most.changes / 2;
    if document.kind != DocumentKind::ChangeProject || !is_half {
        return Ok(());
    }
    let writers = shares::of_writers(db, document.id)?;
    let kept = kept_for_others(&writers, person, most);
    let fits = Share { bytes: most.bytes - kept.bytes, changes: most.changes - kept.changes };
    if after.bytes > fits.bytes {
        return Err(LimitExceeded::Document { bytes: after.bytes, limit: fits.bytes }.into());
    }
    if after.changes > fits.changes {
        return Err(LimitExceeded::Changes { changes: after.changes, limit: fits.changes }.into());
    }
    Ok(())
}

/// What is left of the parts that are kept for all but one of those who may write.
fn kept_for_others(writers: &[(PersonId, Share)], person: PersonId, most: Share) -> Share {
    let count = writers.len().max(1) as u64;
    let part = Share { bytes: most.bytes / 2 / count, changes: most.changes / 2 / count };
    let others = writers.iter().filter(|(writer, _)| *writer != person);
    others.fold(Share::default(), |kept, (_, own)| Share {
        bytes: kept.bytes + part.bytes.saturating_sub(own.bytes),
        changes: kept.changes + part.changes.saturating_sub(own.changes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: Share = Share { bytes: 1_200, changes: 120 };

    fn person(number: u8) -> PersonId {
        PersonId::from_bytes([number; 16])
    }

    fn wrote(number: u8, bytes: u64) -> (PersonId, Share) {
        (person(number), Share { bytes, changes: bytes / 10 })
    }

    #[test]
    fn who_writes_alone_has_all_of_it() {
        assert_eq!(kept_for_others(&[wrote(1, 1_100)], person(1), MOST), Share::default());
        assert_eq!(kept_for_others(&[], person(1), MOST), Share::default());
    }

    #[test]
    fn what_others_have_not_used_of_their_parts_is_kept_for_them() {
        let kept = |who, writers: &[_]| kept_for_others(writers, person(who), MOST).bytes;
        let three = [wrote(1, 0), wrote(2, 150), wrote(3, 900)];
        assert_eq!(kept(3, &three), 200 + 50);
        assert_eq!(kept(1, &three), 50, "who wrote more than their part keeps nothing");
        assert_eq!(kept(2, &three), 200);
    }

    #[test]
    fn whatever_all_others_send_a_member_has_their_part() {
        let mut wrote = [wrote(1, 0), wrote(2, 0), wrote(3, 0), wrote(4, 0)];
        for who in [4_u8, 3, 2, 1] {
            let taken: u64 = wrote.iter().map(|(_, own)| own.bytes).sum();
            let free = MOST.bytes - kept_for_others(&wrote, person(who), MOST).bytes - taken;
            assert!(free >= MOST.bytes / 8, "{who} has {free}");
            wrote[usize::from(who) - 1].1.bytes = free;
        }
        let taken: u64 = wrote.iter().map(|(_, own)| own.bytes).sum();
        assert_eq!(taken, MOST.bytes);
    }
}
