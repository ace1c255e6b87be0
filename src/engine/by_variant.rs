//! The functions of an enum that a table states: one value for each variant.

/// Functions that give each variant its value.
macro_rules! by_variant {
    ($($(#[$doc:meta])* $function:ident -> $type:ty { $($variant:ident => $value:expr,)* })*) => { $(
        $(#[$doc])*
        #[must_use]
        pub const fn $function(self) -> $type {
            match self { $(Self::$variant => $value,)* }
        }
    )* };
}

pub(in crate::engine) use by_variant;
