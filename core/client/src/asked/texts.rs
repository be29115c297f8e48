//! The texts of a document that its readers would see, as they stand.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{
    DocumentId, DocumentKind, Noun, Tag,
    change_project::ChangeProject,
    comments::Comments,
    identifiers::Writer,
    reflection::{Reflection, SharedReflection},
};

use super::{
    checking::{self, TextPlace, Texts},
    comments::said,
    members, projects, reflections,
};
use crate::{error::Error, state::State};

/// The texts of a reflection or a project as they stand, with what was typed.
pub(crate) fn of(state: &mut State, id: DocumentId) -> Result<Texts, Error> {
    match state.row(id)?.kind {
        DocumentKind::Reflection => Ok(of_reflection(&reflections::view(state, id)?.reflection)),
        DocumentKind::ChangeProject => Ok(of_project(&projects::view(state, id)?.project)),
        DocumentKind::SharedReflection => {
            let (_, copy) = state.shown::<SharedReflection>(id)?;
            Ok(of_answers(&copy.title, &copy.answers, &copy.tags))
        }
        _ => Err(Error::not_allowed("only reflections and plans are looked through")),
    }
}

/// The same with all that somebody new to it would read. What is said about a project is asked about
/// as it is said; where nobody else reads it yet, it is asked about with the rest.
pub(crate) fn to_share(state: &mut State, id: DocumentId) -> Result<Texts, Error> {
    let mut texts = of(state, id)?;
    let row = state.row(id)?;
    if row.kind == DocumentKind::ChangeProject && !members::others_read(state, &row)? {
        for (_, comments) in said::all_on(state.store(), id)? {
            texts.extend(of_comments(comments));
        }
    }
    Ok(texts)
}

/// What of a project is looked through whenever it is edited, and by whom it is written; nothing
/// where nobody else reads it.
pub(crate) fn read_by_others(
    state: &mut State,
    project: DocumentId,
) -> Result<Option<(Texts, Writer)>, Error> {
    let row = state.row_of(project, DocumentKind::ChangeProject)?;
    if !members::others_read(state, &row)? {
        return Ok(None);
    }
    Ok(Some((of(state, project)?, checking::writer(state)?)))
}

fn of_comments(comments: Comments) -> impl Iterator<Item = (TextPlace, String)> {
    let place = |id| TextPlace::Item { what: Noun::Comment, id };
    let said = comments.comments.into_iter().map(move |(id, one)| (place(id), one.body));
    let suggested = comments.suggestions.into_iter();
    said.chain(
        suggested.map(move |(id, one)| (place(id), format!("{}\n{}", one.replacement, one.why))),
    )
}

/// What a copy of a reflection would say.
pub(crate) fn of_reflection(reflection: &Reflection) -> Texts {
    of_answers(&reflection.title, &reflection.answers, &reflection.tags)
}

fn of_answers(title: &str, answers: &BTreeMap<String, String>, tags: &BTreeSet<Tag>) -> Texts {
    let answers = answers.iter();
    let answers = answers.map(|(prompt, text)| (TextPlace::Answer(prompt.clone()), text.clone()));
    let tags = tags.iter().map(|tag| (TextPlace::Tagged(tag.clone()), tag.to_string()));
    let title = (TextPlace::Title, title.to_owned());
    std::iter::once(title).chain(answers).chain(tags).collect()
}

/// What the page of a project would say.
fn of_project(project: &ChangeProject) -> Texts {
    let sections = project.sections.iter();
    let sections = sections.map(|(section, text)| (TextPlace::Section(*section), text.clone()));
    let items = ChangeProject::ITEMS.iter().flat_map(|noun| {
        let items = project.texts_of(*noun).into_iter();
        items.map(|(id, texts)| (TextPlace::Item { what: *noun, id }, texts.join("\n")))
    });
    let tags = project.tags.iter().map(|tag| (TextPlace::Tagged(tag.clone()), tag.to_string()));
    let first = [
        (TextPlace::Title, project.title.clone()),
        (TextPlace::Setting, project.setting.clone()),
        (TextPlace::AimSentence, project.aim.sentence.clone()),
    ];
    first.into_iter().chain(sections).chain(items).chain(tags).collect()
}
