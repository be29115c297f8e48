//! What people do on a device, each as one verb. They panic when the device says no; what may be
//! refused has a `try_` beside it.

use enhance_client::{Error, NewSession};
use enhance_model::{
    DocumentId, Minutes, PersonId, Timestamp, Version,
    change_project::{ChangeProject, ProjectEdit, Section},
    personal_record::SessionKind,
    reflection::ReflectionEdit,
};

use crate::{content, device::Device};

impl Device {
    /// A plan as it stands here.
    #[track_caller]
    pub fn plan(&self, plan: DocumentId) -> ChangeProject {
        self.said("show the plan", self.core().project(plan)).project
    }

    /// The text of a section here.
    #[track_caller]
    pub fn section(&self, plan: DocumentId, section: Section) -> String {
        self.plan(plan).sections.get(&section).cloned().unwrap_or_default()
    }

    /// Writes a section as a person does: the whole new text, on top of what the screen shows.
    #[track_caller]
    pub fn write(&self, plan: DocumentId, section: Section, text: &str) {
        self.said("save", self.try_write(plan, section, text));
    }

    /// The same, for a story in which it may fail.
    pub fn try_write(&self, plan: DocumentId, section: Section, text: &str) -> Result<(), Error> {
        let shown = self.core().project(plan)?.version;
        let edit = ProjectEdit::Section { section, text: text.to_owned() };
        self.core().edit_project(plan, Some(&shown), &[edit]).map(drop)
    }

    /// Writes a section on top of what the screen showed a while ago.
    #[track_caller]
    pub fn write_over(&self, plan: DocumentId, shown: &Version, section: Section, text: &str) {
        let edit = ProjectEdit::Section { section, text: text.to_owned() };
        self.said("save", self.core().edit_project(plan, Some(shown), &[edit]));
    }

    /// Adds words at the end of a section, and a space after them.
    #[track_caller]
    pub fn append(&self, plan: DocumentId, section: Section, words: &str) {
        let text = format!("{}{words} ", self.section(plan, section));
        self.write(plan, section, &text);
    }

    /// Who wrote which part of a section.
    #[track_caller]
    pub fn section_authors(
        &self,
        plan: DocumentId,
        section: Section,
    ) -> Vec<(Option<PersonId>, String)> {
        let field = enhance_client::TextField::Section(section);
        let spans = self.said("name the authors", self.core().text_authors(plan, &field));
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
    pub fn answer(&self, entry: DocumentId, text: &str) {
        self.said("save", self.try_answer(entry, text));
    }

    /// The same, for a story in which it may fail.
    pub fn try_answer(&self, entry: DocumentId, text: &str) -> Result<(), Error> {
        let shown = self.core().reflection(entry)?.version;
        let edit =
            ReflectionEdit::Answer { prompt: content::PROMPT.to_owned(), text: text.to_owned() };
        self.core().edit_reflection(entry, Some(&shown), &[edit]).map(drop)
    }

    /// What stands under its first prompt here.
    #[track_caller]
    pub fn answered(&self, entry: DocumentId) -> String {
        let view = self.said("show the reflection", self.core().reflection(entry));
        view.reflection.answers.get(content::PROMPT).cloned().unwrap_or_default()
    }

    /// Notes a quarter of an hour of learning in the personal record.
    #[track_caller]
    pub fn note_session(&self, title: &str) {
        let noted = self.core().add_session(NewSession {
            title: title.to_owned(),
            activity: None,
            module: None,
            start: Timestamp::from_unix_millis(1_795_419_000_000),
            minutes: Minutes(15),
            kind: SessionKind::Core,
        });
        self.said("note a session", noted);
    }

    #[track_caller]
    pub(crate) fn said<T>(&self, what: &str, outcome: Result<T, Error>) -> T {
        outcome.unwrap_or_else(|error| panic!("{} did not {what}: {error}", self.name()))
    }
}
