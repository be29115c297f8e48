//! The harness in which stories about Enhance are told.
//!
//! ```
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! use enhance_model::change_project::Section::Problem;
//! use enhance_tests::world::World;
//!
//! let world = World::new();
//! let (ana, ben) = (world.trainee().await, world.supervisor().await);
//! let project = world.shared_project(&ana, &[&ben]).await;
//! ana.network.down();
//! ana.write(project, Problem, "We see too many falls at night.");
//! ana.network.up();
//! world.settle(&[&ana, &ben]).await;
//! assert_eq!(ben.section(project, Problem), "We see too many falls at night.");
//! # });
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # A tour
//!
//! A [`World`](world::World) has one [`Server`](server::Server), one clock and one source of chance.
//! The [`StoryClock`](clock::StoryClock) jumps when a story says so. What is left to
//! [`Chance`](chance::Chance) follows from one seed, which is printed when a story fails;
//! `ENHANCE_SEED` repeats it. Only Automerge's actor ids and the order of threads do not follow.
//!
//! | a story has | which is |
//! |---|---|
//! | [`Device`](device::Device) | the real core in a folder of its own; people's deeds are its methods |
//! | [`Network`](network::Network) | what is between one device and the server, with [`Weather`](network::Weather) |
//! | [`BareDevice`](bare::BareDevice) | the protocol and nothing else, for what the core never does |
//! | [`NewerApp`](newer_app::NewerApp) | an app of tomorrow, on a bare device |
//! | [`Home`](home::Home) | the terminal client as a process |
//! | [`Phone`](phone::Phone) | a device as a process that is killed |
//!
//! The server runs on threads of this process, under the story's clock and chance, unless the story
//! begins with `World::builder().process()`: then it is a process that can be killed.
//!
//! Verbs panic when the answer is no; what may be refused has a `try_` beside it. To wait for
//! something to become so there is [`wait`]; nothing sleeps instead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness says no by panicking"
)]

pub mod bare;
pub mod chance;
pub mod clock;
pub mod content;
mod deeds;
pub mod device;
pub mod home;
pub mod network;
pub mod newer_app;
mod packs;
pub mod phone;
pub mod programs;
pub mod server;
pub mod traces;
pub mod wait;
pub mod world;
