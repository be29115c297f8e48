//! Where a device token may be sent: over TLS, or to this machine itself.

use std::net::IpAddr;

use enhance_model::{Quoted, folding, link};

use crate::{
    error::{Error, InputField},
    platform::address::Address,
};

/// Why a token may not be sent to an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AddressError {
    #[error("write it like https://enhance.example.org")]
    Unreadable,
    #[error("it must begin with https://, or everybody on the way could read what is sent")]
    Plain,
    #[error("leave out everything after the server's name and path")]
    Extra,
}

/// The address of a request, if one may be sent there.
pub(crate) fn of_request(text: &str) -> Result<Address, AddressError> {
    let address = Address::read(text).ok_or(AddressError::Unreadable)?;
    match &*address.scheme() {
        "https" => Ok(address),
        "http" if is_loopback(&address) => Ok(address),
        "http" => Err(AddressError::Plain),
        _ => Err(AddressError::Unreadable),
    }
}

/// A server's address as a person typed it, in the form in which it is kept: no slash at the end.
pub(crate) fn of_server(typed: &str) -> Result<String, AddressError> {
    // What was pasted may bring along what nobody sees, such as a byte order mark.
    let typed: String = typed.chars().filter(|sign| !folding::is_unseen(*sign)).collect();
    let typed = link::bare(&typed);
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let address = of_request(&whole)?;
    let text = address.text();
    if address.bare().text() != text {
        return Err(AddressError::Extra);
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// The same for who typed it in a field, with what was read where it is no address at all. What
/// else is wrong with one is said without it, since there may be a password in it.
pub(crate) fn typed(typed: &str, field: InputField) -> Result<String, Error> {
    of_server(typed).map_err(|error| match error {
        AddressError::Unreadable => {
            let read = Quoted(typed);
            Error::invalid(field, format_args!("{read} is no address of a server; {error}"))
        }
        other => Error::invalid(field, other),
    })
}

fn is_loopback(address: &Address) -> bool {
    let host = address.host();
    let number = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || number.parse::<IpAddr>().is_ok_and(|number| number.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_address_becomes_the_one_that_is_kept() {
        for (typed, kept) in [
            ("enhance.example.org", "https://enhance.example.org"),
            (" https://enhance.example.org/ ", "https://enhance.example.org"),
            ("HTTPS://Enhance.Example.org/nhs/", "https://enhance.example.org/nhs"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:8080/", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("\u{feff}https://enhance.example.org\u{200b}", "https://enhance.example.org"),
            ("<https://enhance.example.org/>.", "https://enhance.example.org"),
            ("“enhance.example.org”,", "https://enhance.example.org"),
            ("en\u{ad}hance.example.org\u{2060}\r\n", "https://enhance.example.org"),
        ] {
            assert_eq!(of_server(typed).as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn a_token_is_never_sent_where_others_can_read_it() {
        for (typed, error) in [
            ("http://enhance.example.org", AddressError::Plain),
            ("http://127.0.0.1.example.org", AddressError::Plain),
            ("http://192.168.0.7", AddressError::Plain),
            ("ftp://enhance.example.org", AddressError::Unreadable),
            ("", AddressError::Unreadable),
            ("https://", AddressError::Unreadable),
            ("https://me:secret@example.org", AddressError::Extra),
            ("https://example.org/?next=elsewhere", AddressError::Extra),
        ] {
            assert_eq!(of_server(typed), Err(error), "{typed}");
        }
    }
}
