//! On a full disk words still go out, and what is deleted is room for others.

use std::fs;

use enhance_model::Role;
use enhance_tests::{content, world::World};

use crate::disk::{after, on_a_disk, with_a_reflection};

const PHOTOGRAPH: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");

/// A photograph of some hundred kilobytes.
fn large_photograph() -> Vec<u8> {
    let find = |from: usize, sign: u8| {
        let rest = PHOTOGRAPH[from..].windows(2);
        from + rest.into_iter().position(|two| two == [0xff, sign]).unwrap()
    };
    let end = find(find(0, 0xda), 0xd9);
    let mut large = PHOTOGRAPH[..end].to_vec();
    large.resize(large.len() + 400_000, 0x55);
    large.extend_from_slice(&PHOTOGRAPH[end..]);
    large
}

/// Whether a step ended well.
#[track_caller]
fn went_well(said: &str, step: &str) {
    assert!(after(said, step).ends_with("= 0"), "{step}: {said}");
}

#[test]
fn d1_what_was_not_sent_is_sent_on_a_full_disk_and_what_comes_waits_for_room() {
    let world = World::new();
    let (home, id) = with_a_reflection(&world);
    let (ben, _) = world.home(Role::Supervisor, "Dr Ben Okoro");
    ben.json(&["sync"]);
    home.json(&["sync"]);
    let new = format!("--json reflect new --template {}", content::TEMPLATE);
    let steps = format!(
        r#"
e sync # The copy of the home becomes a device of its own.
for number in 1 2 3 4 5; do
e {new} --title "Night $number" --answer "what=Never sent before. $(head -c 3000 /dev/zero | tr '\0' w)"
done
e reflect share {id} --with "Ben Okoro"
fill 1
echo "@ send"; e --json sync
echo "@ sent"; e --json status
for round in 1 2 3; do
fill "again-$round"
echo "@ list $round"; e reflect list
echo "@ again $round"; e --json sync
done
"#
    );
    let said = on_a_disk("8m", &home, &steps);
    went_well(&said, "send");
    assert!(after(&said, "sent").contains("\"waiting_entries\": 0"), "{said}");
    for round in 1..=3 {
        went_well(&said, &format!("list {round}"));
        went_well(&said, &format!("again {round}"));
    }
    ben.json(&["sync"]);
    let shared = ben.text(&["reflect", "shared"]);
    assert!(shared.contains("A long night"), "{shared}\n{said}");
}

#[test]
fn d1_what_comes_to_a_full_disk_is_told_after_what_waits_was_sent_and_comes_once_there_is_room() {
    let world = World::new();
    let (home, id) = with_a_reflection(&world);
    let (ben, _) = world.home(Role::Supervisor, "Dr Ben Okoro");
    home.json(&["sync"]);
    home.json(&["reflect", "share", &id, "--with", "Ben Okoro"]);
    home.json(&["sync"]);
    ben.json(&["sync"]);
    let words = "Words for Asha. ".repeat(1_000);
    let answer = format!("what={words}");
    for number in 1..=20 {
        let title = format!("Round {number}");
        let new = ["reflect", "new", "--template", content::TEMPLATE, "--title", &title];
        let made = ben.json(&[&new[..], &["--answer", &answer]].concat());
        let made = made["document"].as_str().unwrap();
        ben.json(&["reflect", "share", made, "--with", "Asha Karim", "--acknowledge"]);
    }
    ben.json(&["sync"]);
    let steps = format!(
        r#"

e reflect new --template {} --title Unsent --answer "what=Never sent before."
fill 1
echo "@ full"; e --json sync
echo "@ status"; e --json status
echo "@ list"; e reflect list
rm "$DISK"/full-*
echo "@ room"; e --json sync
echo "@ shared"; e reflect shared
"#,
        content::TEMPLATE
    );
    let said = on_a_disk("8m", &home, &steps);
    let full = after(&said, "full");
    assert!(full.contains("storage_full") && full.ends_with("= 8"), "{said}");
    assert!(after(&said, "status").contains("\"waiting_entries\": 0"), "{said}");
    went_well(&said, "list");
    went_well(&said, "room");
    assert!(after(&said, "shared").contains("Round 20"), "{said}");
}

#[test]
fn d1_what_is_deleted_on_a_full_disk_is_room_for_words() {
    let world = World::new();
    let (home, _) = with_a_reflection(&world);
    let new = format!("--json reflect new --template {}", content::TEMPLATE);
    let steps = format!(
        r#"
words=$(yes 'The ward was full of frightened people.' | head -n 700)
for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
e {new} --title Long --answer "what=$words" | sed -n 's/.*"document": "\([^"]*\)".*/\1/p' >> "$DISK/long"
done
fill 1
echo "@ write"; e {new} --title Words --answer "what=$words"
echo "@ delete"
for long in $(cat "$DISK/long"); do e --json reflect delete "$long" --yes; done
fill 2
for round in 1 2 3; do
echo "@ words $round"; e {new} --title "Words $round" --answer what=Marmalade
fill "round-$round"
echo "@ read $round"; e search marmalade
echo "@ sync $round"; e sync
done
echo "@ list"; e reflect list
"#
    );
    let said = on_a_disk("8m", &home, &steps);
    assert!(after(&said, "write").contains("storage_full"), "{said}");
    assert_eq!(after(&said, "delete").matches("= 0").count(), 12, "{said}");
    for round in 1..=3 {
        for step in ["words", "read", "sync"] {
            went_well(&said, &format!("{step} {round}"));
        }
    }
    let list = after(&said, "list");
    assert!(list.contains("Words 3") && list.ends_with("= 0"), "{said}");
}

#[test]
fn d1_an_attachment_is_taken_away_on_a_full_disk_and_its_room_is_free() {
    let world = World::new();
    let (home, id) = with_a_reflection(&world);
    fs::write(home.path().join("board.jpg"), large_photograph()).unwrap();
    let new = format!("--json reflect new --template {}", content::TEMPLATE);
    let steps = format!(
        r#"
for number in 1 2; do
cp "$DISK/home/board.jpg" "$DISK/home/board-$number.jpg"
e attach {id} "$DISK/home/board-$number.jpg" --again
done
echo "@ attached"; e attachments {id}
fill 1
echo "@ remove"; e attachments {id} remove board-1.jpg
e attachments {id} remove board-2.jpg
echo "@ words"; e {new} --title Words --answer what=Marmalade
echo "@ list"; e reflect list
"#
    );
    let said = on_a_disk("96m", &home, &steps);
    for step in ["attached", "remove", "words", "list"] {
        went_well(&said, step);
    }
    assert!(after(&said, "list").contains("Words"), "{said}");
}
