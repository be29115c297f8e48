//! What kinds of files a page has, and what a browser is told of each.

/// The kind of a file, by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Html,
    Script,
    Style,
    Module,
    Picture,
    Text,
}

impl Kind {
    /// The kind of the file at an address; none if a page has no file of such a name.
    pub(super) fn of(address: &str) -> Option<Self> {
        let (_, name) = address.rsplit_once('/')?;
        let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if !is_plain || name.starts_with('.') {
            return None;
        }
        Some(match name.rsplit_once('.')?.1 {
            "html" => Self::Html,
            "js" => Self::Script,
            "css" => Self::Style,
            "wasm" => Self::Module,
            "svg" => Self::Picture,
            "txt" => Self::Text,
            _ => return None,
        })
    }

    /// As HTTP names it. A browser compiles a module while it comes only if it is called one.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Style => "text/css; charset=utf-8",
            Self::Module => "application/wasm",
            Self::Picture => "image/svg+xml",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}
