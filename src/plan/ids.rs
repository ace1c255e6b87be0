//! The names by which a plan refers to its regions, roles and currencies.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; whether it is well formed is for the plan's validation to say.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name! {
    /// A region's id: a lower-case slug such as `us-federal`.
    RegionId
}
name! {
    /// A role's id: a lower-case slug such as `account-executive`.
    RoleId
}
name! {
    /// An ISO 4217 currency code, such as `EUR`.
    Currency
}
name! {
    /// An ISO 3166-1 alpha-3 country code, such as `DEU`.
    Country
}

/// Whether the text is a lower-case slug: letters a to z, digits, and hyphens between them.
#[must_use]
pub(super) fn is_slug(text: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(word)
}

/// Whether the text is a code of three capital letters.
#[must_use]
pub(super) fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}
