//! A phone is killed in the middle of a save, and a server loses its disk.

use std::time::Duration;

use enhance_model::change_project::Section::{Plan, Team};
use enhance_tests::{
    phone::{Orders, Phone, Safe},
    programs,
    world::World,
};

use super::Cast;
use crate::stage::Stage;

/// How often the phone is killed.
const KILLS: u64 = 3;

/// Ana's phone is killed while it saves.
pub async fn a_phone_killed(stage: &mut Stage, cast: &mut Cast) {
    stage.scene("Ana's phone is killed in the middle of a save");
    let Cast { phone, project, reflection, .. } = cast;
    let mut safe = Vec::new();
    phone.close();
    for life in 1..=KILLS {
        let orders = Orders {
            folder: phone.folder().to_owned(),
            key: phone.key(),
            project: *project,
            reflection: *reflection,
            prefix: format!("life{life}"),
            sync: false,
        };
        let mut process = Phone::start(&programs::phone(), &orders);
        process.is_ready();
        safe.extend(process.kill_after(Duration::from_millis(150 + 37 * life)));
    }
    let words = safe.iter().filter_map(|safe| match safe {
        Safe::Project(word) => Some(word.as_str()),
        _ => None,
    });
    let words: Vec<&str> = words.collect();
    stage.tell(&format!(
        "Killed {KILLS} times with kill -9; it had said {} things were safe, {} of them in the plan.",
        safe.len(),
        words.len()
    ));
    stage.check("the database is whole", phone.integrity() == "ok");
    phone.start();
    let text = phone.section(*project, Plan);
    let there = !words.is_empty() && words.iter().all(|word| text.contains(&format!("{word} ")));
    stage.check("every word that was said to be safe is in the plan", there);
    stage.tell_sync("Ana's phone", &phone.sync().await);
    stage.tell("She tidies up after that.");
    phone.write(*project, Plan, "One ward round at three in the morning. ");
    phone.answer(*reflection, "The family was frightened. Next time I will say what comes next.");
    phone.sync().await;
}

/// The server's disk is lost and an older backup put back.
pub async fn a_server_restored(stage: &mut Stage, world: &mut World, cast: &Cast) {
    stage.scene("The server loses its disk, and an older backup is put back");
    let Cast { phone, ben, project, .. } = cast;
    world.settle(&[phone, ben]).await;
    let backup = world.server.backup();
    phone.append(*project, Team, "Ana, after the backup.");
    world.settle(&[phone, ben]).await;
    ben.append(*project, Team, "Ben, after the backup.");
    world.settle(&[phone, ben]).await;
    stage.tell("Ana and Ben write on; the server stores it. Then the backup is put back.");
    world.server.restore(&backup);
    stage.tell_sync("Ana's phone", &phone.sync().await);
    stage.tell_sync("Ben's phone", &ben.sync().await);
    let fresh = world.another_device(ben, "Ben's new phone").await;
    stage.tell_sync("Ben's new phone", &fresh.sync().await);
    let team = fresh.section(*project, Team);
    stage.check("what Ana wrote after the backup is back", team.contains("Ana, after"));
    stage.check("what Ben wrote after the backup is back", team.contains("Ben, after"));
    stage.check("and the whole plan is the same", fresh.show(*project) == ben.show(*project));
}
