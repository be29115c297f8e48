//! A device replaces its token each month. A lost answer, a restored server and clocks that jump
//! lock nobody out.

use std::time::Duration;

use enhance_client::Cancellation;
use enhance_tests::{
    device::{Device, look_into},
    network::Weather,
    world::World,
};

/// Hashes of the tokens of all devices on the server.
fn tokens(world: &World) -> Vec<Vec<u8>> {
    let db = look_into(&world.server.database(), None);
    let mut statement = db.prepare("SELECT token_hash FROM device ORDER BY id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

async fn enrolled(world: &World) -> Device {
    let phone = world.trainee().await;
    phone.sync().await;
    phone
}

#[tokio::test]
async fn a_token_is_replaced_each_month_and_not_before() {
    let world = World::new();
    let phone = enrolled(&world).await;
    let first = tokens(&world);
    world.clock.jump_days(29);
    phone.sync().await;
    phone.sync().await;
    assert_eq!(tokens(&world), first);
    world.clock.jump_days(1);
    phone.sync().await;
    assert_eq!(tokens(&world), first, "the old one is good until the new one is used");
    phone.sync().await;
    let second = tokens(&world);
    assert_ne!(second, first);
    phone.sync().await;
    assert_eq!(tokens(&world), second);
}

#[tokio::test]
async fn a_lost_answer_to_a_renewal_locks_nobody_out() {
    let world = World::new();
    let phone = enrolled(&world).await;
    let first = tokens(&world);
    world.clock.jump_days(31);
    for weather in [Weather::LOST_ANSWER, Weather::CutRequest { after: 100 }, Weather::Down] {
        phone.network.set_for("/v1/devices", weather);
        phone.note_session("While it is lost");
        assert_eq!(phone.sync().await.waiting, 0, "the exchange is done all the same");
    }
    phone.network.up();
    phone.sync().await;
    phone.sync().await;
    assert_ne!(tokens(&world), first);
}

#[tokio::test]
async fn a_phone_that_is_away_for_longer_than_a_year_goes_on() {
    let world = World::new();
    let phone = enrolled(&world).await;
    world.clock.jump_days(700);
    phone.note_session("After a long leave");
    assert_eq!(phone.sync().await.waiting, 0);
    phone.sync().await;
    world.clock.jump_days(700);
    assert_eq!(phone.sync().await.quarantined, 0);
}

/// The clock was years ahead, and is right again.
#[tokio::test]
async fn clocks_that_jump_lock_nobody_out() {
    let world = World::new();
    let phone = enrolled(&world).await;
    world.clock.jump(Duration::from_secs(400 * 86_400));
    phone.sync().await;
    phone.sync().await;
    world.clock.jump_back(Duration::from_secs(399 * 86_400));
    for _ in 0..3 {
        phone.note_session("With another clock");
        assert_eq!(phone.sync().await.waiting, 0);
        world.clock.jump_days(10);
    }
}

#[tokio::test]
async fn a_server_restored_from_before_a_renewal_knows_the_phone() {
    let mut world = World::new();
    let phone = enrolled(&world).await;
    let backup = world.server.backup();
    for _ in 0..2 {
        world.clock.jump_days(31);
        phone.note_session("After the backup");
        phone.sync().await;
        phone.sync().await;
    }
    world.server.restore(&backup);
    phone.note_session("After the restore");
    let report = phone.sync().await;
    assert_eq!((report.waiting, report.quarantined), (0, 0), "{report:?}");
    phone.sync().await;
    assert_eq!(phone.learning_log().unwrap().sessions.len(), 3);
    let devices = phone.devices(&Cancellation::new()).await.unwrap();
    assert_eq!(devices.len(), 1, "it is the same device: {devices:?}");
}
