use std::{path::Path, sync::Arc};

use enhance_model::Role;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

use super::*;
use crate::{
    Cancellation, Enrolment, Environment, Error, LearningCore, OpenOptions, Resume, Token,
    sync::{
        fake::{FakeServer, http},
        world::World,
    },
};

fn post(url: &str, body: &[u8]) -> Request {
    Request {
        method: Method::Post,
        url: url.to_owned(),
        token: Some(Token::from_bytes([0xab; 32])),
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
    assert_eq!(heard.header("content-type"), Some(enhance_protocol::MEDIA_TYPE));
    assert_eq!(heard.header("authorization"), Some(format!("Bearer {}", "ab".repeat(32)).as_str()));
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

/// A certificate authority of these tests.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// What a server with this name needs to show that it is the one.
    fn vouch_for(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// TLS in front of a server that speaks without. It stops when it is dropped.
struct TlsServer {
    url: String,
    running: AbortHandle,
}

impl TlsServer {
    async fn before(plain_url: &str, acceptor: TlsAcceptor) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let behind = plain_url.strip_prefix("http://").unwrap().to_owned();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(acceptor.clone(), stream, behind.clone()));
            }
        });
        Self { url, running: serving.abort_handle() }
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn pass_on(acceptor: TlsAcceptor, stream: TcpStream, behind: String) {
    // A client that does not trust this server goes away in the middle.
    let Ok(mut opened) = acceptor.accept(stream).await else { return };
    let mut plain = TcpStream::connect(behind).await.unwrap();
    let _ = copy_bidirectional(&mut opened, &mut plain).await;
}

/// Transports that have no reason to trust a server, each with what they trust.
fn distrustful() -> [(&'static str, HttpTransport); 4] {
    let another = Authority::new("Another authority");
    [
        ("another authority", HttpTransport::trusting(&[another.der()])),
        ("no authority", HttpTransport::trusting(&[])),
        ("nothing readable", HttpTransport::trusting(&[b"no certificate".to_vec()])),
        ("what the system trusts", HttpTransport::new()),
    ]
}

#[tokio::test]
async fn over_tls_only_a_server_is_reached_that_a_trusted_authority_vouches_for() {
    let plain = FakeServer::saying(|_| http(200, &[], b"hello")).await;
    let authority = Authority::new("Authority");
    let server = TlsServer::before(&plain.url, authority.vouch_for("127.0.0.1")).await;
    let trusting = HttpTransport::trusting(&[authority.der()]);
    let answer = trusting.send(post(&server.url, b"question")).await.unwrap();
    assert_eq!(answer.read(5).await.unwrap(), b"hello");
    assert_eq!(plain.heard().remove(0).body, b"question");

    for (what, transport) in distrustful() {
        let sent = transport.send(post(&server.url, b"secret")).await;
        assert!(sent.is_err(), "reached by one that trusts {what}");
    }
    let misnamed = TlsServer::before(&plain.url, authority.vouch_for("enhance.example")).await;
    let error = trusting.send(post(&misnamed.url, b"secret")).await.err().unwrap();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert_eq!(plain.heard().len(), 1, "something was said to a server that is not trusted");
}

#[tokio::test]
async fn an_authority_that_cannot_be_read_does_not_spoil_the_others() {
    let plain = FakeServer::saying(|_| http(200, &[], b"hello")).await;
    let authority = Authority::new("Authority");
    let server = TlsServer::before(&plain.url, authority.vouch_for("127.0.0.1")).await;
    let cut = authority.der().split_off(20);
    for unreadable in [Vec::new(), b"no certificate".to_vec(), cut] {
        let trusting = HttpTransport::trusting(&[unreadable.clone(), authority.der(), unreadable]);
        let answer = trusting.send(post(&server.url, b"question")).await.unwrap();
        assert_eq!(answer.status, 200);
    }
}

/// Enrols a new device by way of this transport.
async fn enrol(
    folder: &Path,
    transport: HttpTransport,
    server: &str,
    invitation: &str,
) -> Result<Enrolment, Error> {
    let environment = Environment::with(transport);
    let options = OpenOptions { folder: folder.to_owned(), key: None, environment };
    let core = LearningCore::open(options).unwrap();
    core.enrol(server, invitation, "Phone", &Cancellation::new()).await
}

#[tokio::test]
async fn a_device_enrols_over_tls_and_with_a_server_it_does_not_trust_it_is_offline() {
    let world = World::begin().await;
    let authority = Authority::new("Authority");
    let server = TlsServer::before(&world.url(), authority.vouch_for("127.0.0.1")).await;
    let invitation = world.invite(Role::Trainee, "Asha");
    let folder = TempDir::new().unwrap();
    for (what, transport) in distrustful() {
        let enrolled = enrol(folder.path(), transport, &server.url, &invitation).await;
        assert!(matches!(enrolled.unwrap_err(), Error::Offline { .. }), "trusting {what}");
    }
    let trusting = HttpTransport::trusting(&[authority.der()]);
    let enrolled = enrol(folder.path(), trusting, &server.url, &invitation).await.unwrap();
    assert_eq!(enrolled.account.person.name, "Asha");
    assert_eq!(enrolled.account.server, server.url);
}
