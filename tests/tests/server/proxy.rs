//! Behind a proxy: each person's address has limits of its own, and nobody borrows another's. The
//! recipe of `server/README.md` is tried with the nginx that is there.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
};

use enhance_model::RefusalCode;
use enhance_protocol::{MEDIA_TYPE, Refusal, decode, encode, path};

use enhance_tests::{wait, world::World};

fn world(door: &str) -> World {
    World::builder()
        .settings(&format!("[limits]\nrequests_per_minute = 1_000_000\n[door]\n{door}\n"))
        .begin()
}

/// Tries to join with a code that there is not, as somebody for whom these addresses are named.
fn guess(world: &World, forwarded: &[&str]) -> RefusalCode {
    let body = encode(&world.enrol_request("0000-0000-0000-0000-0000")).unwrap();
    let named: Vec<String> =
        forwarded.iter().map(|address| format!("x-forwarded-for: {address}\r\n")).collect();
    let named = named.concat();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{named}content-type: {MEDIA_TYPE}\r\n\
         content-length: {}\r\n\r\n",
        path::ENROL,
        body.len()
    );
    let address = world.server.url().replace("http://", "");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(wait::PATIENCE)).unwrap();
    stream.write_all(&[head.into_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    decode::<Refusal>(&answer[end + 4..], 1 << 20).unwrap().code
}

#[test]
fn g15_behind_a_proxy_each_address_has_limits_of_its_own() {
    let world = world("enrolments_by_address = 3");
    for _ in 0..3 {
        assert_eq!(guess(&world, &["203.0.113.7"]), RefusalCode::InvitationUnknown);
    }
    assert_eq!(guess(&world, &["203.0.113.7"]), RefusalCode::RateLimited);
    assert_eq!(guess(&world, &["203.0.113.8"]), RefusalCode::InvitationUnknown);
    // What they wrote in front of what the proxy saw changes nothing.
    for spoofed in ["198.51.100.1, 203.0.113.7", "203.0.113.8,203.0.113.7"] {
        assert_eq!(guess(&world, &[spoofed]), RefusalCode::RateLimited);
    }
    assert_eq!(guess(&world, &["203.0.113.8", "203.0.113.7"]), RefusalCode::RateLimited);
    // For whom a proxy does not say is one address with all others like it.
    for nobody in [&[][..], &["unknown"], &["203.0.113.9,"]] {
        assert_eq!(guess(&world, nobody), RefusalCode::InvitationUnknown);
    }
    assert_eq!(guess(&world, &[]), RefusalCode::RateLimited);
}

#[test]
fn g15_whoever_is_no_proxy_is_not_believed() {
    let world = world("enrolments_by_address = 3\nproxies = []");
    for number in 0..3 {
        let spoofed = format!("203.0.113.{number}");
        assert_eq!(guess(&world, &[&spoofed]), RefusalCode::InvitationUnknown);
    }
    assert_eq!(guess(&world, &["203.0.113.200"]), RefusalCode::RateLimited);
}

#[test]
fn g15_attempts_in_all_are_bounded_whatever_the_proxy_says() {
    let world = world("enrolments_by_address = 3\nenrolments = 5");
    for number in 0..5 {
        let address = format!("203.0.113.{number}");
        assert_eq!(guess(&world, &[&address]), RefusalCode::InvitationUnknown);
    }
    assert_eq!(guess(&world, &["203.0.113.200"]), RefusalCode::RateLimited);
}

/// nginx over the recipe, on a port of its own; ended when it is dropped.
struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Where nginx keeps what does not fit into memory, which a package sets when it is installed.
fn temporary(folder: &Path) -> String {
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let line = |kind: &str| format!("{kind}_temp_path {}/{kind}; ", folder.display());
    kinds.iter().map(|kind| line(kind)).collect()
}

/// Starts nginx with the recipe as it stands, but for its paths, its port and its name.
fn nginx(world: &World, folder: &Path) -> (Nginx, u16) {
    let recipe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/proxy/nginx.conf");
    let (port, folder_name) = (free_port(), folder.display());
    let upstream = world.server.url().replace("http://", "");
    let mut text = fs::read_to_string(recipe).unwrap();
    for (stands, here) in [
        ("/run/nginx.pid", format!("{folder_name}/nginx.pid")),
        ("/var/log/nginx/enhance.log", format!("{folder_name}/access.log")),
        ("/etc/enhance/", format!("{folder_name}/")),
        ("127.0.0.1:8080", upstream),
        ("listen 443 ssl", format!("listen 127.0.0.1:{port} ssl")),
        ("worker_processes auto;", "worker_processes 1; daemon off; user root;".to_owned()),
        ("http {", format!("http {{ {}", temporary(folder))),
    ] {
        assert!(text.contains(stands), "the recipe has no {stands}");
        text = text.replace(stands, &here);
    }
    fs::write(folder.join("nginx.conf"), text).unwrap();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-subj", "/CN=localhost", "-days", "1", "-out"])
        .arg(folder.join("fullchain.pem"))
        .arg("-keyout")
        .arg(folder.join("privkey.pem"))
        .stderr(Stdio::null())
        .status();
    assert!(made.unwrap().success());
    let program = std::env::var("ENHANCE_NGINX").unwrap_or_else(|_| "nginx".to_owned());
    let process = Command::new(program)
        .args(["-e", "stderr", "-p"])
        .arg(folder)
        .arg("-c")
        .arg(folder.join("nginx.conf"))
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap_or_else(|error| panic!("no nginx; ENHANCE_NGINX has its path: {error}"));
    let process = Nginx(process);
    wait::until("nginx to listen", || TcpStream::connect(("127.0.0.1", port)).ok().map(drop));
    (process, port)
}

/// What curl hears through the proxy: the status, the media type and the body.
fn curl(folder: &Path, port: u16, words: &[&str], path: &str) -> (u16, String, Vec<u8>) {
    let heard = folder.join("heard");
    let said = Command::new("curl")
        .args(["--silent", "--insecure", "--write-out", "%{http_code} %{content_type}", "--output"])
        .arg(&heard)
        .args(words)
        .arg(format!("https://127.0.0.1:{port}{path}"))
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let (status, media_type) = said.split_once(' ').unwrap();
    (status.parse().unwrap(), media_type.to_owned(), fs::read(heard).unwrap_or_default())
}

#[test]
#[ignore = "needs nginx, openssl and curl; ENHANCE_NGINX names nginx where it is not on the path"]
fn the_recipe_for_nginx_serves_people_and_keeps_their_addresses_apart() {
    let world = world("enrolments_by_address = 3");
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (_nginx, port) = nginx(&world, folder);
    let (status, _, body) = curl(folder, port, &[], "/health");
    assert_eq!((status, body), (200, b"alive\n".to_vec()));
    // What only monitoring is told is not told by way of the proxy.
    assert_eq!(curl(folder, port, &[], "/metrics").0, 404);

    // A request as large as they come passes, and what is larger is refused by the server in its
    // own words; what is far larger by the proxy.
    let file = folder.join("body");
    let data = format!("@{}", file.display());
    let media_type = format!("content-type: {MEDIA_TYPE}");
    let send = |bytes: &[u8], path: &str, header: &str| {
        fs::write(&file, bytes).unwrap();
        let words = ["--header", &media_type, "--header", header, "--data-binary", &data];
        curl(folder, port, &words, path)
    };
    for bytes in [100, 4 << 20, 5 << 20] {
        let (status, media_type, answer) = send(&vec![0; bytes], path::EXCHANGE, "expect:");
        let refusal: Refusal = decode(&answer, 1 << 20).unwrap();
        assert_eq!((status, media_type.as_str()), (401, MEDIA_TYPE), "{bytes}");
        assert_eq!(refusal.code, RefusalCode::SignInNeeded, "{bytes}");
    }
    assert_eq!(send(&vec![0; 9 << 20], path::EXCHANGE, "expect:").0, 413);

    // Whatever they say of themselves, the proxy says where they are.
    let body = encode(&world.enrol_request("0000-0000-0000-0000-0000")).unwrap();
    let guess = |number: u32| {
        let forwarded = format!("x-forwarded-for: 203.0.113.{number}");
        let (_, _, answer) = send(&body, path::ENROL, &forwarded);
        decode::<Refusal>(&answer, 1 << 20).unwrap().code
    };
    for number in 0..3 {
        assert_eq!(guess(number), RefusalCode::InvitationUnknown);
    }
    assert_eq!(guess(4), RefusalCode::RateLimited);

    let log = fs::read_to_string(folder.join("access.log")).unwrap();
    assert!(log.contains("POST /v1/enrol") && !log.contains("0000-0000"), "{log}");
}
