//! Whether a printed page still agrees with what it was made of.

use enhance_model::{
    arcp::ArcpStamp,
    markup::without_mark,
    printed::{MADE_BY, plain_line_ends, says_its_digest, with_digest},
};
use serde::Serialize;

use super::sources::{self, PageSources};
use crate::{
    asked::paper::{MOST_BYTES, OtherName},
    error::{Error, InputField},
    state::State,
};

/// Whether a page for an annual review still agrees with what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum ArcpVerdict {
    /// It says what the record says now.
    Agrees { renamed: Vec<OtherName> },
    /// It says what the record said, which has changed since.
    Outdated {
        /// How many changes came since, to all that it was made of.
        changes: usize,
        renamed: Vec<OtherName>,
    },
    /// It says what the record said, by the version of the programme's content that it keeps itself:
    /// another one is in use here now.
    OtherPack {
        /// The version by which it was made; none if there was none.
        made_with: Option<u64>,
        /// How many changes came since, to all that it was made of.
        changes: usize,
        renamed: Vec<OtherName>,
    },
    /// Its digest is right, so that nothing was altered by mistake; more cannot be said here.
    Unaltered { why: NotCompared },
    /// Somebody altered the page after it was made, or made it by other means.
    Altered,
}

/// Why a page cannot be compared with what it was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCompared {
    /// It is the record of somebody else, which nobody but its owner can read.
    OfSomebodyElse,
    /// Something of it is not on this device, or not yet in that version.
    NotHere,
    /// Another version of the app made it, whose words may be others.
    OtherVersion,
}

/// Whether a page for an annual review is whole, by nothing but the page: for who has no account,
/// such as a panel. On a device of its owner [`crate::LearningCore::verify_arcp`] says
/// what became of its record since.
///
/// # Errors
///
/// [`Error::InvalidInput`] if it is no such page, or is larger than one gets.
pub fn verify_arcp_digest(html: &str) -> Result<ArcpVerdict, Error> {
    let html = &*plain_line_ends(without_mark(html));
    stamp_of(html)?;
    if says_its_digest(html) {
        Ok(ArcpVerdict::Unaltered { why: NotCompared::OfSomebodyElse })
    } else {
        Ok(ArcpVerdict::Altered)
    }
}

fn stamp_of(html: &str) -> Result<ArcpStamp, Error> {
    let stamp = if html.len() > MOST_BYTES { None } else { ArcpStamp::read(html) };
    stamp.ok_or_else(|| Error::invalid(InputField::Page, "this is no page for an annual review"))
}

/// Whether a page still agrees with what it was made of.
pub(crate) fn verify(state: &mut State, html: &str) -> Result<ArcpVerdict, Error> {
    let html = &*plain_line_ends(without_mark(html));
    let stamp = stamp_of(html)?;
    if !says_its_digest(html) {
        return Ok(ArcpVerdict::Altered);
    }
    let facts = state.facts()?;
    let unaltered = |why| Ok(ArcpVerdict::Unaltered { why });
    if !facts.is_me(stamp.trainee) {
        return unaltered(NotCompared::OfSomebodyElse);
    }
    let Some(then) = PageSources::at(state, &stamp)? else {
        return unaltered(NotCompared::NotHere);
    };
    let mut now = PageSources::now(state, stamp.period)?;
    let is_same_pack = now.stamp.pack == stamp.pack;
    let then = then.page();
    // What a page keeps of a pack that is here must be what is in that pack.
    let is_other_pack = is_same_pack && now.stamp.programme != stamp.programme;
    if is_other_pack || plain_line_ends(&with_digest(&then.html(&stamp))) != html {
        let is_ours = stamp.made_by.as_deref().is_none_or(|version| version == MADE_BY);
        return if is_ours {
            Ok(ArcpVerdict::Altered)
        } else {
            unaltered(NotCompared::OtherVersion)
        };
    }
    let people = stamp.names.keys().copied().collect();
    let here = sources::names(state, &facts, &people)?;
    let others = stamp.names.iter().filter(|(id, name)| here.get(id) != Some(name));
    let renamed = others
        .map(|(id, name)| OtherName { on_page: name.clone(), here: here.get(id).cloned() })
        .collect();
    if !is_same_pack {
        let changes = sources::changes_since(state, &stamp)?;
        return Ok(ArcpVerdict::OtherPack { made_with: stamp.pack, changes, renamed });
    }
    now.stamp.made_on = stamp.made_on;
    now.stamp.names.extend(stamp.names.clone());
    if now.page() == then {
        return Ok(ArcpVerdict::Agrees { renamed });
    }
    // What was not there when the page was made is no change of anything that it was made of.
    let changes = sources::changes_since(state, &stamp)?.max(1);
    Ok(ArcpVerdict::Outdated { changes, renamed })
}
