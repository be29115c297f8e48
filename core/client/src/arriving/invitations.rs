//! What is heard of plans that are not here: that this person is invited to one, and that they are
//! not any more.

use enhance_model::{Preview, Right, joining};
use enhance_protocol::{EntryBody, EntryKind, Grant, Pulled, Revoke};
use enhance_store::{DocumentState, InvitationAnswer, InvitationRow, Write};

use crate::{error::Error, state::facts::Facts};

/// Notes what an entry of a document that is not here says to this person.
pub(super) fn write(write: &mut Write<'_>, pulled: &Pulled, facts: &Facts) -> Result<(), Error> {
    let (document, body) = (pulled.offer.document, &pulled.offer.body);
    match pulled.offer.kind {
        EntryKind::Grant => match Grant::read(body) {
            Ok(grant) if facts.is_me(grant.to) => invited(write, pulled, &grant),
            _ => Ok(()),
        },
        EntryKind::Revoke => match Revoke::read(body) {
            Ok(revoke) if facts.is_me(revoke.from) => ended(write, pulled, &revoke, facts),
            _ => Ok(()),
        },
        EntryKind::Delete => Ok(write.remove_invitation(document)?),
        _ => Ok(()),
    }
}

fn invited(write: &mut Write<'_>, pulled: &Pulled, grant: &Grant) -> Result<(), Error> {
    let document = pulled.offer.document;
    let is_gone = write.state(document)? == Some(DocumentState::Deleted);
    if is_gone || grant.right == Right::Own || grant.accepts_invitation(pulled.person) {
        return Ok(());
    }
    let preview = grant.preview.as_ref().map(Preview::bounded);
    let Preview { title, bytes } = preview.unwrap_or_else(|| Preview::new("", 0));
    let before = write.invitation(document)?.filter(|before| before.round == grant.round);
    let (inviter, came_at) = (pulled.person, pulled.received_at);
    Ok(write.put_invitation(&InvitationRow {
        document,
        inviter,
        right: grant.right,
        round: grant.round,
        entry: pulled.offer.hash,
        title,
        bytes,
        came_at,
        expires_at: joining::expires_at(came_at),
        answer: before.and_then(|before| before.answer),
    })?)
}

/// The invitation was taken back, or this person answered it on this device or another one.
fn ended(
    write: &mut Write<'_>,
    pulled: &Pulled,
    revoke: &Revoke,
    facts: &Facts,
) -> Result<(), Error> {
    let document = pulled.offer.document;
    let Some(before) = write.invitation(document)? else { return Ok(()) };
    if before.round > revoke.round {
        return Ok(());
    }
    let is_own = facts.is_me(pulled.person);
    let answer = Some(InvitationAnswer::DeclinedForGood);
    match (is_own && revoke.for_good, before.answer == answer && !is_own) {
        (true, _) => Ok(write.put_invitation(&InvitationRow { answer, ..before })?),
        // Its sender stays unwelcome, whatever they take back.
        (false, true) => Ok(()),
        (false, false) => Ok(write.remove_invitation(document)?),
    }
}
