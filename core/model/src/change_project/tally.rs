//! Tally sheets: what several people counted, tick by tick.

use super::{EditFault, Tally, Value};
use crate::DeviceId;

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

    /// What a device has counted with so many ticks more; negative numbers take its own back.
    ///
    /// ```
    /// use enhance_model::{DeviceId, ItemId, change_project::{Tally, Value}};
    ///
    /// let (device, measure) = (DeviceId::from_bytes([1; 16]), ItemId::from_bytes([7; 16]));
    /// let at = jiff::civil::date(2026, 11, 23);
    /// let sheet = Tally { measure, at, group: String::new(), ticks: [].into() };
    /// let share = Value::Ratio { numerator: 1, denominator: 1 };
    /// assert_eq!(sheet.ticked(device, 1, 1), Ok(share));
    /// assert!(sheet.ticked(device, 0, -1).is_err());
    /// ```
    pub fn ticked(
        &self,
        device: DeviceId,
        numerator: i32,
        denominator: i32,
    ) -> Result<Value, EditFault> {
        let (counted, of) = match self.ticks.get(&device) {
            Some(Value::Ratio { numerator, denominator }) => (*numerator, *denominator),
            Some(Value::Number { .. }) | None => (0, 0),
        };
        let numerator = i64::from(counted) + i64::from(numerator);
        let denominator = i64::from(of) + i64::from(denominator);
        let fault = || EditFault::Ticks { numerator, denominator };
        if denominator < 1 || numerator > denominator {
            return Err(fault());
        }
        let count = |number: i64| u32::try_from(number).map_err(|_| fault());
        Ok(Value::Ratio { numerator: count(numerator)?, denominator: count(denominator)? })
    }
}
