//! Which of several answers say how things stand.

use std::collections::BTreeSet;

use super::{SignOff, Signer};
use crate::DocumentId;

/// An answer to a request among others.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub id: DocumentId,
    pub sign_off: &'a SignOff,
    /// The key of the organisation that certified it.
    pub publisher: [u8; 32],
    /// Whether nothing speaks against it. What is not sound takes the place of nothing.
    pub is_sound: bool,
}

/// Says of each answer whether another stands in its place: one that the same signer gave anew, or
/// in the place of a witnessed one, which is the trainee's word, one that somebody signed with a key
/// of their own. Answers that different organisations certified leave each other alone.
pub fn superseded(answers: &[Answer<'_>]) -> Vec<bool> {
    let sound = || answers.iter().filter(|answer| answer.is_sound);
    let anew: BTreeSet<_> =
        sound().filter_map(|one| Some(one.as_named(one.sign_off.supersedes?))).collect();
    let is_given_anew = |one: &Answer<'_>| anew.contains(&one.as_named(one.id));
    let by_own_key: BTreeSet<_> = sound()
        .filter(|one| !one.is_witnessed() && !is_given_anew(one))
        .map(Answer::of_request)
        .collect();
    let is_outdone =
        |one: &Answer<'_>| one.is_witnessed() && by_own_key.contains(&one.of_request());
    answers.iter().map(|one| is_given_anew(one) || is_outdone(one)).collect()
}

impl<'a> Answer<'a> {
    const fn is_witnessed(&self) -> bool {
        self.sign_off.signer.witnessed.is_some()
    }

    const fn of_request(&self) -> (DocumentId, [u8; 32]) {
        (self.sign_off.request, self.publisher)
    }

    /// An answer with this id, of the same signer to the same request.
    const fn as_named(&self, id: DocumentId) -> (DocumentId, (DocumentId, [u8; 32]), &'a Signer) {
        (id, self.of_request(), &self.sign_off.signer)
    }
}
