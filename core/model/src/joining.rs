//! Joining a plan: who is asked to take part is invited, and takes part once they accept.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, time::DAY_MS, words::words};

/// Days for which an invitation to a plan waits.
pub const INVITATION_DAYS: i64 = 30;
/// What waits of one sender at most: invitations nobody has answered, and copies and requests that
/// nobody has read.
pub const MOST_FROM_ONE: u64 = 100;
/// What waits of one sender for one person at most, so that nobody fills another's inbox alone.
pub const MOST_FROM_ONE_FOR_ONE: u64 = 40;
/// What waits for one person at most, whoever sent it.
pub const MOST_FOR_ONE: u64 = 400;

/// Letters of a title in an invitation.
const TITLE_LETTERS: usize = 120;

words! {
    /// How a person stands to a document that was shared with them.
    Standing {
        /// They were asked to take part and have not answered: they read nothing yet.
        Invited = "invited",
        /// They take part. Who was shown a copy has it from the beginning.
        Member = "member",
        /// They did not want to take part.
        Declined = "declined",
        /// They took part, and left or put it away.
        Left = "left",
    }
}

/// What a person has to know of a plan to decide whether to take part. The owner's device says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What the plan is called, cut where it is long.
    pub title: String,
    /// Bytes of what comes with it, about.
    pub bytes: u64,
}

impl Preview {
    /// A preview with as much of a title as it may have, on one line.
    pub fn new(title: &str, bytes: u64) -> Self {
        let words: Vec<&str> = title.split_whitespace().collect();
        let line = words.join(" ").replace(char::is_control, "");
        let title = match line.char_indices().nth(TITLE_LETTERS) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
            None => line,
        };
        Self { title, bytes }
    }

    /// The same as it may be shown, whoever made it.
    #[must_use]
    pub fn bounded(&self) -> Self {
        Self::new(&self.title, self.bytes)
    }

    /// Whether it is as long as one may be.
    pub fn is_bounded(&self) -> bool {
        self.title.chars().count() <= TITLE_LETTERS + 1
    }
}

/// Until when an invitation waits that came at a moment.
pub const fn expires_at(came: Timestamp) -> Timestamp {
    came.plus_millis(INVITATION_DAYS * DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_in_an_invitation_is_one_short_line() {
        let long = "Falls on ward 7\n".repeat(20_000);
        let preview = Preview::new(&long, 7);
        assert_eq!(preview.title.chars().count(), TITLE_LETTERS + 1);
        assert!(preview.title.ends_with('…') && !preview.title.contains('\n'));
        assert!(preview.is_bounded());
        assert_eq!(preview.bounded(), preview);
        let forged = Preview { title: "\u{1b}[2Jyours".repeat(4_000), bytes: 1 };
        assert!(!forged.is_bounded());
        assert!(forged.bounded().is_bounded());
        assert!(!forged.bounded().title.contains('\u{1b}'));
        assert_eq!(Preview::new(" Falls  on\tward 7 ", 0).title, "Falls on ward 7");
        assert_eq!(Preview::new("", 0).title, "");
    }
}
