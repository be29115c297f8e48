//! Requests as people name them.

use enhance_client::LearningCore;
use enhance_model::DocumentId;

use crate::{exit::Failure, ids};

/// The request with the id that was typed.
pub fn request(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    let mut all = core.sign_offs_page(true, None, u32::MAX)?.items;
    all.extend(core.sign_offs_page(false, None, u32::MAX)?);
    let choices: Vec<_> = all.into_iter().map(|one| (one.id, one.request.title)).collect();
    ids::resolve("request for a sign-off", typed, &choices)
}
