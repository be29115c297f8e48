//! Requests of which one thing cannot be read: it is refused by its place, and the others are not.
//!
//! A newer app may offer a kind of entry that this server does not know, and a broken one anything.
//! What is no CBOR at all has no places, and is refused as a whole.

use enhance_model::{DocumentId, EntryHash};
use serde::de::DeserializeOwned;

use crate::{
    codec::{CodecError, from_cbor},
    exchange::{Asked, ExchangeRequest, Outcome, Verdict},
    offer::Offer,
    receipt::Brought,
};

/// Where the lists stand among the fields of an [`ExchangeRequest`].
const OFFERS: usize = 6;
const BROUGHT: usize = 10;

/// A request as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegibleRequest {
    /// The request without what is illegible.
    pub request: ExchangeRequest,
    /// Where in the request that was sent something illegible stands.
    pub illegible: Illegible,
}

/// Where something illegible stands in a request, counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Illegible {
    /// The places of such offers.
    pub offers: Vec<usize>,
    /// The places of such entries among those that are brought.
    pub brought: Vec<usize>,
}

impl LegibleRequest {
    /// Reads what can be read.
    pub fn read(cbor: &[u8]) -> Result<Self, CodecError> {
        match from_cbor(cbor) {
            Ok(request) => Ok(Self { request, illegible: Illegible::default() }),
            Err(error) => read_in_parts(cbor).unwrap_or(Err(error)),
        }
    }
}

/// None if it is not made of parts.
fn read_in_parts(cbor: &[u8]) -> Option<Result<LegibleRequest, CodecError>> {
    let mut fields = parts(cbor)?;
    let (offers, offered) = legible::<Offer>(fields.get(OFFERS).copied())?;
    let (brought, is_brought) = legible::<Brought>(fields.get(BROUGHT).copied())?;
    for (place, list) in [(OFFERS, &offered), (BROUGHT, &is_brought)] {
        if let Some(field) = fields.get_mut(place) {
            *field = list;
        }
    }
    let illegible = Illegible { offers, brought };
    Some(from_cbor(&array(&fields)).map(|request| LegibleRequest { request, illegible }))
}

/// The places of what cannot be read in a list, and the list without it.
fn legible<T: DeserializeOwned>(list: Option<&[u8]>) -> Option<(Vec<usize>, Vec<u8>)> {
    let Some(list) = list else { return Some(Default::default()) };
    let (mut places, mut kept) = (Vec::new(), Vec::new());
    for (place, item) in parts(list)?.into_iter().enumerate() {
        match from_cbor::<T>(item) {
            Ok(_) => kept.push(item),
            Err(_) => places.push(place),
        }
    }
    Some((places, array(&kept)))
}

/// The items of an array of CBOR, which is all there is. None if it is no such array.
fn parts(cbor: &[u8]) -> Option<Vec<&[u8]>> {
    let mut from = minicbor_serde::Deserializer::new(cbor);
    let from = from.decoder_mut();
    let (count, mut items) = (from.array().ok()??, Vec::new());
    for _ in 0..count {
        let begun = from.position();
        from.skip().ok()?;
        items.push(cbor.get(begun..from.position())?);
    }
    (from.position() == cbor.len()).then_some(items)
}

/// An array of these items.
fn array(items: &[&[u8]]) -> Vec<u8> {
    /// The first byte of an array whose length stands in the four bytes after it.
    const ARRAY: u8 = 0x9a;
    let length = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let mut array = vec![ARRAY];
    array.extend(length.to_be_bytes());
    array.extend(items.concat());
    array
}

impl Illegible {
    /// Whether all could be read.
    pub const fn is_empty(&self) -> bool {
        self.offers.is_empty() && self.brought.is_empty()
    }

    /// Makes room in what was asked for what could not be read, whose names nobody knows.
    pub fn add_to(&self, asked: &mut Asked) {
        let (document, hash) = (DocumentId::from_bytes([0; 16]), EntryHash::from_bytes([0; 32]));
        put(&self.offers, &mut asked.offers, &(document, hash));
        put(&self.brought, &mut asked.brought, &hash);
    }

    /// Puts this outcome among verdicts, in the places of what could not be read.
    pub fn refuse(places: &[usize], verdicts: &mut Vec<Verdict>, outcome: &Outcome) {
        let hash = EntryHash::from_bytes([0; 32]);
        put(places, verdicts, &Verdict { hash, outcome: outcome.clone() });
    }
}

/// Puts one thing in several places, which rise.
fn put<T: Clone>(places: &[usize], into: &mut Vec<T>, one: &T) {
    if places.is_empty() {
        return;
    }
    let (mut places, mut legible) =
        (places.iter().copied().peekable(), std::mem::take(into).into_iter());
    loop {
        let item = match places.next_if_eq(&into.len()) {
            Some(_) => Some(one.clone()),
            None => legible.next(),
        };
        let Some(item) = item else { break };
        into.push(item);
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::{EntryKind, RefusalCode};
    use serde_bytes::Bytes;

    use super::*;
    use crate::{Cursor, PROTOCOL, codec::to_cbor};

    const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);

    fn offer(number: u8) -> Offer {
        let hash = EntryHash::from_bytes([number; 32]);
        Offer { kind: EntryKind::Change, document: DOCUMENT, hash, body: vec![number; 10] }
    }

    fn request(offers: Vec<Offer>) -> ExchangeRequest {
        ExchangeRequest {
            protocol: PROTOCOL,
            nonce: [7; 8].into(),
            epoch: None,
            reached: 0,
            cursor: Cursor::default(),
            settings: 0,
            offers,
            heads: Vec::new(),
            max_bytes: None,
            archive: None,
            brought: Vec::new(),
        }
    }

    /// A request whose offers are these, whatever they are.
    fn with(offers: &[Vec<u8>]) -> Vec<u8> {
        let whole = to_cbor(&request(vec![offer(0)])).unwrap();
        let mut fields = parts(&whole).unwrap();
        let offers: Vec<&[u8]> = offers.iter().map(Vec::as_slice).collect();
        let offers = array(&offers);
        fields[OFFERS] = &offers;
        array(&fields)
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_place_and_the_others_are_read() {
        let [first, second] = [offer(1), offer(2)];
        let sound = |offer: &Offer| to_cbor(offer).unwrap();
        let broken = [
            to_cbor(&(200_u8, DOCUMENT, Bytes::new(&[5; 10]))).unwrap(),
            to_cbor(&(1_u8, Bytes::new(&[5; 3]), Bytes::new(&[5; 10]))).unwrap(),
            to_cbor(&"an entry").unwrap(),
            to_cbor(&Vec::<u8>::new()).unwrap(),
        ];
        for broken in broken {
            let sent = [broken.clone(), sound(&first), broken.clone(), sound(&second), broken];
            let read = LegibleRequest::read(&with(&sent)).unwrap();
            assert_eq!(read.request.offers, [first.clone(), second.clone()]);
            assert_eq!(read.illegible.offers, [0, 2, 4]);
            let mut asked = read.request.asked();
            read.illegible.add_to(&mut asked);
            let hashes: Vec<u8> = asked.offers.iter().map(|(_, hash)| hash.as_bytes()[0]).collect();
            assert_eq!(hashes, [0, 1, 0, 2, 0]);
        }
    }

    #[test]
    fn a_whole_request_is_read_as_it_is() {
        let whole = request(vec![offer(1)]);
        let read = LegibleRequest::read(&to_cbor(&whole).unwrap()).unwrap();
        assert_eq!((read.request, read.illegible), (whole, Illegible::default()));
    }

    #[test]
    fn what_is_no_cbor_and_what_is_wrong_elsewhere_is_refused_as_a_whole() {
        let whole = with(&[to_cbor(&offer(1)).unwrap()]);
        for end in 0..whole.len() {
            assert!(LegibleRequest::read(&whole[..end]).is_err(), "cut at {end}");
        }
        assert!(LegibleRequest::read(&[whole, vec![0]].concat()).is_err());
        let many = [0x9a, 0xff, 0xff, 0xff, 0xff];
        assert!(LegibleRequest::read(&many).is_err(), "what it claims is not believed");
        assert!(LegibleRequest::read(&to_cbor(&("two", 2)).unwrap()).is_err());
    }

    #[test]
    fn an_outcome_stands_where_the_illegible_stood() {
        let stored = |number: u8| Verdict {
            hash: EntryHash::from_bytes([number; 32]),
            outcome: Outcome::Duplicate,
        };
        let refused =
            Outcome::Rejected { code: RefusalCode::Malformed, message: "damaged".to_owned() };
        let mut verdicts = vec![stored(1), stored(2)];
        Illegible::refuse(&[1, 3], &mut verdicts, &refused);
        let said: Vec<u8> = verdicts.iter().map(|verdict| verdict.hash.as_bytes()[0]).collect();
        assert_eq!(said, [1, 0, 2, 0]);
        assert_eq!(verdicts[3].outcome, refused);
    }
}
