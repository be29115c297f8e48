//! The names on a page, which the page carries with it.
//!
//! What a person is called is no part of a plan: each device knows it from the server, and a person
//! who marries is renamed. So a page keeps whom it called what, and is compared with its plan by
//! those names; where they are others by now is told beside.

use std::collections::BTreeMap;

use crate::{
    DeviceId, PersonId,
    printed::{made_by, meta, page_says, says_by_id, write_made_by},
    suppression::Suppression,
};

/// What somebody was called when the page was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageNames {
    /// The version of the app that made the page; none of one that did not say so.
    pub made_by: Option<String>,
    /// Who began the plan.
    pub creator: String,
    /// The members of its team who have an account.
    pub people: BTreeMap<PersonId, String>,
    /// Whose device is which, of those on which something was written.
    pub devices: BTreeMap<DeviceId, String>,
    /// Which numbers of groups were hidden.
    pub suppression: Suppression,
}

const CREATOR: &str = "enhance-creator";
const PERSON: &str = "enhance-person";
const DEVICE: &str = "enhance-device";
const HIDDEN: &str = "enhance-hidden";

impl PageNames {
    pub(super) fn write(&self, html: &mut String) {
        write_made_by(html, self.made_by.as_deref());
        meta(html, CREATOR, &self.creator);
        let Suppression { from, to } = self.suppression;
        meta(html, HIDDEN, &format!("{from} {to}"));
        for (id, name) in &self.people {
            meta(html, PERSON, &format!("{id} {name}"));
        }
        for (id, name) in &self.devices {
            meta(html, DEVICE, &format!("{id} {name}"));
        }
    }

    /// The names that a page carries.
    pub fn read(html: &str) -> Self {
        let one = |name| page_says(html, name).next();
        let hidden = one(HIDDEN).and_then(|text| {
            let (from, to) = text.split_once(' ')?;
            Some(Suppression { from: from.parse().ok()?, to: to.parse().ok()? })
        });
        Self {
            made_by: made_by(html),
            creator: one(CREATOR).unwrap_or_default(),
            people: says_by_id(html, PERSON),
            devices: says_by_id(html, DEVICE),
            suppression: hidden.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_what_it_wrote() {
        let hostile = "\"><meta name=\"enhance-person\" content=\"'&amp;".to_owned();
        let names = PageNames {
            made_by: Some(hostile.clone()),
            creator: hostile.clone(),
            people: [(PersonId::from_bytes([1; 16]), hostile.clone())].into(),
            devices: [(DeviceId::from_bytes([2; 16]), String::new())].into(),
            suppression: Suppression { from: 1, to: 9 },
        };
        let mut html = String::new();
        names.write(&mut html);
        assert_eq!(PageNames::read(&html), names);
        assert_eq!(
            PageNames::read("<meta name=\"enhance-person\" content=\"x"),
            PageNames::default()
        );
    }
}
