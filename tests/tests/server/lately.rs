//! What the operator and others are told of people: when a device was used, and who is where.

use std::time::Duration;

use enhance_model::Role;
use enhance_protocol::Item;
use enhance_tests::{bare::BareDevice, world::World};

fn knows(device: &mut BareDevice, name: &str) -> bool {
    let items = device.pull();
    items.iter().any(|item| matches!(item, Item::Person(person) if person.name == name))
}

#[test]
fn when_a_device_was_last_used_is_known_to_a_few_minutes() {
    let world = World::new();
    let mut device = world.bare_device(Role::Trainee, "Asha");
    let last_seen = || {
        let listed = world.server.command(&["devices", "--json"]).unwrap();
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        listed[0]["last_seen"].clone()
    };
    let mut before = last_seen();
    assert!(!before.is_null());
    for _ in 0..3 {
        world.clock.jump(Duration::from_secs(10 * 60));
        device.pull();
        let now = last_seen();
        assert_ne!(now, before, "it was used since");
        before = now;
    }
    // A device that asks every second writes nothing down each time.
    world.clock.jump(Duration::from_secs(60));
    device.pull();
    assert_eq!(last_seen(), before);
}

#[test]
fn an_organisation_is_the_same_however_it_is_written() {
    let world = World::new();
    let mut asha = world.bare_device(Role::Trainee, "Asha");
    let _lee = world.bare_device(Role::Partner, "Dr Lee");
    let _hall = world.bare_device(Role::Partner, "Dr Hall");
    asha.pull();
    let give = |who: &str, role: &str| world.server.command(&["role", "give", who, role]).unwrap();
    give("Asha", "trainee at St Mary's Hospital");
    give("Dr Hall", "supervisor at St Luke's Hospital");
    assert!(!knows(&mut asha, "Dr Hall"));
    give("Dr Lee", "supervisor at ST MARY’S hospital");
    assert!(knows(&mut asha, "Dr Lee"));
    // Given again in other letters it is the same role, and is taken in any.
    let twice = give("Dr Lee", "supervisor at st marys Hospital");
    assert_eq!(twice.matches("supervisor").count(), 1, "{twice}");
    let taken = ["role", "take", "Dr Lee", "supervisor at St. Mary's hospital"];
    let taken = world.server.command(&taken).unwrap();
    assert!(!taken.contains("supervisor"), "{taken}");
}
