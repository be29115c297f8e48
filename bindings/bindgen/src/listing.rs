//! Everything that is exported, as a text that is pleasant to compare: one line for each name, with
//! its types and errors, sorted.

use uniffi_bindgen::{
    ComponentInterface,
    interface::{AsType, Callable, Enum, Field, Object, Record, Type},
};

/// The list of everything that is exported, sorted.
pub fn of(interface: &ComponentInterface) -> String {
    let mut items: Vec<String> = Vec::new();
    items.extend(interface.function_definitions().iter().map(|f| call("function ", f.name(), f)));
    items.extend(interface.object_definitions().iter().map(object));
    items.extend(interface.record_definitions().iter().map(record));
    items.extend(interface.enum_definitions().iter().map(|e| choice(interface, e)));
    items.extend(interface.iter_local_types().filter_map(custom));
    items.sort();
    items.join("\n") + "\n"
}

fn object(object: &Object) -> String {
    let kind = if object.has_callback_interface() { "interface (of the host)" } else { "object" };
    let mut lines = vec![format!("{kind} {}", object.name())];
    let constructors = object.constructors();
    lines.extend(constructors.into_iter().map(|c| call("    constructor ", c.name(), c)));
    let mut methods: Vec<_> =
        object.methods().into_iter().map(|m| call("    ", m.name(), m)).collect();
    methods.sort();
    lines.extend(methods);
    lines.join("\n")
}

fn record(record: &Record) -> String {
    let fields = record.fields().iter().map(|f| format!("\n    {}", field(f)));
    format!("record {}{}", record.name(), fields.collect::<String>())
}

fn choice(interface: &ComponentInterface, choice: &Enum) -> String {
    let kind = if interface.is_name_used_as_error(choice.name()) { "error" } else { "enum" };
    let variants = choice.variants().iter().map(|variant| {
        let fields: Vec<_> = variant.fields().iter().map(field).collect();
        let fields =
            if fields.is_empty() { String::new() } else { format!("({})", fields.join(", ")) };
        format!("\n    {}{fields}", variant.name())
    });
    format!("{kind} {}{}", choice.name(), variants.collect::<String>())
}

fn custom(custom: &Type) -> Option<String> {
    match custom {
        Type::Custom { name, builtin, .. } => Some(format!("type {name} = {}", named(builtin))),
        _ => None,
    }
}

fn field(field: &Field) -> String {
    match field.name() {
        "" => named(&field.as_type()),
        name => format!("{name}: {}", named(&field.as_type())),
    }
}

fn call(before: &str, name: &str, callable: &dyn Callable) -> String {
    let argument = |argument: &&uniffi_bindgen::interface::Argument| {
        let default = if argument.default_value().is_some() { " = default" } else { "" };
        format!("{}: {}{default}", argument.name(), named(&argument.as_type()))
    };
    let arguments: Vec<_> = callable.arguments().iter().map(argument).collect();
    let waits = if callable.is_async() { "async " } else { "" };
    let gives = callable.return_type().map(|t| format!(" -> {}", named(t))).unwrap_or_default();
    let throws =
        callable.throws_type().map(|t| format!(" throws {}", named(t))).unwrap_or_default();
    format!("{before}{waits}{name}({}){gives}{throws}", arguments.join(", "))
}

/// A type as the list names it.
pub fn named(of: &Type) -> String {
    match of {
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        Type::Box { inner_type } => named(inner_type),
        Type::Optional { inner_type } => format!("{}?", named(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", named(inner_type)),
        Type::Set { inner_type } => format!("{{{}}}", named(inner_type)),
        Type::Map { key_type, value_type } => {
            format!("[{}: {}]", named(key_type), named(value_type))
        }
        plain => format!("{plain:?}"),
    }
}
