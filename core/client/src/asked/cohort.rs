//! The cohort of a fellow: trainees by what they shared with this person.

use std::{cmp::Reverse, collections::BTreeMap};

use enhance_model::{
    DocumentKind, PersonId, Timestamp,
    change_project::ChangeProject,
    cohort::{Cohort, CohortCopy, CohortProject, CohortTrainee},
    reflection::SharedReflection,
};

use super::comments::said;
use crate::{
    error::Error,
    state::{rows, screens::Screen},
};

/// Everybody whose plan this person is a member of, or who shared a copy with them.
pub(crate) fn view(screen: &mut Screen<'_>, now: Timestamp) -> Result<Cohort, Error> {
    let (facts, store) = (screen.facts()?, screen.store());
    let mut trainees: BTreeMap<PersonId, CohortTrainee> = BTreeMap::new();
    for listed in store.list(DocumentKind::ChangeProject, None, u32::MAX)? {
        let id = listed.summary.document;
        let shown = rows::shown_if_any::<ChangeProject>(store, id)?;
        let Some((summary, project)) = shown.filter(|_| !facts.is_me(listed.owner)) else {
            continue;
        };
        let all = said::all_on(store, id)?;
        let said = (summary.updated_at, &*said::said(&all));
        let project = CohortProject::new(id, &project, said, now);
        let name = listed.person.map(|person| person.name).unwrap_or_default();
        of(&mut trainees, listed.owner, name).projects.push(project);
    }
    for listed in store.list(DocumentKind::SharedReflection, None, u32::MAX)? {
        let id = listed.summary.document;
        let shown = rows::shown_if_any::<SharedReflection>(store, id)?;
        let Some((summary, copy)) = shown.filter(|_| !facts.is_me(listed.owner)) else {
            continue;
        };
        let seen = store.seen(id)?.into_iter().find(|seen| facts.is_me(seen.person));
        let (title, shared_at) = (summary.title, copy.shared_at);
        let copy = CohortCopy { id, title, shared_at, seen_at: seen.map(|seen| seen.at) };
        let name = listed.person.map(|person| person.name).unwrap_or_default();
        of(&mut trainees, listed.owner, name).copies.push(copy);
    }
    let mut trainees: Vec<CohortTrainee> = trainees.into_values().collect();
    for trainee in &mut trainees {
        trainee.projects.sort_by_key(|one| (one.last_change, one.id));
        trainee.copies.sort_by_key(|one| Reverse((one.shared_at, one.id)));
    }
    trainees.sort_by(|one, other| (&one.name, one.person).cmp(&(&other.name, other.person)));
    Ok(Cohort { trainees })
}

fn of(
    trainees: &mut BTreeMap<PersonId, CohortTrainee>,
    person: PersonId,
    name: String,
) -> &mut CohortTrainee {
    let (projects, copies) = (Vec::new(), Vec::new());
    trainees.entry(person).or_insert(CohortTrainee { person, name, projects, copies })
}
