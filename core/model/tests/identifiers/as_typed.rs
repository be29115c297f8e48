//! Identifiers as they are typed in a hurry, on a telephone and in words; beside each what looks
//! like it and is none.

use enhance_model::identifiers::{Writer, scan};
use jiff::civil::date;

use crate::cases::{check, clean, writer};

#[test]
fn a_date_of_birth_is_told_in_words() {
    check(&[
        ("DOB third of April 1931", &["date_of_birth third of April 1931"]),
        ("dob third April 1931", &["date_of_birth third April 1931"]),
        (
            "born fourth of May nineteen thirty-one",
            &["date_of_birth fourth of May nineteen thirty-one"],
        ),
        ("born on the twenty-first of June", &["date_of_birth twenty-first of June"]),
        ("DOB April the third, 1931", &["date_of_birth April the third, 1931"]),
        ("dob 3 april nineteen thirty one", &["date_of_birth 3 april nineteen thirty one"]),
        ("born in nineteen thirty-one", &["date_of_birth? nineteen thirty-one"]),
        ("the patient came on the third of April", &["date? third of April"]),
    ]);
    clean(&[
        "the patient was first on the list in April",
        "the second of three patients may go home",
        "First May I say how the patient did",
        "born of a third attempt",
        "in the twenty-first century",
        "nineteen patients were seen",
        "Day 3 of the third course in April",
    ]);
}

#[test]
fn a_day_so_long_ago_is_one_of_birth() {
    check(&[
        ("03/04/1931", &["date_of_birth? 03/04/1931"]),
        ("seen: 1931-04-03.", &["date_of_birth? 1931-04-03"]),
        ("4 June 1926", &["date_of_birth? 4 June 1926"]),
    ]);
    clean(&["03/04/1948", "5 July 1948", "4 August 1889", "03/04/31", "April 1931", "in 1931"]);
}

#[test]
fn which_years_are_so_long_ago_follows_from_the_day() {
    let count = |text: &str, year: i16| {
        let writer = Writer { own_places: Vec::new(), today: date(year, 6, 1) };
        scan(text, &writer).findings.len()
    };
    // Turned 90 in 2026; nobody was known to live to 123.
    assert_eq!([2026, 2027, 2058, 2059].map(|year| count("seen 03/04/1936", year)), [1, 1, 1, 0]);
    assert_eq!([2026, 2027, 2028].map(|year| count("seen 03/04/1937", year)), [0, 1, 1]);
    assert_eq!([2026, 2027].map(|year| count("seen 03/04/1904", year)), [1, 0]);
    // A clock that was never set is no reason to find less.
    assert_eq!([1970, -5].map(|year| count("seen 03/04/1936", year)), [1, 1]);
}

#[test]
fn an_age_over_89_is_told_in_many_ways() {
    check(&[
        ("a man of 94 fell", &["age? 94"]),
        ("92yrs", &["age? 92yrs"]),
        ("93y, from home", &["age? 93y"]),
        ("93 yrs lives alone", &["age? 93 yrs"]),
        ("93/M", &["age? 93/M"]),
        ("a 93/F with a fall", &["age? 93/F"]),
        ("M93", &["age? M93"]),
        ("F/93 fell", &["age? F/93"]),
        ("a woman over 90", &["age? over 90"]),
        ("94 F with a fall", &["age? 94 F"]),
        ("F91 fell", &["age? F91"]),
        ("a gentleman, 94, fell", &["age? 94"]),
        ("she's 94.", &["age? 94"]),
        ("a centenarian", &["age? centenarian"]),
        ("aged over 90", &["age? aged over 90"]),
        ("92 years", &["age? 92 years"]),
        ("Fall, 92 years, lives alone", &["age? 92 years"]),
        ("ninety-two years.", &["age? ninety-two years"]),
        ("92 years gentleman", &["age? 92 years"]),
        ("age 90+", &["age? age 90+"]),
        ("Age: 95+, frail", &["age? Age: 95+"]),
        ("older than 90", &["age? older than 90"]),
        ("she is older than ninety", &["age? older than ninety"]),
        ("95 M to ED", &["age? 95 M"]),
    ]);
}

#[test]
fn a_number_that_is_nobodys_age_over_89_is_left_alone() {
    clean(&[
        "82 years",
        "for 92 years.",
        "over the last 92 years,",
        "the 92 years, in 92 years, after 100 years.",
        "92 years of insulin",
        "100 years ago.",
        "192 years, 1.92 years",
        "age 80+",
        "patients aged 90+",
        "age 90+ group, those of age 90+",
        "people of age 90+ years",
        "age 90+5",
        "older than 65",
        "patients older than 90",
        "those older than 90",
        "nobody older than 90",
        "reduce it if older than 90",
        "older than 90 days",
        "older than 90-95",
        "falling at 90 M",
        "at 95 M",
        "95 M to raise",
        "raised 95 M",
        "a budget of 95 M",
        "95 M in funding",
        "a man of 94 kg",
        "a man of many words",
        "patients aged over 90",
        "aged over 65",
        "for over 92 yrs",
        "a 99 yr lease",
        "24/7, 3/7, 5/7 and 24 2/7",
        "ICD-10 code M93.2",
        "M93.2",
        "ICD-10 F90",
        "F90 is the code",
        "the 93 y axis",
        "99 yrs of service",
        "M90 motorway",
        "the M90 and the M25",
        "T2 N0 M0",
        "B12, G6PD, Grade 2, CA19-9, ST3, F2",
        "93% on air, HR 93, 93 mg",
    ]);
}

#[test]
fn a_title_is_typed_without_capitals() {
    check(&[
        ("dr patel reviewed him", &["title_name? dr patel"]),
        ("dr de souza", &["title_name? dr de souza"]),
        ("mrs smith-jones", &["title_name? mrs smith-jones"]),
        ("prof patel", &["title_name? prof patel"]),
        ("Dr patel", &["title_name? Dr patel"]),
        ("dr ahmed came", &["title_name? dr ahmed"]),
        ("mrs o'brien told me", &["title_name? mrs o'brien"]),
        ("Mr\nSmith", &["title_name Mr\nSmith"]),
        ("Mrs\r\nOkafor fell", &["title_name Mrs\r\nOkafor"]),
    ]);
    clean(&[
        "the dr reviewed him",
        "dr reviewed and discharged",
        "seen by dr today",
        "mr and mrs came",
        "Mr and Mrs came",
        "mrs was well, mr came too",
        "seen by the Dr\nPlan was made",
        "Seen by Dr\nPlan: home",
        "seen by Dr\n\nBloods normal",
        "mr scan of the head, severe mr",
        "our dr rang",
        "dr aware, dr busy",
    ]);
}

#[test]
fn titles_of_honour_and_of_orders_are_titles() {
    check(&[
        ("Sir Keith", &["title_name Sir Keith"]),
        ("Lady Smith and Lord Brown", &["title_name Lady Smith", "title_name Lord Brown"]),
        ("Cllr Jones", &["title_name Cllr Jones"]),
        ("Sr Mary", &["title_name Sr Mary"]),
        ("Baroness Hall, Rabbi Cohen", &["title_name Baroness Hall", "title_name Rabbi Cohen"]),
        ("Dame Judith", &["title_name Dame Judith"]),
    ]);
    clean(&[
        "Dear Sir or Madam",
        "an old lady, the Lady with the lamp",
        "the Lord Mayor, the Lady Chancellor",
        "Sr Reg on call",
        "Dame Cicely Saunders Hospice",
        "Lady Margaret Ward",
    ]);
}

#[test]
fn a_patients_name_has_a_forename_or_an_initial() {
    check(&[
        ("Pt: J Smith", &["title_name? J Smith"]),
        ("pt: john smith", &["title_name? john smith"]),
        ("patient John Smith went home", &["title_name? John Smith"]),
        ("Patient name: Mary O'Brien", &["title_name? Mary O'Brien"]),
        ("a patient called John A. Smith", &["title_name? John A. Smith"]),
        ("Name: John Smith", &["title_name? John Smith"]),
        ("pt's name is John Smith", &["title_name? John Smith"]),
        ("the patient, Sarah Jones, was", &["title_name? Sarah Jones"]),
    ]);
    clean(&[
        "Patient Safety Incident Response Framework",
        "Patient Advice and Liaison",
        "patient X Ray",
        "the patient Liverpool Care Pathway",
        "Patient: A Ward round",
        "the patient. John Radcliffe Hospital",
        "patient July 2026",
        "Pt: I Think",
    ]);
}

#[test]
fn ten_digits_are_written_with_other_marks() {
    check(&[
        ("943.476.5919", &["nhs_number 943.476.5919"]),
        ("943/476/5919", &["nhs_number 943/476/5919"]),
        ("9 4 3 4 7 6 5 9 1 9", &["nhs_number 9 4 3 4 7 6 5 9 1 9"]),
        ("9-4-3-4-7-6-5-9-1-9", &["nhs_number 9-4-3-4-7-6-5-9-1-9"]),
        ("ref 2024/9434765919", &["nhs_number 9434765919"]),
        ("(943) 476 5919", &["nhs_number (943) 476 5919"]),
        ("NHS: (943)476-5919.", &["nhs_number (943)476-5919"]),
    ]);
    clean(&[
        "(943) 476 5918",
        "(943) 476 people",
        "f(943) 476 5919",
        "(94) 3476 5919",
        "943.476.5918",
        "1.943.476.5919",
        "3 9 4 3 4 7 6 5 9 1 9",
        "9 4 3 4 7 6 5 9 1 9 4",
        "doi 10.1136/bmj.2024.078432",
        "10.1016/S0140-6736(20)30183-5",
        "192.168.10.24",
        "1766000000, 1700000000",
        "NG28, CG181 and TA12",
    ]);
}

#[test]
fn a_telephone_has_a_label_or_is_known_short() {
    check(&[
        ("tel 960983", &["phone 960983"]),
        ("Tel no: 960 983", &["phone 960 983"]),
        ("phone number is 960983", &["phone 960983"]),
        ("ring me on 960983", &["phone 960983"]),
        ("0800 1111", &["phone 0800 1111"]),
        ("0845 4647", &["phone 0845 4647"]),
        ("t: 960983", &["phone 960983"]),
        ("Leeds (T: 960 983)", &["phone 960 983"]),
    ]);
    clean(&[
        "T 960983",
        "I can't: 960983",
        "at: 960983",
        "t: 98.6",
        "t: 12000",
        "vat: 960983",
        "ring bleep 123456",
        "call 12345",
        "telephone 0930 1700",
        "phone 0930-1700",
        "tel 09.30-10.30",
        "mobile 2024",
        "telephone ext 12345",
        "phone bleep 12345",
        "phone 12000 patients",
        "0800 1200",
    ]);
}

#[test]
fn numbers_of_hospitals_and_of_insurance_have_letters() {
    check(&[
        ("K number K123456", &["hospital_number K123456"]),
        ("K number: 123456", &["hospital_number 123456"]),
        ("RXH1234567", &["hospital_number RXH1234567"]),
        ("seen as rxh1234567.", &["hospital_number rxh1234567"]),
        ("RXH 1234567", &["hospital_number RXH 1234567"]),
        ("seen at RXH 1234567.", &["hospital_number RXH 1234567"]),
        ("K123456", &["hospital_number? K123456"]),
        ("seen (K1234567) today", &["hospital_number? K1234567"]),
        ("National insurance QQ123456C", &["national_insurance QQ123456C"]),
        ("NI no. QQ 12 34 56 C", &["national_insurance QQ 12 34 56 C"]),
        ("AB123456C", &["national_insurance AB123456C"]),
    ]);
    clean(&[
        "a number of 123456",
        "ref1234567",
        "REF 1234567, RBC 4500000, RNA 1200000",
        "ran 1234567",
        "RXH 12345",
        "RXH\n1234567",
        "RXH 1234567-8",
        "k123456",
        "K12345, K12345678",
        "batch K123456, lot no. B123456",
        "grant number G1234567",
        "K123456-A, PR/K123456, AK123456",
        "PMC1234567, PMID 31462531, NCT01234567",
        "DCB0129 and RCT 2024",
        "QQ123456C",
        "AB123456E",
        "a K number",
    ]);
}

#[test]
fn a_postcode_is_typed_in_other_groups() {
    check(&[
        ("mk40-2aw", &["postcode mk40-2aw"]),
        ("mk40 -2aw", &["postcode mk40 -2aw"]),
        ("MK40 - 2AW", &["postcode MK40 - 2AW"]),
        ("M1-1AE", &["postcode M1-1AE"]),
        ("postcode is mk40 2 aw", &["postcode mk40 2 aw"]),
        ("postcode: MK 40 2AW", &["postcode MK 40 2AW"]),
    ]);
    clean(&["E1 2 bd", "CA19-9", "N1-2nd", "B12-5ug", "L4-5 disc", "T2-3 N0", "24 2/7 weeks"]);
    clean(&["S1-2BD", "L5 - 1st", "L5 -1AB", "CT2 - 1yr", "PE2 - 1ST", "mk40 -\n2aw"]);
}

#[test]
fn a_ward_is_found_by_its_number_and_its_work_is_not() {
    check(&[("on Ward 7 she fell", &["ward_bed? Ward 7"]), ("Ward 7", &["ward_bed? Ward 7"])]);
    clean(&["Ward 7 huddle", "the Ward 7 board round", "Ward 7 staff", "Rose Ward huddle"]);
}

#[test]
fn ones_own_hospital_is_found_by_its_one_word() {
    let own = ["Bedford Hospital", "Reading Hospital", "St Mary's Surgery"].map(str::to_owned);
    let found = |text: &str| {
        let findings = scan(text, &writer(&own)).findings.into_iter();
        findings.map(|found| found.text).collect::<Vec<_>>()
    };
    assert_eq!(found("at Bedford that night"), ["Bedford"]);
    assert_eq!(found("at bedford that night"), ["bedford"]);
    assert_eq!(found("Bedford was busy, Bedford Hospital too"), ["Bedford", "Bedford Hospital"]);
    assert_eq!(found("the night in Reading"), ["Reading"]);
    for none in ["Reading it again", "bedfordshire", "Mary was kind", "the hospital was busy"] {
        assert_eq!(found(none), Vec::<String>::new(), "{none}");
    }
}
