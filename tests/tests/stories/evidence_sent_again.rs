//! The server's disk spoils a photograph. Whoever asks for it gets no spoilt one, and the phone
//! that took it sends it once more.

use std::{fs, path::PathBuf};

use enhance_client::{Cancellation, Error};
use enhance_model::{RefusalCode, attachment::strip, personal_record::EvidenceSource};
use enhance_tests::{device::Device, world::World};

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");

/// The one file that the server keeps.
fn kept(world: &World) -> PathBuf {
    let people = fs::read_dir(world.server.data().join("blobs")).unwrap();
    let files = people.flat_map(|person| fs::read_dir(person.unwrap().path()).unwrap());
    let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

async fn fetch(device: &Device, of: EvidenceSource) -> Result<Vec<u8>, Error> {
    let id = device.attachments(&of).unwrap()[0].id;
    device.fetch_attachment(of, id, &Cancellation::new(), &|_| ()).await
}

#[tokio::test]
async fn a_photograph_that_the_server_lost_is_sent_again_by_the_phone_that_has_it() {
    let mut world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let reflection = phone.reflect("The whiteboard");
    let of = EvidenceSource::Document(reflection);
    phone.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
    phone.sync().await;
    tablet.sync().await;
    assert!(phone.attachments(&of).unwrap()[0].stored);

    let good = fs::read(kept(&world)).unwrap();
    let mut spoilt = good.clone();
    spoilt[40] ^= 1;
    fs::write(kept(&world), &spoilt).unwrap();
    // Whoever asks is told so, and not only the first one.
    for _ in 0..2 {
        let refused = fetch(&tablet, of).await.unwrap_err();
        assert!(
            matches!(&refused, Error::Refused { code: RefusalCode::NotFound, message }
                if message.contains("comes back")),
            "{refused}"
        );
    }
    // The tablet has it not, and says so. The phone sends it with its next sync.
    tablet.sync().await;
    assert!(!tablet.attachments(&of).unwrap()[0].stored);
    phone.sync().await;
    assert_eq!(fs::read(kept(&world)).unwrap(), good);
    assert!(phone.attachments(&of).unwrap()[0].stored);
    assert_eq!(fetch(&tablet, of).await.unwrap(), strip(PHOTOGRAPH).unwrap().bytes);

    // The same where the operator's check finds that it is gone.
    fs::remove_file(kept(&world)).unwrap();
    world.server.command(&["check"]).unwrap_err();
    world.server.command(&["check", "--ask-again"]).unwrap();
    world.server.stop();
    world.server.start_again();
    phone.sync().await;
    assert_eq!(fs::read(kept(&world)).unwrap(), good);
    assert!(world.server.command(&["check"]).unwrap().contains("1 attachment"));
}
