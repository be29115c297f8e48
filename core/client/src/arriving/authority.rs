//! Whether an entry says what its sender may say. What a server passes on is not believed blindly:
//! who may do what with a document, and that it is no more, is said by its owner.
//!
//! | entry | who may say it |
//! |---|---|
//! | `create` | of a private document, its owner; of one that is here, who made it, and once |
//! | `grant` | who owns the document or owned it; of a private document nobody |
//! | an acceptance | anybody: it gives nothing without the invitation it names ([`rights::give`]) |
//! | a claim | anybody: what it comes to follows from all claims ([`enhance_model::Ownership`]) |
//! | `revoke` | the same, and who leaves a plan or puts a copy away |
//! | `delete` | of a private document, who has the account key; of another, its owner |
//! | `seen` | of a private document, its owner |

use enhance_model::{DocumentKind, Ownership, PersonId, Right};
use enhance_protocol::{Delete, EntryBody, EntryKind, Grant, Pulled, Revoke};
use enhance_store::{DocumentRow, StoreReader};

use crate::{error::Error, state::facts::Facts, writing::rights};

/// Whether an entry counts. One of a document that is not here does: it changes nothing.
pub(super) fn counts(store: &StoreReader, facts: &Facts, pulled: &Pulled) -> Result<bool, Error> {
    let Some((row, _)) = store.document(pulled.offer.document)? else { return Ok(true) };
    let (by, body) = (pulled.person, pulled.offer.body.as_slice());
    let is_mine = facts.is_me(by);
    let counts = match pulled.offer.kind {
        EntryKind::Create => {
            let known = store.links(row.id)?.into_iter();
            let mut creates = known.filter(|link| link.kind == EntryKind::Create);
            by == row.creator && creates.all(|link| link.hash == pulled.offer.hash)
        }
        EntryKind::Seen => is_mine || !row.kind.is_sealed(),
        EntryKind::Delete if row.kind.is_sealed() => is_proven(facts, pulled),
        EntryKind::Delete => may_delete(store, facts, &row, by)?,
        EntryKind::Grant | EntryKind::Revoke if row.kind.is_sealed() => false,
        EntryKind::Grant => {
            let grant = Grant::read(body).ok();
            let is_claim = grant.as_ref().is_some_and(|grant| grant.right == Right::Own);
            // The invitation may come after it, from who brought it back to a restored server.
            let answers = row.kind == DocumentKind::ChangeProject
                && grant.is_some_and(|grant| grant.accepts_invitation(by));
            is_claim || answers || rights::owns_or_owned(store, &row, by)?
        }
        EntryKind::Revoke => {
            let leaves = Revoke::read(body).is_ok_and(|revoke| revoke.from == by);
            leaves || rights::owns_or_owned(store, &row, by)?
        }
        _ => true,
    };
    if !counts {
        let (document, kind) = (row.id, pulled.offer.kind);
        tracing::warn!(%document, %kind, %by, "an entry is not by who may say so");
    }
    Ok(counts)
}

/// Whether a deletion of a private document was made with the account key. Without that key nothing
/// of the document can be read here, and nothing of it was written here.
fn is_proven(facts: &Facts, pulled: &Pulled) -> bool {
    let Some(key) = &facts.account_key else { return true };
    let proof = Delete::read(&pulled.offer.body).ok().and_then(|delete| delete.proof);
    proof.is_some_and(|proof| *proof == *key.deletion_proof(pulled.offer.document))
}

/// Whether a person may delete what is not private. With a document go the claims to it, so that a
/// member may own it by now of whom that was never heard.
fn may_delete(
    store: &StoreReader,
    facts: &Facts,
    row: &DocumentRow,
    by: PersonId,
) -> Result<bool, Error> {
    let Ownership { owner, offer, .. } = rights::ownership(store, row)?;
    if by == owner || offer.is_some_and(|offer| offer.to == by) {
        return Ok(true);
    }
    let is_member = row.kind == DocumentKind::ChangeProject && store.round(row.id, by)?.is_some();
    Ok(is_member && !facts.is_me(owner))
}
