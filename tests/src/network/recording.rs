//! What passed through a network, to be counted and searched.

use std::borrow::Cow;

use enhance_protocol::{ExchangeRequest, Offer, codec, decode};

use super::http;

/// More than any message of a story, unpacked.
const LARGEST: usize = 256 << 20;

/// Everything that passed a network.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    /// One for each request that the server answered, in order.
    pub passages: Vec<Passage>,
}

/// One request and its answer, byte for byte.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The request with its head.
    pub request: Vec<u8>,
    /// The answer with its head, as the server gave it.
    pub response: Vec<u8>,
}

impl Passage {
    /// Bytes of the request's body.
    pub fn bytes_up(&self) -> usize {
        http::body(&self.request).len()
    }

    /// Bytes of the answer's body.
    pub fn bytes_down(&self) -> usize {
        http::body(&self.response).len()
    }

    /// What the request offers, if it is an exchange.
    pub fn offers(&self) -> Vec<Offer> {
        let request = decode::<ExchangeRequest>(http::body(&self.request), usize::MAX);
        request.map(|request| request.offers).unwrap_or_default()
    }

    /// The first line of the request: `POST /v1/exchange HTTP/1.1`.
    pub fn line(&self) -> String {
        http::first_line(&self.request)
    }

    /// The value of a line of the request's head. The name is in small letters.
    pub fn header(&self, name: &str) -> Option<String> {
        http::header(&self.request, name)
    }
}

impl Recording {
    /// How many exchanges there were.
    pub fn trips(&self) -> usize {
        let exchanges = self.passages.iter().map(Passage::line);
        exchanges.filter(|line| line.contains(enhance_protocol::path::EXCHANGE)).count()
    }

    /// Whether these bytes passed, as they are or inside a compressed body.
    pub fn contains(&self, needle: &[u8]) -> bool {
        self.passages.iter().any(|passage| {
            [&passage.request, &passage.response].into_iter().any(|message| {
                holds(message, needle)
                    || unpacked(http::body(message)).is_some_and(|body| holds(&body, needle))
            })
        })
    }
}

/// Whether `needle` occurs in `hay`.
pub(crate) fn holds(hay: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return true };
    let mut rest = hay;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = &rest[at..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// The CBOR inside a frame of the protocol.
fn unpacked(body: &[u8]) -> Option<Vec<u8>> {
    codec::unframe(body, LARGEST).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_is_found_wherever_it_is() {
        assert!(holds(b"aab", b"ab") && holds(b"ab", b"ab") && holds(b"abc", b"ab"));
        assert!(!holds(b"a", b"ab") && !holds(b"", b"ab"));
    }

    #[test]
    fn text_in_a_compressed_frame_is_found() {
        let text = "the same words over and over ".repeat(40);
        let frame = enhance_protocol::encode(&text).unwrap();
        assert!(frame.len() < text.len(), "it is compressed");
        let mut request = b"POST / HTTP/1.1\r\n\r\n".to_vec();
        request.extend_from_slice(&frame);
        let passage = Passage { request, response: Vec::new() };
        let recording = Recording { passages: vec![passage] };
        assert!(recording.contains(b"over the same words over"));
        assert!(!recording.contains(b"other words"));
    }
}
