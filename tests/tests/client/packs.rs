use std::{fs, path::Path};

use enhance_model::{Role, Sha256, pack::PackManifest};
use enhance_protocol::{MEDIA_TYPE, SignedManifest, decode, encode, path};
use enhance_server::storage::Folder;
use tempfile::TempDir;

use crate::{
    Cancellation, Error, ListPage, Progress,
    sync::world::{Device, Weather, World},
};

const ENHANCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/enhance");
const FILM: &str = "peter-360";

/// The Enhance pack in another version, with other words on one page.
fn later_version(version: u64) -> TempDir {
    let copy = TempDir::new().unwrap();
    copy_folder(Path::new(ENHANCE), copy.path());
    let pack = copy.path().join("pack.toml");
    let toml = fs::read_to_string(&pack).unwrap();
    fs::write(pack, toml.replacen("version = 1", &format!("version = {version}"), 1)).unwrap();
    let page = first_markdown(&copy.path().join("handbook"));
    let text = fs::read_to_string(&page).unwrap();
    fs::write(page, format!("{text}\n\nA quokka was here in version {version}.\n")).unwrap();
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn first_markdown(folder: &Path) -> std::path::PathBuf {
    let mut pages: Vec<_> = fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    pages.remove(0)
}

async fn reader_of(world: &World) -> Device {
    world.publish(Path::new(ENHANCE));
    world.join(Role::Trainee, "Asha").await
}

async fn update(device: &Device) -> Result<super::PackUpdate, Error> {
    device.update_pack("enhance", &Cancellation::new(), &|_| ()).await
}

fn installed(device: &Device) -> Option<u64> {
    device.packs().unwrap().into_iter().find(|pack| pack.key == "enhance").unwrap().installed
}

fn finds(device: &Device, word: &str) -> usize {
    device.search(word, ListPage::ALL).unwrap().len()
}

/// Every file that is visible as a whole file has the bytes its name says.
fn no_bad_file_is_visible(device: &Device) {
    let files = device.folder.path().join("account/files");
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
    let world = World::begin().await;
    let device = reader_of(&world).await;
    assert_eq!(installed(&device), None);
    assert!(device.modules().unwrap().is_empty());
    let last = std::sync::Mutex::new((0, 0));
    let progress = |progress| {
        if let Progress::Downloaded { bytes, total } = progress {
            *last.lock().unwrap() = (bytes, total);
        }
    };
    let updated = device.update_pack("enhance", &Cancellation::new(), &progress).await.unwrap();
    assert_eq!((updated.before, updated.version), (None, 1));
    let (bytes, total) = *last.lock().unwrap();
    assert!(bytes == total && total == updated.bytes, "{bytes} of {total}");
    let state = device.packs().unwrap().remove(0);
    assert_eq!((state.installed, state.available), (Some(1), Some(1)));
    assert_eq!((state.bytes, state.bytes_missing), (Some(total), Some(0)));
    assert_eq!(device.modules().unwrap().len(), 8);
    assert!(finds(&device, "sustainability") > 0);

    device.network.requests();
    assert_eq!(update(&device).await.unwrap().bytes, 0);
    assert_eq!(device.network.requests().len(), 1, "only the manifest is asked for");
}

#[tokio::test]
async fn the_old_version_stays_in_use_until_the_new_one_is_whole() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    update(&device).await.unwrap();
    world.publish(later_version(2).path());
    device.sync_now().await.unwrap();
    let state = device.packs().unwrap().remove(0);
    assert_eq!((state.installed, state.available), (Some(1), Some(2)));

    device.network.is_for(path::FILES, Weather::CutsAt(100));
    assert!(matches!(update(&device).await.unwrap_err(), Error::Offline { .. }));
    assert_eq!(installed(&device), Some(1));
    assert_eq!(finds(&device, "quokka"), 0);
    assert_eq!(device.modules().unwrap().len(), 8);

    device.network.is(Weather::Good);
    let updated = update(&device).await.unwrap();
    assert_eq!((updated.before, updated.version), (Some(1), 2));
    assert_eq!(finds(&device, "quokka"), 1);
    no_bad_file_is_visible(&device);
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_stopped() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    let mut attempts = 0;
    let mut fetched = 0;
    device.network.is_for(path::FILES, Weather::CutsAt(9_000));
    let total = loop {
        attempts += 1;
        match update(&device).await {
            Ok(updated) => break updated,
            Err(error) => assert!(matches!(error, Error::Offline { .. })),
        }
        no_bad_file_is_visible(&device);
        assert!(attempts < 500, "it never ends");
        // A file that is shorter than the cut comes whole, and then the line breaks.
        device.network.is_for(path::FILES, Weather::CutsAt(9_000));
    };
    let requests = device.network.requests();
    fetched += requests.iter().filter(|request| request.resume.is_some()).count();
    assert!(fetched > 0, "nothing was resumed in {attempts} attempts");
    let resumed = requests.iter().filter_map(|request| request.resume.as_ref());
    assert!(resumed.clone().all(|resume| resume.from > 0 && resume.etag.starts_with('"')));
    assert_eq!(total.version, 1);
    no_bad_file_is_visible(&device);
}

#[tokio::test]
async fn a_damaged_file_is_never_seen_and_a_good_one_is_taken_later() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    device.network.is_for(path::FILES, Weather::Damages);
    let error = update(&device).await.unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
    assert_eq!(installed(&device), None);
    no_bad_file_is_visible(&device);
    device.network.is(Weather::Good);
    assert_eq!(update(&device).await.unwrap().version, 1);
    no_bad_file_is_visible(&device);
}

#[tokio::test]
async fn a_spoilt_part_is_fetched_again_from_the_beginning() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    let (_, manifest) = manifest(&world);
    let files = device.folder.path().join("account/files");
    fs::create_dir_all(&files).unwrap();
    for (index, file) in manifest.files.iter().enumerate() {
        let length = usize::try_from(file.bytes).unwrap();
        let spoilt = [1, length / 2, length, length + 5][index % 4];
        fs::write(files.join(file.sha256.to_string()).with_extension("part"), vec![7; spoilt])
            .unwrap();
    }
    assert_eq!(update(&device).await.unwrap().version, 1);
    no_bad_file_is_visible(&device);
}

/// The newest manifest as the publisher signed it.
fn manifest(world: &World) -> (SignedManifest, PackManifest) {
    let folder = Folder::make(&world.data()).unwrap();
    let db = enhance_server::storage::schema::open(&folder.database()).unwrap();
    let frame = enhance_server::storage::packs::signed_manifest(&db, "enhance").unwrap().unwrap();
    let signed: SignedManifest = decode(&frame, 1 << 22).unwrap();
    let manifest = enhance_protocol::codec::from_cbor(&signed.manifest).unwrap();
    (signed, manifest)
}

fn signed_by_the_publisher(world: &World, manifest: &PackManifest) -> SignedManifest {
    let key = Folder::make(&world.data()).unwrap().signing_key([0; 32]).unwrap();
    SignedManifest::sign(manifest, &key).unwrap()
}

fn answers_with(device: &Device, signed: &SignedManifest) {
    let frame = encode(signed).unwrap();
    device.network.is_for(path::PACKS, Weather::Portal(200, Some(MEDIA_TYPE.into()), frame));
}

#[tokio::test]
async fn a_pack_never_goes_back() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    let (first, _) = manifest(&world);
    world.publish(later_version(2).path());
    update(&device).await.unwrap();
    let before = device.contents();
    answers_with(&device, &first);
    let error = update(&device).await.unwrap_err();
    assert!(matches!(error, Error::NotAllowed { .. }), "{error:?}");
    assert_eq!(device.contents(), before);
}

#[tokio::test]
async fn what_the_publisher_did_not_sign_is_refused() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    let (good, manifest) = manifest(&world);
    let before = device.contents();

    let mut altered = good.clone();
    altered.manifest[40] ^= 1;
    let mut forged = good.clone();
    forged.signature[5] ^= 1;
    let other_name = PackManifest { key: "other".into(), ..manifest.clone() };
    let other_pack = signed_by_the_publisher(&world, &other_name);
    for signed in [altered, forged, other_pack] {
        answers_with(&device, &signed);
        let error = update(&device).await.unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        assert_eq!(device.contents(), before);
    }
}

#[tokio::test]
async fn a_signed_pack_that_is_no_programme_is_refused() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    let (_, manifest) = manifest(&world);
    let page = manifest.files.iter().find(|file| file.sha256 != manifest.structure).unwrap();
    let no_programme = PackManifest { structure: page.sha256, ..manifest.clone() };
    let nothing = PackManifest { structure: Sha256::from_bytes([1; 32]), ..manifest.clone() };
    let only_structure = manifest.files.iter().filter(|file| file.sha256 == manifest.structure);
    let pages_missing = PackManifest { files: only_structure.cloned().collect(), ..manifest };
    for broken in [no_programme, nothing, pages_missing] {
        answers_with(&device, &signed_by_the_publisher(&world, &broken));
        let error = update(&device).await.unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        assert_eq!(installed(&device), None);
    }
    device.network.is(Weather::Good);
    assert_eq!(update(&device).await.unwrap().version, 1);
}

#[tokio::test]
async fn somebody_elses_answer_is_no_pack() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    for status in [200, 206, 302, 401, 403, 407, 416, 502, 511] {
        for address in [path::PACKS, path::FILES] {
            let page = b"<html>Accept our terms</html>".to_vec();
            device.network.is_for(address, Weather::Portal(status, Some("text/html".into()), page));
            assert!(
                matches!(update(&device).await.unwrap_err(), Error::Offline { .. }),
                "{status} {address}"
            );
            assert_eq!(installed(&device), None);
            no_bad_file_is_visible(&device);
        }
    }
}

#[tokio::test]
async fn a_film_is_fetched_when_somebody_asks_for_it() {
    let world = World::begin().await;
    let device = reader_of(&world).await;
    update(&device).await.unwrap();
    let view = device.media(FILM).unwrap();
    assert_eq!(view.path, None);
    assert!(view.bytes > 0 && view.transcript.is_some() && !view.pause_points.is_empty());

    device.network.is_for(path::FILES, Weather::CutsAt(1_000));
    let cut = device.fetch_media(FILM, &Cancellation::new(), &|_| ()).await;
    assert!(matches!(cut.unwrap_err(), Error::Offline { .. }));
    assert_eq!(device.media(FILM).unwrap().path, None);

    device.network.is(Weather::Good);
    let stop = Cancellation::new();
    let stopping = stop.clone();
    let cancelled = device.fetch_media(FILM, &stop, &move |_| stopping.cancel()).await;
    assert_eq!(cancelled.unwrap_err(), Error::Cancelled);
    assert_eq!(device.media(FILM).unwrap().path, None);

    let path = device.fetch_media(FILM, &Cancellation::new(), &|_| ()).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), view.bytes);
    assert_eq!(device.media(FILM).unwrap().path, Some(path));
    no_bad_file_is_visible(&device);
}
