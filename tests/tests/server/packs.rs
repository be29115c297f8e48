//! Publishing and fetching content.

use enhance_model::pack::PackManifest;
use enhance_protocol::{SignedManifest, decode, path};

use enhance_tests::{
    bare::{ANSWER_BYTES, BareDevice},
    content::{edition, enhance},
    world::World,
};

fn manifest(device: &BareDevice, key: &str) -> PackManifest {
    let response = device.get(&format!("{}/{key}", path::PACKS), None);
    assert_eq!(response.status, 200);
    let signed: SignedManifest = decode(&response.body, ANSWER_BYTES).unwrap();
    signed.verify(&device.enrolled.publisher_key).unwrap()
}

#[test]
fn a_published_pack_is_told_signed_and_fetched_with_ranges() {
    let world = World::new();
    let mut device = world.bare_device(enhance_model::Role::Trainee, "Asha");
    device.pull();
    let before = device.enrolled.settings.clone();
    assert!(before.packs.is_empty() && before.id != 0);

    let printed = world.server.publish(&enhance());
    assert!(printed.contains("version 1"), "{printed}");
    let mut request = device.request(Vec::new());
    request.settings = before.id;
    let settings = device.exchange(&request).settings.unwrap();
    assert_eq!((settings.packs[0].key.as_str(), settings.packs[0].version), ("enhance", 1));

    let manifest = manifest(&device, "enhance");
    let file = manifest.files.iter().max_by_key(|file| file.bytes).unwrap();
    let address = format!("{}/{}", path::FILES, file.sha256);
    let response = device.get(&address, None);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("etag").unwrap(), format!("\"{}\"", file.sha256).as_str());
    assert_eq!(response.header("content-type").unwrap(), file.media_type.as_str());
    let whole = response.body;
    assert_eq!(whole.len() as u64, file.bytes);

    let half = whole.len() / 2;
    let response = device.get(&address, Some(&format!("bytes={half}-")));
    assert_eq!(response.status, 206);
    let range = format!("bytes {half}-{}/{}", whole.len() - 1, whole.len());
    assert_eq!(response.header("content-range").unwrap(), range.as_str());
    assert_eq!(response.body, whole[half..]);
    let response = device.get(&address, Some("bytes=3-6"));
    assert_eq!(response.body, whole[3..=6]);
    let response = device.get(&address, Some(&format!("bytes={}-", whole.len())));
    assert_eq!(response.status, 416);
}

#[test]
fn a3_a_file_that_was_cut_on_the_server_is_whole_with_the_next_version_that_has_it_unchanged() {
    let world = World::new();
    world.server.publish(&enhance());
    let device = world.bare_device(enhance_model::Role::Trainee, "Asha");
    let whole = manifest(&device, "enhance").files;
    let on_disk = |sha256: &enhance_model::Sha256| {
        let name = sha256.to_string();
        world.server.data().join("files").join(&name[..2]).join(name)
    };
    for file in &whole {
        std::fs::write(on_disk(&file.sha256), b"half a sent").unwrap();
    }
    world.server.publish(&edition(world.folder(), 2));
    for file in manifest(&device, "enhance").files {
        let served = device.get(&format!("{}/{}", path::FILES, file.sha256), None);
        assert_eq!(served.body.len() as u64, file.bytes);
    }
}

#[test]
fn a1_a_file_that_was_cut_or_replaced_on_the_server_is_said_to_be_gone() {
    let world = World::new();
    world.server.publish(&enhance());
    let device = world.bare_device(enhance_model::Role::Trainee, "Asha");
    let files = manifest(&device, "enhance").files;
    let on_disk = |sha256: &enhance_model::Sha256| {
        let name = sha256.to_string();
        world.server.data().join("files").join(&name[..2]).join(name)
    };
    let [cut, folder, whole, ..] = &files[..] else { panic!("too few files") };
    std::fs::write(on_disk(&cut.sha256), b"half").unwrap();
    std::fs::remove_file(on_disk(&folder.sha256)).unwrap();
    std::fs::create_dir(on_disk(&folder.sha256)).unwrap();
    let status = |file: &enhance_model::pack::PackFile| {
        device.get(&format!("{}/{}", path::FILES, file.sha256), None).status
    };
    assert_eq!((status(cut), status(folder), status(whole)), (404, 404, 200));
}

#[test]
fn an_invalid_range_and_several_ranges_are_answered_with_the_whole_file() {
    let world = World::new();
    let mut device = world.bare_device(enhance_model::Role::Trainee, "Asha");
    device.pull();
    world.server.publish(&enhance());
    let manifest = manifest(&device, "enhance");
    let file = manifest.files.iter().max_by_key(|file| file.bytes).unwrap();
    let address = format!("{}/{}", path::FILES, file.sha256);
    for range in ["bytes=40-x", "bytes=0-1,5-6", "bytes=6-5", "bytes=+4-9"] {
        let response = device.get(&address, Some(range));
        assert_eq!(response.status, 200, "{range}");
        assert_eq!(response.header("content-range"), None, "{range}");
        assert_eq!(response.body.len() as u64, file.bytes, "{range}");
    }
}

#[test]
fn the_same_version_is_not_published_twice() {
    let world = World::new();
    world.server.publish(&enhance());
    let error =
        world.server.command(&["publish", enhance().to_str().unwrap()]).unwrap_err().to_string();
    assert!(error.contains("raise `version`"), "{error}");
}

#[test]
fn a_pack_that_is_not_in_order_is_not_published() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.toml"), "key = 7\n").unwrap();
    let error = world.server.command(&["publish", folder.path().to_str().unwrap()]).unwrap_err();
    assert!(error.to_string().contains("pack.toml:1: "), "{error}");
    let device = world.bare_device(enhance_model::Role::Trainee, "Asha");
    assert!(device.enrolled.settings.packs.is_empty());
}

#[test]
fn a6_a_second_programme_is_refused_in_words_and_nothing_of_it_is_published() {
    let world = World::new();
    let mut device = world.bare_device(enhance_model::Role::Trainee, "Asha");
    world.server.publish(&enhance());
    let folder = enhance_tests::content::renamed(world.folder(), "bedford-local", 1);
    let refused = world.server.command(&["publish", &folder.to_string_lossy()]).unwrap_err();
    let refused = refused.to_string();
    assert!(refused.contains("enhance is published here already"), "{refused}");
    let mut request = device.request(Vec::new());
    request.settings = 0;
    let settings = device.exchange(&request).settings.unwrap();
    let keys: Vec<&str> = settings.packs.iter().map(|pack| pack.key.as_str()).collect();
    assert_eq!(keys, ["enhance"]);
    world.server.publish(&edition(world.folder(), 2));
}
