//! The server's HTTP, spoken by hand and read as bytes.

use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::{Arc, Mutex, PoisonError},
};

use data_encoding::BASE64URL_NOPAD;
use enhance_protocol::{MEDIA_TYPE, NONCE_HEADER, Nonce, Refusal, decode, encode, nonce_in_header};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    network::{Side, Upstream, body, first_line, header, read_message},
    server::Server,
    wait,
};

/// More than any answer in a story.
pub const ANSWER_BYTES: usize = 64 << 20;

/// The way to a server without a core and without a network in between.
#[derive(Debug, Clone)]
pub struct Wire(Upstream);

/// An answer, byte for byte.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
    message: Vec<u8>,
}

impl Server {
    /// The way to this server by hand.
    pub fn wire(&self) -> Wire {
        Wire::to(self.upstream())
    }
}

impl Server {
    /// Asks as monitoring does.
    #[track_caller]
    pub fn watch(&self, path: &str) -> Reply {
        let address = wait::until("monitoring to be answered", || self.state().watched_at());
        let wire = Wire(Arc::new(Mutex::new(address)));
        wire.send(&format!("GET {path}"), None, "connection: close\r\n", b"")
    }
}

impl Wire {
    /// The way to a server, whoever started it.
    pub const fn to(server: Upstream) -> Self {
        Self(server)
    }

    /// Posts a frame. The answer is what was asked for, or a refusal that fits its status.
    #[track_caller]
    pub fn post<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<&[u8; 20]>,
        request: &Q,
    ) -> Result<A, Refusal> {
        self.post_bytes(path, token, &encode(request).expect("a frame"))
    }

    /// Posts bytes that need not be a frame.
    #[track_caller]
    pub fn post_bytes<A: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<&[u8; 20]>,
        bytes: &[u8],
    ) -> Result<A, Refusal> {
        let length = bytes.len();
        let fields = format!("content-type: {MEDIA_TYPE}\r\ncontent-length: {length}\r\n");
        let reply = self.send(&format!("POST {path}"), token, &fields, bytes);
        assert_eq!(reply.header("content-type").as_deref(), Some(MEDIA_TYPE));
        if reply.status == 200 {
            return Ok(decode(&reply.body, ANSWER_BYTES).expect("an answer"));
        }
        let refusal: Refusal = decode(&reply.body, ANSWER_BYTES).expect("a refusal");
        assert_eq!(reply.status, refusal.code.http_status());
        Err(refusal)
    }

    /// Asks for something, or for a range of its bytes.
    #[track_caller]
    pub fn get(&self, path: &str, token: &[u8; 20], range: Option<&str>) -> Reply {
        let fields = range.map(|range| format!("range: {range}\r\n")).unwrap_or_default();
        self.send(&format!("GET {path}"), Some(token), &fields, b"")
    }

    /// Asks for something with a nonce that a refusal repeats.
    #[track_caller]
    pub fn refused(&self, path: &str, token: &[u8; 20], nonce: &Nonce) -> Refusal {
        let fields = format!("{NONCE_HEADER}: {}\r\n", nonce_in_header(nonce));
        let reply = self.send(&format!("GET {path}"), Some(token), &fields, b"");
        assert_eq!(reply.header("content-type").as_deref(), Some(MEDIA_TYPE), "{path}");
        assert_eq!(reply.header("content-length"), Some(reply.body.len().to_string()), "{path}");
        let refusal: Refusal = decode(&reply.body, ANSWER_BYTES).expect("a refusal");
        assert_eq!(reply.status, refusal.code.http_status());
        refusal
    }

    /// Sends a head with these lines in it, and a body.
    #[track_caller]
    pub fn send(&self, line: &str, token: Option<&[u8; 20]>, fields: &str, body: &[u8]) -> Reply {
        let address = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut server = TcpStream::connect(address).expect("the server");
        let bearer = token.map(|token| BASE64URL_NOPAD.encode(token));
        let bearer = bearer.map(|token| format!("authorization: Bearer {token}\r\n"));
        let bearer = bearer.unwrap_or_default();
        let head = format!("{line} HTTP/1.1\r\nhost: {address}\r\n{bearer}{fields}\r\n");
        // A server that refuses a request by its head does not read the rest of it.
        drop(server.write_all(&[head.as_bytes(), body].concat()));
        let answer = read_message(&mut BufReader::new(&server), Side::Response);
        Reply::read(answer.expect("an answer").expect("an answer"))
    }
}

impl Reply {
    #[track_caller]
    fn read(message: Vec<u8>) -> Self {
        let line = first_line(&message);
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status in {line:?}"));
        Self { status, body: body(&message).to_vec(), message }
    }

    /// The value of a line of its head. The name is in small letters.
    pub fn header(&self, name: &str) -> Option<String> {
        header(&self.message, name)
    }

    /// Its body as text.
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}
