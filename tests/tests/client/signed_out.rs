//! Signing out: what is unsent is said first, the server is told, everything is wiped, and screens
//! that still hold the core are answered.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use enhance_client::{Budget, Cancellation, DraftField, Error};
use enhance_tests::{content, world::World};

/// What is left in a folder but the lock.
fn left_in(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name != "enhance.lock").collect()
}

#[tokio::test]
async fn what_is_unsent_is_said_first_and_has_to_be_confirmed() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.sync().await;
    assert_eq!(phone.unsent().unwrap().confirmation, None);
    let reflection = phone.reflect("Unsent");
    let shown = phone.reflection(reflection).unwrap().version;
    let field = DraftField::Answer(content::PROMPT.to_owned());
    phone.autosave(reflection, &field, &shown, "Only typed").unwrap();
    let unsent = phone.unsent().unwrap();
    assert_eq!((unsent.documents, unsent.drafts, unsent.refused), (1, 1, 0));
    let cancel = Cancellation::new();
    for wrong in [None, Some("yes"), Some("")] {
        let refused = phone.sign_out(wrong, &cancel).await.unwrap_err();
        assert_eq!(refused, Error::Unsent { unsent: unsent.clone() });
        assert!(refused.to_string().contains("1 document with unsent work"), "{refused}");
    }
    phone.autosave(reflection, &field, &shown, "Only typed, and more").unwrap();
    phone.note_session("More");
    let stale = phone.sign_out(unsent.confirmation.as_deref(), &cancel).await;
    assert!(matches!(stale, Err(Error::Unsent { .. })), "what was confirmed was less");
    assert_eq!(phone.reflection(reflection).unwrap().reflection.title, "Unsent");

    let confirmed = phone.unsent().unwrap().confirmation;
    let done = phone.sign_out(confirmed.as_deref(), &cancel).await.unwrap();
    assert!(done.server_told);
    assert_eq!(left_in(phone.folder()), Vec::<String>::new());
}

#[tokio::test]
async fn everything_ends_for_those_who_still_hold_the_core() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.reflect("Private");
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let screen = phone.core().clone();
    let watched = Arc::new(AtomicUsize::new(0));
    let (ended, core) = (Arc::clone(&watched), screen.clone());
    let _watch = screen.observe(move |_| {
        let is_over = core.account() == Err(Error::SignedOut);
        ended.fetch_add(usize::from(is_over), Ordering::SeqCst);
    });
    let done = phone.sign_out(None, &Cancellation::new()).await.unwrap();
    assert!(done.server_told);
    assert_eq!(watched.load(Ordering::SeqCst), 1, "told at once, and once, that it is over");
    assert_eq!(screen.account(), Err(Error::SignedOut));
    assert_eq!(screen.learning_log().unwrap_err(), Error::SignedOut);
    assert_eq!(screen.resume(), Err(Error::SignedOut));
    screen.suspend();
    assert_eq!(screen.account(), Err(Error::SignedOut));
    let cancel = Cancellation::new();
    let synced = screen.sync(Budget::default(), &cancel, &|_| ()).await;
    assert_eq!(synced.unwrap_err(), Error::SignedOut);
    let again = screen.sign_out(None, &Cancellation::new()).await;
    assert_eq!(again.unwrap_err(), Error::SignedOut);
    let devices = tablet.devices(&Cancellation::new()).await.unwrap();
    assert_eq!(devices.len(), 1, "{devices:?}");
    assert!(devices[0].is_this);
}

#[tokio::test]
async fn without_a_network_it_is_wiped_and_said_that_the_server_could_not_be_told() {
    let world = World::new();
    let mut phone = world.trainee().await;
    phone.reflect("Private");
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let lost = phone.id();
    phone.network.down();
    let done = phone.sign_out(None, &Cancellation::new()).await.unwrap();
    assert!(!done.server_told);
    assert_eq!(left_in(phone.folder()), Vec::<String>::new());
    let cancel = Cancellation::new();
    let devices = tablet.sign_out_device(lost, &cancel).await.unwrap();
    assert_eq!(devices.len(), 1);
    let again = tablet.sign_out_device(lost, &cancel).await;
    assert!(again.is_err(), "it is none of hers any more");
    let own = tablet.sign_out_device(tablet.id(), &cancel).await;
    assert!(matches!(own, Err(Error::NotAllowed { .. })));

    // Somebody else can be enrolled in the same place.
    phone.restart();
    phone.network.up();
    let invitation = tablet.invitation().await;
    phone.join(&invitation).await;
    phone.sync().await;
}

/// The app was killed between the first and the last file.
#[tokio::test]
async fn a_wipe_that_was_cut_short_is_done_to_its_end() {
    let world = World::new();
    let mut phone = world.trainee().await;
    phone.reflect("Private");
    phone.close();
    fs::write(phone.folder().join("wiping"), "").unwrap();
    phone.start();
    assert_eq!(phone.account().unwrap(), None);
    assert!(!phone.folder().join("wiping").exists());
}

#[tokio::test]
async fn a_core_that_was_closed_fails_its_watches_at_once() {
    let world = World::new();
    let mut phone = world.trainee().await;
    let screen = phone.core().clone();
    let (heard, core) = (Arc::new(AtomicUsize::new(0)), screen.clone());
    let count = Arc::clone(&heard);
    let _watch = screen.observe(move |_| {
        let is_over = core.account() == Err(Error::Closed);
        count.fetch_add(usize::from(is_over), Ordering::SeqCst);
    });
    let syncing = screen.keep_in_sync();
    phone.core().leave();
    phone.core().leave();
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    assert_eq!(screen.people(), Err(Error::Closed));
    assert_eq!(screen.resume(), Err(Error::Closed));
    drop(syncing);
    phone.restart();
    assert!(phone.account().unwrap().is_some(), "another core opens the folder");
    assert_eq!(screen.account(), Err(Error::Closed));
}
