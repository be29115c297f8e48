//! What a page is made of: the personal record and what it cites, as they stand or as they were in
//! the versions that a page names.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, PersonId, Right, Version,
    arcp::{
        ArcpPage, ArcpSources, ArcpStamp, CitedDocument, EvidenceLine, SignOffLine, documents_cited,
    },
    change_project::ChangeProject,
    learning_log::{LogRule, Period, local_day},
    personal_record::{EvidenceSource, EvidenceStanding, PersonalRecord},
    printed::MADE_BY,
    programme::Programme,
    sign_off::PublicKey,
};
use enhance_store::{DocumentRow, DocumentState};

use super::{
    cited::cited_of,
    kept, signed,
    since::{self, SinceSigned},
};
use crate::{
    asked::sign_offs::paper::SignOffPaper,
    error::Error,
    state::{State, facts::Facts, parts::Parted, rows},
    writing::target,
};

/// What a page is made of, read from this device.
pub(super) struct PageSources {
    pub(super) stamp: ArcpStamp,
    record: PersonalRecord,
    programme: Option<Programme>,
    rule: LogRule,
    cited: BTreeMap<DocumentId, CitedDocument>,
    standing: EvidenceStanding,
    projects: BTreeMap<DocumentId, ChangeProject>,
    sign_offs: Vec<SignOffLine>,
    /// What the sign-offs are of, with their requests.
    signed: BTreeSet<DocumentId>,
}

/// What is cited, as its rows or its versions say.
#[derive(Default)]
struct FoundDocuments {
    record: PersonalRecord,
    documents: BTreeMap<DocumentId, (Version, Content)>,
    /// Those of them that are there since something was signed.
    signed: BTreeSet<DocumentId>,
}

impl PageSources {
    /// All of it as it stands.
    pub(super) fn now(state: &mut State, period: Period) -> Result<Self, Error> {
        let facts = state.facts()?;
        facts.account_key()?;
        let read = read_now(state, &facts)?;
        let stamp = ArcpStamp {
            trainee: facts.person.id,
            made_by: Some(MADE_BY.to_owned()),
            period,
            made_on: local_day(state.now()),
            pack: None,
            programme: String::new(),
            documents: BTreeMap::new(),
            deleted: deleted(state, &read)?,
            names: BTreeMap::new(),
        };
        let pack = state.programme()?;
        let signed = since::modules_signed(&read.documents);
        let programme = pack.as_ref().map(|pack| pack.programme.on_paper(&signed));
        let of = (&read.record, programme.as_ref());
        let since = since::all(state, of, &read.documents, &stamp.deleted)?;
        let mut gathered = Self::new((stamp, &facts), &read, programme, &since);
        gathered.stamp.pack = pack.map(|pack| pack.version);
        gathered.stamp.programme = gathered.programme_in_json()?;
        let people = gathered.sources().people();
        gathered.stamp.names = names(state, &facts, &people)?;
        gathered.leave_out_other_projects();
        let kept = |id: &DocumentId| {
            let is_shown = gathered.cited.contains_key(id) || gathered.projects.contains_key(id);
            is_shown || gathered.signed.contains(id)
        };
        let documents = read.documents.iter();
        let versions = documents
            .filter(|(id, (_, content))| matches!(content, Content::PersonalRecord(_)) || kept(id))
            .map(|(id, (version, _))| (*id, version.clone()));
        let versions: BTreeMap<DocumentId, Version> = versions.collect();
        gathered.stamp.documents = versions;
        Ok(gathered)
    }

    /// All of it as it was when a page was made; none if something of it is not here. What is of the
    /// programme is in the page itself, since another version of it may be in use.
    pub(super) fn at(state: &mut State, stamp: &ArcpStamp) -> Result<Option<Self>, Error> {
        let mut read = FoundDocuments::default();
        for (id, version) in &stamp.documents {
            let Some(row) = state.active(*id)? else { return Ok(None) };
            let Some(content) = content_at(state, &row, version)? else { return Ok(None) };
            if let Content::PersonalRecord(record) = &content {
                read.record.clone_from(record);
            }
            read.documents.insert(*id, (version.clone(), content));
        }
        let Ok(programme) = programme_of(stamp) else { return Ok(None) };
        let of = (&read.record, programme.as_ref());
        let since = since::all(state, of, &read.documents, &stamp.deleted)?;
        let facts = state.facts()?;
        Ok(Some(Self::new((stamp.clone(), &facts), &read, programme, &since)))
    }

    fn new(
        (stamp, facts): (ArcpStamp, &Facts),
        read: &FoundDocuments,
        programme: Option<Programme>,
        since: &SinceSigned,
    ) -> Self {
        let rule = programme.as_ref().map(|programme| programme.log_rule.clone());
        let rule = rule.unwrap_or_default();
        let wanted = documents_cited(&read.record);
        let is_wanted = |(id, _): &(&DocumentId, _)| wanted.contains(*id);
        let cited = read.documents.iter().filter(is_wanted);
        let cited = cited.filter_map(|(id, (_, content))| Some((*id, cited_of(content)?)));
        let cited = cited.collect();
        let projects = read.documents.iter().filter_map(|(id, (_, content))| match content {
            Content::ChangeProject(project) => Some((*id, (**project).clone())),
            _ => None,
        });
        let projects = projects.collect();
        let record = read.record.clone();
        let publisher = PublicKey::from_bytes(facts.publisher_key);
        let standing = standing_of(read, stamp.deleted.clone(), since, &publisher);
        let mut sign_offs = signed::lines(&record, &read.documents, since);
        sign_offs.extend(kept::lines(&record, since, (stamp.trainee, &publisher)));
        let signed = read.signed.clone();
        Self { stamp, record, programme, rule, cited, standing, projects, sign_offs, signed }
    }

    fn programme_in_json(&self) -> Result<String, Error> {
        let Some(programme) = &self.programme else { return Ok(String::new()) };
        let unwritable = |error| Error::internal("writing the page").because(error);
        serde_json::to_string(programme).map_err(unwritable)
    }

    pub(super) fn evidence_lines(&self) -> Vec<EvidenceLine> {
        self.sources().evidence_lines()
    }

    pub(super) fn page(&self) -> ArcpPage {
        self.sources().page()
    }

    fn sources(&self) -> ArcpSources<'_> {
        ArcpSources {
            trainee: self.stamp.trainee,
            period: self.stamp.period,
            made_on: self.stamp.made_on,
            record: &self.record,
            programme: self.programme.as_ref(),
            rule: &self.rule,
            cited: &self.cited,
            standing: &self.standing,
            projects: &self.projects,
            sign_offs: &self.sign_offs,
            names: &self.stamp.names,
        }
    }

    /// A page names no version of what is not on it.
    fn leave_out_other_projects(&mut self) {
        let on_page = self.sources().projects_on_page();
        self.projects.retain(|id, _| on_page.contains(id) || self.cited.contains_key(id));
    }
}

/// Of what the record cites and what was signed, the documents that were deleted. One that has not
/// come to this device is not known to be.
fn deleted(state: &State, read: &FoundDocuments) -> Result<BTreeSet<DocumentId>, Error> {
    let requests = read.documents.values().filter_map(|(_, content)| match content {
        Content::SignOffRequest(request) => request.subject.document,
        _ => None,
    });
    let mut deleted = BTreeSet::new();
    let kept = read.record.kept_sign_offs.values().filter_map(SignOffPaper::in_record);
    let kept = kept.map(|paper| paper.sign_off.request);
    let signed = requests.chain(read_back(&read.record)).chain(kept);
    for id in documents_cited(&read.record).into_iter().chain(signed) {
        if state.store().state(id)? == Some(DocumentState::Deleted) {
            deleted.insert(id);
        }
    }
    Ok(deleted)
}

/// The documents here of which sign-offs were read back.
fn read_back(record: &PersonalRecord) -> impl Iterator<Item = DocumentId> {
    record.kept_sign_offs.values().filter_map(|kept| match kept.of {
        Some(EvidenceSource::Document(id)) => Some(id),
        _ => None,
    })
}

/// The copies among what is cited, each with the document that is cited too.
fn copies(
    documents: &BTreeMap<DocumentId, (Version, Content)>,
    cited: &BTreeSet<DocumentId>,
) -> BTreeMap<DocumentId, DocumentId> {
    let reflections = documents.iter().filter_map(|(id, (_, content))| match content {
        Content::Reflection(reflection) if cited.contains(id) => Some((*id, reflection)),
        _ => None,
    });
    let copies = reflections.flat_map(|(id, one)| one.copies.keys().map(move |copy| (*copy, id)));
    copies.filter(|(copy, _)| cited.contains(copy)).collect()
}

/// The programme that a page says it was made of, if it was made of one.
fn programme_of(stamp: &ArcpStamp) -> serde_json::Result<Option<Programme>> {
    let written = stamp.pack.as_ref().map(|_| serde_json::from_slice(stamp.programme.as_bytes()));
    written.transpose()
}

/// What is known of what this person gives as evidence, as it stands.
pub(super) fn standing_now(state: &mut State) -> Result<EvidenceStanding, Error> {
    let Ok(facts) = state.facts() else { return Ok(EvidenceStanding::default()) };
    let read = read_cited(state, &facts)?;
    let deleted = deleted(state, &read)?;
    let pack = state.programme()?;
    let of = (&read.record, pack.as_ref().map(|pack| &pack.programme));
    let since = since::all(state, of, &read.documents, &deleted)?;
    Ok(standing_of(&read, deleted, &since, &PublicKey::from_bytes(facts.publisher_key)))
}

fn standing_of(
    read: &FoundDocuments,
    deleted: BTreeSet<DocumentId>,
    since: &SinceSigned,
    publisher: &PublicKey,
) -> EvidenceStanding {
    let cited = documents_cited(&read.record);
    let is_here = |id: &DocumentId| {
        let found = read.documents.get(id);
        deleted.contains(id) || found.is_some_and(|(_, content)| cited_of(content).is_some())
    };
    EvidenceStanding {
        missing: cited.iter().copied().filter(|id| !is_here(id)).collect(),
        copies: copies(&read.documents, &cited),
        deleted,
        answers: signed::answers(&read.record, &read.documents, since, publisher),
    }
}

/// The record, what it cites, and the projects this person writes in.
fn read_now(state: &mut State, facts: &Facts) -> Result<FoundDocuments, Error> {
    let mut read = read_cited(state, facts)?;
    for row in state.store().documents(DocumentKind::ChangeProject)? {
        let is_known = read.documents.contains_key(&row.id);
        if !is_known
            && target::right(state.store(), facts, &row)? >= Right::Edit
            && let Some(shown) = content_now(state, &row)?
        {
            read.documents.insert(row.id, shown);
        }
    }
    Ok(read)
}

/// The record, what it cites, and what is signed.
fn read_cited(state: &mut State, facts: &Facts) -> Result<FoundDocuments, Error> {
    let mut read = FoundDocuments::default();
    let records = state.store().documents(DocumentKind::PersonalRecord)?;
    if let Some(row) = records.into_iter().find(|row| facts.is_me(row.owner))
        && let Some((version, content)) = content_now(state, &row)?
    {
        if let Content::PersonalRecord(record) = &content {
            read.record.clone_from(record);
        }
        read.documents.insert(row.id, (version, content));
    }
    let mut wanted = Vec::new();
    read.signed = signed::documents(state)?;
    read.signed.extend(read_back(&read.record));
    for id in documents_cited(&read.record).union(&read.signed) {
        wanted.extend(state.active(*id)?);
    }
    for row in wanted {
        if let Some(shown) = content_now(state, &row)? {
            read.documents.insert(row.id, shown);
        }
    }
    Ok(read)
}

/// What a document says, as its row has it: none is opened for that.
fn content_now(state: &mut State, row: &DocumentRow) -> Result<Option<(Version, Content)>, Error> {
    if row.version == Version::default() {
        return Ok(None);
    }
    state.bring_up_to_date(row)?;
    Ok(match row.kind {
        DocumentKind::PersonalRecord => {
            shown(state, row)?.map(|(version, it)| (version, Content::PersonalRecord(Box::new(it))))
        }
        DocumentKind::Reflection => {
            shown(state, row)?.map(|(version, it)| (version, Content::Reflection(it)))
        }
        DocumentKind::SharedReflection => {
            shown(state, row)?.map(|(version, it)| (version, Content::SharedReflection(it)))
        }
        DocumentKind::ChangeProject => {
            shown(state, row)?.map(|(version, it)| (version, Content::ChangeProject(Box::new(it))))
        }
        DocumentKind::SignOffRequest => {
            shown(state, row)?.map(|(version, it)| (version, Content::SignOffRequest(it)))
        }
        DocumentKind::SignOff => {
            shown(state, row)?.map(|(version, it)| (version, Content::SignOff(Box::new(it))))
        }
        DocumentKind::Comments => None,
    })
}

fn shown<T: Parted>(state: &State, row: &DocumentRow) -> Result<Option<(Version, T)>, Error> {
    let shown = rows::shown_if_any::<T>(state.store(), row.id)?;
    Ok(shown.map(|(summary, content)| (summary.version, content)))
}

/// What a document said in a version; none if that is not here. It is opened only if it has
/// changed since.
fn content_at(
    state: &mut State,
    row: &DocumentRow,
    version: &Version,
) -> Result<Option<Content>, Error> {
    if let Some((_, content)) = content_now(state, row)?.filter(|(now, _)| now == version) {
        return Ok(Some(content));
    }
    let document = state.document(row)?;
    if !version.heads().iter().all(|head| document.contains(*head)) {
        return Ok(None);
    }
    Ok(Some(document.content_at(version)?))
}

/// What people are called here and now.
pub(super) fn names(
    state: &State,
    facts: &Facts,
    people: &BTreeSet<PersonId>,
) -> Result<BTreeMap<PersonId, String>, Error> {
    let mut names = BTreeMap::new();
    for id in people {
        // The server may not have told of this person yet.
        let own = facts.is_me(*id).then(|| facts.person.name.clone());
        let name = state.store().person(*id)?.map(|person| person.name).or(own);
        names.extend(name.map(|name| (*id, name)));
    }
    Ok(names)
}

/// How many changes came to what a page is of since it was made.
pub(super) fn changes_since(state: &mut State, stamp: &ArcpStamp) -> Result<usize, Error> {
    let mut changes = 0;
    for (id, version) in &stamp.documents {
        let Some(row) = state.active(*id)? else { continue };
        if row.version != *version {
            changes += state.document(&row)?.changes_not_in(version).len();
        }
    }
    Ok(changes)
}
