//! Pages that are taken in by slices: cut off anywhere, beside somebody who writes, deletes, or
//! closes the app, nothing is lost and nothing is half there.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use enhance_documents::{Document, Edit, NewDocument};
use enhance_model::{DocumentKind, PersonId, Right, Timestamp};
use enhance_protocol::{Create, EntryBody, EntryKind, Grant, Item, Offer, Pulled, Revoke};

use super::*;
use crate::{
    Error,
    arriving::{page, slices::Slices},
    testing::{Phone, asha, sam},
};

const AT: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

/// A project of somebody else's on its way to this person, who may edit it.
struct Sent {
    id: DocumentId,
    document: Document,
    items: Vec<Item>,
}

impl Sent {
    /// A project that was edited so many times.
    fn edited(times: usize) -> Self {
        let id = DocumentId::from_bytes([7; 16]);
        let owner = asha().person.id;
        let [title, topic, setting] = ["Falls", "", ""].map(str::to_owned);
        let new = NewDocument::ChangeProject { owner, title, topic, setting };
        let (document, created) = Document::create(&new, asha().device, AT).unwrap();
        let kind = DocumentKind::ChangeProject;
        let create = Create { kind, about: None, created_at: AT, wrapped_key: None };
        let grant = grant_to(sam().person.id);
        let mut sent = Self { id, document, items: Vec::new() };
        sent.send(create.offer(id).unwrap());
        sent.send(grant.offer(id).unwrap());
        let id_of_answer = enhance_model::ItemId::from_bytes([2; 16]);
        let accepted = grant.accepted(id_of_answer, grant.offer(id).unwrap().hash, AT);
        sent.send_by(sam().person.id, accepted.offer(id).unwrap());
        sent.send_change(created);
        sent.edit(times);
        sent
    }

    /// The next edits of it.
    fn edit(&mut self, times: usize) {
        for _ in 0..times {
            let text = format!("{} Patients fall.", self.text());
            let edit = Edit::ChangeProject(section(Section::Problem, &text));
            let change = self.document.edit(None, &[edit], AT).unwrap().unwrap();
            self.send_change(change);
        }
    }

    fn text(&self) -> String {
        match self.document.content().unwrap() {
            enhance_documents::Content::ChangeProject(project) => {
                project.sections[&Section::Problem].clone()
            }
            other => panic!("{other:?}"),
        }
    }

    fn send_change(&mut self, change: enhance_documents::Change) {
        let (kind, hash) = (EntryKind::Change, change.hash.into());
        self.send(Offer { kind, document: self.id, hash, body: change.bytes });
    }

    fn send(&mut self, offer: Offer) {
        self.send_by(asha().person.id, offer);
    }

    fn send_by(&mut self, person: PersonId, offer: Offer) {
        let device = asha().device;
        let sequence = self.items.len() as u64 + 1;
        self.items.push(Item::Entry(Pulled { offer, sequence, person, device, received_at: AT }));
    }
}

fn grant_to(to: PersonId) -> Grant {
    Grant::new(enhance_model::ItemId::from_bytes([1; 16]), to, Right::Edit, 1, AT)
}

/// Takes in a page. What happens before its last slice is written is up to the test.
fn take_in(core: &LearningCore, items: &[Item], meanwhile: impl FnOnce()) -> Result<(), Error> {
    let facts = core.with(crate::state::State::facts)?;
    let page = page::sort(items, &facts);
    let slices = Slices::of(core.lock(), &facts, &page)?;
    meanwhile();
    core.with(|state| {
        let (now, departures) = (state.now(), page.departures(state)?);
        slices.write_last(state, |write| page.write_rest(write, &departures, now))
    })
}

#[test]
fn a_long_page_is_written_in_several_transactions_and_read_whole() {
    let sent = Sent::edited(600);
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    let commits = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&commits);
    let _observation = core.observe(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    take_in(&core, &sent.items, || ()).unwrap();
    assert!((3..6).contains(&commits.load(Ordering::SeqCst)), "{commits:?}");
    assert_eq!(problem(&core, sent.id), sent.text());
    let mut document = sent.document;
    assert_eq!(version(&core, sent.id), document.version());
    take_in(&core, &sent.items, || ()).unwrap();
    assert_eq!(version(&core, sent.id), document.version(), "twice is the same as once");
}

#[test]
fn a_page_that_is_cut_off_between_two_slices_is_taken_in_the_next_time() {
    let mut sent = Sent::edited(10);
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    take_in(&core, &sent.items, || ()).unwrap();
    let here = sent.items.len();
    sent.edit(600);
    // All but the last slice is written, then the phone dies.
    let facts = core.with(crate::state::State::facts).unwrap();
    let page = page::sort(&sent.items[here..], &facts);
    drop(Slices::of(core.lock(), &facts, &page).unwrap());
    drop(core);
    let core = phone.open();
    core.until_up_to_date();
    // The row says what is in the database, which is more than what it said before.
    let shown = problem(&core, sent.id);
    assert!(sent.text().starts_with(&shown) && shown.len() > 1_000, "{}", shown.len());
    take_in(&core, &sent.items[here..], || ()).unwrap();
    assert_eq!(problem(&core, sent.id), sent.text());
}

#[test]
fn the_catalogue_of_a_long_project_is_kept_and_a_wrong_one_harms_nobody() {
    let mut sent = Sent::edited(600);
    let id = sent.id;
    let phone = Phone::new();
    let core = phone.enrolled(&sam());
    take_in(&core, &sent.items, || ()).unwrap();
    let kept = |core: &LearningCore| core.with(|state| Ok(state.store().catalogue(id)?)).unwrap();
    let of = |core: &LearningCore| core.with(|state| Ok(state.store().catalogued(id)?)).unwrap();
    let written = kept(&core);
    assert_eq!((of(&core), written.is_some()), (601, true));
    for damage in [None, Some(b"no catalogue".to_vec()), Some(Vec::new())] {
        let is_damaged = damage.is_some();
        if let Some(damage) = damage {
            core.with(|state| state.write(|write| Ok(write.put_catalogue(id, 9_999, &damage)?)))
                .unwrap();
        }
        core.suspend();
        core.resume().unwrap();
        let here = sent.items.len();
        sent.edit(1);
        take_in(&core, &sent.items[here..], || ()).unwrap();
        assert_eq!(problem(&core, id), sent.text());
        assert_eq!(kept(&core) == written, !is_damaged, "written again only if it has to be");
        assert!(of(&core) < 9_999);
    }
    core.with(|state| state.write(|write| Ok(write.purge_document(id)?))).unwrap();
    assert_eq!((of(&core), kept(&core)), (0, None));
}

#[test]
fn what_is_written_while_a_page_is_taken_in_is_kept_with_all_that_arrives() {
    for (times, is_open) in [(20, true), (20, false), (600, true), (600, false)] {
        let mut sent = Sent::edited(1);
        let phone = Phone::new();
        let core = phone.enrolled(&sam());
        take_in(&core, &sent.items, || ()).unwrap();
        let here = sent.items.len();
        sent.edit(times);
        let typed = |text: &str| {
            let shown = core.project(sent.id).unwrap();
            let text = format!("{text}{}", shown.project.sections[&Section::Problem]);
            let edits = [section(Section::Problem, &text)];
            core.edit_project(sent.id, Some(&shown.version), &edits).unwrap();
        };
        if is_open {
            typed("Before. ");
        }
        take_in(&core, &sent.items[here..], || typed("Meanwhile. ")).unwrap();
        let text = problem(&core, sent.id);
        assert!(text.starts_with("Meanwhile. "), "{times} {is_open}: {text}");
        assert!(text.ends_with(&sent.text()), "{times} {is_open}: {text}");
        typed("Afterwards. ");
        let said = problem(&core, sent.id);
        drop(core);
        assert_eq!(problem(&phone.open(), sent.id), said);
    }
}

#[test]
fn what_is_deleted_while_a_page_is_taken_in_stays_deleted() {
    let mut sent = Sent::edited(1);
    let phone = Phone::new();
    let core = phone.enrolled(&asha());
    take_in(&core, &sent.items, || ()).unwrap();
    let here = sent.items.len();
    sent.edit(300);
    let deleted = || core.delete_for_everybody(sent.id).unwrap();
    take_in(&core, &sent.items[here..], deleted).unwrap();
    assert!(matches!(core.project(sent.id), Err(Error::Gone { .. })));
}

#[test]
fn a_phone_believes_only_the_owner_of_the_moment_in_whatever_order_it_hears() {
    let (owner, me) = (asha().person.id, sam().person.id);
    let third = PersonId::from_bytes([9; 16]);
    let claim = |round: u32, to: PersonId| Grant { to, right: Right::Own, round, ..grant_to(me) };
    let mut sent = Sent::edited(1);
    sent.send_by(me, grant_to(me).offer(sent.id).unwrap());
    for (by, grant) in [
        (third, claim(2, me)),
        (third, claim(3, third)),
        (me, claim(4, third)),
        (third, claim(5, third)),
    ] {
        sent.send_by(by, grant.offer(sent.id).unwrap());
    }
    let (_phone, core) = Phone::of(&sam());
    take_in(&core, &sent.items, || ()).unwrap();
    let id = sent.id;
    let owner_here = || core.with(|state| Ok(state.row(id)?.owner)).unwrap();
    let offered_here = || core.with(|state| Ok(state.store().offered_to(id)?)).unwrap();
    assert_eq!((owner_here(), offered_here()), (owner, None));
    assert_eq!(core.project(sent.id).unwrap().my_right, Right::Edit);
    assert!(core.accept_ownership(sent.id).is_err());

    // The acceptance is heard of before the offer.
    let here = sent.items.len();
    sent.send_by(third, claim(7, third).offer(sent.id).unwrap());
    sent.send_by(owner, claim(6, third).offer(sent.id).unwrap());
    take_in(&core, &sent.items[here..=here], || ()).unwrap();
    assert_eq!(owner_here(), owner);
    take_in(&core, &sent.items[here + 1..], || ()).unwrap();
    assert_eq!((owner_here(), offered_here()), (third, None));
    let rows = core.with(|state| Ok(state.store().members(sent.id)?)).unwrap();
    let of_asha = rows.iter().find(|row| row.person == owner);
    assert_eq!(of_asha.map(|row| row.right), Some(Right::Read), "a copy to read");

    // Nobody takes it from its owner.
    let here = sent.items.len();
    let id = enhance_model::ItemId::from_bytes([8; 16]);
    let revoke = Revoke { id, from: third, round: 9, at: AT, for_good: false };
    sent.send(revoke.offer(sent.id).unwrap());
    take_in(&core, &sent.items[here..], || ()).unwrap();
    assert_eq!(owner_here(), third);
}
