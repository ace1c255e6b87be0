//! The pages of the guide as data: sections of blocks of styled text, read from Markdown. Nothing here draws.

use std::sync::LazyLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::guide::PAGES;

/// A section: all that stands under one heading of the second level, or before the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GuideSection {
    /// Index of its page in [`PAGES`].
    pub(super) page: usize,
    pub(super) title: String,
    pub(super) blocks: Vec<GuideBlock>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GuideBlock {
    Heading(Spans),
    Paragraph(Spans),
    /// Items, and whether they are numbered.
    List(bool, Vec<Vec<GuideBlock>>),
    /// The heads of the columns, and the cells by row.
    Table(Vec<Spans>, Vec<Vec<Spans>>),
    Code(String),
    Quote(Vec<GuideBlock>),
}

/// Spans in several styles.
pub(super) type Spans = Vec<Span>;

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
    pub(super) link: Option<Link>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// An address, written in full.
    Web(String),
    /// The page of that name, and the section with that anchor.
    Guide(String, Option<String>),
}

/// Every section of the guide, in reading order.
pub(super) static SECTIONS: LazyLock<Vec<GuideSection>> = LazyLock::new(|| {
    let pages = PAGES.iter().enumerate();
    pages.flat_map(|(index, page)| sections(index, &page.text())).collect()
});

impl Link {
    /// A link as Markdown writes it, on the page of that name. `None` where it leads out of the window's guide.
    fn of(target: &str, page: &str) -> Option<Self> {
        if target.contains("://") {
            return Some(Self::Web(target.to_owned()));
        }
        let (name, anchor) = target.split_once('#').map_or((target, None), |(name, anchor)| (name, Some(anchor)));
        let name = if name.is_empty() { page } else { name.strip_prefix("crate::guide::")? };
        PAGES.iter().any(|p| p.name == name).then(|| Self::Guide(name.to_owned(), anchor.map(str::to_owned)))
    }

    /// The index in [`SECTIONS`] of the section that it leads to; `None` for an address.
    pub(super) fn section(&self) -> Option<usize> {
        let Self::Guide(name, anchor) = self else { return None };
        let page = PAGES.iter().position(|p| p.name == name)?;
        let is_it = |s: &&GuideSection| s.page == page && anchor.as_ref().is_none_or(|a| *a == anchor_of(&s.title));
        SECTIONS.iter().position(|s| is_it(&s))
    }
}

/// The anchor of a heading, as the crate's documentation has it: `8. Positions (what HR hires)` is
/// `8-positions-what-hr-hires`.
pub(super) fn anchor_of(title: &str) -> String {
    let kept = title.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// The text without its styles.
pub(super) fn plain(text: &[Span]) -> String {
    text.iter().map(|span| span.text.as_str()).collect()
}

/// The sections of one page in Markdown.
fn sections(page: usize, markdown: &str) -> Vec<GuideSection> {
    let name = PAGES.get(page).map_or("", |p| p.name);
    let mut reader = MarkdownReader { events: Parser::new_ext(markdown, Options::ENABLE_TABLES), page: name };
    let mut sections: Vec<GuideSection> = Vec::new();
    for (level, block) in reader.blocks(None) {
        match (level, block) {
            (Some(HeadingLevel::H1 | HeadingLevel::H2), GuideBlock::Heading(text)) => {
                sections.push(GuideSection { page, title: plain(&text), blocks: Vec::new() });
            }
            (_, block) => {
                if let Some(section) = sections.last_mut() {
                    section.blocks.push(block);
                }
            }
        }
    }
    sections
}

/// Reads Markdown event by event.
struct MarkdownReader<'a> {
    events: Parser<'a>,
    page: &'a str,
}

impl<'a> MarkdownReader<'a> {
    /// The blocks up to an end, headings with their level.
    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<(Option<HeadingLevel>, GuideBlock)> {
        let mut blocks = Vec::new();
        // The items of a tight list hold text without a paragraph around it.
        let mut loose = Spans::new();
        while let Some(event) = self.events.next() {
            if matches!(&event, Event::End(tag) if Some(*tag) == end) {
                break;
            }
            match event {
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
                | Event::Text(_)
                | Event::Code(_)
                | Event::SoftBreak => self.inline(event, &Span::default(), &mut loose),
                other => {
                    if !loose.is_empty() {
                        blocks.push((None, GuideBlock::Paragraph(std::mem::take(&mut loose))));
                    }
                    blocks.extend(self.block(other));
                }
            }
        }
        if !loose.is_empty() {
            blocks.push((None, GuideBlock::Paragraph(loose)));
        }
        blocks
    }

    fn block(&mut self, event: Event<'a>) -> Option<(Option<HeadingLevel>, GuideBlock)> {
        let Event::Start(tag) = event else { return None };
        let end = tag.to_end();
        Some(match tag {
            Tag::Heading { level, .. } => (Some(level), GuideBlock::Heading(self.text(end))),
            Tag::Paragraph => (None, GuideBlock::Paragraph(self.text(end))),
            Tag::BlockQuote(_) => (None, GuideBlock::Quote(self.inner(end))),
            Tag::List(first) => (None, GuideBlock::List(first.is_some(), self.items(end))),
            Tag::Table(_) => (None, self.table()),
            Tag::CodeBlock(_) => (None, GuideBlock::Code(plain(&self.text(end)).trim_end().to_owned())),
            _ => {
                self.inner(end);
                return None;
            }
        })
    }

    fn inner(&mut self, end: TagEnd) -> Vec<GuideBlock> {
        self.blocks(Some(end)).into_iter().map(|(_, block)| block).collect()
    }

    fn items(&mut self, end: TagEnd) -> Vec<Vec<GuideBlock>> {
        let mut items = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.inner(TagEnd::Item)),
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self) -> GuideBlock {
        let mut rows: Vec<Vec<Spans>> = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let text = self.text(TagEnd::TableCell);
                    rows.last_mut().into_iter().for_each(|row| row.push(text.clone()));
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let mut rows = rows.into_iter();
        GuideBlock::Table(rows.next().unwrap_or_default(), rows.collect())
    }

    /// The styled text up to an end.
    fn text(&mut self, end: TagEnd) -> Spans {
        self.styled(end, &Span::default())
    }

    fn styled(&mut self, end: TagEnd, style: &Span) -> Spans {
        let mut text = Spans::new();
        while let Some(event) = self.events.next() {
            if matches!(&event, Event::End(tag) if *tag == end) {
                break;
            }
            self.inline(event, style, &mut text);
        }
        text
    }

    fn inline(&mut self, event: Event<'a>, style: &Span, text: &mut Spans) {
        let span = |words: &str| Span { text: words.to_owned(), ..style.clone() };
        match event {
            Event::Text(words) => text.push(span(&words)),
            Event::Code(words) => text.push(Span { code: true, ..span(&words) }),
            Event::SoftBreak | Event::HardBreak => text.push(span(" ")),
            Event::Start(Tag::Strong) => text.extend(self.styled(TagEnd::Strong, &Span { strong: true, ..span("") })),
            Event::Start(Tag::Emphasis) => {
                text.extend(self.styled(TagEnd::Emphasis, &Span { emphasis: true, ..span("") }));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let link = Link::of(&dest_url, self.page);
                text.extend(self.styled(TagEnd::Link, &Span { link, ..span("") }));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_blocks() {
        let text = "# Page\n\nIntro **bold** `code`.\n\n## 1. First (part)\n\n* one\n* *two*\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n\
                    > **Example.** x\n\n<!-- not shown -->\n\n```text\ny = 1\n```\n";
        let read = sections(0, text);
        let titles: Vec<&str> = read.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["Page", "1. First (part)"]);
        assert_eq!(anchor_of(titles[1]), "1-first-part");
        let [GuideBlock::Paragraph(intro)] = read[0].blocks.as_slice() else { panic!("{:?}", read[0].blocks) };
        assert_eq!(plain(intro), "Intro bold code.");
        assert!(intro[1].strong && intro[3].code);
        let [
            GuideBlock::List(false, items),
            GuideBlock::Table(heads, rows),
            GuideBlock::Quote(quote),
            GuideBlock::Code(code),
        ] = read[1].blocks.as_slice()
        else {
            panic!("{:?}", read[1].blocks)
        };
        assert_eq!((items.len(), heads.len(), rows.len(), quote.len(), code.as_str()), (2, 2, 1, 1, "y = 1"));
    }

    #[test]
    fn every_link_leads_to_a_section() {
        fn links<'a>(blocks: &'a [GuideBlock], found: &mut Vec<&'a Span>) {
            for block in blocks {
                match block {
                    GuideBlock::Heading(text) | GuideBlock::Paragraph(text) => found.extend(text),
                    GuideBlock::List(_, items) => items.iter().for_each(|item| links(item, found)),
                    GuideBlock::Table(heads, rows) => found.extend(heads.iter().chain(rows.iter().flatten()).flatten()),
                    GuideBlock::Quote(inner) => links(inner, found),
                    GuideBlock::Code(_) => {}
                }
            }
        }
        let mut spans = Vec::new();
        SECTIONS.iter().for_each(|section| links(&section.blocks, &mut spans));
        let mut guide = 0;
        for span in spans {
            if let Some(link @ Link::Guide(..)) = &span.link {
                assert!(link.section().is_some(), "{span:?}");
                guide += 1;
            }
        }
        assert!(guide >= 5, "{guide} links");
    }

    #[test]
    fn each_page_begins_with_its_title() {
        for (index, page) in PAGES.iter().enumerate() {
            let first = SECTIONS.iter().find(|s| s.page == index);
            assert_eq!(first.map(|s| s.title.as_str()), Some(page.title));
        }
    }
}
