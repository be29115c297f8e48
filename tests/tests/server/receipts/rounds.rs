//! Grants and revocations by their rounds, whoever brings them.

use enhance_model::{RefusalCode, Right, Role, Round};
use enhance_protocol::{EntryKind, Outcome};
use enhance_tests::{
    bare::offers::{grant, hashes, kinds, revoke},
    world::World,
};

use super::code;

#[test]
fn of_grants_and_revocations_the_highest_round_counts_in_whatever_order_they_come() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let world = World::new();
        let asha = world.bare_device(Role::Trainee, "Asha");
        let mut ben = world.bare_device(Role::Supervisor, "Ben");
        let project = asha.project("Fewer falls");
        asha.store(project.offers());
        let rights = [
            grant(project.id, ben.person.id, Right::Edit, 1),
            revoke(project.id, ben.person.id, 2),
            grant(project.id, ben.person.id, Right::Read, 2),
        ];
        for place in order {
            asha.store(vec![rights[place].clone()]);
        }
        let edit = project.on(&ben, &[&project.first]).write("May I?");
        assert_eq!(code(&ben.offer(vec![edit])[0]), RefusalCode::NotGranted, "{order:?}");
        let after = ben.pull();
        assert_eq!(hashes(&after).last(), Some(&rights[1].hash), "he hears of it: {order:?}");
        for right in rights {
            assert_eq!(asha.offer(vec![right]), [Outcome::Duplicate]);
        }
        asha.lets_in(&ben, project.id, Right::Edit, 3);
        assert!(kinds(&ben.pull()).contains(&EntryKind::Change));
    }
}

#[test]
fn a_round_far_ahead_of_all_others_is_refused_so_that_another_can_always_follow() {
    use enhance_protocol::{EntryBody, Grant};
    let world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let project = asha.project("Fewer falls");
    asha.store(project.offers());
    let numbered = |round: u32| {
        let id = enhance_tests::bare::offers::item(1);
        let right = if round > Round::SLACK { Right::Read } else { Right::Edit };
        let (to, at) = (ben.person.id, enhance_tests::bare::offers::AT);
        Grant::new(id, to, right, round, at).offer(project.id).unwrap()
    };
    for round in [u32::MAX, u32::MAX - 1, Round::SLACK + 1] {
        assert_eq!(code(&asha.offer(vec![numbered(round)])[0]), RefusalCode::Malformed);
    }
    asha.store(vec![numbered(Round::SLACK)]);
    asha.store(vec![numbered(Round::SLACK + 1)]);
}
