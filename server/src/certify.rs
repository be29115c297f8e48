//! Certificates: that a key is of a device of a person.

use crate::{
    error::RequestError,
    state::ServerState,
    storage::{people, people::Sender, revocations},
};
use enhance_model::{
    Person, RefusalCode, Timestamp,
    sign_off::{Certificate, PublicKey, Signature},
};

/// A certificate for a key of a device that has joined, from a moment on.
pub fn certificate(
    state: &ServerState,
    person: &Person,
    sender: Sender,
    (key, from): (PublicKey, Timestamp),
) -> Certificate {
    let Person { id, name, .. } = person;
    let given = Certificate {
        person: *id,
        name: name.clone(),
        role: person.first_role(),
        device: sender.device,
        key,
        from,
        signature: Signature::from_bytes([0; 64]),
    };
    state.publisher.certify(given)
}

/// A certificate for another key of a device. One that was lost gets none.
pub async fn certify_anew(
    state: &ServerState,
    sender: Sender,
    key: PublicKey,
) -> Result<Certificate, RequestError> {
    let read = move |db: &rusqlite::Connection| {
        let person = people::person(db, sender.person)?;
        Ok((person, revocations::has(db, sender.device)?))
    };
    match state.storage.read(read).await.map_err(RequestError::from)? {
        (Some(person), false) => Ok(certificate(state, &person, sender, (key, state.now()))),
        _ => Err(RefusalCode::NotSigned.into()),
    }
}
