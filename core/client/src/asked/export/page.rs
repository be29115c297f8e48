//! Reflections as a page to read or print: the person's own, for their own eyes.

use std::{collections::BTreeMap, fmt::Write};

use enhance_model::{
    counted,
    learning_log::local_day,
    markup::{escaped, escaped_line},
    personal_record::EvidenceSource,
    programme::Template,
    time::day_in_words,
};

use super::{
    super::reflections::ReflectionView,
    files::{ExportedFile, LeftOut},
};
use crate::writing::drafts::DraftField;

const STYLE: &str = "\
@page { size: A4; margin: 15mm; }
:root { color-scheme: light dark; }
body { max-width: 45em; margin: 0 auto; padding: 12px; overflow-wrap: anywhere; }
body { font: 16px/1.5 Arial, Helvetica, \"Liberation Sans\", sans-serif; }
article { border-top: 1px solid #768692; margin-top: 24px; }
h1 { font-size: 1.5em; }
h2 { font-size: 1.2em; margin-bottom: 0; break-after: avoid; }
h3 { font-size: 1em; margin: 12px 0 0; break-after: avoid; }
p { margin: 0 0 6px; }
figure { margin: 12px 0; break-inside: avoid; }
img { max-width: 100%; max-height: 40em; display: block; }
@media print { body { font-size: 10pt; padding: 0; } }
";

/// All of them, oldest first. Beside each stands what was typed into it and is longer than so many
/// characters, which is not part of it.
pub(super) fn reflections(
    name: &str,
    (views, text_chars): (&[ReflectionView], u64),
    files: &[ExportedFile],
) -> String {
    let name = escaped_line(name);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Reflections of {name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Reflections of <bdi>{name}</bdi></h1>\n<p>Private. Who may read them is for their author to \
         say.</p>\n"
    );
    let mut oldest_first: Vec<_> = views.iter().collect();
    oldest_first.sort_by_key(|view| (view.reflection.created_at, view.id));
    let mut files_of: BTreeMap<EvidenceSource, Vec<&ExportedFile>> = BTreeMap::new();
    for file in files {
        files_of.entry(file.of).or_default().push(file);
    }
    for view in oldest_first {
        let files = files_of.remove(&EvidenceSource::Document(view.id)).unwrap_or_default();
        article(&mut html, (view, text_chars), &files);
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn article(html: &mut String, (view, text_chars): (&ReflectionView, u64), files: &[&ExportedFile]) {
    let reflection = &view.reflection;
    let title = reflection.title.trim();
    let title = if title.is_empty() { "Without a title" } else { title };
    let day = day_in_words(local_day(reflection.created_at));
    let _ =
        writeln!(html, "<article>\n<h2 dir=\"auto\">{}</h2>\n<p>{day}</p>", escaped_line(title));
    for (prompt, answer) in &reflection.answers {
        if answer.trim().is_empty() {
            continue;
        }
        let _ = writeln!(html, "<h3>{}</h3>", escaped_line(label(view.template.as_ref(), prompt)));
        paragraphs(html, answer);
    }
    for draft in &view.drafts {
        if let (DraftField::Answer(prompt), Some(over)) = (&draft.field, draft.over(text_chars)) {
            let asked = escaped_line(label(view.template.as_ref(), prompt));
            let over = counted(over, "character");
            let _ = writeln!(html, "<h3>{asked} (typed, and too long by {over})</h3>");
            paragraphs(html, &draft.text);
        }
    }
    if !reflection.tags.is_empty() {
        let tags: Vec<String> = reflection.tags.iter().map(ToString::to_string).collect();
        let _ = writeln!(html, "<p>About: {}</p>", escaped_line(&tags.join(", ")));
    }
    for file in files {
        html.push_str(&attached(file));
    }
    html.push_str("</article>\n");
}

fn paragraphs(html: &mut String, text: &str) {
    for paragraph in text.split("\n\n").filter(|text| !text.trim().is_empty()) {
        let lines: Vec<String> = paragraph.trim().lines().map(escaped).collect();
        let _ = writeln!(html, "<p dir=\"auto\">{}</p>", lines.join("<br>"));
    }
}

/// A picture where it is, a link to what is none, and the reason where there is nothing.
fn attached(file: &ExportedFile) -> String {
    let name = escaped_line(&file.name);
    let about = format!("{}, {}", file.media_type.in_words(), kilobytes(file.bytes));
    match (file.path(), file.left_out()) {
        (Some(path), _) if file.media_type.is_picture() => format!(
            "<figure><img src=\"{0}\" alt=\"{name}\" loading=\"lazy\">\
             <figcaption><a href=\"{0}\"><bdi>{name}</bdi></a> ({about})</figcaption></figure>\n",
            in_link(path)
        ),
        (Some(path), _) => {
            format!(
                "<p>Attached: <a href=\"{}\"><bdi>{name}</bdi></a> ({about})</p>\n",
                in_link(path)
            )
        }
        (None, left_out) => {
            let why = left_out.map_or("not here", LeftOut::in_words);
            format!("<p>Attached: <bdi>{name}</bdi> ({about}); {why}.</p>\n")
        }
    }
}

fn kilobytes(bytes: u64) -> String {
    format!("{} kB", bytes.div_ceil(1_000))
}

/// A path as a link has it: everything but letters, digits and a few signs is written as numbers.
fn in_link(path: &str) -> String {
    let mut link = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            link.push(char::from(byte));
        } else {
            let _ = write!(link, "%{byte:02X}");
        }
    }
    link
}

/// What a prompt asks, if its template is here; its key otherwise.
fn label<'t>(template: Option<&'t Template>, prompt: &'t str) -> &'t str {
    let prompts = template.map(|template| template.prompts.as_slice()).unwrap_or_default();
    prompts.iter().find(|one| one.key == prompt).map_or(prompt, |one| one.label.as_str())
}
