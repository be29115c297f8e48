//! The programme from an installed pack, progress in it, and the learning log.

use std::fs;

use enhance_model::{
    Minutes, Sha256, Timestamp,
    learning_log::LogRule,
    pack::PackManifest,
    personal_record::SessionKind,
    programme::{Activity, ActivityKind, Evidence, Module, Page, Programme, Prompt, Template},
    suppression::Suppression,
};
use enhance_protocol::codec;
use enhance_store::PageText;
use sha2::Digest;

use super::*;
use crate::{
    Error, HitTarget, InputField, NewSession, SearchPage,
    state::facts::Facts,
    testing::{Phone, asha},
};

fn put_file(phone: &Phone, bytes: &[u8]) -> Sha256 {
    let hash: [u8; 32] = sha2::Sha256::digest(bytes).into();
    let sha256 = Sha256::from_bytes(hash);
    let files = phone.path().join("files");
    fs::create_dir_all(&files).unwrap();
    fs::write(files.join(sha256.to_string()), bytes).unwrap();
    sha256
}

fn page(phone: &Phone, key: &str, text: &str) -> Page {
    let file = put_file(phone, text.as_bytes());
    Page { key: key.to_owned(), title: format!("About {key}"), file }
}

pub(super) fn programme(phone: &Phone) -> Programme {
    let activity = |key: &str, required| Activity {
        key: key.to_owned(),
        title: key.to_owned(),
        kind: ActivityKind::Read,
        minutes: Minutes(30),
        required,
        outcomes: Vec::new(),
        resources: Vec::new(),
        evidence: Evidence::None,
        page: page(phone, key, "Read this."),
        parts: Vec::new(),
        debrief: None,
    };
    let prompt = |key: &str| Prompt {
        key: key.to_owned(),
        label: key.to_owned(),
        help: String::new(),
        max_words: None,
    };
    Programme {
        key: "enhance".to_owned(),
        title: "Enhance".to_owned(),
        years: 5,
        source_url: "https://enhance.example".to_owned(),
        domains: Vec::new(),
        themes: Vec::new(),
        modules: vec![Module {
            key: "pop".to_owned(),
            title: "Population health".to_owned(),
            domains: vec!["pop".to_owned()],
            themes: Vec::new(),
            min_minutes: Minutes(360),
            suggested_stage: "F2".to_owned(),
            page: page(phone, "pop", "# Population health\n\nWho lives here?"),
            outcomes: Vec::new(),
            activities: vec![activity("pop-read", true), activity("pop-extra", false)],
        }],
        resources: Vec::new(),
        handbook: vec![page(phone, "privilege", "A reflection has no legal privilege.")],
        templates: vec![Template {
            key: "driscoll".to_owned(),
            version: 3,
            title: "What?".to_owned(),
            purpose: String::new(),
            prompts: vec![prompt("what"), prompt("so-what")],
        }],
        recipes: Vec::new(),
        suppression: Suppression::default(),
        log_rule: LogRule::default(),
        frameworks: Vec::new(),
    }
}

/// Puts a pack in use as an update of the pack does, with what differs from the usual one.
pub(super) fn install(
    phone: &Phone,
    core: &LearningCore,
    version: u64,
    change: impl FnOnce(&mut Programme),
) {
    install_as("enhance", phone, core, (version, change));
}

fn install_as(
    key: &str,
    phone: &Phone,
    core: &LearningCore,
    (version, change): (u64, impl FnOnce(&mut Programme)),
) {
    let mut programme = programme(phone);
    change(&mut programme);
    let structure = put_file(phone, &serde_json::to_vec(&programme).unwrap());
    let manifest = PackManifest {
        key: key.to_owned(),
        version,
        title: "Enhance".to_owned(),
        published_at: Timestamp::default(),
        structure,
        files: Vec::new(),
    };
    let manifest = codec::to_cbor(&manifest).unwrap();
    let pages = [PageText {
        page: "privilege".to_owned(),
        title: "About privilege".to_owned(),
        body: "A reflection has no legal privilege.".to_owned(),
    }];
    core.with(|state| {
        state.write(|write| {
            write.put_pack(key, version, &manifest, &[])?;
            write.switch_pack(key, version)?;
            Ok(write.replace_pack_search_entries(key, &pages, Timestamp::default())?)
        })
    })
    .unwrap();
}

pub(super) fn with_pack() -> (Phone, LearningCore) {
    with_pack_of(|_| {})
}

pub(super) fn with_pack_of(change: impl FnOnce(&mut Programme)) -> (Phone, LearningCore) {
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    install(&phone, &core, 4, change);
    (phone, core)
}

fn session(module: Option<&str>, activity: Option<&str>, minutes: u32) -> NewSession {
    NewSession {
        title: "Teaching".to_owned(),
        activity: activity.map(str::to_owned),
        module: module.map(str::to_owned),
        start: "2026-11-21T14:00:00Z".parse().unwrap(),
        minutes: Minutes(minutes),
        kind: SessionKind::Core,
    }
}

#[test]
fn without_a_pack_there_is_no_programme_and_one_can_still_write() {
    let (_phone, core) = Phone::of(&asha());
    assert_eq!(core.programme(), Ok(None));
    assert_eq!(core.modules(), Ok(Vec::new()));
    assert!(matches!(core.module("pop"), Err(Error::NotFound { .. })));
    core.create_reflection("driscoll", "", None).unwrap();
}

#[test]
fn modules_pages_and_templates_are_read_from_the_pack() {
    let (_phone, core) = with_pack();
    assert_eq!(core.programme().unwrap().unwrap().title, "Enhance");
    let view = core.module("pop").unwrap();
    assert!(view.page.text.starts_with("# Population health"));
    assert_eq!(view.activities.len(), 2);
    assert_eq!(core.page("pop-read").unwrap().text, "Read this.");
    assert_eq!(core.templates().unwrap().len(), 1);
    assert!(matches!(core.page("nothing"), Err(Error::NotFound { .. })));
    let hits = core.search("legal priv", SearchPage::ALL).unwrap();
    let page = HitTarget::Page { pack: "enhance".to_owned(), page: "privilege".to_owned() };
    assert_eq!(hits[0].target, page);
}

#[test]
fn a6_two_programmes_are_both_shown_whichever_comes_first() {
    for other in ["bedford-local", "zz-local"] {
        let (phone, core) = with_pack_of(|programme| {
            let second = Module { key: "env".to_owned(), ..programme.modules[0].clone() };
            programme.modules.push(second);
        });
        core.complete_activity("pop-read").unwrap();
        install_as(
            other,
            &phone,
            &core,
            (9, |programme: &mut Programme| {
                programme.key = other.to_owned();
                programme.title = "Bedford".to_owned();
                programme.modules[0].key = "local".to_owned();
                programme.modules[0].activities.clear();
                programme.handbook[0] = page(&phone, "local-page", "Where the library is.");
            }),
        );
        let modules = core.modules().unwrap();
        let keys: Vec<&str> = modules.iter().map(|module| module.key.as_str()).collect();
        assert_eq!(keys, ["pop", "env", "local"]);
        assert_eq!(modules[0].activities_done, 1, "progress is not hidden");
        assert_eq!(core.programme().unwrap().unwrap().title, "Enhance");
        assert_eq!(core.page("local-page").unwrap().text, "Where the library is.");
        assert_eq!(core.page("privilege").unwrap().text, "A reflection has no legal privilege.");
    }
}

#[test]
fn a_reflection_is_pinned_to_the_version_of_its_template() {
    let (_phone, core) = with_pack();
    let id = core.create_reflection("driscoll", "", None).unwrap();
    let view = core.reflection(id).unwrap();
    assert_eq!(view.reflection.template_version, 3);
    assert_eq!(view.template.unwrap().prompts.len(), 2);
    let unknown = core.create_reflection("unheard-of", "", None);
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
}

#[test]
fn a_module_is_complete_with_its_minutes_and_every_required_activity() {
    let (phone, core) = with_pack();
    let summary = |core: &LearningCore| core.modules().unwrap().remove(0);
    assert_eq!((summary(&core).activities_done, summary(&core).complete), (0, false));
    core.start_activity("pop-read").unwrap();
    let first = core.module("pop").unwrap().activities[0].progress.started_at;
    phone.clock.advance(60_000);
    core.start_activity("pop-read").unwrap();
    let again = core.module("pop").unwrap().activities[0].progress.started_at;
    assert_eq!(first, again, "the first time stands");
    core.complete_activity("pop-read").unwrap();
    assert_eq!((summary(&core).activities_done, summary(&core).complete), (1, false));
    core.add_session(session(Some("pop"), None, 300)).unwrap();
    let by_activity = core.add_session(session(None, Some("pop-extra"), 60)).unwrap();
    assert_eq!(summary(&core).minutes_done, Minutes(360));
    assert!(summary(&core).complete);
    let at = summary(&core).completed_at;
    core.remove_session(by_activity).unwrap();
    let after = summary(&core);
    assert_eq!((after.minutes_done, after.complete), (Minutes(300), true), "it was completed");
    assert_eq!((after.completed_at, at.is_some()), (at, true));
    let progress = &core.module("pop").unwrap().activities[0].progress;
    assert_eq!(progress.pack_version, Some(4));
    assert!(matches!(core.complete_activity("nothing"), Err(Error::NotFound { .. })));
    let nowhere = core.add_session(session(Some("nothing"), None, 30));
    assert!(matches!(nowhere, Err(Error::NotFound { .. })), "it would count nowhere");
}

#[test]
fn the_learning_log_counts_and_refuses_what_cannot_be() {
    let (_phone, core) = Phone::of(&asha());
    let id = core.add_session(session(None, None, 90)).unwrap();
    let log = core.learning_log().unwrap();
    assert_eq!((log.count.core, log.sessions.len()), (Minutes(90), 1));
    let field = |new: NewSession| match core.add_session(new) {
        Err(Error::InvalidInput { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(session(None, None, 0)), InputField::Minutes);
    assert_eq!(
        field(NewSession { title: " ".to_owned(), ..session(None, None, 5) }),
        InputField::Title
    );
    let tomorrow = "2026-11-23T08:00:00Z".parse().unwrap();
    assert_eq!(field(NewSession { start: tomorrow, ..session(None, None, 5) }), InputField::Start);
    core.remove_session(id).unwrap();
    assert_eq!(core.learning_log().unwrap().sessions, []);
}

#[test]
fn two_devices_make_the_same_record_before_they_have_met() {
    let created = |phone: &Phone, device: u8| {
        let facts = Facts { device: enhance_model::DeviceId::from_bytes([device; 16]), ..asha() };
        let core = phone.enrolled(&facts);
        phone.clock.advance(i64::from(device) * 1_000);
        core.add_session(session(None, None, 30)).unwrap();
        let page = core.with(|state| Ok(state.store().outbox_page(None, u64::MAX)?)).unwrap();
        page.entries[0].entry.hash
    };
    assert_eq!(created(&Phone::new(), 1), created(&Phone::new(), 101));
}
