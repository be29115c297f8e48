//! `enhance` on a disk that is full, small, or takes no writing: a real one, in memory.
//!
//! The disk is mounted in a mount namespace of its own, which anybody may make on Linux
//! (`unshare --mount --map-root-user`). Where the system forbids that these tests fail and say so.

use std::process::Command;

use enhance_model::Role;
use enhance_tests::{content, home::Home, programs, world::World};

/// What the steps of every script can call: `e` is `enhance` in the home on the disk, and says how it
/// ended; `fill` takes the last byte of the disk.
const WORDS: &str = r#"
mount -t tmpfs -o size="$SIZE" tmpfs "$DISK"
cp -a "$FROM" "$DISK/home"
e() { "$ENHANCE" --home "$DISK/home" "$@" && echo "= 0" || echo "= $?"; }
fill() { cat /dev/zero > "$DISK/full-$1" 2>/dev/null || true; }
"#;

/// Runs steps on a new disk of this size with a copy of a home on it, and returns what they said.
#[track_caller]
pub fn on_a_disk(size: &str, home: &Home, steps: &str) -> String {
    let disk = tempfile::tempdir().unwrap();
    let script = format!("set -u\n{WORDS}\n{steps}");
    let ran = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", &script])
        .env("SIZE", size)
        .env("DISK", disk.path())
        .env("FROM", home.path())
        .env("ENHANCE", programs::enhance())
        .env("SERVER", programs::server())
        .env("NO_PROXY", "*")
        .output()
        .unwrap_or_else(|error| panic!("no unshare, by which a disk is mounted: {error}"));
    let said = String::from_utf8_lossy(&ran.stdout).into_owned()
        + String::from_utf8_lossy(&ran.stderr).as_ref();
    assert!(ran.status.success(), "no disk can be mounted for a test here: {said}");
    said
}

/// What was said between two marks that a script printed.
pub fn after<'s>(said: &'s str, mark: &str) -> &'s str {
    let (_, rest) = said.split_once(&format!("@ {mark}\n")).unwrap_or_else(|| panic!("{said}"));
    rest.split_once("\n@ ").map_or(rest, |(part, _)| part).trim_end()
}

pub fn with_a_reflection(world: &World) -> (Home, String) {
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Karim");
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    let begun = home.json(&[
        "reflect",
        "new",
        "--template",
        content::TEMPLATE,
        "--title",
        "A long night",
        "--answer",
        "what=The ward was full of frightened people.",
    ]);
    let id = begun["document"].as_str().unwrap().to_owned();
    home.text(&["search", "frightened"]);
    (home, id)
}

#[test]
fn d1_on_a_full_disk_everything_is_read_nothing_is_written_and_deleting_makes_room() {
    let world = World::new();
    let (home, id) = with_a_reflection(&world);
    let new = format!("--json reflect new --template {} --title Another", content::TEMPLATE);
    let steps = format!(
        r#"
e {new} --answer "what=There was marmalade."
fill 1
echo "@ waiting"; e search marmalade
for round in 1 2; do
echo "@ list $round"; e reflect list; fill "list-$round"
echo "@ status $round"; e status; fill "status-$round"
echo "@ search $round"; e search frightened; fill "search-$round"
echo "@ modules $round"; e modules; fill "modules-$round"
echo "@ module $round"; e module population-health; fill "module-$round"
echo "@ page $round"; e module population-health --page pop-read-causes
echo "@ show $round"; e reflect show {id}
echo "@ export $round"; e export
done
echo "@ write"; e {new} --answer what=Words
echo "@ edit"; e --json reflect edit {id} --answer "what=Other words"
echo "@ same"; e reflect show {id}
echo "@ delete"; e reflect delete {id} --yes
echo "@ deleted"; e reflect list
rm "$DISK"/full-*
echo "@ again"; e {new} --answer what=Words
echo "@ end"; e reflect list
"#
    );
    let said = on_a_disk("8m", &home, &steps);
    for round in ["1", "2"] {
        for what in ["list", "show", "export"] {
            let part = after(&said, &format!("{what} {round}"));
            assert!(part.contains("A long night") && part.ends_with("= 0"), "{what}: {said}");
        }
        let found = after(&said, &format!("search {round}"));
        assert!(found.contains("frightened") && found.ends_with("= 0"), "{said}");
        for what in ["status", "modules", "module", "page"] {
            let part = after(&said, &format!("{what} {round}"));
            assert!(part.ends_with("= 0"), "{what}: {said}");
        }
    }
    let found = after(&said, "waiting");
    assert!(found.contains("*marmalade*") && found.ends_with("= 0"), "{said}");
    for what in ["write", "edit"] {
        let part = after(&said, what);
        assert!(part.contains("storage_full") && part.contains("= 8"), "{what}: {said}");
    }
    assert!(after(&said, "same").contains("frightened people"), "{said}");
    assert!(after(&said, "delete").ends_with("= 0"), "{said}");
    assert!(!after(&said, "deleted").contains("A long night"), "{said}");
    assert!(after(&said, "again").ends_with("= 0"), "{said}");
    assert!(after(&said, "end").contains("Another"), "{said}");
}

/// As with a quota, the system has another number for it than for a full disk, and `SQLite` takes it
/// for a fault like any other.
#[test]
fn d1_where_a_file_may_grow_no_further_writing_says_that_there_is_no_room() {
    let world = World::new();
    let (home, id) = with_a_reflection(&world);
    let steps = format!(
        r#"
words=$(head -c 40000 /dev/zero | tr '\0' w)
ulimit -f 64
echo "@ list"; e reflect list
echo "@ show"; e reflect show {id}
echo "@ search"; e search frightened
echo "@ write"; e --json reflect new --template {} --title Another --answer "what=$words"
echo "@ edit"; e --json reflect edit {id} --answer "what=$words"
echo "@ same"; e reflect show {id}
"#,
        content::TEMPLATE
    );
    let said = on_a_disk("16m", &home, &steps);
    for what in ["list", "show", "search"] {
        assert!(after(&said, what).ends_with("= 0"), "{what}: {said}");
    }
    for what in ["write", "edit"] {
        let part = after(&said, what);
        assert!(part.contains("storage_full") && part.contains("= 8"), "{what}: {said}");
    }
    assert!(after(&said, "same").contains("frightened people"), "{said}");
}

#[test]
fn d2_on_a_small_disk_words_come_before_packs() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Karim");
    home.json(&["sync"]);
    for size in ["1m", "1200k", "1500k", "2m", "4m"] {
        let steps = format!(
            r#"
du -sk "$DISK/home" >&2
echo "@ pack"; e --json pack update
df -k "$DISK" >&2
for number in 1 2 3 4 5 6; do
echo "@ write $number"
e --json reflect new --template {} --title "Night $number" --answer "what=The ward was full."
done
echo "@ list"; e reflect list
"#,
            content::TEMPLATE
        );
        let said = on_a_disk(size, &home, &steps);
        let pack = after(&said, "pack");
        let is_refused = pack.contains("storage_full") && size != "4m";
        assert!(pack.ends_with("= 0") || is_refused, "{size}: {said}");
        for number in 1..=6 {
            assert!(after(&said, &format!("write {number}")).ends_with("= 0"), "{size}: {said}");
        }
        assert!(after(&said, "list").contains("Night 6"), "{size}: {said}");
    }
}

#[test]
fn d3_on_a_disk_that_takes_no_writing_what_is_there_is_read_and_writing_says_so() {
    let world = World::new();
    let (home, id) = with_a_reflection(&world);
    let steps = format!(
        r#"
mount -o remount,ro "$DISK"
echo "@ list"; e reflect list
echo "@ show"; e reflect show {id}
echo "@ search"; e search frightened
echo "@ status"; e status
echo "@ modules"; e modules
echo "@ export"; e export
echo "@ new"; e --json reflect new --template {} --title Night
echo "@ edit"; e --json reflect edit {id} --title Night
echo "@ delete"; e --json reflect delete {id} --yes
echo "@ sync"; e --json sync
echo "@ salvage"; e --json salvage
mount -o remount,rw "$DISK"
mv "$DISK/home/account" "$DISK/home/away"
mount -o remount,ro "$DISK"
echo "@ nothing"; e --json reflect list
"#,
        content::TEMPLATE
    );
    let said = on_a_disk("16m", &home, &steps);
    for what in ["list", "show", "export"] {
        let part = after(&said, what);
        assert!(part.contains("A long night") && part.ends_with("= 0"), "{what}: {said}");
    }
    assert!(after(&said, "search").contains("frightened"), "{said}");
    for what in ["search", "status", "modules"] {
        assert!(after(&said, what).ends_with("= 0"), "{what}: {said}");
    }
    for what in ["new", "edit", "delete", "sync", "salvage"] {
        let part = after(&said, what);
        assert!(part.contains("read_only_folder") && part.ends_with("= 8"), "{what}: {said}");
    }
    assert!(!after(&said, "nothing").ends_with("= 0"), "{said}");
}

/// The server is on the disk here, and the home is not.
#[test]
fn d4_a_server_on_a_full_disk_says_that_and_takes_what_waits_once_there_is_room() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Karim");
    let steps = format!(
        r#"
"$SERVER" serve --data "$DISK/server" --listen 127.0.0.1:0 > "$DISK/said" 2>/dev/null &
server=$!
until grep -q ready "$DISK/said" 2>/dev/null; do sleep 0.1; done
url=$(sed -n 's/enhance-server ready at //p' "$DISK/said")
code=$("$SERVER" invite --data "$DISK/server" --role trainee --name Asha | head -n 1)
own=$(mktemp -d)
o() {{ "$ENHANCE" --home "$own/home" "$@" && echo "= 0" || echo "= $?"; }}
o enrol --server "$url" "$code" > /dev/null
o sync > /dev/null
words=$(head -c 90000 /dev/urandom | base64 -w 0)
o reflect new --template {} --title Night --answer "what=$words" > /dev/null
fill 1
echo "@ full"; o --json sync
echo "@ status"; o status
rm "$DISK"/full-*
echo "@ room"; o sync
echo "@ waiting"; o --json status
kill "$server"; wait "$server" 2>/dev/null
rm -r "$own"
"#,
        content::TEMPLATE
    );
    let said = on_a_disk("48m", &home, &steps);
    let full = after(&said, "full");
    assert!(full.contains("the server has no room left") && full.ends_with("= 4"), "{said}");
    assert!(after(&said, "status").contains("the server has no room left"), "{said}");
    assert!(after(&said, "room").ends_with("= 0"), "{said}");
    assert!(after(&said, "waiting").contains("\"waiting_entries\": 0"), "{said}");
}

#[test]
fn d4_a_server_starts_on_a_full_disk_by_its_reserve_and_keeps_it_where_something_else_is_wrong() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Karim");
    let steps = r#"
starts() {
"$SERVER" serve --data "$DISK/server" --listen 127.0.0.1:0 > "$DISK/../said-$$" 2>&1 &
server=$!
for _ in $(seq 100); do
grep -q ready "$DISK/../said-$$" && break; kill -0 "$server" 2>/dev/null || break; sleep 0.1
done
kill "$server" 2>/dev/null; wait "$server" 2>/dev/null
cat "$DISK/../said-$$"; ls "$DISK/server"; rm "$DISK/../said-$$"
}
echo "@ first"; starts
fill 1
echo "@ full"; starts
rm "$DISK"/full-*
echo "@ room"; starts
mv "$DISK/server/server.db" "$DISK/aside"; mkdir "$DISK/server/server.db"
echo "@ folder"; starts
"#;
    let said = on_a_disk("24m", &home, steps);
    for (what, starts, reserve) in [
        ("first", true, true),
        ("full", true, false),
        ("room", true, true),
        ("folder", false, true),
    ] {
        let part = after(&said, what);
        assert_eq!(part.contains("enhance-server ready"), starts, "{what}: {said}");
        assert_eq!(part.lines().any(|line| line == "reserve"), reserve, "{what}: {said}");
    }
    assert!(after(&said, "folder").contains("server.db: this is a folder"), "{said}");
}
