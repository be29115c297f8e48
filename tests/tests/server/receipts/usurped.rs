//! A restored server is told by somebody else of a document that it lost: whose it was stays.

use enhance_model::{DocumentKind, RefusalCode, Right, Role};
use enhance_protocol::{Brought, EntryKind, Offer, Outcome};
use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{create, delete, entries, hashes, revoke},
    },
    world::World,
};

use super::{Shelf, code, is_stored, outcomes};

/// A project of Asha's in which Ben edits and Mallory reads, lost with a restore, and what each
/// of them holds of it.
struct Usurped {
    world: World,
    asha: BareDevice,
    ben: BareDevice,
    mallory: BareDevice,
    project: BareDocument,
    all: Vec<Brought>,
    /// The server before it lost anything.
    whole: std::path::PathBuf,
}

fn lost() -> Usurped {
    let mut world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let mut mallory = world.bare_device(Role::Fellow, "Mallory");
    let backup = world.server.backup();
    let mut project = asha.project("Fewer falls");
    let mut offers = project.offers();
    offers.push(project.write("Patients fall."));
    asha.store(offers);
    asha.lets_in(&ben, project.id, Right::Edit, 1);
    asha.lets_in(&mallory, project.id, Right::Comment, 2);
    let said = mallory.comments(project.id);
    let mut shelf = Shelf::default();
    shelf.pull(&mut mallory);
    shelf.offer(&mallory, said.offers());
    let whole = world.server.backup();
    world.server.restore(&backup);
    let all = shelf.all();
    Usurped { world, asha, ben, mallory, project, all, whole }
}

/// What Mallory makes known in the place of a document.
fn usurping(mallory: &BareDevice, id: enhance_model::DocumentId, kind: DocumentKind) -> Vec<Offer> {
    if kind.is_sealed() {
        return vec![create(id, kind, None, Some(vec![1; 72]))];
    }
    let made = mallory.project("Mallory's");
    let first = Offer { document: id, ..made.first };
    vec![create(id, kind, None, None), first]
}

/// It is Asha's as it was, for everybody: she reads all of it, says who has part in it, and
/// Mallory's words are in it no more.
#[track_caller]
fn assert_ashas(case: &str, told: &mut Usurped) {
    let Usurped { asha, ben, mallory, project, all, .. } = told;
    asha.cursor = enhance_protocol::Cursor::default();
    let items = asha.pull();
    let back = hashes(&items);
    for one in all.iter() {
        assert!(back.contains(&one.offer.hash), "{case}: {:?}", one.offer.kind);
    }
    let creates: Vec<_> = entries(&items)
        .into_iter()
        .filter(|one| one.offer.kind == EntryKind::Create && one.offer.document == project.id)
        .map(|one| one.person)
        .collect();
    assert_eq!(creates, [asha.person.id], "{case}");
    let words = project.on(ben, &[&project.first]).write("Ben goes on.");
    assert!(is_stored(&ben.offer(vec![words])[0]), "{case}");
    let refused = mallory.offer(vec![delete(project.id)]);
    assert_eq!(code(&refused[0]), RefusalCode::NotGranted, "{case}");
    asha.store(vec![revoke(project.id, mallory.person.id, 9)]);
}

#[test]
fn whose_a_lost_document_was_outranks_who_makes_it_known_once_more() {
    for kind in [DocumentKind::ChangeProject, DocumentKind::Reflection] {
        for (case, deletes, hands_on) in [
            ("made known", false, false),
            ("and deleted", true, false),
            ("and shared", false, true),
        ] {
            let mut told = lost();
            let (mallory, id) = (&told.mallory, told.project.id);
            mallory.store(usurping(mallory, id, kind));
            let another = told.world.bare_device(Role::Partner, "Dan");
            if hands_on && kind == DocumentKind::ChangeProject {
                mallory.lets_in(&another, id, Right::Edit, 3);
            }
            if deletes {
                mallory.store(vec![delete(id)]);
            }
            // Ben brings it; that it is Asha's says her receipt.
            for outcome in outcomes(&told.ben, told.all.clone()) {
                assert!(is_stored(&outcome), "{kind} {case}: {outcome:?}");
            }
            // And once more by Mallory, with what she got for her own.
            let again = usurping(&told.mallory, id, kind);
            assert_eq!(code(&told.mallory.offer(again)[0]), RefusalCode::DocumentExists);
            if hands_on {
                let words = told.project.on(&another, &[&told.project.first]).write("Dan's");
                let refused = another.offer(vec![words]);
                assert_eq!(code(&refused[0]), RefusalCode::UnknownDocument, "{case}");
            }
            assert_ashas(case, &mut told);
            let trail = told.world.server.command(&["audit"]).unwrap();
            assert_eq!(trail.matches("in the place of").count(), 1, "{case}: {trail}");
        }
    }
}

/// Both hold a good receipt: Asha's is the earlier one, in whatever order they come.
#[test]
fn of_two_receipts_for_one_document_the_earlier_counts_in_whatever_order_they_come() {
    for order in [[0, 1, 1], [1, 0, 1], [0, 1, 0], [1, 1, 0]] {
        let mut told = lost();
        let before = told.world.server.backup();
        let mut shelf = Shelf::default();
        let id = told.project.id;
        let theirs = usurping(&told.mallory, id, DocumentKind::ChangeProject);
        shelf.offer(&told.mallory, theirs);
        let theirs = shelf.all();
        told.world.server.restore(&before);
        for whose in order {
            let brought = if whose == 0 { told.all.clone() } else { theirs.clone() };
            outcomes(&told.ben, brought);
        }
        assert_ashas(&format!("{order:?}"), &mut told);
    }
}

/// A copy of the database in which it is Asha's is put back after Mallory had hers stored.
#[test]
fn a_later_receipt_takes_nothing_from_a_server_that_never_lost_it() {
    let mut told = lost();
    let mut shelf = Shelf::default();
    shelf.offer(
        &told.mallory,
        usurping(&told.mallory, told.project.id, DocumentKind::ChangeProject),
    );
    told.world.server.restore(&told.whole);
    for outcome in outcomes(&told.mallory, shelf.all()) {
        assert!(!is_stored(&outcome), "{outcome:?}");
    }
    assert_ashas("kept", &mut told);
}

/// What was said about it by others meanwhile stays, and so does what Mallory had said before.
#[test]
fn what_others_said_about_it_meanwhile_stays() {
    let mut told = lost();
    let Usurped { ben, mallory, project, all, asha, .. } = &mut told;
    mallory.store(usurping(mallory, project.id, DocumentKind::ChangeProject));
    mallory.lets_in(ben, project.id, Right::Comment, 3);
    let said = ben.comments(project.id);
    ben.store(said.offers());
    let (of_comments, rest): (Vec<_>, Vec<_>) =
        all.iter().cloned().partition(|one| one.offer.document != project.id);
    assert!(!of_comments.is_empty());
    // What is about it comes first: it is stored about hers, goes with it, and comes once more.
    assert!(outcomes(ben, of_comments.clone()).iter().all(is_stored));
    assert!(outcomes(ben, rest).iter().all(is_stored));
    assert!(outcomes(ben, of_comments).iter().all(is_stored));
    asha.cursor = enhance_protocol::Cursor::default();
    let back = hashes(&asha.pull());
    assert!(said.offers().iter().all(|offer| back.contains(&offer.hash)));
    assert_ashas("comments", &mut told);
}

/// Asha joined after the backup, so that nothing can be hers: hers is refused, in words, and so
/// is each change of it.
#[test]
fn what_can_be_nobodys_is_refused_and_holds_nothing_up() {
    let mut world = World::new();
    let mut mallory = world.bare_device(Role::Fellow, "Mallory");
    let backup = world.server.backup();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let mut project = asha.project("Fewer falls");
    let mut offers = project.offers();
    offers.push(project.write("Patients fall."));
    asha.store(offers);
    asha.lets_in(&mallory, project.id, Right::Edit, 1);
    let mut shelf = Shelf::default();
    shelf.pull(&mut mallory);
    world.server.restore(&backup);
    mallory.store(usurping(&mallory, project.id, DocumentKind::ChangeProject));
    for (one, outcome) in shelf.all().iter().zip(outcomes(&mallory, shelf.all())) {
        match one.offer.kind {
            EntryKind::Create => assert_eq!(code(&outcome), RefusalCode::UnknownPerson),
            _ => assert!(!is_stored(&outcome), "{outcome:?}"),
        }
    }
    let own = create(project.id, DocumentKind::ChangeProject, None, None);
    assert_eq!(mallory.offer(vec![own]), [Outcome::Duplicate], "hers as it was");
}
