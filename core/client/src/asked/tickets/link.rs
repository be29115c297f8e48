//! The link of a ticket: the address of the server, and behind a `#`, which no browser sends to any
//! server, the secret.

use data_encoding::BASE64URL_NOPAD;
use enhance_model::link::{self, LinkKind};

use crate::{
    error::{Error, InputField},
    keys::TicketSecret,
    network::address,
};

/// The link of a ticket.
pub(super) fn written(server: &str, secret: &TicketSecret) -> String {
    format!("{server}/#ticket={}", BASE64URL_NOPAD.encode(secret.as_bytes()))
}

/// The server and the secret in a link, as a person handed it in.
pub(super) fn read(pasted: &str) -> Result<(String, TicketSecret), Error> {
    let link = link::read(pasted, LinkKind::Ticket)
        .map_err(|error| Error::invalid(InputField::Ticket, error))?;
    let secret = BASE64URL_NOPAD.decode(link.value.as_bytes()).ok();
    let secret: Option<[u8; TicketSecret::BYTES]> = secret.and_then(|bytes| bytes.try_into().ok());
    let Some(secret) = secret else {
        let why = "the last letter of the link is another one; copy the link whole";
        return Err(Error::invalid(InputField::Ticket, why));
    };
    let server = address::typed(&link.server, InputField::Ticket)?;
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
        let small = link.replace("#ticket", "%23Ticket");
        for pasted in [format!(" {link}\n"), format!("<{link}>."), format!("{small}, please")] {
            let (server, read) = read(&pasted).unwrap();
            assert_eq!(server, "https://enhance.example.org/nhs");
            assert!(read == secret, "{pasted}");
        }
    }

    #[test]
    fn what_is_no_link_is_refused() {
        for wrong in [
            "",
            "https://example.org/",
            "https://example.org/#ticket=",
            "https://example.org/#ticket=AAAA",
            "https://example.org/#ticket=-_-_-_-_-_-_-_-_-_-_-_",
            "http://example.org/#ticket=-_-_-_-_-_-_-_-_-_-_-A",
            "https://me:secret@example.org/#ticket=-_-_-_-_-_-_-_-_-_-_-A",
        ] {
            assert!(matches!(read(wrong), Err(Error::InvalidInput { .. })), "{wrong}");
        }
    }
}
