//! Activities in parts, debriefs and frameworks that are not in order.

use std::fs;

use enhance_content::check_and_compile;
use enhance_model::{Minutes, Timestamp, personal_record::SessionKind};

use crate::small_pack::{MODULE, PACK, faults, small_pack};

const PARTS: &str = r#"
[[activities.parts]]
key = "before"
title = "Read"
mode = "online"
minutes = 20
cap = 15

[[activities.parts]]
key = "after"
title = "Walk"
mode = "face_to_face"
kind = "visit"
minutes = 40
"#;

const FRAMEWORK: &str = r#"version = "1"
title = "Feet"
source = "remembered"
levels = ["begins"]

[[capabilities]]
code = "all"
text = "Goes on foot"

[[capabilities]]
code = "walk"
parent = "all"
level = 1
text = "Walks"

[[crosswalk]]
code = "walk"
to = "outcome:out-walk"
strength = "strong"
author = "us"
"#;

fn with_module(more: &str) -> tempfile::TempDir {
    let folder = small_pack();
    fs::write(folder.path().join("modules/walk/module.toml"), format!("{MODULE}{more}")).unwrap();
    folder
}

fn with_framework(text: &str) -> tempfile::TempDir {
    let folder = small_pack();
    let pack = PACK.replace("modules =", "frameworks = [\"feet\"]\nmodules =");
    fs::write(folder.path().join("pack.toml"), pack).unwrap();
    fs::create_dir(folder.path().join("frameworks")).unwrap();
    fs::write(folder.path().join("frameworks/feet.toml"), text).unwrap();
    folder
}

#[test]
fn parts_are_read_and_their_caps_are_in_the_rule_of_the_log() {
    let folder = with_module(PARTS);
    let pack = check_and_compile(folder.path(), Timestamp::default()).unwrap();
    let activity = &pack.programme.modules[0].activities[0];
    let kinds: Vec<SessionKind> = activity.parts.iter().map(|part| part.session_kind()).collect();
    assert_eq!(kinds, [SessionKind::Elearning, SessionKind::NonCore]);
    let caps = &pack.programme.log_rule.part_caps;
    assert_eq!(caps.len(), 1);
    assert_eq!((caps[0].part.as_str(), caps[0].minutes), ("before", Minutes(15)));
}

#[test]
fn parts_add_up_caps_limit_something_and_what_is_face_to_face_is_no_e_learning() {
    for (old, new, fault) in [
        ("minutes = 40", "minutes = 30", "takes 60 minutes, and its parts add up to 50"),
        ("cap = 15", "cap = 25", "has a cap of 25 min, and takes 20 min: it limits nothing"),
        ("kind = \"visit\"\n", "", "part \"after\" is face to face, and would count as e-learning"),
        ("key = \"after\"", "key = \"before\"", "the key \"before\" is taken"),
        ("\"online\"", "\"somewhere\"", "unknown variant `somewhere`"),
    ] {
        let folder = with_module(&PARTS.replace(old, new));
        let said = faults(folder.path());
        assert!(said.contains(fault), "{fault}: {said}");
    }
    let one = &PARTS[..PARTS.find("\n\n").unwrap()].replace("minutes = 20", "minutes = 60");
    assert!(faults(with_module(one).path()).contains("has one part"));
}

#[test]
fn a_simulation_has_a_debrief_whose_template_is_there() {
    let simulated = MODULE.replace("kind = \"read\"", "kind = \"simulate\"");
    let with = |debrief: &str| {
        let folder = small_pack();
        let file = folder.path().join("modules/walk/module.toml");
        fs::write(file, format!("{simulated}{debrief}")).unwrap();
        check_and_compile(folder.path(), Timestamp::default())
    };
    let said = with("").unwrap_err().to_string();
    assert!(said.contains("is of the kind simulate, which has a `debrief`"), "{said}");
    let debrief = "\n[activities.debrief]\ntemplate = \"quick\"\nconfidence = \"walk a mile\"\n";
    let pack = with(debrief).unwrap();
    let plan = pack.programme.modules[0].activities[0].debrief.clone().unwrap();
    assert_eq!((plan.template.as_str(), plan.confidence.as_str()), ("quick", "walk a mile"));
    let said = with(&debrief.replace("quick", "slow")).unwrap_err().to_string();
    assert!(said.contains("names the template \"slow\", which templates.toml does not"), "{said}");
}

#[test]
fn a_framework_has_each_code_once_and_names_what_is_there() {
    let folder = with_framework(FRAMEWORK);
    let pack = check_and_compile(folder.path(), Timestamp::default()).unwrap();
    assert_eq!(pack.programme.frameworks[0].capabilities[1].text, "Walks");
    for (old, new, fault) in [
        ("code = \"all\"", "code = \"walk\"", "the key \"walk\" is taken"),
        ("parent = \"all\"", "parent = \"none\"", "belongs to \"none\", which does not stand"),
        ("level = 1", "level = 2", "is of level 2, and there are 1"),
        ("outcome:out-walk", "outcome:out-run", "names the outcome \"out-run\", which no module"),
        ("outcome:out-walk", "capability:feet/run", "the capability \"feet/run\", which no framew"),
        ("outcome:out-walk", "out-walk", "is neither outcome:KEY nor capability:FRAMEWORK/CODE"),
        ("\"strong\"", "\"sure\"", "unknown variant `sure`, expected `strong` or `partial`"),
        ("author = \"us\"\n", "", "`author` is missing"),
        ("source = \"remembered\"\n", "", "`source` is missing"),
    ] {
        let folder = with_framework(&FRAMEWORK.replacen(old, new, 1));
        let said = faults(folder.path());
        assert!(said.contains(fault), "{fault}: {said}");
    }
}
