//! Identifiers, times and collections, each in the shape a host language has for it.
//!
//! An id crosses as text. A text that is none is answered with [`CoreError::InvalidInput`].

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Display,
    str::FromStr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

pub(crate) use enhance_client::model::{
    DeviceId, DocumentId, ItemId, Minutes, PersonId, Sha256, Tag, Timestamp, Version,
};

use crate::CoreError;

/// A day, as people write it in ISO 8601: `2026-11-22`.
pub(crate) type CivilDate = enhance_client::model::CalendarDate;

/// What an entry is about.
pub(crate) type Tags = BTreeSet<Tag>;

/// What was written under each prompt.
pub(crate) type Answers = BTreeMap<String, String>;

macro_rules! texts {
    ($($type:ident, $what:literal;)+) => {
        $(uniffi::custom_type!($type, String, {
            remote,
            lower: |value| value.to_string(),
            try_lift: |text| read(&text, $what),
        });)+
    };
}

texts! {
    DocumentId, "document id";
    ItemId, "item id";
    PersonId, "person id";
    DeviceId, "device id";
    Version, "version";
    Sha256, "hash";
    CivilDate, "date";
}

uniffi::custom_type!(Minutes, u32, {
    remote,
    lower: |minutes| minutes.0,
    try_lift: |minutes| Ok(Minutes(minutes)),
});

uniffi::custom_type!(Timestamp, SystemTime, {
    remote,
    lower: |at| moment(at),
    try_lift: |at| Ok(timestamp(at)),
});

uniffi::custom_type!(Tags, Vec<Tag>, {
    remote,
    lower: |tags| tags.into_iter().collect(),
    try_lift: |tags| Ok(tags.into_iter().collect()),
});

uniffi::custom_type!(Answers, HashMap<String, String>, {
    remote,
    lower: |answers| answers.into_iter().collect(),
    try_lift: |answers| Ok(answers.into_iter().collect()),
});

fn read<T: FromStr<Err: Display>>(text: &str, what: &str) -> uniffi::Result<T> {
    text.parse().map_err(|error: T::Err| CoreError::invalid(what, &error).into())
}

fn moment(at: Timestamp) -> SystemTime {
    let distance = Duration::from_millis(at.as_millis().unsigned_abs());
    if at.as_millis() < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
}

fn timestamp(at: SystemTime) -> Timestamp {
    // Swift's times are binary fractions of a second, so a millisecond may come a little short.
    let rounded =
        |distance: Duration| distance.saturating_add(Duration::from_micros(500)).as_millis();
    let millis = |distance| i64::try_from(rounded(distance)).unwrap_or(i64::MAX);
    Timestamp::from_unix_millis(match at.duration_since(UNIX_EPOCH) {
        Ok(after) => millis(after),
        Err(before) => millis(before.duration()).saturating_neg(),
    })
}

#[cfg(test)]
mod tests {
    use uniffi::{Lift, Lower};

    use super::*;
    use crate::UniFfiTag;

    fn across<T: Lower<UniFfiTag> + Lift<UniFfiTag>>(value: T) -> T {
        let mut bytes = Vec::new();
        <T as Lower<UniFfiTag>>::write(value, &mut bytes);
        <T as Lift<UniFfiTag>>::try_read(&mut bytes.as_slice()).unwrap()
    }

    #[test]
    fn what_crosses_comes_back_as_it_was() {
        let id = DocumentId::new(Timestamp::from_unix_millis(1), [7; 10]);
        assert_eq!(across(id), id);
        // UniFFI loses the sign of moments in the last second before 1970; nobody had a phone then.
        for millis in [0, 1, -1_500, 1_763_000_000_123, -62_135_596_800_000] {
            let at = Timestamp::from_unix_millis(millis);
            assert_eq!(across(at), at, "{millis}");
        }
        let day: CivilDate = "2026-02-28".parse().unwrap();
        assert_eq!(across(day), day);
        let tags = Tags::from([Tag::Domain("pcp".into()), Tag::Theme("leadership".into())]);
        assert_eq!(across(tags.clone()), tags);
        let answers = Answers::from([("what".to_owned(), "Größe 🩺".to_owned())]);
        assert_eq!(across(answers.clone()), answers);
    }

    #[test]
    fn a_moment_that_comes_a_little_short_is_the_one_it_was() {
        let short = UNIX_EPOCH + Duration::from_nanos(1_763_000_000_122_999_900);
        assert_eq!(timestamp(short), Timestamp::from_unix_millis(1_763_000_000_123));
    }

    #[test]
    fn a_text_that_is_no_id_is_invalid_input_and_says_which() {
        let mut bytes = Vec::new();
        <String as Lower<UniFfiTag>>::write("no id".to_owned(), &mut bytes);
        let error = <PersonId as Lift<UniFfiTag>>::try_read(&mut bytes.as_slice()).unwrap_err();
        let CoreError::InvalidInput { field, reason } = error.downcast().unwrap() else {
            panic!("another error");
        };
        assert_eq!(field, "person id");
        assert!(reason.contains("no id"), "{reason}");
    }
}
