//! HTTP by the browser's own `fetch`. It follows no redirect, sends no cookie, keeps nothing and
//! tells nobody which page asks; what is not waited for any more is aborted.

use enhance_protocol::{NONCE_HEADER, nonce_in_header};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect,
};

use super::{address::Address, outcome, words};
use crate::{
    environment::transport::{Method, Request, Unreachable},
    error::{Obstacle, TlsFault},
};

#[wasm_bindgen]
extern "C" {
    fn fetch(request: &web_sys::Request) -> Promise;
}

/// The way to the network that the browser has, and no other.
#[derive(Default)]
pub(crate) struct Client {
    /// Whether it may trust only authorities of which a browser cannot be told.
    trusts_nobody: bool,
}

impl Client {
    /// One that trusts these certificate authorities and no others, which a browser cannot do.
    pub(crate) const fn trusting(_: &[Vec<u8>]) -> Self {
        Self { trusts_nobody: true }
    }

    /// Sends a request, and returns once the head of an answer is there.
    pub(crate) async fn send(
        &self,
        to: Address,
        request: Request,
    ) -> Result<Response, Unreachable> {
        if self.trusts_nobody {
            let fault = TlsFault::UnknownIssuer;
            let detail = "a browser decides by itself whom it trusts";
            return Err(Unreachable::by(Obstacle::NotSafe { fault }, detail));
        }
        let abort = Abort(AbortController::new().map_err(|error| failed(&error))?);
        let asked = prepare(&to, &request, &abort).map_err(|error| failed(&error))?;
        drop(request);
        let head = outcome(fetch(&asked)).await.map_err(|error| failed(&error))?;
        let head: web_sys::Response = head.unchecked_into();
        let body = head.body().map(|body| body.get_reader().unchecked_into());
        Ok(Response { head, body, _abort: abort })
    }
}

/// Ends a request when it is dropped, unless it has ended by itself.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn prepare(to: &Address, request: &Request, abort: &Abort) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    if let Some(token) = &request.token {
        headers.set("authorization", &token.header())?;
    }
    if let Some(nonce) = &request.nonce {
        headers.set(NONCE_HEADER, &nonce_in_header(nonce))?;
    }
    if let Some(resume) = &request.resume {
        headers.set("range", &format!("bytes={}-", resume.from))?;
        headers.set("if-range", &resume.etag)?;
    }
    let init = RequestInit::new();
    match request.method {
        Method::Get => init.set_method("GET"),
        Method::Post => {
            init.set_method("POST");
            headers.set("content-type", enhance_protocol::MEDIA_TYPE)?;
            init.set_body(&Uint8Array::from(request.body.as_slice()));
        }
    }
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&abort.0.signal()));
    web_sys::Request::new_with_str_and_init(&to.text(), &init)
}

/// The head of an answer, and its body to come.
pub(crate) struct Response {
    head: web_sys::Response,
    body: Option<ReadableStreamDefaultReader>,
    _abort: Abort,
}

impl Response {
    pub(crate) fn status(&self) -> u16 {
        self.head.status()
    }

    /// What a header says.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.head.headers().get(name).ok().flatten()
    }

    /// The next bytes of the body; none at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Vec<u8>>, Unreachable> {
        let Some(body) = &self.body else { return Ok(None) };
        let read = outcome(body.read().unchecked_into()).await.map_err(|error| cut(&error))?;
        let value = Reflect::get(&read, &"value".into()).map_err(|error| cut(&error))?;
        Ok(value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
    }
}

/// A browser does not say why: no network, nobody there, no trust, or a redirect.
fn failed(error: &JsValue) -> Unreachable {
    Unreachable::by(Obstacle::NoRoute, words(error))
}

fn cut(error: &JsValue) -> Unreachable {
    Unreachable::by(Obstacle::CutOff, words(error))
}
