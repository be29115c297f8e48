//! What a page calls, and what is held for it meanwhile: objects it was given, and work it can end.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use enhance_client::Error;
use enhance_ffi::{
    Arguments, Cancellation, ChangeSubscription, Changes, CoreError, CoreHandle, KeepInSync,
    KeyAnswer, KeyStore, KeyStoreError, ListenerError, Observer, ProgressListener, SyncProgress,
    TicketHandle, TypingHandle, nothing, written,
};

use crate::lines::{Called, Functions};

/// Hears what listeners hear. A listener is told apart by the number of the call that named it.
pub trait Ears: Send + Sync {
    /// The listener of this number hears this.
    fn heard(&self, by: u32, what: Vec<u8>);
}

/// What a call is answered with, as bytes.
pub enum Answer {
    /// At once: it is local.
    Now(Vec<u8>),
    /// Later: the network is waited for.
    Later(Pin<Box<dyn Future<Output = Vec<u8>> + Send>>),
}

/// An object that a page holds.
#[derive(Clone)]
pub(crate) enum Object {
    Subscription(Arc<ChangeSubscription>),
    Syncing(Arc<KeepInSync>),
    Ticket(Arc<TicketHandle>),
    Typing(Arc<TypingHandle>),
}

impl From<ChangeSubscription> for Object {
    fn from(subscription: ChangeSubscription) -> Self {
        Self::Subscription(Arc::new(subscription))
    }
}

impl From<KeepInSync> for Object {
    fn from(syncing: KeepInSync) -> Self {
        Self::Syncing(Arc::new(syncing))
    }
}

impl From<TicketHandle> for Object {
    fn from(ticket: TicketHandle) -> Self {
        Self::Ticket(Arc::new(ticket))
    }
}

impl From<TypingHandle> for Object {
    fn from(typing: TypingHandle) -> Self {
        Self::Typing(Arc::new(typing))
    }
}

/// What is held for a page, by number.
#[derive(Default)]
struct Held {
    last: u32,
    objects: HashMap<u32, Object>,
    /// What ends the calls that are not answered yet.
    waiting: HashMap<u32, Arc<Cancellation>>,
}

type Shared = Arc<Mutex<Held>>;

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

/// One call: its arguments, and what is needed to make something of them.
pub(crate) struct Call {
    arguments: Arguments,
    cancellation: Arc<Cancellation>,
    ears: Arc<dyn Ears>,
    held: Shared,
}

impl Call {
    pub(crate) fn arguments(&mut self) -> &mut Arguments {
        &mut self.arguments
    }

    pub(crate) fn cancellation(&self) -> Arc<Cancellation> {
        self.cancellation.clone()
    }

    /// Who hears how far it has come, if anybody does.
    pub(crate) fn listener(&mut self) -> Result<Option<Arc<dyn ProgressListener>>, CoreError> {
        let by = self.arguments.value::<i32>()?.unsigned_abs();
        let ear = Ear { by, ears: self.ears.clone() };
        Ok((by != 0).then(|| Arc::new(ear) as Arc<dyn ProgressListener>))
    }

    /// Who hears of changes.
    pub(crate) fn observer(&mut self) -> Result<Arc<dyn Observer>, CoreError> {
        let by = self.arguments.value::<i32>()?.unsigned_abs();
        Ok(Arc::new(Ear { by, ears: self.ears.clone() }))
    }

    /// Holds an object for the page: its number, which stands for it from now on.
    pub(crate) fn hold(&self, object: impl Into<Object>) -> Result<i32, CoreError> {
        let mut held = locked(&self.held);
        held.last += 1;
        let number = held.last;
        held.objects.insert(number, object.into());
        i32::try_from(number).map_err(|_| fault("holding an object for the page"))
    }
}

struct Ear {
    by: u32,
    ears: Arc<dyn Ears>,
}

impl ProgressListener for Ear {
    fn progressed(&self, progress: SyncProgress) -> Result<(), ListenerError> {
        self.ears.heard(self.by, written(progress));
        Ok(())
    }
}

impl Observer for Ear {
    fn changed(&self, changes: Changes) -> Result<(), ListenerError> {
        self.ears.heard(self.by, written(changes));
        Ok(())
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

fn fault(during: &str) -> CoreError {
    Error::Internal { during: during.to_owned(), cause: None }.into()
}

/// What is held is whole after each step, so that a panic elsewhere changes nothing.
fn locked<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
