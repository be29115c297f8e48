//! What the gate knows of a document is kept beside it: it judges as if it had been made anew, and
//! one that is not of this document is of no use.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod written;

use enhance_documents::{AdmissionRules, Change, Document, Ruling};
use enhance_model::change_project::Section;
use written::{NOW, device, new_project, open, section, write};

/// A phone that took in a plan of this many changes, one of them after it was opened.
fn project(changes: usize) -> (Document, Document, Vec<Change>) {
    let (mut writer, created) = new_project(1);
    let mut made = vec![created];
    for number in 1..changes {
        made.push(write(&mut writer, &[section(Section::Problem, &"word ".repeat(number))]));
    }
    let mut phone = Document::open(&[writer.snapshot().unwrap()], device(2)).unwrap();
    made.push(write(&mut writer, &[section(Section::Team, "Porters")]));
    assert_eq!(phone.catalogued(), 0, "an edit asks for no catalogue, and nor does opening");
    assert!(phone.admit(&[&made[changes].bytes], &AdmissionRules::from_server()).admitted_any());
    (writer, phone, made)
}

#[test]
fn what_is_kept_judges_as_if_it_were_made_anew() {
    let (mut writer, mut phone, made) = project(200);
    let kept = phone.catalogue_bytes().unwrap();
    assert_eq!(phone.catalogued(), 201);
    // It is older than the document: this device wrote on.
    write(&mut phone, &[section(Section::Plan, "A lamp")]);
    let saved = phone.snapshot().unwrap();
    let newest = write(&mut writer, &[section(Section::Team, "Porters and nurses")]);
    let mut away = open(&made[0], 3);
    let old = write(&mut away, &[section(Section::Handover, "Was away for months")]);
    let unknown = write(&mut away, &[section(Section::Handover, "Was away for months, and back")]);
    let mut broken = newest.bytes.clone();
    *broken.last_mut().unwrap() ^= 1;
    let arrivals: [Vec<&[u8]>; 6] = [
        vec![&newest.bytes],
        vec![&old.bytes, &unknown.bytes],
        vec![&unknown.bytes],
        vec![&made[3].bytes, &made[199].bytes, &newest.bytes],
        vec![&broken],
        vec![&newest.bytes, &newest.bytes],
    ];
    for arrival in arrivals {
        let open = || Document::open(&[&saved], device(2)).unwrap();
        let (mut anew, mut recalled) = (open(), open());
        assert!(recalled.recall(&kept));
        assert_eq!(recalled.catalogued(), 201);
        let rules = AdmissionRules::from_server();
        let (expected, found) = (anew.admit(&arrival, &rules), recalled.admit(&arrival, &rules));
        assert_eq!(found.findings, expected.findings);
        assert_eq!(recalled.content(), anew.content());
        assert_eq!(recalled.catalogued(), anew.catalogued());
    }
    let mut recalled = Document::open(&[&saved], device(2)).unwrap();
    assert!(recalled.recall(&kept));
    let admission = recalled.admit(&[&old.bytes], &AdmissionRules::from_server());
    assert_eq!(admission.findings[0].ruling, Ruling::Admitted);
    let again = recalled.catalogue_bytes().unwrap();
    assert!(recalled.recall(&again), "what goes on is kept again");
}

#[test]
fn what_is_not_of_this_document_is_of_no_use() {
    let (_, mut phone, made) = project(20);
    let kept = phone.catalogue_bytes().unwrap();
    let last = made.last().unwrap().hash;
    let (mut without, removed) = phone.without(&[last]).unwrap();
    assert_eq!(removed, [last]);
    assert!(!without.recall(&kept), "a change that was taken out");
    let (mut other, _) = new_project(7);
    assert!(!other.recall(&kept));
    let mut same = Document::open(&[phone.snapshot().unwrap()], device(2)).unwrap();
    for length in [0, 1, 2, kept.len() / 2, kept.len() - 1] {
        assert!(!same.recall(&kept[..length]), "{length} bytes");
    }
    assert!(same.recall(&kept));
    let edited = same.edit(None, &[section(Section::Equity, "Everybody")], NOW).unwrap();
    assert!(edited.is_some());
}
