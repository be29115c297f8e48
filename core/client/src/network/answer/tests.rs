use enhance_protocol::encode;

use super::*;
use crate::{
    environment::transport::Method,
    network::http::HttpTransport,
    sync::fake::{FakeServer, http},
};

const ASKED: Nonce = Nonce::new([7; 8]);
const LIMIT: usize = 1 << 20;

fn invitation(nonce: Nonce) -> Vec<u8> {
    encode(&InvitationResponse { nonce, invitation: "ABCD".into() }).unwrap()
}

fn refusing(nonce: Nonce, code: RefusalCode) -> Vec<u8> {
    encode(&Refusal { nonce, code, message: "no".into(), retry_in_ms: Some(5) }).unwrap()
}

async fn hear(raw: Vec<u8>) -> Result<InvitationResponse, NoAnswer> {
    let server = FakeServer::saying(move |_| raw.clone()).await;
    let request = Request {
        method: Method::Post,
        url: server.url.clone(),
        token: None,
        nonce: None,
        body: b"question".to_vec(),
        resume: None,
    };
    let received = ask(&HttpTransport::new(), request, &ASKED, LIMIT).await;
    received.map(|received| received.answer)
}

/// What somebody says: a name for it, headers and a body.
type Said<'a> = (&'a str, &'a [(&'a str, &'a str)], Vec<u8>);

const OURS: [(&str, &str); 1] = [("Content-Type", MEDIA_TYPE)];

#[tokio::test]
async fn the_server_is_heard() {
    let answer = hear(http(200, &OURS, &invitation(ASKED))).await.unwrap();
    assert_eq!(answer.invitation, "ABCD");
    let no = hear(http(401, &OURS, &refusing(ASKED, RefusalCode::SignInNeeded))).await;
    assert!(matches!(no, Err(NoAnswer::Refused(no)) if no.code == RefusalCode::SignInNeeded));
}

#[tokio::test]
async fn b2_a_refusal_of_nothing_in_particular_is_a_strangers_whatever_its_code() {
    for code in RefusalCode::ALL {
        for (nonce, heard) in
            [(ASKED, true), (Nonce::default(), false), (Nonce::new([8; 8]), false)]
        {
            let raw = http(code.http_status(), &OURS, &refusing(nonce, *code));
            let refused = matches!(hear(raw).await, Err(NoAnswer::Refused(_)));
            assert_eq!(refused, heard, "{code} with {nonce:?}");
        }
    }
}

#[tokio::test]
async fn nobody_else_is_taken_for_the_server() {
    let other = Nonce::new([8; 8]);
    let ours = invitation(ASKED);
    let refusal = refusing(ASKED, RefusalCode::SignInNeeded);
    let mut wrong_magic = ours.clone();
    wrong_magic[3] = b'2';
    let html = [("Content-Type", "text/html")];
    let json = [("Content-Type", "application/json")];
    let bodies: Vec<Said<'_>> = vec![
        ("a login page", &html, b"<html>Please accept our terms</html>".to_vec()),
        ("a login page of our type", &OURS, b"<html>Please accept our terms</html>".to_vec()),
        ("JSON", &json, b"{\"error\":\"unauthorised\"}".to_vec()),
        ("nothing", &[], Vec::new()),
        ("nothing of our type", &OURS, Vec::new()),
        ("wrong magic", &OURS, wrong_magic),
        ("half of it", &OURS, ours[..ours.len() / 2].to_vec()),
        ("yesterday's answer", &OURS, invitation(other)),
        ("another's refusal", &OURS, refusing(other, RefusalCode::SignInNeeded)),
        ("the right bytes of another type", &html, ours.clone()),
        ("a right refusal of another type", &json, refusal.clone()),
        ("an answer to another question", &OURS, encode(&42_u32).unwrap()),
    ];
    for status in [200, 302, 401, 403, 407, 502, 511] {
        for (what, headers, body) in &bodies {
            let outcome = hear(http(status, headers, body)).await;
            assert!(matches!(outcome, Err(NoAnswer::Offline(_))), "{status} with {what}");
        }
    }
    assert!(matches!(hear(http(200, &OURS, &refusal)).await, Err(NoAnswer::Offline(_))));
    assert!(matches!(hear(http(401, &OURS, &ours)).await, Err(NoAnswer::Offline(_))));
}

#[tokio::test]
async fn an_answer_cut_anywhere_is_none() {
    let whole = http(200, &OURS, &invitation(ASKED));
    for end in (0..whole.len()).step_by(3) {
        let outcome = hear(whole[..end].to_vec()).await;
        assert!(matches!(outcome, Err(NoAnswer::Offline(_))), "cut at {end}");
    }
}
