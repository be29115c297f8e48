//! The things in a personal record, each declared once. Sessions are as documents of schema 1 have
//! them, with fields that came later.

use super::{
    AbsenceKind, Agreement, BreakKind, Course, EvidenceSource, GoalStatus, OrganisationKind,
    SessionKind, Split, Statement, Subject, SupervisorRole,
};
use crate::{
    CalendarDate, ItemId, PersonId, Timestamp, UtcOffset,
    change_project::Value,
    learning_log::local_day,
    record::{Whole, records},
};

records! {
    /// A stretch of time that a trainee spent learning.
    #[derive(Default)]
    #[serde(default)]
    LearningSession (LearningSession) in "session", edited by SessionEdit {
        /// What it was, in a line.
        Title title: string,
        /// The activity it was spent on, by key.
        Activity activity: value(String),
        /// The module it counts towards, by key.
        Module module: value(String),
        /// When it began, by the device's clock.
        Start start: needed_moment,
        /// How far the clocks were ahead of UTC where it was noted.
        Offset offset: value(UtcOffset),
        /// How long it took; never zero.
        Minutes minutes: needed_minutes,
        /// How the learning log counts it.
        Kind kind: choice(SessionKind),
        /// Whether it is for every doctor or for one specialty.
        Subject subject: choice(Subject),
        /// How much of it was online; these minutes count as e-learning, whatever its kind is.
        Online online: minutes,
        /// The place where it was held.
        Place place: string,
        /// The person or body that gave it.
        Provider provider: string,
        /// The themes it is about.
        Themes themes: tags,
        /// The part of the activity that it was, by key; none for one without parts.
        Part part: string,
    }

    /// A post in training, for a time at a place.
    #[derive(Default)]
    #[serde(default)]
    Placement (Placement) in "placements", edited by PlacementEdit {
        /// The trust, practice or body.
        Organisation organisation: string,
        /// What kind of body it is.
        Kind kind: word(OrganisationKind),
        /// Its code in the directory of the NHS, if it has one.
        Ods ods: string,
        /// The specialty, as people say it.
        Specialty specialty: string,
        /// The grade: F1, F2, CT1, ST3.
        Grade grade: string,
        /// The foundation school or deanery, by whose figures the log is counted.
        School school: string,
        /// The first day of it.
        Start start: needed_date,
        /// The last day of it.
        End end: needed_date,
        /// Whole-time equivalent, from 0.2 to 1. None: full time.
        Wte wte: amount,
        /// How its time is divided between settings.
        Split split: value(Split),
        /// Whether it runs alongside others.
        Course course: choice(Course),
    }

    /// Somebody who supervises a trainee in a placement, with an account or without.
    Supervisor (Supervisor) in "supervisors", edited by SupervisorEdit {
        /// The placement it is for.
        Placement placement: needed_id(ItemId),
        /// What they are called, if they have no account.
        Name name: string,
        /// Who it is, if they have an account.
        Person person: id(PersonId),
        /// What they are to the trainee.
        Role role: choice(SupervisorRole),
        /// The part of the placement, if it is one part only.
        Part part: string,
    }

    /// Other hours in a placement, from a day on.
    WteChange (WteChange) in "hours", edited by WteChangeEdit {
        /// The placement it is of.
        Placement placement: needed_id(ItemId),
        /// The first day of it.
        From from: needed_date,
        /// Whole-time equivalent from then on, from 0.2 to 1.
        Wte wte: needed_amount,
    }

    /// Time out of training. Its days count as nothing.
    #[derive(Default)]
    #[serde(default)]
    CareerBreak (CareerBreak) in "breaks", edited by CareerBreakEdit {
        /// Why, in a word.
        Kind kind: choice(BreakKind),
        /// The first day of it.
        From from: needed_date,
        /// The last day of it. None: nobody knows yet.
        To to: date,
        /// What else there is to say.
        Note note: text,
    }

    /// Days that were rostered and not worked.
    Absence (Absence) in "absences", edited by AbsenceEdit {
        /// Why, in a word.
        Kind kind: choice(AbsenceKind),
        /// The first day of it.
        From from: needed_date,
        /// The last day of it. None: it was that day.
        To to: date,
        /// How many rostered days were not worked; half days count.
        Days days: needed_amount,
        /// What else there is to say.
        Note note: text,
    }

    /// A short visit that somebody arranged for themselves.
    #[derive(Default)]
    #[serde(default)]
    Experience (Experience) in "experiences", edited by ExperienceEdit {
        /// Who was visited: "community pharmacy", "food bank".
        Host host: string,
        /// What kind of body the host is.
        Kind kind: word(OrganisationKind),
        /// The day of it.
        At at: needed_date,
        /// How long it took.
        Minutes minutes: minutes,
        /// What it was for.
        Purpose purpose: text,
        /// What one learned from it.
        Learning learning: text,
        /// The placement it belongs to.
        Placement placement: id(ItemId),
    }

    /// The way of a patient through services, told without anything that says who it was.
    #[derive(Default)]
    #[serde(default)]
    PatientJourney (PatientJourney) in "journeys", edited by JourneyEdit {
        /// What it is about: "from a fall to home again".
        Title title: string,
        /// What the whole of it taught.
        Learned learned: text,
    }

    /// One step of a patient's journey. Only its place in the order and a gap in days say when.
    JourneyStep (JourneyStep) in "steps", edited by JourneyStepEdit {
        /// Where: "at home", "emergency department".
        Setting setting: string,
        /// The service that was there.
        Service service: string,
        /// The journey it is a step of.
        Journey journey: needed_id(ItemId),
        /// Its place among the steps, from 1.
        Place place: number,
        /// Days since the step before, roughly.
        Gap gap: number,
        /// The role of whom one met: "district nurse".
        RoleMet role_met: string,
        /// What was handed over, and what was not.
        HandedOver handed_over: text,
        /// What was wasted: time, journeys, things.
        Wasted wasted: text,
        /// What one learned from it.
        Learned learned: text,
    }

    /// A goal of personal development.
    #[derive(Default)]
    #[serde(default)]
    PdpGoal (PdpGoal) in "goals", edited by GoalEdit {
        /// What one wants to be able to do.
        Text text: text,
        /// The capabilities it belongs to.
        Capabilities capabilities: tags,
        /// By what one will know.
        Success success: text,
        /// What there is to do for it.
        Actions actions: text,
        /// The last day for it.
        Due due: date,
        /// How far it has come.
        Status status: choice(GoalStatus),
    }

    /// A certificate, with the day it runs out.
    #[derive(Default)]
    #[serde(default)]
    Certificate (Certificate) in "certificates", edited by CertificateEdit {
        /// What it is for: "Advanced life support".
        Title title: string,
        /// The person or body that gave it.
        Issuer issuer: string,
        /// When it was given.
        Issued issued: date,
        /// The last day it is good for. None: it does not run out.
        Expires expires: date,
        /// Its number, if it has one.
        Number number: string,
    }

    /// Evidence for a capability or an outcome, and why it is.
    EvidenceLink (EvidenceLink) in "evidence", edited by EvidenceLinkEdit {
        /// What is given as evidence.
        Evidence evidence: needed_value(EvidenceSource),
        /// What it is evidence for.
        Statement statement: needed_value(Statement),
        /// Why it shows that.
        Justification justification: text,
        /// What a supervisor says to it, by the word of the trainee: only a sign-off says it for them.
        Agreement agreement: word(Agreement),
        /// The supervisor who is said to have said so.
        AgreedBy agreed_by: id(PersonId),
        /// The words of the statement as they were when the link was made.
        Said said: passage,
        /// The version of the framework they are from, or of the pack.
        Version version: string,
    }

    /// A day on which a portfolio closes. One is warned of it beforehand.
    #[derive(Default)]
    #[serde(default)]
    EvidenceDeadline (EvidenceDeadline) in "deadlines", edited by DeadlineEdit {
        /// What closes on that day.
        Name name: string,
        /// The last day on which evidence is taken.
        At at: needed_date,
        /// What has to be there by then.
        Scope scope: string,
    }

    /// That a module was completed: a fact, whatever becomes of the module.
    #[derive(Default)]
    #[serde(default)]
    ModuleCompletion (ModuleCompletion) in "modules_completed", edited by ModuleCompletionEdit {
        /// The module, by key.
        Module module: needed_value(String),
        /// Device clock when it was completed.
        At at: needed_moment,
        /// The version of the pack in which it was completed.
        PackVersion pack_version: number,
        /// What shows it, if there is something.
        Evidence evidence: value(EvidenceSource),
        /// Why there is nothing to show, if there is not.
        Reason reason: passage,
        /// The activities that were complete then: their keys, with spaces between them.
        Activities activities: passage,
        /// Minutes of learning that were noted for it then.
        Minutes minutes: minutes,
    }

    /// That an activity was completed: a fact, whatever becomes of the activity.
    #[derive(Default)]
    #[serde(default)]
    ActivityCompletion (ActivityCompletion) in "activities_completed",
        edited by ActivityCompletionEdit
    {
        /// The activity, by key.
        Activity activity: needed_value(String),
        /// Device clock when it was completed.
        At at: needed_moment,
        /// The version of the pack in which it was completed.
        PackVersion pack_version: number,
        /// What shows it, if there is something.
        Evidence evidence: value(EvidenceSource),
        /// Why there is nothing to show, if there is not.
        Reason reason: passage,
    }

    /// How an activity was talked over: how sure one was before it and after it, and what one wrote.
    #[derive(Default)]
    #[serde(default)]
    Debrief (Debrief) in "debriefs", edited by DebriefEdit {
        /// The activity, by key.
        Activity activity: needed_value(String),
        /// Device clock when it was begun.
        At at: needed_moment,
        /// How sure one was before, from 0 to 10. None: one did not say.
        ConfidenceBefore confidence_before: number,
        /// How sure one was after it, from 0 to 10. None: one did not say.
        ConfidenceAfter confidence_after: number,
        /// The reflection in which its prompts are answered.
        Evidence evidence: value(EvidenceSource),
    }

    /// A sign-off that was read back from an export: it was made under another account, or is not
    /// on the server any more.
    #[derive(Default)]
    #[serde(default)]
    KeptSignOff (KeptSignOff) in "sign_offs", edited by KeptSignOffEdit {
        /// What was signed, in a line.
        Title title: string,
        /// The file of it, by which anybody can check it.
        Paper paper: passage,
        /// The document that it is of, as it was read back.
        Of of: value(EvidenceSource),
    }
}

impl LearningSession {
    /// The day on which it began, by the clocks where it was noted; where that is not known, by those
    /// of the United Kingdom.
    pub fn day(&self) -> CalendarDate {
        self.offset.map_or_else(|| local_day(self.start), |offset| offset.day(self.start))
    }

    /// When it ended, by its start and minutes.
    pub fn end(&self) -> Timestamp {
        self.start.plus_millis(i64::from(self.minutes.0) * 60_000)
    }
}

impl Supervisor {
    /// Somebody without an account, for the whole of a placement.
    pub fn named(placement: ItemId, name: &str, role: SupervisorRole) -> Self {
        Self { placement, name: name.to_owned(), person: None, role, part: String::new() }
    }
}

impl Absence {
    /// Days from this one on that were not worked.
    pub const fn new(kind: AbsenceKind, from: CalendarDate, days: Value) -> Self {
        Self { kind, from, to: None, days, note: String::new() }
    }

    /// The last day of it.
    pub fn last_day(&self) -> CalendarDate {
        self.to.unwrap_or(self.from)
    }
}

impl JourneyStep {
    /// An empty step at a place of a journey.
    pub fn new(journey: ItemId, place: u32) -> Self {
        let [setting, service, role_met] = [const { String::new() }; 3];
        let [handed_over, wasted, learned] = [const { String::new() }; 3];
        let (place, gap) = (Some(Whole(place)), None);
        Self { setting, service, journey, place, gap, role_met, handed_over, wasted, learned }
    }
}

impl EvidenceLink {
    /// Evidence for a statement, and why it shows that.
    pub fn new(evidence: EvidenceSource, statement: Statement, justification: &str) -> Self {
        let justification = justification.to_owned();
        let [said, version] = [const { String::new() }; 2];
        Self { evidence, statement, justification, agreement: None, agreed_by: None, said, version }
    }
}
