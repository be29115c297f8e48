//! The rows of the table: each is a file, named by what it measures.

mod admit;
mod arrivals;
mod attacks;
mod autosave;
mod bytes_kept;
mod chart;
mod document_screen;
mod edit_plan;
mod edit_reflection;
mod first_sync;
mod full_plan;
mod list_page;
mod listeners;
mod live;
mod nothing_new;
mod one_change;
mod open_core;
mod phone_library;
mod plan_screen;
mod pushes;
mod rows_again;
mod search;
mod status_command;

use anyhow::Result;

use crate::bench::Bench;

/// One row of the table.
pub struct Row {
    pub name: &'static str,
    /// What it measures, in a line.
    pub about: &'static str,
    pub run: fn(&mut Bench) -> Result<()>,
}

const fn row(name: &'static str, about: &'static str, run: fn(&mut Bench) -> Result<()>) -> Row {
    Row { name, about, run }
}

/// All rows, in the order of the table.
pub const ROWS: &[Row] = &[
    row("admit", "1 and 1,000 changes pass the gate into a plan in memory", admit::run),
    row("arrivals", "a phone takes in 1 and 1,000 remote changes of a plan", arrivals::run),
    row("edit-plan", "a warm edit of a plan, saved durably", edit_plan::run),
    row("edit-reflection", "an edit of a sealed reflection of 3 to 4 KB", edit_reflection::run),
    row("autosave", "what is being typed, kept durably", autosave::run),
    row(
        "plan-screen",
        "the first screen of a plan, and the first edit after opening",
        plan_screen::run,
    ),
    row(
        "full-plan",
        "a plan of 1,000 values and 50 cycles: screen, edit, take in, chart, page",
        full_plan::run,
    ),
    row("open", "the core is opened and shows its first list", open_core::run),
    row("list", "a page of 50, at the start and in the middle", list_page::run),
    row("screen", "one document's screen", document_screen::run),
    row("chart", "a chart of 1,000 points computed, and drawn", chart::run),
    row("search", "the first 20 hits with snippets", search::run),
    row("rows-again", "rows of screens are made again", rows_again::run),
    row("nothing-new", "a sync with nothing new, in bytes", nothing_new::run),
    row("one-change", "one sealed change of 100 characters among many documents", one_change::run),
    row("first-sync", "a new device: reflections typed in 30 sittings, and plans", first_sync::run),
    row("kept", "bytes kept for a reflection and for a keystroke", bytes_kept::run),
    row("pushes", "pushes and new documents the server stores", pushes::run),
    row("attacks", "how long others wait while somebody attacks the server", attacks::run),
    row("live", "six people write in one plan and see each other do so", live::run),
    row("listeners", "10,000 devices that listen and hear nothing", listeners::run),
    row("library", "the library for phones, stripped", phone_library::run),
    row("status", "`enhance status` on a home of five years", status_command::run),
];
