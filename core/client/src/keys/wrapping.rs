//! What the keys have in common: one is derived from another, or wrapped by it.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::Error;

/// Bytes of a nonce.
const NONCE_BYTES: usize = 24;

/// A key for one purpose, from a key and the purpose's name. Different names give unrelated keys.
pub(super) fn derive<const N: usize>(key: &[u8], purpose: &[&[u8]]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 255 * 32, "HKDF-SHA256 gives no more, and says so by failing") };
    let mut derived = Zeroizing::new([0; N]);
    let expanded = Hkdf::<Sha256>::new(None, key).expand_multi_info(purpose, derived.as_mut());
    debug_assert!(expanded.is_ok());
    derived
}

/// A secret under a key: the nonce, then the ciphertext.
pub(super) fn wrap(
    key: &[u8; 32],
    nonce: [u8; NONCE_BYTES],
    secret: &[u8],
    about: &[u8],
) -> Result<Vec<u8>, Error> {
    let payload = Payload { msg: secret, aad: about };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&nonce.into(), payload)
        .map_err(|error| Error::internal("wrapping a key").because(error))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// The secret that [`wrap`] took, or nothing if the key, the bytes or what they are about differ.
pub(super) fn unwrap(key: &[u8; 32], wrapped: &[u8], about: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    opened(key, wrapped, about)?.as_slice().try_into().ok().map(Zeroizing::new)
}

/// The same of a secret of any length.
pub(super) fn opened(key: &[u8; 32], wrapped: &[u8], about: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = wrapped.split_first_chunk::<NONCE_BYTES>()?;
    let payload = Payload { msg: sealed, aad: about };
    let opened = XChaCha20Poly1305::new(key.into()).decrypt(&(*nonce).into(), payload).ok()?;
    Some(Zeroizing::new(opened))
}
