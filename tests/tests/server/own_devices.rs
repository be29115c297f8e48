//! What a person may do with devices, and what a token is good for.

use enhance_model::{DeviceId, RefusalCode, Role, Timestamp};
use enhance_protocol::{
    DeviceRequest, DeviceResponse, DeviceStep, Nonce, PROTOCOL, Refusal, SecretKey, path,
};
use enhance_tests::{bare::BareDevice, world::World};

fn ask(world: &World, token: &[u8; 20], step: DeviceStep) -> Result<DeviceResponse, Refusal> {
    let nonce = Nonce::new(world.chance.bytes());
    let request = DeviceRequest { protocol: PROTOCOL, nonce, step };
    let answer: DeviceResponse = world.server.wire().post(path::DEVICES, Some(token), &request)?;
    assert_eq!(answer.nonce, nonce);
    Ok(answer)
}

fn refused(world: &World, token: &[u8; 20], step: DeviceStep) -> RefusalCode {
    ask(world, token, step).unwrap_err().code
}

fn part(number: u8, token: [u8; 20]) -> DeviceStep {
    DeviceStep::Part {
        device: DeviceId::new(Timestamp::from_unix_millis(0), [number; 10]),
        token: token.into(),
        signing_key: SecretKey::from_bytes(&[number; 32]).public(),
    }
}

fn is_in(device: &BareDevice, token: [u8; 20]) -> bool {
    let mut device = device.clone();
    device.token = token;
    device.try_exchange(&device.request(Vec::new())).is_ok()
}

#[test]
fn a_persons_devices_are_theirs_alone() {
    let world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let tablet = world.another_bare_device(&phone);
    let other = world.bare_device(Role::Trainee, "Ben");
    let listed = ask(&world, &phone.token, DeviceStep::List).unwrap().devices;
    assert_eq!(listed.len(), 2);
    let rename = |device, name: &str| DeviceStep::Rename { device, name: name.to_owned() };
    for (device, name) in [(other.id, "Mine"), (DeviceId::from_bytes([9; 16]), "Nobody's")] {
        assert_eq!(refused(&world, &phone.token, rename(device, name)), RefusalCode::NotFound);
        let out = DeviceStep::SignOut { device };
        assert_eq!(refused(&world, &phone.token, out), RefusalCode::NotFound);
    }
    let unseen = ["\u{200b}", "Pho\u{202e}ne", "one\u{2028}two", "\u{e000}", "..."];
    for wrong in ["", "  ", "two\nlines", &"x".repeat(81)].into_iter().chain(unseen) {
        let code = refused(&world, &phone.token, rename(tablet.id, wrong));
        assert_eq!(code, RefusalCode::MalformedRequest, "{wrong:?}");
    }
    let renamed = ask(&world, &phone.token, rename(tablet.id, " The tablet ")).unwrap();
    assert!(renamed.devices.iter().any(|one| one.name == "The tablet"));
    let out = ask(&world, &phone.token, DeviceStep::SignOut { device: tablet.id }).unwrap();
    assert_eq!(out.devices.len(), 1);
    assert!(!is_in(&tablet, tablet.token) && is_in(&other, other.token));
    assert_eq!(refused(&world, &tablet.token, DeviceStep::List), RefusalCode::SignInNeeded);
    assert_eq!(refused(&world, &tablet.token, part(1, [1; 20])), RefusalCode::SignInNeeded);
    let trail = world.server.command(&["audit"]).unwrap();
    assert_eq!(trail.matches("sign_out").count(), 1, "{trail}");
}

#[test]
fn both_tokens_are_good_until_the_new_one_is_used_also_after_a_restart() {
    let mut world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let (old, new) = (phone.token, [7; 20]);
    let renew = || DeviceStep::Renew { token: new.into() };
    for _ in 0..2 {
        ask(&world, &old, renew()).unwrap();
    }
    world.server.stop();
    world.server.start_again();
    assert!(is_in(&phone, old), "it may never have heard the answer");
    assert!(is_in(&phone, new));
    assert!(!is_in(&phone, old), "the new one took its place");
    world.server.stop();
    world.server.start_again();
    assert!(is_in(&phone, new) && !is_in(&phone, old));
    assert_eq!(refused(&world, &old, renew()), RefusalCode::SignInNeeded);
    assert_eq!(refused(&world, &old, DeviceStep::List), RefusalCode::SignInNeeded);
    let back = DeviceStep::Renew { token: old.into() };
    assert_eq!(refused(&world, &new, back), RefusalCode::MalformedRequest, "never twice");
    let other = world.bare_device(Role::Trainee, "Ben");
    let theirs = DeviceStep::Renew { token: other.token.into() };
    assert_eq!(refused(&world, &new, theirs), RefusalCode::MalformedRequest);
    assert!(is_in(&other, other.token));
}

#[test]
fn a_replaced_token_makes_a_copy_a_device_of_its_own_and_nothing_else() {
    let world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let (old, new) = (phone.token, [0xff; 20]);
    ask(&world, &old, DeviceStep::Renew { token: new.into() }).unwrap();
    assert!(is_in(&phone, new));
    let parted = ask(&world, &old, part(1, [1; 20])).unwrap();
    assert_eq!(parted.devices.len(), 2);
    assert!(parted.devices[1].name.ends_with(" 2"), "{:?}", parted.devices);
    let again = ask(&world, &old, part(1, [1; 20])).unwrap();
    assert_eq!(again.parted, parted.parted, "a lost answer is given again");
    assert_eq!(again.devices.len(), 2);
    assert!(is_in(&phone, new) && is_in(&phone, [1; 20]) && !is_in(&phone, old));
    let stolen = refused(&world, &old, part(1, [2; 20]));
    assert_eq!(stolen, RefusalCode::MalformedRequest, "another token for the same device");
    for number in 2..64 {
        ask(&world, &old, part(number, [number; 20])).unwrap();
        world.clock.jump(std::time::Duration::from_secs(2));
    }
    let code = refused(&world, &old, part(64, [64; 20]));
    assert_eq!(code, RefusalCode::QuotaExceeded, "no end of copies");
}
