//! A phone and the server are both put back from backups, one older than the other. What anybody
//! holds is everywhere again, and what is written afterwards is refused nowhere.

use std::path::{Path, PathBuf};

use enhance_client::Stage;
use enhance_model::change_project::Section::{Plan, Problem};
use enhance_tests::{device::Device, world::World};

/// A moment that phone and server can be put back to.
struct Backup {
    phone: PathBuf,
    server: PathBuf,
    /// The file of its database alone.
    database: PathBuf,
}

fn back_up(world: &mut World, phone: &mut Device, name: &str) -> Backup {
    let folder = world.folder().join(name);
    phone.close();
    phone.copy_to(&folder);
    phone.start();
    let (server, database) = (world.server.backup(), world.server.copy_database());
    Backup { phone: folder, server, database }
}

/// How a phone and the server are put back.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// By our command, or by copying the file.
    by_command: bool,
    /// Into a new file, or over the bytes of the present one.
    new_file: bool,
    phone_is_first: bool,
}

impl Way {
    fn all() -> impl Iterator<Item = Self> {
        (0..8_u8).map(|one| Self {
            by_command: one & 1 == 0,
            new_file: one & 2 == 0,
            phone_is_first: one & 4 == 0,
        })
    }

    fn put_back(self, world: &mut World, phone: &mut Device, from: &Path, backup: &Backup) {
        if self.by_command {
            world.server.restore(&backup.server);
        } else {
            world.server.put_database_back(&backup.database);
        }
        if self.new_file { phone.put_back(from) } else { phone.write_back(from) }
    }
}

fn sessions(device: &Device) -> Vec<String> {
    let log = device.learning_log().unwrap();
    let mut titles: Vec<_> = log.sessions.into_iter().map(|view| view.session.title).collect();
    titles.sort();
    titles
}

/// Puts the phone back to the first or second moment, and the server to the first or second.
async fn put_back(way: Way, phone_to: usize, server_to: usize) {
    let mut world = World::new();
    let (mut phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let mut backups = Vec::new();
    for time in ["One", "Two"] {
        phone.note_session(time);
        phone.append(project, Problem, &format!("{time}. "));
        ben.append(project, Plan, &format!("{time}. "));
        world.settle(&[&phone, &ben, &tablet]).await;
        backups.push(back_up(&mut world, &mut phone, time));
    }
    phone.append(project, Problem, "Three. ");
    ben.append(project, Plan, "Three. ");
    world.settle(&[&phone, &ben]).await;

    let case = format!("{way:?}, phone to {phone_to}, server to {server_to}");
    way.put_back(&mut world, &mut phone, &backups[phone_to].phone, &backups[server_to]);
    phone.note_session("After");
    phone.append(project, Problem, "After. ");
    ben.append(project, Plan, "After. ");
    let order = if way.phone_is_first { [&phone, &ben, &tablet] } else { [&ben, &tablet, &phone] };
    world.settle(&order).await;

    for device in [&phone, &tablet] {
        assert_eq!(sessions(device), ["After", "One", "Two"], "{case}: {}", device.name());
    }
    let fresh = world.trusted_device(&phone, "Ana's new tablet").await;
    fresh.sync().await;
    let all = [&phone, &ben, &tablet, &fresh];
    for section in [Problem, Plan] {
        world.assert_text((project, section), &["One.", "Two.", "Three.", "After."], &all);
        let text = phone.section(project, section);
        assert_eq!(text.matches("Three.").count(), 1, "{case}: {text}");
    }
    world.assert_converged(project, &all);
    assert_eq!(sessions(&fresh), ["After", "One", "Two"], "{case}");
    for device in all {
        assert_eq!(device.quarantined().unwrap(), [], "{case}: {}", device.name());
        assert_eq!(device.status(project).unwrap().stage, Stage::Stored, "{case}");
    }
    phone.note_session("Later");
    world.settle(&[&phone, &fresh]).await;
    assert_eq!(sessions(&fresh).len(), 4, "{case}");
}

#[tokio::test]
async fn a_phone_older_than_the_server_goes_on() {
    for way in Way::all() {
        put_back(way, 0, 1).await;
    }
}

#[tokio::test]
async fn a_server_older_than_the_phone_goes_on() {
    for way in Way::all() {
        put_back(way, 1, 0).await;
    }
}

#[tokio::test]
async fn both_go_on_from_the_same_old_state() {
    for way in Way::all() {
        put_back(way, 0, 0).await;
    }
}
