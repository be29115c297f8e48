//! What a reflection asks: the prompts of its template, in the version it was begun with.

use enhance_model::{
    DocumentKind, Noun,
    programme::{Prompt, Template},
    reflection::{AskedPrompt, Reflection},
};

use crate::{
    error::Error,
    state::{State, rows, screens::Screen},
};

/// Reflections that are looked at for what a template asked, where no programme says it.
const LOOKED_AT: u32 = 50;

/// The version and the prompts of a template that a reflection is begun from.
///
/// Without a programme, or with one whose file is lost, any template can be named: it asks what it
/// asked when this person last began one, and nothing if they never did.
pub(super) fn to_begin(
    state: &mut State,
    template: &str,
) -> Result<(u32, Vec<AskedPrompt>), Error> {
    if let Some(pack) = state.programme()? {
        let known = pack.programme.template(template);
        let known = known.ok_or_else(|| Error::not_found(Noun::Template, template))?;
        let asked =
            |prompt: &Prompt| AskedPrompt { key: prompt.key.clone(), label: prompt.label.clone() };
        return Ok((known.version, known.prompts.iter().map(asked).collect()));
    }
    for listed in state.store().list(DocumentKind::Reflection, None, LOOKED_AT)? {
        let shown = rows::shown_if_any::<Reflection>(state.store(), listed.summary.document)?;
        if let Some((_, begun)) = shown.filter(|(_, one)| one.template == template)
            && !begun.prompts.is_empty()
        {
            return Ok((begun.template_version, begun.prompts));
        }
    }
    Ok((0, Vec::new()))
}

/// A template in a version: as the programme in use has it, or with the prompts that were kept.
pub(super) fn template(
    screen: &mut Screen<'_>,
    (key, version): (&str, u32),
    asked: &[AskedPrompt],
) -> Result<Option<Template>, Error> {
    let pack = screen.programme()?;
    let known = pack.as_ref().and_then(|pack| pack.programme.template(key));
    if let Some(known) = known.filter(|known| known.version == version) {
        return Ok(Some(known.clone()));
    }
    if asked.is_empty() {
        return Ok(None);
    }
    let prompt = |one: &AskedPrompt| Prompt {
        key: one.key.clone(),
        label: one.label.clone(),
        help: String::new(),
        max_words: None,
    };
    Ok(Some(Template {
        key: key.to_owned(),
        version,
        title: known.map_or_else(|| key.to_owned(), |known| known.title.clone()),
        purpose: String::new(),
        prompts: asked.iter().map(prompt).collect(),
    }))
}
