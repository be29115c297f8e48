//! Addresses, as the browser reads them: with the tables of names that it has anyway.

use web_sys::Url;

/// An address on the network that is whole.
#[derive(Clone)]
pub(crate) struct Address(Url);

impl Address {
    /// The address that a text is.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Url::new(text).ok().map(Self)
    }

    /// The address that a text is for one who is at this one.
    pub(crate) fn join(&self, text: &str) -> Option<Self> {
        Url::new_with_base(text, &self.text()).ok().map(Self)
    }

    /// The scheme, such as `https`.
    pub(crate) fn scheme(&self) -> String {
        self.0.protocol().trim_end_matches(':').to_owned()
    }

    /// The name or the number of the machine; empty if it names none.
    pub(crate) fn host(&self) -> String {
        self.0.hostname()
    }

    /// The address without a person's name and password, and without what follows the path.
    pub(crate) fn bare(self) -> Self {
        self.0.set_search("");
        self.0.set_hash("");
        self.0.set_username("");
        self.0.set_password("");
        self
    }

    /// The whole of it as a text.
    pub(crate) fn text(&self) -> String {
        self.0.href()
    }
}
