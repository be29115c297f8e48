//! A year, from the first placement to the review: two placements, one of them less than full time,
//! three sign-offs (one given without signal, one returned, one outdated by an edit), and a page
//! that somebody else's machine checks. Both inboxes are empty in the end.

use enhance_client::{
    ArcpVerdict, ChangedSince, InboxPage, NotCompared, SignOffAnswer, SignOffRequestView,
    SignOffStanding, SignOffSubject,
};
use enhance_model::{
    DocumentId, ItemId,
    change_project::Section,
    learning_log::Period,
    personal_record::{
        Cover, EvidenceDeadline, EvidenceLink, EvidenceSource, Placement, RecordItem, Supervisor,
        SupervisorRole, WteChange,
    },
    sign_off::Decision,
};
use enhance_tests::{content, device::Device, world::World};

fn year() -> Period {
    "2026-08-05..2027-08-03".parse().unwrap()
}

fn add(device: &Device, thing: &impl RecordItem) -> ItemId {
    let id = device.new_item_id();
    device.edit_record(&thing.adding(id)).unwrap();
    id
}

/// A ward full time until December, then a surgery at first full time and from February at 0.6. On
/// the ward Dr Okafor supervises her, and so does somebody with an account.
fn note_placements(ana: &Device, ben: &Device) {
    let placement = |organisation: &str, days: &str| {
        let days: Period = days.parse().unwrap();
        let organisation = organisation.into();
        let (start, end) = (days.from(), days.to());
        Placement { organisation, grade: "F2".into(), start, end, ..Placement::default() }
    };
    let ward = add(ana, &placement("Bedford Hospital", "2026-08-05..2026-12-01"));
    let surgery = add(ana, &placement("Willow Surgery", "2026-12-02..2027-08-03"));
    add(ana, &Supervisor::named(ward, "Dr Okafor", SupervisorRole::Educational));
    let with_account = Supervisor::named(ward, "", SupervisorRole::Clinical);
    add(ana, &Supervisor { person: Some(ben.person()), ..with_account });
    let (from, wte) = ("2027-02-01".parse().unwrap(), "0.6".parse().unwrap());
    add(ana, &WteChange { placement: surgery, from, wte });
}

fn answer(decision: Decision, statement: &str) -> SignOffAnswer {
    SignOffAnswer { decision, role: SupervisorRole::Educational, statement: statement.to_owned() }
}

/// How well there is evidence for the one capability for which she gives some.
#[track_caller]
fn cover(device: &Device) -> Cover {
    let frameworks = device.coverage().unwrap().frameworks;
    let capabilities = frameworks.iter().flat_map(|one| &one.capabilities);
    capabilities.filter(|one| !one.links.is_empty()).map(|one| one.cover).next().unwrap()
}

#[track_caller]
fn standing(device: &Device, request: DocumentId) -> SignOffStanding {
    let SignOffRequestView { standing, .. } = device.sign_off_request(request).unwrap();
    standing
}

#[tokio::test]
async fn a_year_of_two_placements_three_sign_offs_and_a_page_that_verifies_elsewhere() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.fetch_pack().await;

    // A ward without signal: placements, an hour, a reflection, the plan.
    ana.network.down();
    note_placements(&ana, &ben);
    let (name, at) = ("Portfolio closes".into(), "2027-05-28".parse().unwrap());
    add(&ana, &EvidenceDeadline { name, at, ..EvidenceDeadline::default() });
    ana.note_session("Grand round");
    let session = ana.learning_log().unwrap().sessions[0].id;
    let reflection = ana.reflect("A home visit");
    ana.answer(reflection, "Stairs, and no rail.");
    let capability = "capability:foundation/fpc-9".parse().unwrap();
    let source = EvidenceSource::Document(reflection);
    add(&ana, &EvidenceLink::new(source, capability, "I asked what mattered."));
    ana.write(project, Section::Problem, "Too many falls at night.");
    let ask = |subject| ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    let hours = ask(SignOffSubject::Sessions([session].into()));
    let visit = ask(SignOffSubject::Reflection(reflection));
    let whole = ask(SignOffSubject::Project(project));
    ana.network.up();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ben.sign_offs_asked_of_me().unwrap().len(), 3);
    assert_eq!(ben.inbox_counts().unwrap().total(), 3, "three signatures wait for him");

    // One is given without signal, one returned, one outdated by an edit.
    ben.network.down();
    ben.sign(hours, &answer(Decision::Signed, "She led it.")).unwrap();
    ben.network.up();
    ben.sign(visit, &answer(Decision::Returned, "What would you do next time?")).unwrap();
    ben.sign(whole, &answer(Decision::Signed, "Well thought through.")).unwrap();
    world.settle(&[&ben, &ana]).await;
    ana.write(project, Section::Problem, "Too many falls at night, near the toilets.");
    world.settle(&[&ana, &ben]).await;
    assert_eq!(standing(&ana, hours), SignOffStanding::Signed);
    assert_eq!(standing(&ana, visit), SignOffStanding::Returned);
    assert_eq!(cover(&ana), Cover::Missing, "what was returned shows nothing as it stands");
    assert_eq!(ana.changed_since_sign_off(hours), Ok(ChangedSince::Unchanged));
    let since = ana.changed_since_sign_off(whole).unwrap();
    assert!(matches!(since, ChangedSince::Changed { .. }), "{since:?}");

    // What she asks once more, after writing what he asked for, is signed.
    ana.answer(reflection, "Stairs, and no rail. Next time I bring the therapist.");
    assert_eq!(cover(&ana), Cover::Thin);
    let again =
        ana.request_sign_off(&SignOffSubject::Reflection(reflection), Some(ben.person()), "");
    let again = again.unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.sign(again, &answer(Decision::Signed, "")).unwrap();
    world.settle(&[&ben, &ana]).await;
    assert_eq!(standing(&ana, again), SignOffStanding::Signed);
    assert_eq!(cover(&ana), Cover::Covered, "by whom her placement names");
    assert_eq!(ben.inbox_counts().unwrap().total(), 0, "his inbox is empty");
    for waiting in ana.inbox(InboxPage::default()).unwrap().items {
        ana.mark_inbox_seen(waiting.item.id).unwrap();
    }
    assert_eq!(ana.inbox_counts().unwrap().total(), 0, "and so is hers");

    // The hours asked for follow the days at each working time: 180 full days and 184 at 0.6.
    let log = ana.log(year()).unwrap();
    assert_eq!(log.terms.target.clone().unwrap().to_fixed(2), "2873.00", "of 3,600 minutes");
    assert_eq!(ana.deadline_warnings().unwrap().len(), 3);

    prints_and_has_it_checked(&world, &ana).await;
}

/// The page is made without a server, and is checked on another machine.
async fn prints_and_has_it_checked(world: &World, ana: &Device) {
    let tablet = world.trusted_device(ana, "Ana's tablet").await;
    tablet.sync().await;
    tablet.fetch_pack().await;
    world.settle(&[ana, &tablet]).await;
    ana.network.down();
    tablet.network.down();
    let page = ana.arcp_html(year()).unwrap();
    for said in ["Bedford Hospital", "Willow Surgery", "Dr Okafor", "changed since", "A home visit"]
    {
        assert!(page.contains(said), "{said} is not on the page");
    }
    assert!(!page.contains("no rail"), "what a reflection says is nobody else's");
    for device in [ana, &tablet] {
        assert_eq!(device.verify_arcp(&page), Ok(ArcpVerdict::Agrees { renamed: vec![] }));
    }
    let elsewhere = World::new();
    let panel = elsewhere.supervisor().await;
    let unaltered = Ok(ArcpVerdict::Unaltered { why: NotCompared::OfSomebodyElse });
    assert_eq!(panel.verify_arcp(&page), unaltered);
    let altered = page.replace("Bedford Hospital", "Bedford General");
    assert_eq!(panel.verify_arcp(&altered), Ok(ArcpVerdict::Altered));
}
