//! What a printed page says of itself, so that it can be made again and compared.
//!
//! It carries what the record does not hold: the versions of what was cited, the day, the pack, and
//! what people were called, since somebody who marries is renamed and the page of last year is not
//! wrong for that.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    str::FromStr,
};

use crate::{CalendarDate, DocumentId, PersonId, Version, learning_log::Period, markup::escaped};

/// A page never names more documents or people.
const MOST: usize = 20_000;

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
        says(html, ARCP).next().is_some()
    }

    /// What a page is of; none if it does not say so.
    pub fn read(html: &str) -> Option<Self> {
        let stamp = Self {
            trainee: one(html, ARCP)?,
            period: one(html, PERIOD)?,
            made_on: one(html, MADE_ON)?,
            pack: one(html, PACK),
            programme: one(html, PROGRAMME).unwrap_or_default(),
            documents: by_id(html, DOCUMENT),
            deleted: says(html, DELETED).filter_map(|id| id.parse().ok()).collect(),
            names: by_id(html, NAME),
        };
        let sizes = [stamp.documents.len(), stamp.deleted.len(), stamp.names.len()];
        sizes.iter().all(|size| *size <= MOST).then_some(stamp)
    }

    pub(super) fn write(&self, html: &mut String) {
        meta(html, ARCP, &self.trainee.to_string());
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

fn meta(html: &mut String, name: &str, content: &str) {
    let _ = writeln!(html, "<meta name=\"{name}\" content=\"{}\">", escaped(content));
}

fn says(html: &str, name: &str) -> impl Iterator<Item = String> {
    let begins = format!("<meta name=\"{name}\" content=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(begins.as_str())?;
        let (content, after) = after.split_once('"')?;
        rest = after;
        Some(unescaped(content))
    })
    .take(MOST + 1)
}

fn one<T: FromStr>(html: &str, name: &str) -> Option<T> {
    says(html, name).next()?.parse().ok()
}

fn by_id<I: FromStr + Ord, T: FromStr>(html: &str, name: &str) -> BTreeMap<I, T> {
    let both = says(html, name).filter_map(|text| {
        let (id, rest) = text.split_once(' ')?;
        Some((id.parse().ok()?, rest.parse().ok()?))
    });
    both.collect()
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">");
    // What stands for the sign itself comes last, since it may have stood before any of the others.
    plain.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
