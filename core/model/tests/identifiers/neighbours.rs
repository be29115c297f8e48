//! What stands beside what is known: other separators, words for numbers, labels beside digits;
//! and what looks like it on every ward and is none.

use enhance_model::identifiers::{FindingKind, scan};

use crate::cases::{check, clean, writer};

#[test]
fn other_marks_and_a_broken_line_part_the_same_digits() {
    check(&[
        ("943\u{b7}476\u{b7}5919", &["nhs_number 943\u{b7}476\u{b7}5919"]),
        ("943\u{2022}476\u{2022}5919", &["nhs_number 943\u{2022}476\u{2022}5919"]),
        ("943|476|5919", &["nhs_number 943|476|5919"]),
        ("943,476,5919", &["nhs_number 943,476,5919"]),
        ("943\\476\\5919", &["nhs_number 943\\476\\5919"]),
        ("943\n476 5919", &["nhs_number 943\n476 5919"]),
        ("943 476\r\n5919", &["nhs_number 943 476\r\n5919"]),
        ("943-476-\n5919", &["nhs_number 943-476-\n5919"]),
        ("NHSno9434765919", &["nhs_number 9434765919"]),
        ("nhsnumber943 476 5919", &["nhs_number 943 476 5919"]),
        ("NHS No.9434765919", &["nhs_number 9434765919"]),
        ("NHSno943\u{b7}476\u{b7}5919", &["nhs_number 943\u{b7}476\u{b7}5919"]),
        ("03|04|1931", &["date_of_birth? 03|04|1931"]),
        ("03\\04\\1931", &["date_of_birth? 03\\04\\1931"]),
        ("03\u{b7}04\u{b7}1931", &["date_of_birth? 03\u{b7}04\u{b7}1931"]),
        ("03_04_1931", &["date_of_birth? 03_04_1931"]),
        ("1931|04|03", &["date_of_birth? 1931|04|03"]),
        ("DOB 03|04|31", &["date_of_birth 03|04|31"]),
        ("dob:03,04,31", &["date_of_birth 03,04,31"]),
        ("the patient came on 03|04|2024", &["date? 03|04|2024"]),
        ("07700|900|461", &["phone 07700|900|461"]),
        ("07700\u{b7}900461", &["phone 07700\u{b7}900461"]),
        ("07700\n900461", &["phone 07700\n900461"]),
    ]);
    clean(&[
        "943\n476\n5919",
        "943\u{b7}476\u{b7}5918",
        "943 476\n5918",
        "we screened 943, 476, 5919",
        "| 3 | 4 | 24 | the patient",
        "the patients did well [3,4,24]",
        "at 08:30:24 the patient",
        "BP 120|80|60 the patient",
        "0800\n1700",
        "seen 12\n5 and 6",
        "pH 7\u{b7}35, Hb 9\u{b7}2",
        "1,250,000 of the 2,000,000",
    ]);
}

#[test]
fn a_day_that_no_month_has_is_one_of_birth_beside_its_label() {
    check(&[
        ("DOB 31/02/1990", &["date_of_birth 31/02/1990"]),
        ("DOB: 30.02.1990", &["date_of_birth 30.02.1990"]),
        ("born 31 April 1952", &["date_of_birth 31 April 1952"]),
        ("31/06/1952 (DOB)", &["date_of_birth 31/06/1952"]),
        ("dob 31021990", &["date_of_birth 31021990"]),
        ("DOB 29/2/1931", &["date_of_birth 29/2/1931"]),
    ]);
    clean(&[
        "31/02/1931",
        "the patient came on 31/02/2024",
        "31 April 1931",
        "DOB 32/01/1990",
        "DOB 31/13/1990",
        "DOB not known",
    ]);
}

#[test]
fn an_age_over_89_is_told_in_words_in_asides_and_with_a_plus() {
    check(&[
        ("she, 91, fell", &["age? 91"]),
        ("He, 94, lives alone", &["age? 94"]),
        ("the patient (91) fell", &["age? 91"]),
        ("Mrs Okafor, 91, fell", &["title_name Mrs Okafor", "age? 91"]),
        ("his wife (93)", &["age? 93"]),
        ("my grandmother, 95.", &["age? 95"]),
        ("she turned 100", &["age? 100"]),
        ("she turned 100 last week", &["age? 100"]),
        ("who turns 90 today", &["age? 90"]),
        ("93 y old", &["age? 93 y old"]),
        ("a 93 y. old", &["age? 93 y. old"]),
        ("a 45 y old man", &["age? 45 y old"]),
        ("45 yr. old", &["age? 45 yr. old"]),
        ("90+", &["age? 90+"]),
        ("She is 90+ and frail", &["age? 90+"]),
        ("a lady, 95+, who fell", &["age? 95+"]),
        ("(90+)", &["age? 90+"]),
        ("90+ years old", &["age? 90+ years old"]),
        ("a 90+ woman", &["age? 90+"]),
        ("a nonagenarian", &["age? nonagenarian"]),
        ("a hundred years old", &["age? a hundred years old"]),
        ("one hundred and two years old", &["age? one hundred and two years old"]),
        ("a hundred-year-old man", &["age? a hundred-year-old"]),
        ("aged a hundred", &["age? aged a hundred"]),
        ("she is one hundred and one.", &["age? one hundred and one"]),
        ("turned a hundred", &["age? a hundred"]),
    ]);
    clean(&[
        "90+ patients screened",
        "90+ years of data",
        "patients of 90+",
        "all those 90+",
        "we saw 90+.",
        "sats 90+ on air",
        "Sats: 90+",
        "a score of 90+.",
        "90+5",
        "90+ mg",
        "90+% of them",
        "K+ 4.1, 4+ protein",
        "she, 45, fell",
        "in Leeds, 91, 92 and 93",
        "turned 90 degrees",
        "we turned 100 patients",
        "turned 100% of them",
        "she turned 90\u{b0}",
        "a hundred patients",
        "not in a hundred years.",
        "one hundred and twenty over eighty",
        "a hundred year old building",
        "nonagenarians in our clinic",
        "HR 93, RR 18",
        "93 y axis",
    ]);
}

#[test]
fn a_label_beside_digits_says_what_they_are() {
    check(&[
        ("case note 12345", &["hospital_number 12345"]),
        ("Case notes: A12345", &["hospital_number A12345"]),
        ("casenote no 12345", &["hospital_number 12345"]),
        ("X-ray number 12345", &["hospital_number 12345"]),
        ("Xray no. 12345", &["hospital_number 12345"]),
        ("EMIS number 12345", &["hospital_number 12345"]),
        ("EMIS no: 12345", &["hospital_number 12345"]),
        ("SystmOne ID 123456", &["hospital_number 123456"]),
        ("accession number 7654321", &["hospital_number 7654321"]),
        ("episode no 12345", &["hospital_number 12345"]),
        ("MRN1234567", &["hospital_number 1234567"]),
        ("HospNo123456", &["hospital_number 123456"]),
        ("GMC7654321", &["gmc_number? 7654321"]),
        ("NMC 12A3456E", &["gmc_number? 12A3456E"]),
        ("her NMC pin is 12a3456e", &["gmc_number? 12a3456e"]),
        ("12A3456E (NMC)", &["gmc_number? 12A3456E"]),
        ("mobile 07700 900 46", &["phone 07700 900 46"]),
        ("mob: 0770090046", &["phone 0770090046"]),
        ("tel07700900461", &["phone 07700900461"]),
        ("phone 0113 496 012", &["phone 0113 496 012"]),
    ]);
    clean(&[
        "a case of 12345",
        "case notes of 12345 patients",
        "case notes 2019",
        "case notes 2019-2024 were read",
        "X-ray 12345",
        "EMIS 12345 practices",
        "12A3456E",
        "NMC code 2018",
        "the NMC in 2024",
        "07700 900 46",
        "mobile in 2024",
        "room number 12",
        "the note of 12345",
        "number 12345",
        "5no1234567",
        "lot no1234567",
    ]);
}

#[test]
fn names_and_postcodes_are_typed_in_small_and_in_short() {
    check(&[
        ("mr j smith", &["title_name? mr j smith"]),
        ("mrs j. a. smith fell", &["title_name? mrs j. a. smith"]),
        ("dr p o'brien", &["title_name? dr p o'brien"]),
        ("Mr j smith", &["title_name? Mr j smith"]),
        ("in EC1A", &["postcode? EC1A"]),
        ("from SW1A", &["postcode? SW1A"]),
        ("near W1T, from E1W", &["postcode? W1T", "postcode? E1W"]),
        ("the WC2N area", &["postcode? WC2N"]),
    ]);
    clean(&[
        "Mr",
        "mr i think",
        "dr a bit late",
        "dr x and mr y",
        "mr a",
        "in A1 condition",
        "in n1c disease",
        "pain in L5",
        "the EC1A trial",
        "from CT2 and in ST4",
        "in F1 and in B12",
    ]);
}

/// What clinicians and trainees write beside such things all day.
#[test]
fn doses_pressures_rotas_meetings_and_shares_are_clean() {
    clean(&[
        "gave 8/10/12 units, then 90 mg, then 100 micrograms",
        "BP 120/80, 93/60 and 100/95",
        "sats 93%, 91 % on air, 100% attended",
        "0.6 WTE, 60% less than full time",
        "the meeting on Tuesday 3rd at 10:00",
        "teaching on 3|4|2024 and on 3 May 2024",
        "room 101b or seminar room, number 12",
        "audit of 12345 case notes",
        "a hundred per cent, one hundred and ten percent",
        "p = 0.05, n = 943, 476 of 5919",
        "45 | 46 | 47 | 48",
        "Hb 100, 93, 91",
        "at 90, 100 and 110 minutes",
        "week 3, day 4, 24 hours",
        "10 000 steps, 1.5 l, 7\u{b7}5 kg",
        "chronic disease clinic, disease of the week",
    ]);
}

#[test]
fn a_weekday_with_its_number_and_a_disease_of_many_words_are_facts() {
    for (text, facts) in [
        ("male, seen Tuesday 3rd, HIV", "sex, date, condition"),
        ("a woman, on Friday the 13th, with asthma", "sex, date, condition"),
        ("a farmer from Ely with motor neurone disease", "job, place, condition"),
        ("farmer, Ely, MND", "job, place, condition"),
        ("his sickle cell disease, a teacher", "sex, condition, job"),
        ("a teacher in her forties with muscular dystrophy", "job, sex, age_band, condition"),
    ] {
        let scan = scan(text, &writer(&[]));
        let one = scan.findings.iter().find(|one| one.kind == FindingKind::Combination);
        let told = one.map(|one| one.facts.iter().map(|fact| fact.as_str()).collect::<Vec<_>>());
        assert_eq!(told.unwrap_or_default().join(", "), facts, "{text:?}");
    }
    clean(&["seen Tuesday 3rd", "motor neurone disease", "HIV clinic on Tuesday 3rd"]);
    for none in [
        "a woman, on Tuesday 3 patients, asthma",
        "she read of chronic disease in Leeds",
        "he said that this disease is rare in Ely",
    ] {
        let scan = scan(none, &writer(&[]));
        assert!(scan.findings.is_empty(), "{none:?}: {:?}", scan.findings);
    }
}
