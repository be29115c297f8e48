//! What a part of a PDF may say, by what it is there for: the list of what a page needs to be
//! drawn, to be found and to be read aloud. What is not on it is taken out.
#![expect(clippy::match_same_arms, reason = "each family is read by itself")]

/// What a value is: one thing, or things of one family by names that the file chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) family: Family,
    is_map: bool,
}

/// Things of which the same is kept, and that lead to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// What says where the parts of a file are.
    Trailer,
    Catalog,
    Page,
    /// What pages call pictures, letters and colours.
    Resources,
    /// What draws: the words of a page, a picture, a stamp, a pattern.
    Drawn,
    /// How lines are drawn and colours are mixed.
    Graphics,
    Font,
    /// Colours and how they go over into each other.
    Paint,
    /// How a stream is packed.
    Packing,
    /// A note, a link or a field of a form.
    Note,
    /// How the edge of a note looks, and what is written on a button.
    Look,
    Appearance,
    Form,
    /// What a link does.
    Action,
    /// Where a link leads.
    Place,
    Places,
    Tree,
    Outline,
    /// What is read aloud, and in which order.
    Structure,
    Attributes,
    /// What can be shown and hidden, and what a part of a page is.
    Layer,
    Labels,
    View,
    /// A value with nothing in it that has a name.
    Plain,
    /// Back to something that others lead to, if anything does.
    Back,
}

use Family::{
    Action, Appearance, Attributes, Back, Catalog, Drawn, Font, Form, Graphics, Labels, Layer,
    Look, Note, Outline, Packing, Page, Paint, Place, Places, Plain, Resources, Structure, Trailer,
    Tree, View,
};

impl Kind {
    pub(super) const fn one(family: Family) -> Self {
        Self { family, is_map: false }
    }

    const fn map(family: Family) -> Self {
        Self { family, is_map: true }
    }

    /// The same of a stream, which is always one thing.
    pub(super) const fn of_stream(self) -> Self {
        Self::one(self.family)
    }

    /// What stands in a list of this kind.
    pub(super) const fn of_element(self) -> Self {
        let family = match self.family {
            Places => Place,
            // To a page and how to look at it.
            Place | Action => Back,
            same => same,
        };
        Self { family, ..self }
    }

    /// What stands under this name, if it is kept.
    pub(super) fn under(self, name: &[u8]) -> Option<Self> {
        if self.is_map {
            return Some(Self::one(self.family));
        }
        let name = std::str::from_utf8(name).ok()?;
        match self.family {
            Resources => of_resources(name),
            Trailer | Catalog | Page | Labels | View => of_document(self.family, name),
            Drawn | Graphics | Font | Paint => of_drawing(self.family, name),
            Note | Look | Appearance | Form => of_note(self.family, name),
            Place | Places | Tree | Outline => of_way(self.family, name).map(Self::one),
            Structure | Attributes | Layer => of_structure(self.family, name),
            Packing => of_packing(name).map(Self::one),
            Action | Plain | Back => None,
        }
    }
}

fn of_document(family: Family, name: &str) -> Option<Kind> {
    let family = match (family, name) {
        (Trailer, "Root") => Catalog,
        (Trailer, "Size" | "Prev" | "XRefStm" | "Type" | "W" | "Index" | "N" | "First") => Plain,
        (Catalog, "Pages") => Page,
        (Catalog, "PageLabels") => Labels,
        (Catalog, "ViewerPreferences" | "MarkInfo") => View,
        (Catalog, "Outlines") => Outline,
        (Catalog, "Names") => Tree,
        (Catalog, "Dests") => return Some(Kind::map(Place)),
        (Catalog, "OpenAction") => Action,
        (Catalog, "AcroForm") => Form,
        (Catalog, "StructTreeRoot") => Structure,
        (Catalog, "OCProperties") => Layer,
        (Catalog, "OutputIntents") => Paint,
        (Catalog, "Type" | "Version" | "PageLayout" | "PageMode" | "Lang") => Plain,
        (Page, "Kids") => Page,
        (Page, "Parent") => Back,
        (Page, "Contents") => Drawn,
        (Page, "Resources") => Resources,
        (Page, "Group") => Paint,
        (Page, "Annots") => Note,
        (
            Page,
            "Type" | "Count" | "MediaBox" | "CropBox" | "BleedBox" | "TrimBox" | "ArtBox"
            | "Rotate" | "UserUnit" | "StructParents" | "Tabs",
        ) => Plain,
        (Labels, "Kids" | "Nums") => Labels,
        (Labels, "Type" | "Limits" | "S" | "St") | (View, "Direction" | "Marked") => Plain,
        _ => return None,
    };
    Some(Kind::one(family))
}

fn of_resources(name: &str) -> Option<Kind> {
    Some(match name {
        "Font" => Kind::map(Font),
        "XObject" | "Pattern" => Kind::map(Drawn),
        "ExtGState" => Kind::map(Graphics),
        "ColorSpace" | "Shading" => Kind::map(Paint),
        "Properties" => Kind::map(Layer),
        "ProcSet" => Kind::one(Plain),
        _ => return None,
    })
}

fn of_drawing(family: Family, name: &str) -> Option<Kind> {
    Some(Kind::one(match (family, name) {
        (Drawn | Font, "Resources") => Resources,
        (Drawn, "Mask" | "SMask") | (Graphics, "G") => Drawn,
        (Drawn, "OC") => Layer,
        (Drawn, "ExtGState") | (Graphics, "SMask") => Graphics,
        (Drawn, "ColorSpace" | "Group" | "Shading") => Paint,
        (Drawn, name) if is_of_drawn(name) => Plain,
        (Graphics, "Font") => Font,
        (Graphics, "BG" | "BG2" | "UCR" | "UCR2" | "TR" | "TR2") => Paint,
        (
            Graphics,
            "Type" | "LW" | "LC" | "LJ" | "ML" | "D" | "RI" | "OP" | "op" | "OPM" | "FL" | "SM"
            | "SA" | "BM" | "CA" | "ca" | "AIS" | "TK" | "UseBlackPtComp" | "S" | "BC",
        ) => Plain,
        (Font, "CharProcs") => return Some(Kind::map(Drawn)),
        (
            Font,
            "Encoding" | "FontDescriptor" | "DescendantFonts" | "ToUnicode" | "FontFile"
            | "FontFile2" | "FontFile3" | "CIDToGIDMap" | "CIDSystemInfo" | "CIDSet" | "Style"
            | "UseCMap",
        ) => Font,
        (Font, name) if is_of_font(name) => Plain,
        (
            Paint,
            "Alternate" | "Functions" | "Function" | "ColorSpace" | "CS" | "DestOutputProfile",
        ) => Paint,
        (Paint, name) if is_of_paint(name) => Plain,
        _ => return None,
    }))
}

fn is_of_drawn(name: &str) -> bool {
    matches!(
        name,
        "Type"
            | "Subtype"
            | "Width"
            | "Height"
            | "BitsPerComponent"
            | "Intent"
            | "ImageMask"
            | "Decode"
            | "Interpolate"
            | "SMaskInData"
            | "StructParent"
            | "StructParents"
            | "FormType"
            | "BBox"
            | "Matrix"
            | "Matte"
            | "PatternType"
            | "PaintType"
            | "TilingType"
            | "XStep"
            | "YStep"
    )
}

fn is_of_font(name: &str) -> bool {
    matches!(
        name,
        "Type"
            | "Subtype"
            | "BaseFont"
            | "Name"
            | "FirstChar"
            | "LastChar"
            | "Widths"
            | "W"
            | "W2"
            | "DW"
            | "DW2"
            | "FontBBox"
            | "FontMatrix"
            | "FontName"
            | "FontFamily"
            | "FontStretch"
            | "FontWeight"
            | "Flags"
            | "ItalicAngle"
            | "Ascent"
            | "Descent"
            | "Leading"
            | "CapHeight"
            | "XHeight"
            | "StemV"
            | "StemH"
            | "AvgWidth"
            | "MaxWidth"
            | "MissingWidth"
            | "CharSet"
            | "Panose"
            | "BaseEncoding"
            | "Differences"
            | "CMapName"
            | "WMode"
            | "Registry"
            | "Ordering"
            | "Supplement"
            | "Length1"
            | "Length2"
            | "Length3"
    )
}

fn is_of_paint(name: &str) -> bool {
    matches!(
        name,
        "Type"
            | "N"
            | "Range"
            | "WhitePoint"
            | "BlackPoint"
            | "Gamma"
            | "Matrix"
            | "FunctionType"
            | "Domain"
            | "Size"
            | "BitsPerSample"
            | "Order"
            | "Encode"
            | "Decode"
            | "C0"
            | "C1"
            | "Bounds"
            | "ShadingType"
            | "Background"
            | "BBox"
            | "AntiAlias"
            | "Coords"
            | "Extend"
            | "BitsPerCoordinate"
            | "BitsPerComponent"
            | "BitsPerFlag"
            | "VerticesPerRow"
            | "S"
            | "I"
            | "K"
            | "OutputConditionIdentifier"
    )
}

/// Of a note how it looks, and what it says where that is seen; of a field what was filled in.
fn of_note(family: Family, name: &str) -> Option<Kind> {
    Some(Kind::one(match (family, name) {
        (Note, "AP") => Appearance,
        (Note, "P" | "Popup" | "IRT") => Back,
        (Note, "Parent" | "Kids") | (Form, "Fields") => Note,
        (Note, "Dest") => Place,
        (Note, "A") => Action,
        (Note, "OC") => Layer,
        (Note, "BS" | "BE" | "MK") | (Look, "IF") => Look,
        (
            Note,
            "Type" | "Subtype" | "Rect" | "Contents" | "F" | "AS" | "Border" | "C" | "H"
            | "StructParent" | "QuadPoints" | "Open" | "Name" | "IC" | "L" | "LE" | "LL" | "LLE"
            | "LLO" | "Cap" | "IT" | "CP" | "CO" | "CL" | "Vertices" | "InkList" | "RD" | "Sy"
            | "DA" | "DS" | "Q" | "CA" | "BM" | "FT" | "Ff" | "V" | "MaxLen" | "Opt" | "TI" | "I",
        ) => Plain,
        (Look, "I" | "RI" | "IX") => Drawn,
        (
            Look,
            "Type" | "W" | "S" | "D" | "R" | "BC" | "BG" | "CA" | "RC" | "AC" | "TP" | "SW" | "A"
            | "FB",
        )
        | (Form, "NeedAppearances" | "DA" | "Q") => Plain,
        (Form, "DR") => Resources,
        // As it lies there, and not while it is touched.
        (Appearance, "N") => return Some(Kind::map(Drawn)),
        _ => return None,
    }))
}

fn of_way(family: Family, name: &str) -> Option<Family> {
    Some(match (family, name) {
        (Place, "D") | (Outline, "Dest") => Place,
        (Tree, "Dests" | "Kids") => Tree,
        (Tree, "Names") => Places,
        (Outline, "First" | "Last" | "Next" | "Prev" | "Parent") => Outline,
        (Outline, "A") => Action,
        (Tree, "Limits") | (Outline, "Type" | "Title" | "Count" | "C" | "F") => Plain,
        _ => return None,
    })
}

fn of_structure(family: Family, name: &str) -> Option<Kind> {
    Some(Kind::one(match (family, name) {
        (Structure, "P" | "K" | "Kids" | "Nums" | "ParentTree") => Structure,
        (Structure, "Pg" | "Obj" | "Stm") => Back,
        (Structure, "A") => Attributes,
        (Structure, "RoleMap") => return Some(Kind::map(Plain)),
        (
            Layer,
            "OCGs" | "D" | "ON" | "OFF" | "AS" | "RBGroups" | "Locked" | "VE" | "Usage" | "View"
            | "Print" | "Export" | "Zoom",
        ) => Layer,
        (
            Structure,
            "Type" | "S" | "Lang" | "Alt" | "ActualText" | "ParentTreeNextKey" | "Limits" | "MCID",
        )
        | (
            Attributes,
            "O" | "Placement" | "BBox" | "RowSpan" | "ColSpan" | "Scope" | "ListNumbering",
        )
        | (
            Layer,
            "Type" | "Intent" | "P" | "BaseState" | "Event" | "Category" | "ViewState"
            | "PrintState" | "ExportState" | "min" | "max" | "Subtype" | "MCID" | "Lang" | "Alt"
            | "ActualText" | "Attached" | "BBox",
        ) => Plain,
        _ => return None,
    }))
}

fn of_packing(name: &str) -> Option<Family> {
    Some(match name {
        "JBIG2Globals"
        | "Predictor"
        | "Colors"
        | "BitsPerComponent"
        | "Columns"
        | "EarlyChange"
        | "K"
        | "EndOfLine"
        | "EncodedByteAlign"
        | "Rows"
        | "EndOfBlock"
        | "BlackIs1"
        | "DamagedRowsBeforeError"
        | "ColorTransform" => Plain,
        _ => return None,
    })
}
