//! What is found and what is not, kind by kind; beyond the cases of the research.

use enhance_model::identifiers::{FindingKind, Severity, Writer, scan, scan_all};
use jiff::civil::date;

/// Somebody who works at these places, on the day of the research.
pub(crate) fn writer(own_places: &[String]) -> Writer {
    Writer { own_places: own_places.to_vec(), today: date(2026, 11, 25) }
}

/// What is found in a text: the kind, the text, and a mark for what is only possible.
pub(crate) fn found(text: &str) -> Vec<String> {
    let own = ["Addenbrooke's Hospital".to_owned(), "St Mary's Surgery".to_owned()];
    let findings = scan(text, &writer(&own)).findings.into_iter();
    let findings = findings.filter(|found| found.severity != Severity::Combination);
    findings
        .map(|found| {
            let mark = if found.severity == Severity::Possible { "?" } else { "" };
            format!("{}{mark} {}", found.kind, found.text)
        })
        .collect()
}

pub(crate) fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text:?}");
    }
}

/// Nothing is found in these.
pub(crate) fn clean(texts: &[&str]) {
    for text in texts {
        assert_eq!(found(text), Vec::<String>::new(), "{text:?}");
    }
}

#[test]
fn an_nhs_number_is_found_however_it_is_written() {
    check(&[
        ("9434765919", &["nhs_number 9434765919"]),
        ("943-476-5919", &["nhs_number 943-476-5919"]),
        ("943\u{2009}476\u{2009}5919", &["nhs_number 943\u{2009}476\u{2009}5919"]),
        ("９４３ ４７６ ５９１９", &["nhs_number ９４３ ４７６ ５９１９"]),
        ("943\u{200b}476\u{200b}5919", &["nhs_number 943\u{200b}476\u{200b}5919"]),
        ("(987 654 3210)", &["nhs_number 987 654 3210"]),
        ("400 000 0632", &["nhs_number 400 000 0632"]),
        ("999 000 0018", &["nhs_number? 999 000 0018"]),
        ("NHS 9434 765 919", &["nhs_number 9434 765 919"]),
        ("NHS9434765919", &["nhs_number 9434765919"]),
        ("https://example.org/9434765919/x", &["nhs_number? 9434765919"]),
        ("943 476 5919, 400 000 0632", &["nhs_number 943 476 5919", "nhs_number 400 000 0632"]),
    ]);
}

#[test]
fn ten_digits_are_no_nhs_number_because_they_are_ten() {
    clean(&[
        "999 123 4567",
        "1700000000",
        "3113000009",
        "1111111111",
        "4444444444",
        "943.476.5910",
        "9434 765 919",
        "1.9434765919",
        "943-476-5919-22",
        "X9434765919",
        "9434765919th",
        "\u{a3}9434765919",
    ]);
}

#[test]
fn e_mail_addresses_and_telephone_numbers_are_found_whole() {
    check(&[
        ("write to a.b@c.nhs.uk.", &["email a.b@c.nhs.uk"]),
        ("<mailto:o'brien@x.org>", &["email o'brien@x.org"]),
        ("07700900461", &["phone 07700900461"]),
        ("(0113) 496 0122", &["phone (0113) 496 0122"]),
        ("+447700900461", &["phone +447700900461"]),
        ("0044 7700 900461", &["phone 0044 7700 900461"]),
        ("+44 20 7946 0958 ext 12", &["phone +44 20 7946 0958"]),
        ("07700-900-461", &["phone 07700-900-461"]),
        ("tel:07700 900461/2", &["phone 07700 900461"]),
        ("01204 12345", &["phone 01204 12345"]),
        ("0800 123 456", &["phone 0800 123 456"]),
        ("+353 1 496 0123", &["phone? +353 1 496 0123"]),
        ("+1 (415) 555-0132", &["phone? +1 (415) 555-0132"]),
        ("447700900461", &["phone 447700900461"]),
    ]);
    clean(&[
        "bleep 2345",
        "ext. 12345",
        "extension 0123",
        "0800 to 1700",
        "0800-1700",
        "ring 999 or 111",
        "496 0122",
        "a@b",
        "@ home",
        "10.10.2024 07:30",
        "0.0770090046",
    ]);
}

#[test]
fn a_date_of_birth_has_a_label_and_many_forms() {
    check(&[
        ("Date of birth: 21/Dec/1952", &["date_of_birth 21/Dec/1952"]),
        ("born on 3rd of May, 1948 in a taxi", &["date_of_birth 3rd of May, 1948"]),
        ("DOB 1931-04-03", &["date_of_birth 1931-04-03"]),
        ("D.O.B. 3.4.31", &["date_of_birth 3.4.31"]),
        ("dob 03041931", &["date_of_birth 03041931"]),
        ("DoB=03 04 1931", &["date_of_birth 03 04 1931"]),
        ("03/04/1931 (DOB)", &["date_of_birth 03/04/1931"]),
        ("June 4, 1976 is her date of birth", &["date_of_birth June 4, 1976"]),
        ("DOB\n04JUN1976", &["date_of_birth 04JUN1976"]),
        ("born in 1931", &["date_of_birth? 1931"]),
        ("DOB04/06/1976", &["date_of_birth 04/06/1976"]),
        ("born on Monday 4 June 1976", &["date_of_birth 4 June 1976"]),
        ("born in Leeds on 4 June 1976", &["date_of_birth 4 June 1976"]),
        ("was born at 10:30 on the 4th of June", &["date_of_birth 4th of June"]),
        ("born in June 1931", &["date_of_birth? June 1931"]),
        ("the patient came on 3/4/2024", &["date? 3/4/2024"]),
        ("admitted on 3 May and better soon", &["date? 3 May"]),
    ]);
    clean(&[
        "the course on 3/4/2024",
        "a plan born of need, talked over on 3/4/2024",
        "DOB 31/13/1999",
        "the patient had 8/10/12 units",
        "120/80",
        "24 2/7 weeks",
        "patients may be 3 may be 4",
        "version 1.2.2024.5 of the patient leaflet",
    ]);
}

#[test]
fn a_postcode_has_a_shape_that_exists() {
    check(&[
        ("CB2 0QQ", &["postcode CB2 0QQ"]),
        ("at W1A 1AA.", &["postcode W1A 1AA"]),
        ("ec1a1bb", &["postcode ec1a1bb"]),
        ("M11AE", &["postcode M11AE"]),
        ("DN55\u{a0}1PT", &["postcode DN55\u{a0}1PT"]),
        ("postcode: CB2", &["postcode? CB2"]),
        ("she lives in SW1A now", &["postcode? SW1A"]),
        ("a man from LS6, the LS11 area", &["postcode? LS6", "postcode? LS11"]),
        ("x?postcode=1 https://a.uk/CB20QQ", &["postcode? CB20QQ"]),
    ]);
    clean(&[
        "pain from L5 to S1",
        "colleagues in FY1, from CT2 and in ST4",
        "T2 N1 M0",
        "B12 5ug daily",
        "vitamin B12 5UG",
        "N1 2nd opinion",
        "G6PD and CO2 5kPa",
        "LS1A 1AA",
        "M01 1AE",
        "CB2 0QQQ",
        "XCB2 0QQ",
        "E1 4AM",
        "lives with L5/S1 pain",
    ]);
}

#[test]
fn a_title_with_a_surname_is_a_name() {
    check(&[
        ("Mr Smith's wound", &["title_name Mr Smith"]),
        (
            "Dr O\u{2019}Brien, Prof. de Souza",
            &["title_name Dr O\u{2019}Brien", "title_name Prof. de Souza"],
        ),
        ("Mrs. Smith-Jones", &["title_name Mrs. Smith-Jones"]),
        (
            "Dr van der Berg and Miss Ní Bhriain",
            &["title_name Dr van der Berg", "title_name Miss Ní Bhriain"],
        ),
        ("Mr J. A. Smith was", &["title_name Mr J. A. Smith"]),
        ("MRS OKAFOR", &["title_name MRS OKAFOR"]),
        ("MR SMITH", &["title_name MR SMITH"]),
        ("MR Smith", &["title_name? MR Smith"]),
        ("mr smith fell", &["title_name? mr smith"]),
        ("Mr Ward of Ward 5", &["title_name Mr Ward", "ward_bed? Ward 5"]),
        ("Mrs Smith Ward 5", &["title_name Mrs Smith", "ward_bed? Ward 5"]),
        ("Mr J", &["title_name? Mr J"]),
        ("Mrs A. Then she left", &["title_name? Mrs A."]),
        ("Mr and Mrs Smith", &["title_name Mrs Smith"]),
        ("Prof Dr Lee", &["title_name Prof Dr Lee"]),
        ("Sister Al-Hassan", &["title_name Sister Al-Hassan"]),
        ("Miss June Smith", &["title_name Miss June Smith"]),
    ]);
}

#[test]
fn eponyms_wards_roads_and_short_words_are_no_names() {
    clean(&[
        "Mr X and Mr. Y",
        "Mr Parkinson's disease",
        "Professor Gibbs' reflective cycle",
        "Sister Dora Ward",
        "12 Dr Gray's Hospital",
        "Prince of Wales Road",
        "MR scan, MR Angiography",
        "MS Teams and the MS Society",
        "severe MR requiring surgery",
        "the Dr said so, her sister Jane too",
        "Miss Monday's teaching",
        "Rose Ward, Nightingale ward, the ward round",
        "10 Year Health Plan",
    ]);
}

#[test]
fn an_exact_age_is_possible_and_a_stage_of_life_is_not() {
    check(&[
        ("a 93-year-old", &["age? 93-year-old"]),
        ("45 y/o and 61 yrs old", &["age? 45 y/o", "age? 61 yrs old"]),
        ("age: 90", &["age? age: 90"]),
        ("a forty five year old nurse", &["age? forty five year old"]),
        ("a 6 week old baby", &["age? 6 week old"]),
        ("she is 93.", &["age? 93"]),
        ("his 90th birthday", &["age? 90th birthday"]),
        ("a 91yr F and a 92yrs male", &["age? 91yr", "age? 92yrs"]),
        ("a 45M with pain", &["age? 45M"]),
    ]);
    clean(&[
        "in her nineties",
        "over the age of 65",
        "aged 18-25",
        "aged 60 and over",
        "a 5 year plan",
        "a 10 year old guideline",
        "a 14F catheter, temp 98F, \u{a3}45M",
        "a 2 week old fracture",
        "sats were 93%",
        "F1 and F2",
    ]);
}

/// What clinicians write all day and nobody can be told by.
#[test]
fn the_words_of_the_trade_are_clean() {
    clean(&[
        "gave 8/10/12 units of insulin, BP 120/80, at 24 2/7 weeks",
        "Rose Ward on Mill Road",
        "the 10 Year Health Plan of 2025",
        "bleep 1234 or bleep #2345, ext 45678",
        "CA19-9 of 37, CA125, G6PD, TSH 4.5, HbA1c 48 mmol/mol",
        "pH 7.35, pCO2 5.1 kPa, PaO2 9.4, K+ 4.1, INR 2.5",
        "GCS 15/15, NEWS2 of 7, CURB-65 of 3, ASA 2, CHA2DS2-VASc 4",
        "paracetamol 1g QDS, amoxicillin 500mg TDS PO for 5/7",
        "SpO2 94% on 2L, RR 24, HR 110, T 38.2",
        "the ST1 and the F2 from ST4, CT2, IMT3",
        "ICD-10 code I21.9, SNOMED 22298006",
        "Wednesday at 17:30, 09:00-17:00, 2024/25, week 3 of 6",
        "Mr. X was seen with the SHO and the Med Reg",
        "a 2:1, 1 in 10,000 (0.01%), p=0.0512345678, n=1234567890",
        "Doctors and nurses; a Doctor in training; the Sister in charge",
        "Dr No, MS, MR, Miss",
        "GMP 2024 paragraph 13, DCB0129, ISBN 9780198570028",
        "Bell's palsy, Gibbs' cycle, a Balint group, Wilson\u{2019}s disease",
        "COVID-19, H1N1, HER2+, BRCA1, p53, IL-6, FEV1",
        "E4 nurses, L1 spine, M25 motorway, A14, W3 school",
    ]);
}

#[test]
fn numbers_are_told_by_the_word_before_them() {
    check(&[
        ("MRN 1234567", &["hospital_number 1234567"]),
        ("Hospital no. A123456", &["hospital_number A123456"]),
        ("hospital number: H 1234567", &["hospital_number H 1234567"]),
        ("GMC number 7654321", &["gmc_number? 7654321"]),
        ("7654321 (GMC)", &["gmc_number? 7654321"]),
        (
            "bed 4, Bay no. 2, side room 3",
            &["ward_bed? bed 4", "ward_bed? Bay no. 2", "ward_bed? room 3"],
        ),
        ("Addenbrooke\u{2019}s hospital", &["own_place? Addenbrooke\u{2019}s hospital"]),
        ("at St. Mary's Surgery", &["own_place? St. Mary's Surgery"]),
    ]);
    clean(&[
        "in bed 3 days",
        "a 6-bed bay",
        "the number of patients was 12345",
        "7654321",
        "to the ward 10am",
        "we moved to ward rounds",
        "hospital 2024",
    ]);
}

#[test]
fn three_facts_are_a_combination_also_across_texts() {
    let together = scan_all(["A farmer", "from Ely", "in his late 50s"], &writer(&[]));
    let [found] = together.findings.as_slice() else { panic!("{together:?}") };
    assert_eq!((found.kind, found.part), (FindingKind::Combination, 0));
    assert_eq!(found.text, "farmer, Ely, his, 50s");
    let facts: Vec<&str> = found.facts.iter().map(|fact| fact.as_str()).collect();
    assert_eq!(facts, ["job", "place", "sex", "age_band"]);
    assert!(found.reason.ends_with("job, place, sex and age band."));
    assert!(scan("a nurse in her fifties", &writer(&[])).findings.len() == 1);
    assert!(scan("a woman with asthma", &writer(&[])).findings.is_empty());
}

#[test]
fn ones_own_hospital_is_found_by_what_people_say_for_short() {
    let own = ["The Royal London Hospital", "Addenbrooke's Hospital", "Community Health Centre"];
    let own = own.map(str::to_owned);
    let found = |text: &str| {
        let findings = scan(text, &writer(&own)).findings.into_iter();
        findings.map(|found| found.text).collect::<Vec<_>>()
    };
    assert_eq!(found("at the Royal London Hospital"), ["Royal London Hospital"]);
    assert_eq!(found("at the Royal London, to Addenbrookes"), ["Royal London", "Addenbrookes"]);
    assert_eq!(found("in Addenbrooke\u{2019}s"), ["Addenbrooke\u{2019}s"]);
    assert_eq!(found("for community health"), Vec::<String>::new());
}
