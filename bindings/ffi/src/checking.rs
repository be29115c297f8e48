//! What was found in a document before it is shared.

use enhance_client::{
    self as client, TextPlace,
    model::{
        Noun, Tag,
        change_project::Section,
        identifiers::{Fact, FindingKind, Severity},
    },
};

use crate::{
    ids::{DocumentId, ItemId, Sha256},
    values::Count,
};

/// What was found in a document that may tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SharingCheck {
    /// What was looked through; none for what is in the personal record.
    pub document: Option<DocumentId>,
    /// In the order of the document; a combination comes last.
    pub findings: Vec<Finding>,
    /// How many more there are, of which only the number is told.
    pub more: Count,
    /// How many of all are probable identifiers, of each kind. Sharing asks about these.
    pub probable: Vec<FindingCount>,
    /// Handed in with the next sharing, this says that the person has seen what was found. It holds
    /// for these texts and these findings alone.
    pub acknowledgement: Sha256,
}

/// How many there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FindingCount {
    pub kind: FindingKind,
    /// One or more, never zero.
    pub count: Count,
}

/// Something in a text that may tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Finding {
    /// The text it is in.
    pub place: TextPlace,
    pub kind: FindingKind,
    pub severity: Severity,
    /// Where it begins in that text, in UTF-16 code units.
    pub start: Count,
    /// Where it ends, in UTF-16 code units.
    pub end: Count,
    /// What is written there; of a combination, its facts.
    pub text: String,
    /// The facts of a combination, in the order in which they are told.
    pub facts: Vec<Fact>,
    /// Why it was found, in a sentence for the writer.
    pub reason: String,
    /// What could stand there instead, if there is anything neutral to say.
    pub replacement: Option<String>,
}

/// A text of a document.
#[uniffi::remote(Enum)]
pub enum TextPlace {
    Title,
    /// An answer to the prompt with this key.
    Answer(String),
    /// What the document is about.
    Tagged(Tag),
    /// Where a project is done.
    Setting,
    Section(Section),
    AimSentence,
    /// What is to be signed of the personal record.
    Signed,
    /// What is said to who is asked.
    Message,
    /// The name of a file, which is this.
    FileName(String),
    /// A text of a thing in a plan.
    Item {
        what: Noun,
        id: ItemId,
    },
}

/// What may tell who somebody is.
#[uniffi::remote(Enum)]
pub enum FindingKind {
    /// A number of the NHS, or of its sisters in Scotland and the two parts of Ireland.
    NhsNumber,
    DateOfBirth,
    /// An exact date beside a word for a patient.
    Date,
    /// A postcode, or its outward half where somebody lives.
    Postcode,
    /// A title with a surname.
    TitleName,
    /// A number by which a hospital knows a patient.
    HospitalNumber,
    NationalInsurance,
    /// A doctor's number at the General Medical Council.
    GmcNumber,
    Email,
    Phone,
    /// An exact age, in digits or words.
    Age,
    /// A ward, bed, bay or room with its number.
    WardBed,
    /// The name of a place where the writer works.
    OwnPlace,
    /// Three or more facts that may single somebody out together.
    Combination,
    /// A photograph or a PDF, which nobody looks through.
    UnseenFile,
}

/// How much what was found says of who somebody is.
#[uniffi::remote(Enum)]
#[uniffi(name = "FindingSeverity")]
pub enum Severity {
    /// It tells of one person by itself, and is asked about before anything is shared.
    ProbableIdentifier,
    /// It may tell of somebody.
    Possible,
    /// Nothing by itself, but much together.
    Combination,
}

/// A fact that says little alone.
#[uniffi::remote(Enum)]
#[uniffi(name = "TellingFact")]
pub enum Fact {
    Sex,
    /// An age, or the decade of a life.
    AgeBand,
    Date,
    Place,
    Condition,
    Job,
}

impl From<client::SharingCheck> for SharingCheck {
    fn from(check: client::SharingCheck) -> Self {
        let client::SharingCheck { document, findings, more, probable, acknowledgement } = check;
        let probable = probable.into_iter();
        let counted = |(kind, found)| FindingCount { kind, count: count(found) };
        Self {
            document,
            findings: findings.into_iter().map(Finding::from).collect(),
            more: count(more),
            probable: probable.map(counted).collect(),
            acknowledgement,
        }
    }
}

impl From<client::PlacedFinding> for Finding {
    fn from(placed: client::PlacedFinding) -> Self {
        let client::PlacedFinding { place, finding } = placed;
        let client::model::identifiers::Finding {
            kind,
            severity,
            part: _,
            range: _,
            utf16,
            text,
            facts,
            reason,
            replacement,
        } = finding;
        let (start, end) = (count(utf16.start), count(utf16.end));
        Self { place, kind, severity, start, end, text, facts, reason, replacement }
    }
}

fn count(number: usize) -> Count {
    u64::try_from(number).unwrap_or(u64::MAX).into()
}
