//! A document as one piece has the same changes byte for byte, and what is none is refused.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod by_hand;
mod written;

use enhance_documents::{
    AdmissionRules, Catalogue, Document, DocumentError, Edit, FoldedDocument, Numbered, Piece,
    Ruling, changes_in, fold,
};
use enhance_model::{
    DocumentKind, Version,
    change_project::{Action, Item, Section},
};
use written::{NOW, device, item, new_project, owner, section};

use sha2::{Digest, Sha256};

const KIND: DocumentKind = DocumentKind::ChangeProject;

/// Numbers that are the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % limit as u64).unwrap()
    }
}

/// Changes in an order in which a server may have stored them: three devices write, each on what it
/// has, and send when they like.
fn stored(seed: u64, steps: usize) -> Vec<Vec<u8>> {
    let mut chance = Chance(seed);
    let (first, create) = new_project(1);
    let mut log = vec![create.bytes.clone()];
    let mut devices = vec![first];
    devices.extend((2..4).map(|n| Document::open(&[&create.bytes], device(n)).unwrap()));
    let (mut unsent, mut read) = (vec![Vec::new(); 3], [1; 3]);
    for step in 0..steps {
        let at = chance.below(3);
        match chance.below(5) {
            0 => log.append(&mut unsent[at]),
            1 => {
                let admission = devices[at].admit(&log[read[at]..], &AdmissionRules::from_server());
                let is_good =
                    |ruling: &Ruling| matches!(ruling, Ruling::Admitted | Ruling::Duplicate);
                assert!(admission.findings.iter().all(|finding| is_good(&finding.ruling)));
                read[at] = log.len();
            }
            2 => {
                let text = format!("Step {step}");
                let action = Action { text, owner: None, due: None, done_at: None };
                let id = item(u8::try_from(chance.below(5)).unwrap());
                let edits: Vec<_> =
                    action.adding(id).into_iter().map(Edit::ChangeProject).collect();
                unsent[at].extend(devices[at].edit(None, &edits, NOW).unwrap().map(|c| c.bytes));
            }
            _ => {
                let text = "The ward is dark at night. ".repeat(chance.below(3) + 1);
                let cut = chance.below(text.len());
                let edit = section(Section::ALL[chance.below(4)], &text[cut..]);
                unsent[at].extend(devices[at].edit(None, &[edit], NOW).unwrap().map(|c| c.bytes));
            }
        }
    }
    log.extend(unsent.into_iter().flatten());
    log
}

/// Changes with numbers that go up and leave some out.
fn numbered(log: &[Vec<u8>]) -> Vec<(u64, &[u8])> {
    log.iter().zip(0..).map(|(body, place)| (place * 3 + 7, body.as_slice())).collect()
}

fn folded(log: &[Vec<u8>]) -> Result<FoldedDocument, DocumentError> {
    fold((KIND, owner()), None, &numbered(log))
}

#[test]
fn whatever_the_order_a_fold_has_every_change_byte_for_byte_and_its_catalogue() {
    for seed in 1..12 {
        let log = stored(seed, 160);
        let cut = log.len() / 3;
        let first = folded(&log[..cut]).unwrap();
        let numbers: Vec<u64> = first.changes.iter().map(|(number, _)| *number).collect();
        let first = Numbered { snapshot: &first.snapshot, numbers: &numbers };
        let whole = fold((KIND, owner()), Some(first), &numbered(&log)[cut..]).unwrap();
        assert_eq!(folded(&log).unwrap().catalogue, whole.catalogue, "seed {seed}");
        let again = changes_in(&whole.snapshot).unwrap();
        assert_eq!(again.len(), log.len());
        for (change, (number, hash)) in again.into_iter().zip(&whole.changes) {
            let place = usize::try_from((number - 7) / 3).unwrap();
            assert_eq!((change.hash, &change.bytes), (*hash, &log[place]), "seed {seed}");
        }

        let piece = Piece { snapshot: &whole.snapshot, changes: log.len() };
        let mut opened =
            Document::open_piece((KIND, owner()), piece, &whole.heads, device(7)).unwrap();
        let mut one_by_one = Document::open(&log, device(7)).unwrap();
        assert_eq!(opened.content(), one_by_one.content());
        assert_eq!(opened.version(), one_by_one.version());
        let catalogue = Catalogue::from_bytes((KIND, owner()), &whole.catalogue).unwrap();
        assert_eq!(catalogue.changes(), log.len());
    }
}

#[test]
fn a_piece_that_is_not_what_was_promised_is_refused() {
    let log = stored(3, 60);
    let whole = folded(&log).unwrap();
    let promised = Piece { snapshot: &whole.snapshot, changes: log.len() };
    let open = |kind, piece: Piece<'_>, heads: &Version| {
        Document::open_piece((kind, owner()), piece, heads, device(7)).map(drop)
    };
    assert_eq!(open(KIND, promised, &whole.heads), Ok(()));
    let unfaithful = Err(DocumentError::UnfaithfulSnapshot);
    assert_eq!(open(DocumentKind::Comments, promised, &whole.heads), unfaithful);
    let fewer = Piece { changes: log.len() - 1, ..promised };
    assert_eq!(open(KIND, fewer, &whole.heads), unfaithful);
    assert_eq!(open(KIND, promised, &Version::default()), unfaithful);
    // Two pieces, a change, a cut and a compressed one are none.
    let twice = [&whole.snapshot[..], &whole.snapshot[..]].concat();
    let mut document = Document::open(&[&whole.snapshot], device(2)).unwrap();
    for bytes in [
        &twice[..],
        &log[0],
        &whole.snapshot[..whole.snapshot.len() - 1],
        &document.snapshot().unwrap(),
        b"",
    ] {
        let spoilt = Piece { snapshot: bytes, ..promised };
        assert!(open(KIND, spoilt, &whole.heads).is_err());
    }
}

#[test]
fn a_flipped_bit_anywhere_in_a_piece_is_noticed() {
    let log = stored(5, 40);
    let whole = folded(&log).unwrap();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for at in 0..whole.snapshot.len() {
        let mut bytes = whole.snapshot.clone();
        bytes[at] ^= 1 << (at % 8);
        let piece = Piece { snapshot: &bytes, changes: log.len() };
        let opened = Document::open_piece((KIND, owner()), piece, &whole.heads, device(7));
        assert!(opened.is_err(), "byte {at}");
    }
    std::panic::set_hook(report);
}

#[test]
fn a_column_that_claims_to_go_on_for_ever_never_reaches_the_engine() {
    // An empty document whose one column of changes repeats a number a million times a million.
    let mut run = by_hand::signed(1 << 40);
    run.push(1);
    let mut body = vec![0, 0, 1, 1, u8::try_from(run.len()).unwrap(), 0];
    body.extend(&run);
    let mut hashed = vec![0];
    hashed.extend(by_hand::unsigned(body.len() as u64));
    hashed.extend(&body);
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83];
    chunk.extend(&Sha256::digest(&hashed)[..4]);
    chunk.extend(&hashed);
    let piece = Piece { snapshot: &chunk, changes: 1 };
    let opened =
        Document::open_piece((KIND, owner()), piece, &Version::default(), device(7)).map(drop);
    let bomb = DocumentError::Unreadable { reason: "bomb".to_owned() };
    assert_eq!(opened, Err(bomb));
}

#[test]
fn what_lacks_a_change_or_has_one_too_many_is_not_folded() {
    let log = stored(4, 40);
    for at in 0..log.len() - 1 {
        let mut lacking = log.clone();
        lacking.remove(at);
        let is_whole = folded(&lacking).is_ok();
        let is_needed = Document::open(&lacking, device(1))
            .map_or(true, |mut doc| doc.changes_not_in(&Version::default()).len() < lacking.len());
        assert_eq!(is_whole, !is_needed, "without change {at}");
    }
    let twice = [&log[..], &log[3..4]].concat();
    assert!(folded(&twice).is_err());
}
