//! The sync and the packs of the core, told with real devices, a real server and every weather.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a story fails by panicking")]

mod exchange;
mod folders;
mod forged;
mod itself;
mod mended;
mod moved;
mod narrow;
mod obstacles;
mod packs;
mod packs_lost;
mod salvaged;
mod signed_out;
mod storms;
mod suspended;
mod tls;
mod verdicts;

use enhance_model::DocumentId;
use enhance_tests::{device::Device, world::World};

/// A trainee with a project that a supervisor may edit; both have everything.
async fn project_of_two(world: &World) -> (Device, Device, DocumentId) {
    let (trainee, supervisor) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&trainee, &[&supervisor]).await;
    (trainee, supervisor, project)
}
