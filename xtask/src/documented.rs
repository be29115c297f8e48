//! Documentation that says something: what is public has it, unless it is a field or a variant
//! whose name and type say all; and none of it is three words or fewer.

use std::path::Path;

use syn::{
    Attribute, Expr, ExprLit, Field, ImplItemFn, Item, Lit, Meta, Token, TraitItemFn, Variant,
    Visibility, punctuated::Punctuated, visit::Visit,
};

use crate::{
    source::{Source, is_for_tests},
    steps::{Outcome, root},
};

/// Crates whose public items are an interface. Of the others only short comments are looked for.
const LIBRARIES: [&str; 8] = [
    "core/model",
    "core/documents",
    "core/store",
    "core/protocol",
    "core/client",
    "bindings/ffi",
    "bindings/wasm",
    "content",
];

/// Inside a library: what is public here is so for its own crate alone.
const INSIDE: [&str; 1] = ["core/documents/src/schema"];

const PROGRAMS: [&str; 5] = ["server", "cli", "tests", "bindings/bindgen", "xtask"];

/// A comment must have more words than this.
const TOO_SHORT: usize = 3;

/// Checks every crate and says how many comments there are.
pub fn check() -> Outcome<String> {
    let mut reader = Reader::default();
    for folder in LIBRARIES {
        reader.read(folder, true)?;
    }
    for folder in PROGRAMS {
        reader.read(folder, false)?;
    }
    if reader.faults.is_empty() {
        Ok(format!("{} comments on what is public, each of four words or more", reader.comments))
    } else {
        Err(reader.faults.join("\n"))
    }
}

#[derive(Default)]
struct Reader {
    file: String,
    /// Whether what is public must be documented.
    is_library: bool,
    /// Inside what the command line is made from: there a comment is the help that people read.
    is_help: bool,
    comments: usize,
    faults: Vec<String>,
}

impl Reader {
    fn read(&mut self, folder: &str, is_library: bool) -> Outcome {
        for module in Source::read(&root().join(folder))?.modules {
            let file = module.file.strip_prefix(root()).unwrap_or(Path::new(folder));
            self.is_library = is_library && !INSIDE.iter().any(|inside| file.starts_with(inside));
            self.file = file.display().to_string();
            self.visit_file(&module.syntax);
        }
        Ok(())
    }

    fn look(&mut self, what: &str, attributes: &[Attribute], must: bool) {
        let comment = comment(attributes);
        let words = comment.split_whitespace().count();
        self.comments += usize::from(words > 0);
        if words == 0 && must && self.is_library {
            self.faults.push(format!("{}: {what} is public and says nothing", self.file));
        } else if (1..=TOO_SHORT).contains(&words) && !self.is_help {
            let comment = comment.trim();
            self.faults.push(format!("{}: {what} says no more than {comment:?}", self.file));
        }
    }
}

fn comment(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            // Such as `include_str!("README.md")`.
            _ => Some("a text that stands elsewhere".to_owned()),
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_command_line(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|derive| {
        let derived = derive.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
        let is_of_clap = |path: &syn::Path| {
            path.segments.last().is_some_and(|last| {
                ["Parser", "Args", "Subcommand", "ValueEnum"].iter().any(|name| last.ident == name)
            })
        };
        derived.is_ok_and(|derived| derived.iter().any(is_of_clap))
    })
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (name, attributes, visibility) = match item {
            Item::Fn(item) => (&item.sig.ident, &item.attrs, &item.vis),
            Item::Struct(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Enum(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Trait(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Const(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Type(item) => (&item.ident, &item.attrs, &item.vis),
            Item::Mod(item) if is_for_tests(&item.attrs) => return,
            _ => return syn::visit::visit_item(self, item),
        };
        if is_for_tests(attributes) {
            return;
        }
        self.is_help = is_command_line(attributes);
        self.look(&name.to_string(), attributes, is_public(visibility));
        syn::visit::visit_item(self, item);
        self.is_help = false;
    }

    fn visit_impl_item_fn(&mut self, method: &'ast ImplItemFn) {
        if !is_for_tests(&method.attrs) {
            self.look(&method.sig.ident.to_string(), &method.attrs, is_public(&method.vis));
        }
    }

    fn visit_trait_item_fn(&mut self, method: &'ast TraitItemFn) {
        self.look(&method.sig.ident.to_string(), &method.attrs, false);
    }

    fn visit_field(&mut self, field: &'ast Field) {
        let name = field.ident.as_ref().map_or("a field".to_owned(), ToString::to_string);
        self.look(&name, &field.attrs, false);
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        self.look(&variant.ident.to_string(), &variant.attrs, false);
        syn::visit::visit_variant(self, variant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> usize {
        let mut reader = Reader { is_library: true, ..Reader::default() };
        reader.visit_file(&syn::parse_file(text).unwrap());
        reader.faults.len()
    }

    #[test]
    fn what_is_public_must_say_something_and_a_field_need_not() {
        assert_eq!(faults("/// A moment in milliseconds.\npub struct At { pub millis: i64 }"), 0);
        assert_eq!(faults("pub fn f() {} fn g() {} pub(crate) fn h() {}"), 1);
        assert_eq!(faults("impl A { pub fn f() {} } impl B for A { fn g() {} }"), 1);
    }

    #[test]
    fn three_words_are_too_few_but_in_the_help_of_a_command() {
        assert_eq!(faults("/// Does it.\nfn f() {}\nenum E { /// Its title.\n A }"), 2);
        assert_eq!(faults("#[derive(clap::Args)] struct A { /// The title.\n title: String }"), 0);
        assert_eq!(faults("#[cfg(test)] mod tests { /// Does it.\n fn f() {} }"), 0);
    }
}
