//! One call of a page: its arguments, what it is answered with, and what is held for the page.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use enhance_client::Error;
use enhance_ffi::{
    Arguments, Cancellation, ChangeSubscription, Changes, CoreError, KeepInSync, ListenerError,
    Observer, ProgressListener, SyncProgress, TicketHandle, TypingHandle, written,
};

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
pub(crate) struct Held {
    last: u32,
    pub(crate) objects: HashMap<u32, Object>,
    /// What ends the calls that are not answered yet.
    pub(crate) waiting: HashMap<u32, Arc<Cancellation>>,
}

pub(crate) type Shared = Arc<Mutex<Held>>;

/// One call: its arguments, and what is needed to make something of them.
pub(crate) struct Call {
    pub(crate) arguments: Arguments,
    pub(crate) cancellation: Arc<Cancellation>,
    pub(crate) ears: Arc<dyn Ears>,
    pub(crate) held: Shared,
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

pub(crate) fn fault(during: &str) -> CoreError {
    Error::Internal { during: during.to_owned(), cause: None }.into()
}

/// What is held is whole after each step, so that a panic elsewhere changes nothing.
pub(crate) fn locked<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
