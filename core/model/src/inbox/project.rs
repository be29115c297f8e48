//! What waits in a plan.

use std::collections::BTreeSet;

use super::{
    DocumentFacts, InboxItem, InboxKind, InboxReader, begin_of, first_letters, first_words,
    open_comments, open_suggestions,
};
use crate::{
    CalendarDate, ItemId, Items, PersonId, Timestamp,
    change_project::{Action, ChangeProject, Measure, Status},
    chart::Every,
    comments::Said,
    learning_log::local_day,
    nudge::{self, Nudge, StandingNudge},
    time::DAY_MS,
};

/// Milliseconds after which a plan in which nobody wrote is silent: thirty days.
pub const SILENT_MILLIS: i64 = 30 * DAY_MS;
/// So many things of one kind wait in one plan at most: nobody reads more, and a member whose phone
/// writes thousands fills nobody's inbox.
pub const MOST_OF_KIND: usize = 50;

/// What waits in a plan for somebody who may read it, with all that was said about it and by whom.
pub fn project(
    me: InboxReader,
    facts: &DocumentFacts<'_>,
    project: &ChangeProject,
    said: &[Said<'_>],
) -> Vec<InboxItem> {
    let is_mine = facts.owner == me.person;
    let mut items = comments(me, facts, said);
    if me.is_educator || is_mine {
        items.extend(suggestions(me, facts, project, said));
    }
    if is_mine {
        items.extend(nudges(me, facts, said, facts.written_at));
    }
    if is_under_way(project.status) {
        items.extend(actions(me, facts, project));
        if me.is_educator && !is_mine {
            items.push(silence(facts, said));
            items.extend(measures(facts, project));
        }
    }
    items
}

/// Whether somebody still works on a plan of this status.
pub const fn is_under_way(status: Status) -> bool {
    match status {
        Status::Idea
        | Status::Planning
        | Status::Testing
        | Status::Implementing
        | Status::Sustaining => true,
        Status::HandedOver | Status::Completed | Status::Stopped => false,
    }
}

/// When somebody wrote in a plan last, or said something about it.
pub fn last_words(changed_at: Timestamp, said: &[Said<'_>]) -> Timestamp {
    let comments = said.iter().flat_map(|one| one.comments.comments.values());
    comments.map(|one| one.at).fold(changed_at, Timestamp::max)
}

fn comments(me: InboxReader, facts: &DocumentFacts<'_>, said: &[Said<'_>]) -> Vec<InboxItem> {
    let is_concerned = me.is_educator || facts.owner == me.person;
    let mut open = open_comments(me.person, said);
    open.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
    let item = |one: super::OpenComment| {
        let kind = match one.answers_me {
            true => InboxKind::CommentAnswered,
            false if is_concerned => InboxKind::CommentUnanswered,
            false => return None,
        };
        Some(of_comment(kind, facts, &one))
    };
    open.into_iter().filter_map(item).take(MOST_OF_KIND).collect()
}

fn suggestions(
    me: InboxReader,
    facts: &DocumentFacts<'_>,
    project: &ChangeProject,
    said: &[Said<'_>],
) -> Vec<InboxItem> {
    let mut open = open_suggestions(me.person, project, said);
    open.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
    let item = |one: &super::OpenComment| of_comment(InboxKind::SuggestionOpen, facts, one);
    open.iter().map(item).take(MOST_OF_KIND).collect()
}

/// What waits since somebody said something.
pub(super) fn of_comment(
    kind: InboxKind,
    facts: &DocumentFacts<'_>,
    one: &super::OpenComment,
) -> InboxItem {
    let item = InboxItem {
        place: one.anchor.to_string(),
        words: first_words(&one.body),
        from: vec![one.by],
        ..InboxItem::new(kind, facts, one.at)
    };
    item.known_by(&[one.id.as_bytes()])
}

/// What others wait for, since who reads wrote in the plan herself. Nobody waits for themselves,
/// whoever owned the plan when they nudged.
pub(super) fn nudges(
    me: InboxReader,
    facts: &DocumentFacts<'_>,
    said: &[Said<'_>],
    written_at: Option<Timestamp>,
) -> Vec<InboxItem> {
    let others = said.iter().filter(|one| one.by != me.person);
    let sent = others.map(|one| (one.by, &one.comments.nudges));
    nudge::standing(sent, written_at).iter().filter_map(|one| of_nudge(facts, one)).collect()
}

/// What waits since some people nudged. Whoever nudges later, or in other words from a device that
/// knew nothing of the first, makes another thing of it to see.
fn of_nudge(facts: &DocumentFacts<'_>, standing: &StandingNudge) -> Option<InboxItem> {
    let newest = standing.newest()?;
    let words =
        |(by, nudge): &(PersonId, Nudge)| (*by, first_letters(&nudge.why, nudge::WHY_CHARS));
    let said: Vec<(PersonId, String)> = standing.said.iter().map(words).collect();
    let mut from: Vec<PersonId> = Vec::new();
    for (by, _) in &said {
        if !from.contains(by) {
            from.push(*by);
        }
    }
    let who: BTreeSet<[u8; 16]> = from.iter().map(|person| *person.as_bytes()).collect();
    let more_words = (said.len() - from.len()).to_be_bytes();
    let known_by = [&standing.id.as_bytes()[..]].into_iter();
    let mut known_by: Vec<&[u8]> = known_by.chain(who.iter().map(|one| &one[..])).collect();
    if said.len() > from.len() {
        known_by.push(&more_words);
    }
    let item = InboxItem {
        place: newest.anchor.clone(),
        words: said.first().map(|(_, words)| words.clone()).unwrap_or_default(),
        said,
        from,
        ..InboxItem::new(InboxKind::Nudge, facts, newest.at)
    };
    Some(item.known_by(&known_by))
}

/// Actions wait for whose they are, those of nobody for the plan's owner, and all of them for who
/// helps the plan along.
fn actions(me: InboxReader, facts: &DocumentFacts<'_>, project: &ChangeProject) -> Vec<InboxItem> {
    let open = project.actions.iter().filter(|(_, action)| action.done_at.is_none());
    let item = |(id, action): (&ItemId, &Action)| {
        let whose = action.owner.unwrap_or(facts.owner);
        if whose != me.person && !me.is_educator {
            return None;
        }
        let since = begin_of(action.due?.tomorrow().ok()?)?;
        let item = InboxItem {
            place: id.to_string(),
            words: first_words(&action.text),
            from: vec![whose],
            ..InboxItem::new(InboxKind::ActionOverdue, facts, since)
        };
        Some(item.known_by(&[id.as_bytes(), &since.as_millis().to_be_bytes()]))
    };
    open.filter_map(item).take(MOST_OF_KIND).collect()
}

fn silence(facts: &DocumentFacts<'_>, said: &[Said<'_>]) -> InboxItem {
    let last = last_words(facts.changed_at, said);
    let item = InboxItem {
        from: vec![facts.owner],
        ..InboxItem::new(InboxKind::ProjectSilent, facts, last.plus_millis(SILENT_MILLIS))
    };
    item.known_by(&[&last.as_millis().to_be_bytes()])
}

fn measures(facts: &DocumentFacts<'_>, project: &ChangeProject) -> Vec<InboxItem> {
    let item = |(id, measure): (&ItemId, &Measure)| {
        let (every, last) = last_value(project, *id, measure)?;
        // The period after the last value must be over, and nothing in it.
        let missing = every.next(every.start(last))?;
        let since = begin_of(every.next(missing)?)?;
        let item = InboxItem {
            place: id.to_string(),
            words: first_words(&measure.name),
            from: vec![facts.owner],
            ..InboxItem::new(InboxKind::MeasureWithoutValue, facts, since)
        };
        Some(item.known_by(&[id.as_bytes(), &since.as_millis().to_be_bytes()]))
    };
    project.measures.iter().filter_map(item).take(MOST_OF_KIND).collect()
}

/// How often a measure is taken, if its words say so, and the day of its last value; that on which
/// the plan began where there is none.
fn last_value(
    project: &ChangeProject,
    id: ItemId,
    measure: &Measure,
) -> Option<(Every, CalendarDate)> {
    let every = Every::said(&measure.frequency)?;
    let seen = project.observations.values().filter(|one| one.measure == id).map(|one| one.at);
    let counted = project.tallies.values().filter(|one| one.measure == id).map(|one| one.at);
    let begun = || project.start.unwrap_or_else(|| local_day(project.created_at));
    Some((every, seen.chain(counted).max().unwrap_or_else(begun)))
}

/// The measures that have no value in the period a day is in, by their names.
pub fn measures_without_value(project: &ChangeProject, today: CalendarDate) -> Items<String> {
    let lacks = |(id, measure): (&ItemId, &Measure)| {
        let (every, last) = last_value(project, *id, measure)?;
        let has_values = project.observations.values().any(|one| one.measure == *id)
            || project.tallies.values().any(|one| one.measure == *id);
        let is_missing = !has_values || every.start(last) < every.start(today);
        is_missing.then(|| (*id, measure.name.clone()))
    };
    project.measures.iter().filter_map(lacks).collect()
}
