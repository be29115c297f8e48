//! A plan written into a new document: what somebody took with them, into a new account.

use super::{ChangeProject, Item, ProjectEdit, Status, StatusMove};
use crate::{ItemId, record::Record};

impl ChangeProject {
    /// The edits that write all that the plan says, but its title, topic and setting, into a new
    /// one, each thing under its own id. `moved` is the id of a move in the log of its status, in
    /// case the log does not say how it came to that.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId,
    ///     change_project::{ChangeProject, Driver, Section},
    /// };
    ///
    /// let mut plan = ChangeProject::default();
    /// plan.sections.insert(Section::Problem, "Falls.".to_owned());
    /// plan.drivers.insert(ItemId::from_bytes([7; 16]), Driver::default());
    /// let edits = plan.edits(ItemId::from_bytes([8; 16]));
    /// assert_eq!(ChangeProject::default().with(&edits).sections, plan.sections);
    /// ```
    pub fn edits(&self, moved: ItemId) -> Vec<ProjectEdit> {
        let mut edits = self.edits_of_fields();
        edits.extend(self.adding_items());
        edits.extend(self.edits_of_status(moved));
        edits
    }

    fn edits_of_fields(&self) -> Vec<ProjectEdit> {
        let aim = self.aim.edits().into_iter().map(|edit| ProjectEdit::Aim { edit });
        let sections = self.sections.iter().filter(|(_, text)| !text.is_empty());
        let sections = sections
            .map(|(section, text)| ProjectEdit::Section { section: *section, text: text.clone() });
        let tags = self.tags.iter().map(|tag| ProjectEdit::AddTag { tag: tag.clone() });
        let mut edits: Vec<_> = aim.chain(sections).chain(tags).collect();
        edits.extend(self.progress.map(|score| ProjectEdit::Progress { score: Some(score) }));
        edits.extend(self.start.map(|on| ProjectEdit::Start { on: Some(on) }));
        edits.extend(self.end.map(|on| ProjectEdit::End { on: Some(on) }));
        edits
    }

    /// The log of the status, of which the move that led to it is made last.
    fn edits_of_status(&self, moved: ItemId) -> Vec<ProjectEdit> {
        let last = self.moves.iter().filter(|(_, one)| one.to == self.status);
        let last = last.max_by_key(|(id, one)| (one.at, **id));
        let others = self.moves.iter().filter(|(id, _)| last.is_none_or(|(last, _)| last != *id));
        let mut edits: Vec<_> = others.flat_map(|(id, one)| one.adding(*id)).collect();
        let (to, created) = (self.status, self.created_at);
        match last {
            Some((id, StatusMove { at, note, .. })) => {
                let (id, at, note) = (*id, at.unwrap_or(created), note.clone());
                edits.push(ProjectEdit::Move { id, to, at, note });
            }
            None if to != Status::default() => {
                edits.push(ProjectEdit::Move { id: moved, to, at: created, note: String::new() });
            }
            None => {}
        }
        edits
    }
}
