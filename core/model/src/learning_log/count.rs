//! Counting sessions under what a year asks for. Nothing is rounded before it is compared.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    json::{whole_down, whole_up},
    rule::{FigureOf, LogTerms, PartCap},
};
use crate::{
    Minutes,
    chart::Exact,
    personal_record::{LearningSession, SessionKind, Subject},
};

/// What a learning log amounts to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogCount {
    /// Minutes that count, each kind up to its cap.
    #[serde(serialize_with = "whole_down")]
    pub counted: Exact,
    /// Minutes of core teaching.
    pub core: Minutes,
    /// Minutes of other teaching, before anything limits them.
    pub non_core: Minutes,
    /// Of these, minutes for one specialty.
    pub specialty: Minutes,
    /// Minutes of e-learning before the cap, those included that were a part of something else.
    pub elearning: Minutes,
    /// Minutes of kinds that count, beyond what the limits let in: with those that count they are
    /// all of the teaching and e-learning.
    pub above_limits: Minutes,
    /// Minutes that do not count.
    pub excluded: Minutes,
    /// Minutes of each kind, as they were noted.
    pub by_kind: BTreeMap<SessionKind, Minutes>,
    /// Minutes that are still to be done: the whole ones that are asked for, less the whole ones
    /// that count, so that what is shown of all three adds up.
    #[serde(serialize_with = "whole_up")]
    pub left: Exact,
    /// Minutes of core teaching that are still to be done.
    #[serde(serialize_with = "whole_up")]
    pub core_left: Exact,
    /// Whether the target is reached; none: nothing is asked, so nothing is met or unmet.
    pub target_met: Option<bool>,
    /// Whether the core target is reached; none likewise.
    pub core_met: Option<bool>,
}

impl LogCount {
    /// Whether everything is reached that is asked for; none where nothing is asked.
    pub fn is_met(&self) -> Option<bool> {
        both(self.target_met, self.core_met)
    }

    /// A session that does not count, whatever its kind is.
    pub(super) fn leave_out(&mut self, session: &LearningSession) {
        add(self.by_kind.entry(session.kind).or_default(), session.minutes);
        add(&mut self.excluded, session.minutes);
    }

    /// Several years together, as each is shown. What was too much in one makes nothing good in
    /// another.
    pub fn sum<'a>(years: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = LogTerms::nothing().count([]);
        for year in years {
            all.counted = all.counted.plus(&whole(Minutes(year.counted.whole_down())));
            all.left = all.left.plus(&year.left);
            all.core_left = all.core_left.plus(&year.core_left);
            for (sum, more) in [
                (&mut all.core, year.core),
                (&mut all.non_core, year.non_core),
                (&mut all.specialty, year.specialty),
                (&mut all.elearning, year.elearning),
                (&mut all.above_limits, year.above_limits),
                (&mut all.excluded, year.excluded),
            ] {
                add(sum, more);
            }
            for (kind, minutes) in &year.by_kind {
                add(all.by_kind.entry(*kind).or_default(), *minutes);
            }
            all.target_met = both(all.target_met, year.target_met);
            all.core_met = both(all.core_met, year.core_met);
        }
        all
    }
}

/// Where a figure is added up, what one year has of it, and how it is shown.
type Summand<'a> = (&'a mut Option<Exact>, &'a Option<Exact>, fn(&Exact) -> u32);

impl LogTerms {
    /// What asks for nothing and limits nothing.
    pub const fn nothing() -> Self {
        Self {
            target: None,
            core_min: None,
            non_core_cap: None,
            specialty_cap: None,
            elearning_cap: None,
            excluded: Vec::new(),
            part_caps: Vec::new(),
            lifted: Vec::new(),
        }
    }

    /// What several years ask for together, as each is shown; nothing where none of them asks.
    pub fn sum<'a>(years: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::nothing();
        let (up, down) = (Exact::whole_up, Exact::whole_down);
        for year in years {
            let sums: [Summand<'_>; 5] = [
                (&mut all.target, &year.target, up),
                (&mut all.core_min, &year.core_min, up),
                (&mut all.non_core_cap, &year.non_core_cap, down),
                (&mut all.specialty_cap, &year.specialty_cap, down),
                (&mut all.elearning_cap, &year.elearning_cap, down),
            ];
            for (sum, more, shown) in sums {
                let more = more.as_ref().map(|more| whole(Minutes(shown(more))));
                let both = sum.as_ref().zip(more.as_ref()).map(|(sum, more)| sum.plus(more));
                *sum = both.or(more).or_else(|| sum.clone());
            }
            all.excluded.clone_from(&year.excluded);
            all.part_caps.clone_from(&year.part_caps);
            all.lifted.extend(&year.lifted);
        }
        all
    }

    /// Counts sessions.
    ///
    /// Core teaching counts whole. All else counts up to a cap of its own, and within that what is
    /// for one specialty and what is e-learning up to theirs. Of a part of an activity that has a
    /// cap, what was done first counts.
    pub fn count<'a>(&self, sessions: impl IntoIterator<Item = &'a LearningSession>) -> LogCount {
        let mut sums = Sums::default();
        let mut sessions: Vec<&LearningSession> = sessions.into_iter().collect();
        sessions.sort_by_key(|session| session.start);
        for session in sessions {
            sums.add(session, self);
        }
        let Sums { core, general, specialty, elearning, excluded, by_kind, free, .. } = sums;
        let limited = |all: Exact, of: FigureOf, cap: &Option<Exact>| match cap {
            Some(cap) => all.min(cap.plus(&whole(free.get(&of).copied().unwrap_or_default()))),
            None => all,
        };
        let others = whole(general)
            .plus(&limited(whole(specialty), FigureOf::SpecialtyCap, &self.specialty_cap))
            .plus(&limited(whole(elearning), FigureOf::ElearningCap, &self.elearning_cap));
        let others = limited(others, FigureOf::NonCoreCap, &self.non_core_cap);
        let counted = whole(core).plus(&others);
        let left = missing(&counted, self.target.as_ref());
        let core_left = missing(&whole(core), self.core_min.as_ref());
        let noted: Minutes = [core, general, specialty, elearning].into_iter().sum();
        LogCount {
            above_limits: Minutes(noted.0.saturating_sub(counted.whole_down())),
            core,
            non_core: [general, specialty].into_iter().sum(),
            specialty,
            elearning,
            excluded,
            by_kind,
            target_met: is_met(self.target.as_ref(), &left),
            core_met: is_met(self.core_min.as_ref(), &core_left),
            counted,
            left,
            core_left,
        }
    }
}

/// Minutes as they are noted, by how they count.
#[derive(Default)]
struct Sums {
    core: Minutes,
    general: Minutes,
    specialty: Minutes,
    elearning: Minutes,
    excluded: Minutes,
    by_kind: BTreeMap<SessionKind, Minutes>,
    /// What counts so far of each part that has a cap, by its place among the caps.
    of_parts: BTreeMap<usize, Minutes>,
    /// What was done of each limited kind on days on which the limit does not hold.
    free: BTreeMap<FigureOf, Minutes>,
}

impl Sums {
    fn add(&mut self, session: &LearningSession, terms: &LogTerms) {
        add(self.by_kind.entry(session.kind).or_default(), session.minutes);
        if terms.excluded.contains(&session.kind) {
            return add(&mut self.excluded, session.minutes);
        }
        let minutes = self.within_cap(session, terms);
        add(&mut self.excluded, Minutes(session.minutes.0 - minutes.0));
        let online = session.online.unwrap_or_default().min(minutes);
        add(&mut self.elearning, online);
        let rest = Minutes(minutes.0 - online.0);
        let (sum, cap) = match (session.kind, session.subject) {
            (SessionKind::Core, _) => (&mut self.core, None),
            (SessionKind::Elearning, _) => (&mut self.elearning, Some(FigureOf::ElearningCap)),
            (_, Subject::Specialty) => (&mut self.specialty, Some(FigureOf::SpecialtyCap)),
            (_, Subject::General) => (&mut self.general, Some(FigureOf::NonCoreCap)),
        };
        add(sum, rest);
        let day = session.day();
        for lifted in terms.lifted.iter().filter(|lifted| lifted.days.contains(day)) {
            let is_of = |of| lifted.of == of || lifted.of == FigureOf::NonCoreCap;
            let free = self.free.entry(lifted.of).or_default();
            if is_of(FigureOf::ElearningCap) {
                add(free, online);
            }
            if cap.is_some_and(is_of) {
                add(free, rest);
            }
        }
    }

    /// How much of a session its part leaves room for.
    fn within_cap(&mut self, session: &LearningSession, terms: &LogTerms) -> Minutes {
        let is_of = |cap: &PartCap| {
            cap.part == session.part && session.activity.as_ref() == Some(&cap.activity)
        };
        let Some(place) = terms.part_caps.iter().position(is_of) else { return session.minutes };
        let so_far = self.of_parts.entry(place).or_default();
        let cap = terms.part_caps.get(place).map_or(Minutes(u32::MAX), |cap| cap.minutes);
        let counted = session.minutes.min(Minutes(cap.0.saturating_sub(so_far.0)));
        add(so_far, counted);
        counted
    }
}

fn add(sum: &mut Minutes, more: Minutes) {
    *sum = Minutes(sum.0.saturating_add(more.0));
}

fn whole(minutes: Minutes) -> Exact {
    Exact::sum([(minutes.0.into(), 1)])
}

/// How much is missing, in whole minutes; nothing if nothing is asked, or all of it is there.
fn missing(there: &Exact, asked: Option<&Exact>) -> Exact {
    match asked {
        Some(asked) if there < asked => {
            whole(Minutes(asked.whole_up().saturating_sub(there.whole_down())))
        }
        _ => Exact::sum([]),
    }
}

/// Whether what is asked is reached; none where nothing is.
fn is_met(asked: Option<&Exact>, left: &Exact) -> Option<bool> {
    asked.filter(|asked| !asked.is_zero()).map(|_| left.is_zero())
}

/// Of two answers what holds of both; one alone stands where the other is not given.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    one.zip(other).map(|(one, other)| one && other).or(one).or(other)
}

/// Time that was learned, as people read it: hours and minutes, to the minute, so that what is shown
/// of parts adds up to what is shown of all. Less than a minute is left out, so that nothing looks
/// reached that is not.
///
/// ```
/// use enhance_model::{Minutes, learning_log::time_done};
///
/// assert_eq!(time_done(Minutes(4 * 40)), "2 h 40 min");
/// assert_eq!(time_done(Minutes(3_590)), "59 h 50 min", "and not yet 60");
/// assert_eq!(time_done(Minutes(11)), "11 min");
/// ```
pub fn time_done(minutes: impl Into<Exact>) -> String {
    Minutes(minutes.into().whole_down()).to_string()
}

/// Time that is asked for or left to do, likewise: a minute that has begun is a whole one, so that
/// what is left never looks like less than it is.
///
/// ```
/// use enhance_model::{Minutes, chart::Exact, learning_log::time_left};
///
/// let asked: Exact = enhance_model::chart::Quantity::quotient(229_476, 100).unwrap().into();
/// assert_eq!(time_left(&asked), "38 h 15 min", "2,294.76 minutes");
/// assert_eq!(time_left(Minutes(11)), "11 min");
/// ```
pub fn time_left(minutes: impl Into<Exact>) -> String {
    Minutes(minutes.into().whole_up()).to_string()
}

/// What is said of a period for which the rule has no target.
pub(crate) const NO_TARGET: &str = "no target is set for this period";
/// What is said of one in which nothing was worked, such as a break.
pub(crate) const NOTHING_ASKED: &str = "nothing is asked for this period";

/// So much of what is asked for, and whether that is reached. What is not is never the larger
/// figure, unless too much of one year stands beside too little of another.
///
/// ```
/// use enhance_model::{Minutes, learning_log::time_against};
///
/// let asked = Minutes(3_600).into();
/// let said = |done, is_met| time_against(&Minutes(done).into(), Some(&asked), Some(is_met));
/// assert_eq!(said(3_590, false), "59 h 50 min of 60 h (not yet)");
/// assert_eq!(said(3_600, true), "60 h of 60 h (reached)");
/// assert_eq!(said(3_700, false), "61 h 40 min of 60 h (not in every year)");
/// let nothing = time_against(&Minutes(3_590).into(), None, None);
/// assert_eq!(nothing, "59 h 50 min (no target is set for this period)");
/// ```
pub fn time_against(done: &Exact, asked: Option<&Exact>, is_met: Option<bool>) -> String {
    let Some((asked, is_met)) = asked.zip(is_met) else {
        let why = if asked.is_some() { NOTHING_ASKED } else { NO_TARGET };
        return format!("{} ({why})", time_done(done));
    };
    let (asked, said) = if is_met {
        (time_done(asked), "reached")
    } else {
        (time_left(asked), if done < asked { "not yet" } else { "not in every year" })
    };
    format!("{} of {asked} ({said})", time_done(done))
}

impl From<Minutes> for Exact {
    fn from(minutes: Minutes) -> Self {
        whole(minutes)
    }
}

impl From<&Self> for Exact {
    fn from(exact: &Self) -> Self {
        exact.clone()
    }
}
