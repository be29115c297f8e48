//! What a printed page says of itself, so that it can be made again and compared.
//!
//! It carries what the record does not hold: the versions of what was cited, the day, the pack, and
//! what people were called, since somebody who marries is renamed and the page of last year is not
//! wrong for that.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use crate::{
    CalendarDate, DocumentId, PersonId, Version,
    learning_log::Period,
    printed::{MOST_SAID, made_by, meta, page_says, says_by_id, write_made_by},
};

const ARCP: &str = "enhance-arcp";
const PERIOD: &str = "enhance-period";
const MADE_ON: &str = "enhance-made-on";
const PACK: &str = "enhance-pack";
const PROGRAMME: &str = "enhance-programme";
const DOCUMENT: &str = "enhance-document";
const DELETED: &str = "enhance-deleted";
const NAME: &str = "enhance-name";

/// What a page is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArcpStamp {
    pub trainee: PersonId,
    /// The version of the app that made it; none of one that did not say so.
    pub made_by: Option<String>,
    pub period: Period,
    /// The day on which it was made.
    pub made_on: CalendarDate,
    /// The version of the pack by which it was made; none if there was none.
    pub pack: Option<u64>,
    /// What the page is made of that pack, as JSON: it is kept here, so that the page can be made
    /// again once another version is in use. Empty if there was none.
    pub programme: String,
    /// The personal record and what it cites, each in the version that was read.
    pub documents: BTreeMap<DocumentId, Version>,
    /// Of what it cites, the documents that were deleted by then.
    pub deleted: BTreeSet<DocumentId>,
    /// What those on the page are called.
    pub names: BTreeMap<PersonId, String>,
}

impl ArcpStamp {
    /// Whether this says that it is such a page.
    pub fn is_in(html: &str) -> bool {
        page_says(html, ARCP).next().is_some()
    }

    /// What a page is of; none if it does not say so.
    pub fn read(html: &str) -> Option<Self> {
        let stamp = Self {
            trainee: one(html, ARCP)?,
            made_by: made_by(html),
            period: one(html, PERIOD)?,
            made_on: one(html, MADE_ON)?,
            pack: one(html, PACK),
            programme: one(html, PROGRAMME).unwrap_or_default(),
            documents: says_by_id(html, DOCUMENT),
            deleted: page_says(html, DELETED).filter_map(|id| id.parse().ok()).collect(),
            names: says_by_id(html, NAME),
        };
        let sizes = [stamp.documents.len(), stamp.deleted.len(), stamp.names.len()];
        sizes.iter().all(|size| *size <= MOST_SAID).then_some(stamp)
    }

    pub(super) fn write(&self, html: &mut String) {
        meta(html, ARCP, &self.trainee.to_string());
        write_made_by(html, self.made_by.as_deref());
        meta(html, PERIOD, &self.period.to_string());
        meta(html, MADE_ON, &self.made_on.to_string());
        if let Some(version) = self.pack {
            meta(html, PACK, &version.to_string());
            meta(html, PROGRAMME, &self.programme);
        }
        for (id, version) in &self.documents {
            meta(html, DOCUMENT, &format!("{id} {version}"));
        }
        for id in &self.deleted {
            meta(html, DELETED, &id.to_string());
        }
        for (id, name) in &self.names {
            meta(html, NAME, &format!("{id} {name}"));
        }
    }
}

fn one<T: FromStr>(html: &str, name: &str) -> Option<T> {
    page_says(html, name).next()?.parse().ok()
}
