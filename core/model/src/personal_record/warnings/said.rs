//! What is said of what may be a slip: a sentence for the person whose record it is.

use super::{PersonalRecord, RecordWarning};
use crate::{CalendarDate, ItemId, Quoted, time::day_in_words};

impl RecordWarning {
    /// A sentence for the person whose record it is.
    pub fn in_words(&self, record: &PersonalRecord) -> String {
        let session = |id: &ItemId| {
            let title = record.sessions.get(id).map_or("", |one| one.title.as_str());
            Quoted(title).to_string()
        };
        match self {
            Self::SessionTwice { one, .. } => {
                format!("Look again: {} is noted twice on one day, and both count.", session(one))
            }
            Self::SessionsOverlap { one, other } => format!(
                "Look again: {} and {} went on at the same time, and both count.",
                session(one),
                session(other)
            ),
            Self::AboveFullTime { from, .. } => {
                let from = day_in_words(*from);
                format!("Look again: on {from} placements add up to more than full time.")
            }
            Self::SameSetting { other, .. } => {
                let setting = record.steps.get(other).map_or("", |step| step.setting.as_str());
                let setting = Quoted(setting);
                format!("Look again: {setting} is the same place as the step before.")
            }
            Self::StepsAtOnce { other, .. } => {
                let place = record.steps.get(other).and_then(|step| step.place);
                let place = place.map_or(0, |place| place.0);
                format!("Look again: two steps are number {place} of this journey.")
            }
            Self::EvidenceTwice { one, .. } => {
                let statement = record.evidence.get(one).map_or("", |link| link.statement.key());
                format!("This is given as evidence for {statement} already, and counts once.")
            }
            Self::OwnWord { .. } => "What your supervisor says is noted as your word, and covers \
                 nothing. Their sign-off of the evidence says it for them."
                .to_owned(),
            Self::SetApart { thing, field, values } => {
                let noun = record.noun_of(*thing);
                let label = noun.map(|noun| record.label(noun, *thing)).unwrap_or_default();
                let values = values.join(" or ");
                format!(
                    "Look again: two of your devices set {field} of {} at once: {values}, which \
                     shows meanwhile. Set it again, and it is settled.",
                    Quoted(&label)
                )
            }
            Self::DayIsOver { day, .. } => {
                format!("Look again: {} is over already.", day_in_words(*day))
            }
            Self::AbsencesOverlap { .. }
            | Self::BreaksOverlap { .. }
            | Self::AbsenceInBreak { .. }
            | Self::AbsenceOutsidePlacements { .. }
            | Self::HoursTwice { .. }
            | Self::AbsenceInTwoYears { .. } => self.of_days_away(record),
        }
    }

    fn of_days_away(&self, record: &PersonalRecord) -> String {
        let days = |id: &ItemId| record.days_away(*id);
        match self {
            Self::AbsencesOverlap { one, other } => format!(
                "Look again: the absences {} and {} share days, which count once.",
                days(one),
                days(other)
            ),
            Self::BreaksOverlap { one, other } => format!(
                "Look again: the breaks {} and {} share days, which count once.",
                days(one),
                days(other)
            ),
            Self::AbsenceInBreak { absence, career_break } => format!(
                "Look again: the absence {} has days in the break {}. In a break nobody is \
                 rostered, and these days do not count as absent.",
                days(absence),
                days(career_break)
            ),
            Self::AbsenceInTwoYears { absence, until } => format!(
                "Look again: the absence {} goes on in the next training year, and its days from \
                 Monday to Friday are taken first. Note it in two if other days were rostered, the \
                 first until {}.",
                days(absence),
                day_in_words(*until)
            ),
            Self::AbsenceOutsidePlacements { absence } => format!(
                "Look again: the absence {} has days on which no placement is on. Nobody is \
                 rostered then; note the placement, or correct the days.",
                days(absence)
            ),
            Self::HoursTwice { other, from, .. } => {
                let change = record.wte_changes.get(other);
                let placement = change.and_then(|one| record.placements.get(&one.placement));
                let organisation = placement.map_or("", |one| one.organisation.as_str());
                format!(
                    "Look again: two changes of your hours at {} begin on {}, and only one of \
                     them counts.",
                    Quoted(organisation),
                    day_in_words(*from)
                )
            }
            _ => String::new(),
        }
    }
}

impl PersonalRecord {
    /// The days of an absence or a break, as people read them.
    fn days_away(&self, id: ItemId) -> String {
        match self.days_away_of(id) {
            None => String::new(),
            Some(days) if days.to() == CalendarDate::MAX => {
                format!("from {} on", day_in_words(days.from()))
            }
            Some(days) => days.in_words(),
        }
    }
}
