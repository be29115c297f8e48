//! What was said about a plan and is still open for one person.

use std::collections::BTreeMap;

use crate::{ItemId, PersonId, Timestamp, comments::Comments};

/// The last word at a place of a plan, said by somebody else and not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenComment {
    pub id: ItemId,
    pub by: PersonId,
    /// What it is about: a section's name or an item's id. Empty for the whole.
    pub anchor: String,
    pub body: String,
    pub at: Timestamp,
    /// Whether the reader had said something there before.
    pub answers_me: bool,
}

/// The places of a plan at which somebody else has the last word, unsettled.
pub fn open_comments(me: PersonId, said: &[(PersonId, &Comments)]) -> Vec<OpenComment> {
    let mut last: BTreeMap<&str, OpenComment> = BTreeMap::new();
    let mut mine: BTreeMap<&str, Timestamp> = BTreeMap::new();
    for (by, comments) in said {
        for (id, one) in &comments.comments {
            if *by == me {
                let latest = mine.entry(&one.anchor).or_insert(one.at);
                *latest = one.at.max(*latest);
            } else if one.resolved_at.is_none() {
                let open = OpenComment {
                    id: *id,
                    by: *by,
                    anchor: one.anchor.clone(),
                    body: one.body.clone(),
                    at: one.at,
                    answers_me: false,
                };
                let latest = last.entry(&one.anchor).or_insert_with(|| open.clone());
                if (latest.at, latest.id) < (open.at, open.id) {
                    *latest = open;
                }
            }
        }
    }
    let is_open = |one: &OpenComment| mine.get(&*one.anchor).is_none_or(|mine| *mine < one.at);
    let open = last.into_values().filter(is_open);
    open.map(|one| OpenComment { answers_me: mine.contains_key(&*one.anchor), ..one }).collect()
}
