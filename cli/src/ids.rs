//! Ids as people type them: whole, or just their first or last characters.
//!
//! They are read with the forgiveness of [`crockford::read`]: their digits are among its digits.
//!
//! Ids begin with the time they were made, so those of one afternoon share their first characters.
//! Lists therefore show the last eight, which are random.

use std::fmt::Display;

use enhance_model::{
    Person, Quoted, crockford, folding,
    person::{Unclear, called},
};

use crate::exit::Failure;
pub use crate::short_ids::short;

/// Fewer characters than this are more likely a slip than an id.
const SHORTEST: usize = 4;

/// The one of `choices` whose id is, begins with or ends with what was typed.
///
/// Each choice comes with the words by which a person knows it.
pub fn resolve<Id: Copy + Display>(
    what: &'static str,
    typed: &str,
    choices: &[(Id, String)],
) -> Result<Id, Failure> {
    let wanted = digits(what, typed)?;
    choose(what, typed, choices, |id| id.starts_with(&wanted) || id.ends_with(&wanted))
}

/// The one of `choices` whose id is or begins with what was typed.
pub fn resolve_beginning<Id: Copy + Display>(
    what: &'static str,
    typed: &str,
    choices: &[(Id, String)],
) -> Result<Id, Failure> {
    let wanted = digits(what, typed)?;
    choose(what, typed, choices, |id| id.starts_with(&wanted))
}

/// The person with this id, or the only one who is called what was typed: whole words of the name
/// in their order. Anything else is a question back, since what is shared cannot be taken back.
pub fn person<'a>(typed: &str, people: &'a [Person]) -> Result<&'a Person, Failure> {
    if folding::folded(typed).is_empty() {
        return Err(Failure::Usage("say who: a name, or the id of a person".to_owned()));
    }
    let near = match called(typed, people) {
        Ok(person) => return Ok(person),
        Err(Unclear::Several(several)) => {
            let candidates = several.into_iter().map(introduced).collect();
            return Err(Failure::Ambiguous { what: "person", typed: typed.to_owned(), candidates });
        }
        Err(Unclear::Nobody { near }) => near,
    };
    let choices: Vec<_> = people.iter().map(|each| (each.id, introduced(each))).collect();
    let nobody = || Failure::Nobody {
        typed: typed.to_owned(),
        candidates: near.iter().copied().map(introduced).collect(),
    };
    let id = resolve("person", typed, &choices).map_err(|failure| match failure {
        Failure::Usage(_) | Failure::NotFound { .. } => nobody(),
        other => other,
    })?;
    people.iter().find(|person| person.id == id).ok_or_else(nobody)
}

/// A person by all that tells them from another of the same name.
fn introduced(person: &Person) -> String {
    format!("{} {} ({})", person.id, person.name, person.roles_in_words())
}

fn digits(what: &'static str, typed: &str) -> Result<String, Failure> {
    let not_found = |_| Failure::NotFound { what, typed: typed.to_owned() };
    // What the forgiveness would drop makes a number negative, and no id.
    if typed.trim_start().starts_with(['+', '-', '\u{2212}', '\u{2010}', '\u{2011}', '\u{2013}']) {
        return Err(Failure::NotFound { what, typed: typed.to_owned() });
    }
    let digits = crockford::read(typed).map_err(not_found)?;
    if digits.len() < SHORTEST {
        return Err(Failure::Usage(format!(
            "{} is too short for an id; type at least {SHORTEST} characters of it",
            Quoted(typed)
        )));
    }
    Ok(digits)
}

fn choose<Id: Copy + Display>(
    what: &'static str,
    typed: &str,
    choices: &[(Id, String)],
    fits: impl Fn(&str) -> bool,
) -> Result<Id, Failure> {
    let fits = |id: &Id| crockford::read(&id.to_string()).is_ok_and(|digits| fits(&digits));
    let fitting: Vec<_> = choices.iter().filter(|(id, _)| fits(id)).collect();
    match fitting.as_slice() {
        [(id, _)] => Ok(*id),
        [] => Err(Failure::NotFound { what, typed: typed.to_owned() }),
        several => Err(Failure::Ambiguous {
            what,
            typed: typed.to_owned(),
            candidates: several.iter().map(|(id, label)| format!("{id} {label}")).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::{ItemId, PersonId, PersonRole, Role, Timestamp};

    use super::*;

    /// Two items of one millisecond: they differ only in what is random.
    fn twins() -> Vec<(ItemId, String)> {
        let at = Timestamp::from_unix_millis(1_800_000_000_000);
        [[0x11; 10], [0x22; 10]]
            .map(|random| ItemId::new(at, random))
            .into_iter()
            .zip(["first".to_owned(), "second".to_owned()])
            .collect()
    }

    fn person_named(name: &str, random: u8) -> Person {
        let id = PersonId::new(Timestamp::from_unix_millis(1), [random; 10]);
        Person {
            id,
            name: name.into(),
            roles: vec![PersonRole::of(Role::Supervisor)],
            devices: Vec::new(),
        }
    }

    #[test]
    fn the_short_id_of_a_list_finds_its_item_again() {
        for (id, _) in twins() {
            assert_eq!(short(id).len(), 8);
            assert_eq!(resolve("item", &short(id), &twins()).unwrap(), id);
            assert_eq!(resolve("item", &id.to_string().to_uppercase(), &twins()).unwrap(), id);
        }
    }

    #[test]
    fn an_id_is_found_however_its_dashes_and_letters_are_typed() {
        let (id, _) = twins().remove(0);
        for typed in [
            id.to_string().replace('-', "\u{2011}"),
            format!("\u{feff}{id}."),
            id.to_string().replace('0', "O").replace('1', "l"),
        ] {
            assert_eq!(resolve("item", &typed, &twins()).unwrap(), id, "{typed:?}");
        }
    }

    #[test]
    fn a_sign_before_an_id_is_not_dropped_and_nobody_is_meant_by_nothing() {
        let (id, _) = twins().remove(0);
        for sign in ["+", "-", "\u{2212}", "\u{2011}"] {
            let signed = format!("{sign}{id}");
            let failure = resolve("item", &signed, &twins()).unwrap_err();
            assert!(matches!(failure, Failure::NotFound { .. }), "{signed}: {failure}");
        }
        let people = [person_named("Dr Lee", 1)];
        assert!(matches!(person(" ", &people), Err(Failure::Usage(_))));
    }

    #[test]
    fn what_fits_two_is_refused_with_both_named() {
        let (first, _) = twins().remove(0);
        let failure = resolve("item", &first.to_string()[..8], &twins()).unwrap_err();
        let Failure::Ambiguous { candidates, .. } = failure else { panic!("{failure}") };
        assert_eq!(candidates.len(), 2);
        assert!(candidates[0].contains("first") && candidates[1].contains("second"));
    }

    #[test]
    fn three_characters_and_strangers_are_no_id() {
        assert!(matches!(resolve("item", "111", &twins()), Err(Failure::Usage(_))));
        assert!(matches!(resolve("item", "9999", &twins()), Err(Failure::NotFound { .. })));
    }

    #[test]
    fn e2_people_are_found_by_whole_words_of_their_names_or_by_id() {
        let people = [person_named("Dr Ann Lee", 1), person_named("Dr Anna Leeson", 2)];
        assert_eq!(person("dr ann lee", &people).unwrap().name, "Dr Ann Lee");
        assert_eq!(person("Dr Lee", &people).unwrap().name, "Dr Ann Lee");
        assert_eq!(person("leeson", &people).unwrap().name, "Dr Anna Leeson");
        assert_eq!(person(&short(people[1].id), &people).unwrap().name, "Dr Anna Leeson");
        assert!(matches!(person("dr", &people), Err(Failure::Nobody { .. })));
        assert!(matches!(person("Bob", &people), Err(Failure::Nobody { .. })));
    }

    #[test]
    fn e2_a_slip_is_a_question_that_names_who_may_be_meant() {
        let people = [person_named("Dr Helen Leeson", 1)];
        let failure = person("Helen Lees", &people).unwrap_err();
        let Failure::Nobody { candidates, .. } = &failure else { panic!("{failure}") };
        assert!(candidates[0].ends_with("Dr Helen Leeson (supervisor)"), "{candidates:?}");
        assert!(failure.to_string().contains("nobody here is called"), "{failure}");
    }
}
