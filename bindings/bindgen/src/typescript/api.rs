//! `api.d.ts`: everything that a page can call and be given, with what is said of it.

use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{AsType, Callable, Enum, Field, Object, Record, Type, Variant},
};

use super::{
    OF_THE_HOST, calls,
    docs::{WIDTH, comment},
    functions, objects, parameter,
    types::{CANCELS, HANDLE, OWN, PROGRESS, is_function, meant, named, object},
};
use crate::names::camel;

const HEAD: &str = "\
// Everything that a page can call of the core and be given by it, with the names that Kotlin and
// Swift have for it. Written by bindings/bindgen: ENHANCE_BLESS=1 cargo test -p enhance-bindgen
//
// The core lives in a worker, so every call is answered with a promise. One that fails is rejected
// with a `CoreError`. A word of a list is a text. Where some in the list have more to say, each is
// an object with its word as `type`. Whole numbers are exact up to `Number.MAX_SAFE_INTEGER`.

export {};

/** Tells types apart whose values are written alike. No value has this property. */
declare const of: unique symbol;

/** How a call that waits for the network is ended before its time. */
export interface Waiting {
  /** Ends the call at its next step: nothing that it was doing is cut in half. */
  readonly signal?: AbortSignal;
}

/** How a call that takes long is followed. */
export interface WaitingWithProgress extends Waiting {
  /** Hears how far it has come. */
  readonly progress?: ProgressListener;
}

/** What went wrong: each call that fails is rejected with one, and with nothing else. */
export interface CoreError extends Error {
  /** Says what went wrong to programs, and never changes its meaning. */
  readonly code: string;
  /** Says what went wrong to the person, and what they can do. */
  readonly reason: string;
  /** What went wrong, with all that is known of it. */
  readonly fault: CoreFault;
}
";

/// Everything that is exported, as the types of a page's calls.
pub fn api(interface: &ComponentInterface) -> Result<String> {
    let mut file = HEAD.to_owned();
    file += &core(interface)?;
    for held in objects(interface).filter(|object| object.name() != HANDLE) {
        let methods = methods(interface, calls(held))?;
        let head = format!("export interface {} {{\n", held.name());
        file.extend(["\n", &comment(held.docstring(), ""), &head, &methods, "}\n"]);
    }
    let heard = interface.object_definitions().iter().filter(|object| is_function(object));
    for object in heard.filter(|object| object.name() != "LogListener") {
        file += &function_type(interface, object)?;
    }
    let mut declared = Vec::new();
    for record in interface.record_definitions() {
        let unused = record.name() == "Salvaged";
        if !unused {
            declared.push((record.name().to_owned(), self::record(record)?));
        }
    }
    for choice in interface.enum_definitions().iter().filter(|e| !OF_THE_HOST.contains(&e.name())) {
        declared.push((choice.name().to_owned(), self::choice(interface, choice)?));
    }
    for custom in interface.iter_local_types() {
        if let Type::Custom { name, builtin, .. } = custom {
            declared.push((name.clone(), self::custom(interface, name, builtin)?));
        }
    }
    declared.sort();
    file.extend(declared.into_iter().map(|(_, text)| text));
    Ok(file)
}

fn core(interface: &ComponentInterface) -> Result<String> {
    let handle = interface.get_object_definition(HANDLE).context("no core is exported")?;
    let methods_of_core = methods(interface, calls(handle))?;
    let functions = methods(interface, functions(interface))?;
    Ok(format!(
        "
/**
 * Everything a page does with one person's account in this browser.
 *
 * What is local takes milliseconds and is durable when its promise is fulfilled. What needs the
 * network can be ended by a signal.
 */
export interface LearningCore {{
{methods_of_core}{functions}}}
"
    ))
}

fn methods(interface: &ComponentInterface, calls: Vec<(&str, &dyn Callable)>) -> Result<String> {
    let mut methods = String::new();
    for (name, callable) in calls {
        if !methods.is_empty() {
            methods.push('\n');
        }
        let signature = signature(interface, callable)
            .with_context(|| format!("writing {name} in TypeScript"))?;
        methods += &comment(callable.docstring(), "  ");
        methods += &laid_out(&camel(name), &signature);
    }
    Ok(methods)
}

struct Signature {
    parameters: Vec<String>,
    gives: String,
}

fn signature(interface: &ComponentInterface, callable: &dyn Callable) -> Result<Signature> {
    let (mut parameters, mut options) = (Vec::new(), None);
    let mut is_needed = false;
    // From the last one on, what has a value while nobody says it need not be said.
    for argument in callable.arguments().into_iter().rev() {
        let of = argument.as_type();
        match object(interface, &of).map(Object::name) {
            Some(CANCELS) => options = options.or(Some("Waiting")),
            Some(PROGRESS) => options = Some("WaitingWithProgress"),
            _ => {
                let can_be_left =
                    argument.default_value().is_some() || matches!(of, Type::Optional { .. });
                is_needed |= !can_be_left;
                let mark = if is_needed { "" } else { "?" };
                let (name, of) = (parameter(argument.name()), named(&of)?);
                parameters.insert(0, format!("{name}{mark}: {of}"));
            }
        }
    }
    parameters.extend(options.map(|options| format!("options?: {options}")));
    let gives = callable.return_type().map(named).transpose()?.unwrap_or("void".to_owned());
    Ok(Signature { parameters, gives })
}

fn laid_out(name: &str, Signature { parameters, gives }: &Signature) -> String {
    let line = format!("  {name}({}): Promise<{gives}>;\n", parameters.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let parameters = parameters.iter().map(|parameter| format!("    {parameter},\n"));
    format!("  {name}(\n{}  ): Promise<{gives}>;\n", parameters.collect::<String>())
}

fn function_type(interface: &ComponentInterface, object: &Object) -> Result<String> {
    let methods = object.methods();
    let method = methods.first().context("an interface of the host without a method")?;
    let Signature { parameters, .. } = signature(interface, *method)?;
    let docs = comment(object.docstring().or(method.docstring()), "");
    let (name, parameters) = (object.name(), parameters.join(", "));
    Ok(format!("\n{docs}export type {name} = ({parameters}) => void;\n"))
}

fn record(record: &Record) -> Result<String> {
    let mut fields = String::new();
    for field in record.fields() {
        let (name, of) = (camel(field.name()), named(&field.as_type())?);
        fields += &comment(field.docstring(), "  ");
        writeln!(fields, "  readonly {name}: {of};")?;
    }
    let docs = comment(record.docstring(), "");
    Ok(format!("\n{docs}export interface {} {{\n{fields}}}\n", record.name()))
}

fn choice(interface: &ComponentInterface, choice: &Enum) -> Result<String> {
    let is_error = interface.is_name_used_as_error(choice.name());
    let name = if is_error { "CoreFault" } else { choice.name() };
    let is_flat = choice.variants().iter().all(|variant| variant.fields().is_empty());
    let mut variants = String::new();
    for variant in choice.variants() {
        variants += &comment(variant.docstring(), "  ");
        if is_flat {
            writeln!(variants, "  | {:?}", camel(variant.name()))?;
        } else {
            variants += &self::variant(variant)?;
        }
    }
    let docs = comment(choice.docstring(), "");
    Ok(format!("\n{docs}export type {name} =\n{};\n", variants.trim_end()))
}

fn variant(variant: &Variant) -> Result<String> {
    let kind = format!("readonly type: {:?}", camel(variant.name()));
    let mut fields = Vec::new();
    for field in variant.fields() {
        fields.push((
            field.docstring(),
            format!("readonly {}: {}", field_name(variant, field)?, named(&field.as_type())?),
        ));
    }
    let undocumented = fields.iter().all(|(docs, _)| docs.is_none());
    let mut line = format!("  | {{ {kind}");
    for (_, field) in &fields {
        write!(line, "; {field}")?;
    }
    line += " }\n";
    if undocumented && line.len() <= WIDTH {
        return Ok(line);
    }
    let mut lines = format!("  | {{\n      {kind};\n");
    for (docs, field) in &fields {
        writeln!(lines, "{}      {field};", comment(*docs, "      "))?;
    }
    Ok(lines + "    }\n")
}

/// The only field of a variant needs no name in Rust. In TypeScript it has this one.
pub(super) fn field_name(variant: &Variant, field: &Field) -> Result<String> {
    if !field.name().is_empty() {
        return Ok(camel(field.name()));
    }
    ensure!(variant.fields().len() == 1, "{} has several fields without a name", variant.name());
    Ok("value".to_owned())
}

fn custom(interface: &ComponentInterface, name: &str, builtin: &Type) -> Result<String> {
    let docs = interface.get_custom_type_definition(name).and_then(|custom| custom.docstring());
    let docs = comment(docs.or(said_of(name)), "");
    let meant = meant(name, builtin)?;
    Ok(format!("\n{docs}export type {name} = {meant};\n"))
}

/// What the model says of a type in the words of Rust's documentation, which do not come along.
fn said_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "CalendarDate" => "A day, as `2026-02-28`.",
        "Timestamp" => "A moment, to the millisecond.",
        "Duration" => "A length of time in milliseconds.",
        "Minutes" => "A length of time in whole minutes.",
        "UtcOffset" => "How far clocks are ahead of UTC, as `+01:00`.",
        "Place" => "A part of a document: `problem`, `measures/{id}/unit`. Empty for the whole.",
        "Mark" => "A character of a text, by a name that it keeps.",
        own if OWN.contains(&own) => return None,
        _ => return None,
    })
}
