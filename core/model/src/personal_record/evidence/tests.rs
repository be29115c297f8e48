//! What counts as evidence, and for how much.

use super::*;
use crate::personal_record::{Certificate, ModuleCompletion};

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

/// A record with what the links below give as evidence.
fn shown() -> PersonalRecord {
    let certificates = (9..=12).map(|number| (item(number), Certificate::default())).collect();
    PersonalRecord { certificates, ..PersonalRecord::default() }
}

fn link(statement: &str, evidence: u8, own_word: Option<Agreement>) -> EvidenceLink {
    let source = EvidenceSource::Item(item(evidence));
    let link = EvidenceLink::new(source, statement.parse().unwrap(), "I led the round.");
    EvidenceLink { agreement: own_word, ..link }
}

fn answer(agreement: Agreement) -> SupervisorAnswer {
    let on = "2026-11-20".parse().unwrap();
    let by = "Dr Lee, clinical supervisor, as the placement names them".to_owned();
    let (is_named, is_as_signed, is_witnessed) = (true, true, false);
    SupervisorAnswer { agreement, by, on, is_named, is_as_signed, is_witnessed }
}

fn covers<const N: usize>(
    record: &PersonalRecord,
    standing: &EvidenceStanding,
    keys: [&str; N],
) -> Vec<Cover> {
    let statements = keys.map(|key| Statement::Outcome(key.to_owned()));
    record.coverage(statements, standing).into_iter().map(|one| one.cover).collect()
}

#[test]
fn one_piece_is_thin_two_cover_and_what_a_supervisor_signed_covers_alone() {
    let mut record = shown();
    record.evidence.insert(item(1), link("outcome:one", 9, None));
    record.evidence.insert(item(2), link("outcome:two", 9, None));
    record.evidence.insert(item(3), link("outcome:two", 10, None));
    record.evidence.insert(item(4), link("outcome:three", 11, None));
    record.evidence.insert(item(5), link("outcome:four", 12, None));
    let mut standing = EvidenceStanding::default();
    standing.answers.insert(EvidenceSource::Item(item(11)), answer(Agreement::Agreed));
    standing.answers.insert(EvidenceSource::Item(item(12)), answer(Agreement::NotAgreed));
    let covered = covers(&record, &standing, ["one", "two", "three", "four", "five"]);
    let expected = [Cover::Thin, Cover::Covered, Cover::Covered, Cover::Missing, Cover::Missing];
    assert_eq!(covered, expected);
    assert_eq!(Cover::of_group(covered), Cover::Thin);
    assert_eq!(Cover::of_group([]), Cover::Missing);
    // What was changed since it was signed is evidence, and signed no more.
    for answer in standing.answers.values_mut() {
        answer.is_as_signed = false;
    }
    assert_eq!(covers(&record, &standing, ["three", "four"]), [Cover::Thin; 2]);
}

#[test]
fn what_was_witnessed_covers_and_is_said_to_be_unless_a_key_of_its_own_signed_as_well() {
    let mut record = shown();
    record.evidence.insert(item(1), link("outcome:one", 9, None));
    record.evidence.insert(item(2), link("outcome:two", 9, None));
    record.evidence.insert(item(3), link("outcome:two", 10, None));
    record.evidence.insert(item(4), link("outcome:three", 10, None));
    record.evidence.insert(item(5), link("outcome:four", 11, None));
    let mut standing = EvidenceStanding::default();
    let witnessed = SupervisorAnswer { is_witnessed: true, ..answer(Agreement::Agreed) };
    standing.answers.insert(EvidenceSource::Item(item(9)), witnessed);
    standing.answers.insert(EvidenceSource::Item(item(10)), answer(Agreement::Agreed));
    let statements = ["one", "two", "three", "four"].map(|key| Statement::Outcome(key.into()));
    let covers = record.coverage(statements, &standing).into_iter();
    let said: Vec<_> = covers.map(|one| (one.cover, one.is_witnessed)).collect();
    let expected = [(Cover::Covered, true), (Cover::Covered, false), (Cover::Covered, false)];
    assert_eq!(said[..3], expected);
    assert_eq!(said[3], (Cover::Thin, false));
}

#[test]
fn what_somebody_signed_whom_no_placement_names_is_thin_and_what_they_returned_is_none() {
    let mut record = shown();
    record.evidence.insert(item(1), link("outcome:one", 9, None));
    let mut standing = EvidenceStanding::default();
    for (agreement, expected) in
        [(Agreement::Agreed, Cover::Thin), (Agreement::NotAgreed, Cover::Missing)]
    {
        let unnamed = SupervisorAnswer { is_named: false, ..answer(agreement) };
        standing.answers.insert(EvidenceSource::Item(item(9)), unnamed);
        assert_eq!(covers(&record, &standing, ["one"]), [expected]);
    }
}

#[test]
fn what_a_trainee_says_her_supervisor_agreed_to_covers_nothing() {
    let mut record = shown();
    record.evidence.insert(item(1), link("outcome:one", 9, Some(Agreement::Agreed)));
    record.evidence.insert(item(2), link("outcome:two", 9, Some(Agreement::NotAgreed)));
    let mut standing = EvidenceStanding::default();
    let keys = ["one", "two"];
    assert_eq!(covers(&record, &standing, keys), [Cover::Thin, Cover::Missing]);
    // A sign-off says it for the supervisor, whatever the trainee says.
    standing.answers.insert(EvidenceSource::Item(item(9)), answer(Agreement::Agreed));
    assert_eq!(covers(&record, &standing, keys), [Cover::Covered; 2]);
    standing.answers.insert(EvidenceSource::Item(item(9)), answer(Agreement::NotAgreed));
    assert_eq!(covers(&record, &standing, keys), [Cover::Missing; 2]);
}

#[test]
fn one_piece_of_evidence_linked_twice_counts_once_and_so_do_a_document_and_its_copy() {
    let [of, copy] = [3, 4].map(|number| DocumentId::from_bytes([number; 16]));
    let of_document = |id| {
        let statement = "outcome:one".parse().unwrap();
        EvidenceLink::new(EvidenceSource::Document(id), statement, "It shows it.")
    };
    let mut record = PersonalRecord::default();
    record.evidence.insert(item(1), of_document(of));
    record.evidence.insert(item(2), of_document(of));
    let mut standing = EvidenceStanding::default();
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Thin]);
    record.evidence.insert(item(2), of_document(copy));
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Covered], "two documents");
    standing.copies.insert(copy, of);
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Thin], "and their one text");
    let statements = [Statement::Outcome("one".to_owned())];
    assert_eq!(record.coverage(statements, &standing)[0].links, [item(1)]);
}

#[test]
fn what_was_deleted_or_is_not_here_is_no_evidence() {
    let id = DocumentId::from_bytes([3; 16]);
    let statement = "outcome:one".parse().unwrap();
    let link = EvidenceLink::new(EvidenceSource::Document(id), statement, "It shows it.");
    let mut record = PersonalRecord::default();
    record.evidence.insert(item(1), link);
    let mut standing = EvidenceStanding::default();
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Thin]);
    standing.missing.insert(id);
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Missing]);
    standing.missing.remove(&id);
    standing.deleted.insert(id);
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Missing]);
    assert!(record.links_by_statement(&standing).is_empty());
    let nowhere = EvidenceSource::Item(item(77));
    let statement = "outcome:one".parse().unwrap();
    record.evidence.insert(item(1), EvidenceLink::new(nowhere, statement, "It shows it."));
    assert_eq!(covers(&record, &standing, ["one"]), [Cover::Missing], "it is in no record");
    assert!(record.leads_nowhere(nowhere, &standing));
}

#[test]
fn a_deadline_warns_28_14_and_7_days_before_it() {
    let at = "2027-05-28".parse().unwrap();
    let deadline = EvidenceDeadline { at, ..EvidenceDeadline::default() };
    let days: Vec<String> = deadline.warnings().iter().map(|(on, _)| on.to_string()).collect();
    assert_eq!(days, ["2027-04-30", "2027-05-14", "2027-05-21"]);
    let mut record = PersonalRecord::default();
    record.deadlines.insert(item(1), deadline.clone());
    let left = |day: &str| record.warnings_from(day.parse().unwrap()).len();
    assert_eq!(["2027-04-30", "2027-05-01", "2027-05-21", "2027-05-22"].map(left), [3, 2, 1, 0]);
    assert_eq!(deadline.days_left("2027-05-30".parse().unwrap()), -2);
    assert_eq!(deadline.days_left("2026-11-26".parse().unwrap()), 183);
}

#[test]
fn of_several_completions_the_first_counts() {
    let mut record = PersonalRecord::default();
    let fact = |at| ModuleCompletion {
        module: "pop".to_owned(),
        at: Timestamp::from_unix_millis(at),
        pack_version: Some(crate::record::Whole(4)),
        ..ModuleCompletion::default()
    };
    record.modules_completed.insert(item(1), fact(2_000));
    record.modules_completed.insert(item(2), fact(1_000));
    let first = Timestamp::from_unix_millis(1_000);
    assert_eq!(record.module_completed("pop"), Some((first, Some(4))));
    assert_eq!(record.module_completed("env"), None);
}
