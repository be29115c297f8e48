//! What a sentence is about: the things of the field that can be looked for and not found.

use crate::{DocumentKind, words::words};

words! {
    /// A thing that a person or an app can name, with the word in a sentence for a person. Errors say
    /// it, so that an app can match on it.
    Noun {
        /// A document whose kind is not known, because it is not here.
        Document = "document",
        Reflection = "reflection",
        SharedReflection = "shared reflection",
        Project = "plan",
        Comments = "list of comments",
        PersonalRecord = "personal record",
        Comment = "comment",
        Nudge = "nudge",
        InboxItem = "item in the inbox",
        Suggestion = "suggestion",
        Aim = "aim",
        Driver = "driver",
        ChangeIdea = "change idea",
        Stakeholder = "stakeholder",
        TeamMember = "team member",
        Measure = "measure",
        Target = "target",
        Observation = "observation",
        Tally = "tally sheet",
        Phase = "phase",
        Annotation = "annotation",
        Cycle = "cycle",
        Action = "action",
        Impact = "impact",
        Output = "output",
        StatusMove = "status move",
        LearningSession = "learning session",
        Placement = "placement",
        Supervisor = "supervisor",
        WteChange = "change of hours",
        CareerBreak = "break in training",
        Absence = "absence",
        Experience = "experience",
        PatientJourney = "patient journey",
        JourneyStep = "step of a journey",
        PdpGoal = "goal",
        Certificate = "certificate",
        EvidenceLink = "evidence link",
        EvidenceDeadline = "evidence deadline",
        ModuleCompletion = "completed module",
        ActivityCompletion = "completed activity",
        Debrief = "debrief",
        KeptSignOff = "kept sign-off",
        Template = "template",
        Activity = "activity",
        Module = "module",
        Page = "page",
        Resource = "resource",
        Recipe = "recipe",
        /// The file of a resource, in the pack.
        File = "file",
        Pack = "content pack",
        Person = "person",
        Member = "member",
        /// To take part in a plan.
        Invitation = "invitation",
        /// A link by which somebody without an account reads one text.
        Ticket = "ticket",
        SignOffRequest = "request for a sign-off",
        SignOff = "sign-off",
        /// Work the server refused.
        Quarantined = "refused work",
        Attachment = "attachment",
        /// The database of an account's folder.
        Database = "database",
    }
}

impl From<DocumentKind> for Noun {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Reflection => Self::Reflection,
            DocumentKind::SharedReflection => Self::SharedReflection,
            DocumentKind::ChangeProject => Self::Project,
            DocumentKind::Comments => Self::Comments,
            DocumentKind::PersonalRecord => Self::PersonalRecord,
            DocumentKind::SignOffRequest => Self::SignOffRequest,
            DocumentKind::SignOff => Self::SignOff,
        }
    }
}
