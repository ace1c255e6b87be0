//! A cache of one value for views: made from the shown outcome, and made again only when its ingredients change.

use std::sync::Arc;

use crate::desktop::figure_source::FigureBasis;
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::Scene;
use crate::desktop::tokens::Palette;
use crate::engine::Outcome;

/// A value made for an outcome, with the key, basis, numbers and palette it was made from; `None` before the first.
pub(in crate::desktop) struct Cached<K, T>(Option<(Arc<Outcome>, FigureBasis, Numbers, Palette, K, T)>);

impl<K, T> Default for Cached<K, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, T> Cached<K, T> {
    /// The value for the shown outcome and this key; made again when one of them has changed.
    pub(in crate::desktop) fn get(&mut self, scene: &Scene<'_>, key: K, make: impl FnOnce() -> T) -> &T {
        let outcome = scene.document.outcome();
        let same = self.0.take().filter(|(made, basis, numbers, palette, of, _)| {
            Arc::ptr_eq(made, outcome)
                && *basis == scene.basis
                && *numbers == scene.numbers
                && *palette == scene.palette
                && *of == key
        });
        let cached =
            same.unwrap_or_else(|| (Arc::clone(outcome), scene.basis, scene.numbers, scene.palette, key, make()));
        &self.0.insert(cached).5
    }

    /// The value that was made last, whatever has changed since.
    pub(in crate::desktop) fn last(&self) -> Option<&T> {
        self.0.as_ref().map(|(.., made)| made)
    }
}
