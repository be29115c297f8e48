//! Searching what waits to be indexed, where nothing can be written: each text is looked through.

use enhance_model::DocumentKind;
use rusqlite::named_params;

use super::{Hit, HitSource, Search, SearchOrder, hit, question::Question, searched, snippet};
use crate::{DocumentState, IndexFirst, Projection, StoreError, StoreReader, sql};

/// Texts that are looked through, the newest of those that wait.
const MOST: u32 = 500;

macro_rules! found_elsewhere {
    ($order:literal) => {
        found!(
            " AND coalesce(search_entry.document, x'') NOT IN (SELECT document FROM projection
                WHERE unindexed ORDER BY updated_at DESC, document DESC LIMIT 500)",
            $order
        )
    };
}
const BEST: &str = found_elsewhere!("rank");
const NEWEST: &str = found_elsewhere!("rowid DESC");

/// Texts whose words an older folding made.
const OLDER: &str =
    texts!("search_entry", "NOT search_entry.indexed ORDER BY search_entry.id DESC LIMIT :limit");

impl StoreReader {
    /// What was found in the texts that are indexed, after what was found in the newest five
    /// hundred of those that wait for it. `text_of` reads from what screens show what can be
    /// searched beside the title.
    pub fn search_with_waiting(
        &self,
        search: &Search,
        text_of: impl Fn(&Projection) -> Option<String>,
    ) -> Result<Vec<Hit>, StoreError> {
        let Some(question) = Question::read(&search.text) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for document in self.unindexed(IndexFirst::Newest, MOST)?.into_iter().rev() {
            if let Some(shown) = self.projection(document)?
                && let Some(text) = text_of(&shown)
            {
                let body = self.with_drafts(document, text)?;
                found.extend(self.waiting_hit(&shown, &body, &question)?);
            }
        }
        found.extend(self.older_hits(&question)?);
        let sql = match search.order {
            SearchOrder::Best => BEST,
            SearchOrder::Newest => NEWEST,
        };
        let most = search.offset.saturating_add(search.limit);
        found.extend(self.found(sql, &question, (most, 0))?);
        let [offset, limit] =
            [search.offset, search.limit].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        Ok(found.into_iter().skip(offset).take(limit).collect())
    }

    /// A text that waits, if all words of the question are in it.
    fn waiting_hit(
        &self,
        shown: &Projection,
        body: &str,
        question: &Question,
    ) -> Result<Option<Hit>, StoreError> {
        let summary = &shown.summary;
        let Some(snippet) = snippet::of_all(&summary.title, body, question) else {
            return Ok(None);
        };
        let (mut id, mut kind, mut title) = (summary.document, summary.kind, summary.title.clone());
        if kind == DocumentKind::Comments {
            let about = self.document(id)?.and_then(|(row, _)| row.about);
            let subject = about.map_or(Ok(None), |about| self.document(about))?;
            let Some((row, DocumentState::Active)) = subject else { return Ok(None) };
            (id, kind) = (row.id, row.kind);
            title = self.projection(id)?.map_or(title, |subject| subject.summary.title);
        }
        let source = HitSource::Document { id, kind };
        Ok(Some(Hit { source, title, snippet, at: summary.updated_at }))
    }

    fn older_hits(&self, question: &Question) -> Result<Vec<Hit>, StoreError> {
        let values = named_params! { ":limit": MOST };
        let found = sql::all(&self.connection, "searching", OLDER, values, |row| {
            let (title, body) = searched(row)?;
            let snippet = snippet::of_all(&title, &body, question);
            snippet.map(|snippet| hit(row, snippet)).transpose()
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}
