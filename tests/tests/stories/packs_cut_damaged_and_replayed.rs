//! A content pack on its way to a phone: the wire is cut, bytes are changed, an old version is
//! offered as the newest. What was installed stays in use until the new one is whole.

use enhance_client::{Error, SearchPage};
use enhance_tests::{content, network::Weather, world::World};

#[tokio::test]
async fn a_cut_download_goes_on_where_it_was_cut() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let phone = world.trainee().await;
    phone.sync().await;

    // The manifest passes; then a file is cut after some bytes.
    phone.network.next(Weather::Clear);
    phone.network.next(Weather::CutResponse { after: 600 });
    assert!(matches!(phone.try_fetch_pack().await.unwrap_err(), Error::Offline { .. }));
    assert!(phone.programme().unwrap().is_none(), "half a pack is no pack");
    phone.network.forget();
    phone.fetch_pack().await;
    let asked = phone.network.recording();
    let resumed = asked.passages.iter().any(|passage| passage.header("range").is_some());
    assert!(resumed, "the part that had arrived was not fetched again");
    assert!(!phone.modules().unwrap().is_empty());
    assert!(!phone.search("reflection", SearchPage::default()).unwrap().is_empty());
}

#[tokio::test]
async fn damaged_bytes_are_noticed_and_the_old_version_stays_in_use() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let phone = world.trainee().await;
    phone.sync().await;
    phone.fetch_pack().await;
    let title = phone.programme().unwrap().unwrap().title;

    let next = content::edition(world.folder(), 2);
    world.server.publish(&next);
    phone.sync().await;
    let before = phone.network.recording();
    for manifest in [Weather::Damage { at: 90 }, Weather::Clear] {
        phone.network.next(manifest);
        phone.network.set(Weather::Damage { at: 20 });
        phone.try_fetch_pack().await.unwrap_err();
        assert_eq!(phone.programme().unwrap().unwrap().title, title, "the old one is in use");
        phone.network.up();
    }
    phone.fetch_pack().await;
    assert_eq!(phone.programme().unwrap().unwrap().title, content::edition_title(2));

    // The old manifest is offered, rightly signed, as the newest.
    let old = before.passages.iter().find(|passage| passage.line().contains("/v1/packs/")).unwrap();
    phone.network.next(Weather::Instead(old.response.clone()));
    phone.try_fetch_pack().await.unwrap_err();
    assert_eq!(phone.programme().unwrap().unwrap().title, content::edition_title(2), "never back");
}

#[tokio::test]
async fn media_come_when_asked_for_and_their_size_is_known_before() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let phone = world.trainee().await;
    phone.sync().await;
    phone.fetch_pack().await;
    let film = content::film(&phone.programme().unwrap().unwrap());
    let before = phone.media(&film).unwrap();
    assert!(before.path.is_none() && before.bytes > 0);
    assert!(before.transcript.is_some() && !before.pause_points.is_empty());

    phone.network.next(Weather::CutResponse { after: 5_000 });
    phone.try_fetch_media(&film).await.unwrap_err();
    assert!(phone.media(&film).unwrap().path.is_none());
    let path = phone.try_fetch_media(&film).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), before.bytes);
    assert_eq!(phone.media(&film).unwrap().path, Some(path));
}
