//! Messages as arrays of their fields, which on the wire cost no names.
//!
//! The fields after the semicolon may be left out, from the last one backwards, where they say what
//! is the rule. A reader takes no notice of more fields than it knows, so a later version can add
//! some at the end.

/// Writes and reads a struct as an array of its fields.
macro_rules! array {
    ($name:ident { $($early:ident),+ $(; $($late:ident),+)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeSeq;
                let early = [$(stringify!($early)),+].len();
                #[allow(unused_mut, reason = "there may be no field that can be left out")]
                let mut length = early;
                $(
                    let mut place = early;
                    $(
                        place += 1;
                        if !$crate::array::is_default(&self.$late) {
                            length = place;
                        }
                    )+
                )?
                let mut array = to.serialize_seq(Some(length))?;
                $(array.serialize_element(&self.$early)?;)+
                $(
                    let mut place = early;
                    $(
                        place += 1;
                        if place <= length {
                            array.serialize_element(&self.$late)?;
                        }
                    )+
                )?
                array.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("the fields of ", stringify!($name)))
                    }

                    fn visit_seq<A: serde::de::SeqAccess<'de>>(
                        self,
                        mut array: A,
                    ) -> Result<$name, A::Error> {
                        use serde::de::Error;
                        let missing = A::Error::missing_field;
                        $(
                            let $early = array.next_element()?;
                            let $early = $early.ok_or_else(|| missing(stringify!($early)))?;
                        )+
                        $($(let $late = array.next_element()?.unwrap_or_default();)+)?
                        while array.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                        Ok($name { $($early,)+ $($($late),+)? })
                    }
                }
                from.deserialize_seq(Fields)
            }
        }
    };
}

pub(crate) use array;

/// Whether a field says what is the rule.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
