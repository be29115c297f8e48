//! The aim as values, and the sentence that follows from them.

use std::cmp::Ordering;

use super::{Aim, ChangeProject, Direction, Unit, Value};
use crate::time::day_in_words;

impl Direction {
    /// Whether this is the way from one value to another. To maintain is to stay.
    pub fn leads(self, from: &Value, to: &Value) -> bool {
        match self {
            Self::Increase => to.compare(from) == Ordering::Greater,
            Self::Decrease => to.compare(from) == Ordering::Less,
            Self::Maintain => to.compare(from) == Ordering::Equal,
        }
    }
}

impl Value {
    /// Compares exactly; a share is compared with a number as so many of a hundred.
    pub fn compare(&self, other: &Self) -> Ordering {
        let ((mine, mine_of), (theirs, theirs_of)) = (self.fraction(), other.fraction());
        (mine * theirs_of).cmp(&(theirs * mine_of))
    }

    /// The value as a numerator and a denominator that is not zero; a share in percent.
    fn fraction(&self) -> (i128, i128) {
        match self {
            Self::Number { thousandths } => (i128::from(*thousandths), 1_000),
            Self::Ratio { numerator, denominator } => {
                (i128::from(*numerator) * 100, i128::from(*denominator).max(1))
            }
        }
    }
}

impl Aim {
    /// The value at the start, if it can be read as one.
    pub fn from_value(&self) -> Option<Value> {
        self.from.parse().ok()
    }

    /// The value that is wanted, if it can be read as one.
    pub fn to_value(&self) -> Option<Value> {
        self.to.parse().ok()
    }

    /// Whether it says how much of what, from where to where.
    pub fn is_measurable(&self) -> bool {
        match (self.direction, self.from_value(), self.to_value()) {
            (Some(direction), Some(from), Some(to)) => direction.leads(&from, &to),
            _ => false,
        }
    }
}

impl ChangeProject {
    /// The aim in one sentence: what somebody wrote, or else what its values say. Empty if they say
    /// nothing yet.
    ///
    /// ```
    /// use enhance_model::change_project::{Aim, ChangeProject, Direction, Unit};
    ///
    /// let aim = Aim {
    ///     direction: Some(Direction::Decrease),
    ///     from: "40".to_owned(),
    ///     to: "20".to_owned(),
    ///     unit: Some(Unit::Percent),
    ///     by_date: Some(jiff::civil::date(2027, 3, 31)),
    ///     population: "patients over 75".to_owned(),
    ///     place: "Ward 7".to_owned(),
    ///     ..Aim::default()
    /// };
    /// let project = ChangeProject { title: "Falls at night".to_owned(), aim, ..Default::default() };
    /// assert_eq!(
    ///     project.aim_in_words(),
    ///     "Decrease falls at night for patients over 75 on Ward 7 from 40% to 20% by 31 March 2027."
    /// );
    /// ```
    pub fn aim_in_words(&self) -> String {
        let aim = &self.aim;
        if !aim.sentence.trim().is_empty() {
            return aim.sentence.clone();
        }
        let Some(direction) = aim.direction else { return String::new() };
        let verb = match direction {
            Direction::Increase => "Increase",
            Direction::Decrease => "Decrease",
            Direction::Maintain => "Maintain",
        };
        let measured = aim.measure.and_then(|id| self.measures.get(&id));
        let what = measured.map_or(self.title.as_str(), |measure| measure.name.as_str());
        let unit = aim.unit.or_else(|| measured.and_then(|measure| measure.unit));
        let mut words = format!("{verb} {}", lower_first(what));
        for (before, text) in [("for", &aim.population), ("on", &aim.place)] {
            if !text.trim().is_empty() {
                words.extend([" ", before, " ", text.trim()]);
            }
        }
        for (before, text) in [("from", &aim.from), ("to", &aim.to)] {
            if !text.trim().is_empty() {
                words.extend([" ", before, " ", &with_unit(text.trim(), unit)]);
            }
        }
        if let Some(by) = aim.by_date {
            words.extend([" by ", &day_in_words(by)]);
        }
        words.push('.');
        words
    }
}

fn with_unit(text: &str, unit: Option<Unit>) -> String {
    match unit {
        Some(Unit::Percent) if !text.contains('/') => format!("{text}%"),
        Some(Unit::Pounds) => format!("£{text}"),
        Some(Unit::Minutes) if text == "1" => "1 minute".to_owned(),
        Some(Unit::Days) if text == "1" => "1 day".to_owned(),
        Some(Unit::Minutes) => format!("{text} minutes"),
        Some(Unit::Days) => format!("{text} days"),
        Some(Unit::Carbon) => format!("{text} kg CO2e"),
        Some(Unit::Percent | Unit::Count | Unit::Score) | None => text.to_owned(),
    }
}

/// A name inside a sentence begins small, unless it is an abbreviation.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), text.chars().nth(1));
    match first {
        Some(first) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
