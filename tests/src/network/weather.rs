//! What can happen to a request on its way.

use std::{collections::VecDeque, time::Duration};

/// What the network does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weather {
    /// Passes requests and answers on.
    Clear,
    /// Ends every connection as soon as it is made.
    Down,
    /// Takes the request and never answers.
    BlackHole,
    /// Somebody else answers, and the server hears nothing.
    Portal(Portal),
    /// Somebody answers with these bytes, head and all, and the server hears nothing.
    Instead(Vec<u8>),
    /// One byte of the body of the answer arrives as another.
    Damage {
        /// Which byte of the body.
        at: usize,
    },
    /// The server gets the first bytes of the request and then nothing.
    CutRequest {
        /// How many bytes pass.
        after: usize,
    },
    /// The server gets the request; the device gets the first bytes of the answer.
    CutResponse {
        /// How many bytes pass.
        after: usize,
    },
    /// The server gets the request twice; the device gets one of the two answers.
    Twice {
        /// Which answer the device gets.
        answer: Answer,
    },
    /// Bytes pass in small pieces with a pause before each.
    Slow {
        /// Bytes in a piece.
        piece: usize,
        /// The pause before each piece.
        pause: Duration,
    },
}

/// Which of two answers to the same request arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    First,
    /// The second, in which everything is a duplicate.
    Second,
}

/// An answer that is not the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    pub status: u16,
    /// The media type it claims.
    pub media_type: String,
    pub body: Vec<u8>,
}

impl Portal {
    /// An HTML page with this status.
    pub fn page(status: u16, body: &str) -> Self {
        Self { status, media_type: "text/html; charset=utf-8".into(), body: body.into() }
    }

    /// The answer as it goes over the wire.
    pub(super) fn message(&self) -> Vec<u8> {
        let Self { status, media_type, body } = self;
        let length = body.len();
        let mut head = format!(
            "HTTP/1.1 {status} Elsewhere\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n"
        );
        if (300..400).contains(status) {
            head.push_str("location: http://192.0.2.1/login\r\n");
        }
        if *status == 401 || *status == 407 {
            head.push_str("www-authenticate: Basic realm=\"guest\"\r\n");
        }
        head.push_str("\r\n");
        let mut message = head.into_bytes();
        message.extend_from_slice(body);
        message
    }
}

/// The weather now, and what happens to single requests before it.
#[derive(Debug)]
pub(super) struct Forecast {
    pub(super) standing: Weather,
    pub(super) next: VecDeque<Weather>,
}

impl Forecast {
    /// What happens to the request that has come.
    pub(super) fn take(&mut self) -> Weather {
        self.next.pop_front().unwrap_or_else(|| self.standing.clone())
    }
}
