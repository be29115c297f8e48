//! A trainee prints her year, offline, and another machine says whether the page is what her record
//! says. Then she leaves, and takes her year into an account of another programme.

use enhance_client::{ArcpVerdict, ImportReport, NotCompared, SignOffAnswer, SignOffSubject};
use enhance_model::{
    Noun,
    change_project::Section,
    learning_log::Period,
    personal_record::{
        Certificate, EvidenceLink, EvidenceSource, PersonalRecord, Placement, RecordEdit,
        RecordItem, Supervisor, SupervisorRole,
    },
    sign_off::Decision,
};
use enhance_tests::{content, device::Device, world::World};

fn year() -> Period {
    "2026-08-05..2027-08-03".parse().unwrap()
}

fn add(device: &Device, thing: &impl RecordItem) -> enhance_model::ItemId {
    let id = device.new_item_id();
    device.edit_record(&thing.adding(id)).unwrap();
    id
}

fn placement(organisation: &str, days: &str, wte: Option<&str>) -> Placement {
    let days: Period = days.parse().unwrap();
    Placement {
        organisation: organisation.into(),
        grade: "F1".into(),
        start: days.from(),
        end: days.to(),
        wte: wte.map(|wte| wte.parse().unwrap()),
        ..Placement::default()
    }
}

/// Two placements, one of them less than full time, a session, and a reflection as evidence.
fn note_a_year(device: &Device) {
    let ward = add(device, &placement("Royal Infirmary", "2026-08-05..2026-12-01", None));
    add(device, &placement("Willow Surgery", "2026-12-02..2027-08-03", Some("0.6")));
    add(device, &Supervisor::named(ward, "Dr Okafor", SupervisorRole::Educational));
    device.note_session("Grand round");
    let reflection = device.reflect("A home visit");
    device.answer(reflection, "Stairs, and no rail.");
    let source = EvidenceSource::Document(reflection);
    let capability = "capability:foundation/fpc-9".parse().unwrap();
    add(device, &EvidenceLink::new(source, capability, "I asked what mattered."));
}

#[tokio::test]
async fn a_year_with_two_placements_is_printed_and_verified_on_another_machine() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let phone = world.trainee().await;
    phone.sync().await;
    phone.fetch_pack().await;
    phone.network.down();
    note_a_year(&phone);
    let page = phone.arcp_html(year()).unwrap();
    for said in
        ["Royal Infirmary", "Willow Surgery", "Dr Okafor (educational supervisor)", "A home visit"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("no rail"), "what a reflection says is nobody else's");

    phone.network.up();
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let unaltered = |why| Ok(ArcpVerdict::Unaltered { why });
    tablet.sync().await;
    tablet.fetch_pack().await;
    assert_eq!(tablet.verify_arcp(&page), unaltered(NotCompared::NotHere));
    world.settle(&[&phone, &tablet]).await;
    assert_eq!(tablet.verify_arcp(&page), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
    assert_eq!(tablet.arcp_html(year()).unwrap(), page, "the same bytes on both");

    let altered = page.replace("Royal Infirmary", "Royal Hospital");
    let supervisor = world.supervisor().await;
    assert_eq!(supervisor.verify_arcp(&page), unaltered(NotCompared::OfSomebodyElse));
    assert_eq!(supervisor.verify_arcp(&altered), Ok(ArcpVerdict::Altered));

    add(&phone, &Certificate { title: "Life support".into(), ..Certificate::default() });
    world.settle(&[&phone, &tablet]).await;
    let outdated = ArcpVerdict::Outdated { changes: 1, renamed: vec![] };
    assert_eq!(tablet.verify_arcp(&page), Ok(outdated));
    assert_eq!(tablet.verify_arcp(&altered), Ok(ArcpVerdict::Altered));
}

#[tokio::test]
async fn an_export_is_read_into_an_account_of_another_programme() {
    let world = World::new();
    let phone = world.trainee().await;
    note_a_year(&phone);
    world.shared_project(&phone, &[]).await;
    let export = phone.export().unwrap();
    let json = export.to_json().unwrap();

    let elsewhere = World::new();
    let mut new = elsewhere.trainee().await;
    let imported = new.import(&json).unwrap();
    let expected =
        ImportReport { reflections: 1, projects: 1, things: 5, ..ImportReport::default() };
    assert_eq!(imported, expected);
    new.sync().await;
    new.restart();
    let back = new.export().unwrap();
    assert_eq!(back.personal_record.placements, export.personal_record.placements);
    assert_eq!(back.personal_record.sessions, export.personal_record.sessions);
    assert_eq!(back.reflections[0].reflection, export.reflections[0].reflection);
    let [here, there] = [&export, &back].map(|export| &export.projects[0].project);
    assert_eq!((&here.title, &here.sections), (&there.title, &there.sections));
    let linked = back.personal_record.evidence.values().next().unwrap().evidence;
    assert_eq!(linked, EvidenceSource::Document(back.reflections[0].id));

    let laptop = elsewhere.trusted_device(&new, "laptop").await;
    elsewhere.settle(&[&new, &laptop]).await;
    assert_eq!(laptop.export().unwrap().personal_record, back.personal_record);
}

#[tokio::test]
async fn a_year_in_which_something_was_taken_back_is_read_into_another_account() {
    let world = World::new();
    let phone = world.trainee().await;
    note_a_year(&phone);
    phone.note_session("Taught the new doctors");
    let sessions = phone.export().unwrap().personal_record.sessions;
    let taught = sessions.iter().find(|(_, one)| one.title.contains("Taught")).unwrap();
    let taught = *taught.0;
    let source = EvidenceSource::Item(taught);
    let capability = "capability:foundation/fpc-9".parse().unwrap();
    add(&phone, &EvidenceLink::new(source, capability, "They asked for it again."));
    let record = phone.export().unwrap().personal_record;
    let [ward, _] = [0, 1].map(|place| *record.placements.keys().nth(place).unwrap());
    let at = "2026-11-24T09:00:00Z".parse().unwrap();
    let take_back = |noun, id| RecordEdit::TakeBack { noun, id, at };
    let edits = [take_back(Noun::LearningSession, taught), take_back(Noun::Placement, ward)];
    phone.edit_record(&edits).unwrap();
    let json = phone.export().unwrap().to_json().unwrap();

    let elsewhere = World::new();
    let new = elsewhere.trainee().await;
    let imported = new.import(&json).unwrap();
    let lost: Vec<&str> =
        imported.evidence_left_out.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(lost, ["it was taken back before the export was made"]);
    let [here, back] = [&phone, &new].map(|device| device.export().unwrap().personal_record);
    assert_eq!(back.sessions, here.sessions);
    let why = |record: &PersonalRecord| {
        let links = record.evidence.values().map(|link| link.justification.clone());
        links.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(why(&back), why(&here), "no word of it is lost");
    assert_eq!(back.supervisors, here.supervisors, "though their placement is gone");
    new.arcp_html(year()).unwrap();
    new.sync().await;
}

#[tokio::test]
async fn the_page_says_who_signed_and_whether_that_still_holds() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    assert!(!ana.arcp_html(year()).unwrap().contains("as it was then"), "nobody has signed");

    let (decision, role) = (Decision::Signed, SupervisorRole::Educational);
    ben.sign(request, &SignOffAnswer { decision, role, statement: String::new() }).unwrap();
    world.settle(&[&ben, &ana]).await;
    let page = ana.arcp_html(year()).unwrap();
    let claim = "says of themselves: educational supervisor; no placement names them";
    assert!(page.contains(claim) && page.contains("as it was then"), "{page}");
    assert_eq!(ana.verify_arcp(&page), Ok(ArcpVerdict::Agrees { renamed: vec![] }));

    ana.write(project, Section::Problem, "Too many falls at night.");
    let verdict = ana.verify_arcp(&page).unwrap();
    assert!(matches!(verdict, ArcpVerdict::Outdated { changes: 1, .. }), "{verdict:?}");
    assert!(ana.arcp_html(year()).unwrap().contains("changed since"));
}
