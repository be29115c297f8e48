//! What waits for whom, in cases.

use super::*;
use crate::{
    change_project::{Action, ChangeProject, Measure, Observation, Status, Value},
    comments::{Comment, CommentRef, Comments, Said},
    nudge::{self, Nudge},
    personal_record::{EvidenceDeadline, PersonalRecord},
    sign_off::{
        Decision, SignOff, SignOffRequest, Signer, Subject, SubjectKind, examples::sign_off,
    },
    time::DAY_MS,
};

const TRAINEE: PersonId = PersonId::from_bytes([1; 16]);
const LEE: PersonId = PersonId::from_bytes([2; 16]);
const FELLOW: PersonId = PersonId::from_bytes([3; 16]);
const PLAN: DocumentId = DocumentId::from_bytes([9; 16]);

/// Days after noon of 1 March 2027, a Monday.
fn at(day: i64) -> Timestamp {
    "2027-03-01T12:00:00Z".parse::<Timestamp>().unwrap().plus_millis(day * DAY_MS)
}

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn facts(owner: PersonId, changed_at: Timestamp) -> DocumentFacts<'static> {
    let (title, written_at, is_seen) = ("Falls at night", None, false);
    DocumentFacts { id: PLAN, owner, title, changed_at, written_at, is_seen }
}

const fn trainee() -> InboxReader {
    InboxReader { person: TRAINEE, is_educator: false }
}

const fn lee() -> InboxReader {
    InboxReader { person: LEE, is_educator: true }
}

fn said(comments: &[(u8, &str, i64)]) -> Comments {
    let comment = |(id, anchor, day): &(u8, &str, i64)| {
        (item(*id), Comment { body: format!("said {id}"), ..about(anchor, at(*day)) })
    };
    Comments { comments: comments.iter().map(comment).collect(), ..Comments::about(PLAN) }
}

fn about(anchor: &str, at: Timestamp) -> Comment {
    let (body, anchor) = ("said".to_owned(), anchor.parse().unwrap());
    let (span, answers) = (None, None);
    Comment { body, anchor, span, answers, at, edited_at: None, resolved_at: None }
}

/// The same with whose they are, each in a document of their own.
fn by<'a>(comments: &[(PersonId, &'a Comments)]) -> Vec<Said<'a>> {
    let said = |(by, comments): &(PersonId, &'a Comments)| Said {
        document: DocumentId::from_bytes(*by.as_bytes()),
        by: *by,
        comments,
    };
    comments.iter().map(said).collect()
}

fn kinds(items: Vec<InboxItem>, now: Timestamp) -> Vec<InboxKind> {
    waiting(items, now).into_iter().map(|one| one.kind).collect()
}

#[test]
fn a_copy_waits_for_who_got_it_until_it_was_seen() {
    let facts = facts(TRAINEE, at(0));
    assert_eq!(kinds(copy(lee(), &facts, at(0), &[]), at(0)), [InboxKind::CopyShared]);
    assert_eq!(copy(trainee(), &facts, at(0), &[]), []);
    assert_eq!(copy(lee(), &DocumentFacts { is_seen: true, ..facts }, at(0), &[]), []);
}

#[test]
fn what_is_said_about_a_copy_waits_for_who_shared_it_and_an_answer_for_its_reader() {
    let facts = DocumentFacts { is_seen: true, ..facts(TRAINEE, at(0)) };
    let first = said(&[(1, "", 1)]);
    let said_by_lee = by(&[(LEE, &first)]);
    let waits = copy(trainee(), &facts, at(0), &said_by_lee);
    assert_eq!(kinds(waits.clone(), at(2)), [InboxKind::CommentAnswered]);
    assert_eq!((waits[0].words.as_str(), waits[0].from.as_slice()), ("said 1", &[LEE][..]));
    assert_eq!(copy(lee(), &facts, at(0), &said_by_lee), [], "one's own words wait for nobody");

    let mut answer = said(&[(2, "", 3)]);
    let reference = CommentRef { document: said_by_lee[0].document, id: item(1) };
    answer.comments.get_mut(&item(2)).unwrap().answers = Some(reference);
    let both = by(&[(LEE, &first), (TRAINEE, &answer)]);
    assert_eq!(kinds(copy(lee(), &facts, at(0), &both), at(4)), [InboxKind::CommentAnswered]);
    assert_eq!(copy(trainee(), &facts, at(0), &both), []);
}

#[test]
fn a_request_waits_for_who_is_asked_and_for_nobody_else() {
    let subject = Subject {
        kind: SubjectKind::Project,
        document: Some(PLAN),
        key: String::new(),
        items: [].into(),
        version: crate::Version::default(),
    };
    let asked = SignOffRequest {
        subject,
        title: "Falls at night".into(),
        text: "text".into(),
        asked: Some(LEE),
        message: "Before Friday,\nplease.".into(),
        at: at(0),
    };
    let items = request(lee(), &facts(TRAINEE, at(0)), &asked, (&[], &[]));
    assert_eq!(items[0].words, "Before Friday, please.");
    assert_eq!((items[0].from.as_slice(), items[0].receipt), (&[TRAINEE][..], Some(PLAN)));
    let seen = DocumentFacts { is_seen: true, ..facts(TRAINEE, at(0)) };
    assert_eq!(request(lee(), &seen, &asked, (&[], &[])).len(), 1, "seeing it is not doing it");
    let fellow = InboxReader { person: FELLOW, is_educator: true };
    assert_eq!(request(fellow, &facts(TRAINEE, at(0)), &asked, (&[], &[])), []);
}

#[test]
fn who_is_asked_is_told_what_was_witnessed_in_their_name_until_they_have_seen_it() {
    let witnessed = Some("consultant on this ward".to_owned());
    let signer = Signer { person: Some(LEE), name: "Dr Lee".into(), witnessed };
    let one = SignOff { trainee_name: "Asha Rao".into(), signer, ..sign_off() };
    let asked = SignOffRequest {
        subject: one.subject.clone(),
        title: "Falls at night".into(),
        text: "text".into(),
        asked: Some(LEE),
        message: String::new(),
        at: at(0),
    };
    let id = DocumentId::from_bytes([8; 16]);
    let of = |me, sign_off: &SignOff, is_seen| {
        let answers = [AnswerFacts { id, sign_off, is_over_witnessed: false, is_seen }];
        request(me, &facts(TRAINEE, at(0)), &asked, (&answers, &[]))
    };
    let told = of(lee(), &one, false);
    assert_eq!(told.iter().map(|it| it.kind).collect::<Vec<_>>(), [InboxKind::SignOffWitnessed]);
    let words = "Asha Rao says that you signed it on their device. Well thought through.";
    assert_eq!((told[0].words.as_str(), told[0].from.as_slice()), (words, &[TRAINEE][..]));
    assert_eq!(told[0].receipt, Some(id));
    assert_eq!(of(lee(), &one, true), [], "seen");
    let returned =
        SignOff { decision: Decision::Returned, statement: String::new(), ..one.clone() };
    let words = "Asha Rao says that you returned it on their device.";
    assert_eq!(of(lee(), &returned, false)[0].words, words);
    assert_eq!(of(trainee(), &one, false), [], "who witnessed it knows");
    let fellow = InboxReader { person: FELLOW, is_educator: true };
    assert_eq!(of(fellow, &one, false), [], "it is not in their name");
    let other = Signer { person: Some(FELLOW), ..one.signer.clone() };
    let told = of(lee(), &SignOff { signer: other, ..one.clone() }, false);
    assert_eq!(told[0].kind, InboxKind::SignOffAsked, "somebody else answered");
    let own = Signer { witnessed: None, ..one.signer.clone() };
    assert_eq!(of(lee(), &SignOff { signer: own, ..one }, false), []);
}

#[test]
fn a_comment_waits_until_the_last_word_is_ones_own_or_it_is_settled() {
    let shown = ChangeProject { status: Status::Planning, ..ChangeProject::default() };
    let of = |me, comments: &[(PersonId, &Comments)]| {
        kinds(project(me, &facts(TRAINEE, at(0)), &shown, &by(comments)), at(5))
    };
    let [asked, mut answer] = [said(&[(1, "aim", 1)]), said(&[(2, "aim", 2)])];
    let document = DocumentId::from_bytes(*TRAINEE.as_bytes());
    let place = CommentRef { document, id: item(1) };
    answer.comments.get_mut(&item(2)).unwrap().answers = Some(place);
    assert_eq!(of(lee(), &[(TRAINEE, &asked)]), [InboxKind::CommentUnanswered]);
    assert_eq!(of(lee(), &[(TRAINEE, &asked), (LEE, &answer)]), []);
    let both = [(TRAINEE, &asked), (LEE, &answer)];
    assert_eq!(of(trainee(), &both), [InboxKind::CommentAnswered]);
    let mut settled = asked.clone();
    settled.resolved.insert(item(1), at(3));
    assert_eq!(of(lee(), &[(TRAINEE, &settled)]), []);
    let bystander = InboxReader { person: FELLOW, is_educator: false };
    assert_eq!(of(bystander, &[(TRAINEE, &asked)]), [], "it is not theirs to answer");
}

#[test]
fn an_action_is_overdue_from_the_day_after_it_was_due() {
    let mut shown = ChangeProject { status: Status::Testing, ..ChangeProject::default() };
    let due = Some(day("2027-03-10"));
    let action = Action { text: "Order lamps".into(), due, ..Action::default() };
    shown.actions.insert(item(4), action);
    let of = |shown: &ChangeProject, moment: &str| {
        let items = project(trainee(), &facts(TRAINEE, at(0)), shown, &[]);
        kinds(items, moment.parse().unwrap())
    };
    assert_eq!(of(&shown, "2027-03-10T23:59:00Z"), []);
    assert_eq!(of(&shown, "2027-03-11T00:00:00Z"), [InboxKind::ActionOverdue]);
    shown.actions.get_mut(&item(4)).unwrap().owner = Some(FELLOW);
    assert_eq!(of(&shown, "2027-03-11T00:00:00Z"), [], "it is somebody else's");
    shown.actions.get_mut(&item(4)).unwrap().owner = None;
    shown.status = Status::Completed;
    assert_eq!(of(&shown, "2027-03-11T00:00:00Z"), [], "the shown is over");
}

#[test]
fn a_project_is_silent_thirty_days_after_the_last_word_in_it_for_who_helps_it_along() {
    let shown = ChangeProject { status: Status::Testing, ..ChangeProject::default() };
    let said = said(&[(1, "", 10)]);
    let of = |me, comments: &[(PersonId, &Comments)], now| {
        let items = project(me, &facts(TRAINEE, at(0)), &shown, &by(comments));
        kinds(items, now)
    };
    assert_eq!(of(lee(), &[], at(29)), []);
    assert_eq!(of(lee(), &[], at(30)), [InboxKind::ProjectSilent]);
    assert_eq!(of(trainee(), &[], at(30)), []);
    let spoke = of(lee(), &[(LEE, &said)], at(39));
    assert_eq!(spoke, [], "a comment is a word as well");
}

#[test]
fn a_measure_waits_once_a_whole_period_has_no_value() {
    let mut shown = ChangeProject { status: Status::Testing, ..ChangeProject::default() };
    let frequency = "every Monday".to_owned();
    shown.measures.insert(item(5), Measure { frequency, ..Measure::default() });
    let value: Value = "3".parse().unwrap();
    shown.observations.insert(item(6), Observation::new(item(5), day("2027-03-01"), value));
    let of = |shown: &ChangeProject, now: &str| {
        let items = project(lee(), &facts(TRAINEE, at(20)), shown, &[]);
        kinds(items, now.parse().unwrap())
    };
    assert_eq!(of(&shown, "2027-03-14T23:00:00Z"), [], "the week is not over");
    assert_eq!(of(&shown, "2027-03-15T00:00:00Z"), [InboxKind::MeasureWithoutValue]);
    let value: Value = "2".parse().unwrap();
    shown.observations.insert(item(7), Observation::new(item(5), day("2027-03-12"), value));
    assert_eq!(of(&shown, "2027-03-15T00:00:00Z"), []);
    shown.measures.get_mut(&item(5)).unwrap().frequency = "when there is time".into();
    assert_eq!(of(&shown, "2028-03-15T00:00:00Z"), [InboxKind::ProjectSilent]);
}

#[test]
fn a_member_who_writes_a_thousand_comments_fills_no_inbox() {
    let shown = ChangeProject { status: Status::Planning, ..ChangeProject::default() };
    let mut said = said(&[]);
    for number in 0..1_000_u64 {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&number.to_be_bytes());
        said.comments.insert(ItemId::from_bytes(id), about("", at(1)));
    }
    let items = project(lee(), &facts(TRAINEE, at(0)), &shown, &by(&[(FELLOW, &said)]));
    let comments = items.iter().filter(|one| one.kind == InboxKind::CommentUnanswered);
    assert_eq!(comments.count(), MOST_OF_KIND);
}

#[test]
fn ones_own_nudge_waits_for_nobody_after_a_takeover_and_another_ones_does() {
    let shown = ChangeProject::default();
    let nudge = Nudge { anchor: String::new(), why: "How is it going?".into(), at: at(3) };
    let id = nudge::id_of(PLAN, "", day("2027-03-04"));
    let nudged = Comments { nudges: [(id, nudge)].into(), ..said(&[]) };
    // The plan is Lee's by now, who had nudged its owner before.
    let of = |comments: &[(PersonId, &Comments)]| {
        let items = project(lee(), &facts(LEE, at(0)), &shown, &by(comments)).into_iter();
        items.filter(|one| one.kind == InboxKind::Nudge).collect::<Vec<_>>()
    };
    assert_eq!(of(&[(LEE, &nudged)]), []);
    let both = of(&[(LEE, &nudged), (FELLOW, &nudged)]);
    assert_eq!(both.iter().map(|one| one.from.as_slice()).collect::<Vec<_>>(), [[FELLOW]]);
}

#[test]
fn a_nudge_waits_for_the_owner_alone() {
    let shown = ChangeProject::default();
    let nudge = Nudge { anchor: String::new(), why: "How is it going?".into(), at: at(3) };
    let id = nudge::id_of(PLAN, "", day("2027-03-04"));
    let nudged = Comments { nudges: [(id, nudge)].into(), ..said(&[]) };
    let comments = by(&[(LEE, &nudged), (FELLOW, &nudged)]);
    let items = project(trainee(), &facts(TRAINEE, at(0)), &shown, &comments);
    assert_eq!(kinds(items.clone(), at(4)), [InboxKind::Nudge]);
    assert_eq!(items[0].from, [LEE, FELLOW]);
    assert_eq!(kinds(project(lee(), &facts(TRAINEE, at(0)), &shown, &comments), at(4)), []);
}

fn nudged(why: &str, day: i64) -> Comments {
    let nudge = Nudge { anchor: String::new(), why: why.into(), at: at(day) };
    let id = nudge::id_of(PLAN, "", at(day).date());
    Comments { nudges: [(id, nudge)].into(), ..said(&[]) }
}

/// The nudges that wait for the trainee, who wrote in her plan herself on a day.
fn nudges_after(comments: &[(PersonId, &Comments)], written: Option<i64>) -> Vec<InboxItem> {
    // Somebody else wrote in it after everything.
    let facts = DocumentFacts { written_at: written.map(at), ..facts(TRAINEE, at(9)) };
    let items = project(trainee(), &facts, &ChangeProject::default(), &by(comments)).into_iter();
    items.filter(|one| one.kind == InboxKind::Nudge).collect()
}

#[test]
fn a_nudge_waits_until_who_is_nudged_writes_herself_whatever_others_write() {
    let nudge = nudged("How is it going?", 3);
    let waits = |written| nudges_after(&[(LEE, &nudge)], written).len();
    assert_eq!(waits(None), 1, "others wrote, she did not");
    assert_eq!(waits(Some(2)), 1, "she wrote before it was sent");
    assert_eq!(waits(Some(4)), 0, "she wrote after it");
}

#[test]
fn who_nudges_later_on_a_day_makes_another_thing_to_see() {
    let (one, other) = (nudged("How is it going?", 3), nudged("Any news of the lamps?", 3));
    let alone = nudges_after(&[(LEE, &one)], None);
    let both = nudges_after(&[(LEE, &one), (FELLOW, &other)], None);
    assert_eq!((alone.len(), both.len()), (1, 1));
    assert_ne!(alone[0].id, both[0].id, "what the fellow says was not seen with it");
    let turned = nudges_after(&[(FELLOW, &other), (LEE, &one)], None);
    assert_eq!(turned, both, "in whatever order they came");
}

#[test]
fn what_several_nudgers_say_is_read_with_their_names_and_whole() {
    let long = format!("Any news of the lamps? {}", "They are dark. ".repeat(16));
    let (one, other) = (nudged("How is it going?", 3), nudged(&long, 3));
    let both = nudges_after(&[(LEE, &one), (FELLOW, &other)], None);
    let named = |person| (person == LEE).then(|| "Dr Lee".to_owned());
    let words = both[0].words_with_names(&named);
    assert_eq!(words, format!("Dr Lee: How is it going? / somebody: {}", long.trim()));
    let same = nudges_after(&[(LEE, &one), (FELLOW, &one)], None);
    assert_eq!(same[0].words_with_names(&named), "How is it going?", "the same is said once");
}

#[test]
fn a_deadline_waits_from_28_days_before_it_and_each_warning_takes_the_place_of_the_last() {
    let at = day("2027-06-01");
    let deadline = EvidenceDeadline { name: "ARCP".into(), at, ..EvidenceDeadline::default() };
    let mut held = PersonalRecord::default();
    held.deadlines.insert(item(8), deadline);
    let items = record(trainee(), &facts(TRAINEE, Timestamp::default()), &held);
    let of = |now: &str| waiting(items.clone(), now.parse().unwrap());
    assert_eq!(of("2027-05-03T23:00:00Z"), []);
    let [first, second] = [of("2027-05-04T00:00:00Z"), of("2027-05-18T00:00:00Z")];
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first[0].id, second[0].id, "what was seen at 28 days comes again at 14");
    assert_eq!(of("2027-08-01T00:00:00Z").len(), 1);
}

#[test]
fn the_newest_comes_first_and_ids_follow_from_what_waits() {
    let shown = ChangeProject { status: Status::Planning, ..ChangeProject::default() };
    let said = said(&[(1, "aim", 1), (2, "problem", 2)]);
    let of = || project(lee(), &facts(TRAINEE, at(0)), &shown, &by(&[(TRAINEE, &said)]));
    let items = waiting(of(), at(5));
    assert_eq!(items[0].place, "problem");
    assert_eq!(items, waiting(of(), at(5)));
}

#[test]
fn each_kind_says_how_it_leaves() {
    for kind in InboxKind::ALL {
        assert!(kind.until().starts_with("It leaves the inbox when"), "{kind}");
    }
}
