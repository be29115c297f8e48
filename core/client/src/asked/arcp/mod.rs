//! The page for an annual review, made of what is on this device, and whether one still agrees with
//! that.

mod cited;
mod kept;
mod signed;
mod since;
mod sources;
mod verify;

use enhance_model::{
    CalendarDate,
    arcp::{ArcpPage, EvidenceLine},
    change_project::DIGEST,
    learning_log::Period,
    personal_record::EvidenceStanding,
};
use sha2::{Digest, Sha256};

use self::sources::PageSources;
pub(crate) use self::verify::verify;
pub use self::verify::{ArcpVerdict, NotCompared, RenamedPerson, verify_arcp_digest};
use crate::{
    asked::log::countable,
    error::{Error, InputField},
    state::State,
};

/// The page of a period as it stands, as tables.
pub(crate) fn page(state: &mut State, period: Period) -> Result<ArcpPage, Error> {
    Ok(PageSources::now(state, countable(period)?)?.page())
}

/// The page of a period as it stands, to be printed.
pub(crate) fn html(state: &mut State, period: Period) -> Result<String, Error> {
    let gathered = PageSources::now(state, countable(period)?)?;
    Ok(with_digest(&gathered.page().html(&gathered.stamp)))
}

/// What is known of what this person gives as evidence, beside their record.
pub(crate) fn evidence_standing(state: &mut State) -> Result<EvidenceStanding, Error> {
    sources::standing_now(state)
}

/// Everything that this person gives as evidence, in words, whenever it was.
pub(crate) fn evidence_lines(state: &mut State) -> Result<Vec<EvidenceLine>, Error> {
    let ever = Period::new(CalendarDate::MIN, CalendarDate::MAX);
    let ever = ever.map_err(|fault| Error::invalid(InputField::Date, fault))?;
    Ok(PageSources::now(state, ever)?.evidence_lines())
}

/// A page that says its own digest.
fn with_digest(html: &str) -> String {
    html.replace(DIGEST, &digest(html))
}

fn digest(html: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(html.as_bytes()))
}
