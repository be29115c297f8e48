//! The walk through the tokens of the texts of one document.

use super::{
    ages, contacts,
    dates::{self, OldYears},
    facts::Facts,
    finding::{Finding, Scan, Severity},
    hit::Hit,
    names, nhs_number, numbers,
    own_places::OwnPlaces,
    postcodes,
    tokens::Tokens,
};
use crate::CalendarDate;

/// So many findings are told of; of more, only their number.
pub const MOST_FINDINGS: usize = 200;

/// What is known of whoever wrote a text, and of when it is looked through.
#[derive(Debug, Clone)]
pub struct Writer {
    /// The names of hospitals and practices where they work or have worked.
    pub own_places: Vec<String>,
    /// The day that it is: years so long before it are ones of birth.
    pub today: CalendarDate,
}

/// Looks through one text.
pub fn scan(text: &str, writer: &Writer) -> Scan {
    scan_all([text], writer)
}

/// Looks through the texts of one document, which are read together: a combination may be spread
/// over several of them.
pub fn scan_all<'a>(texts: impl IntoIterator<Item = &'a str>, writer: &Writer) -> Scan {
    Walk::of(writer).through(texts)
}

/// The same of texts that are about a patient, whatever else is in a sentence: every exact date in
/// them is beside one.
pub fn scan_patient<'a>(texts: impl IntoIterator<Item = &'a str>, writer: &Writer) -> Scan {
    Walk { is_patient: true, ..Walk::of(writer) }.through(texts)
}

/// What is known before texts are walked through.
struct Walk {
    places: OwnPlaces,
    old_years: OldYears,
    is_patient: bool,
}

impl Walk {
    fn of(Writer { own_places, today }: &Writer) -> Self {
        let old_years = OldYears::before(u32::try_from(today.year()).unwrap_or_default());
        Self { places: OwnPlaces::of(own_places), old_years, is_patient: false }
    }

    fn through<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Scan {
        let mut scan = Scan::default();
        let mut facts = Facts::default();
        for (part, text) in texts.into_iter().enumerate() {
            let tokens = Tokens::of(text);
            let mut utf16 = Utf16 { text, byte: 0, unit: 0 };
            for hit in self.hits(&tokens, part, &mut facts) {
                scan.take_in(hit, &tokens, part, &mut utf16);
            }
        }
        if let Some(combination) = facts.into_combination() {
            scan.findings.push(combination);
        }
        scan
    }

    /// What begins at each token, from the first to the last; nothing begins inside of another.
    fn hits(&self, tokens: &Tokens<'_>, part: usize, facts: &mut Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut link_end = 0;
        let mut at = 0;
        while at < tokens.len() {
            if at >= link_end {
                link_end = contacts::link_at(tokens, at).unwrap_or(link_end);
            }
            let is_in_link = at < link_end;
            let hit = if is_in_link { in_link(tokens, at) } else { self.in_prose(tokens, at) };
            let hit = hit.or_else(|| dates::of_patient(tokens, at).filter(|_| self.is_patient));
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

    fn in_prose(&self, tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
        contacts::email_at(tokens, at)
            .or_else(|| dates::at(tokens, at, self.old_years))
            .or_else(|| numbers::at(tokens, at))
            .or_else(|| contacts::phone_at(tokens, at))
            .or_else(|| nhs_number::at(tokens, at))
            .or_else(|| self.places.at(tokens, at))
            .or_else(|| postcodes::at(tokens, at))
            .or_else(|| names::at(tokens, at))
            .or_else(|| ages::at(tokens, at))
    }
}

/// A sentence hides more than a link does, and both hide these.
fn in_link(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    contacts::email_at(tokens, at)
        .or_else(|| contacts::phone_at(tokens, at))
        .or_else(|| nhs_number::at(tokens, at))
        .or_else(|| postcodes::at(tokens, at))
        .map(Hit::in_link)
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

#[cfg(test)]
mod tests;
