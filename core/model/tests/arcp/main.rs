//! The page for an annual review: what it says, and that it says it the same everywhere.
//! `ENHANCE_BLESS=1 cargo test -p enhance-model --test arcp` writes the kept page anew.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod adds_up;
mod agree;
mod set_aside;
mod whose_grade;
mod year;

use enhance_model::{
    DocumentId, ItemId, PersonId, Version,
    arcp::{ArcpPage, ArcpStamp, Cell, Part},
    personal_record::{
        Absence, AbsenceKind, Agreement, Certificate, EvidenceSource, PdpGoal, SupervisorAnswer,
    },
    printed::DIGEST,
};

use self::year::{Year, day, item};

fn part<'p>(page: &'p ArcpPage, key: &str) -> &'p Part {
    page.parts.iter().find(|part| part.key == key).unwrap()
}

fn column(part: &Part, key: &str) -> Vec<String> {
    let index = part.columns.iter().position(|column| column.key == key).unwrap();
    part.rows.iter().map(|row| row[index].in_words()).collect()
}

fn stamp(year: &Year) -> ArcpStamp {
    ArcpStamp {
        trainee: year.trainee,
        made_by: None,
        period: year.period,
        made_on: year.made_on,
        pack: Some(3),
        programme: "{\"key\":\"enhance\"}".to_owned(),
        documents: [(DocumentId::from_bytes([9; 16]), Version::default())].into(),
        deleted: year.standing.deleted.clone(),
        names: year.names.clone(),
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "writes the golden file when asked to")]
fn a_year_with_two_placements_is_kept_as_it_is_printed() {
    let year = Year::new();
    let html = year.page().html(&stamp(&year));
    let file = format!("{}/tests/golden/arcp.html", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        std::fs::write(&file, &html).unwrap();
    }
    assert_eq!(html, std::fs::read_to_string(&file).unwrap_or_default());
    assert_eq!(html.matches(DIGEST).count(), 1);
}

#[test]
fn hours_stand_against_what_was_worked_and_what_is_missing_is_said_plainly() {
    let year = Year::new();
    let page = year.page();
    let hours = part(&page, "hours");
    let asked = column(hours, "asked_minutes");
    // 119 of 364 days full time and 245 at three fifths: 60 h become 43.8.
    assert_eq!(asked[..2], ["43 h 51 min", "21 h 56 min"]);
    assert_eq!(column(hours, "done_minutes")[..2], ["21 h", "20 h"]);
    assert_eq!(column(hours, "by")[0], "28 May 2027");
    assert_eq!(column(part(&page, "placements"), "whole_time_equivalent"), ["100 %", "60 %"]);
    for sentence in [
        "5 August 2026 to 3 August 2027: 22 h 51 min of learning time are still to do by 28 May 2027.",
        "Willow Surgery, from 2 December 2026: no supervisor is named.",
        "Modules of the programme still to do: Environmental sustainability.",
        "Advanced life support: ran out on 1 March 2027.",
        "Goal still open, due 1 February 2027: Lead a board round.",
    ] {
        assert!(page.missing.iter().any(|one| one == sentence), "{sentence}: {:#?}", page.missing);
    }
}

#[test]
fn a_certificate_that_ran_out_is_missing_until_a_later_one_takes_its_place() {
    let mut year = Year::new();
    let mut note = |number: u8, title: &str, expires: &str| {
        let expires = Some(expires.parse().unwrap());
        let one = Certificate { title: title.to_owned(), expires, ..Certificate::default() };
        year.record.certificates.insert(item(number), one);
    };
    note(90, "Basic life support", "2025-03-01");
    note(91, "Safeguarding", "2025-04-01");
    note(92, "safeguarding ", "2029-04-01");
    let missing = year.page().missing;
    let said = |of: &str| missing.iter().filter(|one| one.contains(of)).collect::<Vec<_>>();
    assert_eq!(said("Basic life support"), ["Basic life support: ran out on 1 March 2025."]);
    assert_eq!(said("afeguarding"), Vec::<&String>::new(), "there is a later one");
}

#[test]
fn what_is_left_is_never_said_to_be_nothing() {
    let mut year = Year::new();
    let sessions = &mut year.record.sessions;
    let core = sessions.get_mut(&item(20)).unwrap();
    core.minutes = enhance_model::Minutes(1_280);
    let another = core.clone();
    sessions.insert(item(22), another);
    let page = year.page();
    let said = "5 August 2026 to 3 August 2027: 11 min of learning time are still to do";
    assert!(page.missing.iter().any(|one| one.starts_with(said)), "{:#?}", page.missing);
    assert_eq!(column(part(&page, "hours"), "left_minutes")[0], "11 min");
}

#[test]
fn evidence_of_another_year_is_none_of_this_one() {
    let mut year = Year::new();
    let covered = |year: &Year| {
        let page = year.page();
        column(part(&page, "evidence_pop"), "cover")
    };
    assert_eq!(covered(&year), ["thin", "missing"]);
    year.record.sessions.get_mut(&item(20)).unwrap().start =
        "2025-10-01T09:00:00Z".parse().unwrap();
    assert_eq!(covered(&year), ["missing", "missing"]);
}

#[test]
fn what_two_devices_linked_to_one_statement_is_printed_once_with_both_justifications() {
    let mut year = Year::new();
    let rows = |year: &Year| {
        let page = year.page();
        let part = part(&page, "evidence_pop");
        [column(part, "evidence"), column(part, "justification"), column(part, "cover")]
    };
    let missing = year.page().missing;
    let [evidence, why, cover] = rows(&year);
    let mut again = year.record.evidence[&item(30)].clone();
    year.record.evidence.insert(item(99), again.clone());
    assert_eq!(rows(&year), [evidence.clone(), why.clone(), cover.clone()], "the same is once");
    again.justification = "I led it.".to_owned();
    year.record.evidence.insert(item(99), again);
    let both = format!("{}; I led it.", why[0]);
    let why = [&[both][..], &why[1..]].concat();
    assert_eq!(rows(&year), [evidence, why, cover]);
    assert_eq!(year.page().missing, missing, "and one piece that is not signed");
}

#[test]
fn what_the_trainee_says_of_her_supervisor_reads_as_her_word_and_a_sign_off_as_the_supervisors() {
    let mut year = Year::new();
    let supervisor = PersonId::from_bytes([6; 16]);
    year.names.insert(supervisor, "Dr Lee".to_owned());
    let link = year.record.evidence.get_mut(&item(30)).unwrap();
    (link.agreement, link.agreed_by) = (Some(Agreement::Agreed), Some(supervisor));
    let said = |year: &Year| {
        let page = year.page();
        let part = part(&page, "evidence_pop");
        let is_open = page.missing.iter().any(|one| one.contains("not been signed"));
        (column(part, "cover")[0].clone(), column(part, "agreed")[0].clone(), is_open)
    };
    let own_word = "the trainee says that Dr Lee agreed; no sign-off says so";
    assert_eq!(said(&year), ("thin".to_owned(), own_word.to_owned(), true));

    let mut answer = SupervisorAnswer {
        agreement: Agreement::Agreed,
        by: "Dr Lee, clinical".to_owned(),
        on: day("2027-01-20"),
        is_named: true,
        is_as_signed: true,
        is_witnessed: false,
    };
    let unnamed = SupervisorAnswer { is_named: false, ..answer.clone() };
    year.standing.answers.insert(EvidenceSource::Item(item(20)), unnamed);
    let (cover, by, _) = said(&year);
    let why = "it covers nothing alone, since supervision follows from placements";
    assert!(cover == "thin" && by.ends_with(why), "{cover}: {by}");
    year.standing.answers.insert(EvidenceSource::Item(item(20)), answer.clone());
    let signed = "signed by Dr Lee, clinical, 20 January 2027";
    assert_eq!(said(&year).0, "covered");
    assert_eq!(said(&year).1, signed);
    let witnessed = SupervisorAnswer { is_witnessed: true, ..answer.clone() };
    year.standing.answers.insert(EvidenceSource::Item(item(20)), witnessed);
    assert_eq!(said(&year).0, "covered, witnessed");
    let note = part(&year.page(), "evidence_pop").note.clone();
    let how = "witnessed by the trainee, not signed with the signer's own key";
    assert!(note.starts_with(&format!("Covered: 1 (1 of them {how}).")), "{note}");
    answer.is_as_signed = false;
    year.standing.answers.insert(EvidenceSource::Item(item(20)), answer);
    assert_eq!(said(&year).0, "thin");
    assert_eq!(said(&year).1, format!("{signed}; changed since"));
}

#[test]
fn deleted_evidence_is_said_to_be_and_counts_for_nothing() {
    let mut year = Year::new();
    let shown = |year: &Year| column(part(&year.page(), "evidence_capabilities"), "evidence");
    assert_eq!(shown(&year), ["Reflection: A home visit"]);
    year.standing.deleted.insert(DocumentId::from_bytes([9; 16]));
    let page = year.page();
    assert!(!page.parts.iter().any(|part| part.key == "evidence_capabilities"));
    let said = "One piece of evidence was deleted, and counts for nothing.";
    assert!(page.missing.iter().any(|one| one == said), "{:#?}", page.missing);
}

#[test]
fn more_days_absent_than_the_limit_are_said_and_the_reason_is_not() {
    let mut year = Year::new();
    let mut absence =
        Absence::new(AbsenceKind::Sickness, day("2027-01-05"), "20.5".parse().unwrap());
    absence.note = "migraine".to_owned();
    year.record.absences.insert(item(40), absence);
    let page = year.page();
    assert_eq!(column(part(&page, "absence"), "days_absent"), ["20.5"]);
    assert_eq!(column(part(&page, "absence"), "limit"), ["20 days"]);
    assert!(page.missing.iter().any(|one| one.contains("20.5 days absent, more than the 20")));
    let html = page.html(&stamp(&year));
    assert!(!html.contains("migraine") && !html.contains("ickness"));
}

#[test]
fn no_text_breaks_out_of_the_page_and_no_part_outgrows_its_place() {
    let hostile = "<script>alert(1)</script>\" onload='x' \u{0} --><!--digest-->";
    let mut year = Year::new();
    year.names.insert(year.trainee, hostile.to_owned());
    for number in 100..200 {
        let title = hostile.repeat(40);
        let certificate = Certificate { title: title.clone(), ..Certificate::default() };
        year.record.certificates.insert(item(number), certificate);
        year.record.goals.insert(item(number), PdpGoal { text: title, ..PdpGoal::default() });
    }
    let page = year.page();
    let html = page.html(&stamp(&year));
    assert!(!html.contains("<script") && !html.contains('\u{0}'));
    assert_eq!(html.matches(DIGEST).count(), 1);
    assert!(html.contains("89 more are in the record."));
    assert!(html.len() < 100_000, "{} bytes", html.len());
    assert!(page.csv().len() > 100 * 40 * hostile.len(), "CSV has all of it");
}

#[test]
fn a_page_says_what_it_is_of_and_is_read_back() {
    let mut year = Year::new();
    let hostile = "\"><meta name=\"enhance-name\" content=\"'&amp; \u{202e}";
    year.names.insert(PersonId::from_bytes([6; 16]), hostile.to_owned());
    let stamp = stamp(&year);
    let html = year.page().html(&stamp);
    assert!(ArcpStamp::is_in(&html));
    assert_eq!(ArcpStamp::read(&html), Some(stamp));
    for text in ["", "<meta name=\"enhance-arcp\" content=\"x\">", "<meta name=\"enhance-arcp\""] {
        assert_eq!(ArcpStamp::read(text), None, "{text}");
    }
}

#[test]
fn csv_json_and_form_say_what_the_page_says() {
    let year = Year::new();
    let page = year.page();
    let csv = page.csv();
    for line in [
        "review,1,from,2026-08-05\r\n",
        "placements,2,organisation,Willow Surgery\r\n",
        "placements,2,from,2026-12-02\r\n",
        "certificates,1,expires,2027-03-01\r\n",
    ] {
        assert!(csv.contains(line), "{line}: {csv}");
    }
    let json = serde_json::to_value(&page).unwrap();
    assert_eq!(json["parts"][0]["rows"][1]["from"], "2026-12-02");
    assert_eq!(json["parts"][2]["rows"][0]["done_minutes"], 1_260);
    let fields = page.form_fields();
    let placements = &fields[0];
    assert_eq!(placements.field, "Placements");
    let line = "- Willow Surgery; Kind: primary care; Specialty: general practice; Grade: F1; \
                From: 2 December 2026; To: 3 August 2027; Whole-time equivalent: 60 %\n";
    assert!(placements.text.ends_with(line), "{}", placements.text);
}

#[test]
fn five_years_are_a_page_of_one_and_all_their_rows() {
    let mut year = Year::new();
    year.period = "2026-08-05..2031-08-05".parse().unwrap();
    let session = year.record.sessions[&item(20)].clone();
    for number in 0..1_500_u16 {
        let start = session.start.plus_millis(i64::from(number) * 86_400_000);
        let id = ItemId::from_bytes(
            [number.to_be_bytes(), [7; 2]].concat().repeat(4).try_into().unwrap(),
        );
        year.record.sessions.insert(
            id,
            enhance_model::personal_record::LearningSession { start, ..session.clone() },
        );
    }
    let page = year.page();
    assert!(part(&page, "hours").rows.len() >= 15, "each training year is counted by itself");
    assert!(part(&page, "hours").rows.iter().all(|row| row[0] != Cell::Nothing));
    assert!(page.html(&stamp(&year)).len() < 100_000);
}
