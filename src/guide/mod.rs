//! The guide: what Muster's figures mean, how it is used, how it is built.
//!
//! Each page is a module of this folder, a text in Markdown that the crate's documentation shows as it is. Pages for
//! people who plan are also in the window's Help, where they can be searched; they are listed in [`PAGES`].
//!
//! The planning model is the contract between the plan file, the engine, the workbook and every check on them. Its
//! sections are numbered: "model section 5" anywhere in the source, the workbook or the README is section 5 of
//! [`model`] or [`year`].

#![allow(clippy::doc_markdown, reason = "the pages write formulas and names of products as one writes them on paper")]

use std::borrow::Cow;

mod registers;

pub mod model {
    #![doc = include_str!("model.md")]
}

pub mod year {
    #![doc = include_str!("year.md")]
}

pub mod glossary {
    #![doc = include_str!("glossary.md")]
    //!
    //! ## Measures
    //!
    //! Every measure is a value of [`Measure`](crate::engine::Measure), which gives its title and unit.
    //!
    //! ## Fields of a plan
    //!
    //! Every field is an entry of the register, [`fields`](crate::plan::fields()), which gives its title, path and meaning.
}

pub mod using {
    #![doc = include_str!("using.md")]
}

pub mod architecture {
    #![doc = include_str!("architecture.md")]
}

pub mod recipes {
    #![doc = include_str!("recipes.md")]
}

pub mod measured {
    #![doc = include_str!("measured.md")]
}

/// A page that the window's Help shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The name of its module, under which other pages link to it.
    pub name: &'static str,
    /// The title, as its first heading has it.
    pub title: &'static str,
    text: &'static str,
}

/// The pages of the window's Help, in reading order.
pub const PAGES: [Page; 4] = [
    Page { name: "using", title: "Using Muster", text: include_str!("using.md") },
    Page { name: "model", title: "The planning model", text: include_str!("model.md") },
    Page { name: "year", title: "The year", text: include_str!("year.md") },
    Page { name: "glossary", title: "Glossary", text: include_str!("glossary.md") },
];

impl Page {
    /// The page in Markdown. The glossary ends with the measures and fields that the program itself states.
    #[must_use]
    pub fn text(&self) -> Cow<'static, str> {
        if self.name == "glossary" {
            Cow::Owned(format!("{}{}", self.text, registers::tables()))
        } else {
            Cow::Borrowed(self.text)
        }
    }
}
