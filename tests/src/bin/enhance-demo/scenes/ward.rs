//! The server starts, people join, and a trainee works on a ward without signal.

use enhance_client::{Error, NewSession, PrivateAccess, SearchPage};
use enhance_model::{Minutes, Role, Timestamp, personal_record::SessionKind};
use enhance_tests::{content, traces, world::World};

use super::Cast;
use crate::stage::Stage;

const DRAFT: &str = "Sister Mbeki was short with the family.";
const FINAL: &str = "The family was frightened, and nobody had told them what would happen next.";

/// A server process starts and publishes the programme.
pub fn a_server_starts(stage: &mut Stage, world: &World) {
    stage.scene("A server starts and publishes the Enhance programme");
    let said = world.server.publish(&content::enhance());
    said.lines().for_each(|line| stage.tell(line));
    stage.check("a server process answers on this machine", world.server.is_running());
}

/// A trainee with two devices, a supervisor and a fellow enrol with invitation codes.
pub async fn people_join(stage: &mut Stage, world: &World) -> Cast {
    stage.scene("Three people join with four devices");
    let phone = world.trainee().await;
    let ben = world.supervisor().await;
    let cara = world.fellow().await;
    stage.tell("Dr Ana Ruiz, in training; Dr Ben Okoro, her supervisor; Cara Lind, a fellow.");
    let tablet = world.another_device(&phone, "Ana's tablet").await;
    let access = tablet.account().unwrap().unwrap().private_access;
    stage.check(
        "Ana's tablet says that private documents need her recovery key",
        access == PrivateAccess::RecoveryKeyNeeded,
    );
    tablet.use_recovery_key(phone.recovery_key.as_deref().unwrap()).unwrap();
    let access = tablet.account().unwrap().unwrap().private_access;
    stage.check("with the key it is one of hers", access == PrivateAccess::Open);
    stage.tell_sync("Ana's phone", &phone.sync().await);
    phone.fetch_pack().await;
    let modules = phone.modules().unwrap().len();
    stage.check(&format!("{modules} modules are on Ana's phone"), modules > 0);
    let project = phone.create_project("Fewer falls on ward 7", "sys", "Ward 7").unwrap();
    let reflection = phone.reflect("After the arrest call");
    Cast { phone, tablet, ben, cara, reflection, copy: reflection, project }
}

/// Ana reads, learns and searches where there is no network.
pub async fn without_signal(stage: &mut Stage, cast: &mut Cast) {
    stage.scene("On a ward without signal Ana reads, learns and searches");
    let phone = &mut cast.phone;
    phone.network.down();
    let module = phone.modules().unwrap().into_iter().next().unwrap();
    let module = phone.module(&module.key).unwrap();
    stage.tell(&format!("She opens \"{}\".", module.summary.title));
    stage.check("its text is there", !module.page.text.is_empty());
    let activity = module.activities.first().unwrap().activity.clone();
    phone.start_activity(&activity.key).unwrap();
    phone.complete_activity(&activity.key).unwrap();
    let session = NewSession {
        title: activity.title.clone(),
        activity: Some(activity.key),
        module: Some(module.summary.key.clone()),
        start: Timestamp::from_unix_millis(1_795_419_000_000),
        minutes: Minutes(25),
        kind: SessionKind::Core,
    };
    phone.add_session(session).unwrap();
    let found = phone.search("anonymise", SearchPage::default()).unwrap().len();
    stage.check("a search for \"anonymise\" finds the handbook's page", found > 0);
    let refused = phone.try_sync().await;
    stage.check(
        "a sync says that there is no network",
        matches!(refused, Err(Error::Offline { .. })),
    );
    phone.restart();
    let done = phone.module(&module.summary.key).unwrap().summary.minutes_done;
    stage.check("after a restart her 25 minutes are there", done == Minutes(25));
}

/// Ana writes a reflection, sees it on her other device, and shows Ben a copy.
pub async fn a_reflection(stage: &mut Stage, world: &World, cast: &mut Cast) {
    stage.scene("Ana writes a reflection and shows her supervisor a copy");
    let Cast { phone, tablet, ben, reflection, .. } = cast;
    phone.answer(*reflection, DRAFT);
    phone.answer(*reflection, FINAL);
    let saved = phone.status(*reflection).unwrap().stage == enhance_client::Stage::Saved;
    stage.check("what she wrote is saved on her phone", saved);
    phone.network.up();
    let report = phone.sync().await;
    stage.tell_sync("Ana's phone", &report);
    stage.check("everything she did offline took one round trip", report.round_trips == 1);
    let stored = phone.status(*reflection).unwrap().stage == enhance_client::Stage::Stored;
    stage.check("the server has stored it", stored);
    let in_clear = traces::files_with(&world.server.data(), b"frightened").len()
        + usize::from(phone.network.recording().contains(b"frightened"));
    stage.check("neither the server's files nor the wire hold a word of it", in_clear == 0);
    tablet.sync().await;
    stage.check("her tablet shows it", tablet.answered(*reflection) == FINAL);
    ben.sync().await;
    stage.check("her supervisor cannot see it", ben.reflection(*reflection).is_err());
    cast.copy = phone.share_reflection(*reflection, ben.person()).unwrap();
    phone.sync().await;
    ben.sync().await;
    let shown = ben.shared_reflection(cast.copy).unwrap().copy;
    let reads = shown.answers.get(content::PROMPT).is_some_and(|text| text == FINAL);
    stage.check("he reads the copy she shared", reads);
    let drafts = ben.network.recording().contains(b"Mbeki");
    stage.check("nothing of her first draft came with it", !drafts);
    let readers = phone.readers(*reflection).unwrap();
    let names: Vec<&str> = readers.iter().map(|reader| reader.person.name.as_str()).collect();
    stage.tell(&format!("Who can see this, asks Ana: {}.", names.join(", ")));
    let ben_reads = readers.iter().any(|reader| reader.person.has_role(Role::Supervisor));
    stage.check("she is told that Ben can", ben_reads);
}
