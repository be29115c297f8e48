//! A part of a list, which says whether the list goes on after it.

use std::{ops::Deref, slice, vec};

use serde::Serialize;

/// As much of a list as was asked for, and whether there is more of it.
///
/// It reads like the slice of its items. That there is more is known from one row beyond them:
/// nothing is counted for it, and a full page is no reason to guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Portion<T> {
    pub items: Vec<T>,
    /// Whether the list goes on after them.
    pub more: bool,
}

impl<T> Portion<T> {
    /// The first `limit` of what was found when one more than that was looked for.
    pub(crate) fn first(found: impl IntoIterator<Item = T>, limit: u32) -> Self {
        let mut found = found.into_iter();
        let items = found.by_ref().take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
        Self { items, more: found.next().is_some() }
    }

    /// The same of what each item leads to.
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> Portion<U> {
        Portion { items: self.items.into_iter().map(of).collect(), more: self.more }
    }

    /// The same of what each item leads to, unless one leads to an error.
    pub(crate) fn try_map<U, E>(self, of: impl FnMut(T) -> Result<U, E>) -> Result<Portion<U>, E> {
        let items = self.items.into_iter().map(of).collect::<Result<_, _>>()?;
        Ok(Portion { items, more: self.more })
    }
}

/// How many to look for, so that it is known whether there is more than `limit`.
pub(crate) const fn one_more(limit: u32) -> u32 {
    limit.saturating_add(1)
}

impl<T> Deref for Portion<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for Portion<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'portion, T> IntoIterator for &'portion Portion<T> {
    type Item = &'portion T;
    type IntoIter = slice::Iter<'portion, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_more_only_if_more_was_found_than_is_shown() {
        let first = |found: u32, limit| Portion::first(0..found, limit);
        assert_eq!(first(3, 3), Portion { items: vec![0, 1, 2], more: false });
        assert_eq!(first(4, 3), Portion { items: vec![0, 1, 2], more: true });
        assert_eq!(first(0, 3), Portion { items: vec![], more: false });
        assert_eq!(first(1, 0), Portion { items: vec![], more: true });
        assert_eq!(first(3, u32::MAX).len(), 3);
        assert_eq!(one_more(u32::MAX), u32::MAX, "everything is asked for, and nothing overflows");
    }
}
