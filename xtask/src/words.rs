//! One word for one thing. ARCHITECTURE.md has the table of words; this keeps the code to it.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{ItemUse, UseTree, visit::Visit};

use crate::{
    files::files_below,
    steps::{Outcome, root},
};

/// Where code is written by hand.
const SOURCES: [&str; 9] =
    ["core", "bindings", "content", "server", "cli", "tests", "xtask", "android", "ios"];

/// A word that says something else than what stands in a place.
struct Misnomer {
    word: &'static str,
    /// What is meant there.
    say: &'static str,
    /// Where the word must not be part of a name.
    places: &'static [&'static str],
    /// Where it may be all the same, since it means what it says.
    except: &'static [&'static str],
    /// Names that the field itself has for something.
    known: &'static [&'static str],
}

const MISNOMERS: [Misnomer; 2] = [
    Misnomer {
        word: "plan",
        say: "project; a plan is what a plan-do-study-act cycle has, and a word for people",
        places: &["core", "server", "cli", "tests", "bindings"],
        except: &[
            "core/model/src/change_project",
            "core/documents/src/schema",
            "core/documents/src/document/tests/mod.rs",
            "bindings/ffi/src/projects.rs",
            "bindings/ffi/src/words.rs",
            "bindings/ffi/src/records.rs",
            "cli/src/command/project/item.rs",
        ],
        known: &["plan_checks", "PlanCheck"],
    },
    Misnomer {
        word: "entry",
        say: "document, reflection or project; an entry is what goes over the wire",
        places: &["cli/src", "bindings/ffi/src", "core/client/src/core"],
        // How many wait to be sent, and what a map or a log has.
        except: &[
            "cli/src/command/status.rs",
            "cli/src/command/sync.rs",
            "bindings/ffi/src/sync.rs",
            "bindings/ffi/src/log.rs",
        ],
        known: &[],
    },
];

/// Checks the names of types and of everything else, and says how many words there are.
pub fn check() -> Outcome<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md"))
        .map_err(|error| format!("ARCHITECTURE.md: {error}"))?;
    let section = page.split("\n## ").find_map(|part| part.strip_prefix("Words\n"));
    let section = section.ok_or("ARCHITECTURE.md has no section \"Words\"")?;
    let (words, retired) = table(section);
    let mut faults = Vec::new();
    for folder in SOURCES {
        for file in files_below(&root().join(folder), &["rs", "kt", "swift"])? {
            let text = fs::read_to_string(&file)
                .map_err(|error| format!("{}: {error}", file.display()))?;
            let name = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
            faults.extend(types(&text).filter(|named| retired.contains(named)).map(|named| {
                format!("{name}: a type is called {named}, which the table of words has retired")
            }));
            if file.extension().is_some_and(|extension| extension == "rs") {
                faults.extend(names(&name, &text)?);
            }
        }
    }
    match (words, faults.as_slice()) {
        (0, _) => Err("the table of words in ARCHITECTURE.md is empty".to_owned()),
        (_, []) => Ok(format!("{words} words, {} retired, each with one meaning", retired.len())),
        _ => Err(faults.join("\n")),
    }
}

/// How many words the table has, and the names of types that its last column rules out.
fn table(section: &str) -> (usize, Vec<&str>) {
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
    let last = rows.iter().filter_map(|row| row.trim_end_matches([' ', '|']).rsplit(" | ").next());
    let retired = last.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    (rows.len(), retired.filter(|name| name.starts_with(char::is_uppercase)).collect())
}

/// The names after the keywords that make a type, in any of the three languages.
fn types(text: &str) -> impl Iterator<Item = &str> {
    let makes = ["struct", "enum", "trait", "type", "class", "interface", "protocol", "typealias"];
    let code = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with('*')
    });
    code.flat_map(move |line| {
        let words: Vec<&str> = line
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|w| !w.is_empty())
            .collect();
        let named = words.windows(2).filter(|pair| makes.contains(&pair[0])).map(|pair| pair[1]);
        named.collect::<Vec<_>>()
    })
}

/// What is wrong with the names in a file of Rust.
fn names(file: &str, text: &str) -> Outcome<Vec<String>> {
    let unreadable = |error: &dyn std::fmt::Display| format!("{file}: {error}");
    let syntax = syn::parse_file(text).map_err(|error| unreadable(&error))?;
    let tokens: TokenStream = text.parse().map_err(|error| unreadable(&error))?;
    let mut renames = Renames(Vec::new());
    renames.visit_file(&syntax);
    let mut faults: Vec<String> =
        renames.0.iter().map(|rename| format!("{file}: one type, two names: {rename}")).collect();
    for misnomer in &MISNOMERS {
        let within =
            |places: &[&str]| places.iter().any(|place| Path::new(file).starts_with(place));
        if within(misnomer.places) && !within(misnomer.except) {
            let mut found = Vec::new();
            identifiers(tokens.clone(), misnomer.word, &mut found);
            found.dedup();
            found.retain(|name| !misnomer.known.contains(&name.as_str()));
            let Misnomer { word, say, .. } = misnomer;
            let fault = |name| format!("{file}: {name} says {word}; say {say}");
            faults.extend(found.into_iter().map(fault));
        }
    }
    Ok(faults)
}

/// Identifiers of which a word is a part, other than methods that are called, such as a map's
/// `entry`: these have the names that others gave them.
fn identifiers(tokens: TokenStream, word: &str, found: &mut Vec<String>) {
    let mut after_dot = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), word, found),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let is_called = after_dot
                    && matches!(tokens.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                // A variant that is the word itself, as the section of a project is.
                let is_variant =
                    name.starts_with(char::is_uppercase) && name.to_lowercase() == word;
                if !is_called && !is_variant && parts(&name).any(|part| part == word) {
                    found.push(name);
                }
            }
            _ => {}
        }
        after_dot = is_dot;
    }
}

/// The words of a name in snake or camel case, in lower case and singular as far as an `s` goes.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter != '_') {
            word.extend(letter.to_lowercase());
        }
    }
    words.into_iter().map(|word| match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').map_or(word.clone(), str::to_owned),
    })
}

/// Types that are given a second name where they are used.
struct Renames(Vec<String>);

impl<'ast> Visit<'ast> for Renames {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let root = match &item.tree {
            UseTree::Path(path) => path.ident.to_string(),
            _ => String::new(),
        };
        // A type of another's may bear the same name as one of ours.
        if !["std", "clap", "automerge", "rusqlite"].contains(&root.as_str()) {
            rename(&item.tree, &mut self.0);
        }
    }
}

fn rename(tree: &UseTree, found: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => rename(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| rename(tree, found)),
        UseTree::Rename(renamed) => {
            let (from, to) = (renamed.ident.to_string(), renamed.rename.to_string());
            let is_type = |name: &str| name.starts_with(char::is_uppercase);
            if is_type(&from) && is_type(&to) {
                found.push(format!("{from} as {to}"));
            }
        }
        UseTree::Name(_) | UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_the_words_and_the_retired_names_of_types() {
        let section =
            "| word | means | not |\n|---|---|---|\n| `entry` | x | `Record`, a `row` |\n";
        assert_eq!(table(section), (1, vec!["Record"]));
    }

    #[test]
    fn types_are_found_in_three_languages_and_not_in_comments() {
        let text = "pub struct A;\npublic final class B {}\n// struct C\nprotocol D {\n * class E";
        assert_eq!(types(text).collect::<Vec<_>>(), ["A", "B", "D"]);
    }

    #[test]
    fn a_second_name_for_a_type_is_a_fault_and_one_for_a_module_is_none() {
        let found = names("xtask/src/x.rs", "use a::{B as C, d as e, F as _};").unwrap();
        assert_eq!(found, ["xtask/src/x.rs: one type, two names: B as C"]);
    }

    #[test]
    fn a_misnomer_is_found_in_the_parts_of_a_name_where_it_means_something_else() {
        let text = "fn plan_of_two(entries: u8, planned: u8) { map.entry(1).plan(); }";
        assert_eq!(names("core/client/src/sync/a.rs", text).unwrap().len(), 1);
        assert_eq!(names("cli/src/a.rs", text).unwrap().len(), 2);
        assert_eq!(names("core/model/src/change_project/a.rs", text).unwrap().len(), 0);
    }
}
