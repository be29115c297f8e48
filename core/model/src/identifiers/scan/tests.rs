//! That looking through a text costs what the text is long, counted in tokens looked at.

use jiff::civil::date;

use super::*;
use crate::identifiers::FindingKind;

/// Texts that begin something at each token and end nothing.
const HOSTILE: &[&str] = &[
    "a.",
    "0",
    "0 ",
    "1 2 ",
    "1/2/",
    "07 ",
    "+4 ",
    "(0 ",
    "Mr ",
    "Mr A. ",
    "van der ",
    "Dr de la ",
    "aged ",
    "aged of ",
    "ward no. ",
    "born in the ",
    "d.o.b ",
    "3 of ",
    "June 4 ",
    "patient 3/4/24 ",
    "A1",
    "AB1 1",
    "LS6 lives at ",
    "Wilson's ",
    "her late ",
    "https://",
    "www.",
    "a@",
    "a-b'c.d@",
    "st mary's ",
    "12345678 gmc",
    "hospital no. number: ",
    "\u{200b}a",
    "ninety-",
    "é\u{301}",
    "\n",
    "'",
    "@",
    "943 476 591",
    "943-476-",
    "9 ",
    "born third of ",
    "DOB nineteen ",
    "postcode - ",
    "lives at m - 4 - ",
    "tel no. ",
    "Mr\n",
    "dr o'",
    "patient: ",
    "patient John ",
    "a man of ",
    "K number ",
    "ni ab 12 ",
    "M93 ",
    "92 years ",
    "older than ",
    "age 90+",
    "(943) 476 ",
    "(943)",
    "RXH 1234567",
    "K123456",
    "t: 9 ",
    "mk40 - ",
    "943\n476 ",
    "943|476|",
    "nhsno94",
    "a hundred and ",
    "90+, ",
    "mr j ",
    "12A3456",
    "case note ",
    "motor neurone ",
    "Tuesday the ",
    "mob 07\n",
];

/// How often tokens are asked for in a text of so many bytes.
fn reads(piece: &str, bytes: usize) -> (usize, usize) {
    let text = piece.repeat(bytes / piece.len() + 1);
    let tokens = Tokens::of(&text);
    let places =
        OwnPlaces::of(&["St Mary's Hospital of the Holy Ghost", "Mr Hospital"].map(str::to_owned));
    let walk = Walk { places, old_years: OldYears::before(2026), is_patient: false };
    let hits = walk.hits(&tokens, 0, &mut Facts::default());
    assert!(hits.len() <= tokens.len());
    (tokens.reads.get(), tokens.len())
}

/// So many reads for a token are enough for all questions that are asked at one.
const MOST_READS: usize = 300;

#[test]
fn what_a_text_costs_grows_with_its_length_alone() {
    for piece in HOSTILE {
        let (short, _) = reads(piece, 1_500);
        let (long, tokens) = reads(piece, 6_000);
        assert!(long <= short * 5 + 5_000, "{piece:?}: {short} reads of a quarter, {long} of all");
        assert!(long <= (tokens + 1) * MOST_READS, "{piece:?}: {long} reads of {tokens} tokens");
    }
    let (all, tokens) = reads(&HOSTILE.concat(), 100_000);
    assert!(all <= tokens * MOST_READS, "{all} reads of {tokens} tokens");
}

#[test]
fn one_very_long_word_costs_no_more_than_its_length() {
    const MEGABYTE: usize = 1_000_000;
    for sign in ["a", "K", "9", "\u{e9}", "\u{301}", "\u{200b}"] {
        let (reads, tokens) = reads(sign, MEGABYTE);
        assert!(tokens <= 1 && reads <= 2 * MOST_READS, "{sign:?}: {reads} reads");
    }
    let (reads, tokens) = reads("older than 90, K123456; ", MEGABYTE);
    assert!(reads <= tokens * MOST_READS, "{reads} reads of {tokens} tokens");
}

#[test]
fn in_the_way_of_a_patient_every_exact_date_is_beside_one() {
    let text = "Came on 3 April 2026, aged 93.";
    let writer = Writer { own_places: Vec::new(), today: date(2026, 11, 25) };
    let kinds = |scan: Scan| scan.findings.into_iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(kinds(scan_patient([text], &writer)), [FindingKind::Date, FindingKind::Age]);
    assert_eq!(kinds(scan_patient(["Waited three days."], &writer)), []);
}
