//! The real `enhance` binary against homes of its own: with no server, and with a real one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod alone;
mod damaged;
mod dates;
mod devices;
mod disk;
mod done_again;
mod elsewhere;
mod enrolled;
mod enrolling;
mod files;
mod full_phone;
mod moved;
mod names;
mod one_person;
mod paper;
mod pasted;
mod projects;
mod signed;
mod signed_and_ended;
mod signed_by_whom;
mod signed_taken_along;
mod signed_taken_back;
mod ticketed;
mod together;
mod typed;
mod with_care;
mod witnessed;
