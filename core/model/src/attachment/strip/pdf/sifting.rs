//! What is taken out of a part of a PDF, and where what is left of it leads.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    faults::unreadable,
    kinds::{Family, Kind},
    reader::{Node, Pair, Value},
    told::told_as,
};

/// What stands for something in a file of the same length; blanks fill the rest of its place.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) place: Range<usize>,
    pub(super) instead: Vec<u8>,
}

impl Cut {
    pub(super) const fn whole(place: Range<usize>) -> Self {
        Self { place, instead: Vec::new() }
    }
}

/// What is taken out of an object, and what is left of it.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    pub(super) taken: Vec<Cut>,
    /// Objects that it pointed to.
    pub(super) taken_to: Vec<u32>,
    /// Objects that what is left points to, and what they are there for.
    pub(super) leads_to: Vec<(u32, Kind)>,
}

/// A value that is to be sifted.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    /// The file or the packed part that has it.
    pub(super) bytes: &'a [u8],
    pub(super) node: &'a Node,
    /// The number of its object.
    pub(super) number: u32,
    pub(super) has_stream: bool,
}

impl Sifted {
    pub(super) fn of(
        whole: Whole<'_>,
        kind: Kind,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Self, AttachmentFault> {
        let mut sifter = Sifter { whole, sifted: Self::default(), removed };
        let kind = if whole.has_stream { kind.of_stream() } else { kind };
        sifter.sift(whole.node, kind, whole.has_stream)?;
        Ok(sifter.sifted)
    }
}

/// All objects that a value points to.
pub(super) fn references(node: &Node, found: &mut Vec<u32>) {
    match &node.value {
        Value::Reference(object) => found.push(*object),
        Value::Array(nodes) => nodes.iter().for_each(|node| references(node, found)),
        Value::Dictionary(pairs) => pairs.iter().for_each(|pair| references(&pair.node, found)),
        _ => {}
    }
}

struct Sifter<'a> {
    whole: Whole<'a>,
    sifted: Sifted,
    removed: &'a mut BTreeSet<Removed>,
}

impl Sifter<'_> {
    fn sift(&mut self, node: &Node, kind: Kind, has_stream: bool) -> Result<(), AttachmentFault> {
        match &node.value {
            Value::Reference(object) if kind.family != Family::Back => {
                self.sifted.leads_to.push((*object, kind));
            }
            Value::Array(nodes) => {
                nodes.iter().try_for_each(|node| self.sift(node, kind.of_element(), false))?;
            }
            Value::Dictionary(pairs) => {
                for pair in pairs {
                    self.sift_pair(node, pair, (kind, has_stream))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn sift_pair(
        &mut self,
        node: &Node,
        pair: &Pair,
        (kind, has_stream): (Kind, bool),
    ) -> Result<(), AttachmentFault> {
        let name = pair.name.as_slice();
        let of_stream = || has_stream.then(|| of_stream(name)).flatten();
        match (kind.family, name) {
            (Family::Catalog, b"NeedsRendering") => {
                return Err(unreadable("it is a form that few programs can show"));
            }
            // What others know it by, and what a program lists it as.
            (Family::Note, b"T") if is_field(node) => self.rename(pair),
            (Family::Layer, b"Name") if node.says(b"Type", b"OCG") => self.rename(pair),
            (Family::Note, b"V") if node.says(b"FT", b"Sig") => self.take(node, pair),
            (Family::Note, b"Contents") if !shows_its_words(node) => self.take(node, pair),
            _ => match self.of_action(node, kind, name).or(kind.under(name)).or_else(of_stream) {
                Some(kind) => self.sift(&pair.node, kind, false)?,
                None => self.take(node, pair),
            },
        }
        Ok(())
    }

    /// What is kept of an action: to another place in the document, or to a page of the web. What
    /// names files, runs, sends, plays or hides is taken out.
    fn of_action(&self, node: &Node, kind: Kind, name: &[u8]) -> Option<Kind> {
        if kind.family != Family::Action {
            return None;
        }
        let does = |what: &[u8]| node.says(b"S", what);
        let is_web = does(b"URI") && node.get(b"URI").is_some_and(|it| self.is_web(it));
        let kept = match name {
            b"D" if does(b"GoTo") => Family::Place,
            b"N" if does(b"Named") => Family::Plain,
            b"URI" if is_web => Family::Plain,
            b"Type" | b"S" if is_web || does(b"GoTo") || does(b"Named") => Family::Plain,
            _ => return None,
        };
        Some(Kind::one(kept))
    }

    /// Whether this text begins as addresses of the web do.
    fn is_web(&self, node: &Node) -> bool {
        let text = self.whole.bytes.get(node.place.clone()).unwrap_or_default();
        let text = match text.split_first() {
            Some((b'(', text)) => text.to_ascii_lowercase(),
            Some((b'<', text)) => {
                let digits: Vec<u8> = text.iter().copied().take(16).collect();
                data_encoding::HEXLOWER_PERMISSIVE.decode(&digits).unwrap_or_default()
            }
            _ => return false,
        };
        [&b"http://"[..], b"https://"].iter().any(|start| text.starts_with(start))
    }

    /// Puts the number of its object in the place of a name, where there is room. A name that is
    /// shorter than its number names nobody.
    fn rename(&mut self, pair: &Pair) {
        let instead = format!("(f{})", self.whole.number).into_bytes();
        references(&pair.node, &mut self.sifted.taken_to);
        let place = pair.node.place.clone();
        let was = self.whole.bytes.get(place.clone()).unwrap_or_default();
        if instead.len() <= was.len() && was != instead {
            self.sifted.taken.push(Cut { place, instead });
            self.removed.insert(Removed::Properties);
        }
    }

    fn take(&mut self, node: &Node, pair: &Pair) {
        self.sifted.taken.push(Cut::whole(pair.place.clone()));
        references(&pair.node, &mut self.sifted.taken_to);
        self.removed.insert(told_as(node, &pair.name));
    }
}

/// What a stream says of its bytes, whatever they are for.
fn of_stream(name: &[u8]) -> Option<Kind> {
    Some(Kind::one(match name {
        b"Length" | b"Filter" => Family::Plain,
        b"DecodeParms" | b"DP" => Family::Packing,
        _ => return None,
    }))
}

/// Whether the words of a note are seen on the page, or are read aloud in the place of a link.
fn shows_its_words(node: &Node) -> bool {
    node.says(b"Subtype", b"FreeText") || node.says(b"Subtype", b"Link")
}

fn is_field(node: &Node) -> bool {
    let has = |name: &[u8]| node.get(name).is_some();
    node.says(b"Subtype", b"Widget") || has(b"FT") || has(b"Kids") || !has(b"Subtype")
}
