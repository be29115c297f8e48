//! `enhance search`: words in one's documents and in the programme.

use enhance_client::{Hit, HitTarget, Portion, SearchOrder, SearchPage};
use enhance_model::DocumentKind;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    words::whole_number,
};

const EXAMPLES: &str = "\
Examples:
  enhance search frailty
  enhance search discharge letter --limit 5 --page 2
  enhance search inhalers --json | jq -r \".items[].title\"";

/// Find words in your documents and in the programme.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The words; the last may be unfinished.
    #[arg(required = true)]
    words: Vec<String>,

    /// How many to show at most.
    #[arg(long, value_name = "N", default_value = "20", value_parser = whole_number::<u32>(1..=u64::MAX))]
    #[arg(allow_negative_numbers = true)]
    limit: u32,

    /// Which part of what was found, each as long as the limit.
    #[arg(long, value_name = "N", default_value = "1", value_parser = whole_number::<u32>(1..=u64::MAX))]
    #[arg(allow_negative_numbers = true)]
    page: u32,
}

/// Searches, and says how to open what was found.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let query = arguments.words.join(" ");
    let Arguments { limit, page, .. } = *arguments;
    let offset = (page - 1).saturating_mul(limit);
    let page_of_hits = SearchPage { order: SearchOrder::Best, offset, limit };
    let hits = context.core()?.search(&query, page_of_hits)?;
    context.output.answer(&hits, |sheet| write(sheet, &hits, page))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, hits: &Portion<Hit>, page: u32) {
    if hits.is_empty() {
        sheet.line("Nothing found.");
    }
    for hit in hits {
        let (what, open) = match &hit.target {
            HitTarget::Document { id, kind } => (kind.as_str(), opening(*kind, &short(id))),
            HitTarget::Page { page, .. } => ("page", format!("enhance module --page {page}")),
        };
        let title = if hit.title.is_empty() { "Untitled" } else { &hit.title };
        sheet.heading(format!("{title}  ({})", what.replace('_', " ")));
        sheet.prose(&marked(hit));
        sheet.prose(&format!("open: {open}"));
    }
    if hits.more {
        sheet.line(format!("… and more: --page {}", page.saturating_add(1)));
    }
}

/// The command that opens a document.
fn opening(kind: DocumentKind, id: &str) -> String {
    match kind {
        DocumentKind::ChangeProject => format!("enhance project show {id}"),
        DocumentKind::PersonalRecord => "enhance log".to_owned(),
        DocumentKind::SignOffRequest => format!("enhance sign-off show {id}"),
        _ => format!("enhance reflect show {id}"),
    }
}

/// The snippet with the words that were found between asterisks.
fn marked(hit: &Hit) -> String {
    let mut text = String::new();
    let mut from = 0;
    for range in &hit.marked {
        let (Some(before), Some(word)) =
            (hit.snippet.get(from..range.start), hit.snippet.get(range.clone()))
        else {
            return hit.snippet.clone();
        };
        text.push_str(before);
        text.push('*');
        text.push_str(word);
        text.push('*');
        from = range.end;
    }
    text.push_str(hit.snippet.get(from..).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use enhance_model::Timestamp;

    use super::*;

    #[test]
    fn found_words_are_marked_and_broken_marks_are_left_out() {
        let found = HitTarget::Page { pack: "enhance".into(), page: "p".into() };
        let hit = |marked| Hit {
            target: found.clone(),
            title: String::new(),
            snippet: "ä frail old man".into(),
            marked,
            at: Timestamp::default(),
        };
        assert_eq!(marked(&hit(vec![3..8, 9..12])), "ä *frail* *old* man");
        assert_eq!(marked(&hit(vec![1..8, 9..12])), "ä frail old man");
    }
}
