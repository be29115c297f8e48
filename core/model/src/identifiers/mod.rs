//! Looking through a text for what may tell who a patient or a colleague is, before it is shared.
//!
//! It warns, explains and offers other words. It never says that a text tells of nobody: "Simply
//! removing the patient's name, age, address or other personal identifiers is unlikely to be
//! enough" (the Information Commissioner, quoted in *The reflective practitioner*, General Medical
//! Council and others, 2018), and what is looked for is what can be looked for.
//!
//! ```
//! use enhance_model::identifiers::{FindingKind, Severity, scan};
//!
//! let scan = scan("Mrs Okafor, NHS no. 943 476 5919, waited for a scan.", &[]);
//! let found: Vec<_> = scan.findings.iter().map(|found| (found.kind, found.text.as_str())).collect();
//! assert_eq!(found, [
//!     (FindingKind::TitleName, "Mrs Okafor"),
//!     (FindingKind::NhsNumber, "943 476 5919"),
//! ]);
//! assert!(scan.findings.iter().all(|found| found.severity == Severity::ProbableIdentifier));
//! ```
//!
//! A text is cut into [tokens](tokens) once, and walked once: at each token each kind of finding
//! asks whether it begins there, and looks at few tokens before and after. So the cost grows with
//! the text alone, whatever is in it; there are no patterns that could backtrack, and the phone's
//! library carries no engine for them. What begins first is found first; nothing is found twice.
//!
//! | kind | rule |
//! |---|---|
//! | NHS number | ten digits that pass the check of modulus 11 (NHS digital service manual, *NHS numbers*), by the ranges issued; Scotland's begin with a date |
//! | date of birth, date | a date beside its label; an exact date in a sentence about a patient |
//! | postcode | the shapes and areas of Royal Mail's *Programmers' guide to the PAF*; half of one only where somebody lives |
//! | name | a title and a surname |
//! | age, ward, place, combination | the list of what to leave out of the GMC's *Anonymising reflective notes* |
//! | e-mail, telephone | the forms of RFC 5322 that are in use, and of Ofcom's numbering plan |

mod ages;
mod contacts;
mod dates;
mod facts;
mod finding;
mod lists;
mod names;
mod nhs_number;
mod numbers;
mod own_places;
mod postcodes;
#[cfg(test)]
mod tests;
mod tokens;

use std::ops::Range;

pub use self::finding::{Fact, Finding, FindingKind, Scan, Severity};
use self::{facts::Facts, own_places::OwnPlaces, tokens::Tokens};

/// So many findings are told of; of more, only their number.
pub const MOST_FINDINGS: usize = 200;

/// Looks through one text. `own_places` are the names of hospitals and practices where the writer
/// works or has worked.
pub fn scan(text: &str, own_places: &[String]) -> Scan {
    scan_all([text], own_places)
}

/// Looks through the texts of one entry, which are read together: a combination may be told of in
/// several of them.
pub fn scan_all<'a>(texts: impl IntoIterator<Item = &'a str>, own_places: &[String]) -> Scan {
    let places = OwnPlaces::of(own_places);
    let mut scan = Scan::default();
    let mut facts = Facts::default();
    for (part, text) in texts.into_iter().enumerate() {
        let tokens = Tokens::of(text);
        let mut utf16 = Utf16 { text, byte: 0, unit: 0 };
        for hit in walk(&tokens, &places, part, &mut facts) {
            scan.take_in(hit, &tokens, part, &mut utf16);
        }
    }
    if let Some(combination) = facts.into_combination() {
        scan.findings.push(combination);
    }
    scan
}

/// What begins at one token of a text.
#[derive(Debug)]
struct Hit {
    kind: FindingKind,
    severity: Severity,
    /// The tokens it is made of.
    tokens: Range<usize>,
    reason: String,
    replacement: Option<String>,
}

impl Hit {
    fn new(
        kind: FindingKind,
        severity: Severity,
        tokens: Range<usize>,
        reason: impl Into<String>,
    ) -> Self {
        Self { kind, severity, tokens, reason: reason.into(), replacement: None }
    }

    fn instead(mut self, replacement: impl Into<String>) -> Self {
        self.replacement = Some(replacement.into());
        self
    }

    /// The same inside of a link, where digits and letters mean many things.
    fn in_link(mut self) -> Self {
        if self.kind != FindingKind::Email {
            self.severity = Severity::Possible;
            self.reason.push_str(" It is part of a link, so it may be something else.");
        }
        self
    }
}

/// What begins at each token, from the first to the last; nothing begins inside of another.
fn walk(tokens: &Tokens<'_>, places: &OwnPlaces, part: usize, facts: &mut Facts) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut link_end = 0;
    let mut at = 0;
    while at < tokens.len() {
        if at >= link_end {
            link_end = contacts::link_at(tokens, at).unwrap_or(link_end);
        }
        let is_in_link = at < link_end;
        let hit = if is_in_link { in_link(tokens, at) } else { in_prose(tokens, at, places) };
        at = match hit {
            Some(hit) => {
                let end = hit.tokens.end.max(at + 1);
                facts.note_hit(tokens, part, &hit);
                hits.push(hit);
                end
            }
            None if is_in_link => at + 1,
            None => facts.look(tokens, part, at),
        };
    }
    hits
}

/// A sentence hides more than a link does, and both hide these.
fn in_link(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    contacts::email_at(tokens, at)
        .or_else(|| contacts::phone_at(tokens, at))
        .or_else(|| nhs_number::at(tokens, at))
        .or_else(|| postcodes::at(tokens, at))
        .map(Hit::in_link)
}

fn in_prose(tokens: &Tokens<'_>, at: usize, places: &OwnPlaces) -> Option<Hit> {
    contacts::email_at(tokens, at)
        .or_else(|| dates::at(tokens, at))
        .or_else(|| numbers::at(tokens, at))
        .or_else(|| contacts::phone_at(tokens, at))
        .or_else(|| nhs_number::at(tokens, at))
        .or_else(|| places.at(tokens, at))
        .or_else(|| postcodes::at(tokens, at))
        .or_else(|| names::at(tokens, at))
        .or_else(|| ages::at(tokens, at))
}

impl Scan {
    fn take_in(&mut self, hit: Hit, tokens: &Tokens<'_>, part: usize, utf16: &mut Utf16<'_>) {
        let Hit { kind, severity, tokens: range, reason, replacement } = hit;
        if severity == Severity::ProbableIdentifier {
            *self.probable.entry(kind).or_default() += 1;
        }
        if self.findings.len() >= MOST_FINDINGS {
            self.more += 1;
            return;
        }
        let range = tokens.bytes(&range);
        self.findings.push(Finding {
            kind,
            severity,
            part,
            utf16: utf16.at(range.start)..utf16.at(range.end),
            text: tokens.text().get(range.clone()).unwrap_or_default().to_owned(),
            range,
            facts: Vec::new(),
            reason,
            replacement,
        });
    }
}

/// Counts the UTF-16 units before places of a text, which are asked for in their order.
struct Utf16<'a> {
    text: &'a str,
    byte: usize,
    /// How many units there are before `byte`.
    unit: usize,
}

impl Utf16<'_> {
    fn at(&mut self, byte: usize) -> usize {
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        self.unit += passed.encode_utf16().count();
        self.byte = byte.max(self.byte);
        self.unit
    }
}
