//! Looking through a text for what may tell who a patient or a colleague is, before it is shared.
//!
//! It warns, explains and offers other words. It never says that a text tells of nobody: "Simply
//! removing the patient's name, age, address or other personal identifiers is unlikely to be
//! enough" (the Information Commissioner, quoted in *The reflective practitioner*, General Medical
//! Council and others, 2018), and what is looked for is what can be looked for.
//!
//! ```
//! use enhance_model::identifiers::{FindingKind, Severity, Writer, scan};
//!
//! let writer = Writer { own_places: Vec::new(), today: jiff::civil::date(2026, 11, 27) };
//! let scan = scan("Mrs Okafor, NHS no. 943 476 5919, waited for a scan.", &writer);
//! let found = scan.findings.iter().map(|found| (found.kind, found.text.as_str()));
//! let found: Vec<_> = found.collect();
//! assert_eq!(found, [
//!     (FindingKind::TitleName, "Mrs Okafor"),
//!     (FindingKind::NhsNumber, "943 476 5919"),
//! ]);
//! assert!(scan.findings.iter().all(|found| found.severity == Severity::ProbableIdentifier));
//! ```
//!
//! A text is cut into tokens once, and walked once: at each token each kind of finding
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

mod age_lists;
mod ages;
mod births;
mod contacts;
mod dates;
mod facts;
mod finding;
mod hit;
mod lists;
mod months;
mod name_lists;
mod names;
mod nhs_number;
mod number_words;
mod numbers;
mod own_places;
mod postcodes;
mod scan;
mod tokens;

pub use self::{
    finding::{Fact, Finding, FindingKind, Scan, Severity},
    scan::{MOST_FINDINGS, Writer, scan, scan_all, scan_patient},
};
