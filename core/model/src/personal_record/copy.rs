//! A record that leaves its document: as CSV, and written into another one, that of a new account.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Absence, ActivityCompletion, CareerBreak, Certificate, Debrief, EvidenceDeadline, EvidenceLink,
    EvidenceSource, Experience, JourneyStep, KeptSignOff, LearningSession, ModuleCompletion,
    PatientJourney, PdpGoal, PersonalRecord, Placement, RecordEdit, RecordItem, Supervisor,
    WteChange,
};
use crate::{DocumentId, Items, Noun, csv};

impl PersonalRecord {
    /// The edits that add what another record lacks of this one, thing by thing. What is there
    /// already, or was taken back there, stays as it is.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId,
    ///     personal_record::{Certificate, PersonalRecord},
    /// };
    ///
    /// let mut record = PersonalRecord::default();
    /// record.certificates.insert(ItemId::from_bytes([7; 16]), Certificate::default());
    /// assert_eq!(record.adding_to(&PersonalRecord::default()).len(), 1);
    /// assert_eq!(record.adding_to(&record).len(), 0);
    /// ```
    pub fn adding_to(&self, other: &Self) -> Vec<Vec<RecordEdit>> {
        let begun = self.activities.iter().filter_map(|(activity, progress)| {
            let is_begun = other.activities.get(activity).is_some_and(|it| it.started_at.is_some());
            let at = progress.started_at.filter(|_| !is_begun)?;
            Some(vec![RecordEdit::Start { activity: activity.clone(), at }])
        });
        let mut added: Vec<_> = begun.collect();
        macro_rules! each {
            ($($record:ident)+) => {$(
                let items = <$record as RecordItem>::all(self).iter();
                let lacking = items.filter(|(id, _)| {
                    !<$record as RecordItem>::all(other).contains_key(*id)
                        && !other.taken_back.contains_key(*id)
                });
                added.extend(lacking.map(|(id, one)| one.adding(*id)));
            )+};
        }
        // What others name comes before them, and that something was completed before what
        // completed it, so that it is noted once.
        each!(Placement Supervisor WteChange CareerBreak Absence ModuleCompletion);
        each!(ActivityCompletion LearningSession Experience PatientJourney JourneyStep);
        each!(PdpGoal Certificate EvidenceDeadline EvidenceLink Debrief KeptSignOff);
        added
    }

    /// Everything in it as CSV: a line for each field of each thing.
    ///
    /// ```
    /// use enhance_model::{
    ///     ItemId,
    ///     personal_record::{Certificate, PersonalRecord},
    /// };
    ///
    /// let mut record = PersonalRecord::default();
    /// let title = "Advanced life support".to_owned();
    /// let certificate = Certificate { title, ..Certificate::default() };
    /// record.certificates.insert(ItemId::from_bytes([7; 16]), certificate);
    /// let id = ItemId::from_bytes([7; 16]);
    /// let line = format!("certificate,{id},title,Advanced life support\r\n");
    /// assert_eq!(record.csv(), format!("kind,id,field,value\r\n{line}"));
    /// ```
    pub fn csv(&self) -> String {
        self.csv_with_files(&Items::new())
    }

    /// The same, saying of each file that belongs to something where it is: its path, or why there
    /// is none.
    pub fn csv_with_files(&self, places: &Items<String>) -> String {
        let mut csv = String::new();
        csv::line(&mut csv, &["kind", "id", "field", "value"]);
        for noun in Self::ITEMS {
            for (id, fields) in self.fields_in_words(*noun) {
                let id = id.to_string();
                for (field, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
                    csv::line(&mut csv, &[noun.as_str(), &id, field, value]);
                }
            }
        }
        for (id, file) in &self.attachments {
            let of = file.of.map(|of| of.to_string()).unwrap_or_default();
            let (bytes, place) =
                (file.bytes.to_string(), places.get(id).map_or("", String::as_str));
            let fields = [("of", of.as_str()), ("name", &file.name), ("bytes", &bytes)];
            for (field, value) in fields.into_iter().chain([("file", place)]) {
                if !value.is_empty() {
                    csv::line(
                        &mut csv,
                        &[Noun::Attachment.as_str(), &id.to_string(), field, value],
                    );
                }
            }
        }
        csv
    }

    /// What shows that modules and activities were completed.
    pub fn shows_completions(&self) -> BTreeSet<EvidenceSource> {
        let modules = self.modules_completed.values().filter_map(|fact| fact.evidence);
        modules.chain(self.activities_completed.values().filter_map(|fact| fact.evidence)).collect()
    }

    /// The record with something else in the place of documents that it gives as evidence: what
    /// each of them is in the account that the record goes into.
    #[must_use]
    pub fn with_sources(mut self, now: &BTreeMap<DocumentId, EvidenceSource>) -> Self {
        let rename = |source: &mut EvidenceSource| {
            if let EvidenceSource::Document(id) = source
                && let Some(new) = now.get(id)
            {
                *source = *new;
            }
        };
        self.evidence.values_mut().for_each(|link| rename(&mut link.evidence));
        self.modules_completed.values_mut().filter_map(|it| it.evidence.as_mut()).for_each(rename);
        self.kept_sign_offs.values_mut().filter_map(|it| it.of.as_mut()).for_each(rename);
        self.debriefs.values_mut().filter_map(|it| it.evidence.as_mut()).for_each(rename);
        self.activities_completed
            .values_mut()
            .filter_map(|it| it.evidence.as_mut())
            .for_each(rename);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ItemId, personal_record::SessionKind};

    #[test]
    fn everything_that_a_record_can_hold_is_copied() {
        let mut record = PersonalRecord::default();
        let item = |number: u8| ItemId::from_bytes([number; 16]);
        let session = LearningSession {
            title: "Teaching".to_owned(),
            kind: SessionKind::Core,
            ..LearningSession::default()
        };
        record.sessions.insert(item(1), session);
        let statement = "capability:fpc-9".parse().unwrap();
        let document = DocumentId::from_bytes([9; 16]);
        let source = EvidenceSource::Document(document);
        record.evidence.insert(item(2), EvidenceLink::new(source, statement, "I led it."));
        let renamed = EvidenceSource::Document(DocumentId::from_bytes([8; 16]));
        let record = record.with_sources(&[(document, renamed)].into());
        let edits: Vec<RecordEdit> =
            record.adding_to(&PersonalRecord::default()).into_iter().flatten().collect();
        let copy = PersonalRecord::default().with(&edits);
        assert_eq!(copy, record);
        assert_eq!(copy.evidence[&item(2)].evidence, renamed);
        // Three calls of the macro name what the record is declared to have.
        assert_eq!(PersonalRecord::ITEMS.len(), 6 + 5 + 6);
    }
}
