//! By what the things of a record are known in lists.

use crate::Noun;

/// The field, and what somebody is asked for who left it empty: "say …".
const NAMES: [(Noun, &str, &str); 8] = [
    (Noun::LearningSession, "title", "what it was, as the title of the learning session"),
    (Noun::Placement, "organisation", "the organisation of the placement"),
    (Noun::Supervisor, "name", "the name of the supervisor"),
    (Noun::PdpGoal, "text", "what you want to be able to do"),
    (Noun::Certificate, "title", "what the certificate is for"),
    (Noun::EvidenceDeadline, "name", "what closes on that day"),
    (Noun::Experience, "host", "the host of the experience"),
    (Noun::EvidenceLink, "justification", "why it shows that"),
];

/// The field by which a thing is known, and what is asked for; none if it is known by no text.
pub(super) fn name_of(noun: Noun) -> Option<(&'static str, &'static str)> {
    NAMES.into_iter().find(|(of, ..)| *of == noun).map(|(_, field, words)| (field, words))
}
