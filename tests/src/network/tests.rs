//! The network itself, against a server that echoes.

use super::*;

/// Answers every request with its number and counts them.
fn counting_server() -> (Upstream, Arc<Mutex<usize>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let upstream = Arc::new(Mutex::new(listener.local_addr().unwrap()));
    let count = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        for connection in listener.incoming() {
            let connection = connection.unwrap();
            let Ok(Some(_)) = read_message(&mut BufReader::new(&connection), Side::Request) else {
                continue;
            };
            *lock(&counted) += 1;
            let body = format!("answer {}", *lock(&counted));
            let length = body.len();
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
            (&connection).write_all(answer.as_bytes()).unwrap();
        }
    });
    (upstream, count)
}

fn ask(network: &Network) -> Option<String> {
    let mut device = TcpStream::connect(network.address).unwrap();
    device.write_all(b"POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhello").ok()?;
    let answer = read_message(&mut BufReader::new(&device), Side::Response).ok()??;
    Some(String::from_utf8(body(&answer).to_vec()).unwrap())
}

#[test]
fn weather_does_what_it_says() {
    let (upstream, count) = counting_server();
    let network = Network::to(upstream).unwrap();
    assert_eq!(ask(&network).as_deref(), Some("answer 1"));

    network.next(Weather::CutResponse { after: 10 });
    assert_eq!(ask(&network), None);
    assert_eq!(*lock(&count), 2, "the server had the request");

    network.next(Weather::CutRequest { after: 30 });
    assert_eq!(ask(&network), None);
    assert_eq!(*lock(&count), 2, "the server never had it whole");

    network.next(Weather::Twice { answer: Answer::Second });
    assert_eq!(ask(&network).as_deref(), Some("answer 4"));

    network.next(Weather::Portal(Portal::page(200, "<html>log in</html>")));
    assert_eq!(ask(&network).as_deref(), Some("<html>log in</html>"));

    network.down();
    assert_eq!(ask(&network), None);
    network.up();
    assert_eq!(ask(&network).as_deref(), Some("answer 5"));
    assert_eq!(network.recording().passages.len(), 4);
}
