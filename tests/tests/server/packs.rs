//! Publishing and fetching content.

use std::path::PathBuf;

use enhance_model::pack::PackManifest;
use enhance_protocol::{SignedManifest, decode, path};
use reqwest::StatusCode;

use crate::world::{Device, LARGE, World};

fn content() -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../content/enhance");
    folder.to_str().unwrap().to_owned()
}

async fn manifest(world: &World, device: &Device, key: &str) -> PackManifest {
    let response = world.get(&format!("{}/{key}", path::PACKS), device, None).await;
    assert_eq!(response.status(), StatusCode::OK);
    let signed: SignedManifest = decode(&response.bytes().await.unwrap(), LARGE).unwrap();
    signed.verify(&device.enrolled.publisher_key).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_pack_is_told_signed_and_fetched_with_ranges() {
    let mut world = World::new().await;
    let mut device = world.join("Asha", enhance_model::Role::Trainee).await;
    device.pull(&world).await;
    let before = device.enrolled.settings.clone();
    assert!(before.packs.is_empty() && before.id != 0);

    let printed = world.command(&["publish", &content()]).unwrap();
    assert!(printed.contains("version 1"), "{printed}");
    let mut request = device.request(Vec::new());
    request.settings = before.id;
    let settings = device.exchange(&world, &request).await.settings.unwrap();
    assert_eq!((settings.packs[0].key.as_str(), settings.packs[0].version), ("enhance", 1));

    let manifest = manifest(&world, &device, "enhance").await;
    let file = manifest.files.iter().max_by_key(|file| file.bytes).unwrap();
    let address = format!("{}/{}", path::FILES, file.sha256);
    let response = world.get(&address, &device, None).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["etag"], format!("\"{}\"", file.sha256).as_str());
    assert_eq!(response.headers()["content-type"], file.media_type.as_str());
    let whole = response.bytes().await.unwrap();
    assert_eq!(whole.len() as u64, file.bytes);

    let half = whole.len() / 2;
    let response = world.get(&address, &device, Some(&format!("bytes={half}-"))).await;
    assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
    let range = format!("bytes {half}-{}/{}", whole.len() - 1, whole.len());
    assert_eq!(response.headers()["content-range"], range.as_str());
    assert_eq!(response.bytes().await.unwrap(), whole[half..]);
    let response = world.get(&address, &device, Some("bytes=3-6")).await;
    assert_eq!(response.bytes().await.unwrap(), whole[3..=6]);
    let response = world.get(&address, &device, Some(&format!("bytes={}-", whole.len()))).await;
    assert_eq!(response.status(), StatusCode::RANGE_NOT_SATISFIABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_version_is_not_published_twice() {
    let world = World::new().await;
    world.command(&["publish", &content()]).unwrap();
    let error = world.command(&["publish", &content()]).unwrap_err().to_string();
    assert!(error.contains("raise `version`"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_that_is_not_in_order_is_not_published() {
    let mut world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.toml"), "key = 7\n").unwrap();
    let error = world.command(&["publish", folder.path().to_str().unwrap()]).unwrap_err();
    assert!(error.to_string().contains("pack.toml:1: "), "{error}");
    let device = world.join("Asha", enhance_model::Role::Trainee).await;
    assert!(device.enrolled.settings.packs.is_empty());
}
