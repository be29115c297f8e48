//! Content on a phone that is lost, cut or changed after it came: never shown as if it were right,
//! said plainly, fetched again.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use enhance_client::{DraftField, Error, InputField, LearningCore};
use enhance_model::{
    Noun, Sha256, Tag, change_project::ProjectEdit, programme::Template, reflection::ReflectionEdit,
};
use enhance_protocol::path as address;
use enhance_tests::{content, device::Device, network::Weather, world::World};
use sha2::Digest;

const PAGE: &str = "pop-read-causes";

async fn reader(world: &World) -> Device {
    world.server.publish(&content::enhance());
    let device = world.trainee().await;
    device.sync().await;
    device.fetch_pack().await;
    device
}

fn files(device: &Device) -> PathBuf {
    device.folder().join("files")
}

fn file(device: &Device, sha256: Sha256) -> PathBuf {
    files(device).join(sha256.to_string())
}

/// The file of the page of an activity.
fn page(device: &Device) -> PathBuf {
    let programme = device.programme().unwrap().unwrap();
    let page = &programme.activity(PAGE).unwrap().1.page;
    file(device, page.file)
}

fn page_key(device: &Device) -> String {
    device.programme().unwrap().unwrap().activity(PAGE).unwrap().1.page.key.clone()
}

/// The structure file: the one that says what is in the programme.
fn structure(device: &Device) -> PathBuf {
    let all = fs::read_dir(files(device)).unwrap().map(|one| one.unwrap().path());
    let is_structure = |path: &PathBuf| {
        fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"{\"key\":\"enhance\""))
    };
    all.into_iter().find(is_structure).unwrap()
}

fn hash_of(path: &Path) -> String {
    let digest: [u8; 32] = sha2::Sha256::digest(fs::read(path).unwrap()).into();
    Sha256::from_bytes(digest).to_string()
}

/// What is done to a file, and what does it.
type Harm = (&'static str, fn(&Path));

/// What a disk, a person or another program does to a file.
fn harms() -> Vec<Harm> {
    vec![
        ("a byte flipped", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[60] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("cut", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..40]).unwrap();
        }),
        ("empty", |path| fs::write(path, b"").unwrap()),
        ("longer", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, [bytes.as_slice(), b"and more"].concat()).unwrap();
        }),
        ("gone", |path| fs::remove_file(path).unwrap()),
        ("a folder", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
            fs::write(path.join("something"), b"of somebody").unwrap();
        }),
        ("a link to the same", |path| {
            let elsewhere = path.with_extension("elsewhere");
            fs::rename(path, &elsewhere).unwrap();
            symlink(&elsewhere, path).unwrap();
        }),
        ("a link to nowhere", |path| {
            fs::remove_file(path).unwrap();
            symlink("/nowhere/at/all", path).unwrap();
        }),
        ("another file of the pack", |path| {
            let others = fs::read_dir(path.parent().unwrap()).unwrap();
            let other = others.map(|one| one.unwrap().path()).find(|one| one != path).unwrap();
            fs::copy(other, path).unwrap();
        }),
    ]
}

#[tokio::test]
async fn a1_a_page_that_is_not_as_it_was_signed_is_said_to_be_missing_and_mended() {
    let world = World::new();
    let device = reader(&world).await;
    let (path, key) = (page(&device), page_key(&device));
    let text = device.page(&key).unwrap().text;
    for (index, (what, harm)) in harms().into_iter().enumerate() {
        harm(&path);
        let error = device.page(&key).unwrap_err();
        assert_eq!(error, Error::NotFetched { what: Noun::Page, key: key.clone() }, "{what}");
        assert!(error.to_string().contains(&key), "{error}");
        let state = device.packs().unwrap().remove(0);
        assert!(state.bytes_missing > Some(0), "{what}");
        if index % 2 == 0 {
            device.sync().await;
        } else {
            assert!(device.fetch_pack().await.bytes > 0, "{what}");
        }
        assert_eq!(device.page(&key).unwrap().text, text, "{what}");
        assert_eq!(device.packs().unwrap().remove(0).bytes_missing, Some(0), "{what}");
        assert_eq!(path.file_name().unwrap().to_str().unwrap(), hash_of(&path), "{what}");
    }
}

#[tokio::test]
async fn a1_a_file_that_the_server_has_lost_keeps_no_other_from_being_mended() {
    let world = World::new();
    let device = reader(&world).await;
    let programme = device.programme().unwrap().unwrap();
    let pages: Vec<_> = programme.pages().map(|page| (page.key.clone(), page.file)).collect();
    for (_, sha256) in &pages {
        // One may be the file of two pages.
        let _ = fs::remove_file(file(&device, *sha256));
    }
    let lost = pages.iter().map(|(_, sha256)| *sha256).min().unwrap();
    let name = lost.to_string();
    let on_server = world.server.data().join("files").join(&name[..2]).join(&name);
    fs::remove_file(&on_server).unwrap();
    for (key, _) in &pages {
        assert!(device.page(key).is_err(), "{key}");
    }
    device.sync().await;
    for (key, sha256) in &pages {
        assert_eq!(device.page(key).is_ok(), *sha256 != lost, "{key}");
    }
}

#[tokio::test]
async fn a1_a_module_whose_page_is_lost_still_shows_what_there_is_to_do() {
    let world = World::new();
    let device = reader(&world).await;
    let module = device.modules().unwrap().remove(0).key;
    let of_module = device.programme().unwrap().unwrap().module(&module).unwrap().page.file;
    fs::write(file(&device, of_module), b"short").unwrap();
    let view = device.module(&module).unwrap();
    assert!(view.page.is_missing && view.page.text.is_empty());
    assert!(!view.activities.is_empty() && !view.outcomes.is_empty());
    device.sync().await;
    assert!(!device.module(&module).unwrap().page.is_missing);
}

#[tokio::test]
async fn a1_a_sync_after_an_opening_finds_what_nobody_has_read_and_later_ones_ask_for_nothing() {
    let world = World::new();
    let mut device = reader(&world).await;
    let (path, key) = (page(&device), page_key(&device));
    device.restart();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, [&bytes[..10], b"XXXX", &bytes[14..]].concat()).unwrap();
    device.sync().await;
    assert_eq!(path.file_name().unwrap().to_str().unwrap(), hash_of(&path));
    assert!(device.page(&key).is_ok());
    device.network.forget();
    device.sync().await;
    assert_eq!(device.network.attempts(), 1, "one trip, and nothing is fetched again");
}

#[tokio::test]
async fn a2_without_its_structure_file_a_reflection_is_written_and_the_pack_mended() {
    let world = World::new();
    let mut device = reader(&world).await;
    let text = fs::read(structure(&device)).unwrap();
    let path = structure(&device);
    for (what, harm) in harms() {
        fs::remove_file(&path).ok();
        fs::write(&path, &text).unwrap();
        device.restart();
        let begun = device.create_reflection(content::TEMPLATE, "Before", None).unwrap();
        harm(&path);
        device.restart();
        let pack = Error::NotFetched { what: Noun::Pack, key: content::PACK.to_owned() };
        assert_eq!(device.modules().unwrap_err(), pack, "{what}");
        assert_eq!(device.programme().unwrap_err(), pack, "{what}");
        let id = device.create_reflection(content::TEMPLATE, "A long night", None).unwrap();
        let edit = ReflectionEdit::Answer {
            prompt: content::PROMPT.to_owned(),
            text: "The ward was full.".to_owned(),
        };
        device.edit_reflection(id, None, &[edit]).unwrap();
        let view = device.reflection(id).unwrap();
        let before = device.reflection(begun).unwrap();
        let labels = |view: &enhance_client::ReflectionView| {
            let prompts = view.template.clone().unwrap().prompts.into_iter();
            prompts.map(|one| one.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&view), labels(&before), "{what}");
        device.fetch_pack().await;
        assert!(!device.modules().unwrap().is_empty(), "{what}");
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        }
    }
}

#[tokio::test]
async fn a2_the_whole_folder_of_files_comes_back_whatever_became_of_it() {
    let world = World::new();
    let mut device = reader(&world).await;
    let key = page_key(&device);
    let harms: [fn(&Path); 4] = [
        |files| fs::remove_dir_all(files).unwrap(),
        |files| {
            fs::remove_dir_all(files).unwrap();
            fs::write(files, b"a file in its place").unwrap();
        },
        |files| {
            fs::remove_dir_all(files).unwrap();
            symlink("/nowhere/at/all", files).unwrap();
        },
        |files| {
            for one in fs::read_dir(files).unwrap() {
                fs::write(one.unwrap().path(), b"").unwrap();
            }
        },
    ];
    for harm in harms {
        harm(&files(&device));
        device.restart();
        assert!(matches!(device.modules(), Err(Error::NotFetched { .. })));
        device.create_reflection("anything", "Still", None).unwrap();
        assert!(device.fetch_pack().await.bytes > 0);
        assert!(device.page(&key).is_ok());
        assert_eq!(device.fetch_pack().await.bytes, 0, "once is enough");
    }
}

#[tokio::test]
async fn a3_a_page_that_was_cut_is_whole_with_the_next_version_that_has_it_unchanged() {
    let world = World::new();
    let device = reader(&world).await;
    let (path, key) = (page(&device), page_key(&device));
    let text = device.page(&key).unwrap().text;
    fs::write(&path, &text.as_bytes()[..40]).unwrap();
    world.server.publish(&content::edition(world.folder(), 2));
    assert_eq!(device.fetch_pack().await.version, 2);
    assert_eq!(device.page(&key).unwrap().text, text);
}

#[tokio::test]
async fn a1_a_film_that_was_changed_is_not_here_and_comes_again() {
    let world = World::new();
    let device = reader(&world).await;
    let film = content::film(&device.programme().unwrap().unwrap());
    let path = device.try_fetch_media(&film).await.unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(device.media(&film).unwrap().path, Some(path.clone()));
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(device.media(&film).unwrap().path, None);
    assert_eq!(device.try_fetch_media(&film).await.unwrap(), path);
    assert!(fs::read(&path).unwrap() == bytes);
    let core: &LearningCore = &device;
    assert_eq!(core.media(&film).unwrap().path, Some(path));
}

/// What a proxy does to the tag of a file.
fn tag_written_anew(with: fn(&str) -> Option<String>, line: &str) -> Option<String> {
    match line.split_once(':') {
        Some((name, value)) if name.eq_ignore_ascii_case("etag") => with(value.trim()),
        _ => Some(line.to_owned()),
    }
}

#[tokio::test]
async fn a4_the_hash_decides_and_not_the_tag_whatever_a_proxy_makes_of_it() {
    let proxies: [fn(&str) -> Option<String>; 4] = [
        |line| tag_written_anew(|tag| Some(format!("ETag: W/{tag}")), line),
        |line| tag_written_anew(|_| None, line),
        |line| tag_written_anew(|_| Some("ETag: \"a-tag-of-the-proxy\"".to_owned()), line),
        |line| tag_written_anew(|tag| Some(format!("ETag: {}", tag.replace('"', ""))), line),
    ];
    for proxy in proxies {
        let world = World::new();
        world.server.publish(&content::enhance());
        let device = world.trainee().await;
        device.network.set_for(address::FILES, Weather::CutResponse { after: 900 });
        device.try_fetch_pack().await.unwrap_err();
        device.network.set_for(address::FILES, Weather::OtherHead(proxy));
        assert_eq!(device.fetch_pack().await.version, 1);
        let recording = device.network.recording();
        assert!(recording.passages.iter().any(|one| one.header("range").is_some()), "goes on");
        assert!(device.page(&page_key(&device)).is_ok());
    }
}

#[tokio::test]
async fn a5_what_a_template_asked_stays_with_what_was_written_whatever_comes_after() {
    let world = World::new();
    let device = reader(&world).await;
    let supervisor = world.supervisor().await;
    let labels = |template: Option<Template>| -> Vec<(String, String)> {
        let prompts = template.unwrap().prompts.into_iter();
        prompts.map(|prompt| (prompt.key, prompt.label)).collect()
    };
    let id = device.create_reflection(content::TEMPLATE, "A long night", None).unwrap();
    let answer = |prompt: &str| ReflectionEdit::Answer {
        prompt: prompt.to_owned(),
        text: "The ward was full.".to_owned(),
    };
    device.edit_reflection(id, None, &[answer(content::OTHER_PROMPT)]).unwrap();
    let asked = labels(device.reflection(id).unwrap().template);
    assert_eq!(asked[0].0, content::PROMPT);

    let raised = content::edition_with_other_prompts(world.folder(), 2);
    world.server.publish(&raised);
    device.fetch_pack().await;
    let now = device.templates().unwrap().into_iter().find(|one| one.key == content::TEMPLATE);
    assert_ne!(labels(now), asked);
    assert_eq!(labels(device.reflection(id).unwrap().template), asked);
    let error = device.edit_reflection(id, None, &[answer("invented")]).unwrap_err();
    let Error::InvalidInput { field: InputField::Key, reason } = error else { panic!("{error}") };
    assert!(reason.contains("its prompts are: what, so-what, now-what"), "{reason}");
    let shown = device.reflection(id).unwrap();
    let field = DraftField::Answer("invented".to_owned());
    device.autosave(id, &field, &shown.version, "kept").unwrap();
    device.settle(id).unwrap();
    let drafts = device.reflection(id).unwrap().drafts;
    assert_eq!(drafts[0].text, "kept", "what was typed is not lost, and answers nothing");

    device.sync().await;
    let copy = device.share_reflection(id, supervisor.person()).unwrap();
    device.sync().await;
    supervisor.sync().await;
    supervisor.fetch_pack().await;
    let view = supervisor.shared_reflection(copy).unwrap();
    assert_eq!(labels(view.template), asked);
    let html = device.export().unwrap().reflections_html();
    assert!(html.contains("So what?") && !html.contains("Anew: So what?"), "{html}");
    let json = device.export().unwrap().to_json().unwrap();
    assert!(json.contains("\"label\": \"So what?\""));
}

#[tokio::test]
async fn a5_topics_and_tags_that_nobody_published_are_refused_with_those_there_are() {
    let world = World::new();
    let device = reader(&world).await;
    let id = device.create_reflection(content::TEMPLATE, "", None).unwrap();
    for tag in ["domain:nosuch", "theme:nosuch", "capability:ANYTHING"] {
        let tag: Tag = tag.parse().unwrap();
        let edit = ReflectionEdit::AddTag { tag: tag.clone() };
        let error = device.edit_reflection(id, None, &[edit]).unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{tag}: {error:?}");
        let project = device.create_project("Falls", "sys", "Ward 7").unwrap();
        let edit = ProjectEdit::AddTag { tag };
        device.edit_project(project, None, &[edit]).unwrap_err();
    }
    let error = device.create_project("Falls", "nosuch", "Ward 7").unwrap_err();
    assert!(error.to_string().contains("they are: pcp, cmm, sys, pop, sje, env"), "{error}");
    let project = device.create_project("Falls", "", "Ward 7").unwrap();
    let topic = ProjectEdit::Topic { topic: "nosuch".to_owned() };
    device.edit_project(project, None, &[topic]).unwrap_err();
}
