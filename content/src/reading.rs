//! What every part of reading a pack needs: its folder, its files, its keys.

use std::path::Path;

use enhance_model::{Sha256, programme::Page};

use crate::{
    fault::{Faults, Place},
    files::{Files, media_type},
    folder::{Folder, MEDIA_BYTES, unreadable},
    manifest::At,
    names::Names,
    references,
    time::Sources,
};

/// What is known of a pack while it is read.
pub(crate) struct Reading<'f> {
    pub(crate) folder: Folder<'f>,
    pub(crate) files: Files,
    pub(crate) names: Names,
    pub(crate) sources: Sources,
    pub(crate) faults: &'f Faults,
}

/// The hash of nothing in particular. It stands where a fault was reported, and is never seen.
const NO_FILE: Sha256 = Sha256::from_bytes([0; 32]);

impl<'f> Reading<'f> {
    pub(crate) fn new(folder: &Path, faults: &'f Faults) -> Self {
        let folder = Folder::new(folder, faults);
        Self {
            folder,
            files: Files::default(),
            names: Names::default(),
            sources: Sources::default(),
            faults,
        }
    }

    /// The text of a manifest that every pack has.
    pub(crate) fn manifest(&mut self, file: &str) -> Option<String> {
        self.folder.text("", file, &Place::file(file))
    }

    /// An address on the web. Anything else, `javascript:` above all, has no place in a pack.
    pub(crate) fn address(&self, url: At<String>) -> String {
        if !url.value.is_empty() && !url.value.starts_with("https://") {
            let what = format!("the address {:?} does not begin with https://", url.value);
            self.faults.add(&url.place, what);
        }
        url.value
    }

    /// A page: Markdown that begins with its title.
    pub(crate) fn page(&mut self, key: &str, base: &str, name: &At<String>) -> Page {
        let mut page = Page { key: key.to_owned(), title: String::new(), file: NO_FILE };
        if name.value.is_empty() {
            return page;
        }
        if media_type(&name.value) != Some("text/markdown") {
            self.faults.add(&name.place, format!("the page {:?} is not a .md file", name.value));
            return page;
        }
        if let Some(text) = self.folder.text(base, &name.value, &name.place) {
            let file = format!("{base}/{}", name.value);
            page.title = self.title(&text, &file);
            references::check(&text, &file, self.faults);
            page.file = self.files.add_text(text, "text/markdown");
            self.sources.pages.insert(key.to_owned(), file);
        }
        page
    }

    /// The file of captions or a transcript.
    pub(crate) fn transcript(&mut self, base: &str, name: &At<String>) -> Sha256 {
        if name.value.is_empty() {
            return NO_FILE;
        }
        let Some(kind) = media_type(&name.value).filter(|kind| kind.starts_with("text/")) else {
            let what =
                format!("{:?} is neither captions (.vtt) nor a transcript (.md)", name.value);
            self.faults.add(&name.place, what);
            return NO_FILE;
        };
        let Some(text) = self.folder.text(base, &name.value, &name.place) else { return NO_FILE };
        if kind == "text/vtt" && !text.starts_with("WEBVTT") {
            let place = Place { file: format!("{base}/{}", name.value), line: Some(1) };
            self.faults.add(&place, "captions begin with the line WEBVTT");
        }
        self.files.add_text(text, kind)
    }

    /// The file of a resource: text comes with the pack, everything else is fetched on request.
    pub(crate) fn resource_file(&mut self, base: &str, name: &At<String>) -> Sha256 {
        if name.value.is_empty() {
            return NO_FILE;
        }
        match media_type(&name.value) {
            Some(kind) if kind.starts_with("text/") => self.transcript(base, name),
            Some(kind) => self.media(base, name, kind).unwrap_or(NO_FILE),
            None => {
                self.faults
                    .add(&name.place, format!("{:?} is no kind of file known here", name.value));
                NO_FILE
            }
        }
    }

    fn media(&mut self, base: &str, name: &At<String>, kind: &str) -> Option<Sha256> {
        let path = self.folder.file(base, &name.value, &name.place)?;
        let whole = Place::file(format!("{base}/{}", name.value));
        self.folder.size(&path, MEDIA_BYTES, &whole)?;
        self.files
            .add_media(path, kind)
            .map_err(|error| self.faults.add(&whole, unreadable(&error)))
            .ok()
    }

    fn title(&self, text: &str, file: &str) -> String {
        let mut lines = text.lines();
        let title = lines.next().and_then(|line| line.strip_prefix("# ")).unwrap_or("").trim();
        let at_the_top = Place { file: file.to_owned(), line: Some(1) };
        if title.is_empty() {
            self.faults.add(&at_the_top, "a page begins with its title: # and a few words");
        } else if lines.all(|line| line.trim().is_empty()) {
            self.faults.add(&at_the_top, "this page has a title and no text");
        }
        title.to_owned()
    }
}
