//! A sign-off as a file, which says all that is needed to check it.

use enhance_model::{
    DocumentId, Noun, Timestamp,
    sign_off::{PublicKey, SignOff},
};
use enhance_protocol::{SignOffFault, sign_off};
use serde::{Deserialize, Serialize};

use super::views::{self, SignOffView};
use crate::{
    error::{Error, InputField},
    state::{documents, screens::Screen},
};

/// What the file says it is.
const FORM: &str = "enhance sign-off 1";
/// Bytes of the largest file that is read: a text has a limit, and the rest is small.
const MOST_BYTES: usize = 8 << 20;

/// A sign-off with the text that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffPaper {
    /// What this is, with its version.
    pub form: String,
    pub id: DocumentId,
    /// When the file was made, by the device's clock.
    pub exported_at: Timestamp,
    /// When it was signed, by the signer's clock, as people read it.
    pub signed_at: String,
    pub sign_off: SignOff,
    /// All that was signed.
    pub text: String,
    /// The key of the organisation's server, which certifies the signer's.
    pub publisher_key: PublicKey,
}

/// What a file with a sign-off is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffVerdict {
    pub paper: SignOffPaper,
    /// Why it does not count; none if it does, as far as it and the organisation's key tell.
    pub fault: Option<SignOffFault>,
    /// Whether the organisation's key was named by who checks it, and is not only that of the file.
    pub publisher_known: bool,
}

/// A sign-off as a file.
pub(crate) fn export(
    screen: &mut Screen<'_>,
    id: DocumentId,
    now: Timestamp,
) -> Result<SignOffPaper, Error> {
    let facts = screen.facts()?;
    let row = documents::row(screen.store(), id)?;
    let not_found = || Error::not_found(Noun::SignOff, id);
    let request = views::view(screen, row.about.ok_or_else(not_found)?)?;
    let wanted = |answer: &SignOffView| answer.id == id;
    let answer = request.answers.into_iter().find(wanted).ok_or_else(not_found)?;
    Ok(SignOffPaper {
        form: FORM.to_owned(),
        id,
        exported_at: now,
        signed_at: answer.sign_off.at.to_string(),
        sign_off: answer.sign_off,
        text: request.request.text,
        publisher_key: PublicKey::from_bytes(facts.publisher_key),
    })
}

impl SignOffPaper {
    /// The text of the file.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self)
            .map_err(|error| Error::internal("writing a sign-off").because(error))
    }
}

/// Checks a file with a sign-off, with no account and no network. With a publisher's key only what
/// that one certified counts; without one, the key in the file is taken at its word, and who checks
/// compares it with their organisation's.
///
/// That the device was reported lost later, the organisation's server alone can say.
pub fn verify_sign_off(json: &str, publisher: Option<PublicKey>) -> Result<SignOffVerdict, Error> {
    let no_sign_off = || Error::invalid(InputField::SignOff, "this is no file of a sign-off");
    if json.len() > MOST_BYTES {
        return Err(no_sign_off());
    }
    let paper: SignOffPaper = serde_json::from_str(json).map_err(|_| no_sign_off())?;
    if paper.form != FORM {
        return Err(Error::invalid(
            InputField::SignOff,
            format_args!("this app reads {FORM:?}, and not this file's form; update it"),
        ));
    }
    let key = publisher.unwrap_or(paper.publisher_key);
    let checked = sign_off::check(&paper.sign_off, &paper.text, key.as_bytes());
    Ok(SignOffVerdict { fault: checked.err(), paper, publisher_known: publisher.is_some() })
}
