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
    learning_log::Period,
    personal_record::EvidenceStanding,
    printed::with_digest,
};

use self::sources::PageSources;
pub(crate) use self::verify::verify;
pub use self::verify::{ArcpVerdict, NotCompared, verify_arcp_digest};
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
