//! `enhance pack`: the programme's texts and media, as they are published.

use std::path::PathBuf;

use clap::Subcommand;
use enhance_client::{LearningCore, MediaView, PackState, PackUpdate};
use enhance_model::size;
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    long_work::{progress, until_interrupted},
    output::{ProgressLine, Sheet, note},
};

const EXAMPLES: &str = "\
Examples:
  enhance pack
  enhance pack update
  enhance pack media peter-360
  enhance pack media peter-360 --fetch

Texts come with the pack. Media are fetched only when you ask, after you saw their size; a
download that was cut goes on where it stopped.";

/// Content packs: the programme's texts and media.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the packs: what is here and what is published.
    #[command(after_help = "Example:\n  enhance pack list")]
    List,
    /// Fetch the newest version of one pack, or of all.
    #[command(after_help = "Examples:\n  enhance pack update\n  enhance pack update enhance")]
    Update {
        /// The pack's key [default: all].
        #[arg(value_parser = crate::words::key)]
        key: Option<String>,
    },
    /// Show a film, sound or picture: its size, transcript and pause points; or fetch it.
    #[command(
        after_help = "Examples:\n  enhance pack media peter-360\n  enhance pack media peter-360 --fetch"
    )]
    Media {
        /// The key of the resource, as its page or the search names it.
        #[arg(value_parser = crate::words::key)]
        resource: String,
        /// Fetch its file; nothing is fetched without this.
        #[arg(long)]
        fetch: bool,
    },
}

#[derive(Serialize)]
struct FetchAnswer {
    resource: String,
    path: PathBuf,
    bytes: u64,
}

/// Lists packs, fetches what is newest, or shows and fetches media.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    match &arguments.verb {
        None | Some(Verb::List) => {
            let packs = core.packs()?;
            context.output.answer(&packs, |sheet| write_list(sheet, &packs))?;
        }
        Some(Verb::Update { key }) => update(context, &core, key.as_deref()).await?,
        Some(Verb::Media { resource, fetch: false }) => {
            let media = core.media(resource)?;
            context.output.answer(&media, |sheet| write_media(sheet, &media))?;
        }
        Some(Verb::Media { resource, fetch: true }) => fetch(context, &core, resource).await?,
    }
    Ok(Exit::Done)
}

/// One line about a pack.
pub fn line(pack: &PackState) -> String {
    let here = match pack.installed {
        Some(version) => format!("version {version}"),
        None => "not here yet".to_owned(),
    };
    let newer = pack.available.filter(|newest| Some(*newest) > pack.installed);
    let newer = newer.map(|newest| format!(", version {newest} is published"));
    let missing = pack.bytes_missing.filter(|missing| *missing > 0);
    let missing = missing.map(|missing| format!(", {} to fetch", size(missing)));
    [format!("{}: {here}", pack.key), newer.unwrap_or_default(), missing.unwrap_or_default()]
        .concat()
}

/// Whether something newer is published than what is here.
pub fn is_behind(packs: &[PackState]) -> bool {
    packs.iter().any(|pack| pack.available > pack.installed)
}

async fn update(context: &Context, core: &LearningCore, key: Option<&str>) -> Result<(), Failure> {
    let keys = match key {
        Some(key) => vec![key.to_owned()],
        None => core.packs()?.into_iter().map(|pack| pack.key).collect(),
    };
    let (cancel, line) = (until_interrupted(), ProgressLine::new());
    let mut done = Vec::new();
    for key in &keys {
        done.push(core.update_pack(key, &cancel, &|step| line.say(&progress(step))).await?);
    }
    drop(line);
    context.output.answer(&done, |sheet| write_updates(sheet, &done))
}

async fn fetch(context: &Context, core: &LearningCore, resource: &str) -> Result<(), Failure> {
    let media = core.media(resource)?;
    if media.path.is_none() {
        note(&format!("Fetching {} ...", size(media.bytes)));
    }
    let (cancel, line) = (until_interrupted(), ProgressLine::new());
    let path = core.fetch_media(resource, &cancel, &|step| line.say(&progress(step))).await?;
    drop(line);
    let resource = resource.to_owned();
    let fetched = FetchAnswer { resource, path, bytes: media.bytes };
    context.output.answer(&fetched, |sheet| {
        sheet.line(format!("{} is here: {}", fetched.resource, fetched.path.display()));
    })
}

fn write_list(sheet: &mut Sheet, packs: &[PackState]) {
    for pack in packs {
        sheet.line(line(pack));
    }
    if packs.is_empty() {
        sheet.line("No packs are known here yet.").next("enhance sync", "hear of them");
    } else if is_behind(packs) {
        sheet.next("enhance pack update", "fetch the newest");
    }
}

fn write_updates(sheet: &mut Sheet, updates: &[PackUpdate]) {
    for PackUpdate { key, before, version, bytes } in updates {
        sheet.line(match before {
            Some(before) if before == version && *bytes > 0 => format!(
                "{key}: version {version} is the newest; what was not whole of it is fetched again, {}.",
                size(*bytes)
            ),
            Some(before) if before == version => format!("{key}: version {version} is the newest."),
            _ => format!("{key}: version {version} is here, {} fetched.", size(*bytes)),
        });
    }
    if updates.is_empty() {
        sheet.line("No packs are known here yet.").next("enhance sync", "hear of them");
    } else {
        sheet.next("enhance modules", "read the programme");
    }
}

fn write_media(sheet: &mut Sheet, media: &MediaView) {
    sheet.line(format!("{} [{}]", media.title, media.key));
    match &media.media_type {
        Some(media_type) => sheet.field("Size", format!("{} ({media_type})", size(media.bytes))),
        None => sheet.field("Size", "no file"),
    };
    sheet.field("On the web", media.url.as_deref().unwrap_or_default());
    let here = media.path.as_ref().map(|path| path.display().to_string());
    sheet.field("Here", here.unwrap_or_else(|| "no".to_owned()));
    for point in &media.pause_points {
        let (minutes, seconds) = (point.at_seconds / 60, point.at_seconds % 60);
        sheet.heading(format!("{minutes}:{seconds:02} {} [{}]", point.scene, point.key));
        sheet.prose(&point.prompt);
    }
    if let Some(transcript) = &media.transcript {
        sheet.heading("Transcript").prose(transcript);
    }
    if media.path.is_none() && media.media_type.is_some() {
        sheet.next(&format!("enhance pack media {} --fetch", media.key), "fetch it");
    }
}
