//! What several accepted at once stands in a plan once for each of them; all but one are taken out
//! by whichever device of one who may edit the plan sees it first. Several do the same.

use enhance_documents::{Content, Edit};
use enhance_model::{DocumentId, DocumentKind, Right, comments::SuggestionEdit};

use super::{edits, target::Target};
use crate::{error::Error, state::State};

/// Takes out of a plan what stands twice in it, if this person may edit it.
pub(crate) fn remove(state: &mut State, project: DocumentId) -> Result<(), Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    if target.right(state)? < Right::Edit {
        return Ok(());
    }
    let standing = state.document(&target.row)?.standing()?;
    let Content::ChangeProject(project) = &*standing else { return Ok(()) };
    if !project.decisions.is_doubled {
        return Ok(());
    }
    drop(standing);
    let edit = Edit::Suggestion(SuggestionEdit::RemoveDoubles);
    edits::edit(state, &target, None, &[edit]).map(|_| ())
}
