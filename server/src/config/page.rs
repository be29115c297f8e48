//! What people read of the settings: in `serve --help`, and in `SETTINGS.md`.

use std::fmt;

use toml::{Table, Value};

use super::{
    Config,
    table::{Kind, SETTINGS, Setting},
};

/// Where the comment behind a setting begins.
const COLUMN: usize = 33;

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { least, most } => write!(f, "a whole number from {least} to {most}"),
            Self::Address => {
                f.write_str("an address with a port, as '127.0.0.1:8081' or '[::1]:8081'")
            }
            Self::Addresses => {
                f.write_str("a list of addresses of machines, as ['127.0.0.1', '::1']")
            }
            Self::Folder => f.write_str(
                "a folder that is there, with the index.html of a page in it, as \
                 '/usr/share/enhance/web'",
            ),
        }
    }
}

/// Its section, if it is in one, and its name.
fn parts(setting: &Setting) -> (&'static str, &'static str) {
    setting.key.split_once('.').unwrap_or(("", setting.key))
}

/// The value that a setting has if it is not set; an example where there is none.
fn usual(defaults: &Table, setting: &Setting) -> String {
    let (section, name) = parts(setting);
    let table = if section.is_empty() {
        Some(defaults)
    } else {
        defaults.get(section).and_then(Value::as_table)
    };
    match (table.and_then(|table| table.get(name)), setting.kind) {
        (Some(value), _) => value.to_string(),
        (None, Kind::Address) => "'127.0.0.1:8081'".to_owned(),
        (None, Kind::Addresses) => "['127.0.0.1', '::1']".to_owned(),
        (None, Kind::Folder) => "'/usr/share/enhance/web'".to_owned(),
        (None, Kind::Number { .. }) => String::new(),
    }
}

fn defaults() -> Table {
    // What cannot be written as TOML is no configuration, so there is always one.
    Table::try_from(Config::default()).unwrap_or_default()
}

/// The settings as a configuration has them, each with its default and its range.
pub(crate) fn help() -> String {
    let (defaults, mut lines, mut last) = (defaults(), Vec::new(), "");
    for setting in SETTINGS {
        let (section, name) = parts(setting);
        if section != last {
            lines.push(format!("  [{section}]"));
            last = section;
        }
        let line = format!("  {name} = {}", usual(&defaults, setting));
        let range = match setting.kind {
            Kind::Number { least, most } => format!("; {least} to {most}"),
            _ => String::new(),
        };
        lines.push(format!("{line:COLUMN$}# {}{range}", setting.what));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::config::table::{RELATIONS, Relation, setting};

    fn page() -> String {
        let defaults = defaults();
        let mut page = "# Settings of the server\n\n\
            Written from `server/src/config/table.rs`, which is also what a configuration is \
            compared with\nbefore the server starts. A name with a dot stands in a section: \
            `limits.text_chars` is `text_chars`\nunder `[limits]`.\n\n\
            | setting | default | from | to | what it is | why no less and no more |\n\
            |---|---|---|---|---|---|\n"
            .to_owned();
        for one in SETTINGS {
            let (least, most, usual) = match one.kind {
                Kind::Number { least, most } => {
                    (least.to_string(), most.to_string(), usual(&defaults, one))
                }
                Kind::Addresses => (String::new(), String::new(), usual(&defaults, one)),
                Kind::Address | Kind::Folder => Default::default(),
            };
            let Setting { key, what, why, .. } = one;
            writeln!(page, "| `{key}` | {usual} | {least} | {most} | {what} | {why} |").unwrap();
        }
        page += "\nSome depend on others:\n\n| setting | is at least | why |\n|---|---|---|\n";
        for Relation { smaller, times, room, larger, why } in RELATIONS {
            let times = if *times == 1 { String::new() } else { format!("{times} × ") };
            let room = if *room == 0 { String::new() } else { format!(" + {room}") };
            writeln!(page, "| `{larger}` | {times}`{smaller}`{room} | {why} |").unwrap();
        }
        page
    }

    /// `ENHANCE_BLESS=1` writes the page anew.
    #[test]
    fn the_page_says_what_is_compared() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/SETTINGS.md");
        if std::env::var_os("ENHANCE_BLESS").is_some() {
            std::fs::write(file, page()).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert_eq!(
            kept,
            page(),
            "ENHANCE_BLESS=1 cargo test -p enhance-server page writes it anew"
        );
    }

    #[test]
    fn every_number_of_a_configuration_has_its_range_and_its_default_is_within() {
        let defaults = defaults();
        let mut keys = Vec::new();
        for (name, value) in &defaults {
            match value {
                Value::Table(inner) => keys.extend(inner.keys().map(|key| format!("{name}.{key}"))),
                _ => keys.push(name.clone()),
            }
        }
        for key in &keys {
            assert!(setting(key).is_some(), "{key} has no place in the table");
        }
        for one in SETTINGS {
            if let Kind::Number { least, most } = one.kind {
                assert!(keys.iter().any(|key| key == one.key), "there is no {}", one.key);
                let value: u64 = usual(&defaults, one).parse().unwrap();
                assert!((least..=most).contains(&value), "{}", one.key);
            }
        }
    }

    #[test]
    fn help_says_each_setting_with_its_range() {
        let help = help();
        for one in SETTINGS {
            let name = parts(one).1;
            assert!(help.contains(&format!("  {name} = ")), "{name}");
            if let Kind::Number { least, most } = one.kind {
                assert!(help.contains(&format!("; {least} to {most}")), "{name}");
            }
        }
    }
}
