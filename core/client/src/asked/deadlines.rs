//! What has to be there by a day, and what is good until one: deadlines and certificates.

use enhance_model::{
    CalendarDate, ItemId,
    learning_log::local_day,
    personal_record::{Certificate, DeadlineWarning, EvidenceDeadline},
};
use serde::Serialize;

use super::record;
use crate::{error::Error, state::State};

/// A deadline as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineView {
    pub id: ItemId,
    pub deadline: EvidenceDeadline,
    /// How many days are left; less than none once it is over.
    pub days_left: i32,
}

/// A certificate as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateView {
    pub id: ItemId,
    pub certificate: Certificate,
    /// How many days it is good for; less than none once it has run out, none if it does not.
    pub days_left: Option<i32>,
}

/// The deadlines, soonest first.
pub(crate) fn all(state: &mut State) -> Result<Vec<DeadlineView>, Error> {
    let today = local_day(state.now());
    let deadlines = record::read(state)?.deadlines.into_iter();
    let view = |(id, deadline): (ItemId, EvidenceDeadline)| DeadlineView {
        id,
        days_left: deadline.days_left(today),
        deadline,
    };
    let mut deadlines: Vec<_> = deadlines.map(view).collect();
    deadlines.sort_by_key(|view| (view.deadline.at, view.id));
    Ok(deadlines)
}

/// The warnings of deadlines that are still to be given: what a host schedules.
pub(crate) fn warnings(state: &mut State) -> Result<Vec<DeadlineWarning>, Error> {
    let today = local_day(state.now());
    Ok(record::read(state)?.warnings_from(today))
}

/// The certificates, those that run out first first.
pub(crate) fn certificates(state: &mut State) -> Result<Vec<CertificateView>, Error> {
    let today = local_day(state.now());
    let left = |day: CalendarDate| today.until(day).map_or(i32::MAX, |span| span.get_days());
    let certificates = record::read(state)?.certificates.into_iter();
    let view = |(id, certificate): (ItemId, Certificate)| CertificateView {
        id,
        days_left: certificate.expires.map(left),
        certificate,
    };
    let mut certificates: Vec<_> = certificates.map(view).collect();
    certificates.sort_by_key(|view| (view.days_left.is_none(), view.days_left, view.id));
    Ok(certificates)
}
