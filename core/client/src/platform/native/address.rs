//! Addresses, as the library reads them that speaks HTTP.

use reqwest::Url;

/// An address on the network that is whole.
#[derive(Clone)]
pub(crate) struct Address(pub(super) Url);

impl Address {
    /// The address that a text is.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Url::parse(text).ok().map(Self)
    }

    /// The address that a text is for one who is at this one.
    pub(crate) fn join(&self, text: &str) -> Option<Self> {
        self.0.join(text).ok().map(Self)
    }

    /// The scheme, such as `https`.
    pub(crate) fn scheme(&self) -> String {
        self.0.scheme().to_owned()
    }

    /// The name or the number of the machine; empty if it names none.
    pub(crate) fn host(&self) -> String {
        self.0.host_str().unwrap_or_default().to_owned()
    }

    /// The address without a person's name and password, and without what follows the path.
    pub(crate) fn bare(mut self) -> Self {
        self.0.set_query(None);
        self.0.set_fragment(None);
        // What has neither a name nor a password has nothing to take out.
        let _ = (self.0.set_username(""), self.0.set_password(None));
        self
    }

    /// The whole of it as a text.
    pub(crate) fn text(&self) -> String {
        self.0.to_string()
    }
}
