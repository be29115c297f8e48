//! Reflections, and the copies of them that were shared.

use enhance_model::{
    DocumentId, Noun,
    field::Field,
    record::Fields,
    reflection::{AskedPrompt, Copy, Reflection, ReflectionEdit, SharedReflection},
};

use super::{
    attachments,
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// What the template asked, a line for each prompt. Documents of before it was declared lack it.
const PROMPTS: &str = "prompts";
/// In which template it was written, and in which version of that.
pub const TEMPLATE: &str = "template";
pub const TEMPLATE_VERSION: &str = "template_version";

/// What is declared of a reflection.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::string("title"),
    Field::string(TEMPLATE).fixed(),
    Field::number(TEMPLATE_VERSION).fixed(),
    Field::string(PROMPTS).fixed(),
    Field::string("prompted_by").optional(),
    Field::texts("answers"),
    Field::tags("tags"),
    Field::items("copies", Noun::SharedReflection, COPY),
    attachments::FIELD,
];

const COPY: &[Field] = &[Field::id("with").needed(), Field::moment("at").needed()];

/// What is declared of a shared copy. It never changes, so its answers need not merge.
pub const SHARED_FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::string("title"),
    Field::string(TEMPLATE),
    Field::number(TEMPLATE_VERSION),
    Field::string(PROMPTS),
    Field::moment("shared_at"),
    Field::strings("answers"),
    Field::tags("tags"),
    attachments::FIELD,
];

/// Writes a new reflection.
pub fn create(root: &mut Writer<'_, '_>, new: &Reflection) -> Result<(), DocumentError> {
    root.put("title", new.title.as_str())?;
    root.put(TEMPLATE, new.template.as_str())?;
    root.put(TEMPLATE_VERSION, u64::from(new.template_version))?;
    put_prompts(root, &new.prompts)?;
    root.put_or_clear("prompted_by", new.prompted_by.as_deref())?;
    root.new_texts("answers", &new.answers)?;
    root.new_tags("tags", &new.tags)?;
    new.copies.iter().try_for_each(|(document, copy)| write_copy(root, *document, copy))?;
    new.attachments.iter().try_for_each(|(id, one)| attachments::add(root, *id, one))
}

/// Writes a shared copy, complete.
pub fn create_shared(
    root: &mut Writer<'_, '_>,
    copy: &SharedReflection,
) -> Result<(), DocumentError> {
    root.put("title", copy.title.as_str())?;
    root.put(TEMPLATE, copy.template.as_str())?;
    root.put(TEMPLATE_VERSION, u64::from(copy.template_version))?;
    put_prompts(root, &copy.prompts)?;
    root.put("shared_at", of_moment(copy.shared_at))?;
    root.new_strings("answers", &copy.answers)?;
    root.new_tags("tags", &copy.tags)?;
    copy.attachments.iter().try_for_each(|(id, one)| attachments::add(root, *id, one))
}

/// Writes an edit of a reflection.
pub fn write(mut root: Writer<'_, '_>, edit: &ReflectionEdit) -> Result<(), DocumentError> {
    match edit {
        ReflectionEdit::Title { title } => root.put("title", title.as_str()),
        ReflectionEdit::Answer { prompt, text } => root.text_at("answers", prompt, text),
        ReflectionEdit::AddTag { tag } => root.add_tag("tags", tag),
        ReflectionEdit::RemoveTag { tag } => root.remove_tag("tags", tag),
        ReflectionEdit::AddCopy { document, copy } => write_copy(&mut root, *document, copy),
        ReflectionEdit::RemoveCopy { document } => root.remove_item("copies", document),
    }
}

fn write_copy(
    root: &mut Writer<'_, '_>,
    document: DocumentId,
    copy: &Copy,
) -> Result<(), DocumentError> {
    let mut item = root.item_or_new("copies", document)?;
    item.put("with", copy.with.to_string())?;
    item.put("at", of_moment(copy.at))
}

/// Reads a reflection as it stands.
pub fn read(root: &Reader<'_>) -> Reflection {
    Reflection {
        title: root.string("title"),
        template: root.string(TEMPLATE),
        template_version: template_version(root),
        prompts: prompts(root),
        answers: root.texts("answers"),
        tags: root.tags("tags"),
        prompted_by: root.optional_string("prompted_by"),
        created_at: root.moment("created_at").unwrap_or_default(),
        copies: root.items("copies", |item| {
            Some(Copy { with: item.word("with")?, at: item.moment("at")? })
        }),
        attachments: attachments::read(root),
    }
}

/// Reads anew what an edit wrote, where that is one text; false where it is something else.
pub fn read_written(root: &Reader<'_>, content: &mut Reflection, edit: &ReflectionEdit) -> bool {
    let ReflectionEdit::Answer { prompt, .. } = edit else { return false };
    match root.text_under("answers", prompt) {
        Some(text) => content.answers.insert(prompt.clone(), text),
        None => content.answers.remove(prompt),
    };
    true
}

/// Reads a shared copy.
pub fn read_shared(root: &Reader<'_>) -> SharedReflection {
    SharedReflection {
        title: root.string("title"),
        template: root.string(TEMPLATE),
        template_version: template_version(root),
        prompts: prompts(root),
        answers: root.strings("answers"),
        tags: root.tags("tags"),
        shared_at: root.moment("shared_at").unwrap_or_default(),
        attachments: attachments::read(root),
    }
}

fn put_prompts(root: &mut Writer<'_, '_>, prompts: &[AskedPrompt]) -> Result<(), DocumentError> {
    if prompts.is_empty() {
        return Ok(());
    }
    root.put(PROMPTS, AskedPrompt::to_lines(prompts))
}

fn prompts(root: &Reader<'_>) -> Vec<AskedPrompt> {
    AskedPrompt::of_lines(&root.string(PROMPTS))
}

fn template_version(root: &Reader<'_>) -> u32 {
    let number = root.number(TEMPLATE_VERSION).unwrap_or_default();
    u32::try_from(number).unwrap_or(u32::MAX)
}
