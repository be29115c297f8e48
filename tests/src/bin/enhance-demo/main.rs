//! The demo: a story of Enhance with a real server, told scene by scene, in which everything that
//! is claimed is checked. It ends with success only if all of it was so.
#![allow(clippy::print_stdout, reason = "a demo is there to be read")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a scene that breaks ends the demo")]

mod scenes;
mod stage;

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use enhance_tests::world::World;

use scenes::{desk, ending, together, trouble, ward};
use stage::Stage;

const USAGE: &str = "\
Plays the story of Enhance with a real server on this machine.

Usage: enhance-demo [--keep | --open]

  --keep   keep the server running at the end, to go on by hand, until Ctrl-C
  --open   the same, and print a link that opens the supervisor's desk in a browser; the page is
           the one in the folder that ENHANCE_PAGE names
";

#[tokio::main]
async fn main() -> ExitCode {
    let options: Vec<String> = env::args().skip(1).collect();
    let ends = match &*options {
        [] => Some(Ends::Stopped),
        [option] if option == "--keep" => Some(Ends::Kept),
        [option] if option == "--open" => env::var_os("ENHANCE_PAGE").map(|f| Ends::Open(f.into())),
        _ => None,
    };
    let Some(ends) = ends else {
        println!("{USAGE}");
        return if options.iter().all(|option| option == "--help") {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        };
    };
    match Box::pin(play(&ends)).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            println!("The demo could not be played: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What becomes of the server when the story has been told.
enum Ends {
    Stopped,
    Kept,
    /// It serves the page in this folder, at which the supervisor of the story goes on.
    Open(PathBuf),
}

/// Plays every scene and returns how many claims did not hold.
async fn play(ends: &Ends) -> io::Result<usize> {
    let begun = Instant::now();
    let (folder, _held) = place()?;
    let mut stage = Stage::new();
    let mut world = World::builder().folder(&folder).process();
    if let Ends::Open(page) = ends {
        world = world.page(page);
    }
    let mut world = world.begin();
    ward::a_server_starts(&mut stage, &world);
    let mut cast = ward::people_join(&mut stage, &world).await;
    ward::without_signal(&mut stage, &mut cast).await;
    ward::a_reflection(&mut stage, &world, &mut cast).await;
    together::the_same_paragraph(&mut stage, &world, &mut cast).await;
    together::a_grant_taken_away(&mut stage, &world, &cast).await;
    trouble::a_phone_killed(&mut stage, &mut cast).await;
    trouble::a_server_restored(&mut stage, &mut world, &cast).await;
    ending::what_everybody_sees(&mut stage, &world, &cast).await;
    let writers = match ends {
        Ends::Open(_) => Some(desk::something_waits(&mut stage, &world, &cast).await),
        Ends::Stopped | Ends::Kept => None,
    };
    let failed = stage.end(begun.elapsed());
    // The devices let go of their folders.
    drop(cast);
    match writers {
        Some(writers) => desk::open(&mut world, &writers)?,
        None => ending::go_on_by_hand(&mut world, matches!(ends, Ends::Kept))?,
    }
    Ok(failed)
}

/// An empty folder beside this program that no other demo is using, and the lock that says so.
fn place() -> io::Result<(PathBuf, File)> {
    let own = env::current_exe()?;
    let target = own.ancestors().nth(2).unwrap_or(Path::new("."));
    for number in 1.. {
        let name = if number == 1 { "demo".to_owned() } else { format!("demo-{number}") };
        let lock = File::create(target.join(format!("{name}.lock")))?;
        if lock.try_lock().is_ok() {
            let folder = target.join(name);
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
            return Ok((folder, lock));
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}
