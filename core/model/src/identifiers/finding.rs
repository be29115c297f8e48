//! What was found, where, how sure it is, and what could stand there instead.

use std::{collections::BTreeMap, fmt::Write as _, ops::Range};

use serde::Serialize;

use crate::words::words;

words! {
    /// What may tell who somebody is.
    FindingKind {
        /// A number of the NHS, or of its sisters in Scotland and the two parts of Ireland.
        NhsNumber = "nhs_number",
        DateOfBirth = "date_of_birth",
        /// An exact date beside a word for a patient.
        Date = "date",
        /// A postcode, or its outward half where somebody lives.
        Postcode = "postcode",
        /// A title with a surname.
        TitleName = "title_name",
        /// A number by which a hospital knows a patient.
        HospitalNumber = "hospital_number",
        NationalInsurance = "national_insurance",
        /// A doctor's number at the General Medical Council, or a nurse's at theirs.
        GmcNumber = "gmc_number",
        Email = "email",
        Phone = "phone",
        /// An exact age, in digits or words.
        Age = "age",
        /// A ward, bed, bay or room with its number.
        WardBed = "ward_bed",
        /// The name of a place where the writer works.
        OwnPlace = "own_place",
        /// Three or more facts that may single somebody out together.
        Combination = "combination",
        /// A photograph or a PDF, which nobody looks through.
        UnseenFile = "unseen_file",
    }
}

words! {
    /// How much what was found says of who somebody is.
    Severity {
        /// It tells of one person by itself, and is asked about before anything is shared.
        ProbableIdentifier = "probable_identifier",
        /// It may tell of somebody.
        Possible = "possible",
        /// Nothing by itself, but much together.
        Combination = "combination",
    }
}

words! {
    /// A fact that says little alone. After the General Medical Council's list of what to leave
    /// out of reflective notes.
    Fact {
        Sex = "sex",
        /// An age, or the decade of a life.
        AgeBand = "age_band",
        Date = "date",
        Place = "place",
        Condition = "condition",
        Job = "job",
    }
}

/// Something in a text that may tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub severity: Severity,
    /// Which of the texts it is in, counted from 0.
    pub part: usize,
    /// Where it is, in bytes of that text: always at the borders of characters.
    pub range: Range<usize>,
    /// The same in UTF-16 code units, as Kotlin and Swift's text views count.
    pub utf16: Range<usize>,
    /// What is written there.
    pub text: String,
    /// The facts of a combination, in the order in which they are told; otherwise none.
    pub facts: Vec<Fact>,
    /// Why it was found, in a sentence for the writer.
    pub reason: String,
    /// What could stand there instead, if there is anything neutral to say.
    pub replacement: Option<String>,
}

/// What was found in some texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Scan {
    /// In the order of the texts, a combination last; at most
    /// [`MOST_FINDINGS`](super::MOST_FINDINGS) besides it.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub more: usize,
    /// How many probable identifiers there are of each kind, all of them counted.
    pub probable: BTreeMap<FindingKind, usize>,
}

impl Scan {
    /// How many probable identifiers there are.
    pub fn probable_count(&self) -> usize {
        self.probable.values().sum()
    }
}

impl FindingKind {
    /// Its name in a sentence, for one of them.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NhsNumber => "NHS number",
            Self::DateOfBirth => "date of birth",
            Self::Date => "date",
            Self::Postcode => "postcode",
            Self::TitleName => "name",
            Self::HospitalNumber => "hospital number",
            Self::NationalInsurance => "national insurance number",
            Self::GmcNumber => "GMC or NMC number",
            Self::Email => "e-mail address",
            Self::Phone => "telephone number",
            Self::Age => "age",
            Self::WardBed => "ward or bed",
            Self::OwnPlace => "place of work",
            Self::Combination => "combination",
            Self::UnseenFile => "file that is not looked through",
        }
    }

    /// Its name in a sentence, for this many of them.
    pub fn count(self, count: usize) -> String {
        let name = self.name();
        match (self, count) {
            (_, 1) => format!("1 {name}"),
            (Self::DateOfBirth, _) => format!("{count} dates of birth"),
            (Self::Email, _) => format!("{count} e-mail addresses"),
            (Self::WardBed, _) => format!("{count} wards or beds"),
            (Self::OwnPlace, _) => format!("{count} places of work"),
            (Self::UnseenFile, _) => format!("{count} files that are not looked through"),
            _ => format!("{count} {name}s"),
        }
    }
}

impl Fact {
    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AgeBand => "age band",
            other => other.as_str(),
        }
    }
}

/// Facts as a list in a sentence.
pub(super) fn listed(facts: &[Fact]) -> String {
    let mut text = String::new();
    for (at, fact) in facts.iter().enumerate() {
        let between = match at {
            0 => "",
            _ if at + 1 == facts.len() => " and ",
            _ => ", ",
        };
        // Writing to a String cannot fail.
        let _ = write!(text, "{between}{}", fact.name());
    }
    text
}
