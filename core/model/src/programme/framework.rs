//! Frameworks of capabilities: what evidence can be given for beside the programme's own outcomes.
//!
//! ```
//! use enhance_model::programme::{Capability, Framework, find_capability};
//!
//! let capability = |code: &str| Capability {
//!     code: code.to_owned(),
//!     parent: None,
//!     text: "Quality improvement".to_owned(),
//!     level: None,
//! };
//! let framework = Framework {
//!     key: "foundation".to_owned(),
//!     version: "2021".to_owned(),
//!     title: "Foundation programme".to_owned(),
//!     source: "the curriculum".to_owned(),
//!     levels: Vec::new(),
//!     capabilities: vec![capability("fpc-9")],
//!     crosswalk: Vec::new(),
//! };
//! let frameworks = [framework];
//! assert!(find_capability(&frameworks, "foundation/fpc-9").is_ok());
//! let words = find_capability(&frameworks, "foundation/fcp-9").unwrap_err().to_string();
//! assert!(words.ends_with("did you mean foundation/fpc-9?"), "{words}");
//! ```

use serde::{Deserialize, Serialize};

use crate::{Quoted, folding, words::words};

/// A versioned tree of statements by which somebody else judges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its key, the same in every version: `foundation`.
    pub key: String,
    /// Its own version, as its people call it: `2021`.
    pub version: String,
    pub title: String,
    /// Where it was found, and how sure that is.
    pub source: String,
    /// What its levels are called, the lowest first. May be empty.
    #[serde(default)]
    pub levels: Vec<String>,
    /// The statements, a parent before its children.
    pub capabilities: Vec<Capability>,
    /// What answers to what elsewhere.
    #[serde(default)]
    pub crosswalk: Vec<CrosswalkLink>,
}

/// One statement of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Its code, unique in the framework: `fpc-9`.
    pub code: String,
    /// The code of what it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    pub text: String,
    /// Which of the levels it is of, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
}

/// That a capability answers to something elsewhere, in somebody's opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkLink {
    /// The code of the capability.
    pub code: String,
    /// What it answers to: `outcome:KEY`, or `capability:FRAMEWORK/CODE`.
    pub to: String,
    pub strength: Strength,
    /// Whose opinion it is.
    pub author: String,
}

words! {
    /// How well one thing answers to another.
    Strength {
        Strong = "strong",
        Partial = "partial",
    }
}

/// Why a text names no capability, with what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCapability {
    /// It is not a framework and a code.
    #[error("{text} is no capability; write FRAMEWORK/CODE{}", meant(near), text = Quoted(.text))]
    Shape {
        text: String,
        /// What may have been meant, the nearest first.
        near: Vec<String>,
    },
    #[error(
        "no framework here has the key {framework}{}",
        meant(near),
        framework = Quoted(.framework)
    )]
    Framework {
        framework: String,
        /// What may have been meant, the nearest first.
        near: Vec<String>,
    },
    #[error(
        "the framework {framework} has no {code}{}",
        meant(near),
        framework = Quoted(.framework),
        code = Quoted(.code)
    )]
    Code {
        framework: String,
        code: String,
        /// What may have been meant, the nearest first.
        near: Vec<String>,
    },
}

/// More suggestions than this are none.
const MOST_NEAR: usize = 3;
/// Characters of a key; what is longer is no slip of one.
const LONGEST: usize = 60;

/// The framework and the capability that a key, such as `foundation/fpc-9`, names; why there is
/// none, and what is near.
pub fn find_capability<'f>(
    frameworks: &'f [Framework],
    key: &str,
) -> Result<(&'f Framework, &'f Capability), NoCapability> {
    let shortened = |text: &str| text.chars().take(LONGEST).collect::<String>();
    let near = || near(frameworks, key);
    let Some((framework, code)) = key.split_once('/') else {
        return Err(NoCapability::Shape { text: shortened(key), near: near() });
    };
    let Some(found) =
        frameworks.iter().find(|one| folding::key(&one.key) == folding::key(framework))
    else {
        return Err(NoCapability::Framework { framework: shortened(framework), near: near() });
    };
    let capability = found.capability(code).ok_or_else(|| NoCapability::Code {
        framework: framework.to_owned(),
        code: shortened(code),
        near: near(),
    })?;
    Ok((found, capability))
}

impl Framework {
    /// The capability with this code, whatever the case of its letters and whether anything stands
    /// between letters and number: FPC-9, fpc 9 and FPC9 are one.
    pub fn capability(&self, code: &str) -> Option<&Capability> {
        let code = joined(&folding::key(code));
        self.capabilities.iter().find(|one| joined(&folding::key(&one.code)) == code)
    }

    /// Whether others belong to it.
    pub fn has_below(&self, capability: &Capability) -> bool {
        self.capabilities.iter().any(|one| one.parent.as_ref() == Some(&capability.code))
    }

    /// The key by which a link names one of its capabilities.
    pub fn key_of(&self, capability: &Capability) -> String {
        format!("{}/{}", self.key, capability.code)
    }
}

/// A code without what stands between its letters and the number after them.
fn joined(code: &str) -> String {
    let number = code.find(|sign: char| sign.is_ascii_digit()).unwrap_or(code.len());
    let (letters, number) = code.split_at(number);
    format!("{}{number}", letters.trim_end_matches(['-', ' ', '_']))
}

/// The keys that may have been meant, the nearest first.
fn near(frameworks: &[Framework], typed: &str) -> Vec<String> {
    if typed.len() > LONGEST {
        return Vec::new();
    }
    let code = |key: &str| key.rsplit(['/', ':']).next().unwrap_or(key).to_lowercase();
    let wanted = code(typed);
    let keys = frameworks
        .iter()
        .flat_map(|one| one.capabilities.iter().map(move |capability| one.key_of(capability)));
    let mut near: Vec<(usize, String)> =
        keys.map(|key| (steps(&code(&key), &wanted), key)).collect();
    near.retain(|(steps, _)| *steps <= 2);
    near.sort();
    near.into_iter().take(MOST_NEAR).map(|(_, key)| key).collect()
}

/// How many letters have to be typed, left out or changed to make one text of another.
fn steps(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.chars().enumerate() {
        let mut next = vec![row + 1];
        for (column, theirs) in other.iter().enumerate() {
            let changed = last.get(column).copied().unwrap_or(row) + usize::from(letter != *theirs);
            let left_out = last.get(column + 1).copied().unwrap_or(row) + 1;
            let typed = next.last().copied().unwrap_or(row) + 1;
            next.push(changed.min(left_out).min(typed));
        }
        last = next;
    }
    last.last().copied().unwrap_or_default()
}

fn meant(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; did you mean {}?", near.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capability_is_found_whatever_stands_between_its_letters_and_its_number() {
        let capability = |code: &str| Capability {
            code: code.to_owned(),
            parent: None,
            text: String::new(),
            level: None,
        };
        let [key, version, title, source] = [const { String::new() }; 4];
        let capabilities = ["fpc-1", "fpc-11", "1.2.3", "1.23"].map(capability).into();
        let (levels, crosswalk) = (Vec::new(), Vec::new());
        let framework = Framework { key, version, title, source, levels, capabilities, crosswalk };
        let found = |typed| framework.capability(typed).map(|one| one.code.as_str());
        for typed in ["fpc-11", "FPC11", "FPC 11", "fpc_11"] {
            assert_eq!(found(typed), Some("fpc-11"), "{typed}");
        }
        assert_eq!((found("1.23"), found("1.2.3")), (Some("1.23"), Some("1.2.3")));
        assert_eq!((found("fpc"), found("12.3"), found("")), (None, None, None));
    }
}
