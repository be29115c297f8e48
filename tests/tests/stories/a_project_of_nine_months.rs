//! A change project from an idea to the next one: nine months, three people, offline half of the
//! time.

use enhance_client::{PageVerdict, RecipeSource};
use enhance_model::{
    CalendarDate, DocumentId, ItemId, Noun, Right,
    change_project::{
        Aim, AimEdit, ChangeIdea, Check, CycleEdit, Decision, Direction, Driver, Improvement, Item,
        Measure, MeasureKind, Observation, ObservationEdit, PdsaCycle, Phase, ProjectEdit, Scale,
        Section, Status, Target, Unit, Value,
    },
    record::Record,
};
use enhance_tests::{device::Device, world::World};

/// The Monday of a week, from the first that is counted.
fn week(number: u32) -> CalendarDate {
    let mut day: CalendarDate = "2026-11-30".parse().unwrap();
    for _ in 0..number * 7 {
        day = day.tomorrow().unwrap();
    }
    day
}

fn edit(device: &Device, project: DocumentId, edits: &[ProjectEdit]) {
    device.edit_project(project, None, edits).unwrap();
}

/// Adds a thing to the project and says under which id.
fn add(device: &Device, project: DocumentId, item: &impl Item) -> ItemId {
    let id = device.new_item_id();
    edit(device, project, &item.adding(id));
    id
}

fn count(device: &Device, project: DocumentId, measure: ItemId, number: u32, falls: u32) -> ItemId {
    add(device, project, &Observation::new(measure, week(number), Value::whole(falls)))
}

fn measure(name: &str, kind: MeasureKind) -> Measure {
    Measure {
        name: name.to_owned(),
        kind,
        unit: Some(Unit::Count),
        frequency: "every week".to_owned(),
        improvement: Some(Improvement::Down),
        ..Measure::default()
    }
}

fn driver(name: &str, parent: Option<ItemId>) -> Driver {
    Driver { name: name.to_owned(), parent, place: None }
}

fn move_to(device: &Device, project: DocumentId, to: Status, note: &str) {
    let (id, at) = (device.new_item_id(), enhance_tests::clock::MORNING);
    edit(device, project, &[ProjectEdit::Move { id, to, at, note: note.to_owned() }]);
}

/// The first weeks: what is wrong, what is wanted, how it will be known.
fn begin_with(asha: &Device, project: DocumentId) -> (ItemId, ItemId) {
    let falls = add(asha, project, &measure("Falls a week", MeasureKind::Outcome));
    add(asha, project, &measure("Beds without a lamp", MeasureKind::Process));
    add(asha, project, &measure("Nights with complaints", MeasureKind::Balancing));
    let aim = Aim {
        measure: Some(falls),
        direction: Some(Direction::Decrease),
        from: "9".to_owned(),
        to: "4".to_owned(),
        by_date: Some(week(36)),
        place: "Ward 7".to_owned(),
        ..Aim::default()
    };
    let edits: Vec<_> = aim.edits().into_iter().map(|edit| ProjectEdit::Aim { edit }).collect();
    edit(asha, project, &edits);
    asha.write(project, Section::WhyHere, "Nine falls in a week of October.");
    let light = add(asha, project, &driver("People see where they go", None));
    let lamps = add(asha, project, &driver("There is light on the way at night", Some(light)));
    let idea = ChangeIdea {
        text: "To test a lamp at one bed".to_owned(),
        drivers: [lamps].into(),
        ..ChangeIdea::default()
    };
    let idea = add(asha, project, &idea);
    add(asha, project, &Target { measure: falls, from: week(0), value: Value::whole(4) });
    (falls, idea)
}

/// A small test, and a larger one that goes on from it.
fn test_lamps(asha: &Device, project: DocumentId, idea: ItemId) {
    let small = PdsaCycle {
        change_idea: "A lamp at one bed".to_owned(),
        idea: Some(idea),
        prediction: "Nobody falls at that bed.".to_owned(),
        scale: Some(Scale::OnePatient),
        did_at: Some(week(13)),
        ..PdsaCycle::default()
    };
    let first = add(asha, project, &small);
    let decide = |edit| ProjectEdit::Cycle { id: first, edit };
    let too_early =
        asha.edit_project(project, None, &[decide(CycleEdit::Decision(Decision::Adopt))]);
    assert!(too_early.unwrap_err().to_string().contains("say what was studied"));
    let studied = CycleEdit::Studied("Nobody fell, and two nurses asked for more.".to_owned());
    edit(asha, project, &[decide(studied), decide(CycleEdit::Decision(Decision::Adopt))]);
    let large = PdsaCycle {
        change_idea: "Lamps on the whole ward".to_owned(),
        prediction: "Fewer than five falls a week.".to_owned(),
        scale: Some(Scale::Whole),
        did_at: Some(week(16)),
        previous: Some(first),
        ..PdsaCycle::default()
    };
    add(asha, project, &large);
}

/// Who takes part.
struct Team {
    world: World,
    asha: Device,
    ben: Device,
    cara: Device,
    project: DocumentId,
}

impl Team {
    async fn begin() -> Self {
        let world = World::new();
        let (asha, ben, cara) =
            (world.trainee().await, world.supervisor().await, world.fellow().await);
        let project = world.shared_project(&asha, &[&ben, &cara]).await;
        Self { world, asha, ben, cara, project }
    }

    async fn meet(&self) {
        self.world.settle(&[&self.asha, &self.ben, &self.cara]).await;
    }
}

/// Both set what they think is the better aim, apart from each other; Ben settles it.
async fn disagree_and_settle(team: &Team) {
    let Team { asha, ben, cara, project, .. } = team;
    let project = *project;
    let to = |text: &str| [ProjectEdit::Aim { edit: AimEdit::To(text.to_owned()) }];
    for device in [asha, ben] {
        device.network.down();
    }
    edit(asha, project, &to("5"));
    edit(ben, project, &to("3"));
    for device in [asha, ben] {
        device.network.up();
    }
    team.meet().await;
    let disagreements = cara.project(project).unwrap().project.disagreements;
    let [disagreement] = &disagreements[..] else { panic!("{disagreements:?}") };
    let mut by: Vec<_> = disagreement.values.iter().filter_map(|value| value.by).collect();
    by.sort();
    let mut both = vec![asha.id(), ben.id()];
    both.sort();
    assert_eq!((disagreement.path.as_str(), by), ("aim/to", both));
    edit(ben, project, &to("4"));
    team.meet().await;
    assert!(asha.project(project).unwrap().project.disagreements.is_empty());
}

/// Half a year of weeks, counted by whoever is there, and one number with a slip in it.
async fn half_a_year(team: &Team, (falls, idea): (ItemId, ItemId)) {
    let Team { asha, ben, cara, project, .. } = team;
    let project = *project;
    team.world.clock.jump_days(220);
    let before = [9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 9, 10, 8];
    for (number, value) in (0..).zip(before) {
        count(if number % 2 == 0 { asha } else { cara }, project, falls, number, value);
    }
    let slip = count(cara, project, falls, 13, 90);
    team.meet().await;
    let value = ObservationEdit::Value(Value::whole(9));
    edit(ben, project, &[ProjectEdit::Observation { id: slip, edit: value }]);
    test_lamps(asha, project, idea);
    cara.network.down();
    for (number, value) in (14..).zip([7, 6, 4, 3, 4, 2, 3, 4, 3, 2, 3, 4, 3]) {
        count(cara, project, falls, number, value);
    }
    cara.network.up();
    team.meet().await;
}

/// The chart says that it is more than chance; only a person marks the new phase.
fn read_the_chart(team: &Team, falls: ItemId) {
    let Team { ben, project, .. } = team;
    let project = *project;
    let chart = ben.chart(project, falls).unwrap();
    assert!(!chart.signals.is_empty(), "{:?}", chart.summary);
    assert_eq!((chart.points.len(), chart.phases.len()), (27, 1));
    let phase = Phase {
        measure: falls,
        from: week(16),
        label: "with lamps".to_owned(),
        reason: "Lamps on the whole ward, and it stayed.".to_owned(),
        fixed_after: None,
    };
    add(ben, project, &phase);
    assert_eq!(ben.chart(project, falls).unwrap().phases.len(), 2);
    let read = ben.project(project).unwrap().project;
    for check in [Check::SmallFirst, Check::LinkedCycles, Check::ThreeConsecutive, Check::Baseline]
    {
        assert!(read.meets(check), "{check}");
    }
}

/// Whoever looks back reads who did what.
async fn look_back(team: &Team) {
    let Team { asha, ben, cara, project, .. } = team;
    let project = *project;
    team.meet().await;
    let told = asha.sittings(project, None, 100).unwrap();
    let sentences = |by: &Device| -> Vec<String> {
        let of = told.iter().filter(|one| one.device == Some(by.id()));
        of.flat_map(|one| one.sentences.clone()).collect()
    };
    assert!(sentences(cara).iter().any(|said| said.contains("observations to Falls a week")));
    assert!(sentences(ben).iter().any(|said| said.contains("changed an observation of Falls")));
}

/// She rotates: the page is printed, and the plan goes to Ben, who completes it.
async fn rotate(team: &Team) {
    let Team { asha, ben, cara, project, .. } = team;
    let project = *project;
    move_to(asha, project, Status::Sustaining, "The lamps stay.");
    let page = asha.project_page(project).unwrap();
    assert_eq!(asha.verify_page(&page), Ok(PageVerdict::Agrees { project }));
    asha.write(project, Section::Handover, "The ward clerk counts on Mondays.");
    asha.offer_ownership(project, ben.person()).unwrap();
    team.meet().await;
    ben.accept_ownership(project).unwrap();
    team.meet().await;
    assert_eq!(ben.project(project).unwrap().my_right, Right::Own);
    assert_eq!(asha.project(project).unwrap().my_right, Right::Read);
    assert!(matches!(ben.verify_page(&page), Ok(PageVerdict::Outdated { .. })));
    let refused = ben.edit_project(
        project,
        None,
        &[ProjectEdit::Move {
            id: ben.new_item_id(),
            to: Status::Completed,
            at: enhance_tests::clock::MORNING,
            note: String::new(),
        }],
    );
    assert!(refused.unwrap_err().to_string().contains("needs an outcome"));
    move_to(ben, project, Status::Completed, "From nine falls a week to three.");
    team.meet().await;
    team.world.assert_converged(project, &[asha, ben, cara]);
}

/// The recipe goes to somebody else.
async fn begin_elsewhere(team: &Team) {
    let Team { ben, project, .. } = team;
    let project = *project;
    let dev = team.world.trainee().await;
    dev.sync().await;
    let recipe = RecipeSource::Text(ben.recipe(project).unwrap());
    let begun = dev.create_project_from(&recipe, "Falls on Ward 9", "Ward 9").unwrap();
    let begun = dev.project(begun).unwrap().project;
    assert_eq!((begun.measures.len(), begun.observations.len(), begun.drivers.len()), (3, 0, 2));
    assert!(begun.texts_of(Noun::Cycle).is_empty());
}

#[tokio::test]
async fn a_project_goes_from_an_idea_to_the_hands_of_others_in_nine_months() {
    let team = Team::begin().await;
    let (asha, ben, project) = (&team.asha, &team.ben, team.project);

    // Asha plans on the ward, where there is no signal.
    asha.network.down();
    let (falls, idea) = begin_with(asha, project);
    move_to(asha, project, Status::Planning, "We begin.");
    asha.network.up();
    team.meet().await;
    let read = ben.project(project).unwrap().project;
    assert_eq!(
        read.aim_in_words(),
        "Decrease falls a week on Ward 7 from 9 to 4 by 9 August 2027."
    );
    assert!(read.meets(Check::AimSpecific) && read.meets(Check::IdeasUnderDrivers));
    assert!(!read.meets(Check::SmallFirst));

    disagree_and_settle(&team).await;
    half_a_year(&team, (falls, idea)).await;
    read_the_chart(&team, falls);
    look_back(&team).await;
    rotate(&team).await;
    begin_elsewhere(&team).await;
}
