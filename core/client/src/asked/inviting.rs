//! Letting somebody begin to read a project, which shows them all of it.

use enhance_model::{DocumentId, DocumentKind, PersonId, Right, Sha256};

use super::{checking, members, texts};
use crate::{error::Error, state::State, writing::target::Target};

/// Invites a person to a project with a right, or gives a member another one than they have. Who
/// begins to read it reads all of it, so that it is looked through first.
pub(crate) fn add(
    state: &mut State,
    project: DocumentId,
    (person, right): (PersonId, Right),
    acknowledged: Option<Sha256>,
) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Own, "adding a member")?;
    let is_new = !members::is_member(state, project, person)?
        && !members::is_waiting(state, project, person, right)?;
    if is_new {
        let texts = texts::to_share(state, project)?;
        checking::let_leave(state, Some(project), &texts, acknowledged)?;
    }
    members::add(state, project, person, right)
}
