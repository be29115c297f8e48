//! Of a PDF only what draws its pages, finds them and reads them aloud is kept, whatever else
//! programs write into one.

use enhance_model::attachment::{AttachmentFault, Removed, Stripped};

use super::{
    made::{Pdf, inside, pack, photograph, told, unpack},
    says,
};

const NOBODY: [&[u8]; 5] = [b"Smith", b"smith", b"D:2026", b"ward", b"/Users/"];

/// Refuses what tells of anybody, in a file or in a part of it that was unpacked.
fn names_nobody(bytes: &[u8]) {
    for words in NOBODY {
        assert!(!says(bytes, words), "{}", String::from_utf8_lossy(words));
    }
}

fn kept(stripped: &Stripped, all: &[&str]) {
    for words in all {
        assert!(says(&stripped.bytes, words.as_bytes()), "{words} is gone");
    }
}

#[test]
fn sound_film_and_models_are_taken_out_and_the_picture_in_their_place_stays() {
    for (subtype, with) in [
        ("Sound", "/Sound 11 0 R"),
        ("Movie", "/Movie<</F(Smith.avi)/Poster 11 0 R>>/A<</ShowControls true/Aspect[1 Smith]>>"),
        ("Movie", "/Movie<</F(Smith.avi)/Poster 11 0 R>>/A<</ShowControls true>>"),
        ("Screen", "/A<</S/Rendition/R 12 0 R>>/MK<</TP 1>>"),
        ("3D", "/3DD 11 0 R/3DV<</XN(Smith)>>/3DA<</A/PO>>"),
        ("RichMedia", "/RichMediaContent<</Assets<</Names[(Smith) 11 0 R]>>>>"),
        ("FileAttachment", "/FS 11 0 R"),
        ("Nobody#20knows", "/Of(Mr Smith)/More 11 0 R"),
    ] {
        let mut pdf = Pdf::new("", "/Annots[10 0 R]");
        let note = format!("/Subtype/{subtype}/Rect[0 0 9 9]/AP<</N 13 0 R/D 11 0 R>>{with}");
        pdf.add(10, format!("<</Type/Annot{note}>>"));
        pdf.stream(11, "/Type/Sound/R 8000", b"the voice of Mr Smith");
        pdf.add(12, "<</Type/Rendition/N(Smith)/C<</D 11 0 R/P<</TF(TEMPALWAYS)>>>>>>");
        pdf.stream(13, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"(A poster) Tj");
        if with.contains("[1 Smith]") {
            assert!(pdf.refused().to_string().contains("do not fit together"));
            continue;
        }
        let stripped = pdf.stripped("");
        names_nobody(&stripped.bytes);
        kept(&stripped, &["(A poster) Tj", "/AP<</N 13 0 R"]);
    }
}

#[test]
fn a_link_to_the_web_or_a_page_stays_and_one_that_names_a_file_or_runs_something_goes() {
    let web = ["(https://example.org/a)", "(HTTP://example.org)", "<68747470733a2f2f6578>"];
    for address in web {
        let mut pdf = Pdf::new("", "/Annots[10 0 R]");
        let action = format!("/A<</Type/Action/S/URI/URI{address}/Next 11 0 R>>");
        pdf.add(10, format!("<</Subtype/Link/Rect[0 0 9 9]{action}>>"));
        pdf.add(11, "<</S/Launch/F(/Users/smith/ward.doc)>>");
        let stripped = pdf.stripped("");
        names_nobody(&stripped.bytes);
        kept(&stripped, &[&format!("/S/URI/URI{address}")]);
    }
    for action in [
        "<</S/URI/URI(file:///Users/smith/ward.doc)>>",
        "<</S/URI/URI(mailto:smith@example.org)>>",
        "<</S/URI/URI<66696c653a2f2f736d697468>/F(smith)>>",
        "<</S/URI/URI 12 0 R>>",
        "<</S/Launch/F(/Users/smith/ward.doc)/Win<</F(smith.exe)>>>>",
        "<</S/GoToR/F<</Type/Filespec/F(/Users/smith/ward.pdf)>>/D[0/Fit]>>",
        "<</S/GoToE/T<</R/C/N(smith.pdf)>>/D[0/Fit]>>",
        "<</S/JavaScript/JS(app.alert\\('Smith'\\))>>",
        "<</S/SubmitForm/F(https://smith.example.org)>>",
        "<</S/ImportData/F(/Users/smith/ward.fdf)>>",
        "<</S/Rendition/JS 12 0 R/R 12 0 R>>",
        "<</S/Hide/T(Smith)>>",
        "<</S/Thread/F(smith.pdf)/D(ward)>>",
        "<</S/Nobody/Knows(Smith)>>",
        "11 0 R",
    ] {
        let mut pdf = Pdf::new("", "/Annots[10 0 R]");
        pdf.add(10, format!("<</Subtype/Link/Rect[0 0 9 9]/A {action}/PA 11 0 R>>"));
        pdf.add(11, "<</S/Launch/F(/Users/smith/ward.doc)>>");
        pdf.add(12, "(file:///Users/smith/ward.doc)");
        let stripped = pdf.stripped("");
        names_nobody(&stripped.bytes);
        assert!(!says(&stripped.bytes, b"66696c65"), "{action}");
    }
    let mut pdf = Pdf::new(
        "/Names<</Dests<</Names[(a)20 0 R(b)[3 0 R/Fit]]>>>>/Dests<</old 20 0 R>>",
        "/Annots[10 0 R 11 0 R]",
    );
    pdf.add(10, "<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D(a)/SD[1 0 R]>>>>");
    pdf.add(11, "<</Subtype/Link/Rect[0 0 9 9]/Dest 20 0 R>>");
    pdf.add(20, "[3 0 R/XYZ 0 9 0]");
    kept(&pdf.stripped(""), &["[(a)20 0 R(b)[3 0 R/Fit]]", "[3 0 R/XYZ 0 9 0]", "/S/GoTo/D(a)"]);
}

#[test]
fn what_happens_when_a_document_or_a_page_is_opened_or_shut_is_taken_out() {
    let action = "<</S/Launch/F(/Users/smith/ward.doc)>>";
    let all = format!("<</WC{action}/DP 12 0 R/O{action}/C{action}>>");
    let of_catalog =
        format!("/OpenAction{action}/AA{all}/Names<</JavaScript<</Names[(smith)12 0 R]>>>>");
    let mut pdf = Pdf::new(&of_catalog, &format!("/AA{all}/Annots[10 0 R]"));
    pdf.add(10, format!("<</Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/AA<</K 12 0 R/F{action}>>>>"));
    pdf.add(12, "<</S/JavaScript/JS 13 0 R>>");
    pdf.stream(13, "", b"// Smith");
    let stripped = pdf.stripped("");
    names_nobody(&stripped.bytes);
    assert!(told(&stripped, Removed::Rest));
    let pdf = Pdf::new("/OpenAction[3 0 R/Fit]", "");
    kept(&pdf.stripped(""), &["/OpenAction[3 0 R/Fit]"]);
}

#[test]
fn what_no_page_needs_is_taken_out_whatever_it_is_called() {
    let own = "/SMTH_Owner(Mr Smith)/LastModified(D:20261120)/Acme#20Data<</By 20 0 R>>";
    let threads = "/Threads[21 0 R]/OutputIntents[<</S/GTS_PDFX/Info(of Smith)\
        /OutputCondition(Smith)/OutputConditionIdentifier(sRGB)>>]";
    let page = format!("/B[22 0 R]/Thumb 23 0 R/ID<736d697468>{own}");
    let mut pdf = Pdf::new(&format!("{own}{threads}/ViewerPreferences<</Of(Smith)>>"), &page);
    pdf.picture(&format!("/OPI<</2.0<</F(smith.tif)>>>>/Name/Smith{own}"), b"pixels");
    pdf.add(20, "<</Name(Dr Smith)>>");
    pdf.add(21, "<</I<</Title(Smith)/Author(Smith)>>/F 22 0 R>>");
    pdf.add(22, "<</T 21 0 R/N 22 0 R/V 22 0 R/P 3 0 R/R[0 0 9 9]>>");
    pdf.stream(23, "/Width 1/Height 1", b"Smith");
    let stripped = pdf.stripped("/ID[<536d697468><416e6e61>]");
    names_nobody(&stripped.bytes);
    assert!(!says(&stripped.bytes, b"SMTH") && !says(&stripped.bytes, b"536d69"));
    kept(&stripped, &["/OutputConditionIdentifier(sRGB)", "/Width 24/Height 16"]);
    assert!(told(&stripped, Removed::Notes) && told(&stripped, Removed::Preview));
}

#[test]
fn what_is_noted_between_the_words_of_a_page_is_taken_out_of_them() {
    let words = b"/Span<</Author(Mr \\(Smith\\))/Title<536d697468>/MCID 3/ActualText(ffi)>>BDC\n\
        % by Smith\n(A % word <<) Tj EMC /P <</Owner[(Smith)<</By(Smith)>>]/MCID 4>> DP /BI Do\n\
        BI /W 2 /H 1 /BPC 8 /CS /G ID (( EI \xff\nEI\n/Tag <</Contents(Smith)>> BDC EMC";
    let named = "/Properties<</P1 11 0 R/P2<</Author(Smith)/MCID 5>>>>";
    for filter in ["", "FlateDecode", "A85", "AHx", "RL"] {
        let packed = pack(filter, words);
        let head = if filter.is_empty() { String::new() } else { format!("/Filter/{filter}") };
        let mut pdf = Pdf::new("", "");
        let form = format!("/Subtype/Form/Resources<<{named}>>{head}");
        pdf.stream(6, &form, &packed);
        pdf.add(11, "<</Type/Pagination/Author(Mr Smith)/Metadata 12 0 R/Lang(en)>>");
        pdf.stream(12, "/Type/Metadata/Subtype/XML", b"<x>Smith</x>");
        let stripped = pdf.stripped("");
        names_nobody(&stripped.bytes);
        let left = unpack(filter, inside(&stripped.bytes, 6));
        names_nobody(&left);
        for kept in
            [&b"/MCID 3/ActualText(ffi)>>BDC"[..], b"(A % word <<) Tj", b"ID (( EI \xff\nEI"]
        {
            assert!(says(&left, kept), "{filter}: {}", String::from_utf8_lossy(&left));
        }
        kept(&stripped, &["/MCID 5", "/Lang(en)"]);
        assert!(told(&stripped, Removed::Properties) && told(&stripped, Removed::Comments));
    }
}

#[test]
fn words_of_a_page_that_cannot_be_looked_through_are_refused_with_what_to_do() {
    let plain = b"/Span <</Author(Mr Smith)>> BDC (word) Tj EMC";
    let flat = pack("Fl", plain);
    let predicted = "/Filter/FlateDecode/DecodeParms<</Predictor 12>>";
    for (head, inside) in [
        ("/Filter/LZWDecode", &plain[..]),
        ("/Filter/FlateDecode", &flat[..flat.len() / 2]),
        (predicted, &flat),
        ("", b"/Span <</Author(Mr Smith) BDC"),
        ("", b"(no end"),
        ("", b"BI BI BI"),
        ("", b"BI /W 1 /H 1 ID no end /Span <</Author(Mr Smith)>> BDC"),
    ] {
        let mut pdf = Pdf::new("", "");
        pdf.stream(6, &format!("/Subtype/Form{head}"), inside);
        let words = pdf.refused().to_string();
        assert!(words.contains("print it to a new PDF"), "{head}: {words}");
    }
}

#[test]
fn a_form_keeps_what_was_filled_in_and_its_fields_are_known_by_numbers() {
    let names = "/TU(Dr Smith signs here)/TM(smith)/DV(Smith)";
    let mut pdf = Pdf::new(
        "/AcroForm<</Fields[10 0 R]/CO[11 0 R]/SigFlags 3/XFA 14 0 R>>",
        "/Annots[11 0 R 12 0 R]",
    );
    pdf.add(10, format!("<</T(Supervisor Smith)/Kids[11 0 R 12 0 R]{names}>>"));
    let field = "/Subtype/Widget/Rect[0 0 9 9]/Parent 10 0 R";
    pdf.add(11, format!("<<{field}/FT/Tx/T 13 0 R/V(passed)/AP<</N 15 0 R>>{names}>>"));
    let states = "/AP<</N<</Yes 15 0 R/Off 16 0 R>>/R 14 0 R>>/AS/Yes";
    pdf.add(12, format!("<<{field}/FT/Btn/T(x)/V/Yes{states}/MK<</CA(4)/Of(Smith)>>>>"));
    pdf.add(13, "(Grade by Smith)");
    pdf.stream(14, "", b"<xfa>Smith</xfa>");
    pdf.stream(15, "/Subtype/Form/BBox[0 0 9 9]", b"(passed) Tj");
    pdf.stream(16, "/Subtype/Form/BBox[0 0 9 9]", b"(nothing) Tj");
    let stripped = pdf.stripped("");
    names_nobody(&stripped.bytes);
    kept(
        &stripped,
        &[
            "/T(f10)",
            "/T (f11)",
            "/V(passed)",
            "(passed) Tj",
            "(nothing) Tj",
            "/AS/Yes",
            "/MK<</CA(4)",
            "/N<</Yes 15 0 R/Off 16 0 R>>",
        ],
    );
    assert!(told(&stripped, Removed::Properties));
}

#[test]
fn what_is_read_aloud_keeps_its_order_and_its_words_and_says_of_nobody() {
    let root = "/StructTreeRoot 10 0 R/MarkInfo<</Marked true>>/Lang(en-GB)";
    let mut pdf = Pdf::new(root, "/StructParents 0");
    let roles = "/RoleMap<</Heading/H1>>/ClassMap<</Smith<</O/Layout>>>>/IDTree 13 0 R";
    pdf.add(10, format!("<</Type/StructTreeRoot/K 11 0 R/ParentTree 12 0 R{roles}>>"));
    let names = "/T(Smith)/ID(smith-1)/E(Dr Smith)/C/Smith/A[<</O/Table/Scope/Row/Of(Smith)>>0]";
    pdf.add(11, format!("<</S/H1/P 10 0 R/Pg 3 0 R/K[0 14 0 R]/Alt(A chart)/Lang(en){names}>>"));
    pdf.add(12, "<</Nums[0[11 0 R]]>>");
    pdf.add(13, "<</Names[(smith-1)11 0 R]>>");
    pdf.add(14, "<</Type/MCR/Pg 3 0 R/MCID 1/Of(Smith)>>");
    let stripped = pdf.stripped("");
    names_nobody(&stripped.bytes);
    kept(
        &stripped,
        &[
            "/Alt(A chart)/Lang(en)",
            "/K[0 14 0 R]",
            "/Heading/H1",
            "/Scope/Row",
            "/Marked true",
            "/Nums[0[11 0 R]]",
            "/MCID 1",
        ],
    );
}

#[test]
fn layers_are_shown_and_hidden_as_they_were_and_have_no_names_of_anybody() {
    let of_all = "/OCProperties<</OCGs[10 0 R 11 0 R]/D<</Name(of Smith)/Creator(Smith)/OFF[11 0 R]\
        /Order[(Smith)[10 0 R]]>>/Configs[<</Name(Smith)>>]>>";
    let mut pdf = Pdf::new(of_all, "");
    let usage = "/Usage<</CreatorInfo<</Creator(Smith)>>/User<</Name[(Dr Smith)]>>\
        /View<</ViewState/ON>>>>";
    pdf.add(10, format!("<</Type/OCG/Name(Notes of Smith){usage}>>"));
    pdf.add(11, "<</Type/OCG/Name(By Smith)/Intent[/View/Design]>>");
    pdf.stream(6, "/Subtype/Form/OC 12 0 R", b"(layer) Tj");
    pdf.add(12, "<</Type/OCMD/OCGs[10 0 R]/P/AnyOn/Of(Smith)>>");
    let stripped = pdf.stripped("");
    names_nobody(&stripped.bytes);
    kept(
        &stripped,
        &["/OFF[11 0 R]", "/Name(f10)", "/Name(f11)", "/View<</ViewState/ON>>", "/P/AnyOn"],
    );
}

#[test]
fn what_letters_and_colours_are_drawn_with_stays() {
    let font = "/Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[11 0 R]\
        /ToUnicode 13 0 R";
    let resources = "/Resources<</Font<</F1 10 0 R/F2 15 0 R>>/ExtGState<</G1 16 0 R>>\
        /ColorSpace<</C1[/ICCBased 17 0 R]/C2[/Separation/Spot/DeviceRGB 18 0 R]>>\
        /Pattern<</P1 19 0 R/P2<</PatternType 2/Shading 20 0 R>>>>/Shading<</S1 20 0 R>>\
        /ProcSet[/PDF/Text]>>";
    let mut pdf = Pdf::new("", "");
    pdf.add(3, format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[4 0 R]{resources}>>"));
    let parts = [
        (10, format!("<<{font}>>")),
        (
            11,
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[0[500 600]]/FontDescriptor 12 0 R\
            /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
                .to_owned(),
        ),
        (12, "<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 14 0 R>>".to_owned()),
        (
            15,
            "<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FontBBox[0 0 1 1]/FirstChar 0\
            /CharProcs<</a 21 0 R>>/Encoding<</Differences[0/a]>>>>"
                .to_owned(),
        ),
        (16, "<</ca 0.5/SMask<</S/Luminosity/G 22 0 R>>/BM/Multiply>>".to_owned()),
        (18, "<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 0 0]/N 1>>".to_owned()),
        (20, "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function 18 0 R>>".to_owned()),
    ];
    for (number, part) in &parts {
        pdf.add(*number, part);
    }
    pdf.stream(13, "", b"begincmap % a table");
    pdf.stream(14, "/Length1 9", b"font (file");
    pdf.stream(17, "/N 3/Alternate/DeviceRGB", b"no profile");
    pdf.stream(19, "/PatternType 1/PaintType 1/BBox[0 0 9 9]/XStep 9/YStep 9", b"0 0 5 5 re f");
    pdf.stream(21, "", b"0 0 1 1 re f");
    pdf.stream(22, "/Subtype/Form/Group<</S/Transparency/CS/DeviceGray>>", b"1 g 0 0 9 9 re f");
    let before = pdf.bytes.clone();
    let stripped = pdf.stripped("");
    let same = before.iter().zip(&stripped.bytes).skip(300).filter(|(was, is)| was != is).count();
    for (_, part) in &parts {
        kept(&stripped, &[part]);
    }
    kept(&stripped, &["begincmap % a table", "font (file", "/XStep 9", "/CS/DeviceGray"]);
    assert!(same < 450, "{same} bytes: what nothing leads to now, the picture among it");
}

#[test]
fn the_colours_of_a_picture_in_a_pdf_say_whose_screen_it_was_no_more() {
    let profile = super::pictures::profile();
    for (head, packed) in [("", profile.clone()), ("/Filter/FlateDecode", pack("Fl", &profile))] {
        let mut pdf = Pdf::new("", "");
        let picture = "/Subtype/Image/Width 1/Height 1/ColorSpace[/ICCBased 10 0 R]";
        pdf.stream(6, picture, b"rgb");
        pdf.stream(10, &format!("/N 3{head}"), &packed);
        let stripped = pdf.stripped("");
        let left = inside(&stripped.bytes, 10);
        let left = if head.is_empty() { left.to_vec() } else { unpack("Fl", left) };
        names_nobody(&left);
        assert!(says(&left, b"acsp") && says(&left, b"XYZ \0\0\0\0red"));
        assert!(told(&stripped, Removed::Notes));
    }
}

#[test]
fn a_scanned_photograph_without_an_end_is_taken_into_a_pdf_without_its_notes() {
    let whole = photograph();
    let scan = whole.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    for end in [scan + 30, scan + 60] {
        let mut pdf = Pdf::new("", "");
        pdf.picture("/Filter/DCTDecode", &whole[..end]);
        let stripped = pdf.stripped("");
        names_nobody(&stripped.bytes);
        assert!(told(&stripped, Removed::Camera) && !says(&stripped.bytes, b"Acme"));
    }
    let mut pdf = Pdf::new("", "");
    pdf.picture("/Filter/DCTDecode", &whole[..scan]);
    assert!(pdf.refused().to_string().contains("a photograph in it is damaged"));
}

#[test]
fn a_pdf_that_opens_without_its_password_is_refused_with_what_to_do() {
    let mut pdf = Pdf::new("", "");
    pdf.add(9, "<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -44>>");
    pdf.stream(21, "/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Encrypt 9 0 R", b"x");
    let fault = pdf.refused();
    assert_eq!(fault, AttachmentFault::Encrypted);
    assert!(fault.to_string().ends_with("print it to a new PDF, and attach that"));
}
