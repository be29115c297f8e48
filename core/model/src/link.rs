//! Links of invitations and tickets, as people paste them.
//!
//! Programs through which a link passes write its signs in other ways, put some of their own
//! around it and break it into lines. The desk reads what a browser's address brings by the same
//! rules.

use std::fmt;

use percent_encoding::percent_decode_str;

use crate::{Quoted, folding};

/// Letters of the secret in the link of a ticket.
pub const SECRET_LETTERS: usize = 22;

/// Characters of the longest text that is looked through for a link.
const LONGEST: usize = 4_096;

/// How the fragment of a link begins, also where its sign is written as an address writes signs.
const MARKS: [&str; 3] = ["#", "%23", "%2523"];

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// It lets somebody join.
    Invitation,
    /// It shows a text to somebody without an account.
    Ticket,
}

/// A link that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    /// The address before the fragment, as it was written.
    pub server: String,
    /// The code of an invitation, or the secret of a ticket.
    pub value: String,
}

/// Why a text is no link that can be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoLink {
    /// Nothing in it is a link of ours.
    #[error("{} is no link of {wanted}; one looks like {}", Quoted(.read), .wanted.example())]
    Nothing {
        /// The text that was looked through.
        read: String,
        wanted: LinkKind,
    },
    /// It is a link for something else.
    #[error("the link at {} is one of {found}, and one of {wanted} is needed", Quoted(.server))]
    Other { server: String, found: LinkKind, wanted: LinkKind },
    /// A part of it is missing.
    #[error(
        "the link at {} ends before {}; copy it whole: {}",
        Quoted(.server), .of.value(), .of.example()
    )]
    Cut { server: String, of: LinkKind },
    /// Its secret has too few or too many letters.
    #[error(
        "the link at {} has {letters} letters after the =, and {SECRET_LETTERS} are expected; copy \
         it whole: {}", Quoted(.server), LinkKind::Ticket.example()
    )]
    Miscopied { server: String, letters: usize },
    /// It does not say where the server is.
    #[error("the link does not begin with the server's address; copy it whole: {}", .of.example())]
    NoServer { of: LinkKind },
    #[error("this is longer than any link; paste the link alone: {}", .wanted.example())]
    TooLong { wanted: LinkKind },
}

impl LinkKind {
    const ALL: [Self; 2] = [Self::Invitation, Self::Ticket];

    /// How its fragment begins.
    const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "join",
            Self::Ticket => "ticket",
        }
    }

    /// How a link of this kind looks.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Invitation => "https://enhance.example.org/#join=ABCD-EFGH-JKMN",
            Self::Ticket => "https://enhance.example.org/#ticket= and 22 letters and digits",
        }
    }

    const fn value(self) -> &'static str {
        match self {
            Self::Invitation => "its code",
            Self::Ticket => "its secret",
        }
    }
}

impl fmt::Display for LinkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invitation => "an invitation",
            Self::Ticket => "a ticket",
        })
    }
}

/// The link of the wanted kind in what a person pasted.
///
/// ```
/// use enhance_model::link::{self, LinkKind};
///
/// let pasted = "Join here: <https://enhance.example.org/%23Join=AB12-CD34>.";
/// let link = link::read(pasted, LinkKind::Invitation)?;
/// assert_eq!((&*link.server, &*link.value), ("https://enhance.example.org/", "AB12-CD34"));
/// # Ok::<(), enhance_model::link::NoLink>(())
/// ```
pub fn read(pasted: &str, wanted: LinkKind) -> Result<Link, NoLink> {
    if pasted.chars().nth(LONGEST).is_some() {
        return Err(NoLink::TooLong { wanted });
    }
    let text = joined(pasted);
    let Some((address, kind, rest)) = parted(&text) else {
        return Err(NoLink::Nothing { read: text.trim().to_owned(), wanted });
    };
    let server = server_in(address);
    if kind != wanted {
        return Err(NoLink::Other { server, found: kind, wanted });
    }
    if server.is_empty() {
        return Err(NoLink::NoServer { of: kind });
    }
    let value = value_in(kind, &rest);
    match (kind, value.len()) {
        (_, 0) => Err(NoLink::Cut { server, of: kind }),
        (LinkKind::Ticket, letters) if letters != SECRET_LETTERS => {
            Err(NoLink::Miscopied { server, letters })
        }
        _ => Ok(Link { kind, server, value }),
    }
}

/// Whether a text is meant as a link, and not as what is in one.
pub fn is_one(pasted: &str) -> bool {
    pasted.contains("://") || parted(&joined(pasted)).is_some()
}

/// An address without the brackets, quotation marks and full stops that it was copied with.
pub fn bare(address: &str) -> &str {
    let is_before = |sign: char| sign.is_whitespace() || "<(\"'‘“«".contains(sign);
    let is_behind = |sign: char| sign.is_whitespace() || ">)\"'’”».,;!?".contains(sign);
    address.trim_start_matches(is_before).trim_end_matches(is_behind)
}

/// The text without what nobody sees, and with its lines joined. A mail that was broken into lines
/// by its program has a `=` at the end of each (RFC 2045); one that is quoted has a `>` before.
fn joined(pasted: &str) -> String {
    let mut text = String::with_capacity(pasted.len());
    for line in pasted.lines() {
        let line: String = line.chars().filter(|sign| !folding::is_unseen(*sign)).collect();
        let line = line.trim();
        let ends_name = |end: &str| line.to_ascii_lowercase().ends_with(end);
        let is_broken = line.ends_with('=') && !ends_name("join=") && !ends_name("ticket=");
        // Of the first line a `<` may be open, of which the `>` is no mark of a quotation.
        let line = if text.is_empty() { line } else { line.trim_start_matches(['>', ' ']) };
        text.push_str(if is_broken { line.trim_end_matches('=') } else { line });
        if !is_broken {
            text.push(' ');
        }
    }
    text
}

/// What stands before the fragment, what kind of link it makes, and what follows its name.
fn parted(text: &str) -> Option<(&str, LinkKind, String)> {
    for (at, _) in text.match_indices(['#', '%']) {
        let (before, behind) = text.split_at(at);
        let Some(behind) = MARKS.iter().find_map(|mark| behind.strip_prefix(mark)) else {
            continue;
        };
        let decoded = decoded(behind);
        let fragment = decoded.strip_prefix('/').unwrap_or(&decoded);
        let kind = |kind: LinkKind| {
            let (name, rest) = fragment.split_at_checked(kind.name().len())?;
            let rest = rest.trim_start();
            let is_it = name.eq_ignore_ascii_case(kind.name());
            let rest = rest.strip_prefix('=').or_else(|| rest.is_empty().then_some(rest))?;
            is_it.then(|| (before, kind, rest.to_owned()))
        };
        if let Some(found) = LinkKind::ALL.into_iter().find_map(kind) {
            return Some(found);
        }
    }
    None
}

/// The address in what stands before a fragment: what follows the last `https://`, or the last
/// word. A program that watches over links has the whole one inside of its own.
fn server_in(before: &str) -> String {
    let small = before.to_ascii_lowercase();
    let text = if small.contains("%3a%2f%2f") { decoded(before) } else { before.to_owned() };
    let small = text.to_ascii_lowercase();
    match small.rfind("https://").into_iter().chain(small.rfind("http://")).max() {
        Some(at) => text[at..].split_whitespace().collect(),
        None => bare(text.split_whitespace().last().unwrap_or_default()).to_owned(),
    }
}

/// The code or the secret in what follows the name of a fragment. It goes on behind a space only
/// where it cannot be whole yet.
fn value_in(kind: LinkKind, rest: &str) -> String {
    let is_of_value = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-');
    let mut value = String::new();
    for sign in rest.chars().skip_while(|sign| !is_of_value(*sign)) {
        let is_whole = match kind {
            LinkKind::Invitation => !value.ends_with('-'),
            LinkKind::Ticket => value.len() >= SECRET_LETTERS,
        };
        if is_of_value(sign) {
            value.push(sign);
        } else if !sign.is_whitespace() || is_whole {
            break;
        }
    }
    // Mail writes the `=` before it as `=3D`.
    match value.strip_prefix("3D") {
        Some(secret) if kind == LinkKind::Ticket && secret.len() == SECRET_LETTERS => {
            secret.to_owned()
        }
        _ => value,
    }
}

/// The signs that an address writes as numbers, as they are; some are written so twice.
fn decoded(text: &str) -> String {
    let once = |text: &str| match percent_decode_str(text).decode_utf8() {
        Ok(decoded) => decoded.into_owned(),
        Err(_) => text.to_owned(),
    };
    once(&once(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "-_-_aZ09-_-_aZ09-_-_aA";
    const SERVER: &str = "https://enhance.example.org/";

    fn ticket(pasted: &str) -> Result<(String, String), NoLink> {
        read(pasted, LinkKind::Ticket).map(|link| (link.server, link.value))
    }

    #[test]
    fn a_ticket_is_found_however_its_link_was_copied() {
        let (begun, ended) = SECRET.split_at(9);
        for pasted in [
            format!("{SERVER}#ticket={SECRET}"),
            format!("  {SERVER}#ticket={SECRET}\r\n"),
            format!("{SERVER}#ticket={SECRET}."),
            format!("{SERVER}#ticket={SECRET},"),
            format!("<{SERVER}#ticket={SECRET}>"),
            format!("\"{SERVER}#ticket={SECRET}\""),
            format!("“{SERVER}#ticket={SECRET}”."),
            format!("[the plan]({SERVER}#ticket={SECRET})"),
            format!("Read this: {SERVER}#ticket={SECRET} Thanks, Asha"),
            format!("{SERVER}#Ticket={SECRET}"),
            format!("{SERVER}#/TICKET={SECRET}"),
            format!("{SERVER}#ticket%3D{SECRET}"),
            format!("{SERVER}%23ticket={SECRET}"),
            format!("{SERVER}%23ticket%3d{SECRET}"),
            format!("{SERVER}%2523ticket%253D{SECRET}"),
            format!("{SERVER}#%2Fticket%3D{SECRET}"),
            format!("{SERVER}#ticket=%3C{SECRET}%3E."),
            format!("{SERVER}#ticket= {SECRET}"),
            format!("{SERVER}#ticket=\r\n{SECRET}"),
            format!("{SERVER}#ticket={begun}\n{ended}"),
            format!("{SERVER}#ticket={begun}=\r\n{ended}"),
            format!("{SERVER}#ticket=3D{SECRET}"),
            format!("{SERVER}#ticket={begun}\u{ad}{ended}\u{200b}"),
            format!("> {SERVER}#ticket={begun}\n> {ended}\n> Asha"),
            format!("https://enhance.exa\nmple.org/#ticket={SECRET}"),
            format!(
                "https://eur01.safelinks.example.com/?url=https%3A%2F%2Fenhance.example.org%2F%23\
                 ticket%3D{SECRET}&data=05%7C02"
            ),
        ] {
            assert_eq!(ticket(&pasted), Ok((SERVER.to_owned(), SECRET.to_owned())), "{pasted:?}");
        }
        let plain = format!("see <enhance.example.org/nhs/#ticket={SECRET}>");
        assert_eq!(ticket(&plain).unwrap().0, "enhance.example.org/nhs/");
    }

    #[test]
    fn an_invitation_is_found_however_its_link_was_copied() {
        for pasted in [
            "https://enhance.example.org/#join=AB12-CD34",
            "https://enhance.example.org/#/join=AB12-CD34 .",
            "<https://enhance.example.org/#JOIN=AB12-CD34>, by Friday",
            "'https://enhance.example.org/%23join%3DAB12-CD34'",
            "https://enhance.example.org/#join=AB12-\r\nCD34",
            "https://enhance.example.org/#join=AB12=\nCD34",
        ] {
            let link = read(pasted, LinkKind::Invitation).unwrap();
            assert_eq!(link.server, SERVER, "{pasted:?}");
            assert_eq!(link.value.replace('-', ""), "AB12CD34", "{pasted:?}");
        }
        assert!(is_one("https://enhance.example.org/") && is_one("e.org/#join=AB12"));
        assert!(!is_one("AB12-CD34.") && !is_one(""));
    }

    #[test]
    fn what_is_no_whole_link_is_said_with_what_was_read_and_how_one_looks() {
        let example = LinkKind::Ticket.example();
        for (pasted, said) in [
            ("", "\"\" is no link of a ticket"),
            ("https://e.org/", "\"https://e.org/\" is no link of a ticket"),
            ("https://e.org/#tickets=AAAA", "is no link of a ticket"),
            ("https://e.org/#%E0%A4%A", "is no link of a ticket"),
            ("https://e.org/#ticket", "\"https://e.org/\" ends before its secret"),
            ("https://e.org/#ticket=%3E.", "\"https://e.org/\" ends before its secret"),
            ("https://e.org/#ticket=AAAA", "4 letters after the =, and 22 are expected"),
            (&format!("https://e.org/#ticket={SECRET}A"), "23 letters after the ="),
            (&format!("#ticket={SECRET}"), "does not begin with the server's address"),
            (&"x".repeat(LONGEST + 1), "longer than any link"),
        ] {
            let error = ticket(pasted).unwrap_err().to_string();
            assert!(error.contains(said) && error.contains(example), "{pasted:?}: {error}");
            assert!(!error.contains(SECRET), "{error}");
        }
        let error = ticket("https://e.org/#join=AB12").unwrap_err().to_string();
        assert!(error.contains("is one of an invitation"), "{error}");
    }

    #[test]
    fn an_address_is_bare_of_what_it_was_copied_with() {
        for typed in ["<https://e.org/>.", " \"https://e.org/\",", "(https://e.org/)"] {
            assert_eq!(bare(typed), "https://e.org/", "{typed}");
        }
        assert_eq!(bare("[::1]:8080"), "[::1]:8080");
    }
}
