//! The form that is signed, and what is hashed.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{examples::sign_off, *};
use crate::{
    DeviceId, Minutes, Tag,
    attachment::{Attachment, MediaType},
    personal_record::{
        ActivityCompletion, EvidenceSource, LearningSession, ModuleCompletion, PersonalRecord,
        SessionKind,
    },
    reflection::{AskedPrompt, Reflection},
};

#[test]
fn what_is_hashed_is_the_text_in_nfc_with_one_kind_of_line_end_and_nothing_else() {
    let cases = include_str!("../../tests/vectors/signature.json");
    let cases: serde_json::Value = serde_json::from_str(cases).unwrap();
    for case in cases.as_array().unwrap() {
        let text = |name: &str| case["input"][name].as_str().unwrap();
        let hash = |name: &str| text_hash(text(name)).to_string();
        let id = &case["id"];
        assert_eq!(hash("a"), case["want"]["a"].as_str().unwrap(), "{id}");
        assert_eq!(hash("b"), case["want"]["b"].as_str().unwrap(), "{id}");
        assert_eq!(hash("a") == hash("b"), case["want"]["same"].as_bool().unwrap(), "{id}");
    }
    assert_eq!(text_hash("Zo\u{eb}"), text_hash("Zoe\u{308}"), "composed or not");
    assert_ne!(text_hash("ﬁt"), text_hash("fit"), "a ligature is another letter");
    assert_ne!(text_hash("10 mg"), text_hash("10\u{a0}mg"), "and so is another space");
    assert_eq!(text_hash("a\rb"), text_hash("a\nb"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a file of a test is written when it is asked for")]
fn the_form_that_is_signed_is_as_it_always_was() {
    let one = sign_off();
    for (name, bytes) in [
        ("sign-off-1.bin", one.signed_bytes()),
        ("device-key-1.bin", one.certificate.signed_bytes()),
    ] {
        let file = format!("{}/tests/golden/sign_off/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("ENHANCE_BLESS").is_some() {
            std::fs::write(&file, &bytes).unwrap();
        }
        assert!(std::fs::read(&file).unwrap() == bytes, "{name}");
    }
}

#[test]
fn each_part_of_a_sign_off_is_signed() {
    let one = sign_off();
    let person = Some(PersonId::from_bytes([15; 16]));
    let mut others = vec![one.clone(); 19];
    others[0].request = DocumentId::from_bytes([11; 16]);
    others[1].trainee = PersonId::from_bytes([12; 16]);
    others[2].subject.kind = SubjectKind::Reflection;
    others[3].subject.document = None;
    others[4].subject.key = "falls".into();
    others[5].subject.items = [ItemId::from_bytes([1; 16])].into();
    others[6].subject.version = Version::default();
    others[7].text_sha256 = text_hash("Falls at noon\n");
    others[8].decision = Decision::Returned;
    others[9].role = SupervisorRole::Educational;
    others[10].statement.push(' ');
    others[11].signer.person = person;
    others[12].signer.name.push('s');
    others[13].signer.witnessed = Some(String::new());
    others[14].at = one.at.plus_millis(1);
    others[15].supersedes = Some(DocumentId::from_bytes([1; 16]));
    others[16].certificate.key = PublicKey::from_bytes([17; 32]);
    others[18].trainee_name = "Ana Costa".into();
    others[17].certificate.device = DeviceId::from_bytes([16; 16]);
    let forms: BTreeSet<Vec<u8>> = others.iter().chain([&one]).map(SignOff::signed_bytes).collect();
    assert_eq!(forms.len(), others.len() + 1, "each has a form of its own");
}

#[test]
fn a_sign_off_is_read_back_from_its_json() {
    let one = sign_off();
    let json = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<SignOff>(&json).unwrap(), one);
    assert!("0".repeat(63).parse::<PublicKey>().is_err());
    assert!("g".repeat(64).parse::<PublicKey>().is_err());
    assert!(serde_json::from_str::<PublicKey>(&format!("\"{} \"", one.certificate.key)).is_err());
}

#[test]
fn a_key_is_typed_as_it_is_printed_or_dictated() {
    let key = PublicKey::from_bytes([0xa7; 32]);
    let digits = key.to_string();
    let groups: Vec<&str> = (0..digits.len()).step_by(4).map(|at| &digits[at..at + 4]).collect();
    for between in [" ", "-", "\u{2013}", "\u{a0}", "\n"] {
        assert_eq!(groups.join(between).to_uppercase().parse(), Ok(key), "{between:?}");
    }
    let full_width: String = digits.replace('7', "\u{ff17}").replace('a', "\u{ff41}");
    assert_eq!(format!("\u{feff}{full_width}\u{200b}").parse(), Ok(key));
    assert!(format!("{digits} 7").parse::<PublicKey>().is_err());
}

#[test]
fn texts_of_modules_that_were_signed_with_ids_are_compared_with_ids() {
    let (id, evidence) = (ItemId::from_bytes([3; 16]), DocumentId::from_bytes([7; 16]));
    let evidence = EvidenceSource::Document(evidence);
    let fact = ModuleCompletion {
        module: "pop".into(),
        evidence: Some(evidence),
        ..ModuleCompletion::default()
    };
    let record =
        PersonalRecord { modules_completed: [(id, fact)].into(), ..PersonalRecord::default() };
    let before = module_text(&record, "pop", &[], None);
    assert!(before.contains(&evidence.to_string()) && names_evidence_by_id(&before));
    let called = EvidenceNames::from([(evidence, "Reflection: A home\ncompleted: never".into())]);
    let called = ModuleNames { evidence: called, ..ModuleNames::default() };
    let named = module_text(&record, "pop", &[], Some(&called));
    assert!(!named.contains(&evidence.to_string()) && !names_evidence_by_id(&named));
    assert_eq!(named.lines().count(), before.lines().count(), "a name makes no lines of its own");
    // What has not come to this device is not known to be called anything else.
    let unknown = module_text(&record, "pop", &[], Some(&ModuleNames::default()));
    assert!(is_same_module(&named, &unknown, &called));
    assert!(!is_same_module(&unknown, &named, &called));
}

/// A reflection with two questions, an answer of before, and a file.
fn nights() -> Reflection {
    let prompt = |key: &str, label: &str| AskedPrompt { key: key.into(), label: label.into() };
    let answers = [("action", "Ring earlier."), ("so_far", "Older."), ("what", "A long night.")];
    let file = Attachment {
        name: "rota.pdf".into(),
        media_type: MediaType::Pdf,
        bytes: 9,
        sealed_bytes: 25,
        sha256: text_hash("sealed"),
        of: None,
        added_at: Timestamp::default(),
    };
    Reflection {
        title: "Nights".into(),
        template: "driscoll".into(),
        template_version: 3,
        prompts: vec![prompt("what", "What happened?"), prompt("action", "What will you do?")],
        answers: answers.map(|(key, answer)| (key.to_owned(), answer.to_owned())).into(),
        prompted_by: Some("pop-read".into()),
        attachments: [(ItemId::from_bytes([1; 16]), file)].into(),
        ..Reflection::default()
    }
}

#[test]
fn what_is_signed_of_a_reflection_has_the_questions_as_they_were_asked_in_their_order() {
    let text = SignedReflection::from(&nights()).text();
    let file = format!("file: rota.pdf · 9 bytes · {}", text_hash("sealed"));
    assert_eq!(
        text,
        format!(
            "Nights\ntemplate: driscoll, version 3\nasked by: pop-read\n{file}\n\n\
             What happened?\nA long night.\n\nWhat will you do?\nRing earlier.\n\nso far\n\
             Older.\n"
        )
    );
}

#[test]
fn texts_of_reflections_that_were_signed_before_are_compared_with_what_they_said() {
    let one = nights();
    let signed = SignedReflection::from(&one).text();
    let before = "Nights\n\nWhat happened?\nA long night.\n\nWhat will you do?\nRing earlier.\n\n\
                  so far\nOlder.\n";
    let by_keys = "Nights\n\naction\nRing earlier.\n\nso far\nOlder.\n\nwhat\nA long night.\n";
    for then in [signed.as_str(), before, by_keys] {
        assert_eq!(SignedReflection::from(&one).text_as_before(then), then);
    }
    assert_eq!(SignedReflection::from(&one).text_like(before), before);
    let mut asked = one.clone();
    asked.prompted_by = None;
    let mut template = one.clone();
    template.template = "quick".into();
    let mut filed = one.clone();
    filed.attachments = crate::Items::new();
    let mut answered = one.clone();
    answered.answers.insert("what".into(), "A short night.".into());
    for (other, was_said) in
        [(&asked, false), (&template, false), (&filed, false), (&answered, true)]
    {
        let other = SignedReflection::from(other);
        assert_ne!(other.text_as_before(&signed), signed);
        assert_eq!(other.text_as_before(before) != before, was_said, "{other:?}");
    }
    let mut sealed_anew = one.clone();
    for file in sealed_anew.attachments.values_mut() {
        file.sha256 = text_hash("sealed anew");
    }
    let read_back = SignedReflection::from(&sealed_anew);
    assert_eq!(read_back.text_as_before(&signed), signed);
    assert_ne!(read_back.text_like(&signed), signed, "in the same account it is another file");
}

#[test]
fn what_is_signed_of_a_session_is_all_that_is_said_of_it() {
    let session = LearningSession {
        title: "Teaching".into(),
        minutes: Minutes(30),
        start: "2026-11-20T09:00:00Z".parse().unwrap(),
        activity: Some("pop-read".into()),
        module: Some("pop".into()),
        provider: "Dr Lee".into(),
        kind: SessionKind::Core,
        ..LearningSession::default()
    };
    let names = |title: &str| ModuleNames {
        modules: [("pop".to_owned(), title.to_owned())].into(),
        ..ModuleNames::default()
    };
    let now = names("Population health");
    let signed = sessions_text(std::slice::from_ref(&session), &now);
    for line in [
        "Learning sessions\n\n2026-11-20 · 30 min · core · Teaching\n",
        "\nactivity: pop-read\n",
        "\nmodule: Population health (pop)\n",
        "\nprovider: Dr Lee\n",
        "\nstart: ",
        "\nsubject: general\n",
    ] {
        assert!(signed.contains(line), "{line}: {signed}");
    }
    let before = "2026-11-20 · 30 min · core · Teaching\n";
    let as_before = |then: &str, one: &LearningSession, names: &ModuleNames| {
        sessions_text_as_before(then, std::slice::from_ref(one), names)
    };
    for names in [&now, &names("Populations"), &ModuleNames::default()] {
        assert_eq!(as_before(&signed, &session, names), signed, "a title is no change");
    }
    assert_eq!(as_before(before, &session, &now), before);
    let mut others = vec![session.clone(); 9];
    others[0].provider = "Dr Okafor".into();
    others[1].part = "room".into();
    others[2].themes = [Tag::Theme("digital".into())].into();
    others[3].subject = crate::personal_record::Subject::Specialty;
    others[4].start = session.start.plus_millis(60_000);
    others[5].module = Some("env".into());
    others[6].activity = None;
    others[7].online = Some(Minutes(10));
    others[8].place = "Ward 7".into();
    for other in &others {
        assert_ne!(as_before(&signed, other, &now), signed, "{other:?}");
        assert_eq!(as_before(before, other, &now), before, "it said nothing of that");
    }
}

#[test]
fn what_is_signed_of_a_module_has_titles_and_a_title_that_changed_is_no_change() {
    let done = ActivityCompletion { activity: "pop-read".into(), ..ActivityCompletion::default() };
    let activities = "pop-read".into();
    let fact = ModuleCompletion { module: "pop".into(), activities, ..ModuleCompletion::default() };
    let record = PersonalRecord {
        modules_completed: [(ItemId::from_bytes([3; 16]), fact)].into(),
        activities_completed: [(ItemId::from_bytes([4; 16]), done)].into(),
        ..PersonalRecord::default()
    };
    let names = |module: &str, activity: &str| ModuleNames {
        modules: [("pop".to_owned(), module.to_owned())].into(),
        activities: [("pop-read".to_owned(), activity.to_owned())].into(),
        evidence: EvidenceNames::new(),
    };
    let then = names("Population health", "Read: the basics");
    let signed = module_text(&record, "pop", &[], Some(&then));
    assert!(signed.starts_with("Module Population health\n"), "{signed}");
    assert!(signed.contains("\nRead: the basics: 1970-01-01\n"), "{signed}");
    assert!(!signed.contains("pop"), "no key: {signed}");
    for now in [then, names("Populations", "Read the basics"), ModuleNames::default()] {
        let text = module_text(&record, "pop", &[], Some(&now));
        assert!(is_same_module(&signed, &text, &now), "{text}");
        assert!(knows_module(&record, "pop", &signed, &now));
    }
    let gone = PersonalRecord { activities_completed: [].into(), ..record };
    let now = names("Population health", "Read: the basics");
    let text = module_text(&gone, "pop", &[], Some(&now));
    assert!(!is_same_module(&signed, &text, &now), "{text}");
}

#[test]
fn what_became_of_a_text_is_told_line_by_line() {
    let difference = Difference::between("one\ntwo\ntwo\nthree", "three\ntwo\nfour\none");
    assert_eq!(
        (difference.gone.as_slice(), difference.new.as_slice()),
        (&["two".to_owned()][..], &["four".to_owned()][..])
    );
    assert_eq!(
        Difference::between("a\nb", "b\na"),
        Difference::default(),
        "what moved is the same"
    );
    let long = "another line\n".repeat(100);
    let difference = Difference::between("", &long);
    assert_eq!((difference.new.len(), difference.more), (40, 60));
}

proptest! {
    /// No two sign-offs share a form, whatever is in their texts: a letter moved from one part to
    /// the next is another form.
    #[test]
    fn parts_do_not_run_into_one_another(name in ".{0,6}", statement in ".{0,6}", cut in 0_usize..6) {
        let mut one = sign_off();
        one.signer.name = name.clone();
        one.statement = statement.clone();
        let joined: Vec<char> = statement.chars().chain(name.chars()).collect();
        let cut = cut.min(joined.len());
        let mut other = one.clone();
        other.statement = joined[..cut].iter().collect();
        other.signer.name = joined[cut..].iter().collect();
        prop_assert_eq!(one == other, one.signed_bytes() == other.signed_bytes());
    }
}

#[test]
fn a_project_read_back_where_its_people_are_not_known_says_the_same_and_else_what_changed() {
    use crate::change_project::{Action, ChangeProject};
    let lee = PersonId::from_bytes([8; 16]);
    let action =
        |text: &str| Action { text: text.to_owned(), owner: Some(lee), ..Action::default() };
    let mut project = ChangeProject { title: "Falls".to_owned(), ..ChangeProject::default() };
    project.actions.insert(ItemId::from_bytes([1; 16]), action("Order lamps"));
    project.actions.insert(ItemId::from_bytes([2; 16]), action("Ask the ward clerk"));
    let signed = project_text(&project, &|_| Some("Dr Lee".to_owned()));
    assert_ne!(project_text(&project, &|_| None), signed);
    assert_eq!(project_text_as_before(&signed, &project, &|_| None), signed);
    // Where they are known and are called something else, it is another text.
    let renamed = |_| Some("Dr Lee-Smith".to_owned());
    assert_ne!(project_text_as_before(&signed, &project, &renamed), signed);
    project.actions.get_mut(&ItemId::from_bytes([1; 16])).unwrap().text =
        "Order torches".to_owned();
    let now = project_text_as_before(&signed, &project, &|_| None);
    let difference = Difference::between(&signed, &now);
    assert_eq!(difference.gone.len(), 1, "{difference:?}");
    assert!(difference.new[0].contains("Order torches"), "{difference:?}");
    project.actions.get_mut(&ItemId::from_bytes([2; 16])).unwrap().owner = None;
    let now = project_text_as_before(&signed, &project, &|_| None);
    assert!(Difference::between(&signed, &now).gone.iter().any(|line| line.contains("Dr Lee")));
}

/// An answer to the one request: of whom, whether by their own key, and in the place of which.
fn answer(id: u8, name: &str, own_key: bool, supersedes: Option<u8>) -> (DocumentId, SignOff) {
    let witnessed = (!own_key).then(|| "works on this ward".to_owned());
    let signer = Signer { person: None, name: name.to_owned(), witnessed };
    let supersedes = supersedes.map(|id| DocumentId::from_bytes([id; 16]));
    (DocumentId::from_bytes([id; 16]), SignOff { signer, supersedes, ..sign_off() })
}

fn which_are_superseded(answers: &[(DocumentId, SignOff)], unsound: &[usize]) -> Vec<bool> {
    let beside = answers.iter().enumerate().map(|(at, (id, sign_off))| {
        let is_sound = !unsound.contains(&at);
        Answer { id: *id, sign_off, publisher: [1; 32], is_sound }
    });
    superseded(&beside.collect::<Vec<_>>())
}

#[test]
fn a_newer_answer_of_the_same_signer_stands_in_the_place_of_the_one_before() {
    let answers = [
        answer(1, "Dr Lee", true, None),
        answer(2, "Dr Lee", true, Some(1)),
        answer(3, "Dr Okafor", true, Some(2)),
    ];
    assert_eq!(which_are_superseded(&answers, &[]), [true, false, false], "and nobody else's");
    assert_eq!(which_are_superseded(&answers, &[1]), [false; 3], "what is not sound does nothing");
}

#[test]
fn what_somebody_signed_with_their_own_key_stands_over_the_trainees_word_for_it() {
    let answers = [
        answer(1, "Dr Lee", false, None),
        answer(2, "Dr Lee", true, None),
        answer(3, "Sister Gail", false, None),
    ];
    assert_eq!(which_are_superseded(&answers, &[]), [true, false, true]);
    assert_eq!(which_are_superseded(&answers, &[1]), [false; 3]);
    let other =
        Answer { id: answers[1].0, sign_off: &answers[1].1, publisher: [2; 32], is_sound: true };
    let witnessed =
        Answer { id: answers[0].0, sign_off: &answers[0].1, publisher: [1; 32], ..other };
    assert_eq!(superseded(&[witnessed, other]), [false; 2], "another organisation's");
}
