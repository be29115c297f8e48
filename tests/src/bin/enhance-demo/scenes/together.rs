//! Several people write one project, and one of them loses the right to.

use enhance_client::Error;
use enhance_model::change_project::Section::{Plan, Problem};
use enhance_tests::world::{World, quarantine_holds};

use super::Cast;
use crate::stage::Stage;

/// Ana and Ben edit the same paragraph while neither has a network.
pub async fn the_same_paragraph(stage: &mut Stage, world: &World, cast: &mut Cast) {
    stage.scene("Ana and Ben write in the same paragraph, neither with a network");
    let Cast { phone, tablet, ben, cara, project, .. } = cast;
    let project = *project;
    phone.write(project, Problem, "We see too many falls at night.");
    world.let_edit(phone, project, ben.person());
    world.let_edit(phone, project, cara.person());
    world.settle(&[phone, ben, cara]).await;
    phone.network.down();
    ben.network.down();
    phone.write(project, Problem, "We see far too many falls at night.");
    ben.write(project, Problem, "We see too many falls at night and at weekends.");
    stage.tell(&format!("Ana has: {}", phone.section(project, Problem)));
    stage.tell(&format!("Ben has: {}", ben.section(project, Problem)));
    phone.network.up();
    ben.network.up();
    stage.tell("Both are connected again.");
    stage.tell_sync("Ana's phone", &phone.sync().await);
    stage.tell_sync("Ben's phone", &ben.sync().await);
    stage.tell_sync("Ana's phone", &phone.sync().await);
    tablet.sync().await;
    let merged = phone.section(project, Problem);
    stage.tell(&format!("Both have: {merged}"));
    let expected = "We see far too many falls at night and at weekends.";
    stage.check("nobody's words are lost", merged == expected);
    let same = [&*ben, tablet].iter().all(|device| device.show(project) == phone.show(project));
    stage.check("Ana's phone, Ana's tablet and Ben's phone show the same plan", same);
    let spans = phone.section_authors(project, Problem);
    let by_ben: Vec<&str> = spans
        .iter()
        .filter(|(person, _)| *person == Some(ben.person()))
        .map(|(_, text)| text.as_str())
        .collect();
    stage.check("it is known which words are Ben's", by_ben.concat() == " and at weekends");
}

/// Cara writes offline while Ana takes her right away.
pub async fn a_grant_taken_away(stage: &mut Stage, world: &World, cast: &Cast) {
    stage.scene("Cara's right to the plan is taken away while she writes offline");
    let Cast { phone, cara, ben, project, .. } = cast;
    cara.sync().await;
    cara.network.down();
    cara.append(*project, Plan, "Cara proposes a night-time round.");
    phone.remove_member(*project, cara.person()).unwrap();
    phone.sync().await;
    cara.network.up();
    let report = cara.sync().await;
    stage.tell_sync("Cara's phone", &report);
    let gone = matches!(cara.project(*project), Err(Error::Gone { .. }));
    stage.check("the plan is gone from Cara's phone", gone);
    let kept = quarantine_holds(cara, "Cara proposes a night-time round.");
    stage.check("her own unsent words are kept for her, readable", kept);
    let others = quarantine_holds(cara, "far too many falls");
    stage.check("nothing of the others' words is", !others);
    world.settle(&[phone, ben, cara]).await;
    let arrived = phone.section(*project, Plan).contains("Cara");
    stage.check("what she wrote afterwards never reached the plan", !arrived);
}
