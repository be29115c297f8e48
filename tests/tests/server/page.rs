//! The page of the supervisor's desk, as a browser asks for it.

use std::{
    fs,
    io::{Read, Write},
};

use enhance_model::Role;
use enhance_tests::{bare::BareDevice, world::World};

use crate::door::connect;

/// A page of one file of each kind, some of them packed, and a world that serves it.
fn world() -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("assets")).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html>"),
        ("index.html.br", "small"),
        ("index.html.gz", "smaller"),
        ("assets/worker-A1.js", "import 'core';"),
        ("assets/core-B2.wasm", "\0asm"),
        ("assets/desk-C3.css", "html{}"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    (World::builder().page(folder.path()).begin(), folder)
}

/// An answer: its status, its head in small letters, and its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    fn field(&self, name: &str) -> &str {
        let start = format!("\r\n{name}: ");
        let at = self.head.find(&start).unwrap_or_else(|| panic!("no {name} in {}", self.head));
        let rest = &self.head[at + start.len()..];
        rest.split("\r\n").next().unwrap_or_default()
    }
}

fn ask(world: &World, line: &str, fields: &str) -> Answer {
    let mut stream = connect(world);
    let head = format!("{line} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n{fields}\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 2;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, body: answer[end + 2..].to_vec(), head }
}

#[test]
fn each_file_has_its_kind_and_lasts_as_long_as_its_address() {
    let (world, _folder) = world();
    for (path, kind, lasts) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/assets/worker-A1.js", "text/javascript; charset=utf-8", "immutable"),
        ("/assets/core-B2.wasm", "application/wasm", "immutable"),
        ("/assets/desk-C3.css", "text/css; charset=utf-8", "immutable"),
    ] {
        let answer = ask(&world, &format!("GET {path}"), "");
        assert_eq!((answer.status, answer.field("content-type")), (200, kind), "{path}");
        assert!(answer.field("cache-control").contains(lasts), "{path}");
        assert_eq!(answer.field("x-content-type-options"), "nosniff");
    }
}

#[test]
fn every_answer_has_the_strict_policy_and_only_scripts_may_compile_the_core() {
    let (world, _folder) = world();
    for line in ["GET /", "HEAD /", "GET /assets/worker-A1.js", "GET /nothing", "POST /"] {
        let answer = ask(&world, line, "");
        let policy = answer.field("content-security-policy");
        for rule in [
            "default-src 'none'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types enhance-worker",
        ] {
            assert!(policy.contains(rule), "{rule} of {line}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        let is_script = line.rsplit_once('.').is_some_and(|(_, kind)| kind == "js");
        assert_eq!(policy.contains("'wasm-unsafe-eval'"), is_script, "{line}");
    }
}

#[test]
fn a_browser_gets_the_smallest_form_it_can_unpack_and_none_that_it_has() {
    let (world, _folder) = world();
    let brotli = ask(&world, "GET /", "accept-encoding: gzip, br\r\n");
    assert_eq!((brotli.field("content-encoding"), &*brotli.body), ("br", &b"small"[..]));
    let gzip = ask(&world, "GET /", "accept-encoding: gzip\r\n");
    assert_eq!((gzip.field("content-encoding"), &*gzip.body), ("gzip", &b"smaller"[..]));
    let plain = ask(&world, "GET /", "");
    assert_eq!(&*plain.body, b"<!doctype html>");
    assert!(!plain.head.contains("content-encoding"));
    assert_eq!(plain.field("vary"), "accept-encoding");

    let known = format!("accept-encoding: br\r\nif-none-match: {}\r\n", brotli.field("etag"));
    let again = ask(&world, "GET /", &known);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = format!("if-none-match: {}\r\n", brotli.field("etag"));
    assert_eq!(ask(&world, "GET /", &other).status, 200, "the plain form is another");
}

#[test]
fn nothing_is_at_other_addresses_and_devices_are_answered_as_ever() {
    let (world, _folder) = world();
    for line in [
        "GET /index.html",
        "GET /index.html.br",
        "GET /assets/",
        "GET /assets/../../etc/passwd",
        "GET /%2e%2e/server.toml",
        "GET /v1/nothing",
        "POST /",
        "DELETE /assets/worker-A1.js",
    ] {
        assert_eq!(ask(&world, line, "").status, 404, "{line}");
    }
    let trainee: BareDevice = world.bare_device(Role::Trainee, "Asha");
    let mut project = trainee.project("Falls");
    trainee.store(project.offers());
    trainee.store(vec![project.write("Two words")]);
}

#[test]
fn a_server_without_a_folder_has_no_page() {
    let answer = ask(&World::new(), "GET /", "");
    assert_eq!(answer.status, 404);
}
