//! What can happen to a request on its way.

use std::{collections::VecDeque, time::Duration};

use enhance_model::RefusalCode;
use enhance_protocol::Offer;

use super::{
    http,
    judge::{Impostor, Judge},
};

/// What the network does with a request.
#[derive(Debug, Clone)]
pub enum Weather {
    /// Passes requests and answers on.
    Clear,
    /// An answer is passed on once all of it is there, which one without an end never is.
    Buffering,
    /// Ends every connection as soon as it is made.
    Down,
    /// Takes the request and never answers; the server hears nothing.
    BlackHole,
    /// The server gets the request; the device waits in vain for the answer.
    Silence,
    /// A stranger answers, and the server hears nothing.
    Portal(Portal),
    /// A stranger answers with these bytes, head and all, and the server hears nothing.
    Instead(Vec<u8>),
    /// One byte of the body of the answer arrives as another.
    Damage {
        /// Which byte of the body.
        at: usize,
    },
    /// A proxy writes the head of answers anew, line by line; none leaves a line out.
    OtherHead(fn(&str) -> Option<String>),
    /// The server gets the first bytes of the request and then nothing.
    CutRequest {
        /// How many bytes pass, those of the head among them.
        after: usize,
    },
    /// The server gets the request; the device gets the first bytes of the answer.
    CutResponse {
        /// How many bytes pass, those of the head among them.
        after: usize,
    },
    /// The server gets the request twice; the device gets one of the two answers.
    Twice {
        /// Which answer the device gets.
        answer: Answer,
    },
    /// Requests and answers take their time.
    Slow {
        /// How long a request is on its way.
        before: Duration,
        /// How long the second half of the answer comes after the first.
        within: Duration,
    },
    /// The server answers, and on some offers, which it never sees, a judge gives the verdict.
    Judged(Judge),
    /// Somebody else answers exchanges as if they were the server, which hears nothing.
    Answered(Impostor),
    /// A request with more than one offer is refused as too large.
    OneAtATime,
    /// What is larger than this does not reach the server.
    Narrow {
        /// How many bytes pass, those of the head among them.
        most: usize,
        /// What somebody on the way says to more; if nothing, the connection ends.
        says: Option<Portal>,
    },
}

impl Weather {
    /// The server gets the request, and the answer is lost on its way.
    pub const LOST_ANSWER: Self = Self::CutResponse { after: 0 };

    /// Some offers are refused with this code before the server sees them.
    pub fn refuses(
        code: RefusalCode,
        which: impl Fn(&Offer) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::Judged(Judge::refusing(code, which))
    }
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
    pub media_type: Option<String>,
    pub body: Vec<u8>,
}

impl Portal {
    /// An HTML page with this status.
    pub fn page(status: u16, body: &str) -> Self {
        Self { status, media_type: Some("text/html; charset=utf-8".into()), body: body.into() }
    }

    /// The answer as it goes over the wire.
    pub(super) fn message(&self) -> Vec<u8> {
        let Self { status, media_type, body } = self;
        let claim = media_type.as_ref().map(|claimed| format!("content-type: {claimed}\r\n"));
        let mut head = format!("HTTP/1.1 {status} Elsewhere\r\n{}", claim.unwrap_or_default());
        if (300..400).contains(status) {
            head.push_str("location: http://192.0.2.1/login\r\n");
        }
        if *status == 401 || *status == 407 {
            head.push_str("www-authenticate: Basic realm=\"guest\"\r\n");
        }
        head.push_str("\r\n");
        http::with_body(head.as_bytes(), body)
    }
}

/// The weather now, and what happens to single requests before it.
#[derive(Debug)]
pub(super) struct Forecast {
    pub(super) standing: Weather,
    /// What a request's first line has in it if the standing weather is for it; empty for every one.
    pub(super) place: &'static str,
    pub(super) next: VecDeque<Weather>,
}

impl Forecast {
    /// What happens to the request that has come.
    pub(super) fn take(&mut self, request: &[u8]) -> Weather {
        self.next.pop_front().unwrap_or_else(|| {
            let here = http::first_line(request).contains(self.place);
            if here { self.standing.clone() } else { Weather::Clear }
        })
    }

    /// Whether no connection is made at all.
    pub(super) const fn is_down(&self) -> bool {
        self.place.is_empty() && matches!(self.standing, Weather::Down)
    }
}
