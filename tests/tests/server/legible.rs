//! What a request says twice, and what of it cannot be read.

use data_encoding::BASE64URL_NOPAD;
use enhance_model::{DocumentId, RefusalCode, Role};
use enhance_protocol::{
    Nonce, Outcome, PROTOCOL, Refusal, ShortOutcome, ShortResponse, decode, encode, path,
};
use enhance_tests::{
    bare::{ANSWER_BYTES, offers::reflection},
    world::World,
};

#[test]
fn a_header_that_stands_twice_is_refused_by_its_name() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let wire = world.server.wire();
    let token = BASE64URL_NOPAD.encode(&device.token);
    let bearer = format!("authorization: Bearer {token}\r\n");
    for (name, fields) in [
        ("authorization", bearer.clone()),
        ("authorization", "Authorization: Bearer other\r\n".to_owned()),
        ("range", "range: bytes=0-1\r\nrange: bytes=5-6\r\n".to_owned()),
        ("range", "range: bytes=0-1\r\nRange: bytes=0-1\r\n".to_owned()),
        ("if-range", "if-range: \"a\"\r\nif-range: \"b\"\r\n".to_owned()),
        ("content-type", "content-type: a/b\r\ncontent-type: c/d\r\n".to_owned()),
        ("host", "host: elsewhere\r\n".to_owned()),
        ("enhance-nonce", "enhance-nonce: 0101010101010101\r\n".repeat(2)),
    ] {
        for line in ["GET /v1/packs/enhance", "GET /", "POST /v1/exchange"] {
            let reply = wire.send(line, Some(&device.token), &fields, b"");
            assert_eq!(reply.status, 400, "{line} {fields}");
            let refusal: Refusal = decode(&reply.body, ANSWER_BYTES).unwrap();
            assert_eq!(refusal.code, RefusalCode::MalformedRequest);
            assert!(
                refusal.message.contains(&format!("the header {name} ")),
                "{}",
                refusal.message
            );
        }
    }
    // Of two lengths that differ nobody knows where the request ends, so that it is not read at all.
    let two = "content-length: 0\r\ncontent-length: 1\r\n";
    assert_eq!(wire.send("POST /v1/exchange", Some(&device.token), two, b"").status, 400);
    let listed = "accept-encoding: gzip\r\naccept-encoding: br\r\n";
    let reply = wire.send("GET /v1/packs/nosuch", Some(&device.token), listed, b"");
    assert_eq!(reply.status, 404, "what is a list may stand in several lines");
}

#[test]
fn an_offer_that_cannot_be_read_is_refused_and_the_others_are_stored() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let (first, second) = (reflection(50).1, reflection(51).1);
    let whole = device.request(Vec::new());
    let newer = (200_u8, DocumentId::from_bytes([9; 16]), Nonce::new([5; 8]));
    let cut = (1_u8, Nonce::new([5; 8]), Nonce::new([5; 8]));
    let offers = (&first, &newer, "an entry", &second, &cut);
    let sent = (PROTOCOL, whole.nonce, whole.epoch, whole.reached, whole.cursor, 0_u32, &offers);
    let sent = encode(&sent).unwrap();
    let answer: ShortResponse =
        world.server.wire().post_bytes(path::EXCHANGE, Some(&device.token), &sent).unwrap();
    let stored: Vec<bool> =
        answer.outcomes.iter().map(|it| matches!(it, ShortOutcome::Stored(_))).collect();
    assert_eq!(stored, [true, false, false, true, false], "{:?}", answer.outcomes);
    for outcome in [1, 2, 4].map(|place: usize| &answer.outcomes[place]) {
        let ShortOutcome::Rejected { code, message } = outcome else { panic!("{outcome:?}") };
        assert_eq!(*code, RefusalCode::Malformed);
        assert!(message.contains("cannot read this edit"), "{message}");
    }
    assert_eq!(device.offer(vec![first, second]), [Outcome::Duplicate, Outcome::Duplicate]);
    let cut_short = &encode(&(PROTOCOL, whole.nonce)).unwrap();
    let refused = world.server.wire().post_bytes::<ShortResponse>(
        path::EXCHANGE,
        Some(&device.token),
        cut_short,
    );
    assert_eq!(refused.unwrap_err().code, RefusalCode::MalformedRequest);
}
