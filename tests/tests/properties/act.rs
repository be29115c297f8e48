//! What can happen in a made-up story.

use enhance_model::change_project::Section;
use proptest::{collection::vec, prelude::*, sample::select};

/// One thing that happens. Devices and people are numbers that wrap around.
#[derive(Debug, Clone)]
pub enum Act {
    /// A device adds a word at the end of a section.
    Append(usize, Section),
    /// A device adds a word at the beginning.
    Prepend(usize, Section),
    /// A device adds an action.
    AddAction(usize),
    /// A person types a word, is saved on the way, and settles it.
    TypeAndSettle(usize, Section),
    /// A device of the owner writes in a private reflection.
    Reflect(usize),
    Comment(usize),
    Sync(usize),
    /// The answer to a device's next request is lost.
    LoseAnswer(usize),
    /// A device's next request arrives twice.
    Twice(usize),
    /// A device's next request is cut.
    CutRequest(usize, usize),
    /// The answer to a device's next request is cut.
    CutAnswer(usize, usize),
    /// A device loses its network, or has it again.
    Network(usize, bool),
    /// A device is closed and opened.
    Restart(usize),
    /// The server is ended and started.
    KillServer,
    /// The server's data is backed up.
    Backup,
    /// The last backup is put back.
    Restore,
    /// So many days pass, so that what rests is folded.
    Days(u32),
    /// The owner lets a person edit.
    Grant(usize),
    /// The owner no longer lets a person edit.
    Revoke(usize),
    /// A device offers the plan to a person, if it is theirs to offer.
    Offer(usize, usize),
    /// A device accepts the plan, if it is offered to its person.
    Accept(usize),
    /// A device is lost for good, if another one is left.
    Vanish(usize),
}

impl Act {
    /// The device that does it or that it happens to.
    pub const fn device(&self) -> Option<usize> {
        match self {
            Self::Append(who, _)
            | Self::Prepend(who, _)
            | Self::AddAction(who)
            | Self::TypeAndSettle(who, _)
            | Self::Comment(who)
            | Self::Sync(who)
            | Self::LoseAnswer(who)
            | Self::Twice(who)
            | Self::CutRequest(who, _)
            | Self::CutAnswer(who, _)
            | Self::Network(who, _)
            | Self::Restart(who)
            | Self::Offer(who, _)
            | Self::Accept(who)
            | Self::Vanish(who) => Some(*who),
            // Whatever device of the owner there is does it.
            Self::Reflect(_)
            | Self::Grant(_)
            | Self::Revoke(_)
            | Self::KillServer
            | Self::Backup
            | Self::Restore
            | Self::Days(_) => None,
        }
    }
}

/// What happens in a made-up story.
pub fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    vec(act(), 4..most)
}

/// Anything, things people do most often coming most often.
fn act() -> impl Strategy<Value = Act> {
    let who = 0_usize..6;
    let section = || select(vec![Section::Problem, Section::Plan]);
    prop_oneof![
        14 => (who.clone(), section()).prop_map(|(who, section)| Act::Append(who, section)),
        6 => (who.clone(), section()).prop_map(|(who, section)| Act::Prepend(who, section)),
        6 => who.clone().prop_map(Act::AddAction),
        5 => (who.clone(), section()).prop_map(|(who, section)| Act::TypeAndSettle(who, section)),
        4 => who.clone().prop_map(Act::Reflect),
        3 => who.clone().prop_map(Act::Comment),
        22 => who.clone().prop_map(Act::Sync),
        4 => who.clone().prop_map(Act::LoseAnswer),
        3 => who.clone().prop_map(Act::Twice),
        3 => (who.clone(), 0_usize..700).prop_map(|(who, after)| Act::CutRequest(who, after)),
        3 => (who.clone(), 0_usize..700).prop_map(|(who, after)| Act::CutAnswer(who, after)),
        4 => (who.clone(), any::<bool>()).prop_map(|(who, up)| Act::Network(who, up)),
        4 => who.clone().prop_map(Act::Restart),
        1 => Just(Act::KillServer),
        2 => Just(Act::Backup),
        2 => Just(Act::Restore),
        5 => select(vec![1_u32, 8]).prop_map(Act::Days),
        2 => who.clone().prop_map(Act::Grant),
        2 => who.clone().prop_map(Act::Revoke),
        2 => (who.clone(), who.clone()).prop_map(|(who, to)| Act::Offer(who, to)),
        2 => who.clone().prop_map(Act::Accept),
        1 => who.prop_map(Act::Vanish),
    ]
}
