//! Storms: people write on three devices while networks fail, and the server is put back once.

use enhance_model::{DocumentId, change_project::Section::Problem};
use enhance_tests::{
    chance::Chance,
    device::Device,
    network::{Portal, Weather},
    world::World,
};

/// Clear one time in three.
fn weather(chance: &Chance) -> Weather {
    match chance.below(6) {
        0 => Weather::Down,
        1 => Weather::LOST_ANSWER,
        2 => Weather::CutResponse { after: usize::try_from(chance.below(600)).unwrap() },
        3 => Weather::Portal(Portal::page(200, "<html>")),
        _ => Weather::Clear,
    }
}

/// A trainee's two devices and a supervisor's.
struct Three {
    devices: [Device; 3],
    project: DocumentId,
    reflection: DocumentId,
}

impl Three {
    async fn on(world: &World) -> Self {
        let phone = world.trainee().await;
        let tablet = world.trusted_device(&phone, "Ana's tablet").await;
        let supervisor = world.supervisor().await;
        let project = world.shared_project(&phone, &[&supervisor]).await;
        let reflection = phone.reflect("Night shift");
        let devices = [phone, tablet, supervisor];
        for device in &devices {
            device.sync().await;
        }
        Self { devices, project, reflection }
    }

    fn write(&self, who: usize, word: &str) {
        let device = &self.devices[who];
        device.append(self.project, Problem, word);
        if who < 2 {
            let text = format!("{} {word}", device.answered(self.reflection));
            device.answer(self.reflection, &text);
        }
    }

    async fn calm(&self) {
        for device in self.devices.iter().cycle().take(9) {
            device.network.set(Weather::Clear);
            device.sync().await;
        }
    }
}

async fn storm(seed: u64) {
    let mut world = World::builder().seed(seed).begin();
    let three = Box::pin(Three::on(&world)).await;
    let mut words = Vec::new();
    let backup = world.server.backup();
    for step in 0..40 {
        let who = usize::try_from(world.chance.below(3)).unwrap();
        if world.chance.below(2) == 0 {
            let written = world.chance.word();
            three.write(who, &written);
            words.push((who, written));
        } else {
            three.devices[who].network.set(weather(&world.chance));
            drop(three.devices[who].try_sync().await);
        }
        if step == 25 {
            world.server.restore(&backup);
        }
    }
    three.calm().await;

    let [phone, tablet, supervisor] = &three.devices;
    let text = phone.section(three.project, Problem);
    for device in [phone, tablet, supervisor] {
        assert_eq!(device.section(three.project, Problem), text);
        assert_eq!(device.quarantined().unwrap(), []);
        assert_eq!(device.sync().await.waiting, 0);
    }
    assert_eq!(phone.answered(three.reflection), tablet.answered(three.reflection));
    for (who, word) in words {
        assert!(text.contains(&word), "{word} is missing in {text}");
        assert!(who == 2 || phone.answered(three.reflection).contains(&word), "{word}");
    }
}

#[tokio::test]
async fn after_any_storm_and_a_restore_everybody_has_every_word() {
    for seed in 1..=3 {
        Box::pin(storm(seed)).await;
    }
}
