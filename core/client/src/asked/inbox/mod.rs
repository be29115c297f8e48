//! The inbox: what waits for this person, counted for badges, and what of it they have seen.
//!
//! What waits is noted in rows of its own, subject by subject: a plan with all that is said about
//! it, a request with its answers, a copy, the personal record. The database marks a subject when
//! something of it changes, and it is looked at again when the inbox is read next. So reading costs
//! what changed since and what waits, however much there is. No document is loaded for it but a plan
//! in which somebody wrote after a nudge: it alone knows whether that was who is waited for; and one
//! that was signed and written in since, whose history alone tells what it said then.

pub(super) mod find;

use enhance_model::{
    DocumentKind, ItemId, Items, Noun, Person, Timestamp,
    inbox::{InboxCounts, InboxItem, InboxKind, Leaves},
    personal_record::EvidenceDeadline,
};
use enhance_store::{InboxPosition, StoreReader};
use serde::Serialize;

use super::{
    portion::{Portion, one_more},
    record, status,
};
use crate::{error::Error, state::State};

/// Subjects that are looked at in one transaction.
const BATCH: u32 = 64;

/// Which part of the inbox is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxPage {
    /// The place it begins after: [`InboxView::position`] of the last one shown. None for the
    /// beginning.
    pub after: Option<InboxPosition>,
    /// How many at most.
    pub limit: u32,
}

impl Default for InboxPage {
    fn default() -> Self {
        Self { after: None, limit: 50 }
    }
}

/// A page of the inbox, and how much waits in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inbox {
    /// The newest of them first, and where deadlines stand, the one that closes soonest.
    pub items: Vec<InboxView>,
    /// Whether there is more after them.
    pub more: bool,
    pub counts: InboxCounts,
}

/// One thing that waits, as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InboxView {
    #[serde(flatten)]
    pub item: InboxItem,
    /// Of what kind the document is, by which a host knows what to open; none where it is gone.
    pub document_kind: Option<DocumentKind>,
    /// Who waits or answered, as far as this device has heard of them.
    pub people: Vec<Person>,
    /// Whether seeing it is enough.
    pub leaves: Leaves,
    /// What makes it leave, in a sentence.
    pub how: &'static str,
    #[serde(skip)]
    position: InboxPosition,
}

impl InboxView {
    /// Its place, where the next page goes on even if it is gone by then.
    pub const fn position(&self) -> InboxPosition {
        self.position
    }
}

/// A page of what waits now.
pub(crate) fn page(state: &mut State, page: InboxPage) -> Result<Inbox, Error> {
    refresh(state)?;
    let now = state.now();
    let store = state.store();
    let waiting = store.inbox(now, page.after, one_more(page.limit))?;
    let waiting = Portion::first(waiting, page.limit).try_map(|item| view(store, item))?;
    let Portion { mut items, more } = waiting;
    if items.iter().filter(|view| view.item.kind == InboxKind::Deadline).count() > 1 {
        order_deadlines(&mut items, &record::read(state)?.deadlines);
    }
    let store = state.store();
    Ok(Inbox { items, more, counts: store.inbox_counts(now)? })
}

/// How much waits now.
pub(crate) fn counts(state: &mut State) -> Result<InboxCounts, Error> {
    refresh(state)?;
    Ok(state.store().inbox_counts(state.now())?)
}

/// Puts deadlines in the order of their days, each in the place of another. The places stay as they
/// were, so that the next page goes on behind them.
fn order_deadlines(items: &mut [InboxView], deadlines: &Items<EvidenceDeadline>) {
    let is_deadline = |view: &&mut InboxView| view.item.kind == InboxKind::Deadline;
    let closes = |item: &InboxItem| {
        let id = item.place.parse().ok();
        id.and_then(|id: ItemId| deadlines.get(&id)).map(|deadline| deadline.at)
    };
    let mut sorted: Vec<InboxView> =
        items.iter_mut().filter(is_deadline).map(|view| view.clone()).collect();
    sorted.sort_by_key(|view| (closes(&view.item), view.item.id));
    for (place, mut view) in items.iter_mut().filter(is_deadline).zip(sorted) {
        view.position = place.position;
        *place = view;
    }
}

fn view(store: &StoreReader, mut item: InboxItem) -> Result<InboxView, Error> {
    let mut people: Vec<Person> = Vec::new();
    for person in &item.from {
        people.extend(store.person(*person)?);
    }
    let name = |id| people.iter().find(|one| one.id == id).map(|one| one.name.clone());
    item.words = item.words_with_names(&name);
    let document_kind = store.document(item.document)?.map(|(row, _)| row.kind);
    let (leaves, how) = (item.kind.leaves(), item.kind.until());
    let position = InboxPosition { since: item.since, item: item.id };
    Ok(InboxView { item, document_kind, people, leaves, how, position })
}

/// Says that this person has seen something that waits. Where others are told that, they are; what
/// nobody else has to know is noted in the personal record, for this person's other devices.
pub(crate) fn mark_seen(state: &mut State, id: ItemId) -> Result<(), Error> {
    refresh(state)?;
    let item = state.store().inbox_item(id)?;
    let Some(item) = item.filter(|item| item.waits_at(state.now())) else {
        return Err(Error::not_found(Noun::InboxItem, id));
    };
    match (item.receipt, item.kind.leaves()) {
        (Some(document), _) => status::mark_seen(state, document),
        (None, Leaves::WhenSeen) => note_seen(state, id),
        (None, Leaves::WhenDone) => Err(Error::not_allowed(item.kind.until())),
    }
}

fn note_seen(state: &mut State, id: ItemId) -> Result<(), Error> {
    let at: Timestamp = state.now();
    let edits = record::read(state)?.seeing(id, at);
    if edits.is_empty() { Ok(()) } else { record::edit(state, &edits) }
}

/// Looks again at every subject of which something changed.
fn refresh(state: &mut State) -> Result<(), Error> {
    let facts = state.facts()?;
    loop {
        let changed = state.store().inbox_stale(BATCH)?;
        if changed.is_empty() {
            return Ok(());
        }
        let mut found = Vec::new();
        for subject in changed {
            // What cannot be read waits for nobody and is in nobody's way.
            let waits = find::in_subject(state, &facts, subject).unwrap_or_else(|error| {
                tracing::warn!(document = %subject, %error, "nothing is looked for in it");
                find::Found::default()
            });
            found.push((subject, waits));
        }
        state.write(|write| {
            for (subject, waits) in &found {
                if let Some(seen) = &waits.seen {
                    write.put_inbox_seen(seen.iter().copied())?;
                }
                write.put_inbox(*subject, &waits.items)?;
                write.watch_for_inbox(*subject, waits.watched)?;
            }
            Ok(())
        })?;
    }
}
