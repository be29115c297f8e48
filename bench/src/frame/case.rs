//! One line of a row: ours at one size, and what stands beside it, measured in turns.

use super::{
    cost::Cost,
    goal::Goal,
    report::{Beside, Line},
    samples::Samples,
};

/// In what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds of processor time.
    Millis,
    /// Milliseconds on the wall.
    WallMillis,
    Bytes,
    PerSecond,
    Trips,
}

/// One thing that is measured, in one place of a row.
#[derive(Debug, Clone)]
pub struct Case {
    what: String,
    at: String,
    size: Option<u64>,
    unit: Unit,
    goal: Goal,
    ours: Samples,
    wall: Samples,
    beside: Vec<(&'static str, Samples)>,
}

impl Unit {
    /// The unit as a reader sees it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Millis => "ms CPU",
            Self::WallMillis => "ms",
            Self::Bytes => "bytes",
            Self::PerSecond => "a second and core",
            Self::Trips => "trips",
        }
    }
}

impl Case {
    /// Milliseconds of processor time for `what`.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            at: String::new(),
            size: None,
            unit: Unit::Millis,
            goal: Goal::Shown,
            ours: Samples::default(),
            wall: Samples::default(),
            beside: Vec::new(),
        }
    }

    /// At which size, of what: cases of one `what` are points of one curve.
    #[must_use]
    pub fn at(mut self, size: u64, of: &str) -> Self {
        (self.size, self.at) = (Some(size), format!("{} {of}", thousands(size)));
        self
    }

    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    #[must_use]
    pub const fn goal(mut self, goal: Goal) -> Self {
        self.goal = goal;
        self
    }

    /// Takes in what ours cost once.
    pub fn ours(&mut self, cost: Cost) {
        self.ours.add(cost.millis());
        self.wall.add(cost.wall.as_secs_f64() * 1_000.0);
    }

    /// Takes in a figure of ours in the case's unit.
    pub fn ours_is(&mut self, figure: f64) {
        self.ours.add(figure);
    }

    /// Takes in what something else cost once. What is named first is the limit.
    pub fn beside(&mut self, name: &'static str, cost: Cost) {
        self.beside_is(name, cost.millis());
    }

    /// Takes in a figure of something else in the case's unit.
    pub fn beside_is(&mut self, name: &'static str, figure: f64) {
        if let Some((_, samples)) = self.beside.iter_mut().find(|(each, _)| *each == name) {
            samples.add(figure);
        } else {
            let mut samples = Samples::default();
            samples.add(figure);
            self.beside.push((name, samples));
        }
    }

    /// The line of the report.
    pub fn line(&self) -> Line {
        let ours = self.ours.spread();
        let beside: Vec<Beside> = self
            .beside
            .iter()
            .filter_map(|(name, samples)| {
                Some(Beside { name: (*name).to_owned(), spread: samples.spread()? })
            })
            .collect();
        let limit = beside.first().map(|beside| beside.spread.median);
        let verdict = ours.map(|ours| self.goal.judge(ours.median, limit));
        let unit = self.unit.as_str();
        Line {
            what: self.what.clone(),
            at: self.at.clone(),
            size: self.size,
            unit: unit.to_owned(),
            ours,
            wall: self.wall.spread(),
            ratio: ours.zip(limit).map(|(ours, limit)| ours.median / limit),
            beside,
            goal: self.goal.text(unit),
            verdict,
        }
    }
}

/// A number as people read it: 10,000.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!([7, 1_000, 100_000].map(thousands), ["7", "1,000", "100,000"]);
    }
}
