//! Sign-offs.
#![allow(clippy::needless_pass_by_value, reason = "options and records cross by value")]

use std::sync::Arc;

use enhance_client::{
    SignOffAnswer, SignOffFault, WitnessedSigner,
    model::{DocumentId, ItemId, PersonId, Sha256},
};

use crate::{
    Cancellation, ChangedSince, KeptSignOffView, SharingCheck, SignOffCheck, SignOffPortion,
    SignOffRequestView, SignOffSubject,
    handle::{CoreHandle, Result},
    runtime::run,
    values::Count,
};

#[uniffi::export]
impl CoreHandle {
    /// Asks a person to sign something as it stands: they get its text, and nothing of its history.
    /// Without a person it is to be signed on this phone.
    pub fn request_sign_off(
        &self,
        subject: SignOffSubject,
        with: Option<PersonId>,
        message: &str,
    ) -> Result<DocumentId> {
        Ok(self.core.request_sign_off(&subject.into(), with, message)?)
    }

    /// Looks through what would be signed, and what is said to who is asked, for
    /// what may tell who somebody is.
    pub fn check_before_sign_off(
        &self,
        subject: SignOffSubject,
        message: &str,
    ) -> Result<SharingCheck> {
        Ok(self.core.check_before_sign_off(&subject.into(), message)?.into())
    }

    /// Asks for a sign-off of something in which probable identifiers were found and acknowledged.
    pub fn request_sign_off_acknowledged(
        &self,
        subject: SignOffSubject,
        with: Option<PersonId>,
        message: &str,
        acknowledged: Sha256,
    ) -> Result<DocumentId> {
        let core = &self.core;
        Ok(core.request_sign_off_acknowledged(&subject.into(), with, message, acknowledged)?)
    }

    /// Signs or returns what this person was asked to, with the key of this device.
    pub fn sign(&self, request: DocumentId, answer: SignOffAnswer) -> Result<DocumentId> {
        Ok(self.core.sign(request, &answer)?)
    }

    /// Notes what somebody decided who signs there and then on this phone, which is the trainee's.
    pub fn sign_witnessed(
        &self,
        request: DocumentId,
        by: WitnessedSigner,
        answer: SignOffAnswer,
    ) -> Result<DocumentId> {
        Ok(self.core.sign_witnessed(request, &by, &answer)?)
    }

    /// Takes back what this person asked to have signed, also where what it is about is deleted.
    /// What was answered goes with it only `with_answers`, since it is evidence. False if somebody
    /// took it back before.
    pub fn take_back_sign_off(&self, request: DocumentId, with_answers: bool) -> Result<bool> {
        Ok(self.core.take_back_sign_off(request, with_answers)?)
    }

    /// What this person asked others to sign, newest first: the first page of it.
    pub fn sign_offs_asked_by_me(&self) -> Result<SignOffPortion> {
        Ok(self.core.sign_offs_asked_by_me()?.into())
    }

    /// What others asked this person to sign, newest first: the first page of it.
    pub fn sign_offs_asked_of_me(&self) -> Result<SignOffPortion> {
        Ok(self.core.sign_offs_asked_of_me()?.into())
    }

    /// A page of what this person asked others to sign (`mine`), or others this person, newest
    /// first: at most `limit` of what comes after a request, or from the beginning.
    pub fn sign_offs_page(
        &self,
        mine: bool,
        after: Option<DocumentId>,
        limit: Count,
    ) -> Result<SignOffPortion> {
        Ok(self.core.sign_offs_page(mine, after, limit.into())?.into())
    }

    /// The requests about a document that this person can read, newest first.
    pub fn sign_offs_of(&self, document: DocumentId) -> Result<Vec<SignOffRequestView>> {
        Ok(self.core.sign_offs_of(document)?.into_iter().map(Into::into).collect())
    }

    /// A request for a sign-off with its answers.
    pub fn sign_off_request(&self, id: DocumentId) -> Result<SignOffRequestView> {
        Ok(self.core.sign_off_request(id)?.into())
    }

    /// What became of what a request is about since it was asked.
    pub fn changed_since_sign_off(&self, request: DocumentId) -> Result<ChangedSince> {
        Ok(self.core.changed_since_sign_off(request)?.into())
    }

    /// A sign-off as a file that is checked with nothing else. It is JSON.
    pub fn export_sign_off(&self, id: DocumentId) -> Result<String> {
        Ok(self.core.export_sign_off(id)?.to_json()?)
    }

    /// Sign-offs that were read back from an export, those that were signed last first.
    pub fn kept_sign_offs(&self) -> Result<Vec<KeptSignOffView>> {
        Ok(self.core.kept_sign_offs()?.into_iter().map(Into::into).collect())
    }

    /// The file of a sign-off that was read back, by which anybody can check it. It is JSON.
    pub fn export_kept_sign_off(&self, id: ItemId) -> Result<String> {
        Ok(self.core.export_kept_sign_off(id)?.to_json()?)
    }

    /// Makes this device a new key to sign with, which needs the server once.
    pub async fn renew_signing_key(&self, cancellation: Arc<Cancellation>) -> Result<()> {
        let (core, cancel) = (self.core.clone(), cancellation.0.clone());
        run(cancel.clone(), async move { core.renew_signing_key(&cancel).await }).await
    }
}

/// Checks a file with a sign-off, with no account and no network: why it does not count; none if it
/// does, as far as the organisation's key in it tells.
#[uniffi::export]
pub fn verify_sign_off(json: &str) -> Result<Option<SignOffFault>> {
    Ok(enhance_client::verify_sign_off(json, None)?.fault)
}

/// Checks a file with a sign-off as [`verify_sign_off`] does, and says as what it was signed and
/// whether a placement names the signer so.
#[uniffi::export]
pub fn check_sign_off(json: &str) -> Result<SignOffCheck> {
    Ok(enhance_client::verify_sign_off(json, None)?.into())
}
