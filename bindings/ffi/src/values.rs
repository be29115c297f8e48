//! Numbers, times and collections, each in the shape a host language has for it.
//!
//! Kotlin and Swift count with signed numbers, so these cross as signed ones. A negative one is
//! answered with [`CoreError::InvalidInput`].

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time,
};

use enhance_client::InputField;
pub(crate) use enhance_client::model::{CalendarDate, Minutes, Tag, Timestamp, UtcOffset};

use enhance_client::model::time::day;

use crate::CoreError;

/// What a document is about.
pub(crate) type Tags = BTreeSet<Tag>;

/// What was written under each prompt.
pub(crate) type Answers = BTreeMap<String, String>;

/// Numbers that are never negative. Of one that is too large for a host it sees the largest.
macro_rules! numbers {
    ($($(#[$doc:meta])+ $name:ident: $signed:ident of $unsigned:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $name($signed);

            impl From<$unsigned> for $name {
                fn from(number: $unsigned) -> Self {
                    Self($signed::try_from(number).unwrap_or($signed::MAX))
                }
            }

            impl From<$name> for $unsigned {
                fn from(number: $name) -> Self {
                    number.0.unsigned_abs()
                }
            }

            uniffi::custom_type!($name, $signed, {
                lower: |number| number.0,
                try_lift: |number| not_negative(number, InputField::Value).map($name),
            });
        )+
    };
}

numbers! {
    /// How many of something there are.
    Count: i32 of u32;
    /// Bytes, or something else of which there may be thousands of millions.
    Amount: i64 of u64;
    /// The version of a content pack.
    PackVersion: i64 of u64;
    /// The version of a template for reflections.
    TemplateVersion: i32 of u32;
}

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(i32::try_from(number).unwrap_or(i32::MAX))
    }
}

impl From<u8> for Count {
    fn from(number: u8) -> Self {
        Self(number.into())
    }
}

uniffi::custom_type!(Minutes, i32, {
    remote,
    lower: |minutes| i32::try_from(minutes.0).unwrap_or(i32::MAX),
    try_lift: |minutes| {
        let minutes = not_negative(minutes, InputField::Minutes)?;
        Ok(Minutes(minutes.unsigned_abs()))
    },
});

/// A length of time. It crosses in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration(time::Duration);

impl From<time::Duration> for Duration {
    fn from(length: time::Duration) -> Self {
        Self(length)
    }
}

impl From<Duration> for time::Duration {
    fn from(length: Duration) -> Self {
        length.0
    }
}

uniffi::custom_type!(Duration, i64, {
    lower: |length| i64::try_from(length.0.as_millis()).unwrap_or(i64::MAX),
    try_lift: |millis| {
        let millis = not_negative(millis, InputField::Duration)?;
        Ok(Duration(time::Duration::from_millis(millis.unsigned_abs())))
    },
});

uniffi::custom_type!(Timestamp, i64, {
    remote,
    lower: |at| at.as_millis(),
    try_lift: |millis| Ok(Timestamp::from_unix_millis(millis)),
});

uniffi::custom_type!(CalendarDate, String, {
    remote,
    lower: |day| day.to_string(),
    // What the library of dates says of a mistyped day is for programmers.
    try_lift: |text| {
        day(&text).map_err(|fault| CoreError::invalid(InputField::Date, &fault).into())
    },
});

uniffi::custom_type!(UtcOffset, String, {
    remote,
    lower: |offset| offset.to_string(),
    try_lift: |text| {
        let read = text.parse::<UtcOffset>();
        read.map_err(|fault| CoreError::invalid(InputField::Date, &fault).into())
    },
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

fn not_negative<N: PartialOrd + Default>(number: N, field: InputField) -> uniffi::Result<N> {
    if number < N::default() {
        return Err(CoreError::invalid(field, &"it cannot be less than nothing").into());
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use uniffi::{Lift, Lower};

    use super::*;
    use crate::{
        UniFfiTag,
        ids::{DocumentId, PersonId},
    };

    fn bytes<T: Lower<UniFfiTag>>(value: T) -> Vec<u8> {
        let mut bytes = Vec::new();
        <T as Lower<UniFfiTag>>::write(value, &mut bytes);
        bytes
    }

    fn across<T: Lower<UniFfiTag> + Lift<UniFfiTag>>(value: T) -> T {
        <T as Lift<UniFfiTag>>::try_read(&mut bytes(value).as_slice()).unwrap()
    }

    /// What a host is told that hands in `value` for a `T`.
    fn refused<T: Lift<UniFfiTag> + Debug>(value: impl Lower<UniFfiTag>) -> (InputField, String) {
        let error = <T as Lift<UniFfiTag>>::try_read(&mut bytes(value).as_slice()).unwrap_err();
        let CoreError::InvalidInput { field, reason, .. } = error.downcast().unwrap() else {
            panic!("another error");
        };
        (field, reason)
    }

    #[test]
    fn what_crosses_comes_back_as_it_was() {
        let id = DocumentId::new(Timestamp::from_unix_millis(1), [7; 10]);
        assert_eq!(across(id), id);
        for millis in [0, 1, -1, -1_500, 1_763_000_000_123, i64::MIN, i64::MAX] {
            let at = Timestamp::from_unix_millis(millis);
            assert_eq!(across(at), at, "{millis}");
        }
        let day: CalendarDate = "2026-02-28".parse().unwrap();
        assert_eq!(across(day), day);
        let tags = Tags::from([Tag::Domain("pcp".into()), Tag::Theme("leadership".into())]);
        assert_eq!(across(tags.clone()), tags);
        let answers = Answers::from([("what".to_owned(), "Größe 🩺".to_owned())]);
        assert_eq!(across(answers.clone()), answers);
        assert_eq!(across(Minutes(30)), Minutes(30));
        let length = Duration(time::Duration::from_millis(1_500));
        assert_eq!(across(length), length);
    }

    #[test]
    fn a_number_too_large_for_a_host_is_the_largest_it_has() {
        assert_eq!(Count::from(u64::MAX), Count(i32::MAX));
        assert_eq!(Amount::from(u64::MAX), Amount(i64::MAX));
        let ever = Duration(time::Duration::MAX);
        assert_eq!(across(ever).0, time::Duration::from_millis(i64::MAX.unsigned_abs()));
    }

    #[test]
    fn what_is_less_than_nothing_is_invalid_input_and_says_which() {
        assert_eq!(refused::<Duration>(-1_i64).0, InputField::Duration);
        assert_eq!(refused::<Minutes>(i32::MIN).0, InputField::Minutes);
        assert_eq!(refused::<Count>(-1_i32).0, InputField::Value);
    }

    #[test]
    fn a_text_that_is_none_is_invalid_input_and_says_which() {
        let (field, reason) = refused::<PersonId>("no id".to_owned());
        assert_eq!(field, InputField::Id);
        assert!(reason.contains("no id"), "{reason}");
        assert_eq!(refused::<CalendarDate>("+12026-01-01".to_owned()).0, InputField::Date);
        assert_eq!(refused::<crate::ids::Version>("e6b7+de9".to_owned()).0, InputField::Version);
    }
}
