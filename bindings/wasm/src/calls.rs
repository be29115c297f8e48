//! The calls of a page on the core of one account and on the objects it was given.

use std::sync::{Arc, Mutex};

use enhance_ffi::{
    Arguments, Cancellation, CoreError, CoreHandle, KeyAnswer, KeyStore, KeyStoreError, nothing,
};

use crate::{
    call::{Answer, Call, Ears, Object, Shared, fault, locked},
    lines::{Called, Functions},
};

/// The core of one account, and all that a page holds of it.
pub struct Calls {
    core: Arc<CoreHandle>,
    ears: Arc<dyn Ears>,
    held: Shared,
}

/// An account that was opened, and the key of its database if that was made just now.
pub struct Opened {
    /// What is called from now on.
    pub calls: Calls,
    /// The key with which the account can be opened again.
    pub new_key: Option<Vec<u8>>,
}

impl Calls {
    /// Opens the account in a folder with this key, and makes both if there is no database yet.
    pub fn open(
        folder: String,
        key: Option<Vec<u8>>,
        ears: Arc<dyn Ears>,
    ) -> Result<Opened, CoreError> {
        let keys = Arc::new(OneKey { key, made: Mutex::default() });
        let core = Arc::new(CoreHandle::open(folder, keys.clone(), None)?);
        let new_key = locked(&keys.made).take();
        Ok(Opened { calls: Self { core, ears, held: Shared::default() }, new_key })
    }

    /// Calls a method of an object by its name; 0 is the core. `ask` is the number of the call.
    pub fn call(&self, ask: u32, on: u32, method: &str, arguments: Vec<u8>) -> Answer {
        let cancellation = Arc::new(Cancellation::new());
        let call = Call {
            arguments: Arguments::new(arguments),
            cancellation: cancellation.clone(),
            ears: self.ears.clone(),
            held: self.held.clone(),
        };
        match self.called(on, method, call) {
            Ok(Answer::Later(answer)) => {
                locked(&self.held).waiting.insert(ask, cancellation);
                let held = self.held.clone();
                Answer::Later(Box::pin(async move {
                    let answer = answer.await;
                    locked(&held).waiting.remove(&ask);
                    answer
                }))
            }
            Ok(now) => now,
            Err(_) => Answer::Now(nothing(Err(fault("looking for what was called")))),
        }
    }

    /// Ends a call that was not answered yet, at its next step.
    pub fn cancel(&self, ask: u32) {
        if let Some(cancellation) = locked(&self.held).waiting.get(&ask) {
            cancellation.cancel();
        }
    }

    /// Lets go of an object that the page needs no more.
    pub fn release(&self, object: u32) {
        let released = locked(&self.held).objects.remove(&object);
        drop(released);
    }

    fn called(&self, on: u32, method: &str, call: Call) -> Result<Answer, Call> {
        if on == 0 {
            let of_core = self.core.clone().called(method, call);
            return of_core.or_else(|call| Arc::new(Functions).called(method, call));
        }
        let object = locked(&self.held).objects.get(&on).cloned();
        match object {
            Some(Object::Subscription(subscription)) => subscription.called(method, call),
            Some(Object::Syncing(syncing)) => syncing.called(method, call),
            Some(Object::Ticket(ticket)) => ticket.called(method, call),
            Some(Object::Typing(typing)) => typing.called(method, call),
            None => Err(call),
        }
    }
}

/// The key that the page has, and the one that was made because it had none. Keeping it is the
/// page's matter: a browser's key store answers only those who can wait.
struct OneKey {
    key: Option<Vec<u8>>,
    made: Mutex<Option<Vec<u8>>>,
}

impl KeyStore for OneKey {
    fn fetch(&self) -> Result<KeyAnswer, KeyStoreError> {
        let known = locked(&self.made).clone().or_else(|| self.key.clone());
        Ok(known.map_or(KeyAnswer::Missing, |bytes| KeyAnswer::Key { bytes }))
    }

    fn keep(&self, key: Vec<u8>) -> Result<(), KeyStoreError> {
        *locked(&self.made) = Some(key);
        Ok(())
    }
}
