//! The signed manifest of a content pack.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use enhance_model::pack::PackManifest;
use serde::{Deserialize, Serialize};

use crate::codec::{CodecError, from_cbor, to_cbor};

/// Signed before the manifest's bytes, so that the key's signatures mean nothing elsewhere.
const CONTEXT: &[u8] = b"enhance pack 1\0";

/// A manifest as its publisher signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedManifest {
    /// The CBOR of a [`PackManifest`].
    #[serde(with = "serde_bytes")]
    pub manifest: Vec<u8>,
    /// Ed25519 over a context string and the manifest's bytes.
    pub signature: serde_bytes::ByteArray<64>,
}

/// Why a manifest is not to be trusted.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The publisher's key is not a key.
    #[error("the publisher's key is broken")]
    Key,
    /// The signature is not the publisher's over these bytes.
    #[error("the pack is not signed by its publisher")]
    Signature,
    /// It is signed, but cannot be read.
    #[error("the pack's manifest is broken")]
    Manifest(#[from] CodecError),
}

impl SignedManifest {
    /// Signs a manifest with the publisher's key.
    pub fn sign(manifest: &PackManifest, key: &SigningKey) -> Result<Self, PackError> {
        let manifest = to_cbor(manifest)?;
        let signature = key.sign(&signed_bytes(&manifest)).to_bytes().into();
        Ok(Self { manifest, signature })
    }

    /// The manifest, if this publisher signed it.
    pub fn verify(&self, publisher: &[u8; 32]) -> Result<PackManifest, PackError> {
        let key = VerifyingKey::from_bytes(publisher).map_err(|_| PackError::Key)?;
        key.verify(&signed_bytes(&self.manifest), &Signature::from_bytes(&self.signature))
            .map_err(|_| PackError::Signature)?;
        Ok(from_cbor(&self.manifest)?)
    }
}

fn signed_bytes(manifest: &[u8]) -> Vec<u8> {
    [CONTEXT, manifest].concat()
}

#[cfg(test)]
mod tests {
    use enhance_model::{Sha256, Timestamp};

    use super::*;

    #[test]
    fn a_changed_byte_or_another_key_is_noticed() {
        let manifest = PackManifest {
            key: "enhance".into(),
            version: 3,
            title: "Enhance".into(),
            published_at: Timestamp::from_unix_millis(1),
            structure: Sha256::from_bytes([1; 32]),
            files: Vec::new(),
        };
        let key = SigningKey::from_bytes(&[7; 32]);
        let signed = SignedManifest::sign(&manifest, &key).unwrap();
        let publisher = key.verifying_key().to_bytes();
        assert_eq!(signed.verify(&publisher).unwrap(), manifest);

        for index in 0..signed.manifest.len() {
            let mut changed = signed.clone();
            changed.manifest[index] ^= 1;
            assert!(matches!(changed.verify(&publisher), Err(PackError::Signature)));
        }
        let stranger = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
        assert!(matches!(signed.verify(&stranger), Err(PackError::Signature)));
    }
}
