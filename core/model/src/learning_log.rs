//! Counting learning time.
//!
//! Rule: the foundation programme's personal learning log. In twelve months, pro rata for less than
//! full time, at least 60 hours, at least 30 of them core; e-learning counts for at most 6;
//! statutory and mandatory training, induction and life support do not count.
//! Source: the learning-log page of the Horus portfolio's help site for foundation doctors.

use serde::{Deserialize, Serialize};

use crate::{
    Minutes,
    personal_record::{LearningSession, SessionKind},
};

/// What a period of training asks of a learning log.
///
/// ```
/// use enhance_model::{
///     Minutes, Timestamp,
///     learning_log::LogRule,
///     personal_record::{LearningSession, SessionKind},
/// };
///
/// let session = |kind, minutes| LearningSession {
///     title: "Grand round".to_owned(),
///     activity: None,
///     module: None,
///     start: Timestamp::from_unix_millis(1_795_000_000_000),
///     minutes: Minutes(minutes),
///     kind,
/// };
/// // Six months at full time.
/// let rule = LogRule::FOUNDATION.pro_rata(500);
/// let count = rule.count(&[session(SessionKind::Core, 900), session(SessionKind::Elearning, 400)]);
/// assert_eq!(count.counted, Minutes(900 + 180), "e-learning counts up to its cap");
/// assert!(count.core_met && !count.target_met);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRule {
    /// Minutes to reach in a full-time year.
    pub target: Minutes,
    /// Of these, minutes of core teaching.
    pub core: Minutes,
    /// Minutes of e-learning that count at most.
    pub elearning_cap: Minutes,
}

impl LogRule {
    /// The rule of the foundation programme.
    pub const FOUNDATION: Self =
        Self { target: Minutes(3_600), core: Minutes(1_800), elearning_cap: Minutes(360) };

    /// The rule for a part of a year or of full time.
    ///
    /// `share` is whole-time equivalent times months over twelve, in thousandths: 1,000 is a
    /// full-time year. Fractions of a minute are dropped, which favours the learner in the targets.
    #[must_use]
    pub fn pro_rata(&self, share: u32) -> Self {
        let part = |minutes: Minutes| {
            let exact = u64::from(minutes.0) * u64::from(share) / 1_000;
            Minutes(u32::try_from(exact).unwrap_or(u32::MAX))
        };
        Self {
            target: part(self.target),
            core: part(self.core),
            elearning_cap: part(self.elearning_cap),
        }
    }

    /// Counts sessions under this rule.
    pub fn count<'a>(&self, sessions: impl IntoIterator<Item = &'a LearningSession>) -> LogCount {
        let mut sums = [Minutes(0); SessionKind::ALL.len()];
        for session in sessions {
            for (sum, kind) in sums.iter_mut().zip(SessionKind::ALL) {
                if *kind == session.kind {
                    *sum = Minutes(sum.0.saturating_add(session.minutes.0));
                }
            }
        }
        let [core, non_core, elearning, excluded @ ..] = sums;
        let counted = [core, non_core, elearning.min(self.elearning_cap)].into_iter().sum();
        LogCount {
            counted,
            core,
            elearning,
            excluded: excluded.into_iter().sum(),
            target_met: counted >= self.target,
            core_met: core >= self.core,
        }
    }
}

/// What a learning log amounts to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogCount {
    pub counted: Minutes,
    /// Minutes of core teaching.
    pub core: Minutes,
    /// Minutes of e-learning before the cap.
    pub elearning: Minutes,
    /// Minutes that do not count.
    pub excluded: Minutes,
    /// Whether the target is reached.
    pub target_met: bool,
    /// Whether the core target is reached.
    pub core_met: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    fn session(kind: SessionKind, minutes: u32) -> LearningSession {
        LearningSession {
            title: String::new(),
            activity: None,
            module: None,
            start: Timestamp::default(),
            minutes: Minutes(minutes),
            kind,
        }
    }

    #[test]
    fn elearning_counts_up_to_its_cap_and_induction_not_at_all() {
        let sessions = [
            session(SessionKind::Core, 1_800),
            session(SessionKind::NonCore, 1_439),
            session(SessionKind::Elearning, 500),
            session(SessionKind::Statutory, 600),
            session(SessionKind::Induction, 480),
            session(SessionKind::LifeSupport, 960),
        ];
        let count = LogRule::FOUNDATION.count(&sessions);
        assert_eq!(count.counted, Minutes(1_800 + 1_439 + 360));
        assert_eq!(count.excluded, Minutes(2_040));
        assert!(count.core_met);
        assert!(!count.target_met, "one minute short is short");
    }

    #[test]
    fn six_months_at_eighty_per_cent_ask_for_two_fifths() {
        let rule = LogRule::FOUNDATION.pro_rata(400);
        assert_eq!(rule.target, Minutes(1_440));
        assert_eq!(rule.core, Minutes(720));
        assert_eq!(rule.elearning_cap, Minutes(144));
        assert!(rule.count(&[session(SessionKind::Core, 1_440)]).target_met);
    }

    #[test]
    fn sums_do_not_overflow() {
        let sessions = [session(SessionKind::Core, u32::MAX), session(SessionKind::Core, 1)];
        assert_eq!(LogRule::FOUNDATION.count(&sessions).counted, Minutes(u32::MAX));
    }
}
