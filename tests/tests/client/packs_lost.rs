//! Content that the server has lost, or that is not what was published any more, while somebody
//! writes with what is here.

use enhance_client::{DraftField, Error};
use enhance_model::{RefusalCode, Sha256, change_project::Section, pack::PackManifest};
use enhance_protocol::{SignedManifest, encode};
use enhance_server::storage::Folder;
use enhance_tests::{content, device::Device, world::World};

fn installed(device: &Device) -> Option<u64> {
    device.packs().unwrap().into_iter().find(|pack| pack.key == content::PACK)?.installed
}

/// Puts another frame in the place of the newest manifest of the server.
fn put_manifest(world: &World, frame: &[u8]) {
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let sql = "UPDATE pack SET signed = ?1 WHERE version = (SELECT max(version) FROM pack)";
    assert_eq!(db.execute(sql, [frame]).unwrap(), 1);
}

/// What the server's database has of its newest manifest.
fn newest(world: &World) -> Vec<u8> {
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let sql = "SELECT signed FROM pack ORDER BY version DESC LIMIT 1";
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Everything a person does with content goes on, offline and with a sync.
async fn goes_on(device: &Device) {
    assert_eq!((installed(device), device.modules().unwrap().len()), (Some(1), 8));
    let reflection = device.reflect("A night shift");
    device.answer(reflection, "We were three.");
    device.try_sync().await.unwrap();
    assert_eq!(device.answered(reflection), "We were three.");
}

#[tokio::test]
async fn a_manifest_that_is_spoilt_on_the_server_is_told_and_what_is_here_stays_in_use() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let device = world.trainee().await;
    device.fetch_pack().await;
    world.server.publish(&content::edition(world.folder(), 2));
    let good = newest(&world);
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for spoilt in [&good[..good.len() / 2], &flipped, b"no frame"] {
        put_manifest(&world, spoilt);
        let error = device.try_fetch_pack().await.unwrap_err();
        let code = RefusalCode::DamagedOnServer;
        assert!(matches!(error, Error::Refused { code: it, .. } if it == code), "{error:?}");
        goes_on(&device).await;
        let said = world.server.command(&["check"]).unwrap_err().to_string();
        assert!(said.contains("pack"), "{said}");
        // Nor does it keep the server from starting.
        world.server.stop();
        world.server.start_again();
    }
    put_manifest(&world, &good);
    assert_eq!(device.fetch_pack().await.version, 2);
}

#[tokio::test]
async fn a_manifest_that_names_a_file_by_a_wrong_hash_leaves_the_version_before_in_use() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let device = world.trainee().await;
    device.fetch_pack().await;
    world.server.publish(&content::edition(world.folder(), 2));
    let good = newest(&world);
    let signed: SignedManifest = enhance_protocol::decode(&good, 1 << 24).unwrap();
    let key = Folder::make(&world.server.data()).unwrap().signing_key([0; 32]).unwrap();
    let manifest = signed.verify(&key.verifying_key().to_bytes()).unwrap();
    let wrong = Sha256::from_bytes([9; 32]);
    let harms: [fn(&mut PackManifest, Sha256); 2] = [
        |manifest, wrong| manifest.structure = wrong,
        |manifest, wrong| {
            let structure = manifest.structure;
            let page = manifest.files.iter_mut().find(|file| file.sha256 != structure);
            page.unwrap().sha256 = wrong;
        },
    ];
    for harm in harms {
        let mut harmed = manifest.clone();
        harm(&mut harmed, wrong);
        let signed = SignedManifest::sign(&harmed, &key).unwrap();
        put_manifest(&world, &encode(&signed).unwrap());
        let error = device.try_fetch_pack().await.unwrap_err();
        let is_told = matches!(error, Error::Damaged { .. } | Error::Refused { .. });
        assert!(is_told, "{error:?}");
        goes_on(&device).await;
        let said = world.server.command(&["check"]).unwrap_err().to_string();
        assert!(said.contains(&wrong.to_string()), "{said}");
    }
    put_manifest(&world, &good);
    assert_eq!(device.fetch_pack().await.version, 2);
}

#[tokio::test]
async fn a_draft_outlives_the_pack_that_the_server_has_lost() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let device = world.trainee().await;
    device.fetch_pack().await;
    let reflection = device.reflect("A night shift");
    device.sync().await;
    let shown = device.reflection(reflection).unwrap().version;
    let field = DraftField::Answer(content::PROMPT.to_owned());
    device.autosave(reflection, &field, &shown, "We were three").unwrap();

    world.server.stop();
    let lose =
        |db: rusqlite::Connection| db.execute_batch("DELETE FROM pack; DELETE FROM pack_file;");
    lose(rusqlite::Connection::open(world.server.database()).unwrap()).unwrap();
    std::fs::remove_dir_all(world.server.data().join("files")).unwrap();
    world.server.start_again();
    device.sync().await;
    let drafts = device.reflection(reflection).unwrap().drafts;
    assert_eq!(drafts[0].text, "We were three", "what was typed is there");
    device.settle(reflection).unwrap();
    device.sync().await;
    assert_eq!(device.answered(reflection), "We were three");
    let project = device.create_project("Fewer falls", "", "").unwrap();
    device.write(project, Section::Problem, "They fall at night.");
    device.sync().await;
    goes_on(&device).await;
    let error = device.try_fetch_pack().await.unwrap_err();
    assert!(
        matches!(&error, Error::Refused { code: RefusalCode::NotFound, message }
            if message.contains("stays in use")),
        "{error:?}"
    );
    // Published once more, it is the same pack for the phone.
    world.server.publish(&content::enhance());
    assert_eq!(device.fetch_pack().await.version, 1);
}
