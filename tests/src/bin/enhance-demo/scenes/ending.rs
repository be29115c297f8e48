//! What everybody sees in the end, and how to go on by hand.

use std::{env, io, path::Path};

use enhance_model::Role;
use enhance_tests::{device::Device, programs, world::World};

use super::Cast;
use crate::stage::Stage;

/// Everybody syncs, and what each can see is listed and checked.
pub async fn what_everybody_sees(stage: &mut Stage, world: &World, cast: &Cast) {
    stage.scene("What everybody sees in the end");
    let Cast { phone, tablet, ben, cara, reflection, copy, project } = cast;
    world.settle(&[phone, tablet, ben, cara]).await;
    let sees = |device: &Device| {
        [
            device.reflection(*reflection).is_ok(),
            device.shared_reflection(*copy).is_ok(),
            device.project(*project).is_ok(),
        ]
    };
    stage.tell(&format!("{:<26}{:<14}{:<14}{}", "", "reflection", "shared copy", "plan"));
    for device in [phone, tablet, ben, cara] {
        let [reflection, copy, project] = sees(device).map(|sees| if sees { "reads" } else { "-" });
        stage.tell(&format!("{:<26}{reflection:<14}{copy:<14}{project}", device.name()));
    }
    stage.check("Ana sees everything that is hers, on both devices", {
        sees(phone) == [true; 3] && sees(tablet) == [true; 3]
    });
    stage.check("Ben sees the copy and the plan", sees(ben) == [false, true, true]);
    stage.check("Cara sees none of it", sees(cara) == [false; 3]);
    let same = [tablet, ben].iter().all(|device| device.show(*project) == phone.show(*project));
    stage.check("the plan is the same wherever it can be read", same);
    stage.tell("");
    stage.tell(&format!(
        "{:<26}{:>6}{:>13}{:>10}{:>12}",
        "", "syncs", "round trips", "bytes up", "bytes down"
    ));
    for device in [phone, tablet, ben, cara] {
        let traffic = device.traffic();
        stage.tell(&format!(
            "{:<26}{:>6}{:>13}{:>10}{:>12}",
            device.name(),
            traffic.syncs,
            traffic.round_trips,
            traffic.bytes_up,
            traffic.bytes_down
        ));
    }
    let idle = phone.sync().await;
    stage.check("with nothing new a sync is one round trip", idle.round_trips == 1);
    let bytes = idle.bytes_up + idle.bytes_down;
    stage.check(&format!("of {bytes} bytes"), bytes < 400);
}

/// Says how to go on by hand, with commands that can be pasted.
pub fn go_on_by_hand(world: &mut World, keep: bool) -> io::Result<()> {
    let enhance_server = shown(programs::server());
    let enhance = shown(&env::current_exe()?.with_file_name("enhance"));
    let (data, url) = (shown(&world.server.data()), world.server.url());
    let trainee = world.server.invite(Role::Trainee, "You");
    let supervisor = world.server.invite(Role::Supervisor, "Your supervisor");
    let (you, other) = (shown(&world.folder().join("you")), shown(&world.folder().join("other")));
    println!("\nGo on by hand, from this folder:\n");
    if !keep {
        let listen = url.trim_start_matches("http://");
        println!("  # start the server again, in a terminal of its own");
        println!("  {enhance_server} serve --data {data} --listen {listen}\n");
    }
    println!("  # you, in training");
    println!("  {enhance} --home {you} enrol --server {url} {trainee}");
    println!("  {enhance} --home {you} sync");
    println!("  {enhance} --home {you} pack update");
    println!("  {enhance} --home {you} modules");
    println!("  {enhance} --home {you} project new --title \"My first plan\"\n");
    println!("  # your supervisor, on another device");
    println!("  {enhance} --home {other} enrol --server {url} {supervisor}");
    println!("  {enhance} --home {other} sync\n");
    println!("  # the one who runs the server");
    println!("  {enhance_server} grants --data {data}");
    println!("  {enhance_server} audit --data {data}");
    println!("\n`{enhance} --help` says everything else.");
    if keep {
        println!("\nThe server runs at {url} until you press Ctrl-C.");
        world.server.wait();
    } else {
        world.server.stop();
        println!("The server is stopped; its data stays in {data} until the next demo.");
    }
    Ok(())
}

/// A path as short as it can be typed here.
pub fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    let short = path.strip_prefix(&here).unwrap_or(path);
    let text = short.display().to_string();
    if text.contains(' ') { format!("\"{text}\"") } else { text }
}
