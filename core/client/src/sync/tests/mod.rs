//! Devices and a real server.

mod exchange;
mod itself;
mod storms;
mod suspended;
mod verdicts;

use std::time::Duration;

use enhance_model::{
    DocumentId, Right, Role,
    change_project::{ProjectEdit, Section},
};

use super::world::{Device, Weather, World};
use crate::{Budget, Cancellation};

/// Chance that can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Waits until something is so; the test fails if it does not come.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain until {what}");
}

/// A trainee with a plan that a supervisor may edit; both have everything.
async fn plan_of_two(world: &World) -> (Device, Device, DocumentId) {
    let trainee = world.join(Role::Trainee, "Asha").await;
    let supervisor = world.join(Role::Supervisor, "Ben").await;
    trainee.sync_now().await.unwrap();
    let plan = trainee.create_project("Fewer falls", "pcp", "Ward 7").unwrap();
    let ben = supervisor.account().unwrap().unwrap().person.id;
    trainee.add_member(plan, ben, Right::Edit).unwrap();
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    (trainee, supervisor, plan)
}

/// Writes the whole text of a plan's first section.
fn write_problem(device: &Device, plan: DocumentId, text: &str) {
    let edit = ProjectEdit::Section { section: Section::Problem, text: text.to_owned() };
    device.edit_project(plan, None, &[edit]).unwrap();
}

/// What a plan's first section says.
fn problem(device: &Device, plan: DocumentId) -> String {
    device
        .project(plan)
        .unwrap()
        .project
        .sections
        .get(&Section::Problem)
        .cloned()
        .unwrap_or_default()
}
