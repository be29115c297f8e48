//! Which parts of a PDF tell who made it, when, where and with what, by the names they have there.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    faults::unreadable,
    reader::{Node, Pair, Value},
};

/// What a document as a whole keeps of what can be said of it.
const OF_DOCUMENT: [&[u8]; 21] = [
    b"Type",
    b"Version",
    b"Extensions",
    b"Pages",
    b"PageLabels",
    b"Names",
    b"Dests",
    b"ViewerPreferences",
    b"PageLayout",
    b"PageMode",
    b"Outlines",
    b"OpenAction",
    b"AA",
    b"URI",
    b"AcroForm",
    b"StructTreeRoot",
    b"MarkInfo",
    b"Lang",
    b"OutputIntents",
    b"OCProperties",
    b"Requirements",
];

/// What says where the parts of a file are, in its trailer or in the stream that stands for one.
const OF_TRAILER: [&[u8]; 11] = [
    b"Size",
    b"Root",
    b"Prev",
    b"XRefStm",
    b"ID",
    b"Type",
    b"W",
    b"Index",
    b"Length",
    b"Filter",
    b"DecodeParms",
];

/// What is taken out of an object, and what is left of it.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    /// Where that stood, name and value.
    pub(super) taken: Vec<Range<usize>>,
    /// Objects that it pointed to.
    pub(super) taken_to: Vec<u32>,
    /// Objects that what is left points to.
    pub(super) leads_to: Vec<u32>,
}

impl Sifted {
    /// Sifts a value of a document.
    pub(super) fn of(
        node: &Node,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Self, AttachmentFault> {
        let mut sifted = Self::default();
        sifted.sift(node, removed)?;
        Ok(sifted)
    }

    fn sift(
        &mut self,
        node: &Node,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<(), AttachmentFault> {
        match &node.value {
            Value::Reference(object) => self.leads_to.push(*object),
            Value::Array(nodes) => {
                nodes.iter().try_for_each(|node| self.sift(node, removed))?;
            }
            Value::Dictionary(pairs) => {
                let kind = Kind::of(node);
                for pair in pairs {
                    if pair.name == b"NeedsRendering" && kind.is_document {
                        return Err(unreadable("it is a form that few programs can show"));
                    }
                    match kind.taken(&pair.name) {
                        Some(what) => self.take(pair, what, removed),
                        None => self.sift(&pair.node, removed)?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Sifts what says where the parts of a file are.
    pub(super) fn of_trailer(
        node: &Node,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Self, AttachmentFault> {
        let mut sifted = Self::default();
        let Value::Dictionary(pairs) = &node.value else { return Ok(sifted) };
        for pair in pairs {
            match pair.name.as_slice() {
                b"Encrypt" => return Err(AttachmentFault::Encrypted),
                b"Info" => sifted.take(pair, Removed::Properties, removed),
                name if OF_TRAILER.contains(&name) => sifted.sift(&pair.node, removed)?,
                _ => sifted.take(pair, Removed::Notes, removed),
            }
        }
        Ok(sifted)
    }

    fn take(&mut self, pair: &Pair, what: Removed, removed: &mut BTreeSet<Removed>) {
        self.taken.push(pair.place.clone());
        references(&pair.node, &mut self.taken_to);
        removed.insert(what);
    }
}

fn references(node: &Node, found: &mut Vec<u32>) {
    match &node.value {
        Value::Reference(object) => found.push(*object),
        Value::Array(nodes) => nodes.iter().for_each(|node| references(node, found)),
        Value::Dictionary(pairs) => pairs.iter().for_each(|pair| references(&pair.node, found)),
        _ => {}
    }
}

/// What a dictionary is about, as far as that decides what is taken out of it.
#[expect(clippy::struct_excessive_bools, reason = "a dictionary may be about several at once")]
struct Kind {
    is_document: bool,
    is_page: bool,
    /// A note, a link or a mark on a page.
    is_note: bool,
    /// A field of a form. Its title is its name, by which the form knows it.
    is_field: bool,
    has_file: bool,
    is_signature: bool,
    is_signed_field: bool,
}

impl Kind {
    fn of(node: &Node) -> Self {
        let has = |name: &[u8]| node.get(name).is_some();
        let is = |name: &[u8]| node.says(b"Type", name);
        let is_field = node.says(b"Subtype", b"Widget") || has(b"FT");
        Self {
            is_document: is(b"Catalog"),
            is_page: is(b"Page"),
            is_note: is(b"Annot") || has(b"Rect") && has(b"Subtype"),
            is_field,
            has_file: has(b"EF") && (has(b"F") || has(b"UF")),
            is_signature: is(b"Sig") || is(b"DocTimeStamp") || has(b"ByteRange"),
            is_signed_field: node.says(b"FT", b"Sig"),
        }
    }

    /// As what this is taken out of it, if it is.
    fn taken(&self, name: &[u8]) -> Option<Removed> {
        match name {
            b"Type" => None,
            b"Perms" | b"DSS" | b"Legal" if self.is_document => Some(Removed::Signatures),
            b"Collection" | b"AF" if self.is_document => Some(Removed::Files),
            _ if self.is_document && !OF_DOCUMENT.contains(&name) => Some(Removed::Notes),
            _ if self.is_signature => Some(Removed::Signatures),
            b"V" if self.is_signed_field => Some(Removed::Signatures),
            b"EF" | b"F" | b"UF" | b"DOS" | b"Mac" | b"Unix" | b"Desc" if self.has_file => {
                Some(Removed::Files)
            }
            b"M" | b"NM" if self.is_note => Some(Removed::Properties),
            b"T" | b"Subj" | b"RC" if self.is_note && !self.is_field => Some(Removed::Properties),
            b"VP" | b"LGIDict" if self.is_page => Some(Removed::Camera),
            // The threads that a page belongs to have titles and authors of their own.
            b"B" | b"ID" if self.is_page => Some(Removed::Notes),
            _ => taken_anywhere(name),
        }
    }
}

/// As what it is taken out of any dictionary, if it is.
fn taken_anywhere(name: &[u8]) -> Option<Removed> {
    Some(match name {
        b"Metadata" | b"PieceInfo" | b"LastModified" | b"SpiderInfo" | b"CreatorInfo" | b"OPI"
        | b"XFA" | b"PTEX.FileName" | b"PTEX.InfoDict" | b"AAPL:AKExtras" => Removed::Notes,
        b"Author" | b"Creator" | b"Producer" | b"CreationDate" | b"ModDate" | b"Company"
        | b"SourceModified" => Removed::Properties,
        b"EmbeddedFiles" => Removed::Files,
        b"Thumb" => Removed::Preview,
        b"Measure" | b"PtData" => Removed::Camera,
        _ => return None,
    })
}
