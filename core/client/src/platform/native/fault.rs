//! What a failure of HTTP, TLS or the operating system comes to.

use std::{error::Error, io};

use rustls::{CertificateError, InvalidMessage};

use crate::{
    environment::transport::Unreachable,
    error::{Obstacle, TlsFault},
};

/// What a failed request says, with everything that led to it in its own words.
pub(super) fn unreachable(error: reqwest::Error) -> Unreachable {
    // The address is left out: it is in the settings anyway, and logs are read by others.
    let error = error.without_url();
    Unreachable { obstacle: obstacle(&error), detail: chain(&error) }
}

fn obstacle(error: &reqwest::Error) -> Obstacle {
    if error.is_timeout() {
        return Obstacle::TimedOut;
    }
    if error.is_dns() {
        return Obstacle::UnknownName;
    }
    for cause in causes(error) {
        if let Some(fault) = cause.downcast_ref::<rustls::Error>() {
            return Obstacle::NotSafe { fault: of_tls(fault) };
        }
        if let Some(failed) = cause.downcast_ref::<io::Error>() {
            if let Some(fault) = tls_within(failed) {
                return Obstacle::NotSafe { fault: of_tls(fault) };
            }
            if let Some(obstacle) = of_system(failed.kind()) {
                return obstacle;
            }
        }
    }
    // The libraries keep these kinds to themselves and say so in words: a proxy on the way to an
    // encrypted server asks who this is, ...
    if causes(error).any(|cause| cause.to_string().contains("proxy authorization required")) {
        return Obstacle::ProxySignIn;
    }
    // ... and what came cannot be read as HTTP.
    let is_unreadable = causes(error).any(|cause| {
        let words = cause.to_string();
        words.contains(" parsed") || words.contains("head is too large")
    });
    match (is_unreadable, error.is_connect()) {
        (true, _) => Obstacle::NotHttp,
        (false, true) => Obstacle::NoRoute,
        (false, false) => Obstacle::CutOff,
    }
}

/// The failure of TLS in one of the system, which may be in another one.
fn tls_within(mut failed: &io::Error) -> Option<&rustls::Error> {
    loop {
        let inner = failed.get_ref()?;
        if let Some(fault) = inner.downcast_ref() {
            return Some(fault);
        }
        failed = inner.downcast_ref()?;
    }
}

fn of_system(kind: io::ErrorKind) -> Option<Obstacle> {
    Some(match kind {
        io::ErrorKind::ConnectionRefused => Obstacle::NobodyThere,
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::NotConnected => Obstacle::CutOff,
        io::ErrorKind::TimedOut => Obstacle::TimedOut,
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable
        | io::ErrorKind::PermissionDenied => Obstacle::NoRoute,
        _ => return None,
    })
}

fn of_tls(error: &rustls::Error) -> TlsFault {
    match error {
        rustls::Error::InvalidCertificate(fault) => of_certificate(fault),
        rustls::Error::InvalidMessage(
            InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion,
        ) => TlsFault::NotTls,
        rustls::Error::NoCertificatesPresented
        | rustls::Error::UnsupportedNameType
        | rustls::Error::InvalidCertRevocationList(_) => TlsFault::BadCertificate,
        _ => TlsFault::NoAgreement,
    }
}

fn of_certificate(fault: &CertificateError) -> TlsFault {
    match fault {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsFault::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsFault::WrongName
        }
        CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
        CertificateError::Revoked => TlsFault::Revoked,
        // A certificate that signs itself is none of an authority's, and some say so this way.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            TlsFault::UnknownIssuer
        }
        _ => TlsFault::BadCertificate,
    }
}

/// An error with its causes; the outermost alone says only that sending failed.
fn chain(error: &reqwest::Error) -> String {
    causes(error).fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}
