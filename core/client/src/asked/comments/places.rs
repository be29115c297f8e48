//! What comments are about, found in the document as it stands.

use std::ops::Range;

use enhance_model::{
    DocumentKind, ItemId, Noun, Quoted,
    anchor::{Place, Span},
    change_project::{ChangeProject, Section},
    reflection::SharedReflection,
};
use enhance_store::DocumentRow;
use serde::Serialize;

use crate::{
    error::{Error, InputField},
    state::State,
};

/// So many things of a plan are named to one who named none of them, each with so many characters.
const LISTED: usize = 12;
const LABEL: usize = 40;

/// Where what a comment is about stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum AnchorStanding {
    /// It is there, as a whole.
    Here,
    /// It is this stretch of a text.
    At {
        /// Its first character, counted from 0.
        start: u32,
        /// The character after its last one.
        end: u32,
    },
    /// Nothing of the text is left; the quote says what it was.
    DeletedText,
    /// It is of something in the plan that was taken back.
    TakenBack,
    /// It is of something that is not on this device.
    NotHere,
}

/// The place that somebody typed: one in the one spelling, or the bare id of a thing in the plan.
pub(in crate::asked) fn typed(
    state: &State,
    about: &DocumentRow,
    typed: &str,
) -> Result<Place, Error> {
    if about.kind == DocumentKind::SharedReflection {
        let (_, copy) = state.shown::<SharedReflection>(about.id)?;
        return typed_in_copy(&copy, typed);
    }
    let (_, project) = state.shown::<ChangeProject>(about.id)?;
    let place = typed.parse().ok().or_else(|| of_id(&project, typed));
    place.filter(|place| place.is_in(&project)).ok_or_else(|| {
        let typed = Quoted(typed);
        let (sections, items) = (Section::WORDS.join(", "), listed(&project));
        let fields = Place::FIELDS.join(", ");
        let parts = format!("its parts are aim, {sections}, {fields}{items}");
        let why = format!("{typed} is no part of this plan; {parts}");
        Error::invalid(InputField::Comment, why)
    })
}

fn typed_in_copy(copy: &SharedReflection, typed: &str) -> Result<Place, Error> {
    let of_prompt = || copy.answers.contains_key(typed).then(|| Place::Answer(typed.to_owned()));
    let place = of_prompt().or_else(|| typed.parse().ok()).filter(Place::is_of_copy);
    let is_there = |place: &Place| match place {
        Place::Answer(prompt) => copy.answers.contains_key(prompt),
        _ => true,
    };
    place.filter(is_there).ok_or_else(|| {
        let prompts: Vec<&str> = copy.answers.keys().map(String::as_str).collect();
        let (typed, prompts) = (Quoted(typed), prompts.join(", "));
        let why = format!("{typed} is no part of this copy; its parts are {prompts}");
        Error::invalid(InputField::Comment, why)
    })
}

/// The thing with an id as it is printed and in no other form, so that what is looked for is found.
fn of_id(project: &ChangeProject, typed: &str) -> Option<Place> {
    let id = typed.parse().ok().filter(|id: &ItemId| id.to_string() == typed)?;
    let has = |noun: &&Noun| project.ids_of(**noun).contains(&id);
    let standing = ChangeProject::ITEMS.iter().find(has).copied();
    let noun = standing.or_else(|| project.taken_back.get(&id).map(|back| back.noun))?;
    Some(Place::Item(noun, id, None))
}

/// The first of what is in a plan, for a person to find what they meant.
fn listed(project: &ChangeProject) -> String {
    let of_kind = |noun: Noun| project.ids_of(noun).into_iter().map(move |id| (noun, id));
    let mut items = ChangeProject::ITEMS.iter().flat_map(|noun| of_kind(*noun));
    let named = |(noun, id): (Noun, ItemId)| {
        let label: String = project.label(noun, id).chars().take(LABEL).collect();
        format!("{noun} {id} {label}").trim_end().to_owned()
    };
    let first: Vec<String> = items.by_ref().take(LISTED).map(named).collect();
    let more = items.count();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    if first.is_empty() { more } else { format!(", {}{more}", first.join(", ")) }
}

/// Marks a stretch of a text: of the version that the screen showed, or as it stands.
pub(super) fn marked(
    state: &mut State,
    about: &DocumentRow,
    place: &Place,
    range: &Range<u32>,
    base: Option<&enhance_model::Version>,
) -> Result<(Span, String), Error> {
    let none = || {
        let (start, end) = (range.start, range.end);
        let why = format!("{place} has no text with the characters {start} to {end}");
        Error::invalid(InputField::Comment, why)
    };
    if about.kind == DocumentKind::SharedReflection {
        let (_, copy) = state.shown::<SharedReflection>(about.id)?;
        let text = text_of_copy(&copy, place).ok_or_else(none)?;
        let span = Span::of_fixed(text, range.start, range.end).ok_or_else(none)?;
        return Ok((span, enhance_model::anchor::within(text, range)));
    }
    if !place.is_text() {
        return Err(none());
    }
    state.document(about)?.mark(base, place, range).map_err(|error| none().because(error))
}

fn text_of_copy<'c>(copy: &'c SharedReflection, place: &Place) -> Option<&'c str> {
    match place {
        Place::Field("title") => Some(&copy.title),
        Place::Answer(prompt) => copy.answers.get(prompt).map(String::as_str),
        _ => None,
    }
}

/// Where a place stands now. A document is opened for a stretch of a text that is edited, and for
/// nothing else.
pub(super) fn standing(
    state: &mut State,
    about: &DocumentRow,
    place: &Place,
    span: Option<&Span>,
) -> Result<AnchorStanding, Error> {
    let range = |range: Option<Range<u32>>| match range {
        Some(Range { start, end }) => AnchorStanding::At { start, end },
        None => AnchorStanding::DeletedText,
    };
    if about.kind == DocumentKind::SharedReflection {
        let (_, copy) = state.shown::<SharedReflection>(about.id)?;
        let text = text_of_copy(&copy, place);
        return Ok(match (place, span, text) {
            (Place::Whole, ..) | (_, None, Some(_)) => AnchorStanding::Here,
            (_, Some(span), Some(text)) => range(span.in_fixed(text)),
            _ => AnchorStanding::NotHere,
        });
    }
    let (_, project) = state.shown::<ChangeProject>(about.id)?;
    if let Place::Item(noun, id, _) = place {
        if project.taken_back.get(id).is_some_and(|back| back.noun == *noun) {
            return Ok(AnchorStanding::TakenBack);
        }
        if !place.is_in(&project) {
            return Ok(AnchorStanding::NotHere);
        }
    }
    Ok(match span {
        _ if !place.is_of_project() => AnchorStanding::NotHere,
        None => AnchorStanding::Here,
        Some(span) => range(state.document(about)?.find(place, span)),
    })
}
