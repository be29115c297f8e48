//! The link of a ticket: the address of the server, and behind a `#`, which no browser sends to any
//! server, the secret.

use data_encoding::BASE64URL_NOPAD;

use crate::{
    error::{Error, InputField},
    keys::TicketSecret,
    network::address,
};

/// What stands between the address and the secret.
const BETWEEN: &str = "#ticket=";

/// Characters of the longest link that is read.
const LONGEST: usize = 2_048;

/// The link of a ticket.
pub(super) fn written(server: &str, secret: &TicketSecret) -> String {
    format!("{server}/{BETWEEN}{}", BASE64URL_NOPAD.encode(secret.as_bytes()))
}

/// The server and the secret in a link, as a person handed it in.
pub(super) fn read(link: &str) -> Result<(String, TicketSecret), Error> {
    let no_link = || Error::invalid(InputField::Ticket, "this is no link of a ticket");
    let link = link.trim();
    if link.len() > LONGEST {
        return Err(no_link());
    }
    let (server, secret) = link.split_once(BETWEEN).ok_or_else(no_link)?;
    let secret = BASE64URL_NOPAD.decode(secret.as_bytes()).map_err(|_| no_link())?;
    let secret: [u8; TicketSecret::BYTES] = secret.try_into().map_err(|_| no_link())?;
    let server = address::of_server(server);
    let server = server.map_err(|error| Error::invalid(InputField::Ticket, error))?;
    Ok((server, TicketSecret::from_bytes(secret)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_was_written() {
        let secret = TicketSecret::from_bytes([0xfb; 16]);
        let link = written("https://enhance.example.org/nhs", &secret);
        assert_eq!(link.matches('#').count(), 1);
        let (server, read) = read(&format!(" {link}\n")).unwrap();
        assert_eq!(server, "https://enhance.example.org/nhs");
        assert!(read == secret);
    }

    #[test]
    fn what_is_no_link_is_refused() {
        let long = format!("https://example.org/{}#ticket=AAAA", "x".repeat(LONGEST));
        for wrong in [
            "",
            "https://example.org/",
            "https://example.org/#ticket=",
            "https://example.org/#ticket=AAAA",
            "https://example.org/#ticket=-_-_-_-_-_-_-_-_-_-_-_=",
            "http://example.org/#ticket=-_-_-_-_-_-_-_-_-_-_-A",
            "https://me:secret@example.org/#ticket=-_-_-_-_-_-_-_-_-_-_-A",
            &long,
        ] {
            assert!(matches!(read(wrong), Err(Error::InvalidInput { .. })), "{wrong}");
        }
    }
}
