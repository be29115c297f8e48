//! The words that say of a date that somebody was born on it.

use super::{lists::has, tokens::Tokens};

/// Whether a label of a birth stands before a token, with little in between.
pub(super) fn says_birth_before(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut before = at;
    for _ in 0..6 {
        let Some(last) = before.checked_sub(1) else { return false };
        before = last;
        if is_birth(tokens, before) {
            return true;
        }
        let is_mark = matches!(tokens.mark(before), Some(':' | '=' | '-' | '(' | '.' | ','));
        if !is_mark && !has(FILLERS, tokens.small(before)) {
            break;
        }
    }
    is_day_of_birth(tokens, at)
}

/// "born in Leeds on 4 June", "born at 10:30 on Monday 4 June": where and when come before it.
fn is_day_of_birth(tokens: &Tokens<'_>, at: usize) -> bool {
    const BETWEEN: usize = 12;
    let is_day = at > 0 && tokens.small(at - 1).ends_with("day");
    let Some(on) = at.checked_sub(1 + usize::from(is_day)) else { return false };
    if !matches!(tokens.small(on), "on" | "the") {
        return false;
    }
    let is_between = |at: &usize| {
        let is_mark = matches!(tokens.mark(*at), Some(':' | '\'' | ','));
        let is_small = matches!(tokens.small(*at), "at" | "in" | "near" | "on" | "s" | "the");
        is_mark || is_small || tokens.is_capital(*at) || tokens.is_number(*at)
    };
    let before = (on.saturating_sub(BETWEEN)..on).rev();
    let mut others = before.skip_while(is_between);
    others.next().is_some_and(|at| tokens.small(at) == "born")
}

/// "03/04/1931 (DOB)" and "03/04/1931 is her date of birth".
pub(super) fn says_birth_after(tokens: &Tokens<'_>, end: usize) -> bool {
    for after in end..end + 6 {
        let word = tokens.small(after);
        if matches!(word, "dob" | "birth" | "birthday") {
            return true;
        }
        if !(has(FILLERS, word) || matches!(tokens.mark(after), Some('(' | '-'))) {
            return false;
        }
    }
    false
}

/// Whether a label of a birth ends with a token: "dob", "d.o.b", "born", "date of birth".
pub(super) fn is_birth(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.small(at) {
        "dob" | "born" | "birth" | "birthday" | "birthdate" | "bday" => true,
        "b" => {
            let letters = (at.saturating_sub(4)..at).filter(|at| tokens.is_word(*at));
            let mut letters = letters.map(|at| tokens.small(at)).rev();
            letters.next() == Some("o") && letters.next() == Some("d")
        }
        _ => false,
    }
}

/// What may stand between a date of birth and its label.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "as", "date", "friday", "given", "her", "his", "in", "is", "monday", "of", "on", "patient",
    "saturday", "sunday", "the", "their", "thursday", "tuesday", "was", "wednesday", "year",
];

#[cfg(test)]
mod tests {
    #[test]
    fn fillers_are_in_order() {
        assert!(super::FILLERS.is_sorted());
    }
}
