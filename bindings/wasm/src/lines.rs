//! How a line for a method becomes a call: its arguments are read in their order, and what it gives
//! is written as its answer.

use std::sync::Arc;

use crate::call::{Answer, Call};

/// What can be called by names.
pub(crate) trait Called {
    /// Calls a method. One that nobody knows gives the call back.
    fn called(self: Arc<Self>, method: &str, call: Call) -> Result<Answer, Call>;
}

/// The functions that are of no object.
pub(crate) struct Functions;

/// Lines such as `later sync(value, cancellation, listener) -> try value;`: when it is answered,
/// its name, how each argument crosses, whether it can fail, and what it gives.
macro_rules! methods {
    ($($object:ident {
        $($when:ident $name:ident($($take:ident),*) -> $($gives:ident)+;)*
    })*) => {$(
        impl Called for $object {
            #[allow(unused_mut, reason = "not every method takes something")]
            #[allow(
                clippy::redundant_closure_call,
                reason = "an argument that cannot be read ends the closure and not the call"
            )]
            fn called(self: Arc<Self>, method: &str, mut call: Call) -> Result<Answer, Call> {
                Ok(match method {
                    $(stringify!($name) => {
                        answered!($when $object self call $name [$($take)*] $($gives)+)
                    })*
                    _ => return Err(call),
                })
            }
        }
    )*};
}

macro_rules! answered {
    (now $object:ident $self:ident $call:ident $name:ident [$($take:ident)*] $($gives:ident)+) => {{
        let outcome = outcome!($object $self $call $name [$($take)*] $($gives)+);
        Answer::Now(given!($call outcome $($gives)+))
    }};
    (later Functions $self:ident $call:ident $name:ident [$($take:ident)*] try $gives:ident) => {
        Answer::Later(Box::pin(async move {
            let outcome = async { enhance_ffi::$name($(taken!($call $take)),*).await }.await;
            given!($call outcome $gives)
        }))
    };
    (later $of:ident $self:ident $call:ident $name:ident [$($take:ident)*] try $gives:ident) => {
        Answer::Later(Box::pin(async move {
            let outcome = async { $self.$name($(taken!($call $take)),*).await }.await;
            given!($call outcome $gives)
        }))
    };
}

/// What came of it.
macro_rules! outcome {
    (Functions $self:ident $call:ident $name:ident [$($take:ident)*] try $gives:ident) => {
        (|| enhance_ffi::$name($(taken!($call $take)),*))()
    };
    (Functions $self:ident $call:ident $name:ident [$($take:ident)*] $gives:ident) => {
        (|| -> Result<_, CoreError> { Ok(enhance_ffi::$name($(taken!($call $take)),*)) })()
    };
    ($object:ident $self:ident $call:ident $name:ident [$($take:ident)*] try $gives:ident) => {
        (|| $self.$name($(taken!($call $take)),*))()
    };
    ($object:ident $self:ident $call:ident $name:ident [$($take:ident)*] $gives:ident) => {
        (|| -> Result<_, CoreError> { Ok($self.$name($(taken!($call $take)),*)) })()
    };
}

/// The next argument, read as it crosses.
macro_rules! taken {
    ($call:ident value) => {
        $call.arguments().value()?
    };
    ($call:ident reference) => {
        &$call.arguments().value()?
    };
    ($call:ident text) => {
        &$call.arguments().text()?
    };
    ($call:ident cancellation) => {
        $call.cancellation()
    };
    ($call:ident listener) => {
        $call.listener()?
    };
    ($call:ident observer) => {
        $call.observer()?
    };
}

/// The answer that says what came of it.
macro_rules! given {
    ($call:ident $outcome:ident try $gives:ident) => {
        given!($call $outcome $gives)
    };
    ($call:ident $outcome:ident value) => {
        answer($outcome)
    };
    ($call:ident $outcome:ident nothing) => {
        nothing($outcome)
    };
    ($call:ident $outcome:ident held) => {
        answer($outcome.and_then(|object| $call.hold(object)))
    };
}

pub(crate) use {answered, given, methods, outcome, taken};
