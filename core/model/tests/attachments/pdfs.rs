//! What PDFs say of who made them, when, where and with what, in all the places where they do.

use enhance_model::attachment::{Removed, strip};

use super::{
    PRIVATE,
    made::{Pdf, inside, pack, photograph, told, unpack},
    says,
};

const NAMES: [&str; 4] = ["ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "FlateDecode"];

#[test]
fn a_photograph_in_a_pdf_loses_place_and_camera_in_whatever_it_is_packed() {
    let alone = [vec![], vec!["FlateDecode"], vec!["Fl"], vec!["AHx"], vec!["A85"], vec!["RL"]];
    let chains = NAMES.map(|name| vec![name, "FlateDecode"]);
    for chain in alone.into_iter().chain(chains).chain([vec!["A85", "AHx", "RL"]]) {
        let packed = chain.iter().rev().fold(photograph(), |bytes, name| pack(name, &bytes));
        let names = chain.iter().fold(String::new(), |names, name| names + "/" + name + " ");
        for filter in [
            format!("/Filter[{names}/DCTDecode]"),
            format!("/Filter [ {names}/DCT ]/DecodeParms[null null]"),
            format!("/Fi#6cter[{names}/D#43TDecode]"),
            "/Filter 20 0 R".to_owned(),
        ] {
            let mut pdf = Pdf::new("", "");
            pdf.picture(&filter, &packed);
            pdf.add(20, format!("[{names} 21 0 R]"));
            pdf.add(21, "/DCTDecode");
            let stripped = pdf.stripped("");
            let left = inside(&stripped.bytes, 6);
            let left = chain.iter().fold(left.to_vec(), |bytes, name| unpack(name, &bytes));
            for words in PRIVATE {
                assert!(!says(&left, words), "{filter}: {}", String::from_utf8_lossy(words));
            }
            assert!(says(&left, b"ICC_PROFILE\0"), "{filter}: its colours stay");
            assert!(left.trim_ascii_end().ends_with(&[0xff, 0xd9]), "{filter}");
            assert!(told(&stripped, Removed::Camera) && told(&stripped, Removed::Comments));
        }
    }
}

#[test]
fn a_photograph_that_cannot_be_looked_into_is_refused_with_what_to_do() {
    let plain = photograph();
    let predicted = "/Filter[/FlateDecode/DCTDecode]/DecodeParms[<</Predictor 12>> null]";
    let flat = pack("Fl", &plain);
    for (filter, packed) in [
        ("/Filter[/LZWDecode/DCTDecode]", &plain[..]),
        ("/Filter[/NobodyKnows/DCTDecode]", &plain),
        ("/Filter[/DCTDecode/FlateDecode]", &plain),
        ("/Filter[/FlateDecode/DCTDecode]", &flat[..flat.len() / 2]),
        ("/Filter 33 0 R", &plain),
        ("/Filter/DCTDecode", &plain[..400]),
        (predicted, &flat),
    ] {
        let mut pdf = Pdf::new("", "");
        pdf.picture(filter, packed);
        let words = pdf.refused().to_string();
        assert!(
            words.ends_with("print it to a new PDF, or take a photograph of it, and attach that"),
            "{filter}: {words}"
        );
    }
    for page in [&b"q BI /W 24 /H 16 /F /DCT ID \xff\xd8 EI Q"[..], b"BI\n/F[/A85/DCTDecode]\nID x"]
    {
        for filter in ["", "/Filter/FlateDecode"] {
            let mut pdf = Pdf::new("", "");
            let page = if filter.is_empty() { page.to_vec() } else { pack("Fl", page) };
            pdf.stream(6, &format!("/Type/XObject/Subtype/Form{filter}"), &page);
            assert!(pdf.refused().to_string().contains("stands between the words of a page"));
        }
    }
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let nothing = vec![0; 140 << 20];
    let once = pack("Fl", &nothing);
    for (filter, packed) in [
        ("/Filter/FlateDecode/Type/ObjStm/N 1/First 4", once.clone()),
        ("/Filter[/FlateDecode/DCTDecode]", once.clone()),
        ("/Filter[/Fl/Fl/DCT]", pack("Fl", &once)),
        ("/Filter[/Fl/RL/DCT]", pack("Fl", &[129, 0].repeat(2 << 20))),
        ("/Filter/FlateDecode", once.clone()),
    ] {
        let mut pdf = Pdf::new("", "");
        pdf.stream(6, filter, &packed);
        let words = pdf.refused().to_string();
        assert!(words.contains("it unpacks to more than 128 MiB"), "{filter}: {words}");
    }
}

#[test]
fn what_programs_keep_for_themselves_is_taken_out_wherever_it_stands() {
    let private = "/PieceInfo<</Maker<</LastModified(D:20261120)/Private 10 0 R>>>>";
    let escaped = "/Piece#49nfo 12 0 R/LastModified(D:20261120)/Thumb 13 0 R";
    let mut pdf = Pdf::new(private, escaped);
    pdf.picture("/PieceInfo 12 0 R/PTEX.FileName(/home/Smith/ward.pdf)", b"pixels");
    pdf.add(10, "<</Bed [11 0 R]/Name /Smith % Smith\n>>");
    pdf.stream(11, "", b"Mr Smith");
    pdf.add(12, "<</Maker<</Private(Mr Smith)>>>>");
    pdf.stream(13, "/Width 1/Height 1", b"Smith");
    let stripped = pdf.stripped("");
    for words in [&b"Smith"[..], b"D:2026", b"ward", b"PTEX"] {
        assert!(!says(&stripped.bytes, words), "{}", String::from_utf8_lossy(words));
    }
    assert_eq!(inside(&stripped.bytes, 6), b"pixels");
    assert!(told(&stripped, Removed::Notes) && told(&stripped, Removed::Preview));
    assert!(!told(&stripped, Removed::Rest));
}

#[test]
fn of_a_note_on_a_page_what_is_seen_stays_and_not_the_words_behind_it_nor_who_wrote_it_when() {
    let who = "/T(Mr Smith)/M(D:20261120)/CreationDate(D:20261120)/NM(Smith-1)/RC(Smith)";
    let notes = "/Annots[10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R]";
    let mut pdf = Pdf::new("/AcroForm<</Fields[12 0 R]>>", notes);
    let behind = "/Contents(Mrs Okafor of ward 7, says Smith)";
    pdf.add(10, format!("<</Type/Annot/Subtype/Text/Rect[0 0 9 9]{behind}/Popup 15 0 R{who}>>"));
    pdf.packed(
        20,
        &[(11, &format!("<</Subtype/Highlight/Rect[0 0 9 9]{behind}/AP<</N 16 0 R>>{who}>>"))],
        &["FlateDecode"],
    );
    pdf.add(13, format!("<</Subtype/FreeText/Rect[0 0 9 9]/Contents(Well done){who}>>"));
    let web = "/A<</S/URI/URI(https://gmc-uk.org)>>";
    pdf.add(14, format!("<</Subtype/Link/Rect[0 0 9 9]/Contents(To the council){web}{who}>>"));
    pdf.add(15, format!("<</Subtype/Popup/Rect[0 0 9 9]/Parent 10 0 R{behind}>>"));
    pdf.stream(16, "/Type/XObject/Subtype/Form", b"0 0 9 9 re f");
    pdf.add(12, "<</Subtype/Widget/FT/Tx/Rect[0 0 9 9]/T(grade)/V(pass)/M(D:20261120)>>");
    let stripped = pdf.stripped("");
    let packed = unpack("Fl", inside(&stripped.bytes, 20));
    assert!(says(&stripped.bytes, b"/Contents(Well done)"), "it is written on the page");
    assert!(says(&stripped.bytes, b"/Contents(To the council)"), "it is read aloud");
    assert!(says(&stripped.bytes, b"/Subtype/Text") && says(&packed, b"/AP<</N 16 0 R>>"));
    assert!(says(&stripped.bytes, b"0 0 9 9 re f") && told(&stripped, Removed::Comments));
    assert!(says(&stripped.bytes, b"/T(f12)  /V(pass)"), "what was filled in can be seen");
    for words in [&b"Smith"[..], b"D:2026", b"Okafor"] {
        assert!(!says(&stripped.bytes, words) && !says(&packed, words));
    }
    assert!(told(&stripped, Removed::Properties));
}

#[test]
fn properties_are_taken_out_of_every_version_of_a_file_that_was_saved_again() {
    let mut pdf = Pdf::new("", "");
    pdf.add(8, "<</Author(Mr Smith)/Title 9 0 R>>");
    pdf.add(9, "(Bed 12)");
    pdf.add(10, "(An earlier Smith)");
    pdf.end("/Info 8 0 R");
    pdf.add(8, "<</Author(Dr Smith)>>");
    pdf.add(10, "(Smith no more)");
    pdf.end("/Info 8 0 R/Prev 9");
    pdf.bytes.extend(b"% saved by Smith\n");
    pdf.add(11, "<</Producer<536d697468>/Creator(Smith)>>");
    let stripped = pdf.stripped("/Info 11 0 R/Prev 9/DocInfo(Smith)");
    for words in [&b"Smith"[..], b"536d697468", b"Bed 12", b"/Info", b"DocInfo"] {
        assert!(!says(&stripped.bytes, words), "{}", String::from_utf8_lossy(words));
    }
    assert!(told(&stripped, Removed::Properties) && told(&stripped, Removed::Rest));
}

#[test]
fn what_is_in_a_packed_part_is_taken_out_as_elsewhere() {
    for filters in [&[][..], &["FlateDecode"], &["A85", "Fl"], &["AHx"], &["RL"]] {
        let mut pdf = Pdf::new("/Outlines 30 0 R", "");
        let catalog = "<</Type/Catalog/Pages 2 0 R/Outlines 30 0 R/Metadata 31 0 R>>";
        let objects = [
            (1, catalog),
            (8, "<</Author(Mr Smith)/CreationDate(D:20261120083000Z)/Creator(Smith)>>"),
            (30, "<</Type/Outlines/First 32 0 R/Last 32 0 R/Count 1>>"),
            (32, "<</Title(First page)/Parent 30 0 R>>"),
            (33, "(Nobody needs Smith)"),
        ];
        pdf.packed(20, &objects, filters);
        pdf.stream(31, "/Type/Metadata/Subtype/XML", b"<x:xmpmeta>Mr Smith</x:xmpmeta>");
        let stripped = pdf.stripped("/Info 8 0 R");
        let packed = inside(&stripped.bytes, 20).to_vec();
        let packed = filters.iter().fold(packed, |bytes, name| unpack(name, &bytes));
        assert!(says(&packed, b"/Title(First page)") && says(&packed, b"/Outlines 30 0 R"));
        for words in [&b"Smith"[..], b"D:2026", b"Metadata"] {
            assert!(!says(&packed, words) && !says(&stripped.bytes, words), "{filters:?}");
        }
        assert!(told(&stripped, Removed::Properties) && told(&stripped, Removed::Notes));
    }
}

#[test]
fn a_table_of_places_that_is_packed_keeps_its_places_and_points_to_no_properties() {
    let mut pdf = Pdf::new("", "");
    pdf.add(8, "<</Author(Mr Smith)>>");
    let places = pack("Fl", &[1, 0, 9, 0].repeat(9));
    let table = "/Type/XRef/Size 40/W[1 2 1]/Root 1 0 R/Info 8 0 R/Filter/FlateDecode";
    pdf.stream(21, &format!("{table}/DecodeParms<</Columns 4/Predictor 12>>"), &places);
    let stripped = pdf.stripped("");
    assert!(!says(&stripped.bytes, b"/Info") && !says(&stripped.bytes, b"Smith"));
    assert_eq!(inside(&stripped.bytes, 21), places);
    assert!(told(&stripped, Removed::Properties));
}

#[test]
fn a_packed_part_that_cannot_be_read_is_refused() {
    for (head, inside) in [
        ("/Type/ObjStm", &b"xx"[..]),
        ("/Type/ObjStm/N 1/First 90", b"8 0 (Smith)"),
        ("/Type/ObjStm/N 2/First 8", b"8 2 9 0 (a) (b)"),
        ("/Type/ObjStm/N 1/First 4/Filter/LZWDecode", b"8 0 (Smith)"),
        ("/Type/ObjStm/N 1/First 4/Filter/Crypt", b"8 0 (Smith)"),
        ("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", b"8 0 (Smith)"),
    ] {
        let mut pdf = Pdf::new("", "");
        pdf.stream(20, head, inside);
        assert!(pdf.refused().to_string().contains("cannot be looked through"), "{head}");
    }
}

#[test]
fn files_inside_a_pdf_are_taken_out() {
    let names = "/Names<</EmbeddedFiles<</Names[(Smith.docx) 10 0 R]>>>>/AF[10 0 R]";
    let mut pdf = Pdf::new(names, "/Annots[12 0 R]");
    pdf.add(10, "<</Type/Filespec/F(Smith.docx)/UF(Smith.docx)/Desc(Smith)/EF<</F 11 0 R>>>>");
    pdf.stream(11, "/Type/EmbeddedFile/Params<</ModDate(D:20261120)>>", b"Mr Smith");
    pdf.add(12, "<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 10 0 R/Contents(see there)>>");
    let stripped = pdf.stripped("");
    assert!(!says(&stripped.bytes, b"Smith") && !says(&stripped.bytes, b"D:2026"));
    assert!(told(&stripped, Removed::Files));
}

#[test]
fn a_digital_signature_is_taken_out_with_the_name_in_it_and_what_is_seen_of_it_stays() {
    let mut pdf =
        Pdf::new("/AcroForm<</Fields[10 0 R]>>/Perms<</DocMDP 11 0 R>>", "/Annots[10 0 R]");
    pdf.add(10, "<</Subtype/Widget/FT/Sig/T(Signature1)/Rect[0 0 9 9]/V 11 0 R/AP<</N 12 0 R>>>>");
    pdf.add(11, "<</Type/Sig/Name(Dr Smith)/ByteRange[0 1 2 3]/Contents<536d697468>>>");
    pdf.stream(12, "/Type/XObject/Subtype/Form", b"(Signed by hand) Tj");
    let stripped = pdf.stripped("");
    assert!(!says(&stripped.bytes, b"Dr Smith") && !says(&stripped.bytes, b"536d"));
    assert!(says(&stripped.bytes, b"(Signed by hand)") && told(&stripped, Removed::Signatures));
}

#[test]
fn where_a_map_or_a_photograph_on_a_page_lies_is_taken_out() {
    let place = "/VP[<</Type/Viewport/Measure<</Subtype/GEO/GPTS[51.5 0.1]>>>>]";
    let mut pdf = Pdf::new("", place);
    pdf.picture("/Filter/JPXDecode", &[&coded(b"by Smith")[..], b"pixels"].concat());
    let boxes: [(&[u8], &[u8]); 5] = [
        (b"jP  ", b"\r\n\x87\n"),
        (b"xml ", b"<x>Smith</x>"),
        (b"jp2h", b"how"),
        (b"uuid", b"GPS of the ward"),
        (b"jp2c", &coded(b"by Smith")),
    ];
    let length = |inside: &[u8]| u32::try_from(inside.len() + 8).unwrap().to_be_bytes();
    let boxes = boxes.map(|(name, inside)| [&length(inside)[..], name, inside].concat()).concat();
    let packed = pack("Fl", &boxes);
    pdf.stream(7, "/Subtype/Image/Filter[/FlateDecode/JPXDecode]", &packed);
    let pictures = "/Resources<</XObject<</Im1 6 0 R/Im2 7 0 R>>>>";
    pdf.add(3, format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{pictures}{place}>>"));
    let stripped = pdf.stripped("");
    let second = unpack("Fl", inside(&stripped.bytes, 7));
    for words in [&b"Smith"[..], b"GPS", b"51.5", b"GPTS"] {
        assert!(!says(&stripped.bytes, words) && !says(&second, words));
    }
    assert!(says(&second, b"jp2hhow") && says(&stripped.bytes, b"pixels"));
    assert!(told(&stripped, Removed::Camera) && told(&stripped, Removed::Notes));
}

/// The beginning of a coded picture with a remark.
fn coded(remark: &[u8]) -> Vec<u8> {
    let length = u16::try_from(remark.len() + 4).unwrap().to_be_bytes();
    [&b"\xff\x4f\xff\x51\0\x04ab\xff\x64"[..], &length, b"\0\x01", remark, b"\xff\x90\0\x0a"]
        .concat()
}

#[test]
fn what_stands_between_the_parts_of_a_pdf_or_after_its_end_is_left_blank() {
    let mut pdf = Pdf::new("", "");
    pdf.bytes.extend(b"% by Smith, 9 0 obj\nSmith (Smith) << /Smith\n");
    pdf.add(10, "[1 % Smith\n 2]");
    pdf.end("");
    pdf.bytes.extend(b"PK\x03\x04 Smith.docx\n");
    let stripped = strip(&pdf.bytes).unwrap();
    assert!(!says(&stripped.bytes, b"Smith") && !says(&stripped.bytes, b"PK"));
    assert!(told(&stripped, Removed::Rest));
    assert!(says(&stripped.bytes, b"startxref\n"));
}

#[test]
fn a_pdf_without_pages_or_of_parts_that_do_not_fit_is_refused() {
    for (from, to) in [
        ("/Catalog", "/Catalo_"),
        ("<</Type/Pages", "<</Type Pages"),
        ("/Kids[3 0 R]", "/Kids{3 0 R}"),
    ] {
        let mut pdf = Pdf::new("", "");
        let bytes = String::from_utf8_lossy(&pdf.bytes).replace(from, to).into_bytes();
        pdf.bytes = bytes;
        assert!(pdf.refused().to_string().contains("cannot be looked through"), "{to}");
    }
    let mut pdf = Pdf::new("", "");
    pdf.add(10, "[".repeat(100_000));
    assert!(pdf.refused().to_string().contains("cannot be looked through"));
}
