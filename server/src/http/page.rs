//! `GET /` and what belongs to it: the page of the supervisor's desk.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use enhance_model::RefusalCode;

use crate::{
    error::RequestError,
    state::ServerState,
    web::{Kind, PageFile},
};

/// What a page may do: run what is from here, ask this server, and show pictures it made itself.
macro_rules! policy {
    ($scripts:literal) => {
        concat!(
            "default-src 'none'; script-src ",
            $scripts,
            "; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' blob:; ",
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ",
            "require-trusted-types-for 'script'; trusted-types enhance-worker"
        )
    };
}

/// For all but scripts.
const POLICY: &str = policy!("'self'");
/// A worker obeys the policy that its own script came with, and the core is a module in one.
const POLICY_OF_SCRIPTS: &str = policy!("'self' 'wasm-unsafe-eval'");

/// Said with each answer: nothing is guessed, told to others, or opened from elsewhere.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
];

/// Answers every address that is none of the devices'.
pub(super) async fn page(State(state): State<ServerState>, request: Request) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let file = state.page.at(request.uri().path()).filter(|_| is_read);
    let answer = file.map(|file| answer(file, &request));
    let mut response =
        answer.unwrap_or_else(|| RequestError::new(RefusalCode::NotFound).into_response());
    let is_script = file.is_some_and(|file| file.kind == Kind::Script);
    let policy = if is_script { POLICY_OF_SCRIPTS } else { POLICY };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS.into_iter().chain([(header::CONTENT_SECURITY_POLICY, policy)]) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What a header lists, which may be in several lines.
fn listed(request: &Request, name: HeaderName) -> String {
    let lines = request.headers().get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.collect::<Vec<_>>().join(",")
}

/// The file as this browser can unpack it, or that it has it already.
fn answer(file: &PageFile, request: &Request) -> Response {
    let accepted = listed(request, header::ACCEPT_ENCODING);
    let Some((coding, coded)) = file.coded(&accepted) else {
        return RequestError::new(RefusalCode::NotFound).into_response();
    };
    let known = listed(request, header::IF_NONE_MATCH);
    let is_known = known.split(',').any(|tag| tag.trim() == coded.tag);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(coded.bytes.clone()))
    };
    let lasts = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let fields = [
        (header::CONTENT_TYPE, Some(file.kind.media_type())),
        (header::CONTENT_ENCODING, coding.name()),
        (header::CACHE_CONTROL, Some(lasts)),
        (header::VARY, Some("accept-encoding")),
        (header::ETAG, Some(&*coded.tag)),
    ];
    for (name, value) in fields {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
