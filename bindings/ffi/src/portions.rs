//! Parts of lists, each of which says whether its list goes on. Kotlin and Swift have one type for
//! all of them, which cannot cross.

use enhance_client::{self as client, DocumentSummary, Portion};

use crate::{Hit, SignOffRequestView, SittingView};

/// A part of a list of documents.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentPortion {
    pub items: Vec<DocumentSummary>,
    /// Whether the list goes on after them.
    pub more: bool,
}

/// A part of what was found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HitPortion {
    pub items: Vec<Hit>,
    /// Whether more was found.
    pub more: bool,
}

/// A part of a list of requests for sign-offs.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignOffPortion {
    pub items: Vec<SignOffRequestView>,
    /// Whether the list goes on after them.
    pub more: bool,
}

/// A part of the story of a project.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SittingPortion {
    pub items: Vec<SittingView>,
    /// Whether there were sittings before them.
    pub more: bool,
}

impl From<Portion<DocumentSummary>> for DocumentPortion {
    fn from(Portion { items, more }: Portion<DocumentSummary>) -> Self {
        Self { items, more }
    }
}

impl From<Portion<client::Hit>> for HitPortion {
    fn from(portion: Portion<client::Hit>) -> Self {
        let Portion { items, more } = portion.map(Hit::from);
        Self { items, more }
    }
}

impl From<Portion<client::SignOffRequestView>> for SignOffPortion {
    fn from(portion: Portion<client::SignOffRequestView>) -> Self {
        let Portion { items, more } = portion.map(SignOffRequestView::from);
        Self { items, more }
    }
}

impl From<Portion<client::SittingView>> for SittingPortion {
    fn from(portion: Portion<client::SittingView>) -> Self {
        let Portion { items, more } = portion.map(SittingView::from);
        Self { items, more }
    }
}
