//! What waits in one subject, by the rows that screens read of it.

use std::collections::BTreeSet;

use enhance_model::{
    DocumentId, DocumentKind, ItemId, PersonId, Timestamp,
    change_project::ChangeProject,
    inbox::{self, AnswerFacts, DocumentFacts, EndedFacts, InboxItem, InboxReader},
    personal_record::PersonalRecord,
    reflection::SharedReflection,
    sign_off::{Decision, SignOffRequest},
};
use enhance_store::{DocumentRow, DocumentState, InvitationRow, StoreReader, Summary, TicketRow};

use crate::{
    asked::{
        comments::said,
        handover, projects, record,
        sign_offs::{
            ended::{self, EndedSignOff, EndedWhy},
            views::{self, SignOffView},
        },
    },
    error::Error,
    state::{State, documents, facts::Facts, rows},
};

/// What was found in a subject.
#[derive(Default)]
pub(super) struct Found {
    pub(super) items: Vec<InboxItem>,
    /// In the personal record: what of the inbox was seen.
    pub(super) seen: Option<BTreeSet<ItemId>>,
    /// A document beside the subject: when it changes, what waits is looked for again.
    pub(super) watched: Option<DocumentId>,
}

impl From<Vec<InboxItem>> for Found {
    fn from(items: Vec<InboxItem>) -> Self {
        Self { items, ..Self::default() }
    }
}

/// What waits in a document and in what is about it; nothing where it is not here any more.
pub(super) fn in_subject(
    state: &mut State,
    facts: &Facts,
    subject: DocumentId,
) -> Result<Found, Error> {
    let store = state.store();
    if let Some(invitation) = store.invitation(subject)? {
        return Ok(in_invitation(&invitation).into());
    }
    let mut found = match documents::active(store, subject)?.filter(documents::has_content) {
        Some(row) => in_document(state, facts, &row)?.unwrap_or_default(),
        None => Found::default(),
    };
    let store = state.store();
    if store.state(subject)? != Some(DocumentState::Deleted) {
        found.items.extend(by_ticket(store, facts, subject)?);
    }
    Ok(found)
}

fn in_document(
    state: &mut State,
    facts: &Facts,
    row: &DocumentRow,
) -> Result<Option<Found>, Error> {
    let me = InboxReader { person: facts.person.id, is_educator: facts.person.is_educator() };
    if row.kind == DocumentKind::ChangeProject {
        return in_project(state, me, row);
    }
    if row.kind == DocumentKind::SignOffRequest {
        return in_request(state, facts, me, row);
    }
    let store = state.store();
    match row.kind {
        DocumentKind::SharedReflection => in_copy(store, me, row),
        DocumentKind::PersonalRecord => in_record(store, me, row),
        DocumentKind::SignOffRequest
        | DocumentKind::ChangeProject
        | DocumentKind::Reflection
        | DocumentKind::Comments
        | DocumentKind::SignOff => Ok(None),
    }
}

/// What the holders of tickets said about a document of this person, whether or not
/// it has come to this device.
fn by_ticket(
    store: &StoreReader,
    facts: &Facts,
    document: DocumentId,
) -> Result<Vec<InboxItem>, Error> {
    let mut items = Vec::new();
    for TicketRow { ticket, .. } in store.tickets_of(document)? {
        let (title, changed_at, owner) = (&*ticket.title, ticket.made_at, facts.person.id);
        let (id, written_at, is_seen) = (document, None, false);
        let about = DocumentFacts { id, owner, title, changed_at, written_at, is_seen };
        items.extend(inbox::ticket(&about, &ticket));
    }
    Ok(items)
}

fn in_invitation(row: &InvitationRow) -> Vec<InboxItem> {
    if row.answer.is_some() {
        return Vec::new();
    }
    let (id, owner, title, changed_at) = (row.document, row.inviter, &*row.title, row.came_at);
    let (written_at, is_seen) = (None, false);
    let facts = DocumentFacts { id, owner, title, changed_at, written_at, is_seen };
    inbox::invitation(&facts, row.round, row.expires_at)
}

fn facts_of<'a>(
    row: &DocumentRow,
    summary: &'a Summary,
    changed_at: Timestamp,
    is_seen: bool,
) -> DocumentFacts<'a> {
    let (id, owner, title, written_at) = (row.id, row.owner, &*summary.title, None);
    DocumentFacts { id, owner, title, changed_at, written_at, is_seen }
}

/// Whether a person has said that they saw a document.
fn is_seen(store: &StoreReader, document: DocumentId, by: PersonId) -> Result<bool, Error> {
    Ok(store.seen(document)?.iter().any(|seen| seen.person == by))
}

fn in_copy(
    store: &StoreReader,
    me: InboxReader,
    row: &DocumentRow,
) -> Result<Option<Found>, Error> {
    let shown = rows::shown_if_any::<SharedReflection>(store, row.id)?;
    let Some((summary, copy)) = shown else { return Ok(None) };
    let is_seen = is_seen(store, row.id, me.person)?;
    let all = said::all_on(store, row.id)?;
    let facts = facts_of(row, &summary, copy.shared_at, is_seen);
    Ok(Some(inbox::copy(me, &facts, copy.shared_at, &said::said(&all)).into()))
}

fn in_request(
    state: &mut State,
    facts: &Facts,
    me: InboxReader,
    row: &DocumentRow,
) -> Result<Option<Found>, Error> {
    let store = state.store();
    let shown = rows::shown_if_any::<SignOffRequest>(store, row.id)?;
    let Some((summary, request)) = shown else { return Ok(None) };
    let all = views::answers(store, facts, (row, &request), None)?;
    let is_over_witnessed = |one: &SignOffView| {
        let is_witnessed = |one: &SignOffView| one.sign_off.signer.witnessed.is_some();
        !is_witnessed(one) && all.iter().any(|other| other.superseded && is_witnessed(other))
    };
    let mut answers = Vec::new();
    for answer in all.iter().filter(|answer| answer.counts()) {
        let is_seen = is_seen(store, answer.id, me.person)?;
        let (id, sign_off) = (answer.id, &answer.sign_off);
        let is_over_witnessed = is_over_witnessed(answer);
        answers.push(AnswerFacts { id, sign_off, is_over_witnessed, is_seen });
    }
    let is_seen = is_seen(store, row.id, me.person)?;
    let said = said::all_on(store, row.id)?;
    let about = facts_of(row, &summary, request.at, is_seen);
    let mut items = inbox::request(me, &about, &request, (&answers, &said::said(&said)));
    let signed = |one: &&SignOffView| one.sign_off.decision == Decision::Signed;
    if row.owner != me.person || !all.iter().any(|one| signed(&one)) {
        return Ok(Some(items.into()));
    }
    let watched = match request.subject.document {
        Some(document) => Some(document),
        None => record::document_of(store, facts)?,
    };
    items.extend(ended(state, me, &about)?);
    Ok(Some(Found { items, watched, ..Found::default() }))
}

/// What was signed for this person and ended. An answer in whose place another stands is told of
/// with that one instead.
fn ended(
    state: &mut State,
    me: InboxReader,
    request: &DocumentFacts<'_>,
) -> Result<Vec<InboxItem>, Error> {
    let ended = ended::of_request(state, request.id)?;
    let told = ended
        .iter()
        .filter(|one| one.why != EndedWhy::Superseded && one.sign_off.decision == Decision::Signed);
    let item = |one: &EndedSignOff| {
        let (id, sign_off, why) = (one.id, &one.sign_off, one.why.key());
        let (words, since) = (one.words.as_str(), one.since);
        inbox::sign_off_ended(me, request, &EndedFacts { id, sign_off, why, words, since })
    };
    Ok(told.filter_map(item).collect())
}

fn in_project(
    state: &mut State,
    me: InboxReader,
    row: &DocumentRow,
) -> Result<Option<Found>, Error> {
    let store = state.store();
    let shown = rows::shown_if_any::<ChangeProject>(store, row.id)?;
    let Some((summary, project)) = shown else { return Ok(None) };
    let all = said::all_on(store, row.id)?;
    let offer = handover::offer(store, row)?;
    let changed_at = summary.updated_at;
    let said = said::said(&all);
    let mut nudges =
        said.iter().filter(|one| one.by != me.person).flat_map(|one| one.comments.nudges.values());
    // Who wrote is read of the document alone, and asked of one where somebody wrote after a nudge.
    let is_asked = row.owner == me.person && nudges.any(|nudge| nudge.at <= changed_at);
    let written_at = if is_asked { projects::written_at(state, row, changed_at)? } else { None };
    let facts = DocumentFacts { written_at, ..facts_of(row, &summary, changed_at, false) };
    let mut items = inbox::project(me, &facts, &project, &said);
    if let Some(offer) = offer {
        items.extend(inbox::handover(me, &facts, &offer));
    }
    Ok(Some(items.into()))
}

fn in_record(
    store: &StoreReader,
    me: InboxReader,
    row: &DocumentRow,
) -> Result<Option<Found>, Error> {
    let shown = rows::shown_if_any::<PersonalRecord>(store, row.id)?;
    let Some((summary, record)) = shown else { return Ok(None) };
    let facts = facts_of(row, &summary, summary.updated_at, false);
    let items = inbox::record(me, &facts, &record);
    let seen = Some(record.inbox_seen.keys().copied().collect());
    Ok(Some(Found { items, seen, watched: None }))
}
