//! The TypeScript side, for pages in a browser: what is exported as types, and how each value is
//! written as bytes.

mod api;
mod docs;
mod lines;
mod schema;
mod types;

pub use self::{api::api, lines::lines, schema::schema};

use uniffi_bindgen::{
    ComponentInterface,
    interface::{Callable, Object},
};

use crate::names::camel;

/// What a browser has no place for: folders in which files are written one by one, a database that
/// is moved aside, and logs that are listened to.
const NOT_IN_A_BROWSER: [&str; 6] = [
    "export_with_files",
    "check_import",
    "import_with_files",
    "salvage",
    "set_aside",
    "set_log_listener",
];

/// What only a host has that keeps the key and tells the library of its own faults.
const OF_THE_HOST: [&str; 4] = ["KeyAnswer", "KeyStoreError", "ListenerError", "LogLevel"];

/// What can be called of an object, and its name: methods as they are declared.
fn calls(object: &Object) -> Vec<(&str, &dyn Callable)> {
    let methods = object.methods().into_iter();
    let mut calls: Vec<(&str, &dyn Callable)> = methods.map(|m| (m.name(), m as _)).collect();
    calls.retain(|(name, _)| !NOT_IN_A_BROWSER.contains(name));
    calls
}

/// The functions that are of no object. A page calls them where it calls the methods of the core.
fn functions(interface: &ComponentInterface) -> Vec<(&str, &dyn Callable)> {
    let functions = interface.function_definitions().iter();
    let mut calls: Vec<(&str, &dyn Callable)> = functions.map(|f| (f.name(), f as _)).collect();
    calls.retain(|(name, _)| !NOT_IN_A_BROWSER.contains(name));
    calls
}

/// The objects that a page holds. That of the core is `LearningCore` to it, and what a page cancels
/// with is the browser's own.
fn objects(interface: &ComponentInterface) -> impl Iterator<Item = &Object> {
    let objects = interface.object_definitions().iter();
    objects.filter(|object| !object.has_callback_interface() && object.name() != types::CANCELS)
}

/// The name of a parameter, which may be none of the words of the language.
fn parameter(name: &str) -> String {
    let name = camel(name);
    if ["with", "in", "new", "default", "function"].contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}
