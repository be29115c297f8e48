//! Tickets: a link by which somebody without an account reads one text, and may say something
//! about it.
//!
//! A partner outside the NHS or an assessor in a corridor has no account and will not enrol to say
//! one sentence. What a ticket shows is a copy of the text as it stood, without the history behind
//! it; what its holder says comes back to the person who made it, and to nobody else.

use serde::{Deserialize, Serialize};

use crate::{
    CalendarDate, DocumentId, DocumentKind, ItemId, PersonId, Timestamp,
    change_project::ChangeProject,
    reflection::SharedReflection,
    sentence::capital,
    sign_off::{Fields, texts_of, things_of},
    words::words,
};

/// Characters of what a ticket is for, at most.
pub const PURPOSE_CHARS: usize = 280;

/// Characters of a holder's name, at most.
pub const HOLDER_CHARS: usize = 80;

/// Characters of one comment or endorsement, at most.
pub const ANSWER_CHARS: usize = 4_000;

/// How often one ticket can be opened at most.
pub const MOST_USES: u32 = 50;

/// Days for which a ticket is good at most.
pub const MOST_DAYS: u32 = 90;

words! {
    /// What the holder of a ticket may do. Each includes those before it.
    TicketRight {
        /// Read what it shows.
        Read = "read",
        /// Say something about it as well.
        Comment = "comment",
        /// Stand behind it as well. That is no sign-off: nobody has checked who they are.
        Endorse = "endorse",
    }
}

words! {
    /// What the holder of a ticket did with it.
    TicketDeed {
        /// They opened it.
        Open = "open",
        /// They said something about what it shows.
        Comment = "comment",
        /// They stand behind what it shows.
        Endorse = "endorse",
    }
}

words! {
    /// What has become of a ticket.
    TicketStanding {
        /// Its link can be opened.
        Open = "open",
        /// It was opened as often as it could be. Who opened it can still answer.
        UsedUp = "used_up",
        /// Its time is over.
        Expired = "expired",
        /// Its owner ended it, or the server knows it no more.
        Ended = "ended",
    }
}

impl TicketRight {
    /// Whether it is enough for a deed.
    pub fn allows(self, deed: TicketDeed) -> bool {
        match deed {
            TicketDeed::Open => true,
            TicketDeed::Comment => self >= Self::Comment,
            TicketDeed::Endorse => self >= Self::Endorse,
        }
    }
}

/// A part of what a ticket shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketPart {
    /// What it is about. Empty for what stands before all headings.
    pub heading: String,
    pub text: String,
}

/// What a ticket shows: a text as it stood when the ticket was made, without history. It names
/// nobody but those whom the text names, and who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketSnapshot {
    /// Of what kind of document it is the text.
    pub kind: DocumentKind,
    pub title: String,
    /// The name of who made the ticket.
    pub from: String,
    /// What they ask its holder for.
    pub purpose: String,
    /// Device clock when it was made.
    pub at: Timestamp,
    pub parts: Vec<TicketPart>,
}

/// That somebody opened a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketVisit {
    pub id: ItemId,
    /// As they call themselves; nobody has checked it.
    pub name: String,
    /// Server clock when they did.
    pub at: Timestamp,
}

/// What the holder of a ticket said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketAnswer {
    pub id: ItemId,
    /// A comment or an endorsement.
    pub deed: TicketDeed,
    /// As they call themselves; nobody has checked it.
    pub name: String,
    pub text: String,
    /// Server clock when it came.
    pub at: Timestamp,
}

/// A ticket as the devices of its owner know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub id: ItemId,
    /// The document whose text it shows.
    pub document: DocumentId,
    /// What that was called.
    pub title: String,
    /// What its holder is asked for.
    pub purpose: String,
    pub right: TicketRight,
    /// Server clock when it was made.
    pub made_at: Timestamp,
    /// Server clock from when it opens no more.
    pub expires_at: Timestamp,
    /// How often it could be opened.
    pub uses: u32,
    pub uses_left: u32,
    /// When its owner ended it.
    pub ended_at: Option<Timestamp>,
    /// Who opened it, in the order in which they did.
    pub visits: Vec<TicketVisit>,
    /// What they said, in the order in which it came.
    pub answers: Vec<TicketAnswer>,
}

impl Ticket {
    /// What has become of it at a moment.
    pub fn standing(&self, now: Timestamp) -> TicketStanding {
        if self.ended_at.is_some() {
            TicketStanding::Ended
        } else if now >= self.expires_at {
            TicketStanding::Expired
        } else if self.uses_left == 0 {
            TicketStanding::UsedUp
        } else {
            TicketStanding::Open
        }
    }
}

impl TicketPart {
    fn new(heading: impl Into<String>, text: &str) -> Self {
        Self { heading: heading.into(), text: text.trim_end().to_owned() }
    }

    /// The parts of a copy: what was asked, and the answer to it. What was asked under a key that
    /// the copy does not explain is called by the key.
    pub fn of_copy(copy: &SharedReflection) -> Vec<Self> {
        let answer = |key: &String| copy.answers.get(key).filter(|text| !text.is_empty());
        let asked = copy.prompts.iter();
        let asked = asked.filter_map(|one| Some(Self::new(&*one.label, answer(&one.key)?)));
        let is_asked = |key: &String| copy.prompts.iter().any(|one| one.key == *key);
        let others = copy.answers.keys().filter(|key| !is_asked(key));
        let others = others.filter_map(|key| Some(Self::new(&**key, answer(key)?)));
        let mut parts: Vec<Self> = asked.chain(others).collect();
        let tags: Vec<String> = copy.tags.iter().map(ToString::to_string).collect();
        if !tags.is_empty() {
            parts.push(Self::new("about", &tags.join(", ")));
        }
        parts
    }

    /// The parts of a project in words for people, these by the names that `named` knows.
    pub fn of_project(
        project: &ChangeProject,
        named: &dyn Fn(PersonId) -> Option<String>,
    ) -> Vec<Self> {
        let first =
            [Self::new("", &lines(head(project))), Self::new("Aim", &project.aim_in_words())];
        let texts = texts_of(project).map(|(section, text)| Self::new(section.heading(), text));
        let things = things_of(project, named).into_iter().map(|(name, mut fields)| {
            // The aim in a sentence stands before all others.
            fields.retain(|(field, _)| name != "aim" || field != "sentence");
            let heading =
                if name == "aim" { "The aim in detail".to_owned() } else { capital(&name) };
            Self::new(heading, &lines(fields))
        });
        let parts = first.into_iter().chain(texts).chain(things);
        parts.filter(|part| !part.text.is_empty()).collect()
    }
}

/// What a project is about, where and when it is, and how far it has come.
fn head(project: &ChangeProject) -> Fields {
    let day = |day: CalendarDate| day.strftime("%-d %B %Y").to_string();
    let progress = project.progress.map(|score| format!("{score} of 5, {}", score.meaning()));
    let facts = [
        ("about", project.topic.replace('-', " ")),
        ("where", project.setting.clone()),
        ("how far it has come", project.status.to_string()),
        ("progress, as the team sees it", progress.unwrap_or_default()),
        ("begun on", project.start.map(day).unwrap_or_default()),
        ("ends on", project.end.map(day).unwrap_or_default()),
    ];
    facts.map(|(name, fact)| (name.to_owned(), fact)).into()
}

/// What fields say, a line each; one of the words that a field takes is written as people do.
fn lines(fields: Fields) -> String {
    let is_word = |said: &str| said.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
    let said = fields.into_iter().filter(|(_, said)| !said.trim().is_empty());
    let lines = said.map(|(name, said)| {
        let said = if is_word(&said) { said.replace('_', " ") } else { said };
        format!("{}: {said}", capital(&name))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        change_project::{ChangeIdea, Section, Status},
        reflection::AskedPrompt,
    };

    fn ticket(uses_left: u32, ended_at: Option<Timestamp>) -> Ticket {
        Ticket {
            id: ItemId::from_bytes([1; 16]),
            document: DocumentId::from_bytes([2; 16]),
            title: String::new(),
            purpose: String::new(),
            right: TicketRight::Comment,
            made_at: Timestamp::from_unix_millis(0),
            expires_at: Timestamp::from_unix_millis(100),
            uses: 1,
            uses_left,
            ended_at,
            visits: Vec::new(),
            answers: Vec::new(),
        }
    }

    #[test]
    fn what_was_ended_is_ended_whatever_else_is_so() {
        let at = Timestamp::from_unix_millis;
        assert_eq!(ticket(1, None).standing(at(99)), TicketStanding::Open);
        assert_eq!(ticket(0, None).standing(at(99)), TicketStanding::UsedUp);
        assert_eq!(ticket(0, None).standing(at(100)), TicketStanding::Expired);
        assert_eq!(ticket(0, Some(at(5))).standing(at(100)), TicketStanding::Ended);
    }

    #[test]
    fn a_right_includes_those_before_it() {
        let allowed = |right: TicketRight| {
            let deeds = TicketDeed::ALL.iter().filter(|deed| right.allows(**deed));
            deeds.count()
        };
        assert_eq!(
            TicketRight::ALL.iter().map(|right| allowed(*right)).collect::<Vec<_>>(),
            [1, 2, 3]
        );
    }

    #[test]
    fn a_project_is_read_in_words_for_people() {
        let mut project = ChangeProject { title: "Falls".to_owned(), ..Default::default() };
        project.topic = "population-health".to_owned();
        project.status = Status::HandedOver;
        project.sections.insert(Section::WhyHere, "Nine a week.".to_owned());
        let idea = ChangeIdea { text: "Lamps".to_owned(), ..ChangeIdea::default() };
        project.ideas.insert(ItemId::from_bytes([3; 16]), idea);
        let parts = TicketPart::of_project(&project, &|_| None);
        let read: Vec<String> =
            parts.iter().map(|one| format!("{}|{}", one.heading, one.text)).collect();
        assert_eq!(
            read,
            [
                "|About: population health\nHow far it has come: handed over",
                "Why here|Nine a week.",
                "Change idea|State: to test\nText: Lamps",
            ]
        );
    }

    #[test]
    fn a_copy_is_read_in_the_order_in_which_it_was_asked() {
        let prompt = |key: &str, label: &str| AskedPrompt { key: key.into(), label: label.into() };
        let answers = [("what", "A fall.\n"), ("so-what", ""), ("aside", "By the way.")];
        let answers = answers.map(|(key, text)| (key.to_owned(), text.to_owned()));
        let copy = SharedReflection {
            prompts: vec![prompt("what", "What happened?"), prompt("so-what", "So what?")],
            answers: BTreeMap::from(answers),
            ..SharedReflection::default()
        };
        let parts = TicketPart::of_copy(&copy);
        let read = |one: &TicketPart| (one.heading.clone(), one.text.clone());
        assert_eq!(
            parts.iter().map(read).collect::<Vec<_>>(),
            [
                ("What happened?".to_owned(), "A fall.".to_owned()),
                ("aside".to_owned(), "By the way.".to_owned()),
            ]
        );
    }
}
