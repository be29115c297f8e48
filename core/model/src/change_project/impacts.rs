//! The sum of value of sustainable quality improvement (SusQI): what an improvement does for
//! patients and populations, beside what it does to the environment, to people and to money.

use super::{ChangeProject, Effect, Impact, ImpactKind, Value};

impl ChangeProject {
    /// The sum of value in words; empty while nothing is said of it.
    ///
    /// Amounts of one kind are added, each with the sign of its effect. Kinds are never added to
    /// one another: a kilogram has no price here.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId,
    ///     change_project::{ChangeProject, Effect, Impact, ImpactKind, Item, Value},
    /// };
    ///
    /// let saved = |kind, thousandths| Impact {
    ///     kind,
    ///     effect: Some(Effect::Better),
    ///     amount: Some(Value::Number { thousandths }),
    ///     ..Impact::default()
    /// };
    /// let carbon = saved(ImpactKind::Environment, 12_500).adding(ItemId::from_bytes([1; 16]));
    /// let money = saved(ImpactKind::Money, 120_000_000).adding(ItemId::from_bytes([2; 16]));
    /// let plan = ChangeProject::default().with(&[carbon, money].concat());
    /// assert_eq!(
    ///     plan.sum_of_value(),
    ///     "In a year: 12.5 kg CO2e less, £1,200.00 saved. Not said yet: patients, social."
    /// );
    /// ```
    pub fn sum_of_value(&self) -> String {
        if self.impacts.is_empty() {
            return String::new();
        }
        let said: Vec<String> =
            ImpactKind::ALL.iter().filter_map(|kind| self.value_of(*kind)).collect();
        let missing: Vec<&str> = ImpactKind::ALL
            .iter()
            .filter(|kind| self.value_of(**kind).is_none())
            .map(|kind| kind.as_str())
            .collect();
        let mut words = String::new();
        if !said.is_empty() {
            words = format!("In a year: {}.", said.join(", "));
        }
        if !missing.is_empty() {
            let before = if words.is_empty() { "" } else { " " };
            words.extend([before, "Not said yet: ", &missing.join(", "), "."]);
        }
        words
    }

    fn value_of(&self, kind: ImpactKind) -> Option<String> {
        let impacts = || self.impacts.values().filter(move |impact| impact.kind == kind);
        let total = impacts().filter_map(signed_thousandths).reduce(i128::saturating_add);
        match (kind, total) {
            (ImpactKind::Environment, Some(total)) => {
                let kilograms = decimal(total.unsigned_abs());
                Some(format!("{kilograms} kg CO2e {}", if total < 0 { "more" } else { "less" }))
            }
            (ImpactKind::Money, Some(total)) => {
                let pounds = in_pounds(total.unsigned_abs());
                Some(format!("{pounds} {}", if total < 0 { "spent" } else { "saved" }))
            }
            _ => {
                let effects: Vec<Effect> = impacts().filter_map(|impact| impact.effect).collect();
                let count = |effect| effects.iter().filter(|one| **one == effect).count();
                let whom = if kind == ImpactKind::Patients { "patients" } else { "people" };
                let words = match (count(Effect::Better), count(Effect::Worse)) {
                    (0, 0) if effects.is_empty() => return None,
                    (0, 0) => format!("unchanged for {whom}"),
                    (_, 0) => format!("better for {whom}"),
                    (0, _) => format!("worse for {whom}"),
                    (better, worse) => {
                        format!("for {whom} better in {better} and worse in {worse} ways")
                    }
                };
                Some(words)
            }
        }
    }
}

/// The amount of an impact, negative if it makes things worse; a share is no amount.
fn signed_thousandths(impact: &Impact) -> Option<i128> {
    let Some(Value::Number { thousandths }) = impact.amount else { return None };
    let amount = i128::from(thousandths);
    match impact.effect? {
        Effect::Better => Some(amount),
        Effect::Unchanged => Some(0),
        Effect::Worse => Some(-amount),
    }
}

fn decimal(thousandths: u128) -> String {
    let fraction = format!("{:03}", thousandths % 1_000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", with_commas(thousandths / 1_000))
}

/// Thousandths of pence as pounds.
fn in_pounds(thousandths: u128) -> String {
    let pence = (thousandths + 500) / 1_000;
    format!("£{}.{:02}", with_commas(pence / 100), pence % 100)
}

/// A number above 999 with commas, as the NHS writes it.
fn with_commas(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
