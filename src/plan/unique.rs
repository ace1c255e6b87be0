//! Reading maps without losing an entry: a duplicate key is an error; it does not replace the first entry.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::Shared;

/// Reads an ordered map and refuses a key that is given twice. For `#[serde(deserialize_with)]`.
pub(super) fn map<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct Unique<K, V>(PhantomData<(K, V)>);

    impl<'de, K, V> Visitor<'de> for Unique<K, V>
    where
        K: Deserialize<'de> + Ord + fmt::Display,
        V: Deserialize<'de>,
    {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = entries.next_key::<K>()? {
                if map.contains_key(&key) {
                    return Err(A::Error::custom(format_args!("\"{key}\" is given twice; keep one")));
                }
                map.insert(key, entries.next_value()?);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Unique(PhantomData))
}

/// As [`map`], for a [`Shared`] map.
pub(super) fn shared<'de, D, K, V>(deserializer: D) -> Result<Shared<BTreeMap<K, V>>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    map(deserializer).map(Shared::from)
}

/// A map of [`Shared`] maps.
type Nested<K, L, V> = BTreeMap<K, Shared<BTreeMap<L, V>>>;

/// As [`map`], for a map of [`Shared`] maps.
pub(super) fn nested<'de, D, K, L, V>(deserializer: D) -> Result<Nested<K, L, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    L: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct Inner<L, V>(Shared<BTreeMap<L, V>>);

    impl<'de, L, V> Deserialize<'de> for Inner<L, V>
    where
        L: Deserialize<'de> + Ord + fmt::Display,
        V: Deserialize<'de>,
    {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            shared(deserializer).map(Self)
        }
    }

    let outer: BTreeMap<K, Inner<L, V>> = map(deserializer)?;
    Ok(outer.into_iter().map(|(key, inner)| (key, inner.0)).collect())
}
