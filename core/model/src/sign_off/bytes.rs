//! The one form in which a sign-off and a certificate are signed.
//!
//! Each part is its length in four bytes, the greatest first, and then the part, so that no two
//! different statements have the same bytes; what is not there is a part without bytes, and what may
//! be there and empty says so. The first part is the name of the form with its version: a signature
//! over one form means nothing over another, and a form that changes is another version.

use super::{Certificate, SignOff, Subject};
use crate::{DocumentId, PersonId};

const SIGN_OFF: &str = "enhance sign-off 1";
const CERTIFICATE: &str = "enhance device key 1";

#[derive(Default)]
struct Parts(Vec<u8>);

impl Parts {
    fn of(form: &str) -> Self {
        Self::default().with(form)
    }

    fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref();
        // No text of four gigabytes passes a limit; if one did, its signature would not count.
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(part);
        self
    }

    fn with_if_any(self, part: Option<impl AsRef<[u8]>>) -> Self {
        match part {
            Some(part) => self.with([1]).with(part),
            None => self.with([0]).with([]),
        }
    }

    fn with_subject(self, subject: &Subject) -> Self {
        let Subject { kind, document, key, items, version } = subject;
        let items: Vec<u8> = items.iter().flat_map(|item| *item.as_bytes()).collect();
        let heads: Vec<u8> = version.heads().iter().flat_map(|head| *head.as_bytes()).collect();
        self.with(kind.as_str())
            .with_if_any(document.as_ref().map(DocumentId::as_bytes))
            .with(key)
            .with(items)
            .with(heads)
    }
}

impl SignOff {
    /// The bytes that are signed: everything it says, and of the certificate the key and its device.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let Self { request, trainee, subject, text_sha256, decision, role, .. } = self;
        Parts::of(SIGN_OFF)
            .with(request.as_bytes())
            .with(trainee.as_bytes())
            .with(&self.trainee_name)
            .with_subject(subject)
            .with(text_sha256.as_bytes())
            .with(decision.as_str())
            .with(role.as_str())
            .with(&self.statement)
            .with_if_any(self.signer.person.as_ref().map(PersonId::as_bytes))
            .with(&self.signer.name)
            .with_if_any(self.signer.witnessed.as_ref())
            .with(self.at.as_millis().to_be_bytes())
            .with_if_any(self.supersedes.as_ref().map(DocumentId::as_bytes))
            .with(self.certificate.device.as_bytes())
            .with(self.certificate.key.as_bytes())
            .0
    }
}

impl Certificate {
    /// The bytes that the publisher signs: everything it says.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let Self { person, name, role, device, key, from, signature: _ } = self;
        Parts::of(CERTIFICATE)
            .with(person.as_bytes())
            .with(name)
            .with(role.as_str())
            .with(device.as_bytes())
            .with(key.as_bytes())
            .with(from.as_millis().to_be_bytes())
            .0
    }
}
