//! The command line of `enhance` as a whole; each command has its own arguments in its own file.

use std::{env, path::PathBuf};

use clap::Parser;

use crate::{command::Command, exit::EXIT_CODES};

const EXAMPLES: &str = "\
Examples:
  enhance enrol --server https://learn.example.org ABCD-EFGH-JKMN
  enhance sync
  enhance modules
  enhance reflect new --template quick-capture --title \"A long night\"
  enhance project list
  enhance status --json

Everything but enrol, sync and fetching content works without a network. A home holds one
account; a second account on the same machine has a home of its own (--home).

Ids may be shortened to their first or last characters, at least 4; lists show the last 8.

";

const HOME_HELP: &str =
    "The folder of one account [default: $ENHANCE_HOME, or .enhance in your home folder]";

/// The Enhance programme in a terminal: read, reflect, plan changes, offline first.
#[derive(Debug, Parser)]
#[command(name = "enhance", version, max_term_width = 100, subcommand_required = true)]
#[command(after_help = format!("{EXAMPLES}{EXIT_CODES}"), arg_required_else_help = true)]
pub struct Arguments {
    #[arg(long, global = true, value_name = "DIR", help = HOME_HELP)]
    home: Option<PathBuf>,

    /// Print one JSON document instead of text, errors included.
    #[arg(long, global = true)]
    pub json: bool,

    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// The folder of the account; `None` if nothing says where it is.
    pub fn home(&self) -> Option<PathBuf> {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let usual = || set("HOME").map(|folder| folder.join(".enhance"));
        self.home.clone().or_else(|| set("ENHANCE_HOME")).or_else(usual)
    }
}

/// Whether `--json` stands in a command line that could not be read as a whole.
pub fn asks_for_json(words: impl IntoIterator<Item = std::ffi::OsString>) -> bool {
    words.into_iter().take_while(|word| word != "--").any(|word| word == "--json")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_in_its_help() {
        fn check(command: &clap::Command, path: &str) {
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(examples.contains("enhance "), "no example in the help of {path}");
            for each in command.get_subcommands() {
                check(each, &format!("{path} {}", each.get_name()));
            }
        }
        check(&Arguments::command(), "enhance");
    }

    #[test]
    fn every_example_in_the_help_is_a_command_line_that_can_be_read() {
        fn examples(command: &clap::Command, found: &mut Vec<String>) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let lines = help.lines().map(str::trim).filter(|line| line.starts_with("enhance "));
            found.extend(lines.map(str::to_owned));
            command.get_subcommands().for_each(|each| examples(each, found));
        }
        let mut found = Vec::new();
        examples(&Arguments::command(), &mut found);
        for example in &found {
            let words = shell_words(example);
            if let Err(error) = Arguments::try_parse_from(&words) {
                panic!("{example}\n{error}");
            }
        }
        assert!(found.len() > 40, "{}", found.len());
    }

    /// The words of an example: split at spaces, quotes keep them together, a pipe or `#` ends it.
    fn shell_words(line: &str) -> Vec<String> {
        let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
        for each in line.chars() {
            match each {
                '"' => quoted = !quoted,
                '|' | '#' | '<' | '>' if !quoted => break,
                ' ' if !quoted => words.push(std::mem::take(&mut word)),
                _ => word.push(each),
            }
        }
        words.push(word);
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn json_is_noticed_even_where_the_rest_is_wrong() {
        let asks = |line: &[&str]| asks_for_json(line.iter().map(Into::into));
        assert!(asks(&["enhance", "nonsense", "--json"]));
        assert!(!asks(&["enhance", "search", "--", "--json"]));
    }
}
