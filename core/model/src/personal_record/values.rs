//! Values of a personal record that have a text of their own and are replaced as a whole, so that
//! two devices cannot mix the halves of two of them.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    DocumentId, ItemId, Quoted, change_project::Value, chart::Exact, folding, record::Written,
};

/// How the time of a placement is divided: shares that sum to one.
///
/// ```
/// use enhance_model::personal_record::Split;
///
/// let split: Split = "acute medicine 2/3, generalism in the community 1/3".parse()?;
/// assert_eq!(split.parts().len(), 2);
/// assert!("acute medicine 2/3, generalism 1/2".parse::<Split>().is_err());
/// # Ok::<(), enhance_model::personal_record::SplitFault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split(Vec<SplitPart>);

/// One part of a placement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitPart {
    /// Where it is spent, in a few words.
    pub setting: String,
    /// How much of the whole: 2/3, or 0.5.
    pub share: Value,
}

/// Why shares are no division of a placement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitFault {
    /// It is not written as parts.
    #[error(
        "{text} is no share of a placement; write it as \"acute 2/3, community 1/3\"",
        text = Quoted(.text)
    )]
    Shape { text: String },
    /// A part is none of it, or less.
    #[error(
        "{setting} has a share of {share}; a share is more than nothing",
        setting = Quoted(.setting)
    )]
    Nothing { setting: String, share: Value },
    /// All parts together are not the whole.
    #[error("the shares add up to {sum}, and must add up to 1")]
    Sum {
        /// The sum, in decimals.
        sum: String,
    },
    /// A part is named more than once.
    #[error("{} stands there more than once; write one share for it", Quoted(.setting))]
    Twice { setting: String },
    /// A part has no name that anybody sees.
    #[error("a share of {share} is of nothing that can be seen; say of what it is")]
    Unnamed { share: Value },
    #[error("a placement has at most {} parts", Split::MOST)]
    TooMany,
}

impl Split {
    /// More parts than a week has half days are no plan.
    pub const MOST: usize = 14;

    /// Parts that make the whole.
    pub fn new(parts: Vec<SplitPart>) -> Result<Self, SplitFault> {
        if parts.len() > Self::MOST {
            return Err(SplitFault::TooMany);
        }
        for SplitPart { setting, share } in &parts {
            if setting.trim().is_empty() || setting.contains([',', ';', '\n']) {
                return Err(SplitFault::Shape { text: shortened(setting) });
            }
            if share.fault().is_some() || exact(share) <= Exact::sum([]) {
                let (setting, share) = (shortened(setting), share.clone());
                return Err(SplitFault::Nothing { setting, share });
            }
        }
        let sum = Exact::sum(parts.iter().map(|part| fraction(&part.share)));
        if sum == Exact::sum([(1, 1)]) {
            Ok(Self(parts))
        } else {
            Err(SplitFault::Sum { sum: sum.to_fixed(4) })
        }
    }

    /// Refuses, in what somebody types now, a part that is named twice, or by nothing that is seen.
    pub(crate) fn check_typed(&self) -> Result<(), SplitFault> {
        let mut known = BTreeSet::new();
        for SplitPart { setting, share } in &self.0 {
            if folding::is_blank(setting) {
                return Err(SplitFault::Unnamed { share: share.clone() });
            }
            if !known.insert(folding::label(setting)) {
                return Err(SplitFault::Twice { setting: shortened(setting) });
            }
        }
        Ok(())
    }

    /// As people read it: "acute 60 %, community 40 %".
    pub fn in_words(&self) -> String {
        let part = |part: &SplitPart| format!("{} {}", part.setting, part.share.share_in_words());
        self.0.iter().map(part).collect::<Vec<_>>().join(", ")
    }

    /// The parts, in the order they were written in.
    pub fn parts(&self) -> &[SplitPart] {
        &self.0
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, SplitPart { setting, share }) in self.0.iter().enumerate() {
            let joint = if index == 0 { "" } else { ", " };
            write!(f, "{joint}{setting} {share}")?;
        }
        Ok(())
    }
}

impl FromStr for Split {
    type Err = SplitFault;

    fn from_str(text: &str) -> Result<Self, SplitFault> {
        let part = |text: &str| {
            let misshapen = || SplitFault::Shape { text: shortened(text) };
            let text = text.trim().replace(" %", "%");
            let (setting, share) = text.rsplit_once([' ', '=']).ok_or_else(misshapen)?;
            let share = Value::share(share).map_err(|_| misshapen())?;
            Ok(SplitPart { setting: setting.trim().to_owned(), share })
        };
        // One more than fit is enough to say that there are too many.
        let parts = text.split([',', ';']).take(Self::MOST + 1);
        Self::new(parts.map(part).collect::<Result<_, SplitFault>>()?)
    }
}

impl Written for Split {
    const WANTED: &'static str = "shares that add up to 1, as acute 2/3, community 1/3";
}

/// What is given as evidence.
///
/// ```
/// use enhance_model::{ItemId, personal_record::EvidenceSource};
///
/// let source = EvidenceSource::Item(ItemId::from_bytes([7; 16]));
/// assert_eq!(source.to_string().parse(), Ok(source));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceSource {
    /// A reflection, a project or a copy that was shared.
    Document(DocumentId),
    /// Something in the same personal record: a session, an experience, a certificate.
    Item(ItemId),
}

/// What evidence is given for.
///
/// ```
/// use enhance_model::personal_record::Statement;
///
/// let statement: Statement = "capability:fpc-9".parse()?;
/// assert_eq!(statement, Statement::Capability("fpc-9".to_owned()));
/// # Ok::<(), enhance_model::personal_record::NoStatement>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statement {
    /// A capability of a framework, by its key.
    Capability(String),
    /// An outcome of the programme, by its key.
    Outcome(String),
}

/// A text that names no evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no evidence; write document:ID or item:ID", text = Quoted(.0))]
pub struct NoEvidence(String);

/// A text that names nothing evidence can be given for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no statement; write capability:KEY or outcome:KEY", text = Quoted(.0))]
pub struct NoStatement(String);

impl fmt::Display for EvidenceSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(id) => write!(f, "document:{id}"),
            Self::Item(id) => write!(f, "item:{id}"),
        }
    }
}

impl FromStr for EvidenceSource {
    type Err = NoEvidence;

    fn from_str(text: &str) -> Result<Self, NoEvidence> {
        let none = || NoEvidence(shortened(text));
        match text.split_once(':').ok_or_else(none)? {
            ("document", id) => id.parse().map(Self::Document).map_err(|_| none()),
            ("item", id) => id.parse().map(Self::Item).map_err(|_| none()),
            _ => Err(none()),
        }
    }
}

impl Written for EvidenceSource {
    const WANTED: &'static str = "evidence as document:ID or item:ID";
}

impl Statement {
    /// The key of what it is.
    pub fn key(&self) -> &str {
        match self {
            Self::Capability(key) | Self::Outcome(key) => key,
        }
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Capability(key) => write!(f, "capability:{key}"),
            Self::Outcome(key) => write!(f, "outcome:{key}"),
        }
    }
}

impl FromStr for Statement {
    type Err = NoStatement;

    fn from_str(text: &str) -> Result<Self, NoStatement> {
        let none = || NoStatement(shortened(text));
        let (of, key) = text.split_once(':').ok_or_else(none)?;
        // As it is with tags, a capital letter names nothing else.
        let (of, key) = (folding::key(of), folding::key(key));
        match of.as_str() {
            _ if key.is_empty() => Err(none()),
            "capability" => Ok(Self::Capability(key)),
            "outcome" => Ok(Self::Outcome(key)),
            _ => Err(none()),
        }
    }
}

impl Written for Statement {
    const WANTED: &'static str = "capability:KEY or outcome:KEY";
}

/// Each is one text, in documents, rows and exports alike.
macro_rules! as_text {
    ($($value:ty),+) => { $(
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )+ };
}

as_text!(Split, EvidenceSource, Statement);

/// A value as a fraction of whole numbers.
pub(crate) fn fraction(value: &Value) -> (i128, u64) {
    match value {
        Value::Number { thousandths } => (i128::from(*thousandths), 1_000),
        // A share of nothing is no value, and would be none of anything.
        Value::Ratio { numerator, denominator } => {
            (i128::from(*numerator), u64::from(*denominator).max(1))
        }
    }
}

/// A value as an exact number.
pub(crate) fn exact(value: &Value) -> Exact {
    Exact::sum([fraction(value)])
}

/// A part of the whole as people read it: 60 %, or 66.7 % where it is no whole percent.
pub(crate) fn percent(part: &Exact) -> String {
    let number = part.times(100, 1).to_fixed(1);
    format!("{} %", number.strip_suffix(".0").unwrap_or(&number))
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_placement_sum_to_one_exactly() {
        for text in ["acute 2/3, generalism 1/3", "ward 0.5; clinic 0.25; home 0.25", "all 1"] {
            let split: Split = text.parse().unwrap();
            assert_eq!(split.to_string().parse(), Ok(split));
        }
        let percent: Split = "acute 60%, community 40 %".parse().unwrap();
        assert_eq!(percent.to_string(), "acute 0.6, community 0.4");
        assert_eq!(percent.in_words(), "acute 60 %, community 40 %");
        let thirds: Split = "acute 2/3, community 1/3".parse().unwrap();
        assert_eq!(thirds.in_words(), "acute 2/3, community 1/3");
        let sum = "a 0.333, b 0.333, c 0.333".parse::<Split>().unwrap_err();
        assert_eq!(sum.to_string(), "the shares add up to 0.9990, and must add up to 1");
        for text in ["", "2/3", "a 2/3", "a 2/3, b 2/3", "a 1, b 0", "a 2, b -1", "a one"] {
            assert!(text.parse::<Split>().is_err(), "{text}");
        }
        let many = vec!["x 1/20"; 20].join(",");
        assert_eq!(many.parse::<Split>(), Err(SplitFault::TooMany));
    }

    #[test]
    fn evidence_and_statements_read_what_they_print_and_nothing_else() {
        let source = EvidenceSource::Document(DocumentId::from_bytes([3; 16]));
        assert_eq!(source.to_string().parse(), Ok(source));
        for text in ["", "item:", "item:7", "thing:00000000-0000-0000-0000-000000000000"] {
            assert!(text.parse::<EvidenceSource>().is_err(), "{text}");
        }
        for text in ["capability:foundation/FPC-9", " Capability: Foundation/fpc-9 "] {
            let statement = Statement::Capability("foundation/fpc-9".to_owned());
            assert_eq!(text.parse(), Ok(statement), "{text}");
        }
        for text in ["", "outcome:", "domain:pop", "fpc-9"] {
            assert!(text.parse::<Statement>().is_err(), "{text}");
        }
    }
}
