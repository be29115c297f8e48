//! Whether what shows a completion belongs to the work of its module: a sign-off or a reflection
//! that is about another module's shows nothing of this one.

use std::collections::BTreeSet;

use enhance_model::{
    DocumentId, DocumentKind, ItemId, Tag,
    change_project::ChangeProject,
    personal_record::{EvidenceSource, LearningSession, PersonalRecord, Statement},
    programme::{Module, Programme},
    reflection::{Reflection, SharedReflection},
    sign_off::{SignOff, SignOffRequest, Subject, SubjectKind},
};

use super::sign_offs::paper::SignOffPaper;
use crate::{
    error::Error,
    state::{State, documents::has_content, rows},
};

/// A module that is said to be complete, or of which an activity is.
pub(super) struct WorkOfModule<'w> {
    pub(super) programme: &'w Programme,
    pub(super) module: &'w Module,
    /// What this person did, what they are about to write included.
    pub(super) record: &'w PersonalRecord,
}

impl WorkOfModule<'_> {
    /// Whether this shows something of it: it belongs to it, or it is a reflection of which nothing
    /// else says what it is about than that it is named here.
    pub(super) fn is_shown_by(&self, state: &State, given: EvidenceSource) -> Result<bool, Error> {
        Ok(self.has(state, given)? || self.is_free(state, given)?)
    }

    /// Whether this belongs to it. Of what has not come to this device nobody can say that it does
    /// not.
    fn has(&self, state: &State, given: EvidenceSource) -> Result<bool, Error> {
        if self.is_linked(given) {
            return Ok(true);
        }
        match given {
            EvidenceSource::Item(id) => self.has_item(state, id),
            EvidenceSource::Document(id) => self.has_document(state, id),
        }
    }

    /// Whether the trainee linked it to what the module teaches, or named it in a debrief of it.
    fn is_linked(&self, given: EvidenceSource) -> bool {
        let mut links = self.record.evidence.values().filter(|link| link.evidence == given);
        let debriefs = self.record.debriefs.values();
        let mut debriefs = debriefs.filter(|debrief| debrief.evidence == Some(given));
        links.any(|link| match &link.statement {
            Statement::Outcome(key) => self.has_outcome(key),
            Statement::Capability(key) => self.has_capability(key),
        }) || debriefs.any(|debrief| self.has_activity(&debrief.activity))
    }

    fn has_item(&self, state: &State, id: ItemId) -> Result<bool, Error> {
        let record = self.record;
        if let Some(kept) = record.kept_sign_offs.get(&id) {
            let read_back = match kept.of {
                Some(EvidenceSource::Document(document)) => Some(document),
                _ => None,
            };
            return match SignOffPaper::in_record(kept) {
                Some(paper) => self.has_subject(state, &paper.sign_off.subject, read_back),
                None => Ok(false),
            };
        }
        let activity = record.activities_completed.get(&id).map(|fact| &fact.activity);
        let activity = activity.or(record.debriefs.get(&id).map(|debrief| &debrief.activity));
        let module = record.modules_completed.get(&id).map(|fact| &fact.module);
        Ok(record.sessions.get(&id).is_none_or(|session| self.has_session(session))
            && activity.is_none_or(|key| self.has_activity(key))
            && module.is_none_or(|key| *key == self.module.key))
    }

    fn has_document(&self, state: &State, id: DocumentId) -> Result<bool, Error> {
        let store = state.store();
        let Some(row) = state.active(id)?.filter(has_content) else { return Ok(true) };
        match row.kind {
            DocumentKind::Reflection => {
                let shown = rows::shown_if_any::<Reflection>(store, id)?;
                Ok(shown.is_none_or(|(_, one)| self.has_reflection(&one)))
            }
            DocumentKind::SharedReflection => self.has_copy(state, id),
            DocumentKind::ChangeProject => {
                let shown = rows::shown_if_any::<ChangeProject>(store, id)?;
                Ok(shown
                    .is_none_or(|(_, one)| self.has_domain(&one.topic) || self.has_any(&one.tags)))
            }
            DocumentKind::SignOffRequest => {
                let shown = rows::shown_if_any::<SignOffRequest>(store, id)?;
                let subject = shown.map(|(_, request)| request.subject);
                subject.map_or(Ok(true), |it| self.has_subject(state, &it, it.document))
            }
            DocumentKind::SignOff => {
                let shown = rows::shown_if_any::<SignOff>(store, id)?;
                let subject = shown.map(|(_, sign_off)| sign_off.subject);
                subject.map_or(Ok(true), |it| self.has_subject(state, &it, it.document))
            }
            _ => Ok(true),
        }
    }

    /// Whether what was signed belongs to it; a document under the id that it has here.
    fn has_subject(
        &self,
        state: &State,
        subject: &Subject,
        document: Option<DocumentId>,
    ) -> Result<bool, Error> {
        match (subject.kind, document) {
            (SubjectKind::Module, _) => Ok(subject.key == self.module.key),
            (SubjectKind::Sessions, _) => {
                let mut sessions =
                    subject.items.iter().filter_map(|id| self.record.sessions.get(id));
                Ok(sessions.any(|session| self.has_session(session)))
            }
            (_, Some(document)) => self.has(state, EvidenceSource::Document(document)),
            (_, None) => Ok(false),
        }
    }

    /// A copy says less than what it is a copy of, which is its author's alone.
    fn has_copy(&self, state: &State, id: DocumentId) -> Result<bool, Error> {
        let Some((_, copy)) = rows::shown_if_any::<SharedReflection>(state.store(), id)? else {
            return Ok(true);
        };
        Ok(match original_of(state, id)? {
            Some((original, reflection)) => {
                self.is_linked(EvidenceSource::Document(original))
                    || self.has_reflection(&reflection)
            }
            None => self.has_any(&copy.tags) || self.is_asked_by(&copy.template),
        })
    }

    /// Whether nothing says what a reflection is about: no activity asked for it, it has no tag that
    /// could tell, and it is linked to nothing.
    fn is_free(&self, state: &State, given: EvidenceSource) -> Result<bool, Error> {
        let EvidenceSource::Document(id) = given else { return Ok(false) };
        let own = match state.active(id)?.map(|row| row.kind) {
            Some(DocumentKind::Reflection) => {
                let shown = rows::shown_if_any::<Reflection>(state.store(), id)?;
                shown.map(|(_, reflection)| (id, reflection))
            }
            Some(DocumentKind::SharedReflection) => original_of(state, id)?,
            _ => None,
        };
        let Some((original, reflection)) = own else { return Ok(false) };
        let is_it = |other| [id, original].map(EvidenceSource::Document).contains(&other);
        let is_named = self.record.evidence.values().any(|link| is_it(link.evidence))
            || self.record.debriefs.values().filter_map(|one| one.evidence).any(is_it);
        let is_tagged = reflection.tags.iter().any(|tag| !matches!(tag, Tag::Theme(_)));
        Ok(reflection.prompted_by.is_none() && !is_tagged && !is_named)
    }

    /// Whether the module asked for it, or it is about what the module teaches. The prompts tell
    /// only of one for which nothing else asked, since several modules use the same.
    fn has_reflection(&self, reflection: &Reflection) -> bool {
        let is_asked = match &reflection.prompted_by {
            Some(key) => self.has_activity(key) || self.has_pause_point(key),
            None => self.is_asked_by(&reflection.template),
        };
        is_asked || self.has_any(&reflection.tags)
    }

    /// Whether an activity is talked over by the prompts of this template.
    fn is_asked_by(&self, template: &str) -> bool {
        let mut debriefs = self.module.activities.iter().filter_map(|one| one.debrief.as_ref());
        debriefs.any(|debrief| debrief.template == template)
    }

    fn has_pause_point(&self, key: &str) -> bool {
        let mut used = self.module.activities.iter().flat_map(|activity| &activity.resources);
        used.any(|resource| {
            let resource = self.programme.resource(resource);
            resource.is_some_and(|it| it.pause_points.iter().any(|pause| pause.key == key))
        })
    }

    fn has_session(&self, session: &LearningSession) -> bool {
        let is_of_activity = session.activity.as_ref().is_some_and(|key| self.has_activity(key));
        is_of_activity || session.module.as_ref() == Some(&self.module.key)
    }

    fn has_activity(&self, key: &str) -> bool {
        self.module.activities.iter().any(|activity| activity.key == key)
    }

    fn has_any(&self, tags: &BTreeSet<Tag>) -> bool {
        tags.iter().any(|tag| match tag {
            Tag::Domain(key) => self.has_domain(key),
            Tag::Capability(key) => self.has_capability(key),
            Tag::Theme(_) => false,
        })
    }

    fn has_domain(&self, key: &str) -> bool {
        self.module.domains.iter().any(|domain| domain == key)
    }

    fn has_outcome(&self, key: &str) -> bool {
        self.module.outcomes.iter().any(|outcome| outcome.key == key)
    }

    /// Whether a capability answers to one of its outcomes.
    fn has_capability(&self, key: &str) -> bool {
        let Some((framework, code)) = key.split_once('/') else { return false };
        let mut frameworks = self.programme.frameworks.iter().filter(|one| one.key == framework);
        frameworks.any(|one| {
            let mut links = one.crosswalk.iter().filter(|link| link.code == code);
            links.any(|link| {
                link.to.strip_prefix("outcome:").is_some_and(|key| self.has_outcome(key))
            })
        })
    }
}

/// The reflection of this person that a copy was made of, as far as it is here.
fn original_of(state: &State, copy: DocumentId) -> Result<Option<(DocumentId, Reflection)>, Error> {
    let store = state.store();
    for listed in store.list(DocumentKind::Reflection, None, u32::MAX)? {
        let id = listed.summary.document;
        let shown = rows::shown_if_any::<Reflection>(store, id)?;
        if let Some((_, reflection)) = shown.filter(|(_, one)| one.copies.contains_key(&copy)) {
            return Ok(Some((id, reflection)));
        }
    }
    Ok(None)
}
