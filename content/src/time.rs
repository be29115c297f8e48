//! What the minutes of an activity are for.
//!
//! A page of 300 words is read in five minutes. If its activity counts an hour, the rest must be
//! for something, and the page can say for what:
//!
//! ```text
//! **Your time: 45 minutes.** 5 to read, 30 to ask five people, 10 to note what they said.
//! ```
//!
//! Here that sentence is held to what the manifest declares, to its own sum, and to what reading
//! and watching can take.

use std::collections::BTreeMap;

use enhance_model::programme::{Activity, Programme};

use crate::{
    fault::{Faults, Place},
    files::Files,
    references,
};

const OPENING: &str = "**Your time: ";
const CLOSING: &str = " minutes.** ";

/// Words a minute of somebody who reads in order to learn, and slowly.
const WORDS_A_MINUTE: usize = 100;

/// Minutes to read are rounded up to a multiple of these.
const READING_STEP: usize = 5;

/// How often a film can be watched within the time that is counted for watching it.
const VIEWINGS: u32 = 3;

/// What is known of pages and films, by key, beside what the programme says of them.
#[derive(Default)]
pub(crate) struct Sources {
    /// The file of each page.
    pub(crate) pages: BTreeMap<String, String>,
    /// The length of each film in seconds.
    pub(crate) films: BTreeMap<String, u32>,
}

/// Reports every activity whose page counts time that it cannot need.
pub(crate) fn check(programme: &Programme, files: &Files, sources: &Sources, faults: &Faults) {
    for activity in programme.modules.iter().flat_map(|module| &module.activities) {
        let page = files.text(activity.page.file).zip(sources.pages.get(&activity.key));
        let Some((text, file)) = page else { continue };
        let said = text.lines().enumerate().find(|(_, line)| line.starts_with(OPENING));
        let Some((index, line)) = said else { continue };
        let place = Place { file: file.clone(), line: Some(index + 1) };
        let Some((total, parts)) = parse(line) else {
            let what = format!("time is written `{OPENING}45{CLOSING}5 to read, 40 to talk.`");
            faults.add(&place, what);
            continue;
        };
        let needs = Needs::of(activity, text, programme, files, sources);
        for what in needs.faults(total, &parts) {
            faults.add(&place, format!("activity {:?} {what}", activity.key));
        }
    }
}

/// The total that a page says, and its parts: minutes, and what they are for.
fn parse(line: &str) -> Option<(u32, Vec<(u32, String)>)> {
    let (total, rest) = line.strip_prefix(OPENING)?.split_once(CLOSING)?;
    let mut parts: Vec<(u32, String)> = Vec::new();
    for word in rest.split_whitespace() {
        match (word.parse(), parts.last_mut()) {
            (Ok(minutes), _) => parts.push((minutes, String::new())),
            (Err(_), Some((_, purpose))) => {
                purpose.push_str(word);
                purpose.push(' ');
            }
            // The sentence begins with a number, or it cannot be told what is for what.
            (Err(_), None) => return None,
        }
    }
    Some((total.parse().ok()?, parts))
}

/// What an activity declares, and what its reading and watching can take at most.
struct Needs {
    declared: u32,
    words: usize,
    to_read: u32,
    to_watch: u32,
}

impl Needs {
    fn of(
        activity: &Activity,
        page: &str,
        programme: &Programme,
        files: &Files,
        sources: &Sources,
    ) -> Self {
        let used = activity.resources.iter().filter_map(|key| programme.resource(key));
        let texts = used.filter_map(|resource| files.text(resource.file?));
        let read = texts.chain([references::without(page)]);
        let words: usize = read.map(|text| text.split_whitespace().count()).sum();
        let steps = words.div_ceil(WORDS_A_MINUTE * READING_STEP);
        let watched = activity.resources.iter().filter_map(|key| sources.films.get(key));
        let seconds: u32 = watched.fold(0, |sum, seconds| sum.saturating_add(*seconds));
        Self {
            declared: activity.minutes.0,
            words,
            to_read: u32::try_from(steps * READING_STEP).unwrap_or(u32::MAX),
            to_watch: seconds.saturating_mul(VIEWINGS).div_ceil(60),
        }
    }

    fn faults(&self, total: u32, parts: &[(u32, String)]) -> Vec<String> {
        let sum = |purpose: &str| {
            let those = parts.iter().filter(|(_, what)| what.starts_with(purpose));
            those.fold(0_u32, |sum, (minutes, _)| sum.saturating_add(*minutes))
        };
        let (all, reading, watching) = (sum(""), sum("to read"), sum("to watch"));
        let Self { declared, words, to_read, to_watch } = self;
        let mut faults = Vec::new();
        if total != *declared {
            faults.push(format!("declares {declared} minutes, and its page says {total}"));
        }
        if all != total {
            faults.push(format!("counts parts of {all} minutes, and {total} in all"));
        }
        if reading > *to_read {
            let enough = format!("for {words} words {to_read} are enough");
            faults.push(format!("counts {reading} minutes to read; {enough}"));
        }
        if watching > *to_watch {
            let enough = format!("for its films {to_watch} are enough");
            faults.push(format!("counts {watching} minutes to watch; {enough}"));
        }
        faults
    }
}
