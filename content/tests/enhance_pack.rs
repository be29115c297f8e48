//! The Enhance pack itself: that it is in order, complete, and compiles to the same bytes each time.

#![allow(clippy::unwrap_used, reason = "a test may fail in its helpers as well")]

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use enhance_content::{CompiledPack, check_and_compile};
use enhance_model::{
    CalendarDate, ItemId, Minutes, Timestamp,
    change_project::{ChangeProject, Check},
    learning_log::{FigureOf, Standing},
    pack::Fetch,
    programme::{ActivityKind, OutcomeSource, Programme, ResourceKind},
};
use sha2::Digest;

#[path = "../examples/peter_film/film.rs"]
mod film;

const PUBLISHED: Timestamp = Timestamp::from_unix_millis(1_790_000_000_000);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("enhance")
}

fn pack() -> CompiledPack {
    check_and_compile(&folder(), PUBLISHED).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn it_has_six_domains_four_themes_and_seven_templates() {
    let programme = pack().programme;
    let keys: Vec<&str> = programme.domains.iter().map(|domain| domain.key.as_str()).collect();
    assert_eq!(keys, ["pcp", "cmm", "sys", "pop", "sje", "env"]);
    let keys: Vec<&str> = programme.themes.iter().map(|theme| theme.key.as_str()).collect();
    assert_eq!(keys, ["transformative-reflection", "digital", "wellbeing", "leadership"]);
    let prompts: Vec<(&str, usize)> = programme
        .templates
        .iter()
        .map(|template| (template.key.as_str(), template.prompts.len()))
        .collect();
    assert_eq!(
        prompts,
        [
            ("quick-capture", 1),
            ("what-so-what", 3),
            ("gibbs", 6),
            ("kolb", 4),
            ("outcome-and-change", 2),
            ("team-reflection", 3),
            ("stop-and-think", 3),
        ]
    );
}

#[test]
fn its_recipes_become_plans_with_every_kind_of_measure_and_every_idea_under_a_driver() {
    let programme = pack().programme;
    assert_eq!(programme.suppression.to, 5, "hidden_up_to of pack.toml");
    let recipes = programme.recipes;
    let topics: Vec<&str> = recipes.iter().map(|recipe| recipe.topic.as_str()).collect();
    assert_eq!(topics, ["env", "pop"]);
    for recipe in recipes {
        let mut last = 0;
        let edits = recipe.edits(|| {
            last += 1;
            ItemId::from_bytes([last; 16])
        });
        let plan = ChangeProject::default();
        plan.check(&edits).unwrap();
        let plan = plan.with(&edits);
        for check in [
            Check::OutcomeMeasure,
            Check::ProcessMeasure,
            Check::BalancingMeasure,
            Check::IdeasUnderDrivers,
        ] {
            assert!(plan.meets(check), "{}: {check}", recipe.key);
        }
    }
}

#[test]
fn every_domain_and_theme_has_a_module_and_one_module_has_three_domains() {
    let Programme { domains, themes, modules, .. } = pack().programme;
    for domain in &domains {
        assert!(modules.iter().any(|module| module.domains.contains(&domain.key)), "{domain:?}");
    }
    for theme in &themes {
        assert!(modules.iter().any(|module| module.themes.contains(&theme.key)), "{theme:?}");
    }
    assert!(modules.iter().any(|module| module.domains.len() == 3));
}

#[test]
fn its_activities_cover_every_kind_and_fill_six_hours_a_module() {
    let modules = pack().programme.modules;
    let activities = modules.iter().flat_map(|module| &module.activities);
    let kinds: BTreeSet<ActivityKind> = activities.map(|activity| activity.kind).collect();
    assert_eq!(kinds, BTreeSet::from(ActivityKind::ALL));
    for module in &modules {
        assert_eq!(module.min_minutes, Minutes(360), "{}", module.key);
        let offered: Minutes = module.activities.iter().map(|activity| activity.minutes).sum();
        assert!(offered >= module.min_minutes, "{} offers {offered}", module.key);
        assert!(module.activities.iter().any(|activity| activity.required), "{}", module.key);
    }
}

#[test]
fn every_outcome_is_served_by_an_activity_of_its_module() {
    for module in pack().programme.modules {
        for outcome in &module.outcomes {
            let mut served = module.activities.iter().flat_map(|activity| &activity.outcomes);
            assert!(served.any(|key| *key == outcome.key), "{} of {}", outcome.key, module.key);
        }
    }
}

#[test]
fn only_the_outcomes_that_are_known_are_called_the_handbooks() {
    let modules = pack().programme.modules;
    let outcomes = modules.iter().flat_map(|module| &module.outcomes);
    let handbooks: Vec<&str> = outcomes
        .filter(|outcome| outcome.source == OutcomeSource::Handbook)
        .map(|outcome| outcome.domain.as_str())
        .collect();
    assert_eq!(handbooks, ["sje"; 5]);
}

#[test]
fn every_page_is_long_enough_to_say_something_and_short_enough_to_read() {
    let pack = pack();
    for page in pack.programme.pages() {
        let mut text = String::new();
        pack.files[&page.file].open().unwrap().read_to_string(&mut text).unwrap();
        let (text, _references) = text.split_once("\n## References\n").unwrap_or((&text, ""));
        let words = text.split_whitespace().count();
        assert!((150..=500).contains(&words), "{} has {words} words", page.key);
    }
}

#[test]
fn every_activity_says_what_its_time_is_for() {
    let pack = pack();
    let activities = pack.programme.modules.iter().flat_map(|module| &module.activities);
    let silent = activities.filter(|activity| {
        let mut text = String::new();
        pack.files[&activity.page.file].open().unwrap().read_to_string(&mut text).unwrap();
        !text.contains("\n**Your time: ")
    });
    assert_eq!(silent.map(|activity| activity.key.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_page_says_again_what_is_said_no_more() {
    let pack = tempfile::tempdir().unwrap();
    copy(&folder(), pack.path()).unwrap();
    let page = pack.path().join("handbook/how-to-begin.md");
    let text = fs::read_to_string(&page).unwrap();
    let kept = "Read *Enhancing Junior Doctors' Working Lives*.";
    fs::write(&page, format!("{text}\n{kept}\nJunior doctors dip for a water infection.\n"))
        .unwrap();
    let faults = check_and_compile(pack.path(), PUBLISHED).unwrap_err();
    let said: Vec<&str> = faults.0.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(
        said,
        [
            r#""junior doctor" is said no more; say "resident doctor""#,
            r#""water infection" is said no more; say "urinary tract infection""#,
        ]
    );
}

#[test]
fn peter_pauses_four_times_and_is_fetched_only_on_request() {
    let pack = pack();
    let film = pack.programme.resource("peter-360").unwrap();
    assert_eq!(film.kind, ResourceKind::Video360);
    assert_eq!(film.pause_points.len(), 4);
    for (scene, pause) in film.pause_points.iter().enumerate() {
        let seconds = u32::from(film::SCENE_SECONDS);
        assert_eq!(pause.at_seconds / seconds, u32::try_from(scene).unwrap(), "{}", pause.scene);
    }
    let on_request: Vec<_> =
        pack.manifest.files.iter().filter(|file| file.fetch == Fetch::OnRequest).collect();
    assert_eq!(on_request.len(), 1);
    assert_eq!(Some(on_request[0].sha256), film.file);
    let captions = pack.manifest.file(film.transcript.unwrap()).unwrap();
    assert_eq!((captions.media_type.as_str(), captions.fetch), ("text/vtt", Fetch::WithPack));
}

#[test]
fn peters_film_is_what_the_project_makes() {
    let committed = fs::read(folder().join("resources/peter-360.gif")).unwrap();
    assert!(film::film().unwrap() == committed, "run the example peter_film again");
}

#[test]
fn the_manifest_names_exactly_the_files_with_their_hashes_and_sizes() {
    let pack = pack();
    assert_eq!(pack.manifest.files.len(), pack.files.len());
    for file in &pack.manifest.files {
        let mut bytes = Vec::new();
        pack.files[&file.sha256].open().unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(sha2::Sha256::digest(&bytes).as_slice(), file.sha256.as_bytes());
        assert_eq!(bytes.len() as u64, file.bytes);
    }
    let mut structure = Vec::new();
    pack.files[&pack.manifest.structure].open().unwrap().read_to_end(&mut structure).unwrap();
    assert_eq!(serde_json::from_slice::<Programme>(&structure).unwrap(), pack.programme);
}

#[test]
fn compiling_twice_gives_the_same_bytes_and_only_the_clock_differs() {
    let (one, two) = (pack(), pack());
    assert_eq!(
        serde_json::to_vec(&one.manifest).unwrap(),
        serde_json::to_vec(&two.manifest).unwrap()
    );
    assert_eq!(one.files, two.files);
    let later = check_and_compile(&folder(), PUBLISHED.plus_millis(1)).unwrap().manifest;
    assert_eq!(later.published_at, PUBLISHED.plus_millis(1));
    assert_eq!(later.structure, one.manifest.structure);
    assert_eq!(later.files, one.manifest.files);
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, target) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        if entry.is_dir() {
            copy(&entry, &target)?;
        } else {
            fs::copy(&entry, &target)?;
        }
    }
    Ok(())
}

#[test]
fn adding_a_module_works_as_the_readme_says() {
    let guide = fs::read_to_string(folder().with_file_name("README.md")).unwrap();
    let (_, example) = guide.split_once("```toml\n").unwrap();
    let (example, _after) = example.split_once("```").unwrap();
    let example = example.replace("\n   ", "\n");

    let pack = tempfile::tempdir().unwrap();
    copy(&folder(), pack.path()).unwrap();
    let write = |file: &str, text: &str| fs::write(pack.path().join(file), text).unwrap();
    let order = fs::read_to_string(pack.path().join("pack.toml")).unwrap();
    write("pack.toml", &order.replace("modules = [", "modules = [\n    \"falls-at-home\","));
    fs::create_dir(pack.path().join("modules/falls-at-home")).unwrap();
    write("modules/falls-at-home/module.toml", &example);
    write("modules/falls-at-home/module.md", "# Falls at home\n\nThey matter.\n");
    write("modules/falls-at-home/fah-read.md", "# Why people fall\n\nFor many reasons.\n");
    let programme = check_and_compile(pack.path(), PUBLISHED).unwrap().programme;
    assert_eq!(programme.modules[0].activities[0].key, "fah-read");

    let misspelt = example.replace("outcomes = [\"fah-ask\"]", "outcomes = [\"fah-aks\"]");
    write("modules/falls-at-home/module.toml", &misspelt);
    let fault = check_and_compile(pack.path(), PUBLISHED).unwrap_err().to_string();
    assert!(guide.contains(&fault), "the README should say: {fault}");
}

#[test]
fn the_rule_of_the_learning_log_comes_with_its_sources_and_dates() {
    let rule = pack().programme.log_rule;
    assert!(rule.figures.iter().all(|figure| !figure.source.is_empty()));
    let amount = |of, year, grade| {
        let day = CalendarDate::new(year, 9, 1).unwrap();
        rule.amount(of, &Standing { day, place: "", grade })
    };
    assert_eq!(amount(FigureOf::Target, 2026, "F1"), Some(3_600));
    assert_eq!(amount(FigureOf::CoreMin, 2026, "FY2"), Some(1_800));
    assert_eq!(
        amount(FigureOf::Target, 2026, "ST3"),
        None,
        "the log is the foundation programme's"
    );
    assert_eq!(amount(FigureOf::ElearningCap, 2020, "F1"), None, "lifted for a year");
    assert_eq!(amount(FigureOf::ElearningCap, 2026, "F1"), Some(360));
    assert_eq!(amount(FigureOf::AbsenceDays, 2026, "F1"), Some(20));
    assert_eq!(amount(FigureOf::AbsenceDays, 2026, "ST3"), Some(14));
}

#[test]
fn its_simulations_and_its_360_degree_film_are_talked_over() {
    let programme = pack().programme;
    let activities = programme.modules.iter().flat_map(|module| &module.activities);
    let lived: Vec<&str> = activities
        .filter(|one| matches!(one.kind, ActivityKind::Simulate | ActivityKind::Vr))
        .map(|one| {
            let debrief = one.debrief.as_ref().unwrap();
            assert!(programme.template(&debrief.template).is_some());
            one.key.as_str()
        })
        .collect();
    assert_eq!(lived, ["cmm-peter", "cmm-discharge", "tio-table-top"]);
}

#[test]
fn one_activity_has_parts_whose_online_minutes_have_a_cap() {
    let programme = pack().programme;
    let (_, activity) = programme.activity("cmm-deprescribing").unwrap();
    let parts: Minutes = activity.parts.iter().map(|part| part.minutes).sum();
    assert_eq!((activity.parts.len(), parts), (2, activity.minutes));
    let caps = &programme.log_rule.part_caps;
    assert_eq!((caps.len(), caps[0].part.as_str()), (1, "prepare"));
}

#[test]
fn its_framework_has_thirteen_capabilities_under_three_outcomes_and_says_what_is_remembered() {
    let programme = pack().programme;
    let framework = &programme.frameworks[0];
    let under = |parent: &str| {
        let capabilities = framework.capabilities.iter();
        capabilities.filter(|one| one.parent.as_deref() == Some(parent)).count()
    };
    assert_eq!(["hlo-1", "hlo-2", "hlo-3"].map(under), [5, 5, 3]);
    assert!(framework.source.contains("not found in print"));
    assert!(framework.crosswalk.iter().all(|link| !link.author.is_empty()));
}
