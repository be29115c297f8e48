//! Frameworks of capabilities, and how well they are covered.

use enhance_client::{
    CapabilityCover, FrameworkCover,
    model::personal_record::{Cover, Statement},
};

use crate::ids::ItemId;

/// A framework, and how well there is evidence for its capabilities.
#[uniffi::remote(Record)]
pub struct FrameworkCover {
    pub key: String,
    pub title: String,
    /// The version that its publisher gives it.
    pub version: String,
    /// Where it was found, and how sure that is.
    pub source: String,
    /// In its order, a parent before its children.
    pub capabilities: Vec<CapabilityCover>,
}

/// A capability of a framework, and how well there is evidence for it.
#[uniffi::remote(Record)]
pub struct CapabilityCover {
    pub code: String,
    /// The code of what it belongs to.
    pub parent: Option<String>,
    pub text: String,
    /// What its level is called, if it has one.
    pub level: Option<String>,
    /// How well it is covered; what others belong to, as a whole.
    pub cover: Cover,
    /// What a link to it names.
    pub statement: Statement,
    /// The links that give evidence for it, oldest first.
    pub links: Vec<ItemId>,
    /// Whether it is signed by witnessed sign-offs alone, and by none with a signer's own key.
    #[uniffi(default = false)]
    pub is_witnessed: bool,
}
