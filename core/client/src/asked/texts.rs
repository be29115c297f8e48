//! The texts of a document that its readers would see, as they stand.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{
    DocumentId, DocumentKind, Tag,
    change_project::ChangeProject,
    reflection::{Reflection, SharedReflection},
};

use super::{
    checking::{TextPlace, Texts},
    projects, reflections,
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
