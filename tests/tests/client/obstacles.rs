//! What is in the way, told by what it is: while enrolling, syncing and fetching.

use std::time::Duration;

use enhance_client::{Errand, Error, HttpTransport, Obstacle, SyncState, TlsFault};
use enhance_model::Role;
use enhance_protocol::MEDIA_TYPE;
use enhance_tests::{
    network::{Network, Portal, Weather},
    wait,
    world::World,
};
use rcgen::{CertificateParams, date_time_ymd};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::tls::{Authority, TlsServer, enrol};

/// What an error says was in the way, and what the device was about.
fn met(error: Error) -> (Obstacle, Errand) {
    match error {
        Error::Offline { obstacle, errand, .. } => (obstacle, errand),
        other => panic!("{other:?}"),
    }
}

/// What is in the way of enrolling at an address.
async fn in_the_way(url: &str, trusting: &[Vec<u8>]) -> Obstacle {
    let folder = TempDir::new().unwrap();
    let transport = HttpTransport::trusting(trusting);
    let error = enrol(folder.path(), transport, url, "ABCD-EFGH-JKMN").await.unwrap_err();
    assert!(error.to_string().ends_with("the same invitation can be used again"), "{error}");
    let (obstacle, errand) = met(error);
    assert_eq!(errand, Errand::Enrolling);
    obstacle
}

/// A server that says these bytes to everybody and goes.
async fn saying(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4_096]).await;
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

fn http(head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

#[tokio::test]
async fn b2_whoever_else_answers_is_told_apart() {
    let page = "<html>Welcome to Guest Wi-Fi</html>";
    let wait = |seconds| Some(Duration::from_secs(seconds));
    let ours = format!("200 OK\r\ncontent-type: {MEDIA_TYPE}");
    let partial = format!("206 Partial\r\ncontent-type: {MEDIA_TYPE}");
    let packed = format!("{ours}\r\ncontent-encoding: gzip");
    let moved = |to: &str| Obstacle::Moved { to: to.to_owned() };
    for (head, expected) in [
        ("200 OK\r\ncontent-type: text/html", Obstacle::NotEnhance { status: 200 }),
        ("404 Not Found\r\ncontent-type: text/html", Obstacle::NotEnhance { status: 404 }),
        ("405 No", Obstacle::NotEnhance { status: 405 }),
        (ours.as_str(), Obstacle::Unreadable),
        ("502 Bad", Obstacle::Stranger { status: 502, retry_in: None }),
        ("407 Proxy", Obstacle::ProxySignIn),
        ("401 No", Obstacle::NetworkSignIn { status: 401, retry_in: None }),
        ("511 No\r\nretry-after: 5", Obstacle::NetworkSignIn { status: 511, retry_in: wait(5) }),
        ("403 No\r\ncontent-type: text/html", Obstacle::Forbidden { status: 403, retry_in: None }),
        ("451 No", Obstacle::Forbidden { status: 451, retry_in: None }),
        ("503 No\r\nretry-after: 120", Obstacle::Stranger { status: 503, retry_in: wait(120) }),
        (
            "429 No\r\nretry-after: 99999999",
            Obstacle::Stranger { status: 429, retry_in: wait(3600) },
        ),
        ("503 No\r\nretry-after: soon", Obstacle::Stranger { status: 503, retry_in: None }),
        (
            "503 No\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
             retry-after: Sun, 06 Nov 1994 08:51:37 GMT",
            Obstacle::Stranger { status: 503, retry_in: wait(120) },
        ),
        ("301 Moved\r\nlocation: https://new.example/x?t=1#2", moved("https://new.example/x")),
        ("302 Found\r\nlocation: https://me:pw@login.example/", moved("https://login.example/")),
        ("307 Moved\r\nlocation: https://new.example", moved("https://new.example/")),
        ("308 Moved\r\nlocation: https://new.example", moved("https://new.example/")),
        ("302 Found", moved("")),
        ("303 See Other\r\nlocation: https://new.example", moved("https://new.example/")),
        ("300 Several", Obstacle::Stranger { status: 300, retry_in: None }),
        ("304 Not Modified", Obstacle::Stranger { status: 304, retry_in: None }),
        ("204 No Content", Obstacle::NotEnhance { status: 204 }),
        (partial.as_str(), Obstacle::NotEnhance { status: 206 }),
        (packed.as_str(), Obstacle::Unreadable),
        ("410 Gone", Obstacle::NotEnhance { status: 410 }),
        ("999 What", Obstacle::Stranger { status: 999, retry_in: None }),
    ] {
        let url = saying(http(head, page)).await;
        assert_eq!(in_the_way(&url, &[]).await, expected, "{head}");
    }
    let relative = saying(http("308 Moved\r\nlocation: /login?who=me", page)).await;
    assert_eq!(in_the_way(&relative, &[]).await, moved(&format!("{relative}/login")));
}

#[tokio::test]
async fn b2_a_line_that_breaks_is_told_from_one_that_is_not_there() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\ncontent-type: ".to_vec();
    let ours = format!("{MEDIA_TYPE}\r\n\r\nENH1");
    let truncated = [&cut[..], ours.as_bytes()].concat();
    let head_without_end = [&b"HTTP/1.1 200 OK\r\nx-one: "[..], &b"x".repeat(1 << 20)].concat();
    let of_ours = format!("HTTP/1.1 200 OK\r\ncontent-type: {MEDIA_TYPE}\r\n");
    let chunk = [&b"10000\r\n"[..], &b"x".repeat(0x1_0000), b"\r\n"].concat().repeat(400);
    let body_without_end =
        [of_ours.as_bytes(), b"transfer-encoding: chunked\r\n\r\n", &chunk].concat();
    let longer = [of_ours.as_bytes(), b"content-length: 2\r\n\r\nENH1 and more"].concat();
    for (what, bytes, expected) in [
        ("nothing", Vec::new(), Obstacle::CutOff),
        ("half a head", cut, Obstacle::CutOff),
        ("half a body", truncated, Obstacle::CutOff),
        ("another language", b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec(), Obstacle::NotHttp),
        ("a head without end", head_without_end, Obstacle::NotHttp),
        ("a body without end", body_without_end, Obstacle::Unreadable),
        ("more than it said", longer, Obstacle::Unreadable),
        ("many beginnings", b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000), Obstacle::CutOff),
        ("an alert of TLS", b"\x15\x03\x03\x00\x02\x02\x0a".to_vec(), Obstacle::NotHttp),
    ] {
        assert_eq!(in_the_way(&saying(bytes).await, &[]).await, expected, "{what}");
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    assert_eq!(in_the_way(&nobody, &[]).await, Obstacle::NobodyThere);
    assert_eq!(in_the_way("https://nosuch.invalid", &[]).await, Obstacle::UnknownName);
}

#[tokio::test]
async fn b2_what_is_wrong_with_tls_is_said() {
    let world = World::new();
    let authority = Authority::new("Authority");
    let trusted = [authority.der()];
    let named = || CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let dated = |from: i32, to: i32| {
        let mut params = named();
        (params.not_before, params.not_after) =
            (date_time_ymd(from, 1, 1), date_time_ymd(to, 1, 1));
        params
    };
    let other = CertificateParams::new(["enhance.example".to_owned()]).unwrap();
    for (what, params, trusting, fault) in [
        ("expired", dated(2001, 2002), &trusted[..], TlsFault::Expired),
        ("not yet", dated(2101, 2102), &trusted[..], TlsFault::NotYetValid),
        ("another name", other, &trusted[..], TlsFault::WrongName),
        ("nobody known", named(), &[][..], TlsFault::UnknownIssuer),
    ] {
        let server = TlsServer::before(&world.server.url(), authority.vouch(&params)).await;
        let met = in_the_way(&server.url, trusting).await;
        assert_eq!(met, Obstacle::NotSafe { fault }, "{what}");
    }
    let plain = world.server.url().replace("http://", "https://");
    let fault = TlsFault::NotTls;
    assert_eq!(in_the_way(&plain, &trusted).await, Obstacle::NotSafe { fault });
    let server = TlsServer::before(&world.server.url(), authority.vouch(&named())).await;
    let without = server.url.replace("https://", "http://");
    assert!(
        matches!(in_the_way(&without, &trusted).await, Obstacle::NotHttp | Obstacle::CutOff),
        "a port that wants encryption"
    );
}

#[tokio::test]
async fn b2_the_last_failure_is_kept_with_its_cause_until_an_exchange_succeeds() {
    let world = World::new();
    let mut phone = world.trainee().await;
    phone.sync().await;
    let SyncState { online, syncing, waiting_documents, .. } = phone.sync_state().unwrap();
    assert!(online && !syncing);
    assert_eq!(waiting_documents, 0);
    phone.reflect("One");
    phone.reflect("Two");

    phone.network.set(Weather::Portal(Portal::page(511, "<html>")));
    let error = phone.try_sync().await.unwrap_err();
    let words = "this network asks for a sign-in (status 511); everything is kept on this device";
    assert_eq!(error.to_string(), words);
    let failed_at = phone.sync_state().unwrap().failed_at;
    assert!(failed_at.is_some());
    phone.restart();
    let state = phone.sync_state().unwrap();
    let obstacle = Obstacle::NetworkSignIn { status: 511, retry_in: None };
    assert_eq!(met(state.last_error.unwrap()), (obstacle, Errand::Syncing));
    assert_eq!((state.failed_at, state.online, state.waiting_documents), (failed_at, false, 2));

    phone.network.up();
    phone.sync().await;
    let state = phone.sync_state().unwrap();
    assert_eq!((state.last_error, state.failed_at, state.online), (None, None, true));
    assert_eq!(state.waiting_documents, 0);
    phone.restart();
    assert_eq!(phone.sync_state().unwrap().last_error, None);
}

#[tokio::test]
async fn b2_a_wait_is_heeded_whoever_asks_for_it() {
    let world = World::new();
    let phone = world.trainee().await;
    let busy = http("503 No\r\nretry-after: 600", "<html>Maintenance</html>");
    phone.network.set(Weather::Instead(busy));
    let _keeping = phone.keep_in_sync();
    wait::until_so("the wait is heeded", || {
        let state = phone.sync_state().unwrap();
        let next = state.next_attempt.zip(state.failed_at);
        next.is_some_and(|(next, failed)| next.millis_since(failed) >= 590_000)
    })
    .await;
}

#[tokio::test]
async fn b2_words_fit_what_was_being_done() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.sync().await;
    phone.network.down();
    let (_, errand) = met(phone.try_fetch_pack().await.unwrap_err());
    assert_eq!(errand, Errand::FetchingContent);
    let cancel = enhance_client::Cancellation::new();
    let invited = phone.core().invite_device(&cancel).await;
    assert_eq!(met(invited.unwrap_err()).1, Errand::Inviting);
    let other = Network::to(world.server.upstream()).unwrap();
    other.down();
    let invitation = world.server.invite(Role::Trainee, "Ben");
    let folder = TempDir::new().unwrap();
    let transport = HttpTransport::new();
    let failed = enrol(folder.path(), transport, &other.url(), &invitation).await.unwrap_err();
    assert!(!failed.to_string().contains("kept on this device"), "{failed}");
}
