//! Content packs on their way to a phone: cut, damaged, forged, and those that are none.

use std::{collections::BTreeSet, fs, sync::Mutex};

use enhance_client::{Cancellation, Error, Progress, SearchPage};
use enhance_model::{RefusalCode, Role, Sha256, pack::PackManifest};
use enhance_protocol::{MEDIA_TYPE, Nonce, Refusal, SignedManifest, decode, encode, path};
use enhance_server::storage::Folder;
use enhance_tests::{
    bare::ANSWER_BYTES,
    content,
    device::Device,
    network::{Portal, Weather},
    world::World,
};

const FILM: &str = "peter-360";

async fn reader_of(world: &World) -> Device {
    world.server.publish(&content::enhance());
    world.trainee().await
}

fn installed(device: &Device) -> Option<u64> {
    device.packs().unwrap().into_iter().find(|pack| pack.key == content::PACK).unwrap().installed
}

fn finds(device: &Device, word: &str) -> usize {
    device.search(word, SearchPage::ALL).unwrap().len()
}

/// Every file that is visible as a whole file has the bytes its name says.
fn no_bad_file_is_visible(device: &Device) {
    let files = device.folder().join("files");
    let Ok(files) = fs::read_dir(files) else { return };
    for file in files.map(|file| file.unwrap().path()).filter(|file| file.extension().is_none()) {
        use sha2::Digest;
        let digest: [u8; 32] = sha2::Sha256::digest(fs::read(&file).unwrap()).into();
        let name = file.file_name().unwrap().to_str().unwrap();
        assert_eq!(Sha256::from_bytes(digest).to_string(), name);
    }
}

#[tokio::test]
async fn a_pack_is_in_use_and_searchable_the_moment_it_is_here() {
    let world = World::new();
    let device = reader_of(&world).await;
    assert_eq!(installed(&device), None);
    assert!(device.modules().unwrap().is_empty());
    let last = Mutex::new((0, 0));
    let progress = |progress| {
        if let Progress::Downloaded { bytes, total } = progress {
            *last.lock().unwrap() = (bytes, total);
        }
    };
    let updated = device.update_pack(content::PACK, &Cancellation::new(), &progress).await.unwrap();
    assert_eq!((updated.before, updated.version), (None, 1));
    let (bytes, total) = *last.lock().unwrap();
    assert!(bytes == total && total == updated.bytes, "{bytes} of {total}");
    let state = device.packs().unwrap().remove(0);
    assert_eq!((state.installed, state.available), (Some(1), Some(1)));
    assert_eq!((state.bytes, state.bytes_missing), (Some(total), Some(0)));
    assert_eq!(device.modules().unwrap().len(), 8);
    assert!(finds(&device, "sustainability") > 0);

    device.network.forget();
    assert_eq!(device.fetch_pack().await.bytes, 0);
    assert_eq!(device.network.attempts(), 1, "only the manifest is asked for");
}

#[tokio::test]
async fn the_old_version_stays_in_use_until_the_new_one_is_whole() {
    let world = World::new();
    let device = reader_of(&world).await;
    device.fetch_pack().await;
    world.server.publish(&content::edition(world.folder(), 2));
    device.sync().await;
    let state = device.packs().unwrap().remove(0);
    assert_eq!((state.installed, state.available), (Some(1), Some(2)));

    device.network.set_for(path::FILES, Weather::CutResponse { after: 100 });
    assert!(matches!(device.try_fetch_pack().await.unwrap_err(), Error::Offline { .. }));
    assert_eq!(installed(&device), Some(1));
    assert_eq!(finds(&device, content::NEW_WORD), 0);
    assert_eq!(device.modules().unwrap().len(), 8);

    device.network.set(Weather::Clear);
    let updated = device.fetch_pack().await;
    assert_eq!((updated.before, updated.version), (Some(1), 2));
    assert_eq!(finds(&device, content::NEW_WORD), 1);
    no_bad_file_is_visible(&device);
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_stopped() {
    let world = World::new();
    let device = reader_of(&world).await;
    let mut attempts = 0;
    device.network.set_for(path::FILES, Weather::CutResponse { after: 9_000 });
    let updated = loop {
        attempts += 1;
        match device.try_fetch_pack().await {
            Ok(updated) => break updated,
            Err(error) => assert!(matches!(error, Error::Offline { .. })),
        }
        no_bad_file_is_visible(&device);
        assert!(attempts < 500, "it never ends");
    };
    assert_eq!(updated.version, 1);
    let recording = device.network.recording();
    let resumed = recording.passages.iter().filter(|passage| passage.header("range").is_some());
    let ranges: BTreeSet<String> = resumed.clone().filter_map(|one| one.header("range")).collect();
    assert!(!ranges.is_empty(), "nothing was resumed in {attempts} attempts");
    assert!(!ranges.contains("bytes=0-"), "{ranges:?}");
    for passage in resumed {
        assert!(passage.header("if-range").is_some_and(|tag| tag.starts_with('"')));
    }
    no_bad_file_is_visible(&device);
}

#[tokio::test]
async fn a_damaged_file_is_never_seen_and_a_good_one_is_taken_later() {
    let world = World::new();
    let device = reader_of(&world).await;
    device.network.set_for(path::FILES, Weather::Damage { at: 0 });
    let error = device.try_fetch_pack().await.unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
    assert_eq!(installed(&device), None);
    no_bad_file_is_visible(&device);
    device.network.set(Weather::Clear);
    assert_eq!(device.fetch_pack().await.version, 1);
    no_bad_file_is_visible(&device);
}

#[tokio::test]
async fn a_spoilt_part_is_fetched_again_from_the_beginning() {
    let world = World::new();
    let device = reader_of(&world).await;
    let (_, manifest) = manifest(&world);
    let files = device.folder().join("files");
    fs::create_dir_all(&files).unwrap();
    for (index, file) in manifest.files.iter().enumerate() {
        let length = usize::try_from(file.bytes).unwrap();
        let spoilt = [1, length / 2, length, length + 5][index % 4];
        fs::write(files.join(file.sha256.to_string()).with_extension("part"), vec![7; spoilt])
            .unwrap();
    }
    assert_eq!(device.fetch_pack().await.version, 1);
    no_bad_file_is_visible(&device);
}

/// The newest manifest as the publisher signed it.
fn manifest(world: &World) -> (SignedManifest, PackManifest) {
    let reader = world.bare_device(Role::Fellow, "Cara Lind");
    let reply = reader.get(&format!("{}/{}", path::PACKS, content::PACK), None);
    let signed: SignedManifest = decode(&reply.body, ANSWER_BYTES).unwrap();
    let manifest = signed.verify(&reader.enrolled.publisher_key).unwrap();
    (signed, manifest)
}

fn signed_by_the_publisher(world: &World, manifest: &PackManifest) -> SignedManifest {
    let key = Folder::make(&world.server.data()).unwrap().signing_key([0; 32]).unwrap();
    SignedManifest::sign(manifest, &key).unwrap()
}

fn answers_with(device: &Device, signed: &SignedManifest) {
    let frame = encode(signed).unwrap();
    let portal = Portal { status: 200, media_type: Some(MEDIA_TYPE.into()), body: frame };
    device.network.set_for(path::PACKS, Weather::Portal(portal));
}

#[tokio::test]
async fn a_pack_never_goes_back() {
    let world = World::new();
    let device = reader_of(&world).await;
    let (first, _) = manifest(&world);
    world.server.publish(&content::edition(world.folder(), 2));
    device.fetch_pack().await;
    let before = device.everything();
    answers_with(&device, &first);
    let error = device.try_fetch_pack().await.unwrap_err();
    assert!(matches!(error, Error::NotAllowed { .. }), "{error:?}");
    assert_eq!(device.everything(), before);
}

/// Nothing of the device is damaged, and whoever runs the server hears what to do.
#[track_caller]
fn assert_published_wrong(error: &Error) {
    assert_eq!(error.code(), "damaged_on_server", "{error:?}");
    let words = error.to_string();
    assert!(words.contains("content pack") && words.contains("publish it once more"), "{words}");
}

#[tokio::test]
async fn what_the_publisher_did_not_sign_is_refused() {
    let world = World::new();
    let device = reader_of(&world).await;
    let (good, manifest) = manifest(&world);
    let before = device.everything();

    let mut altered = good.clone();
    altered.manifest[40] ^= 1;
    let mut forged = good.clone();
    forged.signature[5] ^= 1;
    let other_name = PackManifest { key: "other".into(), ..manifest.clone() };
    let other_pack = signed_by_the_publisher(&world, &other_name);
    for signed in [altered, forged, other_pack] {
        answers_with(&device, &signed);
        let error = device.try_fetch_pack().await.unwrap_err();
        assert_published_wrong(&error);
        assert_eq!(device.everything(), before);
    }
}

#[tokio::test]
async fn a_signed_pack_that_is_no_programme_is_refused() {
    let world = World::new();
    let device = reader_of(&world).await;
    let (_, manifest) = manifest(&world);
    let page = manifest.files.iter().find(|file| file.sha256 != manifest.structure).unwrap();
    let no_programme = PackManifest { structure: page.sha256, ..manifest.clone() };
    let nothing = PackManifest { structure: Sha256::from_bytes([1; 32]), ..manifest.clone() };
    let only_structure = manifest.files.iter().filter(|file| file.sha256 == manifest.structure);
    let pages_missing = PackManifest { files: only_structure.cloned().collect(), ..manifest };
    for broken in [no_programme, nothing, pages_missing] {
        answers_with(&device, &signed_by_the_publisher(&world, &broken));
        let error = device.try_fetch_pack().await.unwrap_err();
        assert_published_wrong(&error);
        assert_eq!(installed(&device), None);
    }
    device.network.set(Weather::Clear);
    assert_eq!(device.fetch_pack().await.version, 1);
}

#[tokio::test]
async fn a_strangers_answer_is_no_pack() {
    let world = World::new();
    let device = reader_of(&world).await;
    for status in [200, 206, 302, 401, 403, 407, 416, 502, 511] {
        for address in [path::PACKS, path::FILES] {
            let page = Portal::page(status, "<html>Accept our terms</html>");
            device.network.set_for(address, Weather::Portal(page));
            assert!(
                matches!(device.try_fetch_pack().await.unwrap_err(), Error::Offline { .. }),
                "{status} {address}"
            );
            assert_eq!(installed(&device), None);
            no_bad_file_is_visible(&device);
        }
    }
}

/// A refusal of the server's own form that answers nothing in particular signs nobody out: it may be
/// an old one, or anybody's.
#[tokio::test]
async fn b2_a_refusal_of_a_pack_that_repeats_no_nonce_is_a_strangers() {
    let world = World::new();
    let device = reader_of(&world).await;
    let code = RefusalCode::SignInNeeded;
    for nonce in [Nonce::default(), Nonce::new([7; 8])] {
        let refusal = Refusal { nonce, code, message: "no".into(), retry_in_ms: None };
        let media_type = Some(MEDIA_TYPE.into());
        let body = encode(&refusal).unwrap();
        let portal = Portal { status: code.http_status(), media_type, body };
        device.network.set(Weather::Portal(portal));
        let failed = device.try_fetch_pack().await.unwrap_err();
        assert!(matches!(failed, Error::Offline { .. }), "{failed:?}");
    }
    device.network.up();
    device.fetch_pack().await;
    let tablet = world.trusted_device(&device, "Ana's tablet").await;
    tablet.sign_out_device(device.id(), &Cancellation::new()).await.unwrap();
    world.server.publish(&content::edition(world.folder(), 2));
    let failed = device.try_fetch_pack().await.unwrap_err();
    assert_eq!(failed, Error::SignInNeeded, "the server's own refusal is heard");
}

#[tokio::test]
async fn a_film_is_fetched_when_it_is_asked_for() {
    let world = World::new();
    let device = reader_of(&world).await;
    device.fetch_pack().await;
    let view = device.media(FILM).unwrap();
    assert_eq!((&view.path, device.media_bytes(FILM).unwrap()), (&None, None));
    assert!(view.bytes > 0 && view.transcript.is_some() && !view.pause_points.is_empty());

    device.network.set_for(path::FILES, Weather::CutResponse { after: 1_000 });
    let cut = device.fetch_media(FILM, &Cancellation::new(), &|_| ()).await;
    assert!(matches!(cut.unwrap_err(), Error::Offline { .. }));
    assert_eq!(device.media(FILM).unwrap().path, None);

    device.network.set(Weather::Clear);
    let stop = Cancellation::new();
    let stopping = stop.clone();
    let cancelled = device.fetch_media(FILM, &stop, &move |_| stopping.cancel()).await;
    assert_eq!(cancelled.unwrap_err(), Error::Cancelled);
    assert_eq!(device.media(FILM).unwrap().path, None);

    let path = device.fetch_media(FILM, &Cancellation::new(), &|_| ()).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), view.bytes);
    let bytes = device.media_bytes(FILM).unwrap().unwrap();
    assert_eq!(bytes, fs::read(&path).unwrap(), "for a host that has no files");
    assert_eq!(device.media(FILM).unwrap().path, Some(path));
    no_bad_file_is_visible(&device);
}
