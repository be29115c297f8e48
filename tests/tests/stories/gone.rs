//! x
use enhance_model::change_project::Section::{Plan, Problem};
use enhance_tests::world::World;

#[tokio::test]
async fn gone() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let plan = world.shared_plan(&ana, &[&ben]).await;
    world.settle(&[&ana, &ben]).await;
    let backup = world.server.backup();
    ben.append(plan, Problem, "Ben's words.");
    world.settle(&[&ben, &ana]).await;
    ana.append(plan, Problem, "Ana's words on top.");
    ana.sync().await;
    world.server.restore(&backup);
    for _ in 0..4 {
        println!("{:?}", ana.sync().await);
    }
    ana.append(plan, Plan, "Later words.");
    for _ in 0..4 {
        println!("{:?}", ana.sync().await);
    }
    println!("{:?} {:?}", ana.status(plan), ana.quarantined());
    let tablet = world.another_device(&ana, "tablet").await;
    tablet.sync().await;
    println!("TABLET {:?}", tablet.plan(plan).sections);
    println!("PHONE {:?}", ana.plan(plan).sections);
    ben.sync().await;
    world.settle(&[&ana, &ben, &tablet]).await;
    println!("TABLET {:?}", tablet.plan(plan).sections);
    panic!();
}
