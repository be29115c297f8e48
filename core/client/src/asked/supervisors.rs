//! Who supervises this person, as their placements say.

use enhance_model::{
    CalendarDate, ItemId, Person,
    learning_log::local_day,
    personal_record::{Placement, Supervisor, SupervisorRole},
};
use serde::Serialize;

use super::record;
use crate::{error::Error, state::State};

/// When somebody supervises, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Supervision {
    /// The placement is on.
    Present,
    /// It has not begun.
    Future,
    /// It is over by now.
    Past,
}

/// Somebody who supervises this person in a placement: whom to share with and to ask first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupervisorView {
    /// The line of the record that names them.
    pub id: ItemId,
    /// Who it is, if they have an account that this device has heard of.
    pub person: Option<Person>,
    pub name: String,
    /// What they are to this person.
    pub role: SupervisorRole,
    /// The part of the placement, if it is one part only.
    pub part: String,
    pub placement: ItemId,
    /// Where: the trust, practice or body.
    pub organisation: String,
    /// The first and the last day of it.
    pub start: CalendarDate,
    pub end: CalendarDate,
    pub supervision: Supervision,
    /// That the placement is not on today, in a sentence.
    pub note: Option<String>,
}

/// Who supervises this person: first those of today, then those to come, then those of before, the
/// last of them first.
pub(crate) fn view(state: &mut State) -> Result<Vec<SupervisorView>, Error> {
    let today = local_day(state.now());
    let record = record::read(state)?;
    let mut views = Vec::new();
    for (id, one) in &record.supervisors {
        let Some(placement) = record.placements.get(&one.placement) else { continue };
        let person = one.person.map(|person| state.store().person(person)).transpose()?.flatten();
        views.push(of(*id, one, placement, person, today));
    }
    let days = |view: &SupervisorView| match view.supervision {
        Supervision::Past => today.until(view.end).map_or(0, |span| -span.get_days()),
        Supervision::Present | Supervision::Future => {
            today.until(view.start).map_or(0, |span| span.get_days())
        }
    };
    views.sort_by_key(|view| (view.supervision, view.person.is_none(), days(view), view.id));
    Ok(views)
}

fn of(
    id: ItemId,
    one: &Supervisor,
    placement: &Placement,
    person: Option<Person>,
    today: CalendarDate,
) -> SupervisorView {
    let Placement { organisation, start, end, .. } = placement;
    let supervision = match () {
        () if today < *start => Supervision::Future,
        () if *end < today => Supervision::Past,
        () => Supervision::Present,
    };
    let said = one.name.trim().to_owned();
    let name = person.as_ref().map_or(said, |person| person.name.clone());
    let role = one.role.as_str().replace('_', " ");
    let note = match supervision {
        Supervision::Present => None,
        Supervision::Future => Some(format!("{name} is your {role} supervisor from {start}")),
        Supervision::Past => Some(format!("{name} was your {role} supervisor until {end}")),
    };
    SupervisorView {
        id,
        person,
        name,
        role: one.role,
        part: one.part.clone(),
        placement: one.placement,
        organisation: organisation.clone(),
        start: *start,
        end: *end,
        supervision,
        note,
    }
}
