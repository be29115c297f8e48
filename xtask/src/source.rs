//! The source of a crate as Rust's own grammar reads it: its modules, and which of them names which.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{Attribute, Item, ItemUse, UseTree, Visibility, visit::Visit};

use crate::steps::Outcome;

/// A module that is a file of its own. What is compiled for tests only is left out.
pub struct Module {
    /// Its name and those of the modules around it; none for the root of the crate.
    pub path: Vec<String>,
    pub file: PathBuf,
    pub syntax: syn::File,
}

/// The modules of one crate.
pub struct Source {
    pub modules: Vec<Module>,
}

/// A name a module has from elsewhere, and where from.
struct Import {
    path: Vec<String>,
    name: String,
    /// Handed on to other modules, and not used here.
    passed_on: bool,
}

impl Source {
    /// Reads the crate in a folder, from `src/lib.rs` or else `src/main.rs`.
    pub fn read(folder: &Path) -> Outcome<Self> {
        let roots = ["src/lib.rs", "src/main.rs"].map(|root| folder.join(root));
        let root = roots.iter().find(|root| root.is_file());
        let root = root.ok_or_else(|| format!("{} is no crate", folder.display()))?;
        let mut modules = Vec::new();
        read_module(root, &[], &mut modules)?;
        Ok(Self { modules })
    }

    /// Which file names which, by their places in `modules`. A file that only passes a name on
    /// does not name it.
    pub fn arrows(&self) -> BTreeSet<(usize, usize)> {
        let by_path: BTreeMap<&[String], usize> =
            self.modules.iter().enumerate().map(|(at, each)| (each.path.as_slice(), at)).collect();
        let imports: Vec<Vec<Import>> = self.modules.iter().map(imports).collect();
        let resolver = Resolver { by_path, imports: &imports, modules: &self.modules };
        let mut arrows = BTreeSet::new();
        for (from, module) in self.modules.iter().enumerate().filter(|(_, m)| !m.path.is_empty()) {
            let used = imports[from].iter().filter(|import| !import.passed_on);
            let used = used.map(|import| import.path.clone());
            for path in used.chain(inline_paths(module)) {
                arrows.extend(resolver.file_of(&path, 0).map(|to| (from, to)));
            }
        }
        arrows.retain(|(from, to)| from != to);
        arrows
    }
}

fn read_module(file: &Path, path: &[String], modules: &mut Vec<Module>) -> Outcome {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let syntax = syn::parse_file(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let stem = file.file_stem().unwrap_or_default();
    let folder = file.parent().unwrap_or(file);
    let is_folder = ["lib", "main", "mod"].iter().any(|name| stem == *name);
    let folder = if is_folder { folder.to_owned() } else { folder.join(stem) };
    let children: Vec<String> = syntax
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Mod(child) if child.content.is_none() && !is_for_tests(&child.attrs) => {
                Some(child.ident.to_string())
            }
            _ => None,
        })
        .collect();
    modules.push(Module { path: path.to_vec(), file: file.to_owned(), syntax });
    for child in children {
        let files = [folder.join(format!("{child}.rs")), folder.join(&child).join("mod.rs")];
        if let Some(file) = files.iter().find(|file| file.is_file()) {
            read_module(file, &[path, &[child]].concat(), modules)?;
        }
    }
    Ok(())
}

/// Whether something is compiled for tests only.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_test = |list: &syn::MetaList| list.tokens.to_string() == "test";
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(is_test)
    })
}

fn imports(module: &Module) -> Vec<Import> {
    let mut imports = Vec::new();
    for item in &module.syntax.items {
        if let Item::Use(ItemUse { vis, tree, attrs, .. }) = item
            && !is_for_tests(attrs)
        {
            let passed_on = !matches!(vis, Visibility::Inherited);
            flatten(tree, &mut Vec::new(), &mut |path, name| {
                let path = absolute(path, &module.path);
                imports.push(Import { path, name: name.to_owned(), passed_on });
            });
        }
    }
    imports
}

/// Calls `each` with every path of a `use` and the name it is known by here.
fn flatten(tree: &UseTree, before: &mut Vec<String>, each: &mut impl FnMut(&[String], &str)) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, each);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, each)),
        UseTree::Glob(_) => each(before, "*"),
        UseTree::Name(name) if name.ident == "self" => {
            let known_by = before.last().cloned().unwrap_or_default();
            each(before, &known_by);
        }
        UseTree::Name(name) => {
            before.push(name.ident.to_string());
            each(before, &name.ident.to_string());
            before.pop();
        }
        UseTree::Rename(rename) => {
            before.push(rename.ident.to_string());
            each(before, &rename.rename.to_string());
            before.pop();
        }
    }
}

/// A path from the root of the crate, with `crate` in front. A path into another crate stays.
fn absolute(path: &[String], here: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|segment| *segment == "super").count();
    let (from, rest) = match path.first().map(String::as_str) {
        Some("self") => (here, &path[1..]),
        Some("super") => (&here[..here.len().saturating_sub(ups)], &path[ups..]),
        _ => return path.to_vec(),
    };
    [&["crate".to_owned()], from, rest].concat()
}

/// Paths written where they are used: `crate::sync::run()`, `drafts::settle()` of a child.
fn inline_paths(module: &Module) -> Vec<Vec<String>> {
    struct Paths<'m> {
        module: &'m Module,
        found: Vec<Vec<String>>,
    }
    impl<'ast> Visit<'ast> for Paths<'_> {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            let segments: Vec<String> =
                path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let is_child = |name: &String| {
                self.module.syntax.items.iter().any(|item| {
                    matches!(item, Item::Mod(child) if child.ident == name && child.content.is_none())
                })
            };
            match segments.first() {
                Some(first) if ["crate", "super", "self"].contains(&first.as_str()) => {
                    self.found.push(absolute(&segments, &self.module.path));
                }
                Some(first) if segments.len() > 1 && is_child(first) => {
                    let inside = [&["self".to_owned()], segments.as_slice()].concat();
                    self.found.push(absolute(&inside, &self.module.path));
                }
                _ => {}
            }
            syn::visit::visit_path(self, path);
        }

        fn visit_item_mod(&mut self, inline: &'ast syn::ItemMod) {
            if !is_for_tests(&inline.attrs) {
                syn::visit::visit_item_mod(self, inline);
            }
        }

        /// `pub(in crate::x)` says who may name this, not what this names.
        fn visit_visibility(&mut self, _: &'ast Visibility) {}
    }
    let mut paths = Paths { module, found: Vec::new() };
    paths.visit_file(&module.syntax);
    paths.found
}

struct Resolver<'s> {
    by_path: BTreeMap<&'s [String], usize>,
    imports: &'s [Vec<Import>],
    modules: &'s [Module],
}

impl Resolver<'_> {
    /// The file in which what a path names is defined, through names that were passed on.
    fn file_of(&self, path: &[String], depth: u8) -> Option<usize> {
        let (first, rest) = path.split_first()?;
        // Names that are passed on in a circle cannot be compiled; this only keeps from looping.
        if first != "crate" || depth > 20 {
            return None;
        }
        let mut at = *self.by_path.get(&[][..])?;
        for (done, segment) in rest.iter().enumerate() {
            let child = [self.modules[at].path.as_slice(), std::slice::from_ref(segment)].concat();
            if let Some(child) = self.by_path.get(child.as_slice()) {
                at = *child;
                continue;
            }
            let import = self.imports[at].iter().find(|import| import.name == *segment);
            return match import {
                Some(import) => {
                    let further = [import.path.as_slice(), &rest[done + 1..]].concat();
                    self.file_of(&further, depth + 1)
                }
                None => Some(at),
            };
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(path: &[&str], text: &str) -> Module {
        let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
        let file = PathBuf::from(path.join("/"));
        Module { path, file, syntax: syn::parse_file(text).unwrap() }
    }

    fn arrows(modules: Vec<Module>) -> Vec<(String, String)> {
        let source = Source { modules };
        let name = |at: usize| source.modules[at].path.join("::");
        source.arrows().into_iter().map(|(from, to)| (name(from), name(to))).collect()
    }

    #[test]
    fn an_arrow_leads_to_the_file_where_the_name_is_defined() {
        let found = arrows(vec![
            module(&[], "mod a; mod b; pub use self::b::Error;"),
            module(&["a"], "use crate::Error; fn f() { super::b::c::g() }"),
            module(&["b"], "pub(crate) mod c; pub struct Error;"),
            module(&["b", "c"], "pub fn g() {}"),
        ]);
        let expected = [("a", "b"), ("a", "b::c")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_only_passed_on_or_only_tested_is_no_arrow() {
        let found = arrows(vec![
            module(&[], "mod a; mod b;"),
            module(&["a"], "pub use crate::b::B; #[cfg(test)] mod tests { use crate::b; }"),
            module(&["b"], "pub struct B; #[cfg(test)] use crate::a;"),
        ]);
        assert_eq!(found, []);
    }
}
