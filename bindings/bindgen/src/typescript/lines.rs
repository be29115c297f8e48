//! `methods.rs`: a line for each method that a page can call, for the macro of `bindings/wasm`.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use uniffi_bindgen::{
    ComponentInterface,
    interface::{Argument, AsType, Callable, Type},
};

use super::{
    calls, functions, objects,
    types::{CANCELS, PROGRESS, is_function, object},
};

const HEAD: &str = "\
//! A line for each method that a page can call. Written by bindings/bindgen, as `api.d.ts` is:
//! `ENHANCE_BLESS=1 cargo test -p enhance-bindgen`.

use std::sync::Arc;

use enhance_ffi::{
    ChangeSubscription, CoreError, CoreHandle, KeepInSync, TicketHandle, TypingHandle, answer,
    nothing,
};

use crate::{
    call::{Answer, Call},
    lines::{Called, Functions, answered, given, methods, outcome, taken},
};

methods! {
";

/// The methods of each object, and the functions that are of none.
pub fn lines(interface: &ComponentInterface) -> Result<String> {
    let mut file = HEAD.to_owned();
    for object in objects(interface) {
        file += &block(interface, object.name(), calls(object))?;
    }
    file += &block(interface, "Functions", functions(interface))?;
    Ok(file + "}\n")
}

fn block(
    interface: &ComponentInterface,
    name: &str,
    calls: Vec<(&str, &dyn Callable)>,
) -> Result<String> {
    let mut lines = String::new();
    for (name, callable) in calls {
        let line = line(interface, name, callable).with_context(|| format!("of {name}"))?;
        writeln!(lines, "        {line}")?;
    }
    Ok(format!("    {name} {{\n{lines}    }}\n"))
}

fn line(interface: &ComponentInterface, name: &str, callable: &dyn Callable) -> Result<String> {
    let when = if callable.is_async() { "later" } else { "now" };
    let mut takes = Vec::new();
    for argument in callable.arguments() {
        takes.push(take(interface, argument)?);
    }
    let can_fail = if callable.throws_type().is_some() { "try " } else { "" };
    let gives = match callable.return_type() {
        None => "nothing",
        Some(of) if object(interface, of).is_some() => "held",
        Some(_) => "value",
    };
    Ok(format!("{when} {name}({}) -> {can_fail}{gives};", takes.join(", ")))
}

/// How an argument crosses.
fn take(interface: &ComponentInterface, argument: &Argument) -> Result<&'static str> {
    let of = argument.as_type();
    if let Some(object) = object(interface, &of) {
        return match object.name() {
            CANCELS => Ok("cancellation"),
            PROGRESS => Ok("listener"),
            _ if is_function(object) => Ok("observer"),
            name => anyhow::bail!("a page has no {name} to hand in"),
        };
    }
    Ok(match (argument.by_ref(), of) {
        (true, Type::String) => "text",
        (true, _) => "reference",
        (false, _) => "value",
    })
}
