//! What plain documents name of the programme: case A5 of `tests/CASES.md`, from the wire.

use std::collections::BTreeSet;

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentKind, Items, RefusalCode, Role, Tag, change_project::ProjectEdit,
    reflection::SharedReflection,
};
use enhance_protocol::{Offer, Outcome};

use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{AT, reflection},
    },
    content,
    world::World,
};

/// A server with the programme, and somebody.
fn begin() -> (World, BareDevice) {
    let world = World::new();
    world.server.publish(&content::enhance());
    let device = world.bare_device(Role::Trainee, "Asha");
    (world, device)
}

fn project(device: &BareDevice, topic: &str) -> BareDocument {
    let new = NewDocument::ChangeProject {
        owner: device.person.id,
        title: "Falls".into(),
        topic: topic.into(),
        setting: String::new(),
    };
    device.document(&new, DocumentKind::ChangeProject, None)
}

fn tag(text: &str) -> Tag {
    text.parse().unwrap()
}

fn copy(template: &str, version: u32, prompts: &[&str], tags: &[&str]) -> SharedReflection {
    SharedReflection {
        title: "A long night".into(),
        template: template.into(),
        template_version: version,
        prompts: Vec::new(),
        answers: prompts.iter().map(|prompt| ((*prompt).to_owned(), "Yes.".into())).collect(),
        tags: tags.iter().map(|text| tag(text)).collect::<BTreeSet<_>>(),
        shared_at: AT,
        attachments: Items::new(),
    }
}

fn shared(device: &BareDevice, copy: SharedReflection) -> Vec<Offer> {
    let new = NewDocument::SharedReflection { owner: device.person.id, copy };
    device.document(&new, DocumentKind::SharedReflection, None).offers()
}

/// What became of the last of these offers.
fn last(device: &BareDevice, offers: Vec<Offer>) -> Result<(), RefusalCode> {
    match device.offer(offers).pop().unwrap() {
        Outcome::Stored { .. } => Ok(()),
        Outcome::Rejected { code, message } => {
            assert!(message.len() > 10, "{code} has no words");
            Err(code)
        }
        other => panic!("{other:?}"),
    }
}

const NOT_PUBLISHED: Result<(), RefusalCode> = Err(RefusalCode::NotPublished);

fn project_edit(document: &mut BareDocument, edit: ProjectEdit) -> Offer {
    document.edit(&Edit::ChangeProject(edit))
}

#[test]
fn a5_a_server_refuses_topics_and_tags_that_nobody_published() {
    let (_world, device) = begin();
    for (topic, expected) in [("sys", Ok(())), ("", Ok(())), ("nosuch", NOT_PUBLISHED)] {
        assert_eq!(last(&device, project(&device, topic).offers()), expected, "{topic:?}");
    }
    for (name, expected) in [
        ("domain:sys", Ok(())),
        ("domain:nosuch", NOT_PUBLISHED),
        ("theme:nosuch", NOT_PUBLISHED),
        ("capability:foundation/nosuch", NOT_PUBLISHED),
        ("capability:ANYTHING", NOT_PUBLISHED),
    ] {
        let mut project = project(&device, "sys");
        device.store(project.offers());
        let edit = ProjectEdit::AddTag { tag: tag(name) };
        assert_eq!(last(&device, vec![project_edit(&mut project, edit)]), expected, "{name}");
    }
    let mut project = project(&device, "sys");
    device.store(project.offers());
    let edit = ProjectEdit::Topic { topic: "SYS".into() };
    assert_eq!(last(&device, vec![project_edit(&mut project, edit)]), NOT_PUBLISHED);
}

#[test]
fn a5_a_server_refuses_answers_to_prompts_that_nobody_asked() {
    let (_world, device) = begin();
    let (template, good, both) =
        (content::TEMPLATE, content::PROMPT, [content::PROMPT, content::OTHER_PROMPT]);
    for (what, copy, expected) in [
        ("as asked", copy(template, 1, &both, &["domain:sys"]), Ok(())),
        ("another prompt", copy(template, 1, &[good, "invented"], &[]), NOT_PUBLISHED),
        ("of no version", copy(template, 0, &["invented"], &[]), NOT_PUBLISHED),
        ("another template", copy("nosuch", 1, &[good], &[]), NOT_PUBLISHED),
        ("another tag", copy(template, 1, &[good], &["theme:nosuch"]), NOT_PUBLISHED),
        ("begun before any programme", copy("nosuch", 0, &["mine"], &[]), Ok(())),
    ] {
        assert_eq!(last(&device, shared(&device, copy)), expected, "{what}");
    }
}

#[test]
fn a5_what_is_refused_blocks_nothing_else_in_the_request() {
    let (_world, device) = begin();
    let mut other = project(&device, "sys");
    device.store(other.offers());
    let good = project_edit(&mut other, ProjectEdit::Title { title: "Fewer falls".into() });
    let bad = project_edit(&mut other, ProjectEdit::Topic { topic: "nosuch".into() });
    let offers = [
        project(&device, "nosuch").offers(),
        vec![good],
        shared(&device, copy(content::TEMPLATE, 1, &["invented"], &[])),
        vec![bad, reflection(50).1],
        project(&device, "env").offers(),
    ];
    let told = device.offer(offers.concat()).into_iter().map(|outcome| match outcome {
        Outcome::Stored { .. } => Ok(()),
        Outcome::Rejected { code, .. } => Err(code),
        other => panic!("{other:?}"),
    });
    let told: Vec<_> = told.collect();
    let (stored, refused) = (Ok(()), NOT_PUBLISHED);
    assert_eq!(told, [stored, refused, stored, stored, refused, refused, stored, stored, stored]);
}

#[test]
fn a5_what_an_older_version_had_stays_good_and_so_does_what_was_there_before() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    // Before anything is published, any word will do.
    let mut old = project(&device, "of-our-own");
    device.store(old.offers());
    let edit = ProjectEdit::AddTag { tag: tag("domain:of-our-own") };
    device.store(vec![project_edit(&mut old, edit)]);

    world.server.publish(&content::enhance());
    world.server.publish(&content::edition_with_other_prompts(world.folder(), 2));
    device.try_exchange(&device.request(Vec::new())).unwrap();
    let first = copy(content::TEMPLATE, 1, &[content::PROMPT], &[]);
    device.store(shared(&device, first));
    let invented = copy(content::TEMPLATE, 2, &["invented"], &[]);
    assert_eq!(last(&device, shared(&device, invented)), NOT_PUBLISHED);

    // What stands in it is not looked at again: it is written on, and taken back.
    let title = ProjectEdit::Title { title: "Fewer falls".into() };
    let take_back = ProjectEdit::RemoveTag { tag: tag("domain:of-our-own") };
    for edit in [title, take_back, ProjectEdit::Topic { topic: "sys".into() }] {
        device.store(vec![project_edit(&mut old, edit)]);
    }
    let edit = ProjectEdit::Topic { topic: "of-our-own".into() };
    assert_eq!(last(&device, vec![project_edit(&mut old, edit)]), NOT_PUBLISHED);
}

#[test]
fn a5_a_pack_that_cannot_be_read_keeps_nobody_from_writing() {
    let (mut world, device) = begin();
    assert_eq!(last(&device, project(&device, "nosuch").offers()), NOT_PUBLISHED);
    let files = world.server.data().join("files");
    std::fs::remove_dir_all(files).unwrap();
    world.server.stop();
    world.server.start_again();
    device.store(project(&device, "another").offers());
}
