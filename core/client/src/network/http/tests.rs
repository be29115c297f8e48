use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::{
    Method, Resume, Token,
    sync::fake::{FakeServer, http},
};

fn post(url: &str, body: &[u8]) -> Request {
    Request {
        method: Method::Post,
        url: url.to_owned(),
        token: Some(Token::from_bytes([0xab; 20])),
        nonce: None,
        body: body.to_vec(),
        resume: None,
    }
}

async fn send(request: Request) -> Result<Answer, Unreachable> {
    HttpTransport::new().send(request).await
}

#[tokio::test]
async fn a_request_arrives_whole_and_its_answer_comes_back() {
    let headers = [("Content-Type", "Application/X-Thing; charset=utf-8"), ("ETag", "\"tag\"")];
    let server = FakeServer::saying(move |_| http(200, &headers, b"hello")).await;
    let answer = send(post(&format!("{}/v1/exchange", server.url), b"question")).await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.media_type.as_deref(), Some("application/x-thing"));
    assert_eq!(answer.etag.as_deref(), Some("\"tag\""));
    assert_eq!(answer.read(5).await.unwrap(), b"hello");

    let heard = server.heard().remove(0);
    assert!(heard.head.starts_with("POST /v1/exchange HTTP/1.1\r\n"), "{}", heard.head);
    assert_eq!(heard.header("content-type"), Some(MEDIA_TYPE));
    assert_eq!(heard.header("authorization"), Some("Bearer q6urq6urq6urq6urq6urq6urq6s"));
    assert_eq!(heard.body, b"question");
}

#[tokio::test]
async fn the_rest_of_a_file_is_asked_for_by_its_tag() {
    let headers = [("Content-Range", "bytes 7-9/10")];
    let server = FakeServer::saying(move |_| http(206, &headers, b"end")).await;
    let resume = Some(Resume { from: 7, etag: "\"tag\"".to_owned() });
    let request = Request { method: Method::Get, resume, ..post(&server.url, b"") };
    let answer = send(request).await.unwrap();
    assert_eq!((answer.status, answer.begins_at), (206, Some(7)));
    let heard = server.heard().remove(0);
    assert_eq!(heard.header("range"), Some("bytes=7-"));
    assert_eq!(heard.header("if-range"), Some("\"tag\""));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_no_token_goes_elsewhere() {
    let elsewhere = FakeServer::saying(|_| http(200, &[], b"login page")).await;
    let location = elsewhere.url.clone();
    let server =
        FakeServer::saying(move |_| http(302, &[("Location", location.as_str())], b"")).await;
    assert_eq!(send(post(&server.url, b"x")).await.unwrap().status, 302);
    assert_eq!(elsewhere.heard(), []);
}

#[tokio::test]
async fn a_body_that_is_too_long_or_cut_is_no_answer() {
    let server = FakeServer::saying(|_| http(200, &[], b"123456")).await;
    assert!(send(post(&server.url, b"")).await.unwrap().read(5).await.is_err());

    let cut = FakeServer::saying(|_| {
        let whole = http(200, &[], b"123456");
        whole[..whole.len() - 1].to_vec()
    })
    .await;
    assert!(send(post(&cut.url, b"")).await.unwrap().read(99).await.is_err());
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_the_reason_names_no_address() {
    let error = send(post("http://127.0.0.1:1/secret-path", b"")).await.err().unwrap();
    assert!(!error.to_string().contains("secret-path"), "{error}");
}

#[tokio::test]
async fn a_token_is_not_sent_in_the_clear_to_another_machine() {
    let error = send(post("http://192.0.2.1/", b"")).await.err().unwrap();
    assert!(error.to_string().contains("https://"), "{error}");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let silent = tokio::spawn(async move {
        let _connections = (listener.accept().await, std::future::pending::<()>().await);
    });
    let sending = send(post(&url, b""));
    tokio::time::pause();
    let error = sending.await.err().unwrap();
    assert!(error.to_string().contains("in time"), "{error}");
    silent.abort();
}

/// Somebody says a byte of an answer each twenty seconds, and never ends.
#[tokio::test]
async fn b2_an_answer_that_drips_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let dripping = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1_000]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
        while stream.write_all(b"1\r\nx\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(20)).await;
        }
    });
    let answer = send(post(&url, b"")).await.unwrap();
    tokio::time::pause();
    let begun = Instant::now();
    let error = answer.read(1 << 20).await.unwrap_err();
    assert_eq!(error.obstacle, Obstacle::TimedOut);
    assert!(begun.elapsed() < Duration::from_secs(100), "{:?}", begun.elapsed());
    dripping.abort();
}

#[test]
fn neither_token_nor_words_are_ever_printed() {
    let request = post("http://127.0.0.1", b"I was afraid");
    let printed = format!("{request:?} {:?}", request.token);
    assert!(printed.contains("http://127.0.0.1") && printed.contains("Token(..)"), "{printed}");
    for secret in ["171", "afraid", "73, 32"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[test]
fn the_start_of_a_range_is_read_or_unknown() {
    assert_eq!(range_start("bytes 100-199/200"), Some(100));
    for foreign in ["", "bytes", "bytes */200", "items 1-2/3", "bytes x-y/z"] {
        assert_eq!(range_start(foreign), None, "{foreign}");
    }
}

#[tokio::test]
async fn a_server_that_knows_nobody_by_a_clock_of_another_year_is_told_by_that() {
    let far = "Tue, 28 Nov 2056 08:49:37 GMT";
    let near = httpdate::fmt_http_date(now());
    for (status, media_type, date, differ) in [
        (401, MEDIA_TYPE, far, true),
        (401, MEDIA_TYPE, "Sun, 06 Nov 1994 08:49:37 GMT", true),
        (401, MEDIA_TYPE, &*near, false),
        (401, MEDIA_TYPE, "the day after", false),
        (401, "text/html", far, false),
        (403, MEDIA_TYPE, far, false),
        (200, MEDIA_TYPE, far, false),
    ] {
        let headers = [("Content-Type", media_type.to_owned()), ("Date", date.to_owned())];
        let server = FakeServer::saying(move |_| {
            let headers: Vec<_> = headers.iter().map(|(name, said)| (*name, &**said)).collect();
            http(status, &headers, b"")
        })
        .await;
        let answered = send(post(&server.url, b"")).await;
        let found = answered.err().map(|error| error.obstacle);
        assert_eq!(found, differ.then_some(Obstacle::ClocksDiffer), "{status} {media_type} {date}");
    }
}
