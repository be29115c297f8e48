//! What two devices of one person, or two people, do at once while neither hears of the other, in
//! each order of their syncs: nobody keeps on the server what was taken from them, its owner sees
//! what is out and with whom, and both devices say the same.

use enhance_client::{LearningCore, SignOffSubject};
use enhance_model::{
    DocumentId, Minutes, PersonId, Right,
    change_project::Section,
    personal_record::{RecordEdit, RecordWarning, SessionEdit},
};
use enhance_tests::{
    device::Device,
    world::{World, quarantine_holds},
};

/// In which order two devices sync: one after the other, or one twice before the other does.
const ORDERS: [&[usize]; 4] = [&[0, 1, 0, 1], &[1, 0, 1, 0], &[0, 0, 1, 0, 1], &[1, 1, 0, 1, 0]];

/// Ana's phone and tablet with a reflection on both, and Ben, with whom a copy may be shared.
struct Ward {
    world: World,
    devices: [Device; 2],
    ben: Device,
    reflection: DocumentId,
}

impl Ward {
    async fn new() -> Self {
        let world = World::new();
        let (phone, ben) = (world.trainee().await, world.supervisor().await);
        phone.know(ben.person()).await;
        let tablet = world.trusted_device(&phone, "Ana's tablet").await;
        let reflection = phone.reflect("Night shift");
        phone.answer(reflection, "Six calls before dawn.");
        world.settle(&[&phone, &tablet]).await;
        Self { world, devices: [phone, tablet], ben, reflection }
    }

    fn ben(&self) -> PersonId {
        self.ben.person()
    }

    /// Lets both devices sync in an order, and Ben after that.
    async fn sync(&self, order: &[usize]) {
        for device in order {
            self.devices[*device].sync().await;
        }
        self.ben.sync().await;
    }
}

/// The copies of this person that are out, each with who reads it.
fn out(core: &LearningCore) -> Vec<(DocumentId, PersonId)> {
    let mut out = Vec::new();
    for copy in core.shared_by_me().unwrap() {
        let readers = core.readers(copy.id).unwrap().into_iter();
        let others = readers.filter(|reader| reader.right != Right::Own);
        out.extend(others.map(|reader| (copy.id, reader.person.id)));
    }
    out.sort_unstable();
    out
}

#[tokio::test]
async fn c3_a_copy_that_was_shared_while_its_reflection_was_deleted_with_its_copies_goes_too() {
    for order in ORDERS {
        let ward = Ward::new().await;
        let [phone, tablet] = &ward.devices;
        let copy = phone.share_reflection(ward.reflection, ward.ben()).unwrap();
        let subject = SignOffSubject::Reflection(ward.reflection);
        let request = phone.request_sign_off(&subject, Some(ward.ben()), "").unwrap();
        tablet.delete_with_copies(ward.reflection).unwrap();
        ward.sync(order).await;
        assert!(ward.ben.shared_reflection(copy).is_err(), "{order:?}: Ben keeps the copy");
        assert!(ward.ben.sign_off_request(request).is_err(), "{order:?}: Ben keeps the request");
        for device in &ward.devices {
            assert_eq!(out(device), [], "{order:?}: {}", device.name());
            assert!(device.reflection(ward.reflection).is_err());
            assert!(device.sign_off_request(request).is_err(), "{order:?}");
        }
        ward.world.settle(&[phone, tablet, &ward.ben]).await;
        assert_eq!(ward.ben.shared_with_me().unwrap(), [], "{order:?}");
    }
}

#[tokio::test]
async fn c3_a_copy_that_was_shared_while_its_reflection_was_deleted_is_listed_and_recalled() {
    for order in ORDERS {
        let ward = Ward::new().await;
        let [phone, tablet] = &ward.devices;
        let copy = phone.share_reflection(ward.reflection, ward.ben()).unwrap();
        tablet.delete(ward.reflection).unwrap();
        ward.sync(order).await;
        assert!(ward.ben.shared_reflection(copy).is_ok(), "{order:?}");
        for device in &ward.devices {
            assert_eq!(out(device), [(copy, ward.ben())], "{order:?}: {}", device.name());
        }
        tablet.delete(copy).unwrap();
        ward.sync(order).await;
        assert!(ward.ben.shared_reflection(copy).is_err(), "{order:?}");
        assert!(ward.devices.iter().all(|device| out(device).is_empty()), "{order:?}");
    }
}

#[tokio::test]
async fn c3_a_copy_that_is_shared_while_others_are_taken_back_is_listed_with_its_reader() {
    for order in ORDERS {
        let ward = Ward::new().await;
        let [phone, tablet] = &ward.devices;
        let before = phone.share_reflection(ward.reflection, ward.ben()).unwrap();
        ward.sync(&[0, 1, 0, 1]).await;
        phone.answer(ward.reflection, "Seven calls before dawn.");
        let copy = phone.share_reflection(ward.reflection, ward.ben()).unwrap();
        assert_eq!(tablet.take_back_copies(ward.reflection).unwrap(), [before]);
        ward.sync(order).await;
        assert!(ward.ben.shared_reflection(before).is_err(), "{order:?}: Ben keeps the first");
        for device in &ward.devices {
            assert_eq!(out(device), [(copy, ward.ben())], "{order:?}: {}", device.name());
            let listed = device.copies(ward.reflection).unwrap();
            assert_eq!(listed.len(), 1, "{order:?}: {listed:?}");
            assert_eq!(device.answered(ward.reflection), "Seven calls before dawn.");
        }
        // Both take it back at once, and that is no refused work.
        phone.delete(copy).unwrap();
        tablet.take_back_copies(ward.reflection).unwrap();
        ward.sync(order).await;
        assert!(ward.ben.shared_reflection(copy).is_err(), "{order:?}");
        for device in &ward.devices {
            assert_eq!(out(device), [], "{order:?}: {}", device.name());
            assert_eq!(device.quarantined().unwrap(), [], "{order:?}: {}", device.name());
        }
    }
}

const WORDS: &str = "Never lost.";

/// What one side does with a plan while the other does something else with it.
type Deed = fn(&Device, DocumentId, PersonId);

const REMOVES: Deed = |device, project, ben| device.remove_member(project, ben).unwrap();
const CHANGES: Deed =
    |device, project, ben| device.add_member(project, ben, Right::Comment).unwrap();
const OFFERS: Deed = |device, project, ben| device.offer_ownership(project, ben).unwrap();
const WITHDRAWS: Deed = |device, project, _| device.withdraw_offer(project).unwrap();
const ACCEPTS: Deed = |device, project, _| device.accept_ownership(project).unwrap();
const DECLINES: Deed = |device, project, _| device.decline_ownership(project).unwrap();
const LEAVES: Deed = |device, project, _| device.leave_project(project).unwrap();
const DELETES: Deed = |device, project, _| device.delete_for_everybody(project).unwrap();
const WRITES: Deed = |device, project, _| device.append(project, Section::Problem, WORDS);

/// Ana's phone and tablet, of which the second deed is done on the tablet.
const BY_ONE_PERSON: [(&str, bool, Deed, Deed); 7] = [
    ("removes and changes the right", false, REMOVES, CHANGES),
    ("removes twice", false, REMOVES, REMOVES),
    ("removes and offers", false, REMOVES, OFFERS),
    ("changes the right and offers", false, CHANGES, OFFERS),
    ("withdraws and removes", true, WITHDRAWS, REMOVES),
    ("deletes and changes the right", false, DELETES, CHANGES),
    ("deletes and offers", false, DELETES, OFFERS),
];

/// Ana's phone, and Ben, who does the second deed.
const BY_TWO_PEOPLE: [(&str, bool, Deed, Deed); 11] = [
    ("removes, leaves", false, REMOVES, LEAVES),
    ("changes the right, leaves", false, CHANGES, LEAVES),
    ("offers, leaves", false, OFFERS, LEAVES),
    ("withdraws, accepts", true, WITHDRAWS, ACCEPTS),
    ("withdraws, declines", true, WITHDRAWS, DECLINES),
    ("removes, accepts", true, REMOVES, ACCEPTS),
    ("changes the right, accepts", true, CHANGES, ACCEPTS),
    ("deletes, accepts", true, DELETES, ACCEPTS),
    ("deletes, leaves", false, DELETES, LEAVES),
    ("removes, writes", false, REMOVES, WRITES),
    ("deletes, writes", false, DELETES, WRITES),
];

/// What a device says of who has a plan.
fn said_of(device: &Device, project: DocumentId) -> Option<String> {
    let view = device.project(project).ok()?;
    let mut members: Vec<_> = view
        .members
        .iter()
        .map(|one| format!("{} {} {:?}", one.person.name, one.right, one.standing))
        .collect();
    members.sort_unstable();
    let offered = view.offered_to.map(|one| one.name);
    Some(format!("{members:?}, offered to {offered:?}"))
}

/// Whether those who have a plan say the same of it, and Ben has it if they say so.
fn agrees(what: &str, project: DocumentId, (owner, ben): (&[&Device], &Device)) {
    let says = said_of(owner[0], project);
    for other in owner {
        assert_eq!(said_of(other, project), says, "{what}: {}", other.name());
    }
    let is_member = says.as_ref().is_some_and(|says| {
        let role = ["read", "comment", "edit", "own"];
        role.iter().any(|right| says.contains(&format!("Dr Ben Okoro {right} Member")))
    });
    assert_eq!(ben.project(project).is_ok(), is_member, "{what}: {says:?}");
    if is_member {
        assert_eq!(said_of(ben, project), says, "{what}: Ben");
    }
    let all = owner.iter().copied().chain([ben]);
    assert!(all.clone().all(|one| one.sync_state().unwrap().waiting_entries == 0), "{what}");
    let is_kept = |device: &Device| {
        quarantine_holds(device, WORDS)
            || device
                .project(project)
                .is_ok_and(|view| view.project.sections.values().any(|text| text.contains(WORDS)))
    };
    // What had been sent goes with a project that its owner deletes for everybody.
    let is_let_go = what == "deletes, writes, phone first: false";
    assert!(!what.contains("writes") || is_let_go || all.clone().any(is_kept), "{what}: lost");
}

async fn with_a_project(ward: &Ward, is_offered: bool) -> DocumentId {
    let [phone, tablet] = &ward.devices;
    let project = ward.world.shared_project(phone, &[&ward.ben]).await;
    if is_offered {
        phone.offer_ownership(project, ward.ben()).unwrap();
    }
    ward.world.settle(&[phone, tablet, &ward.ben]).await;
    project
}

#[tokio::test]
async fn what_one_person_does_with_a_project_on_two_devices_comes_to_the_same_in_each_order() {
    for (what, is_offered, first, second) in BY_ONE_PERSON {
        for order in [ORDERS[0], ORDERS[1]] {
            let ward = Ward::new().await;
            let project = with_a_project(&ward, is_offered).await;
            let [phone, tablet] = &ward.devices;
            first(phone, project, ward.ben());
            second(tablet, project, ward.ben());
            ward.sync(order).await;
            agrees(&format!("{what}, {order:?}"), project, (&[phone, tablet], &ward.ben));
        }
    }
}

#[tokio::test]
async fn what_two_people_do_with_a_project_at_once_comes_to_the_same_in_each_order() {
    for (what, is_offered, first, second) in BY_TWO_PEOPLE {
        for phone_first in [true, false] {
            let ward = Ward::new().await;
            let project = with_a_project(&ward, is_offered).await;
            let [phone, tablet] = &ward.devices;
            first(phone, project, ward.ben());
            second(&ward.ben, project, ward.ben());
            let order = if phone_first { [phone, &ward.ben] } else { [&ward.ben, phone] };
            for device in [order, order].concat() {
                device.sync().await;
            }
            tablet.sync().await;
            let what = format!("{what}, phone first: {phone_first}");
            agrees(&what, project, (&[phone, tablet], &ward.ben));
        }
    }
}

/// Minutes of a session that two of one's own devices set differently: neither is lost unseen.
#[tokio::test]
async fn minutes_that_two_devices_set_apart_are_both_shown_until_one_is_set_again() {
    for order in ORDERS {
        let ward = Ward::new().await;
        let [phone, tablet] = &ward.devices;
        phone.note_session("Grand round");
        ward.world.settle(&[phone, tablet]).await;
        let log = |device: &Device| device.learning_log().unwrap();
        let id = log(phone).sessions[0].id;
        let set = |device: &Device, minutes| {
            let edit = SessionEdit::Minutes(Minutes(minutes));
            device.edit_record(&[RecordEdit::LearningSession { id, edit }]).unwrap();
        };
        set(phone, 30);
        set(tablet, 90);
        ward.sync(order).await;
        for device in &ward.devices {
            let log = log(device);
            let view = &log.sessions[0];
            let [apart] = &view.disagreements[..] else { panic!("{order:?}: {view:?}") };
            let mut values: Vec<_> = apart.values.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(values.pop(), Some(&*view.session.minutes.0.to_string()), "{order:?}");
            assert_eq!(values.len(), 1, "{order:?}: the other one is there too");
            let warned = log.warnings.iter().any(|warning| {
                matches!(warning, RecordWarning::SetApart { thing, field, .. }
                    if *thing == id && field == "minutes")
            });
            assert!(warned, "{order:?}: {:?}", log.warnings);
        }
        set(tablet, 90);
        ward.sync(order).await;
        for device in &ward.devices {
            let log = log(device);
            assert_eq!(log.sessions[0].session.minutes, Minutes(90), "{order:?}");
            assert!(log.sessions[0].disagreements.is_empty() && log.warnings.is_empty());
        }
    }
}
