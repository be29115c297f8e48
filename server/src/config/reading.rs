//! Reading a configuration: what is wrong with it is said setting by setting, before anything is
//! begun with what it says.

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
};

use enhance_model::size;
use toml::{Table, Value};

use super::{
    Config,
    table::{Kind, RELATIONS, Relation, SETTINGS, Setting, setting},
};
use crate::storage::{StorageError, whole_file};

/// Bytes of a configuration at most.
const MOST_BYTES: u64 = 1 << 20;
/// Characters of a value that are shown.
const SHOWN: usize = 80;

impl Config {
    /// Reads the configuration in a TOML file, and refuses it if a setting is not what it can be.
    pub fn read(file: &Path) -> Result<Self, StorageError> {
        let text = whole_file::text(file, MOST_BYTES)?;
        let read = table(&text, fault).and_then(|set| {
            let faults = misfits(&set)?;
            if faults.is_empty() { config(set) } else { Err(faults) }
        });
        read.map_err(|faults| StorageError::Configuration {
            file: file.display().to_string(),
            faults,
        })
    }

    /// The configuration in a TOML text, whatever its numbers: where somebody has to stand at a
    /// limit soon. What is wrong with it otherwise is said setting by setting.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        config(table(text, of_kind)?)
    }
}

/// What is wrong with the value of a setting.
type Check = fn(&Setting, &Value) -> Option<String>;

/// What is set, of which each name is known and each value passed a check.
fn table(text: &str, check: Check) -> Result<Table, Vec<String>> {
    let set: Table = text.parse().map_err(|error| vec![not_toml(text, &error)])?;
    let faults = set.iter().flat_map(|(name, value)| named(name, value, check));
    let faults: Vec<String> = faults.collect();
    if faults.is_empty() { Ok(set) } else { Err(faults) }
}

fn not_toml(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let why = error.message().replace('\n', "; ");
    format!(
        "line {line} is not TOML ({why}); a line is `name = value`, and a section begins with \
         `[name]`"
    )
}

/// What is wrong with the names and values of what stands under a name.
fn named(name: &str, value: &Value, check: Check) -> Vec<String> {
    let section = format!("{name}.");
    let is_section = SETTINGS.iter().any(|setting| setting.key.starts_with(&section));
    let one = |key: &str, value: &Value| match setting(key) {
        Some(setting) => check(setting, value),
        None => Some(unknown(key)),
    };
    match value {
        Value::Table(inner) if is_section => {
            let inner =
                inner.iter().filter_map(|(name, value)| one(&format!("{section}{name}"), value));
            inner.collect()
        }
        _ if is_section => {
            vec![format!("{name} is {}, and is a section: begin it with [{name}]", shown(value))]
        }
        _ => one(name, value).into_iter().collect(),
    }
}

fn unknown(key: &str) -> String {
    let section = key.rsplit_once('.').map_or("", |(section, _)| section);
    let here = |setting: &&Setting| {
        setting.key.rsplit_once('.').map_or("", |(section, _)| section) == section
    };
    let names: Vec<&str> = SETTINGS
        .iter()
        .filter(here)
        .map(|setting| setting.key.rsplit_once('.').map_or(setting.key, |(_, name)| name))
        .collect();
    let place = if section.is_empty() {
        "before the first section".to_owned()
    } else {
        format!("in [{section}]")
    };
    format!("there is no setting {key}; {place} there are {}", names.join(", "))
}

/// What is wrong with a value that is not of its kind.
fn of_kind(setting: &Setting, value: &Value) -> Option<String> {
    let is_right = match setting.kind {
        Kind::Number { .. } => number(value).is_some(),
        Kind::Address => value.as_str().is_some_and(|text| text.parse::<SocketAddr>().is_ok()),
        Kind::Folder => value.as_str().is_some(),
        Kind::Addresses => value.as_array().is_some_and(|all| all.iter().all(is_address)),
    };
    (!is_right).then(|| refused(setting, value))
}

fn is_address(value: &Value) -> bool {
    let address = value.as_str().and_then(|text| text.parse::<IpAddr>().ok());
    // Nothing comes from these, and who writes one means everybody.
    address.is_some_and(|address| !address.is_unspecified() && !address.is_multicast())
}

fn refused(setting: &Setting, value: &Value) -> String {
    let Setting { key, kind, why, .. } = setting;
    let wanted = match kind {
        Kind::Number { least, most } => {
            format!("a whole number from {} to {}", counted(key, *least), counted(key, *most))
        }
        other => other.to_string(),
    };
    let found = number(value).map_or_else(|| shown(value), |number| counted(key, number));
    format!("{key} is {found}, and has to be {wanted}: {why}")
}

/// A number, and where it counts bytes how much that is: nobody reads ten digits.
fn counted(key: &str, number: u64) -> String {
    if key.ends_with("bytes") && number >= 1_000 {
        format!("{number} ({})", size(number))
    } else {
        number.to_string()
    }
}

/// A value as it stands in a configuration, cut if it is long.
fn shown(value: &Value) -> String {
    let text = value.to_string().trim_end().replace('\n', " ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What is wrong with a value: it is not of its kind, a number is too small or too large, or a
/// folder is not there or is none of a page.
fn fault(setting: &Setting, value: &Value) -> Option<String> {
    let is_right = match setting.kind {
        Kind::Number { least, most } => {
            number(value).is_some_and(|number| (least..=most).contains(&number))
        }
        Kind::Folder => {
            value.as_str().is_some_and(|path| Path::new(path).join("index.html").is_file())
        }
        Kind::Address | Kind::Addresses => return of_kind(setting, value),
    };
    (!is_right).then(|| refused(setting, value))
}

/// What is wrong between settings of which at least one is set.
fn misfits(set: &Table) -> Result<Vec<String>, Vec<String>> {
    let usual = Table::try_from(Config::default()).map_err(|error| vec![error.to_string()])?;
    let now = |key: &str| {
        let said = found(set, key);
        let number = said.or_else(|| found(&usual, key)).and_then(number)?;
        Some((number, if said.is_some() { "" } else { " (as long as it is not set)" }))
    };
    let misfit = |relation: &Relation| {
        let Relation { smaller, times, room, larger, why } = relation;
        let ((small, small_said), (large, large_said)) = (now(smaller)?, now(larger)?);
        let least = small.saturating_mul(*times).saturating_add(*room);
        (large < least).then(|| {
            let (large, least) = (counted(larger, large), counted(larger, least));
            let small = counted(smaller, small);
            format!(
                "{larger} is {large}{large_said}, and has to be at least {least} while {smaller} \
                 is {small}{small_said}: {why}"
            )
        })
    };
    Ok(RELATIONS.iter().filter_map(misfit).collect())
}

fn found<'a>(set: &'a Table, key: &str) -> Option<&'a Value> {
    match key.split_once('.') {
        Some((section, name)) => set.get(section)?.as_table()?.get(name),
        None => set.get(key),
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_integer().and_then(|number| u64::try_from(number).ok())
}

fn config(set: Table) -> Result<Config, Vec<String>> {
    set.try_into().map_err(|error: toml::de::Error| vec![error.message().to_owned()])
}

#[cfg(test)]
mod tests {
    use enhance_model::Limits;

    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.toml");
        std::fs::write(&file, text).unwrap();
        Config::read(&file).map_err(|error| error.to_string())
    }

    /// A configuration that sets this and nothing else.
    fn of(key: &str, value: impl std::fmt::Display) -> String {
        match key.split_once('.') {
            Some((section, name)) => format!("[{section}]\n{name} = {value}\n"),
            None => format!("{key} = {value}\n"),
        }
    }

    #[test]
    fn what_is_not_set_has_its_default() {
        let config = read("page_bytes = 70000\n[limits]\nchange_bytes = 7000\n").unwrap();
        assert_eq!((config.page_bytes, config.limits.change_bytes), (70_000, 7_000));
        assert_eq!(config.limits.text_chars, Limits::default().text_chars);
        assert_eq!(read("").unwrap(), Config::default());
    }

    #[test]
    fn what_lies_outside_its_range_is_refused_with_the_range_and_the_reason() {
        for setting in SETTINGS {
            let Kind::Number { least, most } = setting.kind else { continue };
            let wrong = [least.checked_sub(1), most.checked_add(1), Some(i64::MAX as u64)];
            for value in wrong.into_iter().flatten() {
                let said = read(&of(setting.key, value)).unwrap_err();
                let [value, least, most] =
                    [value, least, most].map(|number| counted(setting.key, number));
                let expected = format!(
                    "{} is {value}, and has to be a whole number from {least} to {most}: {}",
                    setting.key, setting.why
                );
                assert!(said.contains(&expected), "{said}");
            }
        }
    }

    #[test]
    fn what_is_within_its_range_is_taken_where_the_others_leave_it_room() {
        for setting in SETTINGS {
            let Kind::Number { least, most } = setting.kind else { continue };
            for value in [least, most] {
                if let Err(said) = read(&of(setting.key, value)) {
                    assert!(said.contains(" has to be at least "), "{said}");
                }
            }
        }
    }

    #[test]
    fn what_has_no_room_in_another_is_refused_with_both() {
        for Relation { smaller, times, room, larger, why } in RELATIONS {
            let number = |key: &str| match setting(key).unwrap().kind {
                Kind::Number { least, most } => (least, most),
                _ => panic!("{key} is no number"),
            };
            let small = (number(larger).0.max(number(smaller).0) - room) / times + 1;
            let large = small * times + room;
            let both = |large: u64| {
                let mut set = Table::new();
                for (key, value) in [(smaller, small), (larger, large)] {
                    let value = Value::Integer(i64::try_from(value).unwrap());
                    let (section, name) = key.split_once('.').unwrap_or(("", key));
                    let into = if section.is_empty() {
                        &mut set
                    } else {
                        let inner = set.entry(section).or_insert(Table::new().into());
                        inner.as_table_mut().unwrap()
                    };
                    into.insert(name.to_owned(), value);
                }
                misfits(&set).unwrap()
            };
            let [little, least] = [large - 1, large].map(|number| counted(larger, number));
            let of_it = counted(smaller, small);
            let expected = format!(
                "{larger} is {little}, and has to be at least {least} while {smaller} is {of_it}: \
                 {why}"
            );
            assert!(both(large - 1).contains(&expected), "{:?}, not {expected}", both(large - 1));
            assert!(!both(large).iter().any(|said| said.ends_with(why)), "{:?}", both(large));
        }
    }

    #[test]
    fn a_default_that_leaves_no_room_is_named_as_that() {
        let said = read("[door]\nconnections = 100\n").unwrap_err();
        let expected = "door.connections is 100, and has to be at least 512 while door.listeners \
                        is 512 (as long as it is not set): each device that listens";
        assert!(said.contains(expected), "{said}");
        read("[door]\nconnections = 100\nconnections_by_address = 50\nlisteners = 60\n").unwrap();
    }

    #[test]
    fn a_slip_of_the_pen_is_named_in_words() {
        let many =
            "limits.change_bytes is \"many\", and has to be a whole number from 6000 (6.0 kB)";
        for (text, said) in [
            (
                "page_byte = 5\n",
                "there is no setting page_byte; before the first section there are",
            ),
            ("[limits]\nperson_byte = 5\n", "no setting limits.person_byte; in [limits] there are"),
            ("[limit]\nperson_bytes = 5\n", "there is no setting limit; "),
            ("limits = 5\n", "limits is 5, and is a section: begin it with [limits]"),
            ("[limits]\nchange_bytes = 'many'\n", many),
            ("[limits]\nchange_bytes = -1\n", "limits.change_bytes is -1, and has to be"),
            ("[limits]\nchange_bytes = 7000.5\n", "limits.change_bytes is 7000.5, and"),
            ("page_bytes = 99999999999\n", "page_bytes is 99999999999 (99.9 GB), and has to be"),
            ("watch = '8081'\n", "watch is \"8081\", and has to be an address with a port, as"),
            ("watch = 8081\n", "watch is 8081, and has to be an address with a port, as"),
            ("web = '/nosuch'\n", "web is \"/nosuch\", and has to be a folder that is there"),
            ("web = '/etc'\n", "web is \"/etc\", and has to be a folder that is there, with the"),
            ("[door]\nproxies = ['proxy']\n", "door.proxies is [\"proxy\"], and has to be a list"),
            ("[door]\nproxies = ['0.0.0.0']\n", "door.proxies is [\"0.0.0.0\"], and has to be"),
            ("a = 1\n\nb = = 2\n", "line 3 is not TOML ("),
        ] {
            let refused = read(text).unwrap_err();
            assert!(refused.contains(said), "{text}: {refused}");
            for machine in ["expected u32", "invalid type", "unknown field", "variant", "syntax"] {
                assert!(!refused.contains(machine), "{refused}");
            }
        }
        let several =
            read("page_byte = 1\n[door]\nlisteners = 0\nhead_seconds = ''\n").unwrap_err();
        assert_eq!(several.lines().count(), 4, "a line for each fault: {several}");
    }
}
