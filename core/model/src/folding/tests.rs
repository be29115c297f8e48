use proptest::prelude::*;

use super::*;

fn words(text: &str) -> Vec<String> {
    parts(text).map(|part| part.text).collect()
}

#[test]
fn what_looks_alike_is_folded_alike() {
    for (one, other) in [
        ("fluid\u{ad}balance", "FluidBalance"),
        ("pre\u{200b}scribing", "prescribing"),
        ("e\u{fb03}cient", "efficient"),
        ("Ｃｏｖｉｄ", "covid"),
        ("Łukasz", "lukasz"),
        ("Øyvind", "oyvind"),
        ("Æsop", "aesop"),
        ("Straße", "STRASSE"),
        ("STRAẞE", "strasse"),
        ("Þór", "thor"),
        ("Đorđe", "dorde"),
        ("İstanbul", "istanbul"),
        ("Isparta", "ısparta"),
        ("ИСКРЁННО", "искренно"),
        ("ΟΔΟΣ", "οδος"),
        ("ὁδός", "ΟΔΟΣ"),
        ("Zoë Müller", "Zoe\u{308} Mu\u{308}ller"),
        ("مُسْتَشْفَى", "مستشفي"),
        ("أحمد", "احمد"),
        ("مـــريض", "مريض"),
        ("שָׁלוֹם", "שלום"),
        ("٣٤", "34"),
        ("२०२६", "2026"),
        ("①", "1"),
        ("Anne\u{2011}Marie", "anne marie"),
        ("O’Brien", "O'BRIEN"),
        ("Oʼbrien", "obrien"),
        ("J.R. Smith", "JR Smith"),
        ("が", "か\u{3099}"),
        ("ｶﾞ", "ガ"),
        ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ("👍🏽", "👍\u{fe0f}"),
        ("a\u{a0}\u{2003}b", "A B"),
        ("Việt Nam", "viet nam"),
        ("Kelvin K", "kelvin k"),
        ("𝒜bc 𝟗", "abc 9"),
    ] {
        assert_eq!(folded(one), folded(other), "{one} and {other}");
    }
}

#[test]
fn what_differs_stays_apart() {
    for (one, other) in [
        ("か", "が"),
        ("Lee", "Leeson"),
        ("หมา", "หมี"),
        ("and/or", "andor"),
        ("ل", "م"),
        ("1.5", "1 5"),
    ] {
        assert_ne!(folded(one), folded(other), "{one} and {other}");
    }
}

#[test]
fn a_text_is_cut_into_words_runs_and_pictures() {
    assert_eq!(words("O’Brien-Smith's SpO₂ (94%)"), ["o", "brien", "smith", "s", "spo", "2", "94"]);
    assert_eq!(words("病院で ICUへ"), ["病院で", "icu", "へ"]);
    assert_eq!(words("👩\u{200d}⚕\u{fe0f}ok"), ["👩", "⚕", "ok"]);
    assert_eq!(words(" -- \0 \u{200b} %"), Vec::<String>::new());
    let gaps: Vec<Gap> = parts("a b/c-d'e₂").map(|part| part.gap).collect();
    assert_eq!(gaps, [Gap::Space, Gap::Space, Gap::Sign, Gap::Dash, Gap::Mark, Gap::Mark]);
}

#[test]
fn a_part_knows_where_it_was_written() {
    let text = "É\u{301}te\u{ad}s, 病院";
    let found: Vec<Part> = parts(text).collect();
    assert_eq!(&text[found[0].bytes.clone()], "É\u{301}te\u{ad}s");
    assert_eq!(&text[found[1].bytes.clone()], "病院");
    assert_eq!(&text[found[1].bytes.start..found[1].ends[0]], "病");
    let text = "Zoe\u{308}, ผู้ป่วย";
    let found: Vec<Part> = parts(text).collect();
    assert_eq!(&text[found[0].bytes.clone()], "Zoe\u{308}");
    assert_eq!(&text[found[1].bytes.start..found[1].ends[0]], "ผู้");
}

#[test]
fn a_word_without_end_is_cut_and_still_one_word() {
    let long = "a".repeat(1_000_000);
    let found: Vec<Part> = parts(&long).collect();
    assert_eq!((found.len(), found[0].text.len(), found[0].bytes.end), (1, LONGEST, long.len()));
}

/// What is folded is in the index, so a folding that changes needs a step of the schema that
/// indexes everything again. This fails if it does, for any sign there is.
#[test]
fn the_folding_of_every_sign_is_the_one_that_was_indexed() {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    for sign in '\0'..=char::MAX {
        for part in parts(sign.encode_utf8(&mut [0; 4])) {
            assert_eq!(
                words(&part.text),
                std::slice::from_ref(&part.text),
                "{sign:?} folds to what folds further"
            );
            hash.update(u32::from(sign).to_le_bytes());
            hash.update(part.text);
        }
    }
    let found = crate::Sha256::from_bytes(hash.finalize().into()).to_string();
    assert_eq!(found, "fef81b529ab5d1ab5a01ff1ade83899eae1317e1b8956a4149f471f939cd36e6");
}

proptest! {
    /// Any text can be cut, its parts are in their order, and each part is part of the text.
    #[test]
    fn any_text_is_cut_where_its_letters_are(text in "\\PC{0,40}|[\\x00-\\x{ffff}]{0,20}") {
        let mut start = 0;
        for part in parts(&text) {
            prop_assert!(part.bytes.start >= start);
            prop_assert!(text.get(part.bytes.clone()).is_some());
            prop_assert!(!part.text.is_empty());
            if part.kind == PartKind::Run {
                prop_assert_eq!(part.ends.len(), part.text.chars().count());
            }
            start = part.bytes.start;
        }
    }
}
