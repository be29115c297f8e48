//! Just enough HTTP to know where a message ends.

use std::io::{self, BufRead, Read};

/// Whether a body without a length ends with the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// A request without a length has no body.
    Request,
    /// A response without a length ends when the connection does.
    Response,
}

/// The next whole message, byte for byte; none if the connection ended before one began.
pub(crate) fn read_message(from: &mut impl BufRead, side: Side) -> io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    let Some(body) = read_head(from, side, &mut message)? else { return Ok(None) };
    match body {
        Body::None => {}
        Body::Bytes(bytes) => {
            let start = message.len();
            from.take(bytes).read_to_end(&mut message)?;
            if (message.len() - start) as u64 != bytes {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Body::Chunked => while read_chunk(from, &mut message)? {},
        Body::UntilEnd => {
            from.read_to_end(&mut message)?;
        }
    }
    Ok(Some(message))
}

/// The part of a message after its head.
pub(crate) fn body(message: &[u8]) -> &[u8] {
    let head = message.windows(4).position(|window| window == b"\r\n\r\n");
    head.map_or(&[], |at| &message[at + 4..])
}

/// The first line of a message: `POST /v1/exchange HTTP/1.1`.
pub(crate) fn first_line(message: &[u8]) -> String {
    let end = message.iter().position(|byte| *byte == b'\r').unwrap_or_default();
    String::from_utf8_lossy(&message[..end]).into_owned()
}

/// The value of a line of a message's head. The name is in small letters.
pub(crate) fn header(message: &[u8], name: &str) -> Option<String> {
    let head = String::from_utf8_lossy(&message[..message.len() - body(message).len()]);
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = lines.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value.trim().to_owned())
}

/// A message with another body, and the length that goes with it.
pub(crate) fn with_body(message: &[u8], with: &[u8]) -> Vec<u8> {
    let head = String::from_utf8_lossy(&message[..message.len() - body(message).len()]);
    let lines = head.trim_end().lines();
    let lines = lines.filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
    let mut changed = lines.fold(String::new(), |head, line| head + line + "\r\n").into_bytes();
    changed.extend_from_slice(format!("content-length: {}\r\n\r\n", with.len()).as_bytes());
    changed.extend_from_slice(with);
    changed
}

enum Body {
    None,
    Bytes(u64),
    Chunked,
    UntilEnd,
}

fn read_head(
    from: &mut impl BufRead,
    side: Side,
    message: &mut Vec<u8>,
) -> io::Result<Option<Body>> {
    let mut body = match side {
        Side::Request => Body::None,
        Side::Response => Body::UntilEnd,
    };
    loop {
        let start = message.len();
        if from.read_until(b'\n', message)? == 0 {
            return if start == 0 { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        let line = String::from_utf8_lossy(&message[start..]).trim().to_ascii_lowercase();
        if line.is_empty() {
            return Ok(Some(body));
        }
        if let Some(length) = line.strip_prefix("content-length:") {
            body = Body::Bytes(length.trim().parse().map_err(io::Error::other)?);
        } else if line.starts_with("transfer-encoding:") && line.contains("chunked") {
            body = Body::Chunked;
        } else if line.starts_with("http/1.1 204") || line.starts_with("http/1.1 304") {
            body = Body::None;
        }
    }
}

fn read_chunk(from: &mut impl BufRead, message: &mut Vec<u8>) -> io::Result<bool> {
    let start = message.len();
    from.read_until(b'\n', message)?;
    let line = String::from_utf8_lossy(&message[start..]).trim().to_owned();
    let size = u64::from_str_radix(&line, 16).map_err(io::Error::other)?;
    let start = message.len();
    from.take(size + 2).read_to_end(message)?;
    if (message.len() - start) as u64 != size + 2 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(size > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_on_one_connection_are_told_apart() {
        let two = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /x HTTP/1.1\r\n\r\n";
        let mut from = &two[..];
        let first = read_message(&mut from, Side::Request).unwrap().unwrap();
        assert_eq!(body(&first), b"abc");
        let second = read_message(&mut from, Side::Request).unwrap().unwrap();
        assert_eq!(second, b"GET /x HTTP/1.1\r\n\r\n");
        assert_eq!(read_message(&mut from, Side::Request).unwrap(), None);
    }

    #[test]
    fn a_chunked_answer_ends_with_its_last_chunk() {
        let whole = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        let mut from = &whole[..];
        let answer = read_message(&mut from, Side::Response).unwrap().unwrap();
        assert_eq!(answer, whole);
    }

    #[test]
    fn a_message_with_another_body_has_its_length() {
        let message = b"POST / HTTP/1.1\r\nContent-Length: 3\r\nx-one: 1\r\n\r\nabc";
        let changed = with_body(message, b"longer");
        assert_eq!(changed, b"POST / HTTP/1.1\r\nx-one: 1\r\ncontent-length: 6\r\n\r\nlonger");
        assert_eq!(header(&changed, "content-length").as_deref(), Some("6"));
        assert_eq!(first_line(&changed), "POST / HTTP/1.1");
    }

    #[test]
    fn a_cut_body_is_an_error() {
        let mut from = &b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"[..];
        assert!(read_message(&mut from, Side::Response).is_err());
    }
}
