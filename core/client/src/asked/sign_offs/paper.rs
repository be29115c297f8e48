//! A sign-off as a file, which says all that is needed to check it.

use std::{collections::BTreeMap, fmt};

use enhance_model::{
    DocumentId, Noun, PersonId, RefusalCode, Timestamp,
    markup::without_mark,
    personal_record::KeptSignOff,
    sign_off::{PlacementRole, PublicKey, SignOff, SignerRole},
};
use enhance_protocol::{SignOffFault, sign_off};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    beside::{check_once, strange_fields},
    views::{self, SignOffView},
};
use crate::{
    asked::export::moments,
    error::{Error, InputField},
    state::{documents, screens::Screen},
};

/// What it says it is as a record keeps it, and as earlier files did: moments are milliseconds.
const FORM: &str = "enhance sign-off 1";
/// What the file says it is: moments are as people read them.
const FILE_FORM: &str = "enhance sign-off 2";
/// What it says in every version of it.
const FORMS: &str = "enhance sign-off ";
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
    /// What the trainee's placements named the signer as when the file was made: the trainee's
    /// word, which nobody signed. None in a file that the signer made.
    #[serde(default)]
    pub placements: Option<Vec<PlacementRole>>,
    /// What had become of what was signed where an export was made that this was read back from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<SinceThen>,
}

/// What had become of something that was signed, by the word of the device that exported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SinceThen {
    Unchanged,
    Changed,
    /// Its document was deleted, or it was taken out of the record.
    Deleted,
}

/// What is said of something that cannot be compared, and of which nobody knew before either.
pub(in crate::asked) const NOT_TOLD: &str = "whether it changed since cannot be told any more";

impl SinceThen {
    /// As a panel reads it of what cannot be compared any more.
    pub(in crate::asked) const fn in_words(self) -> &'static str {
        match self {
            Self::Unchanged => "as it was then when it was exported, and not here to be compared",
            Self::Changed => "changed since, before it was exported",
            Self::Deleted => "deleted since, before it was exported",
        }
    }
}

/// What a file with a sign-off is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffVerdict {
    pub paper: SignOffPaper,
    /// Why it does not count; none if it does, as far as it and the organisation's key tell.
    pub fault: Option<SignOffFault>,
    /// Whether the organisation's key was named by who checks it, and is not only that of the file.
    pub publisher_known: bool,
    /// As what it was signed, and what placements and the certificate say of the signer.
    pub signer_role: SignerRole,
    /// What of all this no signature covers, by its path: anybody may have written it there.
    pub not_signed: Vec<&'static str>,
}

impl SignOffVerdict {
    /// As what it was signed, by what was signed alone: nothing that a placement says.
    pub fn signed_role(&self) -> SignerRole {
        SignerRole::of(&self.paper.sign_off, None)
    }
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
    let signed = (id, answer.sign_off, request.request.text);
    let publisher_key = PublicKey::from_bytes(facts.publisher_key);
    Ok(SignOffPaper::of(signed, answer.signer_role.placements, (now, publisher_key)))
}

impl SignOffPaper {
    /// A sign-off with its text, made into a file at a moment, in an organisation.
    pub(in crate::asked) fn of(
        (id, sign_off, text): (DocumentId, SignOff, String),
        placements: Option<Vec<PlacementRole>>,
        (exported_at, publisher_key): (Timestamp, PublicKey),
    ) -> Self {
        let (form, signed_at) = (FORM.to_owned(), sign_off.at.to_string());
        let since = None;
        Self { form, id, exported_at, signed_at, sign_off, text, publisher_key, placements, since }
    }

    /// What a record keeps of one; none where somebody wrote something else there.
    pub(in crate::asked) fn in_record(kept: &KeptSignOff) -> Option<Self> {
        serde_json::from_slice(kept.paper.as_bytes()).ok()
    }

    /// As what it was signed, and what placements and the server's certificate say of the signer.
    pub fn signer_role(&self) -> SignerRole {
        SignerRole::of(&self.sign_off, self.placements.clone())
    }

    /// These names of people, and those that it has of who signed and for whom.
    pub(in crate::asked) fn names(
        &self,
        mut names: BTreeMap<PersonId, String>,
    ) -> BTreeMap<PersonId, String> {
        let SignOff { trainee, trainee_name, signer, .. } = &self.sign_off;
        names.entry(*trainee).or_insert_with(|| trainee_name.clone());
        if let Some(person) = signer.person {
            names.entry(person).or_insert_with(|| signer.name.clone());
        }
        names
    }

    /// The text of the file, with moments as people read them.
    pub fn to_json(&self) -> Result<String, Error> {
        let unwritable = |error| Error::internal("writing a sign-off").because(error);
        let mut value = serde_json::to_value(self).map_err(unwritable)?;
        set_form(&mut value, FILE_FORM);
        moments::in_words(&mut value);
        serde_json::to_string_pretty(&value).map_err(unwritable)
    }

    /// As a record keeps it, which an older app reads too.
    pub(in crate::asked) fn to_record(&self) -> Result<String, Error> {
        serde_json::to_string(self)
            .map_err(|error| Error::internal("keeping a sign-off").because(error))
    }
}

fn set_form(paper: &mut Value, form: &str) {
    if let Some(said) = paper.get_mut("form") {
        *said = form.into();
    }
}

/// What a record keeps of a sign-off as an export has it, as plain data of the form of a file;
/// none where somebody wrote something else there.
pub(in crate::asked) fn opened(kept: &str) -> Option<Value> {
    let mut paper: Value = serde_json::from_slice(kept.as_bytes()).ok()?;
    let is_paper = paper.get("form").and_then(Value::as_str) == Some(FORM);
    set_form(&mut paper, FILE_FORM);
    is_paper.then_some(paper)
}

/// The other way round, of one whose moments are milliseconds again.
pub(in crate::asked) fn closed(mut paper: Value) -> Value {
    set_form(&mut paper, FORM);
    if let Some(signed_at) = paper.get_mut("signed_at")
        && let Some(millis) = signed_at.as_i64()
    {
        *signed_at = Timestamp::from_unix_millis(millis).to_string().into();
    }
    paper
}

/// What a file that was altered is refused with, where no verdict can be given of what it says.
fn altered(why: impl fmt::Display) -> Error {
    let message = format!("{why}, so nothing in it counts; ask for the file as it was made");
    Error::Refused { code: RefusalCode::NotSigned, message }
}

/// What something else than a file of a sign-off is refused with.
fn no_sign_off(why: &str) -> Error {
    Error::invalid(InputField::SignOff, format_args!("this is no file of a sign-off: {why}"))
}

/// Why a text that cannot be read as JSON is refused: one that was cut off, or in which something is
/// broken, was a file once, and anything else never was.
fn broken(json: &str, fault: &serde_json::Error) -> Error {
    if fault.is_eof() && json.trim_start().starts_with('{') {
        altered("this file was cut off before its end")
    } else if json.contains(&format!("\"{FORMS}")) {
        altered("this file is broken: it cannot be read as it was made")
    } else if json.trim().is_empty() {
        no_sign_off("it is empty")
    } else {
        no_sign_off("it is no JSON")
    }
}

/// Checks a file with a sign-off, with no account and no network. With a publisher's key only what
/// that one certified counts; without one, the key in the file is taken at its word, and who checks
/// compares it with their organisation's. What is no file of a sign-off is invalid input; a file that
/// was cut off or broken, with anything in it that is not known here, that lacks something, or that
/// says what was signed a second time in other words, is refused as not signed, with the names of it.
///
/// That the device was reported lost later, the organisation's server alone can say.
pub fn verify_sign_off(json: &str, publisher: Option<PublicKey>) -> Result<SignOffVerdict, Error> {
    if json.len() > MOST_BYTES {
        return Err(no_sign_off("it is too large for one"));
    }
    let json = without_mark(json);
    let mut file: Value =
        serde_json::from_slice(json.as_bytes()).map_err(|fault| broken(json, &fault))?;
    let form = file.get("form").and_then(Value::as_str);
    match form.filter(|form| form.starts_with(FORMS)) {
        Some(FORM) => {}
        Some(FILE_FORM) => {
            moments::in_millis(&mut file);
            file = closed(file);
        }
        Some(_) => {
            return Err(Error::invalid(
                InputField::SignOff,
                format_args!("this app reads {FILE_FORM:?}, and not this file's form; update it"),
            ));
        }
        None if file.get("sign_off").is_some() => {
            return Err(altered("this file says no more what it is"));
        }
        None => return Err(no_sign_off("it is JSON of something else")),
    }
    let not_as_made = || altered("something is missing in this file, or is not as it was made");
    // Of the text, since a field that is there twice is there once in the value.
    check_once(json).map_err(|_| not_as_made())?;
    let paper: SignOffPaper =
        serde_json::from_slice(file.to_string().as_bytes()).map_err(|_| not_as_made())?;
    check_fields(&file, &paper)?;
    let key = publisher.unwrap_or(paper.publisher_key);
    let mut checked = sign_off::check(&paper.sign_off, &paper.text, key.as_bytes());
    if key != paper.publisher_key {
        checked = checked.and(Err(SignOffFault::NotCertified));
    }
    let (publisher_known, signer_role) = (publisher.is_some(), paper.signer_role());
    let fault = checked.err();
    let mut not_signed = vec!["paper.id", "paper.exported_at"];
    if paper.placements.is_some() {
        not_signed.extend(["paper.placements", "signer_role.placements"]);
    }
    not_signed.extend(paper.since.map(|_| "paper.since"));
    Ok(SignOffVerdict { paper, fault, publisher_known, signer_role, not_signed })
}

/// Refuses a file that says more than was read of it: who opens it would take that for signed.
fn check_fields(file: &Value, paper: &SignOffPaper) -> Result<(), Error> {
    let signed_at = paper.sign_off.at.to_string();
    let known = serde_json::to_value(SignOffPaper { signed_at, ..paper.clone() })
        .map_err(|error| Error::internal("comparing a sign-off").because(error))?;
    let strange = strange_fields(file, &known);
    if strange.is_empty() {
        return Ok(());
    }
    let strange = strange.join(", ");
    Err(altered(format_args!("what the file says under {strange} is not what was signed")))
}
