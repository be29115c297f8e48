//! Two people stand at two ends of a ward without a signal and tick on one sheet. Afterwards the sheet
//! says what both saw, and neither has written into what the other counted.

use enhance_model::{
    Right,
    change_project::{Item, Measure, Tally, Unit, Value},
};
use enhance_tests::world::World;

#[tokio::test]
async fn ticks_of_two_phones_without_a_network_add_up() {
    let world = World::new();
    let ana = world.trainee().await;
    let ben = world.supervisor().await;
    ana.sync().await;
    let project = ana.create_project("Hand hygiene", "sys", "Ward 7").unwrap();
    ana.add_member(project, ben.person(), Right::Edit).unwrap();
    let (measure, sheet) = (ana.new_item_id(), ana.new_item_id());
    let at = "2026-11-23".parse().unwrap();
    let mut edits = Measure { unit: Some(Unit::Percent), ..Measure::default() }.adding(measure);
    edits.extend(Tally { measure, at, group: String::new(), ticks: [].into() }.adding(sheet));
    ana.edit_project(project, None, &edits).unwrap();
    world.settle(&[&ana, &ben]).await;

    // Neither hears of the other while they count.
    ana.tick(project, sheet, 1, 1).unwrap();
    ben.tick(project, sheet, 0, 1).unwrap();
    ana.tick(project, sheet, 2, 3).unwrap();
    let last = ben.tick(project, sheet, 1, 1).unwrap();
    assert_eq!(last, Value::Ratio { numerator: 1, denominator: 2 }, "its own count alone");
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    for phone in [&ana, &ben] {
        let shown = phone.show(project);
        assert_eq!(shown.tallies[&sheet].counted(), Some((4, 6)), "{}", phone.name());
        assert_eq!(shown.disagreements, []);
    }

    // On top of what both know now, each still raises its own count.
    ben.tick(project, sheet, 1, 1).unwrap();
    world.settle(&[&ben, &ana]).await;
    assert_eq!(ana.show(project).tallies[&sheet].counted(), Some((5, 7)));
}
