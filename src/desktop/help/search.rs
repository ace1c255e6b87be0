//! The search over all pages: which sections, and which rows of their tables, hold every word that was typed.

use std::sync::LazyLock;

use super::page::{GuideBlock, SECTIONS, Span, plain};
use crate::guide::PAGES;

/// Results shown at once.
const MAX_RESULTS: usize = 60;
/// Characters of an excerpt, and those before its first hit.
const EXCERPT: usize = 110;
const BEFORE: usize = 30;

/// A place in a section: the index of a block, and of a row where it is a table.
pub(super) type Spot = (usize, Option<usize>);

/// Where the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SearchResult {
    /// Index of the section.
    pub(super) section: usize,
    /// The place to bring into sight; `None` is the section's beginning.
    pub(super) spot: Option<Spot>,
    pub(super) title: String,
    /// The page, and the section where the title is not its own.
    pub(super) place: String,
    pub(super) excerpt: String,
}

/// How well a place fits, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The words stand in several blocks of a section.
    Section,
    Block,
    /// The words begin a row of a table.
    Row,
    Title,
    /// The words are all that a title or the first cell of a row says.
    Whole,
}

/// The words of a search, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(Vec<Vec<char>>);

/// A text, ready to be searched: lower case, with spaces for what joins words.
struct Folded(Vec<char>);

/// A section, ready to be searched.
struct IndexedSection {
    title: Folded,
    parts: Vec<IndexedPart>,
}

/// A block of a section, or a row of a table.
struct IndexedPart {
    spot: Spot,
    text: String,
    folded: Folded,
    /// The first cell and the second, where it is a row.
    cells: Option<(String, Folded, String)>,
}

/// Every section, in the order of [`SECTIONS`].
static INDEX: LazyLock<Vec<IndexedSection>> = LazyLock::new(|| {
    let entry = |section: &super::page::GuideSection| IndexedSection {
        title: Folded::of(&section.title),
        parts: section.blocks.iter().enumerate().flat_map(|(index, block)| parts(index, block)).collect(),
    };
    SECTIONS.iter().map(entry).collect()
});

impl Folded {
    fn of(text: &str) -> Self {
        let fold = |c: char| if matches!(c, '_' | '-') { ' ' } else { c.to_lowercase().next().unwrap_or(c) };
        Self(text.chars().map(fold).collect())
    }

    /// Whether a word of the text begins at a character.
    fn begins(&self, at: usize) -> bool {
        at == 0 || at.checked_sub(1).and_then(|before| self.0.get(before)).is_some_and(|c| !c.is_alphanumeric())
    }

    /// Where a word of the text begins with these characters.
    fn places<'a>(&'a self, word: &'a [char]) -> impl Iterator<Item = usize> + 'a {
        let starts = |at: &usize| self.0.get(*at..).is_some_and(|rest| rest.starts_with(word)) && self.begins(*at);
        (0..self.0.len()).filter(starts)
    }

    fn holds(&self, word: &[char]) -> bool {
        self.places(word).next().is_some()
    }

    fn holds_all(&self, words: &Words) -> bool {
        words.0.iter().all(|word| self.holds(word))
    }

    /// Whether the text says these words and nothing else.
    fn is(&self, words: &Words) -> bool {
        self.0.split(|c| *c == ' ').filter(|word| !word.is_empty()).eq(words.0.iter().map(Vec::as_slice))
    }
}

impl Words {
    /// The words of what was typed; none of a single letter, which every page has.
    pub(super) fn of(typed: &str) -> Self {
        if typed.trim().chars().nth(1).is_none() {
            return Self::default();
        }
        let words = Folded::of(typed);
        Self(words.0.split(|c| *c == ' ').filter(|word| !word.is_empty()).map(<[char]>::to_vec).collect())
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The characters of a text, by their numbers, where it has one of the words, with its length.
    pub(super) fn hits(&self, text: &str) -> Vec<(usize, usize)> {
        if self.is_empty() {
            return Vec::new();
        }
        let text = Folded::of(text);
        let mut hits: Vec<(usize, usize)> =
            self.0.iter().flat_map(|word| text.places(word).map(|at| (at, word.len()))).collect();
        hits.sort_unstable();
        hits
    }
}

/// What a search finds, the best first, in reading order where it is equal.
pub(super) fn search(words: &Words) -> Vec<SearchResult> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Fit, SearchResult)> = Vec::new();
    for (index, entry) in INDEX.iter().enumerate() {
        let rows = rows_found(words, index, entry);
        let of_section = section_found(words, index, entry);
        found.extend(of_section.filter(|(fit, _)| *fit > Fit::Row || rows.is_empty()));
        found.extend(rows);
    }
    // Of what fits alike, the glossary says it in the fewest words.
    let is_term = |result: &SearchResult| result.spot.is_some() && titles(result.section).1 == "Glossary";
    found.sort_by_key(|(fit, result)| std::cmp::Reverse((*fit, is_term(result))));
    found.into_iter().take(MAX_RESULTS).map(|(_, result)| result).collect()
}

/// The titles of a section and of its page.
fn titles(section: usize) -> (&'static str, &'static str) {
    let section = SECTIONS.get(section);
    let page = section.and_then(|section| PAGES.get(section.page));
    (section.map_or("", |section| &section.title), page.map_or("", |page| page.title))
}

/// Rows of a section's tables that begin with the words.
fn rows_found(words: &Words, section: usize, entry: &IndexedSection) -> Vec<(Fit, SearchResult)> {
    let (title, page) = titles(section);
    let row = |part: &IndexedPart| {
        let (first, folded, second) = part.cells.as_ref()?;
        let fit = if folded.is(words) { Fit::Whole } else { Fit::Row };
        let (place, excerpt) = (format!("{page}: {title}"), shortened(second, 0));
        let result = SearchResult { section, spot: Some(part.spot), title: first.clone(), place, excerpt };
        folded.holds_all(words).then_some((fit, result))
    };
    entry.parts.iter().filter_map(row).collect()
}

/// A section whose title or text holds the words.
fn section_found(words: &Words, section: usize, entry: &IndexedSection) -> Option<(Fit, SearchResult)> {
    let (title, page) = titles(section);
    let whole = entry.parts.iter().find(|part| part.folded.holds_all(words));
    let holds = |word: &Vec<char>| entry.title.holds(word) || entry.parts.iter().any(|part| part.folded.holds(word));
    let fit = match whole {
        _ if entry.title.is(words) => Fit::Whole,
        _ if entry.title.holds_all(words) => Fit::Title,
        Some(_) => Fit::Block,
        None if words.0.iter().all(holds) => Fit::Section,
        None => return None,
    };
    let some = |part: &&IndexedPart| words.0.iter().any(|word| part.folded.holds(word));
    let best = whole.or_else(|| entry.parts.iter().find(some));
    let spot = best.map(|part| part.spot).filter(|_| fit < Fit::Title);
    let excerpt = best.or(entry.parts.first()).map_or(String::new(), |part| {
        let first = words.hits(&part.text).first().map_or(0, |(at, _)| *at);
        shortened(&part.text, first)
    });
    Some((fit, SearchResult { section, spot, title: title.to_owned(), place: page.to_owned(), excerpt }))
}

/// The parts of a block: the rows of a table, or the whole.
fn parts(index: usize, block: &GuideBlock) -> Vec<IndexedPart> {
    let part = |spot, text: String, cells| IndexedPart { spot, folded: Folded::of(&text), text, cells };
    let GuideBlock::Table(_, rows) = block else { return vec![part((index, None), text_of(block), None)] };
    let of_row = |(row, cells): (usize, &Vec<Vec<Span>>)| {
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        let first = cells.first().cloned().unwrap_or_default();
        let both = (first.clone(), Folded::of(&first), cells.get(1).cloned().unwrap_or_default());
        part((index, Some(row)), cells.join(" – "), Some(both))
    };
    rows.iter().enumerate().map(of_row).collect()
}

fn text_of(block: &GuideBlock) -> String {
    let joined = |blocks: &[GuideBlock]| blocks.iter().map(text_of).collect::<Vec<_>>().join(" ");
    match block {
        GuideBlock::Heading(text) | GuideBlock::Paragraph(text) => plain(text),
        GuideBlock::List(_, items) => items.iter().map(|item| joined(item)).collect::<Vec<_>>().join(" "),
        GuideBlock::Table(_, rows) => rows.iter().flatten().map(|cell| plain(cell)).collect::<Vec<_>>().join(" "),
        GuideBlock::Code(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        GuideBlock::Quote(blocks) => joined(blocks),
    }
}

/// Some characters around a hit, from the beginning of a word.
fn shortened(text: &str, hit: usize) -> String {
    let from = hit.saturating_sub(BEFORE);
    let from = if from == 0 { 0 } else { from + text.chars().skip(from).position(|c| c == ' ').map_or(0, |at| at + 1) };
    let mut excerpt: String = text.chars().skip(from).take(EXCERPT).collect();
    if from > 0 {
        excerpt.insert(0, '…');
    }
    if text.chars().count() > from + EXCERPT {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(typed: &str) -> Vec<String> {
        search(&Words::of(typed)).into_iter().map(|r| format!("{}, {}", r.title, r.place)).collect()
    }

    #[test]
    fn a_term_comes_before_what_mentions_it() {
        for (typed, first) in [
            ("attainment", "Attainment, Glossary: Terms"),
            ("cost of sale", "Cost of sale, Glossary: Terms"),
            ("6. Revenue", "6. Revenue, contribution, payback (per region and month), The planning model"),
            ("positions what", "8. Positions (what HR hires), The planning model"),
        ] {
            assert_eq!(titles(typed).first().map(String::as_str), Some(first), "{typed}");
        }
    }

    #[test]
    fn words_are_found_at_the_beginning_of_words_whatever_joins_them() {
        assert!(titles("burden_rate").iter().any(|t| t.contains("2. The plan document")));
        assert_eq!(titles("burden-rate"), titles("BURDEN rate"));
        assert!(titles("urden").is_empty());
        assert!(titles("no such words anywhere").is_empty());
        assert!(titles("").is_empty());
    }

    #[test]
    fn every_section_of_the_model_is_found_by_its_number_and_name() {
        for section in SECTIONS.iter() {
            let results = search(&Words::of(&section.title));
            assert!(results.iter().any(|r| r.title == section.title), "{}", section.title);
        }
    }

    #[test]
    fn hits_are_counted_in_characters() {
        assert_eq!(Words::of("ramp").hits("Σ ramp, Ramped"), [(2, 4), (8, 4)]);
    }
}
