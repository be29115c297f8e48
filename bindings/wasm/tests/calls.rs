//! A page's calls, as bytes: what they do, what they answer, and what is heard meanwhile.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::{Arc, Mutex};

use enhance_ffi::{Arguments, written};
use enhance_wasm::{Answer, Calls, Ears, Opened};

/// The core itself, among the objects that are called.
const CORE: u32 = 0;

#[derive(Default)]
struct Heard(Mutex<Vec<(u32, Vec<u8>)>>);

impl Ears for Heard {
    fn heard(&self, by: u32, what: Vec<u8>) {
        self.0.lock().unwrap().push((by, what));
    }
}

struct Page {
    folder: tempfile::TempDir,
    heard: Arc<Heard>,
    calls: Calls,
    key: Vec<u8>,
}

fn page() -> Page {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account").to_string_lossy().into_owned();
    let heard = Arc::new(Heard::default());
    let Opened { calls, new_key } = Calls::open(path, None, heard.clone()).unwrap();
    Page { folder, heard, calls, key: new_key.unwrap() }
}

/// Arguments, one after the other.
fn said(arguments: &[Vec<u8>]) -> Vec<u8> {
    arguments.concat()
}

fn text(text: &str) -> Vec<u8> {
    written(text.to_owned())
}

impl Page {
    fn asks(&self, method: &str, arguments: &[Vec<u8>]) -> Result<Arguments, Arguments> {
        self.asks_of(CORE, method, arguments)
    }

    fn asks_of(&self, on: u32, method: &str, said_to: &[Vec<u8>]) -> Result<Arguments, Arguments> {
        let Answer::Now(bytes) = self.calls.call(1, on, method, said(said_to)) else {
            panic!("{method} waits");
        };
        answered(&bytes)
    }
}

/// What was given, or what went wrong.
fn answered(bytes: &[u8]) -> Result<Arguments, Arguments> {
    let (first, rest) = bytes.split_first().unwrap();
    let rest = Arguments::new(rest.to_vec());
    if *first == 0 { Ok(rest) } else { Err(rest) }
}

/// The code of an error without anything of its own between its variant and its code.
fn code(error: &mut Arguments) -> String {
    let _variant: i32 = error.value().unwrap();
    error.text().unwrap()
}

#[test]
fn what_is_called_is_done_and_given_back() {
    let page = page();
    let ids: Vec<String> =
        (0..2).map(|_| page.asks("new_item_id", &[]).unwrap().text().unwrap()).collect();
    assert_ne!(ids[0], ids[1]);
    let found = [text("cafe"), written(0_i32), written(10_i32), written(1_i32)];
    assert_eq!(page.asks("search", &found).unwrap().value::<i32>().unwrap(), 0);
    let pauses = page.asks("usual_pauses", &[]).unwrap().value::<i64>().unwrap();
    assert!(pauses > 0, "a function that is of no object");
}

#[test]
fn what_is_given_nothing_back_is_said_to_be_done() {
    let page = page();
    page.asks("suspend", &[]).unwrap();
    assert_eq!(code(&mut page.asks("people", &[]).unwrap_err()), "suspended");
    page.asks("resume", &[]).unwrap();
    assert_eq!(page.asks("people", &[]).unwrap().value::<i32>().unwrap(), 0);
}

#[test]
fn an_account_is_opened_again_with_the_key_that_was_made() {
    let Page { folder, heard, calls, key } = page();
    drop(calls);
    let path = folder.path().join("account").to_string_lossy().into_owned();
    let opened = Calls::open(path.clone(), Some(key), heard.clone()).unwrap();
    assert_eq!(opened.new_key, None);
    drop(opened);
    let other = Calls::open(path, Some(vec![7; 32]), heard).err().unwrap();
    assert!(format!("{other:?}").contains("wrong_key"), "{other:?}");
}

#[test]
fn an_error_crosses_with_its_code() {
    let page = page();
    let made = [text("Falls at night"), text(""), text("")];
    let mut error = page.asks("create_project", &made).unwrap_err();
    let (_variant, never): (i32, bool) = (error.value().unwrap(), error.value().unwrap());
    assert_eq!((never, error.text().unwrap().as_str()), (true, "not_enrolled"));
    let mut no_id = page.asks("project", &[text("no id")]).unwrap_err();
    let (_variant, _field): (i32, i32) = (no_id.value().unwrap(), no_id.value().unwrap());
    assert_eq!(no_id.text().unwrap(), "invalid_input");
}

#[test]
fn what_nobody_declares_and_what_was_cut_off_are_faults_and_no_panic() {
    let page = page();
    assert_eq!(code(&mut page.asks("no_such_method", &[]).unwrap_err()), "internal");
    assert_eq!(code(&mut page.asks("project", &[]).unwrap_err()), "internal");
    assert_eq!(code(&mut page.asks("project", &[written(9_i32)]).unwrap_err()), "internal");
    assert_eq!(code(&mut page.asks_of(77, "cancel", &[]).unwrap_err()), "internal");
}

#[test]
fn an_object_is_held_until_it_is_released() {
    let page = page();
    let mut subscription = page.asks("observe", &[written(5_i32)]).unwrap();
    let subscription = subscription.value::<i32>().unwrap().unsigned_abs();
    assert_ne!(subscription, CORE);
    page.asks_of(subscription, "cancel", &[]).unwrap();
    assert!(page.asks_of(subscription, "stop", &[]).is_err(), "it is another object's method");
    page.calls.release(subscription);
    assert!(page.asks_of(subscription, "cancel", &[]).is_err(), "it is held no more");
}

#[tokio::test]
async fn what_waits_for_the_network_is_answered_later_and_can_be_cancelled() {
    let page = page();
    // Nowhere to go, and no listener.
    let enrol = [text("http://127.0.0.1:9"), text("no invitation"), text("A desk")];
    let Answer::Later(answer) = page.calls.call(3, CORE, "enrol", said(&enrol)) else {
        panic!("it does not wait");
    };
    page.calls.cancel(3);
    page.calls.cancel(4);
    assert!(answered(&answer.await).is_err());
    let budget = [written(None::<i64>), written(false), written(None::<i64>), written(0_i32)];
    let Answer::Later(answer) = page.calls.call(5, CORE, "sync", said(&budget)) else {
        panic!("it does not wait");
    };
    let mut error = answered(&answer.await).unwrap_err();
    let (_variant, never): (i32, bool) = (error.value().unwrap(), error.value().unwrap());
    assert!(never);
    assert_eq!(error.text().unwrap(), "not_enrolled");
}

#[tokio::test]
async fn a_ticket_is_opened_without_an_account_and_a_link_that_is_none_is_a_wrong_one() {
    let page = page();
    let none = || written(None::<Vec<Vec<u8>>>);
    let opening = [text("no link"), text("Sam Reed"), written(None::<String>), none()];
    let Answer::Later(answer) = page.calls.call(3, CORE, "open_ticket", said(&opening)) else {
        panic!("it does not wait");
    };
    let mut error = answered(&answer.await).unwrap_err();
    let (_variant, _field): (i32, i32) = (error.value().unwrap(), error.value().unwrap());
    assert_eq!(error.text().unwrap(), "invalid_input", "and not that nobody is enrolled");
}
