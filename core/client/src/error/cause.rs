//! What lies behind an error.

use std::{error, fmt, sync::Arc};

/// What led to an error; for logs and reports. Errors that ask the same of a person are equal
/// whatever led to them.
#[derive(Clone)]
pub struct Cause(Arc<dyn error::Error + Send + Sync>);

impl Cause {
    pub(crate) fn new(cause: impl error::Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(cause))
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl error::Error for Cause {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source()
    }
}

impl PartialEq for Cause {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cause {}
