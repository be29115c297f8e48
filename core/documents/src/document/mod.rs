//! One document in memory.

mod admission;
mod edit;
mod history;
mod replay;
mod spans;

use std::sync::Arc;

use automerge::{ActorId, AutoCommit, ObjId};
use enhance_model::{ChangeHash, DeviceId, DocumentKind, PersonId, Timestamp, Version};

pub use history::{AuthoredSpan, HistoryChange};
pub use replay::FieldEdit;

use crate::{
    Change, Content, DocumentError, Edit, NewDocument, TextField,
    engine::{author_of, commit, contains, inner_hash, load, version_of},
    gate::Catalogue,
    limits::MAX_OPERATIONS,
    schema::{
        self, Identity,
        parts::{Division, Parts},
        pen::Pen,
        texts::Texts,
        view::View,
    },
    snapshot::{Compression, snapshot_of},
};

/// One document in memory: what it says, and everything that led to it.
///
/// Every device writes under its own [`DeviceId`] and, each time it opens a document, under a fresh
/// actor that nothing else ever uses: two histories can then never claim the same place.
///
/// Two who write in one text both keep their words:
///
/// ```
/// use enhance_documents::{AdmissionRules, Content, Document, DocumentError, Edit, NewDocument};
/// use enhance_model::{
///     DeviceId, PersonId, Timestamp,
///     change_project::{ProjectEdit, Section},
/// };
///
/// let now = Timestamp::from_unix_millis(1_795_000_000_000);
/// let problem = |text: &str| {
///     let (section, text) = (Section::Problem, text.to_owned());
///     [Edit::ChangeProject(ProjectEdit::Section { section, text })]
/// };
///
/// let new = NewDocument::ChangeProject {
///     owner: PersonId::from_bytes([9; 16]),
///     title: "Fewer falls".to_owned(),
///     topic: "quality".to_owned(),
///     setting: "Ward 7".to_owned(),
/// };
/// let (mut mine, created) = Document::create(&new, DeviceId::from_bytes([1; 16]), now)?;
/// mine.edit(None, &problem("The ward is dark."), now)?;
/// let mut theirs = Document::open(&[mine.snapshot()?], DeviceId::from_bytes([2; 16]))?;
///
/// // Apart from each other.
/// mine.edit(None, &problem("The ward is dark at night."), now)?;
/// let change = theirs.edit(None, &problem("The whole ward is dark."), now)?;
///
/// // What arrives passes the gate and is merged.
/// let arrived: Vec<_> = change.into_iter().map(|change| change.bytes).collect();
/// assert!(mine.admit(&arrived, &AdmissionRules::from_server()).admitted_any());
/// let Content::ChangeProject(project) = mine.content()? else { unreachable!() };
/// assert_eq!(project.sections[&Section::Problem], "The whole ward is dark at night.");
/// # assert!(mine.contains(created.hash));
/// # Ok::<(), DocumentError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    doc: AutoCommit,
    identity: Identity,
    author: DeviceId,
    /// What its texts say, as far as it was asked for.
    texts: Texts,
    /// Everything it says as it stands, if that was asked for since it was changed by others.
    standing: Option<Arc<Content>>,
    /// Whether it said the same words at one place twice when it was read last.
    has_twins: bool,
    /// What its operations made, as far as it was needed; it follows when it is asked for.
    catalogue: Option<Arc<Catalogue>>,
    /// Whether that was kept from an earlier opening and not made anew.
    is_recalled: bool,
}

impl Document {
    /// Makes a new document and the change that creates it.
    pub fn create(
        new: &NewDocument,
        author: DeviceId,
        now: Timestamp,
    ) -> Result<(Self, Change), DocumentError> {
        let one = Division { most: MAX_OPERATIONS, is_allowed: false };
        let maker = Maker::Device(author);
        let (document, mut changes) = Self::created(new, &[], maker, (now, one))?;
        let change = changes.pop().ok_or(DocumentError::NotADocument { field: "kind" })?;
        Ok((document, change))
    }

    /// The same with some edits of it, all in one change of at most so many operations, or in
    /// several where its texts are longer than that.
    pub fn create_in_parts(
        new: &NewDocument,
        edits: &[Edit],
        author: DeviceId,
        (now, most): (Timestamp, u64),
    ) -> Result<(Self, Vec<Change>), DocumentError> {
        let maker = Maker::Device(author);
        Self::created(new, edits, maker, (now, Division { most, is_allowed: true }))
    }

    /// The same of a private document that several devices of a person make before they meet. Where
    /// `seed` and all else is the same, so is every byte of these changes, and they are one. What
    /// this device writes after them is its own.
    pub fn create_alike(
        new: &NewDocument,
        seed: &[u8; 32],
        author: DeviceId,
        (now, most): (Timestamp, u64),
    ) -> Result<(Self, Vec<Change>), DocumentError> {
        let division = Division { most, is_allowed: true };
        // The actor follows from all that is written: one that comes twice has written the same.
        let draft = Self::created(new, &[], Maker::Anybody(seed), (now, division))?.1;
        let said = draft.last().ok_or(DocumentError::NotADocument { field: "kind" })?.hash;
        let maker = Maker::Anybody(said.as_bytes());
        let (mut document, changes) = Self::created(new, &[], maker, (now, division))?;
        document.author = author;
        document.renew_actor();
        Ok((document, changes))
    }

    fn created(
        new: &NewDocument,
        edits: &[Edit],
        maker: Maker<'_>,
        (now, division): (Timestamp, Division),
    ) -> Result<(Self, Vec<Change>), DocumentError> {
        let (author, mut doc) = maker.begin();
        let mut pen = Pen::new(&mut doc).measured(Parts::of(division, now));
        let identity = schema::create(&mut pen, new, now)?;
        pen.write_rest()?;
        schema::write_each(&mut pen, identity.kind, edits)?;
        let mut changes = pen.into_made();
        changes.extend(commit(&mut doc, now, MAX_OPERATIONS)?);
        Ok((Self::new(doc, identity, author), changes))
    }

    /// Opens a document from a snapshot, changes, or a snapshot and the changes since, as one.
    pub fn open(parts: &[impl AsRef<[u8]>], author: DeviceId) -> Result<Self, DocumentError> {
        let bytes = parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().concat();
        Self::around(load(&bytes)?, author)
    }

    fn around(mut doc: AutoCommit, author: DeviceId) -> Result<Self, DocumentError> {
        let identity = Identity::of(&doc)?;
        doc.set_author(Some(author_of(author)));
        Ok(Self::new(doc, identity, author))
    }

    fn new(doc: AutoCommit, identity: Identity, author: DeviceId) -> Self {
        let (texts, standing, catalogue) = (Texts::default(), None, None);
        let (has_twins, is_recalled) = (false, false);
        Self { doc, identity, author, texts, standing, has_twins, catalogue, is_recalled }
    }

    /// The kind that the creating change gave it.
    pub const fn kind(&self) -> DocumentKind {
        self.identity.kind
    }

    /// The person whose device created it.
    pub const fn owner(&self) -> PersonId {
        self.identity.owner
    }

    /// The schema it was last written with. A newer one than this version's is kept and read as far
    /// as it is known.
    pub fn schema(&self) -> u32 {
        schema::version(&View::now(&self.doc))
    }

    /// The schema this version writes.
    pub const SCHEMA: u32 = schema::SCHEMA;

    /// The version it is at.
    pub fn version(&mut self) -> Version {
        version_of(self.doc.get_heads())
    }

    /// Everything it says, as it stands.
    pub fn content(&self) -> Result<Content, DocumentError> {
        schema::read(&View::remembering(&self.doc, &self.texts).by_maps(), self.identity.kind)
    }

    /// Everything it says, as it stands. It is read once and follows this device's edits, so that
    /// what is not written is not read again.
    pub fn standing(&mut self) -> Result<Arc<Content>, DocumentError> {
        if let Some(standing) = &self.standing {
            return Ok(Arc::clone(standing));
        }
        let view = View::remembering(&self.doc, &self.texts).by_maps();
        let standing = Arc::new(schema::read(&view, self.identity.kind)?);
        self.has_twins = view.has_twins();
        self.standing = Some(Arc::clone(&standing));
        Ok(standing)
    }

    /// Whether it says the same words at one place twice, as far as [`Document::standing`] read it:
    /// two devices that knew nothing of each other wrote them there.
    pub const fn has_twins(&self) -> bool {
        self.has_twins
    }

    /// What it said at an earlier version.
    pub fn content_at(&self, version: &Version) -> Result<Content, DocumentError> {
        let heads = self.known_heads(version)?;
        schema::read(&View::at(&self.doc, heads).by_maps(), self.identity.kind)
    }

    /// Whether it has a change.
    pub fn contains(&self, hash: ChangeHash) -> bool {
        contains(&self.doc, hash)
    }

    /// The change with this hash.
    pub fn change(&mut self, hash: ChangeHash) -> Option<Change> {
        self.doc.get_change_by_hash(&inner_hash(hash)).map(Change::from_engine)
    }

    /// Every change that is not part of a version, each after those it depends on. Changes named in
    /// the version that the document does not have are passed over.
    pub fn changes_not_in(&mut self, known: &Version) -> Vec<Change> {
        let known: Vec<_> = known
            .heads()
            .iter()
            .filter(|hash| self.contains(**hash))
            .map(|hash| inner_hash(*hash))
            .collect();
        self.doc.get_changes(&known).into_iter().map(Change::from_engine).collect()
    }

    /// The whole document in a compact form, checked to open to the same document.
    pub fn snapshot(&mut self) -> Result<Vec<u8>, DocumentError> {
        snapshot_of(&mut self.doc, self.identity.kind, Compression::Deflated)
    }

    /// The same without compression, for one who compresses it as a whole or together with others:
    /// that comes out smaller.
    pub fn uncompressed_snapshot(&mut self) -> Result<Vec<u8>, DocumentError> {
        snapshot_of(&mut self.doc, self.identity.kind, Compression::None)
    }

    fn known_heads(&self, version: &Version) -> Result<Vec<automerge::ChangeHash>, DocumentError> {
        let known = |hash: &ChangeHash| {
            if self.contains(*hash) {
                Ok(inner_hash(*hash))
            } else {
                Err(DocumentError::UnknownVersion { hash: *hash })
            }
        };
        version.heads().iter().map(known).collect()
    }

    /// Leaves the actor that wrote so far for a fresh one.
    fn renew_actor(&mut self) {
        self.doc.set_author(None);
        self.doc.set_author(Some(author_of(self.author)));
    }

    fn text_objects(&self, field: &TextField) -> Vec<ObjId> {
        schema::text_objects(&View::now(&self.doc), self.identity.kind, field)
    }
}

/// In whose name a document is made.
enum Maker<'a> {
    Device(DeviceId),
    /// The same of whichever device, as these bytes say.
    Anybody(&'a [u8; 32]),
}

impl Maker<'_> {
    #[expect(clippy::disallowed_methods, reason = "what this actor writes is always the same")]
    fn begin(self) -> (DeviceId, AutoCommit) {
        let begun = |author| AutoCommit::new().with_author(Some(author_of(author)));
        match self {
            Self::Device(author) => (author, begun(author)),
            Self::Anybody(bytes) => {
                let author = bytes.first_chunk().copied().unwrap_or_default();
                let actor: [u8; 16] = bytes.last_chunk().copied().unwrap_or_default();
                let author = DeviceId::from_bytes(author);
                (author, begun(author).with_actor(ActorId::from(actor)))
            }
        }
    }
}

#[cfg(test)]
mod tests;
