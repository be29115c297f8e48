//! The room in a plan is shared out: whoever fills it up keeps nobody else from writing.

use enhance_model::{RefusalCode, Right, Role};
use enhance_protocol::Outcome;
use enhance_tests::{
    bare::{BareDevice, BareDocument, offers::revoke},
    world::World,
};

/// Writes until nothing more is taken, and says how much that was and why it ended.
fn fill(
    device: &BareDevice,
    document: &mut BareDocument,
    mut text: impl FnMut(usize) -> String,
) -> (usize, RefusalCode) {
    for taken in 0..1_000 {
        match device.offer(vec![document.write(&text(taken))]).remove(0) {
            Outcome::Stored { .. } => {}
            Outcome::Rejected { code, message } => {
                assert!(message.len() > 10, "{code} has no words");
                return (taken, code);
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("it never ends");
}

fn numbered(number: usize) -> String {
    format!("Word {number}")
}

struct Ward {
    world: World,
    owner: BareDevice,
    members: Vec<BareDevice>,
    project: BareDocument,
}

/// An owner and two members, at a server with limits of its own.
fn ward(limits: &str) -> Ward {
    let world = World::builder()
        .settings(&format!("[limits]\nrequests_per_minute = 10_000\n{limits}\n"))
        .begin();
    let owner = world.bare_device(Role::Trainee, "Asha");
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    let names = ["Eve", "Ben"];
    let members = names.map(|name| world.bare_device(Role::Fellow, name)).to_vec();
    for member in &members {
        owner.lets_in(member, project.id, Right::Edit, 1);
    }
    Ward { world, owner, members, project }
}

#[test]
fn a_member_who_fills_a_project_keeps_neither_the_owner_nor_another_nor_themselves_from_writing() {
    let Ward { world: _world, owner, members, mut project } = ward("document_changes = 256");
    let (eve, ben) = (&members[0], &members[1]);
    let (taken, code) = fill(eve, &mut project.on(eve, &[&project.first]), numbered);
    // Half of it, with what was there, and a part of her own for all that she wrote before.
    assert_eq!((taken, code), (127 + 2, RefusalCode::PartFull));
    let mut of_ben = project.on(ben, &[&project.first]);
    assert_eq!(fill(ben, &mut of_ben, numbered), (2, RefusalCode::PartFull), "his own part");
    // The owner takes her out, and has all that is left.
    owner.store(vec![revoke(project.id, eve.person.id, 2)]);
    let (taken, code) = fill(&owner, &mut project, numbered);
    assert_eq!(code, RefusalCode::TooManyChanges);
    assert_eq!(taken, 256 - 128 - 2 - 2, "all that is left");
}

#[test]
fn large_changes_of_a_member_leave_the_owner_and_the_others_theirs() {
    let Ward { world: _world, owner, members, mut project } = ward("document_bytes = 262_144");
    let (eve, ben) = (&members[0], &members[1]);
    let mut chance = 0_u64;
    // Words that do not compress away.
    let mut noise = move |letters: usize| -> String {
        let mut letter = || {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            char::from(b'a' + u8::try_from(chance >> 59).unwrap() % 26)
        };
        (0..letters).map(|_| letter()).collect()
    };
    let (_, code) = fill(eve, &mut project.on(eve, &[&project.first]), |_| noise(6_000));
    assert_eq!(code, RefusalCode::PartFull);
    let mut of_ben = project.on(ben, &[&project.first]);
    assert!(fill(ben, &mut of_ben, numbered).0 >= 1, "a word of his");
    let more = project.write(&"All that is left of it. ".repeat(200));
    assert!(matches!(owner.offer(vec![more])[..], [Outcome::Stored { .. }]));
}
