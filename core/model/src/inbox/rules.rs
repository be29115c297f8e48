//! What waits in a copy, in a request for a sign-off, and in one's own record.

use super::{
    DocumentFacts, InboxItem, InboxKind, InboxReader, MOST_OF_KIND, OpenComment, begin_of,
    first_letters, first_words, open_comments,
    project::{nudges, of_comment},
};
use crate::{
    Claim, DocumentId, Timestamp,
    comments::Said,
    ownership::ORGANISATION,
    personal_record::PersonalRecord,
    sign_off::{Decision, SignOff, SignOffRequest},
    ticket::{Ticket, TicketAnswer, TicketDeed},
    time::day_in_words,
};

/// Letters that are shown of why a sign-off ended: all that is said of it, whatever the signer is
/// called.
const ENDED_LETTERS: usize = 400;

/// A sign-off that counts, and whether the reader has said that they saw it.
#[derive(Debug, Clone, Copy)]
pub struct AnswerFacts<'a> {
    pub id: DocumentId,
    pub sign_off: &'a SignOff,
    /// Whether it stands in the place of one that the trainee witnessed.
    pub is_over_witnessed: bool,
    pub is_seen: bool,
}

/// A sign-off that counts no more, or not for what it says now.
#[derive(Debug, Clone, Copy)]
pub struct EndedFacts<'a> {
    pub id: DocumentId,
    pub sign_off: &'a SignOff,
    /// Why, in a word: for another reason it is told again.
    pub why: &'a str,
    /// Why it counts no more, as a person is told.
    pub words: &'a str,
    pub since: Timestamp,
}

/// What waits before a plan is here: the invitation to it, until it is answered or expires.
pub fn invitation(
    project: &DocumentFacts<'_>,
    round: u32,
    expires_at: Timestamp,
) -> Vec<InboxItem> {
    let item = InboxItem::new(InboxKind::ProjectInvited, project, project.changed_at);
    let item = InboxItem { from: vec![project.owner], until: Some(expires_at), ..item };
    vec![item.known_by(&[&round.to_be_bytes()])]
}

/// The offer of a plan to somebody, which stands or was declined.
#[derive(Debug, Clone, Copy)]
pub struct OfferFacts {
    pub claim: Claim,
    /// When it came to the server; if it was declined, when that did.
    pub since: Timestamp,
    pub declined: bool,
}

/// What waits because a plan changes hands: for whom it is offered to the offer, until they answer;
/// for who offered it that they do not want it, until they have seen that.
pub fn handover(
    me: InboxReader,
    project: &DocumentFacts<'_>,
    offer: &OfferFacts,
) -> Option<InboxItem> {
    let OfferFacts { claim, since, declined } = *offer;
    let (kind, from, words) = match (declined, claim.by == ORGANISATION) {
        (true, _) if claim.by == me.person => {
            let words = "They do not want to own this plan: it is yours.".to_owned();
            (InboxKind::HandoverDeclined, claim.to, words)
        }
        (false, true) if claim.to == me.person => {
            let words = "Its owner has left; the organisation offers it to you.".to_owned();
            (InboxKind::HandoverOffered, project.owner, words)
        }
        (false, false) if claim.to == me.person => {
            let words = format!("It is yours once you accept; they {} after that.", claim.kept());
            (InboxKind::HandoverOffered, claim.by, words)
        }
        _ => return None,
    };
    let item = InboxItem { words, from: vec![from], ..InboxItem::new(kind, project, since) };
    Some(item.known_by(&[&claim.number.to_be_bytes(), claim.to.as_bytes()]))
}

/// What waits in a copy that somebody shared. For its reader the copy, until it was seen, and each
/// answer to what they had said; for who shared it, all that its reader says: the copy is what they
/// had said themselves.
pub fn copy(
    me: InboxReader,
    copy: &DocumentFacts<'_>,
    shared_at: Timestamp,
    said: &[Said<'_>],
) -> Vec<InboxItem> {
    let is_mine = copy.owner == me.person;
    let mut open = open_comments(me.person, said);
    open.retain(|one| is_mine || one.answers_me);
    open.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
    let comment = |one: &OpenComment| of_comment(InboxKind::CommentAnswered, copy, one);
    let mut items: Vec<InboxItem> = open.iter().map(comment).take(MOST_OF_KIND).collect();
    if !is_mine && !copy.is_seen {
        let item = InboxItem::new(InboxKind::CopyShared, copy, shared_at);
        let from = vec![copy.owner];
        items.push(InboxItem { from, receipt: Some(copy.id), ..item }.known_by(&[]));
    }
    items
}

/// What waits in a request for a sign-off: for who is asked the request, until they answer, and that
/// who asks nudged them, or that an answer was witnessed in their name, until they have seen that; for
/// who asks each answer that was not given on her own phone, until she has seen it.
pub fn request(
    me: InboxReader,
    request: &DocumentFacts<'_>,
    asked: &SignOffRequest,
    (answers, said): (&[AnswerFacts<'_>], &[Said<'_>]),
) -> Vec<InboxItem> {
    if request.owner == me.person {
        return answers.iter().filter_map(|one| answer(request, one)).collect();
    }
    if asked.asked != Some(me.person) {
        return Vec::new();
    }
    let is_mine = |one: &&AnswerFacts<'_>| one.sign_off.signer.person == Some(me.person);
    let mine: Vec<_> = answers.iter().filter(is_mine).collect();
    if !mine.is_empty() {
        return mine.into_iter().filter_map(|one| witnessed(request, one)).collect();
    }
    let item = InboxItem {
        words: first_words(&asked.message),
        from: vec![request.owner],
        receipt: Some(request.id),
        ..InboxItem::new(InboxKind::SignOffAsked, request, asked.at)
    };
    let mut items = vec![item.known_by(&[])];
    let by_who_asks: Vec<Said<'_>> =
        said.iter().filter(|one| one.by == request.owner).copied().collect();
    items.extend(nudges(me, request, &by_who_asks, None));
    items
}

/// That somebody says of the reader that she answered on their device.
fn witnessed(request: &DocumentFacts<'_>, answer: &AnswerFacts<'_>) -> Option<InboxItem> {
    let AnswerFacts { id, sign_off, is_seen, .. } = *answer;
    if is_seen || sign_off.signer.witnessed.is_none() {
        return None;
    }
    let decided = match sign_off.decision {
        Decision::Signed => "signed",
        Decision::Returned => "returned",
    };
    let SignOff { trainee_name, statement, .. } = sign_off;
    let words = format!("{trainee_name} says that you {decided} it on their device. {statement}");
    let item = InboxItem {
        words: first_words(words.trim_end()),
        from: vec![request.owner],
        receipt: Some(id),
        ..InboxItem::new(InboxKind::SignOffWitnessed, request, sign_off.at)
    };
    Some(item.known_by(&[id.as_bytes()]))
}

/// That what was signed for the reader ended: one line, until she has seen it. Nobody else is told.
pub fn sign_off_ended(
    me: InboxReader,
    request: &DocumentFacts<'_>,
    ended: &EndedFacts<'_>,
) -> Option<InboxItem> {
    if request.owner != me.person {
        return None;
    }
    let EndedFacts { id, sign_off, why, words, since } = *ended;
    let item = InboxItem {
        words: first_letters(&format!("By {}. {words}", sign_off.signer.name), ENDED_LETTERS),
        from: sign_off.signer.person.into_iter().collect(),
        ..InboxItem::new(InboxKind::SignOffEnded, request, since)
    };
    Some(item.known_by(&[id.as_bytes(), why.as_bytes()]))
}

fn answer(request: &DocumentFacts<'_>, answer: &AnswerFacts<'_>) -> Option<InboxItem> {
    let AnswerFacts { id, sign_off, is_seen, .. } = *answer;
    if is_seen || sign_off.signer.witnessed.is_some() {
        return None;
    }
    let decision = match sign_off.decision {
        Decision::Signed => "Signed",
        Decision::Returned => "Returned",
    };
    // What they answered before stays readable, and it is said that it counts no more.
    let anew = match sign_off.supersedes {
        Some(_) => ", in the place of what they answered before",
        None if answer.is_over_witnessed => ", in the place of what you witnessed",
        None => "",
    };
    let words = format!("{decision}{anew}. {}", sign_off.statement);
    let item = InboxItem {
        words: first_words(&words),
        from: sign_off.signer.person.into_iter().collect(),
        receipt: Some(id),
        ..InboxItem::new(InboxKind::SignOffAnswered, request, sign_off.at)
    };
    Some(item.known_by(&[id.as_bytes()]))
}

/// What waits because the holder of a ticket said something: each answer, until it was seen. Who
/// that was says the words alone, since nobody has checked it.
pub fn ticket(document: &DocumentFacts<'_>, ticket: &Ticket) -> Vec<InboxItem> {
    let mut answers: Vec<&TicketAnswer> = ticket.answers.iter().collect();
    answers.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
    let item = |one: &TicketAnswer| {
        let said = match one.deed {
            TicketDeed::Endorse => "by ticket, no sign-off: stands behind it",
            TicketDeed::Open | TicketDeed::Comment => "by ticket",
        };
        let item = InboxItem {
            place: ticket.id.to_string(),
            words: first_words(&format!("{} ({said}). {}", one.name, one.text)),
            ..InboxItem::new(InboxKind::TicketAnswered, document, one.at)
        };
        item.known_by(&[one.id.as_bytes()])
    };
    answers.into_iter().map(item).take(MOST_OF_KIND).collect()
}

/// What waits in one's own record: deadlines that are near, each as often as it is warned of. A
/// nearer warning takes the place of the one before it.
pub fn record(
    me: InboxReader,
    facts: &DocumentFacts<'_>,
    record: &PersonalRecord,
) -> Vec<InboxItem> {
    if facts.owner != me.person {
        return Vec::new();
    }
    let mut items = Vec::new();
    for (id, deadline) in &record.deadlines {
        let mut days = deadline.warnings();
        days.push((deadline.at, 0));
        let moments: Vec<Timestamp> = days.iter().filter_map(|(day, _)| begin_of(*day)).collect();
        let untils = moments.iter().skip(1).copied().map(Some).chain([None]);
        for (since, until) in moments.iter().zip(untils) {
            let item = InboxItem {
                title: deadline.name.clone(),
                words: format!("due on {}", day_in_words(deadline.at)),
                place: id.to_string(),
                until,
                ..InboxItem::new(InboxKind::Deadline, facts, *since)
            };
            items.push(item.known_by(&[id.as_bytes(), &since.as_millis().to_be_bytes()]));
        }
    }
    items
}
