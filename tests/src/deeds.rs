//! What people do on a device, each as one verb. They panic when the device says no; what may be
//! refused has a `try_` beside it.

use enhance_client::{Error, Export, NewSession};
use enhance_model::{
    DocumentId, Minutes, PersonId, Timestamp, Version,
    change_project::{ChangeProject, ProjectEdit, Section},
    personal_record::SessionKind,
    reflection::ReflectionEdit,
};

use crate::{clock::MORNING, content, device::Device};

impl Device {
    /// A project as it stands here.
    #[track_caller]
    pub fn show(&self, project: DocumentId) -> ChangeProject {
        self.said("show the project", self.core().project(project)).project
    }

    /// The text of a section here.
    #[track_caller]
    pub fn section(&self, project: DocumentId, section: Section) -> String {
        self.show(project).sections.get(&section).cloned().unwrap_or_default()
    }

    /// Writes a section as a person does: the whole new text, on top of what the screen shows.
    #[track_caller]
    pub fn write(&self, project: DocumentId, section: Section, text: &str) {
        self.said("save", self.try_write(project, section, text));
    }

    /// The same, for a story in which it may fail.
    pub fn try_write(
        &self,
        project: DocumentId,
        section: Section,
        text: &str,
    ) -> Result<(), Error> {
        let shown = self.core().project(project)?.version;
        let edit = ProjectEdit::Section { section, text: text.to_owned() };
        self.core().edit_project(project, Some(&shown), &[edit]).map(drop)
    }

    /// Writes a section on top of what the screen showed a while ago.
    #[track_caller]
    pub fn write_over(&self, project: DocumentId, shown: &Version, section: Section, text: &str) {
        let edit = ProjectEdit::Section { section, text: text.to_owned() };
        self.said("save", self.core().edit_project(project, Some(shown), &[edit]));
    }

    /// Adds words at the end of a section, and a space after them.
    #[track_caller]
    pub fn append(&self, project: DocumentId, section: Section, words: &str) {
        let text = format!("{}{words} ", self.section(project, section));
        self.write(project, section, &text);
    }

    /// Who wrote which part of a section.
    #[track_caller]
    pub fn section_authors(
        &self,
        project: DocumentId,
        section: Section,
    ) -> Vec<(Option<PersonId>, String)> {
        let field = enhance_client::TextField::Section(section);
        let spans = self.said("name the authors", self.core().text_authors(project, &field));
        spans.into_iter().map(|(by, text)| (by.map(|person| person.id), text)).collect()
    }

    /// Starts a reflection with this title.
    #[track_caller]
    pub fn reflect(&self, title: &str) -> DocumentId {
        let started = self.core().create_reflection(content::TEMPLATE, title, None);
        self.said("start a reflection", started)
    }

    /// Writes under its first prompt, on top of what the screen shows.
    #[track_caller]
    pub fn answer(&self, reflection: DocumentId, text: &str) {
        self.said("save", self.try_answer(reflection, text));
    }

    /// The same, for a story in which it may fail.
    pub fn try_answer(&self, reflection: DocumentId, text: &str) -> Result<(), Error> {
        let shown = self.core().reflection(reflection)?.version;
        let edit =
            ReflectionEdit::Answer { prompt: content::PROMPT.to_owned(), text: text.to_owned() };
        self.core().edit_reflection(reflection, Some(&shown), &[edit]).map(drop)
    }

    /// What stands under its first prompt here.
    #[track_caller]
    pub fn answered(&self, reflection: DocumentId) -> String {
        let view = self.said("show the reflection", self.core().reflection(reflection));
        view.reflection.answers.get(content::PROMPT).cloned().unwrap_or_default()
    }

    /// Notes a quarter of an hour of learning in the personal record.
    #[track_caller]
    pub fn note_session(&self, title: &str) {
        let noted = self.core().add_session(NewSession {
            title: title.to_owned(),
            activity: None,
            module: None,
            start: MORNING,
            minutes: Minutes(15),
            kind: SessionKind::Core,
        });
        self.said("note a session", noted);
    }

    /// Everything that is on it, as text that can be compared. How far a document has come is left
    /// out: a request that nothing answers is on its way, and changes nothing else.
    #[track_caller]
    pub fn everything(&self) -> String {
        let core = self.core();
        let export = self.said("export", core.export());
        let export = Export { exported_at: Timestamp::default(), ..export };
        let quarantined = self.said("list the quarantine", core.quarantined());
        let state = self.said("say how it stands with the server", core.sync_state());
        let packs = self.said("list the packs", core.packs());
        let sync = (state.last_success, state.waiting_entries);
        serde_json::to_string(&(export, quarantined, sync, packs)).expect("JSON")
    }

    #[track_caller]
    pub(crate) fn said<T>(&self, what: &str, outcome: Result<T, Error>) -> T {
        outcome.unwrap_or_else(|error| panic!("{} did not {what}: {error}", self.name()))
    }
}
