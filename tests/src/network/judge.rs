//! Verdicts that the server did not give.

use std::{fmt, sync::Arc};

use enhance_model::{Epoch, RefusalCode};
use enhance_protocol::{
    Asked, ExchangeRequest, MEDIA_TYPE, Offer, Outcome, Refusal, ShortResponse, Verdict, decode,
    encode, path,
};

use super::http;

/// More than any request or answer of a story.
const LIMIT: usize = 64 << 20;

/// Gives the verdict on single offers in the place of the server, which never sees these.
#[derive(Clone)]
pub struct Judge(Arc<Verdicts>);

type Verdicts = dyn Fn(&Offer) -> Option<Outcome> + Send + Sync;

/// An exchange whose offers were judged before the server saw them.
pub(super) struct Judgement {
    /// As the phone asked.
    asked: Asked,
    /// As the server was asked.
    passed_on: Asked,
    /// One for each offer; none where the server judges.
    outcomes: Vec<Option<Outcome>>,
    /// What goes on to the server.
    pub(super) request: Vec<u8>,
}

impl Judge {
    /// A judge that gives these verdicts; where it gives none, the server does.
    pub fn new(verdicts: impl Fn(&Offer) -> Option<Outcome> + Send + Sync + 'static) -> Self {
        Self(Arc::new(verdicts))
    }

    /// A judge that refuses some offers with this code.
    pub fn refusing(
        code: RefusalCode,
        which: impl Fn(&Offer) -> bool + Send + Sync + 'static,
    ) -> Self {
        let outcome = Outcome::Rejected { code, message: "because of the story".into() };
        Self::new(move |offer| which(offer).then(|| outcome.clone()))
    }

    /// Judges the offers of a request. None if it is no exchange.
    pub(super) fn judge(&self, request: &[u8]) -> Option<Judgement> {
        let mut asked = exchange(request)?;
        let whole = asked.asked();
        let offers = std::mem::take(&mut asked.offers);
        let outcomes: Vec<Option<Outcome>> = offers.iter().map(|offer| (self.0)(offer)).collect();
        let judged = offers.iter().zip(&outcomes);
        asked.offers = judged
            .filter(|(_, outcome)| outcome.is_none())
            .map(|(offer, _)| offer.clone())
            .collect();
        let request = http::with_body(request, &encode(&asked).ok()?);
        Some(Judgement { asked: whole, passed_on: asked.asked(), outcomes, request })
    }
}

impl Judgement {
    /// The server's answer with the verdicts that it did not give in their places.
    pub(super) fn complete(self, answer: &[u8]) -> Option<Vec<u8>> {
        let response: ShortResponse = decode(http::body(answer), LIMIT).ok()?;
        let (epoch, any) = (response.epoch, Epoch::from_bytes([0; 16]));
        let mut response = response.complete(&self.passed_on, Some(any)).ok()?;
        let mut given = std::mem::take(&mut response.verdicts).into_iter();
        let verdicts =
            self.asked.offers.iter().zip(self.outcomes).map(|((_, hash), outcome)| match outcome {
                Some(outcome) => Some(Verdict { hash: *hash, outcome }),
                None => given.next(),
            });
        response.verdicts = verdicts.collect::<Option<_>>()?;
        let short = ShortResponse { epoch, ..response.shorten(&self.asked) };
        Some(http::with_body(answer, &encode(&short).ok()?))
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}

/// A server that is none, and answers each exchange as it likes.
#[derive(Clone)]
pub struct Impostor(Arc<Answering>);

type Answering = dyn Fn(&ExchangeRequest) -> ShortResponse + Send + Sync;

impl Impostor {
    /// One that gives these answers.
    pub fn new(
        answers: impl Fn(&ExchangeRequest) -> ShortResponse + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(answers))
    }

    /// Its answer. None if it is no exchange.
    pub(super) fn answer(&self, request: &[u8]) -> Option<Vec<u8>> {
        let answer = (self.0)(&exchange(request)?);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {MEDIA_TYPE}\r\n\r\n");
        Some(http::with_body(head.as_bytes(), &encode(&answer).ok()?))
    }
}

impl fmt::Debug for Impostor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Impostor")
    }
}

/// The refusal of a request with more than one offer; none for every other request.
pub(super) fn refusal_of_many(request: &[u8]) -> Option<Vec<u8>> {
    let asked = exchange(request).filter(|asked| asked.offers.len() > 1)?;
    let code = RefusalCode::RequestTooLarge;
    let message = "because of the story".into();
    let refusal = Refusal { nonce: asked.nonce, code, message, retry_in_ms: None };
    let head =
        format!("HTTP/1.1 {} Refused\r\ncontent-type: {MEDIA_TYPE}\r\n\r\n", code.http_status());
    Some(http::with_body(head.as_bytes(), &encode(&refusal).ok()?))
}

fn exchange(request: &[u8]) -> Option<ExchangeRequest> {
    if !http::first_line(request).contains(path::EXCHANGE) {
        return None;
    }
    decode(http::body(request), LIMIT).ok()
}
