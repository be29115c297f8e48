//! A trainee notes a year on two devices that are rarely online: posts, hours, sessions, evidence.
//! The record is one in the end, and the server reads none of it.

use enhance_model::{
    Minutes,
    personal_record::{
        EvidenceDeadline, EvidenceLink, EvidenceSource, PersonalRecord, Placement, PlacementEdit,
        RecordEdit, RecordItem, SessionEdit, SplitPart, WteChange,
    },
};
use enhance_tests::{content, device::Device, world::World};

fn add(device: &Device, thing: &impl RecordItem) -> enhance_model::ItemId {
    let id = device.new_item_id();
    device.edit_record(&thing.adding(id)).unwrap();
    id
}

fn placement() -> Placement {
    Placement {
        organisation: "Bedford Hospital".into(),
        grade: "F2".into(),
        start: "2026-08-05".parse().unwrap(),
        end: "2027-08-03".parse().unwrap(),
        split: Some("acute 2/3, community 1/3".parse().unwrap()),
        ..Placement::default()
    }
}

#[tokio::test]
async fn a_year_noted_on_two_devices_apart_is_one_year() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let phone = world.trainee().await;
    phone.sync().await;
    phone.fetch_pack().await;
    let post = add(&phone, &placement());
    phone.note_session("Grand round");
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    tablet.sync().await;
    tablet.fetch_pack().await;
    phone.network.down();
    tablet.network.down();

    let wte = "0.6".parse().unwrap();
    add(&phone, &WteChange { placement: post, from: "2026-12-01".parse().unwrap(), wte });
    let session = phone.learning_log().unwrap().sessions[0].id;
    let edit = SessionEdit::Minutes(Minutes(45));
    phone.edit_record(&[RecordEdit::LearningSession { id: session, edit }]).unwrap();

    let specialty = PlacementEdit::Specialty("Geriatrics".into());
    tablet.edit_record(&[RecordEdit::Placement { id: post, edit: specialty }]).unwrap();
    let edit = SessionEdit::Provider("Dr Lee".into());
    tablet.edit_record(&[RecordEdit::LearningSession { id: session, edit }]).unwrap();
    let outcome = tablet.modules().unwrap().remove(0).key;
    let outcome = tablet.module(&outcome).unwrap().outcomes.remove(0).key;
    let statement = format!("outcome:{outcome}").parse().unwrap();
    let source = EvidenceSource::Item(session);
    add(&tablet, &EvidenceLink::new(source, statement, "I led the discussion."));
    let (name, at) = ("Portfolio closes".into(), "2027-05-28".parse().unwrap());
    add(&tablet, &EvidenceDeadline { name, at, ..EvidenceDeadline::default() });

    phone.network.up();
    tablet.network.up();
    world.settle(&[&phone, &tablet]).await;
    let records: Vec<PersonalRecord> =
        [&phone, &tablet].map(|device| device.record().unwrap()).into();
    assert_eq!(records[0], records[1]);
    let kept = &records[0].sessions[&session];
    assert_eq!((kept.minutes, kept.provider.as_str()), (Minutes(45), "Dr Lee"));
    assert_eq!(records[0].placements[&post].specialty, "Geriatrics");
    let parts = records[0].placements[&post].split.clone().unwrap();
    assert!(parts.parts().iter().any(|SplitPart { setting, .. }| setting == "community"));

    let log = tablet.learning_log().unwrap();
    assert_eq!(log.period.to_string(), "2026-08-05..2027-08-03");
    assert_eq!(log.terms.target.clone().unwrap().to_fixed(2), "2627.00", "of 3,600 in a full year");
    assert_eq!((log.count.core, log.years[0].by.to_string()), (Minutes(45), "2027-05-28".into()));
    assert_eq!(phone.deadline_warnings().unwrap().len(), 3);
    let covered = phone.coverage().unwrap();
    assert!(covered.domains.iter().flat_map(|one| &one.outcomes).any(|one| !one.links.is_empty()));
}
