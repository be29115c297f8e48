//! What is asked to be signed and what became of it, as screens show it.

use std::collections::BTreeSet;

use enhance_model::{
    DocumentId, DocumentKind, Person, Version,
    personal_record::PersonalRecord,
    sign_off::{Answer, Decision, SignOff, SignOffRequest, Signer, SignerRole, superseded},
};
use enhance_protocol::{SignOffFault, sign_off};
use enhance_store::{DocumentRow, ListPosition, StoreReader};
use serde::Serialize;

use crate::{
    asked::{
        own_record,
        portion::Portion,
        status::{self, DocumentStatus},
    },
    error::Error,
    state::{documents, facts::Facts, rows, screens::Screen},
};

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOffStanding {
    /// Nobody has answered it in a way that counts.
    Asked,
    Signed,
    Returned,
}

/// A request for a sign-off, with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffRequestView {
    pub id: DocumentId,
    pub request: SignOffRequest,
    /// Who asks, if this device has heard of them.
    pub trainee: Option<Person>,
    /// Whether that is this person.
    pub mine: bool,
    /// Who is asked, if this device has heard of them.
    pub asked: Option<Person>,
    pub standing: SignOffStanding,
    /// The oldest comes first.
    pub answers: Vec<SignOffView>,
    /// What has to be known before it is signed, as that a module is not complete. May be empty.
    pub note: &'static str,
    /// The version of the request, which never changes.
    pub version: Version,
    /// How far the request has come on its way.
    pub status: DocumentStatus,
}

/// A sign-off, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffView {
    pub id: DocumentId,
    pub sign_off: SignOff,
    /// Why it does not count; none if it does.
    pub fault: Option<SignOffFault>,
    /// When the device it was signed on was reported lost, whether it was signed before that, and
    /// what that means. Empty if it never was.
    pub lost: String,
    /// Whether another answer stands in its place, as [`superseded`] says it.
    pub superseded: bool,
    /// Whether this person was who was asked.
    pub by_who_was_asked: bool,
    /// As what they signed, and what placements and the server say of them.
    pub signer_role: SignerRole,
    /// How far it has come on its way.
    pub status: DocumentStatus,
}

impl SignOffView {
    /// Whether it says how things stand.
    pub const fn counts(&self) -> bool {
        self.fault.is_none() && !self.superseded
    }
}

/// A request with its answers.
pub(crate) fn view(screen: &mut Screen<'_>, id: DocumentId) -> Result<SignOffRequestView, Error> {
    let record = own_record(screen)?;
    view_beside(screen, id, &record)
}

/// What this person's placements say; read once, however many sign-offs are shown beside it.
fn own_record(screen: &mut Screen<'_>) -> Result<PersonalRecord, Error> {
    let facts = screen.facts()?;
    own_record::of(screen.store(), &facts)
}

fn view_beside(
    screen: &mut Screen<'_>,
    id: DocumentId,
    record: &PersonalRecord,
) -> Result<SignOffRequestView, Error> {
    let facts = screen.facts()?;
    let store = screen.store();
    let row = documents::row_of(store, id, DocumentKind::SignOffRequest)?;
    let (summary, request) = rows::shown::<SignOffRequest>(store, id)?;
    let record = facts.is_me(row.owner).then_some(record);
    let answers = answers(store, &facts, (&row, &request), record)?;
    let standing = answers.iter().rev().find(|answer| answer.counts());
    let standing = match standing.map(|answer| answer.sign_off.decision) {
        None => SignOffStanding::Asked,
        Some(Decision::Signed) => SignOffStanding::Signed,
        Some(Decision::Returned) => SignOffStanding::Returned,
    };
    let asked = request.asked.map(|person| store.person(person)).transpose()?.flatten();
    Ok(SignOffRequestView {
        id,
        note: request.note(),
        request,
        trainee: store.person(row.owner)?,
        mine: facts.is_me(row.owner),
        asked,
        standing,
        answers,
        version: summary.version,
        status: status::of(store, &row)?,
    })
}

/// So many rows are looked at in one step.
const STEP: u32 = 64;

/// What this person asked others to sign, or others this person, newest first: at most `limit` of
/// what comes after one of them.
pub(crate) fn requests(
    screen: &mut Screen<'_>,
    mine: bool,
    (after, limit): (Option<DocumentId>, u32),
) -> Result<Portion<SignOffRequestView>, Error> {
    let facts = screen.facts()?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut position = match after {
        Some(id) => {
            documents::row_of(screen.store(), id, DocumentKind::SignOffRequest)?;
            let (summary, _) = rows::shown::<SignOffRequest>(screen.store(), id)?;
            Some(ListPosition { updated_at: summary.updated_at, document: id })
        }
        None => None,
    };
    let record = own_record(screen)?;
    let mut items = Vec::new();
    loop {
        let listed = screen.store().list(DocumentKind::SignOffRequest, position, STEP)?;
        let Some(last) = listed.last() else {
            return Ok(Portion { items, more: false });
        };
        let (updated_at, document) = (last.summary.updated_at, last.summary.document);
        position = Some(ListPosition { updated_at, document });
        for one in listed.iter().filter(|one| facts.is_me(one.owner) == mine) {
            if items.len() >= wanted {
                return Ok(Portion { items, more: true });
            }
            items.push(view_beside(screen, one.summary.document, &record)?);
        }
    }
}

/// The requests about a document that this person can read, newest first.
pub(crate) fn about(
    screen: &mut Screen<'_>,
    document: DocumentId,
) -> Result<Vec<SignOffRequestView>, Error> {
    let record = own_record(screen)?;
    let listed = screen.store().list(DocumentKind::SignOffRequest, None, u32::MAX)?.into_iter();
    let views = listed.map(|one| view_beside(screen, one.summary.document, &record));
    let is_of = |view: &SignOffRequestView| view.request.subject.document == Some(document);
    views.filter(|view| view.as_ref().map_or(true, is_of)).collect()
}

/// The sign-off of this signer that says how things stand, as far as it is known here.
pub(super) fn standing_of(
    store: &StoreReader,
    request: DocumentId,
    signer: &Signer,
) -> Result<Option<DocumentId>, Error> {
    let all = all(store, request)?;
    let gone: BTreeSet<DocumentId> = all.iter().filter_map(|(_, one)| one.supersedes).collect();
    let mut own = all.iter().filter(|(row, one)| one.signer == *signer && !gone.contains(&row.id));
    Ok(own.next_back().map(|(row, _)| row.id))
}

/// The answers to a request that can be read here, by when they were signed.
fn all(store: &StoreReader, request: DocumentId) -> Result<Vec<(DocumentRow, SignOff)>, Error> {
    let mut all = Vec::new();
    for row in store.documents_about(request)? {
        if row.kind == DocumentKind::SignOff
            && let Some((_, sign_off)) = rows::shown_if_any::<SignOff>(store, row.id)?
        {
            all.push((row, sign_off));
        }
    }
    all.sort_by_key(|(row, sign_off)| (sign_off.at, row.id));
    Ok(all)
}

/// The answers to a request, beside what the trainee's placements say of who signed; nothing where
/// the record is not this person's to read.
pub(in crate::asked) fn answers(
    store: &StoreReader,
    facts: &Facts,
    (asked, request): (&DocumentRow, &SignOffRequest),
    record: Option<&PersonalRecord>,
) -> Result<Vec<SignOffView>, Error> {
    let all = all(store, asked.id)?;
    let faults: Vec<Option<SignOffFault>> =
        all.iter().map(|(row, one)| check(facts, (asked, request), row, one).err()).collect();
    let beside: Vec<Answer<'_>> = std::iter::zip(&all, &faults)
        .map(|((row, sign_off), fault)| {
            let (publisher, is_sound) = (facts.publisher_key, fault.is_none());
            Answer { id: row.id, sign_off, publisher, is_sound }
        })
        .collect();
    let superseded = superseded(&beside);
    let view = |(((row, one), fault), superseded): ((&(DocumentRow, SignOff), _), bool)| {
        let person = one.signer.person.map(|person| store.person(person)).transpose()?.flatten();
        let placements = record.map(|record| record.roles_of(&one.signer));
        Ok(SignOffView {
            id: row.id,
            lost: sign_off::lost_in_words(one, &facts.settings.revoked).unwrap_or_default(),
            fault,
            superseded,
            by_who_was_asked: one.signer.person.is_some() && one.signer.person == request.asked,
            signer_role: SignerRole::of(one, placements).and_known_as(person.as_ref()),
            sign_off: one.clone(),
            status: status::of(store, row)?,
        })
    };
    std::iter::zip(std::iter::zip(&all, faults), superseded).map(view).collect()
}

/// The answers to a request that say how things stand: sound, and not superseded.
pub(in crate::asked) fn counted(
    store: &StoreReader,
    facts: &Facts,
    asked: &DocumentRow,
    request: &SignOffRequest,
) -> Result<Vec<SignOffView>, Error> {
    let mut answers = answers(store, facts, (asked, request), None)?;
    answers.retain(SignOffView::counts);
    Ok(answers)
}

/// Whether a sign-off counts: of this request, of this trainee, sent by who signed, on a device
/// that was not lost by then.
fn check(
    facts: &Facts,
    (asked, request): (&DocumentRow, &SignOffRequest),
    row: &DocumentRow,
    one: &SignOff,
) -> Result<(), SignOffFault> {
    sign_off::check(one, &request.text, &facts.publisher_key)?;
    sign_off::check_device(one, &facts.settings.revoked)?;
    if one.subject != request.subject || one.request != asked.id {
        return Err(SignOffFault::AnotherText);
    }
    if one.trainee != asked.owner || one.certificate.person != row.creator {
        return Err(SignOffFault::AnotherPerson);
    }
    Ok(())
}
