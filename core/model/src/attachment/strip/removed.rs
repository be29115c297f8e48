//! What is taken out of files.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was taken out of a file, or could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removed {
    /// The camera's notes: place, time, maker, serial numbers.
    Camera,
    /// What programs noted of it, as XMP or IPTC.
    Notes,
    /// What somebody wrote into it beside the picture, or behind a mark on a page.
    Comments,
    /// A small picture of it, which may show what was cut away.
    Preview,
    /// What came after the end of the picture, or is shown on no page.
    Rest,
    /// Who made a PDF or wrote a note in it, when and with what, and its title there.
    Properties,
    /// Files inside a PDF.
    Files,
    /// That somebody signed a PDF with a key of theirs. What can be seen of it stays.
    Signatures,
    /// Not taken out: the pages of a PDF are as they are, with all that can be seen on them.
    PagesLeft,
}

impl Removed {
    pub const ALL: [Self; 9] = [
        Self::Camera,
        Self::Notes,
        Self::Comments,
        Self::Preview,
        Self::Rest,
        Self::Properties,
        Self::Files,
        Self::Signatures,
        Self::PagesLeft,
    ];

    /// Whether it could not be taken out, so that the person is to know.
    pub const fn is_left(self) -> bool {
        matches!(self, Self::PagesLeft)
    }

    /// The words for a person.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Camera => "place, time and camera",
            Self::Notes => "notes of programs",
            Self::Comments => "remarks",
            Self::Preview => "small preview pictures",
            Self::Rest => "what came after its end or is not shown",
            Self::Properties => "author, title and program",
            Self::Files => "files inside it",
            Self::Signatures => "digital signatures",
            Self::PagesLeft => {
                "the pages of a PDF stay as they are, with what was filled in and can be chosen \
                 there: look for names"
            }
        }
    }
}

impl fmt::Display for Removed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())
    }
}
