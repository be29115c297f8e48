//! As what a person is told of that which was taken out of a PDF.

use super::{super::removed::Removed, reader::Node};

/// As what something of this name is taken out of a dictionary.
pub(super) fn told_as(node: &Node, name: &[u8]) -> Removed {
    let is = |kind: &[u8]| node.says(b"Type", kind);
    if is(b"Sig") || is(b"DocTimeStamp") || node.get(b"ByteRange").is_some() {
        return Removed::Signatures;
    }
    match name {
        b"V" | b"Perms" | b"DSS" | b"Legal" | b"SigFlags" | b"Lock" | b"SV" => Removed::Signatures,
        b"Collection" | b"AF" | b"EF" | b"EmbeddedFiles" | b"FS" | b"Sound" | b"Movie" | b"3DD"
        | b"RichMediaContent" | b"RichMediaSettings" | b"Renditions" => Removed::Files,
        b"VP" | b"LGIDict" | b"Measure" | b"PtData" => Removed::Camera,
        b"Thumb" | b"Alternates" => Removed::Preview,
        b"Author" | b"Creator" | b"Producer" | b"CreationDate" | b"ModDate" | b"Company"
        | b"SourceModified" | b"Info" | b"T" | b"TU" | b"TM" | b"DV" | b"Subj" | b"RC" | b"M"
        | b"NM" | b"ID" => Removed::Properties,
        b"Contents" => Removed::Comments,
        // What happens when something is touched, and how it looks meanwhile.
        b"A" | b"AA" | b"PA" | b"URI" | b"JS" | b"JavaScript" | b"Next" | b"S" | b"D" | b"R"
        | b"F" | b"Win" => Removed::Rest,
        _ => Removed::Notes,
    }
}
