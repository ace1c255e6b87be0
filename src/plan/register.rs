//! How the document's structs are declared: `fields!` is a table with one entry a field, from which the struct, the
//! register and the visitor of its numbers follow.
//!
//! An entry reads `name: Type => CONSTANT "Title" "Meaning" { property: value, … };`. The properties are those of
//! [`Field`]; what the type says already (what it holds, whether it is optional) is left out. `CONSTANT[*]` has a star for
//! each key of an entry of a list or map. A struct within the document, and what is not the planner's to state, stands
//! there without a constant.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::path::Key;
use super::{Country, Currency, Field, Holds, RegionId, RoleId, Shared};
use crate::units::{Exact, FiscalYear, Local, Money, Month, Naming, Ratio};

/// Receives every number of a document: its field, the keys of its entry, and the number.
pub type NumberVisitor<'v, 'a> = dyn FnMut(&'static Field, &[Key<'a>], Exact) + 'v;

/// A part of the document: a value, a list or map of parts, or a struct of fields.
pub(super) trait DocumentPart: DeserializeOwned {
    /// What a field of this type holds.
    const HOLDS: Holds = Holds::Text;
    /// What a list of this type holds, where the list is one value.
    const LIST: Holds = Self::HOLDS;
    /// Whether a field of this type can be left out.
    const OPTIONAL: bool = false;
    /// The beginning of the paths of all fields below a part of this type; `None` if there are none.
    const ROOT: Option<&'static str> = None;

    /// Whether a field is below a part of this type.
    fn is_above(field: &Field) -> bool {
        Self::ROOT.is_some_and(|root| field.pattern.starts_with(root))
    }

    /// The key under which a list names this entry.
    fn key(&self, index: usize) -> Key<'_> {
        Key::Index(index)
    }

    /// Adds the fields below this part to the register, in the order of the document.
    fn register(_: &mut Vec<&'static Field>) {}

    /// Visits every number of this part. `field` is the field that it is a value of, `keys` lead to it.
    fn visit<'a>(&'a self, _: Option<&'static Field>, _: &mut Vec<Key<'a>>, _: &mut NumberVisitor<'_, 'a>) {}

    /// Puts a value, as it stands in the JSON form of the document, where `keys` lead from here; `is_here` says that they
    /// lead to this part itself, or to an entry of it, and not to a field below it.
    ///
    /// # Errors
    /// When nothing stands there, or the field cannot hold the value.
    fn put(&mut self, _: &'static Field, is_here: bool, keys: &[String], value: &Value) -> Result<(), PutError> {
        if keys.is_empty() { put_whole(self, is_here, value) } else { Err(PutError::Nothing) }
    }
}

/// Why a value cannot be put at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PutError {
    /// The plan states nothing there.
    Nothing,
    /// The field cannot hold the value.
    Value,
}

/// A number of the document.
pub(super) trait Number: Sized {
    /// The number nearest to this one.
    fn nearest(number: Exact) -> Self;
}

/// The whole number at or below a number; `None` where the type cannot hold it.
fn whole<N: TryFrom<u64>>(number: Exact) -> Option<N> {
    number.floor_count().and_then(|count| N::try_from(count).ok())
}

/// The key of a map.
trait MapKey {
    fn map_key(&self) -> Key<'_>;
}

macro_rules! values {
    ($($type:ty => $holds:ident),* $(,)?) => { $(
        impl DocumentPart for $type {
            const HOLDS: Holds = Holds::$holds;
        }
    )* };
}

values! {
    String => Text, Month => Month, Currency => Currency, RegionId => Region, FiscalYear => Year, bool => Flag,
    Value => Value,
}

impl DocumentPart for RoleId {
    const HOLDS: Holds = Holds::Role;
    const LIST: Holds = Holds::Roles;
}

impl DocumentPart for Country {
    const LIST: Holds = Holds::Countries;
}

impl DocumentPart for NaiveDate {
    const HOLDS: Holds = Holds::Date;
    const LIST: Holds = Holds::Dates;
}

impl DocumentPart for Naming {
    const HOLDS: Holds = Holds::Choice(&["EndYear", "StartYear"]);
}

macro_rules! numbers {
    ($($type:ty => $holds:ident, $read:expr, $make:expr);* $(;)?) => { $(
        impl DocumentPart for $type {
            const HOLDS: Holds = Holds::$holds;

            fn visit<'a>(
                &'a self,
                field: Option<&'static Field>,
                keys: &mut Vec<Key<'a>>,
                visitor: &mut NumberVisitor<'_, 'a>,
            ) {
                if let Some(field) = field.filter(|field| field.holds.is_number()) {
                    visitor(field, keys, $read(*self));
                }
            }
        }

        impl Number for $type {
            fn nearest(number: Exact) -> Self {
                $make(number)
            }
        }
    )* };
}

numbers! {
    Ratio => Share, Ratio::exact, Ratio::new;
    Money => Money, Money::exact, Money::new;
    Local => Local, Local::exact, Local::new;
    u32 => Count, Exact::from, |n: Exact| whole(n).unwrap_or(u32::MAX);
    usize => Quarter, |n| Exact::from(i64::try_from(n).unwrap_or(i64::MAX)),
        |n: Exact| whole(n).unwrap_or(usize::MAX);
}

impl MapKey for RegionId {
    fn map_key(&self) -> Key<'_> {
        self.into()
    }
}

impl MapKey for RoleId {
    fn map_key(&self) -> Key<'_> {
        self.into()
    }
}

impl MapKey for Currency {
    fn map_key(&self) -> Key<'_> {
        self.into()
    }
}

impl MapKey for FiscalYear {
    fn map_key(&self) -> Key<'_> {
        (*self).into()
    }
}

impl<T: DocumentPart> DocumentPart for Vec<T> {
    const HOLDS: Holds = T::LIST;
    const ROOT: Option<&'static str> = T::ROOT;

    fn register(fields: &mut Vec<&'static Field>) {
        T::register(fields);
    }

    fn visit<'a>(
        &'a self,
        field: Option<&'static Field>,
        keys: &mut Vec<Key<'a>>,
        visitor: &mut NumberVisitor<'_, 'a>,
    ) {
        for (index, entry) in self.iter().enumerate() {
            keys.push(entry.key(index));
            entry.visit(field, keys, visitor);
            keys.pop();
        }
    }

    fn put(&mut self, field: &'static Field, is_here: bool, keys: &[String], value: &Value) -> Result<(), PutError> {
        let Some((key, rest)) = keys.split_first() else { return put_whole(self, is_here, value) };
        let mut entries = self.iter_mut().enumerate();
        let found = entries.find(|(index, entry)| entry.key(*index).to_string() == *key);
        found.map_or(Err(PutError::Nothing), |(_, entry)| entry.put(field, is_here, rest, value))
    }
}

/// Puts a value in the place of a whole part.
fn put_whole<T: DocumentPart>(part: &mut T, is_here: bool, value: &Value) -> Result<(), PutError> {
    if !is_here {
        return Err(PutError::Nothing);
    }
    // Validation says how the value of the field is written.
    *part = T::deserialize(value).map_err(|_wrong_form| PutError::Value)?;
    Ok(())
}

impl<K: MapKey + Ord + DeserializeOwned, V: DocumentPart> DocumentPart for BTreeMap<K, V> {
    const HOLDS: Holds = V::HOLDS;
    const ROOT: Option<&'static str> = V::ROOT;

    fn register(fields: &mut Vec<&'static Field>) {
        V::register(fields);
    }

    fn visit<'a>(
        &'a self,
        field: Option<&'static Field>,
        keys: &mut Vec<Key<'a>>,
        visitor: &mut NumberVisitor<'_, 'a>,
    ) {
        for (key, value) in self {
            keys.push(key.map_key());
            value.visit(field, keys, visitor);
            keys.pop();
        }
    }

    fn put(&mut self, field: &'static Field, is_here: bool, keys: &[String], value: &Value) -> Result<(), PutError> {
        let Some((key, rest)) = keys.split_first() else { return put_whole(self, is_here, value) };
        let found = self.iter_mut().find(|(name, _)| name.map_key().to_string() == *key);
        found.map_or(Err(PutError::Nothing), |(_, entry)| entry.put(field, is_here, rest, value))
    }
}

impl<T: DocumentPart + Clone> DocumentPart for Shared<T> {
    const HOLDS: Holds = T::HOLDS;
    const ROOT: Option<&'static str> = T::ROOT;

    fn register(fields: &mut Vec<&'static Field>) {
        T::register(fields);
    }

    fn visit<'a>(
        &'a self,
        field: Option<&'static Field>,
        keys: &mut Vec<Key<'a>>,
        visitor: &mut NumberVisitor<'_, 'a>,
    ) {
        (**self).visit(field, keys, visitor);
    }

    fn put(&mut self, field: &'static Field, is_here: bool, keys: &[String], value: &Value) -> Result<(), PutError> {
        (**self).put(field, is_here, keys, value)
    }
}

impl<T: DocumentPart> DocumentPart for Option<T> {
    const HOLDS: Holds = T::HOLDS;
    const OPTIONAL: bool = true;
    const ROOT: Option<&'static str> = T::ROOT;

    fn visit<'a>(
        &'a self,
        field: Option<&'static Field>,
        keys: &mut Vec<Key<'a>>,
        visitor: &mut NumberVisitor<'_, 'a>,
    ) {
        if let Some(value) = self {
            value.visit(field, keys, visitor);
        }
    }

    fn put(&mut self, field: &'static Field, is_here: bool, keys: &[String], value: &Value) -> Result<(), PutError> {
        self.as_mut().map_or(Err(PutError::Nothing), |part| part.put(field, is_here, keys, value))
    }
}

/// The first of at most one field.
pub(super) const fn only(fields: &[&'static Field]) -> Option<&'static Field> {
    match fields {
        [field, ..] => Some(*field),
        [] => None,
    }
}

/// Declares a struct of the document, or an enum whose variants hold fields, by a table of its fields.
macro_rules! fields {
    // A struct, and its value in a document that leaves it out: the default of each of its fields.
    (
        $(#[$meta:meta])*
        pub struct $name:ident in $root:literal, each with a default {
            $($field:ident : $type:ty => $constant:ident $title:literal $meaning:literal { $($properties:tt)* };)*
        }
    ) => {
        fields! {
            $(#[$meta])*
            #[serde(default)]
            pub struct $name in $root {
                $($field : $type => $constant $title $meaning { $($properties)* };)*
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $crate::plan::register::Number::nearest(Self::$constant.default_number()),)* }
            }
        }
    };
    // A struct.
    (
        $(#[$meta:meta])*
        pub struct $name:ident in $root:literal $(by $key:ident)? {
            $(
                $(#[$attribute:meta])*
                $field:ident : $type:ty
                $(=> $constant:ident $([$star:tt])* $title:literal $meaning:literal { $($properties:tt)* })?;
            )*
        }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $(#[$meta])*
        pub struct $name {
            $(
                $(#[doc = concat!($meaning, ".")])?
                $(#[$attribute])*
                pub $field: $type,
            )*
        }

        fields! {
            for $name in $root $(by $key)? {
                $($field : $type $(=> $constant $([$star])* $title $meaning { $($properties)* })?;)*
            }
        }
    };
    // An enum; each variant is a struct of the document.
    (
        $(#[$meta:meta])*
        pub enum $name:ident in $root:literal {
            $(
                $(#[$about:meta])*
                $variant:ident {
                    $($field:ident : $type:ty => $constant:ident $title:literal $meaning:literal { $($properties:tt)* };)*
                }
            )*
        }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $(#[$meta])*
        pub enum $name {
            $(
                $(#[$about])*
                $variant {
                    $(#[doc = concat!($meaning, ".")] $field: $type,)*
                },
            )*
        }

        impl $name {
            #[doc = concat!("The path of what holds these fields: `", $root, "…`.")]
            pub const ENTRY: $crate::plan::Entry = $crate::plan::Entry($root);

            $($(fields! {
                const $constant in $root: $type = concat!($root, stringify!($variant), ".", stringify!($field)),
                $title $meaning { $($properties)* }
            })*)*
        }

        impl $crate::plan::register::DocumentPart for $name {
            const ROOT: Option<&'static str> = Some($root);

            fn register(fields: &mut Vec<&'static $crate::plan::Field>) {
                $($(fields.push(Self::$constant);)*)*
            }

            fn visit<'a>(
                &'a self,
                _: Option<&'static $crate::plan::Field>,
                keys: &mut Vec<$crate::plan::Key<'a>>,
                visitor: &mut $crate::plan::register::NumberVisitor<'_, 'a>,
            ) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        $($field.visit(Some(Self::$constant), keys, visitor);)*
                    })*
                }
            }

            fn put(
                &mut self,
                target: &'static $crate::plan::Field,
                _: bool,
                keys: &[String],
                value: &serde_json::Value,
            ) -> Result<(), $crate::plan::register::PutError> {
                match self {
                    $(Self::$variant { $($field),* } => {
                        $(if target == Self::$constant {
                            return $crate::plan::register::DocumentPart::put($field, target, true, keys, value);
                        })*
                        Err($crate::plan::register::PutError::Nothing)
                    })*
                }
            }
        }
    };
    // The register and the visitor of a struct that is declared elsewhere.
    (
        for $name:ident in $root:literal $(by $key:ident)? {
            $(
                $field:ident : $type:ty
                $(=> $constant:ident $([$star:tt])* $title:literal $meaning:literal { $($properties:tt)* })?;
            )*
        }
    ) => {
        impl $name {
            #[doc = concat!("The path of what holds these fields: `", $root, "…`.")]
            pub const ENTRY: $crate::plan::Entry = $crate::plan::Entry($root);

            $($(fields! {
                const $constant in $root: $type = concat!($root, stringify!($field) $(, "[", stringify!($star), "]")*),
                $title $meaning { $($properties)* }
            })?)*
        }

        impl $crate::plan::register::DocumentPart for $name {
            const ROOT: Option<&'static str> = Some($root);

            $(fn key(&self, _: usize) -> $crate::plan::Key<'_> {
                $crate::plan::Key::Name(self.$key.as_str())
            })?

            fn register(fields: &mut Vec<&'static $crate::plan::Field>) {
                $(
                    $(fields.push(Self::$constant);)?
                    <$type as $crate::plan::register::DocumentPart>::register(fields);
                )*
            }

            fn visit<'a>(
                &'a self,
                _: Option<&'static $crate::plan::Field>,
                keys: &mut Vec<$crate::plan::Key<'a>>,
                visitor: &mut $crate::plan::register::NumberVisitor<'_, 'a>,
            ) {
                $(
                    let field = $crate::plan::register::only(&[$(Self::$constant)?]);
                    $crate::plan::register::DocumentPart::visit(&self.$field, field, keys, visitor);
                )*
            }

            fn put(
                &mut self,
                target: &'static $crate::plan::Field,
                _: bool,
                keys: &[String],
                value: &serde_json::Value,
            ) -> Result<(), $crate::plan::register::PutError> {
                use $crate::plan::register::DocumentPart;
                // No other part is touched: a shared one would be copied.
                $(
                    let is_here = $crate::plan::register::only(&[$(Self::$constant)?]) == Some(target);
                    if is_here || <$type>::is_above(target) {
                        return DocumentPart::put(&mut self.$field, target, is_here, keys, value);
                    }
                )*
                Err($crate::plan::register::PutError::Nothing)
            }
        }
    };
    // The entry of the register.
    (
        const $constant:ident in $root:literal : $type:ty = $pattern:expr,
        $title:literal $meaning:literal { $($property:ident : $value:expr),* $(,)? }
    ) => {
        #[doc = concat!("`", $pattern, "`: ", $meaning, ".")]
        pub const $constant: &'static $crate::plan::Field = &{
            use $crate::plan::field::words::*;
            use $crate::plan::register::DocumentPart;
            $crate::plan::Field {
                title: $title,
                meaning: $meaning,
                $($property: $value,)*
                ..$crate::plan::Field::new($crate::plan::Entry($root), $pattern, <$type>::HOLDS, <$type>::OPTIONAL)
            }
        };
    };
}

pub(super) use fields;
