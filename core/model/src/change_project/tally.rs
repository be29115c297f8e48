//! Tally sheets: what several people counted, tick by tick.

use super::{Tally, Value};

impl Tally {
    /// How many of how many all devices counted together; none before the first tick.
    pub fn counted(&self) -> Option<(u64, u64)> {
        let mut counted = None;
        for value in self.ticks.values() {
            let (numerator, denominator) = match value {
                Value::Ratio { numerator, denominator } => (*numerator, *denominator),
                Value::Number { thousandths } => {
                    let count = u32::try_from(thousandths / 1_000).unwrap_or(0);
                    (count, count)
                }
            };
            let (numerators, denominators) = counted.unwrap_or((0_u64, 0_u64));
            counted =
                Some((numerators + u64::from(numerator), denominators + u64::from(denominator)));
        }
        counted
    }
}
