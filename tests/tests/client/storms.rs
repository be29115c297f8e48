use enhance_model::reflection::ReflectionEdit;

use super::*;

impl Chance {
    fn weather(&mut self) -> Weather {
        match self.below(6) {
            0 => Weather::Down,
            1 => Weather::LosesAnswers,
            2 => Weather::CutsAt(usize::try_from(self.below(400)).unwrap()),
            3 => Weather::Portal(200, Some("text/html".into()), b"<html>".to_vec()),
            _ => Weather::Good,
        }
    }
}

/// A trainee's two devices and a supervisor's.
struct Three {
    devices: [Device; 3],
    plan: DocumentId,
    entry: DocumentId,
}

impl Three {
    async fn on(world: &World) -> Self {
        let phone = Device::new();
        let invitation = world.invite(Role::Trainee, "Asha");
        let enrolled =
            phone.enrol(&world.url(), &invitation, "Phone", &Cancellation::new()).await.unwrap();
        let tablet = Device::new();
        let invitation = phone.invite_device(&Cancellation::new()).await.unwrap();
        tablet.enrol(&world.url(), &invitation, "Tablet", &Cancellation::new()).await.unwrap();
        tablet.use_recovery_key(&enrolled.recovery_key.unwrap().to_string()).unwrap();
        let supervisor = world.join(Role::Supervisor, "Ben").await;
        phone.sync_now().await.unwrap();
        let plan = phone.create_project("Fewer falls", "pcp", "").unwrap();
        let ben = supervisor.account().unwrap().unwrap().person.id;
        phone.add_member(plan, ben, Right::Edit).unwrap();
        let entry = phone.create_reflection("quick", "Night shift", None).unwrap();
        let devices = [phone, tablet, supervisor];
        for device in &devices {
            device.sync_now().await.unwrap();
        }
        Self { devices, plan, entry }
    }

    fn write(&self, who: usize, word: &str) {
        let device = &self.devices[who];
        write_problem(device, self.plan, &format!("{} {word}", problem(device, self.plan)));
        if who < 2 {
            let text = format!("{} {word}", private(device, self.entry));
            let edit = ReflectionEdit::Answer { prompt: "what".into(), text };
            device.edit_reflection(self.entry, None, &[edit]).unwrap();
        }
    }

    async fn calm(&self) {
        for device in self.devices.iter().cycle().take(9) {
            device.network.is(Weather::Good);
            device.sync_now().await.unwrap();
        }
    }
}

fn private(device: &Device, entry: DocumentId) -> String {
    let answers = device.reflection(entry).unwrap().reflection.answers;
    answers.get("what").cloned().unwrap_or_default()
}

async fn storm(seed: u64) {
    let mut world = World::begin().await;
    let three = Three::on(&world).await;
    let mut chance = Chance(seed);
    let mut words = Vec::new();
    world.backup();
    for step in 0..40 {
        let who = usize::try_from(chance.below(3)).unwrap();
        if chance.below(2) == 0 {
            let written = format!("word{step}by{who}");
            three.write(who, &written);
            words.push((who, written));
        } else {
            three.devices[who].network.is(chance.weather());
            let _ = three.devices[who].sync_now().await;
        }
        if step == 25 {
            world.restore().await;
        }
    }
    three.calm().await;

    let [phone, tablet, supervisor] = &three.devices;
    let text = problem(phone, three.plan);
    for device in [phone, tablet, supervisor] {
        assert_eq!(problem(device, three.plan), text, "seed {seed}");
        assert_eq!(device.quarantined().unwrap(), [], "seed {seed}");
        assert_eq!(device.sync_now().await.unwrap().waiting, 0, "seed {seed}");
    }
    assert_eq!(private(phone, three.entry), private(tablet, three.entry), "seed {seed}");
    for (who, word) in words {
        assert!(text.contains(&word), "seed {seed}: {word} is missing in {text}");
        assert!(who == 2 || private(phone, three.entry).contains(&word), "seed {seed}: {word}");
    }
}

#[tokio::test]
async fn after_any_storm_and_a_restore_everybody_has_every_word() {
    for seed in 1..=3 {
        storm(seed).await;
    }
}
