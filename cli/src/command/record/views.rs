//! How placements, deadlines, certificates, coverage and the map of the programme look on paper.

use std::collections::BTreeMap;

use enhance_client::{
    CertificateView, Coverage, DeadlineView, EvidenceView, FrameworkCover, PlacementView,
    ProgrammeMap,
};
use enhance_model::{
    change_project::Value,
    personal_record::{Cover, CoverOf, DeadlineWarning, Split},
    programme::Programme,
    sign_off::WITNESSED,
};
use serde::Serialize;

use crate::{ids::short, output::Sheet};

/// The deadlines, with the days on which to warn of them.
#[derive(Serialize)]
pub struct Deadlines {
    pub deadlines: Vec<DeadlineView>,
    pub warnings: Vec<DeadlineWarning>,
}

pub fn placements(sheet: &mut Sheet, placements: &[PlacementView]) {
    let row = |view: &PlacementView| {
        let placement = &view.placement;
        let wte = placement.wte.as_ref().map_or_else(|| "100 %".to_owned(), Value::share_in_words);
        let hours = view
            .hours
            .iter()
            .map(|(_, change)| format!("{} from {}", change.wte.share_in_words(), change.from));
        let people = view.supervisors.iter().map(|(_, one)| {
            let name = match (&one.person, one.name.as_str()) {
                (Some(person), "") => short(person),
                (_, name) => name.to_owned(),
            };
            format!("{name} ({})", one.role.in_words())
        });
        vec![
            short(view.id),
            placement.start.to_string(),
            placement.end.to_string(),
            [wte].into_iter().chain(hours).collect::<Vec<_>>().join(", "),
            placement.grade.clone(),
            placement.organisation.clone(),
            placement.specialty.clone(),
            placement.split.as_ref().map_or_else(String::new, Split::in_words),
            people.collect::<Vec<_>>().join(", "),
        ]
    };
    let header =
        ["id", "from", "to", "WTE", "grade", "organisation", "specialty", "split", "supervisors"];
    sheet.table(&header, placements.iter().map(row).collect(), "No placement is noted yet.");
    match placements {
        [] => sheet.next(
            "enhance placement add organisation=\"Bedford Hospital\" grade=F2 \
             start=2026-08-05 end=2027-08-03",
            "note where you work; the log is counted by it",
        ),
        _ => sheet.next("enhance log", "see what your log counts for by them"),
    };
}

pub fn deadlines(sheet: &mut Sheet, answer: &Deadlines) {
    let row = |view: &DeadlineView| {
        let left = match view.days_left {
            days if days < 0 => "over".to_owned(),
            1 => "1 day left".to_owned(),
            days => format!("{days} days left"),
        };
        let deadline = &view.deadline;
        vec![short(view.id), deadline.at.to_string(), left, deadline.name.clone()]
    };
    let rows = answer.deadlines.iter().map(row).collect();
    sheet.table(&["id", "on", "left", "what closes"], rows, "No deadline is noted yet.");
    for view in &answer.deadlines {
        let own = answer.warnings.iter().filter(|one| one.deadline == view.id);
        let days: Vec<String> = own.map(warned_in_words).collect();
        if !days.is_empty() {
            let name = &view.deadline.name;
            sheet.item(0, format!("{name}: you are told {}", days.join(", ")));
        }
    }
}

/// When a warning is given: "28 days before: 2027-01-03".
fn warned_in_words(warning: &DeadlineWarning) -> String {
    format!("{} days before: {}", warning.days_left, warning.on)
}

pub fn evidence(sheet: &mut Sheet, evidence: &[EvidenceView]) {
    if evidence.is_empty() {
        sheet.line("No evidence link is noted yet.");
    }
    for view in evidence {
        let link = &view.link;
        sheet.heading(format!("evidence {}: {}", short(view.id), link.statement.key()));
        let gone = if view.is_gone { " (counts for nothing)" } else { "" };
        sheet.field("Evidence", format!("{}{gone}", view.shown));
        sheet.field("For", &link.said);
        sheet.field("Why it shows that", &link.justification);
        if !view.agreement.is_empty() {
            sheet.field("Supervisor", &view.agreement);
        }
    }
    sheet.next("enhance coverage", "see what it covers");
}

pub fn certificates(sheet: &mut Sheet, certificates: &[CertificateView]) {
    let row = |view: &CertificateView| {
        let one = &view.certificate;
        let until =
            one.expires.map_or_else(|| "does not run out".to_owned(), |day| day.to_string());
        let state = match view.days_left {
            Some(days) if days < 0 => "has run out",
            Some(days) if days <= 90 => "runs out soon",
            _ => "",
        };
        vec![short(view.id), one.title.clone(), one.issuer.clone(), until, state.to_owned()]
    };
    let header = ["id", "certificate", "given by", "good until", ""];
    sheet.table(&header, certificates.iter().map(row).collect(), "No certificate is noted yet.");
}

pub fn coverage(sheet: &mut Sheet, coverage: &Coverage, programme: Option<&Programme>) {
    for domain in &coverage.domains {
        sheet.heading(format!("{} ({})", domain.title, domain.cover));
        write_covers(sheet, &domain.outcomes, programme);
    }
    for framework in &coverage.frameworks {
        write_framework(sheet, framework);
    }
    for (title, covers) in [
        ("Other capabilities", &coverage.capabilities),
        ("Other outcomes", &coverage.other_outcomes),
    ] {
        if !covers.is_empty() {
            sheet.heading(title);
            write_covers(sheet, covers, programme);
        }
    }
    if !coverage.experiences.is_empty() {
        sheet.heading("Experiences");
        for (kind, visits) in &coverage.experiences {
            sheet.field(kind.in_words(), format!("{} ({})", visits.count, visits.minutes));
        }
    }
    let example = "enhance evidence add evidence=ID statement=KEY justification=\"...\"";
    sheet.next(example, "give evidence for one");
}

fn write_framework(sheet: &mut Sheet, framework: &FrameworkCover) {
    sheet.heading(format!("{}, version {}", framework.title, framework.version));
    for one in &framework.capabilities {
        let count = match one.links.len() {
            0 => String::new(),
            count => format!(", {count}"),
        };
        let cover = said(one.cover, one.is_witnessed);
        sheet.field(&one.code, format!("{cover}{count}: {}", one.text));
    }
    sheet.line(format!("Found: {}", framework.source));
}

fn write_covers(sheet: &mut Sheet, covers: &[CoverOf], programme: Option<&Programme>) {
    let outcomes = programme.into_iter().flat_map(|one| &one.modules).flat_map(|one| &one.outcomes);
    let texts: BTreeMap<&str, &str> =
        outcomes.map(|one| (one.key.as_str(), one.text.as_str())).collect();
    for one in covers {
        let count = match one.links.len() {
            0 => String::new(),
            count => format!(", {count}"),
        };
        let cover = said(one.cover, one.is_witnessed);
        let key = one.statement.key();
        let text = texts.get(key).map_or_else(String::new, |text| format!(": {text}"));
        sheet.field(key, format!("{cover}{count}{text}"));
    }
}

fn said(cover: Cover, is_witnessed: bool) -> String {
    let how = if is_witnessed { format!(" ({WITNESSED})") } else { String::new() };
    format!("{cover}{how}")
}

pub fn map(sheet: &mut Sheet, map: &ProgrammeMap) {
    let years: Vec<String> = map.years.iter().map(|year| format!("from {}", year.from())).collect();
    let mut header = vec!["module"];
    header.extend(years.iter().map(String::as_str));
    header.extend(["evidence", ""]);
    let rows = map.modules.iter().map(|module| {
        let mut row = vec![module.key.clone()];
        row.extend(module.years.iter().map(|year| year.minutes.to_string()));
        let shown = module.outcomes.iter().filter(|one| one.cover != Cover::Missing).count();
        let witnessed = match module.outcomes.iter().filter(|one| one.is_witnessed).count() {
            0 => String::new(),
            count => format!(", {count} by witnessed sign-offs"),
        };
        row.push(format!("{shown} of {} outcomes{witnessed}", module.outcomes.len()));
        row.push(if module.completed_at.is_some() { "complete" } else { "" }.to_owned());
        row
    });
    sheet.table(&header, rows.collect(), "The programme is not here yet.");
}
