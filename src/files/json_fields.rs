//! Fields by name: a JSON list in the place of a group of fields is refused. serde takes one, value by value in the order in
//! which the program states the fields; so a list that came there by mistake would be read as something else.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserialize, DeserializeOwned, DeserializeSeed, IntoDeserializer, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// How the message about such a list begins.
const LIST: &str = "a list stands here";

/// The first place of a document where a list stands instead of fields, as a path, and what to do about it; `None` if there
/// is none. The document is one that is otherwise read as a `T`.
pub(super) fn list_instead_of_fields<T: DeserializeOwned>(text: &str) -> Option<(String, String)> {
    let document: Value = serde_json::from_str(text).ok()?;
    let read: Result<T, _> = serde_path_to_error::deserialize(ByName(document));
    let error = read.err()?;
    let message = error.inner().to_string();
    message.starts_with(LIST).then(|| (error.path().to_string(), message))
}

/// A value whose groups of fields are objects; also a key of a map.
struct ByName(Value);

/// A whole number, which the key of a map holds as text.
macro_rules! whole_number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.as_str().and_then(|text| text.parse().ok()) {
                Some(number) => visitor.visit_i64(number),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for ByName {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::String(text) => visitor.visit_string(text),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(whole), ..) => visitor.visit_u64(whole),
                (_, Some(whole), _) => visitor.visit_i64(whole),
                (.., other) => visitor.visit_f64(other.unwrap_or(f64::NAN)),
            },
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(ByName))),
            Value::Object(fields) => visitor.visit_map(MapDeserializer::new(
                fields.into_iter().map(|(key, value)| (ByName(Value::String(key)), ByName(value))),
            )),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.is_array() {
            let names = fields.join(", ");
            let message = format!("{LIST}; give the fields by name, in curly brackets: {names}");
            return Err(de::Error::custom(message));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Object(fields) => match fields.into_iter().next() {
                Some(variant) => visitor.visit_enum(Variant(variant.0, ByName(variant.1))),
                None => Err(de::Error::custom("a name is expected here")),
            },
            other => ByName(other).deserialize_any(visitor),
        }
    }

    whole_number! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64
    }

    forward_to_deserialize_any! {
        bool i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
        ignored_any
    }
}

impl IntoDeserializer<'_> for ByName {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A variant of an enum, with what it holds.
struct Variant(String, ByName);

impl<'de> de::EnumAccess<'de> for Variant {
    type Error = Error;
    type Variant = ByName;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, ByName), Error> {
        let name = seed.deserialize(self.0.into_deserializer())?;
        Ok((name, self.1))
    }
}

impl<'de> VariantAccess<'de> for ByName {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        <()>::deserialize(self)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_any(self, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_struct(self, "", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Format, Template, encode};
    use crate::plan::Plan;

    #[test]
    fn a_list_instead_of_fields_is_found_wherever_it_stands() {
        let plans = Template::ALL.map(|template| template.plan().unwrap());
        for plan in plans {
            let text = encode(&plan, Format::Json).unwrap();
            assert_eq!(list_instead_of_fields::<Plan>(&text), None, "{}", plan.name);
            let whole: Value = serde_json::from_str(&text).unwrap();
            // Every group of fields of the plan, turned into the list of its values.
            let mut found = 0;
            for pointer in ["/calendar", "/assumptions", "/regions/0", "/roles/0", "/assumptions/merit"] {
                let mut changed = whole.clone();
                let Some(place) = changed.pointer_mut(pointer) else { continue };
                *place = place.as_object().unwrap().values().cloned().collect();
                let (path, message) = list_instead_of_fields::<Plan>(&changed.to_string()).unwrap();
                assert_eq!(path.replace(['[', '.'], "/").replace(']', ""), pointer[1..], "{message}");
                assert!(message.starts_with("a list stands here; give the fields by name"), "{message}");
                found += 1;
            }
            assert!(found >= 3, "{}: {found}", plan.name);
        }
    }
}
