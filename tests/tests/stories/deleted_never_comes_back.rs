//! A deleted reflection stays deleted, though an old device still holds it and old requests are
//! repeated.

use enhance_client::{ListPage, SearchPage};
use enhance_tests::world::World;

#[tokio::test]
async fn an_old_device_does_not_bring_it_back() {
    let world = World::new();
    let phone = world.trainee().await;
    let reflection = phone.reflect("Regretted");
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    tablet.sync().await;

    tablet.network.down();
    tablet.answer(reflection, "Written too late");
    phone.delete(reflection).unwrap();
    assert!(phone.reflection(reflection).is_err());
    phone.sync().await;
    tablet.network.up();
    world.settle(&[&tablet, &phone]).await;

    assert!(phone.network.repeat_everything().unwrap() > 0);
    assert!(tablet.network.repeat_everything().unwrap() > 0);
    world.settle(&[&tablet, &phone]).await;
    let third = world.trusted_device(&phone, "Ana's second tablet").await;
    third.sync().await;
    for device in [&phone, &tablet, &third] {
        assert!(device.reflection(reflection).is_err(), "it is back on {}", device.name());
        assert!(device.reflections(ListPage::default()).unwrap().is_empty());
        assert!(device.search("regretted", SearchPage::default()).unwrap().is_empty());
    }
}
