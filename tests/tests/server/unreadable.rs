//! A row that cannot be read harms whom it belongs to, and nobody else.

use enhance_model::{RefusalCode, Right, Role};
use enhance_protocol::{Cursor, ExchangeRequest, Item, Outcome};
use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{hashes, names, reflection},
    },
    world::World,
};

/// A trainee's plan, a supervisor who is in it, and a fellow who knows both.
struct Three {
    world: World,
    asha: BareDevice,
    birch: BareDevice,
    chidi: BareDevice,
    project: BareDocument,
}

fn three() -> Three {
    let world = World::builder().process().begin();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let birch = world.bare_device(Role::Supervisor, "Dr Birch");
    let chidi = world.bare_device(Role::Fellow, "Chidi");
    let project = asha.project("Fewer falls");
    asha.store(project.offers());
    asha.lets_in(&birch, project.id, Right::Edit, 1);
    Three { world, asha, birch, chidi, project }
}

impl Three {
    fn harm(&self, sql: &str) {
        let db = rusqlite::Connection::open(self.world.server.database()).unwrap();
        db.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    }

    /// The log names the row, and says nothing of what is in it.
    fn logged(&self, what: &str) {
        let log = self.world.server.log();
        assert!(log.contains(what), "{log}");
        assert!(!log.contains("wizard") && !log.contains("poem"), "{log}");
    }
}

/// Everything there is for a device, from the beginning, page by page.
fn everything(device: &BareDevice) -> Result<Vec<Item>, RefusalCode> {
    let mut request = ExchangeRequest { cursor: Cursor::default(), ..device.request(Vec::new()) };
    let mut items = Vec::new();
    loop {
        let answer = device.try_exchange(&request).map_err(|refusal| {
            assert_eq!(refusal.retry_in_ms, None, "waiting does not mend it");
            refusal.code
        })?;
        items.extend(answer.items);
        if !answer.more {
            return Ok(items);
        }
        request = ExchangeRequest { cursor: answer.cursor, ..device.request(Vec::new()) };
    }
}

fn refused(outcome: &Outcome) -> Option<RefusalCode> {
    match outcome {
        Outcome::Rejected { code, .. } => Some(*code),
        _ => None,
    }
}

const DAMAGED: RefusalCode = RefusalCode::DamagedOnServer;

#[test]
fn a_role_that_cannot_be_read_is_told_to_whose_it_is_and_others_go_on() {
    let three = three();
    three.harm("UPDATE person_role SET role = 'wizard' WHERE role = 'supervisor'");
    for (device, own) in [(&three.asha, "Asha"), (&three.chidi, "Chidi")] {
        let items = everything(device).unwrap();
        let names = names(&items);
        assert!(names.contains(&own) && !names.contains(&"Dr Birch"), "{names:?}");
    }
    assert_eq!(everything(&three.birch), Err(DAMAGED));
    three.birch.store(vec![reflection(60).1]);
    three.logged("person_role, row ");
}

#[test]
fn an_entry_that_cannot_be_read_is_told_to_the_owner_of_its_document_and_others_go_on() {
    let mut three = three();
    let (first, second) = (three.project.write("They fall."), three.project.write("At night."));
    three.asha.store(vec![first.clone()]);
    three.asha.store(vec![second.clone()]);
    three.harm(
        "UPDATE entry SET kind = 'poem' WHERE sequence =
             (SELECT max(sequence) - 1 FROM entry WHERE kind = 'change')",
    );
    let read = hashes(&everything(&three.birch).unwrap());
    assert!(read.contains(&second.hash) && !read.contains(&first.hash));
    assert!(everything(&three.chidi).is_ok());
    assert_eq!(everything(&three.asha), Err(DAMAGED));
    // What becomes of her own work she hears all the same.
    three.asha.store(vec![reflection(61).1, three.project.write("Most of them.")]);
    three.logged("entry, row ");
}

#[test]
fn a_document_that_cannot_be_read_takes_nothing_and_holds_nothing_else_up() {
    let mut three = three();
    three.harm("UPDATE document SET kind = 'poem' WHERE kind = 'change_project'");
    let (edit, private) = (three.project.write("They fall."), reflection(62).1);
    let outcomes = three.asha.offer(vec![edit, private]);
    assert_eq!(refused(&outcomes[0]), Some(DAMAGED), "{outcomes:?}");
    assert!(matches!(outcomes[1], Outcome::Stored { .. }), "{outcomes:?}");
    assert!(everything(&three.birch).is_ok() && everything(&three.chidi).is_ok());
    three.logged("document, row ");
}

#[test]
fn a_right_that_cannot_be_read_is_told_to_whose_it_is_and_the_project_goes_on() {
    let mut three = three();
    three.harm("UPDATE grant_row SET right = 'fly' WHERE right = 'edit'");
    let edit = three.project.write("They fall.");
    three.asha.store(vec![edit]);
    assert!(everything(&three.asha).is_ok() && everything(&three.chidi).is_ok());
    let comments = three.birch.comments(three.project.id);
    let outcomes = three.birch.offer([comments.offers(), vec![reflection(63).1]].concat());
    assert_eq!(refused(&outcomes[0]), Some(DAMAGED), "{outcomes:?}");
    assert!(matches!(outcomes[2], Outcome::Stored { .. }), "{outcomes:?}");
    three.logged("grant_row, row ");
}

#[test]
fn a_token_that_cannot_be_read_is_unknown_and_the_server_starts() {
    let mut three = three();
    three.world.server.stop();
    three.harm(
        "UPDATE device SET token_hash = x'0102' WHERE person =
             (SELECT person FROM person_role WHERE role = 'supervisor')",
    );
    three.world.server.start_again();
    assert!(everything(&three.asha).is_ok());
    assert_eq!(everything(&three.birch), Err(RefusalCode::SignInNeeded));
    three.logged("device, row ");
}

#[test]
fn a_fold_that_cannot_be_read_is_told_to_the_owner_of_its_document() {
    let mut three = three();
    let edits: Vec<_> = (0..20).map(|it| three.project.write(&format!("Round {it}."))).collect();
    three.asha.store(edits);
    three.world.server.stop();
    let data = three.world.server.data();
    {
        let config = enhance_server::Config::default();
        let state =
            enhance_server::ServerState::open(&data, config, Box::new(enhance_server::Machine));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(enhance_server::folds::everything(&state.unwrap())).unwrap();
    }
    three.harm("UPDATE fold SET sent = x'00'");
    three.world.server.start_again();
    assert!(everything(&three.chidi).is_ok());
    assert!(everything(&three.birch).is_ok(), "all but what cannot be read");
    assert_eq!(everything(&three.asha), Err(DAMAGED));
}

#[test]
fn who_read_past_an_entry_gets_it_once_the_server_was_restored() {
    let mut three = three();
    let (first, second) = (three.project.write("They fall."), three.project.write("At night."));
    three.asha.store(vec![first.clone()]);
    three.asha.store(vec![second.clone()]);
    let backup = three.world.server.backup();
    three.harm(
        "UPDATE entry SET kind = 'poem' WHERE sequence =
             (SELECT max(sequence) - 1 FROM entry WHERE kind = 'change')",
    );
    let read = hashes(&three.birch.pull());
    assert!(read.contains(&second.hash) && !read.contains(&first.hash));
    three.world.server.restore(&backup);
    let read = hashes(&three.birch.pull());
    assert!(read.contains(&first.hash) && read.contains(&second.hash));
    three.asha.pull();
}
