//! The objects of a PDF, wherever they are, and which of them its pages need.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    super::{super::AttachmentFault, removed::Removed},
    faults::unreadable,
    file::{File, Object},
    filters::{Filter, Room},
    kinds::Kind,
    packed::Packed,
    reader::{Node, Reader, Value},
    sifting::{Sifted, Whole},
};

/// How often a reference leads to another one.
const MOST_STEPS: usize = 8;

/// Where an object is: in which packed part, if in one, and the how many-th there.
pub(super) type At = (Option<usize>, usize);

/// What the pages need an object for, and what of it.
pub(super) struct Needed {
    pub(super) kind: Kind,
    pub(super) sifted: Sifted,
}

/// A file that was read whole.
pub(super) struct Document<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) file: &'a File,
    /// What is packed, by the object that it is packed in.
    pub(super) packed: BTreeMap<usize, Packed>,
    /// The objects that count: of those with one number the last.
    latest: BTreeMap<u32, At>,
}

impl<'a> Document<'a> {
    pub(super) fn of(
        bytes: &'a [u8],
        file: &'a File,
        room: &mut Room,
    ) -> Result<Self, AttachmentFault> {
        let plain = file.objects.iter().enumerate();
        let latest = plain.clone().map(|(at, object)| (object.number, (None, at))).collect();
        let mut document = Self { bytes, file, packed: BTreeMap::new(), latest };
        let holding = plain.clone().filter(|(_, object)| object.is(b"ObjStm"));
        let packed = holding.map(|(at, object)| Ok((at, document.unpacked(object, room)?)));
        let packed: BTreeMap<usize, Packed> = packed.collect::<Result<_, AttachmentFault>>()?;
        document.latest.clear();
        for (at, object) in plain {
            document.latest.insert(object.number, (None, at));
            let inner = packed.get(&at).into_iter().flat_map(|it| &it.objects).enumerate();
            document.latest.extend(inner.map(|(inner, it)| (it.number, (Some(at), inner))));
        }
        document.packed = packed;
        Ok(document)
    }

    fn unpacked(&self, object: &Object, room: &mut Room) -> Result<Packed, AttachmentFault> {
        let number = |name| match self.resolved(object.node.get(name)?).value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let numbers = number(b"N").zip(number(b"First"));
        let numbers = numbers.ok_or(unreadable("a packed part of it is damaged"))?;
        room.take_objects(numbers.0)?;
        let filters = self.plain_filters(object)?;
        let inside = room.unpack(&filters, self.inside(object))?;
        Packed::read((filters, inside), numbers)
    }

    pub(super) fn object(&self, (packed, at): At) -> Option<&Object> {
        match packed {
            Some(packed) => self.packed.get(&packed)?.objects.get(at),
            None => self.file.objects.get(at),
        }
    }

    /// What is in the stream of an object, as it stands there.
    pub(super) fn inside(&self, object: &Object) -> &'a [u8] {
        object.stream.clone().and_then(|place| self.bytes.get(place)).unwrap_or_default()
    }

    /// What a value is, wherever it stands.
    fn resolved<'n>(&'n self, mut node: &'n Node) -> &'n Node {
        for _ in 0..MOST_STEPS {
            let Value::Reference(number) = &node.value else { break };
            let there = self.latest.get(number).and_then(|at| self.object(*at));
            let Some(there) = there else { break };
            node = &there.node;
        }
        node
    }

    /// A value in the dictionary of a stream, or the values if it is a list of them.
    fn list<'n>(&'n self, object: &'n Object, name: &[u8]) -> Vec<&'n Node> {
        match object.node.get(name).map(|node| self.resolved(node)) {
            Some(Node { value: Value::Array(nodes), .. }) => {
                nodes.iter().map(|node| self.resolved(node)).collect()
            }
            one => one.into_iter().collect(),
        }
    }

    /// How a stream is packed.
    pub(super) fn filters(&self, object: &Object) -> Result<Vec<Filter>, AttachmentFault> {
        let named = |node: &Node| match &node.value {
            Value::Name(name) => Some(Filter::named(name)),
            Value::Other => None,
            _ => Some(Err(unreadable("a part of it does not say how it is packed"))),
        };
        self.list(object, b"Filter").into_iter().filter_map(named).collect()
    }

    /// The same, if the filters do nothing but unpack.
    pub(super) fn plain_filters(&self, object: &Object) -> Result<Vec<Filter>, AttachmentFault> {
        let settings = [&b"DecodeParms"[..], b"DP"].map(|name| self.list(object, name));
        let is_plain = settings.iter().flatten().all(|settings| {
            let predictor = settings.get(b"Predictor").map(|node| &self.resolved(node).value);
            matches!(predictor, None | Some(Value::Number(..=1)))
        });
        if !is_plain {
            return Err(unreadable("a part of it is packed in a way that cannot be unpacked here"));
        }
        self.filters(object)
    }

    /// Sifts an object by what it is there for.
    pub(super) fn sifted(
        &self,
        at: At,
        kind: Kind,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<Sifted, AttachmentFault> {
        let Some(object) = self.object(at) else { return Ok(Sifted::default()) };
        let packed = at.0.and_then(|at| self.packed.get(&at));
        let bytes = packed.map_or(self.bytes, |packed| &packed.inside);
        // Of the value only what is looked at again was kept when it was read.
        let node = Reader::new(bytes, object.node.place.start).value()?;
        let (number, has_stream) = (object.number, object.stream.is_some());
        Sifted::of(Whole { bytes, node: &node, number, has_stream }, kind, removed)
    }

    /// What these lead to, and so on. The nearest come first, and say what an object is needed for.
    pub(super) fn needed(
        &self,
        roots: impl IntoIterator<Item = (u32, Kind)>,
        removed: &mut BTreeSet<Removed>,
    ) -> Result<BTreeMap<At, Needed>, AttachmentFault> {
        let mut needed = BTreeMap::new();
        let mut ways: VecDeque<_> = roots.into_iter().collect();
        while let Some((number, kind)) = ways.pop_front() {
            let at = self.latest.get(&number).filter(|at| !needed.contains_key(*at));
            let Some((at, object)) = at.and_then(|at| Some((*at, self.object(*at)?))) else {
                continue;
            };
            if object.is_of_file() {
                continue;
            }
            let sifted = self.sifted(at, kind, removed)?;
            ways.extend(&sifted.leads_to);
            needed.insert(at, Needed { kind, sifted });
        }
        Ok(needed)
    }

    /// What goes with what was taken out: all that it leads to.
    pub(super) fn told(&self, mut from: Vec<u32>) -> BTreeSet<At> {
        let mut told = BTreeSet::new();
        while let Some(number) = from.pop() {
            let at = self.latest.get(&number);
            let Some((at, object)) = at.and_then(|at| Some((*at, self.object(*at)?))) else {
                continue;
            };
            if told.insert(at) {
                from.extend(&object.references);
            }
        }
        told
    }
}
