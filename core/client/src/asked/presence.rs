//! Who else has a plan open at the moment, for a screen.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind, Person, anchor::Place};
use enhance_protocol::{Guest, Whereabouts};
use serde::Serialize;

use crate::{
    error::{Error, InputField},
    state::{State, lock::StateLock},
    sync::traffic::Traffic,
};

/// Somebody who has a plan open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PresentView {
    pub person: Person,
    /// The section or the thing in the plan where they are.
    pub place: Place,
}

/// Notes that this person is at a place in a plan, so that the others there see it.
pub(crate) fn enter(
    lock: &StateLock,
    traffic: &Traffic,
    document: DocumentId,
    place: Place,
) -> Result<(), Error> {
    if !place.is_of_project() {
        return Err(Error::invalid(InputField::Comment, "a plan has no such place"));
    }
    lock.with(|state: &mut State| state.row_of(document, DocumentKind::ChangeProject))?;
    traffic.go(Some(Whereabouts { document, place }));
    Ok(())
}

/// Who else has a plan open, each person once, by their names.
pub(crate) fn company(
    lock: &StateLock,
    traffic: &Traffic,
    document: DocumentId,
) -> Result<Vec<PresentView>, Error> {
    let guests = traffic.company_in(document);
    lock.read(|screen| {
        let own = screen.facts()?.person.id;
        let mut seen = BTreeSet::from([own]);
        let mut present = Vec::new();
        for Guest { person, place, .. } in guests {
            if !seen.insert(person) {
                continue;
            }
            // Of somebody who is not known here yet the next exchange tells.
            if let Some(person) = screen.store().person(person)? {
                present.push(PresentView { person, place });
            }
        }
        present.sort_by(|one, other| one.person.name.cmp(&other.person.name));
        Ok(present)
    })
}
