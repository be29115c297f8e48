//! Files of private documents, as strangers and hostile clients see them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use enhance_documents::NewDocument;
use enhance_model::{
    DocumentId, DocumentKind, RefusalCode, Right, Role, Sha256, reflection::SharedReflection,
};
use enhance_protocol::{
    BlobRequest, BlobResponse, BlobStep, Delete, EntryBody, PROTOCOL, Refusal, decode, path,
};
use enhance_tests::{
    bare::{BareDevice, offers},
    server::command,
    wait,
    world::World,
};
use sha2::Digest;

fn hash(bytes: &[u8]) -> Sha256 {
    Sha256::from_bytes(sha2::Sha256::digest(bytes).into())
}

fn step(device: &BareDevice, step: BlobStep) -> Result<Vec<u64>, Refusal> {
    let request = BlobRequest { protocol: PROTOCOL, nonce: [7; 8].into(), step };
    let answer: Result<BlobResponse, Refusal> =
        device.wire().post(path::BLOBS, Some(&device.token), &request);
    answer.map(|answer| answer.stored)
}

fn piece(document: DocumentId, whole: &[u8], from: usize, to: usize) -> BlobStep {
    BlobStep::Piece {
        document,
        sha256: hash(whole),
        bytes: whole.len() as u64,
        from: from as u64,
        piece: whole[from..to].to_vec(),
    }
}

/// A reflection that the server knows.
fn reflection(device: &BareDevice, number: u8) -> DocumentId {
    let (document, create) = offers::reflection(number);
    device.store(vec![create]);
    document
}

fn get(device: &BareDevice, sha256: Sha256) -> u16 {
    device.get(&format!("{}/{sha256}", path::BLOBS), None).status
}

#[test]
fn a_file_comes_in_pieces_that_follow_on_one_another_and_repeating_one_is_harmless() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let document = reflection(&device, 1);
    let whole = vec![5; 300_000];
    assert_eq!(step(&device, piece(document, &whole, 0, 100_000)), Ok(vec![100_000]));
    assert_eq!(step(&device, piece(document, &whole, 0, 100_000)), Ok(vec![100_000]));
    assert_eq!(step(&device, piece(document, &whole, 200_000, 300_000)), Ok(vec![100_000]));
    assert_eq!(get(&device, hash(&whole)), 404, "what is not whole is not shown");
    assert_eq!(step(&device, piece(document, &whole, 100_000, 300_000)), Ok(vec![300_000]));
    assert_eq!(step(&device, piece(document, &whole, 0, 100_000)), Ok(vec![300_000]));
    let answer = device.get(&format!("{}/{}", path::BLOBS, hash(&whole)), Some("bytes=299990-"));
    assert_eq!((answer.status, answer.body), (206, vec![5; 10]));
    let asked = BlobStep::Ask { blobs: vec![hash(b"nothing"), hash(&whole)] };
    assert_eq!(step(&device, asked), Ok(vec![0, 300_000]));
}

#[test]
fn others_learn_nothing_of_a_file_and_can_do_nothing_to_it() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let stranger = world.bare_device(Role::Supervisor, "Ben");
    let document = reflection(&device, 1);
    let whole = vec![5; 1_000];
    step(&device, piece(document, &whole, 0, 1_000)).unwrap();
    let blobs = vec![hash(&whole)];
    assert_eq!(step(&stranger, BlobStep::Ask { blobs: blobs.clone() }), Ok(vec![0]));
    assert_eq!(get(&stranger, hash(&whole)), get(&stranger, hash(b"nothing")));
    step(&stranger, BlobStep::Forget { blobs: blobs.clone() }).unwrap();
    assert_eq!(step(&device, BlobStep::Ask { blobs }), Ok(vec![1_000]));
    let [theirs, nobodys] = [document, DocumentId::from_bytes([9; 16])]
        .map(|document| step(&stranger, piece(document, &whole, 0, 1_000)).unwrap_err());
    assert_eq!((theirs.code, theirs.message), (nobodys.code, nobodys.message));
    assert_eq!(nobodys.code, RefusalCode::UnknownDocument);
}

#[test]
fn a_file_that_is_not_what_it_was_said_to_be_is_thrown_away() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let document = reflection(&device, 1);
    let sha256 = hash(b"something else");
    let lie = BlobStep::Piece { document, sha256, bytes: 4, from: 0, piece: vec![1; 4] };
    assert_eq!(step(&device, lie).unwrap_err().code, RefusalCode::WrongHash);
    assert_eq!(step(&device, BlobStep::Ask { blobs: vec![sha256] }), Ok(vec![0]));
    for (bytes, from, length) in
        [(0, 0, 0), (4, 0, 0), (4, 2, 3), (u64::MAX, 0, 4), (4, u64::MAX, 4)]
    {
        let piece = vec![1; length];
        let odd = BlobStep::Piece { document, sha256, bytes, from, piece };
        assert_eq!(step(&device, odd).unwrap_err().code, RefusalCode::MalformedRequest);
    }
    let many = BlobStep::Ask { blobs: vec![sha256; 257] };
    assert_eq!(step(&device, many).unwrap_err().code, RefusalCode::MalformedRequest);
}

#[test]
fn a_file_takes_its_owners_space_from_the_first_piece_until_it_is_destroyed() {
    let world = World::builder().settings("[limits]\nperson_bytes = 5000\n").begin();
    let device = world.bare_device(Role::Trainee, "Ana");
    let document = reflection(&device, 1);
    let (first, second) = (vec![1; 3_000], vec![2; 3_000]);
    step(&device, piece(document, &first, 0, 1)).unwrap();
    let full = step(&device, piece(document, &second, 0, 1)).unwrap_err();
    assert_eq!(full.code, RefusalCode::QuotaExceeded);
    step(&device, BlobStep::Forget { blobs: vec![hash(&first)] }).unwrap();
    assert_eq!(step(&device, piece(document, &second, 0, 3_000)), Ok(vec![3_000]));
    let folder = world.server.data().join("blobs").join(device.person.id.to_string());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "what was let go is destroyed");

    let deleted = Delete { at: offers::AT, proof: None, with_copies: false, seen: None };
    device.store(vec![deleted.offer(document).unwrap()]);
    assert_eq!(step(&device, BlobStep::Ask { blobs: vec![hash(&second)] }), Ok(vec![0]));
    let other = reflection(&device, 2);
    step(&device, piece(other, &first, 0, 1)).unwrap();
}

#[test]
fn without_a_token_not_even_the_body_is_read() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let refused: Result<BlobResponse, Refusal> =
        device.wire().post_bytes(path::BLOBS, Some(&[0; 20]), &[1; 64]);
    assert_eq!(refused.unwrap_err().code, RefusalCode::SignInNeeded);
}

#[test]
fn a_file_of_a_shared_copy_is_read_by_who_may_read_the_copy_and_nobody_else() {
    let world = World::new();
    let owner = world.bare_device(Role::Trainee, "Ana");
    let reader = world.bare_device(Role::Supervisor, "Ben");
    let stranger = world.bare_device(Role::Supervisor, "Cleo");
    let copy = SharedReflection { title: "A long night".into(), ..SharedReflection::default() };
    let new = NewDocument::SharedReflection { owner: owner.person.id, copy };
    let shared = owner.document(&new, DocumentKind::SharedReflection, None);
    owner.store(shared.offers());
    let (whole, private) = (vec![5; 1_000], vec![6; 1_000]);
    step(&owner, piece(shared.id, &whole, 0, 500)).unwrap();
    owner.store(vec![offers::grant(shared.id, reader.person.id, Right::Comment, 1)]);
    assert_eq!(get(&reader, hash(&whole)), 404, "what is not whole is not shown");
    step(&owner, piece(shared.id, &whole, 500, 1_000)).unwrap();
    step(&owner, piece(reflection(&owner, 1), &private, 0, 1_000)).unwrap();
    let of = |device: &BareDevice| (get(device, hash(&whole)), get(device, hash(&private)));
    assert_eq!((of(&owner), of(&reader), of(&stranger)), ((200, 200), (200, 404), (404, 404)));

    // Who reads it can neither destroy it nor add one, and learns no more of it by asking.
    step(&reader, BlobStep::Forget { blobs: vec![hash(&whole)] }).unwrap();
    let added = step(&reader, piece(shared.id, &[7; 10], 0, 10)).unwrap_err();
    assert_eq!(added.code, RefusalCode::UnknownDocument);
    assert_eq!(step(&reader, BlobStep::Ask { blobs: vec![hash(&whole)] }), Ok(vec![0]));
    assert_eq!(get(&reader, hash(&whole)), 200);

    owner.store(vec![offers::revoke(shared.id, reader.person.id, 2)]);
    assert_eq!(of(&reader), (404, 404), "the right is gone, and the file with it");
    owner.store(vec![offers::grant(shared.id, reader.person.id, Right::Read, 3)]);
    assert_eq!(get(&reader, hash(&whole)), 200);
    owner.store(vec![offers::delete(shared.id)]);
    assert_eq!((of(&owner), of(&reader)), ((404, 200), (404, 404)), "the copy is gone");
}

/// Where the server keeps a file of this person.
fn file_of(world: &World, device: &BareDevice, whole: &[u8]) -> PathBuf {
    let person = device.person.id.to_string();
    world.server.data().join("blobs").join(person).join(hash(whole).to_string())
}

/// The files that the server asks a device for.
fn asked(device: &BareDevice) -> Vec<Sha256> {
    device.try_exchange(&device.request(Vec::new())).unwrap().send_again
}

#[test]
fn a_damaged_file_is_handed_to_nobody_and_asked_for_until_it_comes_again() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let other = world.bare_device(Role::Trainee, "Ben");
    let document = reflection(&device, 1);
    let wholes = [vec![5; 1_000], vec![6; 1_000], vec![7; 1_000]];
    for whole in &wholes {
        step(&device, piece(document, whole, 0, 1_000)).unwrap();
    }
    assert_eq!(asked(&device), []);
    let harms: [fn(&Path); 3] = [
        |file| fs::write(file, vec![5; 999]).unwrap(),
        |file| fs::remove_file(file).unwrap(),
        |file| {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        },
    ];
    for (whole, harm) in wholes.iter().zip(harms) {
        harm(&file_of(&world, &device, whole));
        let answer = device.get(&format!("{}/{}", path::BLOBS, hash(whole)), None);
        assert_eq!(answer.status, 404);
        let refusal: Refusal = decode(&answer.body, 10_000).unwrap();
        assert!(refusal.message.contains("damaged"), "{}", refusal.message);
        let ask = || BlobStep::Ask { blobs: vec![hash(whole)] };
        assert_eq!(step(&device, ask()), Ok(vec![0]), "it is as if it were not there");
        assert_eq!((asked(&device), asked(&other)), (vec![hash(whole)], Vec::new()));
        let taken = people_bytes(&world);
        assert_eq!(step(&device, piece(document, whole, 0, 400)), Ok(vec![400]));
        assert_eq!(asked(&device), [hash(whole)], "until the whole is there");
        assert_eq!(step(&device, piece(document, whole, 400, 1_000)), Ok(vec![1_000]));
        assert_eq!(people_bytes(&world), taken, "its room was kept");
        assert_eq!(asked(&device), []);
        assert_eq!(get(&device, hash(whole)), 200);
    }
    assert!(world.server.command(&["check"]).unwrap().contains("3 attachments"));
}

/// Bytes that what everybody owns takes.
fn people_bytes(world: &World) -> i64 {
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    db.query_row("SELECT sum(bytes) FROM person", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_damaged_file_is_named_by_check_left_out_of_a_backup_and_asked_for_after_a_restore() {
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let document = reflection(&device, 1);
    let (good, bad) = (vec![5; 1_000], vec![6; 1_000]);
    for whole in [&good, &bad] {
        step(&device, piece(document, whole, 0, 1_000)).unwrap();
    }
    let file = file_of(&world, &device, &bad);
    fs::write(&file, b"spoilt").unwrap();
    let said = world.server.command(&["check"]).unwrap_err().to_string();
    assert!(said.contains(&format!("{} is not what it was", file.display())), "{said}");
    assert!(said.contains("The rest is whole") && said.contains("--ask-again"), "{said}");
    assert_eq!(asked(&device), [], "it changes nothing");

    let to = world.folder().join("backup");
    let said = world.server.command(&["backup", "--to", to.to_str().unwrap()]).unwrap();
    assert!(said.contains("without these attachments") && said.contains("blobs"), "{said}");
    assert!(command(&to, &["check"]).unwrap().contains("Everything is whole"));
    world.server.restore(&to);
    assert_eq!(asked(&device), [hash(&bad)]);
    assert_eq!((get(&device, hash(&good)), get(&device, hash(&bad))), (200, 404));
    step(&device, piece(document, &bad, 0, 1_000)).unwrap();
    assert_eq!((asked(&device), get(&device, hash(&bad))), (Vec::new(), 200));

    fs::remove_file(&file).unwrap();
    let said = world.server.command(&["check", "--ask-again"]).unwrap();
    assert!(said.contains("is not there") && said.contains("next sync"), "{said}");
    world.server.stop();
    world.server.start_again();
    assert_eq!(asked(&device), [hash(&bad)]);
}

#[test]
fn a_damaged_file_is_found_in_the_background_after_the_start() {
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Ana");
    let whole = vec![5; 1_000];
    step(&device, piece(reflection(&device, 1), &whole, 0, 1_000)).unwrap();
    world.server.stop();
    fs::write(file_of(&world, &device, &whole), vec![6; 1_000]).unwrap();
    world.server.start_again();
    wait::until("the file to be found", || (!asked(&device).is_empty()).then_some(()));
    assert_eq!(asked(&device), [hash(&whole)]);
    assert!(world.server.watch("/ready").text().starts_with("ready"), "phones mend it");
}
