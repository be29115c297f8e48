//! `enhance log`: the learning log, and what it counts for.

use std::collections::BTreeSet;

use clap::Subcommand;
use enhance_client::{LearningCore, LearningLog, NewSession};
use enhance_model::{
    CalendarDate, ItemId, Minutes, Noun, Tag,
    chart::Exact,
    folding,
    learning_log::{LogYear, Period, PeriodFault, local_day, time_against, time_done, time_left},
    personal_record::{
        EvidenceSource, PersonalRecord, RecordEdit, RecordWarning, SessionEdit, SessionKind,
        Subject,
    },
    time::day_in_words,
};
use serde::Serialize;

use super::record::{self, SetArguments};
use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids,
    output::Sheet,
    programme,
    when::{when_there, with_moments},
    words::{Began, began, one_of, whole_number},
};

const EXAMPLES: &str = "\
Examples:
  enhance log
  enhance log --period 2025-08-06..2026-08-04
  enhance log --period last-year
  enhance log add --minutes 90 --kind core --title \"Teaching on frailty\" --module complex-multimorbidity
  enhance log add --minutes 20 --kind elearning --title \"Sepsis update\" --start 2026-11-20T13:00:00Z
  enhance log add --minutes 10 --activity cmm-deprescribing --part prepare --title \"Peter's list\"
  enhance log set 9f3c21ab minutes=60 provider=\"Dr Lee\"
  enhance log remove 9f3c21ab

Without a period the log is that of this training year. Kinds: core, non_core and elearning count
(the latter two up to caps); statutory, induction, life_support and other do not. What is asked for
follows from the days in your placements and from the programme's rule.";

/// Your learning log: time spent, and what it counts for.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// The days to count: FIRST..LAST, the first day of a year, this-year or last-year.
    #[arg(long, value_name = "PERIOD", value_parser = wanted)]
    period: Option<Wanted>,
}

/// Which days are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    Days(Period),
    LastYear,
    ThisYear,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add time you spent learning.
    #[command(
        after_help = "Example:\n  enhance log add --minutes 45 --kind non_core --title \"Ward round teaching\""
    )]
    Add(AddArguments),
    /// Correct fields of a session: FIELD=VALUE.
    #[command(after_help = record::help_of(
        Noun::LearningSession,
        "Example:\n  enhance log set 9f3c21ab minutes=60 subject=specialty place=\"Seminar room\"",
    ))]
    Set(SetArguments),
    /// Take a session out again. It is kept, and can be put back.
    #[command(after_help = "Example:\n  enhance log remove 9f3c21ab")]
    Remove {
        /// The session's id, or enough of it.
        id: String,
    },
    /// List the log and what it counts for.
    #[command(after_help = "Example:\n  enhance log list --period last-year --json")]
    List {
        /// The days to count, as for `enhance log`.
        #[arg(long, value_name = "PERIOD", value_parser = wanted)]
        period: Option<Wanted>,
    },
}

#[derive(Debug, clap::Args)]
struct AddArguments {
    /// How long it took, in minutes.
    #[arg(long, value_parser = whole_number::<u32>(1..=1440), allow_negative_numbers = true)]
    minutes: u32,
    /// How the session counts [default: as the activity or its part does].
    #[arg(long, value_parser = one_of!(SessionKind), required_unless_present = "activity")]
    kind: Option<SessionKind>,
    /// What the session was.
    #[arg(long)]
    title: String,
    /// The module it counts towards.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    module: Option<String>,
    /// The activity it was spent on.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    activity: Option<String>,
    /// The part of the activity that it was; it says how the time counts.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    #[arg(requires = "activity", conflicts_with = "kind")]
    part: Option<String>,
    /// When it began, as 2026-11-22T13:00 by your clock, 2026-11-22T13:00Z in UTC, or now [default:
    /// so long ago that it ends now].
    #[arg(long, value_name = "TIME", value_parser = start)]
    start: Option<Start>,
    /// How many of the minutes were online; these count as e-learning.
    #[arg(long, value_name = "MINUTES", value_parser = whole_number::<u32>(1..=1440))]
    #[arg(allow_negative_numbers = true)]
    online: Option<u32>,
    /// It was for one specialty; of this less counts.
    #[arg(long)]
    specialty: bool,
    /// The place where it was held.
    #[arg(long)]
    place: Option<String>,
    /// The person or body that gave it.
    #[arg(long)]
    provider: Option<String>,
    /// A theme it is about; may be given several times.
    #[arg(long, value_name = "KEY")]
    theme: Vec<String>,
}

/// When a session began.
#[derive(Debug, Clone, Copy)]
enum Start {
    Now,
    At(Began),
}

#[derive(Serialize)]
struct SessionAnswer {
    session: ItemId,
    state: &'static str,
    /// What may be a slip about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// A parser for a period.
pub(super) fn wanted(typed: &str) -> Result<Wanted, String> {
    match folding::key(typed).replace([' ', '_'], "-").as_str() {
        "this-year" => Ok(Wanted::ThisYear),
        "last-year" => Ok(Wanted::LastYear),
        _ => typed.trim().parse().map(Wanted::Days).map_err(|fault| match fault {
            PeriodFault::Shape { .. } => format!("{fault}, this-year or last-year"),
            fault => fault.to_string(),
        }),
    }
}

/// A parser for a start.
fn start(typed: &str) -> Result<Start, String> {
    if typed.trim().eq_ignore_ascii_case("now") {
        return Ok(Start::Now);
    }
    began(typed).map(Start::At)
}

/// Lists the log, or adds, corrects and removes sessions.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let list = |wanted: Option<Wanted>| {
        let (log, record) = (log_of(context, &core, wanted)?, core.record()?);
        let today = local_day(context.now());
        context.output.answer(&log, |sheet| write(sheet, &log, &record, today))?;
        Ok(Exit::Done)
    };
    let changed = match &arguments.verb {
        None => return list(arguments.period),
        Some(Verb::List { period }) => return list(period.or(arguments.period)),
        Some(Verb::Set(set)) => {
            return record::set(context, &core, Some(Noun::LearningSession), set);
        }
        Some(Verb::Add(session)) => {
            let id = add(context, &core, session)?;
            SessionAnswer { session: id, state: "added", warnings: core.warnings_about(id)? }
        }
        Some(Verb::Remove { id }) => {
            let before = core.record()?;
            let session = remove(&core, id)?;
            let warnings = record::hanging_on(&before, EvidenceSource::Item(session));
            SessionAnswer { session, state: "removed", warnings }
        }
    };
    context.output.answer(&changed, |sheet| {
        let (id, state) = (ids::short(changed.session), changed.state);
        sheet.line(format!("Session {id} {state}. Saved here."));
        for warning in &changed.warnings {
            sheet.line(warning);
        }
        match changed.state {
            "removed" => sheet.next(&format!("enhance record put-back {id}"), "put it back"),
            _ => sheet.next("enhance log", "see what your log counts for"),
        };
    })?;
    Ok(Exit::Done)
}

fn log_of(
    context: &Context,
    core: &LearningCore,
    wanted: Option<Wanted>,
) -> Result<LearningLog, Failure> {
    Ok(core.log(wanted.unwrap_or(Wanted::ThisYear).period(context, core)?)?)
}

impl Wanted {
    /// The days that are wanted, as they are today.
    pub(super) fn period(self, context: &Context, core: &LearningCore) -> Result<Period, Failure> {
        let this_year = || core.training_year(local_day(context.now()));
        Ok(match self {
            Self::Days(period) => period,
            Self::ThisYear => this_year()?,
            Self::LastYear => {
                let first = this_year()?.from();
                core.training_year(first.yesterday().unwrap_or(first))?
            }
        })
    }
}

fn add(context: &Context, core: &LearningCore, session: &AddArguments) -> Result<ItemId, Failure> {
    if let Some(module) = &session.module {
        programme::check_module(core, module)?;
    }
    let themes: BTreeSet<Tag> = session.theme.iter().cloned().map(Tag::Theme).collect();
    programme::check_tags(core, &themes.iter().cloned().collect::<Vec<_>>())?;
    let kind = match session.kind {
        Some(kind) => kind,
        None => programme::session_kind(
            core,
            session.activity.as_deref().unwrap_or_default(),
            session.part.as_deref(),
        )?,
    };
    let (start, offset) = match session.start {
        Some(Start::At(Began { at, offset })) => (at, offset),
        Some(Start::Now) => (context.now(), None),
        None => (context.now().plus_millis(-60_000 * i64::from(session.minutes)), None),
    };
    if session.online.is_some_and(|online| online > session.minutes) {
        return Err(Failure::Usage("more of it was online than it took".to_owned()));
    }
    let id = core.add_session(NewSession {
        title: session.title.clone(),
        activity: session.activity.clone(),
        module: session.module.clone(),
        start,
        minutes: Minutes(session.minutes),
        kind,
    })?;
    let more = [
        offset.map(|offset| SessionEdit::Offset(Some(offset))),
        session.online.map(|online| SessionEdit::Online(Some(Minutes(online)))),
        session.specialty.then_some(SessionEdit::Subject(Subject::Specialty)),
        session.place.clone().map(SessionEdit::Place),
        session.provider.clone().map(SessionEdit::Provider),
        session.part.clone().map(SessionEdit::Part),
        (!themes.is_empty()).then_some(SessionEdit::Themes(themes)),
    ];
    let more = more.into_iter().flatten();
    let more: Vec<_> = more.map(|edit| RecordEdit::LearningSession { id, edit }).collect();
    if !more.is_empty() {
        core.edit_record(&more)?;
    }
    Ok(id)
}

/// A warning in words, with the ids by which what it is about can be corrected.
fn said(record: &PersonalRecord, warning: &RecordWarning) -> String {
    let ids: Vec<String> = warning.things().into_iter().map(ids::short).collect();
    format!("{} ({})", warning.in_words(record), ids.join(", "))
}

fn remove(core: &LearningCore, typed: &str) -> Result<ItemId, Failure> {
    let (_, id) = record::item_of(&core.record()?, typed, Some(Noun::LearningSession))?;
    core.remove_session(id)?;
    Ok(id)
}

fn write(sheet: &mut Sheet, log: &LearningLog, record: &PersonalRecord, today: CalendarDate) {
    let rows = log.sessions.iter().map(|view| {
        let session = &view.session;
        vec![
            ids::short(view.id),
            when_there(session.start, session.offset),
            session.minutes.to_string(),
            session.kind.in_words().to_owned(),
            session.title.clone(),
            session.module.clone().unwrap_or_default(),
        ]
    });
    let header = ["id", "start", "time", "kind", "title", "module"];
    let elsewhere = log.elsewhere;
    let none = if elsewhere > 0 {
        "No learning time is noted on these days."
    } else {
        "No learning time is noted yet."
    };
    sheet.table(&header, rows.collect(), none);
    sheet.blank();
    if elsewhere > 0 {
        let are = if elsewhere == 1 { "session is" } else { "sessions are" };
        sheet.line(format!("{elsewhere} {are} on other days: enhance log --period FIRST..LAST"));
    }
    for warning in &log.warnings {
        sheet.line(with_moments(&said(record, warning)));
        if let RecordWarning::SetApart { thing, field, values } = warning {
            record::write_ways_to_settle(sheet, (*thing, field), values.iter().map(String::as_str));
        }
    }
    for year in &log.years {
        write_year(sheet, year, today);
    }
    if log.years.len() > 1 {
        sheet.heading(format!("All of {}", log.period.in_words()));
        let (count, terms) = (&log.count, &log.terms);
        sheet
            .field("Counts", time_against(&count.counted, terms.target.as_ref(), count.target_met));
    }
    match log.rule.title.as_str() {
        "" => sheet.line("The rule comes with the programme: enhance pack update"),
        title => sheet.line(format!("Rule: {title} ({})", log.rule.source_url)),
    };
}

fn write_year(sheet: &mut Sheet, year: &LogYear, today: CalendarDate) {
    let (count, terms) = (&year.count, &year.terms);
    sheet.heading(year.days.in_words());
    let assumed = match year.assumed_in_words() {
        "" => String::new(),
        why => format!(", {why}"),
    };
    sheet.field("In training", format!("{}{assumed}", year.factor_in_words()));
    for reason in &year.reasons {
        sheet.field("Because", reason);
    }
    let counts = time_against(&count.counted, terms.target.as_ref(), count.target_met);
    sheet.field("Counts", counts);
    let core = Exact::from(count.core);
    sheet.field("Core teaching", time_against(&core, terms.core_min.as_ref(), count.core_met));
    let cap = |cap: &Option<Exact>| match cap {
        Some(cap) => format!(" (counts up to {})", time_done(cap)),
        None => String::new(),
    };
    let shares_limit = count.elearning != Minutes(0) && terms.non_core_cap.is_some();
    let shared = if shares_limit { ", e-learning included" } else { "" };
    sheet.field(
        "Other learning",
        format!("{}{}{shared}", time_done(count.non_core), cap(&terms.non_core_cap)),
    );
    if count.specialty > Minutes(0) {
        sheet.field(
            "For one specialty",
            format!("{}{}", time_done(count.specialty), cap(&terms.specialty_cap)),
        );
    }
    let elearning = time_done(count.elearning);
    sheet.field("E-learning", format!("{elearning}{}", cap(&terms.elearning_cap)));
    if count.above_limits > Minutes(0) {
        sheet.field("Above the limits", time_done(count.above_limits));
    }
    sheet.field("Does not count", time_done(count.excluded));
    if count.is_met() == Some(false) {
        let label = if year.by < today { "Was not done" } else { "Left to do" };
        sheet.field(label, left_to_do(year));
    }
    if let Some(absent) = year.absence.in_words() {
        sheet.field("Days absent", absent);
    }
    for note in &year.notes {
        sheet.line(note);
    }
}

/// What is left, and by when: "12 h by 3 August 2027, 2 h 10 min of it core teaching".
fn left_to_do(year: &LogYear) -> String {
    let (left, core) = (&year.count.left, &year.count.core_left);
    let by = day_in_words(year.by);
    if left <= core {
        format!("{} of core teaching by {by}", time_left(core))
    } else if core.is_zero() {
        format!("{} by {by}", time_left(left))
    } else {
        format!("{} by {by}, {} of it core teaching", time_left(left), time_left(core))
    }
}
