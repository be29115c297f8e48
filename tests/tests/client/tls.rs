//! TLS: whom a phone trusts, and what happens where it does not.

use std::{path::Path, sync::Arc};

use enhance_client::{
    Answer, Cancellation, Enrolment, Environment, Error, HttpTransport, LearningCore, Method,
    OpenOptions, Request, Transport, Unreachable,
};
use enhance_model::Role;
use enhance_tests::{network::Network, world::World};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

/// A certificate authority of these tests.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(super) fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// What a server with this name needs to show that it is the one.
    pub(super) fn vouch_for(&self, name: &str) -> TlsAcceptor {
        self.vouch(&CertificateParams::new([name.to_owned()]).unwrap())
    }

    /// What a server shows with a certificate of this authority.
    pub(super) fn vouch(&self, params: &CertificateParams) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let ring = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
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
pub(super) struct TlsServer {
    pub(super) url: String,
    running: AbortHandle,
}

impl TlsServer {
    pub(super) async fn before(plain_url: &str, acceptor: TlsAcceptor) -> Self {
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

async fn ask(transport: &HttpTransport, server: &TlsServer) -> Result<Answer, Unreachable> {
    let (method, url) = (Method::Get, format!("{}/health", server.url));
    let (token, nonce, body, resume) = (None, None, Vec::new(), None);
    transport.send(Request { method, url, token, nonce, body, resume }).await
}

#[tokio::test]
async fn over_tls_only_a_server_is_reached_that_a_trusted_authority_vouches_for() {
    let world = World::new();
    let plain = Network::to(world.server.upstream()).unwrap();
    let authority = Authority::new("Authority");
    let server = TlsServer::before(&plain.url(), authority.vouch_for("127.0.0.1")).await;
    let trusting = HttpTransport::trusting(&[authority.der()]);
    assert_eq!(ask(&trusting, &server).await.unwrap().status, 200);
    assert_eq!(plain.attempts(), 1);

    for (what, transport) in distrustful() {
        assert!(ask(&transport, &server).await.is_err(), "reached by one that trusts {what}");
    }
    let misnamed = TlsServer::before(&plain.url(), authority.vouch_for("enhance.example")).await;
    let error = ask(&trusting, &misnamed).await.err().unwrap();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert_eq!(plain.attempts(), 1, "something was said to a server that is not trusted");
}

#[tokio::test]
async fn an_authority_that_cannot_be_read_does_not_spoil_the_others() {
    let world = World::new();
    let authority = Authority::new("Authority");
    let server = TlsServer::before(&world.server.url(), authority.vouch_for("127.0.0.1")).await;
    let cut = authority.der().split_off(20);
    for unreadable in [Vec::new(), b"no certificate".to_vec(), cut] {
        let trusting = HttpTransport::trusting(&[unreadable.clone(), authority.der(), unreadable]);
        assert_eq!(ask(&trusting, &server).await.unwrap().status, 200);
    }
}

/// Enrols a new device by way of this transport.
pub(super) async fn enrol(
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
    let world = World::new();
    let authority = Authority::new("Authority");
    let server = TlsServer::before(&world.server.url(), authority.vouch_for("127.0.0.1")).await;
    let invitation = world.server.invite(Role::Trainee, "Asha");
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
