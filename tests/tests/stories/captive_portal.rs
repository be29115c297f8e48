//! A hospital's guest network, an inspecting proxy, a broken gateway: a stranger answers.
//! Nothing on the phone changes, no device is signed out, and the work arrives later.

use enhance_client::{Conditions, Error, Stage};
use enhance_model::{change_project::Section::Problem, personal_record::EvidenceSource};
use enhance_protocol::path;
use enhance_tests::{
    network::{Portal, Weather},
    wait,
    world::World,
};

const STATUSES: [u16; 8] = [200, 204, 302, 401, 403, 407, 502, 511];

fn answers() -> Vec<Portal> {
    let page = "<!doctype html><title>Guest Wi-Fi</title><form>Accept the terms</form>";
    let json = br#"{"error":"device token revoked","items":[]}"#.to_vec();
    let mut answers = Vec::new();
    for status in STATUSES {
        answers.push(Portal::page(status, page));
        answers.push(Portal::page(status, ""));
        answers.push(Portal {
            status,
            media_type: Some("application/json".into()),
            body: json.clone(),
        });
        for body in [&b"ENH1"[..], b"ENH1\x00\xa0", b"ENH1\x01\x28\xb5\x2f\xfd", b"\xff\xff"] {
            let media_type = Some(enhance_protocol::MEDIA_TYPE.into());
            answers.push(Portal { status, media_type, body: body.to_vec() });
        }
    }
    answers
}

#[tokio::test]
async fn whatever_somebody_else_answers_the_phone_stays_as_it_is() {
    let world = World::new();
    let (phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;
    phone.write(project, Problem, "Not yet sent.");
    let before = phone.everything();

    for portal in answers() {
        phone.network.set(Weather::Portal(portal.clone()));
        assert!(matches!(phone.try_sync().await.unwrap_err(), Error::Offline { .. }), "{portal:?}");
        assert_ne!(phone.status(project).unwrap().stage, Stage::Stored, "{portal:?}");
    }
    assert_eq!(phone.everything(), before);

    phone.network.up();
    phone.sync().await;
    ben.sync().await;
    assert_eq!(ben.section(project, Problem), "Not yet sent.");
}

/// What goes beside the exchanges meets the same strangers: a page is no file that was stored, and no
/// doorbell that is asked again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_in_the_place_of_files_and_doorbell_stores_nothing_and_is_not_asked_for_ever() {
    const PHOTOGRAPH: &[u8] =
        include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
    let world = World::new();
    let phone = world.trainee().await;
    let of = EvidenceSource::Document(phone.reflect("The whiteboard"));
    phone.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
    let pages = [200, 302].map(|status| Portal::page(status, "<!doctype html><title>Wi-Fi"));
    for page in pages.clone() {
        phone.network.set_for(path::BLOBS, Weather::Portal(page.clone()));
        assert_eq!(phone.sync().await.uploaded, 0);
        let state = phone.sync_state().unwrap();
        assert_eq!((state.attachments_stored, state.attachments_refused), (0, 0), "{page:?}");
    }
    for page in pages {
        phone.network.set_for(path::DOORBELL, Weather::Portal(page.clone()));
        phone.network.forget();
        phone.set_conditions(Conditions { online: true, metered: false, foreground: true });
        let keeping = phone.keep_in_sync();
        wait::a_while().await;
        assert!(phone.network.attempts() < 20, "{page:?}: {}", phone.network.attempts());
        drop(keeping);
        assert_ne!(phone.sync_state().unwrap().last_error, Some(Error::SignInNeeded));
    }
    phone.network.up();
    phone.sync().await;
    assert_eq!(phone.sync_state().unwrap().attachments_stored, 1);
}

/// Yesterday's answer of the server itself is not today's: the nonce is another one.
#[tokio::test]
async fn an_old_answer_of_the_server_is_nobodys_answer() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.sync().await;
    let recorded = phone.network.recording().passages.pop().unwrap();
    let project = phone.create_project("Falls", "sys", "Ward 7").unwrap();
    phone.network.set(Weather::Instead(recorded.response));
    assert!(matches!(phone.try_sync().await.unwrap_err(), Error::Offline { .. }));
    assert_ne!(phone.status(project).unwrap().stage, Stage::Stored);
}
