//! Whom a person means by a name they typed.

use super::Person;
use crate::folding::{self, Gap};

/// People that are named to somebody who has to say which one.
const MOST_NEAR: usize = 8;

/// Words before a name, which alone are nobody's.
const TITLES: [&str; 14] = [
    "dr",
    "doctor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "sir",
    "dame",
    "sister",
    "nurse",
    "the",
];

/// Why a name that was typed is nobody's or too many people's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear<'a> {
    /// Nobody is called that; these come near.
    Nobody { near: Vec<&'a Person> },
    /// It is the name of all of these.
    Several(Vec<&'a Person>),
}

/// The one person who is called what was typed.
///
/// Whole words in their order are a name: "Dr Lee" is Dr Helen Lee and not Dr Helen Leeson. A part
/// of a word is nobody's, since what is shared by mistake cannot be taken back. However capitals,
/// accents, dashes, apostrophes and spaces are typed does not matter; a whole name that is typed as
/// it is written goes before another that only looks like it.
pub fn called<'a>(typed: &str, people: &'a [Person]) -> Result<&'a Person, Unclear<'a>> {
    let wanted = words(typed);
    if wanted.is_empty() {
        return Err(Unclear::Nobody { near: Vec::new() });
    }
    let as_written = folding::label(typed);
    let whole = wanted.join(" ");
    let tiers: [&dyn Fn(&Person) -> bool; 3] = [
        &|person| folding::label(&person.name) == as_written,
        &|person| words(&person.name).join(" ") == whole,
        &|person| {
            let is_more_than_a_title = wanted.iter().any(|word| !TITLES.contains(&word.as_str()));
            let name = words(&person.name);
            is_more_than_a_title && is_in_order(&wanted, &name, |typed, word| typed == word)
        },
    ];
    for is_meant in tiers {
        let found: Vec<&Person> = people.iter().filter(|person| is_meant(person)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            _ => return Err(Unclear::Several(found)),
        }
    }
    Err(Unclear::Nobody { near: near(&wanted, people) })
}

/// People whose names begin alike, or who share a word with what was typed.
fn near<'a>(wanted: &[String], people: &'a [Person]) -> Vec<&'a Person> {
    let begins = |typed: &String, word: &String| word.starts_with(typed) || typed.starts_with(word);
    let shares =
        |name: &[String]| wanted.iter().any(|typed| typed.len() > 2 && name.contains(typed));
    let is_near = |person: &&Person| {
        let name = words(&person.name);
        is_in_order(wanted, &name, begins) || shares(&name)
    };
    people.iter().filter(is_near).take(MOST_NEAR).collect()
}

/// Whether each of the words is in the name, in the same order.
fn is_in_order(
    wanted: &[String],
    name: &[String],
    fits: impl Fn(&String, &String) -> bool,
) -> bool {
    let mut name = name.iter();
    wanted.iter().all(|typed| name.any(|word| fits(typed, word)))
}

/// The words of a name; what an apostrophe or a full stop is in is one word.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in folding::parts(name) {
        match words.last_mut() {
            Some(last) if part.gap <= Gap::Mark => last.push_str(&part.text),
            _ => words.push(part.text),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PersonId, PersonRole, Role, Timestamp};

    fn people(names: &[&str]) -> Vec<Person> {
        let person = |(number, name): (u8, &&str)| Person {
            id: PersonId::new(Timestamp::from_unix_millis(1), [number; 10]),
            name: (*name).to_owned(),
            roles: vec![PersonRole::of(Role::Supervisor)],
            devices: Vec::new(),
        };
        (1..).zip(names).map(person).collect()
    }

    #[test]
    fn e2_whole_words_in_order_find_the_one_who_is_called_that() {
        let people = people(&[
            "Dr Helen Lee",
            "Dr Helen Leeson",
            "Zoe\u{308} Mu\u{308}ller",
            "Siobhán O’Brien",
            "Anne-Marie Łukasz",
            "李小龙",
        ]);
        for (typed, name) in [
            ("Dr Lee", "Dr Helen Lee"),
            ("dr  LEE.", "Dr Helen Lee"),
            ("Helen Leeson", "Dr Helen Leeson"),
            ("Zoë Müller", "Zoe\u{308} Mu\u{308}ller"),
            ("zoe muller", "Zoe\u{308} Mu\u{308}ller"),
            ("Siobhan OBrien", "Siobhán O’Brien"),
            ("o'brien", "Siobhán O’Brien"),
            ("Anne Marie Lukasz", "Anne-Marie Łukasz"),
            ("anne\u{2010}marie", "Anne-Marie Łukasz"),
            ("李小龙", "李小龙"),
        ] {
            assert_eq!(called(typed, &people).map(|one| one.name.as_str()), Ok(name), "{typed}");
        }
    }

    #[test]
    fn e2_a_slip_is_nobody_and_those_who_come_near_are_named() {
        let people = people(&["Dr Helen Leeson", "Dr Ann Lee", "Dr Lee Chan"]);
        for typed in ["Helen Lees", "Leeso", "Lee Helen", "Ann Leeson", "helen leesonn", "Dr"] {
            assert!(matches!(called(typed, &people), Err(Unclear::Nobody { .. })), "{typed}");
        }
        let Err(Unclear::Nobody { near }) = called("Helen Lees", &people) else { panic!() };
        assert_eq!(near[0].name, "Dr Helen Leeson");
        let Err(Unclear::Several(several)) = called("Dr Lee", &people) else { panic!() };
        assert_eq!(several.len(), 2);
        assert!(matches!(called(" \u{200b}-", &people), Err(Unclear::Nobody { .. })));
    }

    #[test]
    fn e2_a_whole_name_goes_before_one_that_has_its_words() {
        let people = people(&["Dr Helen Lee", "Dr Helen Lee Smith", "Zoe Muller", "Zoë Müller"]);
        assert_eq!(called("dr helen lee", &people).map(|one| one.id), Ok(people[0].id));
        assert_eq!(called("Zoë Müller", &people).map(|one| one.id), Ok(people[3].id));
        assert_eq!(called("Zoe Muller", &people).map(|one| one.id), Ok(people[2].id));
        assert!(matches!(called("Zoe Müller", &people), Err(Unclear::Several(_))));
    }
}
