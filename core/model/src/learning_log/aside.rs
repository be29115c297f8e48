//! Sessions that nobody can have had: read back from an export, or noted by a clock that was wrong,
//! they are kept as they are, set aside from what counts, and named.

use crate::{
    CalendarDate, Minutes,
    personal_record::{LearningSession, STRETCH},
    time::day_in_words,
};

/// So many are named; more of them is a matter of one correction.
const MOST_NAMED: usize = 8;

/// Why a session does not count, as a sentence goes on; nothing if it may.
///
/// ```
/// use enhance_model::{Minutes, learning_log::set_aside, personal_record::LearningSession};
///
/// let today = jiff::civil::date(2026, 11, 28);
/// let session = |start: &str, minutes| {
///     let (start, minutes) = (start.parse().unwrap(), Minutes(minutes));
///     LearningSession { start, minutes, ..LearningSession::default() }
/// };
/// assert_eq!(set_aside(&session("2026-11-28T09:00:00Z", 1_440), today), None);
/// let long = set_aside(&session("2026-11-28T09:00:00Z", 1_441), today);
/// assert_eq!(long.as_deref(), Some("took 24 h 1 min, and a session goes from 1 min to 24 h"));
/// let ahead = set_aside(&session("2026-12-24T09:00:00Z", 60), today);
/// assert_eq!(ahead.as_deref(), Some("is on a day to come"));
/// ```
pub fn set_aside(session: &LearningSession, today: CalendarDate) -> Option<String> {
    let (least, most) = (Minutes(*STRETCH.start()), Minutes(*STRETCH.end()));
    if !STRETCH.contains(&session.minutes.0) {
        let took = session.minutes;
        return Some(format!("took {took}, and a session goes from {least} to {most}"));
    }
    // Somewhere it is tomorrow already.
    let is_ahead = today.tomorrow().is_ok_and(|tomorrow| session.day() > tomorrow);
    is_ahead.then(|| "is on a day to come".to_owned())
}

/// A sentence for each session that is set aside.
pub(super) fn named<'s>(
    aside: impl IntoIterator<Item = (&'s LearningSession, String)>,
) -> Vec<String> {
    let mut aside: Vec<_> = aside.into_iter().collect();
    aside.sort_by(|(one, _), (other, _)| (one.start, &one.title).cmp(&(other.start, &other.title)));
    let mut said: Vec<String> = aside
        .iter()
        .take(MOST_NAMED)
        .map(|(session, why)| {
            let title = match session.title.trim() {
                "" => "A session without a title".to_owned(),
                title => format!("“{title}”"),
            };
            format!("Not counted: {title} of {} {why}.", day_in_words(session.day()))
        })
        .collect();
    match aside.len().saturating_sub(MOST_NAMED) {
        0 => {}
        1 => said.push("Not counted: 1 more such session.".to_owned()),
        more => said.push(format!("Not counted: {more} more such sessions.")),
    }
    said
}
