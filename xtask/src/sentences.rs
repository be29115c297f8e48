//! What a method does is said in the same sentence in Rust, in Kotlin and in Swift.

use std::{collections::BTreeMap, fs, path::Path};

use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, Type, Visibility};

use crate::{
    files::files_below,
    steps::{Outcome, root},
};

/// Where `LearningCore` has its methods, and where the hosts' libraries have theirs.
const CORE: &str = "core/client/src/core";
const EXPORTED: &str = "bindings/ffi/src/handle";
const HOSTS: [(&str, &str); 2] =
    [("bindings/kotlin/src/main/kotlin", "kt"), ("ios/Sources/EnhanceKit", "swift")];

/// What a host language does in its own way: a flow, an asynchronous sequence, a text, the key.
const OF_THEIR_OWN: [&str; 4] = ["open", "observe", "keep_in_sync", "export"];

/// Compares the first sentence of each method that has the same name.
pub fn check() -> Outcome<String> {
    let said = of_rust(CORE, "LearningCore")?;
    let mut faults = Vec::new();
    let mut compared = 0;
    let mut compare = |place: &str, name: &str, sentence: &str| {
        if let Some(expected) = said.get(name).filter(|_| !OF_THEIR_OWN.contains(&name)) {
            compared += 1;
            if words(expected) != words(sentence) {
                faults.push(format!("{place}: {name} says {sentence:?} and Rust {expected:?}"));
            }
        }
    };
    for (name, sentence) in of_rust(EXPORTED, "CoreHandle")? {
        compare(EXPORTED, &name, &sentence);
    }
    for (folder, ending) in HOSTS {
        for file in files_below(&root().join(folder), &[ending])? {
            let is_of_core = file
                .file_stem()
                .is_some_and(|stem| stem.to_string_lossy().starts_with("LearningCore"));
            if is_of_core {
                let place = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
                let text = read(&file)?;
                for (name, sentence) in of_host(&text) {
                    compare(&place, &name, &sentence);
                }
            }
        }
    }
    if faults.is_empty() {
        Ok(format!("{compared} sentences of methods, the same in Rust, Kotlin and Swift"))
    } else {
        Err(faults.join("\n"))
    }
}

/// The first sentences of a type's public methods, by name in snake case.
fn of_rust(folder: &str, of: &str) -> Outcome<BTreeMap<String, String>> {
    let mut said = BTreeMap::new();
    for file in files_below(&root().join(folder), &["rs"])? {
        let syntax = syn::parse_file(&read(&file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        for item in syntax.items {
            let Item::Impl(block) = item else { continue };
            let Type::Path(path) = &*block.self_ty else { continue };
            if !path.path.is_ident(of) || block.trait_.is_some() {
                continue;
            }
            for item in block.items {
                if let ImplItem::Fn(method) = item
                    && matches!(method.vis, Visibility::Public(_))
                {
                    let sentence = first_sentence(&comment(&method.attrs));
                    said.insert(method.sig.ident.to_string(), sentence);
                }
            }
        }
    }
    Ok(said)
}

fn comment(attributes: &[Attribute]) -> Vec<String> {
    let text = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    };
    attributes.iter().filter_map(text).collect()
}

/// The first sentences before `fun` and `func`, by name in snake case.
fn of_host(text: &str) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        let prose = ["/**", "///", "*/", "*"].iter().find_map(|mark| line.strip_prefix(mark));
        if let Some(prose) = prose {
            lines.push(prose.trim_end_matches("*/").to_owned());
        } else if line.starts_with('@') {
            // What a compiler is told stands between a comment and its function.
        } else {
            let name = ["fun ", "func "].iter().find_map(|word| {
                let (before, after) = line.split_once(word)?;
                let is_declared =
                    before.split_whitespace().all(|w| w.chars().all(char::is_alphabetic));
                is_declared.then(|| after.split(['(', '<']).next().unwrap_or_default())
            });
            if let Some(name) = name.filter(|_| !lines.is_empty()) {
                said.push((snake(name), first_sentence(&lines)));
            }
            lines.clear();
        }
    }
    said
}

fn first_sentence(lines: &[String]) -> String {
    let paragraph = lines.iter().map(|line| line.trim()).skip_while(|line| line.is_empty());
    let paragraph: Vec<&str> = paragraph.take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    paragraph.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The letters of a sentence; how a language writes a name is its own affair.
fn words(sentence: &str) -> String {
    let letters = sentence.replace("LearningCore", "");
    letters.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_found_before_a_function_of_either_language() {
        let kotlin = "/**\n * Deletes it for ever. Only its owner can.\n */\n@Throws\npublic suspend fun deleteIt(id: X)";
        assert_eq!(of_host(kotlin), [("delete_it".to_owned(), "Deletes it for ever".to_owned())]);
        let swift =
            "  /// Deletes it\n  /// for ever.\n  public func deleteIt(_ id: X) async throws {";
        assert_eq!(of_host(swift), [("delete_it".to_owned(), "Deletes it for ever".to_owned())]);
        assert_eq!(of_host("val x = 1\nfun quiet() {}"), []);
    }

    #[test]
    fn how_names_are_written_does_not_matter_and_what_is_said_does() {
        assert_eq!(words("Until [`LearningCore::keep_in_sync`]"), words("until `keepInSync`"));
        assert_ne!(words("Ends it"), words("Ends them"));
    }
}
