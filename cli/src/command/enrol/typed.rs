//! What was typed where an address or a code belongs, and is something else: it is said what, and
//! what to type.

use enhance_model::{
    Quoted, crockford,
    link::{self, LinkKind},
};

use crate::exit::Failure;

/// Signs of the longest address of a server that anybody has.
const LONGEST_ADDRESS: usize = 2_048;

/// Refuses what is more than the address of a server, or comes without a code.
pub fn check_server(typed: &str, has_code: bool) -> Result<(), Failure> {
    if typed.chars().nth(LONGEST_ADDRESS).is_some() {
        let said = "this is longer than any address of a server: --server https://example.org";
        return Err(Failure::Usage(said.to_owned()));
    }
    if link::read(typed, LinkKind::Invitation).is_ok() {
        return Err(Failure::Usage(
            "--server takes the server's address, and this is the whole link of an invitation; \
             paste the link alone: enhance enrol \"LINK\""
                .to_owned(),
        ));
    }
    check_apart(typed)?;
    if has_code {
        return Ok(());
    }
    let server = Quoted(typed);
    Err(Failure::Usage(format!(
        "the address {server} needs the code of your invitation as well: enhance enrol --server \
         URL CODE"
    )))
}

/// Refuses a code with the address of a server before it, or an address alone.
pub fn check_code(typed: &str) -> Result<(), Failure> {
    if link::read(typed, LinkKind::Invitation).is_ok() {
        return Ok(());
    }
    check_apart(typed)
}

/// Refuses an address and a code in one.
fn check_apart(typed: &str) -> Result<(), Failure> {
    let Some((address, code)) = typed.trim().split_once(char::is_whitespace) else {
        return Ok(());
    };
    let is_code = !code.trim().is_empty() && crockford::read(code).is_ok_and(|it| !it.is_empty());
    let is_address = address.contains("://") || address.contains('.') || address.contains(':');
    if !is_address || !is_code {
        return Ok(());
    }
    let address = link::bare(address);
    Err(Failure::Usage(format!(
        "the address {} and the code are typed as one; type them apart: enhance enrol --server \
         {address} CODE",
        Quoted(address)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(checked: Result<(), Failure>) -> String {
        checked.unwrap_err().to_string()
    }

    #[test]
    fn a_link_in_the_place_of_an_address_is_told_with_what_to_type() {
        for link in [
            "https://learn.example.org/#join=ABCD-EFGH-JKMN",
            " <https://learn.example.org/%23join=ABCD-EFGH-JKMN>.",
            "learn.example.org/#join=ABCD-EFGH-JKMN",
        ] {
            for has_code in [true, false] {
                let said = said(check_server(link, has_code));
                assert!(said.contains("enhance enrol \"LINK\""), "{said}");
                assert!(!said.contains("ABCD"), "no code is said: {said}");
            }
        }
    }

    #[test]
    fn an_address_and_a_code_in_one_are_told_apart_wherever_they_are_typed() {
        for both in [
            "http://127.0.0.1:8080 ABCD-EFGH-JKMN",
            "https://learn.example.org\tabcd efgh jkmn",
            " learn.example.org ABCD-EFGH-JKMN ",
        ] {
            for checked in [check_code(both), check_server(both, true), check_server(both, false)] {
                let said = said(checked);
                assert!(said.contains("apart: enhance enrol --server"), "{said}");
                assert!(!said.to_lowercase().contains("abcd"), "no code is said: {said}");
            }
        }
        for code in ["ABCD-EFGH-JKMN", "ABCD EFGH JKMN", "https://a.example/#join=ABCD EFGH"] {
            assert!(check_code(code).is_ok(), "{code}");
        }
        assert!(check_server("https://learn.example.org", true).is_ok());
        assert!(said(check_server("https://learn.example.org", false)).contains("URL CODE"));
    }
}
