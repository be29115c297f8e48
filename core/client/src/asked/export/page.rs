//! Reflections as a page to read or print: the person's own, for their own eyes.

use std::fmt::Write;

use enhance_model::{learning_log::local_day, markup::escaped, programme::Template};

use super::ReflectionView;

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
@media print { body { font-size: 10pt; padding: 0; } }
";

/// All of them, oldest first.
pub(super) fn reflections(name: &str, views: &[ReflectionView]) -> String {
    let name = escaped(name);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Reflections of {name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Reflections of {name}</h1>\n<p>Private. Who may read them is for their author to \
         say.</p>\n"
    );
    let mut oldest_first: Vec<_> = views.iter().collect();
    oldest_first.sort_by_key(|view| (view.reflection.created_at, view.id));
    for view in oldest_first {
        article(&mut html, view);
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn article(html: &mut String, view: &ReflectionView) {
    let reflection = &view.reflection;
    let title = reflection.title.trim();
    let title = if title.is_empty() { "Without a title" } else { title };
    let day = local_day(reflection.created_at).strftime("%-d %B %Y").to_string();
    let _ = writeln!(html, "<article>\n<h2>{}</h2>\n<p>{day}</p>", escaped(title));
    for (prompt, answer) in &reflection.answers {
        if answer.trim().is_empty() {
            continue;
        }
        let _ = writeln!(html, "<h3>{}</h3>", escaped(label(view.template.as_ref(), prompt)));
        for paragraph in answer.split("\n\n").filter(|text| !text.trim().is_empty()) {
            let lines: Vec<String> = paragraph.trim().lines().map(escaped).collect();
            let _ = writeln!(html, "<p>{}</p>", lines.join("<br>"));
        }
    }
    if !reflection.tags.is_empty() {
        let tags: Vec<String> = reflection.tags.iter().map(ToString::to_string).collect();
        let _ = writeln!(html, "<p>About: {}</p>", escaped(&tags.join(", ")));
    }
    html.push_str("</article>\n");
}

/// What a prompt asks, if its template is here; its key otherwise.
fn label<'t>(template: Option<&'t Template>, prompt: &'t str) -> &'t str {
    let prompts = template.map(|template| template.prompts.as_slice()).unwrap_or_default();
    prompts.iter().find(|one| one.key == prompt).map_or(prompt, |one| one.label.as_str())
}
