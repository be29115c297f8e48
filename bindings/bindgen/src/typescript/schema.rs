//! `schema.ts`: how each value is written as bytes, and what each method takes and gives, for
//! `bindings/wasm/js/wire.ts` to follow. Types are named as in the list of what is exported.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{AsType, Callable, DefaultValue, Literal, Type},
};

use super::{OF_THE_HOST, api::field_name, calls, functions, objects, types::HANDLE};
use crate::{listing::named, names::camel};

const HEAD: &str = "// Written by bindings/bindgen. How values cross, for wire.ts.
import type { Method, Shape } from \"./wire.js\";

";

/// What each type consists of, and how each method is called.
pub fn schema(interface: &ComponentInterface) -> Result<String> {
    let mut types = Map::new();
    for record in interface.record_definitions() {
        let fields = record.fields().iter();
        let fields: Vec<_> =
            fields.map(|field| json!([camel(field.name()), named(&field.as_type())])).collect();
        types.insert(record.name().to_owned(), json!({ "fields": fields }));
    }
    for choice in interface.enum_definitions().iter().filter(|e| !OF_THE_HOST.contains(&e.name())) {
        let is_flat = choice.variants().iter().all(|variant| variant.fields().is_empty());
        let mut variants = Vec::new();
        for variant in choice.variants() {
            let mut fields = Vec::new();
            for field in variant.fields() {
                fields.push(json!([field_name(variant, field)?, named(&field.as_type())]));
            }
            let name = camel(variant.name());
            variants.push(if is_flat { json!(name) } else { json!([name, fields]) });
        }
        let key = if is_flat { "words" } else { "variants" };
        types.insert(choice.name().to_owned(), json!({ key: variants }));
    }
    for custom in interface.iter_local_types() {
        if let Type::Custom { name, builtin, .. } = custom {
            types.insert(name.clone(), json!({ "is": named(builtin) }));
        }
    }
    let mut methods = Map::new();
    for object in objects(interface) {
        let mut of_object = Map::new();
        let mut all = calls(object);
        if object.name() == HANDLE {
            all.extend(functions(interface));
        }
        for (name, callable) in all {
            let method = method(name, callable).with_context(|| format!("of {name}"))?;
            of_object.insert(camel(name), method);
        }
        methods.insert(object.name().to_owned(), of_object.into());
    }
    Ok(format!(
        "{HEAD}export const TYPES: Record<string, Shape> = {};\n\n\
         export const METHODS: Record<string, Record<string, Method>> = {};\n",
        lines(&types)?,
        lines(&methods)?,
    ))
}

fn method(name: &str, callable: &dyn Callable) -> Result<Value> {
    let mut takes = Vec::new();
    for argument in callable.arguments() {
        let of = argument.as_type();
        let otherwise = match argument.default_value() {
            Some(default) => Some(literal(default, &of)?),
            None => matches!(of, Type::Optional { .. }).then_some(Value::Null),
        };
        let mut take = vec![json!(named(&of))];
        take.extend(otherwise);
        takes.push(json!(take));
    }
    let gives = callable.return_type().map(named);
    Ok(json!({ "name": name, "takes": takes, "gives": gives }))
}

fn literal(default: &DefaultValue, of: &Type) -> Result<Value> {
    Ok(match (default, of) {
        (DefaultValue::Default, Type::Optional { .. })
        | (DefaultValue::Literal(Literal::None), _) => Value::Null,
        (DefaultValue::Default, Type::String) => json!(""),
        (DefaultValue::Default, Type::Boolean) => json!(false),
        (DefaultValue::Literal(Literal::String(text)), _) => json!(text),
        (DefaultValue::Literal(Literal::Boolean(yes)), _) => json!(yes),
        other => bail!("TypeScript has no rule for {other:?}"),
    })
}

/// One entry on each line.
fn lines(entries: &Map<String, Value>) -> Result<String> {
    let mut text = String::from("{\n");
    for (name, value) in entries {
        writeln!(text, "  {name}: {},", serde_json::to_string(value)?)?;
    }
    Ok(text + "}")
}
