//! Entries that cannot be read: of a kind that this server does not know, or damaged.

use enhance_model::RefusalCode;
use enhance_protocol::{ExchangeResponse, Illegible, Outcome};

use crate::{
    error::RequestError,
    refusals::{self, Refused},
    state::ServerState,
    storage::people::Sender,
};

/// What the person is told of such an entry.
const WORDS: &str = "this server cannot read this edit: it is damaged, or of an app that is newer \
                     than the server. Update the app, or ask whoever runs the server to update it";

/// Refuses what could not be read, each in its place among the verdicts.
pub(super) async fn refuse(
    state: &ServerState,
    sender: Sender,
    illegible: &Illegible,
    response: &mut ExchangeResponse,
) -> Result<(), RequestError> {
    if illegible.is_empty() {
        return Ok(());
    }
    let Illegible { offers, brought } = illegible;
    let (code, message) = (RefusalCode::Malformed, WORDS.to_owned());
    let outcome = Outcome::Rejected { code, message };
    Illegible::refuse(offers, &mut response.verdicts, &outcome);
    Illegible::refuse(brought, &mut response.brought, &outcome);
    let count = (offers.len() + brought.len()) as u64;
    let refused = Refused { what: format!("illegible {code}"), document: None, count };
    Ok(refusals::note(state, Some(sender), vec![refused]).await?)
}
