//! The doorbell: one long answer that tells a device when there is something for it, and who else is
//! in the plan that its person has open.
//!
//! It is a stream of [server-sent events]. None of them is taken over: news say that an exchange is
//! worth it, and company is shown and kept nowhere. So whoever cannot hear the doorbell misses
//! nothing that the next exchange does not bring.
//!
//! [server-sent events]: https://html.spec.whatwg.org/multipage/server-sent-events.html

use enhance_model::{DeviceId, DocumentId, PersonId, anchor::Place};
use serde::{Deserialize, Serialize};

use crate::{codec::CodecError, exchange::Nonce};

/// The media type of the stream.
pub const EVENTS: &str = "text/event-stream";
/// Bytes that one event has at most.
pub const EVENT_BYTES: usize = 16 << 10;
/// How many are told of at most that they are in a plan.
pub const COMPANY_AT_MOST: usize = 32;
/// Seconds after which the server says something, were it only that it is still there.
pub const BEAT_SECONDS: u64 = 15;

/// What a device hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoorbellEvent {
    /// There is something for this person up to this number of the server's one sequence.
    News {
        /// The newest number that the person may read.
        newest: u64,
    },
    /// Who is in the plan that this device's person has open now.
    Company(Company),
}

/// Who is in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    pub document: DocumentId,
    /// The devices on which somebody has it open, [`COMPANY_AT_MOST`] of them.
    pub guests: Vec<Guest>,
}

/// Somebody who has a plan open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    pub person: PersonId,
    pub device: DeviceId,
    /// Where in the plan they are.
    pub place: Place,
}

/// Where a person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// The plan that is open.
    pub document: DocumentId,
    /// The section or the thing in it.
    pub place: Place,
}

/// Says where the person of this device is, for the others who are in the same plan. It is known
/// for as long as the device listens at the doorbell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    /// None once they left.
    pub at: Option<Whereabouts>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceResponse {
    pub nonce: Nonce,
    /// Whether the others are told: not if the device does not listen, nor if there are too many.
    pub told: bool,
}

impl DoorbellEvent {
    const NEWS: &'static str = "news";
    const COMPANY: &'static str = "company";

    /// The kind of event, as the stream names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::News { .. } => Self::NEWS,
            Self::Company(_) => Self::COMPANY,
        }
    }

    /// What the stream says of it, on one line.
    pub fn data(&self) -> Result<String, CodecError> {
        match self {
            Self::News { newest } => Ok(newest.to_string()),
            Self::Company(company) => serde_json::to_string(company).map_err(CodecError::malformed),
        }
    }

    /// The event of this kind that says this; none if it is of a kind that a later server rings.
    fn read(name: &str, data: &str) -> Result<Option<Self>, CodecError> {
        Ok(Some(match name {
            Self::NEWS => Self::News { newest: data.parse().map_err(CodecError::malformed)? },
            Self::COMPANY => {
                let company: Company =
                    serde_json::from_slice(data.as_bytes()).map_err(CodecError::malformed)?;
                if company.guests.len() > COMPANY_AT_MOST {
                    return Err(CodecError::TooLarge { limit: COMPANY_AT_MOST });
                }
                Self::Company(company)
            }
            _ => return Ok(None),
        }))
    }
}

/// Reads events out of the stream as its bytes come.
///
/// ```
/// use enhance_protocol::doorbell::{DoorbellEvent, EventReader};
///
/// let mut reader = EventReader::default();
/// assert_eq!(reader.take(b": still here\n\nevent: news\nda").unwrap(), []);
/// let heard = reader.take(b"ta: 42\n\n").unwrap();
/// assert_eq!(heard, [DoorbellEvent::News { newest: 42 }]);
/// ```
///
/// It is our own since it has to end with an error what never ends: a line or an event of more than
/// [`EVENT_BYTES`].
#[derive(Debug, Default)]
pub struct EventReader {
    /// The line that has begun.
    line: Vec<u8>,
    name: String,
    data: String,
}

impl EventReader {
    /// The events that end with these bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<DoorbellEvent>, CodecError> {
        let mut heard = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                if self.line.len() + self.data.len() >= EVENT_BYTES {
                    return Err(CodecError::TooLarge { limit: EVENT_BYTES });
                }
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = std::str::from_utf8(&line).map_err(CodecError::malformed)?;
            heard.extend(self.end_line(line.strip_suffix('\r').unwrap_or(line))?);
        }
        Ok(heard)
    }

    /// The event that ends with a line; one that is empty ends what the lines before it said.
    fn end_line(&mut self, line: &str) -> Result<Option<DoorbellEvent>, CodecError> {
        if line.is_empty() {
            let (name, data) = (std::mem::take(&mut self.name), std::mem::take(&mut self.data));
            return DoorbellEvent::read(&name, &data);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => value.clone_into(&mut self.data),
            // Comments keep a connection awake; other fields say nothing here.
            _ => {}
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company(guests: usize) -> DoorbellEvent {
        let guest = Guest {
            person: PersonId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            place: "aim/sentence".parse().unwrap(),
        };
        let document = DocumentId::from_bytes([3; 16]);
        DoorbellEvent::Company(Company { document, guests: vec![guest; guests] })
    }

    fn written(event: &DoorbellEvent) -> String {
        format!("event: {}\ndata: {}\n\n", event.name(), event.data().unwrap())
    }

    #[test]
    fn what_is_written_is_heard_wherever_the_bytes_are_cut() {
        let events = [DoorbellEvent::News { newest: u64::MAX }, company(2), company(0)];
        let text: String = events.iter().map(written).collect();
        for end in ["\n", "\r\n"] {
            let text = text.replace('\n', end);
            for cut in 0..text.len() {
                let mut reader = EventReader::default();
                let (before, after) = text.as_bytes().split_at(cut);
                let mut heard = reader.take(before).unwrap();
                heard.extend(reader.take(after).unwrap());
                assert_eq!(heard, events, "cut at {cut}");
            }
        }
    }

    #[test]
    fn what_has_no_end_or_cannot_be_read_is_an_error_and_a_later_kind_is_none() {
        let hear = |text: &str| EventReader::default().take(text.as_bytes());
        assert_eq!(hear("event: weather\ndata: fine\nretry: 5\nid\n\n\n").unwrap(), []);
        assert_eq!(hear(&": beat\n\n".repeat(10_000)).unwrap(), []);
        for wrong in [
            "a".repeat(EVENT_BYTES + 1),
            format!("data: {}\ndata: {}", "a".repeat(EVENT_BYTES - 6), "b".repeat(EVENT_BYTES)),
            "event: news\ndata: -1\n\n".to_owned(),
            "event: news\ndata: 18446744073709551616\n\n".to_owned(),
            "event: company\ndata: {}\n\n".to_owned(),
            written(&company(COMPANY_AT_MOST + 1)),
        ] {
            assert!(hear(&wrong).is_err(), "{wrong:.60}");
        }
        assert!(EventReader::default().take(b"event: \xff\n").is_err());
        assert!(written(&company(COMPANY_AT_MOST)).len() < EVENT_BYTES);
    }
}
