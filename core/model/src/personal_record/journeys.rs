//! Journeys of patients, step by step.

use super::{JourneyStep, PersonalRecord};
use crate::ItemId;

impl PersonalRecord {
    /// The steps of a journey in their order. Those without a place come last, as they were added.
    pub fn steps_of(&self, journey: ItemId) -> Vec<(ItemId, &JourneyStep)> {
        let steps = self.steps.iter().filter(|(_, step)| step.journey == journey);
        let mut steps: Vec<_> = steps.map(|(id, step)| (*id, step)).collect();
        steps.sort_by_key(|(id, step)| (step.place.is_none(), step.place, *id));
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        field::Shape,
        personal_record::PatientJourney,
        record::{Record, Whole},
    };

    #[test]
    fn steps_stand_in_their_order_and_those_without_a_place_come_last() {
        let item = |number| ItemId::from_bytes([number; 16]);
        let mut record = PersonalRecord::default();
        let step = |place: u32| JourneyStep::new(item(1), place);
        record.steps.insert(item(2), step(2));
        record.steps.insert(item(3), JourneyStep { place: None, ..step(1) });
        record.steps.insert(item(4), step(1));
        record.steps.insert(item(5), JourneyStep::new(item(9), 1));
        let order: Vec<ItemId> = record.steps_of(item(1)).into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, [item(4), item(2), item(3)]);
        assert_eq!(record.steps[&item(4)].place, Some(Whole(1)));
    }

    #[test]
    fn a_journey_has_no_place_for_a_name_a_date_or_an_age() {
        for field in PatientJourney::FIELDS.iter().chain(JourneyStep::FIELDS) {
            assert!(!matches!(field.shape, Shape::Date | Shape::Moment), "{}", field.key);
            assert_eq!(field.names, None, "{}", field.key);
            assert!(!["name", "age", "born", "date"].contains(&field.key), "{}", field.key);
        }
    }
}
